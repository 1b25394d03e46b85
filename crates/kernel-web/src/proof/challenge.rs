use kernel_base::{Instant, Random, Secrets};
use subtle::ConstantTimeEq;

/// Zero bits of each part at rest: all parts together are about half a million hashes.
const BITS: u32 = 15;
/// Seconds that pay instead, at rest.
const WAIT: i64 = 20;
/// A form may be filled in slowly.
const LIFE: i64 = 3 * 3600;
/// Every step doubles the work and adds the first wait once more.
const MOST_STEPS: u32 = 3;
/// Tries of a network that cost nothing more: a family, a library's reading room.
const AT_REST: i64 = 20;

/// What is asked of one form. Signed instead of stored: any node reads what another wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Terms {
    purpose: String,
    /// Seconds since 1970.
    born: i64,
    step: u32,
    salt: String,
}

/// How much dearer after so many tries: doubles with each doubling.
pub(super) fn step(load: i64) -> u32 {
    (0..MOST_STEPS).filter(|step| load >= AT_REST << step).count().try_into().unwrap_or(MOST_STEPS)
}

impl Terms {
    pub fn new(purpose: &str, now: Instant, step: u32, random: &dyn Random) -> Terms {
        let mut salt = [0u8; 12];
        random.fill(&mut salt);
        let salt = data_encoding::HEXLOWER.encode(&salt);
        Terms { purpose: purpose.to_owned(), born: seconds(now), step, salt }
    }

    /// `None` for what we did not write, or wrote for another form.
    pub fn read(secrets: &Secrets, purpose: &str, written: &str) -> Option<Terms> {
        let (terms, mac) = written.rsplit_once('.')?;
        let ours = secrets.hash("proof", terms);
        let (rest, salt) = terms.rsplit_once('.')?;
        let (rest, step) = rest.rsplit_once('.')?;
        let (named, born) = rest.rsplit_once('.')?;
        let signed = bool::from(ours.as_bytes().ct_eq(mac.as_bytes())) && named == purpose;
        let read = || {
            let (born, step) = (born.parse().ok()?, step.parse().ok()?);
            Some(Terms { purpose: named.to_owned(), born, step, salt: salt.to_owned() })
        };
        if signed { read() } else { None }
    }

    fn terms(&self) -> String {
        format!("{}.{}.{}.{}", self.purpose, self.born, self.step, self.salt)
    }

    pub fn written(&self, secrets: &Secrets) -> String {
        let terms = self.terms();
        format!("{terms}.{}", secrets.hash("proof", &terms))
    }

    /// What the work is done on: a part of the signature, so it cannot be begun before the form is asked for.
    pub fn seed(&self, secrets: &Secrets) -> String {
        secrets.hash("proof", &self.terms()).chars().take(32).collect()
    }

    pub fn bits(&self) -> u32 {
        BITS + self.step.min(MOST_STEPS)
    }

    /// Until waiting alone is enough.
    pub fn seconds_left(&self, now: Instant) -> i64 {
        (self.born + WAIT * (1 + i64::from(self.step)) - seconds(now)).max(0)
    }

    pub fn is_stale(&self, now: Instant) -> bool {
        // Another node's clock may be a little ahead.
        !(-60..LIFE).contains(&(seconds(now) - self.born))
    }

    pub fn ends(&self) -> Instant {
        Instant(self.born.saturating_add(LIFE).saturating_mul(1_000_000))
    }
}

fn seconds(at: Instant) -> i64 {
    at.0.div_euclid(1_000_000)
}

#[cfg(test)]
mod tests {
    use kernel_base::SeededRandom;

    use super::*;

    const NOON: Instant = Instant(1_800_000_000_000_000);

    fn terms() -> (Secrets, Terms) {
        (Secrets::new([1; 32]), Terms::new("register", NOON, 1, &SeededRandom::new(1)))
    }

    #[test]
    fn what_was_written_is_read_by_its_form_alone() {
        let (secrets, terms) = terms();
        let written = terms.written(&secrets);
        assert_eq!(Terms::read(&secrets, "register", &written), Some(terms));
        assert_eq!(Terms::read(&secrets, "sign-in", &written), None);
        assert_eq!(Terms::read(&Secrets::new([2; 32]), "register", &written), None);
    }

    #[test]
    fn cheaper_terms_cannot_be_written_by_others() {
        let (secrets, terms) = terms();
        let written = terms.written(&secrets);
        for forged in
            [written.replace(".1.", ".0."), written.replace("register.1", "register.0"), String::new(), "....".into()]
        {
            assert_ne!(forged, written);
            assert_eq!(Terms::read(&secrets, "register", &forged), None, "{forged}");
        }
    }

    #[test]
    fn time_pays_and_then_runs_out() {
        let (_, terms) = terms();
        assert_eq!(terms.seconds_left(NOON), 40);
        assert_eq!(terms.seconds_left(NOON.plus_seconds(40)), 0);
        assert!(!terms.is_stale(NOON.plus_seconds(LIFE - 1)) && terms.is_stale(NOON.plus_seconds(LIFE)));
        assert!(terms.is_stale(NOON.plus_seconds(-61)), "born tomorrow");
    }

    #[test]
    fn a_busy_network_pays_more_but_never_without_end() {
        assert_eq!([0, 19, 20, 39, 40, 80, i64::MAX].map(step), [0, 0, 1, 1, 2, 3, 3]);
    }
}
