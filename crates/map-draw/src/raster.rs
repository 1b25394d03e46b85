//! Pictures: tiny-skia on dots.

use tiny_skia::{FillRule, LineCap, LineJoin, Mask, Paint, Path, PathBuilder, Pixmap, Rect, StrokeDash, Transform};

use crate::canvas::{Canvas, Cap, Ink, Join, Letter, Part, Stroke};
use crate::fonts::{Fonts, Line, Weight};
use crate::{Colour, DrawError};

pub struct Raster<'a> {
    dots: Pixmap,
    ratio: f32,
    fonts: &'a Fonts,
    clip: Option<Mask>,
}

impl<'a> Raster<'a> {
    /// Sizes in CSS pixels, already checked by [`crate::View`].
    pub fn new(size: (f64, f64), ratio: f64, fonts: &'a Fonts) -> Result<Raster<'a>, DrawError> {
        let (width, height) = ((size.0 * ratio).round() as u32, (size.1 * ratio).round() as u32);
        let dots =
            Pixmap::new(width, height).ok_or(DrawError::Size { width: u64::from(width), height: u64::from(height) })?;
        Ok(Raster { dots, ratio: ratio as f32, fonts, clip: None })
    }

    /// The picture as PNG (RFC 2083), with its dots an inch when they are more than a screen's.
    pub fn png(self) -> Result<Vec<u8>, DrawError> {
        let (width, height) = (self.dots.width(), self.dots.height());
        let opaque = self.dots.pixels().iter().all(|dot| dot.is_opaque());
        let mut data = Vec::with_capacity(self.dots.pixels().len() * 4);
        for dot in self.dots.pixels() {
            let dot = dot.demultiply();
            data.extend_from_slice(&[dot.red(), dot.green(), dot.blue()]);
            if !opaque {
                data.push(dot.alpha());
            }
        }
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, width, height);
        encoder.set_color(if opaque { png::ColorType::Rgb } else { png::ColorType::Rgba });
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::Fast);
        let metre = (self.ratio * 96.0 / 0.0254).round() as u32;
        encoder.set_pixel_dims(Some(png::PixelDimensions { xppu: metre, yppu: metre, unit: png::Unit::Meter }));
        let failed = |error: png::EncodingError| DrawError::Writing(error.to_string());
        let mut writer = encoder.write_header().map_err(failed)?;
        writer.write_image_data(&data).map_err(failed)?;
        writer.finish().map_err(failed)?;
        Ok(bytes)
    }

    fn scale(&self) -> Transform {
        Transform::from_scale(self.ratio, self.ratio)
    }

    fn letters(&mut self, path: &Path, transform: Transform, ink: &Ink) {
        let Some(path) = path.clone().transform(transform) else { return };
        if ink.halo_width > 0.0 && ink.halo.is_seen() {
            let halo = Stroke { join: Join::Round, ..Stroke::plain(ink.halo, ink.halo_width * 2.0) };
            self.stroke(&path, &halo);
        }
        if ink.colour.is_seen() {
            self.fill(&path, ink.colour);
        }
    }
}

impl Canvas for Raster<'_> {
    fn fill(&mut self, path: &Path, colour: Colour) {
        self.dots.fill_path(path, &paint(colour), FillRule::Winding, self.scale(), self.clip.as_ref());
    }

    fn stroke(&mut self, path: &Path, stroke: &Stroke) {
        let pen = tiny_skia::Stroke {
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
            dash: StrokeDash::new(stroke.dashes.clone(), 0.0),
        };
        self.dots.stroke_path(path, &paint(stroke.colour), &pen, self.scale(), self.clip.as_ref());
    }

    fn text(&mut self, line: &Line, at: (f32, f32), angle: f32, ink: &Ink) {
        let mut path = PathBuilder::new();
        for run in &line.runs {
            for glyph in &run.glyphs {
                if let Some(outline) = self.fonts.outline(run.face, line.weight, glyph.id)
                    && let Some(outline) =
                        (*outline).clone().transform(Transform::from_translate(glyph.x + glyph.shift.0, glyph.shift.1))
                {
                    path.push_path(&outline);
                }
            }
        }
        let Some(path) = path.finish() else { return };
        self.letters(&path, placed(at, angle, ink.size), ink);
    }

    fn bent(&mut self, line: &Line, letters: &[Letter], ink: &Ink) {
        for letter in letters {
            let Some(run) = line.runs.get(letter.glyph.0) else { continue };
            let Some(glyph) = run.glyphs.get(letter.glyph.1) else { continue };
            if let Some(outline) = self.fonts.outline(run.face, line.weight, glyph.id) {
                let place = placed(letter.at, letter.angle, ink.size).pre_translate(glyph.shift.0, glyph.shift.1);
                self.letters(&outline, place, ink);
            }
        }
    }

    fn clip(&mut self, (left, top, width, height): (f32, f32, f32, f32)) {
        let mask = Mask::new(self.dots.width(), self.dots.height());
        if let (Some(mut mask), Some(rect)) = (mask, Rect::from_xywh(left, top, width, height)) {
            mask.fill_path(&PathBuilder::from_rect(rect), FillRule::Winding, true, self.scale());
            self.clip = Some(mask);
        }
    }

    fn unclip(&mut self) {
        self.clip = None;
    }

    fn begin(&mut self, _part: Part) {}

    fn end(&mut self) {}
}

/// From ems at the origin to pixels on the picture.
fn placed(at: (f32, f32), angle: f32, size: f32) -> Transform {
    Transform::from_translate(at.0, at.1).pre_concat(Transform::from_rotate(angle.to_degrees())).pre_scale(size, size)
}

fn paint(colour: Colour) -> Paint<'static> {
    let mut paint = Paint::default();
    let [r, g, b, a] = colour.bytes();
    paint.set_color_rgba8(r, g, b, a);
    paint.anti_alias = true;
    paint
}

/// The weight a style's font name asks for.
pub fn weight_of(fonts: &str) -> Weight {
    let name = fonts.to_ascii_lowercase();
    if ["bold", "black", "heavy", "medium"].iter().any(|word| name.contains(word)) {
        Weight::Bold
    } else {
        Weight::Regular
    }
}
