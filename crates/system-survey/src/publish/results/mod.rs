//! What a round publishes: one document from which pages, files and the interface are drawn. Data only; it never
//! changes once it is kept, so fields are only added, with a default, and `schema_version` rises when one changes.

mod best;
mod change;
mod city;
mod compute;
mod gathered;
mod reliability;
mod uncertain;

pub use city::{
    AnswerResult, CaptureFacts, CategoryResult, CityResult, CodeResult, EvidenceResult, MachineResult, Reply,
    Sensitivity,
};
pub use compute::compute;
pub use gathered::{day, gather};

use serde::{Deserialize, Serialize};
use survey_instrument::{Fraction, exact, rounded_number};
use utoipa::ToSchema;

/// Version of this document's form.
pub const SCHEMA: u32 = 1;

/// An exact fraction as text beside what it rounds to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({ "exact": "2639/40", "rounded": 65.98 }))]
pub struct Exact {
    /// `a/b` in lowest terms, or a whole number.
    pub exact: String,
    /// Two decimals, halves away from zero.
    pub rounded: f64,
}

impl Exact {
    /// The fraction again; none when it needs more than 64 bits, as averages do.
    pub fn fraction(&self) -> Option<Fraction> {
        self.exact.parse().ok()
    }
}

impl From<Fraction> for Exact {
    fn from(value: Fraction) -> Exact {
        Exact { exact: exact(value), rounded: rounded_number(value) }
    }
}

/// From the lowest to the highest that is plausible.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Span<T> {
    pub low: T,
    pub high: T,
}

/// A round's results.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Results {
    /// Version of this document's form.
    pub schema_version: u32,
    pub round: RoundFacts,
    pub rules: RulesFacts,
    pub statistics: StatisticsFacts,
    pub categories: Vec<CategoryFacts>,
    pub criteria: Vec<CriterionFacts>,
    /// In the order of the league.
    pub cities: Vec<CityResult>,
    /// Cities of the round that nobody read.
    pub not_judged: Vec<NotJudged>,
    /// Cities that share a place in truth: from the first of a group down to the last that cannot be told apart from it.
    pub groups: Vec<Group>,
    /// Each two cities that follow each other.
    pub neighbours: Vec<Neighbours>,
    /// All cities, OECD and others, then by region.
    pub averages: Vec<Average>,
    pub best: Vec<Best>,
    /// Between evaluators on their blind answers, and between them and the machine.
    pub reliability: Vec<Reliability>,
    /// Against earlier rounds published here, on common criteria only.
    pub changes: Vec<Change>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RoundFacts {
    pub slug: String,
    pub title: String,
    pub instrument: String,
    pub instrument_version: String,
    /// Days, `YYYY-MM-DD`.
    pub opened_on: String,
    pub coding_on: Option<String>,
    pub replies_until: Option<String>,
    pub closed_on: Option<String>,
    pub published_on: String,
    /// Digital object identifier, when the round has one: `10.…/…`.
    pub doi: Option<String>,
}

/// What the coordinator decided when the round was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RulesFacts {
    /// Evaluators saw the machine's value before they answered.
    pub machine_shown: bool,
    /// Totals further apart than so many thousandths of their mean called a third reader.
    pub threshold_thousandths: u32,
    pub reply_days: u32,
    /// Pages asked for at most in each city.
    pub page_budget: u32,
}

/// How uncertainty was computed, so that it can be computed again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct StatisticsFacts {
    /// Release of the software that published.
    pub software: String,
    /// Seed of all random draws, hexadecimal.
    pub seed: String,
    pub draws: u32,
    /// Share of the draws inside an interval, and from which on an order is taken as certain.
    pub level: f64,
    /// What happens to the ranking when it is made otherwise.
    pub scenarios: Vec<ScenarioFacts>,
}

/// A ranking that was made otherwise, see the handbook of OECD and JRC (2008), step 7.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ScenarioFacts {
    /// `noisy_weights`, `free_weights`, `geometric` or `without`.
    pub variation: String,
    /// The category that is left out, for `without`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    pub draws: u32,
    /// Mean over cities and draws of how many places a city moves.
    pub mean_shift: f64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CategoryFacts {
    pub id: String,
    /// Points of the total.
    pub points: u32,
    /// Raw points of all its criteria together.
    pub max: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CriterionFacts {
    pub id: String,
    pub number: u32,
    pub category: String,
    /// `0-3`, `0-2`, `0/1`, `0/3`.
    pub scale: String,
    pub max: u8,
    /// Who can decide it: `automatic`, `assisted`, `human` or `probe`.
    pub mode: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NotJudged {
    pub slug: String,
    pub name: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Group {
    /// Places in the order of the league, from 1, both included.
    pub first: usize,
    pub last: usize,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Neighbours {
    pub upper: String,
    pub lower: String,
    /// Share of the draws in which the upper one has the higher score.
    pub holds: f64,
    /// They can be told apart.
    pub apart: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Average {
    /// `all`, `oecd`, `not_oecd`, or a region.
    pub group: String,
    pub cities: usize,
    pub score: Exact,
    /// Points by category, in the instrument's order.
    pub categories: Vec<Exact>,
}

/// The city that shows best how a criterion is met.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Best {
    pub criterion: String,
    /// Its slug.
    pub city: String,
    pub value: Exact,
    /// The page that shows it, with its record and picture in the archive.
    pub evidence: Option<EvidenceResult>,
}

/// How well two readings of the same criteria agree.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Reliability {
    /// `evaluators`: between evaluators on blind answers; `machine`: evaluators' blind answers against the machine's.
    pub between: String,
    /// `all`, `criterion`, `category` or `language`.
    pub scope: String,
    /// Which one; empty for all.
    pub of: String,
    /// Answers that both readers gave points to.
    pub units: usize,
    /// Answers where at least one reader gave none: "not this city's task", "could not be judged".
    pub left_out: usize,
    /// Share of equal points. None without units.
    pub agreement: Option<f64>,
    /// Why a coefficient is none: `no_variation` (all gave the same one value) or `too_few`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undefined: Option<String>,
    /// Cohen's kappa.
    pub kappa: Option<f64>,
    pub kappa_linear: Option<f64>,
    pub kappa_quadratic: Option<f64>,
    /// Scott's pi.
    pub pi: Option<f64>,
    /// Krippendorff's alpha.
    pub alpha_nominal: Option<f64>,
    pub alpha_ordinal: Option<f64>,
    pub alpha_interval: Option<f64>,
    pub alpha_ratio: Option<f64>,
    /// Gwet's AC1.
    pub ac1: Option<f64>,
}

/// Change since an earlier round, on the criteria that both asked alike.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Change {
    /// Slug and title of the earlier round.
    pub round: String,
    pub title: String,
    /// Its day of publication.
    pub published_on: String,
    /// How many criteria are common.
    pub criteria: usize,
    /// Categories without a common criterion.
    pub categories_left_out: Vec<String>,
    pub cities: Vec<CityChange>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CityChange {
    pub city: String,
    /// Of 100, on the common criteria; not the published scores.
    pub before: Exact,
    pub after: Exact,
    /// `after - before`, in points with two decimals.
    pub change: f64,
    /// Where the change lies; none when there was nothing to draw.
    pub change_between: Option<Span<f64>>,
    /// Up or down for certain.
    pub certain: bool,
    /// Criteria that were compared in this city.
    pub compared: usize,
}

impl Results {
    pub fn city(&self, slug: &str) -> Option<&CityResult> {
        self.cities.iter().find(|city| city.slug == slug)
    }

    pub fn criterion(&self, id: &str) -> Option<&CriterionFacts> {
        self.criteria.iter().find(|criterion| criterion.id == id)
    }

    pub fn average(&self, group: &str) -> Option<&Average> {
        self.averages.iter().find(|average| average.group == group)
    }

    /// A reading of reliability; none when nobody could be compared.
    pub fn reliability(&self, between: &str, scope: &str, of: &str) -> Option<&Reliability> {
        self.reliability.iter().find(|one| one.between == between && one.scope == scope && one.of == of)
    }
}
