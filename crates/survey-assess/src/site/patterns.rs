//! Things that look alike in every language: hours, telephone numbers, postal codes, dates.

use std::sync::LazyLock;

use jiff::civil::{Date, date};
use regex::Regex;

// The patterns are constants; a failure to compile is caught by every test of this file.
fn pattern(text: &str) -> Option<Regex> {
    Regex::new(text).ok()
}

static HOURS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?ix) (?:\b|\D)(?: [01]?\d | 2[0-4] ) \s? (?: (?: [:.hH시時点] \s? (?: [0-5]\d )? \s? (?:분|分)? ) (?: \s? [ap]\.?\s?m\.? | \s?uhr | \s?uur | \s?hrs?)? | \s? [ap]\.?\s?m\.? | \s?uhr | \s?uur)
        \s* (?: - | – | — | ~ | ～ | 〜 | to | until | till | bis | a | à | al | alle | às | tot | até | hasta | から | 至 | 부터 | إلى | الى | حتى ) \s*
        (?:오전|오후|午前|午後|上午|下午|p\.?m\.?\s|las\s|les\s|le\s|um\s)? \s* (?: [01]?\d | 2[0-4] ) \s? (?: [:.hH시時点] (?: \s? [0-5]\d )? | \s? [ap]\.?\s?m | \s?uhr | \s?uur )",
    )
});
static PHONE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(r"(?:\+\d{1,3}[\s.\-/]?)?(?:\(\d{1,5}\)[\s.\-/]?|\b0?\d{1,4}[\s.\-/])\d{2,4}(?:[\s.\-/]\d{2,4}){1,3}\b")
});
static EMAIL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?i)\b[a-z0-9._%+\-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[a-z0-9\-]{1,63}(?:\.[a-z0-9\-]{1,63})*\.[a-z]{2,10}\b",
    )
});
static POSTAL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?xi) 〒\s?\d{3}-?\d{4} | \(?우?편?번?호?\s?\d{5}\)?\s?[가-힣]+(?:시|도|특별시|광역시)\s | [가-힣]+(?:시|군|구)\s[가-힣0-9]+(?:로|길)\s?\d+ | 邮编 | 郵遞區號
        | [\p{Han}]+(?:市|区|區|县|縣)[\p{Han}]+(?:路|街|大道|町|丁目)
        | \b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b | \b[A-Z]\d[A-Z]\s?\d[A-Z]\d\b | \b[A-Z]{2}\.?,?\s\d{5}(?:-\d{4})?\b | \b\d{4}\s?[A-Z]{2}\s+[A-Z] | \b\d{5}-\d{3}\b
        | \b\d{1,5}\s+(?:[NSEW]\.?\s+)?[A-Z][a-z]+(?:\s[A-Z][a-z]+)?\s(?:street|st\.|avenue|ave\.?|road|rd\.?|boulevard|blvd\.?|lane|drive|dr\.|square|plaza|highway|way)\b
        | \b(?:via|viale|vicolo|piazza|piazzale|corso|rue|chemin|impasse|route|avenue|place|boulevard|calle|avenida|av\.|jr\.|jirón|pasaje|paseo|camino|carretera|ronda|plaza|carrera|rua|rodovia|estrada|alameda|praça|largo|travessa|jalan|straat)\s+[\p{L}.'’\s]{2,40},?\s*(?:n[º°.]?\s*|\#\s*)?\d{1,5}\b
        | \b\d{1,4}(?:\s?bis)?,?\s+(?:rue|avenue|place|boulevard|quai|allée|cours)\s
        | \p{L}{3,}(?:straße|strasse|str\.|platz|weg|allee|gasse|straat|plein|laan|kade)\s\d{1,4}\b | \bP\.?\s?O\.?\s+Box\s\d+ | ص\.?\s?ب | شارع\s ",
    )
});
static NUMERIC: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"\b((?:19|20)\d\d)\s?(?:[-/.]|년|年)\s?(\d{1,2})\s?(?:[-/.]|월|月)\s?(\d{1,2})|\b(\d{1,2})[-/.](\d{1,2})[-/.]((?:19|20)\d\d)\b",
    )
});
static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(\d{1,2})(?:st|nd|rd|th|er|º|\.)?\s+(?:de\s+|of\s+)?(\p{L}{3,12})\.?,?\s+(?:de\s+|del\s+)?((?:19|20)\d\d)\b|\b(\p{L}{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+((?:19|20)\d\d)\b",
    )
});

/// Starts of month names in the languages that use Latin or Arabic letters.
const MONTHS: [&[&str]; 12] = [
    &["jan", "ene", "gen", "يناير", "كانون الثاني"],
    &["feb", "fev", "fév", "فبراير"],
    &["mar", "mär", "mrt", "maa", "مارس"],
    &["apr", "abr", "avr", "أبريل"],
    &["may", "mai", "mag", "mei", "مايو"],
    &["jun", "giu", "juin", "يونيو"],
    &["jul", "lug", "juil", "يوليو"],
    &["aug", "ago", "aoû", "aou", "أغسطس"],
    &["sep", "set", "سبتمبر"],
    &["oct", "okt", "out", "ott", "أكتوبر"],
    &["nov", "نوفمبر"],
    &["dec", "dez", "dic", "déc", "ديسمبر"],
];

/// Opening hours such as `9:00–17:00`, `8.30 bis 12 Uhr`, `9 am to 5 pm`, `09시부터 18시`.
pub fn hours(text: &str) -> bool {
    HOURS.as_ref().is_some_and(|r| r.is_match(text))
}

/// Number of telephone-like numbers, dates left out.
pub fn telephones(text: &str) -> usize {
    let count = |r: &Regex| {
        r.find_iter(text)
            .filter(|m| {
                (7..=15).contains(&m.as_str().bytes().filter(u8::is_ascii_digit).count())
                    && dates(m.as_str()).is_empty()
            })
            .count()
    };
    PHONE.as_ref().map_or(0, count)
}

pub fn emails(text: &str) -> usize {
    EMAIL.as_ref().map_or(0, |r| r.find_iter(text).count())
}

/// A street or postal address in one of many countries' forms.
pub fn postal(text: &str) -> bool {
    POSTAL.as_ref().is_some_and(|r| r.is_match(text))
}

fn month_of(name: &str) -> Option<i8> {
    let name = name.to_lowercase();
    MONTHS.iter().position(|starts| starts.iter().any(|s| name.starts_with(s))).map(|i| i as i8 + 1)
}

fn made(year: &str, month: i8, day: &str) -> Option<Date> {
    let (year, day) = (year.parse::<i16>().ok()?, day.parse::<i8>().ok()?);
    Date::new(year, month, day).ok().filter(|d| *d >= date(1990, 1, 1))
}

/// Whole dates in a text, in the order they stand. Day/month order is taken as day first unless impossible.
pub fn dates(text: &str) -> Vec<Date> {
    let mut found = Vec::new();
    if let Some(numeric) = NUMERIC.as_ref() {
        for c in numeric.captures_iter(text).take(200) {
            let get = |i| c.get(i).map_or("", |m: regex::Match<'_>| m.as_str());
            let num = |i| get(i).parse::<i8>().unwrap_or(0);
            let day = if get(1).is_empty() {
                made(get(6), num(5), get(4)).or_else(|| made(get(6), num(4), get(5)))
            } else {
                made(get(1), num(2), get(3))
            };
            found.extend(day);
        }
    }
    if let Some(named) = NAMED.as_ref() {
        for c in named.captures_iter(text).take(200) {
            let get = |i| c.get(i).map_or("", |m: regex::Match<'_>| m.as_str());
            let (year, month, day) =
                if get(1).is_empty() { (get(6), get(4), get(5)) } else { (get(3), get(2), get(1)) };
            found.extend(month_of(month).and_then(|m| made(year, m, day)));
        }
    }
    found
}

/// Date of an RFC 3339 or HTTP date string.
pub fn machine_date(text: &str) -> Option<Date> {
    if let Some(iso) = text.get(..10)
        && let Ok(day) = iso.parse::<Date>()
    {
        return Some(day);
    }
    dates(text).first().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_seen_in_many_countries() {
        for text in [
            "Mon–Fri 9:00–17:00",
            "9 am to 5 pm",
            "8.30 bis 12.00 Uhr",
            "de 9h à 17h30",
            "평일 09:00 ~ 18:00",
            "午前8時30分から午後5時",
            "ore 9:00 alle 12:30",
            "9시부터 18시",
        ] {
            assert!(hours(text), "{text}");
        }
        for text in ["2016-2017", "room 12 to 14", "3.5 million"] {
            assert!(!hours(text), "{text}");
        }
    }

    #[test]
    fn telephones_are_not_dates() {
        assert_eq!(telephones("Tel. 02-120-4567 or (215) 686-1776 or +39 06 0606 123"), 3);
        assert_eq!(telephones("2016-05-12 and 12.05.2016"), 0);
    }

    #[test]
    fn addresses_of_many_countries_are_seen() {
        for text in [
            "1401 John F Kennedy Blvd, Philadelphia, PA 19102",
            "Piazza della Repubblica, 10",
            "12 rue de la Mairie",
            "Rathausplatz 1",
            "서울특별시 중구 세종대로 110",
            "〒530-8201 大阪市北区中之島1丁目",
            "Calle Mayor, 4",
            "Praça do Município, 1100",
            "Jr. Unión 245",
        ] {
            assert!(postal(text), "{text}");
        }
        assert!(!postal("The council met on Tuesday to discuss 12 items."));
    }

    #[test]
    fn dates_are_read_in_many_forms() {
        let day = date(2024, 3, 9);
        for text in [
            "2024-03-09",
            "9 March 2024",
            "March 9, 2024",
            "09.03.2024",
            "9 de marzo de 2024",
            "2024년 3월 9일",
            "2024年3月9日",
            "9. März 2024",
            "9 mars 2024",
        ] {
            assert_eq!(dates(text).first(), Some(&day), "{text}");
        }
        assert_eq!(machine_date("Sat, 09 Mar 2024 10:00:00 GMT"), Some(day));
    }
}
