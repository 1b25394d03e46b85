//! Where edges of polygons meet that should not.

use std::collections::HashMap;

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
        let mut touches = Vec::new();
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
                match meeting(edge, other) {
                    Some((None, at)) => touches.push(((edge.part, at), edge.ring, other.ring)),
                    Some((Some(fault), at)) => found.add(fault, Some(at), other.part as usize, other.ring as usize),
                    None => {}
                }
                if found.is_full() {
                    return;
                }
            }
        }
        if found.list.is_empty() {
            split(touches, found);
        }
    }
}

/// A place of a part where rings touch, and two rings that do.
type Touch = ((u32, Coord<f64>), u32, u32);

/// Rings and the places where they touch are a graph; where it has a circle, the inside is cut in two.
fn split(touches: Vec<Touch>, found: &mut Found) {
    let mut links: Vec<(u32, u32, [u64; 2])> = touches
        .iter()
        .flat_map(|((part, at), one, other)| [one, other].map(|ring| (*part, *ring, [at.x, at.y].map(key))))
        .collect();
    links.sort_unstable();
    links.dedup();
    let mut nodes = HashMap::new();
    let mut above: Vec<usize> = Vec::new();
    for (part, ring, at) in links {
        let mut number = |node: (u32, Result<u32, [u64; 2]>)| {
            *nodes.entry(node).or_insert_with(|| {
                above.push(above.len());
                above.len() - 1
            })
        };
        let (ring_node, place) = (number((part, Ok(ring))), number((part, Err(at))));
        let (one, other) = (top(&mut above, ring_node), top(&mut above, place));
        if one == other {
            let at = Coord { x: f64::from_bits(at[0]), y: f64::from_bits(at[1]) };
            found.add(Fault::InteriorSplit, Some(at), part as usize, ring as usize);
            return;
        }
        above[one] = other;
    }
}

/// The bits of a number, 0 and -0 alike.
fn key(number: f64) -> u64 {
    (number + 0.0).to_bits()
}

fn top(above: &mut [usize], mut node: usize) -> usize {
    while above[node] != node {
        above[node] = above[above[node]];
        node = above[node];
    }
    node
}

/// What is wrong where two edges meet, or nothing but that rings of one part touch. `edge` comes before `other`.
fn meeting(edge: &Edge, other: &Edge) -> Option<(Option<Fault>, Coord<f64>)> {
    let met = line_intersection(edge.line, other.line)?;
    let (at, shared, proper) = match met {
        LineIntersection::SinglePoint { intersection, is_proper } => (intersection, false, is_proper),
        LineIntersection::Collinear { intersection } => {
            (intersection.start, intersection.start != intersection.end, false)
        }
    };
    let crossing = shared || proper;
    if edge.part != other.part {
        return crossing.then_some((Some(Fault::PartsOverlap), at));
    }
    if edge.ring != other.ring {
        return Some((crossing.then_some(Fault::RingsCross), at));
    }
    let neighbours = other.index - edge.index == 1 || (edge.index == 0 && other.index + 1 == other.of);
    match (neighbours, shared) {
        (true, true) => Some((Some(Fault::Spike), at)),
        (true, false) if edge.of > 2 => None,
        _ => Some((Some(Fault::SelfIntersection), at)),
    }
}
