use std::fmt;

use data_encoding::{Encoding, HEXLOWER, Specification};
use std::sync::LazyLock;

use crate::{Clock, Instant, Random};

/// Crockford's base 32 in lower case: no i, l, o, u to mistake.
static CROCKFORD: LazyLock<Encoding> = LazyLock::new(|| {
    let mut specification = Specification::new();
    specification.symbols.push_str("0123456789abcdefghjkmnpqrstvwxyz");
    specification.encoding().expect("32 different symbols")
});

/// A prefixed, time-ordered identifier: `sc_` + 6 bytes of milliseconds and 10 random bytes (128 bits, as a ULID).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id(String);

impl Id {
    pub fn new(prefix: &str, clock: &dyn Clock, random: &dyn Random) -> Id {
        let mut bytes = [0u8; 16];
        let millis = (clock.now().0 / 1000).to_be_bytes();
        bytes[..6].copy_from_slice(&millis[2..]);
        random.fill(&mut bytes[6..]);
        Id(format!("{prefix}_{}", CROCKFORD.encode(&bytes)))
    }

    /// Reads an identifier that came from outside; `None` unless it has this prefix and shape.
    pub fn parse(prefix: &str, text: &str) -> Option<Id> {
        let body = text.strip_prefix(prefix)?.strip_prefix('_')?;
        (CROCKFORD.decode(body.as_bytes()).ok()?.len() == 16).then(|| Id(text.to_owned()))
    }

    /// Not after any identifier made at this moment or later.
    pub fn floor(prefix: &str, at: Instant) -> String {
        let mut bytes = [0u8; 16];
        bytes[..6].copy_from_slice(&(at.0 / 1000).to_be_bytes()[2..]);
        format!("{prefix}_{}", CROCKFORD.encode(&bytes))
    }

    /// The same 128 bits as a UUID's text, for interfaces that want one.
    pub fn uuid(&self) -> String {
        let body = self.0.rsplit('_').next().unwrap_or_default();
        let hex = HEXLOWER.encode(&CROCKFORD.decode(body.as_bytes()).unwrap_or_default());
        let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
        [part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)].join("-")
    }

    /// Reads what [`Id::uuid`] wrote; `None` unless it has that shape.
    pub fn from_uuid(prefix: &str, text: &str) -> Option<Id> {
        let lengths = text.split('-').map(str::len);
        let hex = lengths.eq([8, 4, 4, 4, 12]).then(|| text.replace('-', "").to_ascii_lowercase())?;
        let bytes = HEXLOWER.decode(hex.as_bytes()).ok()?;
        Some(Id(format!("{prefix}_{}", CROCKFORD.encode(&bytes))))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{HandClock, Instant, SeededRandom};

    #[test]
    fn ids_sort_by_the_time_they_were_made() {
        let (clock, random) = (HandClock::at(Instant(0)), SeededRandom::new(1));
        let first = Id::new("sc", &clock, &random);
        clock.forward_seconds(1);
        let second = Id::new("sc", &clock, &random);
        assert!(first < second);
    }

    #[test]
    fn an_id_is_a_uuid_and_back() {
        let (clock, random) = (HandClock::at(Instant(1_795_478_400_000_000)), SeededRandom::new(1));
        let id = Id::new("le", &clock, &random);
        assert_eq!(Id::from_uuid("le", &id.uuid()), Some(id.clone()));
        assert_eq!(Id::from_uuid("le", &id.uuid().to_uppercase()), Some(id.clone()));
        assert_eq!(id.uuid().len(), 36);
        for wrong in ["", "0000", "zzzzzzzz-0000-0000-0000-000000000000", "000000000-000-0000-0000-000000000000"] {
            assert_eq!(Id::from_uuid("le", wrong), None);
        }
        assert!(Id::floor("le", clock.now()) <= id.to_string());
        assert!(Id::floor("le", clock.now().plus_seconds(1)) > id.to_string());
    }

    #[test]
    fn only_ids_of_the_right_kind_are_read() {
        let id = Id::new("sc", &HandClock::at(Instant(0)), &SeededRandom::new(1));
        assert_eq!(Id::parse("sc", id.as_str()), Some(id.clone()));
        assert_eq!(Id::parse("job", id.as_str()), None);
        assert_eq!(Id::parse("sc", "sc_short"), None);
        assert_eq!(Id::parse("sc", "sc_<script>alert(1)</script>"), None);
    }
}
