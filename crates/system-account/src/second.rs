//! The second step of a sign-in: who came with the right password shows something else that only they have.

use axum::response::Response;
use kernel_base::{Error, Result};
use kernel_identity::ceremony::{self, Begin};
use kernel_identity::code;
use kernel_identity::{Account, Factors};
use kernel_store::Tx;
use kernel_web::{Answer, City, Visit, see_other};
use serde::{Deserialize, Serialize};

use crate::door::Proof;

const KIND: &str = "second";
const SECONDS: i64 = 600;
const COOKIE: &str = "step";

/// A sign-in between its two steps.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Step {
    pub account: String,
    /// How the first step was done, and what level of assurance it brought.
    pub way: String,
    pub assurance: String,
    pub stay: bool,
    pub back: String,
}

/// Whether this account has a second factor that its password alone does not replace.
pub async fn is_asked(city: &City, account: &Account) -> Result<bool> {
    Ok(Factors::of(&city.store, &account.id).await?.has_second())
}

/// The first step is done: notes it and asks for the second. The note is bound to this browser by a cookie.
pub async fn begin(visit: &Visit, account: &Account, first: Proof<'_>, stay: bool, back: &str) -> Answer {
    let city = &visit.city;
    let step = Step {
        account: account.id.clone(),
        way: first.way.to_owned(),
        assurance: first.assurance.to_owned(),
        stay,
        back: back.to_owned(),
    };
    let state = serde_json::to_string(&step).map_err(Error::fault)?;
    let secret = code::secret(&*city.random);
    let mut tx = city.store.begin().await?;
    let begun = Begin { kind: KIND, account: Some(&account.id), secret: &secret, state, seconds: SECONDS };
    let id = ceremony::begin(&mut tx, begun, &city.secrets, (&*city.clock, &*city.random)).await?;
    tx.commit_quietly().await?;
    let mut response = see_other("/sign-in/second");
    visit.keep_short(&mut response, COOKIE, &format!("{id}.{secret}"), SECONDS);
    Ok(response)
}

/// The step that this browser is at, for its page.
pub async fn open_step(visit: &Visit) -> Result<Option<Step>> {
    let Some(cookie) = visit.short_cookie(COOKIE) else { return Ok(None) };
    let Some((id, _)) = cookie.split_once('.') else { return Ok(None) };
    let state = ceremony::state_of(&visit.city.store, KIND, id, visit.now()).await?;
    state.map(|state| serde_json::from_str(&state).map_err(Error::fault)).transpose()
}

/// The same within the act that finishes it, with the ceremony's id. The cookie's secret must be the right one.
pub async fn step_in(visit: &Visit, tx: &mut Tx) -> Result<Option<(Step, String)>> {
    let Some(cookie) = visit.short_cookie(COOKIE) else { return Ok(None) };
    let Some((id, secret)) = cookie.split_once('.') else { return Ok(None) };
    let Some(found) = ceremony::find(tx, KIND, id, visit.now()).await? else { return Ok(None) };
    if !found.proves(tx, KIND, secret, &visit.city.secrets).await? {
        return Ok(None);
    }
    Ok(Some((serde_json::from_str(&found.state).map_err(Error::fault)?, found.id)))
}

/// The browser need not keep it any longer.
pub fn forget(visit: &Visit, response: &mut Response) {
    visit.keep_short(response, COOKIE, "", 0);
}
