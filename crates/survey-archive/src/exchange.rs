//! One request and its answer as they went over the wire.

use std::net::IpAddr;

use crate::record::text;

/// Why a body is not whole (WARC 1.1 §5.13).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Truncated {
    Length,
    Time,
    Disconnect,
}

impl Truncated {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Truncated::Length => "length",
            Truncated::Time => "time",
            Truncated::Disconnect => "disconnect",
        }
    }
}

/// A request and its response.
#[derive(Debug, Clone)]
pub struct Exchange {
    pub url: String,
    /// RFC 3339 UTC, when the request was sent.
    pub date: String,
    /// Address that was dialled.
    pub ip: Option<IpAddr>,
    /// Request line, fields, empty line, and a body when there was one.
    pub request: Vec<u8>,
    /// Status line and fields exactly as received.
    pub head: Vec<u8>,
    /// Body with its content coding, without its transfer coding.
    pub body: Vec<u8>,
    pub truncated: Option<Truncated>,
}

impl Exchange {
    /// A GET and its answer from parts, for tests and for archives made without a network.
    pub fn from_parts(url: &str, date: &str, status: u16, headers: &[(&str, &str)], body: impl Into<Vec<u8>>) -> Self {
        let mut head = format!("HTTP/1.1 {status} \r\n");
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str("\r\n");
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        let (host, path) = rest.find('/').map_or((rest, "/"), |i| rest.split_at(i));
        Self {
            url: url.to_owned(),
            date: date.to_owned(),
            ip: None,
            request: format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n").into_bytes(),
            head: head.into_bytes(),
            body: body.into(),
            truncated: None,
        }
    }

    /// The head to archive: CRLF line ends, and no `Transfer-Encoding`, since that coding is undone.
    pub(crate) fn archived_head(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.head.len() + 4);
        let mut dropping = false;
        for line in self.head.split(|&b| b == b'\n') {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            if line.is_empty() {
                continue;
            }
            if !matches!(line.first(), Some(b' ' | b'\t')) {
                const TE: &[u8] = b"transfer-encoding:";
                dropping = line.get(..TE.len()).is_some_and(|n| n.eq_ignore_ascii_case(TE));
            }
            if !dropping {
                out.extend_from_slice(line);
                out.extend_from_slice(b"\r\n");
            }
        }
        out.extend_from_slice(b"\r\n");
        out
    }
}

/// Splits an archived block into status, fields in order, and the length of the head.
pub(crate) fn read_head(block: &[u8]) -> (u16, Vec<(String, String)>, usize) {
    let mut status = 0;
    let mut headers: Vec<(String, String)> = Vec::new();
    let mut at = 0;
    for (n, raw) in block.split_inclusive(|&b| b == b'\n').enumerate() {
        at += raw.len();
        let line = raw.strip_suffix(b"\n").unwrap_or(raw);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if n == 0 {
            let first = text(line);
            status = first.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or(0);
        } else if line.is_empty() {
            break;
        } else if matches!(line.first(), Some(b' ' | b'\t')) {
            if let Some((_, value)) = headers.last_mut() {
                value.push(' ');
                value.push_str(text(line).trim());
            }
        } else if let Some((name, value)) = text(line).split_once(':') {
            headers.push((name.trim().to_owned(), value.trim().to_owned()));
        }
    }
    (status, headers, at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transfer_encoding_is_dropped_with_its_folds_and_the_rest_keeps_order_and_case() {
        let mut e = Exchange::from_parts("http://a/", "", 200, &[], "");
        e.head = b"HTTP/1.1 200 OK\nX-b: 1\r\ntransfer-ENCODING: gzip,\r\n chunked\r\nx-A: 2\r\n\r\n".to_vec();
        assert_eq!(e.archived_head(), b"HTTP/1.1 200 OK\r\nX-b: 1\r\nx-A: 2\r\n\r\n");
    }

    #[test]
    fn a_head_is_read_in_order_with_repeats() {
        let block = b"HTTP/1.1 404 Not Found\r\nSet-Cookie: a\r\nSet-Cookie: b\r\n\r\nbody";
        let (status, headers, at) = read_head(block);
        assert_eq!(status, 404);
        assert_eq!(headers[1], ("Set-Cookie".to_owned(), "b".to_owned()));
        assert_eq!(&block[at..], b"body");
    }
}
