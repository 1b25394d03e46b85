//! GeoParquet 1.1: WKB with the box of each geometry beside it, zstd, row groups of 65,536.

use std::io::Write;
use std::sync::Arc;

use arrow_array::builder::{
    ArrayBuilder, BinaryBuilder, BooleanBuilder, Date32Builder, Float64Builder, Int64Builder, StringBuilder,
    StructBuilder, TimestampMicrosecondBuilder,
};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field as Column, Fields, Schema as Columns, TimeUnit};
use geo_types::Geometry;
use jiff::civil::Date;
use map_feature::{Crs, Feature, GeometryKind, Kind, Schema, Value};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use serde_json::json;

use super::{Met, broken};
use crate::{Error, Result, Stop, Written, geometry, kinds, system, wkb};

const GROUP: usize = 65_536;

pub(crate) fn write(
    schema: &Schema,
    crs: Crs,
    features: &mut dyn Iterator<Item = Result<Feature, Stop>>,
    out: &mut dyn Write,
) -> Result<Written> {
    let shaped = schema.geometry != GeometryKind::None;
    let columns = Arc::new(columns(schema, shaped));
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(3).map_err(broken)?))
        .set_max_row_group_row_count(Some(GROUP))
        .build();
    // The writer must be Send, which whoever asks need not be.
    let mut file = tempfile::tempfile()?;
    let mut writer = ArrowWriter::try_new(file.try_clone()?, columns.clone(), Some(properties)).map_err(broken)?;
    let mut batch = Batch::new(schema, shaped);
    let mut met = Met::default();
    let mut written = Written::default();
    for feature in features {
        batch.add(&feature.map_err(Error::Stopped)?, &mut met);
        written.features += 1;
        if written.features.is_multiple_of(8_192) {
            writer.write(&batch.finish(columns.clone())?).map_err(broken)?;
        }
    }
    writer.write(&batch.finish(columns)?).map_err(broken)?;
    if shaped {
        writer.append_key_value_metadata(KeyValue::new("geo".to_owned(), geo(crs, &met, &free(schema, "bbox"))));
    }
    writer.close().map_err(broken)?;
    std::io::Seek::rewind(&mut file)?;
    std::io::copy(&mut file, out)?;
    Ok(written)
}

/// The sides of a box, by which readers pass over rows that are elsewhere.
const SIDES: [&str; 4] = ["xmin", "ymin", "xmax", "ymax"];

fn sides() -> Fields {
    SIDES.iter().map(|name| Column::new(*name, DataType::Float64, true)).collect()
}

fn free(schema: &Schema, wanted: &str) -> String {
    let mut name = wanted.to_owned();
    while schema.position(&name).is_some() {
        name.push('_');
    }
    name
}

fn geo(crs: Crs, met: &Met, boxes: &str) -> String {
    let covering: serde_json::Map<_, _> = SIDES.iter().map(|side| ((*side).to_owned(), json!([boxes, side]))).collect();
    let mut column = json!({ "encoding": "WKB", "geometry_types": met.types, "covering": { "bbox": covering } });
    if let Some(bounds) = met.bounds {
        column["bbox"] = json!([bounds.west, bounds.south, bounds.east, bounds.north]);
    }
    if crs != Crs::Crs84 {
        column["crs"] = system::projjson(crs).unwrap_or(serde_json::Value::Null);
    }
    json!({ "version": "1.1.0", "primary_column": "geometry", "columns": { "geometry": column } }).to_string()
}

fn columns(schema: &Schema, shaped: bool) -> Columns {
    let mut columns = vec![Column::new(free(schema, "id"), DataType::Utf8, true)];
    columns.extend(schema.fields.iter().map(|field| {
        let name = if shaped && field.name == "geometry" { "geometry_" } else { &field.name };
        let class = match field.kind {
            Kind::Boolean => DataType::Boolean,
            Kind::Integer => DataType::Int64,
            Kind::Number => DataType::Float64,
            Kind::Text => DataType::Utf8,
            Kind::Date => DataType::Date32,
            Kind::Instant => DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into())),
        };
        Column::new(name, class, true)
    }));
    if shaped {
        columns.push(Column::new("geometry", DataType::Binary, true));
        columns.push(Column::new(free(schema, "bbox"), DataType::Struct(sides()), true));
    }
    Columns::new(columns)
}

enum Builder {
    Boolean(BooleanBuilder),
    Integer(Int64Builder),
    Number(Float64Builder),
    Text(StringBuilder),
    Date(Date32Builder),
    Instant(TimestampMicrosecondBuilder),
}

struct Batch {
    ids: StringBuilder,
    fields: Vec<(Kind, Builder)>,
    shapes: Option<(BinaryBuilder, StructBuilder)>,
    bytes: Vec<u8>,
}

impl Batch {
    fn new(schema: &Schema, shaped: bool) -> Batch {
        let builder = |kind: Kind| match kind {
            Kind::Boolean => Builder::Boolean(BooleanBuilder::new()),
            Kind::Integer => Builder::Integer(Int64Builder::new()),
            Kind::Number => Builder::Number(Float64Builder::new()),
            Kind::Text => Builder::Text(StringBuilder::new()),
            Kind::Date => Builder::Date(Date32Builder::new()),
            Kind::Instant => Builder::Instant(TimestampMicrosecondBuilder::new().with_timezone("UTC")),
        };
        Batch {
            ids: StringBuilder::new(),
            fields: schema.fields.iter().map(|field| (field.kind, builder(field.kind))).collect(),
            shapes: shaped.then(|| (BinaryBuilder::new(), StructBuilder::from_fields(sides(), 0))),
            bytes: Vec::new(),
        }
    }

    fn add(&mut self, feature: &Feature, met: &mut Met) {
        self.ids.append_option(feature.id.as_deref());
        for (place, (kind, builder)) in self.fields.iter_mut().enumerate() {
            let value = feature.values.get(place).cloned().and_then(|value| kinds::convert(value, *kind));
            match (builder, value.unwrap_or_default()) {
                (Builder::Boolean(all), Value::Boolean(value)) => all.append_value(value),
                (Builder::Integer(all), Value::Integer(value)) => all.append_value(value),
                (Builder::Number(all), Value::Number(value)) => all.append_value(value),
                (Builder::Text(all), Value::Text(value)) => all.append_value(value),
                (Builder::Date(all), Value::Date(day)) => all.append_value(days(day)),
                (Builder::Instant(all), Value::Instant(at)) => all.append_value(at.as_microsecond()),
                (Builder::Boolean(all), _) => all.append_null(),
                (Builder::Integer(all), _) => all.append_null(),
                (Builder::Number(all), _) => all.append_null(),
                (Builder::Text(all), _) => all.append_null(),
                (Builder::Date(all), _) => all.append_null(),
                (Builder::Instant(all), _) => all.append_null(),
            }
        }
        let Some((shapes, boxes)) = &mut self.shapes else { return };
        let bounds = feature.geometry.as_ref().and_then(|shape| geometry::survey(shape).1);
        let sides = bounds.map(|bounds| [bounds.west, bounds.south, bounds.east, bounds.north]);
        for place in 0..SIDES.len() {
            if let Some(side) = boxes.field_builder::<Float64Builder>(place) {
                side.append_option(sides.map(|sides| sides[place]));
            }
        }
        boxes.append(sides.is_some());
        let Some(shape) = &feature.geometry else { return shapes.append_null() };
        self.bytes.clear();
        wkb::write(&mut self.bytes, shape);
        shapes.append_value(&self.bytes);
        met.types.insert(name(shape));
        if let Some(bounds) = bounds {
            met.bounds = Some(met.bounds.map_or(bounds, |all| all.joined(bounds)));
        }
    }

    fn finish(&mut self, columns: Arc<Columns>) -> Result<RecordBatch> {
        let mut arrays: Vec<ArrayRef> = vec![Arc::new(self.ids.finish())];
        for (_, builder) in &mut self.fields {
            arrays.push(match builder {
                Builder::Boolean(all) => ArrayBuilder::finish(all),
                Builder::Integer(all) => ArrayBuilder::finish(all),
                Builder::Number(all) => ArrayBuilder::finish(all),
                Builder::Text(all) => ArrayBuilder::finish(all),
                Builder::Date(all) => ArrayBuilder::finish(all),
                Builder::Instant(all) => ArrayBuilder::finish(all),
            });
        }
        if let Some((shapes, boxes)) = &mut self.shapes {
            arrays.push(Arc::new(shapes.finish()));
            arrays.push(Arc::new(boxes.finish()));
        }
        RecordBatch::try_new(columns, arrays).map_err(broken)
    }
}

fn days(day: Date) -> i32 {
    day.since(Date::constant(1970, 1, 1)).map_or(0, |span| span.get_days())
}

fn name(shape: &Geometry<f64>) -> &'static str {
    match shape {
        Geometry::Point(_) => "Point",
        Geometry::MultiPoint(_) => "MultiPoint",
        Geometry::Line(_) | Geometry::LineString(_) => "LineString",
        Geometry::MultiLineString(_) => "MultiLineString",
        Geometry::Polygon(_) | Geometry::Rect(_) | Geometry::Triangle(_) => "Polygon",
        Geometry::MultiPolygon(_) => "MultiPolygon",
        Geometry::GeometryCollection(_) => "GeometryCollection",
    }
}
