use std::{
    cmp::{Ordering, Reverse},
    collections::BinaryHeap,
    ops::ControlFlow,
};

use geo::{Distance, Euclidean, Intersects, MapCoords};
use geo_types::{Coord, Geometry, Point};
use map_feature::Bounds;

use crate::{
    Found, Live, Row,
    live::Snapshot,
    row::{At, RowAccess},
    world::{self, Area},
};

impl Live {
    /// The `k` nearest features within `within_m` metres of a place (longitude, latitude), the nearest first, with their
    /// distances in metres; 0 inside of a polygon. Distances are measured on a plane that touches WGS 84 at the place: to
    /// a thousandth within ten kilometres, worse further away.
    pub fn near(&self, at: (f64, f64), k: usize, within_m: f64) -> Vec<(Found, f64)> {
        self.now().near(Plane::at(at.0, at.1), k, within_m)
    }

    /// The features whose polygons hold a place, edges included.
    pub fn covering(&self, lon: f64, lat: f64) -> Vec<Found> {
        let now = self.now();
        let at = Coord { x: lon, y: lat };
        let Ok(own) = now.edition.in_own_crs(at) else { return Vec::new() };
        let point = world::from_degrees(at);
        let area = Area { x0: point.x, y0: point.y, x1: point.x, y1: point.y };
        let mut found = Vec::new();
        let _ = now.rows(Some(area), &mut |row| {
            if row.original().is_some_and(|geometry| holds(&geometry, own)) {
                found.extend(row.found());
            }
            ControlFlow::Continue(())
        });
        found
    }
}

fn holds(geometry: &Geometry<f64>, at: Coord<f64>) -> bool {
    match geometry {
        Geometry::Polygon(polygon) => polygon.intersects(&at),
        Geometry::MultiPolygon(polygons) => polygons.intersects(&at),
        Geometry::Rect(rect) => rect.intersects(&at),
        Geometry::Triangle(triangle) => triangle.intersects(&at),
        Geometry::GeometryCollection(all) => all.iter().any(|one| holds(one, at)),
        _ => false,
    }
}

/// Metres east and north of a place.
struct Plane {
    lon: f64,
    lat: f64,
    /// Metres in a degree of longitude and of latitude there, on WGS 84 (series as in NIMA TR8350.2).
    east: f64,
    north: f64,
}

impl Plane {
    fn at(lon: f64, lat: f64) -> Plane {
        let phi = lat.to_radians();
        let north = 111_132.954 - 559.822 * (2.0 * phi).cos() + 1.175 * (4.0 * phi).cos();
        let east = 111_412.84 * phi.cos() - 93.5 * (3.0 * phi).cos() + 0.118 * (5.0 * phi).cos();
        Plane { lon, lat, east: east.max(0.0), north }
    }

    fn to_metres(&self, at: Coord<f64>) -> Coord<f64> {
        Coord { x: (at.x - self.lon) * self.east, y: (at.y - self.lat) * self.north }
    }

    /// Nothing in the box is nearer.
    fn least(&self, area: Area) -> f64 {
        let bounds = area.bounds();
        let beyond = |low: f64, at: f64, high: f64| (low - at).max(at - high).max(0.0);
        let (x, y) = (beyond(bounds.west, self.lon, bounds.east), beyond(bounds.south, self.lat, bounds.north));
        (x * self.east).hypot(y * self.north)
    }

    /// All that is within a distance, and some more. `None`: that is everything.
    fn around(&self, metres: f64) -> Option<Area> {
        let (x, y) = (metres / self.east, metres / self.north);
        let far = !(x < 90.0 && y < 45.0);
        let (lon, lat) = (self.lon, self.lat);
        (!far).then(|| Area::of(Bounds { west: lon - x, south: lat - y, east: lon + x, north: lat + y }))
    }

    fn distance(&self, row: &Row<'_>) -> Option<f64> {
        let geometry = row.geometry()?.map_coords(|at| self.to_metres(at));
        let distance = Euclidean.distance(&geometry, &Point::new(0.0, 0.0));
        distance.is_finite().then_some(distance)
    }
}

/// What may be next: a node of the tree, a feature by its box, or a feature whose distance is known.
#[derive(Clone, Copy)]
enum Next<'a> {
    Node(usize, u32),
    Row(At<'a>),
    Known(At<'a>),
}

struct Candidate<'a> {
    distance: f64,
    /// Among equally near ones the first: keeps the order stable.
    number: u64,
    next: Next<'a>,
}

impl PartialEq for Candidate<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Candidate<'_> {}

impl PartialOrd for Candidate<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Candidate<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.distance.total_cmp(&other.distance).then(self.number.cmp(&other.number))
    }
}

impl Snapshot {
    fn near(&self, plane: Plane, k: usize, within: f64) -> Vec<(Found, f64)> {
        let (mut heap, mut number, mut found) = (BinaryHeap::new(), 0, Vec::new());
        let mut put = |heap: &mut BinaryHeap<_>, distance: f64, next| {
            if distance <= within {
                number += 1;
                heap.push(Reverse(Candidate { distance, number, next }));
            }
        };
        let tree = &self.edition.tree;
        if let Some(root) = tree.root() {
            put(&mut heap, 0.0, Next::Node(root, 0));
        }
        for entry in self.delta.meeting(plane.around(within)) {
            if let Some(place) = &entry.place {
                put(&mut heap, plane.least(place.area), Next::Row(At::Changed(entry)));
            }
        }
        while found.len() < k {
            let Some(Reverse(Candidate { distance, next, .. })) = heap.pop() else { break };
            match next {
                Next::Node(level, at) => {
                    for child in tree.below(level, at) {
                        let Some(area) = tree.node(level - 1, child) else { continue };
                        match level {
                            1 if self.delta.hidden.has(child) => {}
                            1 => put(&mut heap, plane.least(area), Next::Row(At::Base(child))),
                            _ => put(&mut heap, plane.least(area), Next::Node(level - 1, child)),
                        }
                    }
                }
                Next::Row(at) => {
                    if let Some(distance) = plane.distance(&self.row(at)) {
                        put(&mut heap, distance, Next::Known(at));
                    }
                }
                Next::Known(at) => found.extend(self.row(at).found().map(|one| (one, distance))),
            }
        }
        found
    }
}
