/// A parameter of a statement. Options keep their type when empty: PostgreSQL refuses a text NULL for a BIGINT column.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Text(Option<String>),
    Int(Option<i64>),
    Real(Option<f64>),
    Flag(Option<bool>),
}

pub fn text(value: impl Into<String>) -> Value {
    Value::Text(Some(value.into()))
}

pub fn int(value: i64) -> Value {
    Value::Int(Some(value))
}

pub fn real(value: f64) -> Value {
    Value::Real(Some(value))
}

pub fn flag(value: bool) -> Value {
    Value::Flag(Some(value))
}

impl From<Option<String>> for Value {
    fn from(value: Option<String>) -> Value {
        Value::Text(value)
    }
}

impl From<Option<i64>> for Value {
    fn from(value: Option<i64>) -> Value {
        Value::Int(value)
    }
}

impl From<Option<f64>> for Value {
    fn from(value: Option<f64>) -> Value {
        Value::Real(value)
    }
}
