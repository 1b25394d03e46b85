//! Holes and parts that lie where they should not, when no edges cross.

use geo::{BoundingRect, Contains, Orient, indexed::IntervalTreeMultiPolygon, orient::Direction};
use geo_types::{Coord, Line, LineString, MultiPolygon, Polygon};

use super::{Fault, Found, Limits, Part, edges::Edges};
use crate::Bounds;

/// An area that many positions are looked for in.
struct Area {
    part: usize,
    ring: usize,
    bounds: Bounds,
    tree: IntervalTreeMultiPolygon<f64>,
}

impl Area {
    fn new(part: usize, ring: usize, polygon: &Polygon<f64>) -> Option<Area> {
        let bounds = polygon.exterior().bounding_rect()?.into();
        let tree = IntervalTreeMultiPolygon::new(&MultiPolygon(vec![polygon.orient(Direction::Default)]));
        Some(Area { part, ring, bounds, tree })
    }

    fn of_ring(part: usize, ring: usize, line: &LineString<f64>) -> Option<Area> {
        Area::new(part, ring, &Polygon::new(line.clone(), Vec::new()))
    }
}

pub fn look(polygons: &[Part<'_>], edges: &Edges, limits: Limits, found: &mut Found) {
    for (part, polygon) in polygons {
        holes(*part, polygon, edges, limits, found);
        if found.is_full() {
            return;
        }
    }
    let outlines: Vec<(usize, &LineString<f64>)> =
        polygons.iter().map(|(part, polygon)| (*part, polygon.exterior())).collect();
    let areas = polygons.iter().filter_map(|(part, polygon)| Area::new(*part, 0, polygon)).collect();
    // One in another, and not in a hole of it: holes are no part of the area.
    inside(areas, &outlines, limits, found, |area| (area.part, Fault::PartsOverlap));
}

fn holes(part: usize, polygon: &Polygon<f64>, edges: &Edges, limits: Limits, found: &mut Found) {
    if polygon.interiors().is_empty() {
        return;
    }
    let Some(outer) = Area::of_ring(part, 0, polygon.exterior()) else { return };
    for (number, hole) in polygon.interiors().iter().enumerate() {
        // Positions on the outer ring say nothing: the ring may be touched.
        let strays = |at: &&Coord<f64>| !outer.tree.contains(*at) && !edges.hold(**at, part as u32, 0);
        let outside = hole.0.iter().find(strays).copied().or_else(|| {
            // With all corners on the outer ring, edges tell.
            let bare = !hole.0.iter().any(|at| outer.tree.contains(at));
            bare.then(|| hole.lines().map(middle).find(|at| strays(&at))).flatten()
        });
        if let Some(at) = outside {
            found.add(Fault::HoleOutside, Some(at), part, number + 1);
        }
    }
    let rings: Vec<(usize, &LineString<f64>)> =
        polygon.interiors().iter().enumerate().map(|(number, hole)| (number + 1, hole)).collect();
    let areas = rings.iter().filter_map(|(number, hole)| Area::of_ring(part, *number, hole)).collect();
    inside(areas, &rings, limits, found, |area| (area.ring, Fault::HolesNested));
}

/// Rings of which a position lies strictly within another's area. `own` gives an area's number and the fault.
fn inside(
    areas: Vec<Area>,
    rings: &[(usize, &LineString<f64>)],
    limits: Limits,
    found: &mut Found,
    own: impl Fn(&Area) -> (usize, Fault),
) {
    if areas.len() < 2 {
        return;
    }
    let tree = rstar::RTree::bulk_load(
        areas
            .iter()
            .enumerate()
            .map(|(index, area)| {
                let Bounds { west, south, east, north } = area.bounds;
                rstar::primitives::GeomWithData::new(
                    rstar::primitives::Rectangle::from_corners([west, south], [east, north]),
                    index,
                )
            })
            .collect(),
    );
    let mut left = limits.pairs;
    for (number, ring) in rings {
        let Some(bounds) = ring.bounding_rect() else { continue };
        let around = rstar::AABB::from_corners([bounds.min().x, bounds.min().y], [bounds.max().x, bounds.max().y]);
        for near in tree.locate_in_envelope_intersecting(&around) {
            let area = &areas[near.data];
            let (other, fault) = own(area);
            if other == *number {
                continue;
            }
            let Some(rest) = left.checked_sub(ring.0.len()) else {
                return found.add(Fault::Unchecked, ring.0.first().copied(), area.part, area.ring);
            };
            left = rest;
            // Where rings touch, corners lie on the other; edges may cross it just in its corners.
            let within = |at: &Coord<f64>| area.tree.contains(at);
            let middles = || ring.lines().map(middle).find(within);
            if let Some(at) = ring.0.iter().copied().find(within).or_else(middles) {
                found.add(fault, Some(at), area.part, *number);
            }
        }
    }
}

fn middle(line: Line<f64>) -> Coord<f64> {
    (line.start + line.end) / 2.0
}
