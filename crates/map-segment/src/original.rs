//! Geometry as it came: Well-Known Binary (OGC 06-103r4, section 8) in two dimensions, little-endian, as the editions keep it.
//!
//! Read by ourselves: what is read may be damaged, and the reader of the crate that writes panics at some of that.

use geo_types::{
    Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon,
};
use wkb::writer::{WriteOptions, write_geometry};

use crate::{Error, Result, shape::DEEPEST};

pub(crate) fn write(geometry: &Geometry<f64>, out: &mut Vec<u8>) -> Result<()> {
    // Into memory, so only a geometry that WKB has no room for can fail.
    write_geometry(out, geometry, &WriteOptions::default()).map_err(|_| Error::Nested)
}

/// `None` for what is no geometry with finite coordinates.
pub(crate) fn read(bytes: &[u8]) -> Option<Geometry<f64>> {
    let mut reader = Reader { rest: bytes };
    let geometry = reader.geometry(0)?;
    reader.rest.is_empty().then_some(geometry)
}

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
            7 if depth < DEEPEST => {
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
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn collections_in_collections_come_back_as_deep_as_they_may_lie() {
        let mut geometry = Geometry::Point(Point::new(1.0, 2.0));
        for _ in 0..DEEPEST {
            geometry = Geometry::GeometryCollection(GeometryCollection(vec![geometry, Point::new(3.0, 4.0).into()]));
        }
        let mut bytes = Vec::new();
        write(&geometry, &mut bytes).unwrap();
        assert_eq!(read(&bytes), Some(geometry));
        for end in 0..bytes.len() {
            assert_eq!(read(&bytes[..end]), None);
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(kinds in prop::collection::vec((0..9u8, 0..4u8), 0..30), tail: Vec<u8>) {
            let mut bytes: Vec<u8> = kinds.iter().flat_map(|(kind, count)| [1, *kind, 0, 0, 0, *count, 0, 0, 0]).collect();
            bytes.extend(tail);
            read(&bytes);
        }
    }
}
