//! SQL of the desk alone.

use kernel_base::{Instant, Result};
use kernel_store::{Tx, int, text};

const OPEN: &str = "SELECT a.id FROM survey_assignment a JOIN survey_round r ON r.id = a.round
    WHERE a.id = $1 AND a.done_at IS NULL AND r.stage = 'coding'";
const ANSWERED: &str = "SELECT COUNT(*) AS answered FROM survey_code WHERE assignment = $1";
const SEEN: &str = "UPDATE survey_code SET machine_seen_at = $3
    WHERE assignment = $1 AND criterion = $2 AND machine_seen_at IS NULL";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: &[&str] = &[OPEN, ANSWERED, SEEN];

/// Whether answers are still taken, as the act sees it.
pub async fn is_open(tx: &mut Tx, assignment: &str) -> Result<bool> {
    Ok(tx.one(OPEN, &[text(assignment)]).await?.is_some())
}

/// How many criteria are answered, as the act sees it.
pub async fn answered(tx: &mut Tx, assignment: &str) -> Result<i64> {
    tx.one(ANSWERED, &[text(assignment)]).await?.map_or(Ok(0), |row| row.int("answered"))
}

/// From now on answers to this criterion are no longer blind. Its version stays: the answer did not change.
pub async fn machine_seen(tx: &mut Tx, assignment: &str, criterion: &str, now: Instant) -> Result<()> {
    tx.exec(SEEN, &[text(assignment), text(criterion), int(now.0)]).await.map(drop)
}
