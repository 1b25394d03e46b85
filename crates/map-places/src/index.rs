use std::{collections::BTreeMap, collections::BinaryHeap, sync::Arc};

use crate::{
    Entry, Hit,
    distance::Distance,
    order::{self, Found},
    query::Query,
    search::{Candidate, Search, Step, Worth},
    segment::{Building, Segment},
};

/// Candidates looked at closely before the best are told.
const CLOSELY: usize = 64;
/// Candidates with typos among which names take turns.
const WIDELY: usize = 512;
/// Most hits of one answer.
pub const MOST_HITS: usize = 1000;

/// A question.
#[derive(Clone, Copy)]
pub struct Ask<'a> {
    pub text: &'a str,
    /// Longitude and latitude, degrees: of things that fit alike, the nearer come first.
    pub near: Option<(f64, f64)>,
    /// Most hits, at most [`MOST_HITS`].
    pub limit: usize,
    /// Somebody is typing: a house number at the end may go on (`1` finds 12, after 1).
    pub typing: bool,
    /// Whether things of this layer and class may be found. What may not is as if it were not there: it takes no
    /// place among the hits and keeps no other from being found.
    pub may: &'a dyn Fn(&str, u16) -> bool,
}

impl<'a> Ask<'a> {
    /// All that is there, complete words.
    pub fn new(text: &'a str, limit: usize) -> Ask<'a> {
        Ask { text, near: None, limit, typing: false, may: &|_, _| true }
    }
}

/// Everything that can be found. It never changes: a change makes another index, which shares with this one what stayed
/// the same; readers keep the one they have.
///
/// Each layer is a list of parts, each at least twice as large as the next. A change is a new small part; parts that
/// come too near each other in size are built into one. So a change costs little, and an answer asks few parts.
#[derive(Clone, Default)]
pub struct Index {
    layers: BTreeMap<Arc<str>, Vec<Part>>,
}

#[derive(Clone)]
struct Part {
    segment: Arc<Segment>,
    /// One bit an entry: it was taken away or is newer elsewhere.
    gone: Arc<Vec<u64>>,
    left: usize,
}

impl Part {
    fn build(entries: impl IntoIterator<Item = Entry>) -> Part {
        let mut building = Building::default();
        entries.into_iter().for_each(|entry| building.push(entry));
        Part::new(building.finish())
    }

    fn new(segment: Segment) -> Part {
        let gone = vec![0; segment.len().div_ceil(64)];
        let mut part = Part { left: segment.len(), gone: Arc::new(gone), segment: Arc::new(segment) };
        let segment = part.segment.clone();
        for earlier in segment.earlier() {
            part.hide(earlier);
        }
        part
    }

    fn is_gone(&self, entry: u32) -> bool {
        self.gone[entry as usize / 64] >> (entry % 64) & 1 == 1
    }

    fn hide(&mut self, entry: u32) {
        if !self.is_gone(entry) {
            Arc::make_mut(&mut self.gone)[entry as usize / 64] |= 1 << (entry % 64);
            self.left -= 1;
        }
    }

    fn entries<'p>(&'p self, layer: &'p str) -> impl Iterator<Item = Entry> + 'p {
        let left = (0..self.segment.len() as u32).filter(|entry| !self.is_gone(*entry));
        left.map(move |entry| self.segment.entry(entry, layer))
    }
}

impl Index {
    /// Of two entries with one layer and id the later counts.
    pub fn build(entries: impl IntoIterator<Item = Entry>) -> Index {
        let mut layers: BTreeMap<Arc<str>, Building> = BTreeMap::new();
        for entry in entries {
            match layers.get_mut(entry.layer.as_str()) {
                Some(building) => building.push(entry),
                None => layers.entry(entry.layer.as_str().into()).or_default().push(entry),
            }
        }
        let part = |(layer, building): (Arc<str>, Building)| (layer, vec![Part::new(building.finish())]);
        Index { layers: layers.into_iter().map(part).collect() }
    }

    /// The same with other entries in a layer, whatever layer they name; none takes the layer away.
    pub fn replace(&self, layer: &str, entries: impl IntoIterator<Item = Entry>) -> Index {
        let mut changed = self.clone();
        let part = Part::build(entries);
        if part.left == 0 {
            changed.layers.remove(layer);
        } else {
            changed.layers.insert(layer.into(), vec![part]);
        }
        changed
    }

    /// The same after changes in a layer: the entry that an id now has, or none.
    pub fn change(&self, layer: &str, changes: impl IntoIterator<Item = (String, Option<Entry>)>) -> Index {
        let mut changed = self.clone();
        let parts = changed.layers.entry(layer.into()).or_default();
        let mut new: BTreeMap<String, Option<Entry>> = BTreeMap::new();
        new.extend(changes);
        for part in parts.iter_mut() {
            let segment = part.segment.clone();
            new.keys().flat_map(|id| segment.find(id)).for_each(|entry| part.hide(*entry));
        }
        let mut entries: Vec<Entry> = new.into_iter().filter_map(|(id, entry)| Some(Entry { id, ..entry? })).collect();
        parts.retain(|part| part.left > 0);
        while let Some(part) = parts.pop_if(|part| part.left < 2 * entries.len() || part.left * 2 < part.segment.len())
        {
            entries.extend(part.entries(layer));
        }
        if !entries.is_empty() {
            parts.push(Part::build(entries));
        }
        if parts.is_empty() {
            changed.layers.remove(layer);
        }
        changed
    }

    /// Entries in all layers.
    pub fn len(&self) -> usize {
        self.layers.values().flatten().map(|part| part.left).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.layers.is_empty()
    }

    /// Bytes held in memory, shared ones included.
    pub fn size(&self) -> usize {
        self.layers.values().flatten().map(|part| part.segment.size() + part.gone.len() * 8).sum()
    }

    /// The best first. Nothing for a question without letters or numbers.
    pub fn ask(&self, ask: &Ask) -> Vec<Hit> {
        let query = Query::new(ask.text, ask.typing);
        let limit = ask.limit.min(MOST_HITS);
        if query.words.is_empty() || limit == 0 {
            return Vec::new();
        }
        let parts: Vec<(&str, &Part, Vec<bool>)> = self.parts(ask.may).collect();
        let mut searches: Vec<Search> = parts.iter().map(|(_, part, _)| Search::new(&part.segment, &query)).collect();
        let mut best = BinaryHeap::new();
        for step in [Step::Written, Step::Typos, Step::Loose] {
            best.clear();
            for (number, (search, (_, part, allowed))) in searches.iter_mut().zip(&parts).enumerate() {
                search.step(step);
                let worth = Worth { gone: &part.gone, allowed, near: ask.near };
                let most = if step == Step::Written { CLOSELY } else { WIDELY };
                search.collect(number, step, &worth, limit.max(most), &mut best);
            }
            if best.len() >= limit || step == Step::Typos && !best.is_empty() {
                break;
            }
        }
        let found = best.into_sorted_vec().into_iter().map(|candidate: Candidate| {
            let (layer, part, _) = &parts[candidate.part];
            Found { layer, segment: &part.segment, candidate }
        });
        let found = order::in_turn(found.collect(), |found| (found.candidate.score, found.common()));
        order::hits(&query, found.into_iter().take(limit.max(CLOSELY)), ask.near, limit)
    }

    /// What is nearest to a point, within so many metres.
    pub fn nearest(&self, at: (f64, f64), limit: usize, within: f64, may: &dyn Fn(&str, u16) -> bool) -> Vec<Hit> {
        let distance = Distance::from(at);
        let mut best: Vec<(f64, &str, &Segment, u32)> = Vec::new();
        for (layer, part, allowed) in self.parts(may) {
            let segment: &Segment = &part.segment;
            let seen =
                (0..segment.len() as u32).filter(|entry| !part.is_gone(*entry) && allowed[segment.class(*entry)]);
            let metres = seen.map(|entry| (distance.metres(segment.at(entry)), layer, segment, entry));
            best.extend(metres.filter(|(metres, ..)| *metres <= within));
        }
        let order = |a: &(f64, &str, &Segment, u32), b: &(f64, &str, &Segment, u32)| a.0.total_cmp(&b.0);
        let limit = limit.min(MOST_HITS);
        if limit > 0 && best.len() > limit {
            best.select_nth_unstable_by(limit - 1, order);
        }
        best.truncate(limit);
        best.sort_by(order);
        best.into_iter().map(|(metres, layer, segment, entry)| order::plain(layer, segment, entry, metres)).collect()
    }

    fn parts<'i>(
        &'i self,
        may: &'i dyn Fn(&str, u16) -> bool,
    ) -> impl Iterator<Item = (&'i str, &'i Part, Vec<bool>)> + 'i {
        self.layers.iter().flat_map(move |(layer, parts)| {
            parts.iter().map(move |part| {
                let allowed: Vec<bool> = part.segment.classes.iter().map(|class| may(layer, *class)).collect();
                (&**layer, part, allowed)
            })
        })
    }
}
