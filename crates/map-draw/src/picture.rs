//! A map: features of the source's layers, drawn as the style says.

use std::collections::HashMap;

use geo_types::Geometry;
use map_feature::{Bounds, Value};

use crate::canvas::Canvas;
use crate::fonts::Fonts;
use crate::label::{self, Label, Spot};
use crate::outline::{Frame, Point, Projector};
use crate::placing::{Placed, Placing};
use crate::style::{Kind, Layer, Scope, Shape, Style};
use crate::work::Work;
use crate::{DrawError, View};

/// Takes a feature: what it answers to the name of a field, and where it is.
pub type Take<'a> = dyn FnMut(&dyn Fn(&str) -> Value, &Geometry<f64>) + 'a;

/// Where features come from.
pub trait Source {
    /// Hands over the features of a layer that meet the area (degrees, CRS84), geometries in CRS84 too. What is much
    /// smaller than `resolution` (metres for a dot) may be left out or simplified. A layer that does not exist has none.
    fn features(&self, layer: &str, area: Bounds, resolution: f64, take: &mut Take);
}

/// What is drawn around the picture too, in CSS pixels, so that wide lines and large circles do not end at its edge.
const MARGIN: f64 = 48.0;
/// More vertices than any map that people can read.
const MOST_VERTICES: u64 = 40_000_000;

/// Draws the layers and returns the names that found a place: they are drawn last, by [`Placed::draw`].
///
/// # Errors
/// [`DrawError::TooMuch`] when the source hands over more than a picture can show.
pub fn draw(
    style: &Style,
    view: &View,
    source: &dyn Source,
    fonts: &Fonts,
    canvas: &mut dyn Canvas,
    kept_free: &[[f64; 4]],
) -> Result<Vec<Placed>, DrawError> {
    let zoom = view.zoom();
    let layers: Vec<(usize, &Layer)> =
        style.layers.iter().enumerate().filter(|(_, layer)| layer.shows_at(zoom)).collect();
    let mut works: Vec<Work> = layers.iter().map(|(number, layer)| Work::new(layer, *number, zoom)).collect();
    let mut by_source: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, (_, layer)) in layers.iter().enumerate() {
        if layer.kind != Kind::Background {
            by_source.entry(&layer.source_layer).or_default().push(at);
        }
    }
    let mut names: Vec<&str> = by_source.keys().copied().collect();
    names.sort_unstable();
    let (mut vertices, mut labels) = (0, Vec::new());
    for name in names {
        for (area, turn) in view.areas(MARGIN) {
            let projector = Projector { view, frame: Frame::around(view, MARGIN), turn, nearest: 0.25 / view.ratio() };
            source.features(name, area, view.resolution() / view.ratio(), &mut |get, geometry| {
                vertices += geo::CoordsIter::coords_count(geometry) as u64;
                if vertices <= MOST_VERTICES {
                    let mut seen = Seen::new(geometry, &projector);
                    for at in &by_source[name] {
                        works[*at].take(get, &mut seen, &mut labels, zoom);
                    }
                }
            });
        }
    }
    if vertices > MOST_VERTICES {
        return Err(DrawError::TooMuch);
    }
    for work in works {
        work.draw(view, canvas);
    }
    let mut placing = Placing::new(fonts, view.size());
    kept_free.iter().for_each(|space| placing.take(*space));
    Ok(placing.place(label::joined(labels)))
}

/// A feature's geometry on the picture, projected when a layer asks for it and only once.
pub struct Seen<'a> {
    pub shape: Shape,
    geometry: &'a Geometry<f64>,
    projector: &'a Projector<'a>,
    points: Option<Vec<Point>>,
    lines: Option<Vec<Vec<Point>>>,
    areas: Option<Vec<Vec<Vec<Point>>>>,
}

impl<'a> Seen<'a> {
    fn new(geometry: &'a Geometry<f64>, projector: &'a Projector<'a>) -> Seen<'a> {
        Seen { shape: shape(geometry), geometry, projector, points: None, lines: None, areas: None }
    }

    pub fn points(&mut self) -> &[Point] {
        let (geometry, projector) = (self.geometry, self.projector);
        self.points.get_or_insert_with(|| {
            let mut points = Vec::new();
            projector.points(geometry, &mut points);
            points
        })
    }

    pub fn lines(&mut self) -> &[Vec<Point>] {
        let (geometry, projector) = (self.geometry, self.projector);
        self.lines.get_or_insert_with(|| {
            let mut lines = Vec::new();
            projector.lines(geometry, &mut lines);
            lines
        })
    }

    pub fn areas(&mut self) -> &[Vec<Vec<Point>>] {
        let (geometry, projector) = (self.geometry, self.projector);
        self.areas.get_or_insert_with(|| {
            let mut areas = Vec::new();
            projector.areas(geometry, &mut areas);
            areas
        })
    }

    /// One point for each part that is seen; for areas, the middle of the largest.
    pub fn middles(&mut self) -> Vec<Spot> {
        match self.shape {
            Shape::Point => self.points().iter().map(|at| Spot::At(*at)).collect(),
            Shape::Line => self.lines().iter().map(|line| Spot::Amid(line.clone())).take(1).collect(),
            Shape::Polygon => {
                let largest = self.areas().iter().max_by(|a, b| label::size_of(a).total_cmp(&label::size_of(b)));
                largest.and_then(|area| label::amid_area(area)).map(Spot::At).into_iter().collect()
            }
        }
    }
}

fn shape(geometry: &Geometry<f64>) -> Shape {
    match geometry {
        Geometry::Point(_) | Geometry::MultiPoint(_) => Shape::Point,
        Geometry::Line(_) | Geometry::LineString(_) | Geometry::MultiLineString(_) => Shape::Line,
        Geometry::GeometryCollection(parts) => parts.iter().map(shape).next().unwrap_or(Shape::Point),
        _ => Shape::Polygon,
    }
}

/// Adds the names that a symbol layer gives a feature.
pub fn name(layer: &Layer, number: usize, scope: &Scope, seen: &mut Seen, labels: &mut Vec<Label>) {
    let Some((text, key, look)) = label::named(layer, scope) else { return };
    let spots = match layer.text("symbol-placement", scope).as_str() {
        "line" => seen.lines().iter().map(|line| Spot::Along(line.clone())).collect(),
        "line-center" => seen.lines().iter().map(|line| Spot::Amid(line.clone())).collect(),
        _ => seen.middles(),
    };
    labels.extend(spots.into_iter().map(|spot| Label {
        layer: number,
        key,
        text: text.clone(),
        look: look.clone(),
        spot,
    }));
}
