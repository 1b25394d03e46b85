//! Who may look into a city's archive.

use std::sync::Arc;

use axum::http::StatusCode;
use kernel_base::Error;
use kernel_identity::Who;
use kernel_web::{City, Failure, Visit};

use super::shelf::{self, Book};
use crate::reading::store as reading;
use crate::round::{Round, RoundCity, Stage, store};

/// What the keys of links within an archive are sealed for.
const PURPOSE: &str = "archive link";

/// A city whose archive is open for this visit.
pub struct Opened {
    pub round: Round,
    pub city: RoundCity,
    pub book: Arc<Book>,
    /// The session that it is open for; none where it is open for everybody, or for a program.
    session: Option<String>,
}

/// # Errors
/// 404 for who may not look: nobody learns which cities a round has before it is published.
pub async fn open(visit: &Visit, id: &str) -> Result<Opened, Failure> {
    open_with(visit, id, "").await
}

/// The same for who comes from another page of this archive: a sandbox sends no session, so its links bring a key.
pub async fn open_with(visit: &Visit, id: &str, key: &str) -> Result<Opened, Failure> {
    let portal = &visit.city;
    let city = store::city_by_id(&portal.store, id).await?.ok_or(Error::NotFound)?;
    let round = store::round_by_id(&portal.store, &city.round).await?.ok_or(Error::NotFound)?;
    let session = match round.stage {
        Stage::Published => None,
        _ => let_in(visit, &city, key).await?,
    };
    let away = || Failure::said(StatusCode::NOT_FOUND, "survey-archive-away");
    let book = shelf::open(portal, &round, &city).await?.ok_or_else(away)?;
    Ok(Opened { round, city, book, session })
}

/// Who asks, or else whose session the key was sealed for; the answer is that reader's alone.
async fn let_in(visit: &Visit, city: &RoundCity, key: &str) -> Result<Option<String>, Failure> {
    let portal = &visit.city;
    if let Some(who) = visit.who()
        && may_look(portal, who, city).await?
    {
        return Ok(who.scopes.is_none().then(|| who.session.clone()));
    }
    match holder(portal, city, key).await? {
        Some(who) if may_look(portal, &who, city).await? => Ok(Some(who.session.clone())),
        _ => Err(Failure::not_found()),
    }
}

impl Opened {
    /// What opens other pages of this archive from within the sandbox: for this session, as long as it lasts and its
    /// owner may look. Where everybody may, none is needed.
    ///
    /// # Errors
    /// When it cannot be sealed.
    pub fn key(&self, portal: &City) -> kernel_base::Result<Option<String>> {
        let Some(session) = &self.session else { return Ok(None) };
        let plain = format!("{} {session}", self.city.id);
        portal.secrets.seal(PURPOSE, plain.as_bytes(), &*portal.random).map(Some)
    }
}

async fn holder(portal: &City, city: &RoundCity, key: &str) -> kernel_base::Result<Option<Arc<Who>>> {
    let plain = portal.secrets.open(PURPOSE, key).ok().and_then(|plain| String::from_utf8(plain).ok());
    match plain.as_deref().and_then(|plain| plain.split_once(' ')) {
        Some((of, session)) if of == city.id => portal.sessions.by_id(&portal.store, &*portal.clock, session).await,
        _ => Ok(None),
    }
}

async fn may_look(portal: &City, who: &Who, city: &RoundCity) -> kernel_base::Result<bool> {
    let may = |right| who.second_factor && who.may(&portal.rights, right);
    if may("survey.round") || may("survey.settle") {
        return Ok(true);
    }
    let given = reading::of_city(&portal.store, &city.id).await?;
    Ok(may("survey.code") && given.iter().any(|one| one.account == who.account))
}
