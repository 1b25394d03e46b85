//! Names of files, as safe to show as to save.

const LONGEST_CHARS: usize = 100;
const LONGEST_BYTES: usize = 200;

/// The last part of the path, without characters that steer a terminal, a reading direction or a file system.
pub(crate) fn clean(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let shown: String =
        last.chars().filter(|c| !steers(*c)).map(|c| if "<>:\"|?*".contains(c) { '_' } else { c }).collect();
    let trimmed = shown.trim_matches(|c: char| c == '.' || c.is_whitespace());
    let (stem, ending) = split(trimmed);
    let stem = if reserved(stem) { format!("_{stem}") } else { stem.to_owned() };
    let tail = if ending.is_empty() { String::new() } else { format!(".{ending}") };
    let mut kept = String::new();
    for (count, c) in stem.chars().enumerate() {
        if count + tail.chars().count() >= LONGEST_CHARS || kept.len() + c.len_utf8() + tail.len() > LONGEST_BYTES {
            break;
        }
        kept.push(c);
    }
    let kept = kept.trim_end();
    format!("{}{tail}", if kept.is_empty() { "file" } else { kept })
}

/// Stem and ending; an ending is short and plain, so that `Dr. Kim` has none.
pub(crate) fn split(name: &str) -> (&str, &str) {
    match name.rsplit_once('.') {
        Some((stem, ending))
            if (1..=8).contains(&ending.len()) && ending.bytes().all(|b| b.is_ascii_alphanumeric()) =>
        {
            (stem, ending)
        }
        _ => (name, ""),
    }
}

/// Control characters, and invisible ones that reorder or join what is shown (`photo\u{202e}gpj.exe`).
fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{061c}' | '\u{00ad}' | '\u{fff9}'..='\u{fffd}' | '\u{e0000}'..='\u{e007f}')
}

/// Device names of Windows.
fn reserved(stem: &str) -> bool {
    let first = stem.split('.').next().unwrap_or_default().trim().to_ascii_uppercase();
    let numbered = |word: &str| {
        first.strip_prefix(word).is_some_and(|rest| rest.len() == 1 && rest.as_bytes()[0].is_ascii_digit())
    };
    ["CON", "PRN", "AUX", "NUL"].contains(&first.as_str()) || numbered("COM") || numbered("LPT")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_what_steers() {
        for (given, kept) in [
            ("../../etc/passwd", "passwd"),
            ("C:\\fakepath\\사진 1.JPG", "사진 1.JPG"),
            ("photo\u{202e}gpj.exe", "photogpj.exe"),
            ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf"),
            ("..", "file"),
            ("", "file"),
            (".jpg", "jpg"),
            ("con.txt", "_con.txt"),
            ("a\"b.png", "a_b.png"),
        ] {
            assert_eq!(clean(given), kept, "{given:?}");
        }
    }

    #[test]
    fn long_names_keep_their_ending() {
        let name = clean(&format!("{}.pdf", "가".repeat(500)));
        assert!(name.len() <= LONGEST_BYTES && name.ends_with("가.pdf"), "{name}");
        assert_eq!(clean(&format!("{}.pdf", "a".repeat(500))).chars().count(), LONGEST_CHARS);
    }
}
