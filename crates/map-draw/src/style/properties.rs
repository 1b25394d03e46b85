//! The properties of layers that are drawn, with their ranges and what holds without them (MapLibre Style Specification,
//! version 8).

use serde_json::Value as Json;

use super::{Kind, Want};

pub struct Property {
    pub kind: Kind,
    pub name: &'static str,
    pub want: Want,
    /// Without one: numbers and texts.
    pub number: f64,
    pub text: &'static str,
    pub range: (f64, f64),
    pub choices: &'static [&'static str],
    pub is_list: bool,
}

impl Property {
    /// Whether a plain list of this property may begin so.
    pub fn begins(&self, first: &Json) -> bool {
        if self.name == "text-font" { first.as_str().is_some_and(|name| name != "literal") } else { first.is_number() }
    }
}

/// The property of this name in layers of this kind.
pub fn of(kind: Kind, name: &str) -> Option<&'static Property> {
    ALL.iter().find(|property| property.kind == kind && property.name == name)
}

const fn number(kind: Kind, name: &'static str, number: f64, least: f64, most: f64) -> Property {
    Property { kind, name, want: Want::Number, number, text: "", range: (least, most), choices: &[], is_list: false }
}

const fn opacity(kind: Kind, name: &'static str) -> Property {
    number(kind, name, 1.0, 0.0, 1.0)
}

const fn colour(kind: Kind, name: &'static str) -> Property {
    Property { want: Want::Colour, ..number(kind, name, 0.0, f64::MIN, f64::MAX) }
}

const fn choice(kind: Kind, name: &'static str, choices: &'static [&'static str]) -> Property {
    Property { want: Want::Text, text: choices[0], choices, ..number(kind, name, 0.0, f64::MIN, f64::MAX) }
}

const fn flag(kind: Kind, name: &'static str) -> Property {
    Property { want: Want::Boolean, ..number(kind, name, 0.0, f64::MIN, f64::MAX) }
}

const fn list(kind: Kind, name: &'static str) -> Property {
    Property { want: Want::Any, is_list: true, ..number(kind, name, 0.0, f64::MIN, f64::MAX) }
}

use Kind::{Background, Circle, Fill, Line, Symbol};

static ALL: &[Property] = &[
    colour(Background, "background-color"),
    opacity(Background, "background-opacity"),
    colour(Fill, "fill-color"),
    opacity(Fill, "fill-opacity"),
    colour(Fill, "fill-outline-color"),
    flag(Fill, "fill-antialias"),
    number(Fill, "fill-sort-key", 0.0, f64::MIN, f64::MAX),
    colour(Line, "line-color"),
    opacity(Line, "line-opacity"),
    number(Line, "line-width", 1.0, 0.0, 200.0),
    list(Line, "line-dasharray"),
    choice(Line, "line-cap", &["butt", "round", "square"]),
    choice(Line, "line-join", &["miter", "round", "bevel"]),
    number(Line, "line-miter-limit", 2.0, 1.0, 20.0),
    number(Line, "line-sort-key", 0.0, f64::MIN, f64::MAX),
    colour(Circle, "circle-color"),
    opacity(Circle, "circle-opacity"),
    number(Circle, "circle-radius", 5.0, 0.0, 500.0),
    colour(Circle, "circle-stroke-color"),
    opacity(Circle, "circle-stroke-opacity"),
    number(Circle, "circle-stroke-width", 0.0, 0.0, 100.0),
    number(Circle, "circle-sort-key", 0.0, f64::MIN, f64::MAX),
    Property { want: Want::Text, ..list_free("text-field") },
    list(Symbol, "text-font"),
    number(Symbol, "text-size", 16.0, 0.0, 200.0),
    colour(Symbol, "text-color"),
    opacity(Symbol, "text-opacity"),
    colour(Symbol, "text-halo-color"),
    number(Symbol, "text-halo-width", 0.0, 0.0, 20.0),
    number(Symbol, "text-max-width", 10.0, 0.0, 100.0),
    number(Symbol, "text-line-height", 1.2, 0.5, 5.0),
    number(Symbol, "text-letter-spacing", 0.0, -1.0, 5.0),
    number(Symbol, "text-padding", 2.0, 0.0, 100.0),
    choice(
        Symbol,
        "text-anchor",
        &["center", "left", "right", "top", "bottom", "top-left", "top-right", "bottom-left", "bottom-right"],
    ),
    choice(Symbol, "text-transform", &["none", "uppercase", "lowercase"]),
    choice(Symbol, "text-justify", &["center", "auto", "left", "right"]),
    choice(Symbol, "text-rotation-alignment", &["auto", "map", "viewport"]),
    list(Symbol, "text-offset"),
    flag(Symbol, "text-allow-overlap"),
    flag(Symbol, "text-ignore-placement"),
    flag(Symbol, "text-optional"),
    choice(Symbol, "symbol-placement", &["point", "line", "line-center"]),
    number(Symbol, "symbol-spacing", 250.0, 1.0, 10_000.0),
    number(Symbol, "symbol-sort-key", 0.0, f64::MIN, f64::MAX),
];

const fn list_free(name: &'static str) -> Property {
    number(Symbol, name, 0.0, f64::MIN, f64::MAX)
}
