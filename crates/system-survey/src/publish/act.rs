//! Publishing a round: once, in one transaction, and for ever.

use contracts::Fact;
use kernel_base::{Error, Result};
use kernel_identity::Who;
use kernel_record::{later, say};
use kernel_web::City;
use serde_json::json;

use super::results::{Results, compute, gather};
use super::{paper, store};
use crate::office::did;
use crate::round::store::{move_on, round_by_slug};
use crate::round::{Round, Stage};

/// Why a round is not published now.
#[derive(Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is not closed, or published already.
    Stage(Stage),
    /// Nobody has read any city.
    NoCity,
}

/// Computes what a round would publish at this moment.
///
/// # Errors
/// [`Error::NotFound`] for a round that is not there.
pub async fn preview(city: &City, slug: &str, doi: Option<&str>) -> Result<(Round, Results)> {
    let round = round_by_slug(&city.store, slug).await?.ok_or(Error::NotFound)?;
    let gathered = gather(&city.store, round.clone()).await?;
    let (doi, now) = (doi.map(str::to_owned), city.clock.now());
    // A hundred cities take a second or two: not on the thread that answers others.
    let computed = tokio::task::spawn_blocking(move || compute(&gathered, doi.as_deref(), now));
    Ok((round, computed.await.map_err(Error::fault)??))
}

/// Whether these results may be published.
pub fn refusal(round: &Round, results: &Results) -> Option<Refusal> {
    if round.stage != Stage::Closed {
        return Some(Refusal::Stage(round.stage));
    }
    results.cities.is_empty().then_some(Refusal::NoCity)
}

/// Criteria that nobody decided. A closed round changes no more, so they are published as what they are.
pub fn undecided(results: &Results) -> usize {
    let answers = results.cities.iter().flat_map(|city| &city.answers);
    answers.filter(|answer| matches!(answer.ground.as_str(), "open" | "missing")).count()
}

/// Publishes a closed round, for an account or for somebody on the machine: results, stage, audit entry, fact and the job that prints scorecards, all or nothing.
///
/// # Errors
/// [`Error::NotFound`] for a round that is not there; a refusal changes nothing.
pub async fn publish(
    city: &City,
    slug: &str,
    doi: Option<&str>,
    who: Option<&Who>,
) -> Result<std::result::Result<(), Refusal>> {
    // A closed round changes no more, so what was computed before the transaction still holds within it.
    let (round, results) = preview(city, slug, doi).await?;
    if let Some(refusal) = refusal(&round, &results) {
        return Ok(Err(refusal));
    }
    let text = serde_json::to_string(&results).map_err(Error::fault)?;
    let (clock, random) = (&*city.clock, &*city.random);
    let now = clock.now();
    let mut tx = city.store.begin().await?;
    let moved = move_on(&mut tx, &round.id, (Stage::Closed, Stage::Published), now).await?;
    if !moved || !store::keep(&mut tx, &round.id, &text, now).await? {
        return Ok(Err(Refusal::Stage(Stage::Published)));
    }
    let detail = json!({ "round": round.slug, "cities": results.cities.len() });
    did(&mut tx, who, "round.published", &round.id, detail, (clock, random)).await?;
    let fact = Fact::RoundPublished { round: round.slug.clone(), title: round.title.clone() };
    say(&mut tx, &fact, clock, random).await?;
    later(&mut tx, paper::KIND, &json!({ "round": round.slug }), now, clock, random).await?;
    tx.commit().await?;
    Ok(Ok(()))
}
