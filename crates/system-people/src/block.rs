//! Closing an account's door, opening it again, and ending its sessions.

use axum::extract::Path;
use axum::http::StatusCode;
use kernel_identity::{Reason, access, account, office, session};
use kernel_web::{Answer, Failure, Submitted, Visit, see_other};
use serde_json::json;

use crate::person::not_oneself;
use crate::staff::{notice, prove_first};

/// Blocks an account and ends everything that is open in its name.
pub async fn block(visit: Visit, Path(id): Path<String>, sent: Submitted) -> Answer {
    if let Some(first) = prove_first(&visit, &format!("/people/{id}")) {
        return Ok(first);
    }
    let who = visit.me()?;
    not_oneself(who, &id)?;
    let wrong = || Failure::said(StatusCode::UNPROCESSABLE_ENTITY, "people-reason-needed");
    let reason = Reason::parse(sent.text("reason")).ok_or_else(wrong)?;
    let city = &visit.city;
    let made = (&*city.clock, &*city.random);
    let mut tx = city.store.begin().await?;
    let account = account::get_in(&mut tx, &id).await?;
    // Whoever blocks is an administrator, and not this one; still, two may block each other at the same moment.
    if !office::has_others(&mut tx, &id).await? {
        return Err(Failure::said(StatusCode::CONFLICT, "people-last-administrator"));
    }
    if account.is_active() {
        account::set_state(&mut tx, &id, "blocked", visit.now()).await?;
        let ended = session::end_all(&mut tx, &id, "", visit.now()).await?;
        access::open_record(&mut tx, who, &id, "block", &reason, made).await?;
        who.did(&mut tx, "account.blocked", &id, json!({ "sessions": ended }), made).await?;
        notice(&visit, &mut tx, &id, "people-letter-blocked", "").await?;
        tx.commit().await?;
        visit.note("account.blocked", &id);
    }
    Ok(see_other(&format!("/people/{id}?done=blocked")))
}

pub async fn unblock(visit: Visit, Path(id): Path<String>) -> Answer {
    let who = visit.me()?;
    not_oneself(who, &id)?;
    let city = &visit.city;
    let mut tx = city.store.begin().await?;
    let account = account::get_in(&mut tx, &id).await?;
    if account.state == "blocked" {
        account::set_state(&mut tx, &id, "active", visit.now()).await?;
        who.did(&mut tx, "account.unblocked", &id, json!({}), (&*city.clock, &*city.random)).await?;
        notice(&visit, &mut tx, &id, "people-letter-unblocked", "").await?;
        tx.commit().await?;
        visit.note("account.unblocked", &id);
    }
    Ok(see_other(&format!("/people/{id}?done=unblocked")))
}

/// Signs somebody out everywhere, because a device was lost or something looks wrong.
pub async fn sign_out(visit: Visit, Path(id): Path<String>) -> Answer {
    let who = visit.me()?;
    not_oneself(who, &id)?;
    let city = &visit.city;
    let mut tx = city.store.begin().await?;
    let account = account::get_in(&mut tx, &id).await?;
    let ended = session::end_all(&mut tx, &account.id, "", visit.now()).await?;
    let detail = json!({ "session": "all", "ended": ended });
    who.did(&mut tx, "session.ended", &id, detail, (&*city.clock, &*city.random)).await?;
    tx.commit().await?;
    visit.note("session.ended", &id);
    Ok(see_other(&format!("/people/{id}?done=sessions")))
}
