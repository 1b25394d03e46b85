use std::io::Write;

use axum::body::Bytes;
use axum::http::{HeaderMap, header};
use kernel_base::{Error, Result};

use crate::visit::text;

/// Smaller bodies are not worth the trouble.
const SMALLEST: usize = 512;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Encoding {
    Identity,
    Gzip,
    Brotli,
}

impl Encoding {
    /// The best that the reader's browser takes (RFC 9110 §12.5.3); `q=0` refuses.
    pub(crate) fn accepted(headers: &HeaderMap) -> Encoding {
        let accept = text(headers, header::ACCEPT_ENCODING);
        let takes = |name: &str| {
            accept.split(',').any(|part| {
                let mut pieces = part.split(';').map(str::trim);
                let refused = |piece: &str| piece.strip_prefix("q=").and_then(|q| q.parse::<f32>().ok()) == Some(0.0);
                pieces.next() == Some(name) && !pieces.any(refused)
            })
        };
        match (takes("br"), takes("gzip")) {
            (true, _) => Encoding::Brotli,
            (false, true) => Encoding::Gzip,
            _ => Encoding::Identity,
        }
    }

    pub(crate) fn name(self) -> Option<&'static str> {
        match self {
            Encoding::Identity => None,
            Encoding::Gzip => Some("gzip"),
            Encoding::Brotli => Some("br"),
        }
    }
}

/// Text of a worthwhile size that is not compressed yet.
pub(crate) fn worthwhile(headers: &HeaderMap, length: usize) -> bool {
    let kind = text(headers, header::CONTENT_TYPE);
    let is_text = [
        "text/",
        "application/json",
        "application/geo+json",
        "application/schema+json",
        "application/vnd.oai.openapi+json",
        "application/problem+json",
        "application/manifest+json",
        "application/xml",
        "image/svg",
    ]
    .iter()
    .any(|start| kind.starts_with(start));
    length >= SMALLEST && is_text && !headers.contains_key(header::CONTENT_ENCODING)
}

/// Brotli 5 and gzip 6: most of the gain at a fraction of the highest levels' time.
pub(crate) fn compress(body: &[u8], encoding: Encoding) -> Result<Bytes> {
    let mut packed = Vec::with_capacity(body.len() / 3);
    match encoding {
        Encoding::Identity => packed.extend_from_slice(body),
        Encoding::Gzip => {
            let mut writer = flate2::write::GzEncoder::new(&mut packed, flate2::Compression::new(6));
            writer.write_all(body).and_then(|()| writer.finish().map(drop)).map_err(Error::fault)?;
        }
        Encoding::Brotli => {
            let mut writer = brotli::CompressorWriter::new(&mut packed, 16 * 1024, 5, 20);
            writer.write_all(body).and_then(|()| writer.flush()).map_err(Error::fault)?;
            drop(writer);
        }
    }
    Ok(packed.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    fn accepted(value: &'static str) -> Encoding {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, value.parse().expect("header"));
        Encoding::accepted(&headers)
    }

    #[test]
    fn the_best_accepted_encoding_is_chosen() {
        assert_eq!(accepted("gzip, deflate, br, zstd"), Encoding::Brotli);
        assert_eq!(accepted("gzip;q=1.0, br;q=0"), Encoding::Gzip);
        assert_eq!(accepted("identity"), Encoding::Identity);
    }

    #[test]
    fn what_is_compressed_can_be_read_again() {
        let body = "마당 is a courtyard. ".repeat(200);
        let mut back = String::new();
        let packed = compress(body.as_bytes(), Encoding::Brotli).expect("packs");
        brotli::Decompressor::new(&packed[..], 4096).read_to_string(&mut back).expect("unpacks");
        assert_eq!(back, body);
        let mut back = String::new();
        let packed = compress(body.as_bytes(), Encoding::Gzip).expect("packs");
        flate2::read::GzDecoder::new(&packed[..]).read_to_string(&mut back).expect("unpacks");
        assert_eq!(back, body);
    }
}
