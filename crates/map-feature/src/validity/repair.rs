//! Making polygons valid.

use geo::{BooleanOps, BoundingRect, CoordsIter, Orient, orient::Direction, unary_union};
use geo_types::{Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Polygon};

use super::{Fault, Limits, findings, is_finite};

/// Why a geometry stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unrepairable {
    #[error("nothing of it is left when what is broken is taken out")]
    Nothing,
    #[error("it has too many positions, or too many edges cross")]
    TooLarge,
    #[error("it is still broken afterwards")]
    StillBroken,
}

/// The same place, valid: positions that are none and those repeated are left out, lines and rings too short dropped, what
/// a polygon's rings enclose an odd number of times is kept, overlapping parts are united, outer rings run
/// counter-clockwise.
///
/// Corners where edges crossed lie on a grid of about a billionth of the geometry's extent.
pub fn repaired(geometry: &Geometry<f64>, limits: Limits) -> Result<Geometry<f64>, Unrepairable> {
    if geometry.coords_count() > limits.positions {
        return Err(Unrepairable::TooLarge);
    }
    let new = mended(geometry, limits)?.ok_or(Unrepairable::Nothing)?;
    match findings(&new, Limits { findings: 1, ..limits }).first() {
        None => Ok(new),
        Some(finding) if finding.fault == Fault::Unchecked => Err(Unrepairable::TooLarge),
        Some(_) => Err(Unrepairable::StillBroken),
    }
}

fn mended(geometry: &Geometry<f64>, limits: Limits) -> Result<Option<Geometry<f64>>, Unrepairable> {
    Ok(match geometry {
        Geometry::Polygon(polygon) => area(std::slice::from_ref(polygon), limits)?,
        Geometry::MultiPolygon(polygons) => area(&polygons.0, limits)?,
        Geometry::Rect(rect) => area(&[rect.to_polygon()], limits)?,
        Geometry::Triangle(triangle) => area(&[triangle.to_polygon()], limits)?,
        Geometry::LineString(line) => cleaned(line, 2).map(Geometry::from),
        Geometry::MultiLineString(lines) => {
            let lines: Vec<LineString<f64>> = lines.0.iter().filter_map(|line| cleaned(line, 2)).collect();
            (!lines.is_empty()).then(|| MultiLineString(lines).into())
        }
        Geometry::Line(line) => cleaned(&LineString(vec![line.start, line.end]), 2).map(Geometry::from),
        Geometry::Point(point) => is_finite(point.0).then_some(Geometry::Point(*point)),
        Geometry::MultiPoint(points) => {
            let points: Vec<_> = points.0.iter().copied().filter(|point| is_finite(point.0)).collect();
            (!points.is_empty()).then(|| MultiPoint(points).into())
        }
        Geometry::GeometryCollection(members) => {
            let members = members.0.iter().map(|member| mended(member, limits)).collect::<Result<Vec<_>, _>>()?;
            let members: Vec<Geometry<f64>> = members.into_iter().flatten().collect();
            (!members.is_empty()).then_some(Geometry::GeometryCollection(GeometryCollection(members)))
        }
    })
}

/// Without positions that are none or repeat the one before; `None` with fewer than needed.
fn cleaned(line: &LineString<f64>, needed: usize) -> Option<LineString<f64>> {
    let mut coords: Vec<Coord<f64>> = line.0.iter().copied().filter(|at| is_finite(*at)).collect();
    coords.dedup();
    (coords.len() >= needed).then_some(LineString(coords))
}

fn area(polygons: &[Polygon<f64>], limits: Limits) -> Result<Option<Geometry<f64>>, Unrepairable> {
    let mut valid = Vec::new();
    for polygon in polygons {
        let Some(exterior) = cleaned(polygon.exterior(), 3) else { continue };
        let interiors = polygon.interiors().iter().filter_map(|ring| cleaned(ring, 3)).collect();
        let polygon = Polygon::new(exterior, interiors);
        if let Some(polygon) = even_odd(polygon, limits)? {
            valid.push(polygon);
        }
    }
    let united = match valid.len() {
        1 => valid.remove(0),
        _ => {
            let separate = Geometry::MultiPolygon(valid.iter().flat_map(|all| all.0.iter().cloned()).collect());
            match crossed(&separate, limits)? {
                true => unary_union(&valid),
                false => valid.into_iter().flatten().collect(),
            }
        }
    };
    let mut united = united.orient(Direction::Default);
    Ok(match united.0.len() {
        0 => None,
        1 => Some(united.0.remove(0).into()),
        _ => Some(united.into()),
    })
}

/// Whether something is broken; an error when that cannot be told within the limits.
fn crossed(geometry: &Geometry<f64>, limits: Limits) -> Result<bool, Unrepairable> {
    let found = findings(geometry, limits);
    match found.iter().find(|finding| finding.fault != Fault::Direction) {
        Some(finding) if finding.fault == Fault::Unchecked => Err(Unrepairable::TooLarge),
        first => Ok(first.is_some()),
    }
}

/// What the rings enclose an odd number of times. What is valid stays as it is, to the last bit.
fn even_odd(polygon: Polygon<f64>, limits: Limits) -> Result<Option<MultiPolygon<f64>>, Unrepairable> {
    if polygon.bounding_rect().is_none() {
        return Ok(None);
    }
    let geometry = Geometry::Polygon(polygon);
    let crossed = crossed(&geometry, limits)?;
    let Geometry::Polygon(polygon) = geometry else { return Ok(None) };
    if !crossed {
        return Ok(Some(MultiPolygon(vec![polygon])));
    }
    let whole = polygon.union(&MultiPolygon::<f64>(Vec::new()));
    Ok((!whole.0.is_empty()).then_some(whole))
}
