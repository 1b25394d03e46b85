//! From candidates to hits: each name is looked at closely, and the best come first.

use std::cmp::Ordering;

use crate::{
    Hit,
    fold::{self, Word},
    marks::{Seen, see},
    query::Query,
    search::{Candidate, Distance, Step},
    segment::Segment,
};

pub struct Found<'f> {
    pub layer: &'f str,
    pub segment: &'f Segment,
    pub candidate: Candidate,
}

pub fn hits<'f>(
    query: &Query,
    found: impl Iterator<Item = Found<'f>>,
    near: Option<(f64, f64)>,
    limit: usize,
) -> Vec<Hit> {
    let distance = near.map(Distance::from);
    let mut hits: Vec<Hit> = found.map(|found| hit(query, &found, distance.as_ref())).collect();
    hits.sort_by_cached_key(|hit| Key {
        score: std::cmp::Reverse((hit.score * 1000.0) as i64),
        metres: hit.metres.filter(|metres| metres.is_finite()).map_or(u64::MAX, |metres| metres as u64),
        number: number(hit),
        name: hit.name.clone(),
        id: (hit.layer.clone(), hit.id.clone()),
    });
    hits.truncate(limit);
    hits
}

/// Of hits that score alike the nearer first, then by house number and name.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    score: std::cmp::Reverse<i64>,
    metres: u64,
    number: (u64, String),
    name: String,
    id: (String, String),
}

fn number(hit: &Hit) -> (u64, String) {
    let text = hit.address.as_ref().map_or("", |address| address.number.as_str());
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    (digits.parse().unwrap_or(u64::MAX), text.to_owned())
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

fn hit(query: &Query, found: &Found, distance: Option<&Distance>) -> Hit {
    let Found { layer, segment, candidate } = found;
    let mut hit = plain(layer, segment, candidate.entry, 0.0);
    hit.metres = distance.map(|from| from.metres(hit.at));
    let mut seen = see(query, &hit.name);
    for (_, other) in &hit.names {
        let also = see(query, other);
        if closeness(&also).total_cmp(&closeness(&seen)) == Ordering::Greater {
            (seen, hit.alias) = (also, Some(other.clone()));
        }
    }
    let shown = hit.alias.as_ref().unwrap_or(&hit.name);
    let same_letters = shown.to_lowercase() == query.text;
    hit.score = candidate.score
        + if seen.equal { 1.0 } else { 0.0 }
        + if same_letters { 0.2 } else { 0.0 }
        + if seen.begins { 0.05 } else { 0.0 }
        + if seen.in_order { 0.02 } else { 0.0 }
        + 0.05 * seen.covered;
    hit.exact = candidate.step != Step::Loose && written_somewhere(query, &seen, &hit);
    hit.marks = seen.marks;
    hit
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
