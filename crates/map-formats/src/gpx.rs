//! GPX 1.0/1.1: waypoints, routes and tracks, each a layer.

use std::io::Write;
use std::path::{Path, PathBuf};

use geo_types::{Coord, Geometry, LineString, MultiLineString, Point};
use map_feature::{Bounds, Crs, Feature, GeometryKind, Schema, Transformer, Value};

use crate::intake::Intake;
use crate::kinds::{Tally, parse};
use crate::look::Layer;
use crate::xml::{CUT, Element, Step, Xml, escape};
use crate::{CrsGuess, Error, Format, Limits, Options, ProblemKind, Reader, Result, Stop, Written};

pub(crate) struct File {
    path: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Waypoint,
    Route,
    Track,
}

impl Class {
    const ALL: [Class; 3] = [Class::Waypoint, Class::Route, Class::Track];

    fn of(name: &str) -> Option<Class> {
        Some(match name {
            "wpt" => Class::Waypoint,
            "rte" => Class::Route,
            "trk" => Class::Track,
            _ => return None,
        })
    }

    fn layer(self) -> &'static str {
        match self {
            Class::Waypoint => "waypoints",
            Class::Route => "routes",
            Class::Track => "tracks",
        }
    }
}

/// One waypoint, route or track.
struct Thing {
    class: Class,
    said: Vec<(String, String)>,
    lines: Vec<Vec<Coord<f64>>>,
    bad: Option<ProblemKind>,
    heights: bool,
}

impl Thing {
    fn shape(&mut self) -> Option<Geometry<f64>> {
        if self.class == Class::Waypoint {
            return self.lines.first().and_then(|line| line.first()).map(|at| Geometry::Point(Point(*at)));
        }
        let mut lines: Vec<LineString<f64>> =
            std::mem::take(&mut self.lines).into_iter().filter(|line| !line.is_empty()).map(LineString).collect();
        if lines.len() > 1 {
            return Some(Geometry::MultiLineString(MultiLineString(lines)));
        }
        lines.pop().map(Geometry::LineString)
    }
}

impl File {
    pub fn new(path: &Path) -> File {
        File { path: path.to_owned() }
    }

    /// All things in document order; `None`: the file ends within one.
    fn walk(&self, limits: &Limits, each: &mut dyn FnMut(Option<Thing>, u64) -> Result<()>) -> Result<()> {
        let mut xml = Xml::open(&self.path, Format::Gpx, limits)?;
        loop {
            let thing = match step(&mut xml, limits) {
                Ok(Some(thing)) => Some(thing),
                Ok(None) => return Ok(()),
                Err(error) if error.to_string().ends_with(CUT) => None,
                Err(error) => return Err(error),
            };
            let last = thing.is_none();
            each(thing, xml.meter.all())?;
            if last {
                return Ok(());
            }
            xml.meter.next();
        }
    }
}

fn step(xml: &mut Xml, limits: &Limits) -> Result<Option<Thing>> {
    loop {
        match xml.next()? {
            Step::End => return Ok(None),
            Step::Open(name, attributes) => match Class::of(&name) {
                Some(class) => return thing(xml, class, &attributes, limits).map(Some),
                None if name == "gpx" => {}
                None => {
                    Element::read(xml, name, attributes)?;
                }
            },
            _ => {}
        }
    }
}

fn thing(xml: &mut Xml, class: Class, attributes: &[(String, String)], limits: &Limits) -> Result<Thing> {
    let mut thing = Thing { class, said: Vec::new(), lines: vec![Vec::new()], bad: None, heights: false };
    let mut left = limits.vertices;
    if class == Class::Waypoint {
        vertex(&mut thing, attributes, &mut left);
    }
    loop {
        match xml.next()? {
            Step::Open(name, attributes) if name == "trkpt" || name == "rtept" => {
                vertex(&mut thing, &attributes, &mut left);
                let inside = Element::read(xml, name, attributes)?;
                thing.heights |= inside.is_some_and(|point| point.child("ele").is_some());
            }
            Step::Open(name, _) if name == "trkseg" => thing.lines.push(Vec::new()),
            Step::Open(name, attributes) if name == "extensions" => {
                let Some(extensions) = Element::read(xml, name, attributes)? else { continue };
                let leaves = extensions.children.into_iter().filter(|child| child.children.is_empty());
                thing.said.extend(leaves.map(|leaf| {
                    let name = leaf.attribute("name").map_or_else(|| leaf.name.clone(), str::to_owned);
                    (name, leaf.text.trim().to_owned())
                }));
            }
            Step::Open(name, attributes) => {
                if let Some(leaf) = Element::read(xml, name, attributes)?
                    && leaf.children.is_empty()
                {
                    thing.said.push((leaf.name, leaf.text.trim().to_owned()));
                }
            }
            Step::Close(name) if Class::of(&name) == Some(class) => return Ok(thing),
            Step::End => return Ok(thing),
            _ => {}
        }
    }
}

fn vertex(thing: &mut Thing, attributes: &[(String, String)], left: &mut u64) {
    if *left == 0 {
        thing.bad = Some(ProblemKind::TooManyVertices);
        return;
    }
    *left -= 1;
    let number = |wanted: &str| {
        let text = attributes.iter().find(|(name, _)| name == wanted).map(|(_, text)| text.trim())?;
        text.parse::<f64>().ok().filter(|number| number.is_finite())
    };
    match (number("lon"), number("lat"), thing.lines.last_mut()) {
        (Some(x), Some(y), Some(line)) => line.push(Coord { x, y }),
        _ => thing.bad = Some(ProblemKind::BadCoordinate),
    }
}

impl Reader for File {
    fn layers(&mut self, options: &Options) -> Result<Vec<Layer>> {
        let mut found: Vec<(Class, Tally, u64, Option<Bounds>)> = Vec::new();
        self.walk(&options.limits, &mut |thing, _| {
            let Some(mut thing) = thing else { return Ok(()) };
            let place = match found.iter().position(|one| one.0 == thing.class) {
                Some(place) => place,
                None => {
                    found.push((thing.class, Tally::default(), 0, None));
                    found.len() - 1
                }
            };
            let (_, tally, count, seen) = &mut found[place];
            *count += 1;
            for (name, text) in &thing.said {
                let place = tally.place(name, &options.limits)?;
                tally.see_text(place, text);
            }
            if let Some((_, Some(bounds), true)) = thing.shape().map(|shape| crate::geometry::survey(&shape)) {
                *seen = Some(seen.map_or(bounds, |all| all.joined(bounds)));
            }
            Ok(())
        })?;
        found.sort_by_key(|one| Class::ALL.iter().position(|class| *class == one.0));
        let layer = |(class, tally, count, seen): (Class, Tally, u64, Option<Bounds>)| {
            let geometry = if class == Class::Waypoint { GeometryKind::Point } else { GeometryKind::Line };
            Layer {
                name: class.layer().to_owned(),
                schema: Schema { fields: tally.fields(), geometry },
                crs: CrsGuess::stated(Crs::Crs84),
                count: Some(count),
                seen,
                ..Layer::default()
            }
        };
        if found.is_empty() {
            found.push((Class::Waypoint, Tally::default(), 0, None));
        }
        Ok(found.into_iter().map(layer).collect())
    }

    fn read(&mut self, layer: &Layer, options: &Options, intake: &mut Intake) -> Result<()> {
        let total = std::fs::metadata(&self.path)?.len();
        let mut row = 0;
        self.walk(&options.limits, &mut |thing, done| {
            intake.at(done, total);
            let Some(mut thing) = thing else { return intake.reject(row + 1, None, ProblemKind::Truncated, "") };
            if thing.class.layer() != layer.name {
                return Ok(());
            }
            row += 1;
            if let Some(bad) = thing.bad {
                let said: Vec<&str> = thing.said.iter().map(|(_, text)| text.as_str()).collect();
                return intake.reject(row, None, bad, &said.join("; "));
            }
            let mut values = vec![Value::Null; layer.schema.fields.len()];
            for (name, text) in &thing.said {
                let Some(place) = layer.schema.position(name) else { continue };
                match parse(text, layer.schema.fields[place].kind) {
                    Some(value) => values[place] = value,
                    None => intake.note(ProblemKind::WrongKind, row, None, Some(place)),
                }
            }
            if thing.heights {
                intake.note(ProblemKind::ThirdDimension, row, None, None);
            }
            let id = options.columns.id.as_ref().and_then(|name| layer.schema.position(name));
            let id = id.map(|place| values[place].to_string()).filter(|id| !id.is_empty());
            intake.feature(row, Feature { id, geometry: thing.shape(), values })
        })
    }
}

/// Elements of GPX 1.1 that fields of the same name go to, in the schema's order, for waypoints and for tracks.
const OF_POINTS: [&str; 8] = ["ele", "time", "name", "cmt", "desc", "src", "sym", "type"];
const OF_TRACKS: [&str; 5] = ["name", "cmt", "desc", "src", "type"];

/// Points as waypoints, lines as tracks; areas are left out. Other fields stand in `extensions`.
pub(crate) fn write(
    schema: &Schema,
    crs: Crs,
    features: &mut dyn Iterator<Item = Result<Feature, Stop>>,
    out: &mut dyn Write,
) -> Result<Written> {
    let refused = |source| Error::Crs { format: Format::Gpx, source };
    let transformer = Transformer::new(crs, Crs::Crs84).map_err(refused)?;
    let mut text = b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gpx version=\"1.1\" creator=\"Madang\" xmlns=\"http://www.topografix.com/GPX/1/1\">\n".to_vec();
    // The schema wants all waypoints before all tracks.
    let mut tracks = std::io::BufWriter::new(tempfile::tempfile()?);
    let mut written = Written::default();
    for feature in features {
        let mut feature = feature.map_err(Error::Stopped)?;
        let shape = match feature.geometry.take() {
            Some(shape) => transformer.geometry(&shape).map_err(refused)?,
            None => {
                written.left_out += 1;
                continue;
            }
        };
        let fits = match &shape {
            Geometry::Point(at) => {
                waypoint(&mut text, at.0, schema, &feature);
                true
            }
            Geometry::MultiPoint(many) => {
                many.0.iter().for_each(|at| waypoint(&mut text, at.0, schema, &feature));
                true
            }
            Geometry::LineString(line) => {
                let mut track_text = Vec::new();
                track(&mut track_text, std::slice::from_ref(line), schema, &feature);
                tracks.write_all(&track_text)?;
                true
            }
            Geometry::MultiLineString(many) => {
                let mut track_text = Vec::new();
                track(&mut track_text, &many.0, schema, &feature);
                tracks.write_all(&track_text)?;
                true
            }
            _ => false,
        };
        written.features += u64::from(fits);
        written.left_out += u64::from(!fits);
        if text.len() > 1 << 16 {
            out.write_all(&text)?;
            text.clear();
        }
    }
    out.write_all(&text)?;
    let mut tracks = tracks.into_inner().map_err(|error| error.into_error())?;
    std::io::Seek::rewind(&mut tracks)?;
    std::io::copy(&mut tracks, out)?;
    out.write_all(b"</gpx>\n")?;
    Ok(written)
}

fn position(out: &mut Vec<u8>, at: Coord<f64>) {
    out.extend_from_slice(b" lat=\"");
    crate::geojson::write_decimal(out, at.y, 9);
    out.extend_from_slice(b"\" lon=\"");
    crate::geojson::write_decimal(out, at.x, 9);
    out.push(b'"');
}

fn waypoint(out: &mut Vec<u8>, at: Coord<f64>, schema: &Schema, feature: &Feature) {
    out.extend_from_slice(b"<wpt");
    position(out, at);
    out.push(b'>');
    said(out, &OF_POINTS, schema, feature);
    out.extend_from_slice(b"</wpt>\n");
}

fn track(out: &mut Vec<u8>, lines: &[LineString<f64>], schema: &Schema, feature: &Feature) {
    out.extend_from_slice(b"<trk>");
    said(out, &OF_TRACKS, schema, feature);
    for line in lines {
        out.extend_from_slice(b"<trkseg>");
        for at in &line.0 {
            out.extend_from_slice(b"<trkpt");
            position(out, *at);
            out.extend_from_slice(b"/>");
        }
        out.extend_from_slice(b"</trkseg>");
    }
    out.extend_from_slice(b"</trk>\n");
}

fn said(out: &mut Vec<u8>, known: &[&str], schema: &Schema, feature: &Feature) {
    for name in known {
        let value = schema.position(name).and_then(|place| feature.values.get(place)).filter(|value| !value.is_null());
        if let Some(value) = value {
            out.extend_from_slice(format!("<{name}>").as_bytes());
            escape(out, &value.to_string());
            out.extend_from_slice(format!("</{name}>").as_bytes());
        }
    }
    let others = schema.fields.iter().zip(&feature.values);
    let mut others =
        others.filter(|(field, value)| !known.contains(&field.name.as_str()) && !value.is_null()).peekable();
    if others.peek().is_none() {
        return;
    }
    out.extend_from_slice(b"<extensions>");
    for (field, value) in others {
        out.extend_from_slice(b"<field xmlns=\"urn:madang:gpx\" name=\"");
        escape(out, &field.name);
        out.extend_from_slice(b"\">");
        escape(out, &value.to_string());
        out.extend_from_slice(b"</field>");
    }
    out.extend_from_slice(b"</extensions>");
}
