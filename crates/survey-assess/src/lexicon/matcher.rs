//! The search for the phrases of all lists in one pass.

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::{AhoCorasick, MatchKind};

use super::Lexicon;
use crate::text::normal::{joins, normalise, prefixes};

/// What a phrase stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Name,
    Weak,
    Body,
    Not,
    Clause,
    Cue,
}

/// A phrase found in a normalised text.
#[derive(Debug, Clone, Copy)]
pub struct Hit {
    pub kind: Kind,
    /// Index into [`Matcher::subject`].
    pub subject: u16,
    pub language: u8,
    /// Distinguishes phrases of one subject.
    pub phrase: u32,
    pub start: u32,
    pub length: u32,
}

#[derive(Debug, Clone)]
struct Pattern {
    kind: Kind,
    subject: u16,
    language: u8,
    /// No border is asked for before it.
    inside: bool,
    /// Letters that may follow it within the word.
    tail: usize,
    /// Words that come after a stem in the middle of the phrase.
    rest: Vec<Word>,
}

/// A word of a phrase, or its stem: in "общественн* обсужден*" any ending may follow both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    text: String,
    stem: bool,
}

impl Word {
    fn fits(&self, word: &str) -> bool {
        if self.stem { word.starts_with(&self.text) } else { word == self.text }
    }
}

/// Words of a phrase; the last may always have an ending.
fn words_of(phrase: &str) -> Vec<Word> {
    let mut words = Vec::new();
    for part in phrase.split_whitespace() {
        let text = normalise(part);
        let mut pieces = text.split(' ').filter(|p| !p.is_empty()).peekable();
        while let Some(piece) = pieces.next() {
            words.push(Word { text: piece.to_owned(), stem: part.ends_with('*') && pieces.peek().is_none() });
        }
    }
    if let Some(last) = words.last_mut() {
        last.stem = true;
    }
    words
}

/// Where the words end that must come after a stem ending at `end`.
fn followed(text: &str, mut end: usize, rest: &[Word]) -> Option<usize> {
    for word in rest {
        let tail = text.get(end..)?;
        let gap = tail.find(' ')?;
        let next = tail.get(gap + 1..)?;
        if !word.fits(next.split(' ').next()?) {
            return None;
        }
        end += gap + 1 + word.text.len();
    }
    Some(end)
}

/// Finds all phrases of a set of languages in one pass.
#[derive(Debug)]
pub struct Matcher {
    words: AhoCorasick,
    patterns: Vec<Pattern>,
    addresses: AhoCorasick,
    address_patterns: Vec<(u16, u8)>,
    subjects: Vec<String>,
    languages: Vec<String>,
    sentences: Vec<Sentence>,
}

/// A clause's phrase of several words, for which other words may stand between.
#[derive(Debug, Clone)]
pub struct Sentence {
    pub subject: u16,
    pub language: u8,
    pub words: Vec<Word>,
}

impl Sentence {
    /// Word at which the phrase begins in a text of words: its words in order, at most two others between, three in all.
    pub fn find(&self, text: &[&str]) -> Option<usize> {
        let (first, rest) = self.words.split_first()?;
        'start: for (at, word) in text.iter().enumerate() {
            if !first.fits(word) {
                continue;
            }
            let (mut from, mut spare) = (at + 1, 3usize);
            for wanted in rest {
                let mut near = text.get(from..).unwrap_or_default().iter().take(spare.min(2) + 1);
                let Some(gap) = near.position(|w| wanted.fits(w)) else {
                    continue 'start;
                };
                spare -= gap;
                from += gap + 1;
            }
            return Some(at);
        }
        None
    }
}

impl Matcher {
    /// A matcher for these languages (English is always among them).
    ///
    /// # Errors
    /// When the word lists are too large for the search automaton.
    pub fn new(lexicon: &Lexicon, wanted: &BTreeSet<String>) -> Result<Self, aho_corasick::BuildError> {
        let mut made = Collected::default();
        for (code, words) in &lexicon.languages {
            if code != "en" && !wanted.contains(code) {
                continue;
            }
            let language = made.languages.len() as u8;
            made.languages.push(code.clone());
            for (topic, found) in &words.topic {
                let subject = made.subject(topic);
                for (kind, list) in [
                    (Kind::Name, &found.name),
                    (Kind::Weak, &found.weak),
                    (Kind::Body, &found.body),
                    (Kind::Not, &found.not),
                ] {
                    list.iter().for_each(|text| made.phrase(code, language, kind, subject, text));
                }
                for text in &found.url {
                    let text = normalise(text);
                    if text.chars().count() > 1 {
                        made.urls.push(text);
                        made.url_of.push((subject, language));
                    }
                }
            }
            for (clause, found) in &words.clause {
                let subject = made.subject(&format!("clause:{clause}"));
                found.phrases.iter().for_each(|text| made.phrase(code, language, Kind::Clause, subject, text));
            }
            for (cue, found) in &words.cue {
                let subject = made.subject(&format!("cue:{cue}"));
                found.words.iter().for_each(|text| made.phrase(code, language, Kind::Cue, subject, text));
            }
        }
        Ok(Self {
            words: AhoCorasick::builder().match_kind(MatchKind::Standard).build(&made.texts)?,
            patterns: made.patterns,
            addresses: AhoCorasick::builder().match_kind(MatchKind::Standard).build(&made.urls)?,
            address_patterns: made.url_of,
            subjects: made.subjects,
            languages: made.languages,
            sentences: made.sentences,
        })
    }

    /// Name of a subject: a topic's id, `clause:…` or `cue:…`.
    pub fn subject(&self, index: u16) -> &str {
        self.subjects.get(index as usize).map_or("", String::as_str)
    }

    pub fn subject_of(&self, name: &str) -> Option<u16> {
        self.subjects.iter().position(|s| s == name).map(|i| i as u16)
    }

    pub fn language_of(&self, code: &str) -> Option<u8> {
        self.languages.iter().position(|l| l == code).map(|i| i as u8)
    }

    /// Phrases of a clause that allow words between.
    pub fn sentences(&self, subject: u16) -> impl Iterator<Item = &Sentence> {
        self.sentences.iter().filter(move |s| s.subject == subject)
    }

    /// Every phrase in a normalised text, overlaps included, in the order of their ends.
    pub fn find(&self, text: &str) -> Vec<Hit> {
        let mut hits = Vec::new();
        for found in self.words.find_overlapping_iter(text) {
            let phrase = found.pattern().as_usize();
            let Some(pattern) = self.patterns.get(phrase) else { continue };
            let Some(end) = followed(text, found.end(), &pattern.rest) else { continue };
            if bordered(text, found.start(), end, pattern) {
                hits.push(Hit {
                    kind: pattern.kind,
                    subject: pattern.subject,
                    language: pattern.language,
                    phrase: phrase as u32,
                    start: found.start() as u32,
                    length: (end - found.start()) as u32,
                });
            }
        }
        hits
    }

    /// Topics (with language) whose address hints stand in the words of an address.
    pub fn find_address(&self, words: &str) -> BTreeSet<(u16, u8)> {
        let free = |at: usize| text_before(words, at).is_none_or(|c| !c.is_alphanumeric());
        let mut found = BTreeSet::new();
        for hit in self.addresses.find_overlapping_iter(words) {
            let short = hit.end() - hit.start() <= 4;
            let ends = words.get(hit.end()..).and_then(|r| r.chars().next()).is_none_or(|c| !c.is_alphabetic());
            if free(hit.start())
                && (!short || ends)
                && let Some(&pattern) = self.address_patterns.get(hit.pattern().as_usize())
            {
                found.insert(pattern);
            }
        }
        found
    }
}

fn text_before(text: &str, at: usize) -> Option<char> {
    text.get(..at).and_then(|t| t.chars().next_back())
}

fn bordered(text: &str, start: usize, end: usize, pattern: &Pattern) -> bool {
    if !pattern.inside && text_before(text, start).is_some_and(char::is_alphanumeric) {
        return false;
    }
    if pattern.tail == usize::MAX {
        return true;
    }
    let following =
        text.get(end..).unwrap_or_default().chars().take_while(|c| c.is_alphanumeric()).take(pattern.tail + 1).count();
    following <= pattern.tail
}

#[derive(Default)]
struct Collected {
    texts: Vec<String>,
    patterns: Vec<Pattern>,
    urls: Vec<String>,
    url_of: Vec<(u16, u8)>,
    subjects: Vec<String>,
    index: BTreeMap<String, u16>,
    languages: Vec<String>,
    sentences: Vec<Sentence>,
}

impl Collected {
    fn subject(&mut self, name: &str) -> u16 {
        if let Some(&known) = self.index.get(name) {
            return known;
        }
        let next = self.subjects.len() as u16;
        self.subjects.push(name.to_owned());
        self.index.insert(name.to_owned(), next);
        next
    }

    fn phrase(&mut self, code: &str, language: u8, kind: Kind, subject: u16, text: &str) {
        let words = words_of(text);
        let whole = normalise(text);
        let length = whole.chars().count();
        let Some(first) = whole.chars().next() else { return };
        let joined = joins(first);
        if length < 2 && !joined {
            return;
        }
        let word = !whole.contains(' ');
        // Up to the first stem the phrase is searched as it stands; the words after it are compared.
        let known = words.iter().position(|w| w.stem).map_or(words.len(), |at| at + 1);
        let text = if known == words.len() {
            whole
        } else {
            words.iter().take(known).map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ")
        };
        let rest = words.get(known..).unwrap_or_default().to_vec();
        if kind == Kind::Clause && !word {
            self.sentences.push(Sentence { subject, language, words });
        }
        // These write compounds as one word: "Gewerbeanmeldung", "bouwvergunning", "kommunfullmäktige".
        let compound = matches!(code, "de" | "nl" | "sv") && word && length >= 6;
        let tail = match length {
            // Vietnamese words have no endings, and a longer syllable is another word.
            _ if code == "vi" => 0,
            _ if joined || prefixes(first) || !word => usize::MAX,
            0..=3 => 1,
            4 => 3,
            _ => usize::MAX,
        };
        self.texts.push(text);
        self.patterns.push(Pattern {
            kind,
            subject,
            language,
            inside: joined || prefixes(first) || compound,
            tail,
            rest,
        });
    }
}
