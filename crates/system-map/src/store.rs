//! SQL of layers, their changes and imports.

use kernel_base::{Error, Instant, Result};
use kernel_store::{Row, Store, Tx, int, text};
use serde::de::DeserializeOwned;

use crate::layer::{Layer, Stage};

const INSERT: &str = "INSERT INTO map_layer (name, title, about, department, source, licence, schema, crs, readers,
    hidden, rows_shown, use_of, label, look, stage, edition, generation, folded, seq, features, data_at, made_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)";
const DESCRIBE: &str = "UPDATE map_layer SET title = $2, about = $3, department = $4, source = $5, licence = $6,
    readers = $7, hidden = $8, rows_shown = $9, use_of = $10, label = $11, look = $12 WHERE name = $1";
const STAGE: &str = "UPDATE map_layer SET stage = $2 WHERE name = $1";
const LAYERS: &str = "SELECT * FROM map_layer ORDER BY name";
const LAYER: &str = "SELECT * FROM map_layer WHERE name = $1";
/// Takes the next number of a layer's log; whoever else writes to the layer waits until this transaction ends.
const NEXT: &str = "UPDATE map_layer SET seq = seq + 1, data_at = $2 WHERE name = $1";
/// A new import: other features, another schema.
const REPLACE: &str = "UPDATE map_layer SET edition = $2, generation = $3, schema = $4, crs = $5, features = $6,
    folded = seq, data_at = $7 WHERE name = $1";
/// The same features, with the changes up to `folded` in them; only while nobody imported meanwhile.
const FOLD: &str = "UPDATE map_layer SET edition = $2, features = $3, folded = $4
    WHERE name = $1 AND generation = $5 AND folded <= $4";

const INSERT_CHANGE: &str = "INSERT INTO map_change (layer, seq, feature, version, generation, act, geometry,
    properties, account, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
const CHANGES_AFTER: &str =
    "SELECT * FROM map_change WHERE layer = $1 AND generation = $2 AND seq > $3 ORDER BY seq LIMIT 10000";
const NEWEST_CHANGE: &str = "SELECT * FROM map_change WHERE layer = $1 AND generation = $2 AND feature = $3
    ORDER BY version DESC LIMIT 1";
const HISTORY: &str = "SELECT * FROM map_change WHERE layer = $1 AND feature = $2 ORDER BY seq DESC LIMIT 200";
const CHANGE: &str = "SELECT * FROM map_change WHERE layer = $1 AND seq = $2";

const INSERT_IMPORT: &str =
    "INSERT INTO map_import (id, layer, file, options, stage, done, total, edition, account, at)
    VALUES ($1, $2, $3, $4, $5, 0, $6, $7, $8, $9)";
const IMPORT: &str = "SELECT * FROM map_import WHERE id = $1";
const IMPORTS: &str = "SELECT * FROM map_import WHERE layer = $1 ORDER BY at DESC, id DESC LIMIT 50";
const PROGRESS: &str = "UPDATE map_import SET done = $2, total = $3 WHERE id = $1 AND stage = 'reading'";
const IMPORT_STAGE: &str = "UPDATE map_import SET stage = $3, report = $4, ended_at = $5 WHERE id = $1 AND stage = $2";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: &[&str] = &[
    INSERT,
    DESCRIBE,
    STAGE,
    LAYERS,
    LAYER,
    NEXT,
    REPLACE,
    FOLD,
    INSERT_CHANGE,
    CHANGES_AFTER,
    NEWEST_CHANGE,
    HISTORY,
    CHANGE,
    INSERT_IMPORT,
    IMPORT,
    IMPORTS,
    PROGRESS,
    IMPORT_STAGE,
];

/// A row of the log as it is kept: geometry as base64 of WKB, properties as a JSON object; neither when it is gone.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangeRow {
    pub layer: String,
    pub seq: i64,
    pub feature: String,
    pub version: u64,
    pub generation: String,
    /// `created`, `changed`, `removed`, `restored`.
    pub act: String,
    pub geometry: Option<String>,
    pub properties: Option<String>,
    pub account: String,
    pub at: Instant,
}

/// An import as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportRow {
    pub id: String,
    pub layer: String,
    pub file: String,
    pub options: String,
    /// `reading`, `staged`, `failed`, `published`, `dropped`.
    pub stage: String,
    pub done: u64,
    pub total: u64,
    pub report: Option<String>,
    pub edition: String,
    pub account: String,
    pub at: Instant,
    pub ended_at: Option<Instant>,
}

fn json<T: serde::Serialize>(value: &T) -> Result<kernel_store::Value> {
    serde_json::to_string(value).map(text).map_err(Error::fault)
}

/// A word of the code: how serde writes a plain variant.
fn word<T: serde::Serialize>(value: &T) -> Result<kernel_store::Value> {
    let value = serde_json::to_value(value).map_err(Error::fault)?;
    Ok(text(value.as_str().unwrap_or_default()))
}

fn read<T: DeserializeOwned>(row: &Row, column: &str) -> Result<T> {
    serde_json::from_str(&row.text(column)?).map_err(Error::fault)
}

fn read_word<T: DeserializeOwned>(row: &Row, column: &str) -> Result<T> {
    serde_json::from_value(row.text(column)?.into()).map_err(Error::fault)
}

fn positive(row: &Row, column: &str) -> Result<u64> {
    u64::try_from(row.int(column)?).map_err(Error::fault)
}

fn layer_of(row: &Row) -> Result<Layer> {
    Ok(Layer {
        name: row.text("name")?,
        title: read(row, "title")?,
        about: read(row, "about")?,
        department: row.text("department")?,
        source: row.text("source")?,
        licence: row.text("licence")?,
        schema: read(row, "schema")?,
        crs: row.text("crs")?.parse().map_err(Error::fault)?,
        readers: read_word(row, "readers")?,
        hidden: read(row, "hidden")?,
        rows_shown: row.text("rows_shown")?,
        use_of: read_word(row, "use_of")?,
        label: row.text("label")?,
        look: row.text("look")?,
        stage: read_word(row, "stage")?,
        edition: row.text("edition")?,
        generation: row.text("generation")?,
        folded: row.int("folded")?,
        seq: row.int("seq")?,
        features: row.int("features")?,
        data_at: Instant(row.int("data_at")?),
        made_at: Instant(row.int("made_at")?),
    })
}

fn change_of(row: &Row) -> Result<ChangeRow> {
    Ok(ChangeRow {
        layer: row.text("layer")?,
        seq: row.int("seq")?,
        feature: row.text("feature")?,
        version: positive(row, "version")?,
        generation: row.text("generation")?,
        act: row.text("act")?,
        geometry: row.text_opt("geometry")?,
        properties: row.text_opt("properties")?,
        account: row.text("account")?,
        at: Instant(row.int("at")?),
    })
}

fn import_of(row: &Row) -> Result<ImportRow> {
    Ok(ImportRow {
        id: row.text("id")?,
        layer: row.text("layer")?,
        file: row.text("file")?,
        options: row.text("options")?,
        stage: row.text("stage")?,
        done: positive(row, "done")?,
        total: positive(row, "total")?,
        report: row.text_opt("report")?,
        edition: row.text("edition")?,
        account: row.text("account")?,
        at: Instant(row.int("at")?),
        ended_at: row.int_opt("ended_at")?.map(Instant),
    })
}

/// # Errors
/// [`Error::Conflict`] when a layer has this name.
pub async fn insert(tx: &mut Tx, layer: &Layer) -> Result<()> {
    let values = [
        text(&layer.name),
        json(&layer.title)?,
        json(&layer.about)?,
        text(&layer.department),
        text(&layer.source),
        text(&layer.licence),
        json(&layer.schema)?,
        text(layer.crs.to_string()),
        word(&layer.readers)?,
        json(&layer.hidden)?,
        text(&layer.rows_shown),
        word(&layer.use_of)?,
        text(&layer.label),
        text(&layer.look),
        word(&layer.stage)?,
        text(&layer.edition),
        text(&layer.generation),
        int(layer.folded),
        int(layer.seq),
        int(layer.features),
        int(layer.data_at.0),
        int(layer.made_at.0),
    ];
    tx.exec(INSERT, &values).await.map(drop)
}

/// Keeps what staff say about a layer: its words, owner, rights and look.
pub async fn describe(tx: &mut Tx, layer: &Layer) -> Result<()> {
    let values = [
        text(&layer.name),
        json(&layer.title)?,
        json(&layer.about)?,
        text(&layer.department),
        text(&layer.source),
        text(&layer.licence),
        word(&layer.readers)?,
        json(&layer.hidden)?,
        text(&layer.rows_shown),
        word(&layer.use_of)?,
        text(&layer.label),
        text(&layer.look),
    ];
    tx.exec(DESCRIBE, &values).await.map(drop)
}

pub async fn stage(tx: &mut Tx, name: &str, stage: Stage) -> Result<()> {
    tx.exec(STAGE, &[text(name), word(&stage)?]).await.map(drop)
}

pub async fn layers(store: &Store) -> Result<Vec<Layer>> {
    store.all(LAYERS, &[]).await?.iter().map(layer_of).collect()
}

pub async fn layer(store: &Store, name: &str) -> Result<Option<Layer>> {
    store.one(LAYER, &[text(name)]).await?.as_ref().map(layer_of).transpose()
}

/// The next number of the layer's log, and the layer as it is now, held until the transaction ends.
pub async fn next(tx: &mut Tx, name: &str, now: Instant) -> Result<Layer> {
    tx.exec(NEXT, &[text(name), int(now.0)]).await?;
    tx.one(LAYER, &[text(name)]).await?.as_ref().map(layer_of).transpose()?.ok_or(Error::NotFound)
}

/// Serves another import from now on.
pub async fn replace(tx: &mut Tx, layer: &Layer, now: Instant) -> Result<()> {
    let values = [
        text(&layer.name),
        text(&layer.edition),
        text(&layer.generation),
        json(&layer.schema)?,
        text(layer.crs.to_string()),
        int(layer.features),
        int(now.0),
    ];
    tx.exec(REPLACE, &values).await.map(drop)
}

/// Serves the folded edition; false when another import or fold was quicker.
pub async fn fold(tx: &mut Tx, layer: &Layer, edition: &str, features: i64, folded: i64) -> Result<bool> {
    let values = [text(&layer.name), text(edition), int(features), int(folded), text(&layer.generation)];
    Ok(tx.exec(FOLD, &values).await? == 1)
}

pub async fn insert_change(tx: &mut Tx, change: &ChangeRow) -> Result<()> {
    let optional = |value: &Option<String>| value.as_ref().map_or(kernel_store::Value::Text(None), text);
    let version = i64::try_from(change.version).map_err(Error::fault)?;
    let values = [
        text(&change.layer),
        int(change.seq),
        text(&change.feature),
        int(version),
        text(&change.generation),
        text(&change.act),
        optional(&change.geometry),
        optional(&change.properties),
        text(&change.account),
        int(change.at.0),
    ];
    tx.exec(INSERT_CHANGE, &values).await.map(drop)
}

/// What came after this number, at most 10,000.
pub async fn changes_after(store: &Store, name: &str, generation: &str, seq: i64) -> Result<Vec<ChangeRow>> {
    store.all(CHANGES_AFTER, &[text(name), text(generation), int(seq)]).await?.iter().map(change_of).collect()
}

/// The newest change of a feature within this generation.
pub async fn newest_change(tx: &mut Tx, layer: &Layer, feature: &str) -> Result<Option<ChangeRow>> {
    let values = [text(&layer.name), text(&layer.generation), text(feature)];
    tx.one(NEWEST_CHANGE, &values).await?.as_ref().map(change_of).transpose()
}

/// The same, outside of an act.
pub async fn newest(store: &Store, layer: &Layer, feature: &str) -> Result<Option<ChangeRow>> {
    let values = [text(&layer.name), text(&layer.generation), text(feature)];
    store.one(NEWEST_CHANGE, &values).await?.as_ref().map(change_of).transpose()
}

/// The newest 200 changes of a feature, of all generations.
pub async fn history(store: &Store, name: &str, feature: &str) -> Result<Vec<ChangeRow>> {
    store.all(HISTORY, &[text(name), text(feature)]).await?.iter().map(change_of).collect()
}

pub async fn change(store: &Store, name: &str, seq: i64) -> Result<Option<ChangeRow>> {
    store.one(CHANGE, &[text(name), int(seq)]).await?.as_ref().map(change_of).transpose()
}

pub async fn insert_import(tx: &mut Tx, import: &ImportRow) -> Result<()> {
    let total = i64::try_from(import.total).map_err(Error::fault)?;
    let values = [
        text(&import.id),
        text(&import.layer),
        text(&import.file),
        text(&import.options),
        text(&import.stage),
        int(total),
        text(&import.edition),
        text(&import.account),
        int(import.at.0),
    ];
    tx.exec(INSERT_IMPORT, &values).await.map(drop)
}

pub async fn import(store: &Store, id: &str) -> Result<Option<ImportRow>> {
    store.one(IMPORT, &[text(id)]).await?.as_ref().map(import_of).transpose()
}

pub async fn imports(store: &Store, layer: &str) -> Result<Vec<ImportRow>> {
    store.all(IMPORTS, &[text(layer)]).await?.iter().map(import_of).collect()
}

pub async fn progress(tx: &mut Tx, id: &str, (done, total): (u64, u64)) -> Result<()> {
    let number = |value: u64| i64::try_from(value).map(int).map_err(Error::fault);
    tx.exec(PROGRESS, &[text(id), number(done)?, number(total)?]).await.map(drop)
}

/// Moves an import on; false when it is not where it was thought to be.
pub async fn move_import(
    tx: &mut Tx,
    id: &str,
    (from, to): (&str, &str),
    report: Option<&str>,
    now: Instant,
) -> Result<bool> {
    let report = report.map_or(kernel_store::Value::Text(None), text);
    Ok(tx.exec(IMPORT_STAGE, &[text(id), text(from), text(to), report, int(now.0)]).await? == 1)
}
