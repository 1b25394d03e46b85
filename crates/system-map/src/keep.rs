//! Layers are made, described, published and taken back; each act audited in its own transaction.

use contracts::Fact;
use kernel_base::{Error, Id, Result};
use kernel_record::say;
use kernel_web::City;
use map_feature::{Crs, Feature, Schema};
use map_segment::{EditionWriter, Summary};
use serde_json::json;

use crate::by::By;
use crate::layer::{Layer, Readers, Stage, Use, Wording, is_name};
use crate::settings::Settings;
use crate::store;

/// A layer without data yet, as it starts: everybody may see it once it is published.
pub fn fresh(city: &City, name: &str, title: Wording) -> Layer {
    let now = city.clock.now();
    Layer {
        name: name.to_owned(),
        title,
        about: Wording::default(),
        department: String::new(),
        source: String::new(),
        licence: String::new(),
        schema: Schema::default(),
        crs: Crs::Crs84,
        readers: Readers::Everyone,
        hidden: Vec::new(),
        rows_shown: String::new(),
        use_of: Use::Things,
        label: String::new(),
        look: String::new(),
        stage: Stage::Draft,
        edition: String::new(),
        generation: String::new(),
        folded: 0,
        seq: 0,
        features: 0,
        data_at: now,
        made_at: now,
    }
}

/// Makes a layer. With a schema it is there to be drawn in at once; without one it waits for an import.
///
/// # Errors
/// [`Error::Refused`] for a name that fits no address, [`Error::Conflict`] for one that is taken.
pub async fn make(city: &City, by: By<'_>, mut layer: Layer) -> Result<Layer> {
    if !is_name(&layer.name) {
        return Err(Error::Refused(format!(
            "\"{}\" is no name for a layer: use small letters, digits and hyphens",
            layer.name
        )));
    }
    if !layer.schema.fields.is_empty() {
        let (edition, _) = write(city, &layer.name, &layer.schema, layer.crs, Vec::new()).await?;
        (layer.generation, layer.edition) = (edition.clone(), edition);
    }
    let (clock, random) = (&*city.clock, &*city.random);
    let mut tx = city.store.begin().await?;
    store::insert(&mut tx, &layer).await?;
    by.did(&mut tx, "layer.made", &layer.name, json!({}), (clock, random)).await?;
    tx.commit().await?;
    Ok(layer)
}

/// Keeps what is said about a layer: its words, owner, rights and look.
///
/// # Errors
/// The store's.
pub async fn describe(city: &City, by: By<'_>, layer: &Layer) -> Result<()> {
    let (clock, random) = (&*city.clock, &*city.random);
    let mut tx = city.store.begin().await?;
    store::describe(&mut tx, layer).await?;
    let detail = json!({
        "readers": layer.readers,
        "hidden": layer.hidden,
        "rows_shown": layer.rows_shown,
        "department": layer.department,
    });
    by.did(&mut tx, "layer.described", &layer.name, detail, (clock, random)).await?;
    tx.commit().await
}

/// Shows a layer, takes it back, or makes it a draft again.
///
/// # Errors
/// [`Error::Refused`] when a layer without data shall be published.
pub async fn stage(city: &City, by: By<'_>, layer: &Layer, stage: Stage) -> Result<()> {
    if stage == Stage::Published && layer.edition.is_empty() {
        return Err(Error::Refused("a layer without data cannot be published: import a file first".to_owned()));
    }
    let (clock, random) = (&*city.clock, &*city.random);
    let mut tx = city.store.begin().await?;
    store::stage(&mut tx, &layer.name, stage).await?;
    by.did(&mut tx, "layer.staged", &layer.name, json!({ "stage": stage }), (clock, random)).await?;
    say(&mut tx, &Fact::LayerPublished { layer: layer.name.clone() }, clock, random).await?;
    tx.commit().await
}

/// Writes an edition of these features into a folder of its own; nothing is served from it yet.
///
/// # Errors
/// When the disk refuses.
pub async fn write(
    city: &City,
    layer: &str,
    schema: &Schema,
    crs: Crs,
    features: Vec<Feature>,
) -> Result<(String, Summary)> {
    let edition = Id::new("ed", &*city.clock, &*city.random).to_string();
    let folder = Settings::of(city).edition(layer, &edition);
    let schema = schema.clone();
    let write = move || -> std::result::Result<Summary, map_segment::Error> {
        let mut writer = EditionWriter::create(&folder, &schema, crs)?;
        for feature in features {
            writer.push(feature)?;
        }
        writer.finish(&mut |_| {})
    };
    let written = tokio::task::spawn_blocking(write).await.map_err(Error::fault)?;
    Ok((edition, written.map_err(Error::fault)?))
}
