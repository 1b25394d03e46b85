//! Reference systems that collections speak (OGC 18-058r1).

use geo_types::{Coord, Geometry};
use kernel_web::Failure;
use map_feature::{AxisOrder, Bounds, Crs, Transformer};

use super::answer::bad;
use crate::layer::Layer;

/// Besides the layer's own: the web's, and Korea's.
const USUAL: [Crs; 6] =
    [Crs::Crs84, Crs::Epsg(4326), Crs::WEB_MERCATOR, Crs::Epsg(5179), Crs::Epsg(5181), Crs::Epsg(5186)];
/// Points along each side of a box when it is brought into another system.
const STEPS: u32 = 16;

/// What a collection speaks, CRS84 first.
pub fn spoken(layer: &Layer, bounds: Option<Bounds>) -> Vec<Crs> {
    let zone = bounds.map(utm);
    let mut all = USUAL.to_vec();
    all.extend([layer.crs].into_iter().chain(zone).filter(|crs| !USUAL.contains(crs)));
    all.dedup();
    all
}

/// The UTM zone (WGS 84) of a box's middle.
fn utm(bounds: Bounds) -> Crs {
    let (lon, lat) = ((bounds.west + bounds.east) / 2.0, (bounds.south + bounds.north) / 2.0);
    let zone = (((lon + 180.0) / 6.0).floor().clamp(0.0, 59.0) as u16) + 1;
    Crs::Epsg(if lat < 0.0 { 32_700 + zone } else { 32_600 + zone })
}

/// The system that a parameter names; CRS84 when it is left out.
///
/// # Errors
/// 400 for one that the collection does not speak.
pub fn named(parameter: &str, text: &str, spoken: &[Crs]) -> Result<Crs, Failure> {
    if text.is_empty() {
        return Ok(Crs::Crs84);
    }
    let read = text.parse::<Crs>().ok().filter(|crs| spoken.contains(crs));
    read.ok_or_else(|| {
        let known: Vec<String> = spoken.iter().map(|crs| crs.uri()).collect();
        bad(format!("{parameter} is one of {}", known.join(", ")))
    })
}

/// Whether coordinates are written northing first.
pub fn turned(crs: Crs) -> bool {
    crs.axis_order() == AxisOrder::NorthEast
}

/// The box in degrees that holds this box of another system.
///
/// # Errors
/// When the box lies outside of where its system is defined.
pub fn box_in_degrees(area: Bounds, crs: Crs) -> Result<Bounds, Failure> {
    let to = Transformer::new(crs, Crs::Crs84).map_err(|cause| bad(cause.to_string()))?;
    let mut all: Option<Bounds> = None;
    for step in 0..=STEPS {
        let part = f64::from(step) / f64::from(STEPS);
        let (x, y) = (area.west + (area.east - area.west) * part, area.south + (area.north - area.south) * part);
        for at in [(x, area.south), (x, area.north), (area.west, y), (area.east, y)] {
            let at = to.point(Coord { x: at.0, y: at.1 }).map_err(|cause| bad(format!("bbox: {cause}")))?;
            let point = Bounds { west: at.x, south: at.y, east: at.x, north: at.y };
            all = Some(all.map_or(point, |all| all.joined(point)));
        }
    }
    all.ok_or_else(|| bad("bbox is empty"))
}

/// From how somebody wrote it, into the layer's system, x before y.
///
/// # Errors
/// When a coordinate lies outside of where a system is defined.
pub fn into_layer(geometry: Geometry<f64>, crs: Crs, layer: &Layer) -> Result<Geometry<f64>, Failure> {
    let geometry = if turned(crs) { swapped(&geometry) } else { geometry };
    let to = Transformer::new(crs, layer.crs).map_err(|cause| bad(cause.to_string()))?;
    to.geometry(&geometry).map_err(|cause| bad(cause.to_string()))
}

fn swapped(geometry: &Geometry<f64>) -> Geometry<f64> {
    use geo::MapCoords;
    geometry.map_coords(|at| Coord { x: at.y, y: at.x })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_around_seoul_lies_in_its_zone() {
        let seoul = Bounds { west: 126.7, south: 37.4, east: 127.2, north: 37.7 };
        assert_eq!(utm(seoul), Crs::Epsg(32_652));
        let sydney = Bounds { west: 151.0, south: -34.0, east: 151.3, north: -33.7 };
        assert_eq!(utm(sydney), Crs::Epsg(32_756));
    }

    #[test]
    fn a_box_of_another_system_is_held_by_its_box_in_degrees() {
        let area = Bounds { west: 190_000.0, south: 540_000.0, east: 210_000.0, north: 560_000.0 };
        let held = box_in_degrees(area, Crs::Epsg(5186)).unwrap();
        assert!(held.west < 126.9 && held.east > 127.1 && held.south < 37.47 && held.north > 37.6, "{held:?}");
    }
}
