//! One written form for all the ways a word is written: case, accents, width, punctuation and
//! (for scripts without word spaces) spaces do not count.

use unicode_normalization::UnicodeNormalization;

/// Scripts in which words are not, or not reliably, separated by spaces.
pub fn joins(c: char) -> bool {
    matches!(c as u32,
        0x0E00..=0x0EFF | 0x1100..=0x11FF | 0x3005..=0x3007 | 0x3041..=0x3096 | 0x3099..=0x309F | 0x30A1..=0x30FA | 0x30FC..=0x30FF | 0x3130..=0x318F | 0x31F0..=0x31FF
        | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

/// Scripts written in words but with joined articles and prepositions (Arabic).
pub fn prefixes(c: char) -> bool {
    matches!(c as u32, 0x0600..=0x06FF | 0x0750..=0x077F)
}

fn dropped(c: char) -> bool {
    matches!(c as u32, 0x0300..=0x036F | 0x0610..=0x061A | 0x0640 | 0x064B..=0x065F | 0x0670
        | 0x200B..=0x200F | 0x00AD | 0xFEFF)
}

fn folded(c: char, out: &mut String) {
    match c {
        'ß' | 'ẞ' => out.push_str("ss"),
        'ø' | 'Ø' => out.push('o'),
        'ł' | 'Ł' => out.push('l'),
        'æ' | 'Æ' => out.push_str("ae"),
        'œ' | 'Œ' => out.push_str("oe"),
        // Turkish capitals are often written without regard to the dot, and addresses never have it.
        'ı' => out.push('i'),
        'đ' | 'Đ' => out.push('d'),
        'ς' => out.push('σ'),
        // The Ukrainian apostrophe is a letter in Unicode and mostly written as punctuation.
        'ʼ' => out.push('\''),
        'ى' => out.push('ي'),
        'ة' => out.push('ه'),
        _ => out.extend(c.to_lowercase()),
    }
}

/// The comparable form of `text`: lower case, no accents, punctuation as one space, no space beside
/// a character of a script that joins its words.
pub fn normalise(text: &str) -> String {
    if text.is_ascii() {
        return squeeze(text.chars().map(|c| c.to_ascii_lowercase()), text.len());
    }
    let mut plain = String::with_capacity(text.len());
    for c in text.nfkd().filter(|&c| !dropped(c)) {
        folded(c, &mut plain);
    }
    squeeze(plain.nfc(), plain.len())
}

fn squeeze(chars: impl Iterator<Item = char>, size: usize) -> String {
    let mut out = String::with_capacity(size);
    let mut gap = false;
    let mut last: Option<char> = None;
    for c in chars {
        if !(c.is_alphanumeric() || joins(c)) {
            gap = true;
            continue;
        }
        if let (true, Some(before)) = (gap, last)
            && !joins(before)
            && !joins(c)
        {
            out.push(' ');
        }
        gap = false;
        out.push(c);
        last = Some(c);
    }
    out
}

/// Runs of white space as one space, ends trimmed, at most `limit` characters.
pub fn tidy(text: &str, limit: usize) -> String {
    let mut out = String::with_capacity(text.len().min(limit * 4));
    let mut count = 0;
    for word in text.split_whitespace() {
        if count > 0 {
            out.push(' ');
            count += 1;
        }
        for c in word.chars() {
            if count >= limit {
                return out;
            }
            out.push(c);
            count += 1;
        }
    }
    out
}

/// At most `limit` characters of `text` around the part that starts at `place` (0..1).
pub fn excerpt(text: &str, place: f64, limit: usize) -> String {
    let count = text.chars().count();
    if count <= limit {
        return text.to_owned();
    }
    let centre = (place.clamp(0.0, 1.0) * count as f64) as usize;
    let start = centre.saturating_sub(limit / 3).min(count - limit);
    let cut: String = text.chars().skip(start).take(limit - 2).collect();
    let cut =
        if start == 0 { cut } else { format!("…{}", cut.split_once(' ').map_or(cut.as_str(), |(_, rest)| rest)) };
    format!("{cut}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_width_and_punctuation_do_not_count() {
        assert_eq!(normalise("  Déclaration  d’Accessibilité! "), "declaration d accessibilite");
        assert_eq!(normalise("ＦＡＱ－Öffnungszeiten"), "faq offnungszeiten");
        assert_eq!(normalise("Straße"), "strasse");
    }

    #[test]
    fn letters_that_two_keyboards_write_differently_have_one_form() {
        assert_eq!(normalise("AÇIK RIZA"), normalise("açık rıza"));
        assert_eq!(normalise("İLETİŞİM"), "iletisim");
        assert_eq!(normalise("ΠΡΟΫΠΟΛΟΓΙΣΜΟΣ"), normalise("προϋπολογισμός"));
        assert_eq!(normalise("Đăng nhập"), "dang nhap");
        assert_eq!(normalise("зв’язок"), normalise("звʼязок"));
    }

    #[test]
    fn spaces_between_joined_scripts_do_not_count() {
        assert_eq!(normalise("개인정보 처리방침"), "개인정보처리방침");
        assert_eq!(normalise("ごみ・リサイクル"), "ごみリサイクル");
        assert_eq!(normalise("ｶﾞｲﾄﾞ"), "ガイド");
    }

    #[test]
    fn arabic_letters_have_one_form() {
        assert_eq!(normalise("سياسة الخصوصيّة"), normalise("سياسه الخصوصية"));
        assert_eq!(normalise("إعلان"), normalise("اعلان"));
    }

    #[test]
    fn an_excerpt_keeps_its_limit_and_its_place() {
        let text = "word ".repeat(200) + "needle " + &"word ".repeat(200);
        let cut = excerpt(&text, 0.5, 120);
        assert!(cut.contains("needle") && cut.chars().count() <= 122, "{cut}");
    }
}
