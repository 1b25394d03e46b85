//! TopoJSON 1.0: a topology of shared arcs. Read only, and whole: a topology cannot be read piece by piece.

use std::io::Read;
use std::path::{Path, PathBuf};

use geo_types::{
    Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon,
};
use map_feature::{Crs, Feature, GeometryKind, Schema};
use serde::Deserialize;
use serde_json::{Map, Value as Json};

use crate::geojson::{Fields, Row, bbox, collect};
use crate::geometry::{self, Refused};
use crate::intake::Intake;
use crate::kinds::{Scalar, Tally};
use crate::look::Layer;
use crate::{CrsGuess, Error, Format, Limited, Limits, Options, ProblemKind, Reader, Result, source};

pub(crate) struct File {
    path: PathBuf,
}

/// Whole topologies larger than this are not read.
const LARGEST: u64 = 256 << 20;

#[derive(Deserialize)]
struct Topology {
    objects: Map<String, Json>,
    arcs: Vec<Vec<Vec<f64>>>,
    transform: Option<Transform>,
    bbox: Option<Vec<f64>>,
}

#[derive(Deserialize)]
struct Transform {
    scale: [f64; 2],
    translate: [f64; 2],
}

impl File {
    pub fn new(path: &Path) -> File {
        File { path: path.to_owned() }
    }

    fn topology(&self) -> Result<Topology> {
        let mut text = Vec::new();
        source::open(&self.path)?.take(LARGEST + 1).read_to_end(&mut text)?;
        if text.len() as u64 > LARGEST {
            return Err(Error::Limit { what: Limited::FileBytes, limit: LARGEST });
        }
        let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&text);
        let mut topology: Topology =
            serde_json::from_slice(text).map_err(|error| Error::broken(Format::TopoJson, error))?;
        if let Some(transform) = &topology.transform {
            for arc in &mut topology.arcs {
                let (mut x, mut y) = (0.0, 0.0);
                for position in arc.iter_mut().filter(|position| position.len() >= 2) {
                    x += position[0];
                    y += position[1];
                    (position[0], position[1]) = transform.apply(x, y);
                }
            }
        }
        Ok(topology)
    }
}

impl Transform {
    fn apply(&self, x: f64, y: f64) -> (f64, f64) {
        (x * self.scale[0] + self.translate[0], y * self.scale[1] + self.translate[1])
    }
}

/// The features of one object: the members of a collection, or itself.
fn members(object: &Json) -> Vec<&Json> {
    match (object.get("type").and_then(Json::as_str), object.get("geometries").and_then(Json::as_array)) {
        (Some("GeometryCollection"), Some(all)) => all.iter().collect(),
        _ => vec![object],
    }
}

impl Topology {
    fn shape(&self, object: &Json, budget: &mut u64, depth: usize) -> Result<Option<Geometry<f64>>, Refused> {
        let class = object.get("type").and_then(Json::as_str);
        let arcs = object.get("arcs").unwrap_or(&Json::Null);
        let places = object.get("coordinates").unwrap_or(&Json::Null);
        Ok(Some(match class {
            None => return Ok(None),
            Some("Point") => Geometry::Point(self.point(places, budget)?),
            Some("MultiPoint") => {
                let all = list(places)?.iter().map(|place| self.point(place, budget)).collect::<Result<_, _>>()?;
                Geometry::MultiPoint(MultiPoint(all))
            }
            Some("LineString") => Geometry::LineString(self.line(arcs, budget)?),
            Some("MultiLineString") => Geometry::MultiLineString(MultiLineString(self.lines(arcs, budget)?)),
            Some("Polygon") => Geometry::Polygon(self.polygon(arcs, budget)?),
            Some("MultiPolygon") => {
                let all = list(arcs)?.iter().map(|rings| self.polygon(rings, budget)).collect::<Result<_, _>>()?;
                Geometry::MultiPolygon(MultiPolygon(all))
            }
            Some("GeometryCollection") => {
                if depth == 0 {
                    return Err(Refused::Depth);
                }
                let mut all = Vec::new();
                for part in list(object.get("geometries").unwrap_or(&Json::Null))? {
                    all.extend(self.shape(part, budget, depth - 1)?);
                }
                Geometry::GeometryCollection(GeometryCollection(all))
            }
            Some(_) => return Err(Refused::Unknown),
        }))
    }

    fn point(&self, place: &Json, budget: &mut u64) -> Result<Point<f64>, Refused> {
        *budget = budget.checked_sub(1).ok_or(Refused::Vertices)?;
        let number = |at: usize| place.get(at).and_then(Json::as_f64).ok_or(Refused::Malformed);
        let (x, y) = (number(0)?, number(1)?);
        let (x, y) = self.transform.as_ref().map_or((x, y), |transform| transform.apply(x, y));
        Ok(Point::new(x, y))
    }

    /// Arcs one after the other; a negative number is one read backwards.
    fn line(&self, arcs: &Json, budget: &mut u64) -> Result<LineString<f64>, Refused> {
        let mut line: Vec<Coord<f64>> = Vec::new();
        for number in list(arcs)? {
            let number = number.as_i64().ok_or(Refused::Malformed)?;
            let place = usize::try_from(if number < 0 { !number } else { number }).map_err(|_| Refused::Malformed)?;
            let arc = self.arcs.get(place).ok_or(Refused::Malformed)?;
            *budget = budget.checked_sub(arc.len() as u64).ok_or(Refused::Vertices)?;
            let vertex = |position: &Vec<f64>| match position[..] {
                [x, y, ..] => Ok(Coord { x, y }),
                _ => Err(Refused::Malformed),
            };
            let skip = usize::from(!line.is_empty());
            if number < 0 {
                line.extend(arc.iter().rev().skip(skip).map(vertex).collect::<Result<Vec<_>, _>>()?);
            } else {
                line.extend(arc.iter().skip(skip).map(vertex).collect::<Result<Vec<_>, _>>()?);
            }
        }
        Ok(LineString(line))
    }

    fn lines(&self, arcs: &Json, budget: &mut u64) -> Result<Vec<LineString<f64>>, Refused> {
        list(arcs)?.iter().map(|one| self.line(one, budget)).collect()
    }

    fn polygon(&self, arcs: &Json, budget: &mut u64) -> Result<Polygon<f64>, Refused> {
        let mut rings = self.lines(arcs, budget)?.into_iter();
        let exterior = rings.next().ok_or(Refused::Malformed)?;
        Ok(Polygon::new(exterior, rings.collect()))
    }
}

fn list(json: &Json) -> Result<&Vec<Json>, Refused> {
    json.as_array().ok_or(Refused::Malformed)
}

struct Counting<'a>(&'a mut Tally, &'a Limits);

impl Fields for Counting<'_> {
    fn place(&mut self, name: &str) -> Option<usize> {
        self.0.place(name, self.1).ok()
    }

    fn put(&mut self, place: usize, value: Scalar) {
        self.0.see(place, value);
    }
}

impl Reader for File {
    fn layers(&mut self, options: &Options) -> Result<Vec<Layer>> {
        let topology = self.topology()?;
        let mut layers = Vec::new();
        for (name, object) in topology.objects.iter().take(options.limits.layers) {
            let mut tally = Tally::default();
            let mut kind = None;
            let all = members(object);
            for member in &all {
                if let Some(properties) = member.get("properties").and_then(Json::as_object) {
                    collect(properties, &mut Counting(&mut tally, &options.limits));
                }
                kind = match member.get("type").and_then(Json::as_str) {
                    Some("Point" | "MultiPoint") => Some(geometry::joined(kind, GeometryKind::Point)),
                    Some("LineString" | "MultiLineString") => Some(geometry::joined(kind, GeometryKind::Line)),
                    Some("Polygon" | "MultiPolygon") => Some(geometry::joined(kind, GeometryKind::Polygon)),
                    Some(_) => Some(GeometryKind::Any),
                    None => kind,
                };
            }
            layers.push(Layer {
                name: name.clone(),
                schema: Schema { fields: tally.fields(), geometry: kind.unwrap_or(GeometryKind::None) },
                crs: CrsGuess::stated(Crs::Crs84),
                count: Some(all.len() as u64),
                declared: topology.bbox.as_deref().and_then(bbox),
                ..Layer::default()
            });
        }
        Ok(layers)
    }

    fn read(&mut self, layer: &Layer, options: &Options, intake: &mut Intake) -> Result<()> {
        let topology = self.topology()?;
        let Some(object) = topology.objects.get(&layer.name) else { return Err(Error::NoLayer(layer.name.clone())) };
        let all = members(object);
        for (place, member) in all.iter().enumerate() {
            let row = place as u64 + 1;
            intake.at(row, all.len() as u64);
            let mut fields = Row::new(&layer.schema);
            if let Some(properties) = member.get("properties").and_then(Json::as_object) {
                collect(properties, &mut fields);
            }
            let id = match &options.columns.id {
                Some(name) => layer.schema.position(name).map(|place| fields.values[place].to_string()),
                None => member.get("id").map(|id| id.as_str().map_or_else(|| id.to_string(), str::to_owned)),
            };
            let id = id.filter(|id| !id.is_empty());
            for place in fields.wrong {
                intake.note(ProblemKind::WrongKind, row, id.as_deref(), Some(place));
            }
            let mut budget = options.limits.vertices;
            match topology.shape(member, &mut budget, options.limits.depth) {
                Ok(geometry) => intake.feature(row, Feature { id, geometry, values: fields.values })?,
                Err(why) => intake.reject(row, id.as_deref(), why.into(), "")?,
            }
        }
        Ok(())
    }
}
