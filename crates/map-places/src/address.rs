//! An address as people write it, taken apart: Korean road addresses (도로명주소법, since 2014) and the older ones by lot,
//! and the ways of the West, the number after the street or before it.

mod korean;
mod western;

use crate::hangul::is_syllable;

/// Which kind of address it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Form {
    /// 도로명 and 건물번호.
    Road,
    /// 동 or 리 and 번지.
    Lot,
    /// Street and number.
    #[default]
    Street,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ParsedAddress {
    pub form: Form,
    /// 시·도.
    pub region: Option<String>,
    /// 시·군·구, one or two (수원시 영통구), and 읍·면; elsewhere the town.
    pub places: Vec<String>,
    pub postcode: Option<String>,
    /// The street, or 동·리 of a lot.
    pub street: String,
    /// 지하: under the street.
    pub underground: bool,
    /// 산: a lot in the hills.
    pub mountain: bool,
    pub number: Option<Number>,
}

/// `52A` is main 52, letter A; `110-5` is main 110, sub 5.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number {
    pub main: u32,
    pub sub: Option<u32>,
    pub letter: Option<char>,
}

impl std::fmt::Display for Number {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}", self.main)?;
        if let Some(letter) = self.letter {
            write!(out, "{letter}")?;
        }
        self.sub.map_or(Ok(()), |sub| write!(out, "-{sub}"))
    }
}

impl Number {
    /// Reads `110`, `110-5`, `52A`, `52a-3`; nothing else beside it.
    pub fn read(text: &str) -> Option<Number> {
        let (first, sub) = match text.split_once(['-', '–', '−', '/']) {
            Some((first, sub)) => (first, Some(sub.trim_end_matches(|c: char| c.is_ascii_alphabetic()))),
            None => (text, None),
        };
        let letter = first.chars().next_back().filter(char::is_ascii_alphabetic);
        let digits = first.strip_suffix(|c: char| c.is_ascii_alphabetic()).unwrap_or(first);
        let number = |text: &str| {
            let plain = !text.is_empty() && text.len() < 7 && text.bytes().all(|byte| byte.is_ascii_digit());
            plain.then(|| text.parse::<u32>().ok()).flatten()
        };
        let sub = match sub {
            Some(sub) => Some(number(sub)?),
            None => None,
        };
        Some(Number { main: number(digits)?, sub, letter })
    }
}

/// `None`: there is no street in it. What comes after the number of a Korean address (동, 층, 호, the building's name)
/// is left out.
pub fn parse_address(text: &str) -> Option<ParsedAddress> {
    let text: String = text.chars().take(crate::query::LONGEST).map(narrow).collect();
    if text.chars().any(is_syllable) {
        korean::parse(&text).or_else(|| western::parse(&text))
    } else {
        western::parse(&text)
    }
}

/// Full-width digits, hyphens and commas as ours; what is invisible is a space.
fn narrow(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(c as u32 - 0xFF10 + 0x30).unwrap_or(c),
        '－' | '‐' | '‑' => '-',
        '，' | '、' => ',',
        '（' => '(',
        '）' => ')',
        _ if c.is_control() || c.is_whitespace() => ' ',
        _ => c,
    }
}

#[cfg(test)]
mod tests;
