//! What is wrong with geometries, and whether it can be mended.

use std::time::Instant;

use geo::{Area, Relate, Validation};
use geo_types::{Coord, Geometry, GeometryCollection, LineString, MultiPolygon, Polygon};
use map_feature::validity::{Fault, Limits, Unrepairable, findings, is_valid, repaired};
use proptest::prelude::*;

fn ring(coords: &[(f64, f64)]) -> LineString<f64> {
    coords.iter().copied().collect()
}

fn polygon(rings: &[&[(f64, f64)]]) -> Polygon<f64> {
    Polygon::new(ring(rings[0]), rings[1..].iter().map(|coords| ring(coords)).collect())
}

fn square(x: f64, y: f64, size: f64) -> Vec<(f64, f64)> {
    vec![(x, y), (x + size, y), (x + size, y + size), (x, y + size), (x, y)]
}

fn hole(x: f64, y: f64, size: f64) -> Vec<(f64, f64)> {
    square(x, y, size).into_iter().rev().collect()
}

fn faults(geometry: impl Into<Geometry<f64>>) -> Vec<Fault> {
    let mut faults: Vec<Fault> =
        findings(&geometry.into(), Limits::default()).into_iter().map(|finding| finding.fault).collect();
    faults.dedup();
    faults
}

#[test]
fn each_fault_is_found() {
    let big = square(0.0, 0.0, 9.0);
    for (what, expected, rings) in [
        ("fine", None, vec![big.clone(), hole(1.0, 1.0, 2.0), hole(4.0, 4.0, 2.0)]),
        ("holes touch in a corner", None, vec![big.clone(), hole(1.0, 1.0, 2.0), hole(3.0, 3.0, 2.0)]),
        ("hole touches the outer ring", None, vec![big.clone(), vec![(0.0, 4.0), (2.0, 5.0), (2.0, 3.0), (0.0, 4.0)]]),
        ("clockwise", Some(Fault::Direction), vec![hole(0.0, 0.0, 9.0)]),
        (
            "bow-tie",
            Some(Fault::SelfIntersection),
            vec![vec![(0.0, 0.0), (4.0, 4.0), (4.0, 0.0), (0.0, 5.0), (0.0, 0.0)]],
        ),
        (
            "touches itself",
            Some(Fault::SelfIntersection),
            vec![vec![(0.0, 0.0), (8.0, 0.0), (8.0, 4.0), (4.0, 0.0), (0.0, 4.0), (0.0, 0.0)]],
        ),
        (
            "spike",
            Some(Fault::Spike),
            vec![vec![(0.0, 0.0), (4.0, 0.0), (9.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 0.0)]],
        ),
        ("too few", Some(Fault::TooFewPoints), vec![vec![(0.0, 0.0), (4.0, 0.0), (0.0, 0.0)]]),
        ("hole outside", Some(Fault::HoleOutside), vec![big.clone(), hole(20.0, 0.0, 2.0)]),
        ("hole crosses", Some(Fault::RingsCross), vec![big.clone(), hole(8.0, 4.0, 2.0)]),
        ("hole shares an edge", Some(Fault::RingsCross), vec![big.clone(), hole(0.0, 4.0, 2.0)]),
        (
            "holes cut the inside in two",
            Some(Fault::InteriorSplit),
            vec![big.clone(), vec![(0.0, 4.0), (9.0, 5.0), (5.0, 4.0), (0.0, 4.0)]],
        ),
        ("hole in hole", Some(Fault::HolesNested), vec![big.clone(), hole(1.0, 1.0, 6.0), hole(2.0, 2.0, 1.0)]),
        ("not a number", Some(Fault::NotFinite), vec![vec![(0.0, 0.0), (f64::NAN, 1.0), (1.0, 1.0), (0.0, 0.0)]]),
        ("infinite", Some(Fault::NotFinite), vec![vec![(0.0, 0.0), (f64::INFINITY, 1.0), (1.0, 1.0), (0.0, 0.0)]]),
    ] {
        let rings: Vec<&[(f64, f64)]> = rings.iter().map(Vec::as_slice).collect();
        let found = faults(polygon(&rings));
        match expected {
            // Where it runs back it also meets itself.
            Some(Fault::Spike) => assert!(found.contains(&Fault::Spike), "{what}: {found:?}"),
            _ => assert_eq!(found, Vec::from_iter(expected), "{what}"),
        }
    }
    let parts = |list: &[Vec<(f64, f64)>]| MultiPolygon(list.iter().map(|ring| polygon(&[ring])).collect());
    assert_eq!(faults(parts(&[square(0.0, 0.0, 2.0), square(2.0, 2.0, 2.0)])), []);
    assert_eq!(faults(parts(&[square(0.0, 0.0, 2.0), square(1.0, 1.0, 2.0)])), [Fault::PartsOverlap]);
    assert_eq!(faults(parts(&[square(0.0, 0.0, 2.0), square(2.0, 0.0, 2.0)])), [Fault::PartsOverlap]);
    assert_eq!(faults(parts(&[square(0.0, 0.0, 9.0), square(1.0, 1.0, 2.0)])), [Fault::PartsOverlap]);
    let through_a_corner = [
        vec![(4.0, 1.0), (2.0, 4.0), (4.0, 6.0), (0.0, 6.0), (4.0, 1.0)],
        vec![(2.0, 4.0), (7.0, 7.0), (2.0, 6.0), (2.0, 4.0)],
    ];
    assert!(!is_valid(&parts(&through_a_corner).into()));
    let island = polygon(&[&square(1.5, 1.5, 1.0)]);
    assert_eq!(faults(MultiPolygon(vec![polygon(&[&big, &hole(1.0, 1.0, 2.0)]), island])), []);
    assert_eq!(faults(MultiPolygon::<f64>(vec![])), [Fault::Empty]);
    assert_eq!(faults(Geometry::GeometryCollection(GeometryCollection(vec![]))), [Fault::Empty]);
    assert_eq!(faults(ring(&[(1.0, 1.0), (1.0, 1.0)])), [Fault::TooFewPoints]);
    assert_eq!(faults(geo_types::Point::new(f64::NAN, 1.0)), [Fault::NotFinite]);
    assert_eq!(faults(ring(&[(0.0, 0.0), (4.0, 4.0), (4.0, 0.0), (0.0, 4.0)])), [], "a line may cross itself");
}

#[test]
fn a_finding_says_where() {
    let two = MultiPolygon(vec![
        polygon(&[&square(20.0, 0.0, 2.0)]),
        polygon(&[&[(0.0, 0.0), (4.0, 4.0), (4.0, 0.0), (0.0, 4.0), (0.0, 0.0)]]),
    ]);
    let found = findings(&two.into(), Limits::default());
    let crossing = found.iter().find(|finding| finding.fault == Fault::SelfIntersection).unwrap();
    assert_eq!((crossing.at, crossing.part, crossing.ring), (Some(Coord { x: 2.0, y: 2.0 }), 1, 0));
}

#[test]
fn repairs() {
    let mend = |geometry: Geometry<f64>| repaired(&geometry, Limits::default());
    let bow_tie = polygon(&[&[(0.0, 0.0), (4.0, 4.0), (4.0, 0.0), (0.0, 4.0), (0.0, 0.0)]]);
    let mended = mend(bow_tie.into()).unwrap();
    assert!((mended.unsigned_area() - 8.0).abs() < 1e-6 && is_valid(&mended), "{mended:?}");
    let overlapping = MultiPolygon(vec![polygon(&[&square(0.0, 0.0, 2.0)]), polygon(&[&square(1.0, 1.0, 2.0)])]);
    assert!((mend(overlapping.into()).unwrap().unsigned_area() - 7.0).abs() < 1e-6);
    let nan = polygon(&[&[(0.0, 0.0), (f64::NAN, 1.0), (4.0, 0.0), (4.0, 4.0), (0.0, 0.0)]]);
    assert_eq!(mend(nan.into()).unwrap().unsigned_area(), 8.0);
    let clockwise = polygon(&[&hole(0.0, 0.0, 9.0)]);
    assert_eq!(faults(mend(clockwise.into()).unwrap()), []);
    let flat = polygon(&[&[(0.0, 0.0), (4.0, 4.0), (2.0, 2.0), (0.0, 0.0)]]);
    assert_eq!(mend(flat.into()), Err(Unrepairable::Nothing));
    assert_eq!(mend(geo_types::Point::new(f64::NAN, 0.0).into()), Err(Unrepairable::Nothing));
    let fine: Geometry<f64> = polygon(&[&square(0.1, 0.2, 0.3), &hole(0.2, 0.3, 0.1)]).into();
    assert_eq!(mend(fine.clone()), Ok(fine), "what is valid stays as it is, to the last bit");
}

#[test]
fn ten_million_corners_give_a_report_in_time() {
    let circle = |corners: u32| -> Geometry<f64> {
        let corner = |step: u32| {
            let angle = f64::from(step) / f64::from(corners) * std::f64::consts::TAU;
            Coord { x: angle.cos(), y: angle.sin() }
        };
        Polygon::new(LineString((0..corners).map(corner).collect()), Vec::new()).into()
    };
    let began = Instant::now();
    let huge = circle(10_000_000);
    assert_eq!(faults(huge.clone()), [Fault::Unchecked]);
    assert_eq!(repaired(&huge, Limits::default()), Err(Unrepairable::TooLarge));
    drop(huge);
    assert_eq!(faults(circle(100_000)), []);
    // All boxes of edges overlap, and nothing crosses: a bundle of long slanting teeth.
    let teeth = 20_000;
    let tooth = |step: i32| {
        let x = f64::from(step);
        if step % 2 == 0 { Coord { x, y: x } } else { Coord { x: x + 1e6, y: x + 1e6 - 0.5 } }
    };
    let mut comb: Vec<Coord<f64>> = (0..teeth).map(tooth).collect();
    comb.push(Coord { x: 2e6, y: -1e6 });
    let comb = Polygon::new(LineString(comb), Vec::new());
    let few = findings(&comb.into(), Limits { pairs: 100_000, ..Limits::default() });
    assert!(!few.is_empty(), "{few:?}");
    // Every edge crosses most of the others.
    let star: LineString<f64> = (0..9_999)
        .map(|step| f64::from(step * 5_000 % 9_999) / 9_999.0 * std::f64::consts::TAU)
        .map(|angle| (angle.cos(), angle.sin()))
        .collect();
    let star = Polygon::new(star, Vec::new());
    assert_eq!(faults(star), [Fault::SelfIntersection]);
    assert!(began.elapsed().as_secs() < 120, "{:?}", began.elapsed());
}

fn coord() -> impl Strategy<Value = Coord<f64>> {
    (0..8i32, 0..8i32).prop_map(|(x, y)| Coord { x: x.into(), y: y.into() })
}

fn any_polygon() -> impl Strategy<Value = Polygon<f64>> {
    let ring = || proptest::collection::vec(coord(), 3..7).prop_map(LineString);
    (ring(), proptest::collection::vec(ring(), 0..2)).prop_map(|(outer, inner)| Polygon::new(outer, inner))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    /// What we call valid, `geo` does (it looks at each pair of edges); what we mend is valid.
    #[test]
    fn as_geo_sees_it(polygons in proptest::collection::vec(any_polygon(), 1..3)) {
        let geometry: Geometry<f64> = MultiPolygon(polygons).into();
        let valid = is_valid(&geometry);
        if valid {
            prop_assert!(geometry.is_valid(), "{:?} {:?}", geometry.check_validation(), geometry);
        }
        match repaired(&geometry, Limits::default()) {
            Ok(mended) => {
                prop_assert!(is_valid(&mended));
                prop_assert!(mended.is_valid(), "{:?} {:?}", mended.check_validation(), mended);
                if valid {
                    prop_assert!(mended.relate(&geometry).is_equal_topo());
                }
            }
            Err(error) => prop_assert!(error == Unrepairable::Nothing || !valid, "{error}"),
        }
    }
}
