//! Entries that do not change, and the terms they are found by.

use std::collections::HashMap;

use crate::{
    Address, Entry,
    fold::{self, Word},
    hangul, roman,
    terms::{Gather, MOST, Role, Terms, posting},
};

/// Characters of a name and words of it that are searched.
pub const NAME: usize = 300;
pub const NAME_WORDS: usize = 24;
/// Before the initials of a word among the terms.
pub const INITIALS: u16 = 1;
/// Longest word without spaces, in letters, that is found by its middle.
const INNER: usize = 24;
const NOTHING: u32 = u32::MAX;

pub struct Segment {
    pub terms: Terms,
    /// Longitude and latitude, apart from the rest because all are read for what is nearest.
    at: Vec<(f64, f64)>,
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
    weight: f32,
    /// Place in `classes`.
    class: u16,
}

impl Segment {
    pub fn build(entries: impl IntoIterator<Item = Entry>) -> Segment {
        let mut gather = Gather::default();
        let mut known = Known::default();
        let mut segment = Segment {
            terms: Terms::default(),
            at: Vec::new(),
            docs: Vec::new(),
            texts: Texts::default(),
            names: Vec::new(),
            forms: Vec::new(),
            classes: Vec::new(),
            by_id: Vec::new(),
        };
        for entry in entries.into_iter().take(MOST) {
            let number = segment.docs.len() as u32;
            index(&entry, number, &mut gather);
            segment.keep(entry, &mut known);
        }
        segment.terms = gather.finish();
        segment.docs.shrink_to_fit();
        segment.at.shrink_to_fit();
        segment.texts.all.shrink_to_fit();
        let mut order: Vec<u32> = (0..segment.docs.len() as u32).collect();
        order.sort_by(|a, b| segment.id(*a).cmp(segment.id(*b)).then(a.cmp(b)));
        segment.by_id = order;
        segment
    }

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
        self.docs.push(Doc { id, name, district, street, number, postcode, place, names, forms, weight, class });
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
        self.docs[number as usize].weight
    }

    /// Place of its class in `classes`.
    pub fn class(&self, number: u32) -> usize {
        self.docs[number as usize].class as usize
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

/// Puts all terms of an entry among the others.
fn index(entry: &Entry, number: u32, gather: &mut Gather) {
    let mut put = |term: &[u16], role| gather.add(term, posting(number, role));
    let title = entry.title();
    for name in std::iter::once(title.as_str()).chain(entry.names.iter().map(|(_, name)| name.as_str())) {
        index_name(&fold::words(name, NAME, NAME_WORDS), &mut put);
    }
    if let Some(address) = &entry.address {
        for street in std::iter::once(&address.street).chain(&address.forms) {
            index_words(&fold::words(street, NAME, NAME_WORDS), Role::Street, &mut put);
        }
        for word in fold::words(&address.number, NAME, 4) {
            index_number(&word, Role::Street, &mut put);
        }
        for place in [&address.postcode, &address.place] {
            fold::words(place, NAME, NAME_WORDS).iter().for_each(|word| index_word(word, Role::Place, &mut put));
        }
    }
    fold::words(&entry.district, NAME, NAME_WORDS).iter().for_each(|word| index_word(word, Role::Place, &mut put));
}

fn index_name(words: &[Word], put: &mut impl FnMut(&[u16], Role)) {
    if words.iter().any(Word::is_number) {
        return index_words(words, Role::Word, put);
    }
    match words {
        [] => {}
        [only] => index_words(std::slice::from_ref(only), Role::Whole, put),
        _ => {
            joined(words, Role::Whole, put);
            index_words(words, Role::Word, put);
        }
    }
}

/// Words, and neighbours written as one.
fn index_words(words: &[Word], role: Role, put: &mut impl FnMut(&[u16], Role)) {
    for word in words {
        index_word(word, role, put);
    }
    for pair in words.windows(2).filter(|pair| !pair.iter().any(Word::is_number)) {
        joined(pair, if role == Role::Whole { Role::Word } else { role }, put);
    }
}

/// Words as if they were written without spaces.
fn joined(words: &[Word], role: Role, put: &mut impl FnMut(&[u16], Role)) {
    let letters: Vec<char> = words.iter().flat_map(|word| word.letters.iter().copied()).collect();
    put(&fold::term(&letters), role);
    if letters.iter().any(|c| hangul::is_syllable(*c)) {
        put(&initials(&letters), role);
        let latin: String = words.iter().map(|word| usual(&word.letters)).collect();
        put(&units(&latin), role);
    }
}

fn index_word(word: &Word, role: Role, put: &mut impl FnMut(&[u16], Role)) {
    if word.is_number() {
        return index_number(word, role, put);
    }
    put(&word.term(), role);
    if !word.is_cjk() {
        return;
    }
    let text: String = word.letters.iter().collect();
    for spelling in roman::spellings(&text) {
        put(&units(&spelling), role);
    }
    let is_hangul = word.letters.iter().any(|c| hangul::is_syllable(*c));
    if is_hangul {
        put(&initials(&word.letters), role);
    }
    if role == Role::Place || word.letters.len() > INNER {
        return;
    }
    for from in 1..word.letters.len() {
        put(&fold::term(&word.letters[from..]), Role::Inner);
        if is_hangul && from + 1 < word.letters.len() {
            put(&initials(&word.letters[from..]), Role::Inner);
        }
    }
}

fn index_number(word: &Word, role: Role, put: &mut impl FnMut(&[u16], Role)) {
    put(&word.term(), role);
    if let Some(main) = word.main_number().filter(|main| main.len() < word.letters.len() && role != Role::Place) {
        put(&fold::term(main), Role::Part);
    }
}

pub fn initials(letters: &[char]) -> Vec<u16> {
    let first: Vec<char> = letters.iter().map(|c| hangul::initial(*c)).collect();
    std::iter::once(INITIALS).chain(fold::term(&first)).collect()
}

fn usual(letters: &[char]) -> String {
    roman::romanise(&letters.iter().collect::<String>(), roman::Reading::default())
}

fn units(text: &str) -> Vec<u16> {
    text.encode_utf16().collect()
}
