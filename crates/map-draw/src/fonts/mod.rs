//! The letters of maps. They come out of the same style sheet and the same font files that browsers get (slices of
//! Pretendard for Latin and all 11,172 Hangul syllables, Noto Sans Arabic), so a picture costs the binary no further
//! byte and looks like the page around it. A slice is unpacked when its first letter is needed.

mod css;
mod face;
mod line;

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tiny_skia::Path;

use face::Face;
pub use line::{Glyph, Line};

/// How strong letters are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Weight {
    Regular,
    Bold,
}

impl Weight {
    /// On the scale of OpenType's `wght` axis.
    pub fn axis(self) -> f32 {
        match self {
            Weight::Regular => 400.0,
            Weight::Bold => 650.0,
        }
    }
}

/// A face, its weight and a glyph of it.
type Key = (usize, Weight, u32);

/// Fonts, in the order in which they are asked for a letter.
#[derive(Default)]
pub struct Fonts {
    faces: Vec<Face>,
    outlines: Mutex<HashMap<Key, Option<Arc<Path>>>>,
}

impl Fonts {
    /// The fonts of a style sheet's `@font-face` rules; `file` finds a font file (WOFF 2 or OpenType) by the last part
    /// of its address. Rules whose file is missing are left out.
    pub fn of_style_sheet(css: &str, file: &dyn Fn(&str) -> Option<Cow<'static, [u8]>>) -> Fonts {
        let faces = css::faces(css).into_iter().filter_map(|rule| {
            let name = rule.address.rsplit('/').next().unwrap_or(&rule.address);
            file(name).map(|bytes| Face::new(bytes, rule.ranges))
        });
        Fonts { faces: faces.collect(), outlines: Mutex::default() }
    }

    /// One more font (WOFF 2 or OpenType), for the letters that the ones before do not have.
    pub fn add(&mut self, bytes: Cow<'static, [u8]>) {
        self.faces.push(Face::new(bytes, vec![(0, 0x0010_FFFF)]));
    }

    pub fn is_empty(&self) -> bool {
        self.faces.is_empty()
    }

    /// The font file of a face, unpacked; `None` when it is broken.
    pub(crate) fn file(&self, face: usize) -> Option<Arc<Vec<u8>>> {
        self.faces.get(face)?.loaded().map(|loaded| Arc::clone(&loaded.file))
    }

    /// A glyph's outline, one unit an em, y downwards, its origin on the base line.
    pub(crate) fn outline(&self, face: usize, weight: Weight, glyph: u32) -> Option<Arc<Path>> {
        let key = (face, weight, glyph);
        let mut outlines = self.outlines.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = outlines.get(&key) {
            return known.clone();
        }
        let outline = self.faces.get(face)?.loaded().and_then(|loaded| loaded.outline(weight, glyph)).map(Arc::new);
        outlines.insert(key, outline.clone());
        outline
    }
}
