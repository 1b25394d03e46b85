//! What was done by whom: with an account, or by a guest who finds it again with a reference and a PIN.

use kernel_base::{Clock, Error, Instant, Random, Result, Secrets};
use kernel_store::{Row, Store, Tx, int, text};
use subtle::ConstantTimeEq;

use crate::code;

const INSERT: &str =
    "INSERT INTO identity_guest (reference, pin_hash, subject, href, made_at, ends_at, account, joined_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
const FIND: &str = "SELECT reference, pin_hash, subject, href, made_at, ends_at FROM identity_guest
    WHERE reference = $1 AND account IS NULL AND ends_at > $2";
const JOIN: &str = "UPDATE identity_guest SET account = $2, joined_at = $3, pin_hash = ''
    WHERE reference = $1 AND account IS NULL";
const OF_ACCOUNT: &str = "SELECT reference, pin_hash, subject, href, made_at, ends_at FROM identity_guest
    WHERE account = $1 AND ends_at > $2 ORDER BY made_at DESC, reference";
const OWNER: &str = "SELECT account FROM identity_guest WHERE subject = $1 AND account IS NOT NULL";
const REVOKE: &str = "DELETE FROM identity_guest WHERE subject = $1";
const PURGE: &str = "DELETE FROM identity_guest WHERE ends_at <= $1";

pub(crate) const STATEMENTS: &[&str] = &[INSERT, FIND, JOIN, OF_ACCOUNT, OWNER, REVOKE, PURGE];

/// What a guest takes home; the PIN is shown once and kept as a keyed hash only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// As it is shown: in groups of four.
    pub reference: String,
    pub pin: String,
}

/// Something done, and how long the city remembers who did it.
#[derive(Debug, Clone, Copy)]
pub struct Deed<'a> {
    /// Identifier of what came of it.
    pub subject: &'a str,
    /// Its page.
    pub href: &'a str,
    pub ends_at: Instant,
}

/// A deed as it is found again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Followed {
    pub reference: String,
    pub subject: String,
    pub href: String,
    pub made_at: Instant,
    pub ends_at: Instant,
}

/// A guest did something.
pub async fn keep(
    tx: &mut Tx,
    deed: Deed<'_>,
    secrets: &Secrets,
    (clock, random): (&dyn Clock, &dyn Random),
) -> Result<Slip> {
    let (reference, pin) = (code::reference(random), code::pin(random));
    let pin_hash = hash(secrets, &reference, &pin);
    insert(tx, (&reference, &pin_hash), deed, None, clock.now()).await?;
    Ok(Slip { reference: code::grouped(&reference), pin })
}

/// Somebody with an account did something.
pub async fn keep_for(
    tx: &mut Tx,
    account: &str,
    deed: Deed<'_>,
    (clock, random): (&dyn Clock, &dyn Random),
) -> Result<()> {
    insert(tx, (&code::reference(random), ""), deed, Some(account), clock.now()).await
}

async fn insert(
    tx: &mut Tx,
    (reference, pin_hash): (&str, &str),
    deed: Deed<'_>,
    account: Option<&str>,
    now: Instant,
) -> Result<()> {
    let values = [
        text(reference),
        text(pin_hash),
        text(deed.subject),
        text(deed.href),
        int(now.0),
        int(deed.ends_at.0),
        account.map(str::to_owned).into(),
        account.map(|_| now.0).into(),
    ];
    tx.exec(INSERT, &values).await.map(drop)
}

/// What a reference and a PIN lead to; whoever asks counts the wrong pairs.
pub async fn find(
    store: &Store,
    (reference, pin): (&str, &str),
    secrets: &Secrets,
    now: Instant,
) -> Result<Option<Followed>> {
    let Some(reference) = code::read_reference(reference) else { return Ok(None) };
    let given = hash(secrets, &reference, &code::plain(pin));
    let Some(row) = store.one(FIND, &[text(&reference), int(now.0)]).await? else { return Ok(None) };
    let right = bool::from(given.as_bytes().ct_eq(row.text("pin_hash")?.as_bytes()));
    right.then(|| read(&row)).transpose()
}

/// The deed counts as the account's from now on; the PIN opens nothing any more.
///
/// # Errors
/// `NotFound` when it belongs to somebody already.
pub async fn join(tx: &mut Tx, account: &str, found: &Followed, now: Instant) -> Result<()> {
    match tx.exec(JOIN, &[text(code::plain(&found.reference)), text(account), int(now.0)]).await? {
        0 => Err(Error::NotFound),
        _ => Ok(()),
    }
}

/// What an account did and the city still remembers, newest first.
pub async fn of_account(store: &Store, account: &str, now: Instant) -> Result<Vec<Followed>> {
    store.all(OF_ACCOUNT, &[text(account), int(now.0)]).await?.iter().map(read).collect()
}

/// The same, within the transaction that takes it away.
pub async fn of_leaving(tx: &mut Tx, account: &str, now: Instant) -> Result<Vec<Followed>> {
    tx.all(OF_ACCOUNT, &[text(account), int(now.0)]).await?.iter().map(read).collect()
}

/// Whose something is; `None` when a guest did it or nobody remembers.
pub async fn owner(store: &Store, subject: &str) -> Result<Option<String>> {
    store.one(OWNER, &[text(subject)]).await?.map(|row| row.text("account")).transpose()
}

/// Nobody finds this again by an earlier slip, nor by an account that kept one.
pub async fn revoke(tx: &mut Tx, subject: &str) -> Result<()> {
    tx.exec(REVOKE, &[text(subject)]).await.map(drop)
}

/// Forgets who did what is over.
pub async fn purge(tx: &mut Tx, now: Instant) -> Result<u64> {
    tx.exec(PURGE, &[int(now.0)]).await
}

fn read(row: &Row) -> Result<Followed> {
    Ok(Followed {
        reference: code::grouped(&row.text("reference")?),
        subject: row.text("subject")?,
        href: row.text("href")?,
        made_at: Instant(row.int("made_at")?),
        ends_at: Instant(row.int("ends_at")?),
    })
}

/// The reference salts the PIN; the key is in no database.
fn hash(secrets: &Secrets, reference: &str, pin: &str) -> String {
    secrets.hash("guest", &format!("{reference} {pin}"))
}
