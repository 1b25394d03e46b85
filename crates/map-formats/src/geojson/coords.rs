//! A `coordinates` member of any nesting.

use std::fmt;

use geo_types::{Coord, Geometry, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon};
use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, SeqAccess, Visitor};

use super::parse::Name;
use crate::geometry::Refused;

/// Positions of any nesting, flat, with where each list of them ends.
#[derive(Default)]
pub(super) struct Coords {
    points: Vec<Coord<f64>>,
    /// At `n`: the ends of the lists of level `n + 1`, counted in the level below.
    ends: [Vec<usize>; 3],
    level: Option<usize>,
}

impl Coords {
    pub fn shape(mut self, name: Name) -> Result<Option<Geometry<f64>>, Refused> {
        let Some(level) = self.level else { return Ok(None) };
        let wanted = match name {
            Name::Point => 0,
            Name::MultiPoint | Name::LineString => 1,
            Name::MultiLineString | Name::Polygon => 2,
            Name::MultiPolygon => 3,
            _ => return Err(Refused::Unknown),
        };
        if level != wanted {
            return Err(Refused::Malformed);
        }
        Ok(Some(match name {
            Name::Point => Geometry::Point(Point(self.points[0])),
            Name::MultiPoint => Geometry::MultiPoint(MultiPoint(self.points.into_iter().map(Point).collect())),
            Name::LineString => Geometry::LineString(LineString(self.points)),
            Name::MultiLineString => Geometry::MultiLineString(MultiLineString(self.lines())),
            Name::Polygon => Geometry::Polygon(polygon(self.lines())),
            _ => {
                let ends = std::mem::take(&mut self.ends[1]);
                let mut lines = self.lines().into_iter();
                let mut start = 0;
                let mut next = |end: usize| {
                    let rings = lines.by_ref().take(end - std::mem::replace(&mut start, end)).collect();
                    polygon(rings)
                };
                Geometry::MultiPolygon(MultiPolygon(ends.into_iter().map(&mut next).collect()))
            }
        }))
    }

    fn lines(self) -> Vec<LineString<f64>> {
        let [ends, ..] = self.ends;
        if ends.len() == 1 {
            return vec![LineString(self.points)];
        }
        let mut start = 0;
        let mut line = |end: usize| LineString(self.points[std::mem::replace(&mut start, end)..end].to_vec());
        ends.into_iter().map(&mut line).collect()
    }
}

fn polygon(rings: Vec<LineString<f64>>) -> Polygon<f64> {
    let mut rings = rings.into_iter();
    let exterior = rings.next().unwrap_or_else(|| LineString(Vec::new()));
    Polygon::new(exterior, rings.collect())
}

/// Reads a `coordinates` member.
pub(super) struct CoordsSeed<'a> {
    pub vertices: &'a mut u64,
    pub flat: &'a mut bool,
    pub refused: &'a mut Option<Refused>,
}

impl<'de> DeserializeSeed<'de> for CoordsSeed<'_> {
    type Value = Coords;
    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Coords, D::Error> {
        let mut coords = Coords::default();
        match (Nest { seed: self, coords: &mut coords }).deserialize(json)? {
            Met::List(level) => coords.level = level,
            Met::Number(_) => return Err(de::Error::custom("no position")),
        }
        Ok(coords)
    }
}

struct Nest<'a, 'b> {
    seed: CoordsSeed<'a>,
    coords: &'b mut Coords,
}

enum Met {
    Number(f64),
    /// Its level: 0 a position, `None` empty.
    List(Option<usize>),
}

impl Nest<'_, '_> {
    fn again(&mut self) -> Nest<'_, '_> {
        let seed = CoordsSeed { vertices: self.seed.vertices, flat: self.seed.flat, refused: self.seed.refused };
        Nest { seed, coords: self.coords }
    }

    fn refuse<E: de::Error>(&mut self, why: Refused) -> E {
        self.seed.refused.get_or_insert(why);
        E::custom("refused")
    }
}

impl<'de> DeserializeSeed<'de> for Nest<'_, '_> {
    type Value = Met;
    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Met, D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Nest<'_, '_> {
    type Value = Met;

    fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str("coordinates")
    }

    fn visit_f64<E>(self, number: f64) -> Result<Met, E> {
        Ok(Met::Number(number))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Met, E> {
        Ok(Met::Number(number as f64))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Met, E> {
        Ok(Met::Number(number as f64))
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<Met, A::Error> {
        let Some(first) = list.next_element_seed(self.again())? else { return Ok(Met::List(None)) };
        let mut level = match first {
            Met::Number(x) => {
                let y = list.next_element()?.ok_or_else(|| self.refuse(Refused::Malformed))?;
                while let Some(IgnoredAny) = list.next_element()? {
                    *self.seed.flat = false;
                }
                *self.seed.vertices = match self.seed.vertices.checked_sub(1) {
                    Some(left) => left,
                    None => return Err(self.refuse(Refused::Vertices)),
                };
                self.coords.points.push(Coord { x, y });
                return Ok(Met::List(Some(0)));
            }
            Met::List(level) => level,
        };
        while let Some(next) = list.next_element_seed(self.again())? {
            match next {
                Met::List(None) => {}
                Met::List(other) if level.is_none() || other == level => level = other,
                _ => return Err(self.refuse(Refused::Malformed)),
            }
        }
        match level {
            None => Ok(Met::List(None)),
            Some(below @ 0..=2) => {
                let end = if below == 0 { self.coords.points.len() } else { self.coords.ends[below - 1].len() };
                self.coords.ends[below].push(end);
                Ok(Met::List(Some(below + 1)))
            }
            Some(_) => Err(self.refuse(Refused::Malformed)),
        }
    }
}
