//! FlatGeobuf's flat arrays into geometries.

use flatgeobuf::{Geometry as Stored, GeometryType};
use geo_types::{
    Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon,
};

use crate::geometry::Refused;

pub(super) struct Shapes {
    pub vertices: u64,
    pub depth: usize,
    pub flat: bool,
}

impl Shapes {
    /// `class` is the layer's where the geometry itself says none. `None`: empty.
    pub fn read(
        &mut self,
        stored: &Stored,
        class: GeometryType,
        depth: usize,
    ) -> Result<Option<Geometry<f64>>, Refused> {
        if depth > self.depth {
            return Err(Refused::Depth);
        }
        let own = stored.type_();
        let class = if own == GeometryType::Unknown { class } else { own };
        self.flat &= stored.z().is_none() && stored.m().is_none();
        Ok(match class {
            GeometryType::Point => self.coords(stored)?.first().map(|at| Geometry::Point(Point(*at))),
            GeometryType::MultiPoint => {
                Some(Geometry::MultiPoint(MultiPoint(self.coords(stored)?.into_iter().map(Point).collect())))
            }
            GeometryType::LineString => Some(Geometry::LineString(LineString(self.coords(stored)?))),
            GeometryType::MultiLineString => Some(Geometry::MultiLineString(MultiLineString(self.lines(stored)?))),
            GeometryType::Polygon => Some(Geometry::Polygon(self.polygon(stored)?)),
            GeometryType::MultiPolygon => match stored.parts() {
                Some(parts) => {
                    let all = parts.iter().map(|part| self.polygon(&part)).collect::<Result<_, _>>()?;
                    Some(Geometry::MultiPolygon(MultiPolygon(all)))
                }
                // Some writers leave out the part when there is only one.
                None => Some(Geometry::MultiPolygon(MultiPolygon(vec![self.polygon(stored)?]))),
            },
            GeometryType::GeometryCollection => {
                let mut all = Vec::new();
                for part in stored.parts().iter().flatten() {
                    all.extend(self.read(&part, GeometryType::Unknown, depth + 1)?);
                }
                Some(Geometry::GeometryCollection(GeometryCollection(all)))
            }
            _ => return Err(Refused::Unknown),
        })
    }

    fn coords(&mut self, stored: &Stored) -> Result<Vec<Coord<f64>>, Refused> {
        let Some(xy) = stored.xy() else { return Ok(Vec::new()) };
        self.vertices = self.vertices.checked_sub(xy.len() as u64 / 2).ok_or(Refused::Vertices)?;
        let (pairs, odd) = xy.bytes().as_chunks::<16>();
        if !odd.is_empty() {
            return Err(Refused::Malformed);
        }
        let number = |bytes: &[u8]| bytes.first_chunk().map_or(f64::NAN, |bytes| f64::from_le_bytes(*bytes));
        Ok(pairs.iter().map(|pair| Coord { x: number(pair), y: number(&pair[8..]) }).collect())
    }

    fn lines(&mut self, stored: &Stored) -> Result<Vec<LineString<f64>>, Refused> {
        let coords = self.coords(stored)?;
        let Some(ends) = stored.ends().filter(|ends| !ends.is_empty()) else {
            return Ok(if coords.is_empty() { Vec::new() } else { vec![LineString(coords)] });
        };
        let mut lines = Vec::with_capacity(ends.len());
        let mut start = 0;
        for end in ends {
            let line = coords.get(start..end as usize).ok_or(Refused::Malformed)?;
            lines.push(LineString(line.to_vec()));
            start = end as usize;
        }
        Ok(lines)
    }

    fn polygon(&mut self, stored: &Stored) -> Result<Polygon<f64>, Refused> {
        self.flat &= stored.z().is_none() && stored.m().is_none();
        let mut rings = self.lines(stored)?.into_iter();
        let exterior = rings.next().unwrap_or_else(|| LineString(Vec::new()));
        Ok(Polygon::new(exterior, rings.collect()))
    }
}
