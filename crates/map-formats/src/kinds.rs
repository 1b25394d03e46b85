//! Which kind a field of a text format has, and turning values into it.

use std::collections::HashMap;

use jiff::{Timestamp, civil::Date};
use map_feature::{Field, Kind, Value};

use crate::{Error, Limits, Result, error::Limited};

const BOOLEAN: u8 = 1;
const INTEGER: u8 = 2;
const NUMBER: u8 = 4;
const DATE: u8 = 8;
const INSTANT: u8 = 16;
const TEXT: u8 = 32;

/// A value as text formats give it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Scalar<'a> {
    Null,
    Boolean(bool),
    Integer(i64),
    Number(f64),
    Text(&'a str),
}

/// Collects the fields of a file that has no schema, in order of appearance.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    names: Vec<String>,
    seen: Vec<u8>,
    places: HashMap<String, usize>,
}

impl Tally {
    /// The place of a field, new or known.
    pub fn place(&mut self, name: &str, limits: &Limits) -> Result<usize> {
        if let Some(place) = self.places.get(name) {
            return Ok(*place);
        }
        if self.names.len() >= limits.fields {
            return Err(Error::Limit { what: Limited::Fields, limit: limits.fields as u64 });
        }
        self.names.push(name.to_owned());
        self.seen.push(0);
        self.places.insert(name.to_owned(), self.names.len() - 1);
        Ok(self.names.len() - 1)
    }

    /// A JSON value.
    pub fn see(&mut self, place: usize, value: Scalar) {
        self.seen[place] |= match value {
            Scalar::Null => 0,
            Scalar::Boolean(_) => BOOLEAN,
            Scalar::Integer(_) => INTEGER,
            Scalar::Number(_) => NUMBER,
            Scalar::Text(text) if self.seen[place] & TEXT != 0 || text.is_empty() => TEXT & self.seen[place],
            Scalar::Text(text) => dated(text),
        };
    }

    /// A value of a format where all is text.
    pub fn see_text(&mut self, place: usize, text: &str) {
        if self.seen[place] & TEXT == 0 && !text.is_empty() {
            self.seen[place] |= looks(text);
        }
    }

    pub fn fields(&self) -> Vec<Field> {
        self.names.iter().zip(&self.seen).map(|(name, seen)| Field::new(name.clone(), kind(*seen))).collect()
    }
}

fn kind(seen: u8) -> Kind {
    match seen {
        BOOLEAN => Kind::Boolean,
        INTEGER => Kind::Integer,
        NUMBER => Kind::Number,
        seen if seen == INTEGER | NUMBER => Kind::Number,
        DATE => Kind::Date,
        INSTANT => Kind::Instant,
        _ => Kind::Text,
    }
}

fn dated(text: &str) -> u8 {
    if date(text).is_some() {
        DATE
    } else if instant(text).is_some() {
        INSTANT
    } else {
        TEXT
    }
}

fn looks(text: &str) -> u8 {
    let first = text.as_bytes()[0];
    if first.is_ascii_digit() || first == b'-' || first == b'.' {
        if integer(text).is_some() {
            return INTEGER;
        }
        if number(text).is_some() {
            return NUMBER;
        }
        return dated(text);
    }
    match boolean(text) {
        Some(_) => BOOLEAN,
        None if not_a_number(text) => NUMBER,
        None => TEXT,
    }
}

/// A calendar day as ISO 8601 writes it in full: `2026-11-24`.
pub(crate) fn date(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    (bytes.len() == 10 && bytes[4] == b'-' && bytes[7] == b'-').then(|| text.parse().ok()).flatten()
}

/// A moment with its offset from UTC (RFC 3339): `2026-11-24T09:00:00+09:00`.
pub(crate) fn instant(text: &str) -> Option<Timestamp> {
    let bytes = text.as_bytes();
    (bytes.len() >= 17 && bytes.len() <= 40 && bytes[0].is_ascii_digit() && bytes[4] == b'-')
        .then(|| text.parse().ok())
        .flatten()
}

/// A moment in a column that is declared to hold such; without an offset it is taken as UTC, and `true` says so.
pub(crate) fn declared_instant(text: &str) -> Option<(Timestamp, bool)> {
    if let Some(at) = instant(text) {
        return Some((at, false));
    }
    let civil: jiff::civil::DateTime = text.parse().ok()?;
    Some((civil.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp(), true))
}

/// Written as we would write it: codes like `007` and `+82` stay text.
fn integer(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = digits.len() <= 19 && digits.bytes().all(|byte| byte.is_ascii_digit());
    (plain && (digits == "0" || !digits.starts_with('0'))).then(|| text.parse().ok()).flatten()
}

fn number(text: &str) -> Option<f64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let padded = digits.len() > 1 && digits.starts_with('0') && digits.as_bytes()[1].is_ascii_digit();
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'-' | b'+'));
    (plain && !padded).then(|| text.parse().ok()).flatten().filter(|number: &f64| number.is_finite())
}

fn not_a_number(text: &str) -> bool {
    ["nan", "inf", "infinity"].iter().any(|word| text.trim_start_matches('-').eq_ignore_ascii_case(word))
}

fn boolean(text: &str) -> Option<bool> {
    if text.eq_ignore_ascii_case("true") {
        Some(true)
    } else if text.eq_ignore_ascii_case("false") {
        Some(false)
    } else {
        None
    }
}

/// A written value in a field of this kind; `None` when it does not fit. NaN and infinities pass as numbers.
pub(crate) fn parse(text: &str, kind: Kind) -> Option<Value> {
    if text.is_empty() {
        return Some(Value::Null);
    }
    match kind {
        Kind::Text => Some(Value::Text(text.to_owned())),
        Kind::Boolean => boolean(text).map(Value::Boolean),
        Kind::Integer => text.trim().parse().ok().map(Value::Integer),
        Kind::Number => text.trim().parse().ok().map(Value::Number),
        Kind::Date => date(text).map(Value::Date),
        Kind::Instant => instant(text).or_else(|| in_utc(text)).map(Value::Instant),
    }
}

/// A moment without its offset, where the format says that it is one: GeoPackage and others mean UTC.
fn in_utc(text: &str) -> Option<Timestamp> {
    let civil: jiff::civil::DateTime = (text.len() >= 16).then(|| text.parse().ok()).flatten()?;
    Some(civil.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp())
}

/// A JSON value in a field of this kind.
pub(crate) fn fit(value: Scalar, kind: Kind) -> Option<Value> {
    Some(match (value, kind) {
        (Scalar::Null, _) => Value::Null,
        (Scalar::Boolean(value), Kind::Boolean) => Value::Boolean(value),
        (Scalar::Integer(value), Kind::Integer) => Value::Integer(value),
        (Scalar::Integer(value), Kind::Number) => Value::Number(value as f64),
        (Scalar::Number(value), Kind::Number) => Value::Number(value),
        (Scalar::Number(value), Kind::Integer) => Value::Integer(whole(value)?),
        (Scalar::Text(text), Kind::Text) => Value::Text(text.to_owned()),
        (Scalar::Text(text), kind) => parse(text, kind)?,
        (Scalar::Boolean(value), Kind::Text) => Value::Text(value.to_string()),
        (Scalar::Integer(value), Kind::Text) => Value::Text(value.to_string()),
        (Scalar::Number(value), Kind::Text) => Value::Text(value.to_string()),
        _ => return None,
    })
}

/// From one kind into another without losing anything; `None` when that cannot be.
pub(crate) fn convert(value: Value, kind: Kind) -> Option<Value> {
    Some(match (value, kind) {
        (Value::Null, _) => Value::Null,
        (value, kind) if value.kind() == Some(kind) => value,
        (Value::Text(text), kind) => parse(&text, kind)?,
        (value, Kind::Text) => Value::Text(value.to_string()),
        (Value::Integer(value), Kind::Number) => Value::Number(value as f64),
        (Value::Number(value), Kind::Integer) => Value::Integer(whole(value)?),
        (Value::Integer(0), Kind::Boolean) => Value::Boolean(false),
        (Value::Integer(1), Kind::Boolean) => Value::Boolean(true),
        _ => return None,
    })
}

fn whole(value: f64) -> Option<i64> {
    (value.fract() == 0.0 && value.abs() < 9.0e15).then_some(value as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[&str]) -> Kind {
        let mut tally = Tally::default();
        let place = tally.place("a", &Limits::default()).unwrap();
        values.iter().for_each(|value| tally.see_text(place, value));
        tally.fields()[0].kind
    }

    #[test]
    fn a_moment_without_an_offset_is_one_in_utc_where_a_moment_is_declared() {
        let read = |text: &str| parse(text, Kind::Instant).map(|value| value.to_string());
        assert_eq!(read("2021-04-16T10:15:59").as_deref(), Some("2021-04-16T10:15:59Z"));
        assert_eq!(read("2021-04-16 10:15:59").as_deref(), Some("2021-04-16T10:15:59Z"));
        assert_eq!(read("noon"), None);
    }

    #[test]
    fn a_column_has_the_kind_that_all_its_values_share() {
        assert_eq!(of(&["1", "", "-20"]), Kind::Integer);
        assert_eq!(of(&["1", "2.5", "1e3", "NaN"]), Kind::Number);
        assert_eq!(of(&["007", "12"]), Kind::Text);
        assert_eq!(of(&["true", "FALSE"]), Kind::Boolean);
        assert_eq!(of(&["2026-11-24", "", "2025-01-31"]), Kind::Date);
        assert_eq!(of(&["2026-11-24", "2026-02-30"]), Kind::Text);
        assert_eq!(of(&["2026-11-24T09:00:00+09:00", "2026-11-24T00:00:00.5Z"]), Kind::Instant);
        assert_eq!(of(&["2026-11-24", "2026-11-24T00:00:00Z"]), Kind::Text);
        assert_eq!(of(&["9223372036854775808"]), Kind::Number);
        assert_eq!(of(&["", ""]), Kind::Text);
    }
}
