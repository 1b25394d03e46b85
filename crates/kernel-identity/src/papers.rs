//! What residents uploaded to show where they live; gone as soon as it is decided.

use kernel_base::{Error, Result};
use kernel_store::{Row, Store, Tx, text};
use serde::{Deserialize, Serialize};

const DECIDED: &str = "SELECT id, papers FROM identity_residence
    WHERE state NOT IN ('waiting', 'printed') AND papers <> '[]' ORDER BY id LIMIT 200";
const FORGOTTEN: &str = "UPDATE identity_residence SET papers = '[]' WHERE id = $1";

pub(crate) const STATEMENTS: &[&str] = &[DECIDED, FORGOTTEN];

/// An uploaded paper, as the room of files knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    pub id: String,
    pub name: String,
    /// Media type.
    pub kind: String,
}

/// Papers of requests that are decided: by the request, the ids in the room of files.
pub async fn to_forget(store: &Store) -> Result<Vec<(String, Vec<Paper>)>> {
    let rows = store.all(DECIDED, &[]).await?;
    rows.iter().map(|row| Ok((row.text("id")?, read(row)?))).collect()
}

/// The papers of a request are gone.
pub async fn forgotten(tx: &mut Tx, request: &str) -> Result<()> {
    tx.exec(FORGOTTEN, &[text(request)]).await.map(drop)
}

pub(crate) fn read(row: &Row) -> Result<Vec<Paper>> {
    serde_json::from_str(&row.text("papers")?).map_err(Error::fault)
}
