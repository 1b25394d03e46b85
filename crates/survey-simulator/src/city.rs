//! Who a city is: where it lies, which language it writes, how its site is built, and what is true of it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use survey_instrument::Instrument;

use crate::draw::Draw;
use crate::hostile::{self, Kind};
use crate::taste::Taste;
use crate::truth::{Level, Truth};
use crate::words;

/// The instrument whose criteria are planted.
pub const INSTRUMENT: &str = "madang-2026";

/// Country, name in Latin letters, name as the city writes it, latitude, longitude.
type Place = (String, String, String, f64, f64);

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Places {
    country: BTreeMap<String, (String, bool)>,
    language: BTreeMap<String, Vec<Place>>,
}

static PLACES: LazyLock<Option<Places>> = LazyLock::new(|| toml::from_str(include_str!("../data/places.toml")).ok());

#[derive(Debug, Clone)]
pub struct City {
    /// From 0.
    pub number: usize,
    /// In Latin letters, unique in a set.
    pub name: String,
    /// As the city writes it.
    pub own_name: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// `africa`, `asia`, `europe`, `north_america`, `south_america`, `oceania`.
    pub region: String,
    pub oecd: bool,
    /// The language of its pages.
    pub language: String,
    /// The language of its translated pages.
    pub second: String,
    pub latitude: f64,
    pub longitude: f64,
    pub truth: Truth,
    pub level: Level,
    pub taste: Taste,
    /// What it does to visitors; empty for an honest city.
    pub hostile: Vec<Kind>,
    pub draw: Draw,
}

/// The twenty languages, in the order in which cities take them.
pub fn languages() -> Vec<&'static str> {
    words::languages().collect()
}

/// `count` cities of which `hostile` in a hundred (rounded up, when not zero) mean harm.
///
/// # Errors
/// When the data inside the crate is defective, which its tests exclude.
pub fn cities(count: usize, seed: u64, hostile: f64) -> anyhow::Result<Vec<City>> {
    let places = PLACES.as_ref().ok_or_else(|| anyhow::anyhow!("data/places.toml cannot be read"))?;
    let instrument = Instrument::load(INSTRUMENT)?;
    let whole = Draw::new(seed);
    let languages = languages();
    let bad = hostile::choose(count, hostile, &whole);
    (0..count)
        .map(|number| {
            let draw = whole.fork(&format!("city {number}"));
            let language = languages.get(number % languages.len().max(1)).copied().unwrap_or("en");
            let round = number / languages.len().max(1);
            let all = places.language.get(language).filter(|l| !l.is_empty());
            let all = all.ok_or_else(|| anyhow::anyhow!("no places for {language}"))?;
            let place = all.get(round % all.len()).ok_or_else(|| anyhow::anyhow!("no place"))?;
            let (country, name, own_name, latitude, longitude) = place.clone();
            let (region, oecd) =
                places.country.get(&country).cloned().ok_or_else(|| anyhow::anyhow!("no country {country}"))?;
            let again = round / all.len();
            let numbered = |name: String| if again == 0 { name } else { format!("{name} {}", again + 1) };
            let (truth, level) = Truth::plant(instrument, &draw);
            Ok(City {
                number,
                name: numbered(name),
                own_name: numbered(own_name),
                country,
                region,
                oecd,
                second: second(language, &draw).to_owned(),
                language: language.to_owned(),
                latitude: latitude + 0.01 * again as f64,
                longitude,
                taste: Taste::of(&draw),
                truth,
                level,
                hostile: bad.get(&number).cloned().unwrap_or_default(),
                draw,
            })
        })
        .collect()
}

/// The language into which a city translates its pages.
fn second(language: &str, draw: &Draw) -> &'static str {
    if language != "en" {
        return "en";
    }
    draw.fork("second language").pick(&["es", "fr", "zh", "ar"]).copied().unwrap_or("es")
}

impl City {
    /// What follows from a step of the truth.
    pub fn value(&self, criterion: &str) -> u8 {
        self.truth.get(criterion)
    }

    /// Its name in small letters of ASCII, unique in a set: what it is called in tables and addresses.
    pub fn slug(&self) -> String {
        words::latin(&self.name).replace(' ', "-").to_lowercase()
    }

    /// A host name for mail, which answers nowhere (RFC 2606).
    pub fn domain(&self) -> String {
        format!("{}.example", self.slug())
    }

    pub fn mail(&self, box_name: &str) -> String {
        format!("{box_name}@{}", self.domain())
    }

    /// It answers by TLS.
    pub fn encrypted(&self) -> bool {
        self.value("PS12") > 0
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_hundred_cities_have_names_of_their_own_in_twenty_languages() {
        let all = cities(100, 1, 5.0).expect("cities");
        assert_eq!(all.iter().map(|c| &c.name).collect::<BTreeSet<_>>().len(), 100);
        assert_eq!(all.iter().map(|c| &c.language).collect::<BTreeSet<_>>().len(), 20);
        assert_eq!(all.iter().filter(|c| !c.hostile.is_empty()).count(), 5);
        assert!(all.iter().all(|c| c.language != c.second && c.country.len() == 2));
    }

    #[test]
    fn the_same_seed_gives_the_same_cities_and_another_seed_others() {
        let told = |seed| cities(30, seed, 5.0).expect("cities").into_iter().map(|c| c.truth).collect::<Vec<_>>();
        assert_eq!(told(3), told(3));
        assert_ne!(told(3), told(4));
    }
}
