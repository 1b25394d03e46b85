//! Figures of the large files; only in release builds, where they mean something.

use std::time::Instant;

use map_feature::{Crs, Feature, Value};
use map_formats::{Format, Options, geojson::Encoder};

use crate::{datasets, look, read};

#[test]
fn all_buildings_of_tokyo() {
    let Some(data) = datasets().filter(|_| !cfg!(debug_assertions)) else { return };
    let path = data.join("tokyo_buildings/tokyo23_buildings_2020.parquet");
    let found = look(&path);
    assert_eq!((found.format, found.layers[0].count), (Format::GeoParquet, Some(1_767_593)));
    assert_eq!((found.layers[0].crs.crs, found.layers[0].hints.as_slice()), (Some(Crs::Crs84), &[][..]));
    let start = Instant::now();
    let mut count = 0_u64;
    let mut sink = |feature: Feature| {
        count += u64::from(feature.geometry.is_some());
        Ok(())
    };
    let report = map_formats::read(&path, &Options::default(), &mut sink, &mut |_| {}).unwrap();
    println!("{} buildings, {} vertices: {:?}", count, report.vertices, start.elapsed());
    println!("{:?}", report.problems);
    assert_eq!((count, report.accepted, report.vertices), (1_767_593, 1_767_593, 13_186_415));
}

#[test]
fn a_page_of_a_thousand_features() {
    let Some(data) = datasets().filter(|_| !cfg!(debug_assertions)) else { return };
    let path = data.join("tokyo_buildings/tokyo23_buildings_2020.parquet");
    let mut all: Vec<Feature> = Vec::new();
    let mut sink = |mut feature: Feature| {
        feature.id = Some(all.len().to_string());
        all.push(feature);
        if all.len() == 1_000 { Err("enough".into()) } else { Ok(()) }
    };
    let _ = map_formats::read(&path, &Options::default(), &mut sink, &mut |_| {});
    let layer = &look(&path).layers[0];
    let encoder = Encoder::new(&layer.schema, Crs::Crs84);
    let mut out = Vec::with_capacity(1 << 20);
    // The quickest of many: other work on the machine only ever adds.
    let round = |_| {
        let start = Instant::now();
        out.clear();
        all.iter().for_each(|feature| encoder.feature(&mut out, feature));
        start.elapsed()
    };
    let quickest = (0..300).map(round).min();
    let fields = layer.schema.fields.len();
    println!("1000 features of {fields} fields, {} bytes: {quickest:?}", out.len());
}

#[test]
fn out_and_in_again() {
    let Some(data) = datasets().filter(|_| !cfg!(debug_assertions)) else { return };
    let path = data.join("tokyo_buildings/tokyo23_buildings_2020.parquet");
    let schema = look(&path).layers[0].schema.clone();
    let mut all: Vec<Feature> = Vec::new();
    let mut sink = |feature: Feature| {
        all.push(feature);
        if all.len() == 200_000 { Err("enough".into()) } else { Ok(()) }
    };
    let _ = map_formats::read(&path, &Options::default(), &mut sink, &mut |_| {});
    for format in Format::ALL.into_iter().filter(|format| format.is_written() && *format != Format::Gpx) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(format!("tokyo.{}", format.ending()));
        let mut out = std::io::BufWriter::new(std::fs::File::create(&path).unwrap());
        let start = Instant::now();
        map_formats::write(format, "tokyo", &schema, Crs::Crs84, &mut all.iter().cloned().map(Ok), &mut out).unwrap();
        drop(out);
        let wrote = start.elapsed();
        let bytes = std::fs::metadata(&path).unwrap().len();
        let start = Instant::now();
        let (back, report) = read(&path, &Options::default()).unwrap();
        println!("{format}: 200,000 buildings, {bytes} bytes, written {wrote:?}, read {:?}", start.elapsed());
        assert_eq!((back.len(), report.rejected), (200_000, 0), "{format}");
        let same =
            |a: &Feature, b: &Feature| a.values.iter().filter(|value| **value != Value::Null).count() <= b.values.len();
        assert!(all.iter().zip(&back).all(|(a, b)| same(a, b)));
    }
}
