use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use crate::{ENGLISH, Formats, LANGUAGES, Lang, Language};

/// A crate's words: pairs of language code and the content of its `text/<language>.ftl`.
pub type Texts = &'static [(&'static str, &'static str)];

#[derive(Debug, thiserror::Error)]
pub enum WordsError {
    #[error("text/{language}.ftl does not parse: {cause}")]
    Syntax { language: String, cause: String },
    #[error("message {key} is written twice in {language}")]
    Twice { language: String, key: String },
    #[error("no language has the tag {0}")]
    Unknown(String),
}

/// A value put into a message.
#[derive(Debug, Clone)]
pub enum Arg {
    Text(String),
    Number(f64),
}

macro_rules! arg_from {
    ($($from:ty => $variant:ident($make:expr)),* $(,)?) => {
        $(impl From<$from> for Arg {
            fn from(value: $from) -> Arg {
                let make: fn($from) -> _ = $make;
                Arg::$variant(make(value))
            }
        })*
    };
}
arg_from! {
    &str => Text(|v| v.to_owned()),
    String => Text(|v| v),
    &String => Text(|v| v.clone()),
    i32 => Number(f64::from),
    u32 => Number(f64::from),
    i64 => Number(|v| v as f64),
    u64 => Number(|v| v as f64),
    usize => Number(|v| v as f64),
    f64 => Number(|v| v),
}

/// What was said, and whether it had to be said in English.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub text: String,
    pub fallback: bool,
}

/// All messages of all crates, one bundle a language.
pub struct Words {
    bundles: Vec<FluentBundle<FluentResource>>,
}

impl Words {
    /// Reads every crate's texts; refuses a message written twice, since the second would silently win.
    pub fn new(sources: &[Texts]) -> Result<Words, WordsError> {
        let mut bundles: Vec<_> = LANGUAGES.into_iter().map(empty_bundle).collect();
        for (code, source) in sources.iter().flat_map(|texts| texts.iter()) {
            let language = Language::find(code).ok_or_else(|| WordsError::Unknown((*code).to_owned()))?;
            let resource = FluentResource::try_new((*source).to_owned()).map_err(|(_, errors)| WordsError::Syntax {
                language: (*code).to_owned(),
                cause: errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
            })?;
            bundles[language.index()].add_resource(resource).map_err(|errors| WordsError::Twice {
                language: (*code).to_owned(),
                key: errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
            })?;
        }
        Ok(Words { bundles })
    }

    /// The message in this language, else in English, else its key (and a line in the log).
    pub fn say(&self, language: Lang, key: &str, args: &[(&str, Arg)]) -> Said {
        if let Some(text) = self.format(language, key, args) {
            return Said { text, fallback: false };
        }
        let text = self.format(ENGLISH, key, args).unwrap_or_else(|| {
            tracing::error!(key, "a message is missing in English");
            key.to_owned()
        });
        Said { text, fallback: true }
    }

    pub fn has(&self, language: Lang, key: &str) -> bool {
        self.bundles[language.index()].has_message(key)
    }

    fn format(&self, language: Lang, key: &str, args: &[(&str, Arg)]) -> Option<String> {
        let bundle = &self.bundles[language.index()];
        let pattern = bundle.get_message(key)?.value()?;
        let mut fluent_args = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            match value {
                Arg::Text(text) => fluent_args.set(*name, text.as_str()),
                Arg::Number(number) => fluent_args.set(*name, *number),
            }
        }
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&fluent_args), &mut errors).into_owned();
        for error in errors {
            tracing::warn!(key, language = language.code, %error, "a message could not be filled in");
        }
        Some(text)
    }
}

fn empty_bundle(language: Lang) -> FluentBundle<FluentResource> {
    let tag: LanguageIdentifier = language.code.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    // Isolation marks keep Latin names in place inside right-to-left text; elsewhere they only disturb copying.
    bundle.set_use_isolating(language.rtl);
    bundle.set_formatter(Some(match language.code {
        "ko" => |value, _| grouped(value, crate::KOREAN),
        "ar" => |value, _| grouped(value, crate::ARABIC),
        _ => |value, _| grouped(value, ENGLISH),
    }));
    bundle
}

fn grouped(value: &FluentValue, language: Lang) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    if number.value.fract() == 0.0 && number.value.abs() < 9e15 {
        return Some(Formats::of(language).number(number.value as i64));
    }
    let digits = number.options.maximum_fraction_digits.unwrap_or(2).min(9);
    Some(Formats::of(language).decimal(number.value, digits))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ARABIC, KOREAN};

    const TEXTS: Texts = &[
        ("en", "cities = { $n ->\n    [one] { $n } city\n   *[other] { $n } cities\n }\nonly-english = Hello\n"),
        ("ko", "cities = 도시 { $n }곳\n"),
    ];

    fn words() -> Words {
        Words::new(&[TEXTS]).expect("texts parse")
    }

    #[test]
    fn numbers_in_messages_choose_the_plural_and_are_grouped() {
        let words = words();
        assert_eq!(words.say(ENGLISH, "cities", &[("n", 1.into())]).text, "1 city");
        assert_eq!(words.say(ENGLISH, "cities", &[("n", 1200.into())]).text, "1,200 cities");
        assert_eq!(words.say(KOREAN, "cities", &[("n", 1200.into())]).text, "도시 1,200곳");
    }

    #[test]
    fn what_a_language_lacks_is_said_in_english_and_marked() {
        let words = words();
        assert_eq!(words.say(ARABIC, "only-english", &[]), Said { text: "Hello".into(), fallback: true });
        assert!(!words.has(KOREAN, "only-english"));
    }

    #[test]
    fn a_message_written_twice_is_refused() {
        let twice = Words::new(&[TEXTS, TEXTS]);
        assert!(matches!(twice, Err(WordsError::Twice { .. })));
    }

    #[test]
    fn a_text_that_does_not_parse_names_its_language() {
        let broken = Words::new(&[&[("ko", "broken\n = = =")]]);
        assert!(matches!(broken, Err(WordsError::Syntax { language, .. }) if language == "ko"));
    }
}
