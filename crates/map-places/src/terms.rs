//! The dictionary of a part of a layer: every term once, sorted, with where it occurs. Sorted terms are a trie that needs no
//! nodes: terms with a common beginning stand together. Typos are found by walking it with the rows of the optimal
//! string alignment distance (Damerau 1964; restricted transpositions), leaving a branch when its row is hopeless.

use std::{collections::HashMap, ops::Range};

/// Longest term in letters that is compared with typos; longer ones are found exactly and by their beginning.
pub const LONGEST: usize = 32;

/// Terms being gathered.
#[derive(Default)]
pub struct Gather {
    numbers: HashMap<Box<[u16]>, u32>,
    /// (number of the term, posting)
    pairs: Vec<(u32, u32)>,
    /// The terms of words that were costly to spell, as they come again and again in streets and districts.
    spelled: HashMap<(Vec<char>, Role), Spelled>,
}

/// Numbers of terms and their roles.
type Spelled = Box<[(u32, Role)]>;

/// Words remembered while gathering.
const REMEMBERED: usize = 100_000;

/// How a term belongs to an entry; the first that holds counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Role {
    /// The term is a whole name.
    Whole = 0,
    /// A word of a name.
    Word = 1,
    /// A word of the street, or the house number.
    Street = 2,
    /// The number without its letter or after-number.
    Part = 3,
    /// The end of a word that is written without spaces.
    Inner = 4,
    /// District, town, postcode: where it is, not what it is.
    Place = 5,
}

/// Entries that fit beside a role in a posting.
pub const MOST: usize = 1 << 29;

pub fn posting(entry: u32, role: Role) -> u32 {
    entry << 3 | role as u32
}

impl Gather {
    pub fn add(&mut self, term: &[u16], posting: u32) {
        if !term.is_empty() {
            let number = self.number(term);
            self.pairs.push((number, posting));
        }
    }

    fn number(&mut self, term: &[u16]) -> u32 {
        if let Some(number) = self.numbers.get(term) {
            return *number;
        }
        let number = self.numbers.len() as u32;
        self.numbers.insert(term.into(), number);
        number
    }

    /// Adds all terms of a word, which `spell` gives when it was not seen before in that role.
    pub fn add_word(
        &mut self,
        letters: &[char],
        role: Role,
        entry: u32,
        spell: impl FnOnce() -> Vec<(Vec<u16>, Role)>,
    ) {
        let key = (letters.to_vec(), role);
        if let Some(known) = self.spelled.get(&key) {
            self.pairs.extend(known.iter().map(|(number, role)| (*number, posting(entry, *role))));
            return;
        }
        let spelled: Spelled = spell().iter().map(|(term, role)| (self.number(term), *role)).collect();
        self.pairs.extend(spelled.iter().map(|(number, role)| (*number, posting(entry, *role))));
        if self.spelled.len() < REMEMBERED {
            self.spelled.insert(key, spelled);
        }
    }

    pub fn finish(self) -> Terms {
        drop(self.spelled);
        let mut sorted: Vec<(Box<[u16]>, u32)> = self.numbers.into_iter().collect();
        sorted.sort_unstable();
        let mut rank = vec![0u32; sorted.len()];
        let mut terms = Terms { starts: vec![0], ..Terms::default() };
        for (place, (term, number)) in sorted.iter().enumerate() {
            rank[*number as usize] = place as u32;
            terms.letters.extend_from_slice(term);
            terms.starts.push(terms.letters.len());
        }
        drop(sorted);
        let mut pairs = self.pairs;
        pairs.iter_mut().for_each(|(number, _)| *number = rank[*number as usize]);
        pairs.sort_unstable();
        pairs.dedup_by_key(|(term, posting)| (*term, *posting >> 3));
        terms.posting_starts = Vec::with_capacity(terms.starts.len());
        terms.postings = Vec::with_capacity(pairs.len());
        for (term, posting) in pairs {
            while terms.posting_starts.len() <= term as usize {
                terms.posting_starts.push(terms.postings.len());
            }
            terms.postings.push(posting);
        }
        terms.posting_starts.resize(terms.starts.len(), terms.postings.len());
        terms.letters.shrink_to_fit();
        terms
    }
}

/// Terms in UTF-16 letters and their postings, both as one run with the places where each begins.
#[derive(Default)]
pub struct Terms {
    letters: Vec<u16>,
    starts: Vec<usize>,
    postings: Vec<u32>,
    posting_starts: Vec<usize>,
}

/// Terms that stand together and how far they are from what was asked: they themselves, or (`begun`) a beginning that
/// they share.
pub struct Near {
    pub terms: Range<u32>,
    pub distance: u8,
    pub begun: bool,
}

impl Terms {
    pub fn len(&self) -> u32 {
        self.starts.len().saturating_sub(1) as u32
    }

    pub fn term(&self, number: u32) -> &[u16] {
        let number = number as usize;
        &self.letters[self.starts[number]..self.starts[number + 1]]
    }

    pub fn postings(&self, number: u32) -> &[u32] {
        let number = number as usize;
        &self.postings[self.posting_starts[number]..self.posting_starts[number + 1]]
    }

    /// Bytes held.
    pub fn size(&self) -> usize {
        self.letters.capacity() * 2
            + self.postings.capacity() * 4
            + (self.starts.capacity() + self.posting_starts.capacity()) * size_of::<usize>()
    }

    pub fn exact(&self, term: &[u16]) -> Option<u32> {
        let at = self.first(0..self.len(), |known| known < term);
        (at < self.len() && self.term(at) == term).then_some(at)
    }

    /// Terms that begin like this, themselves included.
    pub fn beginning(&self, term: &[u16]) -> Range<u32> {
        let from = self.first(0..self.len(), |known| known < term);
        from..self.first(from..self.len(), |known| known.starts_with(term))
    }

    /// The first of the range for which `before` does not hold.
    fn first(&self, range: Range<u32>, before: impl Fn(&[u16]) -> bool) -> u32 {
        let (mut from, mut to) = (range.start, range.end);
        while from < to {
            let middle = from + (to - from) / 2;
            if before(self.term(middle)) { from = middle + 1 } else { to = middle }
        }
        from
    }

    /// Terms within `most` typos of `pattern`; with `open`, also terms of which a beginning is. A term may be told more
    /// than once: its nearest counts.
    pub fn near(&self, pattern: &[u16], most: u8, open: bool, found: &mut Vec<Near>) {
        if pattern.is_empty() || pattern.len() > LONGEST {
            return;
        }
        let mut first = [0u8; LONGEST + 1];
        first.iter_mut().zip(0..).for_each(|(cell, distance)| *cell = distance);
        let mut walk = Walk { terms: self, pattern, most, open, found, best: u8::MAX };
        walk.down(0..self.len(), 0, &first, &first, 0);
    }
}

type Row = [u8; LONGEST + 1];

struct Walk<'w> {
    terms: &'w Terms,
    pattern: &'w [u16],
    most: u8,
    open: bool,
    found: &'w mut Vec<Near>,
    /// Nearest distance that was told for all terms of the branch.
    best: u8,
}

impl Walk<'_> {
    /// All terms of the range share their first `depth` letters, whose last two rows are `last` and `above`;
    /// `letter` is the last of them.
    fn down(&mut self, range: Range<u32>, depth: usize, last: &Row, above: &Row, letter: u16) {
        let (mut at, end) = (range.start, range.end);
        let length = self.pattern.len();
        if at < end && self.terms.term(at).len() == depth {
            if last[length] <= self.most {
                self.found.push(Near { terms: at..at + 1, distance: last[length], begun: false });
            }
            at += 1;
        }
        while at < end {
            let next = self.terms.term(at)[depth];
            let to = self.branch(at, end, depth, next);
            let mut row = [0u8; LONGEST + 1];
            let least = self.row(&mut row, last, above, letter, next, depth);
            let told = self.best;
            if self.open && row[length] <= self.most && row[length] < self.best {
                self.best = row[length];
                self.found.push(Near { terms: at..to, distance: row[length], begun: true });
            }
            if least <= self.most {
                self.down(at..to, depth + 1, &row, last, next);
            }
            self.best = told;
            at = to;
        }
    }

    /// Where the terms with this letter at this depth end. Gallops, for most branches are thin.
    fn branch(&self, from: u32, end: u32, depth: usize, letter: u16) -> u32 {
        let same = |term: &[u16]| term[depth] == letter;
        let (mut step, mut known) = (1, from);
        while known + step < end && same(self.terms.term(known + step)) {
            known += step;
            step *= 2;
        }
        self.terms.first(known + 1..end.min(known + step), same)
    }

    /// The next row of the matrix, within the band that can still matter; returns its least cell.
    fn row(&self, row: &mut Row, last: &Row, above: &Row, letter: u16, next: u16, depth: usize) -> u8 {
        let (length, most) = (self.pattern.len(), self.most as usize);
        let hopeless = self.most + 1;
        let from = (depth + 1).saturating_sub(most).max(1);
        let to = (depth + 1 + most).min(length);
        row[..=length].fill(hopeless);
        row[0] = (depth + 1).min(hopeless as usize) as u8;
        let mut least = row[0];
        for place in from..=to {
            let asked = self.pattern[place - 1];
            let mut cell = last[place - 1] + u8::from(asked != next);
            cell = cell.min(last[place] + 1).min(row[place - 1] + 1);
            if place > 1 && depth > 0 && asked == letter && self.pattern[place - 2] == next {
                cell = cell.min(above[place - 2] + 1);
            }
            row[place] = cell.min(hopeless);
            least = least.min(row[place]);
        }
        least
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn units(text: &str) -> Vec<u16> {
        text.encode_utf16().collect()
    }

    /// The textbook's matrix.
    fn distance(a: &[u16], b: &[u16]) -> usize {
        let mut cells = vec![vec![0; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                cells[i][j] = if i == 0 || j == 0 {
                    i + j
                } else {
                    let mut cell = (cells[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]))
                        .min(cells[i - 1][j] + 1)
                        .min(cells[i][j - 1] + 1);
                    if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                        cell = cell.min(cells[i - 2][j - 2] + 1);
                    }
                    cell
                };
            }
        }
        cells[a.len()][b.len()]
    }

    proptest! {
        #[test]
        fn the_walk_finds_what_the_matrix_finds(
            words in prop::collection::btree_set("[abc]{1,8}", 1..60), asked in "[abc]{1,8}", most in 0u8..3, open: bool
        ) {
            let mut gather = Gather::default();
            words.iter().for_each(|word| gather.add(&units(word), 0));
            let terms = gather.finish();
            let pattern = units(&asked);
            let mut found = Vec::new();
            terms.near(&pattern, most, open, &mut found);
            for (number, word) in words.iter().enumerate() {
                let (number, word) = (number as u32, units(word));
                prop_assert_eq!(terms.term(number), &word[..]);
                let told = |begun| {
                    let told = found.iter().filter(|near| near.terms.contains(&number) && near.begun == begun);
                    told.map(|near| near.distance as usize).min()
                };
                prop_assert_eq!(told(false), Some(distance(&pattern, &word)).filter(|least| *least <= most as usize));
                // An empty beginning is none.
                let least = (1..=word.len()).map(|end| distance(&pattern, &word[..end])).min();
                prop_assert_eq!(told(true), least.filter(|least| open && *least <= most as usize));
            }
        }

        #[test]
        fn beginnings_and_exact_terms(words in prop::collection::btree_set("[ab가]{1,4}", 1..40), asked in "[ab가]{1,3}") {
            let mut gather = Gather::default();
            words.iter().zip(0..).for_each(|(word, entry)| gather.add(&units(word), posting(entry, Role::Word)));
            let terms = gather.finish();
            let begun: Vec<u32> = terms.beginning(&units(&asked)).flat_map(|term| terms.postings(term).to_vec()).collect();
            let wanted: Vec<u32> = words.iter().zip(0..).filter(|(word, _)| word.starts_with(&asked)).map(|(_, entry)| posting(entry, Role::Word)).collect();
            prop_assert_eq!(begun, wanted);
            prop_assert_eq!(terms.exact(&units(&asked)).is_some(), words.contains(&asked));
        }
    }

    #[test]
    fn the_first_role_of_an_entry_counts() {
        let mut gather = Gather::default();
        for role in [Role::Place, Role::Whole, Role::Word] {
            gather.add(&units("a"), posting(5, role));
        }
        let terms = gather.finish();
        assert_eq!(terms.postings(0), [posting(5, Role::Whole)]);
    }
}
