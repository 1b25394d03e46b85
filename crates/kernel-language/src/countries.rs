//! Names of countries from Unicode CLDR 48 (Unicode License v3), as `Intl.DisplayNames` gives them; ICU4X calls its own
//! display names experimental.

use crate::{LANGUAGES, Lang};

/// Code of ISO 3166-1 and its name in each of [`LANGUAGES`], sorted by code.
const NAMES: &str = include_str!("../data/countries.tsv");

/// The country of a code of two capitals (ISO 3166-1) as this language names it; the code itself when there is none such.
pub fn country(language: Lang, code: &str) -> &str {
    let line = NAMES.lines().find(|line| line.split('\t').next() == Some(code));
    let place = LANGUAGES.iter().position(|known| *known == language).unwrap_or(0);
    line.and_then(|line| line.split('\t').nth(place + 1)).unwrap_or(code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ARABIC, ENGLISH, KOREAN};

    #[test]
    fn countries_have_a_name_in_every_language() {
        assert_eq!((country(ENGLISH, "KR"), country(KOREAN, "KR")), ("South Korea", "대한민국"));
        assert_eq!((country(KOREAN, "TR"), country(ARABIC, "AE")), ("튀르키예", "الإمارات العربية المتحدة"));
        assert_eq!((country(ENGLISH, "XX"), country(ENGLISH, ""), country(ENGLISH, "K")), ("XX", "", "K"));
        assert_eq!(NAMES.lines().count(), 249);
        assert!(NAMES.lines().all(|line| line.split('\t').filter(|part| !part.is_empty()).count() == 4));
    }
}
