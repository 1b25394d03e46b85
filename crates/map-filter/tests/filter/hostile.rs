//! Whatever is sent gives a filter or an error, soon and without a panic.

use std::time::Instant;

use geo::{Relate, relate::IntersectionMatrix};
use geo_types::{Coord, Geometry, LineString, MultiPolygon, Polygon};
use map_feature::{Feature, validity::is_valid};
use map_filter::{Expression, Filter};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::rows::{Row, houses, schema};

#[test]
fn a_megabyte_of_nesting_is_an_error() {
    let began = Instant::now();
    let million = 1_000_000;
    for text in [
        "(".repeat(million),
        "NOT ".repeat(million / 4),
        "-".repeat(million),
        "+".repeat(million),
        "a(".repeat(million / 2),
        "1^".repeat(million / 2),
        format!("{}1", "1+".repeat(million / 2 - 1)),
        format!("{}1=1{}", "(".repeat(400_000), ")".repeat(400_000)),
        "GEOMETRYCOLLECTION(".repeat(million / 20),
        "S_WITHIN(".repeat(million / 10),
        "1 IN (".repeat(million / 6),
        "x".repeat(2 * million),
        format!("{}TRUE", "TRUE AND ".repeat(million / 9)),
        format!("floors IN ({}1)", "1,".repeat(million / 2 - 10)),
        "'".repeat(million),
        "\\".repeat(million),
    ] {
        let result = Filter::parse_text(&text, &schema());
        assert!(result.is_err(), "{}", &text[..20]);
    }
    let mut nested = Value::Bool(true);
    for _ in 0..10_000 {
        let op = ("op".to_owned(), Value::from("not"));
        nested = Value::Object([op, ("args".to_owned(), Value::Array(vec![nested]))].into_iter().collect());
    }
    assert!(Filter::parse_json(&nested, &schema()).is_err());
    // `Value` itself falls from the stack when it is dropped at such a depth; nobody reads one that deep from a text.
    std::mem::forget(nested);
    let list: Vec<i32> = (0..100_000).collect();
    assert!(Filter::parse_json(&json!({ "op": "in", "args": [{ "property": "floors" }, list] }), &schema()).is_err());
    assert!(began.elapsed().as_secs() < 60, "{:?}", began.elapsed());
}

#[test]
fn what_is_long_but_flat_is_taken() {
    let text = format!("{}TRUE", "floors = 1 OR ".repeat(2_000));
    assert!(Filter::parse_text(&text, &schema()).is_ok());
    let ring: String = (0..20_000).map(|step| format!("{} {},", step, step % 7)).collect();
    assert!(Filter::parse_text(&format!("S_WITHIN(geometry, POLYGON(({ring}0 0)))"), &schema()).is_ok());
}

#[test]
fn what_crosses_itself_without_end_is_an_error() {
    let began = Instant::now();
    // Of a star each edge crosses nearly all the others.
    let angle = |step: u32| f64::from(step * 7_000 % 19_999) / 19_999.0 * std::f64::consts::TAU;
    let star: Vec<String> = (0..=19_999).map(angle).map(|at| format!("{} {}", at.cos(), at.sin())).collect();
    let star = star.join(",");
    for shape in [format!("POLYGON(({star}))"), format!("LINESTRING({star})")] {
        let error = Filter::parse_text(&format!("S_TOUCHES(geometry, {shape})"), &schema()).map(|_| ()).unwrap_err();
        assert!(error.to_string().contains("too many of its edges"), "{error}");
    }
    assert!(began.elapsed().as_secs() < 30, "{:?}", began.elapsed());
}

#[test]
fn a_bow_tie_means_what_it_encloses() {
    let at = |x: f64, y: f64| Feature { geometry: Some(geo::Point::new(x, y).into()), ..houses()[0].clone() };
    let filter = Filter::parse_text("S_WITHIN(geometry, POLYGON((0 0, 4 4, 4 0, 0 4, 0 0)))", &schema()).unwrap();
    assert!(filter.matches(&Row(&at(0.5, 2.0))) && filter.matches(&Row(&at(3.5, 2.0))));
    assert!(!filter.matches(&Row(&at(2.0, 0.5))) && !filter.matches(&Row(&at(2.0, 3.5))));
    assert!(Filter::parse_text("S_WITHIN(geometry, POLYGON((0 0, 4 4, 2 2, 0 0)))", &schema()).is_err());
}

fn coord() -> impl Strategy<Value = Coord<f64>> {
    (0..6i32, 0..6i32).prop_map(|(x, y)| Coord { x: x.into(), y: y.into() })
}

fn polygon() -> impl Strategy<Value = Polygon<f64>> {
    let ring = || proptest::collection::vec(coord(), 3..7).prop_map(LineString);
    (ring(), proptest::collection::vec(ring(), 0..2)).prop_map(|(outer, inner)| Polygon::new(outer, inner))
}

fn shape() -> impl Strategy<Value = Geometry<f64>> {
    prop_oneof![
        coord().prop_map(|at| geo::Point(at).into()),
        proptest::collection::vec(coord(), 2..6).prop_map(|coords| LineString(coords).into()),
        polygon().prop_map(Geometry::from),
        proptest::collection::vec(polygon(), 1..3).prop_map(|all| MultiPolygon(all).into()),
    ]
}

fn text() -> impl Strategy<Value = String> {
    let words = "NOT |AND |OR |\\(|\\)|,|floors |name |geometry |'a' |5 |-|\\+|\\^ |= |LIKE |IN |BETWEEN |IS |NULL |DATE\\(|\
        INTERVAL\\(|'2020-01-01'|S_WITHIN\\(|POINT\\(|BBOX\\(|A_EQUALS\\(|CASEI\\(|T_AFTER\\(|'|\"|\\\\|é|마|\\.";
    prop_oneof![".{0,60}", proptest::string::string_regex(&format!("({words}){{0,30}}")).unwrap()]
}

type Answer = fn(&IntersectionMatrix) -> bool;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_text_is_read_or_refused(text in text()) {
        if let Ok(filter) = Filter::parse_text(&text, &schema()) {
            for house in &houses() {
                filter.matches(&Row(house));
            }
        }
        if let Ok(read) = Expression::from_text(&text) {
            let written = read.to_text();
            prop_assert_eq!(Expression::from_text(&written).unwrap().to_text(), written);
        }
    }

    /// Bow-ties, spikes, rings without area: an answer, whichever. Of what is valid, the one of the whole matrix.
    #[test]
    fn any_shape_is_compared(own in shape(), other in shape()) {
        let matrix = (is_valid(&own) && is_valid(&other)).then(|| own.relate(&other));
        let feature = Feature { geometry: Some(own), ..houses()[0].clone() };
        let ask = |op: &str| json!({ "op": op, "args": [{ "property": "geometry" }, written(&other)] });
        let answers: [(&str, Answer); 8] = [
            ("s_intersects", IntersectionMatrix::is_intersects),
            ("s_disjoint", IntersectionMatrix::is_disjoint),
            ("s_equals", IntersectionMatrix::is_equal_topo),
            ("s_touches", IntersectionMatrix::is_touches),
            ("s_crosses", IntersectionMatrix::is_crosses),
            ("s_within", IntersectionMatrix::is_within),
            ("s_contains", IntersectionMatrix::is_contains),
            ("s_overlaps", IntersectionMatrix::is_overlaps),
        ];
        for (op, answer) in answers {
            // Rings that do not close are no geometry.
            let Ok(filter) = Filter::parse_json(&ask(op), &schema()) else { return Ok(()) };
            let found = filter.matches(&Row(&feature));
            if let Some(matrix) = &matrix {
                prop_assert_eq!(found, answer(matrix), "{}", op);
            }
        }
    }
}

fn written(geometry: &Geometry<f64>) -> Value {
    let line = |line: &LineString<f64>| line.0.iter().map(|at| json!([at.x, at.y])).collect::<Value>();
    let rings = |polygon: &Polygon<f64>| -> Value {
        std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(line).collect()
    };
    match geometry {
        Geometry::Point(point) => json!({ "type": "Point", "coordinates": [point.x(), point.y()] }),
        Geometry::LineString(one) => json!({ "type": "LineString", "coordinates": line(one) }),
        Geometry::Polygon(polygon) => json!({ "type": "Polygon", "coordinates": rings(polygon) }),
        Geometry::MultiPolygon(all) => {
            json!({ "type": "MultiPolygon", "coordinates": all.0.iter().map(rings).collect::<Value>() })
        }
        _ => json!(null),
    }
}
