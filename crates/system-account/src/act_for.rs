//! Answering, beginning, stopping and ending: the buttons of the page about acting for others.

use axum::http::StatusCode;
use kernel_base::Error;
use kernel_identity::{acting, delegation};
use kernel_letters::{Letter, To};
use kernel_store::Tx;
use kernel_web::{Answer, Failure, Submitted, Visit, see_other};

use crate::acting::address;
use crate::own::{own, prove_first};

const PAGE: &str = "/account/acting";

fn over(error: Error) -> Failure {
    match error {
        Error::NotFound => Failure::said(StatusCode::CONFLICT, "account-acting-over"),
        other => other.into(),
    }
}

/// Consent, after a fresh proof of who gives it.
pub async fn agree(visit: Visit, sent: Submitted) -> Answer {
    let who = own(&visit)?;
    if let Some(first) = prove_first(&visit, PAGE) {
        return Ok(first);
    }
    let city = &visit.city;
    let made = (&*city.clock, &*city.random);
    let address = address(&visit, who).await?.ok_or_else(Failure::not_found)?;
    let mut tx = city.store.begin().await?;
    let agreed = delegation::agree(&mut tx, who, &address, sent.text("id"), &city.secrets, made).await.map_err(over)?;
    tell(&visit, &mut tx, &agreed.asked_by, "account-letter-agreed", &who.name).await?;
    tx.commit().await?;
    visit.note("delegation.agreed", &who.account);
    Ok(see_other("/account/acting?done=agreed"))
}

pub async fn refuse(visit: Visit, sent: Submitted) -> Answer {
    let who = own(&visit)?;
    let city = &visit.city;
    let made = (&*city.clock, &*city.random);
    let address = address(&visit, who).await?.ok_or_else(Failure::not_found)?;
    let mut tx = city.store.begin().await?;
    delegation::refuse(&mut tx, who, &address, sent.text("id"), &city.secrets, made).await.map_err(over)?;
    tx.commit().await?;
    Ok(see_other("/account/acting?done=refused"))
}

/// Either side ends it at any time, without a proof: ending must be easy.
pub async fn end(visit: Visit, sent: Submitted) -> Answer {
    let who = visit.me()?;
    let city = &visit.city;
    let mut tx = city.store.begin().await?;
    let made = (&*city.clock, &*city.random);
    let ended = delegation::end(&mut tx, who, sent.text("id"), made).await.map_err(over)?;
    if ended.state == "active" {
        for other in [&ended.principal, &ended.agent].into_iter().flatten().filter(|side| **side != who.account) {
            tell(&visit, &mut tx, other, "account-letter-ended", &who.name).await?;
        }
    }
    tx.commit().await?;
    visit.note("delegation.ended", &who.account);
    Ok(see_other("/account/acting?done=ended"))
}

pub async fn begin(visit: Visit, sent: Submitted) -> Answer {
    let who = own(&visit)?;
    let city = &visit.city;
    let mut tx = city.store.begin().await?;
    let made = (&*city.clock, &*city.random);
    let secret = acting::begin(&mut tx, who, sent.text("id"), &city.secrets, made).await.map_err(over)?;
    tx.commit().await?;
    visit.note("acting.begun", &who.account);
    let mut response = see_other("/account");
    visit.keep_session(&mut response, &secret, None);
    Ok(response)
}

pub async fn stop(visit: Visit) -> Answer {
    let who = visit.me()?;
    let city = &visit.city;
    let mut response = see_other("/account/acting?done=stopped");
    if who.acting.is_some() {
        let mut tx = city.store.begin().await?;
        let secret = acting::stop(&mut tx, who, &city.secrets, (&*city.clock, &*city.random)).await?;
        tx.commit().await?;
        visit.keep_session(&mut response, &secret, None);
    }
    Ok(response)
}

/// A letter to the other side; `who` did it.
pub async fn tell(
    visit: &Visit,
    tx: &mut Tx,
    account: &str,
    template: &'static str,
    who: &str,
) -> kernel_base::Result<()> {
    let city = &visit.city;
    let letter = Letter::template(To::Account(account.to_owned()), template).with("who", who).with_link("link", PAGE);
    city.letters.send(tx, &letter, &*city.clock, &*city.random).await.map(drop)
}
