use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use super::{Expr, Reader, Scope, StyleError, Val, Want, filter, properties, properties::Property};
use crate::Colour;

/// How a layer is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    Background,
    Fill,
    Line,
    Circle,
    Symbol,
}

/// One layer of a style: which features, and how.
#[derive(Debug, Clone, PartialEq)]
pub struct Layer {
    pub id: String,
    pub kind: Kind,
    /// The layer of ours whose features are drawn; empty for a background.
    pub source_layer: String,
    pub min_zoom: f64,
    pub max_zoom: f64,
    pub visible: bool,
    pub filter: Option<Expr>,
    properties: BTreeMap<&'static str, Expr>,
}

impl Layer {
    /// Whether it is drawn at this zoom (the first counts, the last does not).
    pub fn shows_at(&self, zoom: f64) -> bool {
        self.visible && zoom >= self.min_zoom && zoom < self.max_zoom
    }

    /// The expression of a property, when the style gives one.
    pub fn property(&self, name: &str) -> Option<&Expr> {
        self.properties.get(name)
    }

    pub fn number(&self, name: &str, scope: &Scope) -> f64 {
        let given = self.property(name).and_then(|expr| match expr.value(scope) {
            Val::Number(value) => Some(value),
            _ => None,
        });
        let property = properties::of(self.kind, name);
        let (least, most) = property.map_or((f64::MIN, f64::MAX), |property| property.range);
        given.unwrap_or_else(|| property.map_or(0.0, |property| property.number)).clamp(least, most)
    }

    pub fn colour(&self, name: &str, scope: &Scope) -> Colour {
        match self.property(name).map(|expr| expr.value(scope)) {
            Some(Val::Colour(colour)) => colour,
            // A property of the feature that holds a colour.
            Some(Val::Text(text)) => text.parse().unwrap_or(Colour::BLACK),
            _ if name == "text-halo-color" || name == "fill-outline-color" => Colour::CLEAR,
            _ => Colour::BLACK,
        }
    }

    /// The text of a property, or what MapLibre takes without one.
    pub fn text(&self, name: &str, scope: &Scope) -> String {
        match self.property(name).map(|expr| expr.value(scope)) {
            Some(value) if value != Val::Null => value.text(),
            _ => properties::of(self.kind, name).map(|property| property.text.to_owned()).unwrap_or_default(),
        }
    }

    pub fn flag(&self, name: &str, scope: &Scope) -> bool {
        self.property(name).is_some_and(|expr| expr.holds(scope))
    }

    /// Numbers of a property that is a list: dashes, an offset.
    pub fn numbers(&self, name: &str, scope: &Scope) -> Vec<f64> {
        match self.property(name).map(|expr| expr.value(scope)) {
            Some(Val::List(list)) => list.iter().filter_map(Val::to_number).collect(),
            _ => Vec::new(),
        }
    }
}

const KNOWN: [&str; 11] =
    ["id", "type", "source", "source-layer", "minzoom", "maxzoom", "filter", "layout", "paint", "metadata", "slot"];

pub fn read(reader: &mut Reader, json: &Json) -> Result<Layer, StyleError> {
    let Json::Object(object) = json else { return Err(reader.error("a layer is an object")) };
    if let Some(unknown) = object.keys().find(|key| !KNOWN.contains(&key.as_str())) {
        return Err(reader.error(format!("a layer has no \"{unknown}\"")));
    }
    let text = |key: &str| object.get(key).and_then(Json::as_str);
    let id = text("id").filter(|id| !id.is_empty()).ok_or_else(|| reader.error("a layer needs an \"id\""))?.to_owned();
    let kind = match text("type") {
        Some("background") => Kind::Background,
        Some("fill") => Kind::Fill,
        Some("line") => Kind::Line,
        Some("circle") => Kind::Circle,
        Some("symbol") => Kind::Symbol,
        other => {
            let other = other.unwrap_or("nothing");
            return Err(reader
                .error(format!("the server draws the types background, fill, line, circle and symbol, not {other}")));
        }
    };
    let source_layer = text("source-layer").or_else(|| text("source")).unwrap_or_default().to_owned();
    if source_layer.is_empty() && kind != Kind::Background {
        return Err(reader.error("a layer needs a \"source-layer\""));
    }
    let zoom = |reader: &Reader, key: &str, otherwise: f64| match object.get(key) {
        None => Ok(otherwise),
        Some(value) => value
            .as_f64()
            .filter(|zoom| (0.0..=24.0).contains(zoom))
            .ok_or_else(|| reader.error(format!("\"{key}\" is a number from 0 to 24"))),
    };
    let (min_zoom, max_zoom) = (zoom(reader, "minzoom", 0.0)?, zoom(reader, "maxzoom", f64::INFINITY)?);
    let filter = match object.get("filter") {
        None => None,
        Some(json) => Some(reader.at(".filter", |reader| reader.expression(&filter::modern(json), Want::Boolean))?),
    };
    let mut properties = BTreeMap::new();
    for part in ["layout", "paint"] {
        let Some(json) = object.get(part) else { continue };
        let Json::Object(given) = json else { return Err(reader.error(format!("\"{part}\" is an object"))) };
        reader.at(format!(".{part}"), |reader| read_properties(reader, kind, given, &mut properties))?;
    }
    let visible = object.get("layout").and_then(|layout| layout.get("visibility")).is_none_or(|value| value != "none");
    Ok(Layer { id, kind, source_layer, min_zoom, max_zoom, visible, filter, properties })
}

fn read_properties(
    reader: &mut Reader,
    kind: Kind,
    given: &Map<String, Json>,
    into: &mut BTreeMap<&'static str, Expr>,
) -> Result<(), StyleError> {
    for (name, json) in given {
        if name == "visibility" {
            continue;
        }
        let Some(property) = properties::of(kind, name) else {
            return Err(reader
                .at(format!(".{name}"), |reader| Err::<(), _>(reader.error("the server does not draw this property")))
                .err()
                .unwrap_or_else(|| reader.error("unknown")));
        };
        let expr = reader.at(format!(".{name}"), |reader| read_property(reader, property, json))?;
        into.insert(property.name, expr);
    }
    Ok(())
}

fn read_property(reader: &mut Reader, property: &Property, json: &Json) -> Result<Expr, StyleError> {
    if property.name == "text-field"
        && let Some(text) = json.as_str()
    {
        return Ok(tokens(text));
    }
    if property.is_list {
        // Lists stand plainly, without "literal".
        let plain = json.as_array().is_some_and(|list| list.first().is_none_or(|first| property.begins(first)));
        let json = if plain { serde_json::json!(["literal", json]) } else { json.clone() };
        return reader.expression(&json, Want::Any);
    }
    let expr = reader.expression(json, property.want)?;
    if let Expr::Literal(Val::Text(text)) = &expr
        && !property.choices.is_empty()
        && !property.choices.contains(&text.as_str())
    {
        return Err(reader.error(format!("\"{text}\" is none of {}", property.choices.join(", "))));
    }
    if let Expr::Literal(Val::Number(value)) = &expr
        && !(property.range.0..=property.range.1).contains(value)
    {
        return Err(reader.error(format!("{value} is not from {} to {}", property.range.0, property.range.1)));
    }
    Ok(expr)
}

/// `{name} ({ref})` as an expression.
fn tokens(text: &str) -> Expr {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        parts.push(Expr::Literal(Val::Text(before.to_owned())));
        parts.push(Expr::Get(name.to_owned()));
        rest = after;
    }
    parts.push(Expr::Literal(Val::Text(rest.to_owned())));
    Expr::Concat(parts)
}
