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

fn zigzag(value: u64) -> i64 {
    (value >> 1) as i64 ^ -((value & 1) as i64)
}

/// Packed numbers.
#[derive(Clone, Copy)]
pub(super) struct Packed<'a>(&'a [u8]);

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

/// One block with its strings and groups.
pub(super) struct Block<'a> {
    strings: Vec<&'a [u8]>,
    groups: Vec<&'a [u8]>,
    granularity: i64,
    offset: (i64, i64),
}

pub(super) struct Tags<'a, 'b> {
    block: &'b Block<'a>,
    pairs: Pairs<'a>,
}

#[derive(Clone, Copy)]
enum Pairs<'a> {
    Two(Packed<'a>, Packed<'a>),
    /// Key, value, key, value … of a dense node.
    One(Packed<'a>, usize),
}

impl<'a> Tags<'a, '_> {
    pub fn each(&self) -> Vec<(&'a str, &'a str)> {
        let text = |place: u64| {
            let bytes = usize::try_from(place).ok().and_then(|place| self.block.strings.get(place)).copied();
            bytes.and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
        };
        match self.pairs {
            Pairs::Two(keys, values) => keys.zip(values).map(|(key, value)| (text(key), text(value))).collect(),
            Pairs::One(mut both, count) => {
                let mut all = Vec::with_capacity(count.min(64));
                for _ in 0..count {
                    if let (Some(key), Some(value)) = (both.next(), both.next()) {
                        all.push((text(key), text(value)));
                    }
                }
                all
            }
        }
    }

    pub fn is_empty(&self) -> bool {
        match self.pairs {
            Pairs::Two(keys, _) => keys.0.is_empty(),
            Pairs::One(_, count) => count == 0,
        }
    }
}

pub(super) enum Thing<'a, 'b> {
    /// Longitude and latitude in 10⁻⁷ degrees.
    Node(i64, (i32, i32), Tags<'a, 'b>),
    Way(i64, Packed<'a>, Tags<'a, 'b>),
    Relation(i64, Members<'a, 'b>, Tags<'a, 'b>),
}

pub(super) struct Members<'a, 'b> {
    block: &'b Block<'a>,
    roles: Packed<'a>,
    ids: Packed<'a>,
    classes: Packed<'a>,
}

impl Members<'_, '_> {
    /// The ways among the members, and whether their role is `inner`.
    pub fn ways(&self) -> Vec<(i64, bool)> {
        let inner = |place: u64| {
            usize::try_from(place)
                .ok()
                .and_then(|place| self.block.strings.get(place))
                .is_some_and(|role| *role == b"inner")
        };
        let all = self.roles.zip(self.ids.deltas()).zip(self.classes);
        all.filter(|(_, class)| *class == 1).map(|((role, id), _)| (id, inner(role))).collect()
    }
}

/// Which things of a block are wanted.
#[derive(Clone, Copy)]
pub(super) struct Want {
    pub nodes: bool,
    pub ways: bool,
    pub relations: bool,
}

impl<'a> Block<'a> {
    pub fn read(bytes: &'a [u8]) -> Result<Block<'a>> {
        let mut block = Block { strings: Vec::new(), groups: Vec::new(), granularity: 100, offset: (0, 0) };
        for field in Fields(bytes) {
            match field? {
                (1, Wire::Bytes(table)) => {
                    for field in Fields(table) {
                        if let (1, Wire::Bytes(text)) = field? {
                            block.strings.push(text);
                        }
                    }
                }
                (2, Wire::Bytes(group)) => block.groups.push(group),
                (17, Wire::Varint(value)) => block.granularity = value as i64,
                (19, Wire::Varint(value)) => block.offset.1 = value as i64,
                (20, Wire::Varint(value)) => block.offset.0 = value as i64,
                _ => {}
            }
        }
        Ok(block)
    }

    fn position(&self, longitude: i64, latitude: i64) -> (i32, i32) {
        let scaled = |offset: i64, value: i64| {
            let nano = offset.saturating_add(self.granularity.saturating_mul(value));
            i32::try_from(nano / 100).unwrap_or(i32::MAX)
        };
        (scaled(self.offset.0, longitude), scaled(self.offset.1, latitude))
    }

    pub fn each<'b>(&'b self, want: Want, f: &mut dyn FnMut(Thing<'a, 'b>) -> Result<()>) -> Result<()> {
        for group in &self.groups {
            for field in Fields(group) {
                match field? {
                    (1, Wire::Bytes(node)) if want.nodes => f(self.node(node)?)?,
                    (2, Wire::Bytes(dense)) if want.nodes => self.dense(dense, f)?,
                    (3, Wire::Bytes(way)) if want.ways => f(self.way(way)?)?,
                    (4, Wire::Bytes(relation)) if want.relations => f(self.relation(relation)?)?,
                    _ => {}
                }
            }
        }
        Ok(())
    }

    fn node<'b>(&'b self, bytes: &'a [u8]) -> Result<Thing<'a, 'b>> {
        let (mut id, mut latitude, mut longitude) = (0, 0, 0);
        let (mut keys, mut values) = (Packed(&[]), Packed(&[]));
        for field in Fields(bytes) {
            match field? {
                (1, Wire::Varint(value)) => id = zigzag(value),
                (2, Wire::Bytes(bytes)) => keys = Packed(bytes),
                (3, Wire::Bytes(bytes)) => values = Packed(bytes),
                (8, Wire::Varint(value)) => latitude = zigzag(value),
                (9, Wire::Varint(value)) => longitude = zigzag(value),
                _ => {}
            }
        }
        let tags = Tags { block: self, pairs: Pairs::Two(keys, values) };
        Ok(Thing::Node(id, self.position(longitude, latitude), tags))
    }

    fn dense<'b>(&'b self, bytes: &'a [u8], f: &mut dyn FnMut(Thing<'a, 'b>) -> Result<()>) -> Result<()> {
        let (mut ids, mut latitudes, mut longitudes, mut pairs) = (Packed(&[]), Packed(&[]), Packed(&[]), Packed(&[]));
        for field in Fields(bytes) {
            match field? {
                (1, Wire::Bytes(bytes)) => ids = Packed(bytes),
                (8, Wire::Bytes(bytes)) => latitudes = Packed(bytes),
                (9, Wire::Bytes(bytes)) => longitudes = Packed(bytes),
                (10, Wire::Bytes(bytes)) => pairs = Packed(bytes),
                _ => {}
            }
        }
        for ((id, latitude), longitude) in ids.deltas().zip(latitudes.deltas()).zip(longitudes.deltas()) {
            let start = pairs;
            let mut count = 0;
            // Pairs of this node end at a zero.
            while let Some(key) = pairs.next().filter(|key| *key != 0) {
                let _ = (key, pairs.next());
                count += 1;
            }
            let tags = Tags { block: self, pairs: Pairs::One(start, count) };
            f(Thing::Node(id, self.position(longitude, latitude), tags))?;
        }
        Ok(())
    }

    fn way<'b>(&'b self, bytes: &'a [u8]) -> Result<Thing<'a, 'b>> {
        let mut id = 0;
        let (mut keys, mut values, mut nodes) = (Packed(&[]), Packed(&[]), Packed(&[]));
        for field in Fields(bytes) {
            match field? {
                (1, Wire::Varint(value)) => id = value as i64,
                (2, Wire::Bytes(bytes)) => keys = Packed(bytes),
                (3, Wire::Bytes(bytes)) => values = Packed(bytes),
                (8, Wire::Bytes(bytes)) => nodes = Packed(bytes),
                _ => {}
            }
        }
        Ok(Thing::Way(id, nodes, Tags { block: self, pairs: Pairs::Two(keys, values) }))
    }

    fn relation<'b>(&'b self, bytes: &'a [u8]) -> Result<Thing<'a, 'b>> {
        let mut id = 0;
        let (mut keys, mut values) = (Packed(&[]), Packed(&[]));
        let mut members = Members { block: self, roles: Packed(&[]), ids: Packed(&[]), classes: Packed(&[]) };
        for field in Fields(bytes) {
            match field? {
                (1, Wire::Varint(value)) => id = value as i64,
                (2, Wire::Bytes(bytes)) => keys = Packed(bytes),
                (3, Wire::Bytes(bytes)) => values = Packed(bytes),
                (8, Wire::Bytes(bytes)) => members.roles = Packed(bytes),
                (9, Wire::Bytes(bytes)) => members.ids = Packed(bytes),
                (10, Wire::Bytes(bytes)) => members.classes = Packed(bytes),
                _ => {}
            }
        }
        Ok(Thing::Relation(id, members, Tags { block: self, pairs: Pairs::Two(keys, values) }))
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
