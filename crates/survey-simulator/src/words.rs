//! What cities write, in each language: `data/words/<language>.toml`, written apart from the word lists of the judgement.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

const EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/words.rs"));

/// Words of one subject.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// Ways to call it, in a menu or as a title.
    pub t: Vec<String>,
    /// What a page on it says.
    #[serde(default)]
    pub i: Vec<String>,
    /// The document that belongs to it.
    #[serde(default)]
    pub d: String,
    /// What can be done online.
    #[serde(default)]
    pub a: String,
}

/// Words of one language.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    frame: BTreeMap<String, String>,
    list: BTreeMap<String, Vec<String>>,
    /// Pages that no criterion asks for: title and two sentences.
    pub filler: BTreeMap<String, Vec<String>>,
    policy: BTreeMap<String, Vec<String>>,
    topic: BTreeMap<String, Topic>,
}

static ALL: LazyLock<BTreeMap<&'static str, Words>> = LazyLock::new(|| {
    // A defective file is left out here and refused by the tests of this crate.
    EMBEDDED.iter().filter_map(|(code, text)| Some((*code, toml::from_str(text).ok()?))).collect()
});

static NOTHING: LazyLock<Words> = LazyLock::new(Words::default);
static NO_TOPIC: LazyLock<Topic> = LazyLock::new(Topic::default);

/// Languages with words, in the order of their codes.
pub fn languages() -> impl Iterator<Item = &'static str> {
    ALL.keys().copied()
}

pub fn of(language: &str) -> &'static Words {
    ALL.get(language).unwrap_or(&NOTHING)
}

/// Written from right to left.
pub fn from_the_right(language: &str) -> bool {
    language == "ar"
}

impl Words {
    pub fn say(&self, key: &str) -> &str {
        self.frame.get(key).map_or("", String::as_str)
    }

    pub fn list(&self, key: &str) -> &[String] {
        self.list.get(key).map_or(&[], Vec::as_slice)
    }

    pub fn policy(&self, key: &str) -> &[String] {
        self.policy.get(key).map_or(&[], Vec::as_slice)
    }

    pub fn topic(&self, key: &str) -> &Topic {
        self.topic.get(key).unwrap_or(&NO_TOPIC)
    }
}

/// A text with its blanks filled: `{c}` and the like.
pub fn filled(text: &str, blanks: &[(&str, &str)]) -> String {
    let mut out = text.to_owned();
    for (name, value) in blanks {
        let blank = format!("{{{name}}}");
        if out.contains(&blank) {
            out = out.replace(&blank, value);
        }
    }
    out
}

/// ASCII letters, digits and spaces of a text, accents taken off.
pub fn latin(text: &str) -> String {
    let plain: String = text
        .nfkd()
        .flat_map(|c| match c {
            'ß' => vec!['s', 's'],
            'ł' | 'Ł' => vec!['l'],
            'ø' | 'Ø' => vec!['o'],
            'đ' | 'Đ' => vec!['d'],
            'ı' => vec!['i'],
            'æ' | 'Æ' => vec!['a', 'e'],
            _ => vec![c],
        })
        .filter(|c| !('\u{300}'..='\u{36F}').contains(c))
        .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { ' ' })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Blanks that a text holds.
    fn blanks(text: &str) -> BTreeSet<String> {
        text.split('{').skip(1).filter_map(|part| Some(part.split_once('}')?.0.to_owned())).collect()
    }

    #[test]
    fn twenty_languages_say_the_same_things() {
        for (code, text) in EMBEDDED {
            toml::from_str::<Words>(text).unwrap_or_else(|e| panic!("{code}: {e}"));
        }
        assert_eq!(ALL.len(), 20, "{:?}", ALL.keys());
        let english = of("en");
        for (code, words) in ALL.iter() {
            assert_eq!(words.frame.keys().collect::<Vec<_>>(), english.frame.keys().collect::<Vec<_>>(), "{code}");
            for (key, text) in &words.frame {
                match key.as_str() {
                    // Each language has an order and parts of its own.
                    "addr" | "date_named" | "date_number" => {
                        let known = ["c", "d", "dd", "h", "m", "mm", "mo", "street", "y", "zip"];
                        assert!(blanks(text).iter().all(|blank| known.contains(&&**blank)), "{code}: {key}: {text}");
                    }
                    _ => assert_eq!(blanks(text), blanks(english.say(key)), "{code}: {key}"),
                }
            }
            for (key, list) in &english.list {
                assert!(words.list(key).len() >= list.len().min(3), "{code}: {key}");
            }
            assert_eq!(words.list("months").len(), 12, "{code}");
            assert_eq!(words.list("faq").len(), 15, "{code}");
            assert_eq!(words.policy.keys().collect::<Vec<_>>(), english.policy.keys().collect::<Vec<_>>(), "{code}");
            assert_eq!(words.policy("heads").len(), 8, "{code}");
            assert_eq!(words.topic.keys().collect::<Vec<_>>(), english.topic.keys().collect::<Vec<_>>(), "{code}");
            for (key, topic) in &words.topic {
                let model = english.topic(key);
                assert!(!topic.t.is_empty() && topic.i.is_empty() == model.i.is_empty(), "{code}: {key}");
                assert_eq!(
                    (topic.d.is_empty(), topic.a.is_empty()),
                    (model.d.is_empty(), model.a.is_empty()),
                    "{code}: {key}"
                );
            }
            assert!(words.filler.values().all(|f| f.len() == 3) && words.filler.len() >= 10, "{code}");
        }
    }

    #[test]
    fn accents_go_and_blanks_are_filled() {
        assert_eq!(latin("Übergröße & Łódź – Ağrı"), "ubergrosse lodz agri");
        assert_eq!(filled("{a} and {b}", &[("a", "1"), ("b", "2")]), "1 and 2");
    }
}
