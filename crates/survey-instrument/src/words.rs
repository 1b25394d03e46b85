//! What people read about an instrument, in one language.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The words of an instrument in one language (`data/<instrument>/<language>.toml`).
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    pub title: String,
    pub summary: String,
    #[serde(default)]
    category: BTreeMap<String, CategoryWords>,
    #[serde(default)]
    criterion: BTreeMap<String, CriterionWords>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CategoryWords {
    pub name: String,
}

/// One criterion in words.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CriterionWords {
    pub question: String,
    /// Where to look, what counts and what does not.
    #[serde(default)]
    pub guidance: String,
    /// A fictional example for each value of the scale.
    #[serde(default)]
    example: BTreeMap<String, String>,
}

impl Words {
    /// Name of a category; its id when nobody has named it yet.
    pub fn category<'a>(&'a self, id: &'a str) -> &'a str {
        self.category.get(id).map_or(id, |category| category.name.as_str())
    }

    pub fn criterion(&self, id: &str) -> Option<&CriterionWords> {
        self.criterion.get(id)
    }

    /// Question of a criterion; its id when nobody has worded it yet.
    pub fn question<'a>(&'a self, id: &'a str) -> &'a str {
        self.criterion.get(id).map_or(id, |criterion| criterion.question.as_str())
    }

    /// Ids of categories and criteria that have words.
    pub(crate) fn named(&self) -> impl Iterator<Item = &str> {
        self.category.keys().chain(self.criterion.keys()).map(String::as_str)
    }
}

impl CriterionWords {
    /// The example for one value of the scale.
    pub fn example(&self, value: u8) -> Option<&str> {
        self.example.get(&value.to_string()).map(String::as_str)
    }
}
