//! Well-Known Binary (OGC 06-103r4, section 8; ISO 13249-3 for heights; PostGIS's EWKB flags) out of files nobody
//! vouches for: counts are held against the bytes there before anything is set aside for them.

use geo_types::{
    Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon,
};

use crate::{Limits, geometry::Refused};

/// The geometry, and whether heights or measures were dropped. `None`: empty.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<(Option<Geometry<f64>>, bool), Refused> {
    let mut reader = Reader { bytes, vertices: limits.vertices, depth: limits.depth, flat: true };
    let geometry = reader.geometry(0)?;
    Ok((geometry, !reader.flat))
}

struct Reader<'a> {
    bytes: &'a [u8],
    vertices: u64,
    depth: usize,
    flat: bool,
}

#[derive(Clone, Copy)]
struct Head {
    little: bool,
    base: u32,
    /// Numbers a vertex.
    width: usize,
}

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], Refused> {
        let (first, rest) = self.bytes.split_first_chunk::<N>().ok_or(Refused::Malformed)?;
        self.bytes = rest;
        Ok(*first)
    }

    fn number(&mut self, little: bool) -> Result<u32, Refused> {
        let bytes = self.take::<4>()?;
        Ok(if little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }

    fn head(&mut self) -> Result<Head, Refused> {
        let little = match self.take::<1>()? {
            [0] => false,
            [1] => true,
            _ => return Err(Refused::Malformed),
        };
        let code = self.number(little)?;
        if code & 0x2000_0000 != 0 {
            self.number(little)?;
        }
        let plain = code & 0x0fff_ffff;
        let iso = plain / 1000;
        if iso > 3 {
            return Err(Refused::Unknown);
        }
        let height = code & 0x8000_0000 != 0 || iso == 1 || iso == 3;
        let measure = code & 0x4000_0000 != 0 || iso >= 2;
        self.flat &= !height && !measure;
        Ok(Head { little, base: plain % 1000, width: 2 + usize::from(height) + usize::from(measure) })
    }

    fn geometry(&mut self, depth: usize) -> Result<Option<Geometry<f64>>, Refused> {
        if depth > self.depth {
            return Err(Refused::Depth);
        }
        let head = self.head()?;
        Ok(match head.base {
            1 => self.point(head)?.map(Geometry::Point),
            2 => Some(Geometry::LineString(self.line(head)?)),
            3 => Some(Geometry::Polygon(self.polygon(head)?)),
            4 => Some(Geometry::MultiPoint(MultiPoint(
                self.parts(head, 1, Self::point)?.into_iter().flatten().collect(),
            ))),
            5 => Some(Geometry::MultiLineString(MultiLineString(self.parts(head, 2, Self::line)?))),
            6 => Some(Geometry::MultiPolygon(MultiPolygon(self.parts(head, 3, Self::polygon)?))),
            7 => {
                let count = self.count(head.little, 5)?;
                let mut all = Vec::with_capacity(count.min(1024));
                for _ in 0..count {
                    all.extend(self.geometry(depth + 1)?);
                }
                Some(Geometry::GeometryCollection(GeometryCollection(all)))
            }
            _ => return Err(Refused::Unknown),
        })
    }

    /// A count of things that take at least `bytes` each.
    fn count(&mut self, little: bool, bytes: usize) -> Result<usize, Refused> {
        let count = self.number(little)? as usize;
        if count > self.bytes.len() / bytes { Err(Refused::Malformed) } else { Ok(count) }
    }

    fn parts<T>(
        &mut self,
        outer: Head,
        base: u32,
        read: fn(&mut Self, Head) -> Result<T, Refused>,
    ) -> Result<Vec<T>, Refused> {
        let count = self.count(outer.little, 9)?;
        let mut all = Vec::with_capacity(count.min(65_536));
        for _ in 0..count {
            let head = self.head()?;
            if head.base != base {
                return Err(Refused::Malformed);
            }
            all.push(read(self, head)?);
        }
        Ok(all)
    }

    /// Empty points are written as NaN.
    fn point(&mut self, head: Head) -> Result<Option<Point<f64>>, Refused> {
        let at = self.coords(head, 1)?;
        Ok(at.first().filter(|at| !(at.x.is_nan() && at.y.is_nan())).map(|at| Point(*at)))
    }

    fn line(&mut self, head: Head) -> Result<LineString<f64>, Refused> {
        let count = self.count(head.little, head.width * 8)?;
        self.coords(head, count).map(LineString)
    }

    fn polygon(&mut self, head: Head) -> Result<Polygon<f64>, Refused> {
        let count = self.count(head.little, 4)?;
        if count == 0 {
            return Ok(Polygon::new(LineString(Vec::new()), Vec::new()));
        }
        let exterior = self.line(head)?;
        let mut interiors = Vec::with_capacity((count - 1).min(65_536));
        for _ in 1..count {
            interiors.push(self.line(head)?);
        }
        Ok(Polygon::new(exterior, interiors))
    }

    fn coords(&mut self, head: Head, count: usize) -> Result<Vec<Coord<f64>>, Refused> {
        self.vertices = self.vertices.checked_sub(count as u64).ok_or(Refused::Vertices)?;
        let size = head.width * 8;
        let (here, rest) = self.bytes.split_at_checked(count * size).ok_or(Refused::Malformed)?;
        self.bytes = rest;
        // Room for the vertex that closes a ring left open.
        let mut line = Vec::with_capacity(count);
        let number = |bytes: [u8; 8]| if head.little { f64::from_le_bytes(bytes) } else { f64::from_be_bytes(bytes) };
        for vertex in here.chunks_exact(size) {
            let (pair, _) = vertex.as_chunks::<8>();
            line.push(Coord { x: number(pair[0]), y: number(pair[1]) });
        }
        Ok(line)
    }
}

/// Appends a geometry in little-endian WKB.
pub(crate) fn write(out: &mut Vec<u8>, geometry: &Geometry<f64>) {
    let head = |out: &mut Vec<u8>, base: u32| {
        out.push(1);
        out.extend_from_slice(&base.to_le_bytes());
    };
    let count = |out: &mut Vec<u8>, count: usize| out.extend_from_slice(&(count as u32).to_le_bytes());
    let vertex = |out: &mut Vec<u8>, at: &Coord<f64>| {
        out.extend_from_slice(&at.x.to_le_bytes());
        out.extend_from_slice(&at.y.to_le_bytes());
    };
    let line = |out: &mut Vec<u8>, line: &LineString<f64>| {
        count(out, line.0.len());
        line.0.iter().for_each(|at| vertex(out, at));
    };
    let polygon = |out: &mut Vec<u8>, polygon: &Polygon<f64>| {
        head(out, 3);
        if polygon.exterior().0.is_empty() {
            return count(out, 0);
        }
        count(out, 1 + polygon.interiors().len());
        line(out, polygon.exterior());
        polygon.interiors().iter().for_each(|ring| line(out, ring));
    };
    match geometry {
        Geometry::Point(point) => {
            head(out, 1);
            vertex(out, &point.0);
        }
        Geometry::Line(two) => {
            head(out, 2);
            count(out, 2);
            vertex(out, &two.start);
            vertex(out, &two.end);
        }
        Geometry::LineString(one) => {
            head(out, 2);
            line(out, one);
        }
        Geometry::Polygon(one) => polygon(out, one),
        Geometry::MultiPoint(many) => {
            head(out, 4);
            count(out, many.0.len());
            for point in &many.0 {
                head(out, 1);
                vertex(out, &point.0);
            }
        }
        Geometry::MultiLineString(many) => {
            head(out, 5);
            count(out, many.0.len());
            for one in &many.0 {
                head(out, 2);
                line(out, one);
            }
        }
        Geometry::MultiPolygon(many) => {
            head(out, 6);
            count(out, many.0.len());
            many.0.iter().for_each(|one| polygon(out, one));
        }
        Geometry::GeometryCollection(many) => {
            head(out, 7);
            count(out, many.0.len());
            many.0.iter().for_each(|one| write(out, one));
        }
        Geometry::Rect(rect) => polygon(out, &rect.to_polygon()),
        Geometry::Triangle(triangle) => polygon(out, &triangle.to_polygon()),
    }
}
