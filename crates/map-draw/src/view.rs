use std::f64::consts::PI;

use map_feature::Bounds;

use crate::DrawError;

/// The equator's length on Web Mercator's sphere, in metres.
const EQUATOR: f64 = 40_075_016.685_578_49;
/// MapLibre's world is 512 pixels wide at zoom 0.
const WORLD: f64 = 512.0;
/// The longest side and the largest picture, in dots: 16,777,216 dots are 64 MiB while drawing.
pub const LONGEST: u32 = 8_192;
pub const LARGEST: u64 = 4_096 * 4_096;

/// What part of the world is drawn in Web Mercator, and how large.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct View {
    /// The picture's upper left corner, in parts of the world's width from its north-west corner.
    corner: (f64, f64),
    /// Pixels for the world's width, in each direction.
    scale: (f64, f64),
    width: f64,
    height: f64,
    ratio: f64,
}

impl View {
    /// Around a place (degrees) at MapLibre's zoom. Sizes are CSS pixels; `ratio` dots a pixel.
    ///
    /// # Errors
    /// [`DrawError::Size`] when the picture would be empty or too large, [`DrawError::View`] when the place is none.
    pub fn around(lon: f64, lat: f64, zoom: f64, width: u32, height: u32, ratio: f64) -> Result<View, DrawError> {
        if !(lon.is_finite()
            && lat.is_finite()
            && (-2.0..=24.0).contains(&zoom)
            && lat.abs() <= 90.0
            && lon.abs() <= 540.0)
        {
            return Err(DrawError::View("a place has a longitude, a latitude and a zoom from 0 to 24"));
        }
        let (width, height) = sized(width, height, ratio)?;
        let scale = WORLD * zoom.exp2();
        let (x, y) = world(lon, lat);
        let corner = (x - width / 2.0 / scale, y - height / 2.0 / scale);
        Ok(View { corner, scale: (scale, scale), width, height, ratio })
    }

    /// All of a box (degrees) in the middle of the picture, with as much around it as the picture's form asks for.
    ///
    /// # Errors
    /// As [`View::around`].
    pub fn showing(area: Bounds, width: u32, height: u32, ratio: f64) -> Result<View, DrawError> {
        let (pixels_x, pixels_y) = sized(width, height, ratio)?;
        let [(left, top), (right, bottom)] = corners(area)?;
        let scale =
            (pixels_x / (right - left).max(1e-9)).min(pixels_y / (bottom - top).max(1e-9)).min(WORLD * 22_f64.exp2());
        let middle = (f64::midpoint(left, right), f64::midpoint(top, bottom));
        let corner = (middle.0 - pixels_x / 2.0 / scale, middle.1 - pixels_y / 2.0 / scale);
        Ok(View { corner, scale: (scale, scale), width: pixels_x, height: pixels_y, ratio })
    }

    /// Exactly a box (degrees), even when that stretches it: OGC API – Maps with `bbox`, `width` and `height`.
    ///
    /// # Errors
    /// As [`View::around`].
    pub fn exactly(area: Bounds, width: u32, height: u32, ratio: f64) -> Result<View, DrawError> {
        let (pixels_x, pixels_y) = sized(width, height, ratio)?;
        let [corner, (right, bottom)] = corners(area)?;
        let (wide, high) = (right - corner.0, bottom - corner.1);
        if wide < 1e-9 || high < 1e-9 {
            return Err(DrawError::View("the box is empty"));
        }
        let scale = (pixels_x / wide, pixels_y / high);
        Ok(View { corner, scale, width: pixels_x, height: pixels_y, ratio })
    }

    /// MapLibre's zoom.
    pub fn zoom(&self) -> f64 {
        ((self.scale.0 * self.scale.1).sqrt() / WORLD).log2()
    }

    /// In CSS pixels.
    pub fn size(&self) -> (f64, f64) {
        (self.width, self.height)
    }

    /// Dots a CSS pixel.
    pub fn ratio(&self) -> f64 {
        self.ratio
    }

    /// Metres on the ground for a CSS pixel, in the middle of the picture.
    pub fn resolution(&self) -> f64 {
        let middle = self.corner.1 + self.height / 2.0 / self.scale.1;
        EQUATOR * latitude(middle).to_radians().cos() / (self.scale.0 * self.scale.1).sqrt()
    }

    /// From degrees to CSS pixels.
    pub fn pixel(&self, lon: f64, lat: f64, turn: f64) -> (f64, f64) {
        let (x, y) = world(lon, lat);
        ((x + turn - self.corner.0) * self.scale.0, (y - self.corner.1) * self.scale.1)
    }

    /// From CSS pixels to degrees.
    pub fn place(&self, x: f64, y: f64) -> (f64, f64) {
        let (x, y) = (self.corner.0 + x / self.scale.0, self.corner.1 + y / self.scale.1);
        (x.mul_add(360.0, -180.0), latitude(y))
    }

    /// The boxes of CRS84 that are seen, `margin` CSS pixels around the picture included, with the turns around the
    /// world to add: more than one where the picture crosses the 180th meridian.
    pub fn areas(&self, margin: f64) -> Vec<(Bounds, f64)> {
        let left = self.corner.0 - margin / self.scale.0;
        let right = self.corner.0 + (self.width + margin) / self.scale.0;
        let top = (self.corner.1 - margin / self.scale.1).max(0.0);
        let bottom = (self.corner.1 + (self.height + margin) / self.scale.1).min(1.0);
        let mut areas = Vec::new();
        let mut turn = left.floor().max(-3.0);
        while turn < right && turn <= 3.0 && top < bottom {
            let (from, to) = ((left - turn).max(0.0), (right - turn).min(1.0));
            if from < to {
                let degrees = |x: f64| x.mul_add(360.0, -180.0);
                let area =
                    Bounds { west: degrees(from), south: latitude(bottom), east: degrees(to), north: latitude(top) };
                areas.push((area, turn));
            }
            turn += 1.0;
        }
        areas
    }
}

/// The zoom at which a map printed at 96 pixels an inch is 1:`scale` at this latitude.
pub fn zoom_of_scale(scale: f64, lat: f64) -> f64 {
    let metres_a_pixel = scale * 0.0254 / 96.0;
    (EQUATOR * lat.to_radians().cos() / (WORLD * metres_a_pixel)).log2()
}

fn sized(width: u32, height: u32, ratio: f64) -> Result<(f64, f64), DrawError> {
    let good = (0.5..=4.0).contains(&ratio);
    let dots = |side: u32| (f64::from(side) * if good { ratio } else { 1.0 }).round() as u64;
    let (wide, high) = (dots(width), dots(height));
    if !good
        || wide == 0
        || high == 0
        || wide > u64::from(LONGEST)
        || high > u64::from(LONGEST)
        || wide * high > LARGEST
    {
        return Err(DrawError::Size { width: wide, height: high });
    }
    Ok((f64::from(width), f64::from(height)))
}

fn corners(area: Bounds) -> Result<[(f64, f64); 2], DrawError> {
    let finite = [area.west, area.south, area.east, area.north].iter().all(|side| side.is_finite());
    if !finite || area.south > area.north || area.west.abs() > 540.0 || area.east.abs() > 540.0 || area.west > area.east
    {
        return Err(DrawError::View("a box is west, south, east, north in degrees"));
    }
    Ok([world(area.west, area.north), world(area.east, area.south)])
}

/// Web Mercator in parts of the world's width, from the north-west corner.
fn world(lon: f64, lat: f64) -> (f64, f64) {
    let sine = lat.to_radians().sin().clamp(-0.999_999, 0.999_999);
    let y = 0.5 - ((1.0 + sine) / (1.0 - sine)).ln() / (4.0 * PI);
    (lon / 360.0 + 0.5, y)
}

fn latitude(y: f64) -> f64 {
    (PI * (1.0 - 2.0 * y)).sinh().atan().to_degrees()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_pixels() {
        let view = View::around(126.978, 37.5665, 14.0, 800, 600, 2.0).unwrap();
        let (x, y) = view.pixel(126.978, 37.5665, 0.0);
        assert!((x - 400.0).abs() < 1e-6 && (y - 300.0).abs() < 1e-6);
        let (lon, lat) = view.place(400.0, 300.0);
        assert!((lon - 126.978).abs() < 1e-9 && (lat - 37.5665).abs() < 1e-9);
        // 156,543 m a pixel of 256-pixel tiles at zoom 0 on the equator, half of it here; cos 37.57° = 0.7927.
        assert!((view.resolution() - 78_271.517 * 0.7926 / 16_384.0).abs() < 0.01, "{}", view.resolution());
    }

    #[test]
    fn a_box_is_shown_whole_or_exactly() {
        let area = Bounds { west: 126.7, south: 37.4, east: 127.2, north: 37.7 };
        let view = View::showing(area, 800, 800, 1.0).unwrap();
        let (left, top) = view.pixel(126.7, 37.7, 0.0);
        assert!(left.abs() < 1e-6 && top > 0.0);
        let view = View::exactly(area, 300, 800, 1.0).unwrap();
        let (right, bottom) = view.pixel(127.2, 37.4, 0.0);
        assert!((right - 300.0).abs() < 1e-6 && (bottom - 800.0).abs() < 1e-6);
    }

    #[test]
    fn across_the_antimeridian_there_are_two_boxes() {
        let view = View::around(180.0, 0.0, 3.0, 512, 512, 1.0).unwrap();
        let areas = view.areas(0.0);
        assert_eq!(areas.len(), 2);
        assert!(areas[0].0.east == 180.0 && areas[1].0.west == -180.0 && areas[1].1 == 1.0);
    }

    #[test]
    fn too_large_is_refused() {
        for (width, height, ratio) in [
            (20_000, 10, 1.0),
            (10, 20_000, 1.0),
            (0, 10, 1.0),
            (8_000, 8_000, 1.0),
            (3_000, 10, 4.0),
            (10, 10, f64::NAN),
        ] {
            let view = View::around(0.0, 0.0, 3.0, width, height, ratio);
            assert!(matches!(view, Err(DrawError::Size { .. })), "{width} {height} {ratio}");
        }
        assert!(View::around(f64::NAN, 0.0, 3.0, 10, 10, 1.0).is_err());
    }

    #[test]
    fn a_scale_is_a_zoom() {
        let zoom = zoom_of_scale(2_500.0, 37.5665);
        let view = View::around(126.978, 37.5665, zoom, 800, 600, 1.0).unwrap();
        // 96 pixels are an inch on paper, 63.5 m on the ground.
        assert!((view.resolution() * 96.0 - 63.5).abs() < 0.01);
    }
}
