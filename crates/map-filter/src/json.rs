//! CQL2 JSON (OGC 21-065r2, annex C).

mod shape;
mod write;

pub use write::written;

use serde_json::{Map, Value};

use crate::{
    error::{FilterError, Place, Problem, Source},
    limits::{self, Count, DEPTH},
    text::is_name,
    time,
    tree::{Node, Op, What},
};

/// Reads a whole filter: the tree, and the JSON pointers that its nodes' `at` count.
pub fn read(value: &Value) -> Result<(Node, Vec<String>), FilterError> {
    let mut reader = Reader { pointers: Vec::new(), count: Count::default(), coordinates: 0 };
    let node = reader.any(value, String::new(), 0)?;
    limits::shallow(&node, &Source::Json(&reader.pointers))?;
    Ok((node, reader.pointers))
}

struct Reader {
    pointers: Vec<String>,
    count: Count,
    /// Numbers read in geometries so far.
    coordinates: usize,
}

type Read = Result<Node, FilterError>;

fn error(pointer: &str, problem: Problem) -> FilterError {
    FilterError { place: Place::Json { pointer: pointer.to_owned() }, problem }
}

fn described(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

impl Reader {
    fn node(&mut self, pointer: String, what: What) -> Read {
        self.count.one().map_err(|problem| error(&pointer, problem))?;
        self.pointers.push(pointer);
        Ok(Node { at: (self.pointers.len() - 1) as u32, what })
    }

    fn any(&mut self, value: &Value, pointer: String, depth: usize) -> Read {
        if depth > DEPTH {
            return Err(error(&pointer, Problem::Depth(DEPTH)));
        }
        let what = match value {
            Value::Bool(value) => What::Boolean(*value),
            Value::String(text) => What::Text(text.clone()),
            Value::Number(number) => match (number.as_i64(), number.as_f64()) {
                (Some(whole), _) => What::Integer(whole),
                (None, Some(number)) if number.is_finite() => What::Number(number),
                _ => return Err(error(&pointer, Problem::Number)),
            },
            Value::Array(list) => What::Array(self.list(list, &pointer, depth)?),
            Value::Object(object) => return self.object(object, pointer, depth),
            Value::Null => return Err(error(&pointer, Problem::unexpected("a value", "null"))),
        };
        self.node(pointer, what)
    }

    fn list(&mut self, list: &[Value], pointer: &str, depth: usize) -> Result<Vec<Node>, FilterError> {
        list.iter().enumerate().map(|(index, value)| self.any(value, format!("{pointer}/{index}"), depth + 1)).collect()
    }

    fn object(&mut self, object: &Map<String, Value>, pointer: String, depth: usize) -> Read {
        if let Some(op) = object.get("op") {
            return self.operation(op, object.get("args"), pointer, depth);
        }
        if object.contains_key("type") {
            let geometry = shape::read(object, &mut self.coordinates).map_err(|problem| error(&pointer, problem))?;
            return self.node(pointer, What::Geometry(Box::new(geometry)));
        }
        let text = |key: &str| match object.get(key) {
            Some(Value::String(text)) => Ok(Some(text)),
            Some(other) => Err(error(&format!("{pointer}/{key}"), Problem::unexpected("a text", described(other)))),
            None => Ok(None),
        };
        let what = if let Some(name) = text("property")? {
            What::Property(name.clone())
        } else if let Some(date) = text("date")? {
            What::Date(time::date(date).ok_or_else(|| error(&pointer, Problem::Date(date.clone())))?)
        } else if let Some(at) = text("timestamp")? {
            What::Timestamp(time::timestamp(at).ok_or_else(|| error(&pointer, Problem::Timestamp(at.clone())))?)
        } else if let Some(numbers) = object.get("bbox") {
            What::Bbox(shape::bbox(numbers).map_err(|problem| error(&pointer, problem))?)
        } else if let Some(ends) = object.get("interval") {
            What::Interval(self.interval(ends, &pointer, depth)?)
        } else {
            let expected = "an object with op, property, date, timestamp, interval, bbox or type";
            let keys: Vec<&str> = object.keys().map(String::as_str).take(5).collect();
            return Err(error(&pointer, Problem::unexpected(expected, format!("one with {}", keys.join(", ")))));
        };
        self.node(pointer, what)
    }

    fn interval(&mut self, ends: &Value, pointer: &str, depth: usize) -> Result<Vec<Node>, FilterError> {
        let pointer = format!("{pointer}/interval");
        let found = ends.as_array().map_or(0, Vec::len);
        let (2, Some(ends)) = (found, ends.as_array()) else {
            let op = "interval".to_owned();
            return Err(error(&pointer, Problem::Operands { op, takes: "2".to_owned(), found }));
        };
        let ends = self.list(ends, &pointer, depth + 1)?;
        ends.into_iter()
            .map(|end| time::end(end).map_err(|(at, problem)| Source::Json(&self.pointers).error(at, problem)))
            .collect()
    }

    fn operation(&mut self, op: &Value, operands: Option<&Value>, pointer: String, depth: usize) -> Read {
        let Value::String(name) = op else {
            return Err(error(&format!("{pointer}/op"), Problem::unexpected("a text", described(op))));
        };
        let inside = format!("{pointer}/args");
        let operands = match operands {
            Some(Value::Array(operands)) => operands,
            Some(other) => return Err(error(&inside, Problem::unexpected("an array", described(other)))),
            None => return Err(error(&pointer, Problem::unexpected("args beside op", "none"))),
        };
        let operands = self.list(operands, &inside, depth)?;
        let Some(op) = Op::named(name) else {
            if !is_name(name) {
                return Err(error(&format!("{pointer}/op"), Problem::unexpected("the name of a function", name)));
            }
            return self.node(pointer, What::Function(name.clone(), operands));
        };
        let (least, most) = op.operands();
        if operands.len() < least || operands.len() > most {
            let takes = if most == usize::MAX { format!("{least} or more") } else { least.to_string() };
            let found = operands.len();
            return Err(error(&inside, Problem::Operands { op: name.clone(), takes, found }));
        }
        if op == Op::In && !matches!(operands[1].what, What::Array(_)) {
            return Err(error(&format!("{inside}/1"), Problem::unexpected("an array", "something else")));
        }
        self.node(pointer, What::Op(op, operands))
    }
}
