//! What an adjudicator and a city see of a criterion: readers' answers, the machine's finding, the pages they point to.

use std::collections::BTreeMap;

use kernel_base::Result;
use kernel_store::Store;
use kernel_ui::{Choice, Column, Markup, Row, Table, html, summary_list, table};
use kernel_web::Visit;
use survey_instrument::{Coded, Criterion, Instrument, exact};

use super::standing::Comparison;
use crate::reading::{Answer, Code, Seat, store as reading};
use crate::round::store as rounds;
use crate::scorecard::{self, Draft, Evidence};
use crate::sources::host_of;

/// An answer in words: "2 of 3", or what it is instead of points.
pub fn said(visit: &Visit, criterion: &Criterion, coded: Coded) -> String {
    let of = |value: String| {
        let max = u32::from(criterion.scale.max());
        visit.t_with("survey-value-of", &[("value", value.into()), ("max", max.into())])
    };
    match coded {
        Coded::Value(value) => of(match value.denom() {
            1 => visit.number(value.to_integer()),
            2 => visit.decimal(survey_instrument::rounded_number(value), 1),
            _ => exact(value),
        }),
        Coded::Absent => visit.t("survey-state-absent"),
        Coded::NotFound => visit.t("survey-state-not-found"),
        Coded::NotThisCity => visit.t("survey-state-not-this-city"),
        Coded::NotAssessable => visit.t("survey-state-not-assessable"),
    }
}

/// The letter that a reader is known by.
pub fn letter(seat: Seat) -> &'static str {
    match seat {
        Seat::First => "A",
        Seat::Second => "B",
        Seat::Third => "C",
    }
}

/// The answers an adjudicator can choose from: points above zero, and each kind of "no".
pub fn choices(visit: &Visit, instrument: &Instrument, criterion: &Criterion) -> Vec<Choice> {
    let words = instrument.words(visit.language.code).criterion(&criterion.id);
    let points = criterion.scale.values().into_iter().rev().filter(|value| *value > 0).map(|value| Choice {
        value: value.to_string(),
        label: said(visit, criterion, Coded::Value(i64::from(value).into())),
        hint: words.and_then(|words| words.example(value)).unwrap_or_default().to_owned(),
    });
    let states = [
        ("absent", "survey-state-absent", "survey-state-absent-meaning"),
        ("not_found", "survey-state-not-found", "survey-settle-not-found-meaning"),
        ("not_this_city", "survey-state-not-this-city", "survey-state-not-this-city-meaning"),
        ("not_assessable", "survey-state-not-assessable", "survey-state-not-assessable-meaning"),
    ];
    let states =
        states.map(|(state, label, hint)| Choice { value: state.into(), label: visit.t(label), hint: visit.t(hint) });
    points.chain(states).collect()
}

/// Reads what was chosen; `None` for anything that is not offered.
pub fn chosen(criterion: &Criterion, word: &str) -> Option<Answer> {
    match word.parse::<i64>() {
        Ok(value) => Answer::new(criterion, "found", Some(value)).ok().filter(|_| value > 0),
        Err(_) if word == "found" || word.is_empty() => None,
        Err(_) => Answer::new(criterion, word, None).ok(),
    }
}

/// Codes of the readers who have handed in, by seat and criterion.
pub type Codes = BTreeMap<Seat, BTreeMap<String, Code>>;

pub async fn codes(store: &Store, instrument: &Instrument, comparison: &Comparison) -> Result<Codes> {
    let mut all = Codes::new();
    for one in comparison.assignments.iter().filter(|one| one.done_at.is_some()) {
        all.insert(one.seat, reading::codes(store, instrument, &one.id).await?);
    }
    Ok(all)
}

/// What each reader answered to one criterion and the pages they point to; their notes only for who settles.
pub fn readers(visit: &Visit, criterion: &Criterion, codes: &Codes, notes: bool) -> Markup {
    let rows = codes.iter().map(|(seat, of_seat)| {
        let code = of_seat.get(&criterion.id);
        let answer =
            code.map_or_else(|| visit.t("survey-settle-no-answer"), |code| said(visit, criterion, code.answer.coded()));
        let (note, cited) = code.map(|code| (code.note.as_str(), code.cited.as_slice())).unwrap_or_default();
        let mut cells = vec![html! { (letter(*seat)) }, html! { (answer) }];
        cells.extend(notes.then(|| html! { div { (note) } }));
        cells.push(html! { div { (pages(cited)) } });
        Row::new(cells)
    });
    let columns = ["survey-settle-reader", "survey-settle-answer", "survey-settle-note", "survey-settle-cited"];
    let shown = columns.into_iter().filter(|key| notes || *key != "survey-settle-note");
    table(&Table {
        caption: visit.t("survey-settle-readers"),
        columns: shown.map(|key| Column::text(visit.t(key))).collect(),
        rows: rows.collect(),
    })
}

/// Addresses as links; whatever is no web address stays text.
pub fn pages(addresses: &[String]) -> Markup {
    html! { @for address in addresses { (page(address)) br; } }
}

pub fn page(address: &str) -> Markup {
    html! {
        @if host_of(address).is_some() { a href=(address) rel="external nofollow noreferrer" { (address) } } @else { (address) }
    }
}

/// What the machine found in a city; none when it has not judged it, or by another instrument.
pub async fn machine(store: &Store, instrument: &Instrument, city: &str) -> Result<Option<Draft>> {
    let report = rounds::report(store, city).await?;
    let read = report.and_then(|report| scorecard::read(&report, "", "").ok());
    Ok(read.filter(|draft| draft.instrument.id == instrument.id))
}

/// The machine's value and evidence for one criterion.
pub fn of_machine(
    visit: &Visit,
    criterion: &Criterion,
    machine: Option<&Draft>,
    archived: &dyn Fn(&str) -> String,
) -> Markup {
    let finding = machine.and_then(|draft| Some((draft.sheet.get(&criterion.id), draft.findings.get(&criterion.id)?)));
    let Some((coded, finding)) = finding else { return html! { p { (visit.t("survey-settle-no-machine")) } } };
    let mut facts = vec![(visit.t("survey-settle-answer"), html! { (said(visit, criterion, coded)) })];
    if !finding.reason.is_empty() {
        facts.push((visit.t("survey-why"), html! { span lang="en" { (finding.reason) } }));
    }
    if !finding.confidence.is_empty() {
        let said = visit.t_with("survey-evidence-confidence", &[("confidence", (&finding.confidence).into())]);
        facts.push((visit.t("survey-settle-confidence"), html! { (said) }));
    }
    html! { (summary_list(&facts)) @for one in &finding.evidence { (evidence(visit, one, archived)) } }
}

fn evidence(visit: &Visit, one: &Evidence, archived: &dyn Fn(&str) -> String) -> Markup {
    html! {
        @if !one.quote.is_empty() { blockquote { (one.quote) } }
        p {
            (page(&one.url))
            @if !one.record.is_empty() { " " a href=(archived(&one.url)) { (visit.t("survey-settle-archived")) } }
        }
    }
}
