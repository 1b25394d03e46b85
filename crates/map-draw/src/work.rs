//! What a layer has to draw: shapes that look the same are gathered and painted in one go.

use std::collections::HashMap;

use map_feature::Value;
use tiny_skia::PathBuilder;

use crate::canvas::{Canvas, Cap, Join, Stroke};
use crate::label::Label;
use crate::outline::{Point, trace};
use crate::picture::{Seen, name};
use crate::style::{Kind, Layer, Scope, Shape};
use crate::{Colour, View};

/// How the shapes of a batch look.
#[derive(Clone)]
struct Paint {
    fill: Colour,
    stroke: Stroke,
}

struct Batch {
    key: f64,
    paint: Paint,
    path: PathBuilder,
}

/// A layer at work.
pub struct Work<'a> {
    layer: &'a Layer,
    number: usize,
    zoom: f64,
    /// When nothing of it depends on the feature.
    paint: Option<Paint>,
    sorted: bool,
    batches: Vec<Batch>,
    known: HashMap<[u32; 4], usize>,
}

impl<'a> Work<'a> {
    pub fn new(layer: &'a Layer, number: usize, zoom: f64) -> Work<'a> {
        let names: &[&str] = match layer.kind {
            Kind::Fill => &["fill-color", "fill-opacity", "fill-outline-color"],
            Kind::Line => &["line-color", "line-opacity", "line-width", "line-cap", "line-join", "line-dasharray"],
            _ => &[],
        };
        let depends = |name: &&str| layer.property(name).is_some_and(crate::style::Expr::needs_feature);
        let constant = !names.is_empty() && !names.iter().any(depends);
        let scope = Scope { zoom, shape: Shape::Polygon, get: &|_| Value::Null };
        let paint = constant.then(|| paint(layer, &scope));
        let sorted =
            ["fill-sort-key", "line-sort-key", "circle-sort-key"].iter().any(|name| layer.property(name).is_some());
        Work { layer, number, zoom, paint, sorted, batches: Vec::new(), known: HashMap::new() }
    }

    /// Takes in a feature, when the layer's filter lets it through.
    pub fn take(&mut self, get: &dyn Fn(&str) -> Value, seen: &mut Seen, labels: &mut Vec<Label>, zoom: f64) {
        let scope = Scope { zoom, shape: seen.shape, get };
        if self.layer.filter.as_ref().is_some_and(|filter| !filter.holds(&scope)) {
            return;
        }
        match self.layer.kind {
            Kind::Background => {}
            Kind::Symbol => name(self.layer, self.number, &scope, seen, labels),
            Kind::Circle => self.circles(&scope, seen),
            Kind::Fill if seen.shape == Shape::Polygon => {
                if let Some(path) = self.path(&scope, "fill-sort-key") {
                    seen.areas().iter().flatten().for_each(|ring| trace(path, ring, true));
                }
            }
            Kind::Line if seen.shape != Shape::Point => {
                if let Some(path) = self.path(&scope, "line-sort-key") {
                    for line in seen.lines() {
                        let closed = line.len() > 3 && line.first() == line.last();
                        let points = if closed { &line[..line.len() - 1] } else { &line[..] };
                        trace(path, points, closed);
                    }
                }
            }
            Kind::Fill | Kind::Line => {}
        }
    }

    /// The path to which a shape belongs; `None` when nothing of it would be seen.
    fn path(&mut self, scope: &Scope, sort_key: &str) -> Option<&mut PathBuilder> {
        let paint = self.paint.clone().unwrap_or_else(|| paint(self.layer, scope));
        if !(paint.fill.is_seen() || paint.stroke.colour.is_seen() && paint.stroke.width > 0.0) {
            return None;
        }
        let at = if self.sorted {
            self.batches.len()
        } else {
            let bits = |colour: Colour| u32::from_be_bytes(colour.bytes());
            let ends = u32::from(paint.stroke.cap as u8) << 8 | u32::from(paint.stroke.join as u8);
            let look = [bits(paint.fill), bits(paint.stroke.colour), paint.stroke.width.to_bits(), ends];
            *self.known.entry(look).or_insert(self.batches.len())
        };
        if at == self.batches.len() {
            let key = if self.sorted { self.layer.number(sort_key, scope) } else { 0.0 };
            self.batches.push(Batch { key, paint, path: PathBuilder::new() });
        }
        self.batches.get_mut(at).map(|batch| &mut batch.path)
    }

    /// Circles are painted one by one: they may lie over each other.
    fn circles(&mut self, scope: &Scope, seen: &mut Seen) {
        let number = |name: &str| self.layer.number(name, scope);
        let radius = number("circle-radius");
        let edge = number("circle-stroke-width");
        if radius + edge < 0.05 {
            return;
        }
        let stroke = self.layer.colour("circle-stroke-color", scope).faded(number("circle-stroke-opacity"));
        let paint = Paint {
            fill: self.layer.colour("circle-color", scope).faded(number("circle-opacity")),
            stroke: Stroke::plain(stroke, edge as f32),
        };
        let key = number("circle-sort-key");
        let spots: Vec<Point> = match seen.shape {
            Shape::Point => seen.points().to_vec(),
            // As MapLibre: at each vertex.
            _ => seen.lines().iter().flatten().copied().collect(),
        };
        for (x, y) in spots {
            let mut path = PathBuilder::new();
            path.push_circle(x as f32, y as f32, (radius + edge / 2.0) as f32);
            self.batches.push(Batch { key, paint: paint.clone(), path });
        }
    }

    pub fn draw(mut self, view: &View, canvas: &mut dyn Canvas) {
        if self.layer.kind == Kind::Background {
            let scope = Scope { zoom: self.zoom, shape: Shape::Polygon, get: &|_| Value::Null };
            let colour =
                self.layer.colour("background-color", &scope).faded(self.layer.number("background-opacity", &scope));
            let (width, height) = view.size();
            if let Some(all) = tiny_skia::Rect::from_xywh(0.0, 0.0, width as f32, height as f32) {
                canvas.fill(&PathBuilder::from_rect(all), colour);
            }
            return;
        }
        self.batches.sort_by(|a, b| a.key.total_cmp(&b.key));
        for Batch { paint, path, .. } in self.batches {
            let Some(path) = path.finish() else { continue };
            if self.layer.kind != Kind::Line && paint.fill.is_seen() {
                canvas.fill(&path, paint.fill);
            }
            if paint.stroke.colour.is_seen() && paint.stroke.width > 0.0 {
                canvas.stroke(&path, &paint.stroke);
            }
        }
    }
}

/// How an area or a line looks.
fn paint(layer: &Layer, scope: &Scope) -> Paint {
    let number = |name: &str| layer.number(name, scope);
    if layer.kind == Kind::Fill {
        let opacity = number("fill-opacity");
        let edge = layer.colour("fill-outline-color", scope).faded(opacity);
        let fill = layer.colour("fill-color", scope).faded(opacity);
        return Paint { fill, stroke: Stroke { join: Join::Round, ..Stroke::plain(edge, 1.0) } };
    }
    let width = number("line-width");
    let stroke = Stroke {
        colour: layer.colour("line-color", scope).faded(number("line-opacity")),
        width: width as f32,
        cap: match layer.text("line-cap", scope).as_str() {
            "round" => Cap::Round,
            "square" => Cap::Square,
            _ => Cap::Butt,
        },
        join: match layer.text("line-join", scope).as_str() {
            "round" => Join::Round,
            "bevel" => Join::Bevel,
            _ => Join::Miter,
        },
        dashes: dashes(&layer.numbers("line-dasharray", scope), width),
    };
    Paint { fill: Colour::CLEAR, stroke }
}

/// The style counts dashes in line widths.
fn dashes(numbers: &[f64], width: f64) -> Vec<f32> {
    let lengths: Vec<f32> = numbers.iter().map(|length| (length * width).clamp(0.0, 10_000.0) as f32).collect();
    // Shorter than a pixel in all: a grey line, drawn in a million pieces.
    if lengths.iter().sum::<f32>() < 0.5 {
        return Vec::new();
    }
    if lengths.len() % 2 == 1 { lengths.repeat(2) } else { lengths }
}
