//! A tree as CQL2 Text. What is read from it again is the same tree.

use std::fmt::Write;

use geo_types::{Coord, Geometry, LineString, Polygon};

use super::token;
use crate::tree::{Arithmetic, Node, Op, What};

/// Names that must stand in quotes to be names.
pub const RESERVED: &[&str] = &["and", "or", "not", "like", "between", "in", "is", "null", "true", "false", "div"];

pub fn written(node: &Node) -> String {
    let mut out = String::new();
    write(&mut out, node);
    out
}

/// How strongly an expression holds together: 1 is OR, 8 is a single word.
fn strength(node: &Node) -> u8 {
    match &node.what {
        What::Op(op, _) => match op {
            Op::Or => 1,
            Op::And => 2,
            Op::Not => 3,
            Op::Compare(_) | Op::Like | Op::Between | Op::In | Op::IsNull => 4,
            Op::Arithmetic(Arithmetic::Add | Arithmetic::Subtract) => 5,
            Op::Arithmetic(Arithmetic::Power) => 7,
            Op::Arithmetic(_) => 6,
            _ => 8,
        },
        _ => 8,
    }
}

fn at_least(out: &mut String, node: &Node, needed: u8) {
    if strength(node) >= needed {
        return write(out, node);
    }
    out.push('(');
    write(out, node);
    out.push(')');
}

fn write(out: &mut String, node: &Node) {
    // Writing into a `String` never fails.
    let _ = match &node.what {
        What::Boolean(value) => write!(out, "{}", if *value { "TRUE" } else { "FALSE" }),
        What::Integer(value) => write!(out, "{value}"),
        What::Number(value) => write!(out, "{value:?}"),
        What::Text(text) => return literal(out, text),
        What::Date(date) => write!(out, "DATE('{date}')"),
        What::Timestamp(at) => write!(out, "TIMESTAMP('{at}')"),
        What::Open => write!(out, "'..'"),
        What::Interval(ends) => return interval(out, ends),
        What::Geometry(geometry) => return shape(out, geometry),
        What::Bbox(numbers) => {
            return called(out, "BBOX", numbers, |out, number| out.push_str(&number.to_string()));
        }
        What::Array(list) => return called(out, "", list, write),
        What::Property(name) => return property(out, name),
        What::Function(name, operands) => return called(out, name, operands, write),
        What::Op(op, operands) => return operation(out, *op, operands),
    };
}

fn operation(out: &mut String, op: Op, operands: &[Node]) {
    match (op, operands) {
        (Op::And | Op::Or, _) => {
            let (word, needed) = if op == Op::And { (" AND ", 3) } else { (" OR ", 2) };
            for (index, operand) in operands.iter().enumerate() {
                if index > 0 {
                    out.push_str(word);
                }
                at_least(out, operand, needed);
            }
        }
        (Op::Not, [inner]) => {
            out.push_str("NOT ");
            at_least(out, inner, 3);
        }
        (Op::IsNull, [value]) => {
            at_least(out, value, 5);
            out.push_str(" IS NULL");
        }
        (Op::Between, [value, lower, upper]) => {
            at_least(out, value, 5);
            out.push_str(" BETWEEN ");
            at_least(out, lower, 5);
            out.push_str(" AND ");
            at_least(out, upper, 5);
        }
        (Op::In, [value, list]) => {
            at_least(out, value, 5);
            out.push_str(" IN ");
            write(out, list);
        }
        (Op::Compare(_) | Op::Like, [left, right]) => {
            at_least(out, left, 5);
            let _ = write!(out, " {} ", op.name().to_ascii_uppercase());
            at_least(out, right, 5);
        }
        (Op::Arithmetic(kind), [left, right]) => {
            let (before, after) = match kind {
                Arithmetic::Add | Arithmetic::Subtract => (5, 6),
                Arithmetic::Power => (8, 7),
                _ => (6, 7),
            };
            at_least(out, left, before);
            let _ = write!(out, " {} ", kind.name());
            at_least(out, right, after);
        }
        _ => called(out, &op.name().to_ascii_uppercase(), operands, write),
    }
}

fn called<T>(out: &mut String, name: &str, operands: &[T], mut each: impl FnMut(&mut String, &T)) {
    out.push_str(name);
    out.push('(');
    for (index, operand) in operands.iter().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        each(out, operand);
    }
    out.push(')');
}

fn interval(out: &mut String, ends: &[Node]) {
    called(out, "INTERVAL", ends, |out, end| match &end.what {
        What::Date(date) => out.push_str(&format!("'{date}'")),
        What::Timestamp(at) => out.push_str(&format!("'{at}'")),
        _ => write(out, end),
    });
}

/// Quotes are doubled, and so are backslashes right before one (see [`token`]).
fn literal(out: &mut String, text: &str) {
    out.push('\'');
    let mut backslashes = 0;
    for c in text.chars() {
        if c == '\'' {
            out.extend(std::iter::repeat_n('\\', backslashes));
            out.push('\'');
        }
        backslashes = if c == '\\' { backslashes + 1 } else { 0 };
        out.push(c);
    }
    out.extend(std::iter::repeat_n('\\', backslashes));
    out.push('\'');
}

fn property(out: &mut String, name: &str) {
    let plain = name.starts_with(token::starts_name)
        && name.chars().all(token::continues_name)
        && !RESERVED.iter().any(|reserved| name.eq_ignore_ascii_case(reserved));
    if plain {
        return out.push_str(name);
    }
    out.push('"');
    out.push_str(&name.replace('"', "\"\""));
    out.push('"');
}

fn shape(out: &mut String, geometry: &Geometry<f64>) {
    match geometry {
        Geometry::Point(point) => called(out, "POINT", &[point.0], coord),
        Geometry::LineString(line) => called(out, "LINESTRING", &line.0, coord),
        Geometry::Polygon(polygon) => rings(out, "POLYGON", polygon),
        Geometry::MultiPoint(points) => {
            called(out, "MULTIPOINT", &points.0, |out, point| called(out, "", &[point.0], coord));
        }
        Geometry::MultiLineString(lines) => {
            called(out, "MULTILINESTRING", &lines.0, |out, line| called(out, "", &line.0, coord));
        }
        Geometry::MultiPolygon(polygons) => {
            called(out, "MULTIPOLYGON", &polygons.0, |out, polygon| rings(out, "", polygon));
        }
        Geometry::GeometryCollection(parts) => called(out, "GEOMETRYCOLLECTION", &parts.0, shape),
        // The parsers make none of these.
        Geometry::Line(line) => called(out, "LINESTRING", &[line.start, line.end], coord),
        Geometry::Rect(rect) => rings(out, "POLYGON", &rect.to_polygon()),
        Geometry::Triangle(triangle) => rings(out, "POLYGON", &triangle.to_polygon()),
    }
}

fn rings(out: &mut String, name: &str, polygon: &Polygon<f64>) {
    let rings: Vec<&LineString<f64>> = std::iter::once(polygon.exterior()).chain(polygon.interiors()).collect();
    called(out, name, &rings, |out, ring| called(out, "", &ring.0, coord));
}

fn coord(out: &mut String, at: &Coord<f64>) {
    let _ = write!(out, "{} {}", at.x, at.y);
}
