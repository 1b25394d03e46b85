//! What of a name answers to a question: for the page that marks it, and for the order of hits that fit alike.

use std::ops::Range;

use crate::{
    fold::{self, Word, is_cjk},
    hangul,
    query::{Asked, Query, typos},
    roman,
    search::answer,
    spell::{NAME, NAME_WORDS},
    terms::LONGEST,
};

#[derive(Debug, Default, Clone, PartialEq)]
pub struct Seen {
    /// Characters, rising, apart.
    pub marks: Vec<Range<usize>>,
    /// The whole name is what was asked, in whatever script.
    pub equal: bool,
    pub begins: bool,
    /// Words found as written (the last perhaps unfinished), by their place in the question.
    pub written: Vec<bool>,
    /// Words found with typos at most.
    pub found: Vec<bool>,
    /// Share of the name's letters that were found.
    pub covered: f32,
    /// The words stand in the order in which they were asked.
    pub in_order: bool,
}

/// A name, prepared for looking.
struct Name {
    words: Vec<Word>,
    /// Letters of all words, one after the other, with the character each comes from.
    letters: Vec<u16>,
    places: Vec<u32>,
    /// Where words begin among the letters, and where syllables and characters of scripts without spaces do.
    starts: Vec<usize>,
    inner: Vec<usize>,
}

impl Name {
    fn new(name: &str) -> Name {
        let words = fold::words(name, NAME, NAME_WORDS);
        let mut all = Name { words: Vec::new(), letters: vec![], places: vec![], starts: vec![], inner: vec![] };
        for word in &words {
            all.starts.push(all.letters.len());
            for (at, (c, place)) in word.letters.iter().zip(&word.places).enumerate() {
                if at > 0 && is_cjk(*c) {
                    all.inner.push(all.letters.len());
                }
                let mut buffer = [0; 2];
                hangul::jamo(*c, &mut |letter| {
                    for unit in letter.encode_utf16(&mut buffer) {
                        all.letters.push(*unit);
                        all.places.push(*place);
                    }
                });
            }
        }
        all.words = words;
        all
    }

    /// Where the term begins among the letters: at a word, else within one.
    fn find(&self, term: &[u16]) -> Option<Range<usize>> {
        let begins = |at: &&usize| self.letters[**at..].starts_with(term);
        let at = self.starts.iter().find(begins).or_else(|| self.inner.iter().find(begins))?;
        Some(*at..at + term.len())
    }

    fn whole_word(&self, term: &[u16]) -> bool {
        let end = |at: usize| at == self.letters.len() || self.starts.contains(&at) || self.inner.contains(&at);
        self.starts.iter().chain(&self.inner).any(|at| self.letters[*at..].starts_with(term) && end(at + term.len()))
    }

    /// The beginning of a word that is nearest to the term.
    fn nearly(&self, term: &[u16]) -> Option<Range<usize>> {
        let most = typos(term);
        if most == 0 || term.len() > LONGEST {
            return None;
        }
        let near = |at: &usize| {
            let rest = &self.letters[*at..];
            let rest = &rest[..rest.len().min(term.len() + most as usize)];
            nearest_beginning(term, rest)
                .filter(|(typos, _)| *typos <= most)
                .map(|(typos, length)| (typos, *at, length))
        };
        let (_, at, length) = self.starts.iter().filter_map(near).min()?;
        Some(at..at + length)
    }
}

pub fn see(query: &Query, name: &str) -> Seen {
    let known = Name::new(name);
    let count = name.chars().count();
    let mut marked = vec![false; count];
    let mut written = vec![false; query.words.len()];
    let mut found = vec![false; query.words.len()];
    let mut first: Vec<u32> = Vec::new();
    for (at, asked) in query.words.iter().enumerate() {
        let Some((places, as_written)) = look(&known, asked) else { continue };
        (found[at], written[at]) = (true, as_written);
        first.extend(places.iter().min());
        places.into_iter().for_each(|place| marked[place as usize] = true);
    }
    for (from, to, term) in &query.runs {
        if written[*from..=*to].iter().all(|written| *written) {
            continue;
        }
        if let Some(places) = literally(&known, term).or_else(|| latin(&known, term, false)) {
            written[*from..=*to].fill(true);
            found[*from..=*to].fill(true);
            places.into_iter().for_each(|place| marked[place as usize] = true);
        }
    }
    let whole = (!query.whole.is_empty()).then_some(&query.whole);
    let equal = whole.is_some_and(|whole| *whole == known.letters || spelled(&known.words).contains(whole));
    if equal || query.has_whole() && !found.iter().all(|found| *found) {
        let places = literally(&known, &query.whole)
            .or_else(|| known.nearly(&query.whole).map(|range| known.places[range].to_vec()))
            .or_else(|| latin(&known, &query.whole, true))
            .or_else(|| equal.then(|| known.places.clone()));
        if let Some(places) = places {
            found.fill(true);
            written.iter_mut().for_each(|written| *written |= equal);
            places.into_iter().for_each(|place| marked[place as usize] = true);
        }
    }
    let letters: Vec<u32> = known.words.iter().flat_map(|word| word.places.iter().copied()).collect();
    let hit = letters.iter().filter(|place| marked[**place as usize]).count();
    Seen {
        covered: if letters.is_empty() { 0.0 } else { hit as f32 / letters.len() as f32 },
        begins: whole.is_some_and(|whole| known.letters.starts_with(whole)),
        in_order: first.is_sorted(),
        marks: ranges(&marked),
        equal,
        written,
        found,
    }
}

/// The characters that answer to a word, and whether they do as written.
fn look(known: &Name, asked: &Asked) -> Option<(Vec<u32>, bool)> {
    if let Some((pattern, _)) = &asked.initials {
        let letters: Vec<(char, u32)> =
            known.words.iter().flat_map(|word| word.letters.iter().copied().zip(word.places.iter().copied())).collect();
        let plain: Vec<char> = letters.iter().map(|(c, _)| *c).collect();
        let at = plain.windows(pattern.len()).position(|window| answer(pattern, window, asked.open))?;
        return Some((letters[at..at + pattern.len()].iter().map(|(_, place)| *place).collect(), true));
    }
    if asked.word.is_number() {
        return number(known, asked);
    }
    if let Some(places) = literally(known, &asked.term) {
        return Some((places, asked.open || known.whole_word(&asked.term)));
    }
    if let Some(places) = latin(known, &asked.term, false) {
        return Some((places, true));
    }
    let places = known.nearly(&asked.term).map(|range| known.places[range].to_vec());
    places.or_else(|| latin(known, &asked.term, true)).map(|places| (places, false))
}

fn literally(known: &Name, term: &[u16]) -> Option<Vec<u32>> {
    known.find(term).map(|range| known.places[range].to_vec())
}

fn number(known: &Name, asked: &Asked) -> Option<(Vec<u32>, bool)> {
    let numbers = || known.words.iter().filter(|word| word.is_number());
    if let Some(same) = numbers().find(|word| word.letters == asked.word.letters) {
        return Some((same.places.clone(), true));
    }
    let begun = |word: &&Word| asked.open && word.letters.starts_with(&asked.word.letters);
    if let Some(word) = numbers().find(begun) {
        return Some((word.places[..asked.word.letters.len()].to_vec(), false));
    }
    let main = asked.word.main_number()?;
    let word = numbers().find(|word| word.main_number() == Some(main))?;
    Some((word.places[..main.len()].to_vec(), false))
}

/// A word of which a spelling in Latin letters begins with the term, perhaps with typos.
fn latin(known: &Name, term: &[u16], nearly: bool) -> Option<Vec<u32>> {
    let most = if nearly { typos(term) } else { 0 };
    let fits = |word: &&Word| {
        let text: String = word.letters.iter().collect();
        roman::spellings(&text).iter().any(|spelling| {
            let spelling: Vec<u16> = spelling.encode_utf16().collect();
            spelling.starts_with(term)
                || most > 0
                    && term.len() <= LONGEST
                    && nearest_beginning(term, &spelling).is_some_and(|(typos, _)| typos <= most)
        })
    };
    known.words.iter().filter(|word| word.is_cjk()).find(fits).map(|word| word.places.clone())
}

/// A whole name in Latin letters.
fn spelled(words: &[Word]) -> Vec<Vec<u16>> {
    let text = |word: &Word| word.letters.iter().collect::<String>();
    if !words.iter().any(Word::is_cjk) {
        return Vec::new();
    }
    if let [word] = words {
        return roman::spellings(&text(word)).iter().map(|text| text.encode_utf16().collect()).collect();
    }
    let all: String = words.iter().map(|word| roman::romanise(&text(word), roman::Reading::default())).collect();
    vec![all.encode_utf16().collect()]
}

/// Typos to the nearest beginning of `text`, and its length: the longest of the nearest that ends alike.
fn nearest_beginning(term: &[u16], text: &[u16]) -> Option<(u8, usize)> {
    let mut best: Option<(u8, usize)> = None;
    matrix(term, &text[..text.len().min(term.len() + 2)], |length, typos, next| {
        if best.is_none_or(|(least, _)| typos < least || typos == least && term.last() == Some(&next)) {
            best = Some((typos, length));
        }
    });
    best
}

/// Typos between two terms; `None` when they are too long to compare and not the same.
pub fn typos_between(one: &[u16], other: &[u16]) -> Option<u8> {
    if one == other {
        return Some(0);
    }
    if one.len().max(other.len()) > 2 * LONGEST {
        return None;
    }
    let mut last = None;
    matrix(one, other, |_, typos, _| last = Some(typos));
    last
}

/// The optimal string alignment distance (see [`crate::terms`]) to each beginning of `text`: its length, the distance,
/// its last letter.
fn matrix(term: &[u16], text: &[u16], mut each: impl FnMut(usize, u8, u16)) {
    let length = term.len();
    let mut above: Vec<u8> = Vec::new();
    let mut last: Vec<u8> = (0..=length as u8).collect();
    for (depth, next) in text.iter().enumerate() {
        let mut row = vec![depth as u8 + 1; length + 1];
        for place in 1..=length {
            let asked = term[place - 1];
            let mut cell = (last[place - 1] + u8::from(asked != *next)).min(last[place] + 1).min(row[place - 1] + 1);
            if place > 1 && depth > 0 && asked == text[depth - 1] && term[place - 2] == *next {
                cell = cell.min(above[place - 2] + 1);
            }
            row[place] = cell;
        }
        each(depth + 1, row[length], *next);
        above = std::mem::replace(&mut last, row);
    }
}

fn ranges(marked: &[bool]) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for at in (0..marked.len()).filter(|at| marked[*at]) {
        match out.last_mut() {
            Some(range) if range.end == at => range.end += 1,
            _ => out.push(at..at + 1),
        }
    }
    out
}
