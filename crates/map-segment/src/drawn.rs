use geo_types::{Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Polygon};
use map_feature::Bounds;

use crate::{
    Live, Row,
    shape::{self, LINES, POINTS, POLYGONS, Sink},
    world::{self, Area, Point},
};

use std::ops::ControlFlow;

impl Live {
    /// Shows what to draw in an area of CRS84: each feature with its geometry in CRS84, to about a centimetre, and coarser
    /// where `resolution_m` (the metres of a pixel on the ground) allows it: points of a path closer than half a pixel are
    /// passed over, so are lines smaller than that, and of polygons smaller than that one becomes a square of half a pixel
    /// each time their boxes together fill it. In the order of [`Live::rows`].
    pub fn drawn(&self, area: Bounds, resolution_m: f64, f: &mut dyn FnMut(&Row<'_>, Geometry<f64>)) {
        let middle = ((area.south + area.north) / 2.0).clamp(-85.0, 85.0);
        let unit = 2.0 * std::f64::consts::PI * 6_378_137.0 / 4_294_967_296.0 * middle.to_radians().cos();
        let mut drawn = Drawn { step: (resolution_m / 2.0 / unit) as u32, ..Drawn::default() };
        let mut room = Vec::new();
        let mut owed = 0;
        let _ = self.now().rows(Some(Area::of(area)), &mut |row| {
            let (Some(around), Some(bytes)) = (row.area(), row.shape()) else { return ControlFlow::Continue(()) };
            let kinds = bytes.first().copied().unwrap_or(0);
            if around.width() < drawn.step && around.height() < drawn.step && kinds & POINTS == 0 {
                if kinds == POLYGONS {
                    owed += (u64::from(around.width()) + 1) * (u64::from(around.height()) + 1);
                    if let Some(left) = owed.checked_sub(u64::from(drawn.step) * u64::from(drawn.step)) {
                        owed = left;
                        f(row, drawn.square(around.middle()));
                    }
                }
                return ControlFlow::Continue(());
            }
            drawn.parts.clear();
            let corner = Point { x: around.x0, y: around.y0 };
            let geometry = shape::walk(bytes, corner, &mut room, &mut drawn).and_then(|()| drawn.geometry());
            if let Some(geometry) = geometry {
                f(row, geometry);
            }
            ControlFlow::Continue(())
        });
    }
}

#[derive(Default)]
struct Drawn {
    /// What is closer than this is the same.
    step: u32,
    points: Vec<Coord<f64>>,
    lines: Vec<LineString<f64>>,
    rings: Vec<(LineString<f64>, bool)>,
    parts: Vec<Geometry<f64>>,
}

impl Drawn {
    fn path(&self, points: &[Point]) -> Vec<Coord<f64>> {
        let mut kept: Vec<Coord<f64>> = Vec::with_capacity(points.len() + 1);
        let mut before = None::<Point>;
        for (number, &at) in points.iter().enumerate() {
            let near =
                before.is_some_and(|before| at.x.abs_diff(before.x) < self.step && at.y.abs_diff(before.y) < self.step);
            if !near || number + 1 == points.len() {
                kept.push(world::to_degrees(at));
                before = Some(at);
            }
        }
        kept
    }

    fn square(&self, middle: Point) -> Geometry<f64> {
        let half = self.step / 2;
        let corner = |x: u32, y: u32| world::to_degrees(Point { x, y });
        let (west, east) = (middle.x.saturating_sub(half), middle.x.saturating_add(half));
        let (north, south) = (middle.y.saturating_sub(half), middle.y.saturating_add(half));
        let ring = vec![corner(west, south), corner(east, south), corner(east, north), corner(west, north)];
        Geometry::Polygon(Polygon::new(LineString(ring), Vec::new()))
    }

    fn geometry(&mut self) -> Option<Geometry<f64>> {
        if self.parts.len() > 1 {
            return Some(Geometry::GeometryCollection(GeometryCollection(std::mem::take(&mut self.parts))));
        }
        self.parts.pop()
    }
}

impl Sink for Drawn {
    fn points(&mut self, points: &[Point]) {
        self.points = points.iter().map(|at| world::to_degrees(*at)).collect();
    }

    fn line(&mut self, points: &[Point]) {
        let line = self.path(points);
        if line.len() > 1 {
            self.lines.push(LineString(line));
        }
    }

    fn ring(&mut self, points: &[Point], outer: bool) {
        let ring = self.path(points);
        if outer || !self.rings.is_empty() {
            self.rings.push((LineString(ring), outer));
        }
    }

    fn end(&mut self, kind: u8) {
        match kind {
            POINTS => {
                let mut points = std::mem::take(&mut self.points);
                match points[..] {
                    [] => {}
                    [one] => self.parts.push(Geometry::Point(one.into())),
                    _ => self.parts.push(Geometry::MultiPoint(MultiPoint(points.drain(..).map(Into::into).collect()))),
                }
            }
            LINES => match self.lines.len() {
                0 => {}
                1 => self.parts.extend(self.lines.pop().map(Geometry::LineString)),
                _ => self.parts.push(Geometry::MultiLineString(MultiLineString(std::mem::take(&mut self.lines)))),
            },
            POLYGONS => {
                let mut polygons: Vec<(LineString<f64>, Vec<LineString<f64>>)> = Vec::new();
                for (ring, outer) in self.rings.drain(..) {
                    match polygons.last_mut() {
                        Some(last) if !outer => last.1.push(ring),
                        _ => polygons.push((ring, Vec::new())),
                    }
                }
                let closed = |(outer, holes)| Polygon::new(outer, holes);
                let mut polygons: Vec<Polygon<f64>> = polygons.into_iter().map(closed).collect();
                match polygons.len() {
                    0 => {}
                    1 => self.parts.extend(polygons.pop().map(Geometry::Polygon)),
                    _ => self.parts.push(Geometry::MultiPolygon(MultiPolygon(polygons))),
                }
            }
            _ => {}
        }
    }
}
