//! An instrument: any number of criteria in categories that carry points.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Scale, Words};

/// The instrument used when none is named.
pub const DEFAULT: &str = "madang-2026";

struct Embedded {
    definition: &'static str,
    words: &'static [(&'static str, &'static str)],
}

const EMBEDDED: &[Embedded] = include!(concat!(env!("OUT_DIR"), "/instruments.rs"));

#[derive(Debug, Clone)]
pub struct Instrument {
    pub id: String,
    /// Semantic version: a changed scale or criterion is a new major version.
    pub version: String,
    /// Date of this version, `YYYY-MM-DD`.
    pub date: String,
    /// SPDX expression of the words and the list.
    pub licence: String,
    pub sources: Vec<String>,
    pub categories: Vec<Category>,
    /// In the order of their numbers.
    pub criteria: Vec<Criterion>,
    words: BTreeMap<String, Words>,
}

#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    pub id: String,
    /// Points of the total that this category carries.
    pub points: u32,
}

#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    pub id: String,
    pub number: u32,
    pub category: String,
    pub scale: Scale,
    pub mode: Mode,
    pub rule: Rule,
    #[serde(default)]
    pub sources: Vec<String>,
    /// Where the criterion comes from, when it is a reconstruction.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provenance: Option<String>,
    /// `A` supported by a verified text, `B` label recalled only, `C` a guess inside a group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<String>,
}

/// Who can decide a criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// The archive alone decides.
    Automatic,
    /// The archive proposes with evidence, a person confirms.
    Assisted,
    /// A person decides, often with an account.
    Human,
    /// A message must be sent and its answer awaited.
    Probe,
}

impl Mode {
    pub const ALL: [Mode; 4] = [Mode::Automatic, Mode::Assisted, Mode::Human, Mode::Probe];

    /// The word used in data files.
    pub fn name(self) -> &'static str {
        match self {
            Mode::Automatic => "automatic",
            Mode::Assisted => "assisted",
            Mode::Human => "human",
            Mode::Probe => "probe",
        }
    }
}

/// Which judgement applies: `topic:privacy-policy`, `fact:https`, `clause:purpose`, `human:forum`, `probe:response`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rule {
    pub kind: RuleKind,
    pub name: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RuleKind {
    /// A page, document or form about a topic of the lexicon.
    Topic,
    /// Something measured on the site.
    Fact,
    /// A clause inside the privacy policy.
    Clause,
    Human,
    Probe,
}

impl RuleKind {
    const ALL: [(RuleKind, &'static str); 5] = [
        (RuleKind::Topic, "topic"),
        (RuleKind::Fact, "fact"),
        (RuleKind::Clause, "clause"),
        (RuleKind::Human, "human"),
        (RuleKind::Probe, "probe"),
    ];

    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("", |(_, name)| name)
    }
}

impl<'de> Deserialize<'de> for Rule {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let known = text.split_once(':').and_then(|(kind, name)| {
            let kind = RuleKind::ALL.iter().find(|(_, word)| *word == kind).map(|(kind, _)| *kind)?;
            (!name.is_empty()).then(|| Rule { kind, name: name.to_owned() })
        });
        known.ok_or_else(|| {
            serde::de::Error::custom(format!(
                "rule {text:?} is not topic:, fact:, clause:, human: or probe: and a name"
            ))
        })
    }
}

impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{}:{}", self.kind.name(), self.name))
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Definition {
    id: String,
    version: String,
    date: String,
    licence: String,
    #[serde(default)]
    sources: Vec<String>,
    category: Vec<Category>,
    criterion: Vec<Criterion>,
}

/// Why an instrument's files cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Defect {
    #[error("the definition cannot be read: {0}")]
    Definition(#[source] toml::de::Error),
    #[error("the words in {language} cannot be read: {source}")]
    Words { language: String, source: toml::de::Error },
    #[error("{0} appears twice")]
    Twice(String),
    #[error("criterion {criterion} is in category {category}, which is not defined")]
    UnknownCategory { criterion: String, category: String },
    #[error("the words in {language} name {id}, which is not defined")]
    UnknownId { language: String, id: String },
    #[error("category {0} has no criterion")]
    EmptyCategory(String),
}

/// No built-in instrument has this id.
#[derive(Debug, thiserror::Error)]
#[error("there is no instrument {asked:?}; there is {}", .known.join(", "))]
pub struct UnknownInstrument {
    pub asked: String,
    pub known: Vec<String>,
}

impl Instrument {
    /// Reads an instrument from its definition and the words in each language.
    ///
    /// # Errors
    /// When the files do not parse or do not agree with each other.
    pub fn parse(definition: &str, words: &[(&str, &str)]) -> Result<Self, Defect> {
        let Definition { id, version, date, licence, sources, category, mut criterion } =
            toml::from_str(definition).map_err(Defect::Definition)?;
        let mut ids = BTreeSet::new();
        let named = category.iter().map(|category| &category.id).chain(criterion.iter().map(|criterion| &criterion.id));
        for id in named {
            if !ids.insert(id.clone()) {
                return Err(Defect::Twice(id.clone()));
            }
        }
        let mut numbers = BTreeSet::new();
        for criterion in &criterion {
            if !numbers.insert(criterion.number) {
                return Err(Defect::Twice(format!("number {}", criterion.number)));
            }
            if !category.iter().any(|category| category.id == criterion.category) {
                return Err(Defect::UnknownCategory {
                    criterion: criterion.id.clone(),
                    category: criterion.category.clone(),
                });
            }
        }
        if let Some(empty) =
            category.iter().find(|category| !criterion.iter().any(|criterion| criterion.category == category.id))
        {
            return Err(Defect::EmptyCategory(empty.id.clone()));
        }
        criterion.sort_by_key(|criterion| criterion.number);
        let mut by_language = BTreeMap::new();
        for (language, text) in words {
            let words: Words =
                toml::from_str(text).map_err(|source| Defect::Words { language: (*language).to_owned(), source })?;
            if let Some(stray) = words.named().find(|id| !ids.contains(*id)) {
                return Err(Defect::UnknownId { language: (*language).to_owned(), id: stray.to_owned() });
            }
            by_language.insert((*language).to_owned(), words);
        }
        Ok(Self { id, version, date, licence, sources, categories: category, criteria: criterion, words: by_language })
    }

    /// The instruments inside this crate, the default first.
    ///
    /// # Panics
    /// When a shipped data file is defective; the crate's tests read them all.
    pub fn builtin() -> &'static [Instrument] {
        static ALL: LazyLock<Vec<Instrument>> = LazyLock::new(|| {
            let mut all: Vec<_> = EMBEDDED
                .iter()
                .map(|files| {
                    Instrument::parse(files.definition, files.words)
                        .unwrap_or_else(|defect| panic!("shipped instrument: {defect}"))
                })
                .collect();
            all.sort_by_key(|instrument| (instrument.id != DEFAULT, instrument.id.clone()));
            all
        });
        &ALL
    }

    /// The built-in instrument with this id.
    ///
    /// # Errors
    /// [`UnknownInstrument`] names the ids there are.
    pub fn load(id: &str) -> Result<&'static Instrument, UnknownInstrument> {
        Self::builtin().iter().find(|instrument| instrument.id == id).ok_or_else(|| UnknownInstrument {
            asked: id.to_owned(),
            known: Self::builtin().iter().map(|instrument| instrument.id.clone()).collect(),
        })
    }

    /// The words in this language (`ko`, `ko-KR`), English where there are none.
    pub fn words(&self, language: &str) -> &Words {
        static NONE: LazyLock<Words> = LazyLock::new(Words::default);
        let primary = language.split(['-', '_']).next().unwrap_or(language);
        [language, primary, "en"].iter().find_map(|language| self.words.get(*language)).unwrap_or(&NONE)
    }

    /// Languages that have words.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.words.keys().map(String::as_str)
    }

    /// A criterion by its id.
    pub fn criterion(&self, id: &str) -> Option<&Criterion> {
        self.criteria.iter().find(|criterion| criterion.id == id)
    }

    /// The criteria of one category, in order.
    pub fn in_category<'a>(&'a self, category: &'a str) -> impl Iterator<Item = &'a Criterion> {
        self.criteria.iter().filter(move |criterion| criterion.category == category)
    }
}
