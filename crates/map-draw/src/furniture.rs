//! What stands on a map beside the map: title, legend, scale bar, north arrow, where the data come from.

use serde::{Deserialize, Serialize};
use tiny_skia::{Path, PathBuilder, Rect};

use crate::canvas::{Canvas, Ink, Join, Part, Stroke};
use crate::fonts::{Fonts, Weight};
use crate::looks::{Look, Palette};
use crate::{Colour, View};

/// What the signs of a map mean.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Legend {
    pub title: String,
    pub entries: Vec<LegendEntry>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LegendEntry {
    pub text: String,
    pub sign: Sign,
}

/// A sign as it stands in the legend; colours as CSS writes them, sizes in CSS pixels.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "sign", rename_all = "kebab-case")]
pub enum Sign {
    Area { colour: String, edge: String },
    Line { colour: String, width: f64 },
    Dot { colour: String, edge: String, radius: f64 },
}

/// What a picture has besides the map. Words are the caller's, in the reader's language.
#[derive(Debug, Clone, Default)]
pub struct Extras {
    pub look: Look,
    pub title: Option<String>,
    pub legends: Vec<Legend>,
    pub scale_bar: bool,
    pub attribution: Option<String>,
    /// The reader's language is written from right to left.
    pub from_right: bool,
}

/// Sides of a rectangle: left, top, right, bottom.
pub type Space = [f64; 4];

/// The furniture of a picture, where it stands.
pub struct Furniture<'a> {
    pen: Pen<'a>,
    extras: &'a Extras,
    title: Option<Space>,
    legend: Option<Space>,
    bar: Option<(Space, Bar)>,
    attribution: Option<Space>,
}

const EDGE: f64 = 10.0;
const TITLE: f64 = 19.0;
const SMALL: f64 = 10.5;

impl<'a> Furniture<'a> {
    pub fn new(view: &View, fonts: &'a Fonts, extras: &'a Extras) -> Furniture<'a> {
        let pen = Pen { fonts, palette: extras.look.palette() };
        let (width, height) = view.size();
        // At the side where reading begins, or at the other.
        let beside =
            |wide: f64, begin: bool| if begin != extras.from_right { EDGE } else { (width - EDGE - wide).max(EDGE) };
        let title = extras.title.as_deref().map(|title| {
            let wide = pen.width(title, TITLE, Weight::Bold) + 24.0;
            let left = beside(wide, true);
            [left, EDGE, left + wide, EDGE + TITLE + 18.0]
        });
        let attribution = extras.attribution.as_deref().map(|text| {
            let wide = pen.width(text, SMALL, Weight::Regular) + 12.0;
            let left = if extras.from_right { 0.0 } else { width - wide };
            [left, height - SMALL - 8.0, left + wide, height]
        });
        let bottom = height - EDGE - if attribution.is_some() { SMALL + 6.0 } else { 0.0 };
        let bar = extras.scale_bar.then(|| Bar::new(view.resolution(), (width * 0.3).min(140.0))).map(|bar| {
            let left = beside(bar.pixels + 16.0, true);
            ([left, bottom - 30.0, left + bar.pixels + 16.0, bottom], bar)
        });
        let legend = (!extras.legends.is_empty()).then(|| {
            let (wide, high) = pen.legend_size(&extras.legends);
            let left = beside(wide, false);
            [left, bottom - high, left + wide, bottom]
        });
        Furniture { pen, extras, title, legend, bar, attribution }
    }

    /// Where no name may stand.
    pub fn spaces(&self) -> Vec<Space> {
        let bar = self.bar.as_ref().map(|(space, _)| *space);
        [self.title, self.legend, bar, self.attribution].into_iter().flatten().collect()
    }

    pub fn draw(&self, canvas: &mut dyn Canvas) {
        let (pen, p) = (&self.pen, self.pen.palette);
        let reading = if self.extras.from_right { Align::Right } else { Align::Left };
        if let (Some(space), Some(title)) = (self.title, &self.extras.title) {
            pen.panel(canvas, space);
            let x = if self.extras.from_right { space[2] - 12.0 } else { space[0] + 12.0 };
            pen.write(canvas, title, (x, space[1] + 9.0 + TITLE * 0.83), TITLE, Weight::Bold, p.text, reading);
        }
        if let Some(space) = self.legend {
            pen.panel(canvas, space);
            pen.legend(canvas, &self.extras.legends, space, self.extras.from_right);
        }
        if let Some((space, bar)) = &self.bar {
            pen.panel(canvas, *space);
            pen.scale_bar(canvas, bar, (space[0] + 8.0, space[1] + 20.0));
        }
        if let (Some(space), Some(text)) = (self.attribution, &self.extras.attribution) {
            pen.plate(canvas, space);
            pen.write(
                canvas,
                text,
                (space[0] + 6.0, space[3] - 5.0),
                SMALL,
                Weight::Regular,
                p.text_quiet,
                Align::Left,
            );
        }
    }
}

/// A scale bar: a round length on the ground.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    pub metres: f64,
    pub pixels: f64,
}

impl Bar {
    /// The longest 1, 2 or 5 times a power of ten metres that fits into so many pixels.
    pub fn new(resolution: f64, most: f64) -> Bar {
        let room = (resolution * most).max(1e-6);
        let power = 10_f64.powf(room.log10().floor());
        let metres =
            [5.0, 2.0, 1.0].into_iter().map(|times| times * power).find(|metres| *metres <= room).unwrap_or(power);
        Bar { metres, pixels: metres / resolution.max(1e-9) }
    }

    pub fn text(&self) -> String {
        if self.metres >= 1_000.0 { format!("{} km", self.metres / 1_000.0) } else { format!("{} m", self.metres) }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    Left,
    Middle,
    Right,
}

/// Writes and draws in the colours of a look.
pub struct Pen<'a> {
    pub fonts: &'a Fonts,
    pub palette: &'static Palette,
}

const ROW: f64 = 21.0;
const LETTERS: f64 = 12.5;
const SWATCH: f64 = 22.0;

pub fn colour(text: &str) -> Colour {
    text.parse().unwrap_or(Colour::BLACK)
}

pub fn rectangle(space: Space) -> Option<Path> {
    Rect::from_ltrb(space[0] as f32, space[1] as f32, space[2] as f32, space[3] as f32).map(PathBuilder::from_rect)
}

impl Pen<'_> {
    /// In CSS pixels.
    pub fn width(&self, text: &str, size: f64, weight: Weight) -> f64 {
        self.fonts.line(text, weight, 0.0).map_or(0.0, |line| f64::from(line.width) * size)
    }

    #[allow(clippy::too_many_arguments)] // What, where and how.
    pub fn write(
        &self,
        canvas: &mut dyn Canvas,
        text: &str,
        at: (f64, f64),
        size: f64,
        weight: Weight,
        ink: &str,
        align: Align,
    ) {
        let Some(line) = self.fonts.line(text, weight, 0.0) else { return };
        let width = f64::from(line.width) * size;
        let x = match align {
            Align::Left => at.0,
            Align::Middle => at.0 - width / 2.0,
            Align::Right => at.0 - width,
        };
        let ink = Ink { colour: colour(ink), size: size as f32, halo: Colour::CLEAR, halo_width: 0.0 };
        canvas.text(&line, (x as f32, at.1 as f32), 0.0, &ink);
    }

    /// A ground for letters.
    fn plate(&self, canvas: &mut dyn Canvas, space: Space) {
        if let Some(path) = rectangle(space) {
            canvas.fill(&path, colour(self.palette.halo).faded(0.85));
        }
    }

    /// The same with an edge.
    fn panel(&self, canvas: &mut dyn Canvas, space: Space) {
        if let Some(path) = rectangle(space) {
            canvas.fill(&path, colour(self.palette.halo).faded(0.94));
            canvas.stroke(&path, &Stroke::plain(colour(self.palette.text).faded(0.25), 1.0));
        }
    }

    /// Width and height of the legends, with a border of 10 pixels.
    pub fn legend_size(&self, legends: &[Legend]) -> (f64, f64) {
        let (mut width, mut height) = (0.0_f64, 20.0);
        for (number, legend) in legends.iter().enumerate() {
            width = width.max(self.width(&legend.title, LETTERS, Weight::Bold));
            height += ROW + if number > 0 { 6.0 } else { 0.0 };
            for entry in &legend.entries {
                width = width.max(self.width(&entry.text, LETTERS, Weight::Regular) + swatch(legend) + 8.0);
                height += row(entry);
            }
        }
        (width + 20.0, height)
    }

    pub fn legend(&self, canvas: &mut dyn Canvas, legends: &[Legend], space: Space, from_right: bool) {
        let (x, align) = if from_right { (space[2] - 10.0, Align::Right) } else { (space[0] + 10.0, Align::Left) };
        let inward = if from_right { -1.0 } else { 1.0 };
        let mut y = space[1] + 10.0;
        for (number, legend) in legends.iter().enumerate() {
            y += if number > 0 { 6.0 } else { 0.0 };
            self.write(canvas, &legend.title, (x, y + ROW * 0.68), LETTERS, Weight::Bold, self.palette.text, align);
            y += ROW;
            let wide = swatch(legend);
            for entry in &legend.entries {
                let high = row(entry);
                self.sign(canvas, &entry.sign, (x + inward * wide / 2.0, y + high / 2.0));
                let at = (x + inward * (wide + 8.0), y + high / 2.0 + LETTERS * 0.35);
                self.write(canvas, &entry.text, at, LETTERS, Weight::Regular, self.palette.text, align);
                y += high;
            }
        }
    }

    fn sign(&self, canvas: &mut dyn Canvas, sign: &Sign, (x, y): (f64, f64)) {
        let thin = colour(self.palette.text).faded(0.35);
        match sign {
            Sign::Area { colour: fill, .. } => {
                if let Some(path) = rectangle([x - SWATCH / 2.0, y - 7.0, x + SWATCH / 2.0, y + 7.0]) {
                    canvas.fill(&path, colour(fill));
                    canvas.stroke(&path, &Stroke::plain(thin, 0.8));
                }
            }
            Sign::Line { colour: ink, width } => {
                let mut path = PathBuilder::new();
                path.move_to((x - SWATCH / 2.0) as f32, y as f32);
                path.line_to((x + SWATCH / 2.0) as f32, y as f32);
                if let Some(path) = path.finish() {
                    canvas.stroke(&path, &Stroke::plain(colour(ink), *width as f32));
                }
            }
            Sign::Dot { colour: fill, radius, .. } => {
                let mut path = PathBuilder::new();
                path.push_circle(x as f32, y as f32, *radius as f32);
                if let Some(path) = path.finish() {
                    canvas.fill(&path, colour(fill));
                    canvas.stroke(&path, &Stroke::plain(thin, 0.8));
                }
            }
        }
    }

    /// The bar's lower left end is at the point; its length is written above.
    pub fn scale_bar(&self, canvas: &mut dyn Canvas, bar: &Bar, (x, y): (f64, f64)) {
        let ink = colour(self.palette.text);
        let half = bar.pixels / 2.0;
        if let (Some(dark), Some(all)) =
            (rectangle([x, y - 4.0, x + half, y]), rectangle([x, y - 4.0, x + bar.pixels, y]))
        {
            canvas.fill(&all, colour(self.palette.halo));
            canvas.fill(&dark, ink);
            canvas.stroke(&all, &Stroke::plain(ink, 1.0));
        }
        self.write(canvas, "0", (x, y - 8.0), SMALL, Weight::Regular, self.palette.text, Align::Left);
        let text = bar.text();
        self.write(canvas, &text, (x + bar.pixels, y - 8.0), SMALL, Weight::Regular, self.palette.text, Align::Right);
    }

    /// An arrow of 26 pixels that points up, with a letter below; its middle is at the point.
    pub fn north(&self, canvas: &mut dyn Canvas, letter: &str, (x, y): (f64, f64)) {
        canvas.begin(Part::Ornament);
        let half = |side: f64| {
            let mut path = PathBuilder::new();
            path.move_to(x as f32, (y - 16.0) as f32);
            path.line_to((x + side * 8.0) as f32, (y + 10.0) as f32);
            path.line_to(x as f32, (y + 5.0) as f32);
            path.close();
            path.finish()
        };
        let ink = colour(self.palette.text);
        let line = Stroke { join: Join::Round, ..Stroke::plain(ink, 1.0) };
        if let (Some(left), Some(right)) = (half(-1.0), half(1.0)) {
            canvas.fill(&left, ink);
            canvas.stroke(&left, &line);
            canvas.stroke(&right, &line);
        }
        self.write(canvas, letter, (x, y + 24.0), 11.5, Weight::Bold, self.palette.text, Align::Middle);
        canvas.end();
    }
}

fn row(entry: &LegendEntry) -> f64 {
    match entry.sign {
        Sign::Dot { radius, .. } => ROW.max(radius * 2.0 + 4.0),
        _ => ROW,
    }
}

fn swatch(legend: &Legend) -> f64 {
    legend.entries.iter().fold(SWATCH, |width, entry| match entry.sign {
        Sign::Dot { radius, .. } => width.max(radius * 2.0),
        _ => width,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_a_round_length() {
        let bar = Bar::new(4.2, 120.0);
        assert_eq!((bar.metres, bar.text().as_str()), (500.0, "500 m"));
        assert!((bar.pixels - 500.0 / 4.2).abs() < 1e-9);
        assert_eq!(Bar::new(30.0, 120.0).text(), "2 km");
    }
}
