//! JPEG (ITU-T T.81): a row of marked segments, with the compressed picture between them.

use crate::orientation;
use crate::picture::{Bytes, Cleaned};

const SOI: u8 = 0xd8;
const EOI: u8 = 0xd9;
const SOS: u8 = 0xda;
const EXIF: &[u8] = b"Exif\0\0";

pub(crate) fn clean(bytes: &[u8]) -> Option<Cleaned> {
    let mut input = Bytes(bytes);
    if input.take(2)? != [0xff, SOI] {
        return None;
    }
    let mut parts: Vec<u8> = Vec::with_capacity(bytes.len());
    let (mut turn, mut size) = (None, None);
    loop {
        match marker(&mut input)? {
            EOI => break,
            // Restart marks and other marks without length stand only inside the compressed picture.
            0x01 | 0xd0..=0xd8 => return None,
            mark => {
                let length = usize::from(u16::from_be_bytes(input.take(2)?.try_into().ok()?));
                let body = input.take(length.checked_sub(2)?)?;
                if is_frame(mark) && size.replace(dimensions(body)?).is_some() {
                    return None;
                }
                if mark == 0xe1 && turn.is_none() {
                    turn = body.strip_prefix(EXIF).and_then(orientation::read);
                }
                if let Some(body) = kept(mark, body) {
                    segment(&mut parts, mark, &body)?;
                }
                if mark == SOS {
                    parts.extend_from_slice(compressed(&mut input)?);
                }
            }
        }
    }
    let (width, height) = size?;
    let mut whole = vec![0xff, SOI];
    if let Some(turn) = turn {
        segment(&mut whole, 0xe1, &[EXIF, &orientation::write(turn)].concat())?;
    }
    whole.extend_from_slice(&parts);
    whole.extend_from_slice(&[0xff, EOI]);
    Some(Cleaned { bytes: whole, width, height, frames: 1 })
}

fn marker(input: &mut Bytes) -> Option<u8> {
    if input.byte()? != 0xff {
        return None;
    }
    loop {
        match input.byte()? {
            0xff => {}
            mark => return Some(mark),
        }
    }
}

/// The segments that a decoder needs, without the small pictures and words inside them.
fn kept(mark: u8, body: &[u8]) -> Option<Vec<u8>> {
    match mark {
        // JFIF: version and density; its thumbnail goes.
        0xe0 if body.starts_with(b"JFIF\0") => Some([body.get(..12)?, &[0, 0]].concat()),
        // The colour profile.
        0xe2 if body.starts_with(b"ICC_PROFILE\0") => Some(body.to_vec()),
        // Adobe: how colours were transformed.
        0xee if body.starts_with(b"Adobe") => Some(body.get(..12)?.to_vec()),
        0xe0..=0xfe => None,
        _ => Some(body.to_vec()),
    }
}

fn segment(out: &mut Vec<u8>, mark: u8, body: &[u8]) -> Option<()> {
    out.extend_from_slice(&[0xff, mark]);
    out.extend_from_slice(&u16::try_from(body.len() + 2).ok()?.to_be_bytes());
    out.extend_from_slice(body);
    Some(())
}

/// Up to the next mark that is no restart mark.
fn compressed<'a>(input: &mut Bytes<'a>) -> Option<&'a [u8]> {
    let inside = |next: u8| next == 0 || (0xd0..=0xd7).contains(&next);
    let mut at = 0;
    loop {
        at += input.0.get(at..)?.iter().position(|byte| *byte == 0xff)?;
        match *input.0.get(at + 1)? {
            next if inside(next) => at += 2,
            0xff => at += 1,
            _ => return input.take(at),
        }
    }
}

fn is_frame(mark: u8) -> bool {
    (0xc0..=0xcf).contains(&mark) && ![0xc4, 0xc8, 0xcc].contains(&mark)
}

fn dimensions(frame: &[u8]) -> Option<(u32, u32)> {
    let two = |at: usize| Some(u32::from(u16::from_be_bytes(frame.get(at..at + 2)?.try_into().ok()?)));
    Some((two(3)?, two(1)?))
}
