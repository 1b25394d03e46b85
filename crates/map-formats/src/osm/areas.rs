//! Which closed ways are areas, and how multipolygon relations are put together.

use std::collections::HashMap;

use geo_types::{Coord, Geometry, LineString, MultiPolygon, Polygon};

use crate::geometry::doubled_area;
use crate::shapefile::encloses;

/// Keys that make a closed way an area, with values for which it stays a line.
const AREAS: [(&str, &[&str]); 28] = [
    ("building", &["no"]),
    ("building:part", &["no"]),
    ("landuse", &["no"]),
    ("natural", &["coastline", "cliff", "ridge", "arete", "tree_row", "no"]),
    ("leisure", &["track", "slipway", "no"]),
    ("amenity", &["no"]),
    ("shop", &["no"]),
    ("tourism", &["no"]),
    ("historic", &["citywalls", "no"]),
    ("place", &["no"]),
    ("boundary", &["no"]),
    ("man_made", &["cutline", "embankment", "pipeline", "breakwater", "groyne", "no"]),
    ("water", &["no"]),
    ("wetland", &["no"]),
    ("waterway", &["river", "stream", "canal", "drain", "ditch", "weir", "fairway", "no"]),
    ("aeroway", &["taxiway", "runway", "no"]),
    ("public_transport", &["no"]),
    ("power", &["line", "minor_line", "cable", "no"]),
    ("office", &["no"]),
    ("craft", &["no"]),
    ("military", &["no"]),
    ("emergency", &["no"]),
    ("golf", &["no"]),
    ("indoor", &["no"]),
    ("area:highway", &["no"]),
    ("healthcare", &["no"]),
    ("landcover", &["no"]),
    ("parking", &["no"]),
];

/// For a way that ends where it begins.
pub(super) fn is_area(tags: &[(&str, &str)]) -> bool {
    let said = tags.iter().find(|(key, _)| *key == "area").map(|(_, value)| *value);
    match said {
        Some("yes") => true,
        Some("no") => false,
        _ => tags.iter().any(|(key, value)| AREAS.iter().any(|(area, lines)| area == key && !lines.contains(value))),
    }
}

/// Members joined end to end into rings; `false`: some did not close.
pub(super) fn rings(ways: Vec<&[(i32, i32)]>) -> (Vec<Vec<(i32, i32)>>, bool) {
    let mut rings = Vec::new();
    let mut open: Vec<Option<Vec<(i32, i32)>>> = Vec::new();
    for way in ways {
        if way.len() >= 4 && way.first() == way.last() {
            rings.push(way.to_vec());
        } else if way.len() >= 2 {
            open.push(Some(way.to_vec()));
        }
    }
    let mut ends: HashMap<(i32, i32), Vec<usize>> = HashMap::new();
    for (place, way) in open.iter().enumerate() {
        for end in way.iter().flat_map(|way| [way[0], way[way.len() - 1]]) {
            ends.entry(end).or_default().push(place);
        }
    }
    let mut closed = true;
    for start in 0..open.len() {
        let Some(mut ring) = open[start].take() else { continue };
        while ring.first() != ring.last() {
            let Some(last) = ring.last().copied() else { break };
            let next = ends.get_mut(&last).and_then(|places| {
                while let Some(place) = places.pop() {
                    if let Some(way) = open[place].take() {
                        return Some(way);
                    }
                }
                None
            });
            let Some(mut way) = next else { break };
            if way.first() != Some(&last) {
                way.reverse();
            }
            ring.extend(way.into_iter().skip(1));
        }
        if ring.len() >= 4 && ring.first() == ring.last() {
            rings.push(ring);
        } else {
            closed = false;
        }
    }
    (rings, closed)
}

/// Outer and inner rings into areas: a hole belongs to the smallest outer ring around it.
pub(super) fn polygons(outer: Vec<Vec<(i32, i32)>>, inner: Vec<Vec<(i32, i32)>>) -> Option<Geometry<f64>> {
    let degrees = |ring: Vec<(i32, i32)>| -> Vec<Coord<f64>> { ring.into_iter().map(super::degrees).collect() };
    let outer: Vec<Vec<Coord<f64>>> = outer.into_iter().map(degrees).collect();
    let mut holes: Vec<Vec<LineString<f64>>> = outer.iter().map(|_| Vec::new()).collect();
    // Of relations made to cost time, later holes go to the first outer ring.
    let mut effort = 200_000_000_usize;
    for hole in inner.into_iter().map(degrees) {
        let Some(at) = hole.first().copied() else { continue };
        let mut best: Option<(usize, f64)> = None;
        for (place, ring) in outer.iter().enumerate() {
            effort = effort.saturating_sub(ring.len());
            if effort > 0 && encloses(ring, at) {
                let area = doubled_area(ring).abs();
                if best.is_none_or(|(_, smallest)| area < smallest) {
                    best = Some((place, area));
                }
            }
        }
        if let Some(list) = holes.get_mut(best.map_or(0, |(place, _)| place)) {
            list.push(LineString(hole));
        }
    }
    let mut all: Vec<Polygon<f64>> =
        outer.into_iter().zip(holes).map(|(ring, holes)| Polygon::new(LineString(ring), holes)).collect();
    match all.len() {
        0 => None,
        1 => all.pop().map(Geometry::Polygon),
        _ => Some(Geometry::MultiPolygon(MultiPolygon(all))),
    }
}
