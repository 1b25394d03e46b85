//! Everything that this crate keeps about an account: to take away, and to be forgotten.

use kernel_base::{Error, Instant, Result, Secrets};
use kernel_store::{Row, Store, Tx, int, text};
use serde_json::{Value as Json, json};

use crate::{Account, Contact, Email, account, grants_of, session, token};
use crate::{access, acting, delegation, guest, residence};

const LEAVING: &str = "SELECT leaving_at FROM identity_account WHERE id = $1";
const LEAVE: &str = "UPDATE identity_account SET leaving_at = $2 WHERE id = $1 AND state <> 'closed'";
const PASSKEYS: &str = "SELECT name, made_at, used_at FROM identity_passkey WHERE account = $1 ORDER BY id";
const FEDERATED: &str = "SELECT provider, issuer, subject, assurance, linked_at, used_at FROM identity_federated
    WHERE account = $1 ORDER BY linked_at, subject";

const EMAIL: &str = "SELECT value FROM identity_address WHERE account = $1 AND kind = 'email'";

/// What is deleted with an account. Rows that name two people stay for the other one, without the name.
pub(crate) const ERASE: &[&str] = &[
    "DELETE FROM identity_address WHERE account = $1",
    "DELETE FROM identity_password WHERE account = $1",
    "DELETE FROM identity_passkey WHERE account = $1",
    "DELETE FROM identity_totp WHERE account = $1",
    "DELETE FROM identity_recovery_code WHERE account = $1",
    "DELETE FROM identity_guess WHERE account = $1",
    "DELETE FROM identity_federated WHERE account = $1",
    "DELETE FROM identity_session WHERE account = $1",
    "DELETE FROM identity_token WHERE account = $1",
    "DELETE FROM identity_ceremony WHERE account = $1",
    "DELETE FROM identity_residence WHERE account = $1",
    "DELETE FROM identity_access WHERE account = $1",
    "DELETE FROM identity_acted WHERE principal = $1",
    "DELETE FROM identity_guest WHERE account = $1",
    // Organisations that nobody else represents go with their last representative; so does the name.
    "UPDATE identity_account SET name = '', state = 'closed' WHERE kind = 'organisation' AND id IN
        (SELECT d.principal FROM identity_delegation d WHERE d.agent = $1 AND d.kind = 'company')
        AND id NOT IN (SELECT o.principal FROM identity_delegation o
        WHERE o.agent <> $1 AND o.kind = 'company' AND o.state = 'active' AND o.principal IS NOT NULL)",
];
const STOP_ACTING: &str = "UPDATE identity_session SET acting = NULL WHERE acting IN
    (SELECT id FROM identity_delegation WHERE principal = $1 OR agent = $1)";
const END_DELEGATIONS: &str = "UPDATE identity_delegation SET state = 'ended', ended_by = $1, ended_at = $2
    WHERE (principal = $1 OR agent = $1) AND state IN ('asked', 'active')";
const EMPTY_DELEGATIONS: &str = "UPDATE identity_delegation SET note = '', asked_key = '', asked_sealed = ''
    WHERE principal = $1 OR agent = $1 OR asked_key = $2";
const END_GRANTS: &str =
    "UPDATE identity_grant SET ended_by = $1, ended_at = $2 WHERE account = $1 AND ended_at IS NULL";
const CLOSE: &str = "UPDATE identity_account SET name = '', state = 'closed', closed_at = $2, person_key = NULL,
    verified_at = NULL, verified_how = NULL, leaving_at = NULL WHERE id = $1 AND state <> 'closed'";

pub(crate) const STATEMENTS: &[&str] =
    &[LEAVING, LEAVE, PASSKEYS, FEDERATED, EMAIL, STOP_ACTING, END_DELEGATIONS, EMPTY_DELEGATIONS, END_GRANTS, CLOSE];

/// The day on which this account will be erased, when its person asked for that.
pub async fn leaving_at(store: &Store, account: &str) -> Result<Option<Instant>> {
    let row = store.one(LEAVING, &[text(account)]).await?;
    Ok(row.map(|row| row.int_opt("leaving_at")).transpose()?.flatten().map(Instant))
}

/// Sets the day, or takes it back.
pub async fn leave(tx: &mut Tx, account: &str, at: Option<Instant>) -> Result<()> {
    tx.exec(LEAVE, &[text(account), at.map(|at| at.0).into()]).await.map(drop)
}

/// Within the transaction that erases: whether the day has come and was not taken back.
pub async fn is_due(tx: &mut Tx, account: &str, now: Instant) -> Result<bool> {
    let row = tx.one(LEAVING, &[text(account)]).await?;
    let at = row.map(|row| row.int_opt("leaving_at")).transpose()?.flatten();
    Ok(at.is_some_and(|at| at <= now.0))
}

/// Takes away everything that says who this was. What stays holds the identifier only. Twice is once.
pub async fn erase(tx: &mut Tx, account: &str, secrets: &Secrets, now: Instant) -> Result<()> {
    let address = tx.one(EMAIL, &[text(account)]).await?;
    let address = address.map(|row| row.text("value")).transpose()?.and_then(|value| Email::parse(&value));
    let key = address.map(|address| delegation::key_of(secrets, &address)).unwrap_or_else(|| "-".to_owned());
    tx.exec(STOP_ACTING, &[text(account)]).await?;
    tx.exec(END_DELEGATIONS, &[text(account), int(now.0)]).await?;
    tx.exec(EMPTY_DELEGATIONS, &[text(account), text(key)]).await?;
    for sql in ERASE.iter().copied() {
        tx.exec(sql, &[text(account)]).await?;
    }
    tx.exec(END_GRANTS, &[text(account), int(now.0)]).await?;
    tx.exec(CLOSE, &[text(account), int(now.0)]).await.map(drop)
}

/// Everything about an account by area, for its person to take away. Secrets are not in it, nor anybody else's data.
pub async fn everything(store: &Store, id: &str, secrets: &Secrets, now: Instant) -> Result<Vec<(&'static str, Json)>> {
    let account = account::get(store, id).await?;
    let contact = Contact::of(store, id).await?;
    let address = contact.email.as_deref().and_then(Email::parse);
    Ok(vec![
        ("account", one(&account, &contact)),
        (
            "sign-in",
            json!({ "passkeys": rows(store, PASSKEYS, id, passkey).await?, "providers": rows(store, FEDERATED, id, provider).await? }),
        ),
        ("sessions", sessions(store, id, now).await?),
        ("roles", roles(store, id).await?),
        ("tokens", tokens(store, id).await?),
        ("delegations", delegations(store, id, address.as_ref(), secrets).await?),
        ("acted-for-me", acted(store, id).await?),
        ("residence", requests(store, id, secrets).await?),
        ("guest-acts", deeds(store, id, now).await?),
        ("looks-at-my-record", looks(store, id).await?),
    ])
}

fn one(account: &Account, contact: &Contact) -> Json {
    json!({
        "id": account.id, "kind": account.kind, "name": account.name, "language": account.language,
        "state": account.state, "made_at": account.made_at.rfc3339(), "email": contact.email, "phone": contact.phone,
        "resident_since": account.verified_at.map(Instant::rfc3339), "resident_how": account.verified_how,
    })
}

async fn rows(store: &Store, sql: &'static str, account: &str, read: fn(&Row) -> Result<Json>) -> Result<Vec<Json>> {
    store.all(sql, &[text(account)]).await?.iter().map(read).collect()
}

fn moment(row: &Row, column: &str) -> Result<Option<String>> {
    Ok(row.int_opt(column)?.map(|at| Instant(at).rfc3339()))
}

fn passkey(row: &Row) -> Result<Json> {
    Ok(json!({ "name": row.text("name")?, "made_at": moment(row, "made_at")?, "used_at": moment(row, "used_at")? }))
}

fn provider(row: &Row) -> Result<Json> {
    Ok(json!({
        "provider": row.text("provider")?, "issuer": row.text("issuer")?, "subject": row.text("subject")?,
        "assurance": row.text("assurance")?, "linked_at": moment(row, "linked_at")?, "used_at": moment(row, "used_at")?,
    }))
}

async fn sessions(store: &Store, account: &str, now: Instant) -> Result<Json> {
    let all = session::all_of(store, account, now).await?;
    let one = |session: session::Session| {
        json!({
            "id": session.id, "made_at": session.made_at.rfc3339(), "seen_at": session.seen_at.rfc3339(),
            "way": session.way, "second_factor": session.second_factor, "device": session.device,
        })
    };
    Ok(all.into_iter().map(one).collect())
}

async fn roles(store: &Store, account: &str) -> Result<Json> {
    let all = grants_of(store, account).await?;
    Ok(all.into_iter().map(|grant| json!({ "role": grant.role.word(), "department": grant.department })).collect())
}

async fn tokens(store: &Store, account: &str) -> Result<Json> {
    let all = token::all_of(store, account).await?;
    let one = |token: token::Token| {
        json!({
            "name": token.name, "scopes": token.scopes, "made_at": token.made_at.rfc3339(),
            "ends_at": token.ends_at.rfc3339(), "used_at": token.used_at.map(Instant::rfc3339),
        })
    };
    Ok(all.into_iter().map(one).collect())
}

async fn delegations(store: &Store, account: &str, address: Option<&Email>, secrets: &Secrets) -> Result<Json> {
    let all = delegation::all_of(store, account, address, secrets).await?;
    let one = |one: delegation::Delegation| {
        json!({
            "id": one.id, "kind": one.kind.word(), "state": one.state, "for": one.principal_name, "by": one.agent_name,
            "note": one.note, "asked_at": one.asked_at.rfc3339(), "ends_at": one.ends_at.rfc3339(),
        })
    };
    Ok(all.into_iter().map(one).collect())
}

async fn acted(store: &Store, account: &str) -> Result<Json> {
    let all = acting::acted_for(store, account, i64::MAX).await?;
    let one = |one: acting::Acted| json!({ "at": one.at.rfc3339(), "act": one.act, "subject": one.subject, "by": one.agent_name });
    Ok(all.into_iter().map(one).collect())
}

async fn requests(store: &Store, account: &str, secrets: &Secrets) -> Result<Json> {
    let mut requests = Vec::new();
    for request in residence::of_account(store, account).await? {
        let claim = serde_json::to_value(request.claim(secrets)?).map_err(Error::fault)?;
        requests.push(json!({
            "way": request.way, "state": request.state, "made_at": request.made_at.rfc3339(), "claim": claim,
            "decided_at": request.decided_at.map(Instant::rfc3339), "reason": request.reason,
        }));
    }
    Ok(requests.into())
}

async fn deeds(store: &Store, account: &str, now: Instant) -> Result<Json> {
    let all = guest::of_account(store, account, now).await?;
    let one = |deed: guest::Followed| {
        json!({
            "reference": deed.reference, "subject": deed.subject, "page": deed.href,
            "made_at": deed.made_at.rfc3339(), "ends_at": deed.ends_at.rfc3339(),
        })
    };
    Ok(all.into_iter().map(one).collect())
}

async fn looks(store: &Store, account: &str) -> Result<Json> {
    let all = access::accesses_of(store, account).await?;
    let one = |look: access::Access| {
        json!({
            "at": look.at.rfc3339(), "what": look.what, "reason": look.reason, "by": look.name, "role": look.role,
            "department": look.department.map(|(english, _)| english),
        })
    };
    Ok(all.into_iter().map(one).collect())
}
