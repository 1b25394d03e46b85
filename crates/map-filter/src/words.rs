//! Texts compared without case or accents, and by patterns.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Without case: what differs only by case becomes the same text, by full case mapping (`Straße` and `STRASSE` too).
pub fn casei(text: &str) -> String {
    let lower: String = text.chars().flat_map(char::to_lowercase).collect();
    // Upper case unites what lower case keeps apart: ß and ss, ς and σ.
    let upper: String = lower.chars().flat_map(char::to_uppercase).collect();
    upper.chars().flat_map(char::to_lowercase).collect()
}

/// Without accents: canonical decomposition without its combining marks. Hangul syllables stay whole.
pub fn accenti(text: &str) -> String {
    text.nfd().filter(|c| !is_combining_mark(*c)).nfc().collect()
}

/// A pattern of LIKE: `%` is any text, `_` one character, a backslash takes the meaning from what follows.
#[derive(Debug, Clone, PartialEq)]
pub struct Pattern(Vec<Piece>);

#[derive(Debug, Clone, Copy, PartialEq)]
enum Piece {
    Any,
    One,
    Just(char),
}

impl Pattern {
    pub fn new(text: &str) -> Pattern {
        let mut pieces = Vec::new();
        let mut chars = text.chars();
        while let Some(c) = chars.next() {
            let piece = match c {
                '%' => Piece::Any,
                '_' => Piece::One,
                '\\' => Piece::Just(chars.next().unwrap_or('\\')),
                other => Piece::Just(other),
            };
            if piece != Piece::Any || pieces.last() != Some(&Piece::Any) {
                pieces.push(piece);
            }
        }
        Pattern(pieces)
    }

    /// At most the product of both lengths in steps.
    pub fn fits(&self, text: &str) -> bool {
        let (mut piece, mut rest) = (0, text);
        // Where to go on when the last `%` has to take one character more.
        let mut retry: Option<(usize, &str)> = None;
        loop {
            let first = rest.chars().next();
            match (self.0.get(piece), first) {
                (Some(Piece::Any), _) => {
                    piece += 1;
                    retry = Some((piece, rest));
                    continue;
                }
                (None, None) => return true,
                (Some(Piece::One), Some(c)) => {
                    piece += 1;
                    rest = &rest[c.len_utf8()..];
                    continue;
                }
                (Some(Piece::Just(wanted)), Some(c)) if *wanted == c => {
                    piece += 1;
                    rest = &rest[c.len_utf8()..];
                    continue;
                }
                _ => {}
            }
            let Some((after, from)) = retry else { return false };
            let Some(c) = from.chars().next() else { return false };
            (piece, rest) = (after, &from[c.len_utf8()..]);
            retry = Some((piece, rest));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_accents_are_put_aside() {
        assert_eq!(casei("Straße"), casei("STRASSE"));
        assert_eq!(casei("ΟΔΟΣ"), casei("Οδος"));
        assert_eq!(casei("KØBENHAVN"), "københavn");
        assert_eq!(accenti("Chișinău"), "Chisinau");
        assert_eq!(accenti("débárquér"), "debarquer");
        assert_eq!(accenti("마당"), "마당");
    }

    #[test]
    fn patterns() {
        for (pattern, text, fits) in [
            ("B_r%", "Berlin", true),
            ("B_r%", "Br", false),
            ("%", "", true),
            ("_", "", false),
            ("_", "마", true),
            ("%Jones%", "Mr Jones", true),
            ("a%b%c", "axbxbxc", true),
            ("a%b%c", "axbxbx", false),
            ("100\\%", "100%", true),
            ("100\\%", "1000", false),
            ("a\\", "a\\", true),
            ("", "", true),
            ("", "a", false),
        ] {
            assert_eq!(Pattern::new(pattern).fits(text), fits, "{pattern} {text}");
        }
        let hostile = Pattern::new(&"%a".repeat(500));
        assert!(!hostile.fits(&"a".repeat(499)));
    }
}
