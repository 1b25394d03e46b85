//! PDF pages by krilla: vectors, letters that can be selected and searched, and tags for those who hear the page (PDF/UA-1).

use std::collections::HashMap;
use std::num::NonZeroU16;

use krilla::color::rgb;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect, Transform};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, LineCap, LineJoin, StrokeDash};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Node, SpanTag, Tag, TagGroup, TagTree};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use krilla::{Document, SerializeSettings};
use tiny_skia::{Path, PathSegment};

use crate::canvas::{Canvas, Cap, Ink, Join, Letter, Part, Stroke};
use crate::fonts::{Fonts, Glyph, Line, Weight};
use crate::sheet::Sheet;
use crate::{Colour, DrawError};

/// CSS pixels to points.
const POINTS: f32 = 0.75;

/// Makes a document of one page (sizes in CSS pixels) that `draw` fills.
///
/// # Errors
/// Those of `draw`, and [`DrawError::Writing`].
pub fn document(
    (width, height): (f64, f64),
    fonts: &Fonts,
    sheet: &Sheet,
    draw: &mut dyn FnMut(&mut Page) -> Result<(), DrawError>,
) -> Result<Vec<u8>, DrawError> {
    let failed = |what: &str| DrawError::Writing(what.to_owned());
    let accessible = ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1).finish();
    let settings = SerializeSettings {
        configuration: accessible.map_err(|_| failed("PDF/UA cannot be written"))?,
        ..SerializeSettings::default()
    };
    let mut document = Document::new_with(settings);
    let size = PageSettings::from_wh(width as f32 * POINTS, height as f32 * POINTS);
    let mut sheet_of_paper = document.start_page_with(size.ok_or_else(|| failed("the page has no size"))?);
    let mut surface = sheet_of_paper.surface();
    surface.push_transform(&Transform::from_scale(POINTS, POINTS));
    let mut page = Page { surface, fonts, faces: HashMap::new(), pushed: 1, open: None, parts: Vec::new() };
    let drawn = draw(&mut page);
    let parts = page.close();
    sheet_of_paper.finish();
    drawn?;
    let mut tree = TagTree::new().with_lang(Some(sheet.language.clone()));
    parts.into_iter().for_each(|part| tree.push(Node::Group(part)));
    document.set_tag_tree(tree);
    let mut outline = Outline::new();
    outline.push_child(OutlineNode::new(sheet.title.clone(), XyzDestination::new(0, Point::from_xy(0.0, 0.0))));
    document.set_outline(outline);
    let metadata = Metadata::new().title(sheet.title.clone()).description(sheet.description.clone());
    document.set_metadata(metadata.language(sheet.language.clone()).creator("Madang".to_owned()));
    document.finish().map_err(|error| DrawError::Writing(format!("{error:?}")))
}

/// How letters come onto a page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Letters {
    Text,
    /// Not as text: it is said elsewhere.
    Shapes,
    /// As text that nobody sees.
    Unseen,
}

/// A page that is being drawn.
pub struct Page<'a> {
    surface: Surface<'a>,
    fonts: &'a Fonts,
    faces: HashMap<(usize, Weight), Option<Font>>,
    /// How many transformations and clips are to be taken back.
    pushed: usize,
    open: Option<TagGroup>,
    parts: Vec<TagGroup>,
}

impl Page<'_> {
    /// Leaves nothing open, whatever happened: krilla would not bear it.
    fn close(mut self) -> Vec<TagGroup> {
        self.end();
        (0..self.pushed).for_each(|_| self.surface.pop());
        self.surface.finish();
        self.parts
    }

    /// Moves the origin, until [`Page::unshift`].
    pub fn shift(&mut self, x: f64, y: f64) {
        self.surface.push_transform(&Transform::from_translate(x as f32, y as f32));
        self.pushed += 1;
    }

    pub fn unshift(&mut self) {
        self.pop();
    }

    fn pop(&mut self) {
        if self.pushed > 1 {
            self.pushed -= 1;
            self.surface.pop();
        }
    }

    fn face(&mut self, face: usize, weight: Weight) -> Option<Font> {
        let fonts = self.fonts;
        let open =
            || Font::new_variable(fonts.file(face)?.into(), 0, &[(krilla::text::Tag::new(b"wght"), weight.axis())]);
        self.faces.entry((face, weight)).or_insert_with(open).clone()
    }

    /// Glyphs of one font from a point on, which is where the first one's advance begins.
    fn glyphs(&mut self, line: &Line, face: usize, glyphs: &[Glyph], ink: &Ink, how: Letters) {
        let Some(font) = self.face(face, line.weight) else { return };
        let Some(first) = glyphs.first() else { return };
        let set: Vec<KrillaGlyph> = glyphs
            .iter()
            .map(|glyph| {
                let (x, y) = (glyph.shift.0, -glyph.shift.1);
                KrillaGlyph::new(GlyphId::new(glyph.id), glyph.advance, x, y, 0.0, glyph.bytes.clone(), None)
            })
            .collect();
        let start = Point::from_xy(first.x * ink.size, 0.0);
        if ink.halo_width > 0.0 && ink.halo.is_seen() {
            self.surface.set_fill(None);
            let halo = Stroke { join: Join::Round, ..Stroke::plain(ink.halo, ink.halo_width * 2.0) };
            self.surface.set_stroke(Some(pen(&halo)));
            // Outlines, so that no letter is there twice for those who search or listen.
            self.surface.draw_glyphs(start, &set, font.clone(), &line.text, ink.size, true);
        }
        if ink.colour.is_seen() {
            let colour = if how == Letters::Unseen { Colour::CLEAR } else { ink.colour };
            self.surface.set_stroke(None);
            self.surface.set_fill(Some(fill(colour)));
            self.surface.draw_glyphs(start, &set, font, &line.text, ink.size, how == Letters::Shapes);
        }
    }

    fn line(&mut self, line: &Line, ink: &Ink, how: Letters) {
        line.runs.iter().for_each(|run| self.glyphs(line, run.face, &run.glyphs, ink, how));
    }

    /// A name that is not level stands on the page as shapes, and once more here: level and unseen, so that it is found
    /// and read out in one piece. Readers of PDF take slanted text for letters without a word.
    fn unseen(&mut self, line: &Line, middle: (f32, f32), ink: &Ink) {
        if ink.colour.is_seen() {
            let left = middle.0 - line.width * ink.size / 2.0;
            self.at((left, middle.1), 0.0, |page| page.line(line, ink, Letters::Unseen));
        }
    }

    fn at(&mut self, (x, y): (f32, f32), angle: f32, draw: impl FnOnce(&mut Self)) {
        let (sine, cosine) = angle.sin_cos();
        self.surface.push_transform(&Transform::from_row(cosine, sine, -sine, cosine, x, y));
        draw(self);
        self.surface.pop();
    }
}

impl Canvas for Page<'_> {
    fn fill(&mut self, path: &Path, colour: Colour) {
        if let Some(path) = outline(path) {
            self.surface.set_stroke(None);
            self.surface.set_fill(Some(fill(colour)));
            self.surface.draw_path(&path);
        }
    }

    fn stroke(&mut self, path: &Path, stroke: &Stroke) {
        if let Some(path) = outline(path) {
            self.surface.set_fill(None);
            self.surface.set_stroke(Some(pen(stroke)));
            self.surface.draw_path(&path);
        }
    }

    fn text(&mut self, line: &Line, at: (f32, f32), angle: f32, ink: &Ink) {
        if angle.abs() < 0.01 {
            self.at(at, angle, |page| page.line(line, ink, Letters::Text));
            return;
        }
        self.at(at, angle, |page| page.line(line, ink, Letters::Shapes));
        let half = line.width * ink.size / 2.0;
        self.unseen(line, (at.0 + angle.cos() * half, at.1 + angle.sin() * half), ink);
    }

    fn bent(&mut self, line: &Line, letters: &[Letter], ink: &Ink) {
        for letter in letters {
            let Some(run) = line.runs.get(letter.glyph.0) else { continue };
            let Some(glyph) = run.glyphs.get(letter.glyph.1) else { continue };
            let glyph = Glyph { x: 0.0, ..glyph.clone() };
            self.at(letter.at, letter.angle, |page| page.glyphs(line, run.face, &[glyph], ink, Letters::Shapes));
        }
        if let Some(middle) = letters.get(letters.len() / 2) {
            self.unseen(line, middle.at, ink);
        }
    }

    fn clip(&mut self, (left, top, width, height): (f32, f32, f32, f32)) {
        let mut path = PathBuilder::new();
        if let Some(rect) = Rect::from_xywh(left, top, width, height) {
            path.push_rect(rect);
        }
        if let Some(path) = path.finish() {
            self.surface.push_clip_path(&path, &FillRule::NonZero);
            self.pushed += 1;
        }
    }

    fn unclip(&mut self) {
        self.pop();
    }

    fn begin(&mut self, part: Part) {
        self.end();
        if part == Part::Ornament {
            self.surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
            self.open = Some(TagGroup::new(Tag::P));
            return;
        }
        let content =
            if matches!(part, Part::Figure(_)) { ContentTag::Other } else { ContentTag::Span(SpanTag::empty()) };
        let identifier = self.surface.start_tagged(content);
        let mut group = match part {
            Part::Title(words) => TagGroup::new(Tag::Hn(NonZeroU16::MIN, Some(words))),
            Part::Figure(words) => TagGroup::new(Tag::Figure(Some(words))),
            Part::Text | Part::Ornament => TagGroup::new(Tag::P),
        };
        group.push(identifier);
        self.open = Some(group);
    }

    fn end(&mut self) {
        if let Some(group) = self.open.take() {
            self.surface.end_tagged();
            if !group.children.is_empty() {
                self.parts.push(group);
            }
        }
    }
}

fn outline(path: &Path) -> Option<krilla::geom::Path> {
    let mut copy = PathBuilder::new();
    for segment in path.segments() {
        match segment {
            PathSegment::MoveTo(p) => copy.move_to(p.x, p.y),
            PathSegment::LineTo(p) => copy.line_to(p.x, p.y),
            PathSegment::QuadTo(a, p) => copy.quad_to(a.x, a.y, p.x, p.y),
            PathSegment::CubicTo(a, b, p) => copy.cubic_to(a.x, a.y, b.x, b.y, p.x, p.y),
            PathSegment::Close => copy.close(),
        }
    }
    copy.finish()
}

fn ink(colour: Colour) -> (rgb::Color, NormalizedF32) {
    let [r, g, b, _] = colour.bytes();
    (rgb::Color::new(r, g, b), NormalizedF32::new(colour.a.clamp(0.0, 1.0)).unwrap_or(NormalizedF32::ONE))
}

fn fill(colour: Colour) -> Fill {
    let (colour, opacity) = ink(colour);
    Fill { paint: colour.into(), opacity, rule: FillRule::NonZero }
}

fn pen(stroke: &Stroke) -> krilla::paint::Stroke {
    let (colour, opacity) = ink(stroke.colour);
    krilla::paint::Stroke {
        paint: colour.into(),
        width: stroke.width,
        miter_limit: 3.0,
        line_cap: match stroke.cap {
            Cap::Butt => LineCap::Butt,
            Cap::Round => LineCap::Round,
            Cap::Square => LineCap::Square,
        },
        line_join: match stroke.join {
            Join::Miter => LineJoin::Miter,
            Join::Round => LineJoin::Round,
            Join::Bevel => LineJoin::Bevel,
        },
        opacity,
        dash: (!stroke.dashes.is_empty()).then(|| StrokeDash { array: stroke.dashes.clone(), offset: 0.0 }),
    }
}
