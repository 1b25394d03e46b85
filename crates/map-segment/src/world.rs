//! Whole numbers for places: Web Mercator (EPSG:3857) with 2³² units across the world, x to the east, y to the south. A
//! unit is 0.9 cm at the equator, and a coordinate of a tile at zoom z is a subtraction and a shift by 20 − z.

use std::f64::consts::PI;

use geo_types::Coord;
use map_feature::Bounds;

const SIDE: f64 = 4_294_967_296.0;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Point {
    pub x: u32,
    pub y: u32,
}

/// `lon` and `lat` in degrees. Beyond ±85.05° or ±180° the edge of the world answers. Never decreasing in either
/// direction, so boxes that meet still meet here.
pub(crate) fn from_degrees(at: Coord<f64>) -> Point {
    let sin = at.y.to_radians().sin();
    let y = if at.y >= 89.9 {
        0.0
    } else if at.y <= -89.9 {
        1.0
    } else {
        0.5 - ((1.0 + sin) / (1.0 - sin)).ln() / (4.0 * PI)
    };
    // `as` keeps to the range of u32.
    Point { x: ((at.x / 360.0 + 0.5) * SIDE) as u32, y: (y * SIDE) as u32 }
}

/// Longitude and latitude in degrees of the middle of a unit.
pub(crate) fn to_degrees(at: Point) -> Coord<f64> {
    let (x, y) = ((f64::from(at.x) + 0.5) / SIDE, (f64::from(at.y) + 0.5) / SIDE);
    Coord { x: (x - 0.5) * 360.0, y: (PI * (1.0 - 2.0 * y)).sinh().atan().to_degrees() }
}

/// A box; both corners belong to it. `x0 > x1` is the box around nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Area {
    pub x0: u32,
    pub y0: u32,
    pub x1: u32,
    pub y1: u32,
}

impl Area {
    pub const NOTHING: Area = Area { x0: u32::MAX, y0: u32::MAX, x1: 0, y1: 0 };

    pub fn of(bounds: Bounds) -> Area {
        let south_west = from_degrees(Coord { x: bounds.west, y: bounds.south });
        let north_east = from_degrees(Coord { x: bounds.east, y: bounds.north });
        Area { x0: south_west.x, y0: north_east.y, x1: north_east.x, y1: south_west.y }
    }

    /// In degrees, so far that it holds every place whose unit is in the box: to the pole from where the world ends.
    pub fn bounds(self) -> Bounds {
        let low = to_degrees(Point { x: self.x0, y: self.y1 });
        let high = to_degrees(Point { x: self.x1, y: self.y0 });
        let unit = 360.0 / SIDE;
        Bounds {
            west: low.x - unit,
            south: if self.y1 == u32::MAX { -90.0 } else { low.y - unit },
            east: high.x + unit,
            north: if self.y0 == 0 { 90.0 } else { high.y + unit },
        }
    }

    pub fn is_nothing(self) -> bool {
        self.x0 > self.x1 || self.y0 > self.y1
    }

    pub fn take(&mut self, at: Point) {
        (self.x0, self.y0) = (self.x0.min(at.x), self.y0.min(at.y));
        (self.x1, self.y1) = (self.x1.max(at.x), self.y1.max(at.y));
    }

    pub fn joined(self, other: Area) -> Area {
        Area {
            x0: self.x0.min(other.x0),
            y0: self.y0.min(other.y0),
            x1: self.x1.max(other.x1),
            y1: self.y1.max(other.y1),
        }
    }

    #[inline]
    pub fn meets(self, other: Area) -> bool {
        (self.x0 <= other.x1) & (other.x0 <= self.x1) & (self.y0 <= other.y1) & (other.y0 <= self.y1)
    }

    #[inline]
    pub fn holds(self, other: Area) -> bool {
        self.x0 <= other.x0 && other.x1 <= self.x1 && self.y0 <= other.y0 && other.y1 <= self.y1
    }

    #[inline]
    pub fn width(self) -> u32 {
        self.x1.saturating_sub(self.x0)
    }

    #[inline]
    pub fn height(self) -> u32 {
        self.y1.saturating_sub(self.y0)
    }

    pub fn middle(self) -> Point {
        Point { x: self.x0 + self.width() / 2, y: self.y0 + self.height() / 2 }
    }

    pub fn to_bytes(self) -> [u8; 16] {
        let mut bytes = [0; 16];
        for (place, number) in bytes.chunks_exact_mut(4).zip([self.x0, self.y0, self.x1, self.y1]) {
            place.copy_from_slice(&number.to_le_bytes());
        }
        bytes
    }

    #[inline]
    pub fn from_bytes(bytes: [u8; 16]) -> Area {
        let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p] = bytes;
        let number = |bytes| u32::from_le_bytes(bytes);
        Area { x0: number([a, b, c, d]), y0: number([e, f, g, h]), x1: number([i, j, k, l]), y1: number([m, n, o, p]) }
    }
}

/// How far along a Hilbert curve through all units a place lies (Skilling 2004, for two dimensions): what is near on the
/// curve is near on the ground.
pub(crate) fn hilbert(at: Point) -> u64 {
    let (mut x, mut y) = (at.x, at.y);
    let mut along = 0;
    for bit in (0..32).rev() {
        let (right, down) = ((x >> bit) & 1, (y >> bit) & 1);
        along = along << 2 | u64::from((3 * right) ^ down);
        if down == 0 {
            if right == 1 {
                (x, y) = (!x, !y);
            }
            (x, y) = (y, x);
        }
    }
    along
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn known_places() {
        assert_eq!(from_degrees(Coord { x: 0.0, y: 0.0 }), Point { x: 1 << 31, y: 1 << 31 });
        assert_eq!(from_degrees(Coord { x: -180.0, y: 90.0 }), Point { x: 0, y: 0 });
        assert_eq!(from_degrees(Coord { x: 180.0, y: -90.0 }), Point { x: u32::MAX, y: u32::MAX });
        // Seoul City Hall lies in tile 14/13970/6344 (slippy map tilenames).
        let seoul = from_degrees(Coord { x: 126.978, y: 37.5665 });
        assert_eq!((seoul.x >> 18, seoul.y >> 18), (13970, 6344));
    }

    #[test]
    fn the_curve_visits_each_cell_once_and_steps_to_a_neighbour() {
        let cells: Vec<u32> = (0..16).map(|at| at << 28).collect();
        let mut path: Vec<(u64, Point)> = cells
            .iter()
            .flat_map(|&x| cells.iter().map(move |&y| Point { x, y }))
            .map(|at| (hilbert(at) >> 56, at))
            .collect();
        path.sort_by_key(|(along, _)| *along);
        for (number, pair) in path.windows(2).enumerate() {
            assert_eq!(pair[0].0, number as u64);
            let step = pair[0].1.x.abs_diff(pair[1].1.x) / (1 << 28) + pair[0].1.y.abs_diff(pair[1].1.y) / (1 << 28);
            assert_eq!(step, 1, "{pair:?}");
        }
    }

    proptest! {
        #[test]
        fn there_and_back(x: u32, y: u32) {
            let at = Point { x, y };
            let back = from_degrees(to_degrees(at));
            prop_assert!(back.x.abs_diff(x) <= 1 && back.y.abs_diff(y) <= 1);
        }

        #[test]
        fn as_web_mercator_says(lon in -180.0..180.0, lat in -85.0..85.0f64) {
            let at = from_degrees(Coord { x: lon, y: lat });
            let north = (PI / 4.0 + lat.to_radians() / 2.0).tan().ln() / PI;
            let (x, y) = ((lon / 360.0 + 0.5) * SIDE, (0.5 - north / 2.0) * SIDE);
            prop_assert!((f64::from(at.x) - x).abs() <= 1.0 && (f64::from(at.y) - y).abs() <= 1.0);
        }

        #[test]
        fn boxes_that_meet_still_meet(a in -85.0..85.0f64, b in -85.0..85.0f64) {
            let (low, high) = (from_degrees(Coord { x: a.min(b), y: a.min(b) }), from_degrees(Coord { x: a.max(b), y: a.max(b) }));
            prop_assert!(low.x <= high.x && low.y >= high.y);
        }
    }
}
