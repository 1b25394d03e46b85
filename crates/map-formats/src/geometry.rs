//! What every reader and writer does with geometries.

use geo_types::{Coord, Geometry, LineString, Polygon};
use map_feature::{Bounds, GeometryKind};

/// Why a geometry is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refused {
    Malformed,
    Unknown,
    Vertices,
    Depth,
}

impl From<Refused> for crate::ProblemKind {
    fn from(refused: Refused) -> crate::ProblemKind {
        match refused {
            Refused::Malformed => crate::ProblemKind::BadGeometry,
            Refused::Unknown => crate::ProblemKind::UnknownGeometry,
            Refused::Vertices => crate::ProblemKind::TooManyVertices,
            Refused::Depth => crate::ProblemKind::TooDeep,
        }
    }
}

/// All coordinates, in order.
pub(crate) fn each(geometry: &Geometry<f64>, f: &mut dyn FnMut(Coord<f64>)) {
    let line = |line: &LineString<f64>, f: &mut dyn FnMut(Coord<f64>)| line.0.iter().for_each(|at| f(*at));
    let area = |polygon: &Polygon<f64>, f: &mut dyn FnMut(Coord<f64>)| {
        line(polygon.exterior(), f);
        polygon.interiors().iter().for_each(|ring| line(ring, f));
    };
    match geometry {
        Geometry::Point(point) => f(point.0),
        Geometry::Line(two) => {
            f(two.start);
            f(two.end);
        }
        Geometry::LineString(one) => line(one, f),
        Geometry::Polygon(one) => area(one, f),
        Geometry::MultiPoint(many) => many.0.iter().for_each(|point| f(point.0)),
        Geometry::MultiLineString(many) => many.0.iter().for_each(|one| line(one, f)),
        Geometry::MultiPolygon(many) => many.0.iter().for_each(|one| area(one, f)),
        Geometry::GeometryCollection(many) => many.0.iter().for_each(|one| each(one, f)),
        Geometry::Rect(rect) => area(&rect.to_polygon(), f),
        Geometry::Triangle(triangle) => area(&triangle.to_polygon(), f),
    }
}

/// How many vertices, the box around them, and whether all are finite.
pub(crate) fn survey(geometry: &Geometry<f64>) -> (u64, Option<Bounds>, bool) {
    let mut count = 0;
    let mut low = (f64::INFINITY, f64::INFINITY);
    let mut high = (f64::NEG_INFINITY, f64::NEG_INFINITY);
    let mut finite = true;
    let mut add = |line: &[Coord<f64>]| {
        count += line.len() as u64;
        for at in line {
            low = (low.0.min(at.x), low.1.min(at.y));
            high = (high.0.max(at.x), high.1.max(at.y));
            finite &= at.x.is_finite() & at.y.is_finite();
        }
    };
    let mut area = |polygon: &Polygon<f64>| {
        add(&polygon.exterior().0);
        polygon.interiors().iter().for_each(|ring| add(&ring.0));
    };
    match geometry {
        Geometry::Polygon(one) => area(one),
        Geometry::MultiPolygon(many) => many.0.iter().for_each(area),
        Geometry::LineString(line) => add(&line.0),
        other => each(other, &mut |at| add(&[at])),
    }
    let bounds = (count > 0).then_some(Bounds { west: low.0, south: low.1, east: high.0, north: high.1 });
    (count, bounds, finite)
}

pub(crate) fn swap(geometry: &mut Geometry<f64>) {
    let turn = |at: &mut Coord<f64>| std::mem::swap(&mut at.x, &mut at.y);
    let area = |polygon: &mut Polygon<f64>| {
        polygon.exterior_mut(|ring| ring.0.iter_mut().for_each(turn));
        polygon.interiors_mut(|rings| rings.iter_mut().for_each(|ring| ring.0.iter_mut().for_each(turn)));
    };
    match geometry {
        Geometry::Point(point) => turn(&mut point.0),
        Geometry::LineString(line) => line.0.iter_mut().for_each(turn),
        Geometry::Polygon(one) => area(one),
        Geometry::MultiPoint(many) => many.0.iter_mut().for_each(|point| turn(&mut point.0)),
        Geometry::MultiLineString(many) => many.0.iter_mut().for_each(|line| line.0.iter_mut().for_each(turn)),
        Geometry::MultiPolygon(many) => many.0.iter_mut().for_each(area),
        Geometry::GeometryCollection(many) => many.0.iter_mut().for_each(swap),
        Geometry::Line(_) | Geometry::Rect(_) | Geometry::Triangle(_) => {}
    }
}

pub(crate) fn kind(geometry: &Geometry<f64>) -> GeometryKind {
    match geometry {
        Geometry::Point(_) | Geometry::MultiPoint(_) => GeometryKind::Point,
        Geometry::Line(_) | Geometry::LineString(_) | Geometry::MultiLineString(_) => GeometryKind::Line,
        Geometry::Polygon(_) | Geometry::MultiPolygon(_) | Geometry::Rect(_) | Geometry::Triangle(_) => {
            GeometryKind::Polygon
        }
        Geometry::GeometryCollection(_) => GeometryKind::Any,
    }
}

/// The kind of a layer that holds both; `None` before the first.
pub(crate) fn joined(all: Option<GeometryKind>, one: GeometryKind) -> GeometryKind {
    match all {
        None => one,
        Some(all) if all == one => all,
        Some(_) => GeometryKind::Any,
    }
}

/// Twice the area by the shoelace formula, positive when counter-clockwise. Taken from the first vertex, which keeps
/// the digits of far coordinates.
pub(crate) fn doubled_area(ring: &[Coord<f64>]) -> f64 {
    let Some(origin) = ring.first() else { return 0.0 };
    ring.windows(2)
        .map(|pair| (pair[0].x - origin.x) * (pair[1].y - origin.y) - (pair[1].x - origin.x) * (pair[0].y - origin.y))
        .sum()
}

/// A ring's vertices in the wanted direction.
pub(crate) fn turned(ring: &[Coord<f64>], counter_clockwise: bool) -> Box<dyn Iterator<Item = Coord<f64>> + '_> {
    let area = doubled_area(ring);
    if area != 0.0 && (area > 0.0) != counter_clockwise {
        Box::new(ring.iter().rev().copied())
    } else {
        Box::new(ring.iter().copied())
    }
}
