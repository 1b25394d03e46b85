//! The terms by which an entry is found.

use crate::{
    Entry,
    fold::{self, Word},
    hangul, roman,
    terms::{Gather, Role, posting},
};

/// Characters of a name and words of it that are searched.
pub const NAME: usize = 300;
pub const NAME_WORDS: usize = 24;
/// Before the initials of a word among the terms.
pub const INITIALS: u16 = 1;
/// Longest word without spaces, in letters, that is found by its middle.
const INNER: usize = 24;

/// Puts all terms of an entry among the others.
pub fn entry(entry: &Entry, number: u32, gather: &mut Gather) {
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
