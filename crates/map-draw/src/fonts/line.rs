//! One line of text: runs of one direction and one font, in the order in which they stand on the page.

use std::ops::Range;

use harfrust::{Direction, ShapeOptions, UnicodeBuffer};
use unicode_bidi::BidiInfo;

use super::{Fonts, Weight};

/// A line that was shaped; lengths are in ems.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub text: String,
    pub weight: Weight,
    pub runs: Vec<Run>,
    pub width: f32,
}

/// Glyphs of one font, from left to right.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    pub face: usize,
    pub glyphs: Vec<Glyph>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Glyph {
    pub id: u32,
    /// Where its origin stands, from the line's left end, on the base line.
    pub x: f32,
    pub advance: f32,
    /// How far it is drawn from there, y downwards.
    pub shift: (f32, f32),
    /// Which bytes of the line's text it shows.
    pub bytes: Range<usize>,
}

/// Nothing on a map is longer.
const LONGEST: usize = 400;

impl Fonts {
    /// Shapes a line. `None` when there is nothing to see, or a letter that no font has: a name with holes is worse
    /// than none.
    pub fn line(&self, text: &str, weight: Weight, spacing: f32) -> Option<Line> {
        let text: String =
            text.chars().take(LONGEST).map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
        let text = text.trim().to_owned();
        if text.is_empty() {
            return None;
        }
        let bidi = BidiInfo::new(&text, None);
        let paragraph = bidi.paragraphs.first()?;
        let (levels, visual) = bidi.visual_runs(paragraph, paragraph.range.clone());
        let (mut runs, mut x) = (Vec::new(), 0.0);
        for range in visual {
            let leftwards = levels.get(range.start).is_some_and(|level| level.is_rtl());
            let mut pieces = self.pieces(&text, range)?;
            if leftwards {
                pieces.reverse();
            }
            for (face, piece) in pieces {
                runs.push(self.run(&text, face, piece, weight, leftwards, spacing, &mut x)?);
            }
        }
        Some(Line { text, weight, runs, width: x })
    }

    /// Cuts a range where another font is needed. All Latin of a line is of one font, where one has all of it; spaces
    /// and marks stay with the letters before them.
    fn pieces(&self, text: &str, range: Range<usize>) -> Option<Vec<(usize, Range<usize>)>> {
        let is_latin = |letter: char| letter.is_alphabetic() && u32::from(letter) < 0x250;
        let whole = text.chars().any(is_latin).then(|| {
            self.faces
                .iter()
                .position(|face| text.chars().filter(|letter| is_latin(*letter)).all(|letter| face.has(letter)))
        });
        let mut pieces: Vec<(usize, Range<usize>)> = Vec::new();
        for (at, letter) in text.get(range.clone())?.char_indices() {
            let (start, end) = (range.start + at, range.start + at + letter.len_utf8());
            let has = |face: usize| self.faces[face].has(letter);
            let stays = |face: usize| !letter.is_alphanumeric() && has(face);
            match pieces.last_mut() {
                Some((face, piece)) if stays(*face) => piece.end = end,
                last => {
                    let latin = whole.flatten().filter(|face| has(*face));
                    let face = latin.or_else(|| self.faces.iter().position(|face| face.has(letter)))?;
                    match last {
                        Some((before, piece)) if *before == face => piece.end = end,
                        _ => pieces.push((face, start..end)),
                    }
                }
            }
        }
        Some(pieces)
    }

    #[allow(clippy::too_many_arguments)] // One step of `line`, which alone calls it.
    fn run(
        &self,
        text: &str,
        face: usize,
        range: Range<usize>,
        weight: Weight,
        leftwards: bool,
        spacing: f32,
        x: &mut f32,
    ) -> Option<Run> {
        let loaded = self.faces.get(face)?.loaded()?;
        let font = loaded.font()?;
        let instance = loaded.instance(&font, weight);
        let shaper = loaded.shaper.shaper(&font).instance(Some(&instance)).build();
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text.get(range.clone())?);
        buffer.set_direction(if leftwards { Direction::RightToLeft } else { Direction::LeftToRight });
        buffer.guess_segment_properties();
        let plan = loaded.plan(&shaper, weight, &buffer);
        let shaped = shaper.shape(buffer, ShapeOptions::new().plan(Some(&plan)));
        let scale = 1.0 / loaded.units_per_em;
        #[allow(clippy::cast_precision_loss)] // Font units are small.
        let em = |units: i32| units as f32 * scale;
        let mut glyphs = Vec::with_capacity(shaped.len());
        for (info, position) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
            let start = range.start + info.cluster as usize;
            let advance = em(position.x_advance) + if position.x_advance > 0 { spacing } else { 0.0 };
            let shift = (em(position.x_offset), -em(position.y_offset));
            glyphs.push(Glyph { id: info.glyph_id, x: *x, advance, shift, bytes: start..start });
            *x += advance;
        }
        close_ranges(&mut glyphs, range.end);
        Some(Run { face, glyphs })
    }
}

/// A glyph shows the text up to the next cluster.
fn close_ranges(glyphs: &mut [Glyph], end: usize) {
    let mut starts: Vec<usize> = glyphs.iter().map(|glyph| glyph.bytes.start).collect();
    starts.push(end);
    starts.sort_unstable();
    for glyph in glyphs {
        let next = starts.partition_point(|start| *start <= glyph.bytes.start);
        glyph.bytes.end = starts.get(next).copied().unwrap_or(end);
    }
}
