//! The geometries of placemarks.

use geo_types::{
    Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon,
};
use map_feature::GeometryKind;

use crate::Limits;
use crate::geometry::{self, Refused};
use crate::xml::Element;

struct Shapes {
    vertices: u64,
    depth: usize,
    flat: bool,
}

const SHAPES: [&str; 8] =
    ["Point", "LineString", "LinearRing", "Polygon", "MultiGeometry", "Track", "MultiTrack", "Model"];

impl Shapes {
    fn of(&mut self, parent: &Element, depth: usize) -> Result<Vec<Geometry<f64>>, Refused> {
        if depth > self.depth {
            return Err(Refused::Depth);
        }
        let mut all = Vec::new();
        for child in parent.children.iter().filter(|child| SHAPES.contains(&child.name.as_str())) {
            all.extend(match child.name.as_str() {
                "Point" => self.line(child)?.0.first().map(|at| Geometry::Point(Point(*at))),
                "LineString" | "LinearRing" => Some(Geometry::LineString(self.line(child)?)),
                "Polygon" => Some(Geometry::Polygon(self.polygon(child)?)),
                "Track" => Some(Geometry::LineString(self.track(child)?)),
                "MultiGeometry" | "MultiTrack" => gather(self.of(child, depth + 1)?),
                _ => return Err(Refused::Unknown),
            });
        }
        Ok(all)
    }

    fn polygon(&mut self, element: &Element) -> Result<Polygon<f64>, Refused> {
        let mut exterior = None;
        let mut interiors = Vec::new();
        for boundary in &element.children {
            for ring in boundary.children.iter().filter(|child| child.name == "LinearRing") {
                match boundary.name.as_str() {
                    "outerBoundaryIs" if exterior.is_none() => exterior = Some(self.line(ring)?),
                    "innerBoundaryIs" => interiors.push(self.line(ring)?),
                    _ => {}
                }
            }
        }
        Ok(Polygon::new(exterior.ok_or(Refused::Malformed)?, interiors))
    }

    fn line(&mut self, element: &Element) -> Result<LineString<f64>, Refused> {
        let text = element.child("coordinates").map(|one| one.text.as_str()).unwrap_or_default();
        let mut line = Vec::new();
        for tuple in text.split_ascii_whitespace() {
            line.push(self.position(tuple.split(','))?);
        }
        Ok(LineString(line))
    }

    fn track(&mut self, element: &Element) -> Result<LineString<f64>, Refused> {
        let coords = element.children.iter().filter(|child| child.name == "coord");
        coords.map(|one| self.position(one.text.split_ascii_whitespace())).collect::<Result<_, _>>().map(LineString)
    }

    fn position<'a>(&mut self, numbers: impl Iterator<Item = &'a str>) -> Result<Coord<f64>, Refused> {
        self.vertices = self.vertices.checked_sub(1).ok_or(Refused::Vertices)?;
        let mut numbers = numbers.map(|number| number.trim().parse::<f64>().map_err(|_| Refused::Malformed));
        let mut next = || numbers.next().ok_or(Refused::Malformed)?;
        let at = Coord { x: next()?, y: next()? };
        // Most programs write a height of nothing.
        self.flat &= numbers.next().is_none_or(|height| height.is_ok_and(|height| height == 0.0));
        Ok(at)
    }
}

/// Several as one: a multi-geometry when all are of one kind.
fn gather(mut all: Vec<Geometry<f64>>) -> Option<Geometry<f64>> {
    if all.len() < 2 {
        return all.pop();
    }
    let kind = all.iter().map(geometry::kind).fold(None, |kind, one| Some(geometry::joined(kind, one)));
    let (mut points, mut lines, mut areas) = (Vec::new(), Vec::new(), Vec::new());
    if kind == Some(GeometryKind::Any) {
        return Some(Geometry::GeometryCollection(GeometryCollection(all)));
    }
    for one in all {
        match one {
            Geometry::Point(point) => points.push(point),
            Geometry::MultiPoint(many) => points.extend(many.0),
            Geometry::LineString(line) => lines.push(line),
            Geometry::MultiLineString(many) => lines.extend(many.0),
            Geometry::Polygon(polygon) => areas.push(polygon),
            Geometry::MultiPolygon(many) => areas.extend(many.0),
            _ => {}
        }
    }
    Some(match kind {
        Some(GeometryKind::Point) => Geometry::MultiPoint(MultiPoint(points)),
        Some(GeometryKind::Line) => Geometry::MultiLineString(MultiLineString(lines)),
        _ => Geometry::MultiPolygon(MultiPolygon(areas)),
    })
}

pub(super) fn shape(placemark: &Element, limits: &Limits) -> Result<(Option<Geometry<f64>>, bool), Refused> {
    let mut shapes = Shapes { vertices: limits.vertices, depth: limits.depth, flat: true };
    let all = shapes.of(placemark, 0)?;
    Ok((gather(all), shapes.flat))
}
