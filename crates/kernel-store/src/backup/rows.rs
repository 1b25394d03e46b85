//! Rows as JSON lines and back. Numbers with a fraction are texts, since readers of JSON round them.

use kernel_base::{Error, Result};
use serde_json::{Map, Value as Json};

use crate::shape::{Column, Kind};
use crate::{Row, Value};

/// Writes a row as one line.
pub(super) fn write(out: &mut Vec<u8>, row: &Row, columns: &[Column]) -> Result<()> {
    let mut before = b'{';
    for column in columns {
        out.push(before);
        before = b',';
        json(out, &Json::from(column.name.as_str()))?;
        out.push(b':');
        json(out, &read(row, column)?)?;
    }
    out.extend_from_slice(b"}\n");
    Ok(())
}

fn json(out: &mut Vec<u8>, value: &Json) -> Result<()> {
    serde_json::to_writer(out, value).map_err(Error::fault)
}

fn read(row: &Row, column: &Column) -> Result<Json> {
    let name = column.name.as_str();
    Ok(match column.kind {
        Kind::Text => row.text_opt(name)?.into(),
        Kind::Int => row.int_opt(name)?.into(),
        Kind::Real => row.real_opt(name)?.map(|real| format!("{real:?}")).into(),
        Kind::Flag => row.flag_opt(name)?.into(),
    })
}

/// The values of a line, in the order of the columns.
pub(super) fn parse(line: &str, columns: &[Column]) -> Result<Vec<Value>> {
    let mut row: Map<String, Json> = serde_json::from_str(line).map_err(Error::fault)?;
    let values = columns.iter().map(|column| {
        let wrong = || Error::Fault(format!("a row has no good {}", column.name));
        let value = row.remove(&column.name).ok_or_else(wrong)?;
        match (column.kind, value) {
            (Kind::Text, Json::Null) => Some(Value::Text(None)),
            (Kind::Text, Json::String(text)) => Some(Value::Text(Some(text))),
            (Kind::Int, Json::Null) => Some(Value::Int(None)),
            (Kind::Int, value) => value.as_i64().map(|number| Value::Int(Some(number))),
            (Kind::Real, Json::Null) => Some(Value::Real(None)),
            (Kind::Real, value) => {
                value.as_str().and_then(|text| text.parse().ok()).map(|number| Value::Real(Some(number)))
            }
            (Kind::Flag, Json::Null) => Some(Value::Flag(None)),
            (Kind::Flag, value) => value.as_bool().map(|flag| Value::Flag(Some(flag))),
            (Kind::Text, _) => None,
        }
        .ok_or_else(wrong)
    });
    values.collect()
}
