//! What a service is: a program of the city that sends letters, and its keys.

use kernel_base::Instant;
use kernel_language::Lang;
use kernel_letters::phone;

#[derive(Debug, Clone, PartialEq)]
pub struct Service {
    pub id: String,
    pub at: Instant,
    pub name: String,
    pub language: Lang,
    /// Addresses that keys for the team may write to.
    pub team: Vec<String>,
}

impl Service {
    /// Whether a key for the team may write there.
    pub fn is_team(&self, address: &str, country: &str) -> bool {
        let same = |known: &String| {
            known.eq_ignore_ascii_case(address.trim())
                || phone(known, country).is_some_and(|known| phone(address, country) == Some(known))
        };
        self.team.iter().any(same)
    }
}

/// How far a key reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyKind {
    /// Writes to everybody.
    Live,
    /// Writes to the team alone.
    Team,
    /// Writes to nobody; letters are counted as if they had been delivered.
    Test,
}

impl KeyKind {
    pub const ALL: [KeyKind; 3] = [KeyKind::Live, KeyKind::Team, KeyKind::Test];

    pub fn name(self) -> &'static str {
        match self {
            KeyKind::Live => "live",
            KeyKind::Team => "team",
            KeyKind::Test => "test",
        }
    }

    pub fn find(name: &str) -> Option<KeyKind> {
        KeyKind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Key {
    pub id: String,
    pub at: Instant,
    pub name: String,
    pub kind: KeyKind,
    /// Sealed.
    pub secret: String,
    pub revoked_at: Option<Instant>,
}

/// An address that answers can go to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplyTo {
    pub id: String,
    pub address: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel_language::ENGLISH;

    #[test]
    fn the_team_is_known_by_address_or_number_however_it_is_written() {
        let team = vec!["Kim@city.example".to_owned(), "010-1234-5678".to_owned()];
        let service = Service { id: "se_1".into(), at: Instant(0), name: "Parking".into(), language: ENGLISH, team };
        assert!(service.is_team("kim@City.example ", "82") && service.is_team("+821012345678", "82"));
        assert!(!service.is_team("lee@city.example", "82") && !service.is_team("", "82"));
    }
}
