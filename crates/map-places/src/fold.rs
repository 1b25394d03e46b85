//! Text as it is compared: without case, accents, width and other spellings of the same letters, cut into words.
//! Every letter remembers the character it comes from, so that a page can mark what was found.

use unicode_normalization::{UnicodeNormalization, char::canonical_combining_class};

use crate::hangul;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Word,
    /// A house number or another number: `3`, `52a`, `110-5`. It is never compared with typos.
    Number,
}

/// A word. Letters of Hangul are whole syllables here; [`Word::term`] takes them apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    pub kind: Kind,
    pub letters: Vec<char>,
    /// For each letter, which character of the text it was.
    pub places: Vec<u32>,
}

impl Word {
    /// The letters that are compared, UTF-16.
    pub fn term(&self) -> Vec<u16> {
        term(&self.letters)
    }

    pub fn is_number(&self) -> bool {
        self.kind == Kind::Number
    }

    /// Scripts that write words without spaces, or join them at will.
    pub fn is_cjk(&self) -> bool {
        self.letters.iter().any(|c| is_cjk(*c))
    }

    /// Initials alone or among syllables: ㅅㅊ, ㅅ청. Written out, clusters taken apart.
    pub fn initials(&self) -> Option<Vec<char>> {
        let mut typed = Vec::with_capacity(self.letters.len());
        for c in &self.letters {
            match hangul::cluster(*c) {
                Some((first, second)) => typed.extend([first, second]),
                None => typed.push(*c),
            }
        }
        typed.iter().any(|c| hangul::is_consonant(*c)).then_some(typed)
    }

    /// The number before letters and after-numbers: 52 of `52a`, 110 of `110-5`.
    pub fn main_number(&self) -> Option<&[char]> {
        let digits = self.letters.iter().take_while(|c| c.is_ascii_digit()).count();
        (self.is_number() && digits > 0).then(|| &self.letters[..digits])
    }
}

pub fn term(letters: &[char]) -> Vec<u16> {
    let mut term = Vec::with_capacity(letters.len() * 2);
    let mut buffer = [0; 2];
    for c in letters {
        hangul::jamo(*c, &mut |letter| term.extend_from_slice(letter.encode_utf16(&mut buffer)));
    }
    term
}

pub fn is_cjk(c: char) -> bool {
    hangul::is_syllable(c)
        || matches!(c, '\u{3041}'..='\u{3096}' | 'ー' | '々' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}')
        || ('\u{3131}'..='\u{3163}').contains(&c)
}

/// Folded letters with their places; a gap is `' '`, a hyphen between digits stays `'-'`.
fn folded(text: &str, longest: usize) -> Vec<(char, u32)> {
    let mut out = Vec::with_capacity(text.len());
    let mut group = String::new();
    let mut place = 0;
    for (number, c) in text.chars().take(longest).enumerate() {
        if !group.is_empty() && !continues(c) {
            fold(&group, place, &mut out);
            group.clear();
        }
        if group.is_empty() {
            place = number as u32;
        }
        group.push(c);
    }
    fold(&group, place, &mut out);
    out
}

/// Marks and jamo that make one letter with what is before them.
fn continues(c: char) -> bool {
    canonical_combining_class(c) != 0
        || matches!(c, '\u{1160}'..='\u{11FF}' | '\u{FF9E}' | '\u{FF9F}' | '\u{FE00}'..='\u{FE0F}')
}

fn fold(group: &str, place: u32, out: &mut Vec<(char, u32)>) {
    // Jamo standing alone stay what they are; NFKC would make initials of them.
    let mut only = group.chars();
    if let (Some(c @ ('a'..='z' | '0'..='9' | '가'..='힣' | 'ㄱ'..='ㅣ')), None) = (only.next(), only.next()) {
        out.push((c, place));
        return;
    }
    let plain: String = group.nfkc().flat_map(char::to_lowercase).nfd().filter(|c| !is_accent(*c)).nfc().collect();
    for c in plain.chars() {
        let written: &[char] = match c {
            'æ' => &['a', 'e'],
            'œ' => &['o', 'e'],
            'þ' => &['t', 'h'],
            'ß' => &['s', 's'],
            'ð' | 'đ' => &['d'],
            'ø' => &['o'],
            'ł' => &['l'],
            'ħ' => &['h'],
            'ı' => &['i'],
            'ŋ' => &['n'],
            'ς' => &['σ'],
            // Written or left out at will.
            '\'' | '’' | '‘' | 'ʼ' | '`' | '´' | '·' | '・' | '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{FEFF}' => {
                &[]
            }
            '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '~' | '〜' => &['-'],
            _ => &[simple(c)],
        };
        out.extend(written.iter().map(|c| (*c, place)));
    }
}

/// Katakana as hiragana, other scripts' digits as ours, everything that is no letter as a gap.
fn simple(c: char) -> char {
    match c {
        '\u{30A1}'..='\u{30F6}' => char::from_u32(c as u32 - 0x60).unwrap_or(c),
        '\u{660}'..='\u{669}' => char::from_u32(c as u32 - 0x660 + 0x30).unwrap_or(c),
        '\u{6F0}'..='\u{6F9}' => char::from_u32(c as u32 - 0x6F0 + 0x30).unwrap_or(c),
        _ if c.is_alphanumeric() || canonical_combining_class(c) != 0 => c,
        _ => ' ',
    }
}

/// Accents of Latin, Greek and Cyrillic, points of Hebrew and Arabic. The voice marks of kana are none.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{591}'..='\u{5C7}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{FE00}'..='\u{FE0F}')
}

/// The first `most` words of the first `longest` characters.
pub fn words(text: &str, longest: usize, most: usize) -> Vec<Word> {
    let letters = folded(text, longest);
    let mut out: Vec<Word> = Vec::new();
    let mut from = 0;
    while from < letters.len() && out.len() <= most {
        let gap = |at: usize| match letters[at].0 {
            ' ' => true,
            '-' => !(digit(&letters, at.wrapping_sub(1)) && digit(&letters, at + 1)),
            _ => false,
        };
        if gap(from) {
            from += 1;
            continue;
        }
        let to = (from..letters.len()).find(|at| gap(*at)).unwrap_or(letters.len());
        cut(&letters[from..to], &mut out);
        from = to;
    }
    join_letters(&mut out);
    out.truncate(most);
    out
}

fn digit(letters: &[(char, u32)], at: usize) -> bool {
    letters.get(at).is_some_and(|(c, _)| c.is_ascii_digit())
}

/// Cuts what stands between gaps: `세종대로110` is a street and a number, `세종대로23길` one word, `강남CGV` two.
fn cut(run: &[(char, u32)], out: &mut Vec<Word>) {
    let word = |kind, part: &[(char, u32)]| Word {
        kind,
        letters: part.iter().map(|(c, _)| *c).collect(),
        places: part.iter().map(|(_, place)| *place).collect(),
    };
    let lead = run.iter().take_while(|(c, _)| c.is_ascii_digit() || *c == '-').count();
    let rest: String = run[lead..].iter().map(|(c, _)| *c).collect();
    if lead > 0 {
        let letter = rest.len() == 1 && rest.starts_with(|c: char| c.is_ascii_lowercase());
        if rest.is_empty() || letter {
            out.push(word(Kind::Number, run));
            return;
        }
        if matches!(rest.as_str(), "번지" | "호" | "번") {
            out.push(word(Kind::Number, &run[..lead]));
            return;
        }
    } else if let Some(end) = trailing_number(run) {
        cut_scripts(&run[..end], out, word);
        out.push(word(Kind::Number, &run[end..]));
        return;
    }
    cut_scripts(run, out, word);
}

/// Where the number at the end of a word begins: `110`, `110-5`, `52a`.
fn trailing_number(run: &[(char, u32)]) -> Option<usize> {
    let is_number = |(c, _): &(char, u32)| c.is_ascii_digit() || *c == '-';
    let letter = run.len() > 2 && run[run.len() - 1].0.is_ascii_lowercase() && is_number(&run[run.len() - 2]);
    let body = &run[..run.len() - usize::from(letter)];
    let digits = body.iter().rev().take_while(|c| is_number(c)).count();
    (digits > 0 && digits < body.len()).then(|| body.len() - digits)
}

fn cut_scripts(run: &[(char, u32)], out: &mut Vec<Word>, word: impl Fn(Kind, &[(char, u32)]) -> Word) {
    let mut from = 0;
    for at in 1..run.len() {
        let (a, b) = (run[at - 1].0, run[at].0);
        let latin = |c: char| c.is_alphabetic() && !is_cjk(c);
        if latin(a) && is_cjk(b) || is_cjk(a) && latin(b) {
            out.push(word(Kind::Word, &run[from..at]));
            from = at;
        }
    }
    if from < run.len() {
        out.push(word(Kind::Word, &run[from..]));
    }
}

/// `52 A` is `52a`.
fn join_letters(words: &mut Vec<Word>) {
    let mut at = 1;
    while at < words.len() {
        let single = words[at].letters.len() == 1 && words[at].letters[0].is_ascii_lowercase();
        if single && words[at - 1].is_number() && words[at - 1].letters.last().is_some_and(char::is_ascii_digit) {
            let letter = words.remove(at);
            words[at - 1].letters.extend(letter.letters);
            words[at - 1].places.extend(letter.places);
        } else {
            at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        let words = words(text, 1000, 100);
        let shown: Vec<String> = words.iter().map(|word| word.letters.iter().collect()).collect();
        shown.join("|")
    }

    #[test]
    fn case_accents_width_and_kana_are_folded() {
        assert_eq!(plain("Þingvellir ÆGISSÍÐA Höfðaholt"), "thingvellir|aegissida|hofdaholt");
        assert_eq!(plain("Straße Łódź İstanbul ΣΑΜΟΣ ΣΆΜΟς"), "strasse|lodz|istanbul|σαμοσ|σαμοσ");
        assert_eq!(plain("Ｈｌｅｍｍｕｒ　３"), "hlemmur|3");
        assert_eq!(
            plain("トウキョウ とうきょう ﾄｳｷｮｳ ガッコウ ｶﾞｯｺｳ"),
            "とうきょう|とうきょう|とうきょう|がっこう|がっこう"
        );
        assert_eq!(plain("O’Connell St. Neðri-Selá"), "oconnell|st|nedri|sela");
        let apart: String = "Höfðaholt 강남구 ガ".nfd().collect();
        assert_eq!(plain(&apart), "hofdaholt|강남구|が");
    }

    #[test]
    fn numbers_of_houses_stand_alone() {
        assert_eq!(plain("세종대로110"), "세종대로|110");
        assert_eq!(plain("세종대로 110-5번지"), "세종대로|110-5");
        assert_eq!(plain("자하문로23길 19–3"), "자하문로23길|19-3");
        assert_eq!(plain("자하문로23길19-3"), "자하문로23길|19-3");
        assert_eq!(plain("Borgarbraut 52 A, 310 Borgarnes"), "borgarbraut|52a|310|borgarnes");
        assert_eq!(plain("borgarbraut52a"), "borgarbraut|52a");
        assert_eq!(plain("강남CGV 7호선"), "강남|cgv|7호선");
        assert!(words("52A", 9, 9)[0].is_number() && !words("3가", 9, 9)[0].is_number());
        assert_eq!(words("110-5", 9, 9)[0].main_number(), Some(&['1', '1', '0'][..]));
    }

    #[test]
    fn letters_know_their_place() {
        let text: String = "Æ ö강".nfd().collect();
        let words = words(&text, 100, 10);
        assert_eq!(words[0].places, [0, 0]);
        assert_eq!(words[1].places, [2]);
        assert_eq!(words[2].places, [4]);
    }

    #[test]
    fn what_is_no_word_is_nothing() {
        for text in ["", "***???", "\0\0\0", "🏛🗺️", "---", "'’"] {
            assert_eq!(plain(text), "", "{text:?}");
        }
        assert_eq!(plain("a\0b"), "a|b");
        assert_eq!(words(&"a ".repeat(10_000), 256, 8).len(), 8);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_cut(text in "\\PC{0,60}") {
            let count = text.chars().count() as u32;
            for word in words(&text, 50, 9) {
                proptest::prop_assert_eq!(word.letters.len(), word.places.len());
                proptest::prop_assert!(!word.letters.is_empty() && word.places.iter().all(|place| *place < count));
            }
        }
    }
}
