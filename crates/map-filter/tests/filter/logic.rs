//! What matches: of a house with everything and one of which nothing is known.

use geo_types::Geometry;
use map_feature::{Crs, Feature};
use map_filter::{Filter, Options};

use crate::rows::{Row, houses, matching, schema};

const BOTH: (bool, bool) = (true, true);
const KNOWN: (bool, bool) = (true, false);
const UNKNOWN: (bool, bool) = (false, true);
const NEITHER: (bool, bool) = (false, false);

#[test]
fn unknown_is_no_match_and_its_contrary_neither() {
    for (text, expected) in [
        ("floors > 5", KNOWN),
        ("NOT floors > 5", NEITHER),
        ("NOT floors > 50", KNOWN),
        ("floors IS NULL", UNKNOWN),
        ("floors IS NOT NULL", KNOWN),
        ("floors > 5 OR id = 'h2'", BOTH),
        ("floors > 5 AND id = 'h2'", NEITHER),
        ("NOT (floors > 5 AND id = 'h1')", UNKNOWN),
        ("floors NOT IN (1, 2)", KNOWN),
        ("floors NOT BETWEEN 1 AND 2", KNOWN),
        ("name NOT LIKE 'x'", KNOWN),
        ("public", KNOWN),
        ("public = true", KNOWN),
        ("NOT public", NEITHER),
        ("(floors > 5) IS NULL", UNKNOWN),
        ("geometry IS NULL", UNKNOWN),
        ("geometry IS NOT NULL", KNOWN),
        ("TRUE", BOTH),
        ("1 = 2 OR FALSE", NEITHER),
    ] {
        assert_eq!(matching(text), expected, "{text}");
    }
}

#[test]
fn numbers_and_texts() {
    for (text, expected) in [
        ("floors = 12.0", KNOWN),
        ("height = 81 / 2", KNOWN),
        ("floors div 5 = 2 AND floors % 5 = 2", KNOWN),
        ("floors - 2 * 3 ^ 2 = -6", KNOWN),
        ("-floors = -12", KNOWN),
        ("floors / 0 = 1", NEITHER),
        ("floors + 9223372036854775807 > 9223372036854775807", NEITHER),
        ("floors + 9223372036854775807 >= 9223372036854775807", KNOWN),
        ("floors IN (1 + 1, 3 * 4)", KNOWN),
        ("height IN (floors, 40.5)", KNOWN),
        ("CASEI(name) = CASEI('STRASSE')", KNOWN),
        ("ACCENTI(name) LIKE 'Stra_e'", KNOWN),
        ("name LIKE 'S%e'", KNOWN),
        ("upper(name) = 'STRASSE' AND char_length(name) = 6", KNOWN),
        ("round(height) = 41 AND floor(height) = 40", KNOWN),
        ("id = 'h1'", KNOWN),
    ] {
        assert_eq!(matching(text), expected, "{text}");
    }
}

#[test]
fn days_and_moments() {
    for (text, expected) in [
        ("built = DATE('2020-02-29')", KNOWN),
        ("built = '2020-02-29'", KNOWN),
        ("seen > DATE('2026-11-23') AND seen < DATE('2026-11-25')", KNOWN),
        ("seen = DATE('2026-11-24')", KNOWN),
        ("seen > DATE('2026-11-24') OR seen < DATE('2026-11-24')", NEITHER),
        ("T_INTERSECTS(seen, DATE('2026-11-24'))", KNOWN),
        ("T_DURING(seen, DATE('2026-11-24'))", KNOWN),
        ("T_EQUALS(seen, DATE('2026-11-24'))", NEITHER),
        ("T_BEFORE(built, seen)", KNOWN),
        ("T_DURING(INTERVAL(built, seen), INTERVAL('2020-01-01', '..'))", KNOWN),
        ("T_MEETS(INTERVAL('2019-01-01', '2020-02-29'), INTERVAL(built, '..'))", KNOWN),
        ("seen = TIMESTAMP('2026-11-24T21:00:00+09:00')", KNOWN),
        ("year(built) = 2020 AND month(built) = 2 AND day(seen) = 24", KNOWN),
    ] {
        assert_eq!(matching(text), expected, "{text}");
    }
}

#[test]
fn arrays_are_sets() {
    for (text, expected) in [
        ("A_CONTAINS(tags, ('library'))", KNOWN),
        ("A_CONTAINS(tags, ('library', 'pool'))", NEITHER),
        ("A_CONTAINEDBY(tags, ('pool', 'library', 'hall'))", KNOWN),
        ("A_EQUALS(tags, ('library', 'hall', 'hall'))", KNOWN),
        ("A_OVERLAPS(('pool', 'hall'), tags)", KNOWN),
        ("A_OVERLAPS(('pool', 1, DATE('2020-01-01')), tags)", NEITHER),
        ("A_CONTAINS((1, 2), ())", BOTH),
        ("A_EQUALS(tags, (name))", NEITHER),
    ] {
        assert_eq!(matching(text), expected, "{text}");
    }
}

#[test]
fn places() {
    for (text, expected) in [
        ("S_WITHIN(geometry, BBOX(126, 37, 127, 38))", KNOWN),
        ("S_INTERSECTS(BBOX(126, 37, 0, 127, 38, 100), geom)", KNOWN),
        ("S_DISJOINT(geometry, POINT(126.978 37.5665))", NEITHER),
        ("S_EQUALS(geometry, POINT(126.978 37.5665))", KNOWN),
        ("S_TOUCHES(geometry, LINESTRING(126.978 37.5665, 127 38))", KNOWN),
        ("S_INTERSECTS(geometry, BBOX(170, 30, 130, 40))", KNOWN),
        ("S_EQUALS(geometry, geometry)", KNOWN),
        ("S_CONTAINS(BBOX(0, 0, 2, 2), POINT(1 1))", BOTH),
        ("distance(geometry, POINT(126.978 37.5755)) < 1000", KNOWN),
        ("distance(geometry, POINT(126.978 37.5756)) < 1000", NEITHER),
        ("distance(geometry, POINT(126.978 37.5755)) BETWEEN 998 AND 1000", KNOWN),
    ] {
        assert_eq!(matching(text), expected, "{text}");
    }
}

#[test]
fn areas_and_lengths_on_the_ellipsoid() {
    let [mut house, _] = houses();
    // A ten-thousandth of a degree: 8.83 m by 11.10 m here.
    house.geometry = Some(geo::Rect::new((126.978, 37.5665), (126.9781, 37.5666)).to_polygon().into());
    let matches = |text: &str| Filter::parse_text(text, &schema()).unwrap().matches(&Row(&house));
    assert!(matches("area(geometry) BETWEEN 97.5 AND 98.5"));
    assert!(matches("length(geometry) BETWEEN 39.8 AND 39.95"));
}

#[test]
fn coordinates_stand_in_the_order_of_their_register() {
    let [house, _] = houses();
    let tried = |text: &str, crs: &str| {
        let options = Options { crs: crs.parse().unwrap(), queryables: None };
        let filter = Filter::text(text, &schema(), &options).unwrap();
        (filter.matches(&Row(&house)), filter.area())
    };
    assert!(tried("S_WITHIN(geometry, BBOX(37, 126, 38, 127))", "EPSG:4326").0);
    assert!(!tried("S_WITHIN(geometry, BBOX(126, 37, 127, 38))", "EPSG:4326").0);
    let (found, area) = tried("S_WITHIN(geometry, BBOX(551000, 197000, 553000, 199000))", "EPSG:5186");
    assert!(found);
    let area = area.unwrap();
    assert!((area.west - 126.966).abs() < 0.001 && (area.north - 37.5765).abs() < 0.001, "{area:?}");
    assert!(tried("S_INTERSECTS(geometry, BBOX(14135000, 4518000, 14136000, 4520000))", "EPSG:3857").0);
    let distant = Options { crs: Crs::Epsg(5186), queryables: None };
    assert!(Filter::text("S_WITHIN(geometry, BBOX(2, 1, 1, 2))", &schema(), &distant).is_err());
}

/// Straight edges, holes, parts within holes: the quick ways and the whole matrix say the same.
#[test]
fn what_lies_in_a_hole_is_outside() {
    let ring = "POLYGON((0 0, 9 0, 9 9, 0 9, 0 0), (3 3, 6 3, 6 6, 3 6, 3 3))";
    let with = |geometry: Geometry<f64>| Feature { geometry: Some(geometry), ..houses()[0].clone() };
    let small = |x: f64, y: f64| geo::Rect::new((x, y), (x + 0.5, y + 0.5)).to_polygon();
    let (inside, hole) = (with(small(1.0, 1.0).into()), with(small(4.0, 4.0).into()));
    let around = with(geo::Rect::new((1.0, 1.0), (8.0, 8.0)).to_polygon().into());
    let parts = with(geo::MultiPolygon(vec![small(1.0, 1.0), small(4.0, 4.0)]).into());
    for (op, expected) in [
        ("S_INTERSECTS", [true, false, true, true]),
        ("S_DISJOINT", [false, true, false, false]),
        ("S_WITHIN", [true, false, false, false]),
        ("S_OVERLAPS", [false, false, true, true]),
        ("S_CONTAINS", [false, false, false, false]),
    ] {
        let filter = Filter::parse_text(&format!("{op}(geometry, {ring})"), &schema()).unwrap();
        let found = [&inside, &hole, &around, &parts].map(|feature| filter.matches(&Row(feature)));
        assert_eq!(found, expected, "{op}");
    }
}

#[test]
fn the_area_holds_for_all_of_an_or_and_for_one_of_an_and() {
    let area = |text: &str| Filter::parse_text(text, &schema()).unwrap().area();
    assert_eq!(area("floors > 5"), None);
    assert_eq!(area("S_DISJOINT(geometry, BBOX(0, 0, 1, 1))"), None);
    assert_eq!(area("NOT S_INTERSECTS(geometry, BBOX(0, 0, 1, 1))"), None);
    assert_eq!(area("S_INTERSECTS(geometry, BBOX(0, 0, 1, 1)) OR floors > 5"), None);
    let west_east = |text: &str| area(text).map(|area| (area.west, area.east));
    assert_eq!(west_east("S_INTERSECTS(geometry, BBOX(0, 0, 1, 1)) AND floors > 5"), Some((0.0, 1.0)));
    assert_eq!(
        west_east("S_INTERSECTS(geometry, BBOX(0, 0, 1, 1)) OR S_WITHIN(geometry, BBOX(5, 0, 6, 1))"),
        Some((0.0, 6.0))
    );
    let (west, east) = west_east("distance(geometry, POINT(127 37)) < 1000").unwrap();
    assert!(west < 127.0 - 0.0112 && east > 127.0 + 0.0112 && east < 127.02, "{west} {east}");
}

#[test]
fn threads_share_a_filter() {
    fn shared<T: Send + Sync>() {}
    shared::<Filter>();
}
