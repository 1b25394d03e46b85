//! Somebody lost every second factor: at the counter, with papers in hand, they are taken away so that new ones can be
//! set up. Never by letter alone (OWASP ASVS 5.0, 6.4.4).

use axum::extract::Path;
use axum::http::StatusCode;
use kernel_identity::{Reason, Role, access, account, grants_of, passkey, recovery, session, totp};
use kernel_web::{Answer, Failure, Submitted, Visit, see_other};
use serde_json::json;

use crate::person::not_oneself;
use crate::staff::{notice, prove_first};

/// Clerks help residents; whoever works for the city is helped by an administrator.
pub async fn remove(visit: Visit, Path(id): Path<String>, sent: Submitted) -> Answer {
    if let Some(first) = prove_first(&visit, &format!("/people/{id}")) {
        return Ok(first);
    }
    let who = visit.me()?;
    not_oneself(who, &id)?;
    let city = &visit.city;
    let account = account::get(&city.store, &id).await?;
    let staff = grants_of(&city.store, &id).await?.iter().any(|grant| grant.role.is_staff());
    if staff && !who.is(Role::Administrator) {
        return Err(Failure::said(StatusCode::FORBIDDEN, "people-factors-of-staff"));
    }
    let wrong = || Failure::said(StatusCode::UNPROCESSABLE_ENTITY, "people-reason-needed");
    let reason = Reason::parse(sent.text("reason")).ok_or_else(wrong)?;
    let made = (&*city.clock, &*city.random);
    let keys = passkey::all_of(&city.store, &account.id).await?;
    let mut tx = city.store.begin().await?;
    for key in &keys {
        passkey::remove(&mut tx, &id, &key.id).await?;
    }
    let app = totp::remove(&mut tx, &id).await?;
    recovery::remove(&mut tx, &id).await?;
    let ended = session::end_all(&mut tx, &id, "", visit.now()).await?;
    access::open_record(&mut tx, who, &id, "factors", &reason, made).await?;
    let detail = json!({ "passkeys": keys.len(), "app": app, "sessions": ended });
    who.did(&mut tx, "factors.removed", &id, detail, made).await?;
    notice(&visit, &mut tx, &id, "people-letter-factors", "").await?;
    tx.commit().await?;
    visit.note("factors.removed", &id);
    Ok(see_other(&format!("/people/{id}?done=factors")))
}
