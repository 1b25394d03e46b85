//! Three-valued logic (OGC 21-065r2, 6.1: what compares with null is unknown, and unknown is no match).

use std::{borrow::Cow, cmp::Ordering};

use geo_types::Geometry;
use map_feature::Value;

use crate::{
    Values,
    plan::{List, Shape, Stretch, Term, Test},
    shape,
    time::{self, End, Span},
    tree::{Arithmetic, ArrayOp, Compare},
    words,
};

impl Test {
    /// True, false, or `None` for unknown.
    pub fn of(&self, row: &dyn Values) -> Option<bool> {
        match self {
            Test::Known(known) => *known,
            Test::Is(term) => truth(&term.of(row)),
            Test::All(tests) => united(tests, row, false),
            Test::Any(tests) => united(tests, row, true),
            Test::Not(test) => test.of(row).map(|known| !known),
            Test::Compare(op, left, right) => compare(&left.of(row), &right.of(row)).map(|order| holds(*op, order)),
            Test::Between(terms) => between(terms, row),
            Test::Like(term, pattern) => match term.of(row) {
                Value::Text(text) => Some(pattern.fits(&text)),
                _ => None,
            },
            Test::OneOf(term, sorted) => one_of(&term.of(row), sorted),
            Test::In(term, list) => is_in(&term.of(row), list, row),
            Test::Null(term) => Some(term.of(row).is_null()),
            Test::Nowhere => Some(row.geometry().is_none()),
            Test::Spatial(op, left, right) => match (left, right) {
                (Shape::Own, Shape::Own) => {
                    let own = row.geometry()?;
                    shape::relate(*op, &own, &own)
                }
                (Shape::Own, Shape::Fixed(fixed)) => shape::beside(*op, row.geometry()?.as_ref(), fixed),
                (Shape::Fixed(fixed), Shape::Own) => shape::beside(shape::turned(*op), row.geometry()?.as_ref(), fixed),
                (Shape::Fixed(left), Shape::Fixed(right)) => shape::beside(*op, &left.geometry, right),
            },
            Test::Temporal(op, left, right) => Some(time::relate(*op, left.of(row)?, right.of(row)?)),
            Test::Array(op, left, right) => array(*op, &left.of(row)?, &right.of(row)?),
        }
    }
}

fn truth(value: &Value) -> Option<bool> {
    match value {
        Value::Boolean(value) => Some(*value),
        _ => None,
    }
}

/// One `decisive` decides; else unknown when any is unknown.
fn united(tests: &[Test], row: &dyn Values, decisive: bool) -> Option<bool> {
    let mut known = Some(!decisive);
    for test in tests {
        match test.of(row) {
            Some(value) if value == decisive => return Some(decisive),
            Some(_) => {}
            None => known = None,
        }
    }
    known
}

fn holds(op: Compare, order: Ordering) -> bool {
    match op {
        Compare::Equal => order.is_eq(),
        Compare::Unequal => order.is_ne(),
        Compare::Less => order.is_lt(),
        Compare::Greater => order.is_gt(),
        Compare::AtMost => order.is_le(),
        Compare::AtLeast => order.is_ge(),
    }
}

/// Texts by code points, numbers whatever their kind; a moment equals the day (UTC) it lies in. `None` for null and for
/// kinds that do not go together.
pub fn compare(left: &Value, right: &Value) -> Option<Ordering> {
    Some(match (left, right) {
        (Value::Boolean(left), Value::Boolean(right)) => left.cmp(right),
        (Value::Integer(left), Value::Integer(right)) => left.cmp(right),
        (Value::Integer(left), Value::Number(right)) => (*left as f64).partial_cmp(right)?,
        (Value::Number(left), Value::Integer(right)) => left.partial_cmp(&(*right as f64))?,
        (Value::Number(left), Value::Number(right)) => left.partial_cmp(right)?,
        (Value::Text(left), Value::Text(right)) => left.cmp(right),
        (Value::Date(left), Value::Date(right)) => left.cmp(right),
        (Value::Instant(left), Value::Instant(right)) => left.cmp(right),
        (Value::Date(left), Value::Instant(right)) => left.cmp(&time::day(*right)),
        (Value::Instant(left), Value::Date(right)) => time::day(*left).cmp(right),
        _ => return None,
    })
}

fn between(terms: &[Term; 3], row: &dyn Values) -> Option<bool> {
    let value = terms[0].of(row);
    let above = compare(&value, &terms[1].of(row)).map(Ordering::is_ge);
    if above == Some(false) {
        return above;
    }
    match (above, compare(&value, &terms[2].of(row)).map(Ordering::is_le)) {
        (_, Some(false)) => Some(false),
        (Some(true), below) => below,
        _ => None,
    }
}

fn one_of(value: &Value, sorted: &[Value]) -> Option<bool> {
    if value.is_null() {
        return None;
    }
    Some(sorted.binary_search_by(|known| compare(known, value).unwrap_or(Ordering::Less)).is_ok())
}

fn is_in(value: &Value, list: &[Term], row: &dyn Values) -> Option<bool> {
    let mut known = Some(false);
    for term in list {
        match compare(value, &term.of(row)) {
            Some(Ordering::Equal) => return Some(true),
            Some(_) => {}
            None => known = None,
        }
    }
    known
}

impl Term {
    pub fn of(&self, row: &dyn Values) -> Value {
        match self {
            Term::Constant(value) => value.clone(),
            Term::Field(position) => row.value(*position),
            Term::Id => Value::Text(row.id().into_owned()),
            Term::Casei(term) => folded(term.of(row), words::casei),
            Term::Accenti(term) => folded(term.of(row), words::accenti),
            Term::Arithmetic(op, terms) => arithmetic(*op, &terms.0.of(row), &terms.1.of(row)),
            Term::Function(function, operands) => function.of(operands, row),
            Term::Test(test) => test.of(row).map_or(Value::Null, Value::Boolean),
        }
    }
}

fn folded(value: Value, fold: fn(&str) -> String) -> Value {
    match value {
        Value::Text(text) => Value::Text(fold(&text)),
        _ => Value::Null,
    }
}

/// Whole numbers stay whole while they fit; what has no finite answer is null.
fn arithmetic(op: Arithmetic, left: &Value, right: &Value) -> Value {
    if let (Value::Integer(left), Value::Integer(right)) = (left, right) {
        let whole = match op {
            Arithmetic::Add => left.checked_add(*right),
            Arithmetic::Subtract => left.checked_sub(*right),
            Arithmetic::Multiply => left.checked_mul(*right),
            Arithmetic::Remainder => left.checked_rem(*right),
            Arithmetic::Whole => left.checked_div(*right),
            Arithmetic::Power => u32::try_from(*right).ok().and_then(|power| left.checked_pow(power)),
            Arithmetic::Divide => None,
        };
        if let Some(whole) = whole {
            return Value::Integer(whole);
        }
    }
    let (Some(left), Some(right)) = (number(left), number(right)) else {
        return Value::Null;
    };
    let answer = match op {
        Arithmetic::Add => left + right,
        Arithmetic::Subtract => left - right,
        Arithmetic::Multiply => left * right,
        Arithmetic::Divide => left / right,
        Arithmetic::Remainder => left % right,
        Arithmetic::Whole => (left / right).trunc(),
        Arithmetic::Power => left.powf(right),
    };
    if answer.is_finite() { Value::Number(answer) } else { Value::Null }
}

pub fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Integer(whole) => Some(*whole as f64),
        Value::Number(number) => Some(*number),
        _ => None,
    }
}

impl Stretch {
    fn of(&self, row: &dyn Values) -> Option<Span> {
        let end = |term: &Option<Term>| match term {
            None => Some(End::Open),
            Some(term) => End::of(&term.of(row)),
        };
        Some(Span { start: end(&self.start)?, end: end(&self.end)? })
    }
}

impl List {
    fn of(&self, row: &dyn Values) -> Option<Vec<Value>> {
        match self {
            List::Terms(terms) => Some(terms.iter().map(|term| term.of(row)).collect()),
            List::Text(term) => match term.of(row) {
                Value::Text(text) => listed(&text),
                _ => None,
            },
        }
    }
}

/// What readers keep of an array: its JSON.
fn listed(text: &str) -> Option<Vec<Value>> {
    let values: Vec<serde_json::Value> = serde_json::from_str(text).ok()?;
    let value = |value: &serde_json::Value| match value {
        serde_json::Value::Bool(value) => Value::Boolean(*value),
        serde_json::Value::String(text) => Value::Text(text.clone()),
        serde_json::Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => Value::Integer(whole),
            (None, Some(number)) => Value::Number(number),
            _ => Value::Null,
        },
        _ => Value::Null,
    };
    Some(values.iter().map(value).collect())
}

/// As sets (OGC 21-065r2, table 10): order and repetition do not matter.
fn array(op: ArrayOp, left: &[Value], right: &[Value]) -> Option<bool> {
    let same = |left: &Value, right: &Value| compare(left, right).is_some_and(Ordering::is_eq);
    let holds = |outer: &[Value], inner: &[Value]| inner.iter().all(|value| outer.iter().any(|own| same(own, value)));
    Some(match op {
        ArrayOp::Contains => holds(left, right),
        ArrayOp::ContainedBy => holds(right, left),
        ArrayOp::Equals => holds(left, right) && holds(right, left),
        ArrayOp::Overlaps => left.iter().any(|value| right.iter().any(|other| same(value, other))),
    })
}

/// Nothing at all: constants are computed with it.
pub struct Nothing;

impl Values for Nothing {
    fn value(&self, _: usize) -> Value {
        Value::Null
    }

    fn geometry(&self) -> Option<Cow<'_, Geometry<f64>>> {
        None
    }

    fn id(&self) -> Cow<'_, str> {
        Cow::Borrowed("")
    }
}
