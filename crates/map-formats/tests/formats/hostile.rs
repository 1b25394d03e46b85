//! Files made to harm: each ends in an error or a report, soon and within bounds.

use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use map_formats::{Error, Format, Limited, Limits, Options, ProblemKind};

use crate::{file, read};

/// Reads every layer of a file: that it returns is what is asked for. What came out, if anything.
pub(crate) fn survives(path: &Path, options: &Options) -> Option<map_formats::Report> {
    let start = Instant::now();
    let looked = map_formats::look(path, options);
    let mut last = None;
    for layer in looked.iter().flat_map(|look| &look.layers).take(4) {
        let options = Options { known: Some(layer.clone()), layer: Some(layer.name.clone()), ..options.clone() };
        let report = map_formats::read(path, &options, &mut |_| Ok(()), &mut |_| {});
        if let Ok(report) = report {
            assert_eq!(report.read, report.accepted + report.rejected);
            assert!(report.rejects.len() <= options.limits.rejects);
            last = Some(report);
        }
    }
    assert!(start.elapsed() < Duration::from_secs(60), "{}", path.display());
    last
}

fn kinds(report: &map_formats::Report) -> Vec<ProblemKind> {
    report.problems.iter().map(|problem| problem.kind).collect()
}

#[test]
fn archives_that_unpack_to_far_more() {
    let limits = Limits { unpacked: 100 << 20, ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("a.csv", zip::write::SimpleFileOptions::default()).unwrap();
    let block = vec![b' '; 1 << 20];
    for _ in 0..120 {
        zip.write_all(&block).unwrap();
    }
    let (_keep, path) = file("bomb.zip", zip.finish().unwrap().into_inner());
    let found = map_formats::look(&path, &options);
    assert!(
        matches!(found, Err(Error::Limit { what: Limited::UnpackingRatio | Limited::UnpackedBytes, .. })),
        "{found:?}"
    );

    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    for _ in 0..120 {
        gzip.write_all(&block).unwrap();
    }
    let (_keep, path) = file("bomb.csv.gz", gzip.finish().unwrap());
    assert!(matches!(map_formats::look(&path, &options), Err(Error::Limit { .. })));
}

#[test]
fn names_in_archives_lead_nowhere() {
    let outside = std::env::temp_dir().join("map-formats-escaped.csv");
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for name in ["../map-formats-escaped.csv", "/map-formats-escaped.csv", "..\\map-formats-escaped.csv"] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(b"x,y\n1,2\n").unwrap();
    }
    let (_keep, path) = file("slip.zip", zip.finish().unwrap().into_inner());
    let (all, _) = read(&path, &Options::default()).unwrap();
    assert_eq!(all.len(), 1);
    assert!(!outside.exists());
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("a.exe", zip::write::SimpleFileOptions::default()).unwrap();
    let (_keep, path) = file("none.zip", zip.finish().unwrap().into_inner());
    assert!(matches!(map_formats::look(&path, &Options::default()), Err(Error::EmptyArchive)));
}

#[test]
fn too_many_vertices_are_one_rejected_feature() {
    let limits = Limits { vertices: 1_000, ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    let line: Vec<String> = (0..1_001).map(|place| format!("[{},1]", f64::from(place) / 10.0)).collect();
    let text = format!(
        r#"{{"type":"Feature","id":1,"properties":{{}},"geometry":{{"type":"LineString","coordinates":[{}]}}}}
{{"type":"Feature","id":2,"properties":{{}},"geometry":{{"type":"Point","coordinates":[1,2]}}}}"#,
        line.join(",")
    );
    let (_keep, path) = file("a.geojsonl", text);
    let (all, report) = read(&path, &options).unwrap();
    assert_eq!((all.len(), report.rejected), (1, 1));
    assert_eq!(report.rejects[0].kind, ProblemKind::TooManyVertices);

    let wide: map_formats::Options = Options::default();
    let (all, _) = read(&path, &wide).unwrap();
    let schema = map_feature::Schema { fields: vec![], geometry: map_feature::GeometryKind::Line };
    for format in [
        Format::Shapefile,
        Format::GeoPackage,
        Format::FlatGeobuf,
        Format::GeoParquet,
        Format::Kml,
        Format::Gpx,
        Format::Csv,
    ] {
        let bytes = crate::written(format, &schema, map_feature::Crs::Crs84, &all[..1]);
        let (_keep, path) = file(&format!("a.{}", format.ending()), bytes);
        let (found, report) = read(&path, &options).unwrap();
        assert_eq!((found.len(), kinds(&report)), (0, vec![ProblemKind::TooManyVertices]), "{format}");
    }
}

#[test]
fn things_in_things_in_things() {
    let deep = |open: &str, close: &str, count: usize| open.repeat(count) + &close.repeat(count);
    let collection = r#"{"type":"GeometryCollection","geometries":["#;
    let texts = [
        ("a.geojson", format!(r#"{{"type":"Feature","properties":{{}},"geometry":{}}}"#, deep(collection, "]}", 40))),
        (
            "b.geojson",
            format!(
                r#"{{"type":"Feature","properties":{{}},"geometry":{{"type":"Polygon","coordinates":{}}}}}"#,
                deep("[", "]", 100_000)
            ),
        ),
        (
            "c.geojson",
            format!(r#"{{"type":"Feature","geometry":null,"properties":{{"a":{}}}}}"#, deep("[", "]", 100_000)),
        ),
        ("d.geojson", deep("{\"a\":", "}", 100_000)),
        ("e.kml", format!("<kml>{}</kml>", deep("<Folder>", "</Folder>", 100_000))),
        ("f.kml", format!("<kml><Placemark>{}</Placemark></kml>", deep("<MultiGeometry>", "</MultiGeometry>", 100))),
        ("g.gpx", format!("<gpx>{}</gpx>", deep("<trk>", "</trk>", 100_000))),
        ("h.topojson", format!(r#"{{"type":"Topology","arcs":[],"objects":{{"a":{}}}}}"#, deep(collection, "]}", 40))),
        ("i.csv", format!("wkt\n\"{}POINT(1 2){}\"\n", "GEOMETRYCOLLECTION(".repeat(50_000), ")".repeat(50_000))),
    ];
    for (name, text) in texts {
        let (_keep, path) = file(name, text);
        if let Some(report) = survives(&path, &Options::default()) {
            assert_eq!(report.vertices, 0, "{name} {report:?}");
        }
    }
}

#[test]
fn entities_are_not_expanded() {
    let mut text = "<?xml version=\"1.0\"?><!DOCTYPE kml [<!ENTITY a \"ha\">".to_owned();
    for (one, before) in ["b", "c", "d", "e", "f", "g", "h", "i"].iter().zip(["a", "b", "c", "d", "e", "f", "g", "h"]) {
        text += &format!("<!ENTITY {one} \"{}\">", format!("&{before};").repeat(10));
    }
    text += "<!ENTITY x SYSTEM \"file:///etc/passwd\">]><kml><Placemark><name>&i;&x;!</name></Placemark></kml>";
    let (_keep, path) = file("a.kml", text);
    let (all, _) = read(&path, &Options::default()).unwrap();
    assert_eq!(crate::text(&all[0].values[0]), "!");
}

#[test]
fn lines_without_an_end() {
    let limits = Limits { record: 1 << 20, ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    let long = "a".repeat(3 << 20);
    for (name, text) in [
        ("a.csv", format!("x,y,t\n1,2,\"{long}")),
        (
            "b.geojson",
            format!(
                r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","geometry":null,"properties":{{"a":"{long}"}}}}]}}"#
            ),
        ),
        ("c.kml", format!("<kml><Placemark><name>{long}</name></Placemark></kml>")),
        ("d.gpx", format!("<gpx><wpt lat=\"1\" lon=\"2\"><name>{long}</name></wpt></gpx>")),
    ] {
        let (_keep, path) = file(name, text);
        if let Some(report) = survives(&path, &options) {
            assert_eq!(kinds(&report), [ProblemKind::TooLong], "{name}");
        }
    }
}

#[test]
fn files_that_end_in_the_middle() {
    let schema = crate::schema(&[("a", map_feature::Kind::Text)], map_feature::GeometryKind::Point);
    let features: Vec<map_feature::Feature> = (0..50)
        .map(|place| map_feature::Feature {
            id: Some(place.to_string()),
            geometry: Some(geo_types::Geometry::Point(geo_types::Point::new(f64::from(place), 1.0))),
            values: vec![map_feature::Value::Text(format!("value {place}"))],
        })
        .collect();
    for format in Format::ALL.into_iter().filter(|format| format.is_written()) {
        let bytes = crate::written(format, &schema, map_feature::Crs::Crs84, &features);
        for part in [2, 3, 10] {
            let (_keep, path) = file(&format!("a.{}", format.ending()), &bytes[..bytes.len() - bytes.len() / part]);
            if let Some(report) = survives(&path, &Options::default()) {
                let told = kinds(&report);
                let ends =
                    [ProblemKind::Truncated, ProblemKind::WrongCount, ProblemKind::FieldCount, ProblemKind::Malformed];
                let text = matches!(format, Format::Csv | Format::GeoJsonSeq | Format::Kml | Format::Gpx);
                assert!(text || told.iter().any(|kind| ends.contains(kind)), "{format} {report:?}");
            }
        }
    }
}

#[test]
fn headers_that_lie() {
    // A Shapefile whose record says that it has two thousand million points.
    let mut shp = vec![0, 0, 0x27, 0x0a];
    shp.resize(24, 0);
    shp.extend_from_slice(&1000_u32.to_be_bytes());
    shp.extend_from_slice(&1000_i32.to_le_bytes());
    shp.extend_from_slice(&5_i32.to_le_bytes());
    shp.resize(100, 0);
    shp.extend_from_slice(&1_i32.to_be_bytes());
    shp.extend_from_slice(&30_i32.to_be_bytes());
    shp.extend_from_slice(&5_i32.to_le_bytes());
    shp.extend_from_slice(&[0; 32]);
    shp.extend_from_slice(&i32::MAX.to_le_bytes());
    shp.extend_from_slice(&i32::MAX.to_le_bytes());
    shp.resize(168, 0);
    let (_keep, path) = file("a.shp", &shp);
    let report = survives(&path, &Options::default()).unwrap();
    assert_eq!((report.accepted, report.rejected), (0, 1), "{report:?}");
    // One whose record says that it is longer than the file.
    shp[104..108].copy_from_slice(&i32::MAX.to_be_bytes());
    let (_keep, path) = file("b.shp", &shp);
    assert_eq!(kinds(&survives(&path, &Options::default()).unwrap()), [ProblemKind::Truncated]);

    let mut fgb = b"fgb\x03fgb\0".to_vec();
    fgb.extend_from_slice(&u32::MAX.to_le_bytes());
    fgb.extend_from_slice(&[0; 64]);
    let (_keep, path) = file("a.fgb", &fgb);
    assert!(matches!(map_formats::look(&path, &Options::default()), Err(Error::Broken { .. })));

    let mut parquet = b"PAR1".to_vec();
    parquet.extend_from_slice(&[0xff; 64]);
    parquet.extend_from_slice(&i32::MAX.to_le_bytes());
    parquet.extend_from_slice(b"PAR1");
    let (_keep, path) = file("a.parquet", &parquet);
    assert!(map_formats::look(&path, &Options::default()).is_err());

    let mut pbf = vec![0xff, 0xff, 0xff, 0xff];
    pbf.extend_from_slice(b"\x0a\x09OSMHeader\x18\xff\xff\xff\xff\x0f");
    let (_keep, path) = file("a.osm.pbf", &pbf);
    assert!(map_formats::look(&path, &Options::default()).is_err());
}

#[test]
fn a_view_that_never_ends() {
    let schema = crate::schema(&[], map_feature::GeometryKind::None);
    let (_keep, path) = file("a.gpkg", crate::written(Format::GeoPackage, &schema, map_feature::Crs::Crs84, &[]));
    let database = rusqlite::Connection::open(&path).unwrap();
    database
        .execute_batch(
            "DROP TABLE layer; CREATE VIEW layer AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) \
             SELECT i FROM n WHERE i < 0;",
        )
        .unwrap();
    database.close().unwrap();
    let start = Instant::now();
    assert!(matches!(map_formats::look(&path, &Options::default()), Err(Error::Broken { .. })));
    assert!(start.elapsed() < Duration::from_secs(50));
}

#[test]
fn more_columns_than_anybody_has() {
    let header: Vec<String> = (0..10_000).map(|place| format!("c{place}")).collect();
    let (_keep, path) = file("a.csv", header.join(",") + "\n");
    assert!(matches!(map_formats::look(&path, &Options::default()), Err(Error::Limit { what: Limited::Fields, .. })));
    let fields: Vec<String> = (0..10_000).map(|place| format!("\"c{place}\":1")).collect();
    let text = format!(r#"{{"type":"Feature","geometry":null,"properties":{{{}}}}}"#, fields.join(","));
    let (_keep, path) = file("a.geojson", text);
    assert!(matches!(map_formats::look(&path, &Options::default()), Err(Error::Limit { what: Limited::Fields, .. })));
}

#[test]
fn numbers_that_are_none() {
    let texts = [
        ("a.csv", "x,y\nNaN,1\n1,2\n".to_owned()),
        ("b.csv", "wkt\nPOINT(NaN 1)\nPOINT(1e999 2)\nPOINT(1 2)\n".to_owned()),
        ("c.gpx", "<gpx><wpt lat=\"NaN\" lon=\"1\"/><wpt lat=\"1e999\" lon=\"1\"/><wpt lat=\"2\" lon=\"1\"/></gpx>".to_owned()),
        ("d.kml", "<kml><Placemark><Point><coordinates>NaN,1</coordinates></Point></Placemark><Placemark><Point><coordinates>1,2</coordinates></Point></Placemark></kml>".to_owned()),
    ];
    for (name, text) in texts {
        let (_keep, path) = file(name, text);
        let (all, _) = read(&path, &Options::default()).unwrap();
        let finite = |feature: &map_feature::Feature| {
            feature.bounds().is_none_or(|all| all.west.is_finite() && all.south.is_finite())
        };
        assert!(all.iter().all(finite), "{name}");
        assert_eq!(all.iter().filter(|feature| feature.geometry.is_some()).count(), 1, "{name}");
    }
}
