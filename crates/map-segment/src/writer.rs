use std::{
    fs, io,
    path::{Path, PathBuf},
};

use hashbrown::HashSet;
use map_feature::{Bounds, Crs, Feature, Schema, to_wkb};

use crate::{
    Error, Result,
    column::{self, Coming},
    ids::{self, Ids},
    manifest::{self, Manifest},
    packed::Whole,
    section::{Sections, Spill},
    shape::{Place, Shaper},
    tree::Tree,
    words::{self, Words},
    world::{Area, hilbert},
};

/// Writes one edition into a new folder. Until [`EditionWriter::finish`] has returned, nobody can open it; what is
/// dropped before leaves a folder without a manifest, which may be removed.
pub struct EditionWriter {
    folder: PathBuf,
    schema: Schema,
    crs: Crs,
    shaper: Shaper,
    areas: Spill,
    shapes: Spill,
    shape_ends: Vec<u64>,
    originals: Spill,
    original_ends: Vec<u64>,
    ids: Spill,
    id_ends: Vec<u64>,
    /// Hashes of the ids that were given, and how far the running numbers have come.
    given: HashSet<u64>,
    running: u64,
    /// Where each feature lies along the Hilbert curve; after all of them for one without a place.
    along: Vec<(u64, u32)>,
    versions: Vec<i64>,
    columns: Vec<Coming>,
    bounds: Option<Bounds>,
    without_place: u64,
    kinds: u8,
    bytes: Vec<u8>,
    /// A feature was kept by half: the disk failed.
    broken: bool,
}

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Summary {
    pub features: u64,
    /// CRS84; `None` when nothing has a place.
    pub bounds: Option<Bounds>,
    /// Features without a geometry, or with an empty one.
    pub without_place: u64,
    /// On the disk.
    pub bytes: u64,
}

/// Whether a feature fits into a layer.
pub(crate) fn check(schema: &Schema, feature: &Feature) -> Result<()> {
    if feature.values.len() != schema.fields.len() {
        return Err(Error::Values { found: feature.values.len(), fields: schema.fields.len() });
    }
    schema.fields.iter().zip(&feature.values).try_for_each(|(field, value)| column::check(field, value))
}

impl EditionWriter {
    /// `folder` must not be there yet; those around it are made.
    pub fn create(folder: &Path, schema: &Schema, crs: Crs) -> Result<EditionWriter> {
        let shaper = Shaper::new(crs)?;
        if let Some(above) = folder.parent() {
            fs::create_dir_all(above).map_err(Error::io(above))?;
        }
        fs::create_dir(folder).map_err(Error::io(folder))?;
        let spill = || Spill::create(folder.to_owned());
        Ok(EditionWriter {
            folder: folder.to_owned(),
            schema: schema.clone(),
            crs,
            shaper,
            areas: spill()?,
            shapes: spill()?,
            shape_ends: vec![0],
            originals: spill()?,
            original_ends: vec![0],
            ids: spill()?,
            id_ends: vec![0],
            given: HashSet::new(),
            running: 0,
            along: Vec::new(),
            versions: Vec::new(),
            columns: schema.fields.iter().map(|field| Coming::new(field.kind)).collect(),
            bounds: None,
            without_place: 0,
            kinds: 0,
            bytes: Vec::new(),
            broken: false,
        })
    }

    /// A feature with version 1. Without an id it gets a running number that nobody has yet. After an error the feature is
    /// not in the edition and the next may come.
    ///
    /// Errors: values that do not fit the schema, an id that was there before, coordinates that are no numbers or lie
    /// outside of where the CRS is defined.
    pub fn push(&mut self, feature: Feature) -> Result<()> {
        self.push_version(feature, 1)
    }

    /// As [`Self::push`], for a feature that was changed before.
    pub fn push_version(&mut self, feature: Feature, version: u64) -> Result<()> {
        self.whole()?;
        check(&self.schema, &feature)?;
        let row = u32::try_from(self.along.len()).ok().filter(|row| *row < u32::MAX - 1).ok_or(Error::Full)?;
        self.bytes.clear();
        let place = match &feature.geometry {
            Some(geometry) => self.shaper.shape(geometry, &mut self.bytes)?,
            None => None,
        };
        let (kinds, shape) = (self.bytes.first().copied().unwrap_or(0), self.bytes.len());
        if let Some(geometry) = &feature.geometry {
            to_wkb(geometry, &mut self.bytes).map_err(|_| Error::Nested)?;
        }
        let id = self.id(feature.id.as_deref())?;
        self.broken = true;
        self.keep(&feature, &id, version, row, shape, place)?;
        self.kinds |= kinds;
        self.broken = false;
        Ok(())
    }

    /// What has been checked; now only the disk can fail.
    fn keep(
        &mut self,
        feature: &Feature,
        id: &str,
        version: u64,
        row: u32,
        shape: usize,
        place: Option<Place>,
    ) -> Result<()> {
        for (column, value) in self.columns.iter_mut().zip(&feature.values) {
            column.push(value)?;
        }
        self.ids.put(id.as_bytes())?;
        self.id_ends.push(self.ids.len);
        self.shapes.put(&self.bytes[..shape])?;
        self.shape_ends.push(self.shapes.len);
        self.originals.put(&self.bytes[shape..])?;
        self.original_ends.push(self.originals.len);
        self.versions.push(i64::try_from(version).unwrap_or(i64::MAX));
        let area = place.as_ref().map_or(Area::NOTHING, |place| place.area);
        self.areas.put(&area.to_bytes())?;
        match place {
            Some(place) => {
                self.bounds = Some(self.bounds.map_or(place.bounds, |bounds| bounds.joined(place.bounds)));
                self.along.push((hilbert(area.middle()), row));
            }
            None => {
                self.without_place += 1;
                self.along.push((u64::MAX, row));
            }
        }
        Ok(())
    }

    fn whole(&self) -> Result<()> {
        let failed = || Error::Io { path: self.folder.clone(), source: io::Error::other("an earlier write failed") };
        if self.broken { Err(failed()) } else { Ok(()) }
    }

    fn id(&mut self, given: Option<&str>) -> Result<String> {
        let Some(id) = given else {
            loop {
                self.running += 1;
                let id = self.running.to_string();
                if !self.given.contains(&words::hash(id.as_bytes())) {
                    return Ok(id);
                }
            }
        };
        let ran = ids::as_number(id.as_bytes()).is_some_and(|number| (1..=self.running).contains(&number));
        if ran || !self.given.insert(words::hash(id.as_bytes())) {
            return Err(Error::Duplicate(id.to_owned()));
        }
        Ok(id.to_owned())
    }

    /// Sorts, writes and waits until the disk has all. `progress` hears how many of the features are done.
    pub fn finish(mut self, progress: &mut dyn FnMut(u64)) -> Result<Summary> {
        self.whole()?;
        let features = self.along.len() as u64;
        let placed = features - self.without_place;
        self.given = HashSet::new();
        self.along.sort_unstable();
        // What has no place is last, also behind a place at the very end of the curve.
        let areas = self.areas.map()?;
        let area = |row: u32| {
            let bytes = areas.get(row as usize * 16..).and_then(|bytes| bytes.first_chunk::<16>());
            bytes.map_or(Area::NOTHING, |bytes| Area::from_bytes(*bytes))
        };
        let mut order: Vec<u32> = std::mem::take(&mut self.along).into_iter().map(|(_, row)| row).collect();
        order.sort_by_key(|row| area(*row).is_nothing());
        let data = self.folder.join(manifest::DATA);
        let mut out = Sections::create(data)?;
        let (leaves, nodes) = Tree::write(&mut out, order.iter().take(placed as usize).map(|row| area(*row)))?;
        drop(areas);

        let steps = 3 + self.columns.len() as u64;
        let mut step = 0;
        let mut done = || {
            step += 1;
            progress(features * step / steps);
        };
        let bytes = self.ids.map()?;
        let ids = Ids::write(&mut out, || order.iter().map(|row| piece(&bytes, &self.id_ends, *row)))?;
        drop(bytes);
        done();
        let versions = Whole::write(&mut out, || order.iter().map(|row| Some(self.versions[*row as usize])))?;
        let mut columns = Vec::new();
        for column in self.columns {
            columns.push(column.write(&mut out, &order)?);
            done();
        }
        // Last, when the columns' memory is free again: the largest files to be mapped.
        let bytes = self.shapes.map()?;
        let shapes = Words::write(&mut out, || order.iter().map(|row| piece(&bytes, &self.shape_ends, *row)))?;
        done();
        let bytes = self.originals.map()?;
        let originals = Words::write(&mut out, || order.iter().map(|row| piece(&bytes, &self.original_ends, *row)))?;
        done();
        let sections = std::mem::take(&mut out.written);
        let bytes = out.finish()?;
        let manifest = Manifest {
            schema: self.schema,
            crs: self.crs,
            features,
            placed,
            kinds: self.kinds,
            bounds: self.bounds.map(|b| [b.west, b.south, b.east, b.north]),
            bytes,
            leaves,
            nodes,
            shapes,
            originals,
            ids,
            versions,
            columns,
            sections,
        };
        let bytes = bytes + manifest.write(&self.folder)?;
        Ok(Summary { features, bounds: self.bounds, without_place: self.without_place, bytes })
    }
}

/// The bytes of a row in a spilled file.
fn piece<'a>(bytes: &'a [u8], ends: &[u64], row: u32) -> &'a [u8] {
    let row = row as usize;
    bytes.get(ends[row] as usize..ends[row + 1] as usize).unwrap_or_default()
}
