//! A GeoPackage of one layer, made in a file of its own and then copied out.

use std::io::Write;

use map_feature::{Bounds, Crs, Feature, GeometryKind, Kind, Schema, Value};
use rusqlite::Connection;
use rusqlite::types::{Null, ToSqlOutput, Value as Sql};

use super::{blob, broken, store};
use crate::{Error, Result, Stop, Written, system};

pub(crate) fn write(
    name: &str,
    schema: &Schema,
    crs: Crs,
    features: &mut dyn Iterator<Item = Result<Feature, Stop>>,
    out: &mut dyn Write,
) -> Result<Written> {
    let folder = tempfile::Builder::new().prefix("map-").tempdir()?;
    let path = folder.path().join("layer.gpkg");
    let connection = Connection::open(&path).map_err(broken)?;
    let written = fill(&connection, if name.is_empty() { "layer" } else { name }, schema, crs, features)?;
    connection.close().map_err(|(_, error)| broken(error))?;
    std::io::copy(&mut std::fs::File::open(&path)?, out)?;
    Ok(written)
}

fn fill(
    file: &Connection,
    name: &str,
    schema: &Schema,
    crs: Crs,
    features: &mut dyn Iterator<Item = Result<Feature, Stop>>,
) -> Result<Written> {
    // Names that begin like the standard's own tables are not ours to take.
    let lower = name.to_ascii_lowercase();
    let reserved = ["gpkg", "sqlite", "rtree"].iter().any(|word| lower.starts_with(word));
    let table = if reserved { format!("layer_{name}") } else { name.to_owned() };
    let code = system::code(crs);
    // Nobody else sees the file before it is whole.
    for (pragma, value) in
        [("journal_mode", "OFF"), ("synchronous", "OFF"), ("application_id", "1196444487"), ("user_version", "10300")]
    {
        file.pragma_update(None, pragma, value).map_err(broken)?;
    }
    file.execute_batch("BEGIN").map_err(broken)?;
    file.execute_batch(store::TABLES).map_err(broken)?;
    for (code, name) in [(4326, "WGS 84"), (code, "the layer's")].iter().take(if code == 4326 { 1 } else { 2 }) {
        let wkt = system::wkt(Crs::Epsg(*code)).unwrap_or("undefined");
        store::add_system(file, *code, wkt.split('"').nth(1).unwrap_or(name), wkt).map_err(broken)?;
    }
    let columns = columns(schema);
    file.execute_batch(&store::create(&table, &columns)).map_err(broken)?;
    let shaped = schema.geometry != GeometryKind::None;
    let mut written = Written::default();
    let mut bounds: Option<Bounds> = None;
    {
        let mut insert = file.prepare(&store::insert(&table, &columns)).map_err(broken)?;
        let mut bytes = Vec::new();
        for feature in features {
            let feature = feature.map_err(Error::Stopped)?;
            let mut place = 1;
            let mut bind = |value: ToSqlOutput| {
                place += 1;
                insert.raw_bind_parameter(place - 1, value).map_err(broken)
            };
            if shaped {
                bytes.clear();
                if let Some(shape) = &feature.geometry {
                    let around = blob::write(&mut bytes, shape, code);
                    bounds = match (bounds, around) {
                        (Some(all), Some(one)) => Some(all.joined(one)),
                        (all, one) => all.or(one),
                    };
                }
                let stored = if bytes.is_empty() { Sql::Null } else { Sql::Blob(std::mem::take(&mut bytes)) };
                bind(ToSqlOutput::Owned(stored))?;
            }
            bind(ToSqlOutput::Owned(feature.id.clone().map_or(Sql::Null, Sql::Text)))?;
            for place in 0..schema.fields.len() {
                bind(sql(feature.values.get(place).unwrap_or(&Value::Null)))?;
            }
            insert.raw_execute().map_err(broken)?;
            written.features += 1;
        }
    }
    let around = bounds.map_or([None; 4], |all| [Some(all.west), Some(all.south), Some(all.east), Some(all.north)]);
    let class = match schema.geometry {
        GeometryKind::None => None,
        _ => Some("GEOMETRY"),
    };
    store::list(file, &table, class, around, Some((code, "", ""))).map_err(broken)?;
    file.execute_batch("COMMIT").map_err(broken)?;
    Ok(written)
}

fn columns(schema: &Schema) -> Vec<(String, &'static str)> {
    let mut columns: Vec<(String, &'static str)> = Vec::new();
    if schema.geometry != GeometryKind::None {
        columns.push(("geom".to_owned(), "GEOMETRY"));
    }
    let fields = schema.fields.iter().map(|field| (field.name.as_str(), field.kind));
    for (name, kind) in std::iter::once(("id", Kind::Text)).chain(fields) {
        // SQLite's names differ in more than case.
        let taken = |name: &str| {
            name.eq_ignore_ascii_case("fid") || columns.iter().any(|(other, _)| other.eq_ignore_ascii_case(name))
        };
        let mut name = if name.is_empty() { "field".to_owned() } else { name.to_owned() };
        while taken(&name) {
            name.push('_');
        }
        columns.push((
            name,
            match kind {
                Kind::Boolean => "BOOLEAN",
                Kind::Integer => "INTEGER",
                Kind::Number => "DOUBLE",
                Kind::Text => "TEXT",
                Kind::Date => "DATE",
                Kind::Instant => "DATETIME",
            },
        ));
    }
    columns
}

fn sql(value: &Value) -> ToSqlOutput<'_> {
    match value {
        Value::Null => ToSqlOutput::from(Null),
        Value::Boolean(value) => ToSqlOutput::from(*value),
        Value::Integer(value) => ToSqlOutput::from(*value),
        Value::Number(value) => ToSqlOutput::from(*value),
        Value::Text(text) => ToSqlOutput::from(text.as_str()),
        Value::Date(day) => ToSqlOutput::Owned(Sql::Text(day.to_string())),
        // The standard's own form: milliseconds and Z.
        Value::Instant(at) => ToSqlOutput::Owned(Sql::Text(at.to_string())),
    }
}
