//! Where edges of polygons meet that should not.

use geo::line_intersection::{LineIntersection, line_intersection};
use geo_types::{Coord, Line};
use rstar::{AABB, RTree, RTreeObject};

use super::{Fault, Found, Limits, Part};

/// An edge, and where it belongs.
#[derive(Debug, Clone, Copy)]
pub struct Edge {
    pub line: Line<f64>,
    pub part: u32,
    pub ring: u32,
    /// Its number in its ring, and of how many: edges without length do not count.
    index: u32,
    of: u32,
}

impl RTreeObject for Edge {
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> AABB<[f64; 2]> {
        let (a, b) = (self.line.start, self.line.end);
        AABB::from_corners([a.x, a.y], [b.x, b.y])
    }
}

pub struct Edges(RTree<Edge>);

impl Edges {
    pub fn new(polygons: &[Part<'_>]) -> Edges {
        let mut edges = Vec::new();
        for (part, polygon) in polygons {
            for (ring, line) in std::iter::once(polygon.exterior()).chain(polygon.interiors()).enumerate() {
                let first = edges.len();
                let lines = line.lines().filter(|line| line.start != line.end);
                let (part, ring) = (*part as u32, ring as u32);
                edges.extend(lines.enumerate().map(|(index, line)| Edge {
                    line,
                    part,
                    ring,
                    index: index as u32,
                    of: 0,
                }));
                let of = (edges.len() - first) as u32;
                edges[first..].iter_mut().for_each(|edge| edge.of = of);
            }
        }
        Edges(RTree::bulk_load(edges))
    }

    /// Whether a position lies on a ring of a part.
    pub fn hold(&self, at: Coord<f64>, part: u32, ring: u32) -> bool {
        use geo::Intersects;
        let point = AABB::from_point([at.x, at.y]);
        let mut near = self.0.locate_in_envelope_intersecting(&point);
        near.any(|edge| edge.part == part && edge.ring == ring && edge.line.intersects(&at))
    }

    /// Crossings, edges shared and rings that touch themselves.
    pub fn crossings(&self, limits: Limits, found: &mut Found) {
        let mut left = limits.pairs.saturating_add(self.0.size().saturating_mul(16));
        for edge in self.0.iter() {
            for other in self.0.locate_in_envelope_intersecting(&edge.envelope()) {
                let Some(rest) = left.checked_sub(1) else {
                    return found.add(Fault::Unchecked, Some(edge.line.start), edge.part as usize, edge.ring as usize);
                };
                left = rest;
                // Each pair once.
                if (edge.part, edge.ring, edge.index) >= (other.part, other.ring, other.index) {
                    continue;
                }
                if let Some((fault, at)) = meeting(edge, other) {
                    found.add(fault, Some(at), other.part as usize, other.ring as usize);
                    if found.is_full() {
                        return;
                    }
                }
            }
        }
    }
}

/// `edge` comes before `other`.
fn meeting(edge: &Edge, other: &Edge) -> Option<(Fault, Coord<f64>)> {
    let met = line_intersection(edge.line, other.line)?;
    let (at, shared, proper) = match met {
        LineIntersection::SinglePoint { intersection, is_proper } => (intersection, false, is_proper),
        LineIntersection::Collinear { intersection } => {
            (intersection.start, intersection.start != intersection.end, false)
        }
    };
    let crossing = shared || proper;
    if edge.part != other.part {
        return crossing.then_some((Fault::PartsOverlap, at));
    }
    if edge.ring != other.ring {
        return crossing.then_some((Fault::RingsCross, at));
    }
    let neighbours = other.index - edge.index == 1 || (edge.index == 0 && other.index + 1 == other.of);
    match (neighbours, shared) {
        (true, true) => Some((Fault::Spike, at)),
        (true, false) if edge.of > 2 => None,
        _ => Some((Fault::SelfIntersection, at)),
    }
}
