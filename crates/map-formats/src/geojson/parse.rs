//! One GeoJSON feature into geometry and values, without building a JSON tree.

use std::fmt;

use geo_types::{Geometry, GeometryCollection};
use serde::Deserialize;
use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::coords::{Coords, CoordsSeed};
use super::properties::PropertiesSeed;
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
pub(super) enum Name {
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

fn coords(state: &mut State) -> CoordsSeed<'_> {
    CoordsSeed { vertices: &mut state.vertices, flat: &mut state.flat, refused: &mut state.refused }
}
