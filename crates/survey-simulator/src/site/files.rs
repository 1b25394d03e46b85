//! Documents: PDF, tables, open documents, calendars, feeds.

use std::io::{Cursor, Write};

use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

/// A PDF of one page (ISO 32000-1, Helvetica). Characters beyond Latin-1 stand as question marks: the words that matter
/// are those of the link.
pub fn pdf(title: &str, lines: &[String]) -> Vec<u8> {
    let plain = |text: &str| -> String {
        let letters = text.chars().map(|c| if c.is_ascii() && !c.is_control() { c } else { '?' });
        letters.flat_map(|c| if matches!(c, '(' | ')' | '\\') { vec!['\\', c] } else { vec![c] }).collect()
    };
    let mut stream = format!("BT /F1 16 Tf 60 770 Td ({}) Tj /F1 11 Tf", plain(title));
    for line in lines {
        stream.push_str(&format!(" 0 -20 Td ({}) Tj", plain(line)));
    }
    stream.push_str(" ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R >>"
            .to_owned(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{stream}\nendstream", stream.len()),
    ];
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n{object}\nendobj\n", number + 1).bytes());
    }
    let table = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    places.iter().for_each(|place| out.extend(format!("{place:010} 00000 n \n").bytes()));
    out.extend(format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1).bytes());
    out
}

/// A ZIP archive, without times in it, so that it has the same bytes each time.
pub fn zip(files: &[(&str, &str)]) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let how = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(zip::DateTime::default());
    for (name, text) in files {
        if out.start_file(*name, how).and_then(|()| Ok(out.write_all(text.as_bytes())?)).is_err() {
            return Vec::new();
        }
    }
    out.finish().map(Cursor::into_inner).unwrap_or_default()
}

/// An OpenDocument text of a few paragraphs.
pub fn odt(lines: &[String]) -> Vec<u8> {
    let text: String = lines.iter().map(|l| format!("<text:p>{}</text:p>", super::page::escaped(l))).collect();
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" office:version=\"1.2\"><office:body><office:text>{text}</office:text></office:body></office:document-content>"
    );
    let list = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" manifest:version=\"1.2\"><manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"application/vnd.oasis.opendocument.text\"/><manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/></manifest:manifest>";
    zip(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", &content),
        ("META-INF/manifest.xml", list),
    ])
}

/// A picture without a picture in it: `bytes` of noise as a bitmap (BMP, 24 bits), to weigh something.
pub fn noise(bytes: usize, seed: u64) -> Vec<u8> {
    let width = 800u32;
    let height = (bytes as u32 / (width * 3)).max(1);
    let size = width * height * 3;
    let mut out = Vec::with_capacity(size as usize + 54);
    out.extend(b"BM");
    for part in [size + 54, 0, 54, 40, width, height] {
        out.extend(part.to_le_bytes());
    }
    out.extend([1, 0, 24, 0]);
    for part in [0, size, 2835, 2835, 0, 0] {
        out.extend(part.to_le_bytes());
    }
    let mut draw = crate::draw::Draw::new(seed);
    while out.len() < size as usize + 54 {
        out.extend(draw.number().to_le_bytes());
    }
    out.truncate(size as usize + 54);
    out
}

/// A gzip body that unpacks to `megabytes` of zeros.
pub fn bomb(megabytes: usize) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let block = vec![b'0'; 1 << 20];
    for _ in 0..megabytes {
        if packer.write_all(&block).is_err() {
            break;
        }
    }
    packer.finish().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn a_bomb_is_small_and_unpacks_to_much() {
        let packed = bomb(8);
        assert!(packed.len() < 20_000, "{}", packed.len());
        let mut out = Vec::new();
        flate2::read::GzDecoder::new(packed.as_slice()).read_to_end(&mut out).expect("gzip");
        assert_eq!(out.len(), 8 << 20);
    }

    #[test]
    fn documents_begin_and_end_as_their_formats_say() {
        let made = pdf("Budget (2026)", &["One".into()]);
        assert!(made.starts_with(b"%PDF-1.4") && made.ends_with(b"%%EOF\n"));
        let text = String::from_utf8_lossy(&made).into_owned();
        let table: usize = text
            .split("startxref\n")
            .nth(1)
            .and_then(|t| t.lines().next())
            .and_then(|n| n.parse().ok())
            .expect("place");
        assert!(text[table..].starts_with("xref"));
        assert!(odt(&["A".into()]).starts_with(b"PK\x03\x04"));
        assert_eq!(noise(1_000_000, 1).len(), 800 * 416 * 3 + 54);
    }
}
