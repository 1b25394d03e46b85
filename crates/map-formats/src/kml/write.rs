//! A document of placemarks.

use std::io::Write;

use geo_types::{Coord, Geometry, LineString, Point, Polygon};
use map_feature::{Crs, Feature, Schema, Transformer};

use crate::xml::escape;
use crate::{Error, Format, Result, Stop, Written, geometry};

/// A document of placemarks; fields other than name and description as typed extended data.
pub(crate) fn write(
    format: Format,
    name: &str,
    schema: &Schema,
    crs: Crs,
    features: &mut dyn Iterator<Item = Result<Feature, Stop>>,
    out: &mut dyn Write,
) -> Result<Written> {
    if format == Format::Kmz {
        let mut archive = zip::ZipWriter::new(tempfile::tempfile()?);
        // Without ZIP64, which Google's own library does not read.
        let options = zip::write::SimpleFileOptions::default();
        archive.start_file("doc.kml", options).map_err(std::io::Error::other)?;
        let written = document(name, schema, crs, features, &mut archive)?;
        let mut file = archive.finish().map_err(std::io::Error::other)?;
        std::io::Seek::rewind(&mut file)?;
        std::io::copy(&mut file, out)?;
        return Ok(written);
    }
    document(name, schema, crs, features, out)
}

fn document(
    name: &str,
    schema: &Schema,
    crs: Crs,
    features: &mut dyn Iterator<Item = Result<Feature, Stop>>,
    out: &mut dyn Write,
) -> Result<Written> {
    let refused = |source| Error::Crs { format: Format::Kml, source };
    let transformer = Transformer::new(crs, Crs::Crs84).map_err(refused)?;
    let mut text = Vec::new();
    text.extend_from_slice(
        b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document><name>",
    );
    escape(&mut text, name);
    text.extend_from_slice(b"</name>\n");
    let mut written = Written::default();
    for feature in features {
        let mut feature = feature.map_err(Error::Stopped)?;
        if let Some(shape) = &mut feature.geometry {
            *shape = transformer.geometry(shape).map_err(refused)?;
        }
        placemark(&mut text, schema, &feature);
        written.features += 1;
        if text.len() > 1 << 16 {
            out.write_all(&text)?;
            text.clear();
        }
    }
    text.extend_from_slice(b"</Document></kml>\n");
    out.write_all(&text)?;
    Ok(written)
}

fn placemark(out: &mut Vec<u8>, schema: &Schema, feature: &Feature) {
    out.extend_from_slice(b"<Placemark");
    if let Some(id) = &feature.id {
        out.extend_from_slice(b" id=\"");
        escape(out, id);
        out.push(b'"');
    }
    out.push(b'>');
    let known = ["name", "description"];
    for name in known {
        let value = schema.position(name).and_then(|place| feature.values.get(place)).filter(|value| !value.is_null());
        if let Some(value) = value {
            out.extend_from_slice(format!("<{name}>").as_bytes());
            escape(out, &value.to_string());
            out.extend_from_slice(format!("</{name}>").as_bytes());
        }
    }
    let others = || {
        schema
            .fields
            .iter()
            .zip(&feature.values)
            .filter(|(field, value)| !known.contains(&field.name.as_str()) && !value.is_null())
    };
    if others().next().is_some() {
        out.extend_from_slice(b"<ExtendedData>");
        for (field, value) in others() {
            out.extend_from_slice(b"<Data name=\"");
            escape(out, &field.name);
            out.extend_from_slice(b"\"><value>");
            escape(out, &value.to_string());
            out.extend_from_slice(b"</value></Data>");
        }
        out.extend_from_slice(b"</ExtendedData>");
    }
    if let Some(shape) = &feature.geometry {
        write_shape(out, shape);
    }
    out.extend_from_slice(b"</Placemark>\n");
}

fn write_shape(out: &mut Vec<u8>, shape: &Geometry<f64>) {
    fn coordinates(out: &mut Vec<u8>, line: impl Iterator<Item = Coord<f64>>) {
        out.extend_from_slice(b"<coordinates>");
        for (count, at) in line.enumerate() {
            if count > 0 {
                out.push(b' ');
            }
            crate::geojson::write_decimal(out, at.x, 9);
            out.push(b',');
            crate::geojson::write_decimal(out, at.y, 9);
        }
        out.extend_from_slice(b"</coordinates>");
    }
    fn tagged(out: &mut Vec<u8>, name: &str, inside: impl FnOnce(&mut Vec<u8>)) {
        out.extend_from_slice(format!("<{name}>").as_bytes());
        inside(out);
        out.extend_from_slice(format!("</{name}>").as_bytes());
    }
    let line = |out: &mut Vec<u8>, line: &LineString<f64>| {
        tagged(out, "LineString", |out| coordinates(out, line.0.iter().copied()))
    };
    let area = |out: &mut Vec<u8>, polygon: &Polygon<f64>| {
        tagged(out, "Polygon", |out| {
            let ring = |out: &mut Vec<u8>, ring: &LineString<f64>, outer: bool| {
                tagged(out, "LinearRing", |out| coordinates(out, geometry::turned(&ring.0, outer)));
            };
            tagged(out, "outerBoundaryIs", |out| ring(out, polygon.exterior(), true));
            for hole in polygon.interiors() {
                tagged(out, "innerBoundaryIs", |out| ring(out, hole, false));
            }
        });
    };
    let point =
        |out: &mut Vec<u8>, point: &Point<f64>| tagged(out, "Point", |out| coordinates(out, std::iter::once(point.0)));
    match shape {
        Geometry::Point(one) => point(out, one),
        Geometry::LineString(one) => line(out, one),
        Geometry::Polygon(one) => area(out, one),
        Geometry::MultiPoint(many) => tagged(out, "MultiGeometry", |out| many.0.iter().for_each(|one| point(out, one))),
        Geometry::MultiLineString(many) => {
            tagged(out, "MultiGeometry", |out| many.0.iter().for_each(|one| line(out, one)));
        }
        Geometry::MultiPolygon(many) => {
            tagged(out, "MultiGeometry", |out| many.0.iter().for_each(|one| area(out, one)));
        }
        Geometry::GeometryCollection(many) => {
            tagged(out, "MultiGeometry", |out| many.0.iter().for_each(|one| write_shape(out, one)));
        }
        Geometry::Line(two) => line(out, &LineString(vec![two.start, two.end])),
        Geometry::Rect(rect) => area(out, &rect.to_polygon()),
        Geometry::Triangle(triangle) => area(out, &triangle.to_polygon()),
    }
}
