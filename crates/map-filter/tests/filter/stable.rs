//! What we write is read as the same again, in both notations.

use map_filter::Expression;
use proptest::prelude::*;
use serde_json::{Value, json};

fn leaf() -> impl Strategy<Value = Value> {
    prop_oneof![
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_filter_map("finite", |value| value.is_finite().then(|| Value::from(value))),
        "[a-z'\"\\\\%_ é마]{0,8}".prop_map(Value::from),
        prop_oneof!["[a-zA-Z_:][a-z0-9._:]{0,6}", "[a-z'\"\\\\ é마-]{1,8}", Just("not".to_owned())]
            .prop_map(|name| json!({ "property": name })),
        Just(json!({ "date": "2020-02-29" })),
        Just(json!({ "timestamp": "2020-02-29T12:00:00.25Z" })),
        Just(json!({ "interval": ["..", "2020-02-29T12:00:00Z"] })),
        Just(json!({ "interval": [{ "property": "a" }, "2020-02-29"] })),
        Just(json!({ "bbox": [-1.5, 2, 3, 4e-7] })),
        Just(json!({ "type": "MultiPoint", "coordinates": [[-1.5, 2.0], [1e21, 1e-21]] })),
        Just(json!({ "type": "Polygon", "coordinates": [[[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 0.0]]] })),
    ]
}

fn tree() -> impl Strategy<Value = Value> {
    leaf().prop_recursive(6, 40, 4, |inner| {
        let op = |names: &'static [&'static str], operands: std::ops::RangeInclusive<usize>| {
            (proptest::sample::select(names), proptest::collection::vec(inner.clone(), operands))
                .prop_map(|(op, operands)| json!({ "op": op, "args": operands }))
        };
        let two = &[
            "=",
            "<>",
            "<",
            ">",
            "<=",
            ">=",
            "+",
            "-",
            "*",
            "/",
            "%",
            "div",
            "^",
            "like",
            "s_within",
            "t_after",
            "t_startedBy",
        ];
        let list = || proptest::collection::vec(inner.clone(), 0..4);
        prop_oneof![
            op(two, 2..=2),
            op(two, 2..=2),
            op(&["and", "or"], 2..=4),
            op(&["not", "isNull", "casei", "accenti"], 1..=1),
            op(&["between"], 3..=3),
            op(&["Foo", "bar:x", "geo.y"], 0..=3),
            (inner.clone(), list()).prop_map(|(value, list)| json!({ "op": "in", "args": [value, list] })),
            (list(), list()).prop_map(|(left, right)| json!({ "op": "a_overlaps", "args": [left, right] })),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn to_text_and_back(json in tree()) {
        let read = Expression::from_json(&json).unwrap();
        let text = read.to_text();
        let again = Expression::from_text(&text).map_err(|error| TestCaseError::fail(format!("{text}: {error}")))?;
        prop_assert_eq!(again.to_text(), text.clone());
        prop_assert_eq!(again.to_json(), read.to_json(), "{}", text);
        prop_assert_eq!(Expression::from_json(&read.to_json()).unwrap().to_json(), read.to_json());
    }
}
