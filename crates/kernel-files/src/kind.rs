/// What may be uploaded. A form allows some of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    Jpeg,
    Png,
    WebP,
    Gif,
    Pdf,
    Text,
    Csv,
    Json,
}

impl Kind {
    pub const ALL: &[Kind] =
        &[Kind::Jpeg, Kind::Png, Kind::WebP, Kind::Gif, Kind::Pdf, Kind::Text, Kind::Csv, Kind::Json];
    pub const PICTURES: &[Kind] = &[Kind::Jpeg, Kind::Png, Kind::WebP, Kind::Gif];
    pub const PICTURES_AND_PDF: &[Kind] = &[Kind::Jpeg, Kind::Png, Kind::WebP, Kind::Gif, Kind::Pdf];

    /// As people call it.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Jpeg => "JPEG",
            Kind::Png => "PNG",
            Kind::WebP => "WebP",
            Kind::Gif => "GIF",
            Kind::Pdf => "PDF",
            Kind::Text => "TXT",
            Kind::Csv => "CSV",
            Kind::Json => "JSON",
        }
    }

    /// A name to keep it by; [`Kind::named`] reads it.
    pub fn media_type(self) -> &'static str {
        match self {
            Kind::Jpeg => "image/jpeg",
            Kind::Png => "image/png",
            Kind::WebP => "image/webp",
            Kind::Gif => "image/gif",
            Kind::Pdf => "application/pdf",
            Kind::Text => "text/plain",
            Kind::Csv => "text/csv",
            Kind::Json => "application/json",
        }
    }

    pub fn named(media_type: &str) -> Option<Kind> {
        Kind::ALL.iter().copied().find(|kind| kind.media_type() == media_type)
    }

    /// Endings of file names, the usual one first.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Kind::Jpeg => &["jpg", "jpeg", "jpe", "jfif"],
            Kind::Png => &["png"],
            Kind::WebP => &["webp"],
            Kind::Gif => &["gif"],
            Kind::Pdf => &["pdf"],
            Kind::Text => &["txt"],
            Kind::Csv => &["csv"],
            Kind::Json => &["json"],
        }
    }

    pub(crate) fn of_ending(ending: &str) -> Option<Kind> {
        Kind::ALL.iter().copied().find(|kind| kind.endings().contains(&ending))
    }

    /// The `accept` of a file field: `.jpg,.jpeg,image/jpeg`.
    pub fn accept(kinds: &[Kind]) -> String {
        let one = |kind: &Kind| {
            let endings = kind.endings().iter().map(|ending| format!(".{ending}"));
            endings.chain([kind.media_type().to_owned()]).collect::<Vec<_>>().join(",")
        };
        kinds.iter().map(one).collect::<Vec<_>>().join(",")
    }
}

/// What the bytes are, whatever the name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content {
    Is(Kind),
    /// Words without markup: the name may say text or table.
    Plain,
    /// A format of phones whose notes we cannot take out.
    Heic,
    Other,
}

pub(crate) fn sniff(bytes: &[u8]) -> Content {
    // Readers of PDF forgive bytes before the mark; whoever puts them there builds a file with two faces.
    if bytes.starts_with(b"%PDF-") {
        return Content::Is(Kind::Pdf);
    }
    if is_plain(bytes) {
        return Content::Plain;
    }
    use infer::image::{is_avif, is_gif, is_heif, is_jpeg, is_png, is_webp};
    match bytes {
        _ if is_jpeg(bytes) => Content::Is(Kind::Jpeg),
        _ if is_png(bytes) => Content::Is(Kind::Png),
        _ if is_gif(bytes) => Content::Is(Kind::Gif),
        _ if is_webp(bytes) => Content::Is(Kind::WebP),
        _ if is_heif(bytes) || is_avif(bytes) => Content::Heic,
        _ => Content::Other,
    }
}

/// No control characters but tab and line breaks, in UTF-8 or an older character set, and not the beginning of a page,
/// a drawing or a program.
fn is_plain(bytes: &[u8]) -> bool {
    let control = |byte: &u8| (*byte < 0x20 && !b"\t\n\r\x0c".contains(byte)) || *byte == 0x7f;
    if bytes.iter().any(control) {
        return false;
    }
    let body = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let markup =
        body.first() == Some(&b'<') && body.get(1).is_some_and(|b| b.is_ascii_alphabetic() || b"!?".contains(b));
    !markup && !body.starts_with(b"#!")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_plain_and_markup_is_not() {
        for plain in [
            "name,place\nKim,Seoul\n".as_bytes(),
            "\u{feff}한글".as_bytes(),
            b"\xc7\xd1\xb1\xdb,1\n",
            b"BMW",
            b"GIFT",
            b"a < b",
        ] {
            assert_eq!(sniff(plain), Content::Plain, "{plain:?}");
        }
        let pages: [&[u8]; 6] =
            [b"<!doctype html>", b"  <svg onload=x>", b"\xef\xbb\xbf<?xml", b"#!/bin/sh", b"a\0b", b"PK\x03\x04"];
        for other in pages {
            assert_eq!(sniff(other), Content::Other, "{other:?}");
        }
    }

    #[test]
    fn heic_is_recognised_for_a_clear_word() {
        assert_eq!(sniff(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"), Content::Heic);
    }

    #[test]
    fn endings_lead_to_one_kind() {
        assert_eq!(Kind::of_ending("jpeg"), Some(Kind::Jpeg));
        assert_eq!(Kind::of_ending("exe"), None);
        assert_eq!(Kind::accept(&[Kind::Pdf, Kind::Csv]), ".pdf,application/pdf,.csv,text/csv");
        assert!(Kind::ALL.iter().all(|kind| Kind::named(kind.media_type()) == Some(*kind)));
    }
}
