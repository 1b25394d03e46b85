//! Everything that a round's results are made of, read from the store at one moment.

use std::collections::BTreeMap;

use kernel_base::{Error, Instant, Result};
use kernel_store::Store;
use serde::Deserialize;

use super::{EvidenceResult, MachineResult, Reply, Results};
use crate::publish::store;
use crate::reading::{Code, Seat, Settlement};
use crate::round::{Round, RoundCity};

/// Pieces of evidence of the machine that are published for one criterion.
const EVIDENCE: usize = 2;

/// Codes by criterion, by seat.
pub type Codes = BTreeMap<Seat, BTreeMap<String, Code>>;

pub struct Gathered {
    pub round: Round,
    pub cities: Vec<GatheredCity>,
    /// What was published here before, the newest first.
    pub earlier: Vec<Results>,
}

pub struct GatheredCity {
    pub city: RoundCity,
    pub codes: Codes,
    /// What holds, by criterion.
    pub settled: BTreeMap<String, Settlement>,
    pub replies: Vec<Reply>,
    /// By criterion; empty when the site could not be captured.
    pub machine: BTreeMap<String, MachineResult>,
    /// Form of the machine's report, which goes with what judged: `madang-report-1`.
    pub report: String,
}

impl GatheredCity {
    /// Somebody has read it.
    pub fn is_judged(&self) -> bool {
        !self.codes.is_empty() || !self.settled.is_empty()
    }
}

/// The parts of an audit's report that are published.
#[derive(Default, Deserialize)]
struct Report {
    #[serde(default)]
    schema: String,
    #[serde(default)]
    criteria: Vec<Judged>,
}

#[derive(Deserialize)]
struct Judged {
    id: String,
    #[serde(default)]
    value: Option<i64>,
    state: String,
    #[serde(default)]
    confidence: f64,
    #[serde(default)]
    decided: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    evidence: Vec<EvidenceResult>,
}

/// Reads a whole round. What is not there yet is left out: a preview shows what would be published now.
pub async fn gather(store: &Store, round: Round) -> Result<Gathered> {
    let mut codes: BTreeMap<String, Codes> = BTreeMap::new();
    for (city, seat, code) in crate::reading::store::codes_of_round(store, round.instrument, &round.id).await? {
        codes.entry(city).or_default().entry(seat).or_default().insert(code.criterion.clone(), code);
    }
    let mut settled: BTreeMap<String, BTreeMap<String, Settlement>> = BTreeMap::new();
    for one in crate::reading::store::settled_of_round(store, round.instrument, &round.id).await? {
        settled.entry(one.city.clone()).or_default().insert(one.criterion.clone(), one);
    }
    let mut replies: BTreeMap<String, Vec<Reply>> = BTreeMap::new();
    for (city, reply) in store::replies(store, &round.id).await? {
        replies.entry(city).or_default().push(reply);
    }
    let mut reports = store::reports(store, &round.id).await?;
    let mut cities = Vec::new();
    for city in crate::round::store::cities(store, &round.id).await? {
        let report = reports.remove(&city.id).map(|text| read_report(&text)).transpose()?.unwrap_or_default();
        cities.push(GatheredCity {
            codes: codes.remove(&city.id).unwrap_or_default(),
            settled: settled.remove(&city.id).unwrap_or_default(),
            replies: replies.remove(&city.id).unwrap_or_default(),
            machine: report.criteria.into_iter().map(|judged| (judged.id.clone(), found(judged))).collect(),
            report: report.schema,
            city,
        });
    }
    let earlier = store::earlier(store, &round).await?;
    Ok(Gathered { round, cities, earlier })
}

fn read_report(text: &str) -> Result<Report> {
    serde_json::from_str(text).map_err(|error| Error::Fault(format!("a kept report does not parse: {error}")))
}

fn found(judged: Judged) -> MachineResult {
    let Judged { value, state, confidence, decided, reason, mut evidence, .. } = judged;
    evidence.truncate(EVIDENCE);
    MachineResult { state, value, confidence, decided, reason, evidence }
}

/// The day of a moment.
pub fn day(moment: Instant) -> String {
    moment.date().to_string()
}
