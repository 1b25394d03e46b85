//! Towns made up for tests, and a slow but plain judge of what the answers should be.
#![allow(dead_code, reason = "each test takes what it needs")]

pub mod mvt;

use std::{collections::BTreeMap, sync::Arc};

use geo_types::{
    Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon,
};
use map_feature::{Bounds, Crs, Feature, Field, GeometryKind, Kind, Schema, Value};
use map_segment::{Edition, EditionWriter, Live, Summary};
use proptest::prelude::*;

pub fn schema() -> Schema {
    let fields = [
        ("name", Kind::Text),
        ("floors", Kind::Integer),
        ("height", Kind::Number),
        ("listed", Kind::Boolean),
        ("built", Kind::Date),
        ("seen", Kind::Instant),
    ];
    let fields = fields.map(|(name, kind)| Field::new(name, kind)).to_vec();
    Schema { fields, geometry: GeometryKind::Any }
}

/// Within a box of some kilometres in Seoul, on a grid coarse enough that edges and corners often meet.
pub fn coord() -> impl Strategy<Value = Coord<f64>> {
    // Steps of 1/4096 are exact in binary.
    (0..400i32, 0..400i32)
        .prop_map(|(x, y)| Coord { x: 126.75 + f64::from(x) / 4096.0, y: 37.5 + f64::from(y) / 4096.0 })
}

fn line() -> impl Strategy<Value = LineString<f64>> {
    prop::collection::vec(coord(), 2..6).prop_map(LineString::new)
}

fn polygon() -> impl Strategy<Value = Polygon<f64>> {
    (coord(), 1..40i32, 1..40i32, any::<bool>(), any::<bool>()).prop_map(|(at, w, h, hole, turned)| {
        let (w, h) = (f64::from(w) / 4096.0, f64::from(h) / 4096.0);
        let ring = |x0: f64, y0: f64, x1: f64, y1: f64| {
            let mut ring = vec![(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)];
            if turned {
                ring.reverse();
            }
            LineString::from(ring)
        };
        let inner = ring(at.x + w / 4.0, at.y + h / 4.0, at.x + w / 2.0, at.y + h / 2.0);
        Polygon::new(ring(at.x, at.y, at.x + w, at.y + h), if hole { vec![inner] } else { vec![] })
    })
}

pub fn geometry() -> impl Strategy<Value = Geometry<f64>> {
    let simple = prop_oneof![
        coord().prop_map(|at| Geometry::Point(Point(at))),
        prop::collection::vec(coord(), 0..4)
            .prop_map(|all| Geometry::MultiPoint(MultiPoint(all.into_iter().map(Point).collect()))),
        line().prop_map(Geometry::LineString),
        prop::collection::vec(line(), 1..3).prop_map(|all| Geometry::MultiLineString(MultiLineString(all))),
        polygon().prop_map(Geometry::Polygon),
        prop::collection::vec(polygon(), 1..3).prop_map(|all| Geometry::MultiPolygon(MultiPolygon(all))),
    ];
    simple.prop_recursive(2, 6, 3, |inner| {
        prop::collection::vec(inner, 0..3).prop_map(|all| Geometry::GeometryCollection(GeometryCollection(all)))
    })
}

pub fn values() -> impl Strategy<Value = Vec<Value>> {
    let text = prop::option::of("[a-c가-나]{0,3}");
    let height =
        prop_oneof![Just(None), (-1000i32..9000).prop_map(|n| Some(f64::from(n) / 10.0)), any::<f64>().prop_map(Some)];
    let built = prop::option::of((-100i16..3000, 1..13i8, 1..29i8));
    let seen = prop::option::of((-9_000_000_000i64..9_000_000_000, 0..1_000_000_000i32));
    (text, any::<Option<i64>>(), height, any::<Option<bool>>(), built, seen).prop_map(
        |(text, floors, height, listed, built, seen)| {
            let height = height.filter(|number| number.is_finite());
            vec![
                text.map_or(Value::Null, Value::Text),
                floors.map_or(Value::Null, Value::Integer),
                height.map_or(Value::Null, Value::Number),
                listed.map_or(Value::Null, Value::Boolean),
                built.map_or(Value::Null, |(y, m, d)| Value::Date(jiff::civil::date(y, m, d))),
                seen.map_or(Value::Null, |(s, n)| Value::Instant(jiff::Timestamp::new(s, n).unwrap())),
            ]
        },
    )
}

pub fn feature() -> impl Strategy<Value = Feature> {
    (prop::option::weighted(0.9, geometry()), values()).prop_map(|(geometry, values)| Feature {
        id: None,
        geometry,
        values,
    })
}

pub fn written(features: &[Feature], crs: Crs) -> (tempfile::TempDir, Edition, Summary) {
    let around = tempfile::tempdir().unwrap();
    let folder = around.path().join("edition");
    let mut writer = EditionWriter::create(&folder, &schema(), crs).unwrap();
    for feature in features {
        writer.push(feature.clone()).unwrap();
    }
    let summary = writer.finish(&mut |_| {}).unwrap();
    (around, Edition::open(&folder).unwrap(), summary)
}

/// The same features in a map, by id.
pub type Judge = BTreeMap<String, Feature>;

pub fn judge(features: &[Feature]) -> Judge {
    let named = features.iter().enumerate().map(|(number, feature)| {
        let id = feature.id.clone().unwrap_or_else(|| (number + 1).to_string());
        (id.clone(), Feature { id: Some(id), ..feature.clone() })
    });
    named.collect()
}

/// Tests lie on the grid, so a centimetre decides nothing: boxes touch or lie a grid's step apart.
pub fn meets(feature: &Feature, area: Bounds) -> bool {
    feature.bounds().is_some_and(|bounds| bounds.meets(area))
}

pub fn area() -> impl Strategy<Value = Bounds> {
    (coord(), coord()).prop_map(|(a, b)| Bounds {
        west: a.x.min(b.x),
        south: a.y.min(b.y),
        east: a.x.max(b.x),
        north: a.y.max(b.y),
    })
}

pub fn live(edition: Edition) -> Live {
    Live::new(Arc::new(edition))
}
