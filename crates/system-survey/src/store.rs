//! All SQL of the survey.

use kernel_base::{Error, Instant, Result};
use kernel_store::{Row, Store, Tx, Value, int, text};
use survey_instrument::{Instrument, Sheet};

use crate::scorecard::{Draft, Scorecard};

const INSERT: &str = "INSERT INTO survey_scorecard (id, instrument, version, name, sheet, evidence, kept_at, forget_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
const FIND: &str = "SELECT id, instrument, name, sheet, evidence, kept_at, forget_at FROM survey_scorecard
    WHERE id = $1 AND forget_at > $2";
const DELETE: &str = "DELETE FROM survey_scorecard WHERE id = $1 AND forget_at <= $2";

const ERASE: &str = "DELETE FROM survey_scorecard WHERE id = $1";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: &[&str] = &[INSERT, FIND, DELETE, ERASE];

pub async fn insert(tx: &mut Tx, id: &str, draft: &Draft, kept_at: Instant, forget_at: Instant) -> Result<()> {
    let evidence = match draft.findings.is_empty() {
        true => None,
        false => Some(serde_json::to_string(&draft.findings).map_err(Error::fault)?),
    };
    let values = [
        text(id),
        text(&draft.instrument.id),
        text(&draft.instrument.version),
        text(&draft.name),
        text(draft.sheet.to_csv(draft.instrument)),
        Value::from(evidence),
        int(kept_at.0),
        int(forget_at.0),
    ];
    tx.exec(INSERT, &values).await.map(drop)
}

/// A scorecard that is not yet forgotten.
pub async fn find(store: &Store, id: &str, now: Instant) -> Result<Option<Scorecard>> {
    store.one(FIND, &[text(id), int(now.0)]).await?.map(|row| scorecard(&row)).transpose()
}

/// Removes a scorecard whose time has come; false when it was not there any more.
pub async fn delete(tx: &mut Tx, id: &str, now: Instant) -> Result<bool> {
    Ok(tx.exec(DELETE, &[text(id), int(now.0)]).await? > 0)
}

/// Removes a scorecard before its time; false when it was not there any more.
pub async fn erase(tx: &mut Tx, id: &str) -> Result<bool> {
    Ok(tx.exec(ERASE, &[text(id)]).await? > 0)
}

fn scorecard(row: &Row) -> Result<Scorecard> {
    let instrument = Instrument::load(&row.text("instrument")?).map_err(Error::fault)?;
    let sheet = Sheet::parse(instrument, &row.text("sheet")?);
    let findings =
        row.text_opt("evidence")?.map(|json| serde_json::from_str(&json)).transpose().map_err(Error::fault)?;
    Ok(Scorecard {
        id: row.text("id")?,
        instrument,
        name: row.text("name")?,
        sheet: sheet.map_err(|errors| Error::Fault(format!("a kept sheet does not parse: {errors:?}")))?,
        findings: findings.unwrap_or_default(),
        kept_at: Instant(row.int("kept_at")?),
        forget_at: Instant(row.int("forget_at")?),
    })
}
