//! From bytes to text, as browsers do: byte order mark, header, `<meta>`, and at last a guess.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// The page's text and the name of its encoding. `host` helps the guess by its top-level domain.
pub fn decode(bytes: &[u8], content_type: &str, host: &str) -> (String, &'static str) {
    let encoding = Encoding::for_bom(bytes)
        .map(|(e, _)| e)
        .or_else(|| labelled(content_type))
        .or_else(|| in_meta(bytes))
        .unwrap_or_else(|| guess(bytes, host));
    // A page that says one thing and is another: UTF-8 is recognisable, so believe the bytes.
    let encoding = if !bytes.is_ascii() && is_utf8(bytes) { UTF_8 } else { encoding };
    let (text, used, broken) = encoding.decode(bytes);
    if broken && used == UTF_8 {
        let second = guess(bytes, host);
        if second != UTF_8 {
            return (second.decode(bytes).0.into_owned(), second.name());
        }
    }
    (text.into_owned(), used.name())
}

fn is_utf8(bytes: &[u8]) -> bool {
    match std::str::from_utf8(bytes) {
        Ok(_) => true,
        // A cut body may end within a character.
        Err(e) => e.error_len().is_none() && e.valid_up_to() + 4 > bytes.len(),
    }
}

fn labelled(content_type: &str) -> Option<&'static Encoding> {
    let at = content_type.to_ascii_lowercase().find("charset=")?;
    let value = content_type.get(at + 8..)?.trim_start_matches(['"', '\'', ' ']);
    let label: String = value.chars().take_while(|c| !matches!(c, '"' | '\'' | ';' | ' ' | ',' | '>' | '/')).collect();
    Encoding::for_label(label.as_bytes())
}

/// The prescan of HTML §13.2.3.2, on the first 4 KiB.
fn in_meta(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes.get(..bytes.len().min(4096))?;
    let text: String = start.iter().map(|b| char::from(*b).to_ascii_lowercase()).collect();
    let mut rest = text.as_str();
    while let Some(at) = rest.find("<meta") {
        rest = rest.get(at + 5..)?;
        let tag = rest.get(..rest.find('>').unwrap_or(rest.len()))?;
        if let Some(found) = labelled(tag) {
            // HTML: a UTF-16 label in a tag that could be read as ASCII is UTF-8.
            return Some(if found == UTF_16LE || found == UTF_16BE { UTF_8 } else { found });
        }
    }
    None
}

fn guess(bytes: &[u8], host: &str) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes.get(..bytes.len().min(256 * 1024)).unwrap_or_default(), true);
    let tld = host.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
    let usable = !tld.is_empty() && tld.bytes().all(|b| b.is_ascii_lowercase());
    detector.guess(usable.then_some(tld.as_bytes()), Utf8Detection::Allow)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(label: &str, text: &str) -> Vec<u8> {
        Encoding::for_label(label.as_bytes()).expect("known").encode(text).0.into_owned()
    }

    #[test]
    fn old_charsets_are_read_by_header_by_meta_and_by_guess() {
        let korean = "서울특별시 종로구 열린 민원 안내 페이지입니다. 여권 발급과 주민등록 등본 신청";
        let japanese = "札幌市の公式ホームページです。ごみの分別、住民票、税金についてのお知らせ。";
        let russian = "Администрация города: приём граждан, бюджет, муниципальные услуги и новости";
        let french = "<p>Déclaration préalable, état civil, écoles, marché couvert à l’hôtel de ville</p>";
        for (label, text) in
            [("euc-kr", korean), ("shift_jis", japanese), ("windows-1251", russian), ("windows-1252", french)]
        {
            let bytes = encoded(label, text);
            assert_eq!(
                decode(&bytes, &format!("text/html; charset={label}"), "city.example").0,
                text,
                "{label} by header"
            );
            let page = [format!("<html><meta charset=\"{label}\">").as_bytes(), &bytes].concat();
            assert!(decode(&page, "text/html", "city.example").0.ends_with(text), "{label} by meta");
            assert_eq!(decode(&bytes, "text/html", "city.example").0, text, "{label} by guess");
        }
    }

    #[test]
    fn a_wrong_label_does_not_spoil_utf8_and_the_other_way_round() {
        assert_eq!(decode("시청 안내".as_bytes(), "text/html; charset=iso-8859-1", "a.kr").0, "시청 안내");
        let bytes = encoded("euc-kr", "서울특별시 종로구 열린 민원 안내 페이지입니다");
        assert_eq!(
            decode(&bytes, "text/html; charset=utf-8", "a.kr").0,
            "서울특별시 종로구 열린 민원 안내 페이지입니다"
        );
    }
}
