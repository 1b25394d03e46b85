//! Places for names: greedy, the most important first, none over another. A grid of cells tells quickly who is near.

use std::collections::HashMap;
use std::sync::Arc;

use crate::Colour;
use crate::canvas::{Canvas, Ink, Letter};
use crate::fonts::{Fonts, Line};
use crate::label::{Label, Look, Spot};
use crate::outline::Point;

/// A name that got a place.
pub struct Placed {
    pub layer: usize,
    ink: Ink,
    texts: Vec<Text>,
}

enum Text {
    Straight { line: Arc<Line>, at: Point, angle: f64 },
    Bent { line: Arc<Line>, letters: Vec<Letter> },
}

/// left, top, right, bottom
type Space = [f64; 4];

const CELL: f64 = 48.0;
/// From the middle of a line of text down to its base line: half the height of a capital letter or syllable, in ems.
const BASE: f64 = 0.35;
/// Street names may turn by so much from letter to letter, in radians.
const SHARPEST: f64 = 0.6;
/// A name along a line that strays less than this from straight, in ems, is set straight.
const STRAIGHT: f64 = 0.12;

/// Finds places within the picture for as many labels as possible.
pub struct Placing<'a> {
    fonts: &'a Fonts,
    size: (f64, f64),
    taken: HashMap<(i32, i32), Vec<Space>>,
    lines: HashMap<String, Option<Arc<Line>>>,
    /// Where each name along lines stands already: the two sides of a wide street are named once.
    named: HashMap<(usize, String), Vec<Point>>,
}

impl<'a> Placing<'a> {
    pub fn new(fonts: &'a Fonts, size: (f64, f64)) -> Placing<'a> {
        Placing { fonts, size, taken: HashMap::new(), lines: HashMap::new(), named: HashMap::new() }
    }

    /// Keeps a rectangle free of names, as under a scale bar.
    pub fn take(&mut self, space: Space) {
        for cell in cells(space) {
            self.taken.entry(cell).or_default().push(space);
        }
    }

    pub fn place(&mut self, mut labels: Vec<Label>) -> Vec<Placed> {
        labels.sort_by(|a, b| b.layer.cmp(&a.layer).then(a.key.total_cmp(&b.key)));
        let mut placed = Vec::new();
        for label in &labels {
            match &label.spot {
                Spot::At(at) => placed.extend(self.block(label, *at)),
                Spot::Amid(line) => placed.extend(middle(line).and_then(|at| self.block(label, at))),
                Spot::Along(line) => self.along(label, line, &mut placed),
            }
        }
        placed.sort_by_key(|placed| placed.layer);
        placed
    }

    fn line(&mut self, text: &str, look: &Look) -> Option<Arc<Line>> {
        let key = format!("{:?}{}{text}", look.weight, look.spacing);
        let fonts = self.fonts;
        self.lines.entry(key).or_insert_with(|| fonts.line(text, look.weight, look.spacing).map(Arc::new)).clone()
    }

    /// A name of one or more lines at a point.
    fn block(&mut self, label: &Label, at: Point) -> Option<Placed> {
        let look = &label.look;
        // A name around a place that is taken needs no letters to see that.
        let around = look.anchor == (0.0, 0.0) && look.offset == (0.0, 0.0);
        if around && !self.is_free(&[[at.0, at.1, at.0, at.1]], look) {
            return None;
        }
        let lines = self.wrapped(&label.text, look)?;
        let size = f64::from(look.ink.size);
        let step = f64::from(look.line_height) * size;
        let width = lines.iter().map(|line| f64::from(line.width)).fold(0.0, f64::max) * size;
        #[allow(clippy::cast_precision_loss)]
        let height = step * lines.len() as f64;
        let centre = (
            at.0 + look.offset.0 * size - look.anchor.0 * width / 2.0,
            at.1 + look.offset.1 * size - look.anchor.1 * height / 2.0,
        );
        let pad = look.padding;
        let space = [
            centre.0 - width / 2.0 - pad,
            centre.1 - height / 2.0 - pad,
            centre.0 + width / 2.0 + pad,
            centre.1 + height / 2.0 + pad,
        ];
        if !self.is_free(&[space], look) {
            return None;
        }
        self.claim(&[space], look);
        let texts = lines.into_iter().enumerate().map(|(number, line)| {
            let slack = width - f64::from(line.width) * size;
            #[allow(clippy::cast_precision_loss)]
            let y = centre.1 - height / 2.0 + step * (number as f64 + 0.5) + BASE * size;
            let x = centre.0 - width / 2.0 + slack * (look.justify + 1.0) / 2.0;
            Text::Straight { line, at: (x, y), angle: 0.0 }
        });
        Some(Placed { layer: label.layer, ink: look.ink, texts: texts.collect() })
    }

    /// Cuts at spaces (Korean too: words stay whole) into lines of about the same width.
    fn wrapped(&mut self, text: &str, look: &Look) -> Option<Vec<Arc<Line>>> {
        let whole = self.line(text, look)?;
        let wanted = (whole.width / look.max_width.max(1.0)).ceil().max(1.0);
        if wanted <= 1.0 && !text.contains('\n') {
            return Some(vec![whole]);
        }
        let target = whole.width / wanted;
        let mut lines: Vec<Arc<Line>> = Vec::new();
        for paragraph in text.lines() {
            let mut current = String::new();
            for word in paragraph.split_whitespace() {
                let longer = if current.is_empty() { word.to_owned() } else { format!("{current} {word}") };
                let width = self.line(&longer, look)?.width;
                if !current.is_empty() && width > look.max_width.min(target * 1.25) {
                    lines.extend(self.line(&current, look));
                    current = word.to_owned();
                } else {
                    current = longer;
                }
            }
            lines.extend(self.line(&current, look));
        }
        (!lines.is_empty() && lines.len() <= 6).then_some(lines)
    }

    /// A name along a line, repeated.
    fn along(&mut self, label: &Label, points: &[Point], placed: &mut Vec<Placed>) {
        let look = &label.look;
        let Some(line) = self.line(&label.text.replace('\n', " "), look) else { return };
        let size = f64::from(look.ink.size);
        let width = f64::from(line.width) * size;
        let way = Way::new(points);
        let room = way.length() - width;
        if room < 0.0 {
            return;
        }
        let times = (way.length() / (look.repeat + width)).floor().max(1.0);
        let mut number = 0.0;
        while number < times {
            let centre = way.length() * (number + 0.5) / times;
            // Around the ideal place there may be a free one.
            for step in [0.0, 0.5, -0.5, 1.0, -1.0] {
                let start = centre - width / 2.0 + step * width.max(40.0);
                let at = way.at(start + width / 2.0).0;
                let key = (label.layer, label.text.clone());
                let near = |other: &Point| (other.0 - at.0).hypot(other.1 - at.1) < look.repeat * 0.6 + width / 2.0;
                if (0.0..=room).contains(&start)
                    && !self.named.get(&key).is_some_and(|list| list.iter().any(near))
                    && let Some((text, spaces)) = set_along(&way, start, width, &line, size, look)
                    && self.is_free(&spaces, look)
                {
                    self.claim(&spaces, look);
                    self.named.entry(key).or_default().push(at);
                    placed.push(Placed { layer: label.layer, ink: look.ink, texts: vec![text] });
                    break;
                }
            }
            number += 1.0;
        }
    }

    fn is_free(&self, spaces: &[Space], look: &Look) -> bool {
        let (width, height) = self.size;
        spaces.iter().all(|space| {
            let inside = space[0] >= 0.0 && space[1] >= 0.0 && space[2] <= width && space[3] <= height;
            let meets = |other: &Space| {
                space[0] < other[2] && other[0] < space[2] && space[1] < other[3] && other[1] < space[3]
            };
            inside
                && (look.overlaps
                    || !cells(*space).any(|cell| self.taken.get(&cell).is_some_and(|list| list.iter().any(meets))))
        })
    }

    fn claim(&mut self, spaces: &[Space], look: &Look) {
        if !look.ignored {
            spaces.iter().for_each(|space| self.take(*space));
        }
    }
}

impl Placed {
    pub fn draw(&self, canvas: &mut dyn Canvas) {
        // All halos first: none may cover a letter of the same name.
        if self.ink.halo_width > 0.0 && self.ink.halo.is_seen() {
            self.write(canvas, &Ink { colour: Colour::CLEAR, ..self.ink });
        }
        self.write(canvas, &Ink { halo_width: 0.0, ..self.ink });
    }

    fn write(&self, canvas: &mut dyn Canvas, ink: &Ink) {
        let single = |(x, y): Point| (x as f32, y as f32);
        for text in &self.texts {
            match text {
                Text::Straight { line, at, angle } => canvas.text(line, single(*at), *angle as f32, ink),
                Text::Bent { line, letters } => canvas.bent(line, letters, ink),
            }
        }
    }
}

fn cells(space: Space) -> impl Iterator<Item = (i32, i32)> {
    let cell = |value: f64| (value / CELL).floor().clamp(-1e6, 1e6) as i32;
    let (left, top, right, bottom) = (cell(space[0]), cell(space[1]), cell(space[2]), cell(space[3]));
    (left..=right).flat_map(move |x| (top..=bottom).map(move |y| (x, y)))
}

fn middle(points: &[Point]) -> Option<Point> {
    let way = Way::new(points);
    (way.length() > 0.0).then(|| way.at(way.length() / 2.0).0)
}

/// A line that knows how long it is.
struct Way {
    points: Vec<Point>,
    until: Vec<f64>,
}

impl Way {
    fn new(points: &[Point]) -> Way {
        let mut until = vec![0.0];
        for pair in points.windows(2) {
            let step = (pair[1].0 - pair[0].0).hypot(pair[1].1 - pair[0].1);
            until.push(until.last().copied().unwrap_or(0.0) + step);
        }
        Way { points: points.to_vec(), until }
    }

    fn length(&self) -> f64 {
        self.until.last().copied().unwrap_or(0.0)
    }

    /// The point after `distance` and the direction there, in radians.
    fn at(&self, distance: f64) -> (Point, f64) {
        let after = self.until.partition_point(|until| *until < distance).clamp(1, self.points.len().max(2) - 1);
        let (Some(a), Some(b)) = (self.points.get(after - 1), self.points.get(after)) else {
            return (self.points.first().copied().unwrap_or_default(), 0.0);
        };
        let t = ((distance - self.until[after - 1]) / (self.until[after] - self.until[after - 1]).max(1e-9))
            .clamp(0.0, 1.0);
        (((b.0 - a.0).mul_add(t, a.0), (b.1 - a.1).mul_add(t, a.1)), (b.1 - a.1).atan2(b.0 - a.0))
    }
}

/// Lays a name on a way; `None` where that turns too sharply.
fn set_along(
    way: &Way,
    start: f64,
    width: f64,
    line: &Arc<Line>,
    size: f64,
    look: &Look,
) -> Option<(Text, Vec<Space>)> {
    let (from, to) = (way.at(start).0, way.at(start + width).0);
    // Never upside down.
    let turned = to.0 < from.0;
    let along = |distance: f64| {
        let (at, angle) = way.at(if turned { start + width - distance } else { start + distance });
        (at, if turned { angle + std::f64::consts::PI } else { angle })
    };
    let (from, to) = if turned { (to, from) } else { (from, to) };
    let chord = (to.1 - from.1).atan2(to.0 - from.0);
    let stray = (0_u8..=16).map(|step| {
        let at = along(width * f64::from(step) / 16.0).0;
        ((at.0 - from.0) * -chord.sin() + (at.1 - from.1) * chord.cos()).abs()
    });
    let half = size * 0.6 + look.padding;
    let below = |at: Point, angle: f64| (at.0 - angle.sin() * BASE * size, at.1 + angle.cos() * BASE * size);
    if stray.fold(0.0, f64::max) < STRAIGHT * size {
        let steps = (width / size).ceil().max(1.0);
        let mut spaces = Vec::new();
        let mut step = 0.0;
        while step <= steps {
            let at = along(width * step / steps).0;
            spaces.push([at.0 - half, at.1 - half, at.0 + half, at.1 + half]);
            step += 1.0;
        }
        let middle = (f64::midpoint(from.0, to.0), f64::midpoint(from.1, to.1));
        let begin = (middle.0 - chord.cos() * width / 2.0, middle.1 - chord.sin() * width / 2.0);
        return Some((Text::Straight { line: Arc::clone(line), at: below(begin, chord), angle: chord }, spaces));
    }
    let (mut letters, mut spaces, mut before) = (Vec::new(), Vec::new(), None);
    for (run_number, run) in line.runs.iter().enumerate() {
        for (number, glyph) in run.glyphs.iter().enumerate() {
            let (advance, x) = (f64::from(glyph.advance) * size, f64::from(glyph.x) * size);
            let (centre, angle) = along(x + advance / 2.0);
            let turn = before.map_or(0.0, |before: f64| (angle - before).sin().abs());
            if turn > SHARPEST.sin() || before.is_some_and(|before| (angle - before).cos() < 0.0) {
                return None;
            }
            before = Some(angle);
            let at = (centre.0 - angle.cos() * advance / 2.0, centre.1 - angle.sin() * advance / 2.0);
            let (x, y) = below(at, angle);
            letters.push(Letter { glyph: (run_number, number), at: (x as f32, y as f32), angle: angle as f32 });
            spaces.push([centre.0 - half, centre.1 - half, centre.0 + half, centre.1 + half]);
        }
    }
    Some((Text::Bent { line: Arc::clone(line), letters }, spaces))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_knows_its_points() {
        let way = Way::new(&[(0.0, 0.0), (10.0, 0.0), (10.0, 10.0)]);
        assert!((way.length() - 20.0).abs() < 1e-9);
        assert_eq!(way.at(15.0).0, (10.0, 5.0));
        assert!((way.at(15.0).1 - std::f64::consts::FRAC_PI_2).abs() < 1e-9);
        assert_eq!(Way::new(&[]).at(1.0).0, (0.0, 0.0));
    }

    #[test]
    fn two_names_never_share_a_place() {
        let fonts = Fonts::default();
        let mut placing = Placing::new(&fonts, (100.0, 100.0));
        let look = crate::testing::look();
        assert!(placing.is_free(&[[10.0, 10.0, 50.0, 20.0]], &look));
        placing.take([10.0, 10.0, 50.0, 20.0]);
        assert!(!placing.is_free(&[[45.0, 15.0, 60.0, 30.0]], &look));
        assert!(placing.is_free(&[[51.0, 10.0, 60.0, 20.0]], &look));
        // Over the edge.
        assert!(!placing.is_free(&[[95.0, 50.0, 105.0, 60.0]], &look));
    }
}
