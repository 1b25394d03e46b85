//! A tree as CQL2 JSON. What is read from it again is the same tree.

use serde_json::{Value, json};

use super::shape;
use crate::tree::{Node, What};

pub fn written(node: &Node) -> Value {
    let all = |nodes: &[Node]| nodes.iter().map(written).collect::<Value>();
    match &node.what {
        What::Boolean(value) => json!(value),
        What::Integer(value) => json!(value),
        What::Number(value) => json!(value),
        What::Text(text) => json!(text),
        What::Date(date) => json!({ "date": date.to_string() }),
        What::Timestamp(at) => json!({ "timestamp": at.to_string() }),
        What::Open => json!(".."),
        What::Interval(ends) => json!({ "interval": ends.iter().map(end).collect::<Value>() }),
        What::Geometry(geometry) => shape::written(geometry),
        What::Bbox(numbers) => json!({ "bbox": numbers }),
        What::Array(list) => all(list),
        What::Property(name) => json!({ "property": name }),
        What::Function(name, operands) => json!({ "op": name, "args": all(operands) }),
        What::Op(op, operands) => json!({ "op": op.name(), "args": all(operands) }),
    }
}

/// An interval's days and moments stand there as plain texts.
fn end(node: &Node) -> Value {
    match &node.what {
        What::Date(date) => json!(date.to_string()),
        What::Timestamp(at) => json!(at.to_string()),
        _ => written(node),
    }
}
