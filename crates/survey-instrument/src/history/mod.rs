//! The published rounds of the Global E-Governance Survey, each value with the source it was read in.
//!
//! Only values verified in a named document are here; what is recalled stays in the tests. Conflicting values are kept
//! side by side with what was decided.

mod check;
mod places;
mod read;

use std::sync::LazyLock;

use crate::{Fraction, rounded};

pub use check::Contradiction;
pub use read::{Files, ImportError};

/// The category under which total scores are published.
pub const OVERALL: &str = "overall";

/// All published rounds, oldest first.
#[derive(Debug, Clone)]
pub struct History {
    pub rounds: Vec<Round>,
    /// By name.
    pub cities: Vec<City>,
    pub conflicts: Vec<Conflict>,
}

#[derive(Debug, Clone)]
pub struct Round {
    /// `2003`, `2011-12`.
    pub id: String,
    /// First year of field work, for time axes.
    pub year: u16,
    pub measures: Option<Sourced<u32>>,
    /// Cities chosen, whether or not they had a site.
    pub chosen: Option<Sourced<u32>>,
    /// Cities that had an official site and were scored.
    pub cities: Option<Sourced<u32>>,
    fieldwork: String,
    fieldwork_ko: String,
    pub partners: String,
    /// Everything known of each city, by category.
    pub results: Vec<Outcome>,
    pub averages: Vec<Average>,
}

/// A value and where it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Sourced<T> {
    pub value: T,
    pub source: String,
}

/// A city of the history.
#[derive(Debug, Clone, PartialEq)]
pub struct City {
    pub name: String,
    /// Part of its address: `new-york`.
    pub slug: String,
    pub country: String,
    /// Degrees, WGS 84.
    pub lat: f64,
    pub lon: f64,
    /// ISO 3166-1 alpha-2.
    pub iso: String,
    name_ko: String,
    country_ko: String,
}

/// What a round published about one city in one category.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    pub city: String,
    pub category: String,
    pub score: Option<Sourced<Fraction>>,
    pub place: Option<Place>,
}

/// A city's place and how it is known.
#[derive(Debug, Clone, PartialEq)]
pub enum Place {
    /// A source prints it.
    Published { place: u32, source: String },
    /// The printed scores leave no other place.
    Derived { place: u32 },
}

impl Place {
    pub fn number(&self) -> u32 {
        match self {
            Place::Published { place, .. } | Place::Derived { place } => *place,
        }
    }
}

/// A published average over a group of cities.
#[derive(Debug, Clone, PartialEq)]
pub struct Average {
    pub group: Group,
    pub category: String,
    pub score: Fraction,
    pub source: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    All,
    Oecd,
    NotOecd,
}

/// Two published values that contradict each other, and what was decided.
#[derive(Debug, Clone, PartialEq)]
pub struct Conflict {
    /// None when it concerns another survey.
    pub round: Option<String>,
    item: String,
    item_ko: String,
    pub a: Sourced<String>,
    pub b: Sourced<String>,
    /// `a`, `b`, or neither.
    pub used: Option<char>,
    resolution: String,
    resolution_ko: String,
}

impl History {
    /// The history inside this crate.
    ///
    /// # Panics
    /// When a shipped file is defective or contradicts itself; the crate's tests read them all.
    pub fn published() -> &'static History {
        static HISTORY: LazyLock<History> = LazyLock::new(|| {
            History::read(&Files::SHIPPED).unwrap_or_else(|errors| {
                let all: Vec<_> = errors.iter().map(ToString::to_string).collect();
                panic!("shipped history: {}", all.join("; "))
            })
        });
        &HISTORY
    }

    pub fn round(&self, id: &str) -> Option<&Round> {
        self.rounds.iter().find(|round| round.id == id)
    }

    pub fn city(&self, name: &str) -> Option<&City> {
        self.cities.iter().find(|city| city.name == name)
    }

    pub fn city_at(&self, slug: &str) -> Option<&City> {
        self.cities.iter().find(|city| city.slug == slug)
    }

    /// The ranking of a round as CSV: rank, city, country, score, source. What is not known is empty.
    pub fn league_csv(&self, round: &Round) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let rows = round.league().into_iter().map(|outcome| {
            let rank = outcome.place.as_ref().map(|place| place.number().to_string()).unwrap_or_default();
            let score = outcome.score.as_ref().map(|score| rounded(score.value, 2)).unwrap_or_default();
            let country = self.city(&outcome.city).map(|city| city.country.clone()).unwrap_or_default();
            [rank, outcome.city.clone(), country, score, outcome.source().to_owned()]
        });
        let header = ["rank", "city", "country", "score", "source"].map(str::to_owned);
        for row in std::iter::once(header).chain(rows) {
            // Memory takes every record, and all of them have five fields.
            writer.write_record(&row).expect("a record of five fields");
        }
        let bytes = writer.into_inner().expect("memory takes every record");
        String::from_utf8(bytes).expect("text in, text out")
    }

    /// The newest round with at least one published total score.
    pub fn newest_scored(&self) -> Option<&Round> {
        self.rounds.iter().rev().find(|round| round.league().iter().any(|outcome| outcome.score.is_some()))
    }
}

impl Round {
    /// The total ranking as far as it was published: by place, cities of unknown place last.
    pub fn league(&self) -> Vec<&Outcome> {
        self.ranking(OVERALL)
    }

    /// The ranking in one category, as [`Round::league`].
    pub fn ranking(&self, category: &str) -> Vec<&Outcome> {
        let mut rows: Vec<_> = self.results.iter().filter(|outcome| outcome.category == category).collect();
        rows.sort_by(|a, b| {
            let place = |outcome: &Outcome| outcome.place.as_ref().map_or(u32::MAX, Place::number);
            place(a).cmp(&place(b)).then_with(|| a.city.cmp(&b.city))
        });
        rows
    }

    /// Categories other than the total of which anything was published.
    pub fn categories(&self) -> Vec<&str> {
        let order =
            ["privacy_security", "usability", "content", "services", "citizen_participation", "citizen_engagement"];
        order
            .into_iter()
            .filter(|id| {
                self.results.iter().any(|o| o.category == *id) || self.averages.iter().any(|a| a.category == *id)
            })
            .collect()
    }

    pub fn outcome(&self, city: &str, category: &str) -> Option<&Outcome> {
        self.results.iter().find(|outcome| outcome.city == city && outcome.category == category)
    }

    /// When the sites were judged, in words.
    pub fn fieldwork(&self, language: &str) -> &str {
        worded(language, &self.fieldwork, &self.fieldwork_ko)
    }
}

impl Outcome {
    /// Where the score was read; without one, where the place was.
    pub fn source(&self) -> &str {
        match (&self.score, &self.place) {
            (Some(score), _) => &score.source,
            (None, Some(Place::Published { source, .. })) => source,
            (None, _) => "",
        }
    }
}

impl City {
    pub fn name(&self, language: &str) -> &str {
        worded(language, &self.name, &self.name_ko)
    }

    pub fn country(&self, language: &str) -> &str {
        worded(language, &self.country, &self.country_ko)
    }
}

impl Conflict {
    pub fn item(&self, language: &str) -> &str {
        worded(language, &self.item, &self.item_ko)
    }

    /// What was decided and why.
    pub fn resolution(&self, language: &str) -> &str {
        worded(language, &self.resolution, &self.resolution_ko)
    }
}

fn worded<'a>(language: &str, en: &'a str, ko: &'a str) -> &'a str {
    if language.split('-').next() == Some("ko") && !ko.is_empty() { ko } else { en }
}
