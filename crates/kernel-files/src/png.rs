//! PNG (W3C Portable Network Graphics, third edition): chunks with names.

use img_parts::png::{Png, PngChunk};
use img_parts::{Bytes, ImageEXIF, ImageICC};

use crate::orientation;
use crate::picture::Cleaned;

/// What shows the picture: size, colours, pixels, animation. Words, times and private chunks are not among them.
const KEPT: [&[u8; 4]; 18] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"mDCV", b"cLLI",
    b"sBIT", b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT",
];

pub(crate) fn clean(bytes: &[u8]) -> Option<Cleaned> {
    let mut png = Png::from_bytes(Bytes::copy_from_slice(bytes)).ok()?;
    let is = |chunk: &PngChunk, name: &[u8; 4]| chunk.kind() == *name;
    let chunks = png.chunks();
    let framed = is(chunks.first()?, b"IHDR") && is(chunks.last()?, b"IEND");
    if !framed || !chunks.iter().any(|chunk| is(chunk, b"IDAT")) || png.chunks_by_type(*b"IHDR").count() != 1 {
        return None;
    }
    let (width, height) = png.dimensions()?;
    let frames = png.chunks_by_type(*b"fcTL").count().max(1) as u64;
    let turn = png.exif().as_deref().and_then(orientation::read);
    // A colour profile that does not unpack, or unpacks without end, helps nobody.
    let profile = png.icc_profile().is_some();
    png.chunks_mut().retain(|chunk| KEPT.iter().any(|name| is(chunk, name)) && (profile || !is(chunk, b"iCCP")));
    if let Some(turn) = turn {
        png.chunks_mut().insert(1, PngChunk::new(*b"eXIf", Bytes::from(orientation::write(turn))));
    }
    Some(Cleaned { bytes: png.encoder().bytes().to_vec(), width, height, frames })
}
