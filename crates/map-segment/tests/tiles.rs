//! Tiles read back, beside what should be in them.

mod town;

use std::collections::{BTreeMap, BTreeSet};

use geo::{BoundingRect, Intersects};
use geo_types::{Coord, Geometry, LineString, Polygon, Rect};
use map_feature::{Bounds, Crs, Feature, Value};
use map_segment::{About, Change, Live, Row, RowAccess, View};
use proptest::prelude::*;
use town::{mvt::Tag, *};

/// West, south, east, north of a tile in degrees, made larger (or smaller) by a share of its side.
fn tile_box(z: u8, x: u32, y: u32, more: f64) -> Rect<f64> {
    let side = f64::from(1u32 << z);
    let lon = |x: f64| x / side * 360.0 - 180.0;
    let lat = |y: f64| (std::f64::consts::PI * (1.0 - 2.0 * y / side)).sinh().atan().to_degrees();
    let (x, y) = (f64::from(x), f64::from(y));
    Rect::new(Coord { x: lon(x - more), y: lat(y + 1.0 + more) }, Coord { x: lon(x + 1.0 + more), y: lat(y - more) })
}

fn tile_of(at: Coord<f64>, z: u8) -> (u32, u32) {
    let side = f64::from(1u32 << z);
    let y = (1.0 - at.y.to_radians().tan().asinh() / std::f64::consts::PI) / 2.0;
    (((at.x + 180.0) / 360.0 * side) as u32, (y * side) as u32)
}

const ALL: View<'static> = View { layer: "town", fields: &[0, 1, 2, 3, 4, 5], rows: None };

fn shown(live: &Live, z: u8, x: u32, y: u32, view: &View<'_>) -> Vec<mvt::Drawn> {
    let (name, features) = mvt::read(&live.tile(z, x, y, view).unwrap());
    assert!(features.is_empty() || name == view.layer);
    features
}

/// Whether a geometry has points, lines or polygons that meet a box: holes count as holes.
fn inside(geometry: &Geometry<f64>, area: &Rect<f64>) -> bool {
    match geometry {
        Geometry::GeometryCollection(all) => all.iter().any(|one| inside(one, area)),
        Geometry::MultiPoint(points) => points.iter().any(|point| area.intersects(point)),
        Geometry::LineString(line) => line.0.windows(2).any(|ends| ends[0] != ends[1]) && area.intersects(line),
        Geometry::MultiLineString(lines) => lines.iter().any(|line| inside(&Geometry::LineString(line.clone()), area)),
        other => area.intersects(other),
    }
}

fn told(value: &Value) -> Option<Tag> {
    Some(match value {
        Value::Null => return None,
        Value::Boolean(yes) => Tag::Boolean(*yes),
        Value::Integer(number) => Tag::Whole(*number),
        Value::Number(number) => Tag::Number(*number),
        other => Tag::Text(other.to_string()),
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn tiles_hold_what_lies_in_them(
        features in prop::collection::vec(feature(), 0..80),
        changes in prop::collection::vec((0..100usize, prop::option::weighted(0.8, feature())), 0..20),
        at in coord(),
        z in 13..=22u8,
    ) {
        let (_folder, edition, _) = written(&features, Crs::Crs84);
        let mut judge = judge(&features);
        let live = live(edition);
        for (version, (id, feature)) in changes.into_iter().enumerate() {
            // Some ids are numbers, some are not.
            let id = if id < 80 { id.to_string() } else { format!("case/{id}") };
            live.apply(Change { id: id.clone(), version: version as u64 + 2, feature: feature.clone() }).unwrap();
            match feature {
                Some(feature) => { judge.insert(id.clone(), Feature { id: Some(id), ..feature }); }
                None => { judge.remove(&id); }
            }
        }
        let (x, y) = tile_of(at, z);
        let mut found: BTreeMap<String, Vec<mvt::Drawn>> = BTreeMap::new();
        for drawn in shown(&live, z, x, y, &ALL) {
            found.entry(drawn.name()).or_default().push(drawn);
        }
        let (well_in, border) = (tile_box(z, x, y, 0.01), tile_box(z, x, y, 0.017));
        for (id, feature) in &judge {
            let geometry = feature.geometry.as_ref();
            // A polygon's edge may be all that is in the tile, which rounding and cutting make nothing of.
            let surely = geometry.is_some_and(|geometry| inside(geometry, &well_in) && !only_edges(geometry, &well_in));
            let maybe = geometry.and_then(BoundingRect::bounding_rect).is_some_and(|around| around.intersects(&border));
            match found.remove(id) {
                Some(all) => {
                    prop_assert!(maybe, "{id} is not in {z}/{x}/{y}");
                    for drawn in all {
                        for (field, value) in ["name", "floors", "height", "listed", "built", "seen"].iter().zip(&feature.values) {
                            prop_assert_eq!(drawn.tags.get(*field).cloned(), told(value));
                        }
                    }
                }
                None => prop_assert!(!surely, "{id} is missing in {z}/{x}/{y}: {:?}", geometry),
            }
        }
        prop_assert!(found.is_empty(), "{:?} are gone", found.keys());
    }

    #[test]
    fn a_change_shows_only_in_the_tiles_it_names(
        features in prop::collection::vec(feature(), 0..20),
        id in 0..30usize,
        to in prop::option::weighted(0.7, feature()),
        z in 10..=15u8,
    ) {
        let (_folder, edition, _) = written(&features, Crs::Crs84);
        let live = live(edition);
        let (west, south) = tile_of(Coord { x: 126.7, y: 37.4 }, z);
        let (east, north) = tile_of(Coord { x: 126.9, y: 37.65 }, z);
        let all = |live: &Live| -> BTreeMap<(u32, u32), Vec<u8>> {
            (west..=east).flat_map(|x| (north..=south).map(move |y| (x, y))).map(|(x, y)| ((x, y), live.tile(z, x, y, &ALL).unwrap())).collect()
        };
        let before = all(&live);
        let touched = live.apply(Change { id: id.to_string(), version: 2, feature: to }).unwrap();
        let named: BTreeSet<(u32, u32)> = touched.tiles(z).collect();
        prop_assert_eq!(named.len(), touched.tiles(z).count());
        for (tile, bytes) in all(&live) {
            if !named.contains(&tile) {
                prop_assert_eq!(&bytes, &before[&tile]);
            }
        }
    }
}

/// Whether the polygons of a geometry meet a box with no more than a sliver, and nothing else of it does.
fn only_edges(geometry: &Geometry<f64>, area: &Rect<f64>) -> bool {
    let sliver = area.width() / 400.0;
    let smaller = Rect::new(
        Coord { x: area.min().x + sliver, y: area.min().y + sliver },
        Coord { x: area.max().x - sliver, y: area.max().y - sliver },
    );
    !inside(geometry, &smaller)
}

fn square(west: f64, south: f64, size: f64) -> Polygon<f64> {
    let ring = [(0.0, 0.0), (size, 0.0), (size, size), (0.0, size), (0.0, 0.0)];
    Polygon::new(LineString::from(ring.map(|(x, y)| (west + x, south + y)).to_vec()), vec![])
}

fn plain(geometry: Geometry<f64>) -> Feature {
    let values =
        vec![Value::Text("secret".to_owned()), Value::Integer(7), Value::Null, Value::Null, Value::Null, Value::Null];
    Feature { id: None, geometry: Some(geometry), values }
}

#[test]
fn only_what_the_view_allows_leaves_the_building() {
    let features = [plain(square(126.9, 37.5, 0.001).into()), plain(square(126.9, 37.5, 0.002).into())];
    let (_folder, edition, _) = written(&features, Crs::Crs84);
    let live = live(edition);
    live.apply(Change { id: "new".to_owned(), version: 2, feature: Some(features[0].clone()) }).unwrap();
    let (x, y) = tile_of(Coord { x: 126.9005, y: 37.5005 }, 14);
    let view = View { layer: "town", fields: &[1], rows: None };
    let bytes = live.tile(14, x, y, &view).unwrap();
    let contains = |word: &str| bytes.windows(word.len()).any(|part| part == word.as_bytes());
    assert!(!contains("secret") && !contains("name") && contains("floors"));
    assert_eq!(mvt::read(&bytes).1.len(), 3);
    let only = |row: &Row<'_>| row.id() == "2";
    let one = shown(&live, 14, x, y, &View { rows: Some(&only), ..view });
    assert_eq!(one.iter().map(mvt::Drawn::name).collect::<Vec<_>>(), ["2"]);
}

#[test]
fn what_is_larger_than_a_tile_is_cut() {
    let hole = square(126.95, 37.55, 0.0005);
    let country = Polygon::new(square(120.0, 30.0, 20.0).exterior().clone(), vec![hole.exterior().clone()]);
    let (_folder, edition, _) = written(&[plain(country.into())], Crs::Crs84);
    let live = live(edition);
    for z in 10..=24 {
        let (x, y) = tile_of(Coord { x: 126.9, y: 37.5 }, z);
        let drawn = shown(&live, z, x, y, &ALL);
        assert_eq!(mvt::area(&drawn[0].paths[0]), 2 * 4224 * 4224, "all of {z}/{x}/{y} and its border");
    }
    let (x, y) = tile_of(Coord { x: 126.9502, y: 37.5502 }, 15);
    let drawn = shown(&live, 15, x, y, &ALL);
    assert_eq!(drawn[0].paths.len(), 2, "with its hole");
    assert!(mvt::area(&drawn[0].paths[1]) < 0, "turned the other way");
}

#[test]
fn a_crowd_of_small_things_is_thinned_and_the_large_stay() {
    let mut features: Vec<Feature> = (0..21_000)
        .map(|at| {
            plain(square(126.7 + f64::from(at % 150) / 1000.0, 37.4 + f64::from(at / 150) / 1000.0, 0.0001).into())
        })
        .collect();
    features.push(plain(square(126.75, 37.45, 0.02).into()));
    features.extend((0..21_000).map(|at| {
        let place = Coord { x: 127.3 + f64::from(at % 150) / 2000.0, y: 37.4 + f64::from(at / 150) / 2000.0 };
        plain(Geometry::Point(place.into()))
    }));
    let (_folder, edition, _) = written(&features, Crs::Crs84);
    let live = live(edition);
    let bare = View { layer: "town", fields: &[], rows: None };
    let names = |at: Coord<f64>, z: u8| -> BTreeSet<String> {
        let (x, y) = tile_of(at, z);
        shown(&live, z, x, y, &bare).iter().map(mvt::Drawn::name).collect()
    };
    // About 2 km² of houses, in squares of 240 m.
    let (x, y) = tile_of(Coord { x: 126.76, y: 37.46 }, 9);
    let afar = shown(&live, 9, x, y, &bare);
    let sizes: Vec<i64> = afar.iter().map(|drawn| mvt::area(&drawn.paths[0])).collect();
    assert!((25..50).contains(&afar.len()), "{sizes:?}");
    let others = afar.iter().filter(|drawn| drawn.name() != "21001");
    assert!(others.count() + 1 == afar.len());
    assert!(sizes.iter().filter(|size| **size == 2 * 16 * 16).count() + 3 > sizes.len(), "{sizes:?}");
    let few = names(Coord { x: 126.76, y: 37.46 }, 13);
    assert!(few.len() > 1000 && few.contains("21001"), "{}", few.len());
    assert_eq!(names(Coord { x: 127.32, y: 37.42 }, 9).len(), 20_000);
}

#[test]
fn tiles_that_do_not_exist_are_empty() {
    let (_folder, edition, _) = written(&[plain(square(126.9, 37.5, 0.001).into())], Crs::Crs84);
    let live = live(edition);
    for (z, x, y) in [(0, 1, 0), (3, 8, 1), (25, 0, 0), (255, 0, 0), (14, 0, 0), (24, u32::MAX, 0)] {
        assert_eq!(live.tile(z, x, y, &ALL).unwrap(), [0u8; 0]);
    }
    let (x, y) = tile_of(Coord { x: 126.9005, y: 37.5005 }, 14);
    assert!(!live.tile(14, x, y, &ALL).unwrap().is_empty());
}

#[test]
fn a_layer_is_baked() {
    let features: Vec<Feature> = (0..2000)
        .map(|at| plain(square(126.7 + f64::from(at % 50) / 100.0, 37.4 + f64::from(at / 50) / 100.0, 0.005).into()))
        .collect();
    let (_folder, edition, _) = written(&features, Crs::Crs84);
    let live = live(edition);
    let mut out = std::io::Cursor::new(Vec::new());
    let about = About { name: "A town", ..About::default() };
    let baked = live.bake(8..=14, &ALL, about, &mut out, &mut |_| {}).unwrap();
    let bytes = out.into_inner();
    assert_eq!(baked.bytes, bytes.len() as u64);
    let number = |at: usize| u64::from_le_bytes(bytes[at..at + 8].try_into().unwrap()) as usize;
    assert_eq!(&bytes[..8], b"PMTiles\x03");
    let unzipped = |from: usize, len: usize| {
        let mut all = Vec::new();
        std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(&bytes[from..from + len]), &mut all).unwrap();
        all
    };
    let directory = |from: usize, len: usize| -> Vec<[u64; 4]> {
        let all = unzipped(from, len);
        let mut rest = &all[..];
        let mut next = || {
            let mut value = 0;
            for shift in (0..70).step_by(7) {
                let (first, after) = rest.split_first().unwrap();
                rest = after;
                value |= u64::from(first & 0x7f) << shift;
                if first & 0x80 == 0 {
                    break;
                }
            }
            value
        };
        let len = next() as usize;
        let mut entries = vec![[0; 4]; len];
        let mut id = 0;
        for entry in &mut entries {
            id += next();
            entry[0] = id;
        }
        entries.iter_mut().for_each(|entry| entry[1] = next());
        entries.iter_mut().for_each(|entry| entry[2] = next());
        for at in 0..len {
            let offset = next();
            entries[at][3] = if offset == 0 { entries[at - 1][3] + entries[at - 1][2] } else { offset - 1 };
        }
        entries
    };
    let mut tiles = 0;
    let (leaves, data) = (number(40), number(56));
    let mut ids = Vec::new();
    for root in directory(number(8), number(16)) {
        let entries = if root[1] == 0 { directory(leaves + root[3] as usize, root[2] as usize) } else { vec![root] };
        for [id, run, len, at] in entries {
            let (name, features) = mvt::read(&unzipped(data + at as usize, len as usize));
            assert!(name == "town" && !features.is_empty());
            ids.extend(id..id + run);
            tiles += run;
        }
    }
    assert!(ids.is_sorted());
    assert_eq!(tiles, baked.tiles);
    let mut expected = 0;
    for z in 8..=14u8 {
        let (west, south) = tile_of(Coord { x: 126.6, y: 37.3 }, z);
        let (east, north) = tile_of(Coord { x: 127.3, y: 37.9 }, z);
        let all = (west..=east).flat_map(|x| (north..=south).map(move |y| (x, y)));
        expected += all.filter(|(x, y)| !live.tile(z, *x, *y, &ALL).unwrap().is_empty()).count() as u64;
    }
    assert_eq!(tiles, expected);
    let metadata: serde_json::Value = serde_json::from_slice(&unzipped(number(24), number(32))).unwrap();
    assert_eq!(metadata["vector_layers"][0]["fields"]["floors"], "Number");
    assert_eq!(metadata["name"], "A town");
}

#[test]
fn what_is_drawn_is_where_it_was() {
    let features = [plain(square(126.9, 37.5, 0.001).into()), plain(square(126.9, 37.5, 0.00001).into())];
    let (_folder, edition, _) = written(&features, Crs::Crs84);
    let live = live(edition);
    let area = Bounds { west: 126.8, south: 37.4, east: 127.0, north: 37.6 };
    let mut all = Vec::new();
    live.drawn(area, 0.0, &mut |row, geometry| all.push((row.id(), geometry)));
    all.sort_by(|a, b| a.0.cmp(&b.0));
    for ((id, drawn), feature) in all.iter().zip(&features) {
        let (Geometry::Polygon(drawn), Some(Geometry::Polygon(original))) = (drawn, &feature.geometry) else {
            panic!("{id}")
        };
        for (a, b) in drawn.exterior().0.iter().zip(&original.exterior().0) {
            assert!((a.x - b.x).abs() < 1e-7 && (a.y - b.y).abs() < 1e-7, "{a:?} {b:?}");
        }
    }
    let mut ids = Vec::new();
    live.drawn(area, 5.0, &mut |row, _| ids.push(row.id()));
    assert_eq!(ids, ["1"], "a square of a metre is nothing where a pixel is five");

    let row =
        (0..1000).map(|at| plain(square(126.9 + f64::from(at) / 10_000.0, 37.5, 0.00001).into())).collect::<Vec<_>>();
    let (_folder, edition, _) = written(&row, Crs::Crs84);
    let mut squares = 0;
    town::live(edition).drawn(area, 10.0, &mut |_, geometry| {
        let Geometry::Polygon(square) = geometry else { panic!("{geometry:?}") };
        let width = square.bounding_rect().unwrap().width() * 88_300.0;
        assert!((4.5..5.5).contains(&width), "{width}");
        squares += 1;
    });
    // 1,000 boxes of a square metre in squares of 25.
    assert!((35..45).contains(&squares), "{squares}");
}
