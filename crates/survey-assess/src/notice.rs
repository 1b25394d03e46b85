//! Sentences of a privacy notice known by the words they must hold, whatever phrase an author chose.

use serde::Deserialize;

use crate::text::normal::{joins, normalise, prefixes};

/// Word stems of all languages (`data/notice.toml`).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    kinds: Vec<Vec<String>>,
    units: Vec<String>,
    kept: Vec<String>,
    basis: Vec<String>,
    purpose: Vec<String>,
    rights: Vec<Vec<String>>,
    receivers: Vec<String>,
    bound: Vec<String>,
}

/// The longest sentence or paragraph that is read as one.
const LONGEST: usize = 1_500;

/// Where a stem begins in a normalised text that has a space at each end.
fn place(text: &str, stem: &str) -> Option<usize> {
    let inside = stem.chars().next().is_some_and(|c| joins(c) || prefixes(c));
    text.match_indices(stem).map(|(at, _)| at).find(|at| {
        inside
            || stem.starts_with(' ')
            || text.get(..*at).and_then(|t| t.chars().next_back()).is_none_or(|c| !c.is_alphanumeric())
    })
}

fn any(text: &str, stems: &[String]) -> bool {
    stems.iter().any(|s| place(text, s).is_some())
}

fn lines(text: &str, lists: &[Vec<String>]) -> usize {
    lists.iter().filter(|l| any(text, l)).count()
}

/// A unit of time after a number, or a number word's place taken by the unit alone is not enough.
fn term(text: &str, units: &[String]) -> bool {
    let digits = text.char_indices().filter(|(_, c)| c.is_ascii_digit());
    digits.into_iter().any(|(at, _)| {
        let rest = text.get(at..).unwrap_or_default().trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
        units.iter().any(|u| rest.starts_with(u.trim_end()))
    })
}

impl Notice {
    /// The text says what the clause asks for.
    pub fn says(&self, clause: &str, text: &str) -> bool {
        if text.len() > LONGEST || text.len() < 12 {
            return false;
        }
        let text = format!(" {} ", normalise(text));
        match clause {
            "data-collected" => lines(&text, &self.kinds) >= 3,
            "retention" => any(&text, &self.kept) && term(&text, &self.units),
            "purpose" => any(&text, &self.basis) && any(&text, &self.purpose),
            "third-parties" => any(&text, &self.receivers) && any(&text, &self.bound),
            "rights" => lines(&text, &self.rights) >= 2,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::Rules;

    fn says(clause: &str, text: &str) -> bool {
        Rules::builtin().expect("tables").notice.says(clause, text)
    }

    #[test]
    fn a_list_of_kinds_is_what_is_collected_and_a_vague_phrase_is_not() {
        assert!(says("data-collected", "Wir speichern Name, E-Mail-Adresse und Telefonnummer."));
        assert!(says("data-collected", "이름, 전화번호, 전자우편 주소, 접속 IP를 처리합니다."));
        assert!(!says("data-collected", "Some personal data may be collected when you use our services."));
    }

    #[test]
    fn a_number_with_a_unit_is_a_term_of_keeping() {
        assert!(says("retention", "Server logs are deleted after 30 days."));
        assert!(says("retention", "Diese Angaben werden nach 14 Tagen gelöscht."));
        assert!(says("retention", "민원 사무는 3년, 회원 정보는 탈퇴할 때까지 보유합니다."));
        assert!(!says("retention", "Se conservan durante el tiempo que sea necesario."));
    }

    #[test]
    fn two_rights_in_one_sentence_are_rights_of_the_person() {
        assert!(says("rights", "Usted puede pedir que le mostremos sus datos o que los corrijamos."));
        assert!(!says("rights", "You can access this page at any time."));
    }
}
