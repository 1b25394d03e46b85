//! Which character set a page is in, decided the way browsers do, with a guess at the end.

use encoding_rs::{BIG5, EUC_KR, Encoding, GBK, SHIFT_JIS, UTF_8};

/// Bytes of a page beyond this are not read.
pub const PAGE_LIMIT: usize = 3 * 1024 * 1024;

/// Labels that real servers send and the WHATWG Encoding Standard does not list.
fn named(label: &str) -> Option<&'static Encoding> {
    let label = label.trim().trim_matches(['"', '\'']).to_ascii_lowercase();
    match label.as_str() {
        "cp949" | "ms949" | "uhc" | "x-windows-949" => Some(EUC_KR),
        "cp932" | "ms932" => Some(SHIFT_JIS),
        "cp936" | "ms936" => Some(GBK),
        "cp950" | "ms950" => Some(BIG5),
        _ => Encoding::for_label(label.as_bytes()),
    }
}

fn after<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    let at = text.find(key)? + key.len();
    let rest = text.get(at..)?.trim_start();
    let rest = rest.strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let end = rest.find(['"', '\'', ';', '>', ' ', '/']).unwrap_or(rest.len());
    rest.get(..end)
}

/// Text of an HTML body: byte order mark, then the header's charset, then `<meta>`, then UTF-8 when
/// it is valid, then a guess. A declared UTF-8 that is not UTF-8 is guessed again.
pub fn decode(body: &[u8], content_type: &str) -> String {
    let body = body.get(..PAGE_LIMIT).unwrap_or(body);
    if let Some((encoding, _)) = Encoding::for_bom(body) {
        return encoding.decode(body).0.into_owned();
    }
    let head = String::from_utf8_lossy(body.get(..4096).unwrap_or(body)).to_ascii_lowercase();
    let declared = after(&content_type.to_ascii_lowercase(), "charset")
        .and_then(named)
        .or_else(|| after(&head, "charset").and_then(named))
        .or_else(|| after(&head, "encoding").and_then(named));
    let valid = std::str::from_utf8(body).map_or_else(|e| e.error_len().is_none(), |_| true);
    let encoding = match declared {
        // Nearly no text in another charset is valid UTF-8 by accident.
        _ if valid && !body.is_ascii() => UTF_8,
        Some(encoding) if encoding != UTF_8 => encoding,
        _ if valid => UTF_8,
        _ => {
            let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
            detector.feed(body, true);
            detector.guess(None, chardetng::Utf8Detection::Allow)
        }
    };
    encoding.decode(body).0.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KOREAN: &str = "<html><head><title>개인정보 처리방침</title></head><body>우리 시는 개인정보를 소중히 다룹니다. 똠방각하</body></html>";

    #[test]
    fn cp949_is_read_whether_declared_or_not() {
        let bytes = EUC_KR.encode(KOREAN).0.into_owned();
        assert_eq!(decode(&bytes, "text/html; charset=CP949"), KOREAN);
        assert_eq!(decode(&bytes, "text/html"), KOREAN);
        assert_eq!(decode(&bytes, "text/html; charset=utf-8"), KOREAN);
    }

    #[test]
    fn a_meta_declaration_is_read() {
        let page = "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=Shift_JIS\"><p>市役所の窓口";
        assert_eq!(decode(&SHIFT_JIS.encode(page).0, "text/html"), page);
    }

    #[test]
    fn valid_utf_8_wins_over_a_wrong_header() {
        assert_eq!(decode("Gebühren für Straßen".as_bytes(), "text/html; charset=iso-8859-1"), "Gebühren für Straßen");
    }
}
