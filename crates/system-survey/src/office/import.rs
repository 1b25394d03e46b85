//! A list of cities in CSV, read and checked as a whole. Pure.
//!
//! Columns, in any order: `name`, `country` (ISO 3166-1 alpha-2), `region`, `oecd` (yes or no), `languages` (BCP 47 tags
//! with spaces or semicolons between, the city's own first), `address`; and where known `slug`, `latitude`, `longitude`
//! (degrees, WGS 84), `contact` (e-mail).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use csv::StringRecord;
use kernel_identity::Email;
use unic_langid::LanguageIdentifier;
use url::Url;

use super::open::is_slug;
use crate::round::{CityDraft, Region};

/// An example that can be handed in as it is.
pub const EXAMPLE: &str = "name,country,region,oecd,languages,address,slug,latitude,longitude,contact\n\
    Seoul,KR,asia,yes,ko en,https://www.seoul.go.kr/,seoul,37.566,126.978,\n";

const NEEDED: [&str; 6] = ["name", "country", "region", "oecd", "languages", "address"];
const KNOWN: [&str; 4] = ["slug", "latitude", "longitude", "contact"];
/// Characters of a name and of an address.
const NAME: usize = 120;
const ADDRESS: usize = 500;

/// What is wrong with a list, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// Line in the file, from 1.
    pub line: u64,
    pub what: WrongWhat,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WrongWhat {
    /// Not CSV; the parser's words.
    Unreadable(String),
    Empty,
    /// Columns that are needed and missing.
    Columns(String),
    /// A column that no list has.
    UnknownColumn(String),
    Name,
    Country(String),
    Region(String),
    Oecd(String),
    Languages(String),
    Address(String),
    Slug(String),
    Position(String),
    Contact,
    /// The same slug or address stands in the list, or in the round, already.
    Twice(String),
}

impl WrongWhat {
    /// The message's name, and what was written there.
    pub fn word(&self) -> (&'static str, &str) {
        match self {
            WrongWhat::Unreadable(said) => ("unreadable", said),
            WrongWhat::Empty => ("empty", ""),
            WrongWhat::Columns(said) => ("columns", said),
            WrongWhat::UnknownColumn(said) => ("unknown-column", said),
            WrongWhat::Name => ("name", ""),
            WrongWhat::Country(said) => ("country", said),
            WrongWhat::Region(said) => ("region", said),
            WrongWhat::Oecd(said) => ("oecd", said),
            WrongWhat::Languages(said) => ("languages", said),
            WrongWhat::Address(said) => ("address", said),
            WrongWhat::Slug(said) => ("slug", said),
            WrongWhat::Position(said) => ("position", said),
            WrongWhat::Contact => ("contact", ""),
            WrongWhat::Twice(said) => ("twice", said),
        }
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "line {}: ", self.line)?;
        match &self.what {
            WrongWhat::Unreadable(said) => write!(out, "this is no CSV: {said}"),
            WrongWhat::Empty => write!(out, "the list has no cities"),
            WrongWhat::Columns(said) => write!(out, "columns are missing: {said}"),
            WrongWhat::UnknownColumn(said) => {
                write!(out, "no list has a column {said:?}; known are {} and {}", NEEDED.join(", "), KNOWN.join(", "))
            }
            WrongWhat::Name => write!(out, "the name is missing or longer than {NAME} characters"),
            WrongWhat::Country(said) => write!(out, "{said:?} is no country of ISO 3166-1, such as KR"),
            WrongWhat::Region(said) => {
                write!(out, "{said:?} is no region; write {}", Region::ALL.map(Region::word).join(", "))
            }
            WrongWhat::Oecd(said) => write!(out, "oecd is {said:?}; write yes or no"),
            WrongWhat::Languages(said) => write!(out, "{said:?} are no languages; write tags such as \"ko en\""),
            WrongWhat::Address(said) => write!(out, "{said:?} is no web address; write https://www.city.example/"),
            WrongWhat::Slug(said) => write!(out, "{said:?} is no slug; write small letters, digits and hyphens"),
            WrongWhat::Position(said) => write!(out, "{said:?} is no latitude and longitude in degrees"),
            WrongWhat::Contact => write!(out, "the contact is no e-mail address"),
            WrongWhat::Twice(said) => write!(out, "{said} stands in the list or in the round already"),
        }
    }
}

/// Reads a list. `taken` are the slugs and addresses that the round has already.
///
/// # Errors
/// Everything that is wrong, by line; then nothing may be kept.
pub fn read(text: &str, taken: &BTreeSet<String>) -> Result<Vec<CityDraft>, Vec<Wrong>> {
    let mut reader =
        csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let columns = columns(&mut reader)?;
    let (mut drafts, mut wrong, mut seen) = (Vec::new(), Vec::new(), taken.clone());
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(1, csv::Position::line);
                wrong.push(Wrong { line, what: WrongWhat::Unreadable(error.to_string()) });
                continue;
            }
        };
        let line = record.position().map_or(1, csv::Position::line);
        let row = Row { record: &record, columns: &columns };
        match row.draft() {
            Ok(draft) => {
                let twice = [&draft.slug, &draft.address].into_iter().filter(|one| !seen.insert((*one).clone()));
                wrong.extend(twice.map(|one| Wrong { line, what: WrongWhat::Twice(one.clone()) }));
                drafts.push(draft);
            }
            Err(found) => wrong.extend(found.into_iter().map(|what| Wrong { line, what })),
        }
    }
    match (wrong.is_empty(), drafts.is_empty()) {
        (false, _) => Err(wrong),
        (true, true) => Err(vec![Wrong { line: 1, what: WrongWhat::Empty }]),
        (true, false) => Ok(drafts),
    }
}

fn columns(reader: &mut csv::Reader<&[u8]>) -> Result<BTreeMap<String, usize>, Vec<Wrong>> {
    let wrong = |what| vec![Wrong { line: 1, what }];
    let header = reader.headers().map_err(|error| wrong(WrongWhat::Unreadable(error.to_string())))?;
    let columns: BTreeMap<String, usize> =
        header.iter().enumerate().map(|(place, name)| (name.to_ascii_lowercase(), place)).collect();
    let missing: Vec<&str> = NEEDED.into_iter().filter(|name| !columns.contains_key(*name)).collect();
    if !missing.is_empty() {
        return Err(wrong(WrongWhat::Columns(missing.join(", "))));
    }
    match columns.keys().find(|name| !NEEDED.contains(&name.as_str()) && !KNOWN.contains(&name.as_str())) {
        Some(unknown) => Err(wrong(WrongWhat::UnknownColumn(unknown.clone()))),
        None => Ok(columns),
    }
}

/// One line of the list.
struct Row<'a> {
    record: &'a StringRecord,
    columns: &'a BTreeMap<String, usize>,
}

impl Row<'_> {
    fn text(&self, column: &str) -> &str {
        self.columns.get(column).and_then(|place| self.record.get(*place)).unwrap_or_default()
    }

    fn draft(&self) -> Result<CityDraft, Vec<WrongWhat>> {
        let mut wrong = Vec::new();
        let name = self.text("name").to_owned();
        if name.is_empty() || name.chars().count() > NAME {
            wrong.push(WrongWhat::Name);
        }
        let country = self.text("country").to_ascii_uppercase();
        if rust_iso3166::from_alpha2(&country).is_none() {
            wrong.push(WrongWhat::Country(country.clone()));
        }
        let region = Region::parse(&self.text("region").to_ascii_lowercase().replace([' ', '-'], "_"));
        let region = region.unwrap_or_else(|| {
            wrong.push(WrongWhat::Region(self.text("region").to_owned()));
            Region::Africa
        });
        let oecd = yes_or_no(self.text("oecd")).unwrap_or_else(|| {
            wrong.push(WrongWhat::Oecd(self.text("oecd").to_owned()));
            false
        });
        let languages = languages(self.text("languages")).unwrap_or_else(|| {
            wrong.push(WrongWhat::Languages(self.text("languages").to_owned()));
            Vec::new()
        });
        let address = address(self.text("address")).unwrap_or_else(|| {
            wrong.push(WrongWhat::Address(self.text("address").to_owned()));
            String::new()
        });
        let slug = match self.text("slug") {
            "" => slug_of(&name, &address),
            slug => slug.to_owned(),
        };
        if !is_slug(&slug) {
            wrong.push(WrongWhat::Slug(slug.clone()));
        }
        let position = position(self.text("latitude"), self.text("longitude")).unwrap_or_else(|said| {
            wrong.push(WrongWhat::Position(said));
            None
        });
        let contact = self.text("contact").to_owned();
        if !contact.is_empty() && Email::parse(&contact).is_none() {
            wrong.push(WrongWhat::Contact);
        }
        match wrong.is_empty() {
            true => Ok(CityDraft { slug, name, country, region, oecd, languages, address, position, contact }),
            false => Err(wrong),
        }
    }
}

fn yes_or_no(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "yes" | "true" | "1" => Some(true),
        "no" | "false" | "0" => Some(false),
        _ => None,
    }
}

/// Well-formed tags; at least one.
fn languages(text: &str) -> Option<Vec<String>> {
    let tags = text.split([' ', ';', ',']).filter(|tag| !tag.is_empty());
    let read: Option<Vec<String>> =
        tags.map(|tag| tag.parse::<LanguageIdentifier>().ok().map(|tag| tag.to_string())).collect();
    read.filter(|tags| !tags.is_empty())
}

fn address(text: &str) -> Option<String> {
    let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())?;
    let plain = url.username().is_empty() && url.password().is_none();
    Some(String::from(url)).filter(|address| plain && address.len() <= ADDRESS)
}

/// From the name, or from the host where the name has no letters of ASCII.
fn slug_of(name: &str, address: &str) -> String {
    let small = |text: &str| {
        let plain = text.to_lowercase();
        let words = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        words.collect::<Vec<_>>().join("-").chars().take(40).collect::<String>().trim_matches('-').to_owned()
    };
    match name.is_ascii() {
        true => small(name),
        false => small(
            Url::parse(address)
                .ok()
                .and_then(|url| url.host_str().map(str::to_owned))
                .unwrap_or_default()
                .trim_start_matches("www."),
        ),
    }
}

fn position(latitude: &str, longitude: &str) -> Result<Option<(f64, f64)>, String> {
    if latitude.is_empty() && longitude.is_empty() {
        return Ok(None);
    }
    let read = |text: &str, most: f64| text.parse::<f64>().ok().filter(|degrees| degrees.abs() <= most);
    let both = read(latitude, 90.0).zip(read(longitude, 180.0));
    both.map(Some).ok_or_else(|| format!("{latitude}, {longitude}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn none() -> BTreeSet<String> {
        BTreeSet::new()
    }

    #[test]
    fn the_example_is_read_as_it_is() {
        let cities = read(EXAMPLE, &none()).expect("the example is right");
        assert_eq!((cities[0].slug.as_str(), cities[0].languages.len()), ("seoul", 2));
        assert_eq!(cities[0].position, Some((37.566, 126.978)));
    }

    #[test]
    fn every_mistake_is_named_with_its_line_and_nothing_is_read() {
        let text = "name,country,region,oecd,languages,address,contact\n\
            ,XX,moon,maybe,??,ftp://x,nobody\nA,KR,asia,yes,ko,https://a.example/,\nB,KR,asia,yes,ko,https://a.example/,\n";
        let wrong = read(text, &none()).expect_err("wrong");
        let words: Vec<_> = wrong.iter().map(|one| (one.line, one.what.word().0)).collect();
        let second = ["name", "country", "region", "oecd", "languages", "address", "slug", "contact"];
        let expected: Vec<_> = second.into_iter().map(|word| (2, word)).chain([(4, "twice")]).collect();
        assert_eq!(words, expected);
    }

    #[test]
    fn missing_and_unknown_columns_are_named() {
        let missing = read("name,country\nA,KR\n", &none()).expect_err("columns");
        assert_eq!(missing[0].what, WrongWhat::Columns("region, oecd, languages, address".into()));
        let odd = read("name,country,region,oecd,languages,address,adress\n", &none()).expect_err("unknown");
        assert_eq!(odd[0].what, WrongWhat::UnknownColumn("adress".into()));
        assert_eq!(
            read("name,country,region,oecd,languages,address\n", &none()).expect_err("empty")[0].what,
            WrongWhat::Empty
        );
    }

    #[test]
    fn what_the_round_has_already_is_refused_and_a_name_without_latin_letters_gets_its_host() {
        let taken = BTreeSet::from(["seoul".to_owned()]);
        assert_eq!(read(EXAMPLE, &taken).expect_err("twice")[0].what, WrongWhat::Twice("seoul".into()));
        let text = "name,country,region,oecd,languages,address\n서울,KR,asia,1,ko,https://www.seoul.go.kr/\n";
        assert_eq!(read(text, &none()).expect("read")[0].slug, "seoul-go-kr");
    }

    #[test]
    fn credentials_in_an_address_and_odd_positions_are_refused() {
        let line = |address: &str, latitude: &str| {
            format!(
                "name,country,region,oecd,languages,address,latitude,longitude\nA,KR,asia,no,ko,{address},{latitude},0\n"
            )
        };
        assert_eq!(read(&line("https://u:p@a.example/", "0"), &none()).expect_err("no").len(), 1);
        for latitude in ["91", "NaN", "inf", "north", ""] {
            let wrong = read(&line("https://a.example/", latitude), &none()).expect_err("no position");
            assert!(matches!(wrong[0].what, WrongWhat::Position(_)), "{latitude}");
        }
    }
}
