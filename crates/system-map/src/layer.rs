//! What a layer is: pure, no clock, no storage.

use std::collections::BTreeMap;

use kernel_base::Instant;
use kernel_identity::{Role, Who};
use map_feature::{Crs, Schema};
use serde::{Deserialize, Serialize};

use crate::columns::columns;

/// Words in several languages, by language code.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Wording(pub BTreeMap<String, String>);

impl Wording {
    pub fn one(language: &str, words: &str) -> Wording {
        Wording(BTreeMap::from([(language.to_owned(), words.to_owned())]))
    }

    /// In this language, else English, else whatever there is.
    pub fn said(&self, language: &str) -> &str {
        let found = self.0.get(language).or_else(|| self.0.get("en")).or_else(|| self.0.values().next());
        found.map_or("", String::as_str)
    }
}

/// Who may see a layer at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Readers {
    Everyone,
    SignedIn,
    /// Staff of the department that owns it, and whoever looks after layers.
    Department,
}

/// What the portal itself uses a layer for, beside showing it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Use {
    /// Shown, and found by the names of its features.
    Things,
    /// Says which district a point is in.
    Districts,
    /// Addresses that people type.
    Addresses,
    /// The ground of the map: never in the list of layers.
    Base,
}

impl Use {
    pub const ALL: [Use; 4] = [Use::Things, Use::Districts, Use::Addresses, Use::Base];

    /// As it stands in the database and on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Use::Things => "things",
            Use::Districts => "districts",
            Use::Addresses => "addresses",
            Use::Base => "base",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Only who looks after layers sees it.
    Draft,
    Published,
    /// Taken back; kept, not shown.
    Withdrawn,
}

/// What belongs to a layer and what of it is served.
#[derive(Debug, Clone, PartialEq)]
pub struct Layer {
    /// The word in addresses: small letters, digits, hyphens.
    pub name: String,
    pub title: Wording,
    pub about: Wording,
    /// The id of the department that owns it; empty: the city as a whole.
    pub department: String,
    /// Where the data comes from, as people should read it.
    pub source: String,
    /// SPDX identifier or a licence's name.
    pub licence: String,
    pub schema: Schema,
    pub crs: Crs,
    pub readers: Readers,
    /// Fields that only the owner sees.
    pub hidden: Vec<String>,
    /// Which rows everybody sees, as CQL2; empty: all. The owner sees all.
    pub rows_shown: String,
    /// What the portal itself uses it for.
    pub use_of: Use,
    /// The field that names a feature; empty: the first that looks like a name.
    pub label: String,
    /// How it is drawn when nobody says otherwise (`map_draw`'s own JSON); empty: by its geometry.
    pub look: String,
    pub stage: Stage,
    /// Folder of the edition that is served; empty: none yet.
    pub edition: String,
    /// Which import the features stem from; versions count within it.
    pub generation: String,
    /// Changes up to here are in the edition.
    pub folded: i64,
    /// The newest change.
    pub seq: i64,
    /// How many features the edition has.
    pub features: i64,
    /// When the data was last imported or changed.
    pub data_at: Instant,
    pub made_at: Instant,
}

/// Characters of a layer's name.
const NAME: usize = 60;
/// Addresses under `/map` and `/map/office` that are no layers.
const TAKEN: &[&str] =
    &["new", "api", "tiles", "office", "style", "changes", "search", "print", "views", "layers", "picture"];

/// Lower-case letters, digits and hyphens between them.
pub fn is_name(text: &str) -> bool {
    let fit = text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    fit && (1..=NAME).contains(&text.len()) && !text.starts_with('-') && !text.ends_with('-') && !TAKEN.contains(&text)
}

/// What one reader may see of a layer. Equal masks may share what was made for them, so it is part of cache keys.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Mask {
    /// The rows and fields that everybody sees.
    Shown,
    /// Everything.
    Whole,
}

/// A reader as far as layers care.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    pub who: Option<&'a Who>,
    /// May look after all layers.
    pub keeper: bool,
}

impl Layer {
    /// Whether this person works for the department that owns the layer.
    pub fn owned_by(&self, who: &Who) -> bool {
        [Role::Clerk, Role::Editor].into_iter().any(|role| who.departments(role).any(|one| one == self.department))
    }

    /// What this reader sees of the layer; `None`: not even that it is there.
    pub fn mask(&self, reading: Reading<'_>) -> Option<Mask> {
        let owner = reading.keeper || reading.who.is_some_and(|who| self.owned_by(who));
        if owner {
            return Some(Mask::Whole);
        }
        let let_in = match self.readers {
            Readers::Everyone => true,
            Readers::SignedIn => reading.who.is_some(),
            Readers::Department => false,
        };
        let mask = if self.hides_nothing() { Mask::Whole } else { Mask::Shown };
        (let_in && self.stage == Stage::Published).then_some(mask)
    }

    fn hides_nothing(&self) -> bool {
        self.hidden.is_empty() && self.rows_shown.is_empty()
    }

    /// Everybody sees all of it, whoever it is.
    pub fn is_open(&self) -> bool {
        self.readers == Readers::Everyone && self.stage == Stage::Published && self.hides_nothing()
    }

    /// Positions of the fields that this mask lets through.
    pub fn fields(&self, mask: &Mask) -> Vec<usize> {
        let shown = |name: &String| *mask == Mask::Whole || !self.hidden.contains(name);
        (0..self.schema.fields.len()).filter(|at| shown(&self.schema.fields[*at].name)).collect()
    }

    /// The position of the field that names a feature.
    pub fn label_field(&self) -> Option<usize> {
        let named = |name: &str| self.schema.position(name);
        let likely = |field: &map_feature::Field| {
            let name = field.name.to_lowercase();
            field.kind == map_feature::Kind::Text && columns().name.iter().any(|part| name.contains(part.as_str()))
        };
        named(&self.label)
            .or_else(|| columns().name.iter().find_map(|name| named(name)))
            .or_else(|| self.schema.fields.iter().position(likely))
    }

    /// The version of a feature as an entity tag: it holds across folding, not across imports.
    pub fn tag(&self, version: u64) -> String {
        format!("{}.{version}", self.generation)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_fits_an_address() {
        for good in ["trees", "bus-stops-2026", "a"] {
            assert!(is_name(good), "{good}");
        }
        for bad in ["", "api", "Trees", "a b", "-a", "a-", "../x", "a/b", &"x".repeat(61)] {
            assert!(!is_name(bad), "{bad}");
        }
    }

    #[test]
    fn uses_have_one_word_each() {
        for one in Use::ALL {
            assert_eq!(serde_json::to_value(one).unwrap(), one.word());
        }
    }

    #[test]
    fn words_fall_back_to_english_then_to_any() {
        let title = Wording(BTreeMap::from([("en".into(), "Trees".into()), ("ko".into(), "나무".into())]));
        assert_eq!((title.said("ko"), title.said("ar")), ("나무", "Trees"));
        assert_eq!(Wording::one("fr", "arbres").said("de"), "arbres");
        assert_eq!(Wording::default().said("en"), "");
    }
}
