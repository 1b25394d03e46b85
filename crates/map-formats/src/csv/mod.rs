//! Comma-separated values (RFC 4180, and what spreadsheets make of it) with coordinates, Well-Known Text or addresses.

mod names;
mod write;

use std::borrow::Cow;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use csv::ByteRecord;
use encoding_rs::UTF_8;
use geo_types::{Geometry, Point};
use map_feature::{Bounds, Feature, GeometryKind, Schema, Value};

pub(crate) use write::write;

use crate::geometry::Refused;
use crate::intake::Intake;
use crate::kinds::{Tally, parse};
use crate::look::{Layer, Places};
use crate::text::{Decoded, Meter, Metered};
use crate::{Error, Format, Options, ProblemKind, Reader, Result, geometry, source, text, wkt};
use names::{guess, headings};

pub(crate) struct File {
    path: PathBuf,
}

type Table = (csv::Reader<Box<dyn Read>>, Meter);

impl File {
    pub fn new(path: &Path) -> File {
        File { path: path.to_owned() }
    }

    fn table(&self, options: &Options, known: Option<&str>) -> Result<(Table, &'static str)> {
        let encoding = match options.encoding.as_deref().or(known) {
            Some(label) => text::encoding(label)?,
            None => text::detect(&self.path)?,
        };
        let mut file = BufReader::with_capacity(1 << 16, source::open(&self.path)?);
        let delimiter = delimiter(&mut file)?;
        let decoded: Box<dyn Read> =
            if encoding == UTF_8 { Box::new(WithoutMark::new(file)?) } else { Box::new(Decoded::new(file, encoding)) };
        let (metered, meter) = Metered::new(decoded, options.limits.record);
        let mut builder = csv::ReaderBuilder::new();
        let reader: csv::Reader<Box<dyn Read>> =
            builder.flexible(true).delimiter(delimiter).buffer_capacity(1 << 16).from_reader(Box::new(metered));
        Ok(((reader, meter), encoding.name()))
    }
}

/// UTF-8 with or without its mark.
struct WithoutMark<R>(R);

impl<R: std::io::BufRead> WithoutMark<R> {
    fn new(mut input: R) -> Result<WithoutMark<R>> {
        if input.fill_buf()?.starts_with(b"\xef\xbb\xbf") {
            input.consume(3);
        }
        Ok(WithoutMark(input))
    }
}

impl<R: Read> Read for WithoutMark<R> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        self.0.read(out)
    }
}

/// The sign met most often in the first line, outside of quotes.
fn delimiter(input: &mut impl std::io::BufRead) -> Result<u8> {
    let head = input.fill_buf()?;
    let mut counts = [0_u32; 4];
    let signs = b",;\t|";
    let mut quoted = false;
    for byte in head {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            byte if !quoted => {
                if let Some(place) = signs.iter().position(|sign| sign == byte) {
                    counts[place] += 1;
                }
            }
            _ => {}
        }
    }
    let best = (0..4).max_by_key(|place| (counts[*place], 4 - place)).unwrap_or(0);
    Ok(signs[best])
}

fn broken(error: csv::Error) -> Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => Error::Io(error),
        other => Error::broken(Format::Csv, format!("{other:?}")),
    }
}

/// Which column goes where.
struct Roles {
    x: Option<usize>,
    y: Option<usize>,
    wkt: Option<usize>,
    id: Option<usize>,
    /// For each column its field.
    fields: Vec<Option<usize>>,
}

impl Roles {
    fn new(names: &[String], places: &Places, options: &Options) -> Roles {
        let at = |name: &Option<String>| name.as_ref().and_then(|name| names.iter().position(|other| other == name));
        let (x, y, wkt) = (at(&places.x), at(&places.y), at(&places.wkt));
        let mut next = 0..;
        let mut field = |column: usize| if [x, y, wkt].contains(&Some(column)) { None } else { next.next() };
        Roles { x, y, wkt, id: at(&options.columns.id), fields: (0..names.len()).map(&mut field).collect() }
    }

    /// The geometry, or what is wrong with it.
    fn place(&self, record: &ByteRecord, options: &Options) -> Result<Place, Refused> {
        let text = |column: usize| record.get(column).map(String::from_utf8_lossy).unwrap_or_default();
        if let Some(column) = self.wkt {
            let text = text(column);
            return Ok(match text.trim() {
                "" => Place::Missing,
                text => wkt::read(text, &options.limits).map(|(shape, flat)| Place::Shape(shape, flat))?,
            });
        }
        let (Some(x), Some(y)) = (self.x, self.y) else { return Ok(Place::None) };
        Ok(match (coordinate(&text(x)), coordinate(&text(y))) {
            (Some(x), Some(y)) => Place::Shape(Some(Geometry::Point(Point::new(x, y))), true),
            _ => Place::Missing,
        })
    }
}

enum Place {
    None,
    Missing,
    Shape(Option<Geometry<f64>>, bool),
}

fn coordinate(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|number: &f64| number.is_finite())
}

impl Reader for File {
    fn layers(&mut self, options: &Options) -> Result<Vec<Layer>> {
        let ((mut reader, meter), encoding) = self.table(options, None)?;
        let names = headings(&mut reader, options)?;
        if names.is_empty() {
            return Err(Error::broken(Format::Csv, "no headings"));
        }
        let mut places = guess(&names, options)?;
        let roles = Roles::new(&names, &places, options);
        let mut tally = Tally::default();
        for name in &names {
            tally.place(name, &options.limits)?;
        }
        let mut record = ByteRecord::new();
        let (mut count, mut placed, mut written) = (0_u64, 0_u64, 0_u64);
        let mut kind = None;
        let mut seen: Option<Bounds> = None;
        while reader.read_byte_record(&mut record).unwrap_or(false) {
            meter.next();
            count += 1;
            for (place, bytes) in record.iter().enumerate().take(names.len()) {
                match std::str::from_utf8(bytes) {
                    Ok(text) => tally.see_text(place, text),
                    Err(_) => tally.see_text(place, &String::from_utf8_lossy(bytes)),
                }
            }
            match roles.place(&record, options) {
                Ok(Place::Shape(Some(shape), _)) => {
                    placed += 1;
                    kind = Some(geometry::joined(kind, geometry::kind(&shape)));
                    if let (_, Some(bounds), true) = geometry::survey(&shape) {
                        seen = Some(seen.map_or(bounds, |all| all.joined(bounds)));
                    }
                }
                Ok(Place::Shape(None, _)) => placed += 1,
                Ok(Place::Missing) => {
                    let text = |column: Option<usize>| column.and_then(|column| record.get(column)).unwrap_or_default();
                    written += u64::from(!text(roles.x).is_empty() || !text(roles.y).is_empty());
                }
                Err(Refused::Malformed | Refused::Unknown) => written += 1,
                Err(_) => placed += 1,
                Ok(Place::None) => {}
            }
        }
        // A column called x that mostly holds something else is no coordinate, unless somebody said so.
        if written > placed && options.columns.x.is_none() && options.columns.wkt.is_none() {
            places = Places { x: None, y: None, wkt: None, ..places };
            kind = None;
            seen = None;
        }
        places.encoding = Some(encoding.to_owned());
        let roles = Roles::new(&names, &places, options);
        let fields = tally.fields().into_iter().zip(&roles.fields);
        let fields = fields.filter_map(|(field, place)| place.map(|_| field)).collect();
        let schema = Schema { fields, geometry: kind.unwrap_or(GeometryKind::None) };
        Ok(vec![Layer { schema, count: Some(count), seen, places, ..Layer::default() }])
    }

    fn read(&mut self, layer: &Layer, options: &Options, intake: &mut Intake) -> Result<()> {
        let total = std::fs::metadata(&self.path)?.len();
        let ((mut reader, meter), _) = self.table(options, layer.places.encoding.as_deref())?;
        let names = headings(&mut reader, options)?;
        let roles = Roles::new(&names, &layer.places, options);
        let mut record = ByteRecord::new();
        let mut row = 0;
        loop {
            match reader.read_byte_record(&mut record) {
                Ok(true) => {}
                Ok(false) => return Ok(()),
                Err(error) => match broken(error) {
                    Error::Io(error) if error.kind() == std::io::ErrorKind::FileTooLarge => {
                        return intake.reject(row + 1, None, ProblemKind::TooLong, "");
                    }
                    error => return Err(error),
                },
            }
            meter.next();
            row += 1;
            intake.at(meter.all(), total);
            take(row, &record, &roles, layer, options, intake)?;
        }
    }
}

fn take(
    row: u64,
    record: &ByteRecord,
    roles: &Roles,
    layer: &Layer,
    options: &Options,
    intake: &mut Intake,
) -> Result<()> {
    let text = |column: usize| record.get(column).map(String::from_utf8_lossy);
    let id = roles.id.and_then(text).filter(|id| !id.is_empty()).map(Cow::into_owned);
    if record.len() != roles.fields.len() {
        intake.note(ProblemKind::FieldCount, row, id.as_deref(), None);
    }
    let shape = match roles.place(record, options) {
        Ok(Place::None) => None,
        Ok(Place::Missing) => {
            intake.note(ProblemKind::NoCoordinate, row, id.as_deref(), None);
            None
        }
        Ok(Place::Shape(shape, flat)) => {
            if !flat {
                intake.note(ProblemKind::ThirdDimension, row, id.as_deref(), None);
            }
            shape
        }
        Err(why) => {
            let cells: Vec<Cow<str>> = record.iter().map(String::from_utf8_lossy).collect();
            return intake.reject(row, id.as_deref(), why.into(), &cells.join(","));
        }
    };
    let mut values = vec![Value::Null; layer.schema.fields.len()];
    for (column, place) in roles.fields.iter().enumerate() {
        let (Some(place), Some(bytes)) = (place, record.get(column)) else { continue };
        let Some(field) = layer.schema.fields.get(*place) else { continue };
        let text = String::from_utf8_lossy(bytes);
        if matches!(text, Cow::Owned(_)) {
            intake.note(ProblemKind::BadText, row, id.as_deref(), Some(*place));
        }
        match parse(&text, field.kind) {
            Some(value) => values[*place] = value,
            None => intake.note(ProblemKind::WrongKind, row, id.as_deref(), Some(*place)),
        }
    }
    intake.feature(row, Feature { id, geometry: shape, values })
}
