//! Texts, each kept once.

use hashbrown::{HashTable, hash_table::Entry};
use serde::{Deserialize, Serialize};
use siphasher::sip::SipHasher13;

use crate::{
    Error, Result,
    mapped::Bytes,
    packed::{Packed, PackedSpec},
    section::{Sections, Span},
};

/// The same on every machine and in every version.
pub(crate) fn hash(text: &[u8]) -> u64 {
    SipHasher13::new_with_keys(0x6d61_6461_6e67, 0x006d_6170).hash(text)
}

/// Gathers texts and numbers them in the order of their first coming.
#[derive(Default)]
pub(crate) struct Gathered {
    bytes: Vec<u8>,
    ends: Vec<usize>,
    table: HashTable<u32>,
}

impl Gathered {
    pub fn number(&mut self, text: &str) -> Result<u32> {
        let (bytes, ends) = (&mut self.bytes, &mut self.ends);
        let found = self.table.entry(
            hash(text.as_bytes()),
            |&at| at_of(bytes, ends, at) == text.as_bytes(),
            |&at| hash(at_of(bytes, ends, at)),
        );
        match found {
            Entry::Occupied(found) => Ok(*found.get()),
            Entry::Vacant(room) => {
                let number = u32::try_from(ends.len()).ok().filter(|number| *number < u32::MAX).ok_or(Error::Full)?;
                bytes.extend_from_slice(text.as_bytes());
                ends.push(bytes.len());
                room.insert(number);
                Ok(number)
            }
        }
    }

    pub fn get(&self, number: u32) -> &[u8] {
        at_of(&self.bytes, &self.ends, number)
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }
}

fn at_of<'a>(bytes: &'a [u8], ends: &[usize], number: u32) -> &'a [u8] {
    let number = number as usize;
    let start = number.checked_sub(1).map_or(0, |before| ends[before]);
    &bytes[start..ends[number]]
}

/// Texts by number in a file.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WordsSpec {
    bytes: Span,
    ends: PackedSpec,
    len: u64,
}

impl WordsSpec {
    pub fn len(&self) -> u64 {
        self.len
    }
}

#[derive(Clone)]
pub(crate) struct Words {
    bytes: Bytes,
    ends: Packed,
}

impl Words {
    /// `texts` is asked twice.
    pub fn write<'a, I>(out: &mut Sections, texts: impl Fn() -> I) -> Result<WordsSpec>
    where
        I: Iterator<Item = &'a [u8]>,
    {
        let (mut total, mut len) = (0u64, 0u64);
        for text in texts() {
            out.put(text)?;
            total += text.len() as u64;
            len += 1;
        }
        let bytes = out.end()?;
        let mut end = 0;
        let after = texts().map(|text| {
            end += text.len() as u64;
            end
        });
        let ends = Packed::write(out, total, std::iter::once(0).chain(after))?;
        Ok(WordsSpec { bytes, ends, len })
    }

    pub fn open(spec: &WordsSpec, file: &Bytes) -> Result<Words> {
        let ends = Packed::open(spec.ends, file, spec.len.saturating_add(1))?;
        Ok(Words { bytes: spec.bytes.of(file)?, ends })
    }

    #[inline]
    pub fn bytes(&self, number: u64) -> Option<&[u8]> {
        self.ends.slice(number, &self.bytes)
    }

    #[inline]
    pub fn get(&self, number: u64) -> Option<&str> {
        std::str::from_utf8(self.bytes(number)?).ok()
    }
}
