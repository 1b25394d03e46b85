//! The base map: one template, four palettes. Quiet, so that one message on it is heard.

use serde_json::{Value as Json, json};

use super::{Look, Palette};
use crate::Colour;
use crate::style::name_in;

/// Where browsers fetch what the style draws.
#[derive(Debug, Clone, Default)]
pub struct Tiles<'a> {
    /// A template of tile addresses with `{z}`, `{x}` and `{y}`. With `{layer}` in it, each layer is a source of its own;
    /// without, one source (`base`) has all layers. Empty: no source at all, as for drawing on the server.
    pub address: &'a str,
    pub max_zoom: u8,
    pub attribution: &'a str,
    /// Of glyph files with `{fontstack}` and `{range}`; empty: browsers write with the page's own fonts.
    pub glyphs: &'a str,
}

const LAYERS: [&str; 10] =
    ["landuse", "green", "water", "waterway", "building", "road", "rail", "boundary", "stop", "place"];

/// The base map as a style. Names are in the reader's language where there are such.
pub fn base(look: Look, language: &str, tiles: &Tiles) -> Json {
    let source = |layer: &str| if tiles.address.contains("{layer}") { layer.to_owned() } else { "base".to_owned() };
    let mut layers =
        vec![json!({"id": "land", "type": "background", "paint": {"background-color": look.palette().land}})];
    layers.extend(grounds(look.palette()));
    layers.extend(ways(look.palette()));
    layers.extend(names(look.palette(), language));
    for layer in &mut layers {
        let of = layer.get("source-layer").and_then(Json::as_str).map(source);
        if let (Some(object), Some(of)) = (layer.as_object_mut(), of) {
            object.insert("source".to_owned(), json!(of));
        }
    }
    let mut style = json!({
        "version": 8,
        "name": format!("Madang {}", look.name()),
        "metadata": {"madang:look": look.name()},
        "sources": sources(tiles),
        "layers": layers,
    });
    if !tiles.glyphs.is_empty()
        && let Some(object) = style.as_object_mut()
    {
        object.insert("glyphs".to_owned(), json!(tiles.glyphs));
    }
    style
}

fn sources(tiles: &Tiles) -> Json {
    let one = |address: String| json!({"type": "vector", "tiles": [address], "maxzoom": tiles.max_zoom, "attribution": tiles.attribution});
    if tiles.address.is_empty() {
        // Browsers want a source that exists, even an empty one.
        json!({"base": {"type": "geojson", "data": {"type": "FeatureCollection", "features": []}}})
    } else if tiles.address.contains("{layer}") {
        LAYERS.iter().map(|layer| ((*layer).to_owned(), one(tiles.address.replace("{layer}", layer)))).collect()
    } else {
        json!({"base": one(tiles.address.to_owned())})
    }
}

fn class_is(classes: &[&str]) -> Json {
    json!(["match", ["get", "class"], classes, true, false])
}

/// A width that doubles about every one and a half levels, from (zoom, pixels) to (zoom, pixels).
fn grows(stops: &[(f64, f64)], by: f64) -> Json {
    let mut parts = vec![json!("interpolate"), json!(["exponential", 1.5]), json!(["zoom"])];
    for (zoom, width) in stops {
        parts.extend([json!(zoom), json!((width * by * 100.0).round() / 100.0)]);
    }
    Json::Array(parts)
}

fn steady(stops: &[(f64, f64)], by: f64) -> Json {
    let mut parts = vec![json!("interpolate"), json!(["linear"]), json!(["zoom"])];
    for (zoom, width) in stops {
        parts.extend([json!(zoom), json!((width * by * 100.0).round() / 100.0)]);
    }
    Json::Array(parts)
}

/// Areas and water.
fn grounds(p: &Palette) -> Vec<Json> {
    let fill = |id: &str, layer: &str, min_zoom: f64, colour: Json| json!({"id": id, "type": "fill", "source-layer": layer, "minzoom": min_zoom, "paint": {"fill-color": colour}});
    let mut building = fill("building", "building", 13.0, json!(p.building));
    // From afar, a slightly stronger ground instead of ten thousand outlines.
    let read = |text: &str| text.parse::<Colour>().unwrap_or(Colour::BLACK);
    let far = read(p.building).mixed(read(p.building_edge), 0.4).css();
    building["paint"] = json!({
        "fill-color": ["step", ["zoom"], far, 14.5, p.building],
        "fill-outline-color": ["step", ["zoom"], "rgba(0,0,0,0)", 14.5, p.building_edge],
        "fill-opacity": steady(&[(13.0, 0.4), (14.5, 1.0)], 1.0),
    });
    let green = json!(["match", ["get", "class"], "wood", p.wood, p.green]);
    vec![
        fill("landuse", "landuse", 9.0, json!(p.built)),
        fill("green", "green", 8.0, green),
        json!({
            "id": "waterway", "type": "line", "source-layer": "waterway", "minzoom": 8,
            "filter": ["any", ["==", ["get", "class"], "river"], [">=", ["zoom"], 13]],
            "layout": {"line-cap": "round", "line-join": "round"},
            "paint": {"line-color": p.water, "line-width": grows(&[(8.0, 0.6), (14.0, 2.5), (20.0, 14.0)], 1.0)},
        }),
        json!({
            "id": "water", "type": "fill", "source-layer": "water",
            "paint": {"fill-color": p.water, "fill-outline-color": p.water_edge},
        }),
        building,
    ]
}

/// Roads drawn alike: name, classes, from which zoom, (zoom, width) in pixels.
type Group = (&'static str, &'static [&'static str], f64, &'static [(f64, f64)]);

/// Roads, rails and boundaries: all edges below all surfaces, the important above the others.
fn ways(p: &Palette) -> Vec<Json> {
    let groups: [Group; 3] = [
        ("minor", &["minor", "service", "pedestrian"], 12.5, &[(12.5, 0.5), (14.0, 1.8), (16.0, 6.0), (20.0, 36.0)]),
        (
            "major",
            &["primary", "secondary", "tertiary"],
            8.0,
            &[(8.0, 0.6), (12.0, 2.0), (14.0, 4.2), (16.0, 9.0), (20.0, 52.0)],
        ),
        ("highway", &["motorway", "trunk"], 5.0, &[(5.0, 0.6), (10.0, 2.0), (14.0, 5.5), (16.0, 11.0), (20.0, 58.0)]),
    ];
    let faint = json!(["case", ["==", ["get", "tunnel"], true], 0.35, 1]);
    let mut layers = vec![json!({
        "id": "road-path", "type": "line", "source-layer": "road", "minzoom": 14.5, "filter": class_is(&["path"]),
        "paint": {"line-color": p.path, "line-width": grows(&[(14.5, 0.7), (17.0, 1.4), (20.0, 4.0)], p.growth), "line-dasharray": [3, 2]},
    })];
    for edge in [true, false] {
        for (name, classes, min_zoom, widths) in &groups {
            let (colour, id) = match (edge, *name) {
                (true, "highway") => (p.highway_edge, format!("road-{name}-edge")),
                (true, _) => (p.road_edge, format!("road-{name}-edge")),
                (false, "highway") => (p.highway, format!("road-{name}")),
                (false, _) => (p.road, format!("road-{name}")),
            };
            // The edge adds a line on both sides that grows a little too.
            let widths: Vec<(f64, f64)> = widths
                .iter()
                .map(|(zoom, width)| {
                    (*zoom, if edge { width + (0.6 + 0.09 * (zoom - 5.0)) * p.growth } else { *width })
                })
                .collect();
            // Far out, roads are lines of the edge's colour, drawn thin.
            let min_zoom = if edge { *min_zoom } else { (min_zoom + 2.0).min(13.5) };
            layers.push(json!({
                "id": id, "type": "line", "source-layer": "road", "minzoom": min_zoom, "filter": class_is(classes),
                "layout": {"line-cap": if edge { "butt" } else { "round" }, "line-join": "round"},
                "paint": {"line-color": colour, "line-width": grows(&widths, 1.0), "line-opacity": faint},
            }));
        }
    }
    layers.push(json!({
        "id": "rail", "type": "line", "source-layer": "rail", "minzoom": 10,
        "filter": ["any", ["==", ["get", "class"], "rail"], [">=", ["zoom"], 13]],
        "paint": {"line-color": p.rail, "line-width": grows(&[(10.0, 0.6), (14.0, 1.3), (18.0, 3.0)], p.growth), "line-opacity": faint},
    }));
    layers.push(json!({
        "id": "rail-ties", "type": "line", "source-layer": "rail", "minzoom": 13.5,
        "filter": ["==", ["get", "class"], "rail"],
        "paint": {"line-color": p.rail, "line-width": grows(&[(13.5, 3.0), (18.0, 8.0)], p.growth), "line-dasharray": [0.25, 2.5], "line-opacity": faint},
    }));
    layers.push(json!({
        "id": "boundary", "type": "line", "source-layer": "boundary",
        "filter": ["<=", ["to-number", ["get", "admin_level"], 6], ["step", ["zoom"], 4, 8, 6, 11, 8]],
        "layout": {"line-join": "round"},
        "paint": {"line-color": p.boundary, "line-width": steady(&[(4.0, 0.7), (10.0, 1.0), (16.0, 1.6)], p.growth), "line-dasharray": [5, 3]},
    }));
    layers
}

/// Letters, the least important first: the last choose their place first.
fn names(p: &Palette, language: &str) -> Vec<Json> {
    let name = name_in(language);
    let symbol = |id: &str, layer: &str, min_zoom: f64, filter: Json, size: Json, colour: &str, strong: bool| {
        json!({
            "id": id, "type": "symbol", "source-layer": layer, "minzoom": min_zoom, "filter": filter,
            "layout": {"text-field": name, "text-font": fonts(strong), "text-size": size, "text-max-width": 9, "text-padding": 4},
            "paint": {"text-color": colour, "text-halo-color": p.halo, "text-halo-width": 1.4 * p.growth},
        })
    };
    let along = |mut layer: Json, spacing: f64| {
        layer["layout"]["symbol-placement"] = json!("line");
        layer["layout"]["symbol-spacing"] = json!(spacing);
        layer
    };
    let size = |from: (f64, f64), to: (f64, f64)| steady(&[from, to], p.growth);
    let minor = class_is(&["minor", "service", "pedestrian"]);
    let major = class_is(&["primary", "secondary", "tertiary", "trunk", "motorway"]);
    let mut water = symbol(
        "water-name",
        "water",
        12.0,
        json!(["has", "name"]),
        size((12.0, 11.0), (16.0, 14.0)),
        p.text_water,
        false,
    );
    water["paint"]["text-halo-color"] = json!(p.water);
    let mut stop =
        symbol("stop-name", "stop", 13.0, class_is(&["station"]), size((13.0, 11.0), (17.0, 13.0)), p.text, true);
    stop["layout"]["text-anchor"] = json!("top");
    stop["layout"]["text-offset"] = json!([0, 0.5]);
    vec![
        json!({
            "id": "stop", "type": "circle", "source-layer": "stop", "minzoom": 12, "filter": class_is(&["station"]),
            "paint": {"circle-radius": size((12.0, 2.5), (17.0, 5.0)), "circle-color": p.halo, "circle-stroke-color": p.text_quiet, "circle-stroke-width": 1.5},
        }),
        symbol(
            "green-name",
            "green",
            14.0,
            class_is(&["park", "wood"]),
            size((14.0, 10.5), (18.0, 13.0)),
            p.text_quiet,
            false,
        ),
        along(
            symbol("road-minor-name", "road", 15.0, minor, size((15.0, 10.0), (18.0, 13.0)), p.text_quiet, false),
            350.0,
        ),
        along(
            symbol(
                "waterway-name",
                "waterway",
                13.0,
                json!(["has", "name"]),
                size((13.0, 10.5), (17.0, 13.0)),
                p.text_water,
                false,
            ),
            400.0,
        ),
        along(
            symbol("road-major-name", "road", 13.0, major, size((13.0, 10.5), (18.0, 14.0)), p.text_quiet, false),
            350.0,
        ),
        water,
        stop,
        symbol(
            "place-neighbourhood",
            "place",
            13.0,
            class_is(&["neighbourhood"]),
            size((13.0, 11.0), (16.0, 13.0)),
            p.text_quiet,
            false,
        ),
        symbol("place-suburb", "place", 11.0, class_is(&["suburb"]), size((11.0, 11.5), (15.0, 15.0)), p.text, false),
        symbol("place-village", "place", 10.0, class_is(&["village"]), size((10.0, 11.0), (15.0, 15.0)), p.text, false),
        symbol("place-district", "place", 9.0, class_is(&["district"]), size((9.0, 11.5), (14.0, 16.0)), p.text, true),
        symbol("place-town", "place", 8.0, class_is(&["town"]), size((8.0, 12.0), (14.0, 18.0)), p.text, true),
        symbol("place-city", "place", 4.0, class_is(&["city"]), size((4.0, 12.0), (12.0, 22.0)), p.text, true),
    ]
}

/// The page's own fonts. MapLibre takes the weight from the words of the name.
pub fn fonts(strong: bool) -> Json {
    let last = "Noto Sans Arabic Variable";
    if strong {
        json!(["Pretendard Variable Bold", "Pretendard Variable", last])
    } else {
        json!(["Pretendard Variable", last])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Style;

    #[test]
    fn every_look_can_be_drawn() {
        for look in Look::ALL {
            for address in ["", "/map/tiles/{layer}/{z}/{x}/{y}.mvt", "/map/tiles/base/{z}/{x}/{y}.mvt"] {
                let style = base(look, "ko", &Tiles { address, max_zoom: 15, attribution: "©", glyphs: "" });
                let read = Style::read(&style).unwrap_or_else(|error| panic!("{look:?}: {error}"));
                assert!(read.layers.len() > 20);
                let sources = style["sources"].as_object().unwrap();
                for layer in style["layers"].as_array().unwrap().iter().skip(1) {
                    assert!(sources.contains_key(layer["source"].as_str().unwrap()), "{}", layer["id"]);
                }
            }
        }
    }
}
