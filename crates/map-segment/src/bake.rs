//! Tiles baked into one file: PMTiles, version 3 (github.com/protomaps/PMTiles, spec/v3/spec.md).

use std::{
    io::{self, Seek, Write},
    ops::RangeInclusive,
};

use flate2::{Compression, write::GzEncoder};
use hashbrown::HashMap;

use crate::{Live, Result, View, frame::Frame, live::Snapshot, varint, words};

/// What is said about the whole file, as JSON in its metadata.
#[derive(Debug, Clone, Copy, Default)]
pub struct About<'a> {
    pub name: &'a str,
    pub description: &'a str,
    /// Whom to thank and under which licence.
    pub attribution: &'a str,
}

/// What was baked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Baked {
    /// Tiles that are not empty, and those of them that differ.
    pub tiles: u64,
    pub different: u64,
    pub bytes: u64,
}

/// Entries in a row with the same bytes.
#[derive(Debug, Clone, Copy)]
struct Entry {
    id: u64,
    at: u64,
    len: u32,
    run: u32,
}

const HEADER: u64 = 127;
/// Header and root directory must lie in the first 16 KiB.
const ROOT: usize = 16_384 - HEADER as usize;

impl Live {
    /// Writes all tiles of some zoom levels (at most 24), each compressed with gzip, as one PMTiles archive. `out` is written
    /// from its start; `progress` hears how many tiles are done.
    ///
    /// Errors: what `out` says, and damage in the edition.
    pub fn bake<W: Write + Seek>(
        &self,
        zooms: RangeInclusive<u8>,
        view: &View<'_>,
        about: About<'_>,
        out: &mut W,
        progress: &mut dyn FnMut(u64),
    ) -> Result<Baked> {
        let now = self.now();
        let zooms = *zooms.start().min(&crate::DEEPEST)..=*zooms.end().min(&crate::DEEPEST);
        let mut baking = Baking { now: &now, view, entries: Vec::new(), known: HashMap::new(), tiles: 0, at: 0 };
        let mut data = tempfile::tempfile().map(io::BufWriter::new).map_err(baking_failed)?;
        for z in zooms.clone() {
            baking.level(z, 0, 0, 0, 0, &mut data, progress)?;
        }
        let (root, leaves) = directories(&baking.entries).map_err(baking_failed)?;
        let metadata = gzip(&self.metadata(&zooms, view, about)).map_err(baking_failed)?;
        let sections = [root.len() as u64, metadata.len() as u64, leaves.len() as u64, baking.at];
        let header = self.header(&zooms, &baking, sections);
        let whole: u64 = HEADER + sections.iter().sum::<u64>();
        let mut data = data.into_inner().map_err(|error| baking_failed(error.into_error()))?;
        let written = (|| {
            data.rewind()?;
            out.rewind()?;
            for bytes in [&header, &root, &metadata, &leaves] {
                out.write_all(bytes)?;
            }
            io::copy(&mut data, out)?;
            out.flush()
        })();
        written.map_err(baking_failed)?;
        Ok(Baked { tiles: baking.tiles, different: baking.known.len() as u64, bytes: whole })
    }

    fn metadata(&self, zooms: &RangeInclusive<u8>, view: &View<'_>, about: About<'_>) -> Vec<u8> {
        let edition = self.edition();
        let kind = |kind| match kind {
            map_feature::Kind::Boolean => "Boolean",
            map_feature::Kind::Integer | map_feature::Kind::Number => "Number",
            _ => "String",
        };
        let fields = view.fields.iter().filter_map(|field| edition.schema().fields.get(*field));
        let fields: serde_json::Map<String, serde_json::Value> =
            fields.map(|field| (field.name.clone(), kind(field.kind).into())).collect();
        let layer = serde_json::json!({
            "id": view.layer, "fields": fields, "minzoom": zooms.start(), "maxzoom": zooms.end(),
        });
        let all = serde_json::json!({
            "name": about.name, "description": about.description, "attribution": about.attribution,
            "type": "overlay", "vector_layers": [layer],
        });
        all.to_string().into_bytes()
    }

    fn header(&self, zooms: &RangeInclusive<u8>, baking: &Baking<'_>, sections: [u64; 4]) -> Vec<u8> {
        let [root, metadata, leaves, data] = sections;
        let mut header = b"PMTiles\x03".to_vec();
        let mut at = HEADER;
        for len in [root, metadata, leaves, data] {
            header.extend_from_slice(&at.to_le_bytes());
            header.extend_from_slice(&len.to_le_bytes());
            at += len;
        }
        for count in [baking.tiles, baking.entries.len() as u64, baking.known.len() as u64] {
            header.extend_from_slice(&count.to_le_bytes());
        }
        // Clustered; directories and tiles in gzip; vector tiles.
        header.extend_from_slice(&[1, 2, 2, 1, *zooms.start(), *zooms.end()]);
        let bounds = self.bounds();
        let [west, south, east, north] =
            bounds.map_or([-180.0, -85.0, 180.0, 85.0], |b| [b.west, b.south, b.east, b.north]);
        let e7 = |degrees: f64| ((degrees * 1e7).round() as i32).to_le_bytes();
        for degrees in [west, south, east, north] {
            header.extend_from_slice(&e7(degrees));
        }
        header.push(*zooms.start());
        header.extend_from_slice(&e7((west + east) / 2.0));
        header.extend_from_slice(&e7((south + north) / 2.0));
        header
    }
}

struct Baking<'a> {
    now: &'a Snapshot,
    view: &'a View<'a>,
    entries: Vec<Entry>,
    /// Where bytes with this hash and length lie.
    known: HashMap<(u64, u32), u64>,
    tiles: u64,
    at: u64,
}

impl Baking<'_> {
    /// The tiles of zoom `z` below one tile in the order of their ids, which is that of a Hilbert curve; what is empty is
    /// passed over with all below.
    #[expect(clippy::too_many_arguments, reason = "a tile, where it lies, and where it goes")]
    fn level(
        &mut self,
        z: u8,
        zoom: u8,
        x: u32,
        y: u32,
        along: u64,
        data: &mut impl Write,
        progress: &mut dyn FnMut(u64),
    ) -> Result<()> {
        let Some(frame) = Frame::new(zoom, x, y) else { return Ok(()) };
        if self.now.count(Some(frame.area())) == 0 {
            return Ok(());
        }
        if zoom == z {
            let before = ((1u64 << (2 * z)) - 1) / 3;
            return self.tile(frame, before + along, data, progress);
        }
        let mut below: Vec<(u64, u32, u32)> = [(0, 0), (0, 1), (1, 0), (1, 1)]
            .map(|(right, down)| (2 * x + right, 2 * y + down))
            .map(|(x, y)| (hilbert(zoom + 1, x, y), x, y))
            .to_vec();
        below.sort_unstable();
        below.into_iter().try_for_each(|(along, x, y)| self.level(z, zoom + 1, x, y, along, data, progress))
    }

    fn tile(&mut self, frame: Frame, id: u64, data: &mut impl Write, progress: &mut dyn FnMut(u64)) -> Result<()> {
        let tile = self.now.tile(frame, self.view)?;
        if tile.is_empty() {
            return Ok(());
        }
        let bytes = gzip(&tile).map_err(baking_failed)?;
        let len = bytes.len() as u32;
        let at = match self.known.get(&(words::hash(&bytes), len)) {
            Some(at) => *at,
            None => {
                data.write_all(&bytes).map_err(baking_failed)?;
                self.known.insert((words::hash(&bytes), len), self.at);
                self.at += u64::from(len);
                self.at - u64::from(len)
            }
        };
        match self.entries.last_mut() {
            Some(last) if last.at == at && last.id + u64::from(last.run) == id => last.run += 1,
            _ => self.entries.push(Entry { id, at, len, run: 1 }),
        }
        self.tiles += 1;
        progress(self.tiles);
        Ok(())
    }
}

/// How far along the Hilbert curve of its zoom level a tile lies.
fn hilbert(zoom: u8, mut x: u32, mut y: u32) -> u64 {
    let mut along = 0;
    for bit in (0..zoom).rev() {
        let (right, down) = ((x >> bit) & 1, (y >> bit) & 1);
        along = along << 2 | u64::from((3 * right) ^ down);
        if down == 0 {
            if right == 1 {
                (x, y) = (!x, !y);
            }
            (x, y) = (y, x);
        }
    }
    along
}

/// The root directory and the leaves: leaves only where the root alone would be too long.
fn directories(entries: &[Entry]) -> io::Result<(Vec<u8>, Vec<u8>)> {
    let root = directory(entries)?;
    if root.len() <= ROOT {
        return Ok((root, Vec::new()));
    }
    let mut each = 4096;
    loop {
        let (mut roots, mut leaves) = (Vec::new(), Vec::new());
        for some in entries.chunks(each) {
            let leaf = directory(some)?;
            let id = some.first().map_or(0, |first| first.id);
            roots.push(Entry { id, at: leaves.len() as u64, len: leaf.len() as u32, run: 0 });
            leaves.extend_from_slice(&leaf);
        }
        let root = directory(&roots)?;
        if root.len() <= ROOT {
            return Ok((root, leaves));
        }
        each *= 2;
    }
}

fn directory(entries: &[Entry]) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    varint::write(&mut bytes, entries.len() as u64);
    let mut last = 0;
    for entry in entries {
        varint::write(&mut bytes, entry.id - last);
        last = entry.id;
    }
    entries.iter().for_each(|entry| varint::write(&mut bytes, u64::from(entry.run)));
    entries.iter().for_each(|entry| varint::write(&mut bytes, u64::from(entry.len)));
    let mut next = None;
    for entry in entries {
        varint::write(&mut bytes, if next == Some(entry.at) { 0 } else { entry.at + 1 });
        next = Some(entry.at + u64::from(entry.len));
    }
    gzip(&bytes)
}

fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut out = GzEncoder::new(Vec::new(), Compression::new(4));
    out.write_all(bytes)?;
    out.finish()
}

fn baking_failed(source: io::Error) -> crate::Error {
    crate::Error::Baking(source)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiles_are_numbered_as_the_specification_says() {
        // The table of spec/v3/spec.md.
        let ids = [(0, 0, 0, 0), (1, 0, 0, 1), (1, 0, 1, 2), (1, 1, 1, 3), (1, 1, 0, 4), (2, 0, 0, 5)];
        for (z, x, y, id) in ids {
            assert_eq!(((1u64 << (2 * z)) - 1) / 3 + hilbert(z, x, y), id, "{z}/{x}/{y}");
        }
        assert_eq!(((1u64 << 24) - 1) / 3 + hilbert(12, 3423, 1763), 19_078_479);
    }
}
