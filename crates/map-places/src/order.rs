//! From candidates to hits: each name is looked at closely, and the best come first.

use std::{cmp::Reverse, collections::HashMap};

use crate::{
    Hit,
    distance::Distance,
    fold::{self, Word},
    marks::{Seen, see},
    query::Query,
    search::{Candidate, Step},
    segment::Segment,
};

pub struct Found<'f> {
    pub layer: &'f str,
    pub segment: &'f Segment,
    pub candidate: Candidate,
}

impl Found<'_> {
    /// The name or street that it shares with others.
    pub fn common(&self) -> (*const Segment, u32) {
        (self.segment, self.segment.common(self.candidate.entry))
    }
}

pub fn hits<'f>(
    query: &Query,
    found: impl Iterator<Item = Found<'f>>,
    near: Option<(f64, f64)>,
    limit: usize,
) -> Vec<Hit> {
    let distance = near.map(Distance::from);
    let mut looked: Vec<Looked> = found.map(|found| look(query, found, distance.as_ref())).collect();
    looked.sort_by_cached_key(|looked| {
        let Found { layer, segment, candidate } = &looked.found;
        let number = segment.number(candidate.entry);
        let digits = number.bytes().take_while(u8::is_ascii_digit).count();
        Key {
            score: Reverse((looked.score * 1000.0) as i64),
            metres: looked.metres.filter(|metres| metres.is_finite()).map_or(u64::MAX, |metres| metres as u64),
            number: (number[..digits].parse().unwrap_or(u64::MAX), number),
            name: segment.name(candidate.entry),
            id: (layer, segment.id(candidate.entry)),
        }
    });
    if looked.iter().any(|looked| looked.found.candidate.step > Step::Written) {
        looked = in_turn(looked, |looked| (looked.score, looked.found.common()));
    }
    looked.truncate(limit);
    looked.into_iter().map(|looked| hit(query, looked)).collect()
}

/// Where typos are forgiven many names fit alike, and one that a hundred things bear would hide the others: after
/// [`ALIKE`] of a name the others have their turn. Sorted by score before and after.
pub fn in_turn<T>(sorted: Vec<T>, of: impl Fn(&T) -> (f32, (*const Segment, u32))) -> Vec<T> {
    const ALIKE: u32 = 3;
    let mut seen: HashMap<_, u32> = HashMap::new();
    let mut turns: Vec<(Reverse<i64>, u32, T)> = Vec::with_capacity(sorted.len());
    for one in sorted {
        let (score, name) = of(&one);
        let bucket = (score * 20.0) as i64;
        let count = seen.entry((bucket, name)).or_default();
        turns.push((Reverse(bucket), *count / ALIKE, one));
        *count += 1;
    }
    turns.sort_by_key(|(bucket, turn, _)| (*bucket, *turn));
    turns.into_iter().map(|(.., one)| one).collect()
}

/// Of hits that score alike the nearer first, then by house number and name.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key<'f> {
    score: Reverse<i64>,
    metres: u64,
    number: (u64, &'f str),
    name: &'f str,
    id: (&'f str, &'f str),
}

struct Looked<'f> {
    found: Found<'f>,
    alias: Option<&'f str>,
    seen: Seen,
    score: f32,
    metres: Option<f64>,
}

/// An entry as a hit, nothing marked.
pub fn plain(layer: &str, segment: &Segment, entry: u32, metres: f64) -> Hit {
    Hit {
        layer: layer.to_owned(),
        id: segment.id(entry).to_owned(),
        name: segment.name(entry).to_owned(),
        alias: None,
        names: segment.names(entry).map(|(tag, name)| (tag.to_owned(), name.to_owned())).collect(),
        address: segment.address(entry),
        district: segment.district(entry).to_owned(),
        at: segment.at(entry),
        metres: Some(metres),
        score: 0.0,
        exact: true,
        marks: Vec::new(),
    }
}

fn look<'f>(query: &Query, found: Found<'f>, distance: Option<&Distance>) -> Looked<'f> {
    let Found { segment, candidate, .. } = found;
    let mut shown = segment.name(candidate.entry);
    let (mut seen, mut alias) = (see(query, shown), None);
    for (_, other) in segment.names(candidate.entry) {
        let also = see(query, other);
        if closeness(&also) > closeness(&seen) {
            (seen, alias, shown) = (also, Some(other), other);
        }
    }
    let score = candidate.score
        + if seen.equal { 1.0 } else { 0.0 }
        + if shown.to_lowercase() == query.text { 0.2 } else { 0.0 }
        + if seen.begins { 0.05 } else { 0.0 }
        + if seen.in_order { 0.02 } else { 0.0 }
        + 0.05 * seen.covered;
    let metres = distance.map(|from| from.metres(segment.at(candidate.entry)));
    Looked { found, alias, seen, score, metres }
}

fn hit(query: &Query, looked: Looked) -> Hit {
    let Looked { found: Found { layer, segment, candidate }, alias, seen, score, metres } = looked;
    let mut hit = plain(layer, segment, candidate.entry, 0.0);
    hit.exact = candidate.step != Step::Loose && written_somewhere(query, &seen, &hit);
    Hit { alias: alias.map(str::to_owned), marks: seen.marks, score, metres, ..hit }
}

fn closeness(seen: &Seen) -> f32 {
    let count = |list: &[bool]| list.iter().filter(|found| **found).count() as f32;
    count(&seen.written) + 0.5 * count(&seen.found) + seen.covered + if seen.equal { 9.0 } else { 0.0 }
}

/// Every word stands in the name, in the address or in the district just as it was asked.
fn written_somewhere(query: &Query, seen: &Seen, hit: &Hit) -> bool {
    if seen.equal || seen.written.iter().all(|written| *written) {
        return true;
    }
    let mut around: Vec<Word> = fold::words(&hit.district, 300, 24);
    if let Some(address) = &hit.address {
        let parts = [&address.street, &address.number, &address.postcode, &address.place];
        for part in parts.into_iter().chain(&address.forms) {
            around.extend(fold::words(part, 300, 24));
        }
    }
    let stands = |(at, written): (usize, &bool)| {
        let asked = &query.words[at];
        *written
            || around.iter().any(|word| {
                let text: String = word.letters.iter().collect();
                word.letters == asked.word.letters
                    || !asked.word.is_number() && asked.open && word.term().starts_with(&asked.term)
                    || crate::roman::spellings(&text)
                        .iter()
                        .any(|spelling| spelling.encode_utf16().eq(asked.term.iter().copied()))
            })
    };
    seen.written.iter().enumerate().all(stands)
}
