//! A table of addresses, row by row: what it held, and beside it where each row was found.

use std::io::{Read, Write};

use csv::{ByteRecord, StringRecord};

use crate::{Index, Located, Quality};

/// What the result adds to a table, in this order.
pub const COLUMNS: [&str; 5] = ["lon", "lat", "matched", "quality", "score"];

#[derive(Debug, thiserror::Error)]
pub enum BatchError {
    #[error("the table has no column \"{name}\"; it has {known}")]
    NoColumn { name: String, known: String },
    #[error("no column was chosen that holds the address")]
    NothingChosen,
    #[error("the table could not be read or written: {0}")]
    Table(#[from] csv::Error),
    #[error("the result could not be written: {0}")]
    Output(#[from] std::io::Error),
}

#[derive(Clone, Copy)]
pub struct BatchOptions<'o> {
    /// Names of the columns that make up the address, in the order in which they are read.
    pub columns: &'o [&'o str],
    pub delimiter: u8,
    /// Longitude and latitude, degrees: of places alike the nearest is taken.
    pub near: Option<(f64, f64)>,
    /// See [`crate::Ask::may`].
    pub may: &'o dyn Fn(&str, u16) -> bool,
}

/// How far a batch is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    pub rows: u64,
    /// Of the input.
    pub bytes: u64,
    pub exact: u64,
    pub close: u64,
    pub street: u64,
    pub none: u64,
}

/// A row of the table and where it was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub record: StringRecord,
    pub located: Option<Located>,
}

impl Row {
    /// The values for [`COLUMNS`]; empty but for the quality when nothing was found. Degrees with seven decimals (about a
    /// centimetre).
    pub fn result(&self) -> [String; 5] {
        match &self.located {
            Some(Located { hit, quality, score }) => [
                format!("{:.7}", hit.at.0),
                format!("{:.7}", hit.at.1),
                hit.name.clone(),
                quality.word().to_owned(),
                format!("{score:.2}"),
            ],
            None => ["", "", "", Quality::None.word(), "0.00"].map(str::to_owned),
        }
    }
}

/// An iterator over the rows. Text that is not UTF-8 is read with replacement marks; rows may be shorter or longer than
/// the header.
pub struct Batch<'b, R> {
    index: &'b Index,
    reader: csv::Reader<R>,
    header: StringRecord,
    chosen: Vec<usize>,
    options: BatchOptions<'b>,
    progress: Progress,
}

impl<'b, R: Read> Batch<'b, R> {
    /// The first row is the header.
    pub fn new(index: &'b Index, input: R, options: BatchOptions<'b>) -> Result<Batch<'b, R>, BatchError> {
        let mut reader = csv::ReaderBuilder::new().delimiter(options.delimiter).flexible(true).from_reader(input);
        let header = text(reader.byte_headers()?);
        if options.columns.is_empty() {
            return Err(BatchError::NothingChosen);
        }
        let place = |name: &&str| {
            header.iter().position(|known| known.trim() == *name).ok_or_else(|| BatchError::NoColumn {
                name: (*name).to_owned(),
                known: header.iter().collect::<Vec<_>>().join(", "),
            })
        };
        let chosen = options.columns.iter().map(place).collect::<Result<_, _>>()?;
        Ok(Batch { index, reader, header, chosen, options, progress: Progress::default() })
    }

    pub fn progress(&self) -> Progress {
        self.progress
    }

    /// Header of the result: [`COLUMNS`] after the table's own; where it has one of that name already, with `_found`.
    pub fn header(&self) -> StringRecord {
        let mut header = self.header.clone();
        for column in COLUMNS {
            let taken = self.header.iter().any(|known| known == column);
            header.push_field(&if taken { format!("{column}_found") } else { column.to_owned() });
        }
        header
    }

    /// Writes the whole result; `told` hears of each row and may end the work by `false`.
    pub fn write(mut self, out: impl Write, told: &mut dyn FnMut(Progress) -> bool) -> Result<Progress, BatchError> {
        let mut writer = csv::WriterBuilder::new().delimiter(self.options.delimiter).flexible(true).from_writer(out);
        writer.write_record(&self.header())?;
        let width = self.header.len();
        while let Some(row) = self.next() {
            let mut row = row?;
            let result = row.result();
            // What is longer than the header is cut, what is shorter filled, so that the columns stay in line.
            row.record.truncate(width);
            (row.record.len()..width).for_each(|_| row.record.push_field(""));
            result.iter().for_each(|value| row.record.push_field(value));
            writer.write_record(&row.record)?;
            if !told(self.progress) {
                break;
            }
        }
        writer.flush()?;
        Ok(self.progress)
    }
}

impl<R: Read> Iterator for Batch<'_, R> {
    type Item = Result<Row, BatchError>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut record = ByteRecord::new();
        match self.reader.read_byte_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return None,
            Err(error) => return Some(Err(error.into())),
        }
        let record = text(&record);
        let parts: Vec<&str> = self.chosen.iter().filter_map(|at| record.get(*at)).map(str::trim).collect();
        let written = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        let located = self.index.locate(&written, self.options.near, self.options.may);
        let progress = &mut self.progress;
        progress.rows += 1;
        progress.bytes = self.reader.position().byte();
        *match located.as_ref().map_or(Quality::None, |located| located.quality) {
            Quality::Exact => &mut progress.exact,
            Quality::Close => &mut progress.close,
            Quality::Street => &mut progress.street,
            Quality::None => &mut progress.none,
        } += 1;
        Some(Ok(Row { record, located }))
    }
}

fn text(record: &ByteRecord) -> StringRecord {
    record.iter().map(String::from_utf8_lossy).collect::<Vec<_>>().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::{house, place};

    fn index() -> Index {
        Index::build([
            house("1", "Hlemmur", "3", "Reykjavík"),
            house("2", "세종대로", "110", "중구"),
            place("3", "서울시청"),
        ])
    }

    fn options<'o>(columns: &'o [&'o str]) -> BatchOptions<'o> {
        BatchOptions { columns, delimiter: b',', near: None, may: &|_, _| true }
    }

    #[test]
    fn a_table_comes_back_with_places() {
        let table = "\u{feff}id,street,nr,lon\n1,Hlemmur,3,x\n2,\"Hlemmur, \",4,x\n3,세종대로110\n4,서울시청,,,more\n5,,,\n6,Hlemur,3,\n";
        let index = index();
        let mut out = Vec::new();
        let mut told = 0;
        let batch = Batch::new(&index, table.as_bytes(), options(&["street", "nr"])).unwrap();
        let end = batch
            .write(&mut out, &mut |progress| {
                told += 1;
                progress.rows == told
            })
            .unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "id,street,nr,lon,lon_found,lat,matched,quality,score\n\
             1,Hlemmur,3,x,127.0000000,37.5000000,Hlemmur 3,exact,1.00\n\
             2,\"Hlemmur, \",4,x,127.0000000,37.5000000,Hlemmur 3,street,0.50\n\
             3,세종대로110,,,127.0000000,37.5000000,세종대로 110,exact,1.00\n\
             4,서울시청,,,127.0000000,37.5000000,서울시청,exact,1.00\n\
             5,,,,,,,none,0.00\n\
             6,Hlemur,3,,127.0000000,37.5000000,Hlemmur 3,close,0.70\n"
        );
        assert_eq!((end.rows, end.exact, end.close, end.street, end.none), (6, 3, 1, 1, 1));
        assert_eq!(end.bytes, table.len() as u64);
    }

    #[test]
    fn bad_tables_are_told() {
        let index = index();
        let error = Batch::new(&index, "a,b\n".as_bytes(), options(&["c"])).err().unwrap();
        assert_eq!(error.to_string(), "the table has no column \"c\"; it has a, b");
        assert!(matches!(Batch::new(&index, "a\n".as_bytes(), options(&[])), Err(BatchError::NothingChosen)));
        assert!(Batch::new(&index, "".as_bytes(), options(&["a"])).is_err());
        // Not UTF-8 (서울 in CP949), NULs, an open quote, a very long cell: rows like any other.
        let mut odd = b"a\n\xbc\xad\xbf\xef\n\0\0\n\"open\n".to_vec();
        odd.extend(std::iter::repeat_n(b'x', 100_000));
        let rows: Vec<_> = Batch::new(&index, &odd[..], options(&["a"])).unwrap().collect();
        assert!(rows.len() == 3 && rows.iter().all(Result::is_ok));
    }

    #[test]
    fn work_can_be_ended() {
        let (index, table) = (index(), format!("a\n{}", "Hlemmur 3\n".repeat(50)));
        let batch = Batch::new(&index, table.as_bytes(), options(&["a"])).unwrap();
        assert_eq!(batch.write(Vec::new(), &mut |progress| progress.rows < 7).unwrap().rows, 7);
    }
}
