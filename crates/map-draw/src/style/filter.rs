//! Filters in the old form (`["==", "class", "park"]`) become expressions, by the rules with which MapLibre's
//! `isExpressionFilter` tells them from the new one.

use serde_json::{Value as Json, json};

/// The same filter as an expression; an expression stays as it is.
pub fn modern(filter: &Json) -> Json {
    if is_modern(filter, 0) { filter.clone() } else { rewritten(filter, 0) }
}

/// Deeper ones are refused later anyway.
const DEEPEST: usize = 64;

fn is_modern(filter: &Json, depth: usize) -> bool {
    if filter.is_boolean() {
        return true;
    }
    let Some([Json::String(name), rest @ ..]) = filter.as_array().map(Vec::as_slice) else { return false };
    match name.as_str() {
        "has" => rest.len() == 1 && rest[0] != "$id" && rest[0] != "$type",
        "in" => rest.len() >= 2 && (!rest[0].is_string() || rest[1].is_array()),
        "!in" | "!has" | "none" => false,
        "==" | "!=" | ">" | ">=" | "<" | "<=" => rest.len() != 2 || rest[0].is_array() || rest[1].is_array(),
        "any" | "all" => depth > DEEPEST || rest.iter().all(|part| is_modern(part, depth + 1)),
        _ => true,
    }
}

fn rewritten(filter: &Json, depth: usize) -> Json {
    let Some([Json::String(name), rest @ ..]) = filter.as_array().map(Vec::as_slice) else { return filter.clone() };
    if depth > DEEPEST {
        return filter.clone();
    }
    let property = rest.first().and_then(Json::as_str).unwrap_or_default();
    let get = if property == "$type" { json!(["geometry-type"]) } else { json!(["get", property]) };
    match name.as_str() {
        "==" | "!=" | ">" | ">=" | "<" | "<=" if rest.len() == 2 => json!([name, get, rest[1]]),
        "in" | "!in" if !rest.is_empty() => {
            let found = json!(["in", get, ["literal", &rest[1..]]]);
            if name == "in" { found } else { json!(["!", found]) }
        }
        "has" => filter.clone(),
        "!has" => json!(["!", ["has", property]]),
        "all" | "any" | "none" => {
            let parts = rest
                .iter()
                .map(|part| if is_modern(part, depth + 1) { part.clone() } else { rewritten(part, depth + 1) });
            let parts: Vec<Json> =
                std::iter::once(json!(if name == "none" { "any" } else { name })).chain(parts).collect();
            if name == "none" { json!(["!", parts]) } else { Json::Array(parts) }
        }
        _ => filter.clone(),
    }
}
