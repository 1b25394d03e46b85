//! Spatial predicates. Boxes are compared first, then edges by a tree; only where boundaries meet is the whole
//! DE-9IM matrix computed.

use geo::{
    BoundingRect, Contains, CoordsIter, HasDimensions, Intersects, LinesIter, Orient, Relate,
    indexed::IntervalTreeMultiPolygon, orient::Direction, relate::IntersectionMatrix,
};
use geo_types::{Coord, Geometry, Line, MultiPolygon, Polygon};
use map_feature::Bounds;
use rstar::{AABB, RTree};

use crate::tree::Spatial;

/// A geometry of the filter itself, prepared once for all features.
pub struct Fixed {
    pub geometry: Geometry<f64>,
    bounds: Bounds,
    edges: RTree<Line<f64>>,
    inside: Option<IntervalTreeMultiPolygon<f64>>,
    parts: Vec<Coord<f64>>,
    /// The box around it in CRS84, for an index.
    pub area: Bounds,
}

impl Fixed {
    /// `None` for a geometry without any position.
    pub fn new(geometry: Geometry<f64>, area: Bounds) -> Option<Fixed> {
        let bounds = geometry.bounding_rect()?.into();
        let mut areas = Vec::new();
        polygons(&geometry, &mut |polygon| areas.push(polygon.orient(Direction::Default)));
        let inside = (!areas.is_empty()).then(|| IntervalTreeMultiPolygon::new(&MultiPolygon(areas)));
        let mut edges = Vec::new();
        each_edge(&geometry, &mut |edge| {
            edges.push(edge);
            false
        });
        let parts = parts(&geometry);
        Some(Fixed { geometry, bounds, edges: RTree::bulk_load(edges), inside, parts, area })
    }

    /// More edges lie over each other than in anything drawn: each comparison would cost their square.
    pub fn is_tangled(&self) -> bool {
        let mut left = 64 * self.edges.size() + 10_000;
        for edge in self.edges.iter() {
            let around = AABB::from_corners(geo_types::Point(edge.start), geo_types::Point(edge.end));
            let near = self.edges.locate_in_envelope_intersecting(&around).take(left).count();
            left -= near;
            if left == 0 {
                return true;
            }
        }
        false
    }

    fn holds(&self, at: Coord<f64>) -> bool {
        self.inside.as_ref().is_some_and(|inside| inside.contains(&at))
    }

    fn touches(&self, edge: Line<f64>) -> bool {
        let (a, b) = (edge.start, edge.end);
        let around = AABB::from_corners(geo_types::Point(a), geo_types::Point(b));
        self.edges.locate_in_envelope_intersecting(&around).any(|own| own.intersects(&edge))
    }
}

/// How a feature's geometry lies to one of the filter: `geometry op fixed`. `None` for coordinates that are none.
pub fn beside(op: Spatial, geometry: &Geometry<f64>, fixed: &Fixed) -> Option<bool> {
    let Some(bounds) = geometry.bounding_rect().map(Bounds::from) else {
        return Some(op == Spatial::Disjoint);
    };
    if ![bounds.west, bounds.south, bounds.east, bounds.north].into_iter().all(f64::is_finite) {
        return None;
    }
    let within = |inner: Bounds, outer: Bounds| {
        outer.west <= inner.west && outer.south <= inner.south && inner.east <= outer.east && inner.north <= outer.north
    };
    let possible = bounds.meets(fixed.bounds)
        && match op {
            Spatial::Within => within(bounds, fixed.bounds),
            Spatial::Contains => within(fixed.bounds, bounds),
            Spatial::Equals => bounds == fixed.bounds,
            _ => true,
        };
    if !possible {
        return Some(op == Spatial::Disjoint);
    }
    let meets = each_edge(geometry, &mut |edge| fixed.touches(edge));
    if matches!(op, Spatial::Intersects | Spatial::Disjoint) {
        let meets =
            meets || parts(geometry).into_iter().any(|at| fixed.holds(at)) || holds_any(geometry, bounds, fixed);
        return Some(meets == (op == Spatial::Intersects));
    }
    if !meets {
        // No boundary meets the other: each part lies wholly inside or wholly outside.
        let parts = parts(geometry);
        let inside = parts.iter().filter(|at| fixed.holds(**at)).count();
        let around = holds_any(geometry, bounds, fixed);
        if !around && inside == 0 {
            return Some(false);
        }
        if !around && inside == parts.len() {
            return Some(op == Spatial::Within);
        }
    }
    let corners = corners(op, geometry, fixed, within(fixed.bounds, bounds));
    Some(corners.unwrap_or_else(|| answers(op, &geometry.relate(&fixed.geometry))))
}

/// What corners strictly inside or outside of an area settle already, without the matrix.
fn corners(op: Spatial, geometry: &Geometry<f64>, fixed: &Fixed, may_contain: bool) -> Option<bool> {
    if !matches!(fixed.geometry, Geometry::Polygon(_) | Geometry::MultiPolygon(_)) {
        return None;
    }
    let inside = || geometry.coords_iter().any(|at| fixed.holds(at));
    let outside = || geometry.coords_iter().any(|at| !fixed.holds(at) && !fixed.touches(Line::new(at, at)));
    match (op, geometry) {
        (Spatial::Within, _) if outside() => Some(false),
        (Spatial::Touches, _) if inside() => Some(false),
        (Spatial::Crosses, Geometry::Polygon(_) | Geometry::MultiPolygon(_)) => Some(false),
        (Spatial::Crosses, Geometry::LineString(_) | Geometry::MultiLineString(_)) => {
            (inside() && outside()).then_some(true)
        }
        (Spatial::Overlaps, Geometry::Polygon(_) | Geometry::MultiPolygon(_)) => {
            (!may_contain && inside() && outside()).then_some(true)
        }
        _ => None,
    }
}

/// How two geometries lie to each other, neither known before.
pub fn relate(op: Spatial, left: &Geometry<f64>, right: &Geometry<f64>) -> Option<bool> {
    if left.is_empty() || right.is_empty() {
        return Some(op == Spatial::Disjoint);
    }
    let finite = |shape: &Geometry<f64>| shape.coords_iter().all(|at| at.x.is_finite() && at.y.is_finite());
    (finite(left) && finite(right)).then(|| answers(op, &left.relate(right)))
}

fn answers(op: Spatial, matrix: &IntersectionMatrix) -> bool {
    match op {
        Spatial::Intersects => matrix.is_intersects(),
        Spatial::Disjoint => matrix.is_disjoint(),
        Spatial::Equals => matrix.is_equal_topo(),
        Spatial::Touches => matrix.is_touches(),
        Spatial::Crosses => matrix.is_crosses(),
        Spatial::Within => matrix.is_within(),
        Spatial::Contains => matrix.is_contains(),
        Spatial::Overlaps => matrix.is_overlaps(),
    }
}

/// The same relation seen from the other side.
pub fn turned(op: Spatial) -> Spatial {
    match op {
        Spatial::Within => Spatial::Contains,
        Spatial::Contains => Spatial::Within,
        other => other,
    }
}

/// A part of the fixed geometry lies inside one of the polygons.
fn holds_any(geometry: &Geometry<f64>, bounds: Bounds, fixed: &Fixed) -> bool {
    let near = |at: &Coord<f64>| bounds.meets(Bounds { west: at.x, south: at.y, east: at.x, north: at.y });
    let near: Vec<Coord<f64>> = fixed.parts.iter().copied().filter(near).collect();
    let mut found = false;
    if !near.is_empty() {
        polygons(geometry, &mut |polygon| found = found || near.iter().any(|at| polygon.contains(at)));
    }
    found
}

/// One position of each connected part: of each point, line and ring.
fn parts(geometry: &Geometry<f64>) -> Vec<Coord<f64>> {
    let mut found = Vec::new();
    match geometry {
        Geometry::Point(point) => found.push(point.0),
        Geometry::MultiPoint(points) => found.extend(points.0.iter().map(|point| point.0)),
        Geometry::LineString(line) => found.extend(line.0.first()),
        Geometry::MultiLineString(lines) => found.extend(lines.0.iter().filter_map(|line| line.0.first())),
        Geometry::Line(line) => found.push(line.start),
        Geometry::GeometryCollection(members) => found.extend(members.0.iter().flat_map(parts)),
        areas => polygons(areas, &mut |polygon| {
            let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
            found.extend(rings.filter_map(|ring| ring.0.first()));
        }),
    }
    found
}

fn polygons(geometry: &Geometry<f64>, found: &mut dyn FnMut(&Polygon<f64>)) {
    match geometry {
        Geometry::Polygon(polygon) => found(polygon),
        Geometry::MultiPolygon(polygons) => polygons.0.iter().for_each(found),
        Geometry::Rect(rect) => found(&rect.to_polygon()),
        Geometry::Triangle(triangle) => found(&triangle.to_polygon()),
        Geometry::GeometryCollection(members) => members.0.iter().for_each(|member| polygons(member, found)),
        _ => {}
    }
}

/// All edges until `found` says true; a point is an edge of no length. Whether it did.
fn each_edge(geometry: &Geometry<f64>, found: &mut dyn FnMut(Line<f64>) -> bool) -> bool {
    match geometry {
        Geometry::Point(point) => found(Line::new(point.0, point.0)),
        Geometry::MultiPoint(points) => points.0.iter().any(|point| found(Line::new(point.0, point.0))),
        Geometry::GeometryCollection(members) => members.0.iter().any(|member| each_edge(member, found)),
        Geometry::Line(line) => found(*line),
        Geometry::LineString(line) => line.lines().any(found),
        Geometry::MultiLineString(lines) => lines.lines_iter().any(found),
        Geometry::Polygon(polygon) => polygon.lines_iter().any(found),
        Geometry::MultiPolygon(polygons) => polygons.lines_iter().any(found),
        Geometry::Rect(rect) => rect.lines_iter().any(found),
        Geometry::Triangle(triangle) => triangle.lines_iter().any(found),
    }
}
