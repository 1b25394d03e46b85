//! From geometries in degrees to paths in pixels: projected, cut to what is seen, without dots that nobody could tell
//! apart. Nothing far outside survives, so huge coordinates cannot harm the painter.

use geo_types::{Coord, Geometry, LineString, Polygon};
use tiny_skia::PathBuilder;

use crate::View;

/// A point in CSS pixels.
pub type Point = (f64, f64);

/// A rectangle in CSS pixels around the picture.
#[derive(Debug, Clone, Copy)]
pub struct Frame {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Frame {
    pub fn around(view: &View, margin: f64) -> Frame {
        let (width, height) = view.size();
        Frame { left: -margin, top: -margin, right: width + margin, bottom: height + margin }
    }

    pub fn holds(&self, (x, y): Point) -> bool {
        x >= self.left && x <= self.right && y >= self.top && y <= self.bottom
    }
}

/// Projects for one view and one turn around the world.
pub struct Projector<'a> {
    pub view: &'a View,
    pub frame: Frame,
    pub turn: f64,
    /// Vertices nearer than this to the one before are left out, in CSS pixels.
    pub nearest: f64,
}

impl Projector<'_> {
    fn pixel(&self, at: Coord<f64>) -> Point {
        self.view.pixel(at.x, at.y, self.turn)
    }

    /// The points of a geometry that are seen; those of lines and areas are not points.
    pub fn points(&self, geometry: &Geometry<f64>, into: &mut Vec<Point>) {
        let mut add = |at: Coord<f64>| {
            let at = self.pixel(at);
            if self.frame.holds(at) {
                into.push(at);
            }
        };
        match geometry {
            Geometry::Point(point) => add(point.0),
            Geometry::MultiPoint(points) => points.iter().for_each(|point| add(point.0)),
            Geometry::GeometryCollection(parts) => parts.iter().for_each(|part| self.points(part, into)),
            _ => {}
        }
    }

    /// The lines of a geometry, areas' edges among them when asked, cut where they leave the frame.
    pub fn lines(&self, geometry: &Geometry<f64>, into: &mut Vec<Vec<Point>>) {
        match geometry {
            Geometry::Line(line) => self.line(&LineString(vec![line.start, line.end]), into),
            Geometry::LineString(line) => self.line(line, into),
            Geometry::MultiLineString(lines) => lines.iter().for_each(|line| self.line(line, into)),
            Geometry::Polygon(polygon) => self.edges(polygon, into),
            Geometry::MultiPolygon(polygons) => polygons.iter().for_each(|polygon| self.edges(polygon, into)),
            Geometry::Rect(rect) => self.edges(&rect.to_polygon(), into),
            Geometry::Triangle(triangle) => self.edges(&triangle.to_polygon(), into),
            Geometry::GeometryCollection(parts) => parts.iter().for_each(|part| self.lines(part, into)),
            Geometry::Point(_) | Geometry::MultiPoint(_) => {}
        }
    }

    fn edges(&self, polygon: &Polygon<f64>, into: &mut Vec<Vec<Point>>) {
        self.line(polygon.exterior(), into);
        polygon.interiors().iter().for_each(|ring| self.line(ring, into));
    }

    fn line(&self, line: &LineString<f64>, into: &mut Vec<Vec<Point>>) {
        let mut piece: Vec<Point> = Vec::new();
        let points = self.thinned(line);
        for pair in points.windows(2) {
            let Some((from, to)) = cut(self.frame, pair[0], pair[1]) else {
                finish(&mut piece, into);
                continue;
            };
            if piece.last() != Some(&from) {
                finish(&mut piece, into);
                piece.push(from);
            }
            piece.push(to);
        }
        finish(&mut piece, into);
    }

    fn thinned(&self, line: &LineString<f64>) -> Vec<Point> {
        let mut points: Vec<Point> = Vec::with_capacity(line.0.len());
        let last = line.0.len().saturating_sub(1);
        for (at, coord) in line.0.iter().enumerate() {
            let (x, y) = self.pixel(*coord);
            if !(x.is_finite() && y.is_finite()) {
                continue;
            }
            match points.last() {
                Some(before) if at != last && (x - before.0).abs().max((y - before.1).abs()) < self.nearest => {}
                _ => points.push((x, y)),
            }
        }
        simplified(points, self.nearest)
    }

    /// The areas of a geometry: each a list of rings, the outer one first and clockwise on the screen, holes against.
    pub fn areas(&self, geometry: &Geometry<f64>, into: &mut Vec<Vec<Vec<Point>>>) {
        match geometry {
            Geometry::Polygon(polygon) => self.area(polygon, into),
            Geometry::MultiPolygon(polygons) => polygons.iter().for_each(|polygon| self.area(polygon, into)),
            Geometry::Rect(rect) => self.area(&rect.to_polygon(), into),
            Geometry::Triangle(triangle) => self.area(&triangle.to_polygon(), into),
            Geometry::GeometryCollection(parts) => parts.iter().for_each(|part| self.areas(part, into)),
            _ => {}
        }
    }

    fn area(&self, polygon: &Polygon<f64>, into: &mut Vec<Vec<Vec<Point>>>) {
        let Some(outer) = self.ring(polygon.exterior(), true) else { return };
        let mut rings = vec![outer];
        rings.extend(polygon.interiors().iter().filter_map(|ring| self.ring(ring, false)));
        into.push(rings);
    }

    fn ring(&self, ring: &LineString<f64>, clockwise: bool) -> Option<Vec<Point>> {
        let mut points = self.thinned(ring);
        if points.len() > 1 && points.first() == points.last() {
            points.pop();
        }
        if points.iter().any(|point| !self.frame.holds(*point)) {
            points = clipped(points, self.frame);
        }
        if points.len() < 3 {
            return None;
        }
        // Against the sign convention of y upwards: on the screen y falls.
        let twice: f64 = points.iter().zip(points.iter().cycle().skip(1)).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum();
        if (twice > 0.0) != clockwise {
            points.reverse();
        }
        Some(points)
    }
}

/// Leaves out points that lie within `tolerance` of a straight line between others (Douglas and Peucker 1973).
fn simplified(points: Vec<Point>, tolerance: f64) -> Vec<Point> {
    if points.len() < 8 {
        return points;
    }
    let last = points.len() - 1;
    let mut keep = vec![false; points.len()];
    (keep[0], keep[last]) = (true, true);
    let mut open = vec![(0, last)];
    while let Some((from, to)) = open.pop() {
        let (mut most, mut at) = (tolerance * tolerance, 0);
        for between in from + 1..to {
            let away = away(points[between], points[from], points[to]);
            if away > most {
                (most, at) = (away, between);
            }
        }
        if at > 0 {
            keep[at] = true;
            open.extend([(from, at), (at, to)]);
        }
    }
    points.into_iter().zip(keep).filter_map(|(point, keep)| keep.then_some(point)).collect()
}

/// The squared distance of a point from a segment.
fn away(point: Point, from: Point, to: Point) -> f64 {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let (x, y) = (point.0 - from.0, point.1 - from.1);
    let length = dx.mul_add(dx, dy * dy);
    let t = if length > 0.0 { (x.mul_add(dx, y * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
    (x - t * dx).powi(2) + (y - t * dy).powi(2)
}

fn finish(piece: &mut Vec<Point>, into: &mut Vec<Vec<Point>>) {
    if piece.len() > 1 {
        into.push(std::mem::take(piece));
    }
    piece.clear();
}

/// The part of a segment within the frame (Liang and Barsky 1984).
fn cut(frame: Frame, from: Point, to: Point) -> Option<(Point, Point)> {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let (mut start, mut end) = (0.0_f64, 1.0_f64);
    for (along, room) in
        [(-dx, from.0 - frame.left), (dx, frame.right - from.0), (-dy, from.1 - frame.top), (dy, frame.bottom - from.1)]
    {
        if along == 0.0 {
            if room < 0.0 {
                return None;
            }
        } else if along < 0.0 {
            start = start.max(room / along);
        } else {
            end = end.min(room / along);
        }
    }
    let point = |t: f64| (dx.mul_add(t, from.0), dy.mul_add(t, from.1));
    (start <= end).then(|| (if start > 0.0 { point(start) } else { from }, if end < 1.0 { point(end) } else { to }))
}

/// A ring within the frame (Sutherland and Hodgman 1974).
fn clipped(points: Vec<Point>, frame: Frame) -> Vec<Point> {
    type Side = (fn(Point) -> f64, f64);
    let sides: [Side; 4] =
        [(|p| p.0, frame.left), (|p| -p.0, -frame.right), (|p| p.1, frame.top), (|p| -p.1, -frame.bottom)];
    sides.iter().fold(points, |points, (along, limit)| {
        let mut kept = Vec::with_capacity(points.len() + 4);
        for (a, b) in points.iter().zip(points.iter().cycle().skip(1)) {
            let (room_a, room_b) = (along(*a) - limit, along(*b) - limit);
            if room_a >= 0.0 {
                kept.push(*a);
            }
            if (room_a >= 0.0) != (room_b >= 0.0) {
                let t = room_a / (room_a - room_b);
                kept.push(((b.0 - a.0).mul_add(t, a.0), (b.1 - a.1).mul_add(t, a.1)));
            }
        }
        kept
    })
}

/// Adds a line or a ring to a path.
pub fn trace(path: &mut PathBuilder, points: &[Point], close: bool) {
    let Some((first, rest)) = points.split_first() else { return };
    path.move_to(first.0 as f32, first.1 as f32);
    for (x, y) in rest {
        path.line_to(*x as f32, *y as f32);
    }
    if close {
        path.close();
    }
}

#[cfg(test)]
mod tests {
    use geo_types::{line_string, polygon};

    use super::*;

    fn with<T>(read: impl FnOnce(&Projector) -> T) -> T {
        let view = View::around(0.0, 0.0, 10.0, 100, 100, 1.0).unwrap();
        read(&Projector { view: &view, frame: Frame::around(&view, 10.0), turn: 0.0, nearest: 0.2 })
    }

    #[test]
    fn what_is_far_away_is_cut() {
        with(|projector| {
            let mut lines = Vec::new();
            projector.lines(&line_string![(x: -170.0, y: 0.0), (x: 170.0, y: 0.0)].into(), &mut lines);
            assert_eq!(lines.len(), 1);
            assert!(lines[0].iter().all(|(x, _)| (-10.1..=110.1).contains(x)), "{lines:?}");
            let mut areas = Vec::new();
            let world =
                polygon![(x: -170.0, y: -80.0), (x: 170.0, y: -80.0), (x: 170.0, y: 80.0), (x: -170.0, y: 80.0)];
            projector.areas(&world.into(), &mut areas);
            assert_eq!(areas[0][0].len(), 4);
            assert!(areas[0][0].iter().all(|point| projector.frame.holds((point.0.round(), point.1.round()))));
        });
    }

    #[test]
    fn what_nobody_sees_is_left_out() {
        let wave: Vec<Point> = (0..1000).map(|x| (f64::from(x) * 0.1, (f64::from(x) * 0.01).sin() * 20.0)).collect();
        let simple = simplified(wave.clone(), 0.2);
        assert!(simple.len() < 60, "{}", simple.len());
        let strays = wave.iter().map(|point| {
            simple.windows(2).map(|pair| away(*point, pair[0], pair[1])).fold(f64::INFINITY, f64::min).sqrt()
        });
        assert!(strays.fold(0.0, f64::max) <= 0.2);
    }

    #[test]
    fn broken_geometry_draws_nothing() {
        with(|projector| {
            let mut areas = Vec::new();
            for polygon in [
                polygon![(x: f64::NAN, y: 0.0), (x: 1.0, y: f64::INFINITY), (x: 0.0, y: 0.0)],
                polygon![(x: 0.0, y: 0.0)],
                Polygon::new(LineString(vec![]), vec![]),
            ] {
                projector.areas(&polygon.into(), &mut areas);
            }
            assert!(areas.is_empty(), "{areas:?}");
        });
    }
}
