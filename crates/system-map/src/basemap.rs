//! The ground of the map from an OpenStreetMap extract: each layer of the base map becomes a layer here, `base-road`,
//! `base-water` and so on, as the looks name them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use kernel_base::{Error, Id, Result};
use kernel_web::City;
use map_draw::looks::{Place, classify};
use map_draw::style::Shape;
use map_feature::{Crs, Feature, Field, GeometryKind, Kind, Schema, Value};
use map_formats::{Format, Options, Progress};
use map_segment::EditionWriter;
use serde_json::{Map, Value as Json, json};

use crate::by::By;
use crate::keep::fresh;
use crate::layer::{Stage, Use, Wording};
use crate::settings::Settings;
use crate::store;

/// Whom the data is from, and under which licence: both have to be shown (osmfoundation.org/Licence).
const SOURCE: &str = "© OpenStreetMap contributors";
const LICENCE: &str = "ODbL-1.0";
/// Languages whose names are kept beside the local one.
const LANGUAGES: [&str; 3] = ["en", "ko", "ar"];

/// Why an extract came to nothing, as a sentence.
type Said<T> = std::result::Result<T, String>;

/// One layer on its way.
struct Making {
    writer: EditionWriter,
    edition: String,
    kind: GeometryKind,
}

/// Reads an extract and serves its layers, all at once; answers each layer with its number of features.
///
/// # Errors
/// [`Error::Refused`] says what is wrong with the file; nothing changed then.
pub async fn bring(
    city: &City,
    by: By<'_>,
    extract: &Path,
    mut tell: impl FnMut(Progress) + Send + 'static,
) -> Result<Vec<(String, u64)>> {
    let (settings, file) = (Settings::of(city), extract.to_owned());
    let (clock, random) = (city.clock.clone(), city.random.clone());
    let fresh_id = move || Id::new("ed", &*clock, &*random).to_string();
    let read = move || read(&settings, &file, &fresh_id, &mut tell);
    let made = tokio::task::spawn_blocking(read).await.map_err(Error::fault)?.map_err(Error::Refused)?;
    let (clock, random) = (&*city.clock, &*city.random);
    let mut told = Vec::with_capacity(made.len());
    let mut tx = city.store.begin().await?;
    for (name, edition, schema, features) in made {
        let kept = store::layer(&city.store, &name).await?;
        let new = kept.is_none();
        let mut layer = kept.unwrap_or_else(|| fresh(city, &name, Wording::one("en", &name)));
        (layer.source, layer.licence) = (SOURCE.to_owned(), LICENCE.to_owned());
        (layer.schema, layer.crs, layer.use_of, layer.stage) = (schema, Crs::Crs84, Use::Base, Stage::Published);
        (layer.generation, layer.edition) = (edition.clone(), edition);
        layer.features = i64::try_from(features).map_err(Error::fault)?;
        if new {
            store::insert(&mut tx, &layer).await?;
        }
        store::replace(&mut tx, &layer, clock.now()).await?;
        by.did(&mut tx, "layer.imported", &layer.name, json!({ "basemap": SOURCE }), (clock, random)).await?;
        told.push((name, features));
    }
    tx.commit().await?;
    Ok(told)
}

type Made = (String, String, Schema, u64);

fn read(
    settings: &Settings,
    file: &Path,
    fresh_id: &dyn Fn() -> String,
    tell: &mut dyn FnMut(Progress),
) -> Said<Vec<Made>> {
    let words = |error: &dyn std::fmt::Display| error.to_string();
    let look = map_formats::look(file, &Options::default()).map_err(|error| words(&error))?;
    if look.format != Format::OsmPbf {
        return Err(format!("{} is {}, not an OpenStreetMap extract (.osm.pbf)", file.display(), look.format));
    }
    let mut making: BTreeMap<&'static str, Making> = BTreeMap::new();
    for part in look.layers {
        let options = Options { layer: Some(part.name.clone()), known: Some(part), ..Options::default() };
        let mut sink = |feature: Feature| {
            let Some((place, kind, feature)) = placed(feature) else { return Ok(()) };
            let into = match making.entry(place.layer) {
                std::collections::btree_map::Entry::Occupied(there) => there.into_mut(),
                std::collections::btree_map::Entry::Vacant(free) => {
                    free.insert(begun(settings, place.layer, kind, fresh_id())?)
                }
            };
            into.writer.push(feature).map_err(|error| Box::new(error) as map_formats::Stop)
        };
        map_formats::read(file, &options, &mut sink, tell).map_err(|error| words(&error))?;
    }
    if making.is_empty() {
        return Err(format!("{} holds nothing that a base map shows", file.display()));
    }
    let finish = |(layer, making): (&str, Making)| {
        let summary = making.writer.finish(&mut |_| {}).map_err(|error| words(&error))?;
        Ok((format!("base-{layer}"), making.edition, schema(making.kind), summary.features))
    };
    making.into_iter().map(finish).collect()
}

fn begun(
    settings: &Settings,
    layer: &str,
    kind: GeometryKind,
    edition: String,
) -> std::result::Result<Making, map_formats::Stop> {
    let folder: PathBuf = settings.edition(&format!("base-{layer}"), &edition);
    let writer = EditionWriter::create(&folder, &schema(kind), Crs::Crs84).map_err(Box::new)?;
    Ok(Making { writer, edition, kind })
}

fn schema(geometry: GeometryKind) -> Schema {
    let mut fields = vec![Field::new("class", Kind::Text), Field::new("name", Kind::Text)];
    fields.extend(LANGUAGES.map(|language| Field::new(format!("name:{language}"), Kind::Text)));
    fields.extend(
        [("bridge", Kind::Boolean), ("tunnel", Kind::Boolean), ("admin_level", Kind::Integer)]
            .map(|(name, kind)| Field::new(name, kind)),
    );
    Schema { fields, geometry }
}

/// The layer that a thing of OpenStreetMap belongs to, with the values that the looks ask for.
fn placed(feature: Feature) -> Option<(Place, GeometryKind, Feature)> {
    use geo_types::Geometry as G;
    let (shape, kind) = match feature.geometry.as_ref()? {
        G::Point(_) | G::MultiPoint(_) => (Shape::Point, GeometryKind::Point),
        G::Line(_) | G::LineString(_) | G::MultiLineString(_) => (Shape::Line, GeometryKind::Line),
        _ => (Shape::Polygon, GeometryKind::Polygon),
    };
    let Some(Value::Text(tags)) = feature.values.get(1) else { return None };
    let tags: Map<String, Json> = serde_json::from_str(tags).ok()?;
    let tag = |name: &str| tags.get(name).and_then(Json::as_str);
    let place = classify(&tag, shape)?;
    let text = |name: &str| tag(name).map_or(Value::Null, |value| Value::Text(value.to_owned()));
    let yes = |name: &str| tag(name).filter(|value| *value != "no").map_or(Value::Null, |_| Value::Boolean(true));
    let mut values = vec![Value::Text(place.class.to_owned()), text("name")];
    values.extend(LANGUAGES.map(|language| text(&format!("name:{language}"))));
    values.extend([yes("bridge"), yes("tunnel")]);
    values.push(tag("admin_level").and_then(|level| level.parse().ok()).map_or(Value::Null, Value::Integer));
    Some((place, kind, Feature { values, ..feature }))
}

#[cfg(test)]
mod tests {
    use geo_types::{Geometry, line_string, point};

    use super::*;

    fn thing(geometry: Geometry<f64>, tags: &str) -> Feature {
        Feature { id: Some("1".into()), geometry: Some(geometry), values: vec![Value::Null, Value::Text(tags.into())] }
    }

    #[test]
    fn a_street_keeps_its_class_and_names() {
        let line = Geometry::from(line_string![(x: 0.0, y: 0.0), (x: 1.0, y: 1.0)]);
        let tags = r#"{"highway":"residential","name":"은행나무길","name:en":"Ginkgo Street","bridge":"yes"}"#;
        let (place, kind, street) = placed(thing(line, tags)).expect("shown");
        assert_eq!((place.layer, kind), ("road", GeometryKind::Line));
        let at = |name: &str| street.values[schema(kind).position(name).expect("a field")].clone();
        assert_eq!(at("name"), Value::Text("은행나무길".into()));
        assert_eq!(at("name:en"), Value::Text("Ginkgo Street".into()));
        assert_eq!((at("bridge"), at("tunnel")), (Value::Boolean(true), Value::Null));
    }

    #[test]
    fn what_no_base_map_shows_is_left_out() {
        let bench = thing(Geometry::from(point!(x: 0.0, y: 0.0)), r#"{"amenity":"bench"}"#);
        assert_eq!(placed(bench).map(|(place, ..)| place), None);
    }
}
