//! The functions a filter can call.

use std::borrow::Cow;

use geo::{CoordsIter, Distance, Euclidean, Geodesic, GeodesicArea, Length, MapCoords};
use geo_types::{Coord, Geometry};
use map_feature::Value;

use crate::{
    Values,
    compile::Sort,
    evaluate::number,
    plan::{Operand, Shape},
    time,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    Lower,
    Upper,
    CharLength,
    Abs,
    Floor,
    Ceil,
    Round,
    Year,
    Month,
    Day,
    /// Square metres on the ellipsoid, of polygons in degrees.
    Area,
    /// Metres on the ellipsoid: of lines, and around polygons.
    Length,
    /// Metres between the nearest points, on a plane laid through both: right within a few parts in ten thousand over
    /// tens of kilometres.
    Distance,
}

impl Function {
    /// Name, what it takes, what it gives.
    pub const ALL: &[(Function, &str, &[Sort], Sort)] = &[
        (Function::Lower, "lower", &[Sort::Text], Sort::Text),
        (Function::Upper, "upper", &[Sort::Text], Sort::Text),
        (Function::CharLength, "char_length", &[Sort::Text], Sort::Number),
        (Function::Abs, "abs", &[Sort::Number], Sort::Number),
        (Function::Floor, "floor", &[Sort::Number], Sort::Number),
        (Function::Ceil, "ceil", &[Sort::Number], Sort::Number),
        (Function::Round, "round", &[Sort::Number], Sort::Number),
        (Function::Year, "year", &[Sort::Time], Sort::Number),
        (Function::Month, "month", &[Sort::Time], Sort::Number),
        (Function::Day, "day", &[Sort::Time], Sort::Number),
        (Function::Area, "area", &[Sort::Place], Sort::Number),
        (Function::Length, "length", &[Sort::Place], Sort::Number),
        (Function::Distance, "distance", &[Sort::Place, Sort::Place], Sort::Number),
    ];

    pub(crate) fn of(self, operands: &[Operand], row: &dyn Values) -> Value {
        self.answer(operands, row).unwrap_or(Value::Null)
    }

    fn answer(self, operands: &[Operand], row: &dyn Values) -> Option<Value> {
        let term = || match operands.first() {
            Some(Operand::Term(term)) => term.of(row),
            _ => Value::Null,
        };
        let text = || match term() {
            Value::Text(text) => Some(text),
            _ => None,
        };
        let day = || match term() {
            Value::Date(date) => Some(date),
            Value::Instant(at) => Some(time::day(at)),
            _ => None,
        };
        let rounded = |round: fn(f64) -> f64| match term() {
            Value::Integer(whole) => Some(Value::Integer(whole)),
            other => number(&other).map(round).map(Value::Number),
        };
        match self {
            Function::Lower => Some(Value::Text(text()?.to_lowercase())),
            Function::Upper => Some(Value::Text(text()?.to_uppercase())),
            Function::CharLength => Some(Value::Integer(text()?.chars().count() as i64)),
            Function::Abs => match term() {
                Value::Integer(whole) => whole.checked_abs().map(Value::Integer),
                other => number(&other).map(|value| Value::Number(value.abs())),
            },
            Function::Floor => rounded(f64::floor),
            Function::Ceil => rounded(f64::ceil),
            Function::Round => rounded(f64::round),
            Function::Year => Some(Value::Integer(day()?.year().into())),
            Function::Month => Some(Value::Integer(day()?.month().into())),
            Function::Day => Some(Value::Integer(day()?.day().into())),
            Function::Area => finite(shape(operands.first()?, row)?.geodesic_area_unsigned()),
            Function::Length => finite(length(&*shape(operands.first()?, row)?)),
            Function::Distance => finite(distance(&*shape(operands.first()?, row)?, &*shape(operands.get(1)?, row)?)?),
        }
    }
}

fn finite(value: f64) -> Option<Value> {
    value.is_finite().then_some(Value::Number(value))
}

fn shape<'a>(operand: &'a Operand, row: &'a dyn Values) -> Option<Cow<'a, Geometry<f64>>> {
    match operand {
        Operand::Shape(Shape::Own) => row.geometry(),
        Operand::Shape(Shape::Fixed(fixed)) => Some(Cow::Borrowed(&fixed.geometry)),
        Operand::Term(_) => None,
    }
}

fn length(geometry: &Geometry<f64>) -> f64 {
    match geometry {
        Geometry::LineString(line) => Geodesic.length(line),
        Geometry::MultiLineString(lines) => Geodesic.length(lines),
        Geometry::GeometryCollection(members) => members.0.iter().map(length).sum(),
        other => other.geodesic_perimeter(),
    }
}

/// Degrees become metres by the lengths of a degree of WGS 84 at the latitude between the two.
pub fn distance(left: &Geometry<f64>, right: &Geometry<f64>) -> Option<f64> {
    let first = |shape: &Geometry<f64>| shape.coords_iter().next();
    let middle = ((first(left)?.y + first(right)?.y) / 2.0).to_radians();
    let (north, east) = degree(middle);
    let plane = |shape: &Geometry<f64>| shape.map_coords(|at| Coord { x: at.x * east, y: at.y * north });
    Some(Euclidean.distance(&plane(left), &plane(right)))
}

/// Metres of a degree northward and eastward on WGS 84 at a latitude in radians.
pub fn degree(latitude: f64) -> (f64, f64) {
    const A: f64 = 6_378_137.0;
    const E2: f64 = 0.006_694_379_990_141_317;
    let w = 1.0 - E2 * latitude.sin().powi(2);
    let one = std::f64::consts::PI / 180.0;
    (A * (1.0 - E2) / w.powf(1.5) * one, A / w.sqrt() * latitude.cos() * one)
}
