//! From one written address to one place, and how sure that is.

use crate::{
    Ask, Hit, Index, ParsedAddress,
    fold::{self, Word},
    marks::typos_between,
    parse_address,
    query::typos,
    roman,
};

/// How well a place answers to a written address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Quality {
    /// Nothing was found.
    None,
    /// The street, or something on it, but not that number.
    Street,
    /// With typos, or the number without its letter or after-number.
    Close,
    /// The very address, or a place of just that name.
    Exact,
}

impl Quality {
    /// As the result's column says it.
    pub fn word(self) -> &'static str {
        match self {
            Quality::None => "none",
            Quality::Street => "street",
            Quality::Close => "close",
            Quality::Exact => "exact",
        }
    }
}

/// What a written address was found to be.
#[derive(Debug, Clone, PartialEq)]
pub struct Located {
    pub hit: Hit,
    /// Never `None`.
    pub quality: Quality,
    /// 0 to 1.
    pub score: f32,
}

/// Hits looked at for each address: as many towns may have a street of that name.
const HITS: usize = 100;

impl Index {
    /// The place of a written address, or of a name. Of several alike that which lies in the town that was named, then
    /// the nearest to `near`.
    pub fn locate(&self, text: &str, near: Option<(f64, f64)>, may: &dyn Fn(&str, u16) -> bool) -> Option<Located> {
        let ask = |text: &str, limit| self.ask(&Ask { text, near, limit, typing: false, may });
        let by_address = parse_address(text).filter(|asked| asked.number.is_some()).and_then(|asked| {
            let number = asked.number.map_or_else(String::new, |number| number.to_string());
            let around = asked.places.join(" ");
            let street = &asked.street;
            // With the town, for a street that many towns have; without, for a town that the data does not name.
            let mut hits = ask(&format!("{street} {number} {around}"), HITS);
            hits.extend(ask(&format!("{street} {number}"), HITS));
            let found = best(&asked, hits);
            if found.as_ref().is_some_and(|found| found.quality > Quality::Street) {
                return found;
            }
            let mut on_street = ask(&format!("{street} {around}"), 10 * HITS);
            on_street.extend(ask(street, 10 * HITS));
            best(&asked, on_street).or(found)
        });
        if by_address.is_some() {
            return by_address;
        }
        let hit = ask(text, 1).into_iter().next()?;
        let quality = match (hit.exact, &hit.address) {
            (true, Some(address)) if !address.number.is_empty() && is_street(text, &address.street) => Quality::Street,
            (true, _) if hit.score > 1.0 => Quality::Exact,
            _ => Quality::Close,
        };
        let score = (hit.score / 2.0).clamp(0.0, if quality == Quality::Exact { 1.0 } else { 0.8 });
        Some(Located { quality, score, hit })
    }
}

fn is_street(text: &str, street: &str) -> bool {
    joined(text) == joined(street)
}

fn joined(text: &str) -> Vec<u16> {
    fold::words(text, 200, 16).iter().flat_map(Word::term).collect()
}

/// The hit that answers best, if its street does at all.
fn best(asked: &ParsedAddress, hits: Vec<Hit>) -> Option<Located> {
    let street = joined(&asked.street);
    let scored = hits.into_iter().filter_map(|hit| {
        let (typos, number) =
            streets(&hit).iter().filter_map(|(name, number)| answers(&street, name, number, asked)).min()?;
        let quality = match (typos, number) {
            (0, Apart::Same) => Quality::Exact,
            (_, Apart::Same | Apart::Part) => Quality::Close,
            (_, Apart::By(_)) => Quality::Street,
        };
        Some((quality, around(asked, &hit), (typos, number), hit))
    });
    // The first of equals: the order of hits knows what is nearer.
    let (quality, around, (typos, _), hit) = scored.reduce(|best, next| {
        let key = |one: &(Quality, usize, (u8, Apart), Hit)| (one.1, std::cmp::Reverse(one.2));
        let better = (next.0 > Quality::Street).cmp(&(best.0 > Quality::Street)).then(key(&next).cmp(&key(&best)));
        if better.is_gt() { next } else { best }
    })?;
    let named = asked.places.len() + usize::from(asked.region.is_some()) + usize::from(asked.postcode.is_some());
    let base = match quality {
        Quality::Exact => 1.0,
        Quality::Close => 0.8,
        _ => 0.5,
    };
    let missing = if named > 0 { 0.1 * (named - around.min(named)) as f32 / named as f32 } else { 0.0 };
    Some(Located { quality, score: base - missing - 0.1 * f32::from(typos), hit })
}

/// How far a house number is from the one asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Apart {
    Same,
    /// Letter or after-number differ.
    Part,
    By(u32),
}

/// Street and number of a hit, from its address and its names.
fn streets(hit: &Hit) -> Vec<(String, String)> {
    let mut all = Vec::new();
    if let Some(address) = &hit.address {
        for street in std::iter::once(&address.street).chain(&address.forms) {
            all.push((street.clone(), address.number.clone()));
        }
    }
    for name in std::iter::once(&hit.name).chain(hit.names.iter().map(|(_, name)| name)) {
        if let Some(read) = parse_address(name) {
            let under = if read.underground { "지하 " } else { "" };
            all.extend(read.number.map(|number| (read.street, format!("{under}{number}"))));
        }
    }
    all
}

/// Typos in the street and how far the number is; `None` when it is another street.
fn answers(street: &[u16], name: &str, number: &str, asked: &ParsedAddress) -> Option<(u8, Apart)> {
    let letters: String = fold::words(name, 200, 16).iter().flat_map(|word| word.letters.clone()).collect();
    let written = std::iter::once(joined(name))
        .chain(roman::spellings(&letters).into_iter().map(|spelling| spelling.encode_utf16().collect::<Vec<u16>>()));
    let typos =
        written.filter_map(|name| typos_between(street, &name)).min().filter(|found| *found <= typos(street))?;
    let asked_number = asked.number?;
    let words = fold::words(number, 50, 4);
    let main = words.iter().find_map(Word::main_number)?;
    let main: u32 = main.iter().collect::<String>().parse().ok()?;
    let under = words.iter().any(|word| word.letters == ['지', '하']);
    let same = words
        .iter()
        .filter(|word| word.is_number())
        .any(|word| fold::words(&asked_number.to_string(), 50, 4).iter().any(|asked| asked.letters == word.letters));
    Some((
        typos,
        match main.abs_diff(asked_number.main) {
            0 if same && under == asked.underground => Apart::Same,
            0 => Apart::Part,
            by => Apart::By(by),
        },
    ))
}

/// How many of the places named are where the hit is.
fn around(asked: &ParsedAddress, hit: &Hit) -> usize {
    let mut there = hit.district.clone();
    if let Some(address) = &hit.address {
        there = [&there, &address.place, &address.postcode].map(String::as_str).join(" ");
    }
    let there = fold::words(&there, 300, 24);
    let stands = |place: &&String| {
        fold::words(place, 100, 8).iter().any(|asked| {
            there.iter().any(|word| {
                word.letters == asked.letters
                    || word.is_cjk()
                        && roman::spellings(&word.letters.iter().collect::<String>())
                            .iter()
                            .any(|text| text.chars().eq(asked.letters.iter().copied()))
            })
        })
    };
    asked.places.iter().chain(&asked.region).chain(&asked.postcode).filter(stands).count()
}

#[cfg(test)]
mod tests;
