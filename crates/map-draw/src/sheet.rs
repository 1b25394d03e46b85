//! Maps on paper, at a true scale.

use serde::{Deserialize, Serialize};

use crate::canvas::{Canvas, Part, Stroke};
use crate::fonts::{Fonts, Weight};
use crate::furniture::{Align, Bar, Legend, Pen, Space, colour, rectangle};
use crate::looks::Look;
use crate::paper::{self, Page};
use crate::style::Style;
use crate::view::zoom_of_scale;
use crate::{DrawError, Source, View, picture};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Paper {
    #[default]
    A4,
    A3,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    Portrait,
    #[default]
    Landscape,
}

/// A map to be printed. Words are the caller's, in the reader's language.
#[derive(Debug, Clone)]
pub struct Sheet {
    pub paper: Paper,
    pub form: Form,
    /// The middle of the map, in degrees.
    pub lon: f64,
    pub lat: f64,
    /// 2500 for 1:2,500, true in the middle of the map.
    pub scale: f64,
    pub look: Look,
    pub title: String,
    /// What the map shows, for those who do not see it.
    pub description: String,
    pub legends: Vec<Legend>,
    /// Whose data, of which day, under which licence.
    pub attribution: String,
    /// As the reader writes it: "1:2,500".
    pub scale_text: String,
    /// "N", "북"
    pub north: String,
    pub language: String,
    pub from_right: bool,
}

impl Sheet {
    /// Width and height in millimetres (ISO 216).
    pub fn millimetres(&self) -> (f64, f64) {
        let (short, long) = match self.paper {
            Paper::A4 => (210.0, 297.0),
            Paper::A3 => (297.0, 420.0),
        };
        if self.form == Form::Portrait { (short, long) } else { (long, short) }
    }
}

/// CSS pixels in a millimetre.
const PIXELS: f64 = 96.0 / 25.4;
const BORDER: f64 = 10.0 * PIXELS;
const HEAD: f64 = 44.0;
const FOOT: f64 = 58.0;

/// A map as a PDF page: lines and letters, not dots.
///
/// # Errors
/// [`DrawError::View`] for a scale or place that cannot be drawn, [`DrawError::TooMuch`], [`DrawError::Writing`].
pub fn pdf(style: &Style, sheet: &Sheet, source: &dyn Source, fonts: &Fonts) -> Result<Vec<u8>, DrawError> {
    if !(100.0..=50_000_000.0).contains(&sheet.scale) || sheet.lat.is_nan() || sheet.lat.abs() > 85.0 {
        return Err(DrawError::View(
            "a map on paper has a scale from 1:100 to 1:50,000,000 and lies between 85° south and north",
        ));
    }
    let (width, height) = sheet.millimetres();
    let (width, height) = (width * PIXELS, height * PIXELS);
    let frame = [BORDER, BORDER + HEAD, width - BORDER, height - BORDER - FOOT];
    let pixels = |length: f64| length.round() as u32;
    let zoom = zoom_of_scale(sheet.scale, sheet.lat);
    let view = View::around(sheet.lon, sheet.lat, zoom, pixels(frame[2] - frame[0]), pixels(frame[3] - frame[1]), 1.0)?;
    let pen = Pen { fonts, palette: sheet.look.palette() };
    let legend = (!sheet.legends.is_empty()).then(|| pen.legend_size(&sheet.legends)).map(|(wide, high)| {
        let (map_wide, map_high) = view.size();
        let left = if sheet.from_right { 8.0 } else { map_wide - wide - 8.0 };
        [left, map_high - high - 8.0, left + wide, map_high - 8.0]
    });
    paper::document((width, height), fonts, sheet, &mut |page| {
        head(page, &pen, sheet, width);
        page.begin(Part::Figure(sheet.description.clone()));
        page.shift(frame[0], frame[1]);
        map(page, &pen, sheet, (style, &view, source), legend)?;
        page.unshift();
        page.end();
        foot(page, &pen, sheet, &view, (width, frame[3]));
        Ok(())
    })
}

/// The map in its frame, with the legend in a corner.
fn map(
    page: &mut Page,
    pen: &Pen,
    sheet: &Sheet,
    (style, view, source): (&Style, &View, &dyn Source),
    legend: Option<Space>,
) -> Result<(), DrawError> {
    let (width, height) = view.size();
    page.clip((0.0, 0.0, width as f32, height as f32));
    let spaces: Vec<Space> = legend.into_iter().collect();
    let placed = picture::draw(style, view, source, pen.fonts, page, &spaces)?;
    placed.iter().for_each(|name| name.draw(page));
    page.unclip();
    if let Some(edge) = rectangle([0.0, 0.0, width, height]) {
        page.stroke(&edge, &Stroke::plain(colour(pen.palette.text), 1.0));
    }
    if let Some(space) = legend
        && let Some(path) = rectangle(space)
    {
        page.fill(&path, colour(pen.palette.halo));
        page.stroke(&path, &Stroke::plain(colour(pen.palette.text), 0.6));
        pen.legend(page, &sheet.legends, space, sheet.from_right);
    }
    Ok(())
}

fn head(page: &mut Page, pen: &Pen, sheet: &Sheet, width: f64) {
    let (x, align) = if sheet.from_right { (width - BORDER, Align::Right) } else { (BORDER, Align::Left) };
    page.begin(Part::Title(sheet.title.clone()));
    pen.write(page, &sheet.title, (x, BORDER + 24.0), 24.0, Weight::Bold, pen.palette.text, align);
    page.end();
}

/// Scale in words and as a bar at the side where reading begins, north at the other, the sources between.
fn foot(page: &mut Page, pen: &Pen, sheet: &Sheet, view: &View, (width, top): (f64, f64)) {
    let bar = Bar::new(view.resolution(), 220.0);
    let from_right = sheet.from_right;
    let begin = if from_right { width - BORDER - bar.pixels } else { BORDER };
    let (begin_edge, align) = if from_right { (width - BORDER, Align::Right) } else { (BORDER, Align::Left) };
    page.begin(Part::Text);
    pen.scale_bar(page, &bar, (begin, top + 32.0));
    pen.write(page, &sheet.scale_text, (begin_edge, top + 52.0), 13.0, Weight::Bold, pen.palette.text, align);
    page.end();
    let end = if from_right { BORDER + 12.0 } else { width - BORDER - 12.0 };
    pen.north(page, &sheet.north, (end, top + 26.0));
    page.begin(Part::Text);
    let (x, align) = if from_right { (BORDER + 40.0, Align::Left) } else { (width - BORDER - 40.0, Align::Right) };
    let room = width - 2.0 * BORDER - bar.pixels - 70.0;
    for (number, line) in wrapped(pen, &sheet.attribution, room).iter().take(3).enumerate() {
        let y = top + 20.0 + 14.0 * f64::from(u8::try_from(number).unwrap_or(2));
        pen.write(page, line, (x, y), 10.5, Weight::Regular, pen.palette.text_quiet, align);
    }
    page.end();
}

fn wrapped(pen: &Pen, text: &str, room: f64) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        if let Some(last) = lines.last_mut() {
            let longer = if last.is_empty() { word.to_owned() } else { format!("{last} {word}") };
            if last.is_empty() || pen.width(&longer, 10.5, Weight::Regular) <= room {
                *last = longer;
            } else {
                lines.push(word.to_owned());
            }
        }
    }
    lines
}
