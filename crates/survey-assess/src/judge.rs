//! From a site to the report: every criterion by its rule.

use std::collections::{BTreeMap, BTreeSet};

use survey_archive::Archive;
use survey_instrument::{Coded, Criterion, Fraction, Instrument, Mode, RuleKind, Sheet, score};

use crate::fact::{self, Case};
use crate::finding::{Finding, State};
use crate::lexicon::{Lexicon, Matcher};
use crate::report::{Decided, Judged, Report};
use crate::rules::{Rules, RulesError};
use crate::site::model::Site;
use crate::site::read;
use crate::topic::find::{self, TopicHits};
use crate::topic::reading::Reading;
use crate::{clause, human, second, source, topic};

/// An automatic value below this is not given: a person decides.
const SURE: f64 = 0.5;

/// Why an archive could not be judged.
#[derive(Debug, thiserror::Error)]
pub enum AssessError {
    #[error("the archive cannot be read: {0}")]
    Archive(#[from] survey_archive::Error),
    #[error(transparent)]
    Rules(#[from] RulesError),
    #[error("the word lists cannot be searched: {0}")]
    Lexicon(#[from] aho_corasick::BuildError),
}

/// Judges an archive by an instrument. The same archive, instrument and words give the same report, byte for byte.
///
/// # Errors
/// [`AssessError`] when the archive cannot be read or a data table of this crate is defective.
pub fn assess(archive: &Archive, instrument: &Instrument, lexicon: &Lexicon) -> Result<Report, AssessError> {
    let mut report = judge_site(&read::site(archive)?, instrument, lexicon)?;
    second::attach(archive, &mut report)?;
    source::name_records(archive, &mut report);
    Ok(report)
}

pub(crate) fn judge_site(site: &Site, instrument: &Instrument, lexicon: &Lexicon) -> Result<Report, AssessError> {
    let rules = Rules::builtin()?;
    let declared = site.distinct().filter_map(|(_, p)| p.declared.clone());
    let wanted: BTreeSet<String> = site.languages.iter().map(|(l, _)| l.clone()).chain(declared).collect();
    let matcher = Matcher::new(lexicon, &wanted)?;
    let reading = Reading::new(site, &rules, matcher);
    let topics = find::all(&reading);
    let mut sheet = Sheet::new();
    let mut criteria = Vec::with_capacity(instrument.criteria.len());
    for criterion in &instrument.criteria {
        let judged = judged(&reading, &topics, criterion);
        sheet.set(&criterion.id, coded(&judged));
        criteria.push(judged);
    }
    Ok(Report::new(site, instrument, &score(instrument, &sheet), criteria))
}

fn coded(judged: &Judged) -> Coded {
    match (judged.state, judged.value) {
        (State::Found, Some(value)) => Coded::Value(Fraction::from_integer(i64::from(value))),
        (State::Absent, _) => Coded::Absent,
        (State::NotFound, _) => Coded::NotFound,
        (State::NotThisCity, _) => Coded::NotThisCity,
        _ => Coded::NotAssessable,
    }
}

fn judged(reading: &Reading<'_>, topics: &BTreeMap<String, TopicHits>, criterion: &Criterion) -> Judged {
    let name = criterion.rule.name.as_str();
    let case = Case { reading, topics, scale: criterion.scale };
    let finding = match criterion.rule.kind {
        // Nothing was read: every rule that looks at pages would report an absence it cannot know.
        _ if reading.site.pages.is_empty() && name != "https" => Finding::unknown("No page of the site could be read."),
        RuleKind::Topic => topic::judge::judge(reading, topics, name, criterion.scale),
        RuleKind::Clause => clause::judge(reading, topics, name, criterion.scale),
        RuleKind::Fact => fact::judge(&case, name).unwrap_or_else(|| {
            Finding::unknown(format!("There is no measurement named {name}; a person must judge this."))
        }),
        RuleKind::Human | RuleKind::Probe => human::judge(reading, topics, name),
    };
    let finding = if reading.wordless() && by_words(criterion) { doubted(finding) } else { finding };
    settled(criterion, finding)
}

/// The rule recognises by words; what it does not find may be there in words it does not know.
fn by_words(criterion: &Criterion) -> bool {
    match criterion.rule.kind {
        RuleKind::Topic | RuleKind::Clause => true,
        RuleKind::Fact => matches!(
            criterion.rule.name.as_str(),
            "policy-everywhere"
                | "policy-notice-at-forms"
                | "page-feedback"
                | "newsletter-subscribe"
                | "newsletter-archive"
                | "polls"
                | "open-data"
                | "gis"
                | "feeds"
                | "site-map"
                | "security-contact"
                | "search-advanced"
                | "chat"
        ),
        RuleKind::Human | RuleKind::Probe => false,
    }
}

/// An absence among pages whose language has no word list is no absence.
fn doubted(mut finding: Finding) -> Finding {
    if matches!(finding.state, State::Absent | State::NotFound) {
        finding.state = State::NotFound;
        finding.confidence = finding.confidence.min(0.2);
    }
    finding
}

/// Who decided, and no guess where the instrument expects a decision.
fn settled(criterion: &Criterion, mut finding: Finding) -> Judged {
    let human_rule = matches!(criterion.rule.kind, RuleKind::Human | RuleKind::Probe);
    let decided = match criterion.mode {
        _ if finding.state == State::NotAssessable => Decided::Human,
        _ if human_rule => Decided::Assisted,
        Mode::Automatic if finding.confidence < SURE => {
            finding.state = State::NotAssessable;
            finding.value = None;
            finding.reason.push_str(" The signs are too weak to decide without a person.");
            Decided::Human
        }
        Mode::Automatic => Decided::Automatic,
        // Where the instrument asks for a person, the archive only proposes.
        Mode::Assisted | Mode::Human | Mode::Probe => Decided::Assisted,
    };
    if criterion.mode == Mode::Human && decided == Decided::Assisted {
        finding.confidence = finding.confidence.min(0.6);
    }
    Judged {
        id: criterion.id.clone(),
        number: criterion.number,
        category: criterion.category.clone(),
        rule: format!("{}:{}", criterion.rule.kind.name(), criterion.rule.name),
        value: finding.value,
        max: criterion.scale.max(),
        state: finding.state,
        confidence: (finding.confidence.clamp(0.0, 1.0) * 100.0).round() / 100.0,
        decided,
        reason: finding.reason,
        evidence: finding.evidence,
        second_reader: None,
    }
}
