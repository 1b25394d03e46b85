//! Everything that a browser needs to go on without the network, and what comes back from it.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use kernel_web::{Answer, Failure, FieldErrors, Given as Sent, Visit};
use serde::{Deserialize, Serialize};

use super::criterion::{closed, said};
use super::save::{Given, Kept, Outcome, keep};
use super::sheet::{Filled, sheet};
use super::work::Work;
use super::{archive, machine, store};

/// Answers in one list at most: more than any instrument has criteria.
const MOST: usize = 300;

#[derive(Serialize)]
struct Bundle {
    assignment: String,
    language: &'static str,
    open: bool,
    /// In the instrument's order.
    criteria: Vec<Part>,
    codes: BTreeMap<String, Kept>,
    pages: Vec<archive::Archived>,
}

#[derive(Serialize)]
struct Part {
    id: String,
    category: String,
    title: String,
    /// The decision as the page shows it, with what the machine found only where it was seen already.
    html: String,
}

pub async fn give(visit: Visit, Path(assignment): Path<String>) -> Answer {
    let work = Work::of(&visit, &assignment).await?;
    let visible = machine::visible(&visit, &work).await?;
    let words = work.instrument().words(visit.language.code);
    let none = FieldErrors::default();
    let part = |criterion: &survey_instrument::Criterion| {
        let found = visible.iter().find(|found| found.id == criterion.id);
        let filled = Filled::of(work.kept(&criterion.id));
        Part {
            id: criterion.id.clone(),
            category: criterion.category.clone(),
            title: words.question(&criterion.id).to_owned(),
            html: sheet(&visit, &work, criterion, (&filled, &none), found).into_string(),
        }
    };
    let bundle = Bundle {
        assignment: work.assignment.id.clone(),
        language: visit.language.code,
        open: work.closed().is_none(),
        criteria: work.instrument().criteria.iter().map(part).collect(),
        codes: work.all_kept(),
        pages: archive::pages(&visit, &work).await?,
    };
    Ok(Json(bundle).into_response())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Waiting {
    answers: Vec<Given>,
}

#[derive(Serialize)]
struct Merged {
    answers: Vec<Outcome>,
}

/// Keeps what waited in a browser; each answer has its own outcome, all in one act.
pub async fn merge(visit: Visit, Path(assignment): Path<String>, Sent(waiting): Sent<Waiting>) -> Answer {
    if waiting.answers.len() > MOST {
        return Err(Failure::new(StatusCode::UNPROCESSABLE_ENTITY, format!("at most {MOST} answers at once")));
    }
    let work = Work::of(&visit, &assignment).await?;
    let mut tx = visit.city.store.begin().await?;
    if !store::is_open(&mut tx, &work.assignment.id).await? {
        return Err(closed(&work));
    }
    let mut answers = Vec::with_capacity(waiting.answers.len());
    for given in &waiting.answers {
        answers.push(in_words(&visit, keep(&mut tx, &work, given, visit.now()).await?));
    }
    tx.commit().await?;
    Ok(Json(Merged { answers }).into_response())
}

fn in_words(visit: &Visit, outcome: Outcome) -> Outcome {
    match outcome {
        Outcome::Refused { criterion, why } => Outcome::Refused { criterion, why: visit.t(said(&why).1) },
        other => other,
    }
}
