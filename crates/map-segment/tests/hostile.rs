//! Files that are cut short, changed or lie give an error or a wrong answer, never a panic.

mod town;

use std::{fs, ops::ControlFlow, path::Path};

use map_feature::{Bounds, Crs};
use map_segment::{Ask, Change, Edition, Error, RowAccess, View};
use proptest::{prelude::*, sample::Index};
use town::*;

/// Asks everything there is to ask.
fn ask_all(edition: Edition) {
    let _ = edition.verify();
    for row in [0, 1, 7, u32::MAX] {
        let _ = (edition.feature(row), edition.geometry_in_degrees(row), edition.version(row), edition.value(row, 99));
    }
    for id in ["1", "17", "x"] {
        let _ = edition.row_of(id);
    }
    let live = live(edition);
    let area = Bounds { west: 126.7, south: 37.4, east: 126.85, north: 37.6 };
    let world = Bounds { west: -180.0, south: -90.0, east: 180.0, north: 90.0 };
    let view = View { layer: "town", fields: &[0, 1, 2, 3, 4, 5], rows: None };
    for _ in 0..2 {
        for area in [None, Some(area), Some(world)] {
            let _ = live.count(area);
            let _ = live.items(&Ask { area, offset: 2, limit: 1000, ..Ask::default() });
            live.rows(area, &mut |row| {
                let _ = (row.id(), row.geometry(), row.value(0), row.value(5));
                ControlFlow::Continue(())
            });
        }
        for (z, x, y) in [(0, 0, 0), (10, 872, 397), (14, 13960, 6345), (20, 893_450, 406_100)] {
            let _ = live.tile(z, x, y, &view);
        }
        let _ = live.near((126.8, 37.5), 5, 1e9);
        let _ = live.near((126.8, 37.5), 5, 1000.0);
        let _ = live.covering(126.8, 37.5);
        live.drawn(world, 1.0, &mut |_, _| {});
        let _ = (live.bounds(), live.get("3"));
        for id in ["3", "5", "new"] {
            let _ = live.apply(Change { id: id.to_owned(), version: 9, feature: None });
        }
    }
}

fn copy(folder: &Path, data: &[u8], manifest: &[u8]) -> tempfile::TempDir {
    let copy = tempfile::tempdir_in(folder).unwrap();
    fs::write(copy.path().join("data"), data).unwrap();
    fs::write(copy.path().join("manifest"), manifest).unwrap();
    copy
}

/// A manifest with another body and the checksum that fits it.
fn signed(json: &[u8]) -> Vec<u8> {
    let mut text = format!("madang map edition 1 {:08x}\n", crc32fast::hash(json)).into_bytes();
    text.extend_from_slice(json);
    text
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn damaged_editions_never_panic(
        features in prop::collection::vec(feature(), 1..60),
        flips in prop::collection::vec((any::<Index>(), any::<u8>()), 40),
        lies in prop::collection::vec((any::<Index>(), prop_oneof![0..300u64, any::<u64>()]), 40),
        cuts in prop::collection::vec(any::<Index>(), 4),
    ) {
        let (folder, edition, _) = written(&features, Crs::Crs84);
        edition.verify().unwrap();
        let at = folder.path().join("edition");
        let (data, manifest) = (fs::read(at.join("data")).unwrap(), fs::read(at.join("manifest")).unwrap());

        for (place, byte) in &flips {
            let mut changed = data.clone();
            let place = place.index(data.len());
            changed[place] ^= byte | 1;
            let copy = copy(folder.path(), &changed, &manifest);
            ask_all(Edition::open(copy.path()).unwrap());
        }
        // Many bytes at once.
        let mut changed = data.clone();
        for (place, byte) in &flips {
            let place = place.index(data.len());
            changed[place] = *byte;
        }
        let some = copy(folder.path(), &changed, &manifest);
        ask_all(Edition::open(some.path()).unwrap());

        for cut in &cuts {
            let copy = copy(folder.path(), &data[..cut.index(data.len())], &manifest);
            prop_assert!(matches!(Edition::open(copy.path()), Err(Error::Damaged(_))));
        }
        for cut in &cuts {
            let copy = copy(folder.path(), &data, &manifest[..cut.index(manifest.len())]);
            prop_assert!(Edition::open(copy.path()).is_err());
        }
        for (place, byte) in &flips {
            let mut changed = manifest.clone();
            let place = place.index(manifest.len());
            changed[place] ^= byte | 1;
            let copy = copy(folder.path(), &data, &changed);
            prop_assert!(Edition::open(copy.path()).is_err());
        }

        // Numbers in the manifest that lie, under a checksum that fits.
        let json = &manifest[manifest.iter().position(|byte| *byte == b'\n').unwrap() + 1..];
        let text = std::str::from_utf8(json).unwrap();
        let numbers: Vec<(usize, &str)> = text
            .split(|c: char| !c.is_ascii_digit())
            .filter(|number| !number.is_empty())
            .map(|number| (number.as_ptr() as usize - text.as_ptr() as usize, number))
            .collect();
        for (place, lie) in &lies {
            let (start, number) = numbers[place.index(numbers.len())];
            let changed = format!("{}{lie}{}", &text[..start], &text[start + number.len()..]);
            let copy = copy(folder.path(), &data, &signed(changed.as_bytes()));
            if let Ok(edition) = Edition::open(copy.path()) {
                ask_all(edition);
            }
        }
    }
}

#[test]
fn every_flipped_bit_of_the_data_is_found_by_verifying() {
    let features: Vec<map_feature::Feature> = (0..3)
        .map(|at| map_feature::Feature {
            id: Some(format!("house/{at}")),
            geometry: Some(geo_types::Point::new(126.9, 37.5 + f64::from(at)).into()),
            values: vec![map_feature::Value::Null; 6],
        })
        .collect();
    let (folder, edition, _) = written(&features, Crs::Crs84);
    drop(edition);
    let at = folder.path().join("edition");
    let (data, manifest) = (fs::read(at.join("data")).unwrap(), fs::read(at.join("manifest")).unwrap());
    let mut missed = 0;
    for place in 0..data.len() {
        let mut changed = data.clone();
        changed[place] ^= 1;
        let copy = copy(folder.path(), &changed, &manifest);
        missed += usize::from(Edition::open(copy.path()).unwrap().verify().is_ok());
    }
    // The gaps of up to seven bytes between sections say nothing.
    assert!(missed < data.len() / 5, "{missed} of {}", data.len());
}

#[test]
fn a_folder_without_a_manifest_is_not_finished() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(Edition::open(folder.path()), Err(Error::Unfinished(_))));
    fs::write(folder.path().join("manifest.part"), "madang map edition 1 00000000\n{}").unwrap();
    assert!(matches!(Edition::open(folder.path()), Err(Error::Unfinished(_))));
    fs::write(folder.path().join("manifest"), "madang map edition 2 00000000\n{}").unwrap();
    assert!(matches!(Edition::open(folder.path()), Err(Error::Format(2))));
}
