use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

/// A searchable unit and where it stands in the original text (bytes).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    pub text: String,
    pub span: Range<usize>,
    /// One of a run of character pairs; matched whole, never by its beginning.
    pub pair: bool,
}

/// Hangul, Han and Kana: written without spaces between all words.
fn joined(character: char) -> bool {
    matches!(character,
        '\u{1100}'..='\u{11ff}' | '\u{3040}'..='\u{30ff}' | '\u{3130}'..='\u{318f}' | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3134f}')
}

/// Words of the text in order; each run of joined characters as overlapping pairs (a lone one by itself).
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut run: Vec<(usize, char)> = Vec::new();
    let mut run_joined = false;
    for (at, character) in text.char_indices() {
        let is_word = character.is_alphanumeric() || joined(character);
        if !run.is_empty() && (!is_word || joined(character) != run_joined) {
            close(&mut found, &run, run_joined);
            run.clear();
        }
        if is_word {
            run_joined = joined(character);
            run.push((at, character));
        }
    }
    close(&mut found, &run, run_joined);
    found
}

fn close(found: &mut Vec<Token>, run: &[(usize, char)], joined: bool) {
    let span = |first: usize, last: usize| run[first].0..run[last].0 + run[last].1.len_utf8();
    let text = |from: usize, to: usize| folded(run[from..=to].iter().map(|(_, character)| *character));
    match (run.len(), joined) {
        (0, _) => {}
        (1, true) => found.push(Token { text: text(0, 0), span: span(0, 0), pair: true }),
        (length, true) => found.extend((1..length).map(|last| Token {
            text: text(last - 1, last),
            span: span(last - 1, last),
            pair: true,
        })),
        (length, false) => {
            found.push(Token { text: text(0, length - 1), span: span(0, length - 1), pair: false });
        }
    }
}

/// Compatibility forms and case folded; accents dropped, so that `cafe` finds `café`.
fn folded(characters: impl Iterator<Item = char>) -> String {
    let composed: String = characters.nfkc().flat_map(char::to_lowercase).collect();
    if composed.is_ascii() {
        return composed;
    }
    composed.nfd().filter(|c| !matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{652}')).nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(text: &str) -> Vec<String> {
        tokens(text).into_iter().map(|token| token.text).collect()
    }

    #[test]
    fn korean_becomes_pairs_and_latin_stays_words() {
        assert_eq!(texts("버스 정류장 WiFi-6 안내"), ["버스", "정류", "류장", "wifi", "6", "안내"]);
        assert_eq!(texts("AI상담"), ["ai", "상담"]);
        assert_eq!(texts("길"), ["길"]);
    }

    #[test]
    fn accents_and_full_width_letters_do_not_matter() {
        assert_eq!(texts("Café ＡＢＣ"), ["cafe", "abc"]);
    }

    proptest! {
        #[test]
        fn every_span_is_a_piece_of_the_text(text in ".{0,80}") {
            for token in tokens(&text) {
                prop_assert!(text.get(token.span.clone()).is_some_and(|piece| !piece.is_empty()));
            }
        }
    }
}
