//! Answers to acts of programs, kept for a day under the program's own key.

use kernel_base::{Error, Instant, Result};
use kernel_store::{Row, Tx, int, text};

use crate::City;

const EXPIRED: &str = "DELETE FROM web_idempotency WHERE id = $1 AND ends_at <= $2";
const RESERVE: &str = "INSERT INTO web_idempotency (id, request, running_until, ends_at) VALUES ($1, $2, $3, $4)
    ON CONFLICT (id) DO NOTHING";
const FIND: &str = "SELECT request, running_until, status, answer FROM web_idempotency WHERE id = $1";
const KEEP: &str = "UPDATE web_idempotency SET status = $2, answer = $3 WHERE id = $1";
const FREE: &str = "DELETE FROM web_idempotency WHERE id = $1 AND status IS NULL";
const LEAVE: &str = "UPDATE web_idempotency SET running_until = 0 WHERE id = $1 AND status IS NULL";
const PURGE: &str = "DELETE FROM web_idempotency WHERE ends_at <= $1";

pub(crate) const STATEMENTS: &[&str] = &[EXPIRED, RESERVE, FIND, KEEP, FREE, LEAVE, PURGE];

const KEPT_HOURS: i64 = 24;
const TRIES: u32 = 5;
/// Beyond the longest time for one answer, a request that did not note its end has none.
const GRACE_SECONDS: i64 = 5;

/// One act of one program; both are keyed hashes.
pub(crate) struct Key {
    pub id: String,
    pub request: String,
}

/// What became of an act with this key before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Found {
    /// It is new, and reserved for us now.
    Nothing,
    OtherRequest,
    Running,
    Unknown,
    Done {
        status: u16,
        answer: String,
    },
}

/// Takes the key, or says who has it.
pub(crate) async fn reserve(city: &City, key: &Key) -> Result<Found> {
    for _ in 1..TRIES {
        match reserve_once(city, key).await {
            Err(Error::Retry) => {}
            found => return found,
        }
    }
    reserve_once(city, key).await
}

async fn reserve_once(city: &City, key: &Key) -> Result<Found> {
    let now = city.clock.now();
    let longest = i64::try_from(city.settings.timeout.as_secs()).unwrap_or(i64::MAX).saturating_add(GRACE_SECONDS);
    let (until, ends) = (now.plus_seconds(longest), now.plus_seconds(KEPT_HOURS * 3600));
    let mut tx = city.store.begin().await?;
    tx.exec(EXPIRED, &[text(&key.id), int(now.0)]).await?;
    let reserved = tx.exec(RESERVE, &[text(&key.id), text(&key.request), int(until.0), int(ends.0)]).await?;
    let found = match reserved {
        0 => found(&tx.one(FIND, &[text(&key.id)]).await?.ok_or(Error::Retry)?, key, now)?,
        _ => Found::Nothing,
    };
    tx.commit_quietly().await?;
    Ok(found)
}

fn found(row: &Row, key: &Key, now: Instant) -> Result<Found> {
    if row.text("request")? != key.request {
        return Ok(Found::OtherRequest);
    }
    let status = row.int_opt("status")?.and_then(|status| u16::try_from(status).ok());
    Ok(match (status, row.text_opt("answer")?) {
        (Some(status), Some(answer)) => Found::Done { status, answer },
        _ if now.0 < row.int("running_until")? => Found::Running,
        _ => Found::Unknown,
    })
}

pub(crate) async fn keep(city: &City, key: &Key, status: u16, sealed: &str) -> Result<()> {
    note(city, KEEP, &[text(&key.id), int(i64::from(status)), text(sealed)]).await
}

/// Nothing was done: the key may be used again.
pub(crate) async fn free(city: &City, key: &Key) -> Result<()> {
    note(city, FREE, &[text(&key.id)]).await
}

/// It ended badly, and perhaps after it was done.
pub(crate) async fn leave_unknown(city: &City, key: &Key) -> Result<()> {
    note(city, LEAVE, &[text(&key.id)]).await
}

async fn note(city: &City, sql: &'static str, values: &[kernel_store::Value]) -> Result<()> {
    let mut outcome = Err(Error::Retry);
    for _ in 0..TRIES {
        let mut tx = city.store.begin().await?;
        outcome = match tx.exec(sql, values).await {
            Ok(_) => tx.commit_quietly().await,
            Err(error) => Err(error),
        };
        if !matches!(outcome, Err(Error::Retry)) {
            break;
        }
    }
    outcome
}

/// Forgets answers whose day is over.
pub(crate) async fn purge(tx: &mut Tx, now: Instant) -> Result<()> {
    tx.exec(PURGE, &[int(now.0)]).await.map(drop)
}
