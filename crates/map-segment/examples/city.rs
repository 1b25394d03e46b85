//! A city of 1.77 million made-up buildings, as dense as Tokyo: how long its import, tiles, pages and counts take.
//!
//! `cargo run --release -p map-segment --example city [FOLDER] [BUILDINGS] [FILE.pmtiles]`; the folder is
//! kept when it is given.

use std::{
    hint::black_box,
    path::{Path, PathBuf},
    sync::Arc,
    time::Instant,
};

use geo_types::{Geometry, LineString, Polygon};
use map_feature::{Bounds, Crs, Feature, Field, GeometryKind, Kind, Schema, Value};
use map_segment::{About, Ask, Change, Edition, EditionWriter, Live, Row, RowAccess, View};

const WEST: f64 = 139.6;
const SOUTH: f64 = 35.6;

struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }

    fn below(&mut self, most: u64) -> u64 {
        (self.roll() * most as f64) as u64
    }
}

fn building(dice: &mut Dice, spread: f64) -> Feature {
    let (lon, lat) = (WEST + dice.roll() * 0.293 * spread, SOUTH + dice.roll() * 0.238 * spread);
    let (w, h, turn) = (4.0 + dice.roll() * 12.0, 4.0 + dice.roll() * 10.0, dice.roll() * 1.5);
    let (sin, cos) = f64::sin_cos(turn);
    let mut corners = vec![(0.0, 0.0), (w, 0.0), (w, h), (0.0, h)];
    if dice.roll() < 0.4 {
        corners.splice(2..3, [(w, h / 2.0), (w / 2.0, h / 2.0), (w / 2.0, h)]);
    }
    let place = |(x, y): (f64, f64)| (lon + (x * cos - y * sin) / 90_500.0, lat + (x * sin + y * cos) / 111_000.0);
    let ring = LineString::from(corners.into_iter().map(place).collect::<Vec<_>>());
    let block = ((lon - WEST) * 400.0) as u64 * 1000 + ((lat - SOUTH) * 400.0) as u64;
    let values = vec![
        if dice.roll() < 0.1 { Value::Text(format!("Building {}", dice.below(1_000_000))) } else { Value::Null },
        Value::Text(
            ["residential", "house", "apartments", "retail", "office", "school"][dice.below(6) as usize].to_owned(),
        ),
        Value::Text(format!("{}-{}-{} Cho", block, 1 + dice.below(30), 1 + dice.below(20))),
        Value::Integer(1 + dice.below(12) as i64),
        Value::Number((dice.roll() * 400.0).round() / 10.0),
    ];
    Feature { id: None, geometry: Some(Geometry::Polygon(Polygon::new(ring, vec![]))), values }
}

/// Milliseconds: the median and the 99th of a hundred.
fn timed<T>(name: &str, times: usize, mut one: impl FnMut(usize) -> T) {
    let mut took: Vec<f64> = (0..times)
        .map(|number| {
            let start = Instant::now();
            black_box(one(number));
            start.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    took.sort_by(f64::total_cmp);
    println!(
        "{name:<48} best {:>8.4} ms   p50 {:>8.4} ms   p99 {:>8.4} ms",
        took[0],
        took[times / 2],
        took[times * 99 / 100]
    );
}

fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = |name: &str| status.lines().find(|line| line.starts_with(name)).unwrap_or_default().to_owned();
    ["VmHWM", "VmRSS", "RssAnon"].map(line).join("  ").replace('\t', " ")
}

/// Seconds of the processor that this program has used.
fn worked() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let ticks: f64 = stat.split(' ').skip(13).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum();
    ticks / 100.0
}

fn import(folder: &Path, buildings: u64) -> Result<(), map_segment::Error> {
    let fields = [
        ("name", Kind::Text),
        ("class", Kind::Text),
        ("address", Kind::Text),
        ("floors", Kind::Integer),
        ("height", Kind::Number),
    ];
    let fields = fields.map(|(name, kind)| Field::new(name, kind)).to_vec();
    let schema = Schema { fields, geometry: GeometryKind::Polygon };
    let mut dice = Dice(7);
    let spread = (buildings as f64 / 1_767_593.0).sqrt();
    let (start, before) = (Instant::now(), worked());
    for _ in 0..buildings {
        black_box(building(&mut dice, spread));
    }
    println!(
        "making the buildings alone: {:.2} s, {:.2} of the processor",
        start.elapsed().as_secs_f64(),
        worked() - before
    );
    let mut dice = Dice(7);
    let (start, before) = (Instant::now(), worked());
    let mut writer = EditionWriter::create(folder, &schema, Crs::Crs84)?;
    for _ in 0..buildings {
        writer.push(building(&mut dice, spread))?;
    }
    println!(
        "making and taking: {:.2} s, {:.2} of the processor   {}",
        start.elapsed().as_secs_f64(),
        worked() - before,
        memory()
    );
    let (start, before) = (Instant::now(), worked());
    let summary = writer.finish(&mut |_| {})?;
    println!(
        "sorting and writing: {:.2} s, {:.2} of the processor   {}",
        start.elapsed().as_secs_f64(),
        worked() - before,
        memory()
    );
    println!("{summary:?}");
    Ok(())
}

fn main() -> Result<(), map_segment::Error> {
    let mut arguments = std::env::args().skip(1);
    let given = arguments.next().map(PathBuf::from);
    let buildings = arguments.next().and_then(|number| number.parse().ok()).unwrap_or(1_767_593);
    let folder = given.clone().unwrap_or_else(|| std::env::temp_dir().join(format!("city-{}", std::process::id())));
    if !folder.exists() {
        import(&folder, buildings)?;
    }
    let start = Instant::now();
    let live = Live::new(Arc::new(Edition::open(&folder)?));
    println!("open: {:.2} ms   {}", start.elapsed().as_secs_f64() * 1000.0, memory());
    if let Some(path) = arguments.next() {
        return bake(&live, path.into());
    }
    measure(&live)?;
    for number in 0..10_000u64 {
        let id = (number * 37 + 1).to_string();
        if let Some(found) = live.get(&id)? {
            live.apply(Change { id, version: 2, feature: Some(found.feature) })?;
        }
    }
    println!("\nwith {} changes", live.changes());
    timed("a change", 1000, |number| {
        let id = (number * 37 + 1).to_string();
        live.get(&id).ok().flatten().map(|found| live.apply(Change { id, version: 3, feature: Some(found.feature) }))
    });
    measure(&live)?;
    println!("{}", memory());
    if given.is_none() {
        std::fs::remove_dir_all(&folder).map_err(|source| map_segment::Error::Io { path: folder, source })?;
    }
    Ok(())
}

fn bake(live: &Live, path: PathBuf) -> Result<(), map_segment::Error> {
    let (start, before) = (Instant::now(), worked());
    let mut out = std::fs::File::create(&path).map_err(|source| map_segment::Error::Io { path, source })?;
    let view = View { layer: "buildings", fields: &[0, 1, 2, 3, 4], rows: None };
    let baked = live.bake(10..=14, &view, About { name: "City", ..About::default() }, &mut out, &mut |_| {})?;
    println!("{baked:?}: {:.2} s, {:.2} of the processor", start.elapsed().as_secs_f64(), worked() - before);
    Ok(())
}

fn measure(live: &Live) -> Result<(), map_segment::Error> {
    let bare = View { layer: "buildings", fields: &[], rows: None };
    let full = View { layer: "buildings", fields: &[0, 1, 2, 3, 4], rows: None };
    let tile = |z: u8, number: usize| {
        let side = f64::from(1u32 << z);
        let (lon, lat) =
            (WEST + 0.1 + 0.003 * (number % 30) as f64, (SOUTH + 0.1 + 0.002 * (number % 37) as f64).to_radians());
        let y = (1.0 - lat.tan().asinh() / std::f64::consts::PI) / 2.0;
        (z, ((lon + 180.0) / 360.0 * side) as u32, (y * side) as u32)
    };
    for z in [16, 15, 14, 13, 12, 11, 10, 5, 0] {
        let (_, x, y) = tile(z, 50);
        println!("z{z}: {} bytes, bare {}", live.tile(z, x, y, &full)?.len(), live.tile(z, x, y, &bare)?.len());
        let times = if z > 12 { 200 } else { 40 };
        timed(&format!("tile z{z}, geometry and ids"), times, |number| {
            let (z, x, y) = tile(z, number);
            live.tile(z, x, y, &bare)
        });
        timed(&format!("tile z{z}, 3 texts and 2 numbers"), times, |number| {
            let (z, x, y) = tile(z, number);
            live.tile(z, x, y, &full)
        });
    }
    let area = |number: usize, size: f64| {
        let (west, south) = (WEST + 0.05 + 0.001 * number as f64, SOUTH + 0.05 + 0.0007 * number as f64);
        Some(Bounds { west, south, east: west + size, north: south + size })
    };
    for limit in [10, 1000] {
        timed(&format!("items, 0.01 degrees, limit {limit}"), 200, |number| {
            live.items(&Ask { area: area(number % 100, 0.01), limit, ..Ask::default() })
        });
    }
    timed("items, whole layer, offset 1,000,000, limit 10", 100, |_| {
        live.items(&Ask { offset: 1_000_000, limit: 10, ..Ask::default() })
    });
    let test = |row: &Row<'_>| matches!(row.value(3), Value::Integer(floors) if floors > 10);
    timed("items, whole layer, by a value, exact", 5, |_| {
        live.items(&Ask { limit: 10, test: Some(&test), exact: true, ..Ask::default() })
    });
    println!("count 0.01 degrees: {}, most: {}", live.count(area(50, 0.01)), live.count(area(5, 0.17)));
    timed("count, 0.01 degrees", 1000, |number| live.count(area(number % 100, 0.01)));
    timed("count, most of the city", 1000, |number| live.count(area(number % 20, 0.17)));
    timed("get by id", 1000, |number| live.get(&(number * 1733 + 1).to_string()));
    timed("ten nearest", 200, |number| live.near((WEST + 0.1 + 0.0003 * number as f64, SOUTH + 0.11), 10, 1000.0));
    timed("covering", 200, |number| live.covering(WEST + 0.1 + 0.0003 * number as f64, SOUTH + 0.11));
    timed("drawn, 0.01 degrees, 1 m", 50, |number| {
        let mut drawn = 0;
        if let Some(area) = area(number, 0.01) {
            live.drawn(area, 1.0, &mut |_, _| drawn += 1);
        }
        drawn
    });
    Ok(())
}
