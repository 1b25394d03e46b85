use std::ops::Range;

use crate::tokens::{Token, tokens};

/// A piece of text that was asked for, or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    pub hit: bool,
}

/// About `width` bytes of the text around its first match, cut at words, matches marked.
pub(crate) fn snippet(text: &str, words: &[&Token], width: usize) -> Vec<Piece> {
    let hits: Vec<Range<usize>> = merged(
        tokens(text).into_iter().filter(|token| words.iter().any(|word| fits(word, token))).map(|token| token.span),
    );
    let around = window(text, hits.first().map_or(0, |span| span.start), width);
    let mut pieces = Vec::new();
    if around.start > 0 {
        pieces.push(Piece { text: "… ".to_owned(), hit: false });
    }
    let mut at = around.start;
    for span in hits.into_iter().filter(|span| span.start >= around.start && span.end <= around.end) {
        push(&mut pieces, &text[at..span.start], false);
        push(&mut pieces, &text[span.clone()], true);
        at = span.end;
    }
    push(&mut pieces, &text[at..around.end], false);
    if around.end < text.len() {
        pieces.push(Piece { text: " …".to_owned(), hit: false });
    }
    pieces
}

fn push(pieces: &mut Vec<Piece>, text: &str, hit: bool) {
    if !text.is_empty() {
        pieces.push(Piece { text: text.to_owned(), hit });
    }
}

fn fits(word: &Token, token: &Token) -> bool {
    if word.pair { word.text == token.text } else { token.text.starts_with(&word.text) }
}

/// Overlapping pairs become one mark.
fn merged(spans: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut joined: Vec<Range<usize>> = Vec::new();
    for span in spans {
        match joined.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => joined.push(span),
        }
    }
    joined
}

fn window(text: &str, hit: usize, width: usize) -> Range<usize> {
    if text.len() <= width {
        return 0..text.len();
    }
    let wanted = boundary(text, hit.saturating_sub(width / 3));
    // From the first word that begins after the wanted place.
    let start = match (wanted, text[wanted..hit].find(char::is_whitespace)) {
        (0, _) => 0,
        (_, Some(space)) => wanted + space + text[wanted + space..].chars().next().map_or(1, char::len_utf8),
        (_, None) => hit,
    };
    let end = boundary(text, (start + width).min(text.len()));
    let cut = match text[start..end].rfind(char::is_whitespace) {
        Some(space) if end < text.len() => start + space,
        _ => end,
    };
    start..cut.max(start)
}

/// The nearest character boundary at or before this byte.
fn boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn marked(text: &str, query: &str, width: usize) -> String {
        let wanted = tokens(query);
        let words: Vec<&Token> = wanted.iter().collect();
        snippet(text, &words, width)
            .iter()
            .map(|p| if p.hit { format!("[{}]", p.text) } else { p.text.clone() })
            .collect()
    }

    #[test]
    fn matches_are_marked_as_they_are_written() {
        assert_eq!(marked("Leagues of Cities", "league", 100), "[Leagues] of Cities");
        assert_eq!(marked("버스정류장에", "정류장", 100), "버스[정류장]에");
    }

    #[test]
    fn a_long_text_is_cut_around_the_match() {
        let text = format!("{}needle {}", "hay ".repeat(200), "straw ".repeat(200));
        let cut = marked(&text, "needle", 120);
        assert!(cut.contains("[needle]") && cut.len() < 160 && cut.starts_with('…') && cut.ends_with('…'), "{cut}");
    }

    proptest! {
        #[test]
        fn any_text_and_question_give_a_snippet(text in "\\PC{0,300}", query in "\\PC{0,12}", width in 0usize..250) {
            marked(&text, &query, width);
        }
    }
}
