//! Codes in a file: CSV of `coder,unit,value` and, if one likes, `level`.

use std::collections::BTreeMap;
use std::fmt;

use survey_instrument::Scale;

use super::{Level, Rating, Ratings};

/// What stands in the file.
#[derive(Debug, Clone, PartialEq)]
pub struct Codes {
    pub ratings: Ratings,
    /// The level that the file names for its values.
    pub level: Option<Level>,
}

/// What is wrong, where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodesError {
    /// Line in the file, from 1; none when the whole file is meant.
    pub line: Option<u64>,
    pub problem: CodesProblem,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CodesProblem {
    /// The file is not CSV with these columns.
    Unreadable(String),
    NoHeader,
    NoCodes,
    NoCoder,
    NoUnit,
    NotANumber(String),
    OffScale {
        value: String,
        scale: String,
    },
    Twice {
        coder: String,
        unit: String,
        first_line: u64,
    },
    UnknownLevel(String),
    TwoLevels {
        level: &'static str,
        first: &'static str,
        first_line: u64,
    },
}

impl fmt::Display for CodesError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(out, "line {line}: ")?;
        }
        match &self.problem {
            CodesProblem::Unreadable(why) => write!(out, "this is not a CSV row: {why}"),
            CodesProblem::NoHeader => {
                write!(out, "the first line must be the header coder,unit,value (and, if you like, level)")
            }
            CodesProblem::NoCodes => write!(out, "there are no codes below the header"),
            CodesProblem::NoCoder => write!(out, "the coder is missing; write any name or number"),
            CodesProblem::NoUnit => write!(out, "the unit is missing; write what was coded, for example a criterion"),
            CodesProblem::NotANumber(value) => {
                write!(
                    out,
                    "{value:?} is not a number; give each category a number, and leave empty what was not coded"
                )
            }
            CodesProblem::OffScale { value, scale } => write!(out, "{value} is not on the scale {scale}"),
            CodesProblem::Twice { coder, unit, first_line } => {
                write!(out, "{coder} already coded {unit} in line {first_line}; keep one")
            }
            CodesProblem::UnknownLevel(word) => {
                write!(out, "{word:?} is not a level; write nominal, ordinal, interval or ratio")
            }
            CodesProblem::TwoLevels { level, first, first_line } => write!(
                out,
                "the level is {level} here and {first} in line {first_line}; put each level into a file of its own"
            ),
        }
    }
}

impl std::error::Error for CodesError {}

impl Codes {
    /// Reads codes: header `coder,unit,value` in any order, an optional `level` (the same in all rows), any further columns.
    /// A row with an empty value is a hole. With a scale every value must be on it, and it counts whole
    /// ([`Ratings::on_scale`]).
    ///
    /// # Errors
    /// Everything wrong with the file, in the order of its lines.
    pub fn parse(text: &str, scale: Option<Scale>) -> Result<Codes, Vec<CodesError>> {
        let text = text.trim_start_matches('\u{feff}');
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .trim(csv::Trim::All)
            .comment(Some(b'#'))
            .from_reader(text.as_bytes());
        let header = reader.headers().cloned().unwrap_or_default();
        let column = |name: &str| header.iter().position(|column| column.eq_ignore_ascii_case(name));
        let (Some(coder), Some(unit), Some(value)) = (column("coder"), column("unit"), column("value")) else {
            return Err(vec![CodesError { line: Some(1), problem: CodesProblem::NoHeader }]);
        };
        let columns = Columns { coder, unit, value, level: column("level") };
        let mut reading = Reading { scale, ..Reading::default() };
        for record in reader.records() {
            match record {
                Ok(record) => reading.row(&record, &columns),
                Err(error) => {
                    let line = error.position().map(csv::Position::line);
                    reading.errors.push(CodesError { line, problem: CodesProblem::Unreadable(error.to_string()) });
                }
            }
        }
        reading.finish()
    }
}

struct Columns {
    coder: usize,
    unit: usize,
    value: usize,
    level: Option<usize>,
}

#[derive(Default)]
struct Reading {
    scale: Option<Scale>,
    rows: Vec<Rating>,
    seen: BTreeMap<(String, String), u64>,
    level: Option<(Level, u64)>,
    errors: Vec<CodesError>,
}

impl Reading {
    fn row(&mut self, record: &csv::StringRecord, columns: &Columns) {
        let line = record.position().map_or(0, csv::Position::line);
        match self.rating(record, columns, line) {
            Ok(rating) => self.rows.extend(rating),
            Err(problem) => self.errors.push(CodesError { line: Some(line), problem }),
        }
    }

    fn rating(
        &mut self,
        record: &csv::StringRecord,
        columns: &Columns,
        line: u64,
    ) -> Result<Option<Rating>, CodesProblem> {
        let cell = |column: usize| record.get(column).unwrap_or_default();
        let (coder, unit, text) = (cell(columns.coder), cell(columns.unit), cell(columns.value));
        if coder.is_empty() {
            return Err(CodesProblem::NoCoder);
        }
        if unit.is_empty() {
            return Err(CodesProblem::NoUnit);
        }
        if let Some(word) = columns.level.map(cell).filter(|word| !word.is_empty()) {
            self.level(word, line)?;
        }
        if text.is_empty() {
            return Ok(None);
        }
        let value = text.parse::<f64>().ok().filter(|value| value.is_finite());
        let value = value.ok_or_else(|| CodesProblem::NotANumber(text.to_owned()))?;
        if let Some(scale) = self.scale
            && !values(scale).contains(&value)
        {
            return Err(CodesProblem::OffScale { value: text.to_owned(), scale: scale.to_string() });
        }
        let place = (coder.to_owned(), unit.to_owned());
        if let Some(first_line) = self.seen.get(&place) {
            return Err(CodesProblem::Twice { coder: place.0, unit: place.1, first_line: *first_line });
        }
        self.seen.insert(place, line);
        Ok(Some(Rating::new(coder, unit, value)))
    }

    fn level(&mut self, word: &str, line: u64) -> Result<(), CodesProblem> {
        let level = Level::parse(&word.to_lowercase()).ok_or_else(|| CodesProblem::UnknownLevel(word.to_owned()))?;
        match self.level {
            Some((first, first_line)) if first != level => {
                Err(CodesProblem::TwoLevels { level: level.word(), first: first.word(), first_line })
            }
            Some(_) => Ok(()),
            None => {
                self.level = Some((level, line));
                Ok(())
            }
        }
    }

    fn finish(mut self) -> Result<Codes, Vec<CodesError>> {
        if self.rows.is_empty() && self.errors.is_empty() {
            self.errors.push(CodesError { line: None, problem: CodesProblem::NoCodes });
        }
        let ratings = match self.scale {
            Some(scale) => Ratings::on_scale(&self.rows, &values(scale)),
            None => Ratings::new(&self.rows),
        };
        if let Err(problem) = &ratings
            && self.errors.is_empty()
        {
            self.errors.push(CodesError { line: None, problem: CodesProblem::Unreadable(problem.to_string()) });
        }
        match ratings {
            Ok(ratings) if self.errors.is_empty() => Ok(Codes { ratings, level: self.level.map(|(level, _)| level) }),
            _ => Err(self.errors),
        }
    }
}

fn values(scale: Scale) -> Vec<f64> {
    scale.values().into_iter().map(f64::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str, scale: Option<Scale>) -> Vec<String> {
        Codes::parse(text, scale).expect_err("refused").iter().map(ToString::to_string).collect()
    }

    #[test]
    fn columns_stand_in_any_order_and_an_empty_value_is_a_hole() {
        let text =
            "\u{feff}Unit, note,value,coder,level\nx,\"a, b\",1,kim,ordinal\n# remark\nx,,2.5,lee,\ny,,,kim,Ordinal\n";
        let codes = Codes::parse(text, None).expect("codes");
        assert_eq!(codes.level, Some(Level::Ordinal));
        assert_eq!(codes.ratings.coders(), ["kim", "lee"]);
        assert_eq!((codes.ratings.units(), codes.ratings.categories()), (&["x".to_owned()][..], &[1.0, 2.5][..]));
    }

    #[test]
    fn every_mistake_is_named_with_its_line() {
        let text =
            "coder,unit,value,level\na,x,1,nominal\n,x,1\nb,,1\na,x,2\nb,y,many\nb,z,NaN\nb,u,1,good\nb,v,1,ratio\n";
        assert_eq!(
            said(text, None),
            [
                "line 3: the coder is missing; write any name or number",
                "line 4: the unit is missing; write what was coded, for example a criterion",
                "line 5: a already coded x in line 2; keep one",
                "line 6: \"many\" is not a number; give each category a number, and leave empty what was not coded",
                "line 7: \"NaN\" is not a number; give each category a number, and leave empty what was not coded",
                "line 8: \"good\" is not a level; write nominal, ordinal, interval or ratio",
                "line 9: the level is ratio here and nominal in line 2; put each level into a file of its own",
            ]
        );
        assert_eq!(
            said("coder,unit,value\na,x,2\n", Some(Scale::AllOrNothing(3))),
            ["line 2: 2 is not on the scale 0/3"]
        );
        assert_eq!(said("coder,unit,value\na,x,\n", None), ["there are no codes below the header"]);
        for text in ["", "a,b,c\n", "coder,value\n"] {
            assert!(said(text, None)[0].starts_with("line 1: the first line must be the header"), "{text:?}");
        }
    }
}
