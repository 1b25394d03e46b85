//! The queue of jobs: how they get into it.

use kernel_base::{Clock, Id, Instant, Random, Result};
use kernel_store::{Row, Store, Tx, Value, int, text};
use serde_json::Value as Json;

use crate::lease::patiently;

pub(crate) const INSERT: &str = "INSERT INTO record_job (id, kind, payload, run_at, taken_until, tries)
    VALUES ($1, $2, $3, $4, 0, 0)";
pub(crate) const INSERT_ONCE: &str =
    "INSERT INTO record_job (id, kind, payload, run_at, taken_until, tries, dedupe) VALUES ($1, $2, $3, $4, 0, 0, $5)
    ON CONFLICT (dedupe) DO UPDATE SET again = TRUE";
pub(crate) const RECURRING: &str = "SELECT kind, every_seconds FROM record_job WHERE every_seconds IS NOT NULL";
pub(crate) const RECUR: &str =
    "INSERT INTO record_job (id, kind, payload, run_at, taken_until, tries, dedupe, every_seconds)
    VALUES ($1, $2, '{}', $3, 0, 0, $4, $5)
    ON CONFLICT (dedupe) DO UPDATE SET every_seconds = excluded.every_seconds, run_at = CASE
        WHEN record_job.every_seconds = excluded.every_seconds THEN record_job.run_at ELSE excluded.run_at END";
pub(crate) const RESTING: &str = "SELECT id, kind, tries, last_error FROM record_job
    WHERE tries >= $1 AND taken_until < $2 AND every_seconds IS NULL ORDER BY id LIMIT 100";
pub(crate) const FAILING: &str = "SELECT id, kind, tries, last_error FROM record_job
    WHERE tries >= $1 AND every_seconds IS NOT NULL AND last_error IS NOT NULL ORDER BY id LIMIT 100";
pub(crate) const OVERDUE: &str = "SELECT id, kind, tries, last_error FROM record_job
    WHERE run_at < $1 AND taken_until < $2 AND tries < $3 ORDER BY run_at LIMIT 100";
pub(crate) const WAKE: &str = "UPDATE record_job SET tries = 0, run_at = $1
    WHERE tries >= $2 AND taken_until < $1 AND every_seconds IS NULL";

/// A job that failed so often rests until somebody wakes it: about ten hours after its first failure.
pub const MOST_TRIES: i64 = 20;
/// A recurring job is worth a word after so many failures one after another.
const FAILING_TRIES: i64 = 3;

/// Puts a job into the queue within the act's transaction.
pub async fn later(
    tx: &mut Tx,
    kind: &str,
    payload: &Json,
    run_at: Instant,
    clock: &dyn Clock,
    random: &dyn Random,
) -> Result<()> {
    let id = Id::new("jo", clock, random);
    let values = [text(id.as_str()), text(kind), text(payload.to_string()), int(run_at.0)];
    tx.exec(INSERT, &values).await.map(drop)
}

/// Like `later`, but while a job under this key waits, nothing is added; the first one's payload and time hold.
/// When it runs just now, it runs once more afterwards, since it may have looked before this act committed.
pub async fn later_once(
    tx: &mut Tx,
    key: &str,
    kind: &str,
    payload: &Json,
    run_at: Instant,
    clock: &dyn Clock,
    random: &dyn Random,
) -> Result<()> {
    let id = Id::new("jo", clock, random);
    let values = [text(id.as_str()), text(kind), text(payload.to_string()), int(run_at.0), text(key)];
    tx.exec(INSERT_ONCE, &values).await.map(drop)
}

/// Sees to it that each recurring kind stands in the queue exactly once, with this interval.
pub(super) async fn recur(
    store: &Store,
    kinds: &[(&'static str, i64)],
    clock: &dyn Clock,
    random: &dyn Random,
) -> Result<()> {
    let mut there = Vec::new();
    for row in store.all(RECURRING, &[]).await? {
        there.push((row.text("kind")?, row.int("every_seconds")?));
    }
    for (kind, every) in kinds {
        if !there.iter().any(|(known, seconds)| known == kind && seconds == every) {
            patiently(random, || recur_one(store, kind, *every, clock, random)).await?;
        }
    }
    Ok(())
}

async fn recur_one(store: &Store, kind: &str, every: i64, clock: &dyn Clock, random: &dyn Random) -> Result<()> {
    let id = Id::new("jo", clock, random);
    let values = [text(id.as_str()), text(kind), int(clock.now().0), text(format!("every {kind}")), int(every)];
    let mut tx = store.begin_keyed().await?;
    tx.exec(RECUR, &values).await?;
    tx.commit_quietly().await
}

/// A job that somebody should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stuck {
    pub id: String,
    pub kind: String,
    pub tries: i64,
    pub last_error: Option<String>,
}

/// What in the queue does not go on by itself.
#[derive(Debug, Default)]
pub struct Trouble {
    /// Failed too often; they wait until woken.
    pub resting: Vec<Stuck>,
    /// Recurring jobs that failed several times in a row.
    pub failing: Vec<Stuck>,
    /// Due for an hour, and nobody took them.
    pub overdue: Vec<Stuck>,
}

pub async fn trouble(store: &Store, now: Instant) -> Result<Trouble> {
    let an_hour_ago = now.plus_seconds(-3600);
    Ok(Trouble {
        resting: stuck(store, RESTING, &[int(MOST_TRIES), int(now.0)]).await?,
        failing: stuck(store, FAILING, &[int(FAILING_TRIES)]).await?,
        overdue: stuck(store, OVERDUE, &[int(an_hour_ago.0), int(now.0), int(MOST_TRIES)]).await?,
    })
}

async fn stuck(store: &Store, sql: &'static str, values: &[Value]) -> Result<Vec<Stuck>> {
    let rows = store.all(sql, values).await?;
    let read = |row: &Row| {
        Ok(Stuck {
            id: row.text("id")?,
            kind: row.text("kind")?,
            tries: row.int("tries")?,
            last_error: row.text_opt("last_error")?,
        })
    };
    rows.iter().map(read).collect()
}

/// Lets all resting jobs try again; answers how many.
pub async fn wake(store: &Store, now: Instant) -> Result<u64> {
    let mut tx = store.begin_keyed().await?;
    let woken = tx.exec(WAKE, &[int(now.0), int(MOST_TRIES)]).await?;
    tx.commit_quietly().await?;
    Ok(woken)
}
