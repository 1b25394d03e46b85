//! Columns of whole numbers in as few bits as the largest needs.

use serde::{Deserialize, Serialize};

use crate::{
    Error, Result,
    mapped::Bytes,
    section::{Sections, Span},
};

/// Numbers of 0 to 56 or of 64 bits each, the lowest bit first; eight bytes follow, so that each can be read in one go.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PackedSpec {
    span: Span,
    width: u8,
    len: u64,
}

#[derive(Clone)]
pub(crate) struct Packed {
    bytes: Bytes,
    width: u8,
    mask: u64,
    len: u64,
}

impl Packed {
    pub fn write(out: &mut Sections, largest: u64, numbers: impl Iterator<Item = u64>) -> Result<PackedSpec> {
        let width = match 64 - largest.leading_zeros() {
            57..=64 => 64,
            width => width,
        };
        let (mut held, mut bits, mut len) = (0u128, 0, 0);
        for number in numbers {
            held |= u128::from(number) << bits;
            bits += width;
            len += 1;
            if bits >= 64 {
                out.put(&(held as u64).to_le_bytes())?;
                held >>= 64;
                bits -= 64;
            }
        }
        out.put(&(held as u64).to_le_bytes())?;
        out.put(&[0; 8])?;
        Ok(PackedSpec { span: out.end()?, width: width as u8, len })
    }

    /// An error when it does not hold `len` numbers.
    pub fn open(spec: PackedSpec, file: &Bytes, len: u64) -> Result<Packed> {
        let bits = u128::from(spec.len) * u128::from(spec.width);
        let known = matches!(spec.width, 0..=56 | 64);
        if spec.len != len || !known || bits.div_ceil(8) + 8 > u128::from(spec.span.len) {
            return Err(Error::Damaged("a column does not have a number for each feature"));
        }
        let mask = if spec.width == 64 { u64::MAX } else { (1 << spec.width) - 1 };
        Ok(Packed { bytes: spec.span.of(file)?, width: spec.width, mask, len })
    }

    #[inline]
    pub fn get(&self, at: u64) -> Option<u64> {
        if at >= self.len {
            return None;
        }
        let bit = at * u64::from(self.width);
        let bytes = self.bytes.get((bit / 8) as usize..)?.first_chunk::<8>()?;
        Some((u64::from_le_bytes(*bytes) >> (bit % 8)) & self.mask)
    }

    /// The numbers at `at` and `at + 1` as a range within `bytes`.
    #[inline]
    pub fn slice<'a>(&self, at: u64, bytes: &'a Bytes) -> Option<&'a [u8]> {
        let (start, end) = (self.get(at)?, self.get(at + 1)?);
        bytes.get(start as usize..end as usize)
    }
}

/// Signed numbers, some of them missing: the distance from the smallest, and 0 for a missing one where there are any.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WholeSpec {
    least: i64,
    gaps: bool,
    codes: PackedSpec,
    present: Option<PackedSpec>,
}

#[derive(Clone)]
pub(crate) struct Whole {
    least: i64,
    gaps: bool,
    codes: Packed,
    present: Option<Packed>,
}

impl Whole {
    /// `numbers` is asked twice.
    pub fn write<I>(out: &mut Sections, numbers: impl Fn() -> I) -> Result<WholeSpec>
    where
        I: Iterator<Item = Option<i64>>,
    {
        let (mut least, mut most, mut gaps) = (i64::MAX, i64::MIN, false);
        for number in numbers() {
            match number {
                Some(number) => (least, most) = (least.min(number), most.max(number)),
                None => gaps = true,
            }
        }
        if least > most {
            (least, most) = (0, 0);
        }
        let reach = most.wrapping_sub(least) as u64;
        let far = |number: i64| number.wrapping_sub(least) as u64;
        let apart = gaps && reach == u64::MAX;
        let step = u64::from(gaps && !apart);
        let code = |number: Option<i64>| number.map_or(0, |number| far(number) + step);
        let codes = Packed::write(out, reach + step, numbers().map(code))?;
        let present = if apart {
            Some(Packed::write(out, 1, numbers().map(|number| u64::from(number.is_some())))?)
        } else {
            None
        };
        Ok(WholeSpec { least, gaps: gaps && !apart, codes, present })
    }

    pub fn open(spec: &WholeSpec, file: &Bytes, len: u64) -> Result<Whole> {
        Ok(Whole {
            least: spec.least,
            gaps: spec.gaps,
            codes: Packed::open(spec.codes, file, len)?,
            present: spec.present.map(|present| Packed::open(present, file, len)).transpose()?,
        })
    }

    /// A number that stands for the value within this column; `None` for a missing one.
    #[inline]
    pub fn code(&self, at: u64) -> Option<u64> {
        let code = self.codes.get(at)?;
        if self.gaps && code == 0 || self.present.as_ref().is_some_and(|present| present.get(at) != Some(1)) {
            return None;
        }
        Some(code)
    }

    #[inline]
    pub fn get(&self, at: u64) -> Option<i64> {
        let code = self.code(at)?.wrapping_sub(u64::from(self.gaps));
        Some(self.least.wrapping_add(code as i64))
    }
}

#[cfg(test)]
mod tests {
    use std::fs::File;

    use proptest::prelude::*;

    use super::*;

    fn kept<T>(write: impl FnOnce(&mut Sections) -> Result<T>) -> (T, Bytes) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("data");
        let mut out = Sections::create(path.clone()).unwrap();
        let spec = write(&mut out).unwrap();
        out.finish().unwrap();
        (spec, Bytes::map(&File::open(path).unwrap()).unwrap())
    }

    proptest! {
        #[test]
        fn packed_numbers_come_back(width in 0u32..=64, numbers: Vec<u64>) {
            let numbers: Vec<u64> = numbers.iter().map(|n| n.checked_shr(64 - width).unwrap_or(0)).collect();
            let largest = numbers.iter().copied().max().unwrap_or(0);
            let (spec, file) = kept(|out| Packed::write(out, largest, numbers.iter().copied()));
            let packed = Packed::open(spec, &file, numbers.len() as u64).unwrap();
            for (at, number) in numbers.iter().enumerate() {
                prop_assert_eq!(packed.get(at as u64), Some(*number));
            }
            prop_assert_eq!(packed.get(numbers.len() as u64), None);
            prop_assert!(Packed::open(spec, &file, numbers.len() as u64 + 1).is_err());
        }

        #[test]
        fn whole_numbers_come_back(numbers: Vec<Option<i64>>, narrow: Vec<Option<i8>>, ends: bool) {
            let mut numbers = numbers;
            numbers.extend(narrow.iter().map(|n| n.map(i64::from)));
            if ends {
                numbers.extend([Some(i64::MIN), Some(i64::MAX)]);
            }
            let (spec, file) = kept(|out| Whole::write(out, || numbers.iter().copied()));
            let whole = Whole::open(&spec, &file, numbers.len() as u64).unwrap();
            for (at, number) in numbers.iter().enumerate() {
                prop_assert_eq!(whole.get(at as u64), *number);
            }
        }
    }
}
