//! OpenStreetMap extracts: tagged nodes as points, ways as lines or areas, multipolygon relations as areas.

mod areas;
mod block;
mod pbf;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use geo_types::{Coord, Geometry, LineString, Point, Polygon};
use map_feature::{Crs, Feature, Field, GeometryKind, Kind, Schema, Value};

use crate::intake::Intake;
use crate::look::Layer;
use crate::{CrsGuess, Error, Limited, Options, ProblemKind, Reader, Result, geojson};
use block::{Block, Thing, Want};
use pbf::{Blob, Blobs, broken};

pub(crate) struct File {
    path: PathBuf,
}

const POINTS: &str = "points";
const LINES: &str = "lines";
const AREAS: &str = "areas";
/// Of those who edit, not of the place.
const UNTOLD: [&str; 6] = ["created_by", "source", "odbl", "attribution", "note", "fixme"];

const NODES: Want = Want { nodes: true, ways: false, relations: false };
const WAYS: Want = Want { nodes: false, ways: true, relations: false };
const RELATIONS: Want = Want { nodes: false, ways: false, relations: true };

/// No coordinate is here.
const NOWHERE: (i32, i32) = (i32::MAX, i32::MAX);

pub(super) fn degrees(at: (i32, i32)) -> Coord<f64> {
    Coord { x: f64::from(at.0) / 1e7, y: f64::from(at.1) / 1e7 }
}

impl File {
    pub fn new(path: &Path) -> File {
        File { path: path.to_owned() }
    }

    /// Everything wanted, block by block; `false`: the file is cut off.
    fn walk(
        &self,
        want: Want,
        intake: &mut Intake,
        f: &mut dyn FnMut(Thing, &mut Intake) -> Result<()>,
    ) -> Result<bool> {
        let mut blobs = Blobs::open(&self.path)?;
        while let Some(blob) = blobs.next()? {
            intake.at(blobs.done, blobs.total);
            match blob {
                Blob::Header(_) => {}
                Blob::Data(bytes) => Block::read(&bytes)?.each(want, &mut |thing| f(thing, intake))?,
                Blob::Cut => return Ok(false),
            }
        }
        Ok(true)
    }
}

/// The fields: those chosen, else the name and all tags as a JSON object.
struct Chosen<'a> {
    keys: &'a [String],
}

impl Chosen<'_> {
    fn schema(&self, geometry: GeometryKind) -> Schema {
        let text = |name: &str| Field::new(name, Kind::Text);
        let fields = match self.keys {
            [] => vec![text("name"), text("tags")],
            keys => keys.iter().map(|key| text(key)).collect(),
        };
        Schema { fields, geometry }
    }

    /// `None`: nothing said about this place that is wanted.
    fn values(&self, tags: &[(&str, &str)]) -> Option<Vec<Value>> {
        let of = |key: &str| {
            let found = tags.iter().find(|(name, _)| *name == key);
            found.map_or(Value::Null, |(_, text)| Value::Text((*text).to_owned()))
        };
        if !self.keys.is_empty() {
            let values: Vec<Value> = self.keys.iter().map(|key| of(key)).collect();
            return values.iter().any(|value| !value.is_null()).then_some(values);
        }
        if tags.iter().all(|(key, _)| UNTOLD.contains(key)) {
            return None;
        }
        let mut text = Vec::new();
        for (count, (key, value)) in tags.iter().enumerate() {
            text.push(if count == 0 { b'{' } else { b',' });
            geojson::write_text(&mut text, key);
            text.push(b':');
            geojson::write_text(&mut text, value);
        }
        text.push(b'}');
        Some(vec![of("name"), Value::Text(String::from_utf8_lossy(&text).into_owned())])
    }
}

impl Reader for File {
    fn layers(&mut self, options: &Options) -> Result<Vec<Layer>> {
        let mut blobs = Blobs::open(&self.path)?;
        let Some(Blob::Header(header)) = blobs.next()? else { return Err(broken("it does not begin as one")) };
        let (bounds, required) = pbf::header(&header)?;
        let known = ["OsmSchema-V0.6", "DenseNodes"];
        if let Some(other) = required.iter().find(|name| !known.contains(&name.as_str())) {
            return Err(broken(format!("it asks for {other}")));
        }
        let chosen = Chosen { keys: &options.tags };
        let layer = |name: &str, geometry| Layer {
            name: name.to_owned(),
            schema: chosen.schema(geometry),
            crs: CrsGuess::stated(Crs::Crs84),
            declared: bounds.and_then(|bounds| geojson::bbox(&bounds)),
            ..Layer::default()
        };
        Ok(vec![
            layer(POINTS, GeometryKind::Point),
            layer(LINES, GeometryKind::Line),
            layer(AREAS, GeometryKind::Polygon),
        ])
    }

    fn read(&mut self, layer: &Layer, options: &Options, intake: &mut Intake) -> Result<()> {
        let chosen = Chosen { keys: &options.tags };
        let whole = if layer.name == POINTS {
            self.points(&chosen, intake)?
        } else {
            self.shapes(layer.name == AREAS, &chosen, options, intake)?
        };
        if !whole {
            intake.note(ProblemKind::Truncated, 0, None, None);
        }
        Ok(())
    }

    fn samples(&self, layer: &Layer) -> bool {
        layer.name == POINTS
    }
}

struct Relation {
    id: i64,
    values: Vec<Value>,
    ways: Vec<(i64, bool)>,
}

impl File {
    fn points(&self, chosen: &Chosen, intake: &mut Intake) -> Result<bool> {
        let mut row = 0;
        self.walk(NODES, intake, &mut |thing, intake| {
            let Thing::Node(id, at, tags) = thing else { return Ok(()) };
            if tags.is_empty() {
                return Ok(());
            }
            let Some(values) = chosen.values(&tags.each()) else { return Ok(()) };
            row += 1;
            let id = format!("node/{id}");
            if !on_earth(at) {
                return intake.reject(row, Some(&id), ProblemKind::BadCoordinate, "");
            }
            let at = degrees(at);
            let geometry = Some(Geometry::Point(Point(at)));
            intake.feature(row, Feature { id: Some(id), geometry, values })
        })
    }

    /// Lines or areas, in four passes: relations, the nodes that ways need, where these are, the ways again.
    fn shapes(&self, areas: bool, chosen: &Chosen, options: &Options, intake: &mut Intake) -> Result<bool> {
        let relations = if areas { self.relations(chosen, intake)? } else { Vec::new() };
        let mut members: HashMap<i64, Vec<(i32, i32)>> =
            relations.iter().flat_map(|one| &one.ways).map(|(id, _)| (*id, Vec::new())).collect();
        let most = options.limits.nodes;
        let mut needed: Vec<i64> = Vec::new();
        self.walk(WAYS, intake, &mut |thing, _| {
            let Thing::Way(id, nodes, tags) = thing else { return Ok(()) };
            let wanted = members.contains_key(&id) || wanted(nodes, &tags.each(), areas, chosen).is_some();
            if wanted {
                needed.extend(nodes.deltas());
                if needed.len() > most {
                    return Err(Error::Limit { what: Limited::Nodes, limit: most as u64 });
                }
            }
            Ok(())
        })?;
        needed.sort_unstable();
        needed.dedup();
        let mut places = vec![NOWHERE; needed.len()];
        self.walk(NODES, intake, &mut |thing, _| {
            if let Thing::Node(id, at, _) = thing
                && let Ok(place) = needed.binary_search(&id)
            {
                places[place] = at;
            }
            Ok(())
        })?;
        let mut row = 0;
        let whole = self.walk(WAYS, intake, &mut |thing, intake| {
            let Thing::Way(id, nodes, tags) = thing else { return Ok(()) };
            let values = wanted(nodes, &tags.each(), areas, chosen);
            let member = members.get_mut(&id);
            if values.is_none() && member.is_none() {
                return Ok(());
            }
            let mut missing = false;
            let mut line: Vec<(i32, i32)> = Vec::new();
            for node in nodes.deltas() {
                match needed.binary_search(&node).ok().map(|place| places[place]).filter(|at| on_earth(*at)) {
                    Some(at) => line.push(at),
                    None => missing = true,
                }
            }
            if let Some(values) = values {
                row += 1;
                way(row, id, &line, missing, areas, values, intake)?;
            }
            if let Some(member) = member {
                *member = line;
            }
            Ok(())
        })?;
        for relation in relations {
            row += 1;
            assemble(row, relation, &members, intake)?;
        }
        Ok(whole)
    }

    fn relations(&self, chosen: &Chosen, intake: &mut Intake) -> Result<Vec<Relation>> {
        let mut all = Vec::new();
        self.walk(RELATIONS, intake, &mut |thing, _| {
            let Thing::Relation(id, members, tags) = thing else { return Ok(()) };
            let tags = tags.each();
            let class = tags.iter().find(|(key, _)| *key == "type").map(|(_, value)| *value);
            if !matches!(class, Some("multipolygon" | "boundary")) {
                return Ok(());
            }
            let said: Vec<(&str, &str)> = tags.into_iter().filter(|(key, _)| *key != "type").collect();
            if let Some(values) = chosen.values(&said) {
                all.push(Relation { id, values, ways: members.ways() });
            }
            Ok(())
        })?;
        Ok(all)
    }
}

fn on_earth(at: (i32, i32)) -> bool {
    (-1_800_000_000..=1_800_000_000).contains(&at.0) && (-900_000_000..=900_000_000).contains(&at.1)
}

/// The values of a way that belongs into the layer.
fn wanted(nodes: pbf::Packed, tags: &[(&str, &str)], areas: bool, chosen: &Chosen) -> Option<Vec<Value>> {
    if tags.is_empty() {
        return None;
    }
    let mut ends = nodes.deltas();
    let first = ends.next();
    let (count, last) = ends.fold((1, first), |(count, _), node| (count + 1, Some(node)));
    let area = count >= 4 && first == last && areas::is_area(tags);
    if area == areas { chosen.values(tags) } else { None }
}

fn way(
    row: u64,
    id: i64,
    line: &[(i32, i32)],
    missing: bool,
    area: bool,
    values: Vec<Value>,
    intake: &mut Intake,
) -> Result<()> {
    let id = format!("way/{id}");
    if line.len() < if area { 4 } else { 2 } {
        return intake.reject(row, Some(&id), ProblemKind::MissingPart, "");
    }
    if missing {
        intake.note(ProblemKind::MissingPart, row, Some(&id), None);
    }
    let line = LineString(line.iter().copied().map(degrees).collect());
    let shape = if area { Geometry::Polygon(Polygon::new(line, Vec::new())) } else { Geometry::LineString(line) };
    intake.feature(row, Feature { id: Some(id), geometry: Some(shape), values })
}

fn assemble(row: u64, relation: Relation, members: &HashMap<i64, Vec<(i32, i32)>>, intake: &mut Intake) -> Result<()> {
    let id = format!("relation/{}", relation.id);
    let of = |inner: bool| -> Vec<&[(i32, i32)]> {
        let ways = relation.ways.iter().filter(|(_, is_inner)| *is_inner == inner);
        ways.filter_map(|(way, _)| members.get(way)).map(Vec::as_slice).filter(|line| !line.is_empty()).collect()
    };
    let missing = relation.ways.iter().any(|(way, _)| members.get(way).is_none_or(Vec::is_empty));
    let ((outer, outer_closed), (inner, inner_closed)) = (areas::rings(of(false)), areas::rings(of(true)));
    let Some(shape) = areas::polygons(outer, inner) else {
        let kind = if missing { ProblemKind::MissingPart } else { ProblemKind::OpenRing };
        return intake.reject(row, Some(&id), kind, "");
    };
    if missing {
        intake.note(ProblemKind::MissingPart, row, Some(&id), None);
    }
    if !outer_closed || !inner_closed {
        intake.note(ProblemKind::OpenRing, row, Some(&id), None);
    }
    intake.feature(row, Feature { id: Some(id), geometry: Some(shape), values: relation.values })
}
