//! Properties of a feature as JSON, and back, by the layer's schema.

use data_encoding::BASE64;
use geo_types::Geometry;
use jiff::{Timestamp, civil::Date};
use kernel_base::{Error, Result};
use map_feature::{Field, Kind, Schema, Value, from_wkb, to_wkb};
use serde_json::{Map, Number, Value as Json};

/// Why a property was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PropertyError {
    #[error("\"{field}\" must be {wanted}, not {found}")]
    Kind { field: String, wanted: &'static str, found: String },
    #[error("\"{0}\" is needed")]
    Missing(String),
    #[error("\"{field}\" must be one of {choices}")]
    Choice { field: String, choices: String },
    #[error("there is no field \"{0}\" in this layer")]
    Unknown(String),
}

pub fn to_json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Boolean(value) => (*value).into(),
        Value::Integer(value) => (*value).into(),
        Value::Number(value) => Number::from_f64(*value).map_or(Json::Null, Json::Number),
        Value::Text(value) => value.as_str().into(),
        Value::Date(_) | Value::Instant(_) => value.to_string().into(),
    }
}

pub fn all_to_json(schema: &Schema, values: &[Value]) -> Map<String, Json> {
    schema.fields.iter().zip(values).map(|(field, value)| (field.name.clone(), to_json(value))).collect()
}

fn wanted(kind: Kind) -> &'static str {
    match kind {
        Kind::Boolean => "true or false",
        Kind::Integer => "a whole number",
        Kind::Number => "a number",
        Kind::Text => "text",
        Kind::Date => "a date such as 2026-11-24",
        Kind::Instant => "a moment such as 2026-11-24T09:00:00Z",
    }
}

/// One property as its field wants it.
///
/// # Errors
/// When it is of another kind or none of the field's choices.
pub fn from_json(field: &Field, json: &Json) -> std::result::Result<Value, PropertyError> {
    let read = match (field.kind, json) {
        (_, Json::Null) => Some(Value::Null),
        (Kind::Boolean, Json::Bool(value)) => Some(Value::Boolean(*value)),
        (Kind::Integer, Json::Number(value)) => value.as_i64().map(Value::Integer),
        (Kind::Number, Json::Number(value)) => value.as_f64().filter(|value| value.is_finite()).map(Value::Number),
        (Kind::Text, Json::String(value)) => Some(Value::Text(value.clone())),
        (Kind::Date, Json::String(value)) => value.parse::<Date>().ok().map(Value::Date),
        (Kind::Instant, Json::String(value)) => value.parse::<Timestamp>().ok().map(Value::Instant),
        _ => None,
    };
    let Some(value) = read else {
        let found: String = json.to_string().chars().take(60).collect();
        return Err(PropertyError::Kind { field: field.name.clone(), wanted: wanted(field.kind), found });
    };
    if value.is_null() && field.required {
        return Err(PropertyError::Missing(field.name.clone()));
    }
    match &value {
        Value::Text(text) if !field.choices.is_empty() && !field.choices.contains(text) => {
            Err(PropertyError::Choice { field: field.name.clone(), choices: field.choices.join(", ") })
        }
        _ => Ok(value),
    }
}

/// All properties of a feature; those that are not given keep what `before` has, or are null.
///
/// # Errors
/// The first property that does not fit.
pub fn all_from_json(
    schema: &Schema,
    properties: &Map<String, Json>,
    before: Option<&[Value]>,
) -> std::result::Result<Vec<Value>, PropertyError> {
    if let Some(unknown) = properties.keys().find(|name| schema.position(name).is_none()) {
        return Err(PropertyError::Unknown(unknown.clone()));
    }
    let one = |(at, field): (usize, &Field)| match (properties.get(&field.name), before) {
        (Some(json), _) => from_json(field, json),
        (None, Some(before)) => Ok(before.get(at).cloned().unwrap_or_default()),
        (None, None) => from_json(field, &Json::Null),
    };
    schema.fields.iter().enumerate().map(one).collect()
}

/// A geometry as the log keeps it: base64 of Well-Known Binary.
///
/// # Errors
/// When it cannot be written.
pub fn geometry_to_text(geometry: &Geometry<f64>) -> Result<String> {
    let mut bytes = Vec::new();
    to_wkb(geometry, &mut bytes).map_err(Error::fault)?;
    Ok(BASE64.encode(&bytes))
}

/// # Errors
/// When it is none.
pub fn geometry_from_text(text: &str) -> Result<Geometry<f64>> {
    let bytes = BASE64.decode(text.as_bytes()).map_err(Error::fault)?;
    from_wkb(&bytes).map_err(Error::fault)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn schema() -> Schema {
        let mut kind = Field::new("kind", Kind::Text);
        kind.choices = vec!["oak".into(), "pine".into()];
        let mut height = Field::new("height", Kind::Number);
        height.required = true;
        Schema { fields: vec![kind, height, Field::new("planted", Kind::Date)], ..Schema::default() }
    }

    fn read(json: Json) -> std::result::Result<Vec<Value>, PropertyError> {
        all_from_json(&schema(), json.as_object().unwrap(), None)
    }

    #[test]
    fn properties_come_back_as_they_were() {
        let given = json!({ "kind": "oak", "height": 12.5, "planted": "1988-09-17" });
        let values = read(given.clone()).unwrap();
        assert_eq!(Json::Object(all_to_json(&schema(), &values)), given);
    }

    #[test]
    fn what_does_not_fit_is_named() {
        assert!(
            matches!(read(json!({ "height": "high" })), Err(PropertyError::Kind { field, .. }) if field == "height")
        );
        assert_eq!(read(json!({})), Err(PropertyError::Missing("height".into())));
        assert!(matches!(read(json!({ "kind": "ash", "height": 1 })), Err(PropertyError::Choice { .. })));
        assert_eq!(read(json!({ "age": 3, "height": 1 })), Err(PropertyError::Unknown("age".into())));
    }

    #[test]
    fn what_is_not_given_stays_in_a_patch() {
        let before = read(json!({ "kind": "oak", "height": 12.5 })).unwrap();
        let patch = json!({ "height": 13 });
        let after = all_from_json(&schema(), patch.as_object().unwrap(), Some(&before)).unwrap();
        assert_eq!(after, [Value::Text("oak".into()), Value::Number(13.0), Value::Null]);
    }
}
