use std::collections::{BTreeMap, BTreeSet};

use crate::SearchDocument;
use crate::snippet::{Piece, snippet};
use crate::tokens::{Token, tokens};

/// BM25's usual constants.
const K1: f64 = 1.2;
const B: f64 = 0.75;
/// A word in the title weighs as much as this many in the text.
const TITLE: f64 = 4.0;
/// Words with at least this many letters also find longer words that begin with them.
const PREFIX: usize = 3;
/// Longest question, in words.
const WORDS: usize = 16;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    #[default]
    Relevance,
    /// Newest first; undated last.
    Date,
}

#[derive(Debug, Clone, Default)]
pub struct Query<'q> {
    pub text: &'q str,
    /// Only this kind; all when empty.
    pub kind: &'q str,
    pub sort: Sort,
    /// How many hits to leave out, for the next pages.
    pub skip: usize,
    pub take: usize,
}

pub struct Hit<'i> {
    pub document: &'i SearchDocument,
    pub title: Vec<Piece>,
    pub snippet: Vec<Piece>,
}

pub struct Answer<'i> {
    /// Hits of the wanted kind, before `skip` and `take`.
    pub total: usize,
    /// Kinds among all hits and how often, most frequent first.
    pub kinds: Vec<(&'static str, usize)>,
    pub hits: Vec<Hit<'i>>,
}

struct Posting {
    document: u32,
    /// Places in the document, rising; the title comes first.
    places: Vec<u32>,
}

/// An index over documents that do not change; a new one is made when they do.
#[derive(Default)]
pub struct Index {
    documents: Vec<SearchDocument>,
    /// Number of title tokens and of all tokens.
    lengths: Vec<(u32, u32)>,
    postings: BTreeMap<String, Vec<Posting>>,
    average: f64,
}

impl Index {
    pub fn new(documents: Vec<SearchDocument>) -> Index {
        let mut index = Index { documents, ..Index::default() };
        for number in 0..index.documents.len() {
            index.add(number);
        }
        let total: f64 = index.lengths.iter().map(|(_, all)| f64::from(*all)).sum();
        index.average = (total / index.lengths.len().max(1) as f64).max(1.0);
        index
    }

    pub fn len(&self) -> usize {
        self.documents.len()
    }

    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    fn add(&mut self, number: usize) {
        let document = &self.documents[number];
        let title = tokens(&document.title);
        let title_length = title.len() as u32;
        // A gap, so that no phrase runs from the title into the text.
        let placed = title.into_iter().zip(0..).chain(tokens(&document.text).into_iter().zip(title_length + 1..));
        let mut all = 0;
        for (token, place) in placed {
            all += 1;
            let list = self.postings.entry(token.text).or_default();
            match list.last_mut() {
                Some(posting) if posting.document == number as u32 => posting.places.push(place),
                _ => list.push(Posting { document: number as u32, places: vec![place] }),
            }
        }
        self.lengths.push((title_length, all));
    }

    /// All words must be there; when no document has them all, any word will do.
    pub fn ask(&self, query: &Query) -> Answer<'_> {
        let words = query_words(query.text);
        let per_word: Vec<BTreeMap<u32, f64>> = words.iter().map(|word| self.score_word(word)).collect();
        let mut ranked = combine(&per_word, true);
        if ranked.is_empty() {
            ranked = combine(&per_word, false);
        }
        let kinds = self.kinds(&ranked);
        ranked.retain(|(number, _)| query.kind.is_empty() || self.document(*number).kind == query.kind);
        self.sort(&mut ranked, query.sort);
        let matched: Vec<&Token> = words.iter().flatten().collect();
        let hits = ranked.iter().skip(query.skip).take(query.take).map(|(number, _)| {
            let document = self.document(*number);
            Hit {
                document,
                title: snippet(&document.title, &matched, usize::MAX),
                snippet: snippet(&document.text, &matched, 200),
            }
        });
        Answer { total: ranked.len(), kinds, hits: hits.collect() }
    }

    fn document(&self, number: u32) -> &SearchDocument {
        &self.documents[number as usize]
    }

    fn kinds(&self, ranked: &[(u32, f64)]) -> Vec<(&'static str, usize)> {
        let mut counted: BTreeMap<&'static str, usize> = BTreeMap::new();
        for (number, _) in ranked {
            *counted.entry(self.document(*number).kind).or_default() += 1;
        }
        let mut kinds: Vec<_> = counted.into_iter().collect();
        kinds.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        kinds
    }

    fn sort(&self, ranked: &mut [(u32, f64)], sort: Sort) {
        match sort {
            // Equal scores keep the order in which the systems gave them.
            Sort::Relevance => ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0))),
            Sort::Date => ranked.sort_by_key(|(number, _)| std::cmp::Reverse(self.document(*number).date)),
        }
    }

    /// Documents with this word (a phrase when it is several tokens) and how well it fits.
    fn score_word(&self, word: &[Token]) -> BTreeMap<u32, f64> {
        let strict = self.phrase(word);
        if !strict.is_empty() || word.len() < 2 {
            return strict;
        }
        self.most_of(word)
    }

    /// Consecutive tokens; the last Latin one may be the beginning of a longer word.
    fn phrase(&self, word: &[Token]) -> BTreeMap<u32, f64> {
        let places: Vec<BTreeMap<u32, BTreeSet<u32>>> = word.iter().map(|token| self.places(token)).collect();
        let Some((first, rest)) = places.split_first() else { return BTreeMap::new() };
        let mut found: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (document, starts) in first {
            let follows = |start: &u32| {
                rest.iter()
                    .enumerate()
                    .all(|(step, next)| next.get(document).is_some_and(|set| set.contains(&(start + 1 + step as u32))))
            };
            let starts: Vec<u32> = starts.iter().copied().filter(follows).collect();
            if !starts.is_empty() {
                found.insert(*document, starts);
            }
        }
        self.weigh(&found)
    }

    /// Written with other spaces (`주거 지원` for `주거지원`): at least three fifths of the pairs.
    fn most_of(&self, word: &[Token]) -> BTreeMap<u32, f64> {
        let mut found: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        let mut hit_pairs: BTreeMap<u32, usize> = BTreeMap::new();
        for token in word {
            for (document, places) in self.places(token) {
                *hit_pairs.entry(document).or_default() += 1;
                found.entry(document).or_default().extend(places);
            }
        }
        found.retain(|document, _| hit_pairs[document] * 5 >= word.len() * 3);
        let mut weighed = self.weigh(&found);
        weighed.values_mut().for_each(|score| *score *= 0.5);
        weighed
    }

    fn places(&self, token: &Token) -> BTreeMap<u32, BTreeSet<u32>> {
        let mut found: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
        let mut take = |list: &[Posting]| {
            for posting in list {
                found.entry(posting.document).or_default().extend(&posting.places);
            }
        };
        if token.pair || token.text.chars().count() < PREFIX {
            self.postings.get(&token.text).into_iter().for_each(|list| take(list));
        } else {
            let begins =
                self.postings.range(token.text.clone()..).take_while(|(text, _)| text.starts_with(&token.text));
            begins.for_each(|(_, list)| take(list));
        }
        found
    }

    fn weigh(&self, found: &BTreeMap<u32, Vec<u32>>) -> BTreeMap<u32, f64> {
        let (n, df) = (self.documents.len() as f64, found.len() as f64);
        let idf = (1.0 + (n - df + 0.5) / (df + 0.5)).ln();
        let score = |(document, places): (&u32, &Vec<u32>)| {
            let (title, all) = self.lengths[*document as usize];
            let in_title = places.iter().filter(|place| **place < title).count() as f64;
            let tf = in_title * TITLE + (places.len() as f64 - in_title);
            let length = 1.0 - B + B * f64::from(all) / self.average;
            (*document, idf * tf * (K1 + 1.0) / (tf + K1 * length))
        };
        found.iter().map(score).collect()
    }
}

/// Words between spaces, each as its tokens.
fn query_words(text: &str) -> Vec<Vec<Token>> {
    text.split_whitespace().map(tokens).filter(|word| !word.is_empty()).take(WORDS).collect()
}

fn combine(per_word: &[BTreeMap<u32, f64>], all: bool) -> Vec<(u32, f64)> {
    let mut sums: BTreeMap<u32, (usize, f64)> = BTreeMap::new();
    for (document, score) in per_word.iter().flatten() {
        let sum = sums.entry(*document).or_default();
        sum.0 += 1;
        sum.1 += score;
    }
    let enough = |count: usize| !all || count == per_word.len();
    sums.into_iter().filter(|(_, (count, _))| enough(*count)).map(|(document, (_, score))| (document, score)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(title: &str, text: &str, kind: &'static str) -> SearchDocument {
        SearchDocument { href: format!("/{title}"), title: title.into(), text: text.into(), kind, date: None }
    }

    fn index() -> Index {
        Index::new(vec![
            document("정류장 그늘막", "버스 정류장 그늘막을 설치해 주세요", "idea"),
            document("주거 지원", "청년을 위한 주거 지원 안내", "page"),
            document("League 2003", "Cities ranked by their websites in 2003", "league"),
            document("Seoul", "Seoul came first in the league of 2003, 2005 and 2007", "city"),
        ])
    }

    fn titles(text: &str) -> Vec<String> {
        let index = index();
        let answer = index.ask(&Query { text, take: 10, ..Query::default() });
        answer.hits.iter().map(|hit| hit.document.title.clone()).collect()
    }

    #[test]
    fn korean_compounds_and_particles_are_found() {
        assert_eq!(titles("정류장"), ["정류장 그늘막"]);
        assert_eq!(titles("그늘막"), ["정류장 그늘막"]);
        assert_eq!(titles("주거지원"), ["주거 지원"], "other spacing");
    }

    #[test]
    fn a_title_outranks_the_text_and_beginnings_of_words_count() {
        assert_eq!(titles("league"), ["League 2003", "Seoul"]);
        assert_eq!(titles("webs"), ["League 2003"]);
    }

    #[test]
    fn all_words_are_wanted_but_any_is_better_than_nothing() {
        assert_eq!(titles("seoul 2007"), ["Seoul"]);
        assert_eq!(titles("seoul helicopter"), ["Seoul"]);
        assert!(titles("helicopter").is_empty());
        assert!(titles("").is_empty());
    }

    #[test]
    fn kinds_are_counted_before_and_filtered_after() {
        let index = index();
        let answer = index.ask(&Query { text: "2003", kind: "city", take: 10, ..Query::default() });
        assert_eq!(answer.total, 1);
        assert_eq!(answer.kinds.iter().map(|(_, count)| count).sum::<usize>(), 2);
    }

    #[test]
    fn sorting_by_date_puts_the_newest_first() {
        let mut old = document("old", "report", "page");
        old.date = Some(jiff::civil::date(2020, 1, 1));
        let mut new = document("new", "report", "page");
        new.date = Some(jiff::civil::date(2026, 1, 1));
        let index = Index::new(vec![document("undated", "report", "page"), old, new]);
        let answer = index.ask(&Query { text: "report", sort: Sort::Date, take: 10, ..Query::default() });
        let titles: Vec<&str> = answer.hits.iter().map(|hit| hit.document.title.as_str()).collect();
        assert_eq!(titles, ["new", "old", "undated"]);
    }
}
