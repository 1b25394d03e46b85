//! Well-Known Text (OGC 06-103r4, section 7) as a column of a table holds it.

use std::fmt::Write;

use geo_types::{
    Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon,
};

use crate::{Limits, geometry::Refused};

/// The geometry (`None`: empty), and whether heights or measures were dropped.
pub(crate) fn read(text: &str, limits: &Limits) -> Result<(Option<Geometry<f64>>, bool), Refused> {
    let text = match text.trim().split_once(';') {
        Some((head, rest)) if head.starts_with("SRID") => rest,
        _ => text,
    };
    let mut reader = Reader { rest: text.trim(), vertices: limits.vertices, depth: limits.depth, flat: true };
    let geometry = reader.geometry(0)?;
    if reader.rest.is_empty() { Ok((geometry, !reader.flat)) } else { Err(Refused::Malformed) }
}

struct Reader<'a> {
    rest: &'a str,
    vertices: u64,
    depth: usize,
    flat: bool,
}

impl<'a> Reader<'a> {
    fn skip(&mut self, sign: char) -> bool {
        let rest = self.rest.trim_start();
        let found = rest.strip_prefix(sign);
        self.rest = found.unwrap_or(rest).trim_start();
        found.is_some()
    }

    fn need(&mut self, sign: char) -> Result<(), Refused> {
        if self.skip(sign) { Ok(()) } else { Err(Refused::Malformed) }
    }

    fn word(&mut self) -> &'a str {
        let rest = self.rest.trim_start();
        let end = rest.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(rest.len());
        self.rest = rest[end..].trim_start();
        &rest[..end]
    }

    fn geometry(&mut self, depth: usize) -> Result<Option<Geometry<f64>>, Refused> {
        if depth > self.depth {
            return Err(Refused::Depth);
        }
        let name = self.word().to_ascii_uppercase();
        let mut empty = false;
        for _ in 0..2 {
            match self.word().to_ascii_uppercase().as_str() {
                "EMPTY" => empty = true,
                "Z" | "M" | "ZM" | "" => {}
                _ => return Err(Refused::Malformed),
            }
        }
        if empty {
            return Ok(None);
        }
        let name = name.trim_end_matches(['Z', 'M']);
        Ok(Some(match name {
            "POINT" => {
                self.need('(')?;
                let at = self.vertex()?;
                self.need(')')?;
                Geometry::Point(Point(at))
            }
            "LINESTRING" => Geometry::LineString(self.line()?),
            "POLYGON" => Geometry::Polygon(self.polygon()?),
            "MULTIPOINT" => Geometry::MultiPoint(MultiPoint(self.list(|reader| {
                let inner = reader.skip('(');
                let at = reader.vertex()?;
                if inner {
                    reader.need(')')?;
                }
                Ok(Point(at))
            })?)),
            "MULTILINESTRING" => Geometry::MultiLineString(MultiLineString(self.list(Self::line)?)),
            "MULTIPOLYGON" => Geometry::MultiPolygon(MultiPolygon(self.list(Self::polygon)?)),
            "GEOMETRYCOLLECTION" => {
                let all = self.list(|reader| reader.geometry(depth + 1))?;
                Geometry::GeometryCollection(GeometryCollection(all.into_iter().flatten().collect()))
            }
            _ => return Err(Refused::Unknown),
        }))
    }

    fn list<T>(&mut self, mut one: impl FnMut(&mut Self) -> Result<T, Refused>) -> Result<Vec<T>, Refused> {
        self.need('(')?;
        let mut all = vec![one(self)?];
        while self.skip(',') {
            all.push(one(self)?);
        }
        self.need(')')?;
        Ok(all)
    }

    fn line(&mut self) -> Result<LineString<f64>, Refused> {
        self.list(Self::vertex).map(LineString)
    }

    fn polygon(&mut self) -> Result<Polygon<f64>, Refused> {
        let mut rings = self.list(Self::line)?;
        let exterior = rings.remove(0);
        Ok(Polygon::new(exterior, rings))
    }

    fn vertex(&mut self) -> Result<Coord<f64>, Refused> {
        self.vertices = self.vertices.checked_sub(1).ok_or(Refused::Vertices)?;
        let end = self.rest.find([',', '(', ')']).ok_or(Refused::Malformed)?;
        let mut numbers = self.rest[..end].split_ascii_whitespace();
        let mut next = || numbers.next().and_then(|word| word.parse().ok()).ok_or(Refused::Malformed);
        let at = Coord { x: next()?, y: next()? };
        self.flat &= numbers.next().is_none();
        self.rest = &self.rest[end..];
        Ok(at)
    }
}

pub(crate) fn write(out: &mut String, geometry: &Geometry<f64>) {
    fn vertex(out: &mut String, at: &Coord<f64>) {
        // Writing into a String cannot fail.
        let _ = write!(out, "{} {}", at.x, at.y);
    }
    fn list<T>(out: &mut String, all: &[T], one: impl Fn(&mut String, &T)) {
        for (place, item) in all.iter().enumerate() {
            out.push(if place == 0 { '(' } else { ',' });
            one(out, item);
        }
        out.push_str(if all.is_empty() { "EMPTY" } else { ")" });
    }
    fn line(out: &mut String, one: &LineString<f64>) {
        list(out, &one.0, vertex);
    }
    fn polygon(out: &mut String, one: &Polygon<f64>) {
        let rings: Vec<&LineString<f64>> = std::iter::once(one.exterior()).chain(one.interiors()).collect();
        list(out, &rings, |out, ring| line(out, ring));
    }
    match geometry {
        Geometry::Point(point) => {
            out.push_str("POINT ");
            list(out, &[point.0], vertex);
        }
        Geometry::Line(two) => write_line(out, &[two.start, two.end], vertex),
        Geometry::LineString(one) => write_line(out, &one.0, vertex),
        Geometry::Polygon(one) => {
            out.push_str("POLYGON ");
            polygon(out, one);
        }
        Geometry::MultiPoint(many) => {
            out.push_str("MULTIPOINT ");
            list(out, &many.0, |out, point| list(out, &[point.0], vertex));
        }
        Geometry::MultiLineString(many) => {
            out.push_str("MULTILINESTRING ");
            list(out, &many.0, line);
        }
        Geometry::MultiPolygon(many) => {
            out.push_str("MULTIPOLYGON ");
            list(out, &many.0, polygon);
        }
        Geometry::GeometryCollection(many) => {
            out.push_str("GEOMETRYCOLLECTION ");
            list(out, &many.0, write);
        }
        Geometry::Rect(rect) => write(out, &Geometry::Polygon(rect.to_polygon())),
        Geometry::Triangle(triangle) => write(out, &Geometry::Polygon(triangle.to_polygon())),
    }
    fn write_line(out: &mut String, line: &[Coord<f64>], vertex: impl Fn(&mut String, &Coord<f64>)) {
        out.push_str("LINESTRING ");
        list(out, line, vertex);
    }
}
