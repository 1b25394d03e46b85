//! The main file: one shape a record.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use geo_types::{Coord, Geometry, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon};
use map_feature::{Bounds, GeometryKind};

use super::{broken, kind_of};
use crate::geometry::{Refused, doubled_area};
use crate::{Limits, ProblemKind, Result, source};

pub(super) struct Shapes {
    input: BufReader<File>,
    pub kind: GeometryKind,
    pub bounds: Bounds,
    pub done: u64,
    pub total: u64,
    limits: Limits,
    record: Vec<u8>,
}

pub(super) enum Next {
    Shape(Option<Geometry<f64>>, bool),
    Bad(ProblemKind),
    /// The file ends within the record.
    Cut,
    End,
}

impl Shapes {
    pub fn open(path: &Path, limits: &Limits) -> Result<Shapes> {
        let file = source::open(path)?;
        let total = file.metadata()?.len();
        let mut input = BufReader::with_capacity(1 << 16, file);
        let mut head = [0; 100];
        input.read_exact(&mut head).map_err(|_| broken("its header is cut off"))?;
        if head[..4] != [0, 0, 0x27, 0x0a] {
            return Err(broken("it does not begin as one"));
        }
        let kind = kind_of(integer(&head, 32)).ok_or_else(|| broken("a kind of shape that does not exist"))?;
        let number = |place| number(&head, place);
        let bounds = Bounds { west: number(36), south: number(44), east: number(52), north: number(60) };
        Ok(Shapes { input, kind, bounds, done: 100, total, limits: *limits, record: Vec::new() })
    }

    pub fn next(&mut self) -> Result<Next> {
        let left = self.total.saturating_sub(self.done);
        if left == 0 {
            return Ok(Next::End);
        }
        let mut head = [0; 8];
        if left < 8 || self.input.read_exact(&mut head).is_err() {
            self.done = self.total;
            return Ok(Next::Cut);
        }
        let words = u32::from_be_bytes([head[4], head[5], head[6], head[7]]);
        let size = u64::from(words) * 2;
        if size > left - 8 {
            self.done = self.total;
            return Ok(Next::Cut);
        }
        self.done += 8 + size;
        if size > self.limits.record as u64 {
            std::io::copy(&mut (&mut self.input).take(size), &mut std::io::sink())?;
            return Ok(Next::Bad(ProblemKind::TooLong));
        }
        self.record.resize(size as usize, 0);
        if self.input.read_exact(&mut self.record).is_err() {
            self.done = self.total;
            return Ok(Next::Cut);
        }
        Ok(match shape(&self.record, &self.limits) {
            Ok((shape, flat)) => Next::Shape(shape, flat),
            Err(why) => Next::Bad(why.into()),
        })
    }
}

fn integer(bytes: &[u8], at: usize) -> i32 {
    bytes.get(at..).and_then(|rest| rest.first_chunk()).map_or(0, |bytes| i32::from_le_bytes(*bytes))
}

fn number(bytes: &[u8], at: usize) -> f64 {
    bytes.get(at..).and_then(|rest| rest.first_chunk()).map_or(f64::NAN, |bytes| f64::from_le_bytes(*bytes))
}

fn count(bytes: &[u8], at: usize) -> Result<usize, Refused> {
    let found = bytes.get(at..).and_then(|rest| rest.first_chunk()).map(|bytes| i32::from_le_bytes(*bytes));
    found.and_then(|count| usize::try_from(count).ok()).ok_or(Refused::Malformed)
}

fn points(bytes: &[u8], at: usize, count: usize, limits: &Limits) -> Result<Vec<Coord<f64>>, Refused> {
    if count as u64 > limits.vertices {
        return Err(Refused::Vertices);
    }
    let here = bytes.get(at..).and_then(|rest| rest.get(..count * 16)).ok_or(Refused::Malformed)?;
    Ok(here.chunks_exact(16).map(|pair| Coord { x: number(pair, 0), y: number(pair, 8) }).collect())
}

/// The geometry of a record's contents (`None`: null shape), and whether it was flat.
fn shape(bytes: &[u8], limits: &Limits) -> Result<(Option<Geometry<f64>>, bool), Refused> {
    if bytes.len() < 4 {
        return Err(Refused::Malformed);
    }
    let code = integer(bytes, 0);
    let flat = matches!(code, 0 | 1 | 3 | 5 | 8);
    let shape = match code {
        0 => None,
        1 | 11 | 21 => points(bytes, 4, 1, limits)?.first().map(|at| Geometry::Point(Point(*at))),
        8 | 18 | 28 => {
            let points = points(bytes, 40, count(bytes, 36)?, limits)?;
            Some(Geometry::MultiPoint(MultiPoint(points.into_iter().map(Point).collect())))
        }
        3 | 13 | 23 => {
            let mut lines = parts(bytes, limits)?;
            let several = lines.len() != 1;
            let many = |lines: Vec<Vec<Coord<f64>>>| MultiLineString(lines.into_iter().map(LineString).collect());
            Some(match lines.pop() {
                Some(line) if !several => Geometry::LineString(LineString(line)),
                last => Geometry::MultiLineString(many(lines.into_iter().chain(last).collect())),
            })
        }
        5 | 15 | 25 => {
            let mut areas = areas(parts(bytes, limits)?);
            let several = areas.len() != 1;
            Some(match areas.pop() {
                Some(area) if !several => Geometry::Polygon(area),
                last => Geometry::MultiPolygon(MultiPolygon(areas.into_iter().chain(last).collect())),
            })
        }
        _ => return Err(Refused::Unknown),
    };
    Ok((shape, flat))
}

fn parts(bytes: &[u8], limits: &Limits) -> Result<Vec<Vec<Coord<f64>>>, Refused> {
    let (parts, total) = (count(bytes, 36)?, count(bytes, 40)?);
    if parts > bytes.len() / 4 || total as u64 > limits.vertices {
        return Err(if total as u64 > limits.vertices { Refused::Vertices } else { Refused::Malformed });
    }
    let after = 44 + parts * 4;
    let mut all = Vec::with_capacity(parts.min(65_536));
    for part in 0..parts {
        let start = count(bytes, 44 + part * 4)?;
        let end = if part + 1 < parts { count(bytes, 48 + part * 4)? } else { total };
        if start > end || end > total {
            return Err(Refused::Malformed);
        }
        if start < end {
            all.push(points(bytes, after + start * 16, end - start, limits)?);
        }
    }
    Ok(all)
}

/// Rings into areas: clockwise ones are outer, the others holes of the outer ring they lie in.
fn areas(rings: Vec<Vec<Coord<f64>>>) -> Vec<Polygon<f64>> {
    let (outer, holes): (Vec<_>, Vec<_>) = rings.into_iter().partition(|ring| doubled_area(ring) <= 0.0);
    // Written the other way round: then every ring is an area of its own.
    if outer.is_empty() {
        return holes.into_iter().map(|ring| Polygon::new(LineString(ring), Vec::new())).collect();
    }
    let boxes: Vec<Bounds> = outer.iter().map(|ring| around(ring)).collect();
    let mut inside: Vec<Vec<LineString<f64>>> = outer.iter().map(|_| Vec::new()).collect();
    let mut alone = Vec::new();
    // Against files made to cost time: past this, holes go to the first ring whose box holds them.
    let mut effort = 100_000_000_usize;
    for hole in holes {
        let Some(at) = hole.first().copied() else { continue };
        let holds = |place: &usize| {
            let space = boxes[*place];
            let near = at.x >= space.west && at.x <= space.east && at.y >= space.south && at.y <= space.north;
            effort = effort.saturating_sub(1);
            if !near || outer.len() == 1 {
                return near;
            }
            let cost = outer[*place].len();
            let exact = effort > cost;
            effort = effort.saturating_sub(cost);
            !exact || encloses(&outer[*place], at)
        };
        match (0..outer.len()).find(holds) {
            Some(place) => inside[place].push(LineString(hole)),
            None => alone.push(Polygon::new(LineString(hole), Vec::new())),
        }
    }
    let whole = outer.into_iter().zip(inside).map(|(ring, holes)| Polygon::new(LineString(ring), holes));
    whole.chain(alone).collect()
}

fn around(ring: &[Coord<f64>]) -> Bounds {
    let empty = Bounds { west: f64::INFINITY, south: f64::INFINITY, east: f64::NEG_INFINITY, north: f64::NEG_INFINITY };
    ring.iter().fold(empty, |all, at| all.joined(Bounds { west: at.x, south: at.y, east: at.x, north: at.y }))
}

/// Even-odd rule; a point on the ring may fall on either side.
pub(crate) fn encloses(ring: &[Coord<f64>], at: Coord<f64>) -> bool {
    let mut inside = false;
    for pair in ring.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        if (a.y > at.y) != (b.y > at.y) && at.x < (b.x - a.x) * (at.y - a.y) / (b.y - a.y) + a.x {
            inside = !inside;
        }
    }
    inside
}
