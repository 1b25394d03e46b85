//! Keys with which somebody's own programs use the interfaces: what they may, and how long.

use kernel_base::Instant;
use kernel_identity::{Name, NewToken, Role, Token, Who, token};
use kernel_web::{Failure, FieldErrors, Visit};
use serde_json::json;

/// Days that a key may live, as offered; programs may name any number up to the longest.
pub const DAYS: [i64; 3] = [30, 90, 365];
/// Keys that one person may have at a time.
const MOST: usize = 50;

/// A key that is wished for.
pub struct Draft {
    pub name: Name,
    pub scopes: Vec<String>,
    pub days: i64,
}

/// A key that was made; the secret is told once.
pub struct Issued {
    pub token: Token,
    pub secret: String,
}

/// Rights that a key of this person can carry: none that they do not have, and those of staff only behind a second
/// factor.
pub fn scopes(visit: &Visit, who: &Who) -> Vec<&'static str> {
    let rights = &visit.city.rights;
    let proved = |right: &str| who.second_factor || rights.may(Role::Resident, right);
    rights.names().filter(|right| who.may(rights, right) && proved(right)).collect()
}

/// What was wished for, or what is wrong with it, by field.
pub fn draft(visit: &Visit, who: &Who, name: &str, scopes: &[&str], days: i64) -> Result<Draft, FieldErrors> {
    let mut errors = FieldErrors::default();
    let parsed = Name::parse(name);
    if parsed.is_none() {
        errors.add("name", "account-token-name-wrong");
    }
    let possible = self::scopes(visit, who);
    if scopes.is_empty() || !scopes.iter().all(|scope| possible.contains(scope)) {
        errors.add("scopes", "account-token-scopes-wrong");
    }
    if !(1..=DAYS[2]).contains(&days) {
        errors.add("days", "account-token-days-wrong");
    }
    let mut scopes: Vec<String> = scopes.iter().map(|scope| (*scope).to_owned()).collect();
    scopes.sort();
    scopes.dedup();
    match parsed.filter(|_| errors.is_empty()) {
        Some(name) => Ok(Draft { name, scopes, days }),
        None => Err(errors),
    }
}

/// Makes the key; its owner gets a letter.
///
/// # Errors
/// 409 when there are too many already.
pub async fn issue(visit: &Visit, who: &Who, draft: &Draft) -> Result<Issued, Failure> {
    let city = &visit.city;
    let made = (&*city.clock, &*city.random);
    let mine = token::all_of(&city.store, &who.account).await?;
    if mine.len() >= MOST {
        return Err(Failure::said(axum::http::StatusCode::CONFLICT, "account-token-too-many"));
    }
    // What a key makes does not outlive it.
    let limit = mine.iter().find(|token| token.id == who.session).map(|token| token.ends_at);
    let wished = visit.now().plus_days(draft.days);
    let ends_at = limit.map_or(wished, |limit| limit.min(wished));
    let scopes: Vec<&str> = draft.scopes.iter().map(String::as_str).collect();
    let mut tx = city.store.begin().await?;
    let new = NewToken { account: &who.account, name: draft.name.as_str(), scopes: &scopes, ends_at };
    let (id, secret) = token::issue(&mut tx, new, &city.secrets, made).await?;
    let detail = json!({ "scopes": scopes, "until": ends_at.rfc3339() });
    who.did(&mut tx, "token.made", id.as_str(), detail, made).await?;
    crate::tell::notice(visit, &mut tx, &who.account, "account-letter-token").await?;
    tx.commit().await?;
    visit.note("token.made", &who.account);
    let token = Token {
        id: id.to_string(),
        name: draft.name.as_str().to_owned(),
        scopes: draft.scopes.clone(),
        made_at: visit.now(),
        ends_at,
        used_at: None,
    };
    Ok(Issued { token, secret })
}

/// Ends a key. It works no more with the next request.
///
/// # Errors
/// 404 when this person has no such key.
pub async fn end(visit: &Visit, who: &Who, id: &str) -> Result<(), Failure> {
    let city = &visit.city;
    let mut tx = city.store.begin().await?;
    token::end(&mut tx, &who.account, id, visit.now()).await?;
    who.did(&mut tx, "token.ended", id, json!({}), (&*city.clock, &*city.random)).await?;
    tx.commit().await?;
    visit.note("token.ended", &who.account);
    Ok(())
}

/// Whether its time is over.
pub fn is_over(token: &Token, now: Instant) -> bool {
    token.ends_at <= now
}
