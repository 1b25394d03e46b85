use std::fmt;

use jiff::{Timestamp, civil::Date};

use crate::Kind;

/// One typed value of a feature. The kinds are those of OGC API – Features Part 5 that a filter can compare.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Value {
    #[default]
    Null,
    Boolean(bool),
    Integer(i64),
    /// Always finite: readers turn NaN and infinities into `Null` and say so in their report.
    Number(f64),
    Text(String),
    /// A day of the civil calendar.
    Date(Date),
    /// A moment, UTC.
    Instant(Timestamp),
}

impl Value {
    /// The kind of a value; `None` for `Null`, which fits every field that is not required.
    pub fn kind(&self) -> Option<Kind> {
        Some(match self {
            Value::Null => return None,
            Value::Boolean(_) => Kind::Boolean,
            Value::Integer(_) => Kind::Integer,
            Value::Number(_) => Kind::Number,
            Value::Text(_) => Kind::Text,
            Value::Date(_) => Kind::Date,
            Value::Instant(_) => Kind::Instant,
        })
    }

    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }
}

/// As in GeoJSON and CSV: RFC 3339 for days and moments, nothing for `Null`.
impl fmt::Display for Value {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Null => Ok(()),
            Value::Boolean(value) => value.fmt(out),
            Value::Integer(value) => value.fmt(out),
            Value::Number(value) => value.fmt(out),
            Value::Text(value) => out.write_str(value),
            Value::Date(value) => value.fmt(out),
            Value::Instant(value) => value.fmt(out),
        }
    }
}
