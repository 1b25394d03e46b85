//! GeoJSON straight into bytes, for files and for answers of the API: no tree of JSON values in between.

use geo_types::{Coord, Geometry, LineString, Polygon};
use map_feature::{AxisOrder, Crs, Feature, Schema, Value};

use crate::geometry;

/// Encodes features of one schema. Cheap to make, cheaper to keep.
pub struct Encoder {
    /// Place in the feature's values and `"name":`.
    fields: Vec<(usize, Vec<u8>)>,
    decimals: u32,
    order: AxisOrder,
}

impl Encoder {
    /// All fields; coordinates with 7 decimals in degrees (about 1 cm), 3 in metres; longitude or easting first.
    pub fn new(schema: &Schema, crs: Crs) -> Encoder {
        Encoder::of_fields(schema, &(0..schema.fields.len()).collect::<Vec<_>>(), crs)
    }

    /// Only the fields at these places.
    pub fn of_fields(schema: &Schema, places: &[usize], crs: Crs) -> Encoder {
        let named = |place: &usize| {
            let mut key = Vec::new();
            write_text(&mut key, &schema.fields.get(*place)?.name);
            key.push(b':');
            Some((*place, key))
        };
        let decimals = if crs.is_geographic() { 7 } else { 3 };
        Encoder { fields: places.iter().filter_map(named).collect(), decimals, order: AxisOrder::EastNorth }
    }

    /// Writes coordinates in the order of the reference system's register (OGC API – Features Part 2).
    pub fn axis_order(mut self, order: AxisOrder) -> Encoder {
        self.order = order;
        self
    }

    pub fn decimals(mut self, decimals: u32) -> Encoder {
        self.decimals = decimals.min(15);
        self
    }

    /// Appends a `Feature` object. `id` is a string.
    pub fn feature(&self, out: &mut Vec<u8>, feature: &Feature) {
        out.extend_from_slice(b"{\"type\":\"Feature\"");
        if let Some(id) = &feature.id {
            out.extend_from_slice(b",\"id\":");
            write_text(out, id);
        }
        out.extend_from_slice(b",\"geometry\":");
        match &feature.geometry {
            Some(shape) => self.geometry(out, shape),
            None => out.extend_from_slice(b"null"),
        }
        out.extend_from_slice(b",\"properties\":{");
        for (count, (place, key)) in self.fields.iter().enumerate() {
            if count > 0 {
                out.push(b',');
            }
            out.extend_from_slice(key);
            write_value(out, feature.values.get(*place).unwrap_or(&Value::Null));
        }
        out.extend_from_slice(b"}}");
    }

    /// Appends a geometry object; rings as RFC 7946 section 3.1.6 wants them.
    pub fn geometry(&self, out: &mut Vec<u8>, shape: &Geometry<f64>) {
        Shape { decimals: self.decimals, turned: self.order == AxisOrder::NorthEast }.write(out, shape);
    }
}

/// Appends a geometry object with so many decimals, x first.
pub fn write_geometry(out: &mut Vec<u8>, shape: &Geometry<f64>, decimals: u32) {
    Shape { decimals: decimals.min(15), turned: false }.write(out, shape);
}

struct Shape {
    decimals: u32,
    turned: bool,
}

impl Shape {
    fn write(&self, out: &mut Vec<u8>, shape: &Geometry<f64>) {
        match shape {
            Geometry::Point(point) => {
                out.extend_from_slice(b"{\"type\":\"Point\",\"coordinates\":");
                self.position(out, point.0);
            }
            Geometry::Line(line) => {
                out.extend_from_slice(b"{\"type\":\"LineString\",\"coordinates\":");
                self.line(out, [line.start, line.end].into_iter());
            }
            Geometry::LineString(line) => {
                out.extend_from_slice(b"{\"type\":\"LineString\",\"coordinates\":");
                self.line(out, line.0.iter().copied());
            }
            Geometry::Polygon(polygon) => {
                out.extend_from_slice(b"{\"type\":\"Polygon\",\"coordinates\":");
                self.polygon(out, polygon);
            }
            Geometry::MultiPoint(many) => {
                out.extend_from_slice(b"{\"type\":\"MultiPoint\",\"coordinates\":");
                self.line(out, many.0.iter().map(|point| point.0));
            }
            Geometry::MultiLineString(many) => {
                out.extend_from_slice(b"{\"type\":\"MultiLineString\",\"coordinates\":");
                list(out, &many.0, |out, line: &LineString<f64>| self.line(out, line.0.iter().copied()));
            }
            Geometry::MultiPolygon(many) => {
                out.extend_from_slice(b"{\"type\":\"MultiPolygon\",\"coordinates\":");
                list(out, &many.0, |out, polygon| self.polygon(out, polygon));
            }
            Geometry::GeometryCollection(many) => {
                out.extend_from_slice(b"{\"type\":\"GeometryCollection\",\"geometries\":");
                list(out, &many.0, |out, shape| self.write(out, shape));
            }
            Geometry::Rect(rect) => return self.write(out, &Geometry::Polygon(rect.to_polygon())),
            Geometry::Triangle(triangle) => return self.write(out, &Geometry::Polygon(triangle.to_polygon())),
        }
        out.push(b'}');
    }

    fn polygon(&self, out: &mut Vec<u8>, polygon: &Polygon<f64>) {
        if polygon.exterior().0.is_empty() {
            return out.extend_from_slice(b"[]");
        }
        out.push(b'[');
        self.ring(out, &polygon.exterior().0, true);
        for ring in polygon.interiors() {
            out.push(b',');
            self.ring(out, &ring.0, false);
        }
        out.push(b']');
    }

    fn ring(&self, out: &mut Vec<u8>, ring: &[Coord<f64>], counter_clockwise: bool) {
        let area = geometry::doubled_area(ring);
        if area != 0.0 && (area > 0.0) != counter_clockwise {
            self.line(out, ring.iter().rev().copied());
        } else {
            self.line(out, ring.iter().copied());
        }
    }

    fn line(&self, out: &mut Vec<u8>, line: impl Iterator<Item = Coord<f64>>) {
        out.push(b'[');
        for (count, at) in line.enumerate() {
            if count > 0 {
                out.push(b',');
            }
            self.position(out, at);
        }
        out.push(b']');
    }

    fn position(&self, out: &mut Vec<u8>, at: Coord<f64>) {
        let (first, second) = if self.turned { (at.y, at.x) } else { (at.x, at.y) };
        out.push(b'[');
        write_decimal(out, first, self.decimals);
        out.push(b',');
        write_decimal(out, second, self.decimals);
        out.push(b']');
    }
}

fn list<T>(out: &mut Vec<u8>, all: &[T], one: impl Fn(&mut Vec<u8>, &T)) {
    out.push(b'[');
    for (count, item) in all.iter().enumerate() {
        if count > 0 {
            out.push(b',');
        }
        one(out, item);
    }
    out.push(b']');
}

const POWERS: [f64; 16] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/// Rounded to so many decimals, without zeros at the end.
pub(crate) fn write_decimal(out: &mut Vec<u8>, number: f64, decimals: u32) {
    let mut buffer = [0; 40];
    match digits(&mut buffer, number, decimals) {
        Some(length) => out.extend_from_slice(&buffer[..length]),
        None => write_number(out, number),
    }
}

/// Two digits at once.
const PAIRS: [[u8; 2]; 100] = {
    let mut pairs = [[0; 2]; 100];
    let mut place = 0;
    while place < 100 {
        pairs[place] = [b'0' + (place / 10) as u8, b'0' + (place % 10) as u8];
        place += 1;
    }
    pairs
};

/// Writes to the front of a buffer; its length there. `None`: too large for whole numbers of such small parts.
/// This runs twice for each vertex of each answer: no library's general conversion, no check in the loop.
fn digits(buffer: &mut [u8; 40], number: f64, decimals: u32) -> Option<usize> {
    let scaled = number * POWERS[decimals as usize];
    if scaled.is_nan() || scaled.abs() >= 9.0e15 {
        return None;
    }
    let whole = (scaled.abs() + 0.5) as u64;
    // Division by a constant is a multiplication.
    let (units, mut rest) = match decimals {
        7 => (whole / 10_000_000, whole % 10_000_000),
        3 => (whole / 1_000, whole % 1_000),
        decimals => {
            let unit = 10_u64.pow(decimals);
            (whole / unit, whole % unit)
        }
    };
    let mut length = 0;
    if scaled < 0.0 && whole > 0 {
        buffer[0] = b'-';
        length = 1;
    }
    if units < 1_000 {
        // Most degrees.
        let (hundreds, pair) = (units / 100, PAIRS[(units % 100) as usize]);
        if hundreds > 0 {
            buffer[length] = b'0' + hundreds as u8;
            length += 1;
        }
        if units >= 10 {
            buffer[length] = pair[0];
            length += 1;
        }
        buffer[length] = pair[1];
        length += 1;
    } else {
        let mut itoa = itoa::Buffer::new();
        let text = itoa.format(units).as_bytes();
        buffer[length..length + text.len()].copy_from_slice(text);
        length += text.len();
    }
    if rest == 0 {
        return Some(length);
    }
    buffer[length] = b'.';
    let start = length + 1;
    let mut end = start + decimals as usize;
    let mut place = end;
    while place >= start + 2 {
        place -= 2;
        buffer[place..place + 2].copy_from_slice(&PAIRS[(rest % 100) as usize]);
        rest /= 100;
    }
    if place > start {
        buffer[start] = b'0' + (rest % 10) as u8;
    }
    while buffer[end - 1] == b'0' {
        end -= 1;
    }
    Some(end)
}

fn write_number(out: &mut Vec<u8>, number: f64) {
    if number.is_finite() {
        out.extend_from_slice(zmij::Buffer::new().format_finite(number).as_bytes());
    } else {
        out.extend_from_slice(b"null");
    }
}

/// Appends a value as JSON.
pub(crate) fn write_value(out: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Null => out.extend_from_slice(b"null"),
        Value::Boolean(true) => out.extend_from_slice(b"true"),
        Value::Boolean(false) => out.extend_from_slice(b"false"),
        Value::Integer(number) => out.extend_from_slice(itoa::Buffer::new().format(*number).as_bytes()),
        Value::Number(number) => write_number(out, *number),
        Value::Text(text) => write_text(out, text),
        Value::Date(_) | Value::Instant(_) => {
            out.push(b'"');
            out.extend_from_slice(value.to_string().as_bytes());
            out.push(b'"');
        }
    }
}

/// Bytes that cannot stand in a JSON string as they are.
const ESCAPED: [bool; 256] = {
    let mut escaped = [false; 256];
    let mut byte = 0;
    while byte < 0x20 {
        escaped[byte] = true;
        byte += 1;
    }
    escaped[b'"' as usize] = true;
    escaped[b'\\' as usize] = true;
    escaped
};

/// Appends a JSON string (RFC 8259, section 7).
pub fn write_text(out: &mut Vec<u8>, text: &str) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    out.push(b'"');
    let bytes = text.as_bytes();
    let mut start = 0;
    for (place, byte) in bytes.iter().enumerate() {
        if !ESCAPED[usize::from(*byte)] {
            continue;
        }
        out.extend_from_slice(&bytes[start..place]);
        start = place + 1;
        match byte {
            b'"' => out.extend_from_slice(b"\\\""),
            b'\\' => out.extend_from_slice(b"\\\\"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            _ => {
                out.extend_from_slice(b"\\u00");
                out.extend_from_slice(&[HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]]);
            }
        }
    }
    out.extend_from_slice(&bytes[start..]);
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(number: f64, decimals: u32) -> String {
        let mut out = Vec::new();
        write_decimal(&mut out, number, decimals);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn decimals_are_rounded_and_short() {
        assert_eq!(decimal(126.978, 7), "126.978");
        assert_eq!(decimal(-0.000_000_04, 7), "0");
        assert_eq!(decimal(-0.5, 7), "-0.5");
        assert_eq!(decimal(37.123_456_78, 7), "37.1234568");
        assert_eq!(decimal(198_056.123_9, 3), "198056.124");
        assert_eq!(decimal(5.0, 0), "5");
        assert_eq!(decimal(1e300, 7).parse(), Ok(1e300));
        assert_eq!(decimal(100.0, 3), "100");
        assert_eq!(decimal(0.001, 3), "0.001");
    }

    #[test]
    fn a_feature_as_rfc_7946_has_it() {
        let schema = Schema {
            fields: vec![map_feature::Field::new("na\"me", map_feature::Kind::Text)],
            geometry: map_feature::GeometryKind::Polygon,
        };
        let ring: LineString<f64> = vec![(0.0, 0.0), (0.0, 1.0), (1.0, 1.0), (0.0, 0.0)].into();
        let feature = Feature {
            id: Some("1".into()),
            geometry: Some(Geometry::Polygon(Polygon::new(ring, vec![]))),
            values: vec![Value::Text("a\u{1}\n한".into())],
        };
        let mut out = Vec::new();
        Encoder::new(&schema, Crs::Crs84).feature(&mut out, &feature);
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "{\"type\":\"Feature\",\"id\":\"1\",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,1],[0,1],[0,0]]]},\"properties\":{\"na\\\"me\":\"a\\u0001\\n한\"}}"
        );
    }
}
