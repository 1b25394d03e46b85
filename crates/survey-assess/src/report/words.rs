//! Words of the report page, one file per language.

use std::collections::BTreeMap;
use std::sync::LazyLock;

static ENGLISH: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| read(include_str!("../../text/en.toml")));
static KOREAN: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| read(include_str!("../../text/ko.toml")));

fn read(text: &str) -> BTreeMap<String, String> {
    toml::from_str(text).unwrap_or_default()
}

/// Words of one language, English where there are none.
#[derive(Clone, Copy)]
pub struct Words {
    own: &'static BTreeMap<String, String>,
    pub language: &'static str,
}

impl Words {
    pub fn new(language: &str) -> Self {
        if language.starts_with("ko") {
            Self { own: &KOREAN, language: "ko" }
        } else {
            Self { own: &ENGLISH, language: "en" }
        }
    }

    /// The words of a key; the key itself shows a missing one.
    pub fn get(self, key: &'static str) -> &'static str {
        self.own.get(key).or_else(|| ENGLISH.get(key)).map_or(key, String::as_str)
    }

    /// Words with `{name}` places filled.
    pub fn fill(self, key: &'static str, places: &[(&str, String)]) -> String {
        let mut text = self.get(key).to_owned();
        for (name, value) in places {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_the_same_keys() {
        assert!(!ENGLISH.is_empty());
        assert_eq!(ENGLISH.keys().collect::<Vec<_>>(), KOREAN.keys().collect::<Vec<_>>());
    }
}
