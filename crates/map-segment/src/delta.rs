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

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::*;

    fn entry(number: u32, alive: bool) -> Entry {
        let feature = alive.then(Feature::default);
        let at = Area { x0: number, y0: 0, x1: number, y1: 0 };
        let bounds = at.bounds();
        let place = alive.then_some(Place { area: at, bounds });
        let (row, before) = (number.is_multiple_of(3).then_some(number), Area { x0: number + 1, x1: number + 1, ..at });
        let before = if row.is_some() { before } else { Area::NOTHING };
        Entry { id: format!("{number:x}"), version: 1, feature, place, shape: Vec::new(), row, before }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]

        #[test]
        fn many_changes_are_as_a_map(changes in prop::collection::vec((0..20_000u32, any::<bool>()), 0..3000), x in 0..20_000u32, width in 0..20_000u32) {
            let (mut delta, mut judge) = (Delta::default(), BTreeMap::new());
            let mut earlier = None;
            for (step, &(number, alive)) in changes.iter().enumerate() {
                if step == changes.len() / 2 {
                    earlier = Some((delta.clone(), judge.clone()));
                }
                delta.put(entry(number, alive));
                judge.insert(format!("{number:x}"), (number, alive));
            }
            // What was cloned before has not changed.
            for (delta, judge) in earlier.into_iter().chain([(delta, judge)]) {
                prop_assert_eq!(delta.len, judge.len() as u64);
                prop_assert_eq!(delta.alive, judge.values().filter(|(_, alive)| *alive).count() as u64);
                prop_assert!(delta.all().map(|entry| &entry.id).eq(judge.keys()));
                for (id, (_, alive)) in &judge {
                    prop_assert_eq!(delta.get(id).map(|entry| entry.feature.is_some()), Some(*alive));
                }
                prop_assert!(delta.get("x").is_none());
                let area = Area { x0: x, y0: 0, x1: x + width, y1: 9 };
                let inside = |at: u32| (area.x0..=area.x1).contains(&at);
                let met = judge.iter().filter(|(_, (number, alive))| *alive && inside(*number)).map(|(id, _)| id);
                prop_assert!(delta.meeting(Some(area)).map(|entry| &entry.id).eq(met.clone()));
                let before = judge.values().filter(|(number, _)| number % 3 == 0 && inside(number + 1)).count();
                prop_assert_eq!(delta.more(area), met.count() as i64 - before as i64);
            }
        }

        #[test]
        fn hidden_rows_are_as_a_set(rows in prop::collection::btree_set(0..20_000u32, 0..6000), start in 0..20_000u32, len in 0..20_000u32, skip in 0..9000u64) {
            let mut hidden = Hidden::default();
            rows.iter().chain(&rows).for_each(|row| hidden.put(*row));
            prop_assert_eq!(hidden.len, rows.len() as u64);
            let range = start..start + len;
            let inside: BTreeSet<u32> = rows.range(range.clone()).copied().collect();
            prop_assert_eq!(hidden.count(range.clone()), inside.len() as u64);
            let expected = range.clone().filter(|row| !inside.contains(row)).nth(skip as usize);
            if let Some(expected) = expected {
                let found = hidden.skip(range, skip);
                prop_assert!((found..expected).all(|row| inside.contains(&row)) && found <= expected);
            }
        }
    }
}
