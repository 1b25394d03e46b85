//! How well an entry fits a word, as a byte: from [`NAMED`] on by a name or street, below by where the entry is.

use crate::{query::typos, segment::Segment, terms::Near};

/// The least byte of a word found in a name.
pub const NAMED: u8 = 64;
/// A whole name is just what was asked.
pub const EQUAL: u8 = 255;
/// Worth of a role, by its number: whole name, word, street, part of a number, inside of a word, place.
const WORTH: [f32; 8] = [250.0, 225.0, 220.0, 160.0, 150.0, 62.0, 0.0, 0.0];

/// A byte as a share.
pub fn worth(byte: u8) -> f32 {
    if byte < NAMED { f32::from(byte) * (0.7 / 62.0) } else { f32::from(byte) / 255.0 }
}

/// Marks the entries of a term, whose quality is 0 to 1.
fn mark(segment: &Segment, term: u32, quality: f32, whole: bool, fits: &mut [Vec<u8>]) {
    let mut bytes = [0u8; 8];
    for (role, (byte, worth)) in bytes.iter_mut().zip(WORTH).enumerate() {
        let value = (worth * quality) as u8;
        *byte = if role == 5 { value.clamp(2, 62) } else { value.clamp(NAMED, EQUAL - 1) };
    }
    if whole {
        bytes[0] = EQUAL;
    }
    for posting in segment.terms.postings(term) {
        let byte = bytes[(posting & 7) as usize];
        for word in fits.iter_mut() {
            let fit = &mut word[(posting >> 3) as usize];
            *fit = (*fit).max(byte);
        }
    }
}

pub fn exact(segment: &Segment, term: &[u16], quality: f32, fits: &mut [Vec<u8>]) {
    if let Some(found) = segment.terms.exact(term) {
        mark(segment, found, quality, quality == 1.0, fits);
    }
}

/// Terms that begin like this. What is missing costs a little: `quality` to 0.22 more.
pub fn begin(segment: &Segment, term: &[u16], quality: f32, fits: &mut [Vec<u8>]) {
    for found in segment.terms.beginning(term) {
        let ratio = term.len() as f32 / segment.terms.term(found).len() as f32;
        mark(segment, found, quality + 0.22 * ratio, false, fits);
    }
}

pub fn near(segment: &Segment, term: &[u16], open: bool, fits: &mut [Vec<u8>]) {
    let most = typos(term);
    let mut found: Vec<Near> = Vec::new();
    segment.terms.near(term, most, open, &mut found);
    for Near { terms, distance, begun } in found {
        let quality = match distance {
            0 => 0.7,
            1 => 0.62,
            _ => 0.45,
        };
        for found in terms {
            let length = segment.terms.term(found).len();
            let ratio = term.len().min(length) as f32 / length as f32;
            let quality = if begun { quality * (0.75 + 0.2 * ratio) } else { quality };
            mark(segment, found, quality, false, fits);
        }
    }
}
