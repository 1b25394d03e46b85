//! Names before they have a place: what a symbol layer says of a feature.

use std::collections::HashMap;

use geo::{Centroid, Contains, InteriorPoint};
use geo_types::{Coord, LineString, Polygon};

use crate::canvas::Ink;
use crate::fonts::Weight;
use crate::outline::Point;
use crate::raster::weight_of;
use crate::style::{Layer, Scope};

/// A name that wants a place.
#[derive(Debug, Clone)]
pub struct Label {
    /// The layer's number in the style: higher ones choose first.
    pub layer: usize,
    /// Within a layer, the smallest chooses first.
    pub key: f64,
    pub text: String,
    pub look: Look,
    pub spot: Spot,
}

/// Where a name belongs, in CSS pixels.
#[derive(Debug, Clone)]
pub enum Spot {
    At(Point),
    /// Along a line, as often as it is long.
    Along(Vec<Point>),
    /// In the middle of a line, once.
    Amid(Vec<Point>),
}

/// How a name looks; sizes in CSS pixels, widths in ems.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    pub ink: Ink,
    pub weight: Weight,
    pub max_width: f32,
    pub line_height: f32,
    pub spacing: f32,
    pub padding: f64,
    /// Which part of the text stands at the place: −1, 0, 1 for left, middle, right and top, middle, bottom.
    pub anchor: (f64, f64),
    pub offset: (f64, f64),
    /// −1, 0, 1 for lines set left, centred, right.
    pub justify: f64,
    pub repeat: f64,
    /// May stand over others; lets others stand over it.
    pub overlaps: bool,
    pub ignored: bool,
}

/// What a layer says of a feature; `None` when it names nothing.
pub fn named(layer: &Layer, scope: &Scope) -> Option<(String, f64, Look)> {
    let text = layer.text("text-field", scope);
    let text = match layer.text("text-transform", scope).as_str() {
        "uppercase" => text.to_uppercase(),
        "lowercase" => text.to_lowercase(),
        _ => text,
    };
    let number = |name: &str| layer.number(name, scope);
    let size = number("text-size");
    if text.trim().is_empty() || size < 1.0 {
        return None;
    }
    let opacity = number("text-opacity");
    let anchor = layer.text("text-anchor", scope);
    let side = |less: &str, more: &str| {
        if anchor.contains(less) {
            -1.0
        } else if anchor.contains(more) {
            1.0
        } else {
            0.0
        }
    };
    let anchor_side = (side("left", "right"), side("top", "bottom"));
    let offset = layer.numbers("text-offset", scope);
    let look = Look {
        ink: Ink {
            colour: layer.colour("text-color", scope).faded(opacity),
            size: size as f32,
            halo: layer.colour("text-halo-color", scope).faded(opacity),
            halo_width: number("text-halo-width") as f32,
        },
        weight: weight_of(&layer.text("text-font", scope)),
        max_width: number("text-max-width") as f32,
        line_height: number("text-line-height") as f32,
        spacing: number("text-letter-spacing") as f32,
        padding: number("text-padding"),
        anchor: anchor_side,
        offset: (
            offset.first().copied().unwrap_or(0.0).clamp(-50.0, 50.0),
            offset.get(1).copied().unwrap_or(0.0).clamp(-50.0, 50.0),
        ),
        justify: match layer.text("text-justify", scope).as_str() {
            "left" => -1.0,
            "right" => 1.0,
            "auto" => anchor_side.0,
            _ => 0.0,
        },
        repeat: number("symbol-spacing"),
        overlaps: layer.flag("text-allow-overlap", scope),
        ignored: layer.flag("text-ignore-placement", scope),
    };
    Some((text, number("symbol-sort-key"), look))
}

/// Where to write the name of an area that is seen: its centre of mass, or a point within when that lies outside.
pub fn amid_area(rings: &[Vec<Point>]) -> Option<Point> {
    let line = |ring: &Vec<Point>| LineString(ring.iter().map(|(x, y)| Coord { x: *x, y: *y }).collect());
    let (outer, holes) = rings.split_first()?;
    let area = Polygon::new(line(outer), holes.iter().map(line).collect());
    let centre = area.centroid().filter(|centre| area.contains(centre));
    let point = centre.or_else(|| area.interior_point())?;
    (point.x().is_finite() && point.y().is_finite()).then(|| (point.x(), point.y()))
}

/// Twice the size of an area's outer ring, in square pixels.
pub fn size_of(rings: &[Vec<Point>]) -> f64 {
    rings.first().map_or(0.0, |ring| {
        ring.iter().zip(ring.iter().cycle().skip(1)).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum::<f64>().abs()
    })
}

/// Joins lines of the same name and look where their ends meet, so that a street that was cut into pieces is named
/// along its length.
pub fn joined(labels: Vec<Label>) -> Vec<Label> {
    let (mut kept, mut groups, mut known) = (Vec::new(), Vec::<Vec<Label>>::new(), HashMap::new());
    for label in labels {
        if matches!(label.spot, Spot::Along(_)) {
            let group = *known.entry((label.layer, label.text.clone())).or_insert(groups.len());
            match groups.get_mut(group) {
                Some(group) => group.push(label),
                None => groups.push(vec![label]),
            }
        } else {
            kept.push(label);
        }
    }
    kept.extend(
        groups.into_iter().flat_map(|group| if group.len() > MOST_PIECES { group } else { joined_group(group) }),
    );
    kept
}

/// Beyond this the joining would take longer than the drawing.
const MOST_PIECES: usize = 500;

/// Takes in one piece after the other that meets an end of what was joined before.
fn joined_group(group: Vec<Label>) -> Vec<Label> {
    let mut kept: Vec<(Label, Vec<Point>)> = Vec::new();
    for label in group {
        let Spot::Along(line) = &label.spot else { continue };
        let mut line = line.clone();
        while let Some(at) = kept.iter().rposition(|(other, points)| other.look == label.look && meets(&line, points)) {
            line = join(line, kept.swap_remove(at).1);
        }
        kept.push((label, line));
    }
    kept.into_iter().map(|(label, line)| Label { spot: Spot::Along(line), ..label }).collect()
}

fn near(a: Option<&Point>, b: Option<&Point>) -> bool {
    a.zip(b).is_some_and(|(a, b)| (a.0 - b.0).abs() < 0.5 && (a.1 - b.1).abs() < 0.5)
}

fn meets(a: &[Point], b: &[Point]) -> bool {
    near(a.first(), b.first()) || near(a.first(), b.last()) || near(a.last(), b.first()) || near(a.last(), b.last())
}

fn join(mut a: Vec<Point>, mut b: Vec<Point>) -> Vec<Point> {
    if near(a.first(), b.first()) || near(a.first(), b.last()) {
        a.reverse();
    }
    if near(a.last(), b.last()) {
        b.reverse();
    }
    a.extend(b.into_iter().skip(1));
    a
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_within_its_area() {
        let horseshoe = vec![vec![
            (0.0, 0.0),
            (90.0, 0.0),
            (90.0, 90.0),
            (60.0, 90.0),
            (60.0, 20.0),
            (30.0, 20.0),
            (30.0, 90.0),
            (0.0, 90.0),
        ]];
        let (x, y) = amid_area(&horseshoe).unwrap();
        let within = (0.0..=90.0).contains(&x) && (0.0..=90.0).contains(&y) && !((30.0..60.0).contains(&x) && y > 20.0);
        assert!(within, "{x} {y}");
        assert!(amid_area(&[]).is_none());
    }

    #[test]
    fn pieces_of_a_street_become_one() {
        let line = join(vec![(10.0, 0.0), (0.0, 0.0)], vec![(10.0, 0.1), (20.0, 0.0)]);
        assert_eq!(line, [(0.0, 0.0), (10.0, 0.0), (20.0, 0.0)]);
    }
}
