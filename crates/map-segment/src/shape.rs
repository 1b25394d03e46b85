//! Geometry as the serving side keeps it: whole units of the world, differences from point to point.
//!
//! A shape is one byte saying what it holds (points 1, lines 2, polygons 4) and then, for each of these, its paths:
//!
//! - points: their number, then the points;
//! - lines: how many, then for each the number of points and the points;
//! - polygons: how many rings in all, then for each 2 × the number of points, plus 1 for an outer ring, and the points
//!   without the closing one. An outer ring comes before its holes.
//!
//! The first point is told from the box's north-west corner, each other from the one before. Collections are taken apart.

use geo_types::{Coord, Geometry, LineString, Polygon};
use map_feature::{Bounds, Crs, DEEPEST_NESTING, Transformer};

use crate::{
    Error, Result,
    varint::{self, Reader, unzigzag, zigzag},
    world::{self, Area, Point},
};

pub(crate) const POINTS: u8 = 1;
pub(crate) const LINES: u8 = 2;
pub(crate) const POLYGONS: u8 = 4;

/// What receives the paths of a shape. `end` comes after the last path of a kind.
pub(crate) trait Sink {
    fn points(&mut self, points: &[Point]);
    fn line(&mut self, points: &[Point]);
    /// Not closed: the first point is not repeated.
    fn ring(&mut self, points: &[Point], outer: bool);
    fn end(&mut self, kind: u8);
}

/// Gives the paths of a shape to `sink`. `None` when the bytes are no shape; what was given before stays given.
/// `room` is only kept for its memory.
pub(crate) fn walk(bytes: &[u8], corner: Point, room: &mut Vec<Point>, sink: &mut impl Sink) -> Option<()> {
    let mut reader = Reader::new(bytes);
    let kinds = reader.byte()?;
    let mut at = corner;
    if kinds & POINTS != 0 {
        let len = reader.number()?;
        read(&mut reader, len, &mut at, room)?;
        sink.points(room);
        sink.end(POINTS);
    }
    if kinds & LINES != 0 {
        for _ in 0..reader.number()? {
            let len = reader.number()?;
            read(&mut reader, len, &mut at, room)?;
            sink.line(room);
        }
        sink.end(LINES);
    }
    if kinds & POLYGONS != 0 {
        for _ in 0..reader.number()? {
            let len = reader.number()?;
            read(&mut reader, len >> 1, &mut at, room)?;
            sink.ring(room, len & 1 == 1);
        }
        sink.end(POLYGONS);
    }
    Some(())
}

#[inline]
fn read(reader: &mut Reader<'_>, len: u32, at: &mut Point, room: &mut Vec<Point>) -> Option<()> {
    room.clear();
    // Each point takes two bytes at least: a number that lies asks for no memory.
    if len as usize > reader.left() / 2 {
        return None;
    }
    for _ in 0..len {
        at.x = at.x.wrapping_add_signed(unzigzag(reader.number()?));
        at.y = at.y.wrapping_add_signed(unzigzag(reader.number()?));
        room.push(*at);
    }
    Some(())
}

/// Where a feature is, in all the ways that serving needs.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub area: Area,
    /// CRS84.
    pub bounds: Bounds,
}

/// Makes shapes of geometries in one CRS.
pub(crate) struct Shaper {
    to_degrees: Transformer,
    points: Vec<Point>,
    lines: Vec<Point>,
    line_ends: Vec<usize>,
    rings: Vec<Point>,
    /// Where a ring ends, and whether it is an outer one.
    ring_ends: Vec<(usize, bool)>,
    place: Option<Place>,
}

impl Shaper {
    pub fn new(crs: Crs) -> Result<Shaper> {
        Ok(Shaper {
            to_degrees: Transformer::new(crs, Crs::Crs84)?,
            points: Vec::new(),
            lines: Vec::new(),
            line_ends: Vec::new(),
            rings: Vec::new(),
            ring_ends: Vec::new(),
            place: None,
        })
    }

    /// Appends the shape of a geometry to `out`. `None`, and nothing appended, when the geometry has no point.
    pub fn shape(&mut self, geometry: &Geometry<f64>, out: &mut Vec<u8>) -> Result<Option<Place>> {
        self.points.clear();
        self.lines.clear();
        self.line_ends.clear();
        self.rings.clear();
        self.ring_ends.clear();
        self.place = None;
        self.take(geometry, 0)?;
        let Some(place) = self.place.take() else { return Ok(None) };
        self.write(Point { x: place.area.x0, y: place.area.y0 }, out);
        Ok(Some(place))
    }

    fn take(&mut self, geometry: &Geometry<f64>, depth: usize) -> Result<()> {
        match geometry {
            Geometry::Point(point) => {
                let at = self.point(point.0)?;
                self.points.push(at);
            }
            Geometry::MultiPoint(points) => {
                for point in points {
                    let at = self.point(point.0)?;
                    self.points.push(at);
                }
            }
            Geometry::Line(line) => self.line(&[line.start, line.end])?,
            Geometry::LineString(line) => self.line(&line.0)?,
            Geometry::MultiLineString(lines) => lines.iter().try_for_each(|line| self.line(&line.0))?,
            Geometry::Polygon(polygon) => self.polygon(polygon)?,
            Geometry::MultiPolygon(polygons) => polygons.iter().try_for_each(|polygon| self.polygon(polygon))?,
            Geometry::Rect(rect) => self.polygon(&rect.to_polygon())?,
            Geometry::Triangle(triangle) => self.polygon(&triangle.to_polygon())?,
            Geometry::GeometryCollection(_) if depth >= DEEPEST_NESTING => return Err(Error::Nested),
            Geometry::GeometryCollection(all) => all.iter().try_for_each(|one| self.take(one, depth + 1))?,
        }
        Ok(())
    }

    fn line(&mut self, coords: &[Coord<f64>]) -> Result<()> {
        let start = self.lines.len();
        for &coord in coords {
            let at = self.point(coord)?;
            if self.lines.len() == start || self.lines.last() != Some(&at) {
                self.lines.push(at);
            }
        }
        if self.lines.len() > start {
            self.line_ends.push(self.lines.len());
        }
        Ok(())
    }

    fn polygon(&mut self, polygon: &Polygon<f64>) -> Result<()> {
        let before = self.ring_ends.len();
        self.ring(polygon.exterior(), true)?;
        if self.ring_ends.len() > before {
            polygon.interiors().iter().try_for_each(|ring| self.ring(ring, false))?;
        }
        Ok(())
    }

    fn ring(&mut self, ring: &LineString<f64>, outer: bool) -> Result<()> {
        let start = self.rings.len();
        for &coord in &ring.0 {
            let at = self.point(coord)?;
            if self.rings.len() == start || self.rings.last() != Some(&at) {
                self.rings.push(at);
            }
        }
        if self.rings.len() > start + 1 && self.rings.last() == self.rings.get(start) {
            self.rings.pop();
        }
        if self.rings.len() > start {
            self.ring_ends.push((self.rings.len(), outer));
        }
        Ok(())
    }

    fn point(&mut self, coord: Coord<f64>) -> Result<Point> {
        if !(coord.x.is_finite() && coord.y.is_finite()) {
            return Err(Error::NotFinite);
        }
        let degrees = self.to_degrees.point(coord)?;
        let at = world::from_degrees(degrees);
        let bounds = Bounds { west: degrees.x, south: degrees.y, east: degrees.x, north: degrees.y };
        match &mut self.place {
            Some(place) => {
                place.area.take(at);
                place.bounds = place.bounds.joined(bounds);
            }
            None => self.place = Some(Place { area: Area { x0: at.x, y0: at.y, x1: at.x, y1: at.y }, bounds }),
        }
        Ok(at)
    }

    fn write(&self, corner: Point, out: &mut Vec<u8>) {
        let flag = |empty: bool, kind| if empty { 0 } else { kind };
        let kinds = flag(self.points.is_empty(), POINTS)
            | flag(self.line_ends.is_empty(), LINES)
            | flag(self.ring_ends.is_empty(), POLYGONS);
        out.push(kinds);
        let mut last = corner;
        let mut path = |out: &mut Vec<u8>, len: u64, points: &[Point]| {
            varint::write(out, len);
            for at in points {
                varint::write(out, u64::from(zigzag(at.x.wrapping_sub(last.x) as i32)));
                varint::write(out, u64::from(zigzag(at.y.wrapping_sub(last.y) as i32)));
                last = *at;
            }
        };
        if kinds & POINTS != 0 {
            path(out, self.points.len() as u64, &self.points);
        }
        if kinds & LINES != 0 {
            varint::write(out, self.line_ends.len() as u64);
            let mut start = 0;
            for &end in &self.line_ends {
                path(out, (end - start) as u64, &self.lines[start..end]);
                start = end;
            }
        }
        if kinds & POLYGONS != 0 {
            varint::write(out, self.ring_ends.len() as u64);
            let mut start = 0;
            for &(end, outer) in &self.ring_ends {
                path(out, 2 * (end - start) as u64 + u64::from(outer), &self.rings[start..end]);
                start = end;
            }
        }
    }
}
