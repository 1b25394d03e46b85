use std::fmt;

use data_encoding::{Encoding, Specification};
use std::sync::LazyLock;

use crate::{Clock, Random};

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
    fn only_ids_of_the_right_kind_are_read() {
        let id = Id::new("sc", &HandClock::at(Instant(0)), &SeededRandom::new(1));
        assert_eq!(Id::parse("sc", id.as_str()), Some(id.clone()));
        assert_eq!(Id::parse("job", id.as_str()), None);
        assert_eq!(Id::parse("sc", "sc_short"), None);
        assert_eq!(Id::parse("sc", "sc_<script>alert(1)</script>"), None);
    }
}
