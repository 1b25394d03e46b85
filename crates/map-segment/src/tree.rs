//! The index: boxes of features in the order of the Hilbert curve, and over each sixteen of them a box around them, and so
//! on to the root. Packed full, so a node's place says which features lie below it and how many: node `i` of level `l`
//! holds the features from `i · 16^l` to before `(i + 1) · 16^l`.

use std::ops::{ControlFlow, Range};

use crate::{
    Error, Result,
    mapped::Bytes,
    section::{Sections, Span},
    world::Area,
};

const WAYS: u32 = 16;

pub(crate) struct Tree {
    /// 16 bytes a feature.
    leaves: Bytes,
    /// The levels above, the lowest first.
    nodes: Bytes,
    /// Where each level above the leaves begins in `nodes` and how many nodes it has.
    levels: Vec<(u32, u32)>,
    len: u32,
}

fn levels(len: u32) -> Vec<(u32, u32)> {
    let (mut levels, mut start, mut count) = (Vec::new(), 0, len);
    while count > 1 || (levels.is_empty() && count == 1) {
        count = count.div_ceil(WAYS);
        levels.push((start, count));
        start += count;
    }
    levels
}

impl Tree {
    /// Writes the leaves and then the nodes.
    pub fn write(out: &mut Sections, boxes: impl Iterator<Item = Area>) -> Result<(Span, Span)> {
        let (mut level, mut around, mut count) = (Vec::new(), Area::NOTHING, 0u32);
        for area in boxes {
            out.put(&area.to_bytes())?;
            around = around.joined(area);
            count += 1;
            if count.is_multiple_of(WAYS) {
                level.push(std::mem::replace(&mut around, Area::NOTHING));
            }
        }
        if !count.is_multiple_of(WAYS) {
            level.push(around);
        }
        let leaves = out.end()?;
        while !level.is_empty() {
            for area in &level {
                out.put(&area.to_bytes())?;
            }
            if level.len() == 1 {
                break;
            }
            level = level
                .chunks(WAYS as usize)
                .map(|some| some.iter().fold(Area::NOTHING, |around, area| around.joined(*area)))
                .collect();
        }
        Ok((leaves, out.end()?))
    }

    pub fn open(leaves: Span, nodes: Span, file: &Bytes, len: u32) -> Result<Tree> {
        let levels = levels(len);
        let above = levels.last().map_or(0, |(start, count)| u64::from(*start) + u64::from(*count));
        if leaves.len != u64::from(len) * 16 || nodes.len != above * 16 {
            return Err(Error::Damaged("the index does not hold the features"));
        }
        Ok(Tree { leaves: leaves.of(file)?, nodes: nodes.of(file)?, levels, len })
    }

    #[inline]
    pub fn leaf(&self, row: u32) -> Option<Area> {
        area(&self.leaves, row)
    }

    /// Level 0 are the features. For whoever walks through the tree alone.
    pub fn node(&self, level: usize, at: u32) -> Option<Area> {
        match level.checked_sub(1) {
            None => self.leaf(at),
            Some(above) => {
                let (start, count) = *self.levels.get(above)?;
                if at < count { area(&self.nodes, start + at) } else { None }
            }
        }
    }

    /// The level of the root; `None` for an empty tree.
    pub fn root(&self) -> Option<usize> {
        if self.levels.is_empty() { None } else { Some(self.levels.len()) }
    }

    /// The nodes below a node.
    pub fn below(&self, level: usize, at: u32) -> Range<u32> {
        let count = match level {
            0 => return 0..0,
            1 => self.len,
            level => self.levels.get(level - 2).map_or(0, |(_, count)| *count),
        };
        let start = u64::from(at) * u64::from(WAYS);
        let end = (start + u64::from(WAYS)).min(u64::from(count));
        start.min(end) as u32..end as u32
    }

    /// The features below a node.
    fn rows(&self, level: usize, at: u32) -> Range<u32> {
        let each = u64::from(WAYS).pow(level as u32);
        let end = ((u64::from(at) + 1) * each).min(u64::from(self.len));
        (u64::from(at) * each).min(end) as u32..end as u32
    }

    /// Calls `found` with the rows whose boxes meet `area`, in order, in ranges as long as it goes.
    pub fn search(&self, area: Area, found: &mut impl FnMut(Range<u32>) -> ControlFlow<()>) {
        let root = self.root().and_then(|root| Some((root, self.node(root, 0)?)));
        if let Some((root, around)) = root.filter(|(_, around)| around.meets(area)) {
            let _ = self.enter(root, 0, around, area, found);
        }
    }

    /// What is below a node that meets the area.
    fn enter(
        &self,
        level: usize,
        at: u32,
        around: Area,
        asked: Area,
        found: &mut impl FnMut(Range<u32>) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        if asked.holds(around) {
            return found(self.rows(level, at));
        }
        let below = self.below(level, at);
        if level > 1 {
            for (child, around) in below.clone().zip(self.boxes(level - 1, below)) {
                if around.meets(asked) {
                    self.enter(level - 1, child, around, asked, found)?;
                }
            }
            return ControlFlow::Continue(());
        }
        let (mut start, mut row) = (below.start, below.start);
        for around in self.boxes(0, below) {
            if !around.meets(asked) {
                if start < row {
                    found(start..row)?;
                }
                start = row + 1;
            }
            row += 1;
        }
        if start < row { found(start..row) } else { ControlFlow::Continue(()) }
    }

    /// The boxes of some nodes of a level.
    #[inline]
    fn boxes(&self, level: usize, nodes: Range<u32>) -> impl Iterator<Item = Area> {
        let (bytes, first): (&[u8], u32) = match level.checked_sub(1) {
            None => (&self.leaves, 0),
            Some(above) => (&self.nodes, self.levels.get(above).map_or(0, |(start, _)| *start)),
        };
        let at = |node: u32| (first as usize + node as usize) * 16;
        let bytes = bytes.get(at(nodes.start)..at(nodes.end)).unwrap_or_default();
        bytes.as_chunks::<16>().0.iter().map(|bytes| Area::from_bytes(*bytes))
    }

    /// How many boxes meet an area.
    pub fn count(&self, area: Area) -> u64 {
        let root = self.root().and_then(|root| Some((root, self.node(root, 0)?)));
        root.filter(|(_, around)| around.meets(area)).map_or(0, |(root, around)| self.counted(root, 0, around, area))
    }

    fn counted(&self, level: usize, at: u32, around: Area, asked: Area) -> u64 {
        if asked.holds(around) {
            let rows = self.rows(level, at);
            return u64::from(rows.end - rows.start);
        }
        let below = self.below(level, at);
        if level == 1 {
            return self.boxes(0, below).map(|around| u64::from(around.meets(asked))).sum();
        }
        let nodes = below.clone().zip(self.boxes(level - 1, below)).filter(|(_, around)| around.meets(asked));
        nodes.map(|(child, around)| self.counted(level - 1, child, around, asked)).sum()
    }
}

#[inline]
fn area(bytes: &[u8], at: u32) -> Option<Area> {
    bytes.get(at as usize * 16..)?.first_chunk::<16>().map(|bytes| Area::from_bytes(*bytes))
}
