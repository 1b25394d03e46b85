use map_feature::Value;
use serde_json::{Value as Json, json};

use super::*;

fn style(layer: Json) -> Result<Style, StyleError> {
    Style::read(&json!({"version": 8, "sources": {}, "layers": [layer]}))
}

fn line(paint: Json) -> Result<Style, StyleError> {
    style(json!({"id": "a", "type": "line", "source-layer": "data", "paint": paint}))
}

fn with<T>(zoom: f64, values: &[(&str, Value)], read: impl FnOnce(&Scope) -> T) -> T {
    let get = |name: &str| values.iter().find(|(key, _)| *key == name).map_or(Value::Null, |(_, value)| value.clone());
    read(&Scope { zoom, shape: Shape::Line, get: &get })
}

fn width(expression: Json, zoom: f64, values: &[(&str, Value)]) -> f64 {
    let style = line(json!({"line-width": expression})).unwrap();
    with(zoom, values, |scope| style.layers[0].number("line-width", scope))
}

fn passes(filter: Json, values: &[(&str, Value)]) -> bool {
    let style = style(json!({"id": "a", "type": "line", "source-layer": "data", "filter": filter})).unwrap();
    with(10.0, values, |scope| style.layers[0].filter.as_ref().unwrap().holds(scope))
}

#[test]
fn numbers_by_zoom_and_property() {
    let zoom = json!(["interpolate", ["linear"], ["zoom"], 10, 1, 12, 5]);
    for (at, wanted) in [(8.0, 1.0), (10.0, 1.0), (11.0, 3.0), (12.0, 5.0), (20.0, 5.0)] {
        assert!((width(zoom.clone(), at, &[]) - wanted).abs() < 1e-9, "{at}");
    }
    // 2^(11−10) − 1 of 2^(12−10) − 1 is a third.
    let steep = json!(["interpolate", ["exponential", 2], ["zoom"], 10, 0, 12, 6]);
    assert!((width(steep, 11.0, &[]) - 2.0).abs() < 1e-9);
    let step = json!(["step", ["get", "lanes"], 1, 2, 3, 4, 8]);
    for (lanes, wanted) in [(1, 1.0), (2, 3.0), (3, 3.0), (4, 8.0)] {
        assert_eq!(width(step.clone(), 0.0, &[("lanes", Value::Integer(lanes))]), wanted);
    }
    let reckoned = json!(["*", 2, ["sqrt", ["max", 9, ["to-number", ["get", "text"], 4]]]]);
    assert_eq!(width(reckoned.clone(), 0.0, &[("text", Value::Text("16".into()))]), 8.0);
    assert_eq!(width(reckoned, 0.0, &[]), 6.0);
}

#[test]
fn choices_by_property() {
    let matched = json!(["match", ["get", "class"], ["a", "b"], 2, "c", 3, 9]);
    for (class, wanted) in [("a", 2.0), ("b", 2.0), ("c", 3.0), ("d", 9.0)] {
        assert_eq!(width(matched.clone(), 0.0, &[("class", Value::Text(class.into()))]), wanted);
    }
    let case = json!(["case", ["all", ["has", "n"], [">", ["get", "n"], 5]], 7, ["!", ["has", "n"]], 1, 4]);
    assert_eq!(width(case.clone(), 0.0, &[("n", Value::Number(6.0))]), 7.0);
    assert_eq!(width(case.clone(), 0.0, &[("n", Value::Number(2.0))]), 4.0);
    assert_eq!(width(case, 0.0, &[]), 1.0);
}

#[test]
fn a_value_of_the_wrong_type_leaves_the_default() {
    assert_eq!(width(json!(["get", "name"]), 0.0, &[("name", Value::Text("wide".into()))]), 1.0);
    assert_eq!(width(json!(["get", "w"]), 0.0, &[("w", Value::Number(1e300))]), 200.0);
}

#[test]
fn filters_old_and_new() {
    let park = [("class", Value::Text("park".into())), ("n", Value::Integer(7))];
    for filter in [
        json!(["==", "class", "park"]),
        json!(["==", ["get", "class"], "park"]),
        json!(["in", "class", "wood", "park"]),
        json!(["in", ["get", "class"], ["literal", ["wood", "park"]]]),
        json!(["all", ["==", "$type", "LineString"], [">=", "n", 7], ["!has", "name"]]),
        json!(["none", ["==", "class", "wood"], ["<", "n", 7]]),
        json!(["any", ["!=", ["get", "class"], "park"], ["has", "n"]]),
        json!(["!in", "class", "wood"]),
        json!(["!", ["has", "name"]]),
        json!(true),
    ] {
        assert!(passes(filter.clone(), &park), "{filter}");
        assert!(!passes(json!(["!", super::filter::modern(&filter)]), &park), "{filter}");
    }
    assert!(!passes(json!(["<", "class", 3]), &park));
    assert!(!passes(json!([">", "missing", 3]), &park));
}

#[test]
fn texts_in_the_readers_language() {
    let plain = json!({"version": 8, "layers": [{
        "id": "a", "type": "symbol", "source-layer": "data", "layout": {"text-field": "{name}"}}]});
    let korean = in_language(&plain, "ko");
    let text = |style: &Json, values: &[(&str, Value)]| {
        let style = Style::read(style).unwrap();
        with(0.0, values, |scope| style.layers[0].text("text-field", scope))
    };
    let names = [("name", Value::Text("Seoul".into())), ("name:ko", Value::Text("서울".into()))];
    assert_eq!(text(&plain, &names), "Seoul");
    assert_eq!(text(&korean, &names), "서울");
    assert_eq!(text(&korean, &names[..1]), "Seoul");
    assert_eq!(in_language(&korean, "ko"), korean);
    assert_eq!(in_language(&plain, "\"], evil"), plain);
    let tokens = json!({"version": 8, "layers": [{
        "id": "a", "type": "symbol", "source-layer": "data", "layout": {"text-field": "{name} ({ref})"}}]});
    assert_eq!(text(&tokens, &[("name", Value::Text("A".into())), ("ref", Value::Integer(1))]), "A (1)");
}

#[test]
fn an_error_names_its_place() {
    for (layer, place, what) in [
        (
            json!({"id": "r", "type": "line", "source-layer": "x", "paint": {"line-width": ["interpolate", ["linear"], ["zoom"], 1, "a"]}}),
            "layers[0] \"r\".paint.line-width[4]",
            "a number must stand here",
        ),
        (
            json!({"id": "r", "type": "line", "source-layer": "x", "paint": {"line-blur": 1}}),
            "layers[0] \"r\".paint.line-blur",
            "does not draw this property",
        ),
        (json!({"id": "r", "type": "heatmap", "source-layer": "x"}), "layers[0] \"r\"", "not heatmap"),
        (
            json!({"id": "r", "type": "fill", "source-layer": "x", "paint": {"fill-color": "greenish"}}),
            "layers[0] \"r\".paint.fill-color",
            "no colour",
        ),
        (
            json!({"id": "r", "type": "fill", "source-layer": "x", "paint": {"fill-color": ["match", ["get", "a"], 1, "red", "bleu"]}}),
            "layers[0] \"r\".paint.fill-color[4]",
            "no colour",
        ),
        (
            json!({"id": "r", "type": "fill", "source-layer": "x", "filter": ["within", 1]}),
            "layers[0] \"r\".filter",
            "\"within\"",
        ),
        (
            json!({"id": "r", "type": "line", "source-layer": "x", "layout": {"line-cap": "flat"}}),
            "layers[0] \"r\".layout.line-cap",
            "none of butt",
        ),
        (
            json!({"id": "r", "type": "line", "source-layer": "x", "paint": {"line-width": {"stops": [[1, 2]]}}}),
            "layers[0] \"r\".paint.line-width",
            "interpolate",
        ),
        (
            json!({"id": "r", "type": "line", "source-layer": "x", "paint": {"line-width": ["step", ["zoom"], 1, 5, 2, 4, 3]}}),
            "layers[0] \"r\".paint.line-width",
            "rise",
        ),
        (json!({"id": "r", "type": "line"}), "layers[0] \"r\"", "source-layer"),
        (json!({"id": "r", "type": "line", "source-layer": "x", "minzoom": 99}), "layers[0] \"r\"", "0 to 24"),
        (json!({"type": "line"}), "layers[0]", "\"id\""),
        (json!(7), "layers[0]", "an object"),
    ] {
        let error = style(layer.clone()).unwrap_err();
        assert_eq!(error.place, place, "{layer} {error}");
        assert!(error.what.contains(what), "{layer} {error}");
    }
    assert_eq!(Style::read(&json!({"version": 7})).unwrap_err().place, "version");
    assert_eq!(Style::read(&json!({"version": 8, "layers": [], "terrain": {}})).unwrap_err().place, "terrain");
    assert!(Style::parse("{\"version\": 8,\n \"layers\": [,]}").unwrap_err().place.contains("line 2"));
}

#[test]
fn hostile_styles_are_refused() {
    let mut deep = json!(["get", "a"]);
    for _ in 0..60 {
        deep = json!(["!", deep]);
    }
    let error = style(json!({"id": "a", "type": "line", "source-layer": "x", "filter": deep})).unwrap_err();
    assert!(error.what.contains("deep"), "{error}");
    let text = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(Style::parse(&text).is_err());
    let wide: Vec<Json> = std::iter::once(json!("concat")).chain((0..60_000).map(|_| json!("a"))).collect();
    let error =
        style(json!({"id": "a", "type": "symbol", "source-layer": "x", "layout": {"text-field": wide}})).unwrap_err();
    assert!(error.what.contains("parts"), "{error}");
    let layers: Vec<Json> = (0..501).map(|at| json!({"id": at.to_string(), "type": "background"})).collect();
    assert!(Style::read(&json!({"version": 8, "layers": layers})).is_err());
    let twice = json!({"version": 8, "layers": [{"id": "a", "type": "background"}, {"id": "a", "type": "background"}]});
    assert!(Style::read(&twice).unwrap_err().what.contains("same id"));
    for wrong in [
        json!(["match", ["get", "a"], 1, 2]),
        json!(["case", true, 1]),
        json!([]),
        json!([1, 2]),
        json!(["rgb", 1]),
        json!(["get", 1]),
        json!({}),
    ] {
        assert!(line(json!({"line-width": wrong.clone()})).is_err(), "{wrong}");
    }
}
