//! FlatGeobuf with its Hilbert-packed index; without one when a feature has no place, which the index cannot hold.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Seek, SeekFrom, Write};

use flatbuffers::{FlatBufferBuilder, WIPOffset};
use flatgeobuf::packed_r_tree::{NodeItem, PackedRTree, calc_extent, hilbert_sort};
use flatgeobuf::{
    Column, ColumnArgs, ColumnType, Crs as StoredCrs, CrsArgs, Feature as Stored, FeatureArgs,
    Geometry as StoredGeometry, GeometryArgs, GeometryType, Header, HeaderArgs,
};
use geo_types::{Coord, Geometry, LineString, Polygon};
use map_feature::{Crs, Feature, Kind, Schema, Value};

use super::{DAY, broken};
use crate::{Error, Result, Stop, Written, geometry, kinds, system};

const WIDTH: u16 = 16;

/// Where each feature lies in the unsorted file, and its length.
type Places = Vec<(u64, u64)>;

pub(crate) fn write(
    name: &str,
    schema: &Schema,
    crs: Crs,
    features: &mut dyn Iterator<Item = Result<Feature, Stop>>,
    out: &mut dyn Write,
) -> Result<Written> {
    let mut unsorted = BufWriter::new(tempfile::tempfile()?);
    let mut builder = FlatBufferBuilder::new();
    let mut nodes = Vec::new();
    let mut places: Places = Vec::new();
    let mut indexed = true;
    let mut at = 0;
    for feature in features {
        let feature = feature.map_err(Error::Stopped)?;
        builder.reset();
        let bounds = encode(&mut builder, &feature, schema);
        let bytes = builder.finished_data();
        unsorted.write_all(bytes)?;
        indexed &= bounds.is_some();
        let bounds = bounds.map(|all| (all.west, all.south, all.east, all.north)).unwrap_or_default();
        let mut node = NodeItem::bounds(bounds.0, bounds.1, bounds.2, bounds.3);
        node.offset = places.len() as u64;
        nodes.push(node);
        places.push((at, bytes.len() as u64));
        at += bytes.len() as u64;
    }
    let mut unsorted = unsorted.into_inner().map_err(|error| error.into_error())?;
    indexed &= !nodes.is_empty();
    let extent = calc_extent(&nodes);
    out.write_all(b"fgb\x03fgb\0")?;
    out.write_all(&header(name, schema, crs, nodes.len(), indexed.then_some(&extent)))?;
    if indexed {
        hilbert_sort(&mut nodes, &extent);
        let mut offset = 0;
        let leaves: Vec<NodeItem> = nodes
            .iter()
            .map(|node| {
                let mut leaf = node.clone();
                leaf.offset = offset;
                offset += places[node.offset as usize].1;
                leaf
            })
            .collect();
        PackedRTree::build(&leaves, &extent, WIDTH).map_err(broken)?.stream_write(&mut { &mut *out })?;
    }
    copy(&mut unsorted, &nodes, &places, out)?;
    Ok(Written { features: nodes.len() as u64, left_out: 0 })
}

fn copy(unsorted: &mut File, nodes: &[NodeItem], places: &Places, out: &mut dyn Write) -> Result<()> {
    let mut input = BufReader::with_capacity(1 << 16, unsorted);
    input.rewind()?;
    let mut here = 0;
    let mut buffer = Vec::new();
    for node in nodes {
        let (at, length) = places[node.offset as usize];
        input.seek_relative(at as i64 - here as i64)?;
        buffer.resize(length as usize, 0);
        input.read_exact(&mut buffer)?;
        out.write_all(&buffer)?;
        here = at + length;
    }
    input.seek(SeekFrom::Start(0))?;
    Ok(())
}

fn header(name: &str, schema: &Schema, crs: Crs, count: usize, extent: Option<&NodeItem>) -> Vec<u8> {
    let mut builder = FlatBufferBuilder::new();
    let columns: Vec<WIPOffset<Column>> = schema
        .fields
        .iter()
        .map(|field| {
            let name = Some(builder.create_string(&field.name));
            let title = field.title.as_ref().map(|title| builder.create_string(title));
            let metadata = (field.kind == Kind::Date).then(|| builder.create_string(DAY));
            let type_ = match field.kind {
                Kind::Boolean => ColumnType::Bool,
                Kind::Integer => ColumnType::Long,
                Kind::Number => ColumnType::Double,
                Kind::Text => ColumnType::String,
                Kind::Date | Kind::Instant => ColumnType::DateTime,
            };
            Column::create(&mut builder, &ColumnArgs { name, type_, title, metadata, ..Default::default() })
        })
        .collect();
    let columns = Some(builder.create_vector(&columns));
    let code = system::code(crs);
    let org = Some(builder.create_string("EPSG"));
    let wkt = system::wkt(crs).map(|wkt| builder.create_string(wkt));
    let crs = Some(StoredCrs::create(&mut builder, &CrsArgs { org, code: i32::from(code), wkt, ..Default::default() }));
    let envelope =
        extent.map(|extent| builder.create_vector(&[extent.min_x, extent.min_y, extent.max_x, extent.max_y]));
    let name = Some(builder.create_string(name));
    let header = Header::create(
        &mut builder,
        &HeaderArgs {
            name,
            envelope,
            geometry_type: GeometryType::Unknown,
            columns,
            features_count: count as u64,
            index_node_size: if extent.is_some() { WIDTH } else { 0 },
            crs,
            ..Default::default()
        },
    );
    builder.finish_size_prefixed(header, None);
    builder.finished_data().to_vec()
}

/// Finishes one feature in the builder; gives its box.
fn encode(builder: &mut FlatBufferBuilder, feature: &Feature, schema: &Schema) -> Option<map_feature::Bounds> {
    let shape = feature.geometry.as_ref();
    let bounds = shape.and_then(|shape| geometry::survey(shape).1);
    let properties = properties(feature, schema);
    let properties = (!properties.is_empty()).then(|| builder.create_vector(&properties));
    let geometry = shape.map(|shape| encode_shape(builder, shape));
    let done = Stored::create(builder, &FeatureArgs { geometry, properties, columns: None });
    builder.finish_size_prefixed(done, None);
    bounds
}

fn properties(feature: &Feature, schema: &Schema) -> Vec<u8> {
    let mut out = Vec::new();
    for (place, (value, field)) in feature.values.iter().zip(&schema.fields).enumerate() {
        let Some(value) = kinds::convert(value.clone(), field.kind).filter(|value| !value.is_null()) else { continue };
        out.extend_from_slice(&(place as u16).to_le_bytes());
        match value {
            Value::Boolean(value) => out.push(u8::from(value)),
            Value::Integer(value) => out.extend_from_slice(&value.to_le_bytes()),
            Value::Number(value) => out.extend_from_slice(&value.to_le_bytes()),
            other => {
                let text = other.to_string();
                out.extend_from_slice(&(text.len() as u32).to_le_bytes());
                out.extend_from_slice(text.as_bytes());
            }
        }
    }
    out
}

fn encode_shape<'a>(builder: &mut FlatBufferBuilder<'a>, shape: &Geometry<f64>) -> WIPOffset<StoredGeometry<'a>> {
    let mut flat = Flat::default();
    let mut parts = Vec::new();
    let type_ = match shape {
        Geometry::Point(point) => {
            flat.add(&[point.0]);
            GeometryType::Point
        }
        Geometry::MultiPoint(many) => {
            many.0.iter().for_each(|point| flat.add(&[point.0]));
            GeometryType::MultiPoint
        }
        Geometry::LineString(line) => {
            flat.add(&line.0);
            GeometryType::LineString
        }
        Geometry::Line(line) => {
            flat.add(&[line.start, line.end]);
            GeometryType::LineString
        }
        Geometry::MultiLineString(many) => {
            many.0.iter().for_each(|line: &LineString<f64>| flat.part(&line.0));
            GeometryType::MultiLineString
        }
        Geometry::Polygon(polygon) => {
            flat.rings(polygon);
            GeometryType::Polygon
        }
        Geometry::MultiPolygon(many) => {
            parts.extend(many.0.iter().map(|one| encode_shape(builder, &Geometry::Polygon(one.clone()))));
            GeometryType::MultiPolygon
        }
        Geometry::GeometryCollection(many) => {
            parts.extend(many.0.iter().map(|one| encode_shape(builder, one)));
            GeometryType::GeometryCollection
        }
        Geometry::Rect(rect) => return encode_shape(builder, &Geometry::Polygon(rect.to_polygon())),
        Geometry::Triangle(triangle) => return encode_shape(builder, &Geometry::Polygon(triangle.to_polygon())),
    };
    let ends = (flat.ends.len() > 1).then(|| builder.create_vector(&flat.ends));
    let xy = (!flat.xy.is_empty()).then(|| builder.create_vector(&flat.xy));
    let parts = (!parts.is_empty()).then(|| builder.create_vector(&parts));
    StoredGeometry::create(builder, &GeometryArgs { ends, xy, type_, parts, ..Default::default() })
}

#[derive(Default)]
struct Flat {
    xy: Vec<f64>,
    ends: Vec<u32>,
}

impl Flat {
    fn add(&mut self, line: &[Coord<f64>]) {
        self.xy.extend(line.iter().flat_map(|at| [at.x, at.y]));
    }

    fn part(&mut self, line: &[Coord<f64>]) {
        self.add(line);
        self.ends.push((self.xy.len() / 2) as u32);
    }

    fn rings(&mut self, polygon: &Polygon<f64>) {
        self.part(&polygon.exterior().0);
        polygon.interiors().iter().for_each(|ring| self.part(&ring.0));
    }
}
