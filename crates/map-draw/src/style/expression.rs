//! Expressions as they are after reading, and their values. As in MapLibre, a value of the wrong type is nothing at
//! run time (the property then keeps its default); only reading complains.

use std::cmp::Ordering;

use map_feature::Value;

use crate::Colour;

/// What an expression comes to.
#[derive(Debug, Clone, PartialEq)]
pub enum Val {
    Null,
    Boolean(bool),
    Number(f64),
    Text(String),
    Colour(Colour),
    List(Vec<Val>),
}

/// What a feature is, for `geometry-type` and `$type`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Point,
    Line,
    Polygon,
}

impl Shape {
    pub fn name(self) -> &'static str {
        match self {
            Shape::Point => "Point",
            Shape::Line => "LineString",
            Shape::Polygon => "Polygon",
        }
    }
}

/// What an expression may ask for.
pub struct Scope<'a> {
    pub zoom: f64,
    pub shape: Shape,
    pub get: &'a dyn Fn(&str) -> Value,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compare {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reckon {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Power,
    Smallest,
    Largest,
    Round,
    Floor,
    Ceiling,
    Absolute,
    Root,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    Literal(Val),
    Get(String),
    Has(String),
    Zoom,
    GeometryType,
    Match { input: Box<Expr>, arms: Vec<(Vec<Val>, Expr)>, otherwise: Box<Expr> },
    Case { arms: Vec<(Expr, Expr)>, otherwise: Box<Expr> },
    Step { input: Box<Expr>, first: Box<Expr>, stops: Vec<(f64, Expr)> },
    Interpolate { base: f64, input: Box<Expr>, stops: Vec<(f64, Expr)> },
    Compare(Compare, Box<Expr>, Box<Expr>),
    All(Vec<Expr>),
    Any(Vec<Expr>),
    Not(Box<Expr>),
    In(Box<Expr>, Box<Expr>),
    Coalesce(Vec<Expr>),
    Concat(Vec<Expr>),
    ToText(Box<Expr>),
    ToNumber(Vec<Expr>),
    ToBoolean(Box<Expr>),
    Upper(Box<Expr>),
    Lower(Box<Expr>),
    Reckon(Reckon, Vec<Expr>),
    Rgb(Vec<Expr>),
}

impl Expr {
    /// Whether the value can differ between features.
    pub fn needs_feature(&self) -> bool {
        let any = |list: &[Expr]| list.iter().any(Expr::needs_feature);
        let stops = |list: &[(f64, Expr)]| list.iter().any(|(_, value)| value.needs_feature());
        match self {
            Expr::Literal(_) | Expr::Zoom => false,
            Expr::Get(_) | Expr::Has(_) | Expr::GeometryType => true,
            Expr::Match { input, arms, otherwise } => {
                input.needs_feature()
                    || otherwise.needs_feature()
                    || arms.iter().any(|(_, value)| value.needs_feature())
            }
            Expr::Case { arms, otherwise } => {
                otherwise.needs_feature()
                    || arms.iter().any(|(test, value)| test.needs_feature() || value.needs_feature())
            }
            Expr::Step { input, first, stops: list } => input.needs_feature() || first.needs_feature() || stops(list),
            Expr::Interpolate { input, stops: list, .. } => input.needs_feature() || stops(list),
            Expr::Compare(_, a, b) | Expr::In(a, b) => a.needs_feature() || b.needs_feature(),
            Expr::Not(a) | Expr::ToText(a) | Expr::ToBoolean(a) | Expr::Upper(a) | Expr::Lower(a) => a.needs_feature(),
            Expr::All(list) | Expr::Any(list) | Expr::Coalesce(list) | Expr::Concat(list) => any(list),
            Expr::ToNumber(list) | Expr::Reckon(_, list) | Expr::Rgb(list) => any(list),
        }
    }

    pub fn value(&self, scope: &Scope) -> Val {
        match self {
            Expr::Literal(value) => value.clone(),
            Expr::Get(name) => Val::from((scope.get)(name)),
            Expr::Has(name) => Val::Boolean(!(scope.get)(name).is_null()),
            Expr::Zoom => Val::Number(scope.zoom),
            Expr::GeometryType => Val::Text(scope.shape.name().to_owned()),
            Expr::Match { input, arms, otherwise } => {
                let input = input.value(scope);
                arms.iter()
                    .find(|(labels, _)| labels.contains(&input))
                    .map_or(&**otherwise, |(_, value)| value)
                    .value(scope)
            }
            Expr::Case { arms, otherwise } => {
                arms.iter().find(|(test, _)| test.holds(scope)).map_or(&**otherwise, |(_, value)| value).value(scope)
            }
            Expr::Step { input, first, stops } => {
                let Val::Number(at) = input.value(scope) else { return Val::Null };
                let after = stops.partition_point(|(stop, _)| *stop <= at);
                if after == 0 { first.value(scope) } else { stops[after - 1].1.value(scope) }
            }
            Expr::Interpolate { base, input, stops } => interpolate(*base, input.value(scope), stops, scope),
            Expr::Compare(how, a, b) => Val::Boolean(compare(*how, &a.value(scope), &b.value(scope))),
            Expr::All(list) => Val::Boolean(list.iter().all(|part| part.holds(scope))),
            Expr::Any(list) => Val::Boolean(list.iter().any(|part| part.holds(scope))),
            Expr::Not(part) => Val::Boolean(!part.holds(scope)),
            Expr::In(needle, heap) => Val::Boolean(match (needle.value(scope), heap.value(scope)) {
                (needle, Val::List(list)) => list.contains(&needle),
                (Val::Text(needle), Val::Text(heap)) => heap.contains(&needle),
                _ => false,
            }),
            Expr::Coalesce(list) => {
                list.iter().map(|part| part.value(scope)).find(|value| *value != Val::Null).unwrap_or(Val::Null)
            }
            Expr::Concat(list) => Val::Text(list.iter().map(|part| part.value(scope).text()).collect()),
            Expr::ToText(part) => Val::Text(part.value(scope).text()),
            Expr::ToNumber(list) => {
                list.iter().find_map(|part| part.value(scope).to_number()).map_or(Val::Null, Val::Number)
            }
            Expr::ToBoolean(part) => Val::Boolean(part.value(scope).is_truthy()),
            Expr::Upper(part) => Val::Text(part.value(scope).text().to_uppercase()),
            Expr::Lower(part) => Val::Text(part.value(scope).text().to_lowercase()),
            Expr::Reckon(how, list) => reckon(*how, list, scope).map_or(Val::Null, Val::Number),
            Expr::Rgb(list) => rgb(list, scope).map_or(Val::Null, Val::Colour),
        }
    }

    /// True and nothing else: what is missing or of another type does not hold.
    pub fn holds(&self, scope: &Scope) -> bool {
        self.value(scope) == Val::Boolean(true)
    }
}

impl Val {
    pub fn text(&self) -> String {
        match self {
            Val::Null => String::new(),
            Val::Boolean(value) => value.to_string(),
            Val::Number(value) => value.to_string(),
            Val::Text(text) => text.clone(),
            Val::Colour(colour) => colour.css(),
            Val::List(list) => list.iter().map(Val::text).collect::<Vec<_>>().join(","),
        }
    }

    pub fn to_number(&self) -> Option<f64> {
        match self {
            Val::Number(value) => Some(*value),
            Val::Boolean(value) => Some(f64::from(u8::from(*value))),
            Val::Text(text) => text.trim().parse().ok().filter(|value: &f64| value.is_finite()),
            _ => None,
        }
    }

    fn is_truthy(&self) -> bool {
        match self {
            Val::Null => false,
            Val::Boolean(value) => *value,
            Val::Number(value) => *value != 0.0 && !value.is_nan(),
            Val::Text(text) => !text.is_empty(),
            Val::Colour(_) | Val::List(_) => true,
        }
    }
}

impl From<Value> for Val {
    fn from(value: Value) -> Val {
        match value {
            Value::Null => Val::Null,
            Value::Boolean(value) => Val::Boolean(value),
            #[allow(clippy::cast_precision_loss)] // As MVT readers in browsers do.
            Value::Integer(value) => Val::Number(value as f64),
            Value::Number(value) => Val::Number(value),
            Value::Text(text) => Val::Text(text),
            other => Val::Text(other.to_string()),
        }
    }
}

fn compare(how: Compare, a: &Val, b: &Val) -> bool {
    let order = match (a, b) {
        (Val::Number(a), Val::Number(b)) => a.partial_cmp(b),
        (Val::Text(a), Val::Text(b)) => Some(a.cmp(b)),
        _ => None,
    };
    match how {
        Compare::Equal => a == b,
        Compare::NotEqual => a != b,
        Compare::Less => order == Some(Ordering::Less),
        Compare::LessOrEqual => matches!(order, Some(Ordering::Less | Ordering::Equal)),
        Compare::Greater => order == Some(Ordering::Greater),
        Compare::GreaterOrEqual => matches!(order, Some(Ordering::Greater | Ordering::Equal)),
    }
}

/// Between two stops `t = (base^(x−x₀) − 1) / (base^(x₁−x₀) − 1)`, linear for base 1.
fn interpolate(base: f64, input: Val, stops: &[(f64, Expr)], scope: &Scope) -> Val {
    let Val::Number(at) = input else { return Val::Null };
    let after = stops.partition_point(|(stop, _)| *stop <= at);
    let (Some(low), Some(high)) = (stops.get(after.saturating_sub(1)), stops.get(after)) else {
        return stops.last().map_or(Val::Null, |(_, value)| value.value(scope));
    };
    if after == 0 {
        return low.1.value(scope);
    }
    let (span, into) = (high.0 - low.0, at - low.0);
    let t = if (base - 1.0).abs() < 1e-9 { into / span } else { (base.powf(into) - 1.0) / (base.powf(span) - 1.0) };
    match (low.1.value(scope), high.1.value(scope)) {
        (Val::Number(a), Val::Number(b)) => Val::Number(a + (b - a) * t),
        (Val::Colour(a), Val::Colour(b)) => Val::Colour(a.mixed(b, t)),
        _ => Val::Null,
    }
}

fn reckon(how: Reckon, list: &[Expr], scope: &Scope) -> Option<f64> {
    let numbers: Option<Vec<f64>> = list
        .iter()
        .map(|part| match part.value(scope) {
            Val::Number(value) => Some(value),
            _ => None,
        })
        .collect();
    let numbers = numbers?;
    let first = *numbers.first()?;
    let second = numbers.get(1).copied();
    let value = match how {
        Reckon::Add => numbers.iter().sum(),
        Reckon::Multiply => numbers.iter().product(),
        Reckon::Subtract => second.map_or(-first, |second| first - second),
        Reckon::Divide => first / second?,
        Reckon::Remainder => first % second?,
        Reckon::Power => first.powf(second?),
        Reckon::Smallest => numbers.iter().copied().fold(f64::INFINITY, f64::min),
        Reckon::Largest => numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        Reckon::Round => first.round(),
        Reckon::Floor => first.floor(),
        Reckon::Ceiling => first.ceil(),
        Reckon::Absolute => first.abs(),
        Reckon::Root => first.sqrt(),
    };
    value.is_finite().then_some(value)
}

fn rgb(list: &[Expr], scope: &Scope) -> Option<Colour> {
    let part = |at: usize| list.get(at).and_then(|part| part.value(scope).to_number());
    let byte = |value: f64| (value / 255.0).clamp(0.0, 1.0) as f32;
    let alpha = if list.len() == 4 { part(3)?.clamp(0.0, 1.0) as f32 } else { 1.0 };
    Some(Colour { r: byte(part(0)?), g: byte(part(1)?), b: byte(part(2)?), a: alpha })
}
