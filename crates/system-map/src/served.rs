//! Layers as they are served: an edition in memory-mapped files, and the changes since.
//!
//! The database says which edition holds and what was changed; this is a copy that follows it. It is caught up before
//! every answer, so that who reads sees what was committed before, on whatever node.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use kernel_base::{Error, Instant, Result};
use kernel_web::{City, Visit};
use map_feature::{Bounds, Crs, Feature, Transformer};
use map_segment::{Change, Edition, Live};
use tokio::sync::{Mutex, broadcast};

use crate::layer::{Layer, Mask, Reading};
use crate::properties::{all_from_json, geometry_from_text};
use crate::settings::Settings;
use crate::store::{self, ChangeRow};

/// How long a layer's row may be believed, since other processes write too: shorter than an edit may take to be seen.
const BELIEVED: Duration = Duration::from_millis(100);
/// Changes that wait for slow listeners before they are told to look anew.
const WAITING: usize = 1024;

/// A layer with what is served of it.
#[derive(Clone)]
pub struct Served {
    pub layer: Arc<Layer>,
    pub live: Live,
}

/// A layer and what of it this reader may see.
pub struct Seen {
    pub served: Served,
    pub mask: Mask,
}

/// What listeners hear of a change.
#[derive(Debug, Clone)]
pub struct Heard {
    pub layer: String,
    pub seq: i64,
    /// Where it was and where it is now, in degrees; none of both: look at the whole layer anew.
    pub before: Option<Bounds>,
    pub after: Option<Bounds>,
}

/// All layers of this process.
pub struct Rooms {
    rooms: RwLock<HashMap<String, Arc<Room>>>,
    changes: broadcast::Sender<Heard>,
}

impl Default for Rooms {
    fn default() -> Rooms {
        Rooms { rooms: RwLock::default(), changes: broadcast::channel(WAITING).0 }
    }
}

#[derive(Default)]
struct Room {
    shown: RwLock<Option<Shown>>,
    /// One catches up, the others wait for it.
    catching_up: Mutex<()>,
}

#[derive(Clone)]
struct Shown {
    served: Served,
    /// The newest change that `live` knows.
    seq: i64,
    /// The store's version and the moment at which the layer's row was read.
    version: u64,
    looked: Instant,
}

impl Rooms {
    fn room(&self, name: &str) -> Arc<Room> {
        if let Some(room) = self.rooms.read().unwrap_or_else(PoisonError::into_inner).get(name) {
            return room.clone();
        }
        self.rooms.write().unwrap_or_else(PoisonError::into_inner).entry(name.to_owned()).or_default().clone()
    }

    pub fn listen(&self) -> broadcast::Receiver<Heard> {
        self.changes.subscribe()
    }
}

impl Room {
    fn read(&self) -> Option<Shown> {
        self.shown.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn write(&self, shown: Option<Shown>) {
        *self.shown.write().unwrap_or_else(PoisonError::into_inner) = shown;
    }
}

/// Whether what was read then may still be believed: another process may have written since.
fn believed(city: &City, shown: &Shown) -> bool {
    let age = city.clock.now().0.saturating_sub(shown.looked.0);
    shown.version == city.store.version() && u128::try_from(age).is_ok_and(|age| age <= BELIEVED.as_micros())
}

/// A layer as it is after everything that was committed before now.
///
/// # Errors
/// [`Error::NotFound`] without such a layer, or without an edition.
pub async fn served(city: &City, name: &str) -> Result<Served> {
    let rooms = city.memory(Rooms::default);
    let room = rooms.room(name);
    if let Some(shown) = room.read().filter(|shown| believed(city, shown)) {
        return Ok(shown.served);
    }
    let _turn = room.catching_up.lock().await;
    if let Some(shown) = room.read().filter(|shown| believed(city, shown)) {
        return Ok(shown.served);
    }
    let (version, looked) = (city.store.version(), city.clock.now());
    let Some(layer) = store::layer(&city.store, name).await?.filter(|layer| !layer.edition.is_empty()) else {
        room.write(None);
        return Err(Error::NotFound);
    };
    let before = room.read();
    let same = before.as_ref().filter(|shown| shown.served.layer.generation == layer.generation);
    let (live, mut seq) = match same {
        Some(shown) => {
            if shown.served.layer.edition != layer.edition {
                // Folded: the same features.
                shown.served.live.adopt(opened(city, &layer).await?);
            }
            (shown.served.live.clone(), shown.seq)
        }
        None => (Live::new(opened(city, &layer).await?), layer.folded),
    };
    let layer = Arc::new(layer);
    while seq < layer.seq {
        let changes = store::changes_after(&city.store, name, &layer.generation, seq).await?;
        let Some(last) = changes.last() else { break };
        let last = last.seq;
        for change in &changes {
            let touched = live.apply(change_of(&layer, change)?).map_err(Error::fault)?;
            let heard = Heard { layer: name.to_owned(), seq: change.seq, before: touched.before, after: touched.after };
            // Nobody listens: fine.
            let _ = rooms.changes.send(heard);
        }
        seq = last;
    }
    if before.is_some() && same.is_none() {
        let _ = rooms.changes.send(Heard { layer: name.to_owned(), seq, before: None, after: None });
    }
    let shown = Shown { served: Served { layer, live }, seq, version, looked };
    room.write(Some(shown.clone()));
    Ok(shown.served)
}

async fn opened(city: &City, layer: &Layer) -> Result<Arc<Edition>> {
    let folder = Settings::of(city).edition(&layer.name, &layer.edition);
    let opened = tokio::task::spawn_blocking(move || Edition::open(&folder)).await.map_err(Error::fault)?;
    opened.map(Arc::new).map_err(|cause| Error::Fault(format!("layer {}: {cause}", layer.name)))
}

/// A row of the log as the engine takes it.
///
/// # Errors
/// When the row does not fit the layer's schema, which only a damaged database can bring about.
pub fn change_of(layer: &Layer, change: &ChangeRow) -> Result<Change> {
    let feature = change.properties.as_ref().map(|_| feature_of(layer, change)).transpose()?;
    Ok(Change { id: change.feature.clone(), version: change.version, feature })
}

/// The feature as a change left it.
///
/// # Errors
/// As [`change_of`].
pub fn feature_of(layer: &Layer, change: &ChangeRow) -> Result<Feature> {
    let properties = change.properties.as_deref().unwrap_or("{}");
    let properties = serde_json::from_str(properties).map_err(Error::fault)?;
    let values = all_from_json(&layer.schema, &properties, None).map_err(Error::fault)?;
    let geometry = change.geometry.as_deref().map(geometry_from_text).transpose()?;
    Ok(Feature { id: Some(change.feature.clone()), geometry, values })
}

/// A reader as far as layers care.
pub fn reading(visit: &Visit) -> Reading<'_> {
    Reading { who: visit.who(), keeper: visit.may("map.layer") }
}

/// A layer as this reader may see it; who may not see it hears that it is not there.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn seen(visit: &Visit, name: &str) -> Result<Seen> {
    let served = served(&visit.city, name).await?;
    // Asking who reads makes an answer personal, so it is asked only where it matters.
    if served.layer.is_open() {
        return Ok(Seen { served, mask: Mask::Whole });
    }
    let mask = served.layer.mask(reading(visit)).ok_or(Error::NotFound)?;
    Ok(Seen { served, mask })
}

/// From the layer's reference system into degrees.
///
/// # Errors
/// When the layer's system is unknown, which is checked when it is made.
pub fn to_degrees(layer: &Layer) -> Result<Transformer> {
    Transformer::new(layer.crs, Crs::Crs84).map_err(Error::fault)
}
