//! Iceland's addresses and place names, when they are there (`MADANG_DATASETS`, or `shared/datasets` beside the project).

use std::{error::Error, fs::File, path::PathBuf};

use flate2::read::GzDecoder;
use map_places::{Address, Entry};

#[allow(clippy::disallowed_methods)] // tests and examples are no rooms of the portal
pub fn folder() -> Option<PathBuf> {
    let beside = || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/datasets"));
    let folder =
        std::env::var("MADANG_DATASETS").map_or_else(|_| beside(), PathBuf::from).join("map/iceland_addresses");
    folder.is_dir().then_some(folder)
}

/// Every `step`th row of both files.
pub fn entries(step: usize) -> Result<Option<Vec<Entry>>, Box<dyn Error>> {
    let Some(folder) = folder() else { return Ok(None) };
    let rows = |file: &str| -> Result<_, Box<dyn Error>> {
        Ok(csv::Reader::from_reader(GzDecoder::new(File::open(folder.join(file))?)))
    };
    // A few have no place.
    let number = |text: &str| text.parse().unwrap_or(f64::NAN);
    let mut all = Vec::new();
    for row in rows("addresses.csv.gz")?.records().step_by(step) {
        let row = row?;
        let address = Address {
            street: row[6].to_owned(),
            forms: if row[6] == row[7] { vec![] } else { vec![row[7].to_owned()] },
            number: format!("{}{}", &row[8], &row[9]),
            postcode: row[5].to_owned(),
            place: String::new(),
        };
        all.push(Entry {
            layer: "addresses".to_owned(),
            id: row[0].to_owned(),
            address: Some(address),
            at: (number(&row[13]), number(&row[12])),
            ..Entry::default()
        });
    }
    for row in rows("placenames.csv.gz")?.records().step_by(step) {
        let row = row?;
        let at = (number(&row[4]), number(&row[3]));
        let (layer, id, name) = ("places".to_owned(), row[0].to_owned(), row[1].to_owned());
        all.push(Entry { layer, id, name, at, district: row[2].to_owned(), ..Entry::default() });
    }
    Ok(Some(all))
}

/// Numbers that look like chance and are the same every time (Marsaglia's xorshift).
pub struct Chance(pub u64);

impl Chance {
    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end.max(1) as u64) as usize
    }

    /// A letter changed, lost, added, or two changed about. Digits stay: numbers are not forgiven.
    pub fn typo(&mut self, name: &str) -> String {
        let mut letters: Vec<char> = name.chars().collect();
        let places: Vec<usize> = (0..letters.len()).filter(|at| !letters[*at].is_numeric()).collect();
        if places.is_empty() {
            return name.to_owned();
        }
        let at = places[self.below(places.len())];
        let letter = (b'a' + self.below(26) as u8) as char;
        match self.below(4) {
            0 => letters[at] = letter,
            1 => drop(letters.remove(at)),
            2 => letters.insert(at, letter),
            _ if places.contains(&(at + 1)) => letters.swap(at, at + 1),
            _ => letters[at] = letter,
        }
        letters.into_iter().collect()
    }
}
