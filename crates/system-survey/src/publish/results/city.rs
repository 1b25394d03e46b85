//! What a round publishes about one city.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Exact, Span};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CityResult {
    /// Its archive is at `/survey/archive/{id}`.
    pub id: String,
    pub slug: String,
    pub name: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    pub region: String,
    pub oecd: bool,
    /// BCP 47 tags, the city's own language first.
    pub languages: Vec<String>,
    pub address: String,
    /// Degrees (WGS 84).
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    /// Equal scores share a rank; the next one is skipped.
    pub rank: usize,
    /// Not before all cities that are above it for certain, not behind all that are below it for certain.
    pub rank_between: Span<usize>,
    pub score: Exact,
    pub score_between: Span<f64>,
    /// Share of the draws in which the city is first, alone or shared.
    pub first_in: f64,
    /// If everything that could not be assessed were met.
    pub score_if_unknown_met: Exact,
    pub categories: Vec<CategoryResult>,
    pub sensitivity: Sensitivity,
    /// Slugs of the cities that cannot be told apart from it, by rank.
    pub alike: Vec<String>,
    /// In the instrument's order.
    pub answers: Vec<AnswerResult>,
    pub replies: Vec<Reply>,
    pub capture: CaptureFacts,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CategoryResult {
    pub id: String,
    /// Raw points reached.
    pub raw: Exact,
    /// Raw points that could be reached here.
    pub max: Exact,
    /// Points of the total.
    pub score: Exact,
    pub rank: usize,
}

/// Where the city would stand if the total were put together otherwise.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Sensitivity {
    /// Each category's weight up to a quarter more or less.
    pub noisy_weights: Span<usize>,
    /// Any weights at all.
    pub free_weights: Span<usize>,
    /// Categories put together by the geometric mean.
    pub geometric: usize,
    /// One category left out, in the instrument's order.
    pub without: Vec<usize>,
}

/// How one criterion was decided in one city.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AnswerResult {
    pub criterion: String,
    /// `found`, `absent`, `not_found`, `not_this_city` or `not_assessable`.
    pub state: String,
    /// Points; none when the criterion has none to give.
    pub value: Option<Exact>,
    /// `agreed`, `mean`, `settled`; `open` or `missing` where nobody decided.
    pub ground: String,
    /// Why it was settled so.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// By seat; evaluators are letters.
    pub codes: Vec<CodeResult>,
    pub machine: Option<MachineResult>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CodeResult {
    /// `A`, `B`, `C`: a seat at this city's table, not the same person in every city.
    pub coder: String,
    pub state: String,
    pub value: Option<i64>,
    /// The last answer before the machine's was seen.
    pub blind_state: String,
    pub blind_value: Option<i64>,
    /// Addresses that the evaluator points to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cited: Vec<String>,
}

/// What the machine found in the archive.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MachineResult {
    pub state: String,
    pub value: Option<i64>,
    /// How likely a careful person would agree, 0 to 1.
    pub confidence: f64,
    /// `automatic`, `assisted` or `human`.
    pub decided: String,
    pub reason: String,
    pub evidence: Vec<EvidenceResult>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EvidenceResult {
    pub url: String,
    /// `WARC-Record-ID` in the city's archive.
    pub record: String,
    pub quote: String,
    /// Address of the screenshot in the archive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub screenshot: Option<String>,
}

/// What a city said about its sheet, and what was decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Reply {
    pub criterion: String,
    pub words: String,
    pub evidence: String,
    /// Day, `YYYY-MM-DD`.
    pub received_on: String,
    /// `kept`, `changed`; none when nobody decided.
    pub outcome: Option<String>,
    pub answer: Option<String>,
}

/// What was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CaptureFacts {
    /// Day, `YYYY-MM-DD`; none when the site could not be captured.
    pub ended_on: Option<String>,
    pub pages_read: i64,
    pub pages_known: i64,
    /// SHA-256 of the archive in hexadecimal.
    pub digest: Option<String>,
    pub bytes: Option<i64>,
    /// Form and version of the machine's report.
    pub report: String,
}

impl CityResult {
    pub fn answer(&self, criterion: &str) -> Option<&AnswerResult> {
        self.answers.iter().find(|answer| answer.criterion == criterion)
    }
}
