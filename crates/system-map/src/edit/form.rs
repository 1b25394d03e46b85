//! What is typed about a thing, and what is wrong with it.

use geo_types::Geometry;
use kernel_web::{Failure, Submitted};
use map_feature::{Crs, Field, Kind};
use map_formats::geometry_from_text;
use serde_json::{Map, Number, Value as Json};

use super::Edited;
use crate::ogc::{Writer, geometry_from_json};
use crate::properties::{PropertyError, from_json};

/// Names of fields in the form begin so, that a layer may have a field called `version`.
pub const PREFIX: &str = "f-";

/// Answers as text, one a field that is seen, in their order.
pub struct Form {
    pub version: String,
    /// Field's position and text.
    pub answers: Vec<(usize, String)>,
    /// GeoJSON or WKT, degrees.
    pub geometry: String,
}

/// What must be mended: fields by their position with a message's key, the shape, and whether somebody was quicker.
#[derive(Default)]
pub struct Wrong {
    pub fields: Vec<(usize, &'static str)>,
    pub geometry: &'static str,
    pub stale: bool,
}

impl Wrong {
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.geometry.is_empty() && !self.stale
    }
}

impl Form {
    /// As it is now; empty for a new thing.
    ///
    /// # Errors
    /// When the shape cannot be written in degrees.
    pub fn of(edited: &Edited) -> Result<Form, Failure> {
        let layer = edited.laid.layer();
        let fields = layer.fields(&edited.laid.seen.mask);
        let values = edited.now.as_ref().map(|found| &found.feature.values);
        let text = |at: usize| values.and_then(|values| values.get(at)).map(ToString::to_string).unwrap_or_default();
        let geometry = match &edited.now {
            Some(found) => {
                let mut bytes = Vec::new();
                Writer::new(layer, &[], Crs::Crs84, true)?.feature(&mut bytes, found, None)?;
                let feature: Json = serde_json::from_slice(&bytes).map_err(kernel_base::Error::fault)?;
                if feature["geometry"].is_null() { String::new() } else { feature["geometry"].to_string() }
            }
            None => String::new(),
        };
        Ok(Form { version: edited.version(), answers: fields.into_iter().map(|at| (at, text(at))).collect(), geometry })
    }

    pub fn sent(edited: &Edited, sent: &Submitted) -> Form {
        let layer = edited.laid.layer();
        let text = |at: usize| sent.text(&format!("{PREFIX}{}", layer.schema.fields[at].name)).to_owned();
        let fields = layer.fields(&edited.laid.seen.mask);
        Form {
            version: sent.text("version").to_owned(),
            answers: fields.into_iter().map(|at| (at, text(at))).collect(),
            geometry: sent.text("geometry").to_owned(),
        }
    }

    /// The shape in degrees and the properties; what cannot be read goes into `wrong`.
    pub fn draft(&self, edited: &Edited, wrong: &mut Wrong) -> (Option<Geometry<f64>>, Map<String, Json>) {
        let mut properties = Map::new();
        for (at, text) in &self.answers {
            let field = &edited.laid.layer().schema.fields[*at];
            let json = json_of(field, text);
            match from_json(field, &json) {
                Ok(_) => drop(properties.insert(field.name.clone(), json)),
                Err(PropertyError::Missing(_)) => wrong.fields.push((*at, "map-edit-missing")),
                Err(PropertyError::Choice { .. }) => wrong.fields.push((*at, "map-edit-wrong-choice")),
                Err(_) => wrong.fields.push((*at, wrong_key(field.kind))),
            }
        }
        let geometry = self.shape();
        if geometry.is_err() {
            wrong.geometry = "map-edit-wrong-shape";
        }
        (geometry.unwrap_or_default(), properties)
    }

    /// `None`: no place.
    pub fn shape(&self) -> Result<Option<Geometry<f64>>, ()> {
        match self.geometry.as_str() {
            "" | "null" => Ok(None),
            text if text.starts_with('{') => {
                let json: Json = serde_json::from_str(text).map_err(drop)?;
                geometry_from_json(&json).map(Some).map_err(drop)
            }
            text => geometry_from_text(text).map(Some).ok_or(()),
        }
    }
}

/// What was typed as the field wants it; what does not fit stays text, and is refused as such.
fn json_of(field: &Field, text: &str) -> Json {
    let as_text = || Json::from(text);
    match field.kind {
        _ if text.is_empty() => Json::Null,
        Kind::Boolean => text.parse::<bool>().map_or_else(|_| as_text(), Json::from),
        Kind::Integer => text.parse::<i64>().map_or_else(|_| as_text(), Json::from),
        Kind::Number => {
            let number = text.parse().ok().and_then(Number::from_f64);
            number.map_or_else(as_text, Json::Number)
        }
        Kind::Text | Kind::Date | Kind::Instant => as_text(),
    }
}

fn wrong_key(kind: Kind) -> &'static str {
    match kind {
        Kind::Boolean => "map-edit-wrong-choice",
        Kind::Integer => "map-edit-wrong-integer",
        Kind::Number => "map-edit-wrong-number",
        Kind::Text => "map-edit-missing",
        Kind::Date => "map-edit-wrong-date",
        Kind::Instant => "map-edit-wrong-instant",
    }
}
