//! Geometry as Well-Known Binary (OGC 06-103r4, section 8), two-dimensional, little-endian: as layers are kept.
//!
//! Read by ourselves: what is read may be damaged, and the reader of the crate that writes panics at some of that.

use geo_types::{
    Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon,
};
use wkb::writer::{WriteOptions, write_geometry};

/// How deep collections may lie in collections.
pub const DEEPEST_NESTING: usize = 16;

/// Appends the geometry to `out`.
///
/// # Errors
/// When the geometry cannot be written; nothing but a writer that fails does that.
pub fn to_wkb(geometry: &Geometry<f64>, out: &mut Vec<u8>) -> Result<(), NotWkb> {
    write_geometry(out, geometry, &WriteOptions::default()).map_err(|_| NotWkb)
}

/// # Errors
/// When the bytes are not one geometry with finite coordinates, nested at most [`DEEPEST_NESTING`] deep, as [`to_wkb`]
/// writes it.
pub fn from_wkb(bytes: &[u8]) -> Result<Geometry<f64>, NotWkb> {
    let mut reader = Reader { rest: bytes };
    reader.geometry(0).filter(|_| reader.rest.is_empty()).ok_or(NotWkb)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a geometry in Well-Known Binary")]
pub struct NotWkb;

struct Reader<'a> {
    rest: &'a [u8],
}

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.rest.split_first_chunk::<N>()?;
        self.rest = rest;
        Some(*taken)
    }

    fn kind(&mut self) -> Option<u32> {
        let [order] = self.take()?;
        let kind = u32::from_le_bytes(self.take()?);
        (order == 1).then_some(kind)
    }

    /// How many parts follow, each of at least `least` bytes: a number that lies asks for no memory.
    fn count(&mut self, least: usize) -> Option<usize> {
        let count = u32::from_le_bytes(self.take()?) as usize;
        (count <= self.rest.len() / least).then_some(count)
    }

    fn coord(&mut self) -> Option<Coord<f64>> {
        let at = Coord { x: f64::from_le_bytes(self.take()?), y: f64::from_le_bytes(self.take()?) };
        (at.x.is_finite() && at.y.is_finite()).then_some(at)
    }

    fn line(&mut self) -> Option<LineString<f64>> {
        let count = self.count(16)?;
        let mut coords = Vec::with_capacity(count);
        for _ in 0..count {
            coords.push(self.coord()?);
        }
        Some(LineString(coords))
    }

    fn polygon(&mut self) -> Option<Polygon<f64>> {
        let count = self.count(4)?;
        let outer = if count > 0 { self.line()? } else { LineString(Vec::new()) };
        let mut inner = Vec::with_capacity(count.saturating_sub(1));
        for _ in 1..count {
            inner.push(self.line()?);
        }
        Some(Polygon::new(outer, inner))
    }

    /// Parts of a multi-geometry, each of which names its kind again.
    fn parts<T>(&mut self, kind: u32, part: fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = self.count(9)?;
        let mut parts = Vec::with_capacity(count);
        for _ in 0..count {
            if self.kind()? != kind {
                return None;
            }
            parts.push(part(self)?);
        }
        Some(parts)
    }

    fn geometry(&mut self, depth: usize) -> Option<Geometry<f64>> {
        Some(match self.kind()? {
            1 => Geometry::Point(Point(self.coord()?)),
            2 => Geometry::LineString(self.line()?),
            3 => Geometry::Polygon(self.polygon()?),
            4 => Geometry::MultiPoint(MultiPoint(self.parts(1, |reader| reader.coord().map(Point))?)),
            5 => Geometry::MultiLineString(MultiLineString(self.parts(2, Self::line)?)),
            6 => Geometry::MultiPolygon(MultiPolygon(self.parts(3, Self::polygon)?)),
            7 if depth < DEEPEST_NESTING => {
                let count = self.count(9)?;
                let mut parts = Vec::with_capacity(count);
                for _ in 0..count {
                    parts.push(self.geometry(depth + 1)?);
                }
                Geometry::GeometryCollection(GeometryCollection(parts))
            }
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use geo_types::{line_string, polygon};
    use proptest::prelude::*;

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

    #[test]
    fn collections_in_collections_come_back_as_deep_as_they_may_lie() {
        let mut geometry = Geometry::Point(Point::new(1.0, 2.0));
        for _ in 0..DEEPEST_NESTING {
            geometry = Geometry::GeometryCollection(GeometryCollection(vec![geometry, Point::new(3.0, 4.0).into()]));
        }
        let mut bytes = Vec::new();
        to_wkb(&geometry, &mut bytes).unwrap();
        assert_eq!(from_wkb(&bytes), Ok(geometry));
        for end in 0..bytes.len() {
            assert_eq!(from_wkb(&bytes[..end]), Err(NotWkb));
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(kinds in prop::collection::vec((0..9u8, 0..4u8), 0..30), tail: Vec<u8>) {
            let mut bytes: Vec<u8> = kinds.iter().flat_map(|(kind, count)| [1, *kind, 0, 0, 0, *count, 0, 0, 0]).collect();
            bytes.extend(tail);
            let _ = from_wkb(&bytes);
        }
    }
}
