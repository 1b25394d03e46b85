//! What is written comes back.

use geo_types::{
    Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon,
};
use map_feature::{Crs, Feature, GeometryKind, Kind, Schema, Value};
use map_formats::{Columns, Format, Options};
use proptest::prelude::*;

use crate::{file, read, schema, written};

const FIELDS: [(&str, Kind); 6] = [
    ("이름", Kind::Text),
    ("count", Kind::Integer),
    ("height", Kind::Number),
    ("open", Kind::Boolean),
    ("since", Kind::Date),
    ("seen", Kind::Instant),
];

/// On a grid that every format's decimals hold.
fn coord() -> impl Strategy<Value = Coord<f64>> {
    (-1_790_000_i32..1_790_000, -850_000_i32..850_000)
        .prop_map(|(x, y)| Coord { x: f64::from(x) / 1e4, y: f64::from(y) / 1e4 })
}

fn line() -> impl Strategy<Value = LineString<f64>> {
    prop::collection::vec(coord(), 2..6).prop_map(LineString)
}

/// A square with perhaps a hole, the way RFC 7946 turns rings.
fn polygon() -> impl Strategy<Value = Polygon<f64>> {
    (-170_i32..160, -80_i32..70, 1_i32..4, any::<bool>()).prop_map(|(x, y, size, hole)| {
        let (x, y, size) = (f64::from(x), f64::from(y), f64::from(size));
        let ring = LineString::from(vec![(x, y), (x + size, y), (x + size, y + size), (x, y + size), (x, y)]);
        let (a, b) = (x + 0.25, y + 0.25);
        let inner = LineString::from(vec![(a, b), (a, b + 0.5), (a + 0.5, b + 0.5), (a, b)]);
        Polygon::new(ring, if hole { vec![inner] } else { vec![] })
    })
}

fn shape(kind: GeometryKind) -> BoxedStrategy<Geometry<f64>> {
    let point = coord().prop_map(|at| Geometry::Point(Point(at))).boxed();
    let points = prop::collection::vec(coord(), 2..5)
        .prop_map(|all| Geometry::MultiPoint(MultiPoint(all.into_iter().map(Point).collect())))
        .boxed();
    let one_line = line().prop_map(Geometry::LineString).boxed();
    let lines =
        prop::collection::vec(line(), 2..4).prop_map(|all| Geometry::MultiLineString(MultiLineString(all))).boxed();
    let area = polygon().prop_map(Geometry::Polygon).boxed();
    // Apart from each other, so that no hole could belong to another.
    let areas = (polygon(), 1..3_usize)
        .prop_map(|(one, more)| {
            let moved = |by: usize| {
                let ring = one.exterior().0.iter().map(|at| Coord { x: at.x + 4.5 * by as f64, y: at.y }).collect();
                Polygon::new(LineString(ring), vec![])
            };
            let mut all: Vec<Polygon<f64>> = vec![one.clone()];
            all.extend((1..=more).map(moved));
            Geometry::MultiPolygon(MultiPolygon(all))
        })
        .boxed();
    match kind {
        GeometryKind::Point => point,
        GeometryKind::Line => prop_oneof![one_line, lines].boxed(),
        GeometryKind::Polygon => prop_oneof![area, areas].boxed(),
        _ => {
            let mixed = (point.clone(), one_line.clone(), area.clone());
            let mixed = mixed.prop_map(|(a, b, c)| Geometry::GeometryCollection(GeometryCollection(vec![a, b, c])));
            prop_oneof![point, points, one_line, lines, area, areas, mixed].boxed()
        }
    }
}

fn or_null(value: BoxedStrategy<Value>) -> BoxedStrategy<Value> {
    prop_oneof![1 => Just(Value::Null), 4 => value].boxed()
}

fn values() -> BoxedStrategy<Vec<Value>> {
    let text = "[a-z<&\"',;|가-힣]{1,12}".prop_map(|text| Value::Text(format!("t{text}"))).boxed();
    let number = (-1_000_000_000_i64..1_000_000_000).prop_map(|number| Value::Number(number as f64 / 1024.0)).boxed();
    let date = (0..60_000_i64)
        .prop_map(|days| Value::Date(jiff::civil::date(1900, 1, 1).saturating_add(jiff::Span::new().days(days))))
        .boxed();
    let instant = (0..2_000_000_000_000_i64)
        .prop_map(|ms| Value::Instant(jiff::Timestamp::from_millisecond(ms).unwrap()))
        .boxed();
    let integer = any::<i64>().prop_map(Value::Integer).boxed();
    let flag = any::<bool>().prop_map(Value::Boolean).boxed();
    (or_null(text), or_null(integer), or_null(number), or_null(flag), or_null(date), or_null(instant))
        .prop_map(|(a, b, c, d, e, f)| vec![a, b, c, d, e, f])
        .boxed()
}

fn features(kind: GeometryKind, empty: bool) -> BoxedStrategy<Vec<Feature>> {
    let place = if empty {
        prop_oneof![1 => Just(None), 6 => shape(kind).prop_map(Some)].boxed()
    } else {
        shape(kind).prop_map(Some).boxed()
    };
    let all = prop::collection::vec((place, values()), 1..12);
    all.prop_map(|all| {
        let number = |(place, (geometry, values)): (usize, (Option<Geometry<f64>>, Vec<Value>))| Feature {
            id: Some(format!("f{place}")),
            geometry,
            values,
        };
        all.into_iter().enumerate().map(number).collect()
    })
    .boxed()
}

/// Written and read again, with the schema that was written asked for.
fn back(format: Format, schema: &Schema, crs: Crs, features: &[Feature]) -> Vec<Feature> {
    let bytes = written(format, schema, crs, features);
    let (_keep, path) = file(&format!("layer.{}", format.ending()), bytes);
    let id = !matches!(
        format,
        Format::GeoJson | Format::GeoJsonSeq | Format::Kml | Format::Kmz | Format::FlatGeobuf | Format::Gpx
    );
    let columns = Columns { id: id.then(|| "id".to_owned()), ..Columns::default() };
    let options = Options { schema: Some(schema.clone()), columns, ..Options::default() };
    let (all, report) = read(&path, &options).unwrap();
    assert_eq!((report.read, report.rejected), (features.len() as u64, 0), "{report:?}");
    if format != Format::Csv {
        assert_eq!(report.crs, Some(if matches!(format, Format::GeoJson | Format::Kml) { Crs::Crs84 } else { crs }));
    }
    all
}

fn same(format: Format, kind: GeometryKind, empty: bool, ordered: bool, ids: bool) {
    let schema = schema(&FIELDS, kind);
    let config = ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(features in features(kind, empty))| {
        let mut found = back(format, &schema, Crs::Crs84, &features);
        let mut wanted = features;
        if !ids {
            wanted.iter_mut().for_each(|feature| feature.id = None);
        }
        if !ordered {
            let key = |feature: &Feature| format!("{:?} {:?}", feature.values, feature.geometry);
            found.sort_by_key(key);
            wanted.sort_by_key(key);
        }
        prop_assert_eq!(found, wanted);
    });
}

#[test]
fn geojson() {
    same(Format::GeoJson, GeometryKind::Any, true, true, true);
    same(Format::GeoJsonSeq, GeometryKind::Any, true, true, true);
}

#[test]
fn csv() {
    same(Format::Csv, GeometryKind::Any, true, true, true);
    same(Format::Csv, GeometryKind::Point, true, true, true);
}

#[test]
fn shapefile() {
    same(Format::Shapefile, GeometryKind::Point, true, true, true);
    same(Format::Shapefile, GeometryKind::Line, true, true, true);
}

#[test]
fn geopackage() {
    same(Format::GeoPackage, GeometryKind::Any, true, true, true);
}

#[test]
fn flatgeobuf() {
    same(Format::FlatGeobuf, GeometryKind::Any, true, false, false);
    same(Format::FlatGeobuf, GeometryKind::Polygon, false, false, false);
}

#[test]
fn geoparquet() {
    same(Format::GeoParquet, GeometryKind::Any, true, true, true);
}

#[test]
fn kml() {
    same(Format::Kml, GeometryKind::Any, true, true, true);
    same(Format::Kmz, GeometryKind::Polygon, true, true, true);
}

#[test]
fn gpx() {
    same(Format::Gpx, GeometryKind::Point, false, true, false);
    same(Format::Gpx, GeometryKind::Line, false, true, false);
}

/// Shapefile turns rings the other way: areas are compared by their vertices.
#[test]
fn shapefile_areas() {
    let schema = schema(&FIELDS, GeometryKind::Polygon);
    let config = ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(features in features(GeometryKind::Polygon, true))| {
        let found = back(Format::Shapefile, &schema, Crs::Crs84, &features);
        for (found, wanted) in found.iter().zip(&features) {
            prop_assert_eq!(&found.values, &wanted.values);
            prop_assert_eq!(turned(found), turned(wanted));
        }
    });
}

fn turned(feature: &Feature) -> Option<Vec<Vec<Coord<f64>>>> {
    let rings = |polygon: &Polygon<f64>| {
        std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(sorted).collect::<Vec<_>>()
    };
    fn sorted(ring: &LineString<f64>) -> Vec<Coord<f64>> {
        let mut all = ring.0.clone();
        all.sort_by(|a, b| (a.x, a.y).partial_cmp(&(b.x, b.y)).unwrap());
        all
    }
    Some(match feature.geometry.as_ref()? {
        Geometry::Polygon(one) => rings(one),
        Geometry::MultiPolygon(many) => many.0.iter().flat_map(rings).collect(),
        other => panic!("{other:?}"),
    })
}

#[test]
fn formats_that_keep_a_reference_system_say_which() {
    let schema = schema(&[("a", Kind::Integer)], GeometryKind::Point);
    let at = Some(Geometry::Point(Point::new(198_056.25, 551_885.5)));
    let features = [Feature { id: Some("f0".into()), geometry: at.clone(), values: vec![Value::Integer(1)] }];
    for format in [Format::Shapefile, Format::GeoPackage, Format::FlatGeobuf, Format::GeoParquet] {
        for crs in [Crs::Epsg(5186), Crs::Epsg(5179), Crs::WEB_MERCATOR, Crs::Epsg(32652)] {
            assert_eq!(back(format, &schema, crs, &features)[0].geometry, at, "{format} {crs}");
        }
    }
    for format in [Format::GeoJson, Format::Kml] {
        let found = back(format, &schema, Crs::Epsg(5186), &features);
        let Some(Geometry::Point(at)) = found[0].geometry else { panic!("no point") };
        assert!((at.x() - 126.978).abs() < 1e-3 && (at.y() - 37.5665).abs() < 1e-3, "{at:?}");
    }
}

#[test]
fn a_table_without_places() {
    let schema = schema(&FIELDS, GeometryKind::None);
    let values =
        vec![Value::Text("가".into()), Value::Integer(7), Value::Null, Value::Boolean(true), Value::Null, Value::Null];
    let features = [Feature { id: Some("f0".into()), geometry: None, values }];
    for format in [Format::GeoJson, Format::Csv, Format::GeoPackage, Format::GeoParquet, Format::Kml] {
        let bytes = written(format, &schema, Crs::Crs84, &features);
        let (_keep, path) = file(&format!("layer.{}", format.ending()), bytes);
        let (all, _) = read(&path, &Options { schema: Some(schema.clone()), ..Options::default() }).unwrap();
        assert_eq!(all[0].values, features[0].values, "{format}");
        assert_eq!(all[0].geometry, None);
    }
}
