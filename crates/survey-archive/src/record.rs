//! One WARC record: its identifier, its kind and its header (WARC 1.1 §4–§6).

use std::fmt;
use std::io::{BufRead, Read};

/// Longest record header that is believed.
const MAX_HEADER: u64 = 256 * 1024;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{0}")]
    Io(#[from] std::io::Error),
    #[error("not a WARC record at byte {offset}: {why}")]
    Broken { offset: u64, why: String },
    #[error("note: {0}")]
    Note(#[from] serde_json::Error),
    #[error("no random bytes: {0}")]
    Random(String),
    #[error("record {0} is not in this archive")]
    Missing(String),
    #[error("body cannot be decoded: {0}")]
    Decode(String),
}

/// `<urn:uuid:…>`, brackets included, as it stands in `WARC-Record-ID`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct RecordId(pub String);

impl RecordId {
    /// A random (version 4) UUID, RFC 9562 §5.4.
    #[allow(clippy::disallowed_methods, reason = "record ids are random by the standard")]
    pub(crate) fn random() -> Result<Self, Error> {
        let mut b = [0u8; 16];
        getrandom::fill(&mut b).map_err(|e| Error::Random(e.to_string()))?;
        b[6] = (b[6] & 0x0f) | 0x40;
        b[8] = (b[8] & 0x3f) | 0x80;
        let hex = data_encoding::HEXLOWER.encode(&b);
        Ok(Self(format!("<urn:uuid:{}-{}-{}-{}-{}>", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])))
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The record types that this archive writes and reads (WARC 1.1 §6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Warcinfo,
    Request,
    Response,
    Revisit,
    Resource,
    Conversion,
    Metadata,
    Other,
}

impl Kind {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Kind::Warcinfo => "warcinfo",
            Kind::Request => "request",
            Kind::Response => "response",
            Kind::Revisit => "revisit",
            Kind::Resource => "resource",
            Kind::Conversion => "conversion",
            Kind::Metadata => "metadata",
            Kind::Other => "other",
        }
    }

    pub(crate) fn named(name: &str) -> Self {
        [Kind::Warcinfo, Kind::Request, Kind::Response, Kind::Revisit, Kind::Resource, Kind::Conversion, Kind::Metadata]
            .into_iter()
            .find(|k| k.name().eq_ignore_ascii_case(name.trim()))
            .unwrap_or(Kind::Other)
    }
}

/// The named fields of a record, in order.
#[derive(Debug, Default)]
pub(crate) struct Header(pub Vec<(String, String)>);

impl Header {
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.as_str())
    }

    /// A field that WARC 1.0 writers put between angle brackets.
    pub fn uri(&self, name: &str) -> Option<&str> {
        let v = self.get(name)?;
        Some(v.strip_prefix('<').and_then(|v| v.strip_suffix('>')).unwrap_or(v))
    }

    /// Reads `WARC/1.x` and the fields up to the empty line.
    pub fn read(from: &mut impl BufRead, offset: u64) -> Result<Self, Error> {
        let broken = |why: &str| Error::Broken { offset, why: why.to_owned() };
        let mut from = from.take(MAX_HEADER);
        let first = line(&mut from)?.ok_or_else(|| broken("nothing there"))?;
        if !first.starts_with("WARC/1.") {
            return Err(broken("no WARC/1.x line"));
        }
        let mut fields: Vec<(String, String)> = Vec::new();
        loop {
            let text = line(&mut from)?.ok_or_else(|| broken("header without end"))?;
            if text.is_empty() {
                return Ok(Self(fields));
            }
            if text.starts_with([' ', '\t']) {
                if let Some((_, value)) = fields.last_mut() {
                    value.push(' ');
                    value.push_str(text.trim());
                }
            } else if let Some((name, value)) = text.split_once(':') {
                fields.push((name.trim().to_owned(), value.trim().to_owned()));
            }
        }
    }
}

fn line(from: &mut impl BufRead) -> Result<Option<String>, Error> {
    let mut bytes = Vec::new();
    if from.read_until(b'\n', &mut bytes)? == 0 || bytes.last() != Some(&b'\n') {
        return Ok(None);
    }
    while matches!(bytes.last(), Some(b'\n' | b'\r')) {
        bytes.pop();
    }
    Ok(Some(text(&bytes)))
}

/// UTF-8 when it is, otherwise ISO 8859-1, which HTTP/1.1 headers once were.
pub(crate) fn text(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(s) => s.to_owned(),
        Err(_) => bytes.iter().map(|&b| char::from(b)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn record_ids_are_version_4_uuids_in_brackets() {
        let id = RecordId::random().expect("random bytes");
        assert_eq!(id.0.len(), "<urn:uuid:>".len() + 36);
        assert_eq!(&id.0[23..25], "-4");
        assert_ne!(id, RecordId::random().expect("random bytes"));
    }

    #[test]
    fn header_fields_may_be_folded_and_bracketed() {
        let mut bytes: &[u8] = b"WARC/1.0\r\nWARC-Target-URI: <http://a/>\r\nX: one\r\n two\r\n\r\nbody";
        let h = Header::read(&mut bytes, 0).expect("header");
        assert_eq!(h.uri("warc-target-uri"), Some("http://a/"));
        assert_eq!(h.get("x"), Some("one two"));
        assert_eq!(bytes, b"body");
    }

    #[test]
    fn a_header_that_never_ends_is_an_error() {
        let endless = [b"WARC/1.1\r\n".to_vec(), b"A: b\r\n".repeat(100_000)].concat();
        assert!(Header::read(&mut endless.as_slice(), 0).is_err());
    }
}
