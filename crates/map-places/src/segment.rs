//! Entries that do not change, and the terms they are found by.

use std::collections::HashMap;

use crate::{
    Address, Entry, spell,
    terms::{Gather, MOST, Terms},
};

const NOTHING: u32 = u32::MAX;

#[derive(Default)]
pub struct Segment {
    pub terms: Terms,
    /// What is read of all candidates stands apart from the rest, close together: longitude and latitude, weight, and
    /// place in `classes`.
    at: Vec<(f64, f64)>,
    weights: Vec<f32>,
    class: Vec<u16>,
    /// The greatest weight.
    pub heaviest: f32,
    docs: Vec<Doc>,
    texts: Texts,
    /// (tag, name)
    names: Vec<(u32, u32)>,
    forms: Vec<u32>,
    /// The classes that occur.
    pub classes: Vec<u16>,
    /// Entries in the order of their ids.
    by_id: Vec<u32>,
}

struct Doc {
    id: u32,
    name: u32,
    district: u32,
    /// `NOTHING`: there is no address.
    street: u32,
    number: u32,
    postcode: u32,
    place: u32,
    /// Where its other names and forms begin; they end where those of the next begin.
    names: u32,
    forms: u32,
}

/// A segment in the making: entries come one by one, and only what is kept of them stays.
#[derive(Default)]
pub struct Building {
    segment: Segment,
    gather: Gather,
    known: Known,
}

impl Building {
    pub fn push(&mut self, entry: Entry) {
        if self.segment.len() < MOST {
            spell::entry(&entry, self.segment.len() as u32, &mut self.gather);
            self.segment.keep(entry, &mut self.known);
        }
    }

    pub fn finish(self) -> Segment {
        let Building { mut segment, gather, known } = self;
        drop(known);
        segment.terms = gather.finish();
        segment.docs.shrink_to_fit();
        segment.at.shrink_to_fit();
        segment.texts.all.shrink_to_fit();
        let mut order: Vec<u32> = (0..segment.docs.len() as u32).collect();
        order.sort_by(|a, b| segment.id(*a).cmp(segment.id(*b)).then(a.cmp(b)));
        segment.by_id = order;
        segment
    }
}

impl Segment {
    fn keep(&mut self, entry: Entry, known: &mut Known) {
        let class = *known.classes.entry(entry.class).or_insert_with(|| {
            self.classes.push(entry.class);
            (self.classes.len() - 1) as u16
        });
        let (names, forms) = (self.names.len() as u32, self.forms.len() as u32);
        let title = entry.title();
        let mut text = |text: &str| self.texts.keep_once(text, &mut known.texts);
        let name = text(&title);
        let district = text(&entry.district);
        let [mut street, mut number, mut postcode, mut place] = [NOTHING; 4];
        if let Some(address) = &entry.address {
            [street, number, postcode, place] =
                [&address.street, &address.number, &address.postcode, &address.place].map(|part| text(part));
            self.forms.extend(address.forms.iter().map(|form| text(form)));
        }
        self.names.extend(entry.names.iter().map(|(tag, name)| (text(tag), text(name))));
        let weight = if entry.weight.is_finite() { entry.weight.clamp(0.0, 1.0) } else { 0.0 };
        let id = self.texts.keep(&entry.id);
        self.at.push(entry.at);
        self.weights.push(weight);
        self.class.push(class);
        self.heaviest = self.heaviest.max(weight);
        self.docs.push(Doc { id, name, district, street, number, postcode, place, names, forms });
    }

    pub fn len(&self) -> usize {
        self.docs.len()
    }

    pub fn id(&self, number: u32) -> &str {
        self.texts.get(self.docs[number as usize].id)
    }

    pub fn name(&self, number: u32) -> &str {
        self.texts.get(self.docs[number as usize].name)
    }

    /// A number for its street or else its name, the same for all that share it.
    pub fn common(&self, number: u32) -> u32 {
        let doc = &self.docs[number as usize];
        if doc.street == NOTHING { doc.name } else { doc.street }
    }

    /// Its house number; empty when it has none.
    pub fn number(&self, number: u32) -> &str {
        let doc = &self.docs[number as usize];
        if doc.number == NOTHING { "" } else { self.texts.get(doc.number) }
    }

    pub fn names(&self, number: u32) -> impl Iterator<Item = (&str, &str)> {
        let (from, to) = self.between(number, |doc| doc.names, self.names.len());
        self.names[from..to].iter().map(|(tag, name)| (self.texts.get(*tag), self.texts.get(*name)))
    }

    pub fn at(&self, number: u32) -> (f64, f64) {
        self.at[number as usize]
    }

    pub fn weight(&self, number: u32) -> f32 {
        self.weights[number as usize]
    }

    /// Place of its class in `classes`.
    pub fn class(&self, number: u32) -> usize {
        self.class[number as usize] as usize
    }

    fn between(&self, number: u32, start: impl Fn(&Doc) -> u32, end: usize) -> (usize, usize) {
        let number = number as usize;
        (start(&self.docs[number]) as usize, self.docs.get(number + 1).map_or(end, |next| start(next) as usize))
    }

    /// All entries with this id.
    pub fn find(&self, id: &str) -> &[u32] {
        let from = self.by_id.partition_point(|number| self.id(*number) < id);
        let count = self.by_id[from..].iter().take_while(|number| self.id(**number) == id).count();
        &self.by_id[from..from + count]
    }

    /// Entries whose id comes again later.
    pub fn earlier(&self) -> impl Iterator<Item = u32> {
        let again = |pair: &&[u32]| self.id(pair[0]) == self.id(pair[1]);
        self.by_id.windows(2).filter(again).map(|pair| pair[0])
    }

    pub fn address(&self, number: u32) -> Option<Address> {
        let doc = &self.docs[number as usize];
        let text = |at| self.texts.get(at).to_owned();
        let (from, to) = self.between(number, |doc| doc.forms, self.forms.len());
        (doc.street != NOTHING).then(|| Address {
            street: text(doc.street),
            forms: self.forms[from..to].iter().map(|form| text(*form)).collect(),
            number: text(doc.number),
            postcode: text(doc.postcode),
            place: text(doc.place),
        })
    }

    pub fn district(&self, number: u32) -> &str {
        self.texts.get(self.docs[number as usize].district)
    }

    /// The entry as it was given, with its title for a name.
    pub fn entry(&self, number: u32, layer: &str) -> Entry {
        Entry {
            layer: layer.to_owned(),
            id: self.id(number).to_owned(),
            name: self.name(number).to_owned(),
            names: self.names(number).map(|(tag, name)| (tag.to_owned(), name.to_owned())).collect(),
            address: self.address(number),
            district: self.district(number).to_owned(),
            at: self.at(number),
            weight: self.weight(number),
            class: self.classes[self.class(number)],
        }
    }

    /// Bytes held.
    pub fn size(&self) -> usize {
        self.terms.size()
            + self.texts.all.capacity()
            + self.texts.starts.capacity() * size_of::<usize>()
            + self.docs.capacity() * size_of::<Doc>()
            + self.at.capacity() * 16
            + self.weights.capacity() * 4
            + self.class.capacity() * 2
            + self.names.capacity() * 8
            + (self.forms.capacity() + self.by_id.capacity()) * 4
    }
}

/// What was seen while building.
#[derive(Default)]
struct Known {
    texts: HashMap<Box<str>, u32>,
    classes: HashMap<u16, u16>,
}

/// Texts one after the other.
#[derive(Default)]
struct Texts {
    all: String,
    starts: Vec<usize>,
}

impl Texts {
    fn keep(&mut self, text: &str) -> u32 {
        self.starts.push(self.all.len());
        self.all.push_str(text);
        (self.starts.len() - 1) as u32
    }

    fn keep_once(&mut self, text: &str, known: &mut HashMap<Box<str>, u32>) -> u32 {
        match known.get(text) {
            Some(number) => *number,
            None => {
                let number = self.keep(text);
                known.insert(text.into(), number);
                number
            }
        }
    }

    fn get(&self, number: u32) -> &str {
        let number = number as usize;
        &self.all[self.starts[number]..self.starts.get(number + 1).copied().unwrap_or(self.all.len())]
    }
}
