//! Words by which a page's subject is recognised, one file per language, and the search for all of them at once.

use std::collections::BTreeMap;

use serde::Deserialize;

mod matcher;

pub use matcher::{Hit, Kind, Matcher};

const EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/lexicons.rs"));

/// Word lists of all languages.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    languages: BTreeMap<String, Words>,
}

/// Words of one topic in one language.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TopicWords {
    /// Phrases that name the topic in a link, title or heading.
    #[serde(default)]
    pub name: Vec<String>,
    /// Words that hint at it only together with other signs.
    #[serde(default)]
    pub weak: Vec<String>,
    /// Words expected in the text of a real page on it.
    #[serde(default)]
    pub body: Vec<String>,
    /// Parts of addresses.
    #[serde(default)]
    pub url: Vec<String>,
    /// Phrases that look like it and are not.
    #[serde(default)]
    pub not: Vec<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Phrases {
    phrases: Vec<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Cue {
    words: Vec<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    #[serde(default)]
    topic: BTreeMap<String, TopicWords>,
    #[serde(default)]
    clause: BTreeMap<String, Phrases>,
    #[serde(default)]
    cue: BTreeMap<String, Cue>,
}

/// A word list that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("the word list {language} cannot be read: {source}")]
pub struct LexiconError {
    language: String,
    source: Box<toml::de::Error>,
}

impl Lexicon {
    /// The word lists inside this crate. A defective one is left out here; the crate's tests refuse it.
    pub fn builtin() -> Self {
        let mut all = Self::default();
        for (code, text) in EMBEDDED {
            // One unreadable language is refused by a test of this crate and must not stop the others here.
            let _ = all.add(code, text);
        }
        all
    }

    /// Adds or replaces the words of a language.
    ///
    /// # Errors
    /// When the text is not TOML of the known tables.
    pub fn add(&mut self, language: &str, text: &str) -> Result<(), LexiconError> {
        let words = toml::from_str(text)
            .map_err(|source| LexiconError { language: language.to_owned(), source: Box::new(source) })?;
        self.languages.insert(language.to_owned(), words);
        Ok(())
    }

    /// Languages that have words.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.languages.keys().map(String::as_str)
    }

    pub fn has(&self, language: &str) -> bool {
        self.languages.contains_key(language)
    }

    /// Topic → its words in every language put together: what a crawler follows first.
    pub fn topics(&self) -> BTreeMap<&str, Vec<&TopicWords>> {
        let mut all: BTreeMap<&str, Vec<&TopicWords>> = BTreeMap::new();
        for words in self.languages.values() {
            for (topic, found) in &words.topic {
                all.entry(topic).or_default().push(found);
            }
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::text::normal::normalise;

    fn matcher(language: &str, text: &str) -> Matcher {
        let mut lexicon = Lexicon::default();
        lexicon.add(language, text).expect("word list");
        Matcher::new(&lexicon, &BTreeSet::from([language.to_owned()])).expect("matcher")
    }

    fn count(matcher: &Matcher, text: &str) -> usize {
        matcher.find(&normalise(text)).len()
    }

    #[test]
    fn every_shipped_word_list_is_readable() {
        for (code, text) in EMBEDDED {
            Lexicon::default().add(code, text).unwrap_or_else(|e| panic!("{code}: {e}"));
        }
        assert!(Lexicon::builtin().has("en"));
    }

    #[test]
    fn words_match_at_their_start_and_short_ones_whole() {
        let m = matcher("en", "[topic.jobs]\nname=[\"job\", \"vacanc\"]");
        assert_eq!(count(&m, "Jobs and vacancies"), 2);
        assert_eq!(count(&m, "The jobber enjobs"), 0);
    }

    #[test]
    fn joined_scripts_and_compounds_match_inside() {
        assert_eq!(
            count(
                &matcher("ko", "[topic.privacy-policy]\nname=[\"개인정보 처리방침\"]"),
                "우리시 개인정보처리방침 안내"
            ),
            1
        );
        assert_eq!(count(&matcher("ar", "[topic.budget]\nname=[\"ميزانية\"]"), "الميزانيّة العامة"), 1);
        assert_eq!(
            count(&matcher("de", "[topic.building-permits]\nname=[\"baugenehmigung\"]"), "Die Hausbaugenehmigungen"),
            1
        );
    }

    #[test]
    fn a_stem_in_a_phrase_takes_any_ending_and_the_words_after_it_must_follow() {
        let m = matcher("ru", "[topic.consultations]\nname=[\"общественн* обсужден\"]");
        assert_eq!(count(&m, "Общественные обсуждения, итоги общественных обсуждений"), 2);
        assert_eq!(count(&m, "Общественные советы и обсуждения"), 0);
        assert_eq!(count(&m, "Общественное"), 0);
        let m = matcher("ru", "[clause.purpose]\nphrases=[\"цел* обработк*\"]");
        let subject = m.subject_of("clause:purpose").expect("clause");
        assert!(m.sentences(subject).any(|s| s.find(&["целями", "такой", "обработки"]) == Some(0)));
    }

    #[test]
    fn vietnamese_syllables_are_whole_words() {
        let m = matcher("vi", "[topic.pay-taxes]\nname=[\"nộp thuế\"]");
        assert_eq!(count(&m, "Nộp thuế trực tuyến, NOP THUE"), 2);
        assert_eq!(count(&m, "nộp thuếx"), 0);
    }

    #[test]
    fn address_hints_are_whole_words_of_the_address() {
        let m = matcher("en", "[topic.budget]\nurl=[\"budget\", \"gis\"]");
        assert_eq!(m.find_address("city example finance budget 2024").len(), 1);
        assert_eq!(m.find_address("city example register").len(), 0);
    }
}
