//! Geometries as GeoJSON (RFC 7946, section 3.1), two dimensions of them.

use geo_types::{
    Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon,
};
use serde_json::{Map, Value, json};

use crate::{error::Problem, limits::LENGTH, text::closed};

type Read<T> = Result<T, Problem>;

/// A geometry; collections hold no collections. `read` counts the numbers of all geometries of a filter.
pub fn read(object: &Map<String, Value>, read: &mut usize) -> Read<Geometry<f64>> {
    geometry(object, read, true)
}

fn geometry(object: &Map<String, Value>, read: &mut usize, outermost: bool) -> Read<Geometry<f64>> {
    let kind = object.get("type").and_then(Value::as_str).unwrap_or_default();
    if kind == "GeometryCollection" && outermost {
        let parts = list(object.get("geometries"), |part| match part {
            Value::Object(part) => geometry(part, read, false),
            _ => Err(Problem::Geometry("a collection holds geometries")),
        });
        return Ok(Geometry::GeometryCollection(GeometryCollection(parts?)));
    }
    let coordinates = object.get("coordinates");
    Ok(match kind {
        "Point" => Point(coord(coordinates, read)?).into(),
        "LineString" => line(coordinates, read)?.into(),
        "Polygon" => polygon(coordinates, read)?.into(),
        "MultiPoint" => MultiPoint(list(coordinates, |at| coord(Some(at), read).map(Point))?).into(),
        "MultiLineString" => MultiLineString(list(coordinates, |part| line(Some(part), read))?).into(),
        "MultiPolygon" => MultiPolygon(list(coordinates, |part| polygon(Some(part), read))?).into(),
        _ => return Err(Problem::Geometry("its type is none of GeoJSON's")),
    })
}

fn list<T>(value: Option<&Value>, part: impl FnMut(&Value) -> Read<T>) -> Read<Vec<T>> {
    match value {
        Some(Value::Array(parts)) if !parts.is_empty() => parts.iter().map(part).collect(),
        _ => Err(Problem::Geometry("an array with something in it is missing")),
    }
}

fn coord(value: Option<&Value>, read: &mut usize) -> Read<Coord<f64>> {
    let Some(Value::Array(numbers)) = value else {
        return Err(Problem::Geometry("a position is an array of numbers"));
    };
    *read += numbers.len();
    if *read > LENGTH {
        return Err(Problem::Size(format!("{LENGTH} coordinates")));
    }
    let finite = |number: &Value| number.as_f64().filter(|number| number.is_finite());
    match numbers.iter().map(finite).collect::<Option<Vec<f64>>>().as_deref() {
        Some([x, y]) | Some([x, y, _]) | Some([x, y, _, _]) => Ok(Coord { x: *x, y: *y }),
        _ => Err(Problem::Geometry("a position has two or three numbers")),
    }
}

fn line(value: Option<&Value>, read: &mut usize) -> Read<LineString<f64>> {
    let coords = list(value, |at| coord(Some(at), read))?;
    if coords.len() < 2 {
        return Err(Problem::Geometry("a line has two positions or more"));
    }
    Ok(LineString(coords))
}

fn polygon(value: Option<&Value>, read: &mut usize) -> Read<Polygon<f64>> {
    let mut rings = list(value, |ring| closed(list(Some(ring), |at| coord(Some(at), read))?))?;
    let exterior = rings.remove(0);
    Ok(Polygon::new(exterior, rings))
}

pub fn bbox(value: &Value) -> Read<Vec<f64>> {
    let numbers = list(Some(value), |number| {
        number.as_f64().filter(|number| number.is_finite()).ok_or(Problem::Geometry("a box has numbers"))
    })?;
    match numbers.len() {
        4 | 6 => Ok(numbers),
        found => Err(Problem::Operands { op: "bbox".to_owned(), takes: "4 or 6".to_owned(), found }),
    }
}

pub fn written(geometry: &Geometry<f64>) -> Value {
    let at = |at: &Coord<f64>| json!([at.x, at.y]);
    let line = |line: &LineString<f64>| line.0.iter().map(at).collect::<Value>();
    let rings = |polygon: &Polygon<f64>| -> Value {
        std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(line).collect()
    };
    let (kind, coordinates) = match geometry {
        Geometry::Point(point) => ("Point", at(&point.0)),
        Geometry::LineString(one) => ("LineString", line(one)),
        Geometry::Polygon(polygon) => ("Polygon", rings(polygon)),
        Geometry::MultiPoint(points) => ("MultiPoint", points.0.iter().map(|point| at(&point.0)).collect()),
        Geometry::MultiLineString(lines) => ("MultiLineString", lines.0.iter().map(line).collect()),
        Geometry::MultiPolygon(polygons) => ("MultiPolygon", polygons.0.iter().map(rings).collect()),
        Geometry::GeometryCollection(parts) => {
            let parts: Value = parts.0.iter().map(written).collect();
            return json!({ "type": "GeometryCollection", "geometries": parts });
        }
        // The parsers make none of these.
        Geometry::Line(two) => ("LineString", json!([at(&two.start), at(&two.end)])),
        Geometry::Rect(rect) => ("Polygon", rings(&rect.to_polygon())),
        Geometry::Triangle(triangle) => ("Polygon", rings(&triangle.to_polygon())),
    };
    json!({ "type": kind, "coordinates": coordinates })
}
