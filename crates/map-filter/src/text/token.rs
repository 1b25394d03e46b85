//! The words of CQL2 Text (OGC 21-065r2, annex B).

use crate::error::Problem;

#[derive(Debug, Clone, PartialEq)]
pub enum Token<'a> {
    /// A name or keyword as it stands.
    Word(&'a str),
    /// A name in double quotes, unescaped.
    Quoted(String),
    /// A literal in single quotes, unescaped.
    Text(String),
    /// Digits without a sign.
    Number(&'a str),
    Symbol(&'static str),
    End,
}

impl Token<'_> {
    pub fn described(&self) -> String {
        match self {
            Token::Word(word) => format!("`{}`", shortened(word)),
            Token::Quoted(name) => format!("the name \"{}\"", shortened(name)),
            Token::Text(text) => format!("the text '{}'", shortened(text)),
            Token::Number(number) => format!("the number {}", shortened(number)),
            Token::Symbol(symbol) => format!("`{symbol}`"),
            Token::End => "the end".to_owned(),
        }
    }
}

fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(40).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// The longer ones first.
const SYMBOLS: &[&str] = &["<>", "<=", ">=", "<", ">", "=", "(", ")", ",", "+", "-", "*", "/", "%", "^"];

pub fn starts_name(c: char) -> bool {
    c.is_alphabetic() || c == '_' || c == ':'
}

/// Letters, digits, full stops and what combines with the letter before (annex B, identifierPart).
pub fn continues_name(c: char) -> bool {
    starts_name(c)
        || c.is_alphanumeric()
        || matches!(c, '.' | '\u{b7}' | '\u{300}'..='\u{36f}' | '\u{203f}' | '\u{2040}')
        || unicode_normalization::char::is_combining_mark(c)
}

/// Reads the next token at or after `from`: where it starts, what it is, where it ends.
pub fn next(text: &str, from: usize) -> Result<(usize, Token<'_>, usize), (usize, Problem)> {
    let rest = &text[from..];
    let start = from + (rest.len() - rest.trim_start().len());
    let rest = &text[start..];
    let Some(first) = rest.chars().next() else {
        return Ok((start, Token::End, start));
    };
    let run = |fits: fn(char) -> bool| start + rest.find(|c| !fits(c)).unwrap_or(rest.len());
    if starts_name(first) {
        let end = run(continues_name);
        return Ok((start, Token::Word(&text[start..end]), end));
    }
    if let Some(length) = number(rest.as_bytes()) {
        return Ok((start, Token::Number(&rest[..length]), start + length));
    }
    if matches!(first, '\'' | '"') {
        let what = if first == '"' { "a name in quotes" } else { "a text in quotes" };
        let (value, length) = quoted(rest, first).ok_or((start, Problem::Unclosed(what)))?;
        let token = if first == '"' { Token::Quoted(value) } else { Token::Text(value) };
        return Ok((start, token, start + length));
    }
    match SYMBOLS.iter().find(|symbol| rest.starts_with(**symbol)) {
        Some(symbol) => Ok((start, Token::Symbol(symbol), start + symbol.len())),
        None => Err((start, Problem::unexpected("a part of a filter", format!("`{first}`")))),
    }
}

/// How many bytes a number without sign takes.
fn number(bytes: &[u8]) -> Option<usize> {
    let digits = |from: usize| bytes[from.min(bytes.len())..].iter().take_while(|b| b.is_ascii_digit()).count();
    let whole = digits(0);
    let mut end = whole;
    if bytes.get(end) == Some(&b'.') {
        let fraction = digits(end + 1);
        if whole + fraction == 0 {
            return None;
        }
        end += 1 + fraction;
    }
    if end == 0 {
        return None;
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        let power = digits(end + 1 + sign);
        if power > 0 {
            end += 1 + sign + power;
        }
    }
    Some(end)
}

/// What stands between quotes, and how many bytes with them. A quote is doubled; in a text it may also stand behind a
/// backslash, and of several backslashes before a quote each pair is one (so that a text can end in a backslash).
fn quoted(text: &str, quote: char) -> Option<(String, usize)> {
    let mut value = String::new();
    let mut backslashes = 0;
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        if c == '\\' && quote == '\'' {
            backslashes += 1;
            continue;
        }
        let kept = if c == quote { backslashes / 2 } else { backslashes };
        value.extend(std::iter::repeat_n('\\', kept));
        let escaped = c == quote && backslashes % 2 == 1;
        backslashes = 0;
        if c != quote || escaped {
            value.push(c);
        } else if chars.next_if(|(_, next)| *next == quote).is_some() {
            value.push(quote);
        } else {
            return Some((value, at + 1));
        }
    }
    None
}
