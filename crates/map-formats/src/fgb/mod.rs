//! FlatGeobuf 3: one flatbuffer a feature. The crate's generated tables, checked by flatbuffers' verifier before use; the
//! file itself is read by ourselves, since sizes in it are not to be believed.

mod shape;
mod write;

use std::fs;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use flatgeobuf::{ColumnType, GeometryType, Header, packed_r_tree::PackedRTree};
use map_feature::{Crs, Feature, Field, GeometryKind, Kind, Schema, Value};

pub(crate) use write::write;

use crate::intake::Intake;
use crate::look::Layer;
use crate::{CrsGuess, Error, Format, Limits, Options, ProblemKind, Reader, Result, geojson, kinds, source};

pub(crate) struct File {
    path: PathBuf,
    header: Vec<u8>,
}

/// Of the header, in bytes; the reference reader's own limit.
const LONGEST_HEADER: u32 = 10 << 20;

fn broken(why: impl std::fmt::Display) -> Error {
    Error::broken(Format::FlatGeobuf, why)
}

impl File {
    pub fn open(path: &Path, _options: &Options) -> Result<File> {
        let mut input = source::open(path)?;
        let mut head = [0; 12];
        input.read_exact(&mut head).map_err(|_| broken("its header is cut off"))?;
        if !head.starts_with(b"fgb\x03fgb") {
            return Err(broken("it is not version 3"));
        }
        let size = u32::from_le_bytes([head[8], head[9], head[10], head[11]]);
        if size > LONGEST_HEADER {
            return Err(broken("its header is too long"));
        }
        let mut header = head[8..].to_vec();
        input.take(u64::from(size)).read_to_end(&mut header)?;
        if header.len() < size as usize + 4 {
            return Err(broken("its header is cut off"));
        }
        flatgeobuf::size_prefixed_root_as_header(&header).map_err(broken)?;
        Ok(File { path: path.to_owned(), header })
    }

    fn header(&self) -> Result<Header<'_>> {
        flatgeobuf::size_prefixed_root_as_header(&self.header).map_err(broken)
    }

    /// Where the features begin.
    fn start(&self, header: &Header) -> Result<u64> {
        let start = 8 + self.header.len() as u64;
        let (count, width) = (header.features_count(), header.index_node_size());
        if width == 0 || count == 0 {
            return Ok(start);
        }
        // A tree has at least 40 bytes for each feature: more than fits means that the count is wrong.
        let total = fs::metadata(&self.path)?.len();
        if count > total / 40 || width < 2 {
            return Err(broken("its index does not fit into the file"));
        }
        Ok(start + PackedRTree::index_size(count as usize, width) as u64)
    }
}

fn class(class: ColumnType) -> Option<Kind> {
    Some(match class {
        ColumnType::Bool => Kind::Boolean,
        ColumnType::Byte
        | ColumnType::UByte
        | ColumnType::Short
        | ColumnType::UShort
        | ColumnType::Int
        | ColumnType::UInt
        | ColumnType::Long
        | ColumnType::ULong => Kind::Integer,
        ColumnType::Float | ColumnType::Double => Kind::Number,
        ColumnType::String | ColumnType::Json => Kind::Text,
        ColumnType::DateTime => Kind::Instant,
        _ => return None,
    })
}

/// For each column its type and, when it is kept, its field.
type Columns = Vec<(ColumnType, Option<(usize, Kind)>)>;

fn columns(header: &Header, limits: &Limits) -> Result<(Columns, Vec<Field>)> {
    let mut columns = Vec::new();
    let mut fields: Vec<Field> = Vec::new();
    for column in header.columns().iter().flatten() {
        if columns.len() >= limits.fields {
            return Err(Error::Limit { what: crate::Limited::Fields, limit: limits.fields as u64 });
        }
        // Days have no type of their own here: they are written as times, and said to be days in the metadata.
        let day = column.metadata() == Some(DAY);
        let kind = if day { Some(Kind::Date) } else { class(column.type_()) };
        columns.push((column.type_(), kind.map(|kind| (fields.len(), kind))));
        if let Some(kind) = kind {
            let mut name = column.name().to_owned();
            while fields.iter().any(|field| field.name == name) {
                name.push('_');
            }
            let mut field = Field::new(name, kind);
            field.title = column.title().map(str::to_owned);
            fields.push(field);
        }
    }
    Ok((columns, fields))
}

/// Marks a column of days.
const DAY: &str = "{\"format\":\"date\"}";

impl Reader for File {
    fn layers(&mut self, options: &Options) -> Result<Vec<Layer>> {
        let header = self.header()?;
        let (_, fields) = columns(&header, &options.limits)?;
        let geometry = match header.geometry_type() {
            GeometryType::Point | GeometryType::MultiPoint => GeometryKind::Point,
            GeometryType::LineString | GeometryType::MultiLineString => GeometryKind::Line,
            GeometryType::Polygon | GeometryType::MultiPolygon => GeometryKind::Polygon,
            _ => GeometryKind::Any,
        };
        let crs = match header.crs() {
            None => CrsGuess::default(),
            Some(crs) => {
                let epsg = crs.org().is_none_or(|org| org.eq_ignore_ascii_case("EPSG")) && crs.code() > 0;
                let named = epsg.then(|| format!("EPSG:{}", crs.code()).parse::<Crs>().ok()).flatten();
                match (named, crs.wkt()) {
                    (Some(crs), _) => CrsGuess::stated(crs),
                    (None, Some(wkt)) => CrsGuess::of_wkt(wkt),
                    (None, None) => CrsGuess::default(),
                }
            }
        };
        let envelope: Vec<f64> = header.envelope().iter().flatten().collect();
        Ok(vec![Layer {
            name: header.name().unwrap_or_default().to_owned(),
            schema: Schema { fields, geometry },
            crs,
            count: Some(header.features_count()).filter(|count| *count > 0),
            declared: geojson::bbox(&envelope),
            ..Layer::default()
        }])
    }

    fn read(&mut self, _layer: &Layer, options: &Options, intake: &mut Intake) -> Result<()> {
        let header = self.header()?;
        let (columns, fields) = columns(&header, &options.limits)?;
        let id = options.columns.id.as_ref().and_then(|name| fields.iter().position(|field| field.name == *name));
        let mut input = BufReader::with_capacity(1 << 18, source::open(&self.path)?);
        let total = fs::metadata(&self.path)?.len();
        let mut at = self.start(&header)?;
        input.seek(SeekFrom::Start(at))?;
        let class = header.geometry_type();
        let mut buffer = Vec::new();
        let mut row = 0;
        while at < total {
            row += 1;
            let mut size = [0; 4];
            let whole = input.read_exact(&mut size).is_ok();
            let length = u64::from(u32::from_le_bytes(size));
            if !whole || at + 4 + length > total {
                return intake.reject(row, None, ProblemKind::Truncated, "");
            }
            at += 4 + length;
            intake.at(at, total);
            if length > options.limits.record as u64 {
                std::io::copy(&mut (&mut input).take(length), &mut std::io::sink())?;
                intake.reject(row, None, ProblemKind::TooLong, "")?;
                continue;
            }
            buffer.clear();
            buffer.extend_from_slice(&size);
            buffer.resize(length as usize + 4, 0);
            input.read_exact(&mut buffer[4..])?;
            self.one(row, &buffer, class, &columns, fields.len(), id, intake)?;
        }
        let declared = header.features_count();
        if declared > 0 && declared != row {
            intake.note(ProblemKind::WrongCount, row, None, None);
        }
        Ok(())
    }
}

impl File {
    #[allow(clippy::too_many_arguments)]
    fn one(
        &self,
        row: u64,
        bytes: &[u8],
        class: GeometryType,
        columns: &Columns,
        width: usize,
        id: Option<usize>,
        intake: &mut Intake,
    ) -> Result<()> {
        // The verifier's own limit on tables would refuse honest multi-geometries.
        let options =
            flatbuffers::VerifierOptions { max_tables: 10_000_000, max_apparent_size: 1 << 31, ..Default::default() };
        let Ok(feature) = flatgeobuf::size_prefixed_root_as_feature_with_opts(&options, bytes) else {
            return intake.reject(row, None, ProblemKind::Malformed, "");
        };
        let mut values = vec![Value::Null; width];
        let mut problems = Vec::new();
        if let Some(stored) = feature.properties() {
            if feature.columns().is_some() {
                return intake.reject(row, None, ProblemKind::Malformed, "");
            }
            if properties(stored.bytes(), columns, &mut values, &mut problems).is_none() {
                return intake.reject(row, None, ProblemKind::Malformed, "");
            }
        }
        let id = id.map(|place| values[place].to_string()).filter(|id| !id.is_empty());
        for (problem, place) in problems {
            intake.note(problem, row, id.as_deref(), Some(place));
        }
        let mut read = Feature { id, geometry: None, values };
        if let Some(shape) = feature.geometry() {
            let mut shapes = shape::Shapes { vertices: intake.limits.vertices, depth: intake.limits.depth, flat: true };
            match shapes.read(&shape, class, 0) {
                Ok(found) => read.geometry = found,
                Err(why) => {
                    let raw = intake.describe(&read);
                    return intake.reject(row, read.id.as_deref(), why.into(), &raw);
                }
            }
            if !shapes.flat {
                intake.note(ProblemKind::ThirdDimension, row, read.id.as_deref(), None);
            }
        }
        intake.feature(row, read)
    }
}

/// Pairs of column number and value, packed. `None`: cut off or of a column that does not exist.
fn properties(
    mut bytes: &[u8],
    columns: &Columns,
    values: &mut [Value],
    problems: &mut Vec<(ProblemKind, usize)>,
) -> Option<()> {
    fn take<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
        let (first, rest) = bytes.split_first_chunk::<N>()?;
        *bytes = rest;
        Some(*first)
    }
    while !bytes.is_empty() {
        let (class, field) = *columns.get(usize::from(u16::from_le_bytes(take(&mut bytes)?)))?;
        let value = match class {
            ColumnType::Bool => Value::Boolean(take::<1>(&mut bytes)?[0] != 0),
            ColumnType::Byte => Value::Integer(i64::from(i8::from_le_bytes(take(&mut bytes)?))),
            ColumnType::UByte => Value::Integer(i64::from(take::<1>(&mut bytes)?[0])),
            ColumnType::Short => Value::Integer(i64::from(i16::from_le_bytes(take(&mut bytes)?))),
            ColumnType::UShort => Value::Integer(i64::from(u16::from_le_bytes(take(&mut bytes)?))),
            ColumnType::Int => Value::Integer(i64::from(i32::from_le_bytes(take(&mut bytes)?))),
            ColumnType::UInt => Value::Integer(i64::from(u32::from_le_bytes(take(&mut bytes)?))),
            ColumnType::Long => Value::Integer(i64::from_le_bytes(take(&mut bytes)?)),
            ColumnType::ULong => {
                let number = u64::from_le_bytes(take(&mut bytes)?);
                i64::try_from(number).map_or(Value::Number(number as f64), Value::Integer)
            }
            ColumnType::Float => Value::Number(f64::from(f32::from_le_bytes(take(&mut bytes)?))),
            ColumnType::Double => Value::Number(f64::from_le_bytes(take(&mut bytes)?)),
            ColumnType::String | ColumnType::Json | ColumnType::DateTime | ColumnType::Binary => {
                let length = u32::from_le_bytes(take(&mut bytes)?) as usize;
                let (text, rest) = bytes.split_at_checked(length)?;
                bytes = rest;
                match (std::str::from_utf8(text), field) {
                    (Ok(text), _) => Value::Text(text.to_owned()),
                    (Err(_), Some((place, _))) => {
                        problems.push((ProblemKind::BadText, place));
                        Value::Text(String::from_utf8_lossy(text).into_owned())
                    }
                    (Err(_), None) => Value::Null,
                }
            }
            _ => return None,
        };
        let Some((place, kind)) = field else { continue };
        // An empty text is a value, where it is not one that stands for a time.
        let kept = match (kind, &value) {
            (Kind::Text, _) => Some(value),
            (Kind::Instant, Value::Text(text)) => kinds::declared_instant(text).map(|(at, zoneless)| {
                if zoneless {
                    problems.push((ProblemKind::NoTimeZone, place));
                }
                Value::Instant(at)
            }),
            _ => kinds::convert(value, kind),
        };
        match kept {
            Some(value) => values[place] = value,
            None => problems.push((ProblemKind::WrongKind, place)),
        }
    }
    Some(())
}
