//! A subset of MapLibre's style specification (version 8): the same file goes to browsers and is drawn here.
//! Sources are where browsers fetch tiles; here only `source-layer` counts.

mod expression;
mod filter;
mod language;
mod layer;
mod properties;
mod reader;

use serde_json::Value as Json;

pub use expression::{Compare, Expr, Reckon, Scope, Shape, Val};
pub use language::{in_language, name_in};
pub use layer::{Kind, Layer};
pub use reader::{Reader, Want};

/// Where a style is not as it must be, and what is wrong there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {what}")]
pub struct StyleError {
    /// As in `layers[3] "roads".paint.line-width[2]`.
    pub place: String,
    pub what: String,
}

/// A style that can be drawn.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Style {
    pub layers: Vec<Layer>,
}

const MOST_LAYERS: usize = 500;
const KNOWN: [&str; 17] = [
    "version",
    "name",
    "metadata",
    "center",
    "zoom",
    "bearing",
    "pitch",
    "sources",
    "sprite",
    "glyphs",
    "font-faces",
    "layers",
    "light",
    "transition",
    "projection",
    "sky",
    "state",
];

impl Style {
    /// # Errors
    /// What the server does not draw, with its place.
    pub fn read(json: &Json) -> Result<Style, StyleError> {
        let mut reader = Reader::default();
        let Json::Object(object) = json else { return Err(reader.error("a style is an object")) };
        if object.get("version").and_then(Json::as_u64) != Some(8) {
            return reader.at("version", |reader| Err(reader.error("the version of a style is 8")));
        }
        if let Some(unknown) = object.keys().find(|key| !KNOWN.contains(&key.as_str())) {
            return reader.at(unknown, |reader| Err(reader.error("a style has no such part")));
        }
        let Some(Json::Array(list)) = object.get("layers") else {
            return reader.at("layers", |reader| Err(reader.error("a style needs a list of layers")));
        };
        if list.len() > MOST_LAYERS {
            return reader
                .at("layers", |reader| Err(reader.error(format!("a style has at most {MOST_LAYERS} layers"))));
        }
        let mut layers: Vec<Layer> = Vec::with_capacity(list.len());
        for (at, json) in list.iter().enumerate() {
            let name = json.get("id").and_then(Json::as_str).map(|id| format!(" {id:?}")).unwrap_or_default();
            let layer = reader.at(format!("layers[{at}]{name}"), |reader| {
                let layer = layer::read(reader, json)?;
                match layers.iter().any(|other| other.id == layer.id) {
                    true => Err(reader.error("another layer has the same id")),
                    false => Ok(layer),
                }
            })?;
            layers.push(layer);
        }
        Ok(Style { layers })
    }

    /// # Errors
    /// As [`Style::read`], and when the text is not JSON.
    pub fn parse(text: &str) -> Result<Style, StyleError> {
        let json = serde_json::from_str(text)
            .map_err(|error| StyleError { place: format!("line {}", error.line()), what: error.to_string() })?;
        Style::read(&json)
    }
}

#[cfg(test)]
mod tests;
