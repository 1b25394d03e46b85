use tiny_skia::Path;

use crate::Colour;
use crate::fonts::Line;

/// How a line is drawn; lengths in CSS pixels.
#[derive(Debug, Clone, PartialEq)]
pub struct Stroke {
    pub colour: Colour,
    pub width: f32,
    pub cap: Cap,
    pub join: Join,
    /// Dash and gap in turn, in pixels; empty for an unbroken line.
    pub dashes: Vec<f32>,
}

impl Stroke {
    pub fn plain(colour: Colour, width: f32) -> Stroke {
        Stroke { colour, width, cap: Cap::Butt, join: Join::Miter, dashes: Vec::new() }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cap {
    Butt,
    Round,
    Square,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Join {
    Miter,
    Round,
    Bevel,
}

/// How text is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ink {
    pub colour: Colour,
    /// Letters' height in CSS pixels an em.
    pub size: f32,
    pub halo: Colour,
    pub halo_width: f32,
}

/// A letter that stands on its own.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Letter {
    /// The run of the line and the glyph within it.
    pub glyph: (usize, usize),
    pub at: (f32, f32),
    pub angle: f32,
}

/// Something to draw on, in CSS pixels from the upper left corner: a picture or a page.
pub trait Canvas {
    /// Rings that wind clockwise are filled, rings within them that wind the other way are holes.
    fn fill(&mut self, path: &Path, colour: Colour);
    fn stroke(&mut self, path: &Path, stroke: &Stroke);
    /// A line of text whose base line begins at (x, y), turned around that point by an angle in radians (clockwise).
    fn text(&mut self, line: &Line, at: (f32, f32), angle: f32, ink: &Ink);
    /// A line of text whose letters stand each on its own base line: names that follow a bent street.
    fn bent(&mut self, line: &Line, letters: &[Letter], ink: &Ink);
    /// Until [`Canvas::unclip`], nothing is drawn outside of a rectangle (left, top, width, height).
    fn clip(&mut self, rectangle: (f32, f32, f32, f32));
    fn unclip(&mut self);
    /// What follows belongs together and is told to readers who do not see it.
    fn begin(&mut self, part: Part);
    fn end(&mut self);
}

/// Parts of a page, for those who hear it.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// The heading, and its words.
    Title(String),
    Text,
    /// A picture, and what it shows in words.
    Figure(String),
    /// Nothing to read.
    Ornament,
}
