//! The report: `report.json` as a struct, and the page made from it.

mod chart;
mod html;
mod words;

use serde::{Deserialize, Serialize};
use survey_instrument::{Fraction, Instrument, Scores, exact, rounded_number};

use crate::finding::{Evidence, State};
use crate::second::{SecondOpinion, SecondReader};
use crate::site::model::Site;

/// Version of the shape of `report.json`.
pub const SCHEMA: &str = "madang-report-1";

/// The judgement of one archive by one instrument.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    pub schema: String,
    pub instrument: InstrumentName,
    pub site: SiteName,
    pub captured: Captured,
    pub scores: ScoresShown,
    pub decided: DecidedCount,
    pub pages: PageCount,
    /// What could not be seen and why, one sentence each.
    pub limits: Vec<String>,
    /// The second reader, when one was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second_reader: Option<SecondReader>,
    pub criteria: Vec<Judged>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InstrumentName {
    pub id: String,
    pub version: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SiteName {
    pub start: String,
    pub hosts: Vec<String>,
    pub title: String,
    /// ISO 639-1 codes, the most frequent first.
    pub languages: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Captured {
    pub began: String,
    pub ended: String,
    /// `complete`, `pages`, `bytes`, `time` or `interrupted`.
    pub stopped: String,
    pub budget: u32,
    pub bytes: u64,
}

/// A number rounded to two decimals beside its exact fraction.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Number {
    pub rounded: f64,
    pub exact: String,
}

impl From<Fraction> for Number {
    fn from(value: Fraction) -> Self {
        Self { rounded: rounded_number(value), exact: exact(value) }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ScoresShown {
    pub total: f64,
    pub total_exact: String,
    /// The total if everything not assessable were met in full.
    pub total_if_unknown_met: f64,
    pub total_if_unknown_met_exact: String,
    pub categories: Vec<CategoryShown>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CategoryShown {
    pub id: String,
    pub points: u32,
    pub raw: f64,
    pub raw_exact: String,
    pub max: f64,
    pub max_exact: String,
    pub score: f64,
    pub score_exact: String,
    pub score_if_unknown_met: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecidedCount {
    pub automatic: usize,
    pub assisted: usize,
    pub human: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageCount {
    pub known: u32,
    pub fetched: u32,
    pub forbidden: u32,
    pub rendered: Option<u32>,
    pub documents: u32,
    /// Pages judged: copies and error pages left out.
    pub judged: usize,
}

/// Who decides a criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decided {
    Automatic,
    /// Pre-coded with evidence for a person to confirm.
    Assisted,
    Human,
}

/// One criterion's judgement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Judged {
    pub id: String,
    pub number: u32,
    pub category: String,
    pub rule: String,
    pub value: Option<u8>,
    pub max: u8,
    pub state: State,
    pub confidence: f64,
    pub decided: Decided,
    pub reason: String,
    pub evidence: Vec<Evidence>,
    /// What a second reader said; it changes no other field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second_reader: Option<SecondOpinion>,
}

impl Report {
    pub(crate) fn new(site: &Site, instrument: &Instrument, scores: &Scores, criteria: Vec<Judged>) -> Self {
        let title =
            site.home().and_then(|i| site.pages.get(i)).map(|p| site.text(p.title).to_owned()).unwrap_or_default();
        let count = |decided: Decided| criteria.iter().filter(|c| c.decided == decided).count();
        let decided = DecidedCount {
            automatic: count(Decided::Automatic),
            assisted: count(Decided::Assisted),
            human: count(Decided::Human),
        };
        let capture = &site.capture;
        Self {
            schema: SCHEMA.to_owned(),
            instrument: InstrumentName { id: instrument.id.clone(), version: instrument.version.clone() },
            site: SiteName {
                start: capture.start.clone(),
                hosts: capture.hosts.clone(),
                title,
                languages: site.languages.iter().map(|(l, _)| l.clone()).collect(),
            },
            captured: Captured {
                began: capture.began.clone(),
                ended: capture.ended.clone(),
                stopped: capture.stopped.clone(),
                budget: capture.budget,
                bytes: capture.bytes,
            },
            scores: shown(instrument, scores),
            decided,
            pages: PageCount {
                known: capture.pages_known,
                fetched: capture.pages_fetched,
                forbidden: capture.pages_forbidden,
                rendered: capture.pages_rendered,
                documents: capture.documents_fetched,
                judged: site.distinct_count(),
            },
            limits: limits(site),
            second_reader: None,
            criteria,
        }
    }

    /// The report as `report.json`: two spaces, a line end at the end, the same bytes each time.
    ///
    /// # Errors
    /// Never for a report made by this crate; kept because serialisation is fallible by type.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        Ok(serde_json::to_string_pretty(self)? + "\n")
    }

    /// The report as one page for people, in English or Korean.
    pub fn to_html(&self, instrument: &Instrument, language: &str) -> String {
        html::page(self, instrument, language)
    }
}

fn shown(instrument: &Instrument, scores: &Scores) -> ScoresShown {
    let (total, upper) = (Number::from(scores.total), Number::from(scores.total_if_unknown_met));
    let categories = scores.categories.iter().map(|c| {
        let (raw, max, score) = (Number::from(c.raw), Number::from(c.max), Number::from(c.score));
        let points = instrument.categories.iter().find(|k| k.id == c.id).map_or(0, |k| k.points);
        CategoryShown {
            id: c.id.clone(),
            points,
            raw: raw.rounded,
            raw_exact: raw.exact,
            max: max.rounded,
            max_exact: max.exact,
            score: score.rounded,
            score_exact: score.exact,
            score_if_unknown_met: rounded_number(c.score_if_unknown_met),
        }
    });
    ScoresShown {
        total: total.rounded,
        total_exact: total.exact,
        total_if_unknown_met: upper.rounded,
        total_if_unknown_met_exact: upper.exact,
        categories: categories.collect(),
    }
}

fn limits(site: &Site) -> Vec<String> {
    let mut limits = site.capture.limits.clone();
    let shells = site.pages.iter().filter(|p| p.soft_404).count();
    if shells > 0 {
        limits.push(format!(
            "{shells} addresses answered with one and the same text and were left out as error pages or empty shells."
        ));
    }
    limits
}
