//! What is said of a file before and after it is read.

use geo_types::{Geometry, Point};
use map_feature::{Crs, Feature, GeometryKind, Kind, Value};
use map_formats::{Columns, Error, Format, Hint, Options, ProblemKind, Sure};

use crate::{file, look, read, schema};

fn problems(report: &map_formats::Report) -> Vec<(ProblemKind, Option<&str>, u64)> {
    report.problems.iter().map(|one| (one.kind, one.field.as_deref(), one.count)).collect()
}

#[test]
fn a_feature_collection_with_faults() {
    let text = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","id":1,"geometry":{"type":"Point","coordinates":[126.9,37.5,12]},"properties":{"a":1,"when":"2026-11-24"}},
{"type":"Feature","id":1,"geometry":{"coordinates":[127,37],"type":"Point"},"properties":{"a":NaN,"when":null}},
{"type":"Feature","id":2,"geometry":{"type":"Point","coordinates":["x",37]},"properties":{"a":3}},
{"type":"Feature","id":3,"geometry":{"type":"Circle","coordinates":[1,2]},"properties":null},
{"type":"Feature","id":4,"geometry":null,"properties":{"a":2.5,"nested":{"b":[1]}}},
{"type":"Feature","id":5,"geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]},"properties":{}}
], "crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4326"}}}"#;
    let (_keep, path) = file("a.geojson", text);
    let layer = &look(&path).layers[0];
    let kinds: Vec<(&str, Kind)> = layer.schema.fields.iter().map(|field| (field.name.as_str(), field.kind)).collect();
    assert_eq!(kinds, [("a", Kind::Number), ("when", Kind::Date), ("nested", Kind::Text)]);
    assert_eq!(layer.schema.geometry, GeometryKind::Any);
    let keep = tempfile::tempdir().unwrap();
    let rejects = keep.path().join("rejects.jsonl");
    let (all, report) = read(&path, &Options { rejects: Some(rejects.clone()), ..Options::default() }).unwrap();
    assert_eq!((report.read, report.accepted, report.rejected, report.without_geometry), (6, 4, 2, 1));
    let ids: Vec<&str> = all.iter().filter_map(|feature| feature.id.as_deref()).collect();
    assert_eq!(ids, ["1", "1.2", "4", "5"]);
    assert_eq!(all[2].values[2], Value::Text("{\"b\":[1]}".into()));
    let found = problems(&report);
    for one in [
        (ProblemKind::ThirdDimension, None, 1),
        (ProblemKind::NotANumber, None, 1),
        (ProblemKind::DuplicateId, None, 1),
        (ProblemKind::UnknownGeometry, None, 1),
    ] {
        assert!(found.contains(&one), "{found:?}");
    }
    assert_eq!(report.rejects[0].row, 3);
    assert!(report.rejects[0].raw.contains("\"x\""));
    assert_eq!(std::fs::read_to_string(rejects).unwrap().lines().count(), 2);
}

#[test]
fn kinds_wanted_by_the_caller() {
    let (_keep, path) = file("a.csv", "lon,lat,n,t\n1,2,5,x\n3,4,oops,y\n,,7,z\n5,6,8\n");
    let wanted = schema(&[("t", Kind::Text), ("n", Kind::Integer), ("new", Kind::Text)], GeometryKind::Point);
    let (all, report) = read(&path, &Options { schema: Some(wanted), ..Options::default() }).unwrap();
    assert_eq!(all[0].values, [Value::Text("x".into()), Value::Integer(5), Value::Null]);
    let found = problems(&report);
    assert!(found.contains(&(ProblemKind::WrongKind, Some("n"), 1)), "{found:?}");
    assert!(found.contains(&(ProblemKind::NoCoordinate, None, 1)), "{found:?}");
    assert!(found.contains(&(ProblemKind::FieldCount, None, 1)), "{found:?}");
    assert_eq!(report.without_geometry, 1);
}

#[test]
fn korean_tables() {
    let (text, _, _) = encoding_rs::EUC_KR.encode("시설명,위도,경도,도로명주소\n서울시청,37.5665,126.978,\"서울 중구 세종대로 110\"\n한강공원,37.52,126.93,영등포구\n");
    let (_keep, path) = file("a.csv", text);
    let layer = &look(&path).layers[0];
    assert_eq!(layer.places.encoding.as_deref(), Some("EUC-KR"));
    assert_eq!((layer.places.x.as_deref(), layer.places.y.as_deref()), (Some("경도"), Some("위도")));
    let (all, _) = read(&path, &Options::default()).unwrap();
    assert_eq!(all[0].geometry, Some(Geometry::Point(Point::new(126.978, 37.5665))));
    assert_eq!(all[0].values, [Value::Text("서울시청".into()), Value::Text("서울 중구 세종대로 110".into())]);

    let (_keep, path) = file("b.csv", "\u{feff}이름;주소\nㄱ;서울\n");
    let layer = &look(&path).layers[0];
    assert_eq!((layer.places.address.as_deref(), layer.schema.geometry), (Some("주소"), GeometryKind::None));
    assert_eq!(layer.hints, [Hint::Addresses]);
}

#[test]
fn swapped_axes_and_guessed_systems() {
    let (_keep, path) = file("a.csv", "x,y\n37.5,126.9\n37.6,127.0\n");
    let layer = &look(&path).layers[0];
    assert!(layer.hints.contains(&Hint::SwappedAxes), "{:?}", layer.hints);
    let (all, _) = read(&path, &Options { swap_axes: true, ..Options::default() }).unwrap();
    assert_eq!(all[0].geometry, Some(Geometry::Point(Point::new(126.9, 37.5))));

    let (_keep, path) = file("b.csv", "x,y\n198056,551885\n198100,551900\n");
    let layer = &look(&path).layers[0];
    assert_eq!((layer.crs.crs, layer.crs.sure), (Some(Crs::Epsg(5186)), Sure::Guessed));
    assert!(layer.hints.contains(&Hint::NoCrs));

    let (_keep, path) = file("c.geojson", r#"{"type":"Point","coordinates":[198056,551885]}"#);
    assert!(look(&path).layers[0].hints.contains(&Hint::NotInCrs));

    let outside = r#"{"type":"FeatureCollection","bbox":[0,0,1,1],"features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[5,5]},"properties":{}}]}"#;
    let (_keep, path) = file("d.geojson", outside);
    assert!(look(&path).layers[0].hints.contains(&Hint::OutsideDeclared));
}

#[test]
fn columns_named_by_the_caller() {
    let (_keep, path) =
        file("a.csv", "k,east,north,shape\na,1,2,POINT (5 6)\na,3,4,\"LINESTRING Z (0 0 1,1 1 1)\"\n,5,6,rubbish\n");
    let columns =
        Columns { x: Some("east".into()), y: Some("north".into()), id: Some("k".into()), ..Columns::default() };
    let (all, _) = read(&path, &Options { columns, ..Options::default() }).unwrap();
    assert_eq!(all[2].geometry, Some(Geometry::Point(Point::new(5.0, 6.0))));
    assert_eq!((all[0].id.as_deref(), all[1].id.as_deref(), all[2].id.as_deref()), (Some("a"), Some("a.2"), None));
    let columns = Columns { wkt: Some("shape".into()), ..Columns::default() };
    let (all, report) = read(&path, &Options { columns, ..Options::default() }).unwrap();
    assert_eq!((all.len(), report.rejected), (2, 1));
    assert!(report.rejects[0].raw.contains("rubbish"));
    let columns = Columns { x: Some("nowhere".into()), ..Columns::default() };
    assert!(matches!(read(&path, &Options { columns, ..Options::default() }), Err(Error::NoColumn(_))));
}

#[test]
fn formats_are_told_by_their_contents() {
    let schema = schema(&[("a", Kind::Text)], GeometryKind::Point);
    let at = Some(Geometry::Point(Point::new(127.0, 37.5)));
    let features = [Feature { id: None, geometry: at.clone(), values: vec![Value::Text("한".into())] }];
    for format in Format::ALL.into_iter().filter(|format| format.is_written()) {
        let bytes = crate::written(format, &schema, Crs::Crs84, &features);
        let (_keep, path) = file("upload", bytes);
        let found = look(&path);
        let wanted = match format {
            Format::Kmz => Format::Kml,
            other => other,
        };
        assert_eq!(found.format, wanted);
        let (all, _) = read(&path, &Options::default()).unwrap();
        assert_eq!(all[0].geometry, at, "{format}");
    }
    assert!(matches!(
        map_formats::look(&file("a.doc", b"\0\x01\x02").1, &Options::default()),
        Err(Error::File { .. } | Error::UnknownFormat)
    ));
}

#[test]
fn whoever_collects_may_stop() {
    let (_keep, path) = file("a.csv", "x,y\n1,2\n3,4\n5,6\n");
    let mut count = 0;
    let mut sink = |_| {
        count += 1;
        if count == 2 { Err("enough".into()) } else { Ok(()) }
    };
    let stopped = map_formats::read(&path, &Options::default(), &mut sink, &mut |_| {});
    assert!(matches!(stopped, Err(Error::Stopped(_))));
    assert_eq!(count, 2);
}

#[test]
fn several_shapefiles_in_one_archive_are_layers() {
    let schema = schema(&[("a", Kind::Text)], GeometryKind::Any);
    let line = Geometry::LineString(vec![(1.0, 2.0), (3.0, 4.0)].into());
    let shapes = [Geometry::Point(Point::new(127.0, 37.5)), line.clone()];
    let feature = |shape: Geometry<f64>| Feature { id: None, geometry: Some(shape), values: vec![Value::Null] };
    let features = shapes.map(feature);
    let (_keep, path) = file("both.zip", crate::written(Format::Shapefile, &schema, Crs::Crs84, &features));
    let names: Vec<String> = look(&path).layers.into_iter().map(|layer| layer.name).collect();
    assert_eq!(names, ["layer_point", "layer_line"]);
    let (all, _) = read(&path, &Options { layer: Some("layer_line".into()), ..Options::default() }).unwrap();
    assert_eq!(all[0].geometry, Some(line));
}
