//! Pictures are judged by the share of colours in their parts, so that another version of a painter may round otherwise.

use geo_types::{Geometry, Rect, line_string, point, polygon};
use map_feature::{GeometryKind, Value};
use serde_json::{Map, json};

use crate::looks::{Classing, Dataset, Look, Theme, Tiles, Words, base, data_layer, on_base};
use crate::testing::{Feature, Features, fonts};
use crate::*;

fn picture(layers: &serde_json::Value, features: Vec<Feature>, fonts: &Fonts) -> Dots {
    let style = Style::read(&json!({"version": 8, "layers": layers})).unwrap();
    let view = View::around(0.0, 0.0, 10.0, 200, 200, 1.0).unwrap();
    Dots::read(&png(&style, &view, &Features(features), fonts, &Extras::default()).unwrap())
}

/// A PNG that was read back.
struct Dots {
    width: usize,
    channels: usize,
    data: Vec<u8>,
}

impl Dots {
    fn read(bytes: &[u8]) -> Dots {
        let mut reader = ::png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
        let mut data = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut data).unwrap();
        Dots { width: info.width as usize, channels: info.color_type.samples(), data }
    }

    fn at(&self, x: usize, y: usize) -> &[u8] {
        let start = (y * self.width + x) * self.channels;
        &self.data[start..start + self.channels]
    }

    /// How much of a rectangle is within 12 of a colour, 0 to 1.
    fn share(&self, [left, top, right, bottom]: [usize; 4], colour: [u8; 3]) -> f64 {
        let near = |dot: &[u8]| dot.iter().zip(colour).all(|(a, b)| a.abs_diff(b) <= 12);
        let count = (top..bottom)
            .flat_map(|y| (left..right).map(move |x| (x, y)))
            .filter(|(x, y)| near(self.at(*x, *y)))
            .count();
        count as f64 / ((right - left) * (bottom - top)) as f64
    }
}

const WHITE: [u8; 3] = [255, 255, 255];
const RED: [u8; 3] = [255, 0, 0];
const BLUE: [u8; 3] = [0, 0, 255];

/// A rectangle in pixels of the test picture, in degrees: at zoom 10 a pixel is 360 / 512 / 1024 degrees.
fn rect(left: f64, top: f64, right: f64, bottom: f64) -> Geometry<f64> {
    let degrees = |x: f64, y: f64| {
        let view = View::around(0.0, 0.0, 10.0, 200, 200, 1.0).unwrap();
        let (lon, lat) = view.place(x, y);
        geo_types::Coord { x: lon, y: lat }
    };
    Rect::new(degrees(left, top), degrees(right, bottom)).to_polygon().into()
}

fn ground() -> serde_json::Value {
    json!({"id": "ground", "type": "background", "paint": {"background-color": "white"}})
}

#[test]
fn areas_with_holes_in_the_colour_of_a_property() {
    let Geometry::Polygon(outer) = rect(20.0, 20.0, 120.0, 120.0) else { panic!() };
    let Geometry::Polygon(hole) = rect(50.0, 50.0, 90.0, 90.0) else { panic!() };
    // The hole winds like the outer ring: many files do that.
    let ring = geo_types::Polygon::new(outer.exterior().clone(), vec![hole.exterior().clone()]);
    let layers = json!([ground(), {"id": "a", "type": "fill", "source-layer": "data", "paint": {"fill-color": ["get", "colour"]}}]);
    let features = vec![
        (Geometry::Polygon(ring), vec![("colour", Value::Text("red".into()))]),
        (rect(140.0, 140.0, 190.0, 190.0), vec![("colour", Value::Text("#00f".into()))]),
    ];
    let dots = picture(&layers, features, &Fonts::default());
    assert!(dots.share([22, 22, 48, 118], RED) > 0.99);
    assert!(dots.share([52, 52, 88, 88], WHITE) > 0.99);
    assert!(dots.share([142, 142, 188, 188], BLUE) > 0.99);
    assert!(dots.share([0, 0, 200, 18], WHITE) > 0.99);
    assert_eq!(dots.channels, 3, "an opaque picture needs no alpha");
}

#[test]
fn without_a_ground_the_picture_lets_through() {
    let layers = json!([{"id": "a", "type": "fill", "source-layer": "data", "paint": {"fill-color": "red", "fill-opacity": 0.5}}]);
    let dots = picture(&layers, vec![(rect(0.0, 0.0, 100.0, 200.0), vec![])], &Fonts::default());
    assert_eq!(dots.at(150, 100), [0, 0, 0, 0]);
    assert_eq!(dots.at(50, 100), [255, 0, 0, 128]);
}

#[test]
fn lines_dashes_and_circles() {
    let layers = json!([ground(),
        {"id": "l", "type": "line", "source-layer": "data", "filter": ["!", ["has", "dash"]], "paint": {"line-color": "red", "line-width": 20}},
        {"id": "d", "type": "line", "source-layer": "data", "filter": ["has", "dash"], "paint": {"line-color": "blue", "line-width": 10, "line-dasharray": [1, 1]}},
        {"id": "c", "type": "circle", "source-layer": "data", "filter": ["==", "$type", "Point"],
            "paint": {"circle-radius": ["get", "r"], "circle-color": "blue", "circle-stroke-color": "red", "circle-stroke-width": 4}},
    ]);
    let line = |y: f64| {
        let view = View::around(0.0, 0.0, 10.0, 200, 200, 1.0).unwrap();
        let at = |x: f64| view.place(x, y);
        Geometry::from(line_string![at(-50.0).into(), at(250.0).into()])
    };
    let features = vec![
        (line(30.0), vec![]),
        (line(170.0), vec![("dash", Value::Boolean(true))]),
        (point!(x: 0.0, y: 0.0).into(), vec![("r", Value::Integer(20))]),
    ];
    let dots = picture(&layers, features, &Fonts::default());
    assert!(dots.share([0, 21, 200, 39], RED) > 0.99);
    let dashed = dots.share([0, 166, 200, 174], BLUE);
    assert!((0.4..0.6).contains(&dashed), "{dashed}");
    assert_eq!(dots.at(100, 100), BLUE);
    assert_eq!(dots.at(100 + 22, 100), RED);
    assert_eq!(dots.at(100 + 27, 100), WHITE);
}

#[test]
fn names_are_written_in_three_scripts_and_never_over_each_other() {
    let Some(fonts) = fonts() else { return };
    let layers = json!([ground(), {"id": "n", "type": "symbol", "source-layer": "data",
        "layout": {"text-field": "{name}", "text-size": 24}, "paint": {"text-color": "red"}}]);
    for name in ["서울특별시", "Helsinki", "القاهرة", "똠방각하", "A1 서울 مرحبا"] {
        let one =
            picture(&layers, vec![(point!(x: 0.0, y: 0.0).into(), vec![("name", Value::Text(name.into()))])], &fonts);
        let share = one.share([40, 85, 160, 115], RED);
        assert!(share > 0.02, "{name}: {share}");
        assert!(one.share([0, 0, 200, 60], WHITE) > 0.999, "{name}");
        // A second one at the same place finds none.
        let twice = vec![(point!(x: 0.0, y: 0.0).into(), vec![("name", Value::Text(name.into()))]); 2];
        assert_eq!(picture(&layers, twice, &fonts).data, one.data, "{name}");
    }
    // A letter that no font has: no name at all.
    let unknown = vec![(point!(x: 0.0, y: 0.0).into(), vec![("name", Value::Text("𒀀𒀁".into()))])];
    assert!(picture(&layers, unknown, &fonts).share([0, 0, 200, 200], WHITE) > 0.999);
}

#[test]
fn arabic_joins_and_runs_from_the_right() {
    let Some(fonts) = fonts() else { return };
    let line = fonts.line("سلام", fonts::Weight::Regular, 0.0).unwrap();
    let order: Vec<usize> = line.runs[0].glyphs.iter().map(|glyph| glyph.bytes.start).collect();
    assert!(order.windows(2).all(|pair| pair[0] >= pair[1]), "{order:?}");
    // Joined letters are narrower than the same letters alone.
    let alone: f32 =
        "سلام".chars().map(|c| fonts.line(&c.to_string(), fonts::Weight::Regular, 0.0).unwrap().width).sum();
    assert!(line.width < alone * 0.9, "{} {alone}", line.width);
    let bold = fonts.line("서울", fonts::Weight::Bold, 0.0).unwrap();
    assert!(bold.width > 0.0 && bold.runs.iter().flat_map(|run| &run.glyphs).all(|glyph| glyph.id != 0));
}

#[test]
fn names_of_europe_are_whole() {
    let Some(fonts) = fonts() else { return };
    for name in ["Gebäude", "Łódź", "Çeşme", "Ålesund", "Ñuñoa", "Mäkelänkatu", "Kőszeg", "Vilniaus g. 5"] {
        let line = fonts.line(name, fonts::Weight::Regular, 0.0);
        assert!(
            line.is_some_and(|line| line.runs.iter().flat_map(|run| &run.glyphs).all(|glyph| glyph.id != 0)),
            "{name}"
        );
    }
    // One line, one font.
    assert_eq!(fonts.line("Vaduz, Gebäude 7", fonts::Weight::Bold, 0.0).map(|line| line.runs.len()), Some(1));
}

#[test]
fn every_look_draws_ground_and_data() {
    let dataset = Dataset {
        layer: "data",
        source: "base",
        geometry: GeometryKind::Polygon,
        title: "Data",
        label: None,
        language: "ko",
    };
    let theme = Theme::Graduated { field: "n".into(), classes: 3, classing: Classing::EqualIntervals };
    let words = Words { number: &|value| value.to_string(), other: "Other", no_value: Some("No value") };
    for look in Look::ALL {
        let shown = data_layer(look, &dataset, &theme, &[0.0, 50.0, 100.0], &words);
        let style = on_base(&base(look, "ko", &Tiles::default()), &Map::new(), &shown.layers);
        let style = Style::read(&style).unwrap();
        let view = View::around(0.0, 0.0, 10.0, 200, 200, 1.0).unwrap();
        let features = vec![
            (rect(20.0, 20.0, 90.0, 180.0), vec![("n", Value::Integer(0))]),
            (rect(110.0, 20.0, 180.0, 180.0), vec![("n", Value::Integer(100))]),
        ];
        let dots = Dots::read(&png(&style, &view, &Features(features), &Fonts::default(), &Extras::default()).unwrap());
        let land: Colour = look.palette().land.parse().unwrap();
        let [r, g, b, _] = land.bytes();
        assert!(dots.share([0, 0, 200, 17], [r, g, b]) > 0.99, "{look:?}");
        assert_ne!(dots.at(50, 100), dots.at(150, 100), "{look:?}");
    }
}

#[test]
fn a_place_that_nobody_can_draw_is_an_error_not_a_crash() {
    let Some(fonts) = fonts() else { return };
    let layers = json!([ground(), {"id": "a", "type": "fill", "source-layer": "data"}, {"id": "b", "type": "line", "source-layer": "data",
        "paint": {"line-width": 200, "line-dasharray": [0.0001, 0.0001]}},
        {"id": "n", "type": "symbol", "source-layer": "data", "layout": {"text-field": "{name}", "text-size": 200, "symbol-placement": "line"}}]);
    let wild = vec![
        (
            polygon![(x: -179.0, y: -89.9), (x: 179.0, y: -89.9), (x: 0.0, y: 90.0)].into(),
            vec![("name", Value::Text("\u{202e}\n\0서울".into()))],
        ),
        (line_string![(x: 0.0, y: 0.0), (x: 0.0, y: 0.0)].into(), vec![("name", Value::Text("a".repeat(100_000)))]),
        (line_string![(x: 1e308, y: -1e308), (x: -1e308, y: 1e308)].into(), vec![]),
        (Geometry::GeometryCollection(Default::default()), vec![]),
    ];
    let dots = picture(&layers, wild, &fonts);
    assert_eq!(dots.width, 200);
}

fn sheet() -> Sheet {
    Sheet {
        paper: Paper::A4,
        form: Form::Landscape,
        lon: 126.978,
        lat: 37.5665,
        scale: 2_500.0,
        look: Look::Day,
        title: "서울 도서관 지도".into(),
        description: "Libraries around city hall".into(),
        legends: vec![Legend {
            title: "도서관".into(),
            entries: vec![LegendEntry {
                text: "열린 곳".into(),
                sign: Sign::Dot { colour: "#0072b2".into(), edge: "#fff".into(), radius: 6.0 },
            }],
        }],
        attribution: "© OpenStreetMap contributors".into(),
        scale_text: "1:2,500".into(),
        north: "북".into(),
        language: "ko".into(),
        from_right: false,
    }
}

fn printed(sheet: &Sheet) -> Result<Vec<u8>, DrawError> {
    let style = json!({"version": 8, "layers": [ground(),
        {"id": "a", "type": "fill", "source-layer": "data", "paint": {"fill-color": "#dddddd"}},
        {"id": "n", "type": "symbol", "source-layer": "data", "filter": ["==", "$type", "Polygon"],
            "layout": {"text-field": "{name}"},
            "paint": {"text-color": "black", "text-halo-color": "white", "text-halo-width": 1}},
        {"id": "s", "type": "symbol", "source-layer": "data", "filter": ["==", "$type", "LineString"],
            "layout": {"text-field": "{name}", "symbol-placement": "line", "symbol-spacing": 1000}}]});
    let view = View::around(126.978, 37.5665, zoom_of_scale(2_500.0, 37.5665), 200, 200, 1.0).unwrap();
    let corner = |x: f64, y: f64| geo_types::Coord::from(view.place(x, y));
    let hall = Rect::new(corner(0.0, 0.0), corner(200.0, 200.0)).to_polygon().into();
    // A street in a bow, below.
    let bow = (0..40).map(|step| {
        let turn = f64::from(step) / 39.0 * std::f64::consts::PI;
        corner(100.0 - 150.0 * turn.cos() + 60.0 * turn, 240.0 + 100.0 * turn.sin() - 40.0 * turn)
    });
    let bow = Geometry::LineString(geo_types::LineString(bow.collect()));
    let features = Features(vec![
        (hall, vec![("name", Value::Text("서울특별시청".into()))]),
        (bow, vec![("name", Value::Text("세종대로 Sejong-daero".into()))]),
    ]);
    pdf(&Style::read(&style).unwrap(), sheet, &features, &fonts().unwrap_or_default())
}

#[test]
fn a_sheet_says_its_words_once() {
    let bytes = printed(&sheet()).unwrap();
    assert!(bytes.starts_with(b"%PDF-1.7"));
    let Some(text) = read_by_others(&bytes) else { return };
    for word in [
        "서울 도서관 지도",
        "서울특별시청",
        "세종대로 Sejong-daero",
        "열린 곳",
        "1:2,500",
        "© OpenStreetMap contributors",
        "북",
    ] {
        assert_eq!(text.matches(word).count(), 1, "{word} in {text}");
    }
}

/// What pdftotext (poppler) reads; `None` where it or the fonts are missing.
fn read_by_others(bytes: &[u8]) -> Option<String> {
    fonts()?;
    with_program("pdftotext", &["-", "-"], std::path::Path::new("."), bytes)
}

#[test]
fn a_sheet_that_cannot_be_is_refused() {
    for (scale, lat) in [(0.0, 37.0), (f64::NAN, 37.0), (1e12, 37.0), (2_500.0, 89.0), (2_500.0, f64::NAN)] {
        let result = printed(&Sheet { scale, lat, ..sheet() });
        assert!(matches!(result, Err(DrawError::View(_))), "{scale} {lat}");
    }
    // Every paper, from both sides.
    for (paper, form) in [(Paper::A4, Form::Portrait), (Paper::A3, Form::Portrait), (Paper::A3, Form::Landscape)] {
        assert!(printed(&Sheet { paper, form, from_right: true, ..sheet() }).is_ok(), "{paper:?} {form:?}");
    }
}

/// MapLibre's own validator has nothing against our styles; where it is installed (`npm ci` in e2e).
#[test]
fn browsers_take_the_same_styles() {
    let e2e = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../e2e");
    if !e2e.join("node_modules/@maplibre/maplibre-gl-style-spec").exists() {
        return;
    }
    let themes = [
        Theme::Plain { colour: Some(1) },
        Theme::Graduated { field: "n".into(), classes: 5, classing: Classing::NaturalBreaks },
        Theme::Categories { field: "kind".into(), values: vec!["a".into(), "b".into()] },
        Theme::Circles { field: "n".into(), radius: 30.0 },
    ];
    let words = Words { number: &|value| value.to_string(), other: "Other", no_value: None };
    let mut styles = String::new();
    for look in Look::ALL {
        for address in ["", "/map/tiles/{layer}/{z}/{x}/{y}.mvt"] {
            let plain = base(look, "ko", &Tiles { address, max_zoom: 15, attribution: "©", glyphs: "" });
            for theme in &themes {
                let geometry = GeometryKind::Any;
                let title = "Data";
                let dataset =
                    Dataset { layer: "data", source: "data", geometry, title, label: Some("name"), language: "ko" };
                let shown = data_layer(look, &dataset, theme, &[1.0, 20.0, 300.0], &words);
                let source = json!({"type": "vector", "tiles": ["/map/tiles/data/{z}/{x}/{y}.mvt"]});
                let sources = Map::from_iter([("data".to_owned(), source)]);
                styles.push_str(&in_language(&on_base(&plain, &sources, &shown.layers), "en").to_string());
                styles.push('\n');
            }
        }
    }
    let said = with_program("node", &["standards/styles.mjs"], &e2e, styles.as_bytes());
    assert_eq!(said.as_deref(), Some("32 styles\n"));
}

/// What a program says to its input; `None` when it is not there.
fn with_program(name: &str, words: &[&str], folder: &std::path::Path, input: &[u8]) -> Option<String> {
    use std::io::Write;
    use std::process::{Command, Stdio};
    let mut program =
        Command::new(name).args(words).current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().ok()?;
    program.stdin.take()?.write_all(input).ok()?;
    Some(String::from_utf8_lossy(&program.wait_with_output().ok()?.stdout).into_owned())
}

#[test]
fn an_area_has_its_circle_in_the_middle() {
    let Some(fonts) = fonts() else { return };
    let dataset = Dataset {
        layer: "data",
        source: "base",
        geometry: GeometryKind::Polygon,
        title: "Data",
        label: None,
        language: "ko",
    };
    let theme = Theme::Circles { field: "n".into(), radius: 40.0 };
    let words = Words { number: &|value| value.to_string(), other: "Other", no_value: None };
    let shown = data_layer(Look::Day, &dataset, &theme, &[100.0], &words);
    let mut layers = vec![ground()];
    layers.extend(shown.layers);
    let features = vec![(rect(50.0, 50.0, 150.0, 150.0), vec![("n", Value::Integer(100))])];
    let dots = picture(&json!(layers), features, &fonts);
    let is_disc = |x: usize, y: usize| dots.at(x, y)[0] < 150;
    assert!(is_disc(100, 100) && is_disc(100, 63) && is_disc(137, 100) && is_disc(64, 100) && is_disc(100, 136));
    assert!(!is_disc(100, 56) && !is_disc(144, 100) && !is_disc(52, 52) && !is_disc(148, 148));
}
