//! Features are made, changed, removed and brought back: each one row of the log, in one transaction with its audit entry.

use contracts::Fact;
use kernel_base::{Error, Id, Result};
use kernel_record::say;
use kernel_web::City;
use map_feature::{Feature, GeometryKind, Value};
use map_segment::Found;
use serde_json::{Map, Value as Json, json};

use crate::by::By;
use crate::layer::Layer;
use crate::properties::{PropertyError, all_from_json, all_to_json, geometry_to_text};
use crate::served::{feature_of, served};
use crate::store::{self, ChangeRow};

/// What shall become of a feature.
#[derive(Debug, Clone)]
pub enum Act {
    /// A new one. The id is the city's to give.
    Create(Draft),
    /// All of it anew.
    Replace(Draft),
    /// What is named; the rest stays.
    Update(Draft),
    Remove,
    /// As it was after this change.
    Restore {
        seq: i64,
    },
}

/// A feature as somebody wrote it: geometry in the layer's reference system, properties as JSON.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// `None`: not said; `Some(None)`: no place.
    pub geometry: Option<Option<geo_types::Geometry<f64>>>,
    pub properties: Map<String, Json>,
}

/// Why a change was refused.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    #[error(transparent)]
    Property(#[from] PropertyError),
    #[error("this layer holds {0} only")]
    Geometry(&'static str),
    /// Somebody changed it meanwhile; the version that holds.
    #[error("the feature was changed meanwhile; its version is {0}")]
    Stale(u64),
    #[error("there is no such feature")]
    Gone,
    #[error(transparent)]
    Store(#[from] Error),
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    pub id: String,
    pub version: u64,
    pub seq: i64,
}

/// Does it, when `expected` is the version that holds (`None`: whatever holds).
///
/// # Errors
/// [`Refused`]; nothing was changed then.
pub async fn change(
    city: &City,
    by: By<'_>,
    layer: &str,
    id: Option<&str>,
    expected: Option<u64>,
    act: Act,
) -> std::result::Result<Changed, Refused> {
    let live = served(city, layer).await?;
    let (clock, random) = (&*city.clock, &*city.random);
    let id = id.map_or_else(|| Id::new("ft", clock, random).to_string(), str::to_owned);
    let mut tx = city.store.begin().await?;
    let layer = store::next(&mut tx, layer, clock.now()).await?;
    let newest = store::newest_change(&mut tx, &layer, &id).await?;
    // Another import came between: what the feature was is to be looked up in that one.
    if newest.is_none() && layer.generation != live.layer.generation {
        return Err(Error::Retry.into());
    }
    let base = if newest.is_none() { live.live.get(&id).map_err(Error::fault)? } else { None };
    let now = Standing::of(&layer, newest.as_ref(), base)?;
    if expected.is_some_and(|expected| expected != now.version) {
        return Err(Refused::Stale(now.version));
    }
    let (word, after) = match act {
        Act::Create(_) if now.feature.is_some() => return Err(Error::Conflict("feature".to_owned()).into()),
        Act::Create(draft) => ("created", Some(written(&layer, draft, None)?)),
        Act::Replace(draft) => {
            let word = if now.feature.is_some() { "changed" } else { "created" };
            (word, Some(written(&layer, draft, None)?))
        }
        Act::Update(draft) => ("changed", Some(written(&layer, draft, Some(now.feature.ok_or(Refused::Gone)?))?)),
        Act::Remove => {
            now.feature.ok_or(Refused::Gone)?;
            ("removed", None)
        }
        Act::Restore { seq } => {
            // Of another import: other fields, perhaps another reference system.
            let ours = |row: &ChangeRow| row.feature == id && row.generation == layer.generation;
            let row = store::change(&city.store, &layer.name, seq).await?.filter(ours).ok_or(Refused::Gone)?;
            let feature = row.properties.as_ref().map(|_| feature_of(&layer, &row)).transpose()?;
            ("restored", feature)
        }
    };
    let row = ChangeRow {
        layer: layer.name.clone(),
        seq: layer.seq,
        feature: id.clone(),
        version: now.version + 1,
        generation: layer.generation.clone(),
        act: word.to_owned(),
        geometry: after.as_ref().and_then(|after| after.geometry.as_ref()).map(geometry_to_text).transpose()?,
        properties: after.as_ref().map(|after| Json::Object(all_to_json(&layer.schema, &after.values)).to_string()),
        account: by.account().to_owned(),
        at: clock.now(),
    };
    store::insert_change(&mut tx, &row).await?;
    let (name, detail) = (format!("feature.{word}"), json!({ "layer": layer.name, "version": row.version }));
    by.did(&mut tx, &name, &id, detail, (clock, random)).await?;
    let fact = Fact::FeatureChanged { layer: layer.name.clone(), feature: id.clone(), seq: row.seq };
    say(&mut tx, &fact, clock, random).await?;
    tx.commit().await?;
    // Tells whoever watches; the change stands even if that fails.
    if let Err(cause) = served(city, &layer.name).await {
        tracing::error!(%cause, layer = layer.name, "a change stands, but is not served");
    }
    Ok(Changed { id, version: row.version, seq: row.seq })
}

/// A feature before the act.
struct Standing {
    version: u64,
    feature: Option<Feature>,
}

impl Standing {
    fn of(layer: &Layer, newest: Option<&ChangeRow>, base: Option<Found>) -> Result<Standing> {
        Ok(match (newest, base) {
            (Some(row), _) => {
                let feature = row.properties.as_ref().map(|_| feature_of(layer, row)).transpose()?;
                Standing { version: row.version, feature }
            }
            (None, Some(found)) => Standing { version: found.version, feature: Some(found.feature) },
            (None, None) => Standing { version: 0, feature: None },
        })
    }
}

fn written(layer: &Layer, draft: Draft, before: Option<Feature>) -> std::result::Result<Feature, Refused> {
    let values: Option<&[Value]> = before.as_ref().map(|before| before.values.as_slice());
    let values = all_from_json(&layer.schema, &draft.properties, values)?;
    let geometry = draft.geometry.unwrap_or_else(|| before.and_then(|before| before.geometry));
    if let Some(geometry) = &geometry {
        fits(layer.schema.geometry, geometry)?;
    }
    Ok(Feature { id: None, geometry, values })
}

/// Whether a layer of this kind takes this geometry.
fn fits(kind: GeometryKind, geometry: &geo_types::Geometry<f64>) -> std::result::Result<(), Refused> {
    use geo_types::Geometry as G;
    let fits = match kind {
        GeometryKind::Any => true,
        GeometryKind::None => false,
        GeometryKind::Point => matches!(geometry, G::Point(_) | G::MultiPoint(_)),
        GeometryKind::Line => matches!(geometry, G::Line(_) | G::LineString(_) | G::MultiLineString(_)),
        GeometryKind::Polygon => matches!(geometry, G::Polygon(_) | G::MultiPolygon(_) | G::Rect(_) | G::Triangle(_)),
    };
    let words = match kind {
        GeometryKind::Point => "points",
        GeometryKind::Line => "lines",
        GeometryKind::Polygon => "areas",
        GeometryKind::None => "rows without a place",
        GeometryKind::Any => "features",
    };
    if fits { Ok(()) } else { Err(Refused::Geometry(words)) }
}
