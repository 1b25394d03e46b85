//! Hangul taken apart: a syllable is written with two or three jamo, and people search with fewer.
//!
//! Jamo are the compatibility letters (U+3131–U+3163), the same at the beginning and at the end of a syllable, as a
//! keyboard sends them: `시ㅊ`, `싳` and `시처` all begin `시청`. Final clusters (ㄳ) are two letters for the same reason;
//! vowels (ㅘ) stay one, so that one wrong vowel is one typo. Arithmetic of syllables: Unicode 3.12.

const INITIALS: [char; 19] =
    ['ㄱ', 'ㄲ', 'ㄴ', 'ㄷ', 'ㄸ', 'ㄹ', 'ㅁ', 'ㅂ', 'ㅃ', 'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅉ', 'ㅊ', 'ㅋ', 'ㅌ', 'ㅍ', 'ㅎ'];
const VOWELS: [char; 21] = [
    'ㅏ', 'ㅐ', 'ㅑ', 'ㅒ', 'ㅓ', 'ㅔ', 'ㅕ', 'ㅖ', 'ㅗ', 'ㅘ', 'ㅙ', 'ㅚ', 'ㅛ', 'ㅜ', 'ㅝ', 'ㅞ', 'ㅟ', 'ㅠ', 'ㅡ',
    'ㅢ', 'ㅣ',
];
const FINALS: [char; 28] = [
    '\0', 'ㄱ', 'ㄲ', 'ㄳ', 'ㄴ', 'ㄵ', 'ㄶ', 'ㄷ', 'ㄹ', 'ㄺ', 'ㄻ', 'ㄼ', 'ㄽ', 'ㄾ', 'ㄿ', 'ㅀ', 'ㅁ', 'ㅂ', 'ㅄ',
    'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅊ', 'ㅋ', 'ㅌ', 'ㅍ', 'ㅎ',
];

/// Initial, vowel and final of a syllable.
pub fn parts(c: char) -> Option<(char, char, Option<char>)> {
    let number = (c as u32).checked_sub(0xAC00).filter(|number| *number < 11_172)? as usize;
    let last = number % 28;
    let final_ = (last > 0).then(|| FINALS[last]);
    Some((INITIALS[number / 588], VOWELS[number % 588 / 28], final_))
}

pub fn is_syllable(c: char) -> bool {
    ('가'..='힣').contains(&c)
}

/// A consonant standing alone, as people type who search by initials.
pub fn is_consonant(c: char) -> bool {
    ('ㄱ'..='ㅎ').contains(&c)
}

/// The two consonants of a cluster. A keyboard makes clusters of initials, too: ㄱ and ㅅ typed one after the other
/// appear as ㄳ.
pub fn cluster(c: char) -> Option<(char, char)> {
    Some(match c {
        'ㄳ' => ('ㄱ', 'ㅅ'),
        'ㄵ' => ('ㄴ', 'ㅈ'),
        'ㄶ' => ('ㄴ', 'ㅎ'),
        'ㄺ' => ('ㄹ', 'ㄱ'),
        'ㄻ' => ('ㄹ', 'ㅁ'),
        'ㄼ' => ('ㄹ', 'ㅂ'),
        'ㄽ' => ('ㄹ', 'ㅅ'),
        'ㄾ' => ('ㄹ', 'ㅌ'),
        'ㄿ' => ('ㄹ', 'ㅍ'),
        'ㅀ' => ('ㄹ', 'ㅎ'),
        'ㅄ' => ('ㅂ', 'ㅅ'),
        _ => return None,
    })
}

/// The jamo of a character, one to four; any other character is itself.
pub fn jamo(c: char, put: &mut impl FnMut(char)) {
    let consonant = |c: char, put: &mut dyn FnMut(char)| match cluster(c) {
        Some((first, second)) => {
            put(first);
            put(second);
        }
        None => put(c),
    };
    match parts(c) {
        Some((first, vowel, last)) => {
            put(first);
            put(vowel);
            if let Some(last) = last {
                consonant(last, put);
            }
        }
        None => consonant(c, put),
    }
}

/// The vowels that typing on can make of an unfinished one: ㅗ becomes ㅘ, ㅙ or ㅚ.
pub fn grown(vowel: char) -> &'static [char] {
    match vowel {
        'ㅗ' => &['ㅘ', 'ㅙ', 'ㅚ'],
        'ㅜ' => &['ㅝ', 'ㅞ', 'ㅟ'],
        'ㅡ' => &['ㅢ'],
        _ => &[],
    }
}

/// The initial of a syllable; any other character is itself.
pub fn initial(c: char) -> char {
    parts(c).map_or(c, |(first, ..)| first)
}

/// Does a syllable answer to what was typed for it: its initial alone, the whole, or (`open`) an unfinished one?
pub fn answers(typed: char, syllable: char, open: bool) -> bool {
    if is_consonant(typed) {
        return initial(syllable) == typed;
    }
    let apart = |c| {
        let mut letters = Vec::with_capacity(4);
        jamo(c, &mut |letter| letters.push(letter));
        letters
    };
    typed == syllable || open && apart(syllable).starts_with(&apart(typed))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apart(text: &str) -> String {
        let mut all = String::new();
        text.chars().for_each(|c| jamo(c, &mut |letter| all.push(letter)));
        all
    }

    #[test]
    fn syllables_come_apart() {
        assert_eq!(apart("시청"), "ㅅㅣㅊㅓㅇ");
        assert_eq!(apart("닭값과"), "ㄷㅏㄹㄱㄱㅏㅂㅅㄱㅘ");
        assert_eq!(apart("가힣"), "ㄱㅏㅎㅣㅎ");
        assert_eq!(apart("ㄳa3"), "ㄱㅅa3");
        assert!(apart("시청").starts_with(&apart("싳")) && apart("시청").starts_with(&apart("시처")));
    }

    #[test]
    fn every_syllable_is_its_parts() {
        for c in '가'..='힣' {
            let (first, vowel, last) = parts(c).unwrap();
            let at = |list: &[char], c| list.iter().position(|known| *known == c).unwrap() as u32;
            let number =
                at(&INITIALS, first) * 588 + at(&VOWELS, vowel) * 28 + last.map_or(0, |last| at(&FINALS, last));
            assert_eq!(char::from_u32(0xAC00 + number), Some(c));
        }
        assert_eq!(parts('ㄱ'), None);
        assert_eq!(parts('\u{D7A4}'), None);
    }

    #[test]
    fn initials_and_unfinished_syllables_answer() {
        assert!(answers('ㅅ', '시', false) && answers('청', '청', false) && answers('처', '청', true));
        assert!(!answers('처', '청', false) && !answers('ㅊ', '시', true) && !answers('청', '처', true));
    }
}
