//! Cuts JSON text into features without holding more than one.

use std::io::{self, BufRead};

/// What [`Scanner::next`] came upon; the text is in [`Scanner::item`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece {
    /// An element of a `features` array, or an object of a sequence.
    Value,
    /// The other members of an object with a `features` array.
    Members,
    /// Longer than allowed; the item holds the beginning.
    TooLong,
    /// No JSON: the item holds what was passed over.
    Broken,
    /// The file ends within a value.
    Cut,
    End,
}

pub(super) struct Scanner<R> {
    input: R,
    max: usize,
    item: Vec<u8>,
    /// Members met around the `features` that are being read.
    around: Option<Vec<u8>>,
    inside: bool,
    cut: bool,
    pub offset: u64,
}

#[derive(PartialEq, Eq)]
enum Taken {
    Whole,
    TooLong,
    Broken,
    Cut,
}

impl<R: BufRead> Scanner<R> {
    pub fn new(input: R, max: usize) -> Scanner<R> {
        Scanner { input, max, item: Vec::new(), around: None, inside: false, cut: false, offset: 0 }
    }

    pub fn item(&self) -> &[u8] {
        &self.item
    }

    pub fn next(&mut self) -> io::Result<Piece> {
        if self.cut {
            return Ok(Piece::End);
        }
        let piece = if self.inside { self.element()? } else { self.value()? };
        self.cut = piece == Piece::Cut;
        Ok(piece)
    }

    /// The next element of `features`, or what follows the array.
    fn element(&mut self) -> io::Result<Piece> {
        loop {
            match self.peek()? {
                Some(b',') => self.advance(1),
                Some(b']') => {
                    self.advance(1);
                    self.inside = false;
                    self.item = self.around.take().unwrap_or_default();
                    return self.members();
                }
                Some(_) => {
                    self.item.clear();
                    return Ok(self.take()?.into());
                }
                None => {
                    self.item.clear();
                    return Ok(Piece::Cut);
                }
            }
        }
    }

    /// A value at the top.
    fn value(&mut self) -> io::Result<Piece> {
        self.item.clear();
        match self.peek()? {
            None => Ok(Piece::End),
            Some(b'{') => {
                self.advance(1);
                self.item.push(b'{');
                self.members()
            }
            Some(_) => self.stray(),
        }
    }

    /// The members of an object at the top, after its brace, up to its end or up to a `features` array.
    fn members(&mut self) -> io::Result<Piece> {
        let mut key = Vec::new();
        loop {
            match self.peek_inside()? {
                Some(b',') => self.advance(1),
                Some(b'}') => {
                    self.advance(1);
                    self.item.push(b'}');
                    let with_features = self.around.is_none() && self.item.starts_with(b"{\"features\":0");
                    return Ok(if with_features { Piece::Members } else { Piece::Value });
                }
                Some(b'"') => {
                    let start = self.item.len();
                    if start > 1 {
                        self.item.push(b',');
                    }
                    let name = self.item.len();
                    match self.take()? {
                        Taken::Whole => {}
                        other => return Ok(other.into()),
                    }
                    key.clear();
                    key.extend_from_slice(&self.item[name..]);
                    if self.peek_inside()? != Some(b':') {
                        return self.stray();
                    }
                    self.advance(1);
                    if key == b"\"features\"" && self.peek_inside()? == Some(b'[') {
                        self.advance(1);
                        self.item.truncate(start);
                        // Marks, at the front, that there were features.
                        let mut around = b"{\"features\":0".to_vec();
                        if self.item.len() > 1 && !self.item.starts_with(b"{\"features\":0") {
                            around.push(b',');
                            around.extend_from_slice(&self.item[1..]);
                        }
                        self.around = Some(around);
                        self.inside = true;
                        return self.element();
                    }
                    self.item.push(b':');
                    self.peek_inside()?;
                    match self.take()? {
                        Taken::Whole => {}
                        other => return Ok(other.into()),
                    }
                    if self.item.len() > self.max {
                        return Ok(Piece::TooLong);
                    }
                }
                Some(_) => return self.stray(),
                None => return Ok(Piece::Cut),
            }
        }
    }

    /// Passes over what is no JSON, up to the end of the line or the next record.
    fn stray(&mut self) -> io::Result<Piece> {
        loop {
            let chunk = self.input.fill_buf()?;
            if chunk.is_empty() {
                return Ok(Piece::Broken);
            }
            let end = chunk.iter().position(|byte| matches!(byte, b'\n' | 0x1e));
            let count = end.unwrap_or(chunk.len());
            let room = self.max.saturating_sub(self.item.len()).min(count);
            self.item.extend_from_slice(&chunk[..room]);
            self.advance(count + usize::from(end.is_some()));
            if end.is_some() {
                return Ok(Piece::Broken);
            }
        }
    }

    /// Appends one JSON value to the item. Line breaks and record separators cannot stand in a string: there it ends.
    fn take(&mut self) -> io::Result<Taken> {
        let mut depth = 0_u32;
        let (mut quoted, mut escaped, mut began, mut long) = (false, false, false, false);
        loop {
            let chunk = self.input.fill_buf()?;
            if chunk.is_empty() {
                let scalar = began && depth == 0 && !quoted;
                return Ok(if scalar { Taken::Whole } else { Taken::Cut });
            }
            let mut end = None;
            let mut broken = false;
            for (place, byte) in chunk.iter().enumerate() {
                if quoted {
                    match byte {
                        _ if escaped => escaped = false,
                        b'\\' => escaped = true,
                        b'"' => {
                            quoted = false;
                            if depth == 0 {
                                end = Some(place + 1);
                                break;
                            }
                        }
                        b'\n' | 0x1e => broken = true,
                        _ => {}
                    }
                } else {
                    match byte {
                        b'"' => quoted = true,
                        b'{' | b'[' => depth += 1,
                        b'}' | b']' if depth > 0 => {
                            depth -= 1;
                            if depth == 0 {
                                end = Some(place + 1);
                                break;
                            }
                        }
                        b'}' | b']' | b',' | b' ' | b'\n' | b'\r' | b'\t' if depth == 0 => {
                            end = Some(place);
                            break;
                        }
                        0x1e => broken = true,
                        _ => {}
                    }
                }
                began = true;
                if broken {
                    end = Some(place + 1);
                    break;
                }
            }
            let count = end.unwrap_or(chunk.len());
            let room = self.max.saturating_sub(self.item.len());
            long |= room < count;
            self.item.extend_from_slice(&chunk[..count.min(room)]);
            self.advance(count);
            match end {
                Some(_) if broken => return Ok(Taken::Broken),
                // A closing bracket where a value should stand would not move us.
                Some(0) if !began => {
                    self.advance(1);
                    return Ok(Taken::Broken);
                }
                Some(_) => return Ok(if long { Taken::TooLong } else { Taken::Whole }),
                None => {}
            }
        }
    }

    /// The next byte between values: no space, no record separator and no byte order mark.
    fn peek(&mut self) -> io::Result<Option<u8>> {
        self.skip(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t' | 0x1e | 0xef | 0xbb | 0xbf))
    }

    /// The next byte within an object, where a record separator is a fault.
    fn peek_inside(&mut self) -> io::Result<Option<u8>> {
        self.skip(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t'))
    }

    fn skip(&mut self, space: fn(u8) -> bool) -> io::Result<Option<u8>> {
        loop {
            let chunk = self.input.fill_buf()?;
            if chunk.is_empty() {
                return Ok(None);
            }
            let count = chunk.iter().position(|byte| !space(*byte)).unwrap_or(chunk.len());
            let found = chunk.get(count).copied();
            self.advance(count);
            if found.is_some() {
                return Ok(found);
            }
        }
    }

    fn advance(&mut self, count: usize) {
        self.input.consume(count);
        self.offset += count as u64;
    }
}

impl From<Taken> for Piece {
    fn from(taken: Taken) -> Piece {
        match taken {
            Taken::Whole => Piece::Value,
            Taken::TooLong => Piece::TooLong,
            Taken::Broken => Piece::Broken,
            Taken::Cut => Piece::Cut,
        }
    }
}

/// Text with the words `NaN`, `Infinity` and `-Infinity`, which some programs write, set to `null`; `None` without any.
pub(super) fn without_nan(text: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len());
    let (mut quoted, mut escaped, mut found) = (false, false, false);
    let mut rest = text;
    while let Some((byte, after)) = rest.split_first() {
        if !quoted
            && let Some(word) = [&b"NaN"[..], b"-Infinity", b"Infinity"].iter().find(|word| rest.starts_with(word))
        {
            out.extend_from_slice(b"null");
            rest = &rest[word.len()..];
            found = true;
            continue;
        }
        if escaped {
            escaped = false;
        } else if quoted && *byte == b'\\' {
            escaped = true;
        } else if *byte == b'"' {
            quoted = !quoted;
        }
        out.push(*byte);
        rest = after;
    }
    found.then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<(Piece, String)> {
        let mut scanner = Scanner::new(std::io::BufReader::with_capacity(7, text.as_bytes()), 1000);
        let mut all = Vec::new();
        loop {
            match scanner.next().unwrap() {
                Piece::End => return all,
                piece => all.push((piece, String::from_utf8_lossy(scanner.item()).into_owned())),
            }
        }
    }

    #[test]
    fn features_are_cut_out_wherever_they_stand() {
        let all = pieces(r#" {"type": "x", "features" : [ {"a":"]}\""} , {"b":[1,{}]}], "crs": {"c":1}} "#);
        let texts: Vec<&str> = all.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(texts, [r#"{"a":"]}\""}"#, r#"{"b":[1,{}]}"#, r#"{"features":0,"type":"x","crs":{"c":1}}"#]);
        assert_eq!(all[2].0, Piece::Members);
    }

    #[test]
    fn lines_and_records() {
        let all = pieces("\u{1e}{\"a\":1}\n\u{1e}{\"a\": \n\u{1e}{\"a\":3}\nrubbish {\n{\"a\":4}");
        let kinds: Vec<Piece> = all.iter().map(|(piece, _)| *piece).collect();
        assert_eq!(kinds.iter().filter(|kind| **kind == Piece::Value).count(), 3, "{all:?}");
        assert_eq!(all.last().unwrap().1, r#"{"a":4}"#);
    }
}
