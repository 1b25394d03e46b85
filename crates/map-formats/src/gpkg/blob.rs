//! Geometries in GeoPackage's binary (clause 2.1.3): a header before Well-Known Binary.

use geo_types::Geometry;
use map_feature::Bounds;

use crate::geometry::Refused;
use crate::{Limits, geometry, wkb};

/// The geometry (`None`: empty), and whether it was flat.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<(Option<Geometry<f64>>, bool), Refused> {
    let [b'G', b'P', _, flags, ..] = bytes else { return Err(Refused::Malformed) };
    let envelope = match (flags >> 1) & 7 {
        0 => 0,
        1 => 32,
        2 | 3 => 48,
        4 => 64,
        _ => return Err(Refused::Malformed),
    };
    if flags & 0x20 != 0 {
        return Err(Refused::Unknown);
    }
    if flags & 0x10 != 0 {
        return Ok((None, true));
    }
    let (shape, raised) = wkb::read(bytes.get(8 + envelope..).ok_or(Refused::Malformed)?, limits)?;
    Ok((shape, !raised))
}

/// Little-endian, with a box for all but points.
pub(super) fn write(out: &mut Vec<u8>, shape: &Geometry<f64>, system: u16) -> Option<Bounds> {
    let (_, bounds, _) = geometry::survey(shape);
    let boxed = bounds.filter(|_| !matches!(shape, Geometry::Point(_)));
    out.extend_from_slice(b"GP\0");
    out.push(1 | if boxed.is_some() { 2 } else { 0 } | if bounds.is_none() { 0x10 } else { 0 });
    out.extend_from_slice(&i32::from(system).to_le_bytes());
    if let Some(bounds) = boxed {
        for number in [bounds.west, bounds.east, bounds.south, bounds.north] {
            out.extend_from_slice(&number.to_le_bytes());
        }
    }
    wkb::write(out, shape);
    bounds
}
