//! Ids of features: row → id and id → row.

use serde::{Deserialize, Serialize};

use crate::{
    Error, Result,
    mapped::Bytes,
    packed::{Whole, WholeSpec},
    section::{Sections, Span},
    words::{self, Words, WordsSpec},
};

/// The number that an id is, when the number's text is the id again and fits into an `i64`.
pub(crate) fn as_number(id: &[u8]) -> Option<u64> {
    let plain = matches!(id, [b'0'] | [b'1'..=b'9', ..]) && id.len() <= 18 && id.iter().all(u8::is_ascii_digit);
    plain.then(|| id.iter().fold(0, |number, digit| number * 10 + u64::from(digit - b'0')))
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum NamesSpec {
    Numbers(WholeSpec),
    Texts(WordsSpec),
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct IdsSpec {
    names: NamesSpec,
    /// Eight bytes a feature, sorted: the upper half of the id's hash, the row.
    rows: Span,
}

enum Names {
    Numbers(Whole),
    Texts(Words),
}

pub(crate) struct Ids {
    names: Names,
    rows: Bytes,
    len: u32,
}

impl Ids {
    /// `ids` is asked several times; the ids differ from each other.
    pub fn write<'a, I>(out: &mut Sections, ids: impl Fn() -> I) -> Result<IdsSpec>
    where
        I: Iterator<Item = &'a [u8]>,
    {
        let names = if ids().all(|id| as_number(id).is_some()) {
            NamesSpec::Numbers(Whole::write(out, || ids().map(|id| as_number(id).map(|number| number as i64)))?)
        } else {
            NamesSpec::Texts(Words::write(out, &ids)?)
        };
        let mut rows: Vec<u64> = ids().enumerate().map(|(row, id)| words::hash(id) >> 32 << 32 | row as u64).collect();
        rows.sort_unstable();
        for row in rows {
            out.put(&row.to_le_bytes())?;
        }
        Ok(IdsSpec { names, rows: out.end()? })
    }

    pub fn open(spec: &IdsSpec, file: &Bytes, len: u32) -> Result<Ids> {
        if spec.rows.len != u64::from(len) * 8 {
            return Err(Error::Damaged("not each feature has an id"));
        }
        let names = match &spec.names {
            NamesSpec::Numbers(spec) => Names::Numbers(Whole::open(spec, file, u64::from(len))?),
            NamesSpec::Texts(spec) if spec.len() == u64::from(len) => Names::Texts(Words::open(spec, file)?),
            NamesSpec::Texts(_) => return Err(Error::Damaged("not each feature has an id")),
        };
        Ok(Ids { names, rows: spec.rows.of(file)?, len })
    }

    /// The id when it is a number.
    #[inline]
    pub fn number(&self, row: u32) -> Option<u64> {
        match &self.names {
            Names::Numbers(all) => all.get(u64::from(row)).map(|number| number as u64),
            Names::Texts(all) => all.bytes(u64::from(row)).and_then(as_number),
        }
    }

    pub fn text(&self, row: u32) -> Option<&str> {
        match &self.names {
            Names::Numbers(_) => None,
            Names::Texts(all) => all.get(u64::from(row)),
        }
    }

    pub fn get(&self, row: u32) -> Option<String> {
        match &self.names {
            Names::Numbers(_) => self.number(row).map(|number| number.to_string()),
            Names::Texts(_) => self.text(row).map(str::to_owned),
        }
    }

    fn is(&self, row: u32, id: &str) -> bool {
        match &self.names {
            Names::Numbers(_) => self.number(row).is_some_and(|number| as_number(id.as_bytes()) == Some(number)),
            Names::Texts(all) => all.bytes(u64::from(row)) == Some(id.as_bytes()),
        }
    }

    pub fn row_of(&self, id: &str) -> Option<u32> {
        let wanted = words::hash(id.as_bytes()) >> 32;
        let entry =
            |at: u32| self.rows.get(at as usize * 8..)?.first_chunk::<8>().map(|bytes| u64::from_le_bytes(*bytes));
        let (mut low, mut high) = (0, self.len);
        while low < high {
            let middle = low + (high - low) / 2;
            if entry(middle)? >> 32 < wanted { low = middle + 1 } else { high = middle }
        }
        (low..self.len)
            .map_while(|at| entry(at).filter(|entry| entry >> 32 == wanted))
            .map(|entry| entry as u32)
            .find(|row| self.is(*row, id))
    }
}
