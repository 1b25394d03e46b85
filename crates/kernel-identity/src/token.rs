use kernel_base::{Clock, Error, Id, Instant, Random, Result, Secrets};
use kernel_store::{Row, Store, Tx, int, text};

use crate::code;

const INSERT: &str = "INSERT INTO identity_token (id, account, name, token_hash, scopes, made_at, ends_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)";
const OF_ACCOUNT: &str = "SELECT id, name, scopes, made_at, ends_at, used_at FROM identity_token
    WHERE account = $1 AND ended_at IS NULL ORDER BY id DESC";
const END: &str = "UPDATE identity_token SET ended_at = $3 WHERE id = $1 AND account = $2 AND ended_at IS NULL";
pub(crate) const BY_HASH: &str =
    "SELECT t.id, t.account, t.scopes, t.made_at, t.used_at, a.name, a.language, a.verified_at
    FROM identity_token t JOIN identity_account a ON a.id = t.account
    WHERE t.token_hash = $1 AND t.ends_at > $2 AND t.ended_at IS NULL AND a.state = 'active'";
pub(crate) const USED: &str = "UPDATE identity_token SET used_at = $2 WHERE id = $1";

pub(crate) const STATEMENTS: &[&str] = &[INSERT, OF_ACCOUNT, END, BY_HASH, USED];

/// Begins every personal token, so that scanners for leaked secrets recognise one.
pub(crate) const PREFIX: &str = "madang_pat_";

/// A personal access token, as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    pub id: String,
    pub name: String,
    /// Rights that it carries; never more than its owner has at the time of use.
    pub scopes: Vec<String>,
    pub made_at: Instant,
    pub ends_at: Instant,
    pub used_at: Option<Instant>,
}

pub struct NewToken<'a> {
    pub account: &'a str,
    pub name: &'a str,
    pub scopes: &'a [&'a str],
    pub ends_at: Instant,
}

/// Keeps a new token; answers its id and the secret, which is shown once (256 random bits).
pub async fn issue(
    tx: &mut Tx,
    new: NewToken<'_>,
    secrets: &Secrets,
    (clock, random): (&dyn Clock, &dyn Random),
) -> Result<(Id, String)> {
    let id = Id::new("to", clock, random);
    let secret = format!("{PREFIX}{}", code::secret(random));
    let values = [
        text(id.as_str()),
        text(new.account),
        text(new.name),
        text(secrets.hash("token", &secret)),
        text(new.scopes.join(" ")),
        int(clock.now().0),
        int(new.ends_at.0),
    ];
    tx.exec(INSERT, &values).await?;
    Ok((id, secret))
}

/// Tokens that were not ended, newest first; those whose time is over too, so that their owner sees why they fail.
pub async fn all_of(store: &Store, account: &str) -> Result<Vec<Token>> {
    store.all(OF_ACCOUNT, &[text(account)]).await?.iter().map(read).collect()
}

/// # Errors
/// `NotFound` when the account has no such token.
pub async fn end(tx: &mut Tx, account: &str, id: &str, now: Instant) -> Result<()> {
    match tx.exec(END, &[text(id), text(account), int(now.0)]).await? {
        0 => Err(Error::NotFound),
        _ => Ok(()),
    }
}

fn read(row: &Row) -> Result<Token> {
    Ok(Token {
        id: row.text("id")?,
        name: row.text("name")?,
        scopes: scopes(&row.text("scopes")?),
        made_at: Instant(row.int("made_at")?),
        ends_at: Instant(row.int("ends_at")?),
        used_at: row.int_opt("used_at")?.map(Instant),
    })
}

pub(crate) fn scopes(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}
