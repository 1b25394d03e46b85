//! A GeoJSON geometry as somebody sent it (RFC 7946 §3.1).

use geo_types::{
    Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon,
};
use serde_json::Value as Json;

/// Collections within collections.
const DEEPEST: usize = 4;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    #[error("\"type\" is none of GeoJSON's")]
    Kind,
    #[error("\"{0}\" is missing or no list")]
    Missing(&'static str),
    #[error("a position is two or three finite numbers")]
    Position,
    #[error("a line has two positions or more")]
    Line,
    #[error("a ring has four positions or more, the last like the first")]
    Ring,
    #[error("a polygon has a ring")]
    Empty,
    #[error("collections are nested too deep")]
    Deep,
}

type Read<T> = Result<T, Unreadable>;

/// # Errors
/// What is wrong with it.
pub fn read(json: &Json) -> Read<Geometry<f64>> {
    at_depth(json, 0)
}

fn at_depth(json: &Json, depth: usize) -> Read<Geometry<f64>> {
    if depth > DEEPEST {
        return Err(Unreadable::Deep);
    }
    let places = &json["coordinates"];
    Ok(match json["type"].as_str().unwrap_or_default() {
        "Point" => Geometry::Point(Point(position(places)?)),
        "MultiPoint" => Geometry::MultiPoint(MultiPoint(each(places, |one| position(one).map(Point))?)),
        "LineString" => Geometry::LineString(line(places)?),
        "MultiLineString" => Geometry::MultiLineString(MultiLineString(each(places, line)?)),
        "Polygon" => Geometry::Polygon(polygon(places)?),
        "MultiPolygon" => Geometry::MultiPolygon(MultiPolygon(each(places, polygon)?)),
        "GeometryCollection" => {
            let all = json["geometries"].as_array().ok_or(Unreadable::Missing("geometries"))?;
            let all: Read<Vec<_>> = all.iter().map(|one| at_depth(one, depth + 1)).collect();
            Geometry::GeometryCollection(GeometryCollection(all?))
        }
        _ => return Err(Unreadable::Kind),
    })
}

fn each<T>(json: &Json, one: impl Fn(&Json) -> Read<T>) -> Read<Vec<T>> {
    json.as_array().ok_or(Unreadable::Missing("coordinates"))?.iter().map(one).collect()
}

/// A height is left out: layers are flat.
fn position(json: &Json) -> Read<Coord<f64>> {
    let numbers: Option<Vec<f64>> = json.as_array().map(|all| all.iter().filter_map(Json::as_f64).collect());
    match numbers.as_deref() {
        Some([x, y] | [x, y, _]) if x.is_finite() && y.is_finite() => Ok(Coord { x: *x, y: *y }),
        _ => Err(Unreadable::Position),
    }
}

fn line(json: &Json) -> Read<LineString<f64>> {
    let line = each(json, position)?;
    if line.len() < 2 { Err(Unreadable::Line) } else { Ok(LineString(line)) }
}

fn ring(json: &Json) -> Read<LineString<f64>> {
    let ring = each(json, position)?;
    let closed = ring.len() >= 4 && ring.first() == ring.last();
    if closed { Ok(LineString(ring)) } else { Err(Unreadable::Ring) }
}

fn polygon(json: &Json) -> Read<Polygon<f64>> {
    let mut rings = each(json, ring)?.into_iter();
    let outer = rings.next().ok_or(Unreadable::Empty)?;
    Ok(Polygon::new(outer, rings.collect()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn geometries_are_read_and_heights_left_out() {
        let point = read(&json!({ "type": "Point", "coordinates": [126.978, 37.566, 38.0] }));
        assert_eq!(point, Ok(Geometry::Point(Point::new(126.978, 37.566))));
        let square = json!([[[0, 0], [1, 0], [1, 1], [0, 0]]]);
        assert!(matches!(read(&json!({ "type": "Polygon", "coordinates": square })), Ok(Geometry::Polygon(_))));
    }

    #[test]
    fn what_is_none_says_why() {
        let why = |json: Json| read(&json).unwrap_err();
        assert_eq!(why(json!({ "type": "Circle" })), Unreadable::Kind);
        assert_eq!(why(json!({ "type": "Point", "coordinates": [1] })), Unreadable::Position);
        assert_eq!(why(json!({ "type": "LineString", "coordinates": [[0, 0]] })), Unreadable::Line);
        assert_eq!(
            why(json!({ "type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1]]] })),
            Unreadable::Ring
        );
        assert_eq!(why(json!({ "type": "Polygon", "coordinates": [] })), Unreadable::Empty);
        assert_eq!(why(json!({ "type": "Point", "coordinates": ["1", null, 3] })), Unreadable::Position);
        let mut deep = json!({ "type": "Point", "coordinates": [0, 0] });
        for _ in 0..6 {
            deep = json!({ "type": "GeometryCollection", "geometries": [deep] });
        }
        assert_eq!(why(deep), Unreadable::Deep);
    }
}
