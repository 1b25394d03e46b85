use kernel_base::{Instant, Result};
use kernel_store::{Row, Store, Tx, int, text};

const FIND: &str = "SELECT account FROM identity_federated WHERE issuer = $1 AND subject = $2";
const LINK: &str = "INSERT INTO identity_federated (issuer, subject, account, provider, assurance, linked_at, used_at)
    VALUES ($1, $2, $3, $4, $5, $6, $6)";
const USED: &str = "UPDATE identity_federated SET assurance = $3, used_at = $4 WHERE issuer = $1 AND subject = $2";
const OF_ACCOUNT: &str = "SELECT provider, assurance, linked_at, used_at FROM identity_federated WHERE account = $1
    ORDER BY linked_at, provider";
const UNLINK: &str = "DELETE FROM identity_federated WHERE account = $1 AND provider = $2";

pub(crate) const STATEMENTS: &[&str] = &[FIND, LINK, USED, OF_ACCOUNT, UNLINK];

/// The same person at another provider, as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub provider: String,
    /// Level of the last sign-in there (`acr`); empty when none was told.
    pub assurance: String,
    pub linked_at: Instant,
    pub used_at: Instant,
}

/// Somebody at a provider. Only both together name a person: never the mail address.
#[derive(Debug, Clone, Copy)]
pub struct Somebody<'a> {
    pub issuer: &'a str,
    pub subject: &'a str,
}

/// The account that this somebody is linked to.
pub async fn account_of(tx: &mut Tx, who: Somebody<'_>) -> Result<Option<String>> {
    let row = tx.one(FIND, &[text(who.issuer), text(who.subject)]).await?;
    row.map(|row| row.text("account")).transpose()
}

/// # Errors
/// `Conflict` when this somebody is linked to another account.
pub async fn link(
    tx: &mut Tx,
    who: Somebody<'_>,
    account: &str,
    (provider, assurance): (&str, &str),
    now: Instant,
) -> Result<()> {
    let values = [text(who.issuer), text(who.subject), text(account), text(provider), text(assurance), int(now.0)];
    tx.exec(LINK, &values).await.map(drop)
}

/// Notes a sign-in and its level.
pub async fn used(tx: &mut Tx, who: Somebody<'_>, assurance: &str, now: Instant) -> Result<()> {
    tx.exec(USED, &[text(who.issuer), text(who.subject), text(assurance), int(now.0)]).await.map(drop)
}

pub async fn all_of(store: &Store, account: &str) -> Result<Vec<Link>> {
    store.all(OF_ACCOUNT, &[text(account)]).await?.iter().map(read).collect()
}

/// Ends all links of an account to a provider; false when there was none.
pub async fn unlink(tx: &mut Tx, account: &str, provider: &str) -> Result<bool> {
    Ok(tx.exec(UNLINK, &[text(account), text(provider)]).await? > 0)
}

fn read(row: &Row) -> Result<Link> {
    Ok(Link {
        provider: row.text("provider")?,
        assurance: row.text("assurance")?,
        linked_at: Instant(row.int("linked_at")?),
        used_at: Instant(row.int("used_at")?),
    })
}
