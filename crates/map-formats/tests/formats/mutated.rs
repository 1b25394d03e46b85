//! Valid files with bytes changed, cut, doubled: thousands for each reader, always the same ones.

use std::time::{Duration, Instant};

use geo_types::{Geometry, LineString, MultiPolygon, Point, Polygon};
use map_feature::{Crs, Feature, GeometryKind, Kind, Value};
use map_formats::{Format, Limits, Options};

use crate::hostile::survives;
use crate::{datasets, schema, written};

const ROUNDS: u32 = 2_000;

/// Steele and Vigna's SplitMix64: the same sequence everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.roll() % end.max(1) as u64) as usize
    }
}

fn mutate(bytes: &mut Vec<u8>, dice: &mut Dice) {
    for _ in 0..=dice.below(4) {
        if bytes.is_empty() {
            return;
        }
        let at = dice.below(bytes.len());
        match dice.below(8) {
            0 => bytes[at] ^= 1 << dice.below(8),
            1 => bytes[at] = dice.roll() as u8,
            2 => bytes.truncate(at),
            3 => {
                let end = (at + dice.below(16)).min(bytes.len());
                bytes.drain(at..end);
            }
            4 => {
                let piece = bytes[at..(at + dice.below(64)).min(bytes.len())].to_vec();
                let to = dice.below(bytes.len());
                bytes.splice(to..to, piece);
            }
            5 => {
                let number = [0, 1, 0x7f, 0x80, 0xff, 0xffff, 0x7fff_ffff, 0xffff_ffff_u32][dice.below(8)];
                let order = if dice.below(2) == 0 { number.to_le_bytes() } else { number.to_be_bytes() };
                let end = (at + 4).min(bytes.len());
                bytes[at..end].copy_from_slice(&order[..end - at]);
            }
            6 => {
                let end = (at + 8).min(bytes.len());
                let number = [f64::NAN, f64::INFINITY, -1e308, 0.0][dice.below(4)].to_le_bytes();
                bytes[at..end].copy_from_slice(&number[..end - at]);
            }
            _ => bytes[at] = b"{}[]\",:<>/&\0\n\x1e0-"[dice.below(16)],
        }
    }
}

fn seed(format: Format) -> Vec<u8> {
    let fields = [
        ("이름", Kind::Text),
        ("n", Kind::Integer),
        ("h", Kind::Number),
        ("o", Kind::Boolean),
        ("d", Kind::Date),
        ("t", Kind::Instant),
    ];
    let ring = |x: f64| LineString::from(vec![(x, 0.0), (x + 1.0, 0.0), (x + 1.0, 1.0), (x, 0.0)]);
    let shapes = [
        Geometry::Point(Point::new(127.0, 37.5)),
        Geometry::LineString(ring(1.0)),
        Geometry::Polygon(Polygon::new(ring(2.0), vec![ring(2.1)])),
        Geometry::MultiPolygon(MultiPolygon(vec![Polygon::new(ring(5.0), vec![]), Polygon::new(ring(7.0), vec![])])),
    ];
    let feature = |place: usize| Feature {
        id: Some(format!("f{place}")),
        geometry: shapes.get(place % 5).cloned(),
        values: vec![
            Value::Text(format!("값 {place}")),
            Value::Integer(place as i64),
            Value::Number(place as f64 / 3.0),
            Value::Boolean(place.is_multiple_of(2)),
            "2026-11-24".parse().map_or(Value::Null, Value::Date),
            "2026-11-24T00:00:00Z".parse().map_or(Value::Null, Value::Instant),
        ],
    };
    let all: Vec<Feature> = (0..12).map(feature).collect();
    written(format, &schema(&fields, GeometryKind::Any), Crs::Epsg(5179), &all)
}

/// Small limits, so that what is refused is refused early.
fn options(format: Format) -> Options {
    let limits =
        Limits { vertices: 100_000, record: 4 << 20, unpacked: 16 << 20, nodes: 1_000_000, ..Limits::default() };
    Options { format: Some(format), limits, ..Options::default() }
}

fn many(format: Format, bytes: &[u8], ending: &str, rounds: u32) {
    let mut dice = Dice(format as u64 + 1);
    let folder = tempfile::tempdir().unwrap();
    let options = options(format);
    let start = Instant::now();
    for round in 0..rounds {
        let mut changed = bytes.to_vec();
        mutate(&mut changed, &mut dice);
        let path = folder.path().join(format!("m.{ending}"));
        std::fs::write(&path, &changed).unwrap();
        survives(&path, &options);
        assert!(start.elapsed() < Duration::from_secs(600), "round {round} of {format}");
    }
}

#[test]
fn texts() {
    for format in [Format::GeoJson, Format::GeoJsonSeq, Format::Csv, Format::Kml, Format::Gpx] {
        let crs = if matches!(format, Format::Csv) { format } else { Format::GeoJson };
        let _ = crs;
        many(format, &seed_in_degrees(format), format.ending(), ROUNDS);
    }
}

/// Formats that are always in degrees are made from degrees.
fn seed_in_degrees(format: Format) -> Vec<u8> {
    let (_keep, path) = crate::file("seed.parquet", seed(Format::GeoParquet));
    let (all, _) = crate::read(&path, &Options::default()).unwrap();
    let layer = &crate::look(&path).layers[0];
    written(format, &layer.schema, Crs::Crs84, &all)
}

#[test]
fn geoparquet() {
    many(Format::GeoParquet, &seed(Format::GeoParquet), "parquet", ROUNDS);
}

#[test]
fn flatgeobuf() {
    many(Format::FlatGeobuf, &seed(Format::FlatGeobuf), "fgb", ROUNDS);
}

#[test]
fn geopackage() {
    many(Format::GeoPackage, &seed(Format::GeoPackage), "gpkg", 1_000);
}

#[test]
fn archives() {
    many(Format::Shapefile, &seed(Format::Shapefile), "zip", 1_000);
}

/// The parts of a Shapefile themselves, not the archive around them.
#[test]
fn shapefile() {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(seed(Format::Shapefile))).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut parts = std::collections::BTreeMap::new();
    for place in 0..archive.len() {
        let mut entry = archive.by_index(place).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut entry, &mut bytes).unwrap();
        if name.starts_with("layer_area.") {
            parts.insert(name, bytes);
        }
    }
    let mut dice = Dice(7);
    for round in 0..ROUNDS {
        let chosen = dice.below(parts.len());
        for (place, (name, bytes)) in parts.iter().enumerate() {
            let mut changed = bytes.clone();
            if place == chosen || round % 7 == 0 {
                mutate(&mut changed, &mut dice);
            }
            std::fs::write(folder.path().join(name), changed).unwrap();
        }
        survives(&folder.path().join("layer_area.shp"), &options(Format::Shapefile));
    }
}

#[test]
fn topojson() {
    let text = br#"{"type":"Topology","transform":{"scale":[0.1,0.1],"translate":[126,37]},"bbox":[0,0,1,1],
"arcs":[[[0,0],[1,1],[2,-1]],[[3,0],[-3,0]],[[0,0],[1,0],[0,1],[-1,-1]]],
"objects":{"a":{"type":"GeometryCollection","geometries":[{"type":"LineString","arcs":[0,-2],"id":"x","properties":{"n":1}},
{"type":"Polygon","arcs":[[2]],"properties":{"n":"b"}},{"type":"MultiPolygon","arcs":[[[2]],[[-3]]]},{"type":"Point","coordinates":[3,4]}]}}}"#;
    many(Format::TopoJson, text, "topojson", ROUNDS);
}

#[test]
fn openstreetmap() {
    let Some(data) = datasets() else { return };
    let bytes = std::fs::read(data.join("osm_extracts/nyc.osm.pbf")).unwrap();
    many(Format::OsmPbf, &bytes, "osm.pbf", 60);
}

/// Blobs that are not packed, so that changes reach the messages inside.
#[test]
fn openstreetmap_unpacked() {
    fn message(number: u8, bytes: &[u8]) -> Vec<u8> {
        let mut out = vec![number << 3 | 2];
        let mut length = bytes.len();
        while length > 127 {
            out.push((length & 127) as u8 | 128);
            length >>= 7;
        }
        out.push(length as u8);
        out.extend_from_slice(bytes);
        out
    }
    fn blob(class: &[u8], contents: &[u8]) -> Vec<u8> {
        let blob = message(1, contents);
        let mut header = message(1, class);
        header.extend_from_slice(&[3 << 3, (blob.len() & 127) as u8 | 128, (blob.len() >> 7) as u8]);
        let mut out = (header.len() as u32).to_be_bytes().to_vec();
        out.extend_from_slice(&header);
        out.extend_from_slice(&blob);
        out
    }
    let strings: Vec<u8> =
        [&b""[..], b"name", b"\xeb\xa7\x88\xeb\x8b\xb9", b"building", b"yes", b"outer", b"type", b"multipolygon"]
            .iter()
            .flat_map(|text| message(1, text))
            .collect();
    // Four nodes in steps of one, the first with a name.
    let dense = [
        message(1, &[2, 2, 2, 2]),
        message(8, &[2, 2, 2, 2]),
        message(9, &[2, 4, 2, 1]),
        message(10, &[1, 2, 0, 0, 0, 0]),
    ]
    .concat();
    let way = [vec![8, 9], message(2, &[3]), message(3, &[4]), message(8, &[2, 2, 2, 2, 5])].concat();
    let relation =
        [vec![8, 5], message(2, &[6, 3]), message(3, &[7, 4]), message(8, &[5]), message(9, &[18]), message(10, &[1])]
            .concat();
    let group = [message(2, &dense), message(3, &way), message(4, &relation)].concat();
    let data = [message(1, &strings), message(2, &group)].concat();
    let file = [blob(b"OSMHeader", &message(4, b"DenseNodes")), blob(b"OSMData", &data)].concat();
    let (_keep, path) = crate::file("whole.osm.pbf", &file);
    let areas = Options { layer: Some("areas".into()), ..options(Format::OsmPbf) };
    let (all, report) = crate::read(&path, &areas).unwrap();
    assert_eq!(all.len(), 2, "{report:?}");
    many(Format::OsmPbf, &file, "osm.pbf", ROUNDS);
}
