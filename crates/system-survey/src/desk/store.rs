//! SQL of the desk alone.

use std::collections::BTreeMap;

use kernel_base::{Error, Instant, Result};
use kernel_store::{Row, Store, Tx, flag, int, text};

const OPEN: &str = "SELECT a.id FROM survey_assignment a JOIN survey_round r ON r.id = a.round
    WHERE a.id = $1 AND a.done_at IS NULL AND r.stage = 'coding'";
const ANSWERED: &str = "SELECT COUNT(*) AS answered FROM survey_code WHERE assignment = $1";
const SEEN: &str = "UPDATE survey_code SET machine_seen_at = $3
    WHERE assignment = $1 AND criterion = $2 AND machine_seen_at IS NULL";
const JOTTED: &str = "SELECT * FROM survey_jotting WHERE assignment = $1 AND criterion = $2";
const JOTTINGS: &str = "SELECT * FROM survey_jotting WHERE assignment = $1 ORDER BY criterion";
const JOT: &str = "INSERT INTO survey_jotting (assignment, criterion, note, flagged, cited, version, noted_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (assignment, criterion) DO UPDATE SET note = excluded.note, flagged = excluded.flagged,
        cited = excluded.cited, version = excluded.version, noted_at = excluded.noted_at
        WHERE survey_jotting.version = excluded.version - 1";
const TAKEN_OVER: &str = "DELETE FROM survey_jotting WHERE assignment = $1 AND criterion = $2";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: &[&str] = &[OPEN, ANSWERED, SEEN, JOTTED, JOTTINGS, JOT, TAKEN_OVER];

/// What was noted about a criterion that has no answer yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Jotting {
    pub criterion: String,
    pub note: String,
    pub flagged: bool,
    pub cited: Vec<String>,
    pub version: i64,
}

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

/// What was noted without an answer, by criterion.
pub async fn jottings(store: &Store, assignment: &str) -> Result<BTreeMap<String, Jotting>> {
    let rows = store.all(JOTTINGS, &[text(assignment)]).await?;
    rows.iter().map(|row| jotting(row).map(|one| (one.criterion.clone(), one))).collect()
}

/// What was noted about one criterion, as the act sees it.
pub async fn jotted(tx: &mut Tx, assignment: &str, criterion: &str) -> Result<Option<Jotting>> {
    tx.one(JOTTED, &[text(assignment), text(criterion)]).await?.as_ref().map(jotting).transpose()
}

/// Keeps a note as the next version after `jotting.version`; false when it has changed meanwhile.
pub async fn jot(tx: &mut Tx, assignment: &str, jotting: &Jotting, now: Instant) -> Result<bool> {
    let values = [
        text(assignment),
        text(&jotting.criterion),
        text(&jotting.note),
        flag(jotting.flagged),
        text(serde_json::to_string(&jotting.cited).map_err(Error::fault)?),
        int(jotting.version + 1),
        int(now.0),
    ];
    Ok(tx.exec(JOT, &values).await? == 1)
}

/// An answer holds now what was noted.
pub async fn taken_over(tx: &mut Tx, assignment: &str, criterion: &str) -> Result<()> {
    tx.exec(TAKEN_OVER, &[text(assignment), text(criterion)]).await.map(drop)
}

fn jotting(row: &Row) -> Result<Jotting> {
    Ok(Jotting {
        criterion: row.text("criterion")?,
        note: row.text("note")?,
        flagged: row.flag("flagged")?,
        cited: serde_json::from_str(&row.text("cited")?).map_err(Error::fault)?,
        version: row.int("version")?,
    })
}
