//! The capture's clock: records and notes are dated when they are made.

/// RFC 3339 UTC, microseconds.
#[allow(clippy::disallowed_methods, reason = "evidence carries the true time; nothing is decided by it here")]
pub fn now() -> String {
    let now = jiff::Timestamp::now();
    now.round(jiff::Unit::Microsecond).unwrap_or(now).to_string()
}

/// The current year, for addresses that run into the far future.
#[allow(clippy::disallowed_methods, reason = "as above")]
pub fn year() -> i32 {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).year().into()
}
