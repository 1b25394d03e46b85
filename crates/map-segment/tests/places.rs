//! What is near and what covers a place, beside looking at all.

mod town;

use geo::{Distance, Euclidean, HaversineMeasure, Intersects};
use geo_types::{Coord, Geometry, Point, Polygon};
use map_feature::{Crs, Feature, Transformer, Value};
use map_segment::Change;
use proptest::prelude::*;
use town::*;

fn covers(geometry: &Geometry<f64>, at: Coord<f64>) -> bool {
    match geometry {
        Geometry::Polygon(polygon) => polygon.intersects(&at),
        Geometry::MultiPolygon(polygons) => polygons.iter().any(|polygon: &Polygon<f64>| polygon.intersects(&at)),
        Geometry::GeometryCollection(all) => all.iter().any(|one| covers(one, at)),
        _ => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_nearest_come_first_and_polygons_cover(
        features in prop::collection::vec(feature(), 0..120),
        changes in prop::collection::vec((0..150usize, prop::option::weighted(0.7, feature())), 0..20),
        at in coord(),
        k in 0..20usize,
        within in prop_oneof![Just(f64::INFINITY), 0.0..5000.0f64],
    ) {
        let (_folder, edition, _) = written(&features, Crs::Crs84);
        let mut judge = judge(&features);
        let live = live(edition);
        for (id, feature) in changes {
            let id = id.to_string();
            live.apply(Change { id: id.clone(), version: 2, feature: feature.clone() }).unwrap();
            match feature {
                Some(feature) => { judge.insert(id.clone(), Feature { id: Some(id), ..feature }); }
                None => { judge.remove(&id); }
            }
        }
        // Metres by the same plane, but for every feature.
        let phi = at.y.to_radians();
        let north = 111_132.954 - 559.822 * (2.0 * phi).cos() + 1.175 * (4.0 * phi).cos();
        let east = 111_412.84 * phi.cos() - 93.5 * (3.0 * phi).cos() + 0.118 * (5.0 * phi).cos();
        let mut expected: Vec<f64> = judge.values().filter(|feature| feature.bounds().is_some()).filter_map(|feature| {
            let flat = geo::MapCoords::map_coords(feature.geometry.as_ref()?, |c| Coord { x: (c.x - at.x) * east, y: (c.y - at.y) * north });
            Some(Euclidean.distance(&flat, &Point::new(0.0, 0.0)))
        }).filter(|distance| *distance <= within).collect();
        expected.sort_by(f64::total_cmp);
        expected.truncate(k);
        let found = live.near((at.x, at.y), k, within);
        prop_assert_eq!(found.iter().map(|(_, distance)| *distance).collect::<Vec<_>>(), expected);
        for (one, _) in &found {
            prop_assert_eq!(judge.get(one.feature.id.as_ref().unwrap()), Some(&one.feature));
        }

        let mut covering: Vec<String> = live.covering(at.x, at.y).into_iter().filter_map(|found| found.feature.id).collect();
        covering.sort();
        let expected: Vec<&String> = judge.iter().filter(|(_, feature)| feature.geometry.as_ref().is_some_and(|geometry| covers(geometry, at))).map(|(id, _)| id).collect();
        prop_assert_eq!(covering.iter().collect::<Vec<_>>(), expected);
    }
}

#[test]
fn a_layer_in_koreas_belt_is_found_by_degrees() {
    let to = Transformer::new(Crs::Crs84, Crs::Epsg(5186)).unwrap();
    let hall = to.point(Coord { x: 126.978, y: 37.5665 }).unwrap();
    let around = geo_types::Rect::new(
        Coord { x: hall.x - 50.0, y: hall.y - 50.0 },
        Coord { x: hall.x + 50.0, y: hall.y + 50.0 },
    );
    let values = vec![Value::Null; 6];
    let far = Point(Coord { x: hall.x + 1000.0, y: hall.y });
    let features = [
        Feature { id: None, geometry: Some(around.to_polygon().into()), values: values.clone() },
        Feature { id: None, geometry: Some(far.into()), values },
    ];
    let (_folder, edition, summary) = written(&features, Crs::Epsg(5186));
    let bounds = summary.bounds.unwrap();
    assert!((bounds.west - 126.9774).abs() < 1e-3 && (bounds.south - 37.566).abs() < 1e-3, "{bounds:?}");
    let live = live(edition);
    assert_eq!(live.count(Some(bounds)), 2);
    let covering = live.covering(126.978, 37.5665);
    assert_eq!(covering.len(), 1);
    assert_eq!(covering[0].feature.geometry, features[0].geometry, "to the last bit");
    let near = live.near((126.978, 37.5665), 2, 2000.0);
    assert_eq!(near[0].1, 0.0);
    assert!((near[1].1 - 1000.0).abs() < 1.0, "{}", near[1].1);
    let back = Transformer::new(Crs::Epsg(5186), Crs::Crs84).unwrap().point(far.0).unwrap();
    let sphere = HaversineMeasure::GRS80_MEAN_RADIUS.distance(Point::new(126.978, 37.5665), Point(back));
    assert!((near[1].1 - sphere).abs() < 5.0, "{sphere}");
}
