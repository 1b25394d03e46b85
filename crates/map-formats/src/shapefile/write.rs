//! A Shapefile as one ZIP archive, its table in UTF-8. One set of files for each kind of shape met.

use std::fs::File;
use std::io::{BufWriter, Seek, SeekFrom, Write};

use geo_types::{Coord, Geometry, LineString, Polygon};
use map_feature::{Bounds, Crs, Feature, Kind, Schema, Value};

use crate::geometry::{self, turned};
use crate::{Error, Result, Stop, Written, system};

/// The widest text column that dBASE knows.
const WIDEST: usize = 254;

pub(crate) fn write(
    name: &str,
    schema: &Schema,
    crs: Crs,
    features: &mut dyn Iterator<Item = Result<Feature, Stop>>,
    out: &mut dyn Write,
) -> Result<Written> {
    let columns = columns(schema);
    let mut sets: Vec<Set> = Vec::new();
    let mut waiting: Vec<Feature> = Vec::new();
    let mut written = Written::default();
    for feature in features {
        let feature = feature.map_err(Error::Stopped)?;
        let Some(code) = feature.geometry.as_ref().map(code) else {
            // Goes into the first set, whose kind is not known yet.
            match sets.first_mut() {
                Some(set) => set.add(&feature, &columns)?,
                None if waiting.len() < 100_000 => waiting.push(feature),
                None => {
                    written.left_out += 1;
                    continue;
                }
            }
            written.features += 1;
            continue;
        };
        let Some(code) = code else {
            written.left_out += 1;
            continue;
        };
        let place = match sets.iter().position(|set| set.code == code) {
            Some(place) => place,
            None => {
                sets.push(Set::new(code, &columns)?);
                sets.len() - 1
            }
        };
        for early in waiting.drain(..) {
            sets[place].add(&early, &columns)?;
        }
        sets[place].add(&feature, &columns)?;
        written.features += 1;
    }
    if sets.is_empty() {
        let mut set = Set::new(code_of_kind(schema.geometry), &columns)?;
        for early in &waiting {
            set.add(early, &columns)?;
        }
        sets.push(set);
    }
    archive(name, crs, sets, &columns, out)?;
    Ok(written)
}

fn archive(name: &str, crs: Crs, sets: Vec<Set>, columns: &[Column], out: &mut dyn Write) -> Result<()> {
    let stem: String = name
        .chars()
        .map(|letter| if letter.is_alphanumeric() || "-_".contains(letter) { letter } else { '_' })
        .collect();
    let stem = if stem.is_empty() { "layer".to_owned() } else { stem };
    let mut zip = zip::ZipWriter::new(tempfile::tempfile()?);
    let options = zip::write::SimpleFileOptions::default();
    let several = sets.len() > 1;
    for set in sets {
        let suffix = match set.code {
            1 => "_point",
            8 => "_multipoint",
            3 => "_line",
            _ => "_area",
        };
        let stem = if several { format!("{stem}{suffix}") } else { stem.clone() };
        for (ending, mut file) in set.finish(columns)? {
            // Only where it must be: some programs read no ZIP64.
            let large = options.large_file(file.metadata()?.len() > u64::from(u32::MAX));
            zip.start_file(format!("{stem}.{ending}"), large).map_err(std::io::Error::other)?;
            file.rewind()?;
            std::io::copy(&mut file, &mut zip)?;
        }
        if let Some(wkt) = system::wkt(crs) {
            zip.start_file(format!("{stem}.prj"), options).map_err(std::io::Error::other)?;
            zip.write_all(wkt.as_bytes())?;
        }
        zip.start_file(format!("{stem}.cpg"), options).map_err(std::io::Error::other)?;
        zip.write_all(b"UTF-8")?;
    }
    let mut file = zip.finish().map_err(std::io::Error::other)?;
    file.rewind()?;
    std::io::copy(&mut file, out)?;
    Ok(())
}

fn code(shape: &Geometry<f64>) -> Option<i32> {
    Some(match shape {
        Geometry::Point(_) => 1,
        Geometry::MultiPoint(_) => 8,
        Geometry::Line(_) | Geometry::LineString(_) | Geometry::MultiLineString(_) => 3,
        Geometry::Polygon(_) | Geometry::MultiPolygon(_) | Geometry::Rect(_) | Geometry::Triangle(_) => 5,
        Geometry::GeometryCollection(_) => return None,
    })
}

fn code_of_kind(kind: map_feature::GeometryKind) -> i32 {
    match kind {
        map_feature::GeometryKind::Line => 3,
        map_feature::GeometryKind::Polygon => 5,
        _ => 1,
    }
}

struct Column {
    name: Vec<u8>,
    class: u8,
    width: usize,
    decimals: u8,
    /// `None`: the feature's id.
    place: Option<usize>,
}

/// Names of at most ten bytes, different from each other; the id first.
fn columns(schema: &Schema) -> Vec<Column> {
    let mut all: Vec<Column> = Vec::new();
    // A row has at most 65,535 bytes.
    let widest = (64_000 / (schema.fields.len() + 1)).clamp(24, WIDEST);
    let fields =
        schema.fields.iter().enumerate().map(|(place, field)| (field.name.as_str(), Some((place, field.kind))));
    for (name, field) in std::iter::once(("id", None)).chain(fields) {
        let short = |name: &str, room: usize| {
            let mut end = name.len().min(room);
            while !name.is_char_boundary(end) {
                end -= 1;
            }
            name[..end].to_owned()
        };
        let mut unique = short(name, 10);
        let mut number = 1;
        while all.iter().any(|column| column.name == unique.as_bytes()) {
            unique = format!("{}_{number}", short(name, 9 - number.to_string().len()));
            number += 1;
        }
        let (class, width, decimals) = match field.map(|(_, kind)| kind) {
            None | Some(Kind::Text) => (b'C', widest, 0),
            Some(Kind::Boolean) => (b'L', 1, 0),
            Some(Kind::Integer) => (b'N', 20, 0),
            Some(Kind::Number) => (b'N', 24, 15),
            Some(Kind::Date) => (b'D', 8, 0),
            Some(Kind::Instant) => (b'C', 35, 0),
        };
        all.push(Column { name: unique.into_bytes(), class, width, decimals, place: field.map(|(place, _)| place) });
    }
    all
}

struct Set {
    code: i32,
    shp: BufWriter<File>,
    shx: BufWriter<File>,
    dbf: BufWriter<File>,
    count: u32,
    /// In bytes.
    size: u64,
    bounds: Option<Bounds>,
    record: Vec<u8>,
}

impl Set {
    fn new(code: i32, columns: &[Column]) -> Result<Set> {
        let mut set = Set {
            code,
            shp: BufWriter::new(tempfile::tempfile()?),
            shx: BufWriter::new(tempfile::tempfile()?),
            dbf: BufWriter::new(tempfile::tempfile()?),
            count: 0,
            size: 100,
            bounds: None,
            record: Vec::new(),
        };
        set.shp.write_all(&[0; 100])?;
        set.shx.write_all(&[0; 100])?;
        set.dbf.write_all(&vec![0; 32 + 32 * columns.len() + 1])?;
        Ok(set)
    }

    fn add(&mut self, feature: &Feature, columns: &[Column]) -> Result<()> {
        self.count += 1;
        self.record.clear();
        match &feature.geometry {
            None => self.record.extend_from_slice(&0_i32.to_le_bytes()),
            Some(shape) => {
                self.record.extend_from_slice(&self.code.to_le_bytes());
                if let (_, Some(bounds), _) = geometry::survey(shape) {
                    self.bounds = Some(self.bounds.map_or(bounds, |all| all.joined(bounds)));
                    contents(&mut self.record, shape, bounds);
                }
            }
        }
        let words = (self.record.len() / 2) as u32;
        self.shx.write_all(&((self.size / 2) as u32).to_be_bytes())?;
        self.shx.write_all(&words.to_be_bytes())?;
        self.shp.write_all(&self.count.to_be_bytes())?;
        self.shp.write_all(&words.to_be_bytes())?;
        self.shp.write_all(&self.record)?;
        self.size += 8 + self.record.len() as u64;
        if self.size > u64::from(u32::MAX) {
            return Err(Error::Limit { what: crate::Limited::FileBytes, limit: u64::from(u32::MAX) });
        }
        self.dbf.write_all(b" ")?;
        for column in columns {
            self.dbf.write_all(&cell(column, feature))?;
        }
        Ok(())
    }

    fn finish(mut self, columns: &[Column]) -> Result<[(&'static str, File); 3]> {
        let bounds = self.bounds.unwrap_or(Bounds { west: 0.0, south: 0.0, east: 0.0, north: 0.0 });
        let head = |size: u64| {
            let mut head = Vec::with_capacity(100);
            head.extend_from_slice(&9994_i32.to_be_bytes());
            head.extend_from_slice(&[0; 20]);
            head.extend_from_slice(&((size / 2) as u32).to_be_bytes());
            head.extend_from_slice(&1000_i32.to_le_bytes());
            head.extend_from_slice(&self.code.to_le_bytes());
            for number in [bounds.west, bounds.south, bounds.east, bounds.north, 0.0, 0.0, 0.0, 0.0] {
                head.extend_from_slice(&f64::to_le_bytes(number));
            }
            head
        };
        let (shp, shx) = (head(self.size), head(100 + 8 * u64::from(self.count)));
        self.dbf.write_all(b"\x1a")?;
        self.shp.seek(SeekFrom::Start(0))?;
        self.shp.write_all(&shp)?;
        self.shx.seek(SeekFrom::Start(0))?;
        self.shx.write_all(&shx)?;
        self.dbf.seek(SeekFrom::Start(0))?;
        self.dbf.write_all(&table_head(self.count, columns))?;
        let file = |writer: BufWriter<File>| writer.into_inner().map_err(|error| error.into_error());
        Ok([("shp", file(self.shp)?), ("shx", file(self.shx)?), ("dbf", file(self.dbf)?)])
    }
}

fn table_head(count: u32, columns: &[Column]) -> Vec<u8> {
    let size = 1 + columns.iter().map(|column| column.width).sum::<usize>();
    // The day of the last change is asked for; the file does not depend on the clock.
    let mut head = vec![3, 126, 1, 1];
    head.extend_from_slice(&count.to_le_bytes());
    head.extend_from_slice(&((32 + 32 * columns.len() + 1) as u16).to_le_bytes());
    head.extend_from_slice(&(size.min(usize::from(u16::MAX)) as u16).to_le_bytes());
    head.resize(32, 0);
    for column in columns {
        let mut descriptor = column.name.clone();
        descriptor.resize(11, 0);
        descriptor.push(column.class);
        descriptor.extend_from_slice(&[0; 4]);
        descriptor.push(column.width as u8);
        descriptor.push(column.decimals);
        descriptor.resize(32, 0);
        head.extend_from_slice(&descriptor);
    }
    head.push(0x0d);
    head
}

fn cell(column: &Column, feature: &Feature) -> Vec<u8> {
    let value = column.place.map(|place| feature.values.get(place).unwrap_or(&Value::Null));
    let (text, right) = match value {
        None => (feature.id.clone().unwrap_or_default(), false),
        Some(Value::Boolean(true)) => ("T".to_owned(), false),
        Some(Value::Boolean(false)) => ("F".to_owned(), false),
        Some(Value::Date(day)) => (format!("{:04}{:02}{:02}", day.year(), day.month(), day.day()), false),
        Some(Value::Number(number)) => {
            let plain = number.to_string();
            (if plain.len() <= column.width { plain } else { format!("{number:e}") }, true)
        }
        Some(Value::Integer(number)) => (number.to_string(), true),
        Some(other) => (other.to_string(), false),
    };
    let mut end = text.len().min(column.width);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let mut cell = Vec::with_capacity(column.width);
    if right {
        cell.resize(column.width - end, b' ');
    }
    cell.extend_from_slice(&text.as_bytes()[..end]);
    cell.resize(column.width, b' ');
    cell
}

/// What follows the type in a record: box, counts, points. Outer rings clockwise.
fn contents(out: &mut Vec<u8>, shape: &Geometry<f64>, bounds: Bounds) {
    let vertex = |out: &mut Vec<u8>, at: Coord<f64>| {
        out.extend_from_slice(&at.x.to_le_bytes());
        out.extend_from_slice(&at.y.to_le_bytes());
    };
    if let Geometry::Point(point) = shape {
        return vertex(out, point.0);
    }
    for number in [bounds.west, bounds.south, bounds.east, bounds.north] {
        out.extend_from_slice(&number.to_le_bytes());
    }
    if let Geometry::MultiPoint(many) = shape {
        out.extend_from_slice(&(many.0.len() as u32).to_le_bytes());
        return many.0.iter().for_each(|point| vertex(out, point.0));
    }
    let mut parts: Vec<Vec<Coord<f64>>> = Vec::new();
    let mut area = |polygon: &Polygon<f64>| {
        parts.push(turned(&polygon.exterior().0, false).collect());
        parts.extend(polygon.interiors().iter().map(|ring| turned(&ring.0, true).collect()));
    };
    match shape {
        Geometry::Polygon(one) => area(one),
        Geometry::MultiPolygon(many) => many.0.iter().for_each(area),
        Geometry::Rect(rect) => area(&rect.to_polygon()),
        Geometry::Triangle(triangle) => area(&triangle.to_polygon()),
        Geometry::LineString(LineString(line)) => parts.push(line.clone()),
        Geometry::MultiLineString(many) => parts.extend(many.0.iter().map(|line| line.0.clone())),
        Geometry::Line(two) => parts.push(vec![two.start, two.end]),
        _ => {}
    }
    parts.retain(|part| !part.is_empty());
    out.extend_from_slice(&(parts.len() as u32).to_le_bytes());
    out.extend_from_slice(&(parts.iter().map(Vec::len).sum::<usize>() as u32).to_le_bytes());
    let mut start = 0;
    for part in &parts {
        out.extend_from_slice(&(start as u32).to_le_bytes());
        start += part.len();
    }
    parts.into_iter().flatten().for_each(|at| vertex(out, at));
}
