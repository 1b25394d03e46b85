//! Errors say where and what to do.

use map_filter::{Filter, Options};
use serde_json::json;

use crate::rows::schema;

fn text(text: &str) -> String {
    Filter::parse_text(text, &schema()).map(|_| ()).unwrap_err().to_string()
}

#[test]
fn of_texts() {
    let known = "name, floors, height, public, built, seen, tags, id, geometry";
    for (filter, expected) in [
        ("", "at character 1: expected a value, a property or a function, found the end"),
        ("floors > ", "at character 10: expected a value, a property or a function, found the end"),
        ("floors >\n 5 5", "at line 2, character 4: expected an operator or the end, found the number 5"),
        ("(floors > 5", "at character 1: a bracket is opened here and never closed"),
        ("name = 'x", "at character 8: a text in quotes is opened here and never closed"),
        ("floor > 5", &format!("at character 1: there is no property \"floor\" here; known are {known}")),
        ("name = 5", "at character 8: a text cannot be compared with a number"),
        ("floors LIKE 'x'", "at character 1: this is a number, where a text is needed"),
        ("floors", "at character 1: this is a number, where a condition is needed"),
        ("name LIKE tags", "at character 11: a pattern must be written out; it cannot come from a property"),
        ("built = DATE('2020-02-30')", "at character 9: \"2020-02-30\" is not a date (YYYY-MM-DD)"),
        ("built = 'soon'", "at character 9: a day or moment cannot be compared with a text"),
        ("S_WITHIN(name, POINT(1 2))", "at character 10: this is a text, where a geometry is needed"),
        ("S_WITHIN(geometry)", "at character 1: S_WITHIN takes 2 operands, not 1"),
        (
            "S_WITHIN(geometry, POLYGON((1 2, 3 4)))",
            "at character 28: this is no geometry: a ring has four positions or more",
        ),
        ("floors ~ 5", "at character 8: expected a part of a filter, found `~`"),
        ("floors = 1e999", "at character 10: this number is too large"),
        (
            "T_DURING(seen, INTERVAL('2020-01-02', '2020-01-01'))",
            "at character 16: the start of an interval lies behind its end",
        ),
        ("이름 = '마당' AND x = 1", &format!("at character 1: there is no property \"이름\" here; known are {known}")),
    ] {
        assert_eq!(text(filter), expected, "{filter}");
    }
    assert!(
        text("nonsense(floors) = 1")
            .starts_with("at character 1: there is no function \"nonsense\"; known are lower, ")
    );
}

#[test]
fn of_json() {
    for (filter, expected) in [
        (json!(null), "at the top: expected a value, found null"),
        (json!({ "op": "=", "args": [{ "property": "name" }] }), "at /args: = takes 2 operands, not 1"),
        (
            json!({ "op": "and", "args": [true, { "op": "=", "args": [{ "property": "name" }, 5] }] }),
            "at /args/1/args/1: a text cannot be compared with a number",
        ),
        (json!({ "op": "=", "args": [{ "property": 5 }, 5] }), "at /args/0/property: expected a text, found a number"),
        (
            json!({ "op": "t_during", "args": [{ "property": "seen" }, { "interval": ["x", ".."] }] }),
            "at /args/1/interval/0: \"x\" is not a time stamp (YYYY-MM-DDThh:mm:ssZ)",
        ),
        (
            json!({ "op": "s_within", "args": [{ "property": "geometry" }, { "type": "Circle" }] }),
            "at /args/1: this is no geometry: its type is none of GeoJSON's",
        ),
    ] {
        let error = Filter::parse_json(&filter, &schema()).map(|_| ()).unwrap_err().to_string();
        assert_eq!(error, expected, "{filter}");
    }
}

#[test]
fn what_may_not_be_asked_is_not_there() {
    let options = Options { queryables: Some(vec![0]), ..Options::default() };
    assert!(Filter::text("name = 'x'", &schema(), &options).is_ok());
    let error = Filter::text("floors = 1", &schema(), &options).map(|_| ()).unwrap_err().to_string();
    assert_eq!(error, "at character 1: there is no property \"floors\" here; known are name, id, geometry");
}
