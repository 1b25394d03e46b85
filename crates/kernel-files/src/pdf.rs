//! PDF (ISO 32000): refused when it can do more than be read.
//!
//! Names are compared as written and with their `#xx` spelled out, in the file and in its packed objects. Objects hidden
//! behind other filters are not unpacked but refused, encrypted files too.

use std::io::Read;

use flate2::read::ZlibDecoder;

use crate::Refused;

/// Scripts, programs, other files inside, forms that send themselves away.
const ACTIVE: [&[u8]; 9] = [
    b"JavaScript",
    b"Launch",
    b"EmbeddedFile",
    b"EmbeddedFiles",
    b"RichMedia",
    b"SubmitForm",
    b"ImportData",
    b"GoToE",
    b"Rendition",
];
const MOST_UNPACKED: u64 = 64 << 20;
const LONGEST_NAME: usize = 64;
/// The dictionary of an object stream is short.
const DICTIONARY: usize = 2048;

/// The file up to its last end mark.
pub(crate) fn clean(bytes: &[u8]) -> Result<Vec<u8>, Refused> {
    let end = last(bytes, b"%%EOF").ok_or(Refused::Damaged)? + b"%%EOF".len();
    let whole = bytes.get(..end).unwrap_or(bytes);
    let mut names = names(whole);
    if names.any(|name| name == b"Encrypt") {
        return Err(Refused::PdfLocked);
    }
    if acts(whole) {
        return Err(Refused::PdfActive);
    }
    packed(whole)?;
    Ok([whole, b"\n"].concat())
}

fn acts(bytes: &[u8]) -> bool {
    names(bytes).any(|name| ACTIVE.contains(&name.as_slice())) || has_form_program(bytes)
}

/// XFA. The name is so short that packed pictures hold it by chance, so what follows counts too.
fn has_form_program(bytes: &[u8]) -> bool {
    places(bytes, b"/XFA").any(|at| bytes.get(at + 4).is_some_and(|next| b" [\r\n\t".contains(next)))
}

/// Looks into object streams, which hold packed objects.
fn packed(bytes: &[u8]) -> Result<(), Refused> {
    let mut left = MOST_UNPACKED;
    for at in places(bytes, b"stream") {
        let before = bytes.get(at.saturating_sub(DICTIONARY)..at).unwrap_or_default();
        let object = last(before, b" obj").map_or(before, |from| before.get(from..).unwrap_or_default());
        let said: Vec<Vec<u8>> = names(object).collect();
        let says = |name: &[u8]| said.iter().any(|found| found == name);
        if before.ends_with(b"end") || !says(b"ObjStm") {
            continue;
        }
        if !says(b"FlateDecode")
            || says(b"Predictor")
            || said.iter().filter(|name| name.ends_with(b"Decode")).count() > 1
        {
            return Err(Refused::PdfActive);
        }
        let body = bytes.get(at + b"stream".len()..).unwrap_or_default();
        let body = body.strip_prefix(b"\r").unwrap_or(body);
        let body = body.strip_prefix(b"\n").unwrap_or(body);
        let mut objects = Vec::new();
        // A damaged end still gives the objects before it, and readers use them.
        let _ = ZlibDecoder::new(body).take(left).read_to_end(&mut objects);
        left = left.saturating_sub(objects.len() as u64);
        if left == 0 {
            return Err(Refused::Damaged);
        }
        if acts(&objects) {
            return Err(Refused::PdfActive);
        }
    }
    Ok(())
}

/// Every name (`/Like#20this`) with its escapes spelled out.
fn names(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    places(bytes, b"/").map(|at| {
        let mut name = Vec::new();
        let mut rest = bytes.get(at + 1..).unwrap_or_default().iter();
        while let Some(byte) = rest.next().filter(|byte| regular(**byte) && name.len() < LONGEST_NAME) {
            let mut ahead = rest.clone();
            let digits = (ahead.next().and_then(hex), ahead.next().and_then(hex));
            match (byte, digits) {
                (b'#', (Some(high), Some(low))) => {
                    name.push(high << 4 | low);
                    rest = ahead;
                }
                _ => name.push(*byte),
            }
        }
        name
    })
}

fn regular(byte: u8) -> bool {
    byte > b' ' && byte < 0x7f && !b"()<>[]{}/%".contains(&byte)
}

fn hex(digit: &u8) -> Option<u8> {
    char::from(*digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

fn places<'a>(bytes: &'a [u8], wanted: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    bytes.windows(wanted.len()).enumerate().filter(move |(_, window)| *window == wanted).map(|(at, _)| at)
}

fn last(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).rposition(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;

    use super::*;

    fn file(objects: &[u8]) -> Vec<u8> {
        [b"%PDF-1.7\n".as_slice(), objects, b"\ntrailer <</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"].concat()
    }

    fn packed_file(dictionary: &str, objects: &[u8]) -> Vec<u8> {
        let mut packer = ZlibEncoder::new(Vec::new(), Compression::default());
        packer.write_all(objects).expect("packed");
        let body = packer.finish().expect("packed");
        file(&[format!("5 0 obj <<{dictionary}>> stream\r\n").as_bytes(), &body, b"\nendstream endobj"].concat())
    }

    #[test]
    fn a_document_to_read_is_kept_up_to_its_end() {
        let plain = file(b"1 0 obj <</Type/Catalog/OpenAction[3 0 R/Fit]>> endobj");
        let with_zip = [plain.as_slice(), b"PK\x03\x04 a second face"].concat();
        assert_eq!(clean(&with_zip).expect("kept"), plain);
        let packed = packed_file("/Type/ObjStm/Filter/FlateDecode/DecodeParms<<>>", b"1 0 <</Type/Page>>");
        assert!(clean(&packed).is_ok());
    }

    #[test]
    fn what_acts_is_refused_however_it_is_written() {
        let ways: [&[u8]; 6] = [
            b"<</S/JavaScript/JS(app.alert(1))>>",
            b"<</S/J#61va#53cript>>",
            b"<</S /Launch/F(cmd.exe)>>",
            b"<</Type/EmbeddedFile>>",
            b"<</AcroForm<</XFA [(a) 1 0 R]>>>>",
            b"<</S/SubmitForm/F(http://x)>>",
        ];
        for way in ways {
            assert_eq!(clean(&file(way)), Err(Refused::PdfActive), "{}", String::from_utf8_lossy(way));
            let hidden = packed_file("/Type/ObjStm/Filter/FlateDecode", way);
            assert_eq!(clean(&hidden), Err(Refused::PdfActive), "packed {}", String::from_utf8_lossy(way));
        }
    }

    #[test]
    fn what_cannot_be_looked_into_is_refused() {
        let odd = packed_file("/Type/ObjStm/Filter[/ASCIIHexDecode/FlateDecode]", b"<<>>");
        assert_eq!(clean(&odd), Err(Refused::PdfActive));
        assert_eq!(clean(&file(b"<</Encrypt 3 0 R>>")), Err(Refused::PdfLocked));
        assert_eq!(clean(b"%PDF-1.7 no end"), Err(Refused::Damaged));
        let bomb = packed_file("/Type/ObjStm/Filter/FlateDecode", &vec![b' '; 65 << 20]);
        assert_eq!(clean(&bomb), Err(Refused::Damaged));
    }
}
