//! What to look at next: every topic gets its turn, alike addresses lose interest, traps have a quota.
//!
//! An address is worth what its words promise for topics that have had little so far, plus a little for being near
//! the start. Worth only ever falls while the crawl goes on, so a heap with lazy renewal picks the true best.

mod queue;
mod report;
mod worth;

use std::collections::{BTreeMap, HashMap, HashSet};

use queue::{Line, Queued, Queues};
use url::Url;

use crate::address::{self, Kind, Promise, Trap};
use crate::variant;
use crate::words::Hit;

/// Addresses kept at most; what comes later is counted, not kept.
const MAX_KNOWN: usize = 120_000;
/// Of so many pages, one may be a copy of another (its translation, its printed form) while others still wait.
const COPY_OF: u32 = 10;

pub type Id = u32;

/// An address with what is known of it before it is fetched.
#[derive(Debug, Clone, Default)]
pub struct Offer {
    pub hits: Vec<Hit>,
    pub depth: u16,
    pub found_on: Option<Id>,
    /// Language that the link says its page is in, when it is not that of the page it stands on.
    pub language: Option<String>,
    /// Known from a sitemap only.
    pub listed: bool,
    /// A frame or a redirect: part of a page already counted.
    pub part: bool,
    /// Nothing leads here: it is where a language of the page's menu usually is.
    pub guess: bool,
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
    /// A copy of another page, by its language ("" for other copies).
    copy: Option<Box<str>>,
    /// Its address has one part only, as sections have.
    section: bool,
}

#[derive(Debug, Default)]
struct Shape {
    name: String,
    taken: u32,
    prints: HashSet<u64>,
    read: u32,
    closed: bool,
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
    /// Pages known in a language of home, whatever their copy.
    pages: HashSet<u64>,
    /// Languages of the start page: pages in others are copies.
    home: Vec<String>,
    /// Copies taken per language, and pages of both kinds.
    copies: HashMap<Box<str>, u32>,
    copies_taken: u32,
    pages_taken: u32,
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
            pages: HashSet::new(),
            home: Vec::new(),
            copies: HashMap::new(),
            copies_taken: 0,
            pages_taken: 0,
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
        let copy = self.copy_of_what(url, &offer);
        let section = kind == Kind::Single && !url.path().trim_matches('/').contains('/');
        self.known.push(Known { url: text, offer, state: State::Waiting, promise, shape, folder, kind, copy, section });
        self.enqueue(id, url.host_str().unwrap_or(""));
        Some(id)
    }

    /// The language of the page that the start leads to: what is in it is no translation.
    pub fn at_home(&mut self, url: &Url, language: Option<&str>) {
        let primary = language.map(|l| l.split(['-', '_']).next().unwrap_or(l).to_ascii_lowercase());
        self.home.extend(primary.into_iter().chain(variant::variant(url).language.map(str::to_owned)));
    }

    fn copy_of_what(&mut self, url: &Url, offer: &Offer) -> Option<Box<str>> {
        let variant = variant::variant(url);
        let language = variant.language.or(offer.language.as_deref());
        let foreign = language.is_some_and(|l| !self.home.iter().any(|h| h == l));
        if foreign && !offer.part {
            return language.map(Into::into);
        }
        let known = !self.pages.insert(variant.page);
        (known && variant.chosen && !offer.part).then(|| "".into())
    }

    /// A host that will not be asked again: what waits there stands in nobody's way.
    pub fn give_up(&mut self, host: &str) {
        self.queues.remove(host);
    }

    /// Better words for an address that still waits.
    fn better(&mut self, id: Id, offer: Offer) {
        let Some(known) = self.known.get_mut(id as usize) else { return };
        if known.state != State::Waiting {
            return;
        }
        known.offer.guess &= offer.guess;
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
        let line = match known.promise {
            Promise::Document => Line::Documents,
            _ if known.copy.is_some() => Line::Copies,
            _ => Line::Pages,
        };
        let queues = match self.queues.get_mut(host) {
            Some(q) => q,
            None => self.queues.entry(host.to_owned()).or_default(),
        };
        queues.line_mut(line).push(queued);
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

    /// The best waiting address of the hosts that may be asked now. It counts as taken.
    pub fn take(&mut self, documents: bool, mut ready: impl FnMut(&str) -> bool) -> Option<Id> {
        let hosts: Vec<String> = self.queues.keys().filter(|h| ready(h)).cloned().collect();
        if documents {
            return self.take_from(Line::Documents, &hosts);
        }
        let copies_due = (self.copies_taken + 1) * COPY_OF <= self.pages_taken;
        if copies_due && let Some(copy) = self.take_from(Line::Copies, &hosts) {
            return Some(copy);
        }
        if let Some(page) = self.take_from(Line::Pages, &hosts) {
            return Some(page);
        }
        // Copies may have what the pages that still wait, at hosts that need a pause, will not use up.
        let waiting: usize = self.queues.values().map(|q| q.pages.len()).sum();
        let room = self.pages_taken as usize + waiting < self.budget as usize || waiting == 0;
        room.then(|| self.take_from(Line::Copies, &hosts)).flatten()
    }

    fn take_from(&mut self, line: Line, hosts: &[String]) -> Option<Id> {
        let mut best: Option<(Queued, &String)> = None;
        for host in hosts {
            if let Some(top) = self.top(host, line)
                && best.as_ref().is_none_or(|(b, _)| top > *b)
            {
                best = Some((top, host));
            }
        }
        let (top, host) = best?;
        self.queues.get_mut(host)?.line_mut(line).pop();
        let known = self.known.get_mut(top.id as usize)?;
        known.state = State::Taken;
        let (shape, folder) = (known.shape, known.folder);
        // A translation is no further evidence of its topic.
        let hits = if known.copy.is_some() { Vec::new() } else { known.offer.hits.clone() };
        self.pages_taken += u32::from(line != Line::Documents);
        if let Some(language) = known.copy.clone() {
            self.copies_taken += 1;
            *self.copies.entry(language).or_default() += 1;
        }
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

    fn top(&mut self, host: &str, line: Line) -> Option<Queued> {
        loop {
            let top = *self.queues.get(host)?.line(line).peek()?;
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
            let heap = self.queues.get_mut(host)?.line_mut(line);
            heap.pop();
            if waiting && !over {
                heap.push(Queued { worth, id: top.id });
            }
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
mod tests;
