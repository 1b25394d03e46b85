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
    let mut put = Put { gather, entry: number };
    let title = entry.title();
    for name in std::iter::once(title.as_str()).chain(entry.names.iter().map(|(_, name)| name.as_str())) {
        put.name(&fold::words(name, NAME, NAME_WORDS));
    }
    if let Some(address) = &entry.address {
        for street in std::iter::once(&address.street).chain(&address.forms) {
            put.words(&fold::words(street, NAME, NAME_WORDS), Role::Street);
        }
        for word in fold::words(&address.number, NAME, 4) {
            put.number(&word, Role::Street);
        }
        for place in [&address.postcode, &address.place] {
            fold::words(place, NAME, NAME_WORDS).iter().for_each(|word| put.word(word, Role::Place));
        }
    }
    fold::words(&entry.district, NAME, NAME_WORDS).iter().for_each(|word| put.word(word, Role::Place));
}

struct Put<'g> {
    gather: &'g mut Gather,
    entry: u32,
}

impl Put<'_> {
    fn term(&mut self, term: &[u16], role: Role) {
        self.gather.add(term, posting(self.entry, role));
    }

    fn name(&mut self, words: &[Word]) {
        if words.iter().any(Word::is_number) {
            return self.words(words, Role::Word);
        }
        match words {
            [] => {}
            [_] => self.words(words, Role::Whole),
            _ => {
                self.joined(words, Role::Whole);
                self.words(words, Role::Word);
            }
        }
    }

    /// Words, and neighbours written as one.
    fn words(&mut self, words: &[Word], role: Role) {
        for word in words {
            self.word(word, role);
        }
        for pair in words.windows(2).filter(|pair| !pair.iter().any(Word::is_number)) {
            self.joined(pair, role);
        }
    }

    /// Words as if they were written without spaces.
    fn joined(&mut self, words: &[Word], role: Role) {
        let letters: Vec<char> = words.iter().flat_map(|word| word.letters.iter().copied()).collect();
        self.term(&fold::term(&letters), role);
        if letters.iter().any(|c| hangul::is_syllable(*c)) {
            self.term(&initials(&letters), role);
            let latin: String = words.iter().map(|word| usual(&word.letters)).collect();
            self.term(&units(&latin), role);
        }
    }

    fn word(&mut self, word: &Word, role: Role) {
        if word.is_number() {
            self.number(word, role);
        } else if word.is_cjk() {
            self.gather.add_word(&word.letters, role, self.entry, || spellings(&word.letters, role));
        } else {
            self.term(&word.term(), role);
        }
    }

    fn number(&mut self, word: &Word, role: Role) {
        self.term(&word.term(), role);
        if let Some(main) = word.main_number().filter(|main| main.len() < word.letters.len() && role != Role::Place) {
            self.term(&fold::term(main), Role::Part);
        }
    }
}

/// A word in a script without spaces: itself, in Latin letters, its initials, and the same of its ends.
fn spellings(letters: &[char], role: Role) -> Vec<(Vec<u16>, Role)> {
    let text: String = letters.iter().collect();
    let mut all = vec![(fold::term(letters), role)];
    all.extend(roman::spellings(&text).iter().map(|spelling| (units(spelling), role)));
    let is_hangul = letters.iter().any(|c| hangul::is_syllable(*c));
    if is_hangul {
        all.push((initials(letters), role));
    }
    if role == Role::Place || letters.len() > INNER {
        return all;
    }
    for from in 1..letters.len() {
        all.push((fold::term(&letters[from..]), Role::Inner));
        if is_hangul && from + 1 < letters.len() {
            all.push((initials(&letters[from..]), Role::Inner));
        }
    }
    all
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
