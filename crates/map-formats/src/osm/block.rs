//! Blocks of nodes, ways and relations with their strings.

use super::pbf::{Fields, Packed, Wire, zigzag};
use crate::Result;

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
