//! The second step of a sign-in: who came with the right password shows something else that only they have.

use kernel_base::{Error, Random};
use kernel_identity::ceremony::{self, Begin};
use kernel_identity::{Account, Factors, grants_of};
use kernel_web::{Answer, City, Visit, see_other};
use serde::{Deserialize, Serialize};

const KIND: &str = "second";
const SECONDS: i64 = 600;
const COOKIE: &str = "step";

/// A sign-in between its two steps.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Step {
    pub account: String,
    /// How the first step was done.
    pub way: String,
    pub stay: bool,
    pub back: String,
}

/// Whether this account has a second factor that its password alone does not replace. Staff always are asked.
pub async fn is_asked(city: &City, account: &Account) -> kernel_base::Result<bool> {
    let factors = Factors::of(&city.store, &account.id).await?;
    if !factors.has_second() {
        return Ok(false);
    }
    let staff = grants_of(&city.store, &account.id).await?.iter().any(|grant| grant.role.is_staff());
    Ok(factors.app || staff)
}

/// The first step is done: notes it and asks for the second. The note is bound to this browser by a cookie.
pub async fn begin(visit: &Visit, account: &Account, way: &str, stay: bool, back: &str) -> Answer {
    let city = &visit.city;
    let step = Step { account: account.id.clone(), way: way.to_owned(), stay, back: back.to_owned() };
    let state = serde_json::to_string(&step).map_err(Error::fault)?;
    let secret = secret(&*city.random);
    let mut tx = city.store.begin().await?;
    let begun = Begin { kind: KIND, account: Some(&account.id), secret: &secret, state, seconds: SECONDS };
    let id = ceremony::begin(&mut tx, begun, &city.secrets, (&*city.clock, &*city.random)).await?;
    tx.commit_quietly().await?;
    let mut response = see_other("/sign-in/second");
    visit.keep_short(&mut response, COOKIE, &format!("{id}.{secret}"), SECONDS);
    Ok(response)
}

fn secret(random: &dyn Random) -> String {
    let mut bytes = [0; 32];
    random.fill(&mut bytes);
    data_encoding::BASE64URL_NOPAD.encode(&bytes)
}
