//! GeoParquet 1.x: Parquet with Well-Known Binary in a column that the metadata names. Read in batches.

mod columns;
mod write;

use std::path::{Path, PathBuf};

use arrow_array::{Array, RecordBatch};
use arrow_schema::DataType;
use map_feature::{Bounds, Crs, Feature, Field, GeometryKind, Schema, Value};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ArrowReaderOptions, ParquetRecordBatchReaderBuilder};
use serde::Deserialize;
use serde_json::Value as Json;

pub(crate) use write::write;

use crate::intake::Intake;
use crate::look::Layer;
use crate::{CrsGuess, Error, Format, Limits, Options, ProblemKind, Reader, Result, geojson, source, wkb};
use columns::Column;

pub(crate) struct File {
    path: PathBuf,
}

/// Rows decoded at once: enough to be fast, few enough that long values stay within memory.
const BATCH: usize = 4_096;

fn broken(why: impl std::fmt::Display) -> Error {
    Error::broken(Format::GeoParquet, why)
}

type Builder = ParquetRecordBatchReaderBuilder<std::fs::File>;

impl File {
    pub fn open(path: &Path) -> Result<File> {
        Ok(File { path: path.to_owned() })
    }

    fn builder(&self) -> Result<Builder> {
        // The Arrow schema some writers embed would only bring other names for the same types.
        let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
        let file = source::open(&self.path)?;
        guarded(|| Builder::try_new_with_options(file, options).map_err(broken))
    }
}

/// The crates below check most of what is in a file, not all: what they trip over is an error of the file.
fn guarded<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err(broken("its parts do not fit together")))
}

#[derive(Deserialize)]
struct Geo {
    primary_column: String,
    columns: std::collections::BTreeMap<String, GeoColumn>,
}

#[derive(Deserialize)]
struct GeoColumn {
    encoding: String,
    #[serde(default)]
    geometry_types: Vec<String>,
    #[serde(default, deserialize_with = "present")]
    crs: Option<Json>,
    bbox: Option<Vec<f64>>,
}

/// Tells `"crs": null` (unknown) from no member at all (CRS84).
fn present<'de, D: serde::Deserializer<'de>>(json: D) -> Result<Option<Json>, D::Error> {
    Json::deserialize(json).map(Some)
}

impl GeoColumn {
    fn crs(&self) -> CrsGuess {
        match &self.crs {
            None => CrsGuess::stated(Crs::Crs84),
            Some(Json::Null) => CrsGuess::default(),
            Some(crs) => {
                let code = |pointer: &str| crs.pointer(pointer).map(|code| code.to_string().replace('"', ""));
                let named = code("/id/authority").zip(code("/id/code"));
                named
                    .and_then(|(authority, code)| format!("{authority}:{code}").parse().ok())
                    .map_or_else(CrsGuess::default, CrsGuess::stated)
            }
        }
    }

    fn kind(&self) -> GeometryKind {
        let is =
            |part: &str| !self.geometry_types.is_empty() && self.geometry_types.iter().all(|one| one.contains(part));
        if is("Point") {
            GeometryKind::Point
        } else if is("Line") {
            GeometryKind::Line
        } else if is("Polygon") {
            GeometryKind::Polygon
        } else {
            GeometryKind::Any
        }
    }
}

/// What is read: which columns of the file, and what becomes of each.
struct Plan {
    roots: Vec<usize>,
    fields: Vec<Field>,
    geometry: Option<(usize, Option<GeoColumn>)>,
}

fn plan(builder: &Builder, limits: &Limits) -> Result<Plan> {
    let stored = builder.metadata().file_metadata().key_value_metadata();
    let stored = stored.into_iter().flatten().find(|pair| pair.key == "geo").and_then(|pair| pair.value.as_ref());
    let mut geo: Option<Geo> = match stored {
        Some(text) => Some(serde_json::from_str(text).map_err(|error| broken(format!("its geo metadata: {error}")))?),
        None => None,
    };
    let schema = builder.schema();
    if schema.fields().len() > limits.fields {
        return Err(Error::Limit { what: crate::Limited::Fields, limit: limits.fields as u64 });
    }
    let mut plan = Plan { roots: Vec::new(), fields: Vec::new(), geometry: None };
    let others: Vec<String> = geo.iter().flat_map(|geo| geo.columns.keys().cloned()).collect();
    for (place, column) in schema.fields().iter().enumerate() {
        let name = column.name();
        let binary = matches!(column.data_type(), DataType::Binary | DataType::LargeBinary | DataType::BinaryView);
        let primary = match &geo {
            Some(geo) => *name == geo.primary_column,
            None => {
                binary
                    && plan.geometry.is_none()
                    && ["geometry", "geom", "wkb", "wkb_geometry"].contains(&name.as_str())
            }
        };
        if primary {
            let about = geo.as_mut().and_then(|geo| geo.columns.remove(name));
            if !binary || about.as_ref().is_some_and(|about| !about.encoding.eq_ignore_ascii_case("WKB")) {
                return Err(broken("its geometries are not in WKB"));
            }
            plan.geometry = Some((plan.roots.len(), about));
            plan.roots.push(place);
        } else if let Some(kind) = columns::kind(column.data_type())
            && !others.contains(name)
        {
            plan.fields.push(Field::new(name.clone(), kind));
            plan.roots.push(place);
        }
    }
    if geo.is_some() && plan.geometry.is_none() {
        return Err(broken("the column that it says has the geometries is missing"));
    }
    Ok(plan)
}

impl Reader for File {
    fn layers(&mut self, options: &Options) -> Result<Vec<Layer>> {
        let builder = self.builder()?;
        let plan = plan(&builder, &options.limits)?;
        let count = u64::try_from(builder.metadata().file_metadata().num_rows()).ok();
        let mut layer = Layer { count, ..Layer::default() };
        layer.schema = Schema { fields: plan.fields, geometry: GeometryKind::None };
        if let Some((_, about)) = plan.geometry {
            layer.schema.geometry = about.as_ref().map_or(GeometryKind::Any, GeoColumn::kind);
            layer.crs = about.as_ref().map_or_else(CrsGuess::default, GeoColumn::crs);
            layer.declared = about.and_then(|about| geojson::bbox(&about.bbox?));
        }
        Ok(vec![layer])
    }

    fn read(&mut self, layer: &Layer, options: &Options, intake: &mut Intake) -> Result<()> {
        let builder = self.builder()?;
        let plan = plan(&builder, &options.limits)?;
        let mask = ProjectionMask::roots(builder.parquet_schema(), plan.roots.iter().copied());
        let batches = builder.with_projection(mask).with_batch_size(BATCH);
        let mut batches = guarded(|| batches.build().map_err(broken))?;
        let id = options.columns.id.as_ref().and_then(|name| plan.fields.iter().position(|field| field.name == *name));
        let mut row = 0;
        loop {
            let batch = match guarded(|| batches.next().transpose().map_err(broken)) {
                Ok(Some(batch)) => batch,
                Ok(None) => break,
                Err(error) => return Err(error),
            };
            take(&mut row, &batch, &plan, id, layer, intake)?;
        }
        if layer.count.is_some_and(|count| count != row) {
            intake.note(ProblemKind::WrongCount, row, None, None);
        }
        Ok(())
    }
}

fn take(
    row: &mut u64,
    batch: &RecordBatch,
    plan: &Plan,
    id: Option<usize>,
    layer: &Layer,
    intake: &mut Intake,
) -> Result<()> {
    let place = plan.geometry.as_ref().map(|(place, _)| *place);
    let shapes = place.map(|place| Column::new(batch.column(place).as_ref()));
    let fields: Vec<Column> = batch
        .columns()
        .iter()
        .enumerate()
        .filter(|(other, _)| Some(*other) != place)
        .map(|(_, column)| Column::new(column.as_ref() as &dyn Array))
        .collect();
    for index in 0..batch.num_rows() {
        *row += 1;
        intake.at(*row, layer.count.unwrap_or_default());
        let mut values = Vec::with_capacity(fields.len());
        let mut bad = Vec::new();
        for (place, column) in fields.iter().enumerate() {
            values.push(match column.value(index) {
                Ok(value) => value,
                Err(problem) => {
                    bad.push((problem, place));
                    Value::Null
                }
            });
        }
        let mut feature = Feature { id: None, geometry: None, values };
        if let Some(id) = id.and_then(|place| feature.values.get(place)).filter(|id| !id.is_null()) {
            feature.id = Some(id.to_string());
        }
        for (problem, place) in bad {
            intake.note(problem, *row, feature.id.as_deref(), Some(place));
        }
        if let Some(bytes) = shapes.as_ref().and_then(|column| column.bytes(index)) {
            match wkb::read(bytes, &intake.limits) {
                Ok((shape, raised)) => {
                    if raised {
                        intake.note(ProblemKind::ThirdDimension, *row, feature.id.as_deref(), None);
                    }
                    feature.geometry = shape;
                }
                Err(why) => {
                    let raw = intake.describe(&feature);
                    intake.reject(*row, feature.id.as_deref(), why.into(), &raw)?;
                    continue;
                }
            }
        }
        intake.feature(*row, feature)?;
    }
    for (place, column) in fields.iter().enumerate().filter(|(_, column)| column.without_zone()) {
        let _ = column;
        intake.note(ProblemKind::NoTimeZone, *row, None, Some(place));
    }
    Ok(())
}

/// The kinds of geometry met while writing, for the metadata.
#[derive(Default)]
pub(crate) struct Met {
    pub types: std::collections::BTreeSet<&'static str>,
    pub bounds: Option<Bounds>,
}
