//! WebP (RFC 9649): RIFF chunks, in them the frames of an animation with chunks of their own.

use img_parts::Bytes;
use img_parts::riff::{RiffChunk, RiffContent};
use img_parts::webp::WebP;

use crate::orientation;
use crate::picture::{self, Cleaned};

const KEPT: [&[u8; 4]; 7] = [b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"];
const KEPT_IN_FRAME: [&[u8]; 3] = [b"VP8 ", b"VP8L", b"ALPH"];
const FRAME_HEAD: usize = 16;
/// Colour profile, transparency, animation: the flags whose chunks may stay.
const FLAGS: u8 = 0x32;
const EXIF_FLAG: u8 = 0x08;

pub(crate) fn clean(bytes: &[u8]) -> Option<Cleaned> {
    let mut webp = WebP::from_bytes(Bytes::copy_from_slice(bytes)).ok()?;
    let (width, height) = webp.dimensions()?;
    let frames = webp.chunks_by_id(*b"ANMF").count().max(1) as u64;
    let notes = webp.chunk_by_id(*b"EXIF").and_then(|chunk| chunk.content().data().cloned());
    let turn = notes.and_then(|notes| orientation::read(notes.strip_prefix(b"Exif\0\0").unwrap_or(&notes)));
    webp.chunks_mut().retain(|chunk| KEPT.iter().any(|name| chunk.id() == **name));
    for chunk in webp.chunks_mut() {
        let id = chunk.id();
        if let RiffContent::Data(data) = chunk.content_mut() {
            match &id {
                b"VP8X" => *data = flagged(data, turn.is_some())?,
                b"ANMF" => *data = frame(data)?,
                _ => {}
            }
        }
    }
    if let Some(turn) = turn.filter(|_| webp.has_chunk(*b"VP8X")) {
        let content = RiffContent::Data(Bytes::from(orientation::write(turn)));
        webp.chunks_mut().push(RiffChunk::new(*b"EXIF", content));
    }
    let shown = webp.has_chunk(*b"VP8 ") || webp.has_chunk(*b"VP8L") || webp.has_chunk(*b"ANMF");
    shown.then(|| Cleaned { bytes: webp.encoder().bytes().to_vec(), width, height, frames })
}

fn flagged(extended: &[u8], turned: bool) -> Option<Bytes> {
    let mut changed = extended.to_vec();
    let flags = changed.first_mut()?;
    *flags = (*flags & FLAGS) | if turned { EXIF_FLAG } else { 0 };
    Some(Bytes::from(changed))
}

/// One frame with only the chunks that show it.
fn frame(data: &[u8]) -> Option<Bytes> {
    let mut input = picture::Bytes(data);
    let mut kept = input.take(FRAME_HEAD)?.to_vec();
    while !input.0.is_empty() {
        let head = input.take(8)?;
        let length = usize::try_from(u32::from_le_bytes(head[4..].try_into().ok()?)).ok()?;
        let body = input.take(length.checked_add(length % 2)?)?;
        if KEPT_IN_FRAME.contains(&&head[..4]) {
            kept.extend_from_slice(head);
            kept.extend_from_slice(body);
        }
    }
    Some(Bytes::from(kept))
}
