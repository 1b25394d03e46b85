//! From which to which day the things of a layer are, for a slider's ends.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiff::civil::Date;
use kernel_web::{Failure, Visit};
use map_feature::Value;

use crate::drawn::values;
use crate::layer::Mask;
use crate::ogc::time_field;
use crate::served::Seen;

/// Remembered until the layer changes: its generation and newest change, and the days.
type Known = (String, i64, Option<(Date, Date)>);

#[derive(Default)]
struct Spans(Mutex<HashMap<(String, Mask), Known>>);

/// The field that says when, with the first and last day of what was looked at.
///
/// # Errors
/// When the layer cannot be read.
pub fn times(visit: &Visit, seen: &Seen) -> Result<Option<(String, Date, Date)>, Failure> {
    let layer = &seen.served.layer;
    let Some(at) = time_field(layer, &layer.fields(&seen.mask)) else { return Ok(None) };
    let spans = visit.city.memory(Spans::default);
    let key = (layer.name.clone(), seen.mask.clone());
    let known = spans.0.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
    let span = match known.filter(|(generation, seq, _)| (generation, seq) == (&layer.generation, &layer.seq)) {
        Some((.., span)) => span,
        None => {
            let span = ends(values(seen, at)?);
            let known = (layer.generation.clone(), layer.seq, span);
            spans.0.lock().unwrap_or_else(PoisonError::into_inner).insert(key, known);
            span
        }
    };
    Ok(span.map(|(first, last)| (layer.schema.fields[at].name.clone(), first, last)))
}

fn ends(values: Vec<Value>) -> Option<(Date, Date)> {
    let days = values.into_iter().filter_map(|value| match value {
        Value::Date(day) => Some(day),
        Value::Instant(at) => Some(at.to_zoned(jiff::tz::TimeZone::UTC).date()),
        _ => None,
    });
    days.fold(None, |ends: Option<(Date, Date)>, day| match ends {
        None => Some((day, day)),
        Some((first, last)) => Some((first.min(day), last.max(day))),
    })
}
