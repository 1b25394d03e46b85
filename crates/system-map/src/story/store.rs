//! SQL of stories.

use kernel_base::{Error, Instant, Result};
use kernel_store::{Row, Store, Tx, flag, int, text};

use super::Story;

const ALL: &str = "SELECT * FROM map_story ORDER BY at DESC, name LIMIT 200";
const ONE: &str = "SELECT * FROM map_story WHERE name = $1";
const INSERT: &str = "INSERT INTO map_story (name, title, body, shown, account, at) VALUES ($1, $2, $3, $4, $5, $6)";
const UPDATE: &str = "UPDATE map_story SET title = $2, body = $3, shown = $4, account = $5, at = $6 WHERE name = $1";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: &[&str] = &[ALL, ONE, INSERT, UPDATE];

fn read(row: &Row) -> Result<Story> {
    let wording = |column: &str| serde_json::from_str(&row.text(column)?).map_err(Error::fault);
    Ok(Story {
        name: row.text("name")?,
        title: wording("title")?,
        body: wording("body")?,
        shown: row.flag("shown")?,
        account: row.text("account")?,
        at: Instant(row.int("at")?),
    })
}

pub async fn all(store: &Store) -> Result<Vec<Story>> {
    store.all(ALL, &[]).await?.iter().map(read).collect()
}

pub async fn one(store: &Store, name: &str) -> Result<Story> {
    store.one(ONE, &[text(name)]).await?.as_ref().map(read).transpose()?.ok_or(Error::NotFound)
}

/// # Errors
/// [`Error::Conflict`] when a new story's name is taken.
pub async fn keep(tx: &mut Tx, story: &Story, new: bool) -> Result<()> {
    let json = |value| serde_json::to_string(value).map(text).map_err(Error::fault);
    let values = [
        text(&story.name),
        json(&story.title)?,
        json(&story.body)?,
        flag(story.shown),
        text(&story.account),
        int(story.at.0),
    ];
    tx.exec(if new { INSERT } else { UPDATE }, &values).await.map(drop)
}
