//! What all pictures have in common.

use crate::{Kind, Refused, gif, jpeg, png, webp};

/// A picture without notes, and what its header promises.
pub(crate) struct Cleaned {
    pub bytes: Vec<u8>,
    pub width: u32,
    pub height: u32,
    pub frames: u64,
}

/// All frames together may be this much larger than the largest still picture.
const FRAMES_OVER_STILL: u64 = 10;

/// Takes out everything but what is needed to show the picture: known parts are kept, all others go. Bytes of the
/// picture itself are not touched.
pub(crate) fn clean(kind: Kind, bytes: &[u8], most_pixels: u64) -> Result<Cleaned, Refused> {
    let cleaned = match kind {
        Kind::Jpeg => jpeg::clean(bytes),
        Kind::Png => png::clean(bytes),
        Kind::WebP => webp::clean(bytes),
        Kind::Gif => gif::clean(bytes),
        Kind::Pdf | Kind::Text | Kind::Csv | Kind::Json => None,
    };
    let cleaned = cleaned.filter(|picture| picture.width > 0 && picture.height > 0).ok_or(Refused::Damaged)?;
    let pixels = u64::from(cleaned.width) * u64::from(cleaned.height);
    if pixels > most_pixels || pixels.saturating_mul(cleaned.frames) > most_pixels.saturating_mul(FRAMES_OVER_STILL) {
        return Err(Refused::TooManyPixels);
    }
    Ok(cleaned)
}

/// Bytes read from the front; every step may find that they end too early.
pub(crate) struct Bytes<'a>(pub &'a [u8]);

impl<'a> Bytes<'a> {
    pub fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    pub fn byte(&mut self) -> Option<u8> {
        self.take(1).map(|one| one[0])
    }
}
