//! Finding candidates in one segment. For each word asked, every entry gets a byte that says how well it fits; a
//! candidate fits all of them. Bytes from [`NAMED`] on come from a name or street, smaller ones from where the entry is.

use std::{cmp::Ordering, collections::BinaryHeap};

use crate::{
    distance::{Distance, closeness},
    fits::{EQUAL, NAMED, begin, exact, near, worth},
    fold::{self, is_cjk},
    hangul,
    query::{Asked, Query, beginnings},
    segment::Segment,
    spell::{NAME, NAME_WORDS},
    terms::Role,
};

/// Words and pairs compared with typos; the longest of a question that has more.
const FUZZY: usize = 4;
/// What weight and nearness can add to how well an entry fits.
const WEIGHT: f32 = 0.08;
const NEAR: f32 = 0.12;
/// How far to go for a hit. Each step keeps what the one before found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// As written; the last word may be unfinished.
    Written,
    /// With typos, and any word may be unfinished.
    Typos,
    /// Some words may be missing; words without spaces are taken apart.
    Loose,
}

/// What entries are worth by themselves: a filter and a bonus.
pub struct Worth<'w> {
    pub gone: &'w [u64],
    /// By place in [`Segment::classes`].
    pub allowed: &'w [bool],
    pub near: Option<(f64, f64)>,
}

#[derive(Debug, Clone, Copy)]
pub struct Candidate {
    pub part: usize,
    pub entry: u32,
    pub score: f32,
    pub step: Step,
}

impl PartialEq for Candidate {
    fn eq(&self, other: &Candidate) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Candidate {}
impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Candidate) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
/// The best is the least, so that a heap gives up its worst.
impl Ord for Candidate {
    fn cmp(&self, other: &Candidate) -> Ordering {
        other.score.total_cmp(&self.score).then(self.part.cmp(&other.part)).then(self.entry.cmp(&other.entry))
    }
}

/// A question put to one segment.
pub struct Search<'s> {
    segment: &'s Segment,
    query: &'s Query,
    words: Vec<Vec<u8>>,
    /// For the whole question against whole names.
    whole: [Vec<u8>; 1],
}

impl<'s> Search<'s> {
    pub fn new(segment: &'s Segment, query: &'s Query) -> Search<'s> {
        let empty = || vec![0; segment.len()];
        let whole = if query.has_whole() { empty() } else { Vec::new() };
        Search { segment, query, words: query.words.iter().map(|_| empty()).collect(), whole: [whole] }
    }

    pub fn step(&mut self, step: Step) {
        match step {
            Step::Written => self.written(),
            Step::Typos => self.typos(),
            Step::Loose => self.loose(),
        }
    }

    fn written(&mut self) {
        let (segment, query) = (self.segment, self.query);
        for (asked, fits) in query.words.iter().zip(self.words.chunks_mut(1)) {
            match &asked.initials {
                Some((_, term)) => begin(segment, term, 0.6, fits),
                None if asked.word.is_number() => {
                    exact(segment, &asked.term, 1.0, fits);
                    if asked.open && query.typing {
                        begin(segment, &asked.term, 0.5, fits);
                    }
                }
                None => {
                    exact(segment, &asked.term, 1.0, fits);
                    if asked.open {
                        beginnings(&asked.term).iter().for_each(|term| begin(segment, term, 0.7, fits));
                    }
                }
            }
        }
        for (from, to, term) in &query.runs {
            let open = query.words[*to].open && !query.words[*to].word.is_number();
            let fits = &mut self.words[*from..=*to];
            exact(segment, term, 0.98, fits);
            if open {
                begin(segment, term, 0.68, fits);
            }
        }
        if query.has_whole() {
            exact(segment, &query.whole, 1.0, &mut self.whole);
            beginnings(&query.whole).iter().for_each(|term| begin(segment, term, 0.74, &mut self.whole));
        }
    }

    fn typos(&mut self) {
        let (segment, query) = (self.segment, self.query);
        for (asked, fits) in query.words.iter().zip(self.words.chunks_mut(1)) {
            if let (true, Some(main)) = (asked.word.is_number(), asked.word.main_number()) {
                exact(segment, &fold::term(main), 0.7, fits);
            } else if !asked.open && asked.initials.is_none() && asked.term.len() > 2 {
                begin(segment, &asked.term, 0.6, fits);
            }
        }
        let mut longest: Vec<usize> = (0..query.words.len()).filter(|at| query.words[*at].typos() > 0).collect();
        longest.sort_by_key(|at| std::cmp::Reverse(query.words[*at].term.len()));
        let left = FUZZY.saturating_sub(longest.len());
        for at in longest.into_iter().take(FUZZY) {
            near(segment, &query.words[at].term, query.words[at].open, &mut self.words[at..=at]);
        }
        for (from, to, term) in query.runs.iter().filter(|(from, to, _)| from + 1 == *to).take(left) {
            near(segment, term, query.words[*to].open, &mut self.words[*from..=*to]);
        }
        if query.has_whole() && query.words.iter().all(|asked| !asked.word.is_number()) {
            near(segment, &query.whole, true, &mut self.whole);
        }
    }

    /// A word without spaces that was not found may still share most of its pairs of letters with a name.
    fn loose(&mut self) {
        for (asked, fits) in self.query.words.iter().zip(&mut self.words) {
            let letters = &asked.word.letters;
            if asked.initials.is_some() || letters.len() < 3 || !letters.iter().all(|c| is_cjk(*c)) {
                continue;
            }
            let mut counts = vec![0u8; self.segment.len()];
            let mut all = 0;
            for pair in letters.windows(2).take(12) {
                all += 1;
                let mut found: Vec<u32> = Vec::new();
                for term in self.segment.terms.beginning(&fold::term(pair)) {
                    let postings = self.segment.terms.postings(term).iter();
                    found.extend(
                        postings.filter(|posting| *posting & 7 != Role::Place as u32).map(|posting| posting >> 3),
                    );
                }
                found.sort_unstable();
                found.dedup();
                found.into_iter().for_each(|entry| counts[entry as usize] += 1);
            }
            for (fit, count) in fits.iter_mut().zip(counts) {
                if count > 0 && count * 5 >= all * 3 {
                    *fit = (*fit).max(NAMED + count * 6);
                }
            }
        }
    }

    /// The best `most` of what was found so far go to `heap`.
    pub fn collect(&self, part: usize, step: Step, worth: &Worth, most: usize, heap: &mut BinaryHeap<Candidate>) {
        let mixed: Vec<&Asked> = self.query.words.iter().filter(|asked| asked.is_mixed()).collect();
        let distance = worth.near.map(Distance::from);
        let bonus = WEIGHT * self.segment.heaviest + if distance.is_some() { NEAR } else { 0.0 };
        for entry in self.touched(step == Step::Loose) {
            let Some(fit) = self.fit(entry, step == Step::Loose) else { continue };
            let number = entry as u32;
            // No bonus would bring it among the best: there is no need to look at the entry.
            if heap.len() >= most && heap.peek().is_some_and(|worst| fit + bonus < worst.score) {
                continue;
            }
            if worth.gone[entry / 64] >> (entry % 64) & 1 == 1 || !worth.allowed[self.segment.class(number)] {
                continue;
            }
            let near = distance.as_ref().map_or(0.0, |from| closeness(from.metres(self.segment.at(number))));
            let score = fit + WEIGHT * self.segment.weight(number) + NEAR * near;
            let candidate = Candidate { part, entry: number, score, step };
            if heap.len() >= most && heap.peek().is_some_and(|worst| candidate >= *worst) {
                continue;
            }
            if mixed.iter().all(|asked| self.answers(number, asked)) {
                heap.push(candidate);
                if heap.len() > most {
                    heap.pop();
                }
            }
        }
    }

    /// Entries that may fit: with a byte for every word, or (`loose`) for any, or for the whole. Found by the block, for
    /// most have none.
    fn touched(&self, loose: bool) -> impl Iterator<Item = usize> + '_ {
        const BLOCK: usize = 64;
        let count = self.segment.len();
        let fitting = move |from: usize| {
            let to = count.min(from + BLOCK);
            let mut fits = [u8::from(!loose); BLOCK];
            for word in &self.words {
                for (fit, byte) in fits.iter_mut().zip(&word[from..to]) {
                    let there = u8::from(*byte > 0);
                    *fit = if loose { *fit | there } else { *fit & there };
                }
            }
            if let Some(whole) = self.whole[0].get(from..to) {
                fits.iter_mut().zip(whole).for_each(|(fit, byte)| *fit |= u8::from(*byte > 0));
            }
            let any = fits.iter().fold(0, |any, fit| any | fit) > 0;
            (from..if any { to } else { from }).filter(move |entry| fits[entry - from] > 0)
        };
        (0..count).step_by(BLOCK).flat_map(fitting)
    }

    /// How well an entry fits all words, 0 to 1, and above when its whole name is what was asked.
    fn fit(&self, entry: usize, loose: bool) -> Option<f32> {
        let (mut found, mut named, mut sum, mut equal) = (0, false, 0.0, false);
        let whole = self.whole[0].get(entry).copied().unwrap_or(0);
        for word in &self.words {
            let byte = word[entry];
            if byte == 0 && !loose && whole == 0 {
                return None;
            }
            found += usize::from(byte > 0);
            named |= byte >= NAMED;
            equal |= byte == EQUAL;
            sum += worth(byte);
        }
        let count = self.words.len().max(1);
        let all = found == count && named;
        let enough = all || loose && found * 2 >= count && found > 0;
        let by_words = if !enough {
            0.0
        } else if all {
            sum / count as f32
        } else {
            0.7 * sum / count as f32
        };
        let equal = if whole == EQUAL || equal && count == 1 { 0.3 } else { 0.0 };
        let fit = by_words.max(worth(whole)) + equal;
        (fit > 0.0).then_some(fit)
    }

    /// Initials among syllables (ㅅ청) are looked up by the initials of all (ㅅㅊ); here the syllables are compared.
    fn answers(&self, entry: u32, asked: &Asked) -> bool {
        let Some((pattern, _)) = &asked.initials else { return true };
        let fits = |name: &str| {
            let words = fold::words(name, NAME, NAME_WORDS);
            let letters: Vec<char> = words.into_iter().flat_map(|word| word.letters).collect();
            letters.windows(pattern.len()).any(|window| answer(pattern, window, asked.open))
        };
        fits(self.segment.name(entry))
            || self.segment.names(entry).any(|(_, name)| fits(name))
            || self.segment.address(entry).is_some_and(|address| fits(&address.street))
    }
}

/// Do letters answer to a pattern of initials and syllables?
pub fn answer(pattern: &[char], letters: &[char], open: bool) -> bool {
    let last = pattern.len() - 1;
    pattern.iter().zip(letters).enumerate().all(|(at, (typed, c))| hangul::answers(*typed, *c, open && at == last))
}
