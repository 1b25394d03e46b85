//! Tiles that were made before, until a change touches them. No tile is kept by a timer: what [`Rooms`] says was touched
//! is dropped before the next tile is given out, and nothing else.

use std::collections::{HashMap, VecDeque};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use axum::body::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use kernel_base::{Error, Result};
use map_feature::Bounds;
use map_segment::Touched;
use moka::sync::Cache;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::TryRecvError;

use crate::layer::{Layer, Mask};
use crate::served::{Heard, Rooms};

/// Changes remembered for tiles that are being made meanwhile.
const RECENT: usize = 512;
/// A change that touches more tiles of one zoom level than this is looked for among what is kept instead.
const MANY: usize = 256;
pub const DEEPEST: u8 = 22;

/// A place in the pyramid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Place {
    pub z: u8,
    pub x: u32,
    pub y: u32,
}

impl Place {
    /// `None` outside of the pyramid.
    pub fn new(z: u8, x: u32, y: u32) -> Option<Place> {
        let inside = z <= DEEPEST && u64::from(x.max(y)) < 1 << z;
        inside.then_some(Place { z, x, y })
    }

    /// In degrees, with a border of one sixty-fourth.
    pub fn bounds(self) -> Bounds {
        let side = f64::from(1u32 << self.z);
        let lon = |x: f64| x / side * 360.0 - 180.0;
        let lat = |y: f64| (std::f64::consts::PI * (1.0 - 2.0 * y / side)).sinh().atan().to_degrees();
        let (x, y, border) = (f64::from(self.x), f64::from(self.y), 1.0 / 64.0);
        Bounds {
            west: lon(x - border),
            south: lat(y + 1.0 + border),
            east: lon(x + 1.0 + border),
            north: lat(y - border),
        }
    }
}

/// A ready tile, as it is and packed; the other is made when first asked for.
#[derive(Debug)]
pub struct Tile {
    pub tag: String,
    plain: Bytes,
    packed: OnceLock<Bytes>,
}

impl Tile {
    pub fn new(plain: Vec<u8>) -> Tile {
        let mut hasher = DefaultHasher::new();
        plain.hash(&mut hasher);
        Tile { tag: format!("{:016x}", hasher.finish()), plain: plain.into(), packed: OnceLock::new() }
    }

    pub fn is_empty(&self) -> bool {
        self.plain.is_empty()
    }

    pub fn plain(&self) -> Bytes {
        self.plain.clone()
    }

    /// # Errors
    /// Never in memory.
    pub fn packed(&self) -> Result<Bytes> {
        if let Some(packed) = self.packed.get() {
            return Ok(packed.clone());
        }
        let mut writer = GzEncoder::new(Vec::with_capacity(self.plain.len() / 2), Compression::new(3));
        writer.write_all(&self.plain).map_err(Error::fault)?;
        let packed: Bytes = writer.finish().map_err(Error::fault)?.into();
        Ok(self.packed.get_or_init(|| packed).clone())
    }
}

/// What a tile shows besides its place: tiles of another import or another mask are other tiles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct View(u64);

impl View {
    pub fn of(layer: &Layer, mask: &Mask) -> View {
        let mut hasher = DefaultHasher::new();
        layer.generation.hash(&mut hasher);
        if *mask == Mask::Shown {
            (&layer.hidden, &layer.rows_shown).hash(&mut hasher);
        }
        (*mask == Mask::Shown).hash(&mut hasher);
        View(hasher.finish())
    }
}

/// A tile, or the moment from which on it must be made.
pub enum Wanted {
    Ready(Arc<Tile>),
    Missing(u64),
}

type Key = (u32, Place);
/// One tile as readers with different rights see it.
type Views = Vec<(View, Arc<Tile>)>;

/// The tiles of this process.
pub struct Kept {
    tiles: Cache<Key, Arc<Views>>,
    /// Bytes of memory for them; 0 keeps none.
    most: u64,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    heard: Option<Receiver<Heard>>,
    /// Short numbers of layers.
    layers: HashMap<String, u32>,
    /// How many changes were heard, and the newest of them.
    number: u64,
    recent: VecDeque<(u32, Touched)>,
}

impl Kept {
    /// Keeps tiles of so many bytes at most.
    pub fn of(most: u64) -> Kept {
        let weigh = |_: &Key, tiles: &Arc<Views>| {
            let bytes: usize = tiles.iter().map(|(_, tile)| tile.plain.len() * 3 / 2 + 200).sum();
            u32::try_from(bytes).unwrap_or(u32::MAX)
        };
        let tiles = Cache::builder().max_capacity(most).weigher(weigh).build();
        Kept { tiles, most, state: Mutex::default() }
    }

    /// The tile as it is after all changes that were served before now.
    pub fn get(&self, rooms: &Rooms, layer: &str, place: Place, view: View) -> Wanted {
        let (number, key) = self.caught_up(rooms, layer, place);
        let found = self.tiles.get(&key).and_then(|all| all.iter().find(|(of, _)| *of == view).cloned());
        found.map_or(Wanted::Missing(number), |(_, tile)| Wanted::Ready(tile))
    }

    /// Keeps a tile that was begun at that moment, unless a change touched it meanwhile.
    pub fn put(&self, rooms: &Rooms, (layer, place, view): (&str, Place, View), since: u64, tile: Arc<Tile>) {
        if self.most == 0 {
            return;
        }
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        self.hear(&mut state, rooms);
        let key = (state.layer(layer), place);
        if !state.untouched(key, since) {
            return;
        }
        let others = self.tiles.get(&key);
        let others = others.iter().flat_map(|all| all.iter()).filter(|(of, _)| *of != view).take(3).cloned();
        self.tiles.insert(key, Arc::new([(view, tile)].into_iter().chain(others).collect()));
    }

    fn caught_up(&self, rooms: &Rooms, layer: &str, place: Place) -> (u64, Key) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        self.hear(&mut state, rooms);
        (state.number, (state.layer(layer), place))
    }

    /// Drops what was touched since the last time.
    fn hear(&self, state: &mut State, rooms: &Rooms) {
        let mut heard = state.heard.take().unwrap_or_else(|| rooms.listen());
        loop {
            match heard.try_recv() {
                Ok(change) => self.drop_touched(state, &change),
                Err(TryRecvError::Lagged(_)) => {
                    self.tiles.invalidate_all();
                    state.recent.clear();
                    // Nobody knows how many there were: every tile that is being made is too old.
                    state.number += RECENT as u64 + 1;
                }
                Err(TryRecvError::Empty | TryRecvError::Closed) => break,
            }
        }
        state.heard = Some(heard);
    }

    fn drop_touched(&self, state: &mut State, change: &Heard) {
        let layer = state.layer(&change.layer);
        let touched = Touched { before: change.before, after: change.after };
        state.remember(layer, touched);
        let mut scan = is_all(&touched);
        for z in 0..=DEEPEST {
            if scan {
                break;
            }
            let tiles: Vec<_> = touched.tiles(z).take(MANY + 1).collect();
            scan = tiles.len() > MANY;
            tiles.into_iter().for_each(|(x, y)| self.tiles.invalidate(&(layer, Place { z, x, y })));
        }
        if scan {
            let gone = self.tiles.iter().filter(|(key, _)| key.0 == layer && touches(&touched, key.1));
            let gone: Vec<_> = gone.map(|(key, _)| *key).collect();
            gone.iter().for_each(|key| self.tiles.invalidate(key));
        }
    }
}

impl State {
    fn layer(&mut self, name: &str) -> u32 {
        if let Some(number) = self.layers.get(name) {
            return *number;
        }
        let number = u32::try_from(self.layers.len()).unwrap_or(u32::MAX);
        self.layers.insert(name.to_owned(), number);
        number
    }

    fn remember(&mut self, layer: u32, touched: Touched) {
        self.number += 1;
        self.recent.push_back((layer, touched));
        if self.recent.len() > RECENT {
            self.recent.pop_front();
        }
    }

    fn untouched(&self, (layer, place): Key, since: u64) -> bool {
        let missed = usize::try_from(self.number.saturating_sub(since)).unwrap_or(usize::MAX);
        missed <= self.recent.len()
            && self.recent.iter().rev().take(missed).all(|(of, touched)| *of != layer || !touches(touched, place))
    }
}

fn is_all(touched: &Touched) -> bool {
    touched.before.is_none() && touched.after.is_none()
}

/// Whether a change shows in this tile.
fn touches(touched: &Touched, place: Place) -> bool {
    let bounds = place.bounds();
    is_all(touched) || [touched.before, touched.after].into_iter().flatten().any(|area| area.meets(bounds))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tile(words: &str) -> Arc<Tile> {
        Arc::new(Tile::new(words.as_bytes().to_vec()))
    }

    #[test]
    fn the_world_and_a_tile_of_seoul_have_their_bounds() {
        let world = Place::new(0, 0, 0).unwrap().bounds();
        assert!(world.west < -180.0 && world.north > 85.05);
        let seoul = Place::new(12, 3491, 1586).unwrap().bounds();
        assert!(seoul.west < 126.83 && seoul.east > 126.88 && seoul.south < 37.58 && seoul.north > 37.57, "{seoul:?}");
        assert_eq!(Place::new(1, 2, 0), None);
        assert_eq!(Place::new(23, 0, 0), None);
    }

    #[test]
    fn tiles_are_kept_within_the_measure_and_not_at_all_without_one() {
        let (rooms, place, view) = (Rooms::default(), Place::new(12, 3491, 1586).unwrap(), View(1));
        for (most, is_kept) in [(1 << 20, true), (0, false)] {
            let kept = Kept::of(most);
            let Wanted::Missing(since) = kept.get(&rooms, "trees", place, view) else { panic!("nothing was put") };
            kept.put(&rooms, ("trees", place, view), since, tile("oak"));
            assert_eq!(matches!(kept.get(&rooms, "trees", place, view), Wanted::Ready(_)), is_kept, "{most}");
            assert!(matches!(kept.get(&rooms, "trees", place, View(2)), Wanted::Missing(_)), "another mask");
        }
    }

    #[test]
    fn a_tile_is_packed_once_and_comes_back() {
        use std::io::Read;
        let made = tile(&"trees ".repeat(100));
        let packed = made.packed().unwrap();
        assert!(packed.len() < 100 && made.packed().unwrap().as_ptr() == packed.as_ptr());
        let mut back = Vec::new();
        flate2::read::GzDecoder::new(&packed[..]).read_to_end(&mut back).unwrap();
        assert_eq!(back, made.plain());
    }

    #[test]
    fn a_tile_made_while_it_was_touched_is_not_kept() {
        let mut state = State::default();
        let (layer, place) = (state.layer("trees"), Place::new(12, 3491, 1586).unwrap());
        let seoul = Bounds { west: 126.85, south: 37.575, east: 126.86, north: 37.58 };
        let tokyo = Bounds { west: 139.7, south: 35.6, east: 139.8, north: 35.7 };
        let since = state.number;
        state.remember(layer, Touched { before: None, after: Some(tokyo) });
        assert!(state.untouched((layer, place), since));
        state.remember(layer, Touched { before: Some(seoul), after: None });
        assert!(!state.untouched((layer, place), since));
        assert!(state.untouched((layer, place), state.number));
    }
}
