//! What was asked, prepared once for all parts of the index.

use crate::{
    fold::{self, Word},
    hangul,
    spell::initials,
};

/// Characters of a question that are read, and words of it that are searched.
pub const LONGEST: usize = 200;
pub const WORDS: usize = 8;
/// Words that are tried as one when they stand together.
const RUN: usize = 4;

pub struct Query {
    pub words: Vec<Asked>,
    /// Neighbours as if written as one: from, to (inclusive), term. Not all of them: that is `whole`.
    pub runs: Vec<(usize, usize, Vec<u16>)>,
    /// All words as if written as one.
    pub whole: Vec<u16>,
    /// What was typed, in small letters.
    pub text: String,
    /// Somebody is typing: a number at the end may go on.
    pub typing: bool,
}

pub struct Asked {
    pub word: Word,
    pub term: Vec<u16>,
    /// Initials alone or mixed with syllables: the pattern, and the term to look it up.
    pub initials: Option<(Vec<char>, Vec<u16>)>,
    /// The last word, which may go on.
    pub open: bool,
}

impl Asked {
    /// Initials with whole syllables among them: entries have to be looked at.
    pub fn is_mixed(&self) -> bool {
        self.initials.as_ref().is_some_and(|(pattern, _)| !pattern.iter().all(|c| hangul::is_consonant(*c)))
    }

    /// Typos allowed: one from four letters on, two from eight.
    pub fn typos(&self) -> u8 {
        if self.word.is_number() || self.initials.is_some() { 0 } else { typos(&self.term) }
    }
}

pub fn typos(term: &[u16]) -> u8 {
    match term.len() {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    }
}

/// A term and what it becomes when its last vowel grows: 고 also begins 과.
pub fn beginnings(term: &[u16]) -> Vec<Vec<u16>> {
    let last = term.last().and_then(|unit| char::from_u32(u32::from(*unit)));
    let grown = last.map_or(&[][..], hangul::grown);
    let with = |vowel: &char| [&term[..term.len() - 1], &fold::term(&[*vowel])].concat();
    std::iter::once(term.to_vec()).chain(grown.iter().map(with)).collect()
}

impl Query {
    pub fn new(text: &str, typing: bool) -> Query {
        let words = fold::words(text, LONGEST, WORDS);
        let count = words.len();
        // After a space, or anything else that ends a word, the last one does not go on.
        let ended = text.chars().next_back().is_some_and(|c| !c.is_alphanumeric());
        let asked = |(place, word): (usize, Word)| Asked {
            term: word.term(),
            initials: word.initials().map(|pattern| {
                let term = initials(&pattern);
                (pattern, term)
            }),
            open: place + 1 == count && !(ended && word.is_number()),
            word,
        };
        let words: Vec<Asked> = words.into_iter().enumerate().map(asked).collect();
        let mut runs = Vec::new();
        for from in 0..count {
            for to in from + 1..count.min(from + RUN) {
                let run = &words[from..=to];
                let whole = from == 0 && to + 1 == count;
                if !whole
                    && !run.iter().all(|asked| asked.word.is_number())
                    && !run.iter().any(|a| a.initials.is_some())
                {
                    runs.push((from, to, together(run)));
                }
            }
        }
        let whole = together(&words);
        Query { words, runs, whole, text: text.trim().to_lowercase(), typing }
    }

    /// The whole may be compared with whole names, which hold no numbers.
    pub fn has_whole(&self) -> bool {
        self.words.len() > 1 && self.words.iter().all(|asked| asked.initials.is_none())
    }
}

fn together(words: &[Asked]) -> Vec<u16> {
    words.iter().flat_map(|asked| asked.term.iter().copied()).collect()
}
