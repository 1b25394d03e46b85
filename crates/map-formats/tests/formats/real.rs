//! Files as cities and registers publish them.

use map_feature::{Crs, GeometryKind, Kind, Value};
use map_formats::{Format, Hint, Options, ProblemKind, Sure};

use crate::{bounds, datasets, file, look, read, text};

#[test]
fn seoul_s_districts_are_read_in_korean() {
    let Some(data) = datasets() else { return };
    for (name, count, first) in [("seoul_municipalities", 25, "도봉구"), ("seoul_neighborhoods", 467, "무악동")] {
        let path = data.join(format!("seoul_boundaries/{name}.shp"));
        let found = look(&path);
        let layer = &found.layers[0];
        assert_eq!(found.format, Format::Shapefile);
        assert_eq!((layer.count, layer.schema.geometry), (Some(count), GeometryKind::Polygon));
        assert_eq!((layer.crs.crs, layer.crs.sure), (Some(Crs::Crs84), Sure::Recognised));
        assert_eq!(layer.places.encoding.as_deref(), Some("EUC-KR"));
        assert_eq!(layer.hints, [], "{:?}", layer.seen);
        let (all, report) = read(&path, &Options::default()).unwrap();
        assert_eq!((report.accepted, report.rejected), (count, 0));
        assert_eq!(report.problems, []);
        let korean = layer.schema.fields.iter().position(|field| field.name.contains("KOR")).unwrap();
        let names: Vec<&str> = all.iter().map(|feature| text(&feature.values[korean])).collect();
        assert!(
            names.iter().all(|name| name
                .chars()
                .all(|letter| ('가'..='힣').contains(&letter) || letter.is_ascii_digit() || "·.,".contains(letter))),
            "{names:?}"
        );
        assert!(names.contains(&first), "{names:?}");
        let around = bounds(&all).unwrap();
        assert!(around.west > 126.7 && around.east < 127.2 && around.south > 37.4 && around.north < 37.72);
    }
}

#[test]
fn a_zipped_shapefile() {
    let Some(data) = datasets() else { return };
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for ending in ["dbf", "prj", "shp", "shx"] {
        let bytes = std::fs::read(data.join(format!("seoul_boundaries/seoul_municipalities.{ending}"))).unwrap();
        let options = zip::write::SimpleFileOptions::default();
        archive.start_file(format!("서울/SEOUL.{}", ending.to_uppercase()), options).unwrap();
        std::io::Write::write_all(&mut archive, &bytes).unwrap();
    }
    let (_keep, path) = file("seoul.zip", archive.finish().unwrap().into_inner());
    assert_eq!(look(&path).layers[0].name, "SEOUL");
    let (all, _) = read(&path, &Options::default()).unwrap();
    assert_eq!(all.len(), 25);
    assert!(all.iter().any(|feature| feature.values.contains(&Value::Text("도봉구".into()))));
}

#[test]
fn topologies() {
    let Some(data) = datasets() else { return };
    let path = data.join("seoul_boundaries/seoul_neighborhoods_topo.json");
    let (all, report) = read(&path, &Options::default()).unwrap();
    assert_eq!((all.len(), report.rejected), (467, 0));
    let shapes = data.join("seoul_boundaries/seoul_neighborhoods.shp");
    let (wanted, _) = read(&shapes, &Options::default()).unwrap();
    let (a, b) = (bounds(&all).unwrap(), bounds(&wanted).unwrap());
    assert!((a.west - b.west).abs() < 1e-4 && (a.north - b.north).abs() < 1e-4, "{a:?} {b:?}");
    let countries = look(&data.join("places/countries-50m.json"));
    assert_eq!(countries.layers.iter().find(|layer| layer.name == "countries").unwrap().count, Some(241));
}

#[test]
fn iceland_s_addresses_packed_with_gzip() {
    let Some(data) = datasets() else { return };
    let path = data.join("iceland_addresses/addresses.csv.gz");
    let found = look(&path);
    let layer = &found.layers[0];
    assert_eq!((found.format, layer.count), (Format::Csv, Some(139_409)));
    assert_eq!((layer.places.x.as_deref(), layer.places.y.as_deref()), (Some("long_wgs84"), Some("lat_wgs84")));
    assert_eq!((layer.crs.crs, layer.crs.sure), (Some(Crs::Crs84), Sure::Guessed));
    let kind = |name: &str| layer.schema.fields[layer.schema.position(name).unwrap()].kind;
    assert_eq!((kind("hnitnum"), kind("heiti_nf")), (Kind::Integer, Kind::Text));
    let mut count = 0;
    let options = Options { known: Some(layer.clone()), ..Options::default() };
    let mut sink = |feature: map_feature::Feature| {
        count += u64::from(feature.geometry.is_some());
        Ok(())
    };
    let report = map_formats::read(&path, &options, &mut sink, &mut |_| {}).unwrap();
    assert_eq!(report.accepted, 139_409);
    assert_eq!(report.without_geometry, 139_409 - count);
    let around = report.bounds.unwrap();
    assert!(around.west > -25.0 && around.east < -13.0 && around.south > 63.0 && around.north < 67.5, "{around:?}");
}

#[test]
fn the_geopackage_of_cql2_s_test_suite() {
    let Some(data) = datasets() else { return };
    let path = data.join("cql2_ats/ne110m4cql2.gpkg");
    let layers = look(&path).layers;
    let names: Vec<(&str, Option<u64>)> = layers.iter().map(|layer| (layer.name.as_str(), layer.count)).collect();
    for (name, count) in [
        ("ne_110m_admin_0_countries", 177),
        ("ne_110m_populated_places_simple", 243),
        ("ne_110m_rivers_lake_centerlines", 13),
    ] {
        assert!(names.contains(&(name, Some(count))), "{names:?}");
        let (all, report) = read(&path, &Options { layer: Some(name.into()), ..Options::default() }).unwrap();
        assert_eq!((all.len() as u64, report.rejected), (count, 0));
        assert!(all.iter().all(|feature| feature.geometry.is_some() && feature.id.is_some()));
        // Its times are without a zone.
        let told = [ProblemKind::ThirdDimension, ProblemKind::NoTimeZone];
        assert!(report.problems.iter().all(|problem| told.contains(&problem.kind)), "{report:?}");
    }
}

#[test]
fn extracts_of_openstreetmap() {
    let Some(data) = datasets() else { return };
    for name in ["liechtenstein-latest", "Helsinki", "test", "nyc", "bus", "baltimore", "harrisburg"] {
        let path = data.join(format!("osm_extracts/{name}.osm.pbf"));
        let found = look(&path);
        assert_eq!(found.format, Format::OsmPbf);
        for layer in ["points", "lines", "areas"] {
            let options = Options { layer: Some(layer.into()), ..Options::default() };
            let (all, report) = read(&path, &options).unwrap();
            assert!(!all.is_empty() && report.rejected <= report.read / 5, "{name} {layer} {report:?}");
            assert!(all.iter().all(|feature| feature.id.is_some()));
        }
    }
    let path = data.join("osm_extracts/liechtenstein-latest.osm.pbf");
    let tags = vec!["building".to_owned(), "name".to_owned()];
    let (areas, _) = read(&path, &Options { layer: Some("areas".into()), tags, ..Options::default() }).unwrap();
    let around = bounds(&areas).unwrap();
    assert!(around.west > 9.3 && around.east < 9.8 && around.south > 46.9 && around.north < 47.4, "{around:?}");
    assert!(areas.iter().any(|feature| feature.id.as_deref().unwrap().starts_with("relation/")));
    assert_eq!(areas[0].values.len(), 2);
}

#[test]
fn districts_of_seoul_in_geojson() {
    let Some(data) = datasets() else { return };
    let folder = data.join("../data/seoul_boundaries");
    let Ok(files) = std::fs::read_dir(folder) else { return };
    for path in files.filter_map(Result::ok).map(|entry| entry.path()) {
        if path.extension().is_none_or(|ending| ending != "geojson" && ending != "json") {
            continue;
        }
        let found = look(&path);
        let (all, report) = read(&path, &Options::default()).unwrap();
        assert_eq!(Some(all.len() as u64), found.layers[0].count);
        assert_eq!(report.rejected, 0);
        assert!(!found.layers[0].hints.contains(&Hint::SwappedAxes));
    }
}
