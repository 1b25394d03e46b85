//! What somebody answered as an evaluator, for them to take away.

use kernel_base::{Error, Result};
use kernel_web::{City, ExportFile};
use serde::Serialize;

use super::store;
use crate::reading::{Code, store as reading};
use crate::round::store as rounds;

/// A city that somebody reads, with everything they said about it.
#[derive(Serialize)]
struct Reading {
    round: String,
    city: String,
    instrument: String,
    /// `first`, `second` or `third`: what readers are called where a round is published.
    seat: &'static str,
    given_at: String,
    handed_in_at: Option<String>,
    answers: Vec<Said>,
}

/// An answer, or a note before there was one.
#[derive(Serialize)]
struct Said {
    criterion: String,
    state: &'static str,
    value: Option<i64>,
    note: String,
    flagged: bool,
    cited: Vec<String>,
    /// The answer before the machine's was seen.
    blind: Option<(&'static str, Option<i64>)>,
    machine_seen_at: Option<String>,
    answered_at: Option<String>,
}

/// One file for each city.
pub async fn export(city: &City, account: &str) -> Result<Vec<ExportFile>> {
    let mut files = Vec::new();
    for given in reading::of_account(&city.store, account).await? {
        let round = rounds::round_by_id(&city.store, &given.round).await?.ok_or(Error::NotFound)?;
        let place = rounds::city_by_id(&city.store, &given.city).await?.ok_or(Error::NotFound)?;
        let codes = reading::codes(&city.store, round.instrument, &given.id).await?;
        let mut jottings = store::jottings(&city.store, &given.id).await?;
        jottings.retain(|criterion, _| !codes.contains_key(criterion));
        let reading = Reading {
            round: round.title,
            city: place.name,
            instrument: round.instrument.id.clone(),
            seat: given.seat.word(),
            given_at: given.given_at.rfc3339(),
            handed_in_at: given.done_at.map(|at| at.rfc3339()),
            answers: codes.into_values().map(answer).chain(jottings.into_values().map(note)).collect(),
        };
        let bytes = serde_json::to_vec_pretty(&reading).map_err(Error::fault)?;
        files.push(ExportFile { path: format!("survey/{}-{}.json", round.slug, place.slug), bytes });
    }
    Ok(files)
}

fn answer(code: Code) -> Said {
    Said {
        criterion: code.criterion,
        state: code.answer.state(),
        value: code.answer.value(),
        note: code.note,
        flagged: code.flagged,
        cited: code.cited,
        blind: Some((code.blind.state(), code.blind.value())),
        machine_seen_at: code.machine_seen_at.map(|at| at.rfc3339()),
        answered_at: Some(code.coded_at.rfc3339()),
    }
}

fn note(jotting: store::Jotting) -> Said {
    Said {
        criterion: jotting.criterion,
        state: "",
        value: None,
        note: jotting.note,
        flagged: jotting.flagged,
        cited: jotting.cited,
        blind: None,
        machine_seen_at: None,
        answered_at: None,
    }
}
