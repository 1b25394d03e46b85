//! The changes since the edition, in memory.
//!
//! A change makes a new state that shares nearly all with the one before, so readers keep theirs and nobody waits: entries
//! lie in chunks sorted by id, of which a change copies one. Boxes lie side by side in their chunk and are looked at one
//! after the other: some microseconds for ten thousand changes, after which a layer is due for a new edition anyway.

use std::{ops::Range, sync::Arc};

use map_feature::Feature;

use crate::{shape::Place, world::Area};

/// How many entries a chunk takes before it is divided.
const MOST: usize = 512;

/// What became of one feature.
pub(crate) struct Entry {
    pub id: String,
    pub version: u64,
    /// `None`: it is gone.
    pub feature: Option<Feature>,
    pub place: Option<Place>,
    pub shape: Vec<u8>,
    /// The row of the edition that no longer counts, and its box.
    pub row: Option<u32>,
    pub before: Area,
}

impl Entry {
    fn area(&self) -> Area {
        self.place.as_ref().map_or(Area::NOTHING, |place| place.area)
    }
}

#[derive(Clone)]
struct Chunk {
    entries: Vec<Arc<Entry>>,
    /// The box now and the box in the edition of each.
    areas: Vec<(Area, Area)>,
}

#[derive(Clone, Default)]
pub(crate) struct Delta {
    chunks: Vec<Arc<Chunk>>,
    pub hidden: Hidden,
    /// Entries in all, and those that are features.
    pub len: u64,
    pub alive: u64,
}

impl Delta {
    /// The chunk in which an id is or would be, and its place there.
    fn place(&self, id: &str) -> (usize, Result<usize, usize>) {
        let after = self.chunks.partition_point(|chunk| chunk.entries.first().is_some_and(|first| *first.id <= *id));
        let chunk = after.saturating_sub(1);
        let found = self.chunks.get(chunk).map(|chunk| chunk.entries.binary_search_by(|entry| (*entry.id).cmp(id)));
        (chunk, found.unwrap_or(Err(0)))
    }

    pub fn get(&self, id: &str) -> Option<&Entry> {
        let (chunk, Ok(at)) = self.place(id) else { return None };
        self.chunks.get(chunk)?.entries.get(at).map(|entry| &**entry)
    }

    /// One more entry, or another in the place of the one with the same id. Copies what a clone still looks at.
    pub fn put(&mut self, entry: Entry) {
        let (chunk, place) = self.place(&entry.id);
        if let Some(row) = entry.row {
            self.hidden.put(row);
        }
        self.alive += u64::from(entry.feature.is_some());
        let (areas, entry) = ((entry.area(), entry.before), Arc::new(entry));
        let Some(shared) = self.chunks.get_mut(chunk) else {
            self.chunks.push(Arc::new(Chunk { entries: vec![entry], areas: vec![areas] }));
            self.len += 1;
            return;
        };
        let own = Arc::make_mut(shared);
        match place {
            Ok(at) => {
                self.alive -= u64::from(own.entries[at].feature.is_some());
                own.entries[at] = entry;
                own.areas[at] = areas;
            }
            Err(at) => {
                own.entries.insert(at, entry);
                own.areas.insert(at, areas);
                self.len += 1;
            }
        }
        if own.entries.len() > MOST {
            let entries = own.entries.split_off(MOST / 2);
            let areas = own.areas.split_off(MOST / 2);
            self.chunks.insert(chunk + 1, Arc::new(Chunk { entries, areas }));
        }
    }

    pub fn all(&self) -> impl Iterator<Item = &Entry> {
        self.chunks.iter().flat_map(|chunk| chunk.entries.iter().map(|entry| &**entry))
    }

    /// Features whose boxes meet `area`, in the order of their ids; all features without one.
    pub fn meeting(&self, area: Option<Area>) -> impl Iterator<Item = &Entry> {
        let meets = move |now: &Area| area.is_none_or(|area| now.meets(area) && !now.is_nothing());
        let entries = self.chunks.iter().flat_map(|chunk| chunk.entries.iter().zip(&chunk.areas));
        entries
            .filter(move |(_, (now, _))| meets(now))
            .map(|(entry, _)| &**entry)
            .filter(|entry| entry.feature.is_some())
    }

    /// By how much the changes make an area fuller than the edition says.
    pub fn more(&self, area: Area) -> i64 {
        let counts = |one: &Area| i64::from(one.meets(area) && !one.is_nothing());
        self.chunks.iter().flat_map(|chunk| &chunk.areas).map(|(now, before)| counts(now) - counts(before)).sum()
    }
}

/// Rows of the edition that no longer count: bits in blocks that states share.
#[derive(Clone, Default)]
pub(crate) struct Hidden {
    blocks: Vec<Option<Arc<[u64; 64]>>>,
    pub len: u64,
}

impl Hidden {
    fn put(&mut self, row: u32) {
        if self.has(row) {
            return;
        }
        let block = row as usize / 4096;
        if self.blocks.len() <= block {
            self.blocks.resize(block + 1, None);
        }
        let bits = self.blocks[block].get_or_insert_with(|| Arc::new([0; 64]));
        Arc::make_mut(bits)[row as usize % 4096 / 64] |= 1 << (row % 64);
        self.len += 1;
    }

    #[inline]
    pub fn has(&self, row: u32) -> bool {
        let block = self.blocks.get(row as usize / 4096).and_then(Option::as_ref);
        block.is_some_and(|bits| bits[row as usize % 4096 / 64] >> (row % 64) & 1 == 1)
    }

    pub fn count(&self, rows: Range<u32>) -> u64 {
        if self.len == 0 {
            return 0;
        }
        let (mut count, mut row) = (0, rows.start);
        while row < rows.end {
            let block = row as usize / 4096;
            let end = rows.end.min((row / 4096).saturating_add(1).saturating_mul(4096));
            if let Some(Some(bits)) = self.blocks.get(block) {
                if end - row == 4096 {
                    count += bits.iter().map(|bits| u64::from(bits.count_ones())).sum::<u64>();
                } else {
                    count += (row..end).filter(|row| self.has(*row)).count() as u64;
                }
            } else if block >= self.blocks.len() {
                break;
            }
            row = end;
        }
        count
    }

    /// The row before which `skip` rows of a range count; the range must have as many.
    pub fn skip(&self, rows: Range<u32>, mut skip: u64) -> u32 {
        let mut row = rows.start;
        while self.len > 0 && row < rows.end {
            let end = rows.end.min((row / 4096).saturating_add(1).saturating_mul(4096));
            let visible = u64::from(end - row) - self.count(row..end);
            if skip < visible {
                for row in (row..end).filter(|row| !self.has(*row)) {
                    if skip == 0 {
                        return row;
                    }
                    skip -= 1;
                }
            }
            skip -= visible;
            row = end;
        }
        row.saturating_add(u32::try_from(skip).unwrap_or(u32::MAX)).min(rows.end)
    }
}
