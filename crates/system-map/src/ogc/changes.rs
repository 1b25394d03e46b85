//! `/map/changes?layers=trees,roads&zoom=12-14&bbox=…`: tells at once which tiles a change touched (Server-Sent Events,
//! WHATWG HTML §9.2). Who was away says by `Last-Event-ID` what is known, and is told to look anew where that is old.

use std::collections::{BTreeMap, VecDeque};
use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Extension;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use kernel_web::{Answer, Asked, Failure, Stopping, Visit, as_it_is};
use map_feature::Bounds;
use map_segment::Touched;
use serde_json::json;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use super::answer::{bad, only, open};
use super::kept::{DEEPEST, Place};
use crate::layer::{Layer, Mask};
use crate::served::{Heard, Rooms, seen};

/// Layers that one listener may watch, and listeners of this process.
const LAYERS: usize = 32;
const LISTENERS: usize = 4_000;
/// Tiles of one message; a change that touches more is "all".
const TILES: usize = 256;
/// How often other processes' changes are looked for.
const LOOK: Duration = Duration::from_millis(100);
const HEARTBEAT: Duration = Duration::from_secs(15);
/// Looks after which somebody whose layers are not everybody's has to come again, with whatever rights they have then.
const LOOKS: u32 = 6_000;

/// How many listen.
#[derive(Default)]
struct Listeners(AtomicUsize);

/// One of them, until it is dropped.
struct Chair(Arc<Listeners>);

impl Chair {
    fn take(listeners: Arc<Listeners>) -> Option<Chair> {
        let free = listeners.0.fetch_add(1, Ordering::Relaxed) < LISTENERS;
        let chair = Chair(listeners);
        free.then_some(chair)
    }
}

impl Drop for Chair {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::Relaxed);
    }
}

struct Listener {
    visit: Visit,
    heard: Receiver<Heard>,
    /// The newest change of each layer that was told.
    layers: BTreeMap<String, i64>,
    shows: Shows,
    everybodys: bool,
    looks: u32,
    waiting: VecDeque<Event>,
    stopping: Option<Stopping>,
    _chair: Chair,
}

/// What the listener shows.
struct Shows {
    zooms: (u8, u8),
    area: Option<Bounds>,
}

pub async fn listen(visit: Visit, headers: HeaderMap, stopping: Option<Extension<Stopping>>, asked: Asked) -> Answer {
    only(&asked, &["layers", "zoom", "bbox"])?;
    let shows = Shows::read(&asked)?;
    let full = || Failure::new(StatusCode::SERVICE_UNAVAILABLE, "");
    let chair = Chair::take(visit.city.memory(Listeners::default)).ok_or_else(full)?;
    // Listening begins before the layers are looked at, so that nothing falls between.
    let heard = visit.city.memory(Rooms::default).listen();
    let (mut layers, mut everybodys) = (BTreeMap::new(), true);
    for name in names(&asked)? {
        let seen = seen(&visit, name).await?;
        everybodys &= seen.served.layer.is_open();
        layers.insert(name.to_owned(), seen.served.layer.seq);
    }
    let known = headers.get("last-event-id").and_then(|value| value.to_str().ok()).map(known).unwrap_or_default();
    let stopping = stopping.map(|Extension(stopping)| stopping);
    let mut listener = Listener {
        visit,
        heard,
        layers,
        shows,
        everybodys,
        looks: 0,
        waiting: VecDeque::new(),
        stopping,
        _chair: chair,
    };
    listener.greet(&known);
    let events = futures::stream::unfold(listener, |mut listener| async move {
        listener.next().await.map(|event| (Ok::<_, Infallible>(event), listener))
    });
    let mut response = Sse::new(events).keep_alive(KeepAlive::new().interval(HEARTBEAT)).into_response();
    // A proxy must not wait until there is more.
    response.headers_mut().insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    Ok(as_it_is(if everybodys { open(response) } else { response }))
}

fn names(asked: &Asked) -> Result<Vec<&str>, Failure> {
    let names: Vec<&str> = asked.text("layers").split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
    match names.len() {
        1..=LAYERS => Ok(names),
        _ => Err(bad(format!("layers names one to {LAYERS} layers, with commas between"))),
    }
}

/// `trees:12,roads:5`
fn known(text: &str) -> BTreeMap<String, i64> {
    let one = |part: &str| {
        let (name, seq) = part.split_once(':')?;
        Some((name.to_owned(), seq.parse().ok()?))
    };
    text.split(',').filter_map(one).collect()
}

impl Shows {
    fn read(asked: &Asked) -> Result<Shows, Failure> {
        let wrong = || bad(format!("zoom is a number from 0 to {DEEPEST}, or two with - between"));
        let zoom = |text: &str| text.parse().ok().filter(|zoom| *zoom <= DEEPEST).ok_or_else(wrong);
        let zooms = match asked.text("zoom") {
            "" => (0, DEEPEST),
            text => match text.split_once('-') {
                Some((from, to)) => (zoom(from)?, zoom(to)?),
                None => (zoom(text)?, zoom(text)?),
            },
        };
        let area = match asked.text("bbox") {
            "" => None,
            text => {
                let numbers: Vec<f64> = text.split(',').filter_map(|part| part.trim().parse().ok()).collect();
                let [west, south, east, north] = numbers[..] else { return Err(bad("bbox is four numbers")) };
                Some(Bounds { west, south, east, north })
            }
        };
        Ok(Shows { zooms, area })
    }

    /// The tiles `[z, x, y]` that are shown and touched; `None`: too many to name.
    fn tiles(&self, touched: &Touched) -> Option<Vec<(u8, u32, u32)>> {
        let mut all = Vec::new();
        for z in self.zooms.0..=self.zooms.1 {
            for (seen, (x, y)) in touched.tiles(z).enumerate() {
                if seen > TILES * 16 || all.len() > TILES {
                    return None;
                }
                let bounds = || Place { z, x, y }.bounds();
                if self.area.is_none_or(|area| area.meets(bounds())) {
                    all.push((z, x, y));
                }
            }
        }
        (all.len() <= TILES).then_some(all)
    }
}

impl Listener {
    /// Says what holds, and what is old of what the listener knows.
    fn greet(&mut self, known: &BTreeMap<String, i64>) {
        let ready = json!({ "layers": self.layers }).to_string();
        let event = Event::default().event("ready").retry(Duration::from_secs(1)).id(self.id()).data(ready);
        self.waiting.push_back(event);
        let old =
            |(name, seq): (&String, &i64)| known.get(name).is_some_and(|known| known != seq).then(|| name.clone());
        let old: Vec<String> = self.layers.iter().filter_map(old).collect();
        old.iter().for_each(|name| self.tell(name, None));
    }

    fn id(&self) -> String {
        let all: Vec<String> = self.layers.iter().map(|(name, seq)| format!("{name}:{seq}")).collect();
        all.join(",")
    }

    /// `None` for tiles: everything of the layer.
    fn tell(&mut self, layer: &str, tiles: Option<&[(u8, u32, u32)]>) {
        let seq = self.layers.get(layer).copied().unwrap_or_default();
        let data = match tiles {
            Some(tiles) => json!({ "layer": layer, "seq": seq, "tiles": tiles }),
            None => json!({ "layer": layer, "seq": seq, "all": true }),
        };
        let event = Event::default().event("change").id(self.id()).data(data.to_string());
        self.waiting.push_back(event);
    }

    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.waiting.pop_front() {
                return Some(event);
            }
            if self.layers.is_empty() || (!self.everybodys && self.looks > LOOKS) {
                return None;
            }
            let stop = async {
                match &mut self.stopping {
                    Some(Stopping(stop)) => drop(stop.wait_for(|stop| *stop).await),
                    None => std::future::pending().await,
                }
            };
            let heard = tokio::select! {
                biased;
                () = stop => return None,
                heard = self.heard.recv() => Some(heard),
                () = tokio::time::sleep(LOOK) => None,
            };
            match heard {
                Some(Ok(heard)) => self.hear(&heard).await,
                // Too slow: nobody knows what was missed.
                Some(Err(RecvError::Lagged(_))) => self.anew().await,
                Some(Err(RecvError::Closed)) => return None,
                None => self.look().await,
            }
        }
    }

    /// Lets this process catch up with what others wrote; who may not see a layer any more hears nothing of it.
    async fn look(&mut self) {
        self.looks += 1;
        let names: Vec<String> = self.layers.keys().cloned().collect();
        for name in names {
            if let Err(kernel_base::Error::NotFound) = seen(&self.visit, &name).await {
                self.tell(&name, None);
                self.layers.remove(&name);
            }
        }
    }

    async fn anew(&mut self) {
        let names: Vec<String> = self.layers.keys().cloned().collect();
        for name in names {
            if let Ok(seen) = seen(&self.visit, &name).await {
                self.layers.insert(name.clone(), seen.served.layer.seq);
                self.tell(&name, None);
            }
        }
    }

    async fn hear(&mut self, heard: &Heard) {
        if !self.layers.contains_key(&heard.layer) {
            return;
        }
        let Ok(seen) = seen(&self.visit, &heard.layer).await else { return self.look().await };
        self.layers.insert(heard.layer.clone(), heard.seq);
        let touched = Touched { before: heard.before, after: heard.after };
        let told = tells_where(&seen.served.layer, &seen.mask) && (touched.before.is_some() || touched.after.is_some());
        match self.shows.tiles(&touched).filter(|_| told) {
            Some(tiles) if tiles.is_empty() => {}
            Some(tiles) => self.tell(&heard.layer, Some(&tiles)),
            None => self.tell(&heard.layer, None),
        }
    }
}

/// Where a row that is hidden was changed is hidden too.
fn tells_where(layer: &Layer, mask: &Mask) -> bool {
    *mask == Mask::Whole || layer.rows_shown.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_read_and_nonsense_passed_over() {
        let read = known("trees:12,roads:5,x,y:z");
        assert_eq!(read, BTreeMap::from([("trees".to_owned(), 12), ("roads".to_owned(), 5)]));
    }

    #[test]
    fn only_tiles_that_are_shown_are_named() {
        let seoul = Bounds { west: 126.978, south: 37.566, east: 126.9781, north: 37.5661 };
        let touched = Touched { before: None, after: Some(seoul) };
        let shows = |zooms, area| Shows { zooms, area };
        assert_eq!(shows((12, 12), None).tiles(&touched), Some(vec![(12, 3492, 1586)]));
        assert_eq!(shows((0, DEEPEST), None).tiles(&touched).map(|tiles| tiles.len() >= 23), Some(true));
        let tokyo = Bounds { west: 139.7, south: 35.6, east: 139.8, north: 35.7 };
        assert_eq!(shows((12, 12), Some(tokyo)).tiles(&touched), Some(Vec::new()));
        let world =
            Touched { before: None, after: Some(Bounds { west: -170.0, south: -80.0, east: 170.0, north: 80.0 }) };
        assert_eq!(shows((14, 14), None).tiles(&world), None);
    }
}
