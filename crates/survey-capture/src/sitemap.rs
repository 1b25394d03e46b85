//! Sitemaps (sitemaps.org 0.9): XML, index, text, and any of them gzipped.

use quick_xml::Reader;
use quick_xml::events::Event;
use url::Url;

/// Addresses taken from one file.
const MAX_ENTRIES: usize = 50_000;
/// Decompressed bytes read of one file; the protocol's own limit is 50 MB.
const MAX_BYTES: usize = 50 << 20;

#[derive(Debug, Default, PartialEq)]
pub struct Sitemap {
    pub pages: Vec<Url>,
    /// Other languages' copies, by `xhtml:link hreflang`.
    pub alternates: Vec<Url>,
    /// Sitemaps that an index names.
    pub sitemaps: Vec<Url>,
}

/// Reads a sitemap; `None` when the bytes are none.
pub fn read(bytes: &[u8], at: &Url) -> Option<Sitemap> {
    let unpacked;
    let bytes = if bytes.starts_with(b"\x1f\x8b") {
        unpacked = survey_archive::decode_content(bytes, "gzip", MAX_BYTES).ok()?;
        &unpacked
    } else {
        bytes.get(..bytes.len().min(MAX_BYTES)).unwrap_or_default()
    };
    let start = bytes.trim_ascii_start();
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
    if start.starts_with(b"<") { xml(start, at) } else { lines(start) }
}

fn lines(bytes: &[u8]) -> Option<Sitemap> {
    let text = std::str::from_utf8(bytes).ok()?;
    let pages: Vec<Url> = text
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .map_while(|l| Url::parse(l).ok())
        .take(MAX_ENTRIES)
        .collect();
    (!pages.is_empty()).then(|| Sitemap { pages, ..Sitemap::default() })
}

fn xml(bytes: &[u8], at: &Url) -> Option<Sitemap> {
    let mut reader = Reader::from_reader(bytes);
    reader.config_mut().check_end_names = false;
    let mut found = Sitemap::default();
    let (mut is_sitemap, mut index, mut in_loc) = (false, false, false);
    let mut loc = String::new();
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            // What came before a broken place is still good.
            Err(_) | Ok(Event::Eof) => break,
            Ok(Event::Start(e)) => match e.local_name().as_ref() {
                b"urlset" => is_sitemap = true,
                b"sitemapindex" => (is_sitemap, index) = (true, true),
                b"loc" => {
                    in_loc = true;
                    loc.clear();
                }
                b"link" => alternate(&e, at, &mut found),
                _ => {}
            },
            Ok(Event::Empty(e)) if e.local_name().as_ref() == b"link" => alternate(&e, at, &mut found),
            Ok(Event::Text(t)) if in_loc => loc.push_str(&t.decode().unwrap_or_default()),
            Ok(Event::CData(t)) if in_loc => loc.push_str(&String::from_utf8_lossy(&t)),
            Ok(Event::GeneralRef(r)) if in_loc => {
                loc.push_str(&crate::entities::decode(&format!("&{};", r.decode().unwrap_or_default())))
            }
            Ok(Event::End(e)) if e.local_name().as_ref() == b"loc" => {
                in_loc = false;
                if let Ok(url) = at.join(loc.trim()) {
                    if index { found.sitemaps.push(url) } else { found.pages.push(url) }
                }
            }
            Ok(_) => {}
        }
        if found.pages.len() + found.sitemaps.len() >= MAX_ENTRIES {
            break;
        }
    }
    is_sitemap.then_some(found)
}

fn alternate(e: &quick_xml::events::BytesStart<'_>, at: &Url, found: &mut Sitemap) {
    let href = e.try_get_attribute("href").ok().flatten();
    let href = href.and_then(|a| std::str::from_utf8(&a.value).map(crate::entities::decode).ok());
    if let Some(url) = href.and_then(|h| at.join(h.trim()).ok())
        && found.alternates.len() < MAX_ENTRIES
    {
        found.alternates.push(url);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn at() -> Url {
        Url::parse("http://c/sitemap.xml").expect("url")
    }

    #[test]
    fn xml_index_text_and_gzip_are_read() {
        let set = b"<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:xhtml='x'>\
            <url><loc> http://c/a?x=1&amp;y=2 </loc><xhtml:link rel='alternate' hreflang='ko' href='http://c/ko/a'/></url><url><loc>http://c/b";
        let found = read(set, &at()).expect("sitemap");
        assert_eq!(found.pages, [Url::parse("http://c/a?x=1&y=2").expect("url")]);
        assert_eq!(found.alternates.len(), 1);
        let index = b"<sitemapindex><sitemap><loc>http://c/s1.xml.gz</loc></sitemap></sitemapindex>";
        assert_eq!(read(index, &at()).expect("index").sitemaps.len(), 1);
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gz.write_all(b"http://c/one\nhttp://c/two\n").expect("memory");
        assert_eq!(read(&gz.finish().expect("memory"), &at()).expect("text").pages.len(), 2);
        assert_eq!(read(b"<html><body>Not found</body></html>", &at()), None);
        assert_eq!(read(b"Not found", &at()), None);
    }

    #[test]
    fn entities_of_a_document_are_not_resolved() {
        let file = b"<?xml version='1.0'?><!DOCTYPE urlset [<!ENTITY file SYSTEM 'file:///etc/passwd'>\
            <!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;'>]><urlset><url><loc>http://c/&file;/&b;/end</loc></url></urlset>";
        let found = read(file, &at()).expect("sitemap");
        let [page] = &found.pages[..] else { panic!("one page: {found:?}") };
        assert!(page.as_str().ends_with("/end") && !page.as_str().contains("root") && !page.as_str().contains("aaaa"));
    }
}
