//! The table: dBASE III to 7 and FoxPro as far as Shapefiles use them.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, EUC_KR, Encoding, GBK, IBM866, SHIFT_JIS, UTF_8, WINDOWS_874};
use jiff::civil::Date;
use map_feature::{Field, Kind, Value};

use super::broken;
use crate::{Options, ProblemKind, Result, source};

pub(super) struct Table {
    input: BufReader<File>,
    columns: Vec<Column>,
    start: u64,
    /// As the header says.
    pub count: u64,
    given: u64,
    record: Vec<u8>,
    language: u8,
    pub encoding: &'static Encoding,
}

struct Column {
    name: Vec<u8>,
    class: u8,
    kind: Kind,
    at: usize,
    width: usize,
}

#[derive(Default)]
pub(super) struct Record {
    pub deleted: bool,
    pub values: Vec<Value>,
    pub problems: Vec<(ProblemKind, usize)>,
}

impl Table {
    pub fn open(path: &Path, options: &Options) -> Result<Table> {
        let mut input = BufReader::with_capacity(1 << 16, source::open(path)?);
        let mut head = [0; 32];
        input.read_exact(&mut head).map_err(|_| broken("the header of its table is cut off"))?;
        let count = u32::from_le_bytes([head[4], head[5], head[6], head[7]]);
        let start = u64::from(u16::from_le_bytes([head[8], head[9]]));
        let size = usize::from(u16::from_le_bytes([head[10], head[11]]));
        let mut columns = Vec::new();
        let mut at = 1;
        let mut descriptor = [0; 32];
        while 32 + 32 * (columns.len() as u64 + 1) <= start.max(33) && columns.len() < options.limits.fields {
            let mut first = [0; 1];
            if input.read_exact(&mut first).is_err() || first[0] == 0x0d || first[0] == 0 {
                break;
            }
            descriptor[0] = first[0];
            input.read_exact(&mut descriptor[1..]).map_err(|_| broken("the header of its table is cut off"))?;
            let name = descriptor[..11].split(|byte| *byte == 0).next().unwrap_or_default().to_vec();
            let (class, width, decimals) = (descriptor[11], usize::from(descriptor[16]), descriptor[17]);
            let kind = match class {
                b'N' if decimals == 0 && width <= 20 => Kind::Integer,
                b'N' | b'F' | b'B' | b'O' | b'Y' => Kind::Number,
                b'I' | b'+' => Kind::Integer,
                b'L' => Kind::Boolean,
                b'D' => Kind::Date,
                _ => Kind::Text,
            };
            columns.push(Column { name, class, kind, at, width });
            at += width;
        }
        if at > size {
            return Err(broken("the columns of its table are wider than its rows"));
        }
        input.seek(SeekFrom::Start(start))?;
        let record = vec![0; size];
        Ok(Table {
            input,
            columns,
            start,
            count: u64::from(count),
            given: 0,
            record,
            language: head[29],
            encoding: UTF_8,
        })
    }

    /// Names decoded and different from each other.
    pub fn fields(&self) -> Vec<Field> {
        let mut fields: Vec<Field> = Vec::with_capacity(self.columns.len());
        for (place, column) in self.columns.iter().enumerate() {
            let (name, _) = self.encoding.decode_without_bom_handling(&column.name);
            let mut name = name.trim().to_owned();
            if name.is_empty() {
                name = format!("column_{}", place + 1);
            }
            while fields.iter().any(|field| field.name == name) {
                name.push('_');
            }
            fields.push(Field::new(name, column.kind));
        }
        fields
    }

    /// By the language byte, unless it is missing or the one that programs write without asking; then by the text.
    pub fn guess_encoding(&mut self) -> Result<&'static Encoding> {
        let by_language = match self.language {
            0x4e | 0x79 => Some(EUC_KR),
            0x4d | 0x7a => Some(GBK),
            0x4f | 0x78 => Some(BIG5),
            0x13 | 0x7b => Some(SHIFT_JIS),
            0x50 | 0x7c => Some(WINDOWS_874),
            0x26 | 0x65 => Some(IBM866),
            0xc8 => Encoding::for_label(b"windows-1250"),
            0xc9 => Encoding::for_label(b"windows-1251"),
            0xca => Encoding::for_label(b"windows-1254"),
            0xcb => Encoding::for_label(b"windows-1253"),
            0x7d => Encoding::for_label(b"windows-1255"),
            0x7e => Encoding::for_label(b"windows-1256"),
            0xcc => Encoding::for_label(b"windows-1257"),
            _ => None,
        };
        if let Some(encoding) = by_language {
            return Ok(encoding);
        }
        let mut bytes = Vec::new();
        (&mut self.input).take(1 << 20).read_to_end(&mut bytes)?;
        self.input.seek(SeekFrom::Start(self.start))?;
        for column in &self.columns {
            bytes.extend_from_slice(&column.name);
            bytes.push(b' ');
        }
        let valid = std::str::from_utf8(&bytes).map_or_else(|error| error.error_len().is_none(), |_| true);
        if valid {
            return Ok(UTF_8);
        }
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(&bytes, true);
        Ok(detector.guess(Some(b"kr"), Utf8Detection::Allow))
    }

    /// The next row; `None` at the end of the file or of the rows that the header counts.
    pub fn next(&mut self) -> Result<Option<Record>> {
        if self.given >= self.count || self.record.is_empty() || self.input.read_exact(&mut self.record).is_err() {
            return Ok(None);
        }
        self.given += 1;
        let mut record = Record { deleted: self.record[0] == b'*', ..Record::default() };
        for (place, column) in self.columns.iter().enumerate() {
            let bytes = self.record.get(column.at..column.at + column.width).unwrap_or_default();
            let (value, problem) = column.value(bytes, self.encoding);
            record.values.push(value);
            record.problems.extend(problem.map(|problem| (problem, place)));
        }
        Ok(Some(record))
    }
}

impl Column {
    fn value(&self, bytes: &[u8], encoding: &'static Encoding) -> (Value, Option<ProblemKind>) {
        let wrong = (Value::Null, Some(ProblemKind::WrongKind));
        match self.class {
            b'I' | b'+' => match bytes.first_chunk() {
                Some(bytes) => (Value::Integer(i64::from(i32::from_le_bytes(*bytes))), None),
                None => wrong,
            },
            b'B' | b'O' if bytes.len() == 8 => match bytes.first_chunk() {
                Some(bytes) => (Value::Number(f64::from_le_bytes(*bytes)), None),
                None => wrong,
            },
            b'Y' if bytes.len() == 8 => match bytes.first_chunk() {
                Some(bytes) => (Value::Number(i64::from_le_bytes(*bytes) as f64 / 10_000.0), None),
                None => wrong,
            },
            // Memos stand in another file, which Shapefiles do not have.
            b'M' | b'G' | b'P' | b'T' | b'@' => (Value::Null, None),
            _ => self.written(bytes, encoding),
        }
    }

    fn written(&self, bytes: &[u8], encoding: &'static Encoding) -> (Value, Option<ProblemKind>) {
        let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
        let bytes = bytes[..end].trim_ascii_end();
        if self.kind == Kind::Text {
            let (text, bad) = encoding.decode_without_bom_handling(bytes);
            let problem = bad.then_some(ProblemKind::BadText);
            return (if text.is_empty() { Value::Null } else { Value::Text(text.into_owned()) }, problem);
        }
        let text = std::str::from_utf8(bytes).map(str::trim).unwrap_or("?");
        // A field of stars is one that nothing was written into.
        if text.is_empty() || text.bytes().all(|byte| byte == b'*') {
            return (Value::Null, None);
        }
        let value = match self.kind {
            Kind::Integer => text.parse().ok().or_else(|| whole(text)).map(Value::Integer),
            Kind::Number => text.replace(',', ".").parse().ok().map(Value::Number),
            Kind::Boolean => match text {
                "T" | "t" | "Y" | "y" => Some(Value::Boolean(true)),
                "F" | "f" | "N" | "n" => Some(Value::Boolean(false)),
                "?" => return (Value::Null, None),
                _ => None,
            },
            _ if text.bytes().all(|byte| byte == b'0') => return (Value::Null, None),
            _ => day(text).map(Value::Date),
        };
        match value {
            Some(value) => (value, None),
            None => (Value::Null, Some(ProblemKind::WrongKind)),
        }
    }
}

/// `12.000` in a column of whole numbers.
fn whole(text: &str) -> Option<i64> {
    let (whole, rest) = text.split_once('.')?;
    rest.bytes().all(|byte| byte == b'0').then(|| whole.parse().ok()).flatten()
}

fn day(text: &str) -> Option<Date> {
    let digits = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    let part = |range: std::ops::Range<usize>| text.get(range).and_then(|part| part.parse().ok());
    digits.then(|| Date::new(part(0..4)?, part(4..6)? as i8, part(6..8)? as i8).ok()).flatten()
}
