//! Korean in Latin letters: the Revised Romanisation (국어의 로마자 표기법, notice 2014-42 of the Ministry of Culture,
//! Sports and Tourism, before it 2000-8; kept by the National Institute of Korean Language). Section 2 gives the letters,
//! section 3 the sound changes that are written.
//!
//! Three changes depend on what a word is made of, which its letters do not tell; they are [`Reading`]s. For a search
//! all that apply are tried ([`spellings`]).

use crate::hangul::{cluster, is_syllable, parts};

/// What the letters leave open. The default is the reading of most names of places.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reading {
    /// ㄴ slips in before i and y where words were put together: 학여울 Hangnyeoul, 알약 allyak (3.1.2).
    pub n_slips_in: bool,
    /// ㄱ, ㄷ, ㅂ and ㅎ melt together, as in verbs: 잡혀 japyeo; nouns keep them: 묵호 Mukho (3.1.4).
    pub melted: bool,
    /// ㄴㄹ is said nn: 신문로 Sinmunno, rather than 신라 Silla (3.1.1).
    pub n_before_l: bool,
}

/// Units of administration and roads, longest first. A hyphen goes before them, over which no sound changes (3.5;
/// roads by the ordinance on road names).
const UNITS: [&str; 13] = ["번길", "대로", "도", "시", "군", "구", "읍", "면", "리", "동", "가", "로", "길"];

/// A word in small letters without hyphens; what is not Hangul stays. `n_before_l` of a road's name that is longer than
/// two syllables is known: 신문로.
pub fn romanise(word: &str, reading: Reading) -> String {
    let mut out = String::new();
    let mut syllables: Vec<char> = Vec::new();
    for c in word.chars() {
        if is_syllable(c) {
            syllables.push(c);
        } else {
            write(&syllables, reading, &mut out);
            syllables.clear();
            out.push(c);
        }
    }
    write(&syllables, reading, &mut out);
    out
}

/// With the hyphen before a unit: 도봉구 dobong-gu, 세종대로 sejong-daero. `None` when the word has none.
pub fn romanise_unit(word: &str, reading: Reading) -> Option<String> {
    let unit = UNITS.into_iter().find(|unit| word.ends_with(unit))?;
    let stem = word.strip_suffix(unit).filter(|stem| stem.chars().any(is_syllable))?;
    Some(format!("{}-{}", romanise(stem, reading), romanise(unit, Reading::default())))
}

/// Every spelling to find a word by, without hyphens; the first is the usual one. None when there is no Hangul in it.
pub fn spellings(word: &str) -> Vec<String> {
    if !word.chars().any(is_syllable) {
        return Vec::new();
    }
    let usual = Reading::default();
    let readings = [
        usual,
        Reading { n_slips_in: true, ..usual },
        Reading { melted: true, ..usual },
        Reading { n_before_l: true, ..usual },
    ];
    let mut all: Vec<String> = Vec::new();
    for text in readings.map(|reading| romanise(word, reading)).into_iter().chain([by_units(word)]) {
        if !all.contains(&text) {
            all.push(text);
        }
    }
    all
}

/// As if a hyphen stood before every unit, without the hyphens: 자하문로23길 jahamunro23gil.
fn by_units(word: &str) -> String {
    let hangul = |a: &char, b: &char| is_syllable(*a) == is_syllable(*b);
    let letters: Vec<char> = word.chars().collect();
    let runs = letters.chunk_by(hangul).map(|run| {
        let run: String = run.iter().collect();
        romanise_unit(&run, Reading::default())
            .map_or_else(|| romanise(&run, Reading::default()), |text| text.replace('-', ""))
    });
    runs.collect()
}

#[derive(Clone, Copy)]
struct Syllable {
    first: char,
    vowel: char,
    last: Option<char>,
}

fn write(syllables: &[char], reading: Reading, out: &mut String) {
    let mut said: Vec<Syllable> = syllables
        .iter()
        .filter_map(|c| parts(*c))
        .map(|(first, vowel, last)| Syllable { first, vowel, last })
        .collect();
    let road = said.len() > 2 && syllables.last() == Some(&'로');
    for at in 1..said.len() {
        let reading = Reading { n_before_l: reading.n_before_l || road && at + 1 == said.len(), ..reading };
        let (before, after) = (said[at - 1], said[at]);
        let (last, first) = meet(before.last, after, reading);
        said[at - 1].last = last;
        said[at].first = first;
    }
    if let Some(end) = said.last_mut() {
        end.last = end.last.map(closed);
    }
    let mut before = None;
    for syllable in said {
        // ㄹㄹ is ll (2.2, note 2).
        out.push_str(if before == Some('ㄹ') && syllable.first == 'ㄹ' { "l" } else { opening(syllable.first) });
        out.push_str(vowel(syllable.vowel));
        out.push_str(syllable.last.map_or("", closing));
        before = syllable.last;
    }
}

/// What becomes of a final and the initial after it (section 3.1).
fn meet(last: Option<char>, next: Syllable, reading: Reading) -> (Option<char>, char) {
    let Some(mut last) = last else { return (None, next.first) };
    let mut first = next.first;
    if reading.n_slips_in && first == 'ㅇ' && matches!(next.vowel, 'ㅣ' | 'ㅑ' | 'ㅒ' | 'ㅕ' | 'ㅖ' | 'ㅛ' | 'ㅠ')
    {
        first = 'ㄴ';
    }
    // ㄷ and ㅌ soften before i (3.1.3).
    match (last, first, next.vowel) {
        ('ㄷ', 'ㅇ', 'ㅣ') => return (None, 'ㅈ'),
        ('ㅌ', 'ㅇ', 'ㅣ') | ('ㄷ', 'ㅎ', 'ㅣ' | 'ㅕ') => return (None, 'ㅊ'),
        ('ㄾ', 'ㅇ', 'ㅣ') => return (Some('ㄹ'), 'ㅊ'),
        _ => {}
    }
    // A final ㅎ melts into what follows or falls silent.
    if let Some(rest) = match last {
        'ㅎ' => Some(None),
        'ㄶ' => Some(Some('ㄴ')),
        'ㅀ' => Some(Some('ㄹ')),
        _ => None,
    } {
        match (first, rest) {
            ('ㄱ', _) => return (rest, 'ㅋ'),
            ('ㄷ', _) => return (rest, 'ㅌ'),
            ('ㅈ', _) => return (rest, 'ㅊ'),
            ('ㅅ' | 'ㅇ', None) => return (None, first),
            ('ㄴ', None) => return (Some('ㄴ'), 'ㄴ'),
            (_, Some(rest)) => last = rest,
            _ => {}
        }
    }
    if first == 'ㅎ' && reading.melted {
        match closed(last) {
            'ㄱ' => return (None, 'ㅋ'),
            'ㅂ' => return (None, 'ㅍ'),
            'ㄷ' => return (None, if last == 'ㅈ' { 'ㅊ' } else { 'ㅌ' }),
            _ => {}
        }
    }
    if first == 'ㅇ' && last != 'ㅇ' {
        return match cluster(last) {
            Some((stays, goes)) => (Some(stays), goes),
            None => (None, last),
        };
    }
    assimilate(closed(last), first, reading)
}

/// Neighbouring consonants become alike (3.1.1).
fn assimilate(last: char, first: char, reading: Reading) -> (Option<char>, char) {
    let nasal = match last {
        'ㄱ' => 'ㅇ',
        'ㄷ' => 'ㄴ',
        'ㅂ' => 'ㅁ',
        other => other,
    };
    let (last, first) = match (last, first) {
        ('ㄱ' | 'ㄷ' | 'ㅂ', 'ㄴ' | 'ㅁ') => (nasal, first),
        ('ㄱ' | 'ㄷ' | 'ㅂ' | 'ㅁ' | 'ㅇ', 'ㄹ') => (nasal, 'ㄴ'),
        ('ㄴ', 'ㄹ') if reading.n_before_l => ('ㄴ', 'ㄴ'),
        ('ㄴ', 'ㄹ') | ('ㄹ', 'ㄴ') => ('ㄹ', 'ㄹ'),
        other => other,
    };
    (Some(last), first)
}

/// The seven sounds that can end a syllable.
fn closed(last: char) -> char {
    match last {
        'ㄱ' | 'ㄲ' | 'ㅋ' | 'ㄳ' | 'ㄺ' => 'ㄱ',
        'ㄴ' | 'ㄵ' | 'ㄶ' => 'ㄴ',
        'ㄷ' | 'ㅅ' | 'ㅆ' | 'ㅈ' | 'ㅊ' | 'ㅌ' | 'ㅎ' => 'ㄷ',
        'ㄹ' | 'ㄼ' | 'ㄽ' | 'ㄾ' | 'ㅀ' => 'ㄹ',
        'ㅁ' | 'ㄻ' => 'ㅁ',
        'ㅂ' | 'ㅄ' | 'ㅍ' | 'ㄿ' => 'ㅂ',
        other => other,
    }
}

fn opening(first: char) -> &'static str {
    match first {
        'ㄱ' => "g",
        'ㄲ' => "kk",
        'ㄴ' => "n",
        'ㄷ' => "d",
        'ㄸ' => "tt",
        'ㄹ' => "r",
        'ㅁ' => "m",
        'ㅂ' => "b",
        'ㅃ' => "pp",
        'ㅅ' => "s",
        'ㅆ' => "ss",
        'ㅈ' => "j",
        'ㅉ' => "jj",
        'ㅊ' => "ch",
        'ㅋ' => "k",
        'ㅌ' => "t",
        'ㅍ' => "p",
        'ㅎ' => "h",
        _ => "",
    }
}

fn closing(last: char) -> &'static str {
    match last {
        'ㄱ' => "k",
        'ㄴ' => "n",
        'ㄷ' => "t",
        'ㄹ' => "l",
        'ㅁ' => "m",
        'ㅂ' => "p",
        'ㅇ' => "ng",
        _ => "",
    }
}

fn vowel(vowel: char) -> &'static str {
    match vowel {
        'ㅏ' => "a",
        'ㅐ' => "ae",
        'ㅑ' => "ya",
        'ㅒ' => "yae",
        'ㅓ' => "eo",
        'ㅔ' => "e",
        'ㅕ' => "yeo",
        'ㅖ' => "ye",
        'ㅗ' => "o",
        'ㅘ' => "wa",
        'ㅙ' => "wae",
        'ㅚ' => "oe",
        'ㅛ' => "yo",
        'ㅜ' => "u",
        'ㅝ' => "wo",
        'ㅞ' => "we",
        'ㅟ' => "wi",
        'ㅠ' => "yu",
        'ㅡ' => "eu",
        'ㅢ' => "ui",
        'ㅣ' => "i",
        _ => "",
    }
}

#[cfg(test)]
mod tests;
