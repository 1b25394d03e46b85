//! A dataset on the map: style layers and the legend that explains them, from one place so that they always agree.

use map_feature::GeometryKind;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json, json};

use super::base::fonts;
use super::{Classing, Look, Palette, breaks};
use crate::Colour;
use crate::furniture::{Legend, LegendEntry, Sign};
use crate::style::name_in;

/// How much of the base map areas and circles hide.
const AREA: f64 = 0.82;
const CIRCLE: f64 = 0.72;
/// The diameter of Pretendard's ● in ems.
const DISC: f64 = 0.77;
/// Letters of at most 200 pixels hold discs up to this radius.
const LARGEST: f64 = 75.0;

/// What is shown.
#[derive(Debug, Clone)]
pub struct Dataset<'a> {
    /// Our layer: the style's `source-layer`, and the stem of the layers' ids.
    pub layer: &'a str,
    /// The source in the style that browsers get.
    pub source: &'a str,
    pub geometry: GeometryKind,
    pub title: &'a str,
    /// The field whose text is written beside the features, if any; `name` is looked up in the reader's language.
    pub label: Option<&'a str>,
    pub language: &'a str,
}

/// How it is shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "theme", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Theme {
    /// Each feature alike, in one of the palette's eight kinds of colour (0 to 7) or, without one, in the accent.
    Plain {
        #[serde(default)]
        colour: Option<usize>,
    },
    /// More is darker (lighter on dark): two to five classes of a number.
    Graduated { field: String, classes: usize, classing: Classing },
    /// A colour a value; what comes after the seventh is "other".
    Categories { field: String, values: Vec<String> },
    /// A circle whose area is the number, the largest of this radius in pixels.
    Circles { field: String, radius: f64 },
}

/// The layers to put into a style, in their order, and what they mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    pub layers: Vec<Json>,
    pub legend: Legend,
}

/// Words and numbers as the reader writes them.
pub struct Words<'a> {
    pub number: &'a dyn Fn(f64) -> String,
    pub other: &'a str,
    /// For features without a number; `None` when there are no such.
    pub no_value: Option<&'a str>,
}

/// Makes the layers. `values` are the numbers of the theme's field (graduated, circles); other themes pass them over.
pub fn data_layer(look: Look, dataset: &Dataset, theme: &Theme, values: &[f64], words: &Words) -> Shown {
    let p = look.palette();
    let mut entries = Vec::new();
    let mut layers = match theme {
        Theme::Plain { colour } => {
            let colour = colour.and_then(|kind| p.kinds.get(kind)).copied().unwrap_or(p.accent);
            entries.push(entry(dataset, p, dataset.title.to_owned(), colour));
            shapes(dataset, p, &json!(colour))
        }
        Theme::Graduated { field, classes, classing } => {
            let limits = breaks(values, (*classes).min(p.ramp.len()), *classing);
            let colours = chosen(p, limits.len() + 1);
            entries = ranges(dataset, p, &limits, &colours, values, words);
            entries.extend(words.no_value.map(|text| entry(dataset, p, text.to_owned(), p.nothing)));
            shapes(dataset, p, &graduated(field, &limits, &colours, p))
        }
        Theme::Categories { field, values } => {
            let shown = &values[..values.len().min(p.kinds.len() - 1)];
            let other = *p.kinds.last().unwrap_or(&p.nothing);
            entries.extend(shown.iter().zip(p.kinds).map(|(value, colour)| entry(dataset, p, value.clone(), colour)));
            if shown.len() < values.len() {
                entries.push(entry(dataset, p, words.other.to_owned(), other));
            }
            shapes(dataset, p, &categories(field, shown, other, p))
        }
        Theme::Circles { field, radius } => {
            let most = values.iter().copied().filter(|value| value.is_finite()).fold(0.0, f64::max);
            entries = sizes(most, *radius, p, words);
            circles(dataset, p, field, most, radius.clamp(2.0, LARGEST))
        }
    };
    layers.extend(dataset.label.map(|field| label(dataset, p, field)));
    Shown { layers, legend: Legend { title: dataset.title.to_owned(), entries } }
}

/// Puts layers into a base map: above its areas and ways, below its letters.
pub fn on_base(base: &Json, sources: &Map<String, Json>, layers: &[Json]) -> Json {
    let mut style = base.clone();
    if let Some(all) = style.get_mut("layers").and_then(Json::as_array_mut) {
        let is_letters = |layer: &Json| layer["type"] == "symbol" || layer["id"] == "stop";
        let at = all.iter().position(is_letters).unwrap_or(all.len());
        let is_name = |layer: &Json| layer["type"] == "symbol" && layer["layout"]["text-field"] != "●";
        let (letters, shapes): (Vec<Json>, Vec<Json>) = layers.iter().cloned().partition(is_name);
        all.splice(at..at, shapes);
        all.extend(letters);
    }
    if let Some(all) = style.get_mut("sources").and_then(Json::as_object_mut) {
        all.extend(sources.clone());
    }
    style
}

fn layer(dataset: &Dataset, part: &str, kind: &str, layout: Json, paint: Json) -> Json {
    let mut layer = json!({
        "id": format!("{}-{part}", dataset.layer), "type": kind, "source": dataset.source,
        "source-layer": dataset.layer, "paint": paint,
    });
    if layout.as_object().is_some_and(|layout| !layout.is_empty()) {
        layer["layout"] = layout;
    }
    layer
}

/// Areas, lines and points in the colour that an expression gives.
fn shapes(dataset: &Dataset, p: &Palette, colour: &Json) -> Vec<Json> {
    let kind = dataset.geometry;
    let only = |mut layer: Json, shape: &str| {
        if kind == GeometryKind::Any {
            layer["filter"] = json!(["==", ["geometry-type"], shape]);
        }
        layer
    };
    let mut layers = Vec::new();
    if matches!(kind, GeometryKind::Polygon | GeometryKind::Any) {
        let fill = layer(dataset, "area", "fill", json!({}), json!({"fill-color": colour, "fill-opacity": AREA}));
        let width = json!(["interpolate", ["linear"], ["zoom"], 8, 0.5 * p.growth, 14, 1.6 * p.growth]);
        let edge = layer(
            dataset,
            "edge",
            "line",
            json!({"line-join": "round"}),
            json!({"line-color": p.edge, "line-width": width}),
        );
        layers.extend([only(fill, "Polygon"), only(edge, "Polygon")]);
    }
    if matches!(kind, GeometryKind::Line | GeometryKind::Any) {
        let width = |add: f64| {
            json!([
                "interpolate",
                ["exponential", 1.4],
                ["zoom"],
                8,
                (1.6 + add) * p.growth,
                16,
                (5.0 + add) * p.growth
            ])
        };
        let round = json!({"line-cap": "round", "line-join": "round"});
        let edge =
            layer(dataset, "line-edge", "line", round.clone(), json!({"line-color": p.edge, "line-width": width(2.0)}));
        let line = layer(dataset, "line", "line", round, json!({"line-color": colour, "line-width": width(0.0)}));
        layers.extend([only(edge, "LineString"), only(line, "LineString")]);
    }
    if matches!(kind, GeometryKind::Point | GeometryKind::Any) {
        let radius =
            json!(["interpolate", ["linear"], ["zoom"], 8, 2.5 * p.growth, 12, 4.5 * p.growth, 17, 8.0 * p.growth]);
        let point = layer(
            dataset,
            "point",
            "circle",
            json!({}),
            json!({"circle-color": colour, "circle-radius": radius, "circle-stroke-color": p.edge, "circle-stroke-width": 1.2 * p.growth}),
        );
        layers.push(only(point, "Point"));
    }
    layers
}

fn label(dataset: &Dataset, p: &Palette, field: &str) -> Json {
    let text = if field == "name" { name_in(dataset.language) } else { json!(["to-string", ["get", field]]) };
    let mut layout = json!({"text-field": text, "text-font": fonts(true), "text-size": 12.5 * p.growth, "text-max-width": 8, "text-padding": 3});
    if dataset.geometry == GeometryKind::Point {
        layout["text-anchor"] = json!("top");
        layout["text-offset"] = json!([0, 0.6]);
    }
    if dataset.geometry == GeometryKind::Line {
        layout["symbol-placement"] = json!("line");
    }
    layer(
        dataset,
        "name",
        "symbol",
        layout,
        json!({"text-color": p.text, "text-halo-color": p.halo, "text-halo-width": 1.6}),
    )
}

/// `count` colours from end to end of the ramp.
fn chosen(p: &Palette, count: usize) -> Vec<&'static str> {
    let last = p.ramp.len() - 1;
    (0..count).map(|class| if count == 1 { p.ramp[last / 2 + 1] } else { p.ramp[class * last / (count - 1)] }).collect()
}

fn graduated(field: &str, limits: &[f64], colours: &[&str], p: &Palette) -> Json {
    let mut steps =
        vec![json!("step"), json!(["to-number", ["get", field]]), json!(colours.first().unwrap_or(&p.accent))];
    for (limit, colour) in limits.iter().zip(colours.iter().skip(1)) {
        steps.extend([json!(limit), json!(colour)]);
    }
    json!(["case", ["==", ["get", field], null], p.nothing, steps])
}

fn categories(field: &str, values: &[String], other: &str, p: &Palette) -> Json {
    let mut parts = vec![json!("match"), json!(["to-string", ["get", field]])];
    for (at, (value, colour)) in values.iter().zip(p.kinds).enumerate() {
        if !values[..at].contains(value) {
            parts.extend([json!(value), json!(colour)]);
        }
    }
    if parts.len() == 2 {
        return json!(other);
    }
    parts.push(json!(other));
    Json::Array(parts)
}

/// The area is the number: the radius grows with its root. Large circles lie below small ones. Style layers of the type
/// `circle` would set one at each vertex of a line or an area; those get a letter that is a disc, in their middle.
fn circles(dataset: &Dataset, p: &Palette, field: &str, most: f64, radius: f64) -> Vec<Json> {
    let number = json!(["max", 0, ["to-number", ["get", field], 0]]);
    let size = |radius: f64| if most > 0.0 { json!(["*", radius, ["sqrt", ["/", number, most]]]) } else { json!(0) };
    let edge = 1.2 * p.growth;
    let circle = || {
        let paint = json!({
            "circle-color": p.accent, "circle-opacity": CIRCLE, "circle-radius": size(radius),
            "circle-stroke-color": p.edge, "circle-stroke-width": edge,
        });
        layer(dataset, "circle", "circle", json!({"circle-sort-key": ["-", number]}), paint)
    };
    let disc = || {
        let layout = json!({
            "text-field": "●", "text-font": fonts(false), "text-size": size(radius * 2.0 / DISC), "text-padding": 0,
            "text-allow-overlap": true, "text-ignore-placement": true, "symbol-sort-key": ["-", number],
        });
        let paint = json!({
            "text-color": p.accent, "text-opacity": CIRCLE, "text-halo-color": p.edge, "text-halo-width": edge,
        });
        layer(dataset, "disc", "symbol", layout, paint)
    };
    let only = |mut layer: Json, how: &str| {
        layer["filter"] = json!([how, ["geometry-type"], "Point"]);
        layer
    };
    match dataset.geometry {
        GeometryKind::Point => vec![circle()],
        GeometryKind::Any => vec![only(circle(), "=="), only(disc(), "!=")],
        _ => vec![disc()],
    }
}

/// How a colour that lets the land through looks, so that the legend has the colours of the map.
fn over_land(p: &Palette, colour: &str, opacity: f64) -> String {
    let read = |text: &str| text.parse::<Colour>().unwrap_or(Colour::BLACK);
    read(p.land).mixed(read(colour), opacity).css()
}

fn entry(dataset: &Dataset, p: &Palette, text: String, colour: &str) -> LegendEntry {
    let (colour, edge) = (colour.to_owned(), p.edge.to_owned());
    let seen = over_land(p, &colour, AREA);
    let sign = match dataset.geometry {
        GeometryKind::Line => Sign::Line { colour, width: 4.0 },
        GeometryKind::Point => Sign::Dot { colour, edge, radius: 6.0 },
        _ => Sign::Area { colour: seen, edge },
    };
    LegendEntry { text, sign }
}

fn ranges(
    dataset: &Dataset,
    p: &Palette,
    limits: &[f64],
    colours: &[&str],
    values: &[f64],
    words: &Words,
) -> Vec<LegendEntry> {
    let finite = || values.iter().copied().filter(|value| value.is_finite());
    let (least, most) = (finite().fold(f64::INFINITY, f64::min), finite().fold(f64::NEG_INFINITY, f64::max));
    if least > most {
        return Vec::new();
    }
    let ends: Vec<f64> = std::iter::once(least).chain(limits.iter().copied()).chain([most]).collect();
    let number = |value: f64| (words.number)(value);
    let text = |pair: &[f64]| {
        if pair[0] == pair[1] { number(pair[0]) } else { format!("{} – {}", number(pair[0]), number(pair[1])) }
    };
    ends.windows(2).zip(colours).map(|(pair, colour)| entry(dataset, p, text(pair), colour)).collect()
}

/// Three circles: the largest, a quarter and a twentieth of it.
fn sizes(most: f64, radius: f64, p: &Palette, words: &Words) -> Vec<LegendEntry> {
    let sizes = [1.0, 0.25, 0.05].into_iter().map(|part| round_number(most * part)).filter(|value| *value > 0.0);
    let radius = radius.clamp(2.0, LARGEST);
    sizes
        .map(|value| LegendEntry {
            text: (words.number)(value),
            sign: Sign::Dot {
                colour: over_land(p, p.accent, CIRCLE),
                edge: p.edge.to_owned(),
                radius: radius * (value / most).sqrt(),
            },
        })
        .collect()
}

/// The largest of 1, 2 and 5 times a power of ten that is not above.
fn round_number(value: f64) -> f64 {
    let power = 10_f64.powf(value.log10().floor());
    let times = [5.0, 2.0, 1.0].into_iter().find(|times| times * power <= value * (1.0 + 1e-9));
    if power.is_finite() { times.unwrap_or(1.0) * power } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::looks::{Tiles, base};
    use crate::{Style, style};

    fn words() -> Words<'static> {
        Words { number: &|value| value.to_string(), other: "Other", no_value: Some("No value") }
    }

    fn dataset(geometry: GeometryKind) -> Dataset<'static> {
        Dataset { layer: "trees", source: "trees", geometry, title: "Trees", label: Some("name"), language: "en" }
    }

    #[test]
    fn every_theme_can_be_drawn_in_every_look() {
        let themes = [
            Theme::Plain { colour: None },
            Theme::Graduated { field: "n".into(), classes: 5, classing: Classing::Quantiles },
            Theme::Categories { field: "kind".into(), values: (0..12).map(|at| at.to_string()).collect() },
            Theme::Circles { field: "n".into(), radius: 30.0 },
        ];
        for look in Look::ALL {
            for geometry in [GeometryKind::Point, GeometryKind::Line, GeometryKind::Polygon, GeometryKind::Any] {
                for theme in &themes {
                    let shown = data_layer(look, &dataset(geometry), theme, &[1.0, 5.0, 80.0, 300.0], &words());
                    let style = on_base(&base(look, "en", &Tiles::default()), &Map::new(), &shown.layers);
                    Style::read(&style).unwrap_or_else(|error| panic!("{look:?} {geometry:?} {theme:?}: {error}"));
                    assert!(!shown.legend.entries.is_empty());
                }
            }
        }
    }

    #[test]
    fn the_legend_says_what_the_style_draws() {
        let theme = Theme::Graduated { field: "n".into(), classes: 4, classing: Classing::NaturalBreaks };
        let values = [1.0, 2.0, 10.0, 11.0, 50.0, 55.0, 400.0];
        let shown = data_layer(Look::Day, &dataset(GeometryKind::Polygon), &theme, &values, &words());
        let style = on_base(&base(Look::Day, "en", &Tiles::default()), &Map::new(), &shown.layers);
        let style = Style::read(&style).unwrap();
        let area = style.layers.iter().find(|layer| layer.id == "trees-area").unwrap();
        for (value, entry) in [(1.0, 0), (2.0, 0), (10.0, 1), (55.0, 2), (400.0, 3)] {
            let get = |_: &str| map_feature::Value::Number(value);
            let scope = style::Scope { zoom: 10.0, shape: style::Shape::Polygon, get: &get };
            let Sign::Area { colour, .. } = &shown.legend.entries[entry].sign else { panic!() };
            assert_eq!(
                over_land(Look::Day.palette(), &area.colour("fill-color", &scope).css(), AREA),
                *colour,
                "{value}"
            );
        }
        let nothing = style::Scope { zoom: 10.0, shape: style::Shape::Polygon, get: &|_| map_feature::Value::Null };
        assert_eq!(area.colour("fill-color", &nothing).css(), Look::Day.palette().nothing);
    }

    #[test]
    fn the_area_of_a_circle_is_the_number() {
        let theme = Theme::Circles { field: "n".into(), radius: 40.0 };
        let shown = data_layer(Look::Day, &dataset(GeometryKind::Point), &theme, &[100.0, 25.0], &words());
        let Sign::Dot { radius, .. } = shown.legend.entries[1].sign else { panic!() };
        assert_eq!(shown.legend.entries[1].text, "20");
        assert!((radius - 40.0 * 0.2_f64.sqrt()).abs() < 1e-9);
        assert_eq!(round_number(99.0), 50.0);
        assert_eq!(round_number(0.0), 0.0);
    }
}
