//! Which rows an answer may hold: what the reader may see, and what was asked for.

use geo::{BoundingRect, Intersects};
use geo_types::{Coord, Geometry, Rect};
use jiff::Timestamp;
use jiff::civil::Date;
use kernel_base::Result;
use map_feature::{Bounds, Crs, Transformer, Value};
use map_filter::Filter;
use map_segment::{Row, RowAccess};

use crate::layer::{Layer, Mask};
use crate::rows::{At, Shown};

/// A stretch of time, both ends in it; `None` is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub from: Option<Timestamp>,
    pub to: Option<Timestamp>,
}

/// A box of another reference system, whose sides are no sides of a box in degrees.
pub struct Tilted {
    area: Rect<f64>,
    to: Transformer,
}

impl Tilted {
    /// # Errors
    /// When the reference system is unknown.
    pub fn new(area: Bounds, crs: Crs) -> std::result::Result<Tilted, map_feature::CrsError> {
        let corner = |x, y| Coord { x, y };
        let area = Rect::new(corner(area.west, area.south), corner(area.east, area.north));
        Ok(Tilted { area, to: Transformer::new(Crs::Crs84, crs)? })
    }

    fn holds(&self, geometry: &Geometry<f64>) -> bool {
        self.to.geometry(geometry).is_ok_and(|geometry| geometry.intersects(&self.area))
    }
}

/// All that a row must pass.
#[derive(Default)]
pub struct Sieve {
    /// What the reader may see.
    shown: Shown,
    pub filter: Option<Filter>,
    pub equal: Vec<(usize, Value)>,
    /// Field and stretch; a row without a value passes (OGC 17-069r4, /req/core/fc-time-response B).
    pub time: Option<(usize, Span)>,
    /// More than one box: any of them.
    pub boxes: Vec<Bounds>,
    pub tilted: Option<Tilted>,
}

impl Sieve {
    /// What this mask lets through.
    ///
    /// # Errors
    /// As [`Shown::of`].
    pub fn of(layer: &Layer, mask: &Mask) -> Result<Sieve> {
        Ok(Sieve { shown: Shown::of(layer, mask)?, ..Sieve::default() })
    }

    /// Nothing is held back.
    pub fn is_open(&self) -> bool {
        let plain = self.shown.is_all() && self.filter.is_none() && self.equal.is_empty();
        plain && self.time.is_none() && self.boxes.is_empty() && self.tilted.is_none()
    }

    pub fn passes(&self, row: &Row<'_>) -> bool {
        self.shown.passes(row)
            && self.equal.iter().all(|(field, value)| row.value(*field) == *value)
            && self.time.is_none_or(|(field, span)| meets(&row.value(field), span))
            && self.in_place(row)
            && self.filter.as_ref().is_none_or(|filter| filter.matches(&At(row)))
    }

    fn in_place(&self, row: &Row<'_>) -> bool {
        if self.boxes.is_empty() && self.tilted.is_none() {
            return true;
        }
        let Some(geometry) = row.geometry() else { return false };
        let own = || geometry.bounding_rect().map(Bounds::from);
        let in_any = self.boxes.is_empty() || own().is_some_and(|own| self.boxes.iter().any(|one| one.meets(own)));
        in_any && self.tilted.as_ref().is_none_or(|tilted| tilted.holds(&geometry))
    }
}

fn meets(value: &Value, span: Span) -> bool {
    let (first, last) = match value {
        Value::Instant(at) => (*at, *at),
        Value::Date(day) => match whole(*day) {
            Some(day) => day,
            None => return false,
        },
        _ => return true,
    };
    span.from.is_none_or(|from| last >= from) && span.to.is_none_or(|to| first <= to)
}

/// First and last moment of a day, UTC.
fn whole(day: Date) -> Option<(Timestamp, Timestamp)> {
    let utc = jiff::tz::TimeZone::UTC;
    let first = day.to_zoned(utc.clone()).ok()?.timestamp();
    let last = day.at(23, 59, 59, 999_999_999).to_zoned(utc).ok()?.timestamp();
    Some((first, last))
}

impl Span {
    /// `datetime` of OGC 17-069r4, 7.15.4: a day, a moment, or two of them with `/` between; `..` or nothing is open.
    pub fn read(text: &str) -> Option<Span> {
        let end = |text: &str, last: bool| -> Option<Option<Timestamp>> {
            match text {
                "" | ".." => Some(None),
                text => moments(text).map(|(from, to)| Some(if last { to } else { from })),
            }
        };
        let span = match text.split_once('/') {
            None => moments(text).map(|(from, to)| Span { from: Some(from), to: Some(to) })?,
            Some((from, to)) => Span { from: end(from, false)?, to: end(to, true)? },
        };
        let forward = span.from.zip(span.to).is_none_or(|(from, to)| from <= to);
        forward.then_some(span)
    }
}

fn moments(text: &str) -> Option<(Timestamp, Timestamp)> {
    match text.len() {
        10 => whole(text.parse().ok()?),
        _ => text.to_uppercase().parse().ok().map(|at| (at, at)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_of_time_is_read() {
        let day = Span::read("2018-02-12").unwrap();
        assert_eq!(day.from.unwrap().to_string(), "2018-02-12T00:00:00Z");
        assert_eq!(Span::read("../2018-02-12").unwrap().from, None);
        assert_eq!(Span::read("2018-02-12T00:00:00Z/").unwrap().to, None);
        for wrong in ["", "yesterday", "2018-02-13/2018-02-12", "2018-02-12/x", "2018-13-12"] {
            assert_eq!(Span::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_day_meets_what_lies_in_it() {
        let span = Span::read("2018-02-12T12:00:00Z/2018-02-13T00:00:00Z").unwrap();
        assert!(meets(&Value::Date("2018-02-12".parse().unwrap()), span));
        assert!(!meets(&Value::Date("2018-02-11".parse().unwrap()), span));
        assert!(meets(&Value::Null, span), "what has no time is always there");
    }
}
