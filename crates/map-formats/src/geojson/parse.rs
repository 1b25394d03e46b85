//! One GeoJSON feature into geometry and values, without building a JSON tree.

use std::fmt;

use geo_types::{
    Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon,
};
use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::geometry::Refused;
use crate::kinds::Scalar;
use crate::look::Layer;
use crate::{CrsGuess, Limits};

/// Where properties go.
pub(crate) trait Fields {
    fn place(&mut self, name: &str) -> Option<usize>;
    fn put(&mut self, place: usize, value: Scalar);
}

pub(super) enum Failed {
    Malformed,
    Refused(Refused),
}

#[derive(Default)]
pub(super) struct Parsed {
    pub id: Option<String>,
    pub geometry: Option<Geometry<f64>>,
    pub flat: bool,
}

/// A `Feature`, or a bare geometry as one without properties.
pub(super) fn feature(text: &[u8], limits: &Limits, fields: &mut dyn Fields) -> Result<Parsed, Failed> {
    let mut state = State { vertices: limits.vertices, depth: limits.depth, flat: true, refused: None };
    let mut json = serde_json::Deserializer::from_slice(text);
    let parsed = FeatureSeed { state: &mut state, fields }.deserialize(&mut json);
    let parsed = parsed.and_then(|parsed| json.end().map(|()| parsed));
    match (parsed, state.refused) {
        (Ok(parsed), _) => Ok(Parsed { flat: state.flat, ..parsed }),
        (Err(_), Some(refused)) => Err(Failed::Refused(refused)),
        (Err(_), None) => Err(Failed::Malformed),
    }
}

/// What stands beside the features of a collection.
pub(super) fn members(text: &[u8], layer: &mut Layer) {
    #[derive(Deserialize)]
    struct Collection {
        name: Option<serde_json::Value>,
        crs: Option<serde_json::Value>,
        bbox: Option<serde_json::Value>,
    }
    let Ok(around) = serde_json::from_slice::<Collection>(text) else { return };
    if let Some(name) = around.name.as_ref().and_then(|name| name.as_str()) {
        layer.name = name.to_owned();
    }
    if let Some(crs) = &around.crs
        && let Some(name) = crs.pointer("/properties/name").and_then(|name| name.as_str())
    {
        layer.crs = name.parse().map_or_else(|_| CrsGuess::default(), CrsGuess::stated);
    }
    if let Some(bbox) = around.bbox.and_then(|bbox| serde_json::from_value::<Vec<f64>>(bbox).ok()) {
        layer.declared = super::bbox(&bbox);
    }
}

struct State {
    vertices: u64,
    depth: usize,
    flat: bool,
    refused: Option<Refused>,
}

impl State {
    fn refuse<E: de::Error>(&mut self, why: Refused) -> E {
        self.refused.get_or_insert(why);
        E::custom("refused")
    }
}

struct FeatureSeed<'a> {
    state: &'a mut State,
    fields: &'a mut dyn Fields,
}

impl<'de> DeserializeSeed<'de> for FeatureSeed<'_> {
    type Value = Parsed;
    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Parsed, D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for FeatureSeed<'_> {
    type Value = Parsed;

    fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str("a feature")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Parsed, A::Error> {
        let mut parsed = Parsed::default();
        let mut bare = Bare::default();
        let mut is_feature = false;
        let mut depth = 0;
        while let Some(key) = map.next_key::<Key>()? {
            match key {
                Key::Type => match map.next_value::<Name>()? {
                    Name::Feature => is_feature = true,
                    name => bare.name = Some(name),
                },
                Key::Id => parsed.id = map.next_value::<Id>()?.0,
                Key::Geometry => parsed.geometry = map.next_value_seed(GeometrySeed { state: self.state, depth: 0 })?,
                Key::Properties => map.next_value_seed(PropertiesSeed(self.fields))?,
                Key::Coordinates => bare.coords = Some(map.next_value_seed(coords(self.state))?),
                Key::Geometries => {
                    depth += 1;
                    bare.parts = Some(map.next_value_seed(PartsSeed { state: self.state, depth })?);
                }
                Key::Other => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        if !is_feature {
            if bare.name.is_none() {
                return Err(de::Error::custom("no feature"));
            }
            parsed.geometry = bare.geometry(self.state)?;
        }
        Ok(parsed)
    }
}

enum Key {
    Type,
    Id,
    Geometry,
    Properties,
    Coordinates,
    Geometries,
    Other,
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Key, D::Error> {
        struct Word;
        impl Visitor<'_> for Word {
            type Value = Key;
            fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
                out.write_str("a key")
            }
            fn visit_str<E>(self, text: &str) -> Result<Key, E> {
                Ok(match text {
                    "type" => Key::Type,
                    "id" => Key::Id,
                    "geometry" => Key::Geometry,
                    "properties" => Key::Properties,
                    "coordinates" => Key::Coordinates,
                    "geometries" => Key::Geometries,
                    _ => Key::Other,
                })
            }
        }
        json.deserialize_str(Word)
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
enum Name {
    Feature,
    Point,
    MultiPoint,
    LineString,
    MultiLineString,
    Polygon,
    MultiPolygon,
    GeometryCollection,
    #[serde(other)]
    Unknown,
}

/// A string or a number; anything else is no id.
struct Id(Option<String>);

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Id, D::Error> {
        Ok(Id(match serde_json::Value::deserialize(json)? {
            serde_json::Value::String(text) if !text.is_empty() => Some(text),
            serde_json::Value::Number(number) => Some(number.to_string()),
            _ => None,
        }))
    }
}

#[derive(Default)]
struct Bare {
    name: Option<Name>,
    coords: Option<Coords>,
    parts: Option<Vec<Geometry<f64>>>,
}

impl Bare {
    fn geometry<E: de::Error>(self, state: &mut State) -> Result<Option<Geometry<f64>>, E> {
        let Some(name) = self.name else { return Err(state.refuse(Refused::Malformed)) };
        if name == Name::GeometryCollection {
            let parts = self.parts.ok_or_else(|| state.refuse(Refused::Malformed))?;
            return Ok(Some(Geometry::GeometryCollection(GeometryCollection(parts))));
        }
        let coords = self.coords.ok_or_else(|| state.refuse(Refused::Malformed))?;
        coords.shape(name).map_err(|why| state.refuse(why))
    }
}

struct GeometrySeed<'a> {
    state: &'a mut State,
    depth: usize,
}

impl<'de> DeserializeSeed<'de> for GeometrySeed<'_> {
    type Value = Option<Geometry<f64>>;
    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for GeometrySeed<'_> {
    type Value = Option<Geometry<f64>>;

    fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str("a geometry or null")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut bare = Bare::default();
        while let Some(key) = map.next_key::<Key>()? {
            match key {
                Key::Type => bare.name = Some(map.next_value()?),
                Key::Coordinates => bare.coords = Some(map.next_value_seed(coords(self.state))?),
                Key::Geometries => {
                    let depth = self.depth + 1;
                    bare.parts = Some(map.next_value_seed(PartsSeed { state: self.state, depth })?);
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        bare.geometry(self.state)
    }
}

struct PartsSeed<'a> {
    state: &'a mut State,
    depth: usize,
}

impl<'de> DeserializeSeed<'de> for PartsSeed<'_> {
    type Value = Vec<Geometry<f64>>;
    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for PartsSeed<'_> {
    type Value = Vec<Geometry<f64>>;

    fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str("geometries")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        if self.depth > self.state.depth {
            return Err(self.state.refuse(Refused::Depth));
        }
        let mut all = Vec::new();
        while let Some(part) = list.next_element_seed(GeometrySeed { state: self.state, depth: self.depth })? {
            all.extend(part);
        }
        Ok(all)
    }
}

/// Positions of any nesting, flat, with where each list of them ends.
#[derive(Default)]
struct Coords {
    points: Vec<Coord<f64>>,
    /// At `n`: the ends of the lists of level `n + 1`, counted in the level below.
    ends: [Vec<usize>; 3],
    level: Option<usize>,
}

impl Coords {
    fn shape(mut self, name: Name) -> Result<Option<Geometry<f64>>, Refused> {
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

fn coords(state: &mut State) -> CoordsSeed<'_> {
    CoordsSeed { vertices: &mut state.vertices, flat: &mut state.flat, refused: &mut state.refused }
}

/// Reads a `coordinates` member.
struct CoordsSeed<'a> {
    vertices: &'a mut u64,
    flat: &'a mut bool,
    refused: &'a mut Option<Refused>,
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

struct PropertiesSeed<'a>(&'a mut dyn Fields);

impl<'de> DeserializeSeed<'de> for PropertiesSeed<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for PropertiesSeed<'_> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str("properties or null")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(place) = map.next_key_seed(PlaceSeed(self.0))? {
            map.next_value_seed(ValueSeed { fields: self.0, place })?;
        }
        Ok(())
    }
}

struct PlaceSeed<'a>(&'a mut dyn Fields);

impl<'de> DeserializeSeed<'de> for PlaceSeed<'_> {
    type Value = Option<usize>;
    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_str(self)
    }
}

impl Visitor<'_> for PlaceSeed<'_> {
    type Value = Option<usize>;
    fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str("a name")
    }
    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(self.0.place(name))
    }
}

struct ValueSeed<'a> {
    fields: &'a mut dyn Fields,
    place: Option<usize>,
}

impl ValueSeed<'_> {
    fn put<E>(self, value: Scalar) -> Result<(), E> {
        if let Some(place) = self.place {
            self.fields.put(place, value);
        }
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for ValueSeed<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ValueSeed<'_> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.put(Scalar::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.put(Scalar::Boolean(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.put(Scalar::Integer(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.put(i64::try_from(value).map_or(Scalar::Number(value as f64), Scalar::Integer))
    }

    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        self.put(Scalar::Number(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<(), E> {
        self.put(Scalar::Text(value))
    }

    /// Lists and objects are kept as their text.
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        let value = serde_json::Value::deserialize(MapAccessDeserializer::new(map))?;
        self.put(Scalar::Text(&value.to_string()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<(), A::Error> {
        let value = serde_json::Value::deserialize(SeqAccessDeserializer::new(list))?;
        self.put(Scalar::Text(&value.to_string()))
    }
}

/// Puts all members of a properties object into fields; for formats that embed GeoJSON's.
pub(crate) fn collect(properties: &serde_json::Map<String, serde_json::Value>, fields: &mut dyn Fields) {
    for (name, value) in properties {
        let Some(place) = fields.place(name) else { continue };
        match value {
            serde_json::Value::Null => fields.put(place, Scalar::Null),
            serde_json::Value::Bool(value) => fields.put(place, Scalar::Boolean(*value)),
            serde_json::Value::Number(number) => match (number.as_i64(), number.as_f64()) {
                (Some(value), _) => fields.put(place, Scalar::Integer(value)),
                (None, Some(value)) => fields.put(place, Scalar::Number(value)),
                _ => {}
            },
            serde_json::Value::String(text) => fields.put(place, Scalar::Text(text)),
            nested => fields.put(place, Scalar::Text(&nested.to_string())),
        }
    }
}
