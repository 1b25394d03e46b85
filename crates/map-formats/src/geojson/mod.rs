//! GeoJSON (RFC 7946) and sequences of it (RFC 8142, and lines without separators), streamed.

mod coords;
mod encode;
mod parse;
mod properties;
mod scan;

use std::io::{BufReader, Write};
use std::path::{Path, PathBuf};

use map_feature::{Bounds, Crs, Feature, GeometryKind, Schema, Transformer, Value};

pub(crate) use encode::write_decimal;
pub use encode::{Encoder, write_geometry, write_text};
pub(crate) use parse::Fields;
pub(crate) use properties::collect;

use crate::intake::Intake;
use crate::kinds::{Scalar, Tally, fit};
use crate::look::Layer;
use crate::{CrsGuess, Error, Format, Limits, Options, ProblemKind, Reader, Result, Stop, Written, geometry, source};
use parse::Failed;
use scan::{Piece, Scanner};

pub(crate) struct File {
    path: PathBuf,
}

impl File {
    pub fn new(path: &Path) -> File {
        File { path: path.to_owned() }
    }

    fn scanner(&self, limits: &Limits) -> Result<Scanner<BufReader<std::fs::File>>> {
        Ok(Scanner::new(BufReader::with_capacity(1 << 18, source::open(&self.path)?), limits.record))
    }
}

/// Collects names and kinds.
struct Counting<'a> {
    tally: &'a mut Tally,
    limits: &'a Limits,
    full: bool,
}

impl Fields for Counting<'_> {
    fn place(&mut self, name: &str) -> Option<usize> {
        let place = self.tally.place(name, self.limits);
        self.full |= place.is_err();
        place.ok()
    }

    fn put(&mut self, place: usize, value: Scalar) {
        self.tally.see(place, value);
    }
}

/// Takes the values of known fields.
pub(crate) struct Row<'a> {
    schema: &'a Schema,
    next: usize,
    pub values: Vec<Value>,
    pub wrong: Vec<usize>,
}

impl<'a> Row<'a> {
    pub fn new(schema: &'a Schema) -> Row<'a> {
        Row { schema, next: 0, values: vec![Value::Null; schema.fields.len()], wrong: Vec::new() }
    }
}

impl Fields for Row<'_> {
    /// Features of one file mostly have the same fields in the same order.
    fn place(&mut self, name: &str) -> Option<usize> {
        let fields = &self.schema.fields;
        let place = match fields.get(self.next) {
            Some(field) if field.name == name => self.next,
            _ => self.schema.position(name)?,
        };
        self.next = place + 1;
        Some(place)
    }

    fn put(&mut self, place: usize, value: Scalar) {
        match self.schema.fields.get(place).map(|field| fit(value, field.kind)) {
            Some(Some(value)) => self.values[place] = value,
            Some(None) => self.wrong.push(place),
            None => {}
        }
    }
}

impl Reader for File {
    fn layers(&mut self, options: &Options) -> Result<Vec<Layer>> {
        let mut tally = Tally::default();
        let mut layer = Layer { crs: CrsGuess::stated(Crs::Crs84), ..Layer::default() };
        let mut kind = None;
        let mut count = 0;
        let mut scanner = self.scanner(&options.limits)?;
        let mut any = false;
        loop {
            match scanner.next()? {
                Piece::End => break,
                Piece::Members => {
                    any = true;
                    parse::members(scanner.item(), &mut layer);
                }
                Piece::Value => {
                    let mut fields = Counting { tally: &mut tally, limits: &options.limits, full: false };
                    let parsed = parse::feature(scanner.item(), &options.limits, &mut fields);
                    if fields.full {
                        let limit = options.limits.fields as u64;
                        return Err(Error::Limit { what: crate::Limited::Fields, limit });
                    }
                    count += 1;
                    let Ok(parsed) = parsed else { continue };
                    any = true;
                    let Some(shape) = parsed.geometry else { continue };
                    kind = Some(geometry::joined(kind, geometry::kind(&shape)));
                    if let (_, Some(bounds), true) = geometry::survey(&shape) {
                        layer.seen = Some(layer.seen.map_or(bounds, |all| all.joined(bounds)));
                    }
                }
                Piece::TooLong | Piece::Broken | Piece::Cut => count += 1,
            }
        }
        if !any {
            return Err(Error::broken(Format::GeoJson, "no feature in it"));
        }
        layer.schema = Schema { fields: tally.fields(), geometry: kind.unwrap_or(GeometryKind::None) };
        layer.count = Some(count);
        Ok(vec![layer])
    }

    fn read(&mut self, layer: &Layer, options: &Options, intake: &mut Intake) -> Result<()> {
        let total = std::fs::metadata(&self.path)?.len();
        let mut scanner = self.scanner(&options.limits)?;
        let mut number = 0;
        loop {
            let piece = scanner.next()?;
            intake.at(scanner.offset, total);
            number += u64::from(!matches!(piece, Piece::End | Piece::Members));
            match piece {
                Piece::End => return Ok(()),
                Piece::Members => {}
                Piece::Value => row(number, scanner.item(), layer, options, intake)?,
                Piece::TooLong => intake.reject(number, None, ProblemKind::TooLong, &lossy(scanner.item()))?,
                Piece::Broken => intake.reject(number, None, ProblemKind::Malformed, &lossy(scanner.item()))?,
                Piece::Cut => intake.reject(number, None, ProblemKind::Truncated, &lossy(scanner.item()))?,
            }
        }
    }
}

/// Rejected text is kept shortened: no need to copy all of it.
fn lossy(text: &[u8]) -> String {
    String::from_utf8_lossy(&text[..text.len().min(1 << 20)]).into_owned()
}

fn row(number: u64, text: &[u8], layer: &Layer, options: &Options, intake: &mut Intake) -> Result<()> {
    let mut fields = Row::new(&layer.schema);
    let mut parsed = parse::feature(text, &options.limits, &mut fields);
    if let Err(Failed::Malformed) = parsed
        && let Some(mended) = scan::without_nan(text)
    {
        fields = Row::new(&layer.schema);
        parsed = parse::feature(&mended, &options.limits, &mut fields);
        if parsed.is_ok() {
            intake.note(ProblemKind::NotANumber, number, None, None);
        }
    }
    let parsed = match parsed {
        Ok(parsed) => parsed,
        Err(Failed::Malformed) => return intake.reject(number, None, ProblemKind::Malformed, &lossy(text)),
        Err(Failed::Refused(why)) => return intake.reject(number, None, why.into(), &lossy(text)),
    };
    let id = match &options.columns.id {
        Some(name) => layer.schema.position(name).and_then(|place| fields.values.get(place)).map(Value::to_string),
        None => parsed.id,
    };
    for place in fields.wrong {
        intake.note(ProblemKind::WrongKind, number, id.as_deref(), Some(place));
    }
    if !parsed.flat {
        intake.note(ProblemKind::ThirdDimension, number, id.as_deref(), None);
    }
    let id = id.filter(|id| !id.is_empty());
    intake.feature(number, Feature { id, geometry: parsed.geometry, values: fields.values })
}

/// A feature collection, or one feature a line behind its record separator.
pub(crate) fn write(
    format: Format,
    schema: &Schema,
    crs: Crs,
    features: &mut dyn Iterator<Item = Result<Feature, Stop>>,
    out: &mut dyn Write,
) -> Result<Written> {
    let refused = |source| Error::Crs { format, source };
    let transformer = Transformer::new(crs, Crs::Crs84).map_err(refused)?;
    let encoder = Encoder::new(schema, Crs::Crs84);
    let mut written = Written::default();
    let mut buffer = Vec::with_capacity(1 << 17);
    if format == Format::GeoJson {
        buffer.extend_from_slice(b"{\"type\":\"FeatureCollection\",\"features\":[\n");
    }
    for feature in features {
        let mut feature = feature.map_err(Error::Stopped)?;
        if let Some(shape) = &mut feature.geometry {
            *shape = transformer.geometry(shape).map_err(refused)?;
        }
        match format {
            Format::GeoJson if written.features > 0 => buffer.extend_from_slice(b",\n"),
            Format::GeoJsonSeq => buffer.push(0x1e),
            _ => {}
        }
        encoder.feature(&mut buffer, &feature);
        if format == Format::GeoJsonSeq {
            buffer.push(b'\n');
        }
        written.features += 1;
        if buffer.len() > 1 << 16 {
            out.write_all(&buffer)?;
            buffer.clear();
        }
    }
    if format == Format::GeoJson {
        buffer.extend_from_slice(b"\n]}\n");
    }
    out.write_all(&buffer)?;
    Ok(written)
}

/// A declared box of four or six numbers.
pub(crate) fn bbox(numbers: &[f64]) -> Option<Bounds> {
    match *numbers {
        [west, south, east, north] | [west, south, _, east, north, _] if west <= east && south <= north => {
            Some(Bounds { west, south, east, north })
        }
        _ => None,
    }
}
