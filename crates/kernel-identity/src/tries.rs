//! Wrong answers are counted, wherever they come from; too many close the door for a while.

use kernel_base::{Instant, Result};
use kernel_store::{Tx, int, text};

const FIND: &str = "SELECT wrong, locked_until FROM identity_tries WHERE key = $1 AND since > $2";
const COUNT: &str = "INSERT INTO identity_tries (key, wrong, since, locked_until) VALUES ($1, 1, $2, 0)
    ON CONFLICT (key) DO UPDATE SET
        wrong = CASE WHEN identity_tries.since > $3 THEN identity_tries.wrong + 1 ELSE 1 END,
        since = CASE WHEN identity_tries.since > $3 THEN identity_tries.since ELSE $2 END";
const LOCK: &str = "UPDATE identity_tries SET locked_until = $3, wrong = 0, since = $4 WHERE key = $1 AND wrong >= $2";
const FORGET: &str = "DELETE FROM identity_tries WHERE key = $1";
const PURGE: &str = "DELETE FROM identity_tries WHERE since <= $1 AND locked_until <= $2";

pub(crate) const STATEMENTS: &[&str] = &[FIND, COUNT, LOCK, FORGET, PURGE];

/// Wrong tries within this time are counted together; the door stays closed for as long.
pub const SECONDS: i64 = 15 * 60;

/// The door is closed for this key now.
pub async fn are_spent(tx: &mut Tx, key: &str, now: Instant) -> Result<bool> {
    let row = tx.one(FIND, &[text(key), int(now.plus_seconds(-2 * SECONDS).0)]).await?;
    Ok(row.map(|row| row.int("locked_until")).transpose()?.is_some_and(|until| until > now.0))
}

/// One more wrong try; the `most`th closes the door.
pub async fn count(tx: &mut Tx, key: &str, most: i64, now: Instant) -> Result<()> {
    tx.exec(COUNT, &[text(key), int(now.0), int(now.plus_seconds(-SECONDS).0)]).await?;
    tx.exec(LOCK, &[text(key), int(most), int(now.plus_seconds(SECONDS).0), int(now.0)]).await.map(drop)
}

/// The right answer was given.
pub async fn forget(tx: &mut Tx, key: &str) -> Result<()> {
    tx.exec(FORGET, &[text(key)]).await.map(drop)
}

/// Forgets what no longer counts.
pub async fn purge(tx: &mut Tx, now: Instant) -> Result<u64> {
    tx.exec(PURGE, &[int(now.plus_seconds(-2 * SECONDS).0), int(now.0)]).await
}
