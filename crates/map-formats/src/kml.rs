//! KML 2.2/2.3 (OGC 12-007r2): placemarks with their extended data, one at a time.

use std::io::Write;
use std::path::{Path, PathBuf};

use geo_types::{
    Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon,
};
use map_feature::{Crs, Feature, GeometryKind, Schema, Transformer, Value};

use crate::geometry::{self, Refused};
use crate::intake::Intake;
use crate::kinds::{Tally, parse};
use crate::look::Layer;
use crate::xml::{CUT, Element, Step, Xml, escape};
use crate::{CrsGuess, Error, Format, Limits, Options, ProblemKind, Reader, Result, Stop, Written};

pub(crate) struct File {
    path: PathBuf,
}

enum Met {
    /// A placemark and the names of the folders it is in.
    Placemark(Box<Element>, String),
    TooLong,
    Cut,
}

impl File {
    pub fn new(path: &Path) -> File {
        File { path: path.to_owned() }
    }

    /// All placemarks in document order.
    fn walk(&self, limits: &Limits, each: &mut dyn FnMut(Met, u64) -> Result<()>) -> Result<String> {
        let mut xml = Xml::open(&self.path, Format::Kml, limits)?;
        let mut title = String::new();
        // Open folders with their names; documents count as nameless ones.
        let mut folders: Vec<(String, String)> = Vec::new();
        loop {
            let step = match xml.next() {
                Ok(step) => step,
                Err(error) if error.to_string().ends_with(CUT) => {
                    each(Met::Cut, xml.meter.all())?;
                    return Ok(title);
                }
                Err(error) => return Err(error),
            };
            match step {
                Step::End => return Ok(title),
                Step::Open(name, attributes) if name == "Placemark" => {
                    let element = match Element::read(&mut xml, name, attributes) {
                        Err(error) if error.to_string().ends_with(CUT) => {
                            each(Met::Cut, xml.meter.all())?;
                            return Ok(title);
                        }
                        other => other?,
                    };
                    let names: Vec<&str> =
                        folders.iter().map(|(_, name)| name.as_str()).filter(|name| !name.is_empty()).collect();
                    let met = match element {
                        Some(element) => Met::Placemark(Box::new(element), names.join("/")),
                        None => Met::TooLong,
                    };
                    each(met, xml.meter.all())?;
                    xml.meter.next();
                }
                Step::Open(name, _) if name == "Folder" || name == "Document" => folders.push((name, String::new())),
                Step::Open(name, attributes) if name == "name" => {
                    let text = Element::read(&mut xml, name, attributes)?.map(|one| one.text).unwrap_or_default();
                    match folders.last_mut() {
                        Some((kind, name)) if kind == "Folder" => *name = text.trim().to_owned(),
                        _ if title.is_empty() => title = text.trim().to_owned(),
                        _ => {}
                    }
                }
                Step::Open(name, attributes) if name != "kml" => {
                    Element::read(&mut xml, name, attributes)?;
                }
                Step::Close(name) if name == "Folder" || name == "Document" => {
                    folders.pop();
                }
                _ => {}
            }
        }
    }
}

/// Name and value of everything said of a placemark.
fn said<'a>(placemark: &'a Element, folder: &'a str, put: &mut dyn FnMut(&str, &'a str)) {
    for name in ["name", "description", "address", "phoneNumber"] {
        if let Some(text) = placemark.text_of(name) {
            put(name, text);
        }
    }
    if !folder.is_empty() {
        put("folder", folder);
    }
    if let Some(when) = placemark.child("TimeStamp").and_then(|stamp| stamp.text_of("when")) {
        put("timestamp", when);
    }
    for name in ["begin", "end"] {
        if let Some(text) = placemark.child("TimeSpan").and_then(|span| span.text_of(name)) {
            put(name, text);
        }
    }
    for extended in placemark.children.iter().filter(|child| child.name == "ExtendedData") {
        for data in &extended.children {
            match data.name.as_str() {
                "Data" => {
                    if let (Some(name), Some(text)) = (data.attribute("name"), data.text_of("value")) {
                        put(name, text);
                    }
                }
                "SchemaData" => {
                    for simple in data.children.iter().filter(|child| child.name == "SimpleData") {
                        if let Some(name) = simple.attribute("name") {
                            put(name, simple.text.trim());
                        }
                    }
                }
                _ => {}
            }
        }
    }
}

struct Shapes {
    vertices: u64,
    depth: usize,
    flat: bool,
}

const SHAPES: [&str; 8] =
    ["Point", "LineString", "LinearRing", "Polygon", "MultiGeometry", "Track", "MultiTrack", "Model"];

impl Shapes {
    fn of(&mut self, parent: &Element, depth: usize) -> Result<Vec<Geometry<f64>>, Refused> {
        if depth > self.depth {
            return Err(Refused::Depth);
        }
        let mut all = Vec::new();
        for child in parent.children.iter().filter(|child| SHAPES.contains(&child.name.as_str())) {
            all.extend(match child.name.as_str() {
                "Point" => self.line(child)?.0.first().map(|at| Geometry::Point(Point(*at))),
                "LineString" | "LinearRing" => Some(Geometry::LineString(self.line(child)?)),
                "Polygon" => Some(Geometry::Polygon(self.polygon(child)?)),
                "Track" => Some(Geometry::LineString(self.track(child)?)),
                "MultiGeometry" | "MultiTrack" => gather(self.of(child, depth + 1)?),
                _ => return Err(Refused::Unknown),
            });
        }
        Ok(all)
    }

    fn polygon(&mut self, element: &Element) -> Result<Polygon<f64>, Refused> {
        let mut exterior = None;
        let mut interiors = Vec::new();
        for boundary in &element.children {
            for ring in boundary.children.iter().filter(|child| child.name == "LinearRing") {
                match boundary.name.as_str() {
                    "outerBoundaryIs" if exterior.is_none() => exterior = Some(self.line(ring)?),
                    "innerBoundaryIs" => interiors.push(self.line(ring)?),
                    _ => {}
                }
            }
        }
        Ok(Polygon::new(exterior.ok_or(Refused::Malformed)?, interiors))
    }

    fn line(&mut self, element: &Element) -> Result<LineString<f64>, Refused> {
        let text = element.child("coordinates").map(|one| one.text.as_str()).unwrap_or_default();
        let mut line = Vec::new();
        for tuple in text.split_ascii_whitespace() {
            line.push(self.position(tuple.split(','))?);
        }
        Ok(LineString(line))
    }

    fn track(&mut self, element: &Element) -> Result<LineString<f64>, Refused> {
        let coords = element.children.iter().filter(|child| child.name == "coord");
        coords.map(|one| self.position(one.text.split_ascii_whitespace())).collect::<Result<_, _>>().map(LineString)
    }

    fn position<'a>(&mut self, numbers: impl Iterator<Item = &'a str>) -> Result<Coord<f64>, Refused> {
        self.vertices = self.vertices.checked_sub(1).ok_or(Refused::Vertices)?;
        let mut numbers = numbers.map(|number| number.trim().parse::<f64>().map_err(|_| Refused::Malformed));
        let mut next = || numbers.next().ok_or(Refused::Malformed)?;
        let at = Coord { x: next()?, y: next()? };
        // Most programs write a height of nothing.
        self.flat &= numbers.next().is_none_or(|height| height.is_ok_and(|height| height == 0.0));
        Ok(at)
    }
}

/// Several as one: a multi-geometry when all are of one kind.
fn gather(mut all: Vec<Geometry<f64>>) -> Option<Geometry<f64>> {
    if all.len() < 2 {
        return all.pop();
    }
    let kind = all.iter().map(geometry::kind).fold(None, |kind, one| Some(geometry::joined(kind, one)));
    let (mut points, mut lines, mut areas) = (Vec::new(), Vec::new(), Vec::new());
    if kind == Some(GeometryKind::Any) {
        return Some(Geometry::GeometryCollection(GeometryCollection(all)));
    }
    for one in all {
        match one {
            Geometry::Point(point) => points.push(point),
            Geometry::MultiPoint(many) => points.extend(many.0),
            Geometry::LineString(line) => lines.push(line),
            Geometry::MultiLineString(many) => lines.extend(many.0),
            Geometry::Polygon(polygon) => areas.push(polygon),
            Geometry::MultiPolygon(many) => areas.extend(many.0),
            _ => {}
        }
    }
    Some(match kind {
        Some(GeometryKind::Point) => Geometry::MultiPoint(MultiPoint(points)),
        Some(GeometryKind::Line) => Geometry::MultiLineString(MultiLineString(lines)),
        _ => Geometry::MultiPolygon(MultiPolygon(areas)),
    })
}

fn shape(placemark: &Element, limits: &Limits) -> Result<(Option<Geometry<f64>>, bool), Refused> {
    let mut shapes = Shapes { vertices: limits.vertices, depth: limits.depth, flat: true };
    let all = shapes.of(placemark, 0)?;
    Ok((gather(all), shapes.flat))
}

impl Reader for File {
    fn layers(&mut self, options: &Options) -> Result<Vec<Layer>> {
        let mut tally = Tally::default();
        let mut layer = Layer { crs: CrsGuess::stated(Crs::Crs84), ..Layer::default() };
        let mut kind = None;
        let mut count = 0;
        let limits = &options.limits;
        layer.name = self.walk(limits, &mut |met, _| {
            count += 1;
            let Met::Placemark(placemark, folder) = met else { return Ok(()) };
            let mut full = Ok(());
            said(&placemark, &folder, &mut |name, text| match tally.place(name, limits) {
                Ok(place) => tally.see_text(place, text),
                Err(error) => full = Err(error),
            });
            if let Ok((Some(shape), _)) = shape(&placemark, limits) {
                kind = Some(geometry::joined(kind, geometry::kind(&shape)));
                if let (_, Some(bounds), true) = geometry::survey(&shape) {
                    layer.seen = Some(layer.seen.map_or(bounds, |all| all.joined(bounds)));
                }
            }
            full
        })?;
        layer.schema = Schema { fields: tally.fields(), geometry: kind.unwrap_or(GeometryKind::None) };
        layer.count = Some(count);
        Ok(vec![layer])
    }

    fn read(&mut self, layer: &Layer, options: &Options, intake: &mut Intake) -> Result<()> {
        let total = std::fs::metadata(&self.path)?.len();
        let mut row = 0;
        self.walk(&options.limits, &mut |met, done| {
            row += 1;
            intake.at(done, total);
            match met {
                Met::Placemark(placemark, folder) => take(row, &placemark, &folder, layer, options, intake),
                Met::TooLong => intake.reject(row, None, ProblemKind::TooLong, ""),
                Met::Cut => intake.reject(row, None, ProblemKind::Truncated, ""),
            }
        })?;
        Ok(())
    }
}

fn take(
    row: u64,
    placemark: &Element,
    folder: &str,
    layer: &Layer,
    options: &Options,
    intake: &mut Intake,
) -> Result<()> {
    let id = placemark.attribute("id").filter(|id| !id.is_empty()).map(str::to_owned);
    let (shape, flat) = match shape(placemark, &options.limits) {
        Ok(found) => found,
        Err(why) => {
            let name = placemark.text_of("name").unwrap_or_default();
            return intake.reject(row, id.as_deref(), why.into(), name);
        }
    };
    if !flat {
        intake.note(ProblemKind::ThirdDimension, row, id.as_deref(), None);
    }
    let mut values = vec![Value::Null; layer.schema.fields.len()];
    said(placemark, folder, &mut |name, text| {
        let Some(place) = layer.schema.position(name) else { return };
        match parse(text, layer.schema.fields[place].kind) {
            Some(value) => values[place] = value,
            None => intake.note(ProblemKind::WrongKind, row, id.as_deref(), Some(place)),
        }
    });
    let id = match &options.columns.id {
        Some(name) => layer.schema.position(name).map(|place| values[place].to_string()).filter(|id| !id.is_empty()),
        None => id,
    };
    intake.feature(row, Feature { id, geometry: shape, values })
}

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
        let options = zip::write::SimpleFileOptions::default().large_file(true);
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
