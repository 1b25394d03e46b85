//! Copies of a page: the same in another language, for printing, in another order. A few show that they are there;
//! the budget is for what the city says once.

use std::hash::{DefaultHasher, Hash, Hasher};

use url::Url;

/// Primary subtags (ISO 639-1) as they begin paths; those that are everyday words or places in addresses are left out.
const LANGUAGES: &[&str] = &[
    "af", "ar", "az", "bg", "bn", "bs", "ca", "cs", "cy", "da", "de", "el", "en", "eo", "es", "et", "eu", "fa", "fi",
    "fr", "fy", "ga", "gd", "gl", "gu", "he", "hi", "hr", "ht", "hu", "hy", "it", "ja", "ka", "kk", "km", "kn", "ko",
    "ku", "ky", "lb", "lo", "lt", "lv", "mi", "mk", "ml", "mn", "mr", "ms", "mt", "nb", "ne", "nl", "nn", "pl", "ps",
    "pt", "rm", "ro", "ru", "si", "sk", "sl", "sq", "sr", "sv", "sw", "ta", "te", "tg", "th", "tk", "tl", "tr", "uk",
    "ur", "uz", "vi", "xh", "yi", "yo", "zh", "zu",
];

/// Other ways to name a language in an address.
const NAMES: &[(&str, &str)] = &[
    ("english", "en"),
    ("eng", "en"),
    ("gb", "en"),
    ("chinese", "zh"),
    ("chn", "zh"),
    ("chs", "zh"),
    ("cht", "zh"),
    ("cn", "zh"),
    ("tc", "zh"),
    ("japanese", "ja"),
    ("jpn", "ja"),
    ("jp", "ja"),
    ("korean", "ko"),
    ("kor", "ko"),
    ("kr", "ko"),
    ("deutsch", "de"),
    ("francais", "fr"),
    ("espanol", "es"),
    ("italiano", "it"),
    ("portugues", "pt"),
    ("nederlands", "nl"),
    ("russian", "ru"),
    ("rus", "ru"),
    ("polski", "pl"),
    ("turkce", "tr"),
    ("ukr", "uk"),
    ("ua", "uk"),
    ("cesky", "cs"),
    ("cz", "cs"),
    ("svenska", "sv"),
    ("vietnamese", "vi"),
    ("vie", "vi"),
    ("indonesia", "id"),
    ("greek", "el"),
    ("gr", "el"),
];

/// Second parts of a tag that occur in addresses beside two-letter regions.
const PARTS: &[&str] = &["hans", "hant", "latn", "cyrl", "basic", "easy"];

/// Parameters that choose a language.
const CHOOSE: &[&str] =
    &["lang", "language", "locale", "lng", "hl", "l", "langcode", "setlang", "sprache", "idioma", "langue", "lingua"];

/// Parameters that show the same otherwise.
const VIEW: &[&str] = &[
    "print",
    "printable",
    "printer",
    "fontsize",
    "font",
    "theme",
    "contrast",
    "sort",
    "sortby",
    "order",
    "orderby",
    "direction",
    "display",
    "viewmode",
    "mobile",
    "replytocom",
    "share",
];

/// What an address says about being a copy.
#[derive(Debug, PartialEq, Eq)]
pub struct Variant {
    /// Primary subtag of the language that the address names.
    pub language: Option<&'static str>,
    /// Equal for all copies of a page.
    pub page: u64,
    /// Something in the address only chooses among copies.
    pub chosen: bool,
}

pub fn variant(url: &Url) -> Variant {
    let mut hash = DefaultHasher::new();
    url.host_str().hash(&mut hash);
    let path = url.path();
    let (first, rest) = path.trim_start_matches('/').split_once('/').unwrap_or((path.trim_matches('/'), ""));
    let mut language = tag(first);
    let mut chosen = language.is_some();
    if chosen { rest } else { path.trim_start_matches('/') }.trim_end_matches('/').hash(&mut hash);
    for pair in url.query().unwrap_or("").split('&').filter(|p| !p.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let name = name.to_ascii_lowercase();
        let named = if CHOOSE.contains(&name.as_str()) { tag(value) } else { None };
        if named.is_some() || VIEW.contains(&name.as_str()) {
            language = named.or(language);
            chosen = true;
        } else {
            pair.hash(&mut hash);
        }
    }
    Variant { language, page: hash.finish(), chosen }
}

/// The primary subtag when `word` names a language: `en`, `zh-CN`, `ja-basic`, `english`.
pub fn tag(word: &str) -> Option<&'static str> {
    let word = word.to_ascii_lowercase();
    if let Some((_, tag)) = NAMES.iter().find(|(name, _)| *name == word) {
        return Some(tag);
    }
    let (primary, part) = word.split_once(['-', '_']).unwrap_or((&word, ""));
    let region = part.len() == 2 && part.bytes().all(|b| b.is_ascii_alphabetic());
    let fits = part.is_empty() || region || PARTS.contains(&part);
    LANGUAGES.iter().find(|known| fits && **known == primary).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(address: &str) -> Variant {
        variant(&Url::parse(address).expect("url"))
    }

    #[test]
    fn copies_of_a_page_are_known_by_path_and_parameter() {
        let plain = of("http://c/tax/pay?id=3");
        assert_eq!((plain.language, plain.chosen), (None, false));
        for (address, language) in [
            ("http://c/tax/pay?id=3&lang=ko", Some("ko")),
            ("http://c/zh-cn/tax/pay/?id=3", Some("zh")),
            ("http://c/english/tax/pay?id=3", Some("en")),
            ("http://c/tax/pay?print=1&id=3", None),
        ] {
            let copy = of(address);
            assert_eq!((copy.language, copy.page, copy.chosen), (language, plain.page, true), "{address}");
        }
    }

    #[test]
    fn ordinary_words_are_no_languages() {
        for address in
            ["http://c/it-services/a", "http://c/id/3", "http://c/so/x", "http://c/x?l=12", "http://c/energy"]
        {
            assert!(!of(address).chosen, "{address}");
        }
        assert_ne!(of("http://c/tax?id=3").page, of("http://c/tax?id=4").page);
    }
}
