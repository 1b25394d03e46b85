//! Known as a resident: a clerk has seen the papers, another provider says so, or a code sent by post came back. One
//! account a person: the identifier is kept as a keyed hash only.

use kernel_base::{Clock, Error, Id, Instant, Random, Result, Secrets};
use kernel_record::{Audit, audit};
use kernel_store::{Row, Store, Tx, int, text};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::papers::{self, Paper};
use crate::{Account, Reason, Who};

const INSERT: &str = "INSERT INTO identity_residence
    (id, account, way, state, sealed, papers, tries, made_at, ends_at, decided_by, decided_at, reason)
    VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $8, $9, $10, '')";
const FIND: &str = "SELECT r.id, r.account, r.way, r.state, r.sealed, r.papers, r.code_hash, r.tries, r.made_at, r.ends_at,
    r.decided_at, r.reason, a.name FROM identity_residence r JOIN identity_account a ON a.id = r.account WHERE r.id = $1";
const OF_ACCOUNT: &str = "SELECT r.id, r.account, r.way, r.state, r.sealed, r.papers, r.code_hash, r.tries, r.made_at,
    r.ends_at, r.decided_at, r.reason, a.name FROM identity_residence r JOIN identity_account a ON a.id = r.account
    WHERE r.account = $1 ORDER BY r.id DESC";
const WAITING: &str = "SELECT r.id, r.account, r.way, r.state, r.sealed, r.papers, r.code_hash, r.tries, r.made_at,
    r.ends_at, r.decided_at, r.reason, a.name FROM identity_residence r JOIN identity_account a ON a.id = r.account
    WHERE r.state = 'waiting' AND r.way = $1 AND r.ends_at > $2 ORDER BY r.id LIMIT 200";
const DECIDE: &str = "UPDATE identity_residence SET state = $2, decided_by = $3, decided_at = $4, reason = $5,
    sealed = '', code_hash = NULL WHERE id = $1 AND state IN ('waiting', 'printed')";
const CLOSE: &str =
    "UPDATE identity_residence SET state = $2, decided_by = $3, decided_at = $4, reason = $5, sealed = '',
    code_hash = NULL WHERE account = $1 AND state IN ('waiting', 'printed')";
const PRINTED: &str = "UPDATE identity_residence SET state = 'printed', code_hash = $2, tries = 0, ends_at = $3
    WHERE id = $1 AND state IN ('waiting', 'printed') AND way = 'post'";
const TRY: &str = "UPDATE identity_residence SET tries = tries + 1 WHERE id = $1";
const OTHER: &str = "SELECT id FROM identity_account WHERE person_key = $1 AND id <> $2";
const FORGET_PERSON: &str = "UPDATE identity_account SET person_key = NULL, verified_at = NULL, verified_how = NULL
    WHERE id = $1 AND verified_at IS NOT NULL";
const ENDED: &str = "UPDATE identity_residence SET state = 'ended', decided_by = $2, decided_at = $3, reason = $4
    WHERE account = $1 AND state = 'granted'";

const OVER: &str = "UPDATE identity_residence SET state = 'withdrawn', decided_at = $1, sealed = '', code_hash = NULL
    WHERE state IN ('waiting', 'printed') AND ends_at <= $1";

pub(crate) const STATEMENTS: &[&str] =
    &[OVER, INSERT, FIND, OF_ACCOUNT, WAITING, DECIDE, CLOSE, PRINTED, TRY, OTHER, FORGET_PERSON, ENDED];

/// Days until an unanswered request is over.
pub const ANSWER_DAYS: i64 = 60;
/// Days in which a code from a letter counts.
pub const CODE_DAYS: i64 = 30;
/// Wrong codes until a letter is worth nothing.
pub const TRIES: i64 = 5;

/// What somebody says about themselves; sealed, and gone as soon as it is decided.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// As in the papers.
    pub name: String,
    /// As it is written on an envelope, in lines.
    pub address: String,
    /// Number of the identity card, registration or passport.
    pub identifier: String,
}

/// A request, or how it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub id: String,
    pub account: String,
    /// What the account is called.
    pub account_name: String,
    /// `clerk`, `post` or `oidc`.
    pub way: String,
    /// `waiting`, `printed`, `granted`, `refused`, `withdrawn` or `ended`.
    pub state: String,
    /// Uploaded papers, as long as nothing is decided.
    pub papers: Vec<Paper>,
    pub made_at: Instant,
    pub ends_at: Instant,
    pub decided_at: Option<Instant>,
    /// In the words of who decided.
    pub reason: String,
    tries: i64,
    code_hash: String,
    sealed: String,
}

impl Request {
    pub fn is_open(&self, now: Instant) -> bool {
        matches!(self.state.as_str(), "waiting" | "printed") && self.ends_at > now
    }

    /// What the person claims; empty once it is decided.
    pub fn claim(&self, secrets: &Secrets) -> Result<Claim> {
        match self.sealed.as_str() {
            "" => Ok(Claim::default()),
            sealed => serde_json::from_slice(&secrets.open(CLAIM, sealed)?).map_err(Error::fault),
        }
    }
}

const CLAIM: &str = "residence claim";

/// What came of saying that an account is a known resident.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verified {
    Done,
    /// The same person has another account already. Whose is never said.
    AnotherAccount,
}

/// The keyed hash of a person: identifiers are compared in capitals, letters and digits only.
pub fn person_key(secrets: &Secrets, identifier: &str) -> String {
    let plain: String = identifier.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect();
    secrets.hash("person", &plain)
}

/// Notes that this account is the person with this identifier. `how` is `clerk`, `oidc` or `post`.
pub async fn verified(
    tx: &mut Tx,
    account: &str,
    identifier: &str,
    how: &str,
    secrets: &Secrets,
    (clock, random): (&dyn Clock, &dyn Random),
) -> Result<Verified> {
    let (now, key) = (clock.now(), person_key(secrets, identifier));
    if tx.one(OTHER, &[text(&key), text(account)]).await?.is_some() {
        note(tx, "residence.doubled", account, how, (clock, random)).await?;
        return Ok(Verified::AnotherAccount);
    }
    Account::verify(tx, account, &key, how, now).await?;
    if how == "oidc" {
        tx.exec(CLOSE, &[text(account), text("withdrawn"), text(account), int(now.0), text("")]).await?;
        let granted = (Some(account.to_owned()), Some(now.0));
        insert(tx, account, (how, "granted"), ("", "[]"), granted, (clock, random)).await?;
    }
    note(tx, "residence.granted", account, how, (clock, random)).await?;
    Ok(Verified::Done)
}

/// In the trail: done by the person, unless a clerk decided; the clerk's own entry stands beside it.
async fn note(
    tx: &mut Tx,
    act: &str,
    account: &str,
    how: &str,
    (clock, random): (&dyn Clock, &dyn Random),
) -> Result<()> {
    let who = if how == "clerk" { "clerk" } else { account };
    audit(tx, Audit { act, who, subject: account, detail: json!({ "how": how }) }, clock, random).await
}

async fn insert(
    tx: &mut Tx,
    account: &str,
    (way, state): (&str, &str),
    (sealed, papers): (&str, &str),
    (decided_by, decided_at): (Option<String>, Option<i64>),
    (clock, random): (&dyn Clock, &dyn Random),
) -> Result<Id> {
    let id = Id::new("rs", clock, random);
    let now = clock.now();
    let values = [
        text(id.as_str()),
        text(account),
        text(way),
        text(state),
        text(sealed),
        text(papers),
        int(now.0),
        int(now.plus_days(ANSWER_DAYS).0),
        decided_by.into(),
        decided_at.into(),
    ];
    tx.exec(INSERT, &values).await?;
    Ok(id)
}

/// Asks to be known as a resident: `way` is `clerk` or `post`. What was asked before and not decided is withdrawn.
pub async fn ask(
    tx: &mut Tx,
    who: &Who,
    way: &str,
    claim: &Claim,
    papers: &[Paper],
    secrets: &Secrets,
    made: (&dyn Clock, &dyn Random),
) -> Result<Id> {
    withdraw_open(tx, &who.account, made.0.now()).await?;
    let plain = serde_json::to_vec(claim).map_err(Error::fault)?;
    let sealed = secrets.seal(CLAIM, &plain, made.1)?;
    let papers = serde_json::to_string(papers).map_err(Error::fault)?;
    let id = insert(tx, &who.account, (way, "waiting"), (&sealed, &papers), (None, None), made).await?;
    who.did(tx, "residence.asked", id.as_str(), json!({ "way": way }), made).await?;
    Ok(id)
}

/// Takes back what waits; answers how many requests did.
pub async fn withdraw(tx: &mut Tx, who: &Who, made: (&dyn Clock, &dyn Random)) -> Result<u64> {
    let withdrawn = withdraw_open(tx, &who.account, made.0.now()).await?;
    if withdrawn > 0 {
        who.did(tx, "residence.withdrawn", &who.account, json!({}), made).await?;
    }
    Ok(withdrawn)
}

async fn withdraw_open(tx: &mut Tx, account: &str, now: Instant) -> Result<u64> {
    tx.exec(CLOSE, &[text(account), text("withdrawn"), text(account), int(now.0), text("")]).await
}

/// Requests and decisions of an account, newest first.
pub async fn of_account(store: &Store, account: &str) -> Result<Vec<Request>> {
    store.all(OF_ACCOUNT, &[text(account)]).await?.iter().map(read).collect()
}

/// Requests that a clerk should decide, oldest first.
pub async fn waiting(store: &Store, now: Instant) -> Result<Vec<Request>> {
    store.all(WAITING, &[text("clerk"), int(now.0)]).await?.iter().map(read).collect()
}

/// Requests whose letter is to be printed, oldest first.
pub async fn to_print(store: &Store, now: Instant) -> Result<Vec<Request>> {
    store.all(WAITING, &[text("post"), int(now.0)]).await?.iter().map(read).collect()
}

/// One request, for who decides.
pub async fn get(store: &Store, id: &str) -> Result<Request> {
    read(&store.one(FIND, &[text(id)]).await?.ok_or(Error::NotFound)?)
}

async fn find(tx: &mut Tx, id: &str) -> Result<Request> {
    read(&tx.one(FIND, &[text(id)]).await?.ok_or(Error::NotFound)?)
}

/// A clerk has seen the papers and decides: `identifier` as it stands in them, or none to refuse. Whoever asked does not
/// decide.
///
/// # Errors
/// `NotFound` when nothing waits under this id.
pub async fn decide(
    tx: &mut Tx,
    clerk: &Who,
    id: &str,
    identifier: Option<&str>,
    reason: &Reason,
    secrets: &Secrets,
    made: (&dyn Clock, &dyn Random),
) -> Result<Verified> {
    let (now, request) = (made.0.now(), find(tx, id).await?);
    if !request.is_open(now) || request.account == clerk.account {
        return Err(Error::NotFound);
    }
    let came = match identifier {
        Some(identifier) => verified(tx, &request.account, identifier, "clerk", secrets, made).await?,
        None => Verified::Done,
    };
    let state = if identifier.is_some() && came == Verified::Done { "granted" } else { "refused" };
    // That there is another account is said in words of ours, not of the clerk.
    let reason = if came == Verified::AnotherAccount { "" } else { reason.as_str() };
    let values = [text(id), text(state), text(&clerk.account), int(now.0), text(reason)];
    tx.exec(DECIDE, &values).await?;
    clerk.did(tx, "residence.decided", id, json!({ "account": request.account, "state": state }), made).await?;
    Ok(came)
}

/// Makes the code for a letter and answers it with what the letter needs; only its hash is kept, so the letter is
/// printed now or never. Printing again makes a new code.
pub async fn print(
    tx: &mut Tx,
    clerk: &Who,
    id: &str,
    secrets: &Secrets,
    made: (&dyn Clock, &dyn Random),
) -> Result<(Claim, String, Instant)> {
    let (now, request) = (made.0.now(), find(tx, id).await?);
    if !request.is_open(now) || request.way != "post" || request.account == clerk.account {
        return Err(Error::NotFound);
    }
    let code = crate::code::letter_code(made.1);
    let ends_at = now.plus_days(CODE_DAYS);
    tx.exec(PRINTED, &[text(id), text(code_hash(secrets, id, &code)), int(ends_at.0)]).await?;
    clerk.did(tx, "residence.printed", id, json!({ "account": request.account }), made).await?;
    Ok((request.claim(secrets)?, crate::code::grouped(&code), ends_at))
}

/// What came of a code that was typed from a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typed {
    Verified(Verified),
    /// Not the code of the letter; so many tries are left.
    Wrong(i64),
    /// No letter is on its way, or its time or tries are over.
    Over,
}

/// The code from the letter. A wrong one is counted: commit either way.
pub async fn enter(
    tx: &mut Tx,
    who: &Who,
    code: &str,
    secrets: &Secrets,
    made: (&dyn Clock, &dyn Random),
) -> Result<Typed> {
    let now = made.0.now();
    let rows = tx.all(OF_ACCOUNT, &[text(&who.account)]).await?;
    let requests = rows.iter().map(read).collect::<Result<Vec<_>>>()?;
    let printed = requests.into_iter().find(|one| one.state == "printed" && one.is_open(now));
    let Some(request) = printed.filter(|one| one.tries < TRIES) else { return Ok(Typed::Over) };
    let given = code_hash(secrets, &request.id, &crate::code::plain(code));
    if !bool::from(subtle::ConstantTimeEq::ct_eq(given.as_bytes(), request.code_hash.as_bytes())) {
        tx.exec(TRY, &[text(&request.id)]).await?;
        return Ok(Typed::Wrong(TRIES - request.tries - 1));
    }
    let identifier = request.claim(secrets)?.identifier;
    let came = verified(tx, &who.account, &identifier, "post", secrets, made).await?;
    let state = if came == Verified::Done { "granted" } else { "refused" };
    let values = [text(&request.id), text(state), text(&who.account), int(now.0), text("")];
    tx.exec(DECIDE, &values).await?;
    Ok(Typed::Verified(came))
}

/// The person moved away, or it was a mistake: the account is no known resident's any more.
///
/// # Errors
/// `NotFound` when it was none.
pub async fn end(
    tx: &mut Tx,
    clerk: &Who,
    account: &str,
    reason: &Reason,
    made: (&dyn Clock, &dyn Random),
) -> Result<()> {
    if tx.exec(FORGET_PERSON, &[text(account)]).await? == 0 {
        return Err(Error::NotFound);
    }
    let values = [text(account), text(&clerk.account), int(made.0.now().0), text(reason.as_str())];
    tx.exec(ENDED, &values).await?;
    clerk.did(tx, "residence.ended", account, json!({}), made).await
}

/// Forgets what was claimed and not answered in time.
pub async fn close_old(tx: &mut Tx, now: Instant) -> Result<u64> {
    tx.exec(OVER, &[int(now.0)]).await
}

fn code_hash(secrets: &Secrets, id: &str, code: &str) -> String {
    secrets.hash("residence code", &format!("{id} {code}"))
}

fn read(row: &Row) -> Result<Request> {
    Ok(Request {
        id: row.text("id")?,
        account: row.text("account")?,
        account_name: row.text("name")?,
        way: row.text("way")?,
        state: row.text("state")?,
        papers: papers::read(row)?,
        made_at: Instant(row.int("made_at")?),
        ends_at: Instant(row.int("ends_at")?),
        decided_at: row.int_opt("decided_at")?.map(Instant),
        reason: row.text("reason")?,
        tries: row.int("tries")?,
        code_hash: row.text_opt("code_hash")?.unwrap_or_default(),
        sealed: row.text("sealed")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_the_same_however_the_identifier_is_typed() {
        let secrets = Secrets::new([1; 32]);
        assert_eq!(person_key(&secrets, "m 123-45.67"), person_key(&secrets, "M1234567"));
        assert_ne!(person_key(&secrets, "M1234567"), person_key(&secrets, "M1234568"));
    }
}
