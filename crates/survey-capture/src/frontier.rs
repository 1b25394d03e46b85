//! What to look at next: every topic gets its turn, alike addresses lose interest, traps have a quota.
//!
//! An address is worth what its words promise for topics that have had little so far, plus a little for being near
//! the start. Worth only ever falls while the crawl goes on, so a heap with lazy renewal picks the true best.

mod report;

use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap, HashMap, HashSet};

use url::Url;

use crate::address::{self, Kind, Promise, Trap};
use crate::words::Hit;

/// Addresses kept at most; what comes later is counted, not kept.
const MAX_KNOWN: usize = 120_000;

pub type Id = u32;

/// An address with what is known of it before it is fetched.
#[derive(Debug, Clone, Default)]
pub struct Offer {
    pub hits: Vec<Hit>,
    pub depth: u16,
    pub found_on: Option<Id>,
    /// Another language's copy of a page.
    pub other_language: bool,
    /// Known from a sitemap only.
    pub listed: bool,
    /// A frame or a redirect: part of a page already counted.
    pub part: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Waiting,
    Taken,
    Fetched,
    Failed,
    Forbidden,
    /// Over its shape's quota.
    LeftOut,
}

#[derive(Debug)]
pub struct Known {
    pub url: Box<str>,
    pub offer: Offer,
    pub state: State,
    pub promise: Promise,
    shape: u32,
    folder: u32,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Queued {
    worth: f32,
    id: Id,
}

impl Eq for Queued {}

impl Ord for Queued {
    fn cmp(&self, other: &Self) -> Ordering {
        self.worth.total_cmp(&other.worth).then(other.id.cmp(&self.id))
    }
}

impl PartialOrd for Queued {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[derive(Debug, Default)]
struct Shape {
    name: String,
    taken: u32,
    prints: HashSet<u64>,
    read: u32,
    closed: bool,
}

#[derive(Debug, Default)]
struct Queues {
    pages: BinaryHeap<Queued>,
    documents: BinaryHeap<Queued>,
}

/// Every known address and the order in which to look.
#[derive(Debug)]
pub struct Frontier {
    budget: u32,
    year: i32,
    known: Vec<Known>,
    ids: HashMap<Box<str>, Id>,
    queues: BTreeMap<String, Queues>,
    shapes: Vec<Shape>,
    shape_ids: HashMap<String, u32>,
    folders: Vec<u32>,
    folder_ids: HashMap<String, u32>,
    /// Strength already fetched per topic.
    had: Vec<f32>,
    /// Traps met: reason and an example.
    pub traps: BTreeMap<&'static str, (u32, String)>,
    pub overflow: u32,
}

impl Frontier {
    pub fn new(budget: u32, topics: usize, year: i32) -> Self {
        Self {
            budget,
            year,
            known: Vec::new(),
            ids: HashMap::new(),
            queues: BTreeMap::new(),
            shapes: Vec::new(),
            shape_ids: HashMap::new(),
            folders: Vec::new(),
            folder_ids: HashMap::new(),
            had: vec![0.0; topics],
            traps: BTreeMap::new(),
            overflow: 0,
        }
    }

    pub fn get(&self, id: Id) -> Option<&Known> {
        self.known.get(id as usize)
    }

    pub fn find(&self, url: &Url) -> Option<Id> {
        self.ids.get(url.as_str()).copied()
    }

    pub fn known(&self) -> &[Known] {
        &self.known
    }

    /// Makes an address known. `None` when it is a trap, ballast, or one too many.
    pub fn offer(&mut self, url: &Url, offer: Offer) -> Option<Id> {
        if let Some(id) = self.ids.get(url.as_str()).copied() {
            self.better(id, offer);
            return Some(id);
        }
        let promise = address::promise(url);
        if promise == Promise::Ballast {
            return None;
        }
        if let Some(trap) = address::trap(url, self.year) {
            let why = match trap {
                Trap::Path => "paths that repeat themselves",
                Trap::Query => "addresses with endless parameters",
                Trap::Calendar => "calendar pages far from today",
            };
            self.trapped(why, url);
            return None;
        }
        if self.known.len() >= MAX_KNOWN {
            self.overflow += 1;
            return None;
        }
        let (name, kind) = address::shape(url);
        let shape = self.shape_id(name);
        let folder = self.folder_id(address::folder(url));
        let id = Id::try_from(self.known.len()).ok()?;
        let text: Box<str> = url.as_str().into();
        self.ids.insert(text.clone(), id);
        self.known.push(Known { url: text, offer, state: State::Waiting, promise, shape, folder, kind });
        self.enqueue(id, url.host_str().unwrap_or(""));
        Some(id)
    }

    /// Better words for an address that still waits.
    fn better(&mut self, id: Id, offer: Offer) {
        let Some(known) = self.known.get_mut(id as usize) else { return };
        if known.state != State::Waiting {
            return;
        }
        let mut changed = false;
        for hit in offer.hits {
            match known.offer.hits.iter_mut().find(|h| h.topic == hit.topic) {
                Some(h) if h.strength >= hit.strength => {}
                Some(h) => {
                    h.strength = hit.strength;
                    changed = true;
                }
                None => {
                    known.offer.hits.push(hit);
                    changed = true;
                }
            }
        }
        if offer.depth < known.offer.depth || (known.offer.listed && !offer.listed) {
            known.offer.depth = known.offer.depth.min(offer.depth);
            known.offer.listed &= offer.listed;
            known.offer.found_on = known.offer.found_on.or(offer.found_on);
            changed = true;
        }
        if changed {
            let host = Url::parse(&known.url).ok().and_then(|u| u.host_str().map(str::to_owned)).unwrap_or_default();
            self.enqueue(id, &host);
        }
    }

    fn enqueue(&mut self, id: Id, host: &str) {
        let Some(known) = self.get(id) else { return };
        let queued = Queued { worth: self.worth(known), id };
        let document = known.promise == Promise::Document;
        let queues = match self.queues.get_mut(host) {
            Some(q) => q,
            None => self.queues.entry(host.to_owned()).or_default(),
        };
        if document { queues.documents.push(queued) } else { queues.pages.push(queued) }
    }

    /// Asks again for an address that was taken: after a pause, or with a cookie.
    pub fn again(&mut self, id: Id) {
        let host = match self.known.get_mut(id as usize) {
            Some(known) => {
                known.state = State::Waiting;
                Url::parse(&known.url).ok().and_then(|u| u.host_str().map(str::to_owned)).unwrap_or_default()
            }
            None => return,
        };
        self.enqueue(id, &host);
    }

    /// An address that looked like a page turned out to be a document.
    pub fn is_document(&mut self, id: Id) {
        if let Some(known) = self.known.get_mut(id as usize) {
            known.promise = Promise::Document;
        }
    }

    pub fn settle(&mut self, id: Id, state: State) {
        if let Some(known) = self.known.get_mut(id as usize) {
            known.state = state;
        }
    }

    fn worth(&self, known: &Known) -> f32 {
        let mut gains = [0.0f32; 3];
        for hit in &known.offer.hits {
            let had = self.had.get(usize::from(hit.topic)).copied().unwrap_or(0.0);
            let mut gain = hit.strength / (1.0 + had).powf(1.5);
            for best in &mut gains {
                if gain > *best {
                    std::mem::swap(best, &mut gain);
                }
            }
        }
        let alike = self.shapes.get(known.shape as usize).map_or(0, |s| s.taken);
        let beside = self.folders.get(known.folder as usize).copied().unwrap_or(0);
        let kind = match known.kind {
            Kind::Single | Kind::Numbered => 0.0,
            Kind::Query => 0.5,
            Kind::Paging => 2.0,
            Kind::Calendar => 3.0,
        };
        let offer = &known.offer;
        6.0 * (gains[0] + 0.5 * gains[1] + 0.25 * gains[2]) + 4.0 / (1.0 + f32::from(offer.depth))
            - 0.8 * (1.0 + alike as f32).ln()
            - 0.4 * (1.0 + beside as f32).ln()
            - kind
            - if offer.other_language { 4.0 } else { 0.0 }
            - if offer.listed { 1.0 } else { 0.0 }
            + if offer.part { 8.0 } else { 0.0 }
    }

    /// The best waiting address of the hosts that may be asked now. It counts as taken.
    pub fn take(&mut self, documents: bool, mut ready: impl FnMut(&str) -> bool) -> Option<Id> {
        let hosts: Vec<String> = self.queues.keys().filter(|h| ready(h)).cloned().collect();
        let mut best: Option<(Queued, String)> = None;
        for host in hosts {
            if let Some(top) = self.top(&host, documents)
                && best.as_ref().is_none_or(|(b, _)| top > *b)
            {
                best = Some((top, host));
            }
        }
        let (top, host) = best?;
        let queues = self.queues.get_mut(&host)?;
        if documents {
            queues.documents.pop()
        } else {
            queues.pages.pop()
        };
        let known = self.known.get_mut(top.id as usize)?;
        known.state = State::Taken;
        let (shape, folder, hits) = (known.shape, known.folder, known.offer.hits.clone());
        if let Some(s) = self.shapes.get_mut(shape as usize) {
            s.taken += 1;
        }
        if let Some(f) = self.folders.get_mut(folder as usize) {
            *f += 1;
        }
        for hit in hits {
            if let Some(had) = self.had.get_mut(usize::from(hit.topic)) {
                *had += hit.strength / 2.0;
            }
        }
        Some(top.id)
    }

    fn top(&mut self, host: &str, documents: bool) -> Option<Queued> {
        loop {
            let queues = self.queues.get(host)?;
            let top = *if documents { queues.documents.peek() } else { queues.pages.peek() }?;
            let known = self.get(top.id)?;
            let waiting = known.state == State::Waiting;
            let worth = self.worth(known);
            let over = waiting && self.over_quota(known);
            if waiting && !over && worth >= top.worth - 1e-4 {
                return Some(top);
            }
            if over {
                self.settle(top.id, State::LeftOut);
            }
            let queues = self.queues.get_mut(host)?;
            let heap = if documents { &mut queues.documents } else { &mut queues.pages };
            heap.pop();
            if waiting && !over {
                heap.push(Queued { worth, id: top.id });
            }
        }
    }

    fn over_quota(&self, known: &Known) -> bool {
        self.shapes.get(known.shape as usize).is_some_and(|s| s.closed || s.taken >= known.kind.quota(self.budget))
    }

    /// What a fetched page said: shapes whose pages all say the same are closed.
    pub fn learn(&mut self, id: Id, print: u64) {
        let Some(known) = self.known.get(id as usize) else { return };
        let from = known.kind.compared_from(self.budget);
        let Some(shape) = self.shapes.get_mut(known.shape as usize) else { return };
        shape.read += 1;
        shape.prints.insert(print);
        let distinct = u32::try_from(shape.prints.len()).unwrap_or(u32::MAX);
        if from.is_some_and(|from| shape.read >= from) && distinct * 2 < shape.read {
            shape.closed = true;
        }
    }

    fn trapped(&mut self, why: &'static str, url: &Url) {
        let seen = self.traps.entry(why).or_insert_with(|| (0, url.to_string()));
        seen.0 += 1;
    }

    fn shape_id(&mut self, name: String) -> u32 {
        if let Some(id) = self.shape_ids.get(&name) {
            return *id;
        }
        let id = u32::try_from(self.shapes.len()).unwrap_or(u32::MAX);
        self.shapes.push(Shape { name: name.clone(), ..Shape::default() });
        self.shape_ids.insert(name, id);
        id
    }

    fn folder_id(&mut self, name: String) -> u32 {
        if let Some(id) = self.folder_ids.get(&name) {
            return *id;
        }
        let id = u32::try_from(self.folders.len()).unwrap_or(u32::MAX);
        self.folders.push(0);
        self.folder_ids.insert(name, id);
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(s: &str) -> Url {
        Url::parse(s).expect("url")
    }

    fn offer(topic: u16, strength: f32) -> Offer {
        Offer { hits: vec![Hit { topic, strength }], depth: 1, ..Offer::default() }
    }

    fn order(f: &mut Frontier) -> Vec<String> {
        let mut urls = Vec::new();
        while let Some(id) = f.take(false, |_| true) {
            urls.extend(f.get(id).map(|k| k.url.to_string()));
        }
        urls
    }

    #[test]
    fn every_topic_gets_its_turn_before_the_second_of_one() {
        let mut f = Frontier::new(100, 2, 2026);
        for n in ["one", "two", "three"] {
            f.offer(&url(&format!("http://c/news-{n}")), offer(0, 3.0));
        }
        f.offer(&url("http://c/privacy"), offer(1, 2.0));
        assert_eq!(order(&mut f).iter().position(|u| u.ends_with("privacy")), Some(1));
    }

    #[test]
    fn an_endless_shape_stops_at_its_quota_and_is_reported() {
        let mut f = Frontier::new(40, 0, 2026);
        for n in 0..500 {
            f.offer(&url(&format!("http://c/calendar/2026/{n}")), Offer::default());
        }
        f.offer(&url("http://c/last"), Offer { depth: 9, ..Offer::default() });
        let taken = order(&mut f);
        assert_eq!(taken.len(), 9);
        assert_eq!(f.left_out(), (492, vec!["c/calendar/#/#"]));
    }

    #[test]
    fn a_shape_whose_pages_all_say_the_same_is_closed() {
        let mut f = Frontier::new(200, 0, 2026);
        for n in 0..500 {
            f.offer(&url(&format!("http://c/x/{n}")), Offer::default());
        }
        let mut taken = 0;
        while let Some(id) = f.take(false, |_| true) {
            f.learn(id, 7);
            taken += 1;
        }
        assert_eq!(taken, 100);
    }

    #[test]
    fn better_words_move_a_waiting_address_up() {
        let mut f = Frontier::new(100, 1, 2026);
        f.offer(&url("http://c/a"), Offer { depth: 1, ..Offer::default() });
        f.offer(&url("http://c/b"), Offer { depth: 1, ..Offer::default() });
        f.offer(&url("http://c/b"), offer(0, 3.0));
        assert_eq!(order(&mut f), ["http://c/b", "http://c/a"]);
    }
}
