//! What an edition and its changes answer, beside a plain map of the same features.

mod town;

use std::sync::atomic::{AtomicBool, Ordering};

use map_feature::{Bounds, Crs, Feature, Value};
use map_segment::{Ask, Change, Found, Live, Row, RowAccess};
use proptest::prelude::*;
use town::*;

fn agree(live: &Live, judge: &Judge, area: Option<Bounds>) -> Result<(), TestCaseError> {
    let expected: Vec<&Feature> =
        judge.values().filter(|feature| area.is_none_or(|area| meets(feature, area))).collect();
    prop_assert_eq!(live.count(area), expected.len() as u64);
    let all = live.items(&Ask { area, limit: u64::MAX, ..Ask::default() }).unwrap();
    prop_assert_eq!(all.matched, expected.len() as u64);
    let mut found: Vec<&Feature> = all.features.iter().map(|found| &found.feature).collect();
    found.sort_by(|a, b| a.id.cmp(&b.id));
    prop_assert_eq!(found, expected);

    // Pages are pieces of the whole.
    for (offset, limit) in [(0, 3), (2, 5), (7, 1), (all.matched, 2), (1, 0)] {
        let page = live.items(&Ask { area, offset, limit, ..Ask::default() }).unwrap();
        let piece: Vec<Found> = all.features.iter().skip(offset as usize).take(limit as usize).cloned().collect();
        prop_assert_eq!(&page.features, &piece);
        prop_assert_eq!(page.matched, all.matched);
        let test = |row: &Row<'_>| row.value(3) == Value::Boolean(true);
        let passing: Vec<Found> =
            all.features.iter().filter(|found| found.feature.values[3] == Value::Boolean(true)).cloned().collect();
        let page = live.items(&Ask { area, offset, limit, test: Some(&test), exact: true }).unwrap();
        prop_assert_eq!(page.matched, passing.len() as u64);
        let piece: Vec<Found> = passing.into_iter().skip(offset as usize).take(limit as usize).collect();
        prop_assert_eq!(&page.features, &piece);
        let page = live.items(&Ask { area, offset, limit, test: Some(&test), exact: false }).unwrap();
        prop_assert_eq!(&page.features, &piece);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn an_edition_answers_as_a_list_does(features in prop::collection::vec(feature(), 0..300), areas in prop::collection::vec(area(), 3)) {
        let (_folder, edition, summary) = written(&features, Crs::Crs84);
        let judge = judge(&features);
        prop_assert_eq!(summary.features, features.len() as u64);
        prop_assert_eq!(summary.without_place, features.iter().filter(|feature| feature.bounds().is_none()).count() as u64);
        prop_assert_eq!(summary.bounds, features.iter().filter_map(Feature::bounds).reduce(Bounds::joined));
        edition.verify().unwrap();
        for (id, feature) in &judge {
            let row = edition.row_of(id).unwrap();
            prop_assert_eq!(&edition.feature(row).unwrap(), feature);
            prop_assert_eq!(&edition.id(row), id);
            for (field, value) in feature.values.iter().enumerate() {
                prop_assert_eq!(&edition.value(row, field), value);
            }
        }
        prop_assert_eq!(edition.row_of("nobody"), None);
        prop_assert_eq!(edition.row_of("0"), None);
        let live = live(edition);
        agree(&live, &judge, None)?;
        for area in areas {
            agree(&live, &judge, Some(area))?;
        }
    }

    #[test]
    fn changes_are_seen_at_once(
        features in prop::collection::vec(feature(), 0..60),
        changes in prop::collection::vec((0..90usize, prop::option::weighted(0.7, feature())), 0..60),
        area in area(),
    ) {
        let (_folder, edition, _) = written(&features, Crs::Crs84);
        let mut judge = judge(&features);
        let live = live(edition);
        let mut versions = std::collections::BTreeMap::new();
        for (number, feature) in changes {
            let id = number.to_string();
            let before = judge.get(&id).and_then(Feature::bounds);
            let version = versions.entry(id.clone()).and_modify(|version| *version += 1).or_insert(2);
            let touched = live.apply(Change { id: id.clone(), version: *version, feature: feature.clone() }).unwrap();
            prop_assert_eq!(touched.after, feature.as_ref().and_then(Feature::bounds));
            prop_assert_eq!(touched.before.is_some(), before.is_some());
            match feature {
                Some(feature) => { judge.insert(id.clone(), Feature { id: Some(id.clone()), ..feature }); }
                None => { judge.remove(&id); }
            }
            let found = live.get(&id).unwrap();
            prop_assert_eq!(found.as_ref().map(|found| &found.feature), judge.get(&id));
            prop_assert!(found.is_none_or(|found| found.version == *version));
        }
        agree(&live, &judge, None)?;
        agree(&live, &judge, Some(area))?;

        // Folded into a new edition they are the same, and nothing is left to remember.
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("next");
        prop_assert_eq!(live.fold(&folder, &mut |_| {}).unwrap().features, judge.len() as u64);
        live.adopt(std::sync::Arc::new(map_segment::Edition::open(&folder).unwrap()));
        prop_assert_eq!(live.changes(), 0);
        agree(&live, &judge, Some(area))?;
        for (id, version) in versions {
            prop_assert!(live.get(&id).unwrap().is_none_or(|found| found.version == version));
        }
    }
}

#[test]
fn ids_are_permanent_and_nobody_has_two() {
    let named =
        |id: Option<&str>| Feature { id: id.map(str::to_owned), values: vec![Value::Null; 6], ..Feature::default() };
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("edition");
    let mut writer = map_segment::EditionWriter::create(&folder, &schema(), Crs::Crs84).unwrap();
    writer.push(named(Some("2"))).unwrap();
    writer.push(named(Some("way/7"))).unwrap();
    writer.push(named(None)).unwrap();
    writer.push(named(None)).unwrap();
    for id in ["2", "way/7", "1", "3"] {
        assert!(writer.push(named(Some(id))).is_err(), "{id}");
    }
    writer.push(named(Some("03"))).unwrap();
    writer.finish(&mut |_| {}).unwrap();
    let edition = map_segment::Edition::open(&folder).unwrap();
    let ids: Vec<String> = (0..5).map(|row| edition.id(row)).collect();
    assert_eq!(ids, ["2", "way/7", "1", "3", "03"]);
    for (row, id) in ids.iter().enumerate() {
        assert_eq!(edition.row_of(id), Some(row as u32));
    }
}

#[test]
fn what_does_not_fit_is_refused_and_the_next_may_come() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("edition");
    let mut writer = map_segment::EditionWriter::create(&folder, &schema(), Crs::Crs84).unwrap();
    let mut values = vec![Value::Null; 6];
    assert!(writer.push(Feature { values: values[..5].to_vec(), ..Feature::default() }).is_err());
    values[0] = Value::Integer(1);
    assert!(writer.push(Feature { values: values.clone(), ..Feature::default() }).is_err());
    values[0] = Value::Text("Town Hall".to_owned());
    values[2] = Value::Integer(7);
    let nowhere = geo_types::Geometry::Point(geo_types::Point::new(f64::NAN, 1.0));
    assert!(writer.push(Feature { geometry: Some(nowhere), values: values.clone(), ..Feature::default() }).is_err());
    writer.push(Feature { values, ..Feature::default() }).unwrap();
    assert!(map_segment::EditionWriter::create(&folder, &schema(), Crs::Crs84).is_err(), "the folder is taken");
    assert!(map_segment::Edition::open(&folder).is_err(), "nothing is finished");
    assert_eq!(writer.finish(&mut |_| {}).unwrap().features, 1);
    let edition = map_segment::Edition::open(&folder).unwrap();
    assert_eq!(edition.value(0, 2), Value::Number(7.0));
}

#[test]
fn the_edges_of_the_world_are_places_too() {
    let ends = [(-180.0, -90.0), (180.0, 90.0), (0.0, 0.0), (-180.0, 90.0), (180.0, -90.0)];
    let features: Vec<Feature> = ends
        .iter()
        .map(|at| {
            let geometry = Some(geo_types::Point::from(*at).into());
            Feature { id: None, geometry, values: vec![Value::Null; 6] }
        })
        .collect();
    let (_folder, edition, _) = written(&features, Crs::Crs84);
    let live = live(edition);
    let whole = Bounds { west: -180.0, south: -90.0, east: 180.0, north: 90.0 };
    assert_eq!(live.count(Some(whole)), 5);
    assert_eq!(live.bounds(), Some(whole));
    assert_eq!(live.count(Some(Bounds { west: 179.0, south: 80.0, east: 180.0, north: 90.0 })), 1);
    let view = map_segment::View { layer: "ends", fields: &[], rows: None };
    for (x, y) in [(0, 0), (7, 0), (0, 7), (7, 7)] {
        assert_eq!(town::mvt::read(&live.tile(3, x, y, &view).unwrap()).1.len(), 1, "{x}/{y}");
    }
    assert_eq!(town::mvt::read(&live.tile(0, 0, 0, &view).unwrap()).1.len(), 5);
    for (lon, lat) in ends {
        assert!(!live.near((lon, lat), 1, 1.0).is_empty(), "{lon} {lat}");
    }
}

#[test]
fn readers_see_one_state_and_never_wait() {
    let at = |lon: f64| {
        let geometry = Some(geo_types::Point::new(lon, 37.5).into());
        Feature { id: None, geometry, values: vec![Value::Null; 6] }
    };
    let features: Vec<Feature> = (0..1000).map(|number| at(if number % 2 == 0 { 126.0 } else { 127.0 })).collect();
    let (_folder, edition, _) = written(&features, Crs::Crs84);
    let live = live(edition);
    let all = Bounds { west: 125.0, south: 37.0, east: 128.0, north: 38.0 };
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while !done.load(Ordering::Relaxed) {
                    let page = live.items(&Ask { area: Some(all), offset: 990, limit: 20, ..Ask::default() }).unwrap();
                    assert_eq!((page.matched, page.features.len()), (1000, 10));
                    assert_eq!(live.count(None), 1000);
                }
            });
        }
        for version in 2..3000u64 {
            let id = (version % 1000 + 1).to_string();
            let lon = if version % 3 == 0 { 126.0 } else { 127.0 };
            live.apply(Change { id, version, feature: Some(at(lon)) }).unwrap();
        }
        done.store(true, Ordering::Relaxed);
    });
    assert_eq!(live.changes(), 1000);
}

#[test]
fn an_older_change_is_passed_over_and_the_same_one_changes_nothing() {
    let (_folder, edition, _) = written(&[], Crs::Crs84);
    let live = live(edition);
    let place = |lon: f64| Feature {
        id: None,
        geometry: Some(geo_types::Point::new(lon, 37.5).into()),
        values: vec![Value::Null; 6],
    };
    let change = |version, feature| live.apply(Change { id: "a".to_owned(), version, feature }).unwrap();
    assert_eq!(change(3, Some(place(126.0))).before, None);
    assert_eq!(change(2, Some(place(127.0))), map_segment::Touched::default());
    let again = change(3, Some(place(126.0)));
    assert_eq!(again.before, again.after);
    assert_eq!(live.count(None), 1);
    change(4, None);
    change(3, Some(place(126.0)));
    assert_eq!((live.count(None), live.get("a").unwrap()), (0, None));
}
