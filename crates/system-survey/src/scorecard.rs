//! What a scorecard is: a coded sheet or an audit's report, read and checked. Pure.

use std::collections::BTreeMap;

use kernel_base::Instant;
use serde::{Deserialize, Serialize};
use survey_instrument::{Coded, Instrument, Scores, Sheet, SheetError, SheetProblem, parse_fraction, score};

/// Days until a scorecard is forgotten.
pub const KEPT_DAYS: i64 = 30;

/// Something handed in that can be scored.
#[derive(Debug)]
pub struct Draft {
    pub instrument: &'static Instrument,
    /// What it is about; may be empty.
    pub name: String,
    pub sheet: Sheet,
    /// By criterion; empty for a plain sheet.
    pub findings: BTreeMap<String, Finding>,
}

/// A kept scorecard.
pub struct Scorecard {
    pub id: String,
    pub instrument: &'static Instrument,
    pub name: String,
    pub sheet: Sheet,
    pub findings: BTreeMap<String, Finding>,
    pub kept_at: Instant,
    pub forget_at: Instant,
}

/// What a report says about one criterion beside its value.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// `automatic`, `assisted` or `human`.
    #[serde(default)]
    pub decided: String,
    #[serde(default)]
    pub confidence: String,
    #[serde(default)]
    pub reason: String,
    #[serde(default)]
    pub evidence: Vec<Evidence>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    #[serde(default)]
    pub url: String,
    /// Identifier of the archived record.
    #[serde(default)]
    pub record: String,
    #[serde(default)]
    pub quote: String,
}

/// Why something handed in cannot be scored.
#[derive(Debug, PartialEq, Eq)]
pub enum Refusal {
    Empty,
    /// No instrument of this id.
    Instrument(String),
    /// Not the JSON of a report; the parser's words.
    Report(String),
    Sheet(Vec<SheetError>),
}

impl Scorecard {
    pub fn scores(&self) -> Scores {
        score(self.instrument, &self.sheet)
    }
}

/// Reads a coded sheet in CSV or a `report.json`; the text itself says which.
///
/// # Errors
/// [`Refusal`] with everything that is wrong.
pub fn read(text: &str, instrument: &str, name: &str) -> Result<Draft, Refusal> {
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Err(Refusal::Empty);
    }
    if text.starts_with('{') {
        return from_report(text, name);
    }
    let instrument = Instrument::load(instrument).map_err(|unknown| Refusal::Instrument(unknown.asked))?;
    let sheet = Sheet::parse(instrument, text).map_err(Refusal::Sheet)?;
    Ok(Draft { instrument, name: name.to_owned(), sheet, findings: BTreeMap::new() })
}

#[derive(Deserialize)]
struct Report {
    instrument: ReportInstrument,
    #[serde(default)]
    site: ReportSite,
    criteria: Vec<ReportCriterion>,
}

#[derive(Deserialize)]
struct ReportInstrument {
    id: String,
}

#[derive(Default, Deserialize)]
struct ReportSite {
    #[serde(default)]
    start: String,
    #[serde(default)]
    title: Option<String>,
}

#[derive(Deserialize)]
struct ReportCriterion {
    id: String,
    #[serde(default)]
    value: serde_json::Value,
    state: String,
    #[serde(default)]
    confidence: serde_json::Value,
    #[serde(default)]
    decided: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    evidence: Vec<Evidence>,
}

fn from_report(text: &str, name: &str) -> Result<Draft, Refusal> {
    let report: Report = serde_json::from_str(text).map_err(|error| Refusal::Report(error.to_string()))?;
    let instrument = Instrument::load(&report.instrument.id).map_err(|unknown| Refusal::Instrument(unknown.asked))?;
    let (mut sheet, mut findings, mut errors) = (Sheet::new(), BTreeMap::new(), Vec::new());
    for entry in report.criteria {
        match coded(instrument, &entry) {
            Ok(coded) => {
                let ReportCriterion { id, confidence, decided, reason, evidence, .. } = entry;
                if findings.contains_key(&id) {
                    errors.push(SheetError {
                        line: None,
                        criterion: id,
                        problem: SheetProblem::Duplicate { first_line: 0 },
                    });
                    continue;
                }
                sheet.set(&id, coded);
                findings.insert(id, Finding { decided, confidence: plain(&confidence), reason, evidence });
            }
            Err(problem) => errors.push(SheetError { line: None, criterion: entry.id, problem }),
        }
    }
    let known = |id: &str| findings.contains_key(id) || errors.iter().any(|error| error.criterion == id);
    let missing = SheetError::missing(instrument, known);
    errors.extend(missing);
    if !errors.is_empty() {
        return Err(Refusal::Sheet(errors));
    }
    let title = report.site.title.filter(|title| !title.trim().is_empty()).unwrap_or(report.site.start);
    let name = if name.is_empty() { title.replace('\0', "") } else { name.to_owned() };
    Ok(Draft { instrument, name: name.chars().take(200).collect(), sheet, findings })
}

fn coded(instrument: &Instrument, entry: &ReportCriterion) -> Result<Coded, SheetProblem> {
    let criterion = instrument.criterion(&entry.id).ok_or(SheetProblem::UnknownCriterion)?;
    let value = match &entry.value {
        serde_json::Value::Null => None,
        value => {
            let text = plain(value);
            Some(parse_fraction(&text).ok_or(SheetProblem::NotANumber(text))?)
        }
    };
    Coded::from_parts(criterion, &entry.state, value)
}

/// A JSON value as the words a person would write.
fn plain(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Null => String::new(),
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(change: impl Fn(&mut Vec<serde_json::Value>)) -> String {
        let instrument = Instrument::load("global-2009").expect("instrument");
        let mut criteria: Vec<_> = instrument
            .criteria
            .iter()
            .map(|criterion| serde_json::json!({ "id": criterion.id, "value": criterion.scale.max(), "state": "found", "confidence": 0.9 }))
            .collect();
        change(&mut criteria);
        serde_json::json!({ "instrument": { "id": "global-2009" }, "site": { "start": "https://city.example/" }, "criteria": criteria }).to_string()
    }

    #[test]
    fn a_report_is_scored_like_the_sheet_it_holds() {
        let draft = read(&report(|_| ()), "madang-2026", "").expect("report");
        assert_eq!((draft.instrument.id.as_str(), draft.name.as_str()), ("global-2009", "https://city.example/"));
        assert_eq!(score(draft.instrument, &draft.sheet).total, survey_instrument::Fraction::from_integer(100));
        assert_eq!(draft.findings["PS01"].confidence, "0.9");
    }

    #[test]
    fn a_report_with_a_hole_or_a_value_off_the_scale_is_refused() {
        let text = report(|criteria| {
            criteria.remove(1);
            criteria[0]["value"] = 9.into();
        });
        let Err(Refusal::Sheet(errors)) = read(&text, "", "") else { panic!("refused") };
        let codes: Vec<_> = errors.iter().map(|error| (error.criterion.as_str(), error.problem.code())).collect();
        assert_eq!(codes, [("PS01", "off-scale"), ("PS02", "missing")]);
    }

    #[test]
    fn what_is_neither_sheet_nor_report_says_so() {
        assert_eq!(read("  ", "madang-2026", "").err(), Some(Refusal::Empty));
        assert!(matches!(read("{\"criteria\": 1}", "", ""), Err(Refusal::Report(_))));
        assert_eq!(read("criterion,value\n", "none", "").err(), Some(Refusal::Instrument("none".into())));
    }
}
