//! The formats as their callers see them.

mod hostile;
mod mutated;
mod real;
mod round;
mod said;
mod speed;

use std::path::{Path, PathBuf};

use map_feature::{Bounds, Crs, Feature, Field, GeometryKind, Kind, Schema, Value};
use map_formats::{Error, Format, Look, Options, Report};

/// Where the real data is, if anywhere.
#[allow(clippy::disallowed_methods)]
fn datasets() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/datasets");
    let folder = std::env::var("MADANG_DATASETS").map_or(beside, PathBuf::from);
    folder.join("map").is_dir().then(|| folder.join("map"))
}

fn look(path: &Path) -> Look {
    map_formats::look(path, &Options::default()).unwrap()
}

fn read(path: &Path, options: &Options) -> Result<(Vec<Feature>, Report), Error> {
    let mut all = Vec::new();
    let mut sink = |feature| {
        all.push(feature);
        Ok(())
    };
    let report = map_formats::read(path, options, &mut sink, &mut |_| {})?;
    Ok((all, report))
}

/// A file of this name with these contents, and what keeps it.
fn file(name: &str, contents: impl AsRef<[u8]>) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, contents).unwrap();
    (folder, path)
}

fn written(format: Format, schema: &Schema, crs: Crs, features: &[Feature]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut all = features.iter().cloned().map(Ok);
    map_formats::write(format, "layer", schema, crs, &mut all, &mut out).unwrap();
    out
}

fn schema(fields: &[(&str, Kind)], geometry: GeometryKind) -> Schema {
    Schema { fields: fields.iter().map(|(name, kind)| Field::new(*name, *kind)).collect(), geometry }
}

fn bounds(features: &[Feature]) -> Option<Bounds> {
    features.iter().filter_map(Feature::bounds).reduce(Bounds::joined)
}

fn text(value: &Value) -> &str {
    match value {
        Value::Text(text) => text,
        other => panic!("{other:?} is no text"),
    }
}
