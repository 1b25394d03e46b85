//! Filters in the Common Query Language CQL2 (OGC 21-065r2): read as text or JSON, checked against a layer's schema,
//! and tried on features. All requirements classes are there: basic and advanced comparison, case and accents put
//! aside, spatial, temporal and array functions, properties on both sides, arithmetic, functions.

mod area;
mod compile;
mod error;
mod evaluate;
mod function;
mod json;
mod limits;
mod plan;
mod shape;
mod text;
mod time;
mod tree;
mod words;

use std::borrow::Cow;

pub use compile::{Options, Sort};
pub use error::{FilterError, Place, Problem};
pub use function::Function;
use geo_types::Geometry;
use map_feature::{Bounds, Schema, Value};

use compile::Compiler;
use error::Source;
use plan::Test;
use tree::Node;

/// The requirements classes of CQL2 that are met, by the last part of their URIs
/// (`http://www.opengis.net/spec/cql2/1.0/conf/…`).
pub const CONFORMANCE: &[&str] = &[
    "cql2-text",
    "cql2-json",
    "basic-cql2",
    "advanced-comparison-operators",
    "case-insensitive-comparison",
    "accent-insensitive-comparison",
    "basic-spatial-functions",
    "basic-spatial-functions-plus",
    "spatial-functions",
    "temporal-functions",
    "array-functions",
    "property-property",
    "functions",
    "arithmetic",
];

/// What a filter asks of a feature.
pub trait Values {
    /// Of the field at this position of the schema.
    fn value(&self, field: usize) -> Value;
    /// In CRS84: degrees, longitude first.
    fn geometry(&self) -> Option<Cow<'_, Geometry<f64>>>;
    fn id(&self) -> Cow<'_, str>;
}

/// A filter as it was written, its names not yet looked up.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    root: Node,
    /// Of CQL2 JSON: where its parts stood.
    pointers: Vec<String>,
}

impl Expression {
    /// Reads CQL2 Text. Errors say where.
    pub fn from_text(text: &str) -> Result<Expression, FilterError> {
        Ok(Expression { root: text::read(text)?, pointers: Vec::new() })
    }

    /// Reads CQL2 JSON. Errors say where, by a JSON pointer.
    pub fn from_json(value: &serde_json::Value) -> Result<Expression, FilterError> {
        let (root, pointers) = json::read(value)?;
        Ok(Expression { root, pointers })
    }

    /// CQL2 Text that means the same, always written in the same way.
    pub fn to_text(&self) -> String {
        text::written(&self.root)
    }

    /// CQL2 JSON that means the same.
    pub fn to_json(&self) -> serde_json::Value {
        json::written(&self.root)
    }
}

/// A filter on the features of one layer. It can be shared between threads.
pub struct Filter {
    expression: Expression,
    test: Test,
}

impl Filter {
    pub fn parse_text(text: &str, schema: &Schema) -> Result<Filter, FilterError> {
        Filter::text(text, schema, &Options::default())
    }

    pub fn parse_json(value: &serde_json::Value, schema: &Schema) -> Result<Filter, FilterError> {
        Filter::json(value, schema, &Options::default())
    }

    /// CQL2 Text with its own CRS or with fewer fields to name.
    pub fn text(text: &str, schema: &Schema, options: &Options) -> Result<Filter, FilterError> {
        let expression = Expression::from_text(text)?;
        let test = Compiler::new(schema, options, Source::Text(text)).test(&expression.root)?;
        Ok(Filter { expression, test })
    }

    /// CQL2 JSON with its own CRS or with fewer fields to name.
    pub fn json(value: &serde_json::Value, schema: &Schema, options: &Options) -> Result<Filter, FilterError> {
        let expression = Expression::from_json(value)?;
        let test = Compiler::new(schema, options, Source::Json(&expression.pointers)).test(&expression.root)?;
        Ok(Filter { expression, test })
    }

    /// Whether a feature is among what was asked for: what is unknown because a value is missing is no match.
    pub fn matches(&self, row: &dyn Values) -> bool {
        self.test.of(row) == Some(true)
    }

    /// A box in CRS84 that every match meets; `None` when matches may lie anywhere or have no place.
    pub fn area(&self) -> Option<Bounds> {
        area::of(&self.test)
    }

    pub fn to_text(&self) -> String {
        self.expression.to_text()
    }

    pub fn to_json(&self) -> serde_json::Value {
        self.expression.to_json()
    }
}
