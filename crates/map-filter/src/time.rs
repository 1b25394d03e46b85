//! Days, moments and intervals, and how they lie to each other (OGC 21-065r2, table 9).

use std::cmp::Ordering;

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use map_feature::Value;

use crate::{
    error::Problem,
    tree::{Node, Temporal, What},
};

/// `YYYY-MM-DD` (RFC 3339, full-date).
pub fn date(text: &str) -> Option<Date> {
    // jiff reads more than a date from a longer text.
    (text.len() == 10).then(|| text.parse().ok()).flatten()
}

/// RFC 3339, in whatever zone it is written.
pub fn timestamp(text: &str) -> Option<Timestamp> {
    text.parse().ok()
}

/// One end of an interval: a text is a day, a moment or `..`; names and functions stay.
pub fn end(node: Node) -> Result<Node, (u32, Problem)> {
    let what = match node.what {
        What::Text(text) if text == ".." => What::Open,
        What::Text(text) => match (date(&text), timestamp(&text)) {
            (Some(date), _) => What::Date(date),
            (None, Some(at)) => What::Timestamp(at),
            (None, None) => return Err((node.at, Problem::Timestamp(text))),
        },
        What::Date(_) | What::Timestamp(_) | What::Property(_) | What::Function(..) => node.what,
        _ => return Err((node.at, Problem::unexpected("a day, a moment, '..' or a property", "something else"))),
    };
    Ok(Node { at: node.at, what })
}

/// The day in UTC.
pub fn day(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

/// One end of a stretch of time, both ends within it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum End {
    /// Before or after everything.
    Open,
    Day(Date),
    Moment(Timestamp),
}

impl End {
    /// `None` for what is no time, and for null.
    pub fn of(value: &Value) -> Option<End> {
        match value {
            Value::Date(date) => Some(End::Day(*date)),
            Value::Instant(at) => Some(End::Moment(*at)),
            _ => None,
        }
    }
}

/// From a start to an end, both within it. A day or moment is both.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Span {
    pub start: End,
    pub end: End,
}

/// Which end of its span: a day begins with its first and ends with its last moment.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    Start,
    End,
}

/// Two days are compared as days. A day beside a moment is its first moment where it starts a span, else its last.
fn compare(left: (End, Side), right: (End, Side)) -> Ordering {
    let infinite = |(end, side): (End, Side)| match (end, side) {
        (End::Open, Side::Start) => -1,
        (End::Open, Side::End) => 1,
        _ => 0,
    };
    let (far, away) = (infinite(left), infinite(right));
    match (left.0, right.0) {
        _ if far != 0 || away != 0 => far.cmp(&away),
        (End::Day(left), End::Day(right)) => left.cmp(&right),
        (End::Moment(left), End::Moment(right)) => left.cmp(&right),
        (End::Day(date), End::Moment(at)) => beside(date, left.1, at),
        (End::Moment(at), End::Day(date)) => beside(date, right.1, at).reverse(),
        (End::Open, _) | (_, End::Open) => Ordering::Equal,
    }
}

fn beside(date: Date, side: Side, at: Timestamp) -> Ordering {
    date.cmp(&day(at)).then_with(|| match side {
        Side::Start if at.to_zoned(TimeZone::UTC).time() == jiff::civil::Time::midnight() => Ordering::Equal,
        Side::Start => Ordering::Less,
        Side::End => Ordering::Greater,
    })
}

pub fn relate(op: Temporal, left: Span, right: Span) -> bool {
    let (s1, e1) = ((left.start, Side::Start), (left.end, Side::End));
    let (s2, e2) = ((right.start, Side::Start), (right.end, Side::End));
    let less = |a, b| compare(a, b).is_lt();
    let equal = |a, b| compare(a, b).is_eq();
    match op {
        Temporal::After => less(e2, s1),
        Temporal::Before => less(e1, s2),
        Temporal::Contains => less(s1, s2) && less(e2, e1),
        Temporal::Disjoint => less(e1, s2) || less(e2, s1),
        Temporal::During => less(s2, s1) && less(e1, e2),
        Temporal::Equals => equal(s1, s2) && equal(e1, e2),
        Temporal::FinishedBy => less(s1, s2) && equal(e1, e2),
        Temporal::Finishes => less(s2, s1) && equal(e1, e2),
        Temporal::Intersects => !less(e1, s2) && !less(e2, s1),
        Temporal::Meets => equal(e1, s2),
        Temporal::MetBy => equal(s1, e2),
        Temporal::OverlappedBy => less(s2, s1) && less(s1, e2) && less(e2, e1),
        Temporal::Overlaps => less(s1, s2) && less(s2, e1) && less(e1, e2),
        Temporal::StartedBy => equal(s1, s2) && less(e2, e1),
        Temporal::Starts => equal(s1, s2) && less(e1, e2),
    }
}
