//! The values of one field, one after the other.

use jiff::{Timestamp, civil::Date};
use map_feature::{Field, Kind, Value};
use serde::{Deserialize, Serialize};

use crate::{
    Error, Result,
    mapped::Bytes,
    packed::{Packed, PackedSpec, Whole, WholeSpec},
    section::Sections,
    words::{Gathered, Words, WordsSpec},
};

/// What is not there, among codes of texts.
const NONE: u32 = u32::MAX;

/// The values as they come.
pub(crate) enum Coming {
    /// 0 nothing, 1 false, 2 true.
    Boolean(Vec<u8>),
    Whole(Vec<i64>, Gaps),
    /// NaN for nothing.
    Number(Vec<f64>),
    Text(Gathered, Vec<u32>),
    Date(Vec<i64>, Gaps),
    /// Seconds since 1970, and nanoseconds of the same sign.
    Instant(Vec<i64>, Vec<i32>, Gaps),
}

/// Which values are missing: a bit each.
#[derive(Default)]
pub(crate) struct Gaps(Vec<u64>);

impl Gaps {
    fn put(&mut self, at: usize) {
        if self.0.len() <= at / 64 {
            self.0.resize(at / 64 + 1, 0);
        }
        self.0[at / 64] |= 1 << (at % 64);
    }

    fn has(&self, at: usize) -> bool {
        self.0.get(at / 64).is_some_and(|bits| bits >> (at % 64) & 1 == 1)
    }
}

impl Coming {
    pub fn new(kind: Kind) -> Coming {
        match kind {
            Kind::Boolean => Coming::Boolean(Vec::new()),
            Kind::Integer => Coming::Whole(Vec::new(), Gaps::default()),
            Kind::Number => Coming::Number(Vec::new()),
            Kind::Text => Coming::Text(Gathered::default(), Vec::new()),
            Kind::Date => Coming::Date(Vec::new(), Gaps::default()),
            Kind::Instant => Coming::Instant(Vec::new(), Vec::new(), Gaps::default()),
        }
    }

    /// The value must have passed [`check`].
    pub fn push(&mut self, value: &Value) -> Result<()> {
        match self {
            Coming::Boolean(all) => all.push(match value {
                Value::Boolean(yes) => 1 + u8::from(*yes),
                _ => 0,
            }),
            Coming::Whole(all, gaps) => match value {
                Value::Integer(number) => all.push(*number),
                _ => missing(all, gaps),
            },
            Coming::Number(all) => all.push(match value {
                Value::Number(number) => *number,
                Value::Integer(number) => *number as f64,
                _ => f64::NAN,
            }),
            Coming::Text(words, codes) => codes.push(match value {
                Value::Text(text) => words.number(text)?,
                _ => NONE,
            }),
            Coming::Date(all, gaps) => match value {
                Value::Date(day) => all.push(of_day(*day)),
                _ => missing(all, gaps),
            },
            Coming::Instant(seconds, nanoseconds, gaps) => match value {
                Value::Instant(moment) => {
                    seconds.push(moment.as_second());
                    nanoseconds.push(moment.subsec_nanosecond());
                }
                _ => {
                    missing(seconds, gaps);
                    nanoseconds.push(0);
                }
            },
        }
        Ok(())
    }

    /// Writes the values in the given order.
    pub fn write(self, out: &mut Sections, order: &[u32]) -> Result<ColumnSpec> {
        let rows = || order.iter().map(|row| *row as usize);
        let whole = |all: &'_ [i64], gaps: &'_ Gaps, out: &mut Sections| {
            Whole::write(out, || rows().map(|row| if gaps.has(row) { None } else { Some(all[row]) }))
        };
        Ok(match self {
            Coming::Boolean(all) => ColumnSpec::Boolean(Packed::write(out, 2, rows().map(|row| u64::from(all[row])))?),
            Coming::Whole(all, gaps) => ColumnSpec::Whole(whole(&all, &gaps, out)?),
            Coming::Date(all, gaps) => ColumnSpec::Date(whole(&all, &gaps, out)?),
            Coming::Instant(seconds, nanoseconds, gaps) => ColumnSpec::Instant {
                seconds: whole(&seconds, &gaps, out)?,
                nanoseconds: Whole::write(out, || rows().map(|row| Some(i64::from(nanoseconds[row]))))?,
            },
            Coming::Number(all) => match decimals(&all) {
                Some(scale) => ColumnSpec::Decimal {
                    scale,
                    whole: Whole::write(out, || rows().map(|row| scaled(all[row], scale)))?,
                },
                None => ColumnSpec::Number(Packed::write(out, u64::MAX, rows().map(|row| all[row].to_bits()))?),
            },
            Coming::Text(words, codes) => {
                // Numbered anew in the order of the rows: texts of neighbours lie side by side.
                let mut anew = vec![NONE; words.len()];
                let mut old = Vec::with_capacity(words.len());
                for row in rows() {
                    let code = codes[row];
                    if code != NONE && anew[code as usize] == NONE {
                        anew[code as usize] = old.len() as u32;
                        old.push(code);
                    }
                }
                let code = |row: usize| match codes[row] {
                    NONE => 0,
                    code => u64::from(anew[code as usize]) + 1,
                };
                let codes = Packed::write(out, old.len() as u64, rows().map(code))?;
                ColumnSpec::Text { codes, words: Words::write(out, || old.iter().map(|code| words.get(*code)))? }
            }
        })
    }
}

fn missing(all: &mut Vec<i64>, gaps: &mut Gaps) {
    gaps.put(all.len());
    all.push(0);
}

/// Whether a field takes a value. A whole number is taken where a number is asked for.
pub(crate) fn check(field: &Field, value: &Value) -> Result<()> {
    let fits = match value.kind() {
        None => true,
        Some(Kind::Integer) => matches!(field.kind, Kind::Integer | Kind::Number),
        Some(kind) => kind == field.kind,
    };
    let finite = if let Value::Number(number) = value { number.is_finite() } else { true };
    if fits && finite {
        return Ok(());
    }
    let value = value.to_string().chars().take(80).collect();
    Err(Error::Kind { field: field.name.clone(), value })
}

/// The number of decimal places with which all numbers can be told exactly, if few do.
fn decimals(all: &[f64]) -> Option<u8> {
    let mut scale = 0;
    for &number in all.iter().filter(|number| !number.is_nan()) {
        while scaled(number, scale).is_none() {
            scale += 1;
            if scale > 9 {
                return None;
            }
        }
    }
    let exact = |number: &f64| number.is_nan() || scaled(*number, scale).is_some();
    all.iter().all(exact).then_some(scale)
}

/// The whole number from which [`unscaled`] makes the same bits.
fn scaled(number: f64, scale: u8) -> Option<i64> {
    let whole = (number * 10f64.powi(i32::from(scale))).round();
    let small = whole.abs() < 9e15;
    (small && unscaled(whole as i64, scale).to_bits() == number.to_bits()).then_some(whole as i64)
}

fn unscaled(whole: i64, scale: u8) -> f64 {
    whole as f64 / 10f64.powi(i32::from(scale))
}

/// In the order of days.
fn of_day(day: Date) -> i64 {
    i64::from(day.year()) * 512 + i64::from(day.month()) * 32 + i64::from(day.day())
}

fn to_day(number: i64) -> Option<Date> {
    let year = i16::try_from(number.div_euclid(512)).ok()?;
    Date::new(year, (number.rem_euclid(512) / 32) as i8, (number.rem_euclid(32)) as i8).ok()
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum ColumnSpec {
    Boolean(PackedSpec),
    Whole(WholeSpec),
    /// Numbers with few decimal places, as whole ones.
    Decimal {
        scale: u8,
        whole: WholeSpec,
    },
    Number(PackedSpec),
    Text {
        codes: PackedSpec,
        words: WordsSpec,
    },
    Date(WholeSpec),
    Instant {
        seconds: WholeSpec,
        nanoseconds: WholeSpec,
    },
}

pub(crate) enum Column {
    Boolean(Packed),
    Whole(Whole),
    Decimal(u8, Whole),
    Number(Packed),
    Text(Packed, Words),
    Date(Whole),
    Instant(Whole, Whole),
}

impl Column {
    pub fn open(spec: &ColumnSpec, kind: Kind, file: &Bytes, len: u64) -> Result<Column> {
        let whole = |spec| Whole::open(spec, file, len);
        Ok(match (spec, kind) {
            (ColumnSpec::Boolean(spec), Kind::Boolean) => Column::Boolean(Packed::open(*spec, file, len)?),
            (ColumnSpec::Whole(spec), Kind::Integer) => Column::Whole(whole(spec)?),
            (ColumnSpec::Decimal { scale, whole: spec }, Kind::Number) if *scale <= 9 => {
                Column::Decimal(*scale, whole(spec)?)
            }
            (ColumnSpec::Number(spec), Kind::Number) => Column::Number(Packed::open(*spec, file, len)?),
            (ColumnSpec::Text { codes, words }, Kind::Text) => {
                Column::Text(Packed::open(*codes, file, len)?, Words::open(words, file)?)
            }
            (ColumnSpec::Date(spec), Kind::Date) => Column::Date(whole(spec)?),
            (ColumnSpec::Instant { seconds, nanoseconds }, Kind::Instant) => {
                Column::Instant(whole(seconds)?, whole(nanoseconds)?)
            }
            _ => return Err(Error::Damaged("a column is of another kind than its field")),
        })
    }

    /// `Null` where there is none, and where the file does not say a value.
    pub fn get(&self, row: u64) -> Value {
        self.value(row).unwrap_or_default()
    }

    fn value(&self, row: u64) -> Option<Value> {
        Some(match self {
            Column::Boolean(all) => match all.get(row)? {
                1 => Value::Boolean(false),
                2 => Value::Boolean(true),
                _ => return None,
            },
            Column::Whole(all) => Value::Integer(all.get(row)?),
            Column::Decimal(scale, all) => Value::Number(unscaled(all.get(row)?, *scale)),
            Column::Number(all) => Value::Number(all.get(row).map(f64::from_bits).filter(|number| number.is_finite())?),
            Column::Text(..) => Value::Text(self.text(row)?.to_owned()),
            Column::Date(all) => Value::Date(to_day(all.get(row)?)?),
            Column::Instant(seconds, nanoseconds) => {
                let nanoseconds = i32::try_from(nanoseconds.get(row)?).ok()?;
                Value::Instant(Timestamp::new(seconds.get(row)?, nanoseconds).ok()?)
            }
        })
    }

    /// The text of a column of texts, without a copy.
    pub fn text(&self, row: u64) -> Option<&str> {
        match self {
            Column::Text(codes, words) => words.get(codes.get(row)?.checked_sub(1)?),
            _ => None,
        }
    }

    /// A number that stands for the value within this column. `None` where there is no value, and in columns of moments.
    #[inline]
    pub fn code(&self, row: u64) -> Option<u64> {
        match self {
            Column::Boolean(all) | Column::Text(all, _) => all.get(row).filter(|code| *code > 0),
            Column::Whole(all) | Column::Decimal(_, all) | Column::Date(all) => all.code(row),
            Column::Number(all) => all.get(row).filter(|bits| f64::from_bits(*bits).is_finite()),
            Column::Instant(..) => None,
        }
    }
}
