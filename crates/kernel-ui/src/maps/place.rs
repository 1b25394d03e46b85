use std::f64::consts::{PI, TAU};

/// Size of the picture that stands for the map without scripts, in CSS pixels.
pub const PICTURE_WIDTH: u32 = 960;
pub const PICTURE_HEIGHT: u32 = 600;

/// Web Mercator's northern end, degrees.
const LIMIT: f64 = 85.051_128_78;
/// CSS pixels around the world at zoom 0, as MapLibre counts.
const WORLD: f64 = 512.0;
const NEAREST: f64 = 20.0;

/// Where a map looks: its centre in degrees (WGS 84) and its zoom as MapLibre counts, 0 for the whole world in 512 pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MapPlace {
    pub lon: f64,
    pub lat: f64,
    pub zoom: f64,
}

impl MapPlace {
    /// Numbers of an address, brought to where there is a map; what is no number looks at 0.
    pub fn new(lon: f64, lat: f64, zoom: f64) -> MapPlace {
        let number = |value: f64| if value.is_finite() { value } else { 0.0 };
        MapPlace {
            lon: (number(lon) + 180.0).rem_euclid(360.0) - 180.0,
            lat: number(lat).clamp(-LIMIT, LIMIT),
            zoom: number(zoom).clamp(0.0, NEAREST),
        }
    }

    /// The place from which all of a box is seen: west, south, east, north in degrees.
    pub fn of_box([west, south, east, north]: [f64; 4], width: u32, height: u32) -> MapPlace {
        let (left, top) = mercator(west, north);
        let (right, bottom) = mercator(east, south);
        let part = ((right - left) / f64::from(width)).max((bottom - top) / f64::from(height)).max(1e-9);
        let (lon, lat) = degrees((left + right) / 2.0, (top + bottom) / 2.0);
        MapPlace::new(lon, lat, (1.0 / (part * WORLD)).log2().min(17.0))
    }

    /// What a map of this size shows: west, south, east, north in degrees.
    pub fn bounds(self, width: u32, height: u32) -> [f64; 4] {
        let (x, y) = mercator(self.lon, self.lat);
        let half = |size: u32| f64::from(size) / 2.0 / self.pixels();
        let (west, north) = degrees(x - half(width), (y - half(height)).max(0.0));
        let (east, south) = degrees(x + half(width), (y + half(height)).min(1.0));
        [west.max(-180.0), south, east.min(180.0), north]
    }

    /// Moved by parts of the picture, east and south.
    pub(crate) fn moved(self, east: f64, south: f64) -> MapPlace {
        let (x, y) = mercator(self.lon, self.lat);
        let by = |part: f64, size: u32| part * f64::from(size) / self.pixels();
        let (lon, lat) = degrees(x + by(east, PICTURE_WIDTH), y + by(south, PICTURE_HEIGHT));
        MapPlace::new(lon, lat, self.zoom)
    }

    pub(crate) fn zoomed(self, by: f64) -> MapPlace {
        MapPlace::new(self.lon, self.lat, self.zoom + by)
    }

    fn pixels(self) -> f64 {
        WORLD * self.zoom.exp2()
    }
}

/// Parts of the world from its north-western corner.
fn mercator(lon: f64, lat: f64) -> (f64, f64) {
    let lat = lat.clamp(-LIMIT, LIMIT).to_radians();
    (lon / 360.0 + 0.5, 0.5 - (PI / 4.0 + lat / 2.0).tan().ln() / TAU)
}

fn degrees(x: f64, y: f64) -> (f64, f64) {
    ((x - 0.5) * 360.0, (2.0 * ((0.5 - y) * TAU).exp().atan() - PI / 2.0).to_degrees())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_world_at_zoom_zero() {
        let [west, south, east, north] = MapPlace::new(0.0, 0.0, 0.0).bounds(512, 512);
        assert!((west + 180.0).abs() < 1e-6 && (east - 180.0).abs() < 1e-6);
        assert!((north - LIMIT).abs() < 1e-6 && (south + LIMIT).abs() < 1e-6);
    }

    #[test]
    fn a_box_and_its_place_agree() {
        let seoul = [126.76, 37.42, 127.18, 37.70];
        let place = MapPlace::of_box(seoul, PICTURE_WIDTH, PICTURE_HEIGHT);
        let seen = place.bounds(PICTURE_WIDTH, PICTURE_HEIGHT);
        assert!(seen[0] <= seoul[0] + 1e-9 && seen[1] <= seoul[1] + 1e-9, "{seen:?}");
        assert!(seen[2] >= seoul[2] - 1e-9 && seen[3] >= seoul[3] - 1e-9, "{seen:?}");
        // One of the two directions fits tightly.
        assert!((seen[2] - seoul[2]).abs() < 1e-6 || (seen[3] - seoul[3]).abs() < 1e-6, "{seen:?}");
    }

    #[test]
    fn moving_there_and_back_is_staying() {
        let place = MapPlace::new(126.978, 37.5665, 12.0);
        let back = place.moved(0.5, 0.25).moved(-0.5, -0.25);
        assert!((back.lon - place.lon).abs() < 1e-9 && (back.lat - place.lat).abs() < 1e-9);
        let east = place.moved(1.0, 0.0).bounds(PICTURE_WIDTH, PICTURE_HEIGHT);
        assert!((east[0] - place.bounds(PICTURE_WIDTH, PICTURE_HEIGHT)[2]).abs() < 1e-9);
    }

    #[test]
    fn numbers_of_an_address_lead_to_a_map() {
        assert_eq!(MapPlace::new(f64::NAN, 91.0, 99.0), MapPlace { lon: 0.0, lat: LIMIT, zoom: NEAREST });
        assert!((MapPlace::new(190.0, 0.0, 1.0).lon + 170.0).abs() < 1e-9);
    }
}
