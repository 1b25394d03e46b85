//! Who may look into a city's archive.

use std::sync::Arc;

use axum::http::StatusCode;
use kernel_base::Error;
use kernel_web::{Failure, Visit};

use super::shelf::{self, Book};
use crate::reading::store as reading;
use crate::round::{Round, RoundCity, Stage, store};

/// A city whose archive is open for this visit.
pub struct Opened {
    pub round: Round,
    pub city: RoundCity,
    pub book: Arc<Book>,
}

/// # Errors
/// 404 for who may not look: nobody learns which cities a round has before it is published.
pub async fn open(visit: &Visit, id: &str) -> Result<Opened, Failure> {
    let portal = &visit.city;
    let city = store::city_by_id(&portal.store, id).await?.ok_or(Error::NotFound)?;
    let round = store::round_by_id(&portal.store, &city.round).await?.ok_or(Error::NotFound)?;
    if !may_look(visit, &round, &city).await? {
        return Err(Failure::not_found());
    }
    let away = || Failure::said(StatusCode::NOT_FOUND, "survey-archive-away");
    let book = shelf::open(portal, &round, &city).await?.ok_or_else(away)?;
    Ok(Opened { round, city, book })
}

async fn may_look(visit: &Visit, round: &Round, city: &RoundCity) -> kernel_base::Result<bool> {
    if round.stage == Stage::Published {
        return Ok(true);
    }
    // From here on the answer is this reader's alone.
    if visit.may("survey.round") || visit.may("survey.settle") {
        return Ok(true);
    }
    let (true, Some(who)) = (visit.may("survey.code"), visit.who()) else { return Ok(false) };
    Ok(reading::of_city(&visit.city.store, &city.id).await?.iter().any(|one| one.account == who.account))
}
