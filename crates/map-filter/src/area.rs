//! A box that every match meets, for an index to look in first.

use map_feature::{Bounds, Value};

use crate::{
    evaluate::number,
    function::{Function, degree},
    plan::{Operand, Shape, Term, Test},
    tree::{Compare, Spatial},
};

/// `None`: matches may lie anywhere, or have no place.
pub fn of(test: &Test) -> Option<Bounds> {
    match test {
        // A large feature may meet two boxes and not what they share: the smaller one is all that is sure.
        Test::All(tests) => tests.iter().filter_map(of).min_by(|left, right| size(left).total_cmp(&size(right))),
        Test::Any(tests) => tests.iter().map(of).reduce(|left, right| Some(left?.joined(right?))).flatten(),
        Test::Spatial(op, Shape::Own, Shape::Fixed(fixed)) | Test::Spatial(op, Shape::Fixed(fixed), Shape::Own) => {
            (*op != Spatial::Disjoint).then_some(fixed.area)
        }
        Test::Compare(Compare::Less | Compare::AtMost, near, Term::Constant(metres))
        | Test::Compare(Compare::Greater | Compare::AtLeast, Term::Constant(metres), near) => around(near, metres),
        _ => None,
    }
}

fn size(bounds: &Bounds) -> f64 {
    (bounds.east - bounds.west) * (bounds.north - bounds.south)
}

/// `distance(geometry, …) < metres`.
fn around(near: &Term, metres: &Value) -> Option<Bounds> {
    let Term::Function(Function::Distance, operands) = near else { return None };
    let fixed = match operands.as_slice() {
        [Operand::Shape(Shape::Own), Operand::Shape(Shape::Fixed(fixed))]
        | [Operand::Shape(Shape::Fixed(fixed)), Operand::Shape(Shape::Own)] => fixed,
        _ => return None,
    };
    // The plane of each feature lies at another latitude: a tenth more, and near the poles no box at all.
    let metres = number(metres)? * 1.1;
    let furthest = fixed.area.south.abs().max(fixed.area.north.abs()) + metres / 110_000.0;
    if !(0.0..80.0).contains(&furthest) || metres > 100_000.0 {
        return None;
    }
    let (north, east) = degree(furthest.to_radians());
    let (north, east) = (metres / north.min(110_000.0), metres / east);
    let area = fixed.area;
    Some(Bounds {
        west: area.west - east,
        south: area.south - north,
        east: area.east + east,
        north: area.north + north,
    })
}
