//! Departments of the city. Clerks belong to one.

use kernel_base::{Clock, Error, Id, Instant, Random, Result};
use kernel_store::{Row, Store, Tx, int, text};
use serde_json::json;

use crate::{Name, Who};

const ALL: &str = "SELECT id, name_en, name_ko, made_at, closed_at FROM identity_department
    WHERE closed_at IS NULL AND id > $1 ORDER BY id LIMIT $2";
const CLOSED: &str = "SELECT id, name_en, name_ko, made_at, closed_at FROM identity_department
    WHERE closed_at IS NOT NULL ORDER BY closed_at DESC, id LIMIT 50";
const FIND: &str = "SELECT id, name_en, name_ko, made_at, closed_at FROM identity_department WHERE id = $1";
const INSERT: &str = "INSERT INTO identity_department (id, name_en, name_ko, made_at) VALUES ($1, $2, $3, $4)";
const RENAME: &str = "UPDATE identity_department SET name_en = $2, name_ko = $3 WHERE id = $1";
const CLOSE: &str = "UPDATE identity_department SET closed_at = $2 WHERE id = $1";
const CLERKS: &str = "SELECT COUNT(*) AS n FROM identity_grant WHERE department = $1 AND ended_at IS NULL";

pub(crate) const STATEMENTS: &[&str] = &[ALL, CLOSED, FIND, INSERT, RENAME, CLOSE, CLERKS];

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Department {
    pub id: String,
    pub name_en: String,
    pub name_ko: String,
    pub made_at: Instant,
    pub closed_at: Option<Instant>,
}

impl Department {
    /// In the reader's language, else in English.
    pub fn name(&self, language: &str) -> &str {
        if language == "ko" { &self.name_ko } else { &self.name_en }
    }
}

/// What a department is called.
pub struct Names {
    pub en: Name,
    pub ko: Name,
}

fn read(row: &Row) -> Result<Department> {
    Ok(Department {
        id: row.text("id")?,
        name_en: row.text("name_en")?,
        name_ko: row.text("name_ko")?,
        made_at: Instant(row.int("made_at")?),
        closed_at: row.int_opt("closed_at")?.map(Instant),
    })
}

/// Open departments behind this id (`""` for the beginning), in the order in which they were made.
pub async fn part(store: &Store, after: &str, most: i64) -> Result<Vec<Department>> {
    store.all(ALL, &[text(after), int(most)]).await?.iter().map(read).collect()
}

/// All open departments.
pub async fn all(store: &Store) -> Result<Vec<Department>> {
    part(store, "", i64::from(u16::MAX)).await
}

/// The last closed ones, which can be opened again.
pub async fn closed(store: &Store) -> Result<Vec<Department>> {
    store.all(CLOSED, &[]).await?.iter().map(read).collect()
}

/// # Errors
/// `NotFound` when there is none of this id.
pub async fn get(store: &Store, id: &str) -> Result<Department> {
    read(&store.one(FIND, &[text(id)]).await?.ok_or(Error::NotFound)?)
}

/// The same, within the transaction that changes it.
pub async fn find(tx: &mut Tx, id: &str) -> Result<Department> {
    read(&tx.one(FIND, &[text(id)]).await?.ok_or(Error::NotFound)?)
}

pub async fn make(tx: &mut Tx, who: &Who, names: &Names, made: (&dyn Clock, &dyn Random)) -> Result<Department> {
    let id = Id::new("dp", made.0, made.1);
    let values = [text(id.as_str()), text(names.en.as_str()), text(names.ko.as_str()), int(made.0.now().0)];
    tx.exec(INSERT, &values).await?;
    who.did(tx, "department.made", id.as_str(), json!({ "en": names.en.as_str() }), made).await?;
    find(tx, id.as_str()).await
}

/// # Errors
/// `NotFound` when there is none of this id.
pub async fn rename(
    tx: &mut Tx,
    who: &Who,
    id: &str,
    names: &Names,
    made: (&dyn Clock, &dyn Random),
) -> Result<Department> {
    if tx.exec(RENAME, &[text(id), text(names.en.as_str()), text(names.ko.as_str())]).await? == 0 {
        return Err(Error::NotFound);
    }
    who.did(tx, "department.renamed", id, json!({ "en": names.en.as_str() }), made).await?;
    find(tx, id).await
}

/// Closes a department; false while somebody is a clerk of it.
///
/// # Errors
/// `NotFound` when there is none of this id.
pub async fn close(tx: &mut Tx, who: &Who, id: &str, made: (&dyn Clock, &dyn Random)) -> Result<bool> {
    let department = find(tx, id).await?;
    let clerks = tx.one(CLERKS, &[text(id)]).await?.map(|row| row.int("n")).transpose()?;
    if clerks.unwrap_or_default() > 0 {
        return Ok(false);
    }
    if department.closed_at.is_none() {
        tx.exec(CLOSE, &[text(id), int(made.0.now().0)]).await?;
        who.did(tx, "department.closed", id, json!({}), made).await?;
    }
    Ok(true)
}

/// Opens a closed department again.
///
/// # Errors
/// `NotFound` when there is none of this id.
pub async fn open(tx: &mut Tx, who: &Who, id: &str, made: (&dyn Clock, &dyn Random)) -> Result<()> {
    if find(tx, id).await?.closed_at.is_some() {
        tx.exec(CLOSE, &[text(id), kernel_store::Value::Int(None)]).await?;
        who.did(tx, "department.opened", id, json!({}), made).await?;
    }
    Ok(())
}
