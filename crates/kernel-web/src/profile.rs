use kernel_language::Lang;
use serde::{Deserialize, Serialize};

/// A text in several languages; English is always there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Names {
    pub en: String,
    #[serde(default)]
    pub ko: String,
    #[serde(default)]
    pub ar: String,
}

impl Names {
    pub fn in_language(&self, language: Lang) -> &str {
        let wanted = match language.code {
            "ko" => &self.ko,
            "ar" => &self.ar,
            _ => &self.en,
        };
        if wanted.is_empty() { &self.en } else { wanted }
    }

    pub fn same(text: &str) -> Names {
        Names { en: text.to_owned(), ..Names::default() }
    }
}

/// What the portal tells about its city.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Profile {
    pub name: Names,
    /// A made-up city; every page says so.
    pub demonstration: bool,
    /// The seed that a made-up city was generated from.
    pub seed: u64,
    pub figures: Vec<CityFigure>,
    pub districts: Vec<District>,
}

/// A number on the home page.
#[derive(Debug, Clone, PartialEq)]
pub struct CityFigure {
    /// Message that names it, e.g. `city-figure-residents`.
    pub key: &'static str,
    pub value: f64,
    /// Digits after the decimal sign.
    pub digits: usize,
    /// Written with a percent sign.
    pub percent: bool,
    /// The day it was true, `YYYY-MM-DD`.
    pub date: jiff::civil::Date,
    /// Message that names the source.
    pub source: &'static str,
}

#[derive(Debug, Clone, PartialEq)]
pub struct District {
    pub name: Names,
    pub residents: i64,
    pub offices: Vec<Office>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Office {
    /// Message that names the kind, e.g. `city-office-district`.
    pub kind: &'static str,
    pub street: Names,
    pub number: u32,
    /// Hours of Monday to Friday, 24-hour clock: opening and closing in minutes after midnight.
    pub weekdays: (u16, u16),
    /// Hours of Saturday, if open.
    pub saturday: Option<(u16, u16)>,
    pub step_free: bool,
}

impl Profile {
    /// A city with a name and nothing else.
    pub fn named(name: &str) -> Profile {
        Profile { name: Names::same(name), ..Profile::default() }
    }
}
