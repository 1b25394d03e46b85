use std::fmt;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use jiff::{Timestamp, Unit, tz::TimeZone};

/// A moment: microseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(pub i64);

impl Instant {
    pub const fn plus_seconds(self, seconds: i64) -> Instant {
        Instant(self.0.saturating_add(seconds.saturating_mul(1_000_000)))
    }

    pub const fn plus_days(self, days: i64) -> Instant {
        self.plus_seconds(days.saturating_mul(86_400))
    }

    fn timestamp(self) -> Timestamp {
        Timestamp::from_microsecond(self.0).unwrap_or(Timestamp::MAX)
    }

    /// `2026-11-24T01:49:17Z`, to the second (RFC 3339).
    pub fn rfc3339(self) -> String {
        let whole = self.timestamp().round(Unit::Second).unwrap_or(Timestamp::MAX);
        whole.to_string()
    }

    /// The day in UTC.
    pub fn date(self) -> jiff::civil::Date {
        self.timestamp().to_zoned(TimeZone::UTC).date()
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.rfc3339())
    }
}

pub trait Clock: Send + Sync {
    fn now(&self) -> Instant;
}

/// The machine's clock; only the binary makes one.
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods)] // the one place that reads the clock
    fn now(&self) -> Instant {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Instant(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
    }
}

/// A clock that stands still until it is moved.
pub struct HandClock(AtomicI64);

impl HandClock {
    pub fn at(start: Instant) -> HandClock {
        HandClock(AtomicI64::new(start.0))
    }

    pub fn forward_seconds(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
    }

    pub fn forward_days(&self, days: i64) {
        self.forward_seconds(days * 86_400);
    }
}

impl Clock for HandClock {
    fn now(&self) -> Instant {
        Instant(self.0.load(Ordering::SeqCst))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_written_as_rfc_3339_in_utc() {
        assert_eq!(Instant(0).rfc3339(), "1970-01-01T00:00:00Z");
        assert_eq!(Instant(1_700_000_000_000_000).date().to_string(), "2023-11-14");
    }

    #[test]
    fn a_hand_clock_moves_only_when_moved() {
        let clock = HandClock::at(Instant(0));
        assert_eq!(clock.now(), clock.now());
        clock.forward_days(1);
        assert_eq!(clock.now(), Instant(0).plus_days(1));
    }
}
