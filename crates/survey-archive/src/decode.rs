//! Undoing content codings, bounded.

use std::io::{Cursor, Read};

use crate::record::Error;

/// Undoes the codings of `Content-Encoding` (gzip, deflate, br; RFC 9110 §8.4), at most `limit` bytes:
/// the rest of a longer body is left out. A stream that breaks off gives what came before the break.
///
/// # Errors
/// When a coding is unknown, or nothing at all could be decoded.
pub fn decode_content(body: &[u8], codings: &str, limit: usize) -> Result<Vec<u8>, Error> {
    let mut bytes: Vec<u8> = body.to_vec();
    for coding in codings.rsplit(',').map(|c| c.trim().to_ascii_lowercase()) {
        bytes = match coding.as_str() {
            "" | "identity" => bytes,
            "gzip" | "x-gzip" => drain(flate2::read::MultiGzDecoder::new(Cursor::new(bytes)), limit)?,
            "deflate" => deflated(&bytes, limit)?,
            "br" => drain(brotli::Decompressor::new(Cursor::new(bytes), 8192), limit)?,
            other => return Err(Error::Decode(format!("content coding {other} is unknown"))),
        };
    }
    bytes.truncate(limit);
    Ok(bytes)
}

/// `deflate` is zlib by the standard and raw deflate by some servers.
fn deflated(bytes: &[u8], limit: usize) -> Result<Vec<u8>, Error> {
    drain(flate2::read::ZlibDecoder::new(bytes), limit)
        .or_else(|_| drain(flate2::read::DeflateDecoder::new(bytes), limit))
}

fn drain(from: impl Read, limit: usize) -> Result<Vec<u8>, Error> {
    let mut out = Vec::new();
    match from.take(limit as u64).read_to_end(&mut out) {
        Err(e) if out.is_empty() => Err(Error::Decode(e.to_string())),
        _ => Ok(out),
    }
}

/// Undoes `Transfer-Encoding: chunked` (RFC 9112 §7.1) in archives of writers that keep it.
/// Bytes that are not chunked are returned as they are.
pub(crate) fn unchunked(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some(end) = rest.iter().position(|&b| b == b'\n') {
        let size = std::str::from_utf8(&rest[..end])
            .ok()
            .and_then(|l| usize::from_str_radix(l.split(';').next().unwrap_or("").trim(), 16).ok());
        let Some(size) = size else {
            return if out.is_empty() { body.to_vec() } else { out };
        };
        rest = &rest[end + 1..];
        if size == 0 {
            break;
        }
        let take = size.min(rest.len());
        out.extend_from_slice(&rest[..take]);
        rest = &rest[take..];
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
    out
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut e = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        e.write_all(bytes).expect("memory");
        e.finish().expect("memory")
    }

    #[test]
    fn a_gzip_bomb_stops_at_the_limit() {
        let bomb = gzip(&vec![0; 20 << 20]);
        assert!(bomb.len() < 100_000);
        assert_eq!(decode_content(&bomb, "gzip", 1000).expect("decodes").len(), 1000);
        assert_eq!(decode_content(&gzip(&bomb), "gzip, gzip", 1 << 20).expect("decodes").len(), 1 << 20);
    }

    #[test]
    fn a_torn_stream_gives_what_came_before_and_nonsense_is_an_error() {
        let mut state = 1u32;
        let noise: Vec<u8> = (0..100_000)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 24) as u8
            })
            .collect();
        let whole = gzip(&noise);
        let part = decode_content(&whole[..whole.len() / 2], "gzip", 1 << 20).expect("first half");
        assert!(!part.is_empty() && noise.starts_with(&part));
        assert!(decode_content(b"not gzip at all", "gzip", 100).is_err());
        assert!(decode_content(b"x", "sdch", 100).is_err());
    }

    #[test]
    fn deflate_is_read_with_and_without_the_zlib_wrapper() {
        let mut raw = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
        raw.write_all(b"hello hello").expect("memory");
        let raw = raw.finish().expect("memory");
        assert_eq!(decode_content(&raw, "deflate", 100).expect("raw"), b"hello hello");
        let mut z = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        z.write_all(b"hello hello").expect("memory");
        assert_eq!(decode_content(&z.finish().expect("memory"), "deflate", 100).expect("zlib"), b"hello hello");
    }

    #[test]
    fn chunks_are_joined_and_plain_bodies_left_alone() {
        assert_eq!(unchunked(b"4;x=1\r\nWiki\r\n5\r\npedia\r\n0\r\n\r\n"), b"Wikipedia");
        assert_eq!(unchunked(b"<html>\n"), b"<html>\n");
    }
}
