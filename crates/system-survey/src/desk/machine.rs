//! What the machine found: shown after a criterion is coded, and from then on its answers are not blind.

use axum::extract::Path;
use axum::http::StatusCode;
use kernel_base::{Error, Result};
use kernel_ui::{Markup, Reader, html};
use kernel_web::{Answer, Failure, Visit, see_other};
use serde::Deserialize;
use serde_json::Value;
use survey_instrument::Criterion;

use super::store;
use super::work::Work;
use crate::round::store as rounds;
use crate::scorecard::Evidence;
use crate::sources::host_of;

#[derive(Deserialize)]
struct Report {
    #[serde(default)]
    criteria: Vec<Found>,
}

/// A line of an audit's report.
#[derive(Debug, Clone, Deserialize)]
pub struct Found {
    pub id: String,
    #[serde(default)]
    value: Value,
    #[serde(default)]
    state: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    evidence: Vec<Evidence>,
}

/// What was found about those criteria of a city that this evaluator may see already.
pub async fn visible(visit: &Visit, work: &Work) -> Result<Vec<Found>> {
    if !work.instrument().criteria.iter().any(|criterion| work.machine_shown(&criterion.id)) {
        return Ok(Vec::new());
    }
    let Some(report) = rounds::report(&visit.city.store, &work.city.id).await? else { return Ok(Vec::new()) };
    let report: Report = serde_json::from_str(&report).map_err(Error::fault)?;
    Ok(report.criteria.into_iter().filter(|found| work.machine_shown(&found.id)).collect())
}

/// Shows it from now on.
pub async fn see(visit: Visit, Path((assignment, criterion)): Path<(String, String)>) -> Answer {
    let work = Work::of(&visit, &assignment).await?;
    let criterion = work.criterion(&criterion)?;
    if !work.codes.contains_key(&criterion.id) {
        return Err(Failure::said(StatusCode::CONFLICT, "survey-desk-machine-first"));
    }
    let mut tx = visit.city.store.begin().await?;
    store::machine_seen(&mut tx, &work.assignment.id, &criterion.id, visit.now()).await?;
    tx.commit().await?;
    Ok(see_other(&format!("{}#machine", work.at(&criterion.id))))
}

/// What was found, its words as text; an address is shown and leads nowhere: the page is in the archive beside it.
pub fn found(reader: &dyn Reader, criterion: &Criterion, found: Option<&Found>) -> Markup {
    html! {
        h2 #machine { (reader.t("survey-desk-machine")) }
        @match found {
            None => p { (reader.t("survey-desk-machine-none")) },
            Some(found) => {
                p { b { (value(reader, criterion, found)) } @if !found.reason.is_empty() { ": " span lang="en" dir="ltr" { (found.reason) } } }
                @for evidence in &found.evidence { (quoted(evidence)) }
            }
        }
    }
}

fn quoted(evidence: &Evidence) -> Markup {
    html! {
        @if !evidence.quote.is_empty() { blockquote dir="auto" { (evidence.quote) } }
        @if host_of(&evidence.url).is_some() { p { code { (evidence.url) } } }
    }
}

fn value(reader: &dyn Reader, criterion: &Criterion, found: &Found) -> String {
    let state = match found.state.as_str() {
        "found" => "survey-state-found",
        "absent" => "survey-state-absent",
        "not_found" => "survey-state-not-found",
        "not_this_city" => "survey-state-not-this-city",
        _ => "survey-state-not-assessable",
    };
    match found.value.as_i64() {
        Some(value) => reader.t_with(
            "survey-desk-machine-value",
            &[
                ("value", value.into()),
                ("max", u32::from(criterion.scale.max()).into()),
                ("state", reader.t(state).into()),
            ],
        ),
        None => reader.t(state),
    }
}
