//! Arrow's columns as values.

use arrow_array::cast::AsArray;
use arrow_array::types::*;
use arrow_array::{
    Array, BinaryArray, BinaryViewArray, BooleanArray, LargeBinaryArray, LargeStringArray, StringArray, StringViewArray,
};
use arrow_schema::{DataType, TimeUnit};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use map_feature::{Kind, Value};

use crate::ProblemKind;

/// `None`: lists, structures, bytes and times of day are not values here.
pub(super) fn kind(class: &DataType) -> Option<Kind> {
    Some(match class {
        DataType::Boolean => Kind::Boolean,
        DataType::Int8
        | DataType::Int16
        | DataType::Int32
        | DataType::Int64
        | DataType::UInt8
        | DataType::UInt16
        | DataType::UInt32
        | DataType::UInt64 => Kind::Integer,
        DataType::Float16 | DataType::Float32 | DataType::Float64 | DataType::Decimal128(..) => Kind::Number,
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => Kind::Text,
        DataType::Date32 | DataType::Date64 => Kind::Date,
        DataType::Timestamp(..) => Kind::Instant,
        _ => return None,
    })
}

type Numbers<'a, T> = &'a arrow_array::PrimitiveArray<T>;

pub(super) enum Column<'a> {
    Boolean(&'a BooleanArray),
    Int8(Numbers<'a, Int8Type>),
    Int16(Numbers<'a, Int16Type>),
    Int32(Numbers<'a, Int32Type>),
    Int64(Numbers<'a, Int64Type>),
    UInt8(Numbers<'a, UInt8Type>),
    UInt16(Numbers<'a, UInt16Type>),
    UInt32(Numbers<'a, UInt32Type>),
    UInt64(Numbers<'a, UInt64Type>),
    Float16(Numbers<'a, Float16Type>),
    Float32(Numbers<'a, Float32Type>),
    Float64(Numbers<'a, Float64Type>),
    Decimal(Numbers<'a, Decimal128Type>, i8),
    Text(&'a StringArray),
    LargeText(&'a LargeStringArray),
    TextView(&'a StringViewArray),
    Bytes(&'a BinaryArray),
    LargeBytes(&'a LargeBinaryArray),
    BytesView(&'a BinaryViewArray),
    Date32(Numbers<'a, Date32Type>),
    Date64(Numbers<'a, Date64Type>),
    Second(Numbers<'a, TimestampSecondType>, bool),
    Millisecond(Numbers<'a, TimestampMillisecondType>, bool),
    Microsecond(Numbers<'a, TimestampMicrosecondType>, bool),
    Nanosecond(Numbers<'a, TimestampNanosecondType>, bool),
    Other,
}

impl<'a> Column<'a> {
    pub fn new(array: &'a dyn Array) -> Column<'a> {
        match array.data_type() {
            DataType::Boolean => Column::Boolean(array.as_boolean()),
            DataType::Int8 => Column::Int8(array.as_primitive()),
            DataType::Int16 => Column::Int16(array.as_primitive()),
            DataType::Int32 => Column::Int32(array.as_primitive()),
            DataType::Int64 => Column::Int64(array.as_primitive()),
            DataType::UInt8 => Column::UInt8(array.as_primitive()),
            DataType::UInt16 => Column::UInt16(array.as_primitive()),
            DataType::UInt32 => Column::UInt32(array.as_primitive()),
            DataType::UInt64 => Column::UInt64(array.as_primitive()),
            DataType::Float16 => Column::Float16(array.as_primitive()),
            DataType::Float32 => Column::Float32(array.as_primitive()),
            DataType::Float64 => Column::Float64(array.as_primitive()),
            DataType::Decimal128(_, scale) => Column::Decimal(array.as_primitive(), *scale),
            DataType::Utf8 => Column::Text(array.as_string()),
            DataType::LargeUtf8 => Column::LargeText(array.as_string()),
            DataType::Utf8View => Column::TextView(array.as_string_view()),
            DataType::Binary => Column::Bytes(array.as_binary()),
            DataType::LargeBinary => Column::LargeBytes(array.as_binary()),
            DataType::BinaryView => Column::BytesView(array.as_binary_view()),
            DataType::Date32 => Column::Date32(array.as_primitive()),
            DataType::Date64 => Column::Date64(array.as_primitive()),
            DataType::Timestamp(unit, zone) => {
                let zoned = zone.is_some();
                match unit {
                    TimeUnit::Second => Column::Second(array.as_primitive(), zoned),
                    TimeUnit::Millisecond => Column::Millisecond(array.as_primitive(), zoned),
                    TimeUnit::Microsecond => Column::Microsecond(array.as_primitive(), zoned),
                    TimeUnit::Nanosecond => Column::Nanosecond(array.as_primitive(), zoned),
                }
            }
            _ => Column::Other,
        }
    }

    /// Times of the clock on the wall, taken as UTC.
    pub fn without_zone(&self) -> bool {
        matches!(
            self,
            Column::Second(_, false)
                | Column::Millisecond(_, false)
                | Column::Microsecond(_, false)
                | Column::Nanosecond(_, false)
        )
    }

    pub fn bytes(&self, row: usize) -> Option<&'a [u8]> {
        match self {
            Column::Bytes(array) => array.is_valid(row).then(|| array.value(row)),
            Column::LargeBytes(array) => array.is_valid(row).then(|| array.value(row)),
            Column::BytesView(array) => array.is_valid(row).then(|| array.value(row)),
            _ => None,
        }
    }

    pub fn value(&self, row: usize) -> Result<Value, ProblemKind> {
        fn of<T: ArrowPrimitiveType>(array: Numbers<T>, row: usize) -> Option<T::Native> {
            array.is_valid(row).then(|| array.value(row))
        }
        let number = |number: Option<i64>| Ok(number.map_or(Value::Null, Value::Integer));
        let real = |number: Option<f64>| Ok(number.map_or(Value::Null, Value::Number));
        let text = |text: Option<&str>| Ok(text.map_or(Value::Null, |text| Value::Text(text.to_owned())));
        match self {
            Column::Boolean(array) => {
                Ok(if array.is_valid(row) { Value::Boolean(array.value(row)) } else { Value::Null })
            }
            Column::Int8(array) => number(of(array, row).map(i64::from)),
            Column::Int16(array) => number(of(array, row).map(i64::from)),
            Column::Int32(array) => number(of(array, row).map(i64::from)),
            Column::Int64(array) => number(of(array, row)),
            Column::UInt8(array) => number(of(array, row).map(i64::from)),
            Column::UInt16(array) => number(of(array, row).map(i64::from)),
            Column::UInt32(array) => number(of(array, row).map(i64::from)),
            Column::UInt64(array) => match of(array, row) {
                Some(value) => i64::try_from(value).map(Value::Integer).map_err(|_| ProblemKind::WrongKind),
                None => Ok(Value::Null),
            },
            Column::Float16(array) => real(of(array, row).map(f64::from)),
            Column::Float32(array) => real(of(array, row).map(shortest)),
            Column::Float64(array) => real(of(array, row)),
            Column::Decimal(array, scale) => {
                real(of(array, row).map(|value| value as f64 / 10_f64.powi(i32::from(*scale))))
            }
            Column::Text(array) => text(array.is_valid(row).then(|| array.value(row))),
            Column::LargeText(array) => text(array.is_valid(row).then(|| array.value(row))),
            Column::TextView(array) => text(array.is_valid(row).then(|| array.value(row))),
            Column::Date32(array) => of(array, row).map_or(Ok(Value::Null), |days| day(i64::from(days))),
            Column::Date64(array) => of(array, row).map_or(Ok(Value::Null), |ms| day(ms.div_euclid(86_400_000))),
            Column::Second(array, _) => instant(of(array, row), Timestamp::from_second),
            Column::Millisecond(array, _) => instant(of(array, row), Timestamp::from_millisecond),
            Column::Microsecond(array, _) => instant(of(array, row), Timestamp::from_microsecond),
            Column::Nanosecond(array, _) => instant(of(array, row), |at| Timestamp::from_nanosecond(i128::from(at))),
            Column::Bytes(_) | Column::LargeBytes(_) | Column::BytesView(_) | Column::Other => Ok(Value::Null),
        }
    }
}

/// 3.1 rather than 3.0999999046: the number that was meant, as far as its 24 bits say.
fn shortest(number: f32) -> f64 {
    if number.is_finite() { number.to_string().parse().unwrap_or(f64::from(number)) } else { f64::from(number) }
}

fn day(days: i64) -> Result<Value, ProblemKind> {
    // ±20,000 years; jiff checks the rest.
    if days.abs() > 7_300_000 {
        return Err(ProblemKind::WrongKind);
    }
    let date = Date::constant(1970, 1, 1).checked_add(days.days()).map_err(|_| ProblemKind::WrongKind)?;
    Ok(Value::Date(date))
}

fn instant(at: Option<i64>, read: impl Fn(i64) -> Result<Timestamp, jiff::Error>) -> Result<Value, ProblemKind> {
    at.map_or(Ok(Value::Null), |at| read(at).map(Value::Instant).map_err(|_| ProblemKind::WrongKind))
}
