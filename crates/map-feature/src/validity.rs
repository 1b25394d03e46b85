//! What is wrong with a geometry (OGC 06-103r4, 6.1.11 and 6.1.14; ring directions as in RFC 7946, 3.1.6), and its repair.

mod edges;
mod nesting;
mod repair;

use geo::{CoordsIter, Winding};
use geo_types::{Coord, Geometry, LineString, Polygon};

pub use repair::{Unrepairable, repaired};

/// What can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Fault {
    /// There is no position in it.
    Empty,
    /// A coordinate is NaN or infinite.
    NotFinite,
    /// A line of fewer than two, a ring of fewer than three different positions.
    TooFewPoints,
    /// A ring does not end where it begins. Readers say so: `geo` closes rings by itself.
    Unclosed,
    /// A ring crosses or touches itself: a bow-tie, a loop.
    SelfIntersection,
    /// A ring runs back on itself.
    Spike,
    /// Two rings of a polygon cross or share an edge.
    RingsCross,
    /// A hole lies outside of its polygon.
    HoleOutside,
    /// A hole lies in another hole.
    HolesNested,
    /// Holes touch each other or the outer ring so that the inside falls apart.
    InteriorSplit,
    /// Two polygons of one geometry cross, share an edge or lie in each other.
    PartsOverlap,
    /// An outer ring runs clockwise or a hole counter-clockwise. Many formats want it so: not invalid.
    Direction,
    /// It was too large to look at all of it.
    Unchecked,
}

impl Fault {
    /// Whether the geometry is not what the standard allows. Directions are a habit of formats.
    pub fn is_invalid(self) -> bool {
        !matches!(self, Fault::Direction | Fault::Unchecked)
    }
}

/// A fault and where.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Finding {
    pub fault: Fault,
    /// A position at or near it, where there is one; finite.
    pub at: Option<Coord<f64>>,
    /// Which polygon or line, and which of its rings (0 the outer one), counted from 0 in the order of the coordinates.
    pub part: usize,
    pub ring: usize,
}

/// What a look at a geometry may cost.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// After so many findings the look ends.
    pub findings: usize,
    /// Of a geometry with more positions, crossings are not looked for.
    pub positions: usize,
    /// So many pairs of edges are compared at most, besides a few for each edge.
    pub pairs: usize,
}

impl Default for Limits {
    /// A few seconds at most, however hostile.
    fn default() -> Limits {
        Limits { findings: 20, positions: 1_000_000, pairs: 10_000_000 }
    }
}

/// All that is wrong with a geometry, as far as the limits go; empty when nothing is.
pub fn findings(geometry: &Geometry<f64>, limits: Limits) -> Vec<Finding> {
    let mut found = Found { list: Vec::new(), limit: limits.findings.max(1) };
    let mut polygons = Vec::new();
    look(geometry, &mut 0, &mut found, &mut polygons);
    if polygons.is_empty() || !found.list.is_empty() {
        return found.list;
    }
    if geometry.coords_count() > limits.positions {
        found.add(Fault::Unchecked, None, 0, 0);
        return found.list;
    }
    let edges = edges::Edges::new(&polygons);
    edges.crossings(limits, &mut found);
    if found.list.is_empty() {
        nesting::look(&polygons, &edges, limits, &mut found);
    }
    if found.list.is_empty() {
        directions(&polygons, &mut found);
    }
    found.list
}

/// Only of rings that nothing else is wrong with: one that crosses itself has no direction.
fn directions(polygons: &[Part<'_>], found: &mut Found) {
    for (part, polygon) in polygons {
        for (number, ring) in std::iter::once(polygon.exterior()).chain(polygon.interiors()).enumerate() {
            if if number == 0 { ring.is_cw() } else { ring.is_ccw() } {
                found.add(Fault::Direction, ring.0.first().copied(), *part, number);
            }
        }
    }
}

/// Whether the standard allows it, as far as the usual limits go.
pub fn is_valid(geometry: &Geometry<f64>) -> bool {
    !findings(geometry, Limits { findings: 1, ..Limits::default() }).iter().any(|finding| finding.fault.is_invalid())
}

struct Found {
    list: Vec<Finding>,
    limit: usize,
}

impl Found {
    fn add(&mut self, fault: Fault, at: Option<Coord<f64>>, part: usize, ring: usize) {
        let at = at.filter(|at| at.x.is_finite() && at.y.is_finite());
        if !self.is_full() {
            self.list.push(Finding { fault, at, part, ring });
        }
    }

    fn is_full(&self) -> bool {
        self.list.len() >= self.limit
    }
}

/// A polygon and its number among the parts.
type Part<'a> = (usize, &'a Polygon<f64>);

fn look<'a>(geometry: &'a Geometry<f64>, part: &mut usize, found: &mut Found, polygons: &mut Vec<Part<'a>>) {
    match geometry {
        Geometry::GeometryCollection(members) if !members.0.is_empty() => {
            return members.0.iter().for_each(|member| look(member, part, found, polygons));
        }
        Geometry::Polygon(polygon) => rings(polygon, part, found, polygons),
        Geometry::MultiPolygon(all) => all.0.iter().for_each(|polygon| rings(polygon, part, found, polygons)),
        Geometry::LineString(line) => lines(std::slice::from_ref(line), part, found),
        Geometry::MultiLineString(all) => lines(&all.0, part, found),
        other => {
            if let Some(at) = other.coords_iter().find(|at| !is_finite(*at)) {
                found.add(Fault::NotFinite, Some(at), *part, 0);
            }
            *part += 1;
        }
    }
    if geometry.coords_count() == 0 {
        found.add(Fault::Empty, None, *part, 0);
    }
}

fn lines(lines: &[LineString<f64>], part: &mut usize, found: &mut Found) {
    for line in lines {
        plain(line, 2, *part, 0, found);
        *part += 1;
    }
}

fn rings<'a>(polygon: &'a Polygon<f64>, part: &mut usize, found: &mut Found, polygons: &mut Vec<Part<'a>>) {
    for (number, ring) in std::iter::once(polygon.exterior()).chain(polygon.interiors()).enumerate() {
        plain(ring, 3, *part, number, found);
    }
    polygons.push((*part, polygon));
    *part += 1;
}

fn is_finite(at: Coord<f64>) -> bool {
    at.x.is_finite() && at.y.is_finite()
}

/// Finite, and of enough different positions.
fn plain(line: &LineString<f64>, needed: usize, part: usize, ring: usize, found: &mut Found) {
    if let Some(index) = line.0.iter().position(|at| !is_finite(*at)) {
        let near = line.0.iter().take(index).next_back().copied();
        return found.add(Fault::NotFinite, near, part, ring);
    }
    let mut different: Vec<Coord<f64>> = Vec::with_capacity(needed);
    for at in &line.0 {
        if !different.contains(at) {
            different.push(*at);
            if different.len() == needed {
                return;
            }
        }
    }
    if !line.0.is_empty() || ring > 0 {
        found.add(Fault::TooFewPoints, line.0.first().copied(), part, ring);
    }
}
