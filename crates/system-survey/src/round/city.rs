//! A city of a round, and how far its capture is.

use kernel_base::Instant;

/// Part of the world, as the survey has always reported its averages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Region {
    Africa,
    Asia,
    Europe,
    NorthAmerica,
    SouthAmerica,
    Oceania,
}

impl Region {
    pub const ALL: [Region; 6] =
        [Region::Africa, Region::Asia, Region::Europe, Region::NorthAmerica, Region::SouthAmerica, Region::Oceania];

    pub fn word(self) -> &'static str {
        match self {
            Region::Africa => "africa",
            Region::Asia => "asia",
            Region::Europe => "europe",
            Region::NorthAmerica => "north_america",
            Region::SouthAmerica => "south_america",
            Region::Oceania => "oceania",
        }
    }

    pub fn parse(word: &str) -> Option<Region> {
        Region::ALL.into_iter().find(|region| region.word() == word)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Capture {
    Waiting,
    Capturing,
    /// The archive is complete and the machine has judged it.
    Assessed,
    /// Given up after several tries; the note says why.
    Failed,
}

impl Capture {
    pub const ALL: [Capture; 4] = [Capture::Waiting, Capture::Capturing, Capture::Assessed, Capture::Failed];

    pub fn word(self) -> &'static str {
        match self {
            Capture::Waiting => "waiting",
            Capture::Capturing => "capturing",
            Capture::Assessed => "assessed",
            Capture::Failed => "failed",
        }
    }

    pub fn parse(word: &str) -> Option<Capture> {
        Capture::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// What a coordinator brings about a city: a line of the CSV.
#[derive(Debug, Clone, PartialEq)]
pub struct CityDraft {
    /// Part of its address: `seoul`.
    pub slug: String,
    pub name: String,
    /// ISO 3166-1 alpha-2, upper case.
    pub country: String,
    pub region: Region,
    pub oecd: bool,
    /// BCP 47 tags, the city's own language first.
    pub languages: Vec<String>,
    /// `https://www.city.example/`.
    pub address: String,
    /// Latitude and longitude in degrees (WGS 84).
    pub position: Option<(f64, f64)>,
    /// E-mail address of the city, for its right of reply; may be empty.
    pub contact: String,
}

#[derive(Debug, Clone, PartialEq)]
pub struct RoundCity {
    pub id: String,
    pub round: String,
    pub slug: String,
    pub name: String,
    pub country: String,
    pub region: Region,
    pub oecd: bool,
    pub languages: Vec<String>,
    pub address: String,
    pub position: Option<(f64, f64)>,
    pub capture: Progress,
}

/// How far the capture of a city is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    pub state: Capture,
    /// What the worker does just now, or why it failed.
    pub note: String,
    pub pages_known: i64,
    pub pages_read: i64,
    pub tries: i64,
    pub began: Option<Instant>,
    pub ended: Option<Instant>,
    /// SHA-256 of the archive in hexadecimal.
    pub evidence_digest: Option<String>,
    pub evidence_bytes: Option<i64>,
}
