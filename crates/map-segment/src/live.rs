use std::{
    ops::{ControlFlow, Range},
    path::Path,
    sync::{Arc, Mutex, PoisonError, RwLock},
};

use map_feature::{Bounds, Feature};

use crate::{
    Edition, EditionWriter, Result, Row, Summary, Touched,
    delta::{Delta, Entry},
    row::At,
    shape::Shaper,
    world::Area,
    writer,
};

/// A layer as it is now: an edition with the changes since. Cheap to clone; clones see the same changes. Each question is
/// answered from one state, and no reader waits for a change.
#[derive(Clone)]
pub struct Live {
    inner: Arc<Inner>,
}

struct Inner {
    /// Locked only to take or to put the pointer.
    now: RwLock<Arc<Snapshot>>,
    /// Who holds it may change the layer.
    writing: Mutex<Option<Shaper>>,
}

pub(crate) struct Snapshot {
    pub edition: Arc<Edition>,
    pub delta: Delta,
}

/// What happened to one feature; `feature` is in the layer's CRS, `None` when it is gone.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    pub id: String,
    /// Versions of a feature grow. A change older than what is known is passed over.
    pub version: u64,
    pub feature: Option<Feature>,
}

/// A feature as it came, in the layer's CRS, and its version: 1 when it was never changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    pub feature: Feature,
    pub version: u64,
}

impl Live {
    pub fn new(edition: Arc<Edition>) -> Live {
        let now = RwLock::new(Arc::new(Snapshot { edition, delta: Delta::default() }));
        Live { inner: Arc::new(Inner { now, writing: Mutex::new(None) }) }
    }

    pub(crate) fn now(&self) -> Arc<Snapshot> {
        self.inner.now.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn become_now(&self, next: Snapshot) {
        *self.inner.now.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(next);
    }

    /// The edition below the changes.
    pub fn edition(&self) -> Arc<Edition> {
        self.now().edition.clone()
    }

    /// How many features were changed since the edition.
    pub fn changes(&self) -> u64 {
        self.now().delta.len
    }

    /// The box around all places, CRS84. It may be larger than needed where features were moved or are gone.
    pub fn bounds(&self) -> Option<Bounds> {
        let now = self.now();
        let changed = now.delta.all().filter_map(|entry| Some(entry.place.as_ref()?.bounds));
        now.edition.bounds().into_iter().chain(changed).reduce(Bounds::joined)
    }

    /// Makes a change seen by every question asked from now on. Applying it again changes nothing.
    ///
    /// Errors, and then nothing has changed: values that do not fit the schema, coordinates that are no numbers or lie
    /// outside of where the CRS is defined.
    pub fn apply(&self, change: Change) -> Result<Touched> {
        let mut writing = self.inner.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.now();
        let Change { id, version, feature } = change;
        let known = now.delta.get(&id);
        let row = known.map_or_else(|| now.edition.row_of(&id), |known| known.row);
        let of_base = || row.map(|row| now.edition.version(row));
        if known.map(|known| known.version).or_else(of_base).is_some_and(|known| version < known) {
            return Ok(Touched::default());
        }
        let (mut shape, mut place) = (Vec::new(), None);
        if let Some(feature) = &feature {
            writer::check(now.edition.schema(), feature)?;
            if let Some(geometry) = &feature.geometry {
                let shaper = match &mut *writing {
                    Some(shaper) => shaper,
                    none => none.insert(Shaper::new(now.edition.crs())?),
                };
                place = shaper.shape(geometry, &mut shape)?;
            }
        }
        let before = row.and_then(|row| now.edition.area(row));
        let touched = Touched {
            before: match known {
                Some(known) => known.place.as_ref().map(|place| place.bounds),
                None => before.map(Area::bounds),
            },
            after: place.as_ref().map(|place| place.bounds),
        };
        let feature = feature.map(|feature| Feature { id: Some(id.clone()), ..feature });
        let before = before.unwrap_or(Area::NOTHING);
        let mut delta = now.delta.clone();
        delta.put(Entry { id, version, feature, place, shape, row, before });
        self.become_now(Snapshot { edition: now.edition.clone(), delta });
        Ok(touched)
    }

    /// Puts a new edition of the same layer below the changes. Those it holds already (the same id with the same or a
    /// later version, or gone and not in it) are forgotten; later ones stay.
    pub fn adopt(&self, edition: Arc<Edition>) {
        let _writing = self.inner.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.now();
        let mut delta = Delta::default();
        for entry in now.delta.all() {
            let row = edition.row_of(&entry.id);
            let held = match row {
                Some(row) => edition.version(row) >= entry.version,
                None => entry.feature.is_none(),
            };
            if !held {
                delta.put(Entry {
                    id: entry.id.clone(),
                    version: entry.version,
                    feature: entry.feature.clone(),
                    place: entry.place.clone(),
                    shape: entry.shape.clone(),
                    row,
                    before: row.and_then(|row| edition.area(row)).unwrap_or(Area::NOTHING),
                });
            }
        }
        self.become_now(Snapshot { edition, delta });
    }

    /// Writes the layer as it is now into a new folder, versions included: an edition to [`Live::adopt`]. Changes may go on
    /// meanwhile; they are not in it.
    pub fn fold(&self, folder: &Path, progress: &mut dyn FnMut(u64)) -> Result<Summary> {
        let now = self.now();
        let mut writer = EditionWriter::create(folder, now.edition.schema(), now.edition.crs())?;
        let mut failed = Ok(());
        let _ = now.rows(None, &mut |row| {
            failed = row.found().and_then(|Found { feature, version }| writer.push_version(feature, version));
            if failed.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        failed?;
        writer.finish(progress)
    }

    pub fn get(&self, id: &str) -> Result<Option<Found>> {
        let now = self.now();
        match now.delta.get(id) {
            Some(entry) => Ok(entry.feature.clone().map(|feature| Found { feature, version: entry.version })),
            None => now.edition.row_of(id).map(|row| now.row(At::Base(row)).found()).transpose(),
        }
    }

    /// How many features there are, or how many boxes meet an area of CRS84: exact, and as many as [`Live::items`] gives.
    pub fn count(&self, area: Option<Bounds>) -> u64 {
        self.now().count(area.map(Area::of))
    }

    /// Shows each feature in the area, or each at all, until `f` breaks off. In a stable order: rows of the edition, then
    /// changed features by their ids.
    pub fn rows(&self, area: Option<Bounds>, f: &mut dyn FnMut(&Row<'_>) -> ControlFlow<()>) {
        let _ = self.now().rows(area.map(Area::of), f);
    }
}

impl Snapshot {
    pub fn row<'a>(&'a self, at: At<'a>) -> Row<'a> {
        Row { edition: &self.edition, at }
    }

    pub fn count(&self, area: Option<Area>) -> u64 {
        match area {
            None => self.edition.len() - self.delta.hidden.len.min(self.edition.len()) + self.delta.alive,
            Some(area) => self.edition.tree.count(area).saturating_add_signed(self.delta.more(area)),
        }
    }

    /// Ranges of rows of the edition, hidden ones among them.
    pub fn ranges(&self, area: Option<Area>, f: &mut impl FnMut(Range<u32>) -> ControlFlow<()>) {
        match area {
            Some(area) => self.edition.tree.search(area, f),
            None => {
                let _ = f(0..self.edition.len() as u32);
            }
        }
    }

    pub fn rows(&self, area: Option<Area>, f: &mut dyn FnMut(&Row<'_>) -> ControlFlow<()>) -> ControlFlow<()> {
        let mut flow = ControlFlow::Continue(());
        self.ranges(area, &mut |rows| {
            for row in rows.filter(|row| !self.delta.hidden.has(*row)) {
                flow = f(&self.row(At::Base(row)));
                flow?;
            }
            ControlFlow::Continue(())
        });
        flow?;
        self.delta.meeting(area).try_for_each(|entry| f(&self.row(At::Changed(entry))))
    }
}
