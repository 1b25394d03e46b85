//! The files of a published round. Every number in them is exact; a spreadsheet and `bench/round/recompute.py` read the
//! same.
//!
//! Text that people wrote (names, replies, reasons) could begin with `=`, `+`, `-` or `@`, which a spreadsheet takes for
//! a formula (CWE-1236). Only such text gets an apostrophe in front, and only in columns that hold people's words: ids,
//! numbers and fractions stay as they are, so that a program reads back what was published. The description
//! (`csv-metadata.json`) says so in each such column.

pub mod cite;
pub mod csvw;
mod rows;
mod tables;

pub use tables::FILES;

use crate::publish::results::Results;

/// A file of a round: its name, and its columns in order.
pub struct File {
    pub name: &'static str,
    pub columns: &'static [Column],
    /// The columns that together name a row.
    pub key: &'static [&'static str],
    pub rows: fn(&Results) -> Vec<Vec<String>>,
}

#[derive(Debug, Clone, Copy)]
pub struct Column {
    pub name: &'static str,
    /// Datatype of XML Schema, as CSVW names it.
    pub datatype: &'static str,
    /// What it holds; English, like the interface.
    pub about: &'static str,
    /// Words that people wrote: guarded against formulas.
    pub words: bool,
    /// Nothing in it means "not known" or "does not apply".
    pub required: bool,
}

/// The file's text (RFC 4180), with a header.
pub fn csv_of(file: &File, results: &Results) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    // A writer into memory cannot fail, and every row has the header's width.
    let _ = writer.write_record(file.columns.iter().map(|column| column.name));
    for row in (file.rows)(results) {
        let guarded =
            row.iter().zip(file.columns).map(|(cell, column)| if column.words { guarded(cell) } else { cell.clone() });
        let _ = writer.write_record(guarded);
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// Words as they are, or with an apostrophe in front when a spreadsheet would compute them.
fn guarded(words: &str) -> String {
    match words.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{words}"),
        _ => words.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_that_a_spreadsheet_would_compute_are_guarded() {
        for (words, kept) in
            [("=1+1", "'=1+1"), ("@a", "'@a"), ("-5 %", "'-5 %"), ("A = b", "A = b"), ("", ""), ("부산", "부산")]
        {
            assert_eq!(guarded(words), kept);
        }
    }

    #[test]
    fn each_files_key_is_among_its_columns() {
        for file in FILES {
            let named = |key: &&str| file.columns.iter().any(|column| column.name == *key);
            assert!(file.key.iter().all(named), "{}", file.name);
        }
    }
}
