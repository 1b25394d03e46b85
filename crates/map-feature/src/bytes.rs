//! Geometry as Well-Known Binary (OGC 06-103r4, section 8), two-dimensional, little-endian.

use geo_traits::to_geo::ToGeoGeometry;
use geo_types::Geometry;
use wkb::writer::{WriteOptions, write_geometry};

/// Appends the geometry to `out`.
///
/// # Errors
/// When the geometry cannot be written; nothing but a writer that fails does that.
pub fn to_wkb(geometry: &Geometry<f64>, out: &mut Vec<u8>) -> Result<(), NotWkb> {
    write_geometry(out, geometry, &WriteOptions::default()).map_err(|_| NotWkb)
}

/// # Errors
/// When the bytes are no Well-Known Binary.
pub fn from_wkb(bytes: &[u8]) -> Result<Geometry<f64>, NotWkb> {
    let read = wkb::reader::read_wkb(bytes).map_err(|_| NotWkb)?;
    read.try_to_geometry().ok_or(NotWkb)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a geometry in Well-Known Binary")]
pub struct NotWkb;

#[cfg(test)]
mod tests {
    use geo_types::{line_string, polygon};

    use super::*;

    #[test]
    fn a_geometry_comes_back_exactly() {
        for geometry in [
            Geometry::from(line_string![(x: 1.0, y: 2.0), (x: 3.5, y: 1e-9)]),
            Geometry::from(polygon![(x: 0.0, y: 0.0), (x: 1.0, y: 0.0), (x: 1.0, y: 1.0), (x: 0.0, y: 0.0)]),
        ] {
            let mut bytes = Vec::new();
            to_wkb(&geometry, &mut bytes).expect("written");
            assert_eq!(from_wkb(&bytes), Ok(geometry));
            assert_eq!(from_wkb(&bytes[..bytes.len() - 1]), Err(NotWkb));
        }
        assert_eq!(from_wkb(b"nonsense"), Err(NotWkb));
    }
}
