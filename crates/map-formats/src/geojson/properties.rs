//! The members of `properties`, straight into fields.

use std::fmt;

use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::parse::Fields;
use crate::kinds::Scalar;

pub(super) struct PropertiesSeed<'a>(pub &'a mut dyn Fields);

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
