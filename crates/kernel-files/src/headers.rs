use http::{HeaderMap, HeaderValue, header};

use crate::Kind;

/// A kept file opens nothing, runs nothing and is not guessed at: whatever it holds, the browser saves it.
const POLICY: &str = "default-src 'none'; sandbox";

/// The headers under which a kept file goes out.
pub fn download(name: &str, kind: Kind) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind.media_type()));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    let disposition = HeaderValue::from_str(&disposition(&crate::name::clean(name)));
    headers.insert(header::CONTENT_DISPOSITION, disposition.unwrap_or(HeaderValue::from_static("attachment")));
    headers
}

/// RFC 6266: a plain name for old programs, the real one percent-encoded (RFC 8187).
fn disposition(name: &str) -> String {
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || " ._-()".contains(c) { c } else { '_' }).collect();
    let mut encoded = String::new();
    for byte in name.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'.' | b'_' | b'-' => encoded.push(char::from(byte)),
            other => encoded.push_str(&format!("%{other:02X}")),
        }
    }
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_file_is_only_ever_saved() {
        let headers = download("사진\"\r\n.jpg", Kind::Jpeg);
        let named = &headers["content-disposition"];
        assert_eq!(named, "attachment; filename=\"___.jpg\"; filename*=UTF-8''%EC%82%AC%EC%A7%84_.jpg");
        assert_eq!(headers["x-content-type-options"], "nosniff");
        assert!(headers["content-security-policy"].to_str().expect("text").contains("sandbox"));
        assert_eq!(headers["content-type"], "image/jpeg");
    }
}
