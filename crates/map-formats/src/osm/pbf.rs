//! The file format of OpenStreetMap's extracts (wiki: PBF Format): blobs of protocol buffers.
//!
//! Own decoder: the crates at hand end the process on an unknown member type, and map files into memory.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use crate::{Error, Format, Result, source};

/// By the format's own rules.
const LONGEST_HEADER: u32 = 64 << 10;
const LONGEST_BLOB: u64 = 32 << 20;

pub(super) fn broken(why: impl std::fmt::Display) -> Error {
    Error::broken(Format::OsmPbf, why)
}

pub(super) struct Blobs {
    input: BufReader<File>,
    pub done: u64,
    pub total: u64,
}

pub(super) enum Blob {
    Header(Vec<u8>),
    Data(Vec<u8>),
    /// The file ends within a blob.
    Cut,
}

impl Blobs {
    pub fn open(path: &Path) -> Result<Blobs> {
        let file = source::open(path)?;
        let total = file.metadata()?.len();
        Ok(Blobs { input: BufReader::with_capacity(1 << 18, file), done: 0, total })
    }

    pub fn next(&mut self) -> Result<Option<Blob>> {
        loop {
            if self.done >= self.total {
                return Ok(None);
            }
            let Some(size) = self.bytes(4)? else { return Ok(Some(Blob::Cut)) };
            let size = size.first_chunk().map_or(0, |bytes| u32::from_be_bytes(*bytes));
            if size > LONGEST_HEADER {
                return Err(broken("a blob's header is too long"));
            }
            let Some(header) = self.bytes(u64::from(size))? else { return Ok(Some(Blob::Cut)) };
            let (mut class, mut length) = (Vec::new(), 0);
            for field in Fields(&header) {
                match field? {
                    (1, Wire::Bytes(name)) => class = name.to_vec(),
                    (3, Wire::Varint(size)) => length = size,
                    _ => {}
                }
            }
            if length > LONGEST_BLOB {
                return Err(broken("a blob is too long"));
            }
            let Some(blob) = self.bytes(length)? else { return Ok(Some(Blob::Cut)) };
            match class.as_slice() {
                b"OSMHeader" => return Ok(Some(Blob::Header(unpack(&blob)?))),
                b"OSMData" => return Ok(Some(Blob::Data(unpack(&blob)?))),
                _ => {}
            }
        }
    }

    fn bytes(&mut self, count: u64) -> Result<Option<Vec<u8>>> {
        let mut bytes = Vec::new();
        (&mut self.input).take(count).read_to_end(&mut bytes)?;
        self.done += bytes.len() as u64;
        if (bytes.len() as u64) < count {
            self.done = self.total;
            return Ok(None);
        }
        Ok(Some(bytes))
    }
}

fn unpack(blob: &[u8]) -> Result<Vec<u8>> {
    for field in Fields(blob) {
        match field? {
            (1, Wire::Bytes(raw)) => return Ok(raw.to_vec()),
            (3, Wire::Bytes(packed)) => {
                let mut raw = Vec::new();
                let inflated = flate2::read::ZlibDecoder::new(packed).take(LONGEST_BLOB + 1).read_to_end(&mut raw);
                inflated.map_err(broken)?;
                if raw.len() as u64 > LONGEST_BLOB {
                    return Err(broken("a blob unpacks to too much"));
                }
                return Ok(raw);
            }
            (4..=7, Wire::Bytes(_)) => return Err(broken("packed in a way that we do not read (only zlib)")),
            _ => {}
        }
    }
    Err(broken("a blob without contents"))
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Wire<'a> {
    Varint(u64),
    Bytes(&'a [u8]),
    Fixed,
}

/// The fields of a message.
pub(super) struct Fields<'a>(pub &'a [u8]);

impl<'a> Iterator for Fields<'a> {
    type Item = Result<(u64, Wire<'a>)>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let field = self.field();
        if field.is_none() {
            self.0 = &[];
        }
        Some(field.ok_or_else(|| broken("a message is cut off")))
    }
}

impl<'a> Fields<'a> {
    fn field(&mut self) -> Option<(u64, Wire<'a>)> {
        let key = varint(&mut self.0)?;
        let wire = match key & 7 {
            0 => Wire::Varint(varint(&mut self.0)?),
            1 => {
                self.0 = self.0.get(8..)?;
                Wire::Fixed
            }
            2 => {
                let length = usize::try_from(varint(&mut self.0)?).ok()?;
                let (here, rest) = self.0.split_at_checked(length)?;
                self.0 = rest;
                Wire::Bytes(here)
            }
            5 => {
                self.0 = self.0.get(4..)?;
                Wire::Fixed
            }
            _ => return None,
        };
        Some((key >> 3, wire))
    }
}

fn varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0_u64;
    for place in 0..10 {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u64::from(byte & 0x7f).checked_shl(place * 7)?;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

pub(super) fn zigzag(value: u64) -> i64 {
    (value >> 1) as i64 ^ -((value & 1) as i64)
}

/// Packed numbers.
#[derive(Clone, Copy)]
pub(super) struct Packed<'a>(pub &'a [u8]);

impl Iterator for Packed<'_> {
    type Item = u64;

    /// What is cut off ends the list.
    fn next(&mut self) -> Option<u64> {
        let next = varint(&mut self.0);
        if next.is_none() {
            self.0 = &[];
        }
        next
    }
}

impl<'a> Packed<'a> {
    /// Zigzag-coded differences, summed up.
    pub fn deltas(self) -> impl Iterator<Item = i64> + 'a {
        self.scan(0_i64, |sum, value| {
            *sum = sum.wrapping_add(zigzag(value));
            Some(*sum)
        })
    }
}

/// West, south, east, north in degrees, and the features that a reader must know.
pub(super) fn header(bytes: &[u8]) -> Result<(Option<[f64; 4]>, Vec<String>)> {
    let (mut bounds, mut required) = (None, Vec::new());
    for field in Fields(bytes) {
        match field? {
            (1, Wire::Bytes(message)) => {
                let mut sides = [0.0; 4];
                for field in Fields(message) {
                    if let (number @ 1..=4, Wire::Varint(value)) = field? {
                        let place = [0, 2, 3, 1][number as usize - 1];
                        sides[place] = zigzag(value) as f64 * 1e-9;
                    }
                }
                bounds = Some(sides);
            }
            (4, Wire::Bytes(name)) => required.push(String::from_utf8_lossy(name).into_owned()),
            _ => {}
        }
    }
    Ok((bounds, required))
}
