use maud::{Markup, PreEscaped, html};

use crate::assets::land_path;
use crate::{Column, Reader, Row, Table, details, table};

/// A place on the world map.
#[derive(Debug, Clone)]
pub struct Dot {
    pub label: String,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// Its area on the map is in proportion; 0 or less is drawn as the smallest dot.
    pub value: f64,
    /// The value as the reader writes it.
    pub text: String,
    /// Named on the map itself; the others are named in the table and when pointed at.
    pub marked: bool,
}

/// Places of the world by one number.
pub struct DotMap {
    pub title: String,
    pub note: String,
    pub names: String,
    pub values: String,
    /// The value that gets the largest dot.
    pub max: f64,
    pub dots: Vec<Dot>,
}

/// Frame of the map in user units. `web/world.mjs` draws the land in the same frame.
pub const WIDTH: f64 = 960.0;
pub const HEIGHT: f64 = 460.0;
/// User units per radian and the place of latitude 0, longitude 0.
const SCALE: f64 = 175.0;
const CENTRE: (f64, f64) = (480.0, 264.0);
const LARGEST: f64 = 11.0;
const SMALLEST: f64 = 3.0;

/// Natural Earth projection (Patterson 2012; polynomial by Šavrič, Jenny, Patterson, Petrovič and Hurni 2011), the
/// same as `d3.geoNaturalEarth1`. Degrees in, user units of the map's frame out.
pub fn project(latitude: f64, longitude: f64) -> (f64, f64) {
    let (phi, lambda) = (latitude.to_radians(), longitude.to_radians());
    let p2 = phi * phi;
    let p4 = p2 * p2;
    let x = lambda * (0.8707 - 0.131979 * p2 + p4 * (-0.013791 + p4 * (0.003971 * p2 - 0.001529 * p4)));
    let y = phi * (1.007226 + p2 * (0.015085 + p4 * (-0.044475 + 0.028874 * p2 - 0.005916 * p4)));
    (CENTRE.0 + SCALE * x, CENTRE.1 - SCALE * y)
}

pub fn dot_map(reader: &dyn Reader, map: &DotMap) -> Markup {
    let rows = map.dots.iter().map(|dot| Row::new(vec![html! { (dot.label) }, html! { (dot.text) }]));
    let figures = Table {
        caption: map.title.clone(),
        columns: vec![Column::text(&map.names), Column::number(&map.values)],
        rows: rows.collect(),
    };
    html! {
        figure.chart {
            figcaption { (map.title) }
            svg.world viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) role="img" aria-label=(reader.t("ui-chart-figures-below")) {
                @if let Some(land) = land_path() { path.land d=(PreEscaped(land)) {} }
                @for dot in &map.dots { (one_dot(map, dot)) }
                @for dot in map.dots.iter().filter(|dot| dot.marked) { (one_name(map, dot)) }
            }
            @if !map.note.is_empty() { p.note { (map.note) } }
            (details(&reader.t("ui-show-figures"), table(&figures)))
        }
    }
}

fn one_dot(map: &DotMap, dot: &Dot) -> Markup {
    let (x, y) = project(dot.latitude, dot.longitude);
    html! {
        circle.dot data-marked[dot.marked] cx=(format!("{x:.1}")) cy=(format!("{y:.1}")) r=(format!("{:.1}", radius(map, dot))) {
            title { (dot.label) " " (dot.text) }
        }
    }
}

fn one_name(map: &DotMap, dot: &Dot) -> Markup {
    let (x, y) = project(dot.latitude, dot.longitude);
    // Names near the eastern edge go to the other side of their dot.
    let (side, anchor) = if x > WIDTH - 140.0 { (-1.0, "end") } else { (1.0, "start") };
    html! {
        text.dot-name x=(format!("{:.1}", x + side * (radius(map, dot) + 4.0))) y=(format!("{:.1}", y + 5.0)) text-anchor=(anchor) { (dot.label) }
    }
}

/// Area, not radius, is in proportion to the value.
fn radius(map: &DotMap, dot: &Dot) -> f64 {
    let share = (dot.value / map.max.max(f64::MIN_POSITIVE)).clamp(0.0, 1.0);
    (LARGEST * share.sqrt()).max(SMALLEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_projection_agrees_with_d3() {
        // d3.geoNaturalEarth1().scale(175).translate([480, 264]) of Seoul and of Buenos Aires, d3-geo 3.1.
        for ((latitude, longitude), (x, y)) in
            [((37.5665, 126.978), (794.71, 147.99)), ((-34.6037, -58.3816), (333.65, 370.86))]
        {
            let (here_x, here_y) = project(latitude, longitude);
            assert!((here_x - x).abs() < 0.02 && (here_y - y).abs() < 0.02, "{here_x} {here_y}");
        }
    }
}
