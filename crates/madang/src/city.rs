//! A made-up city, the same for the same seed. Its parts are invented words and ordinary nouns; no person is named.

use kernel_base::{Random, SeededRandom};
use kernel_web::{CityFigure, District, Names, Office, Profile};

type Words = (&'static str, &'static str, &'static str);

const FIRST: [Words; 5] = [
    ("Onsae", "온새", "أونسي"),
    ("Garam", "가람", "غارام"),
    ("Mireul", "미를", "ميرول"),
    ("Harubi", "하루비", "هاروبي"),
    ("Danbi", "단비", "دانبي"),
];
const SECOND: [Words; 4] =
    [("dam", "담", "دام"), ("gyeol", "결", "غيول"), ("nari", "나리", "ناري"), ("beol", "벌", "بول")];

const DISTRICTS: [Words; 10] = [
    ("Sol", "솔", "سول"),
    ("Dal", "달", "دال"),
    ("Byeol", "별", "بيول"),
    ("Baram", "바람", "بارام"),
    ("Isul", "이슬", "إيسول"),
    ("Noeul", "노을", "نوول"),
    ("Deul", "들", "دول"),
    ("Sup", "숲", "سوب"),
    ("Mulgyeol", "물결", "مولغيول"),
    ("Haessal", "햇살", "هيسال"),
];

const STREETS: [Words; 8] = [
    ("Ginkgo Street", "은행나무길", "شارع الجنكة"),
    ("Well Lane", "우물길", "زقاق البئر"),
    ("Mill Road", "방앗간길", "طريق الطاحونة"),
    ("Lantern Street", "등불길", "شارع الفانوس"),
    ("Ferry Road", "나루길", "طريق العبّارة"),
    ("Orchard Street", "과수원길", "شارع البستان"),
    ("Weaver Lane", "베틀길", "زقاق النسّاج"),
    ("Kiln Road", "가마길", "طريق الفرن"),
];

const OFFICES: [&str; 4] = ["city-office-district", "city-office-family", "city-office-library", "city-office-health"];

/// The seed of `madang demo` unless another is given.
pub const SEED: u64 = 2026;

/// Draws numbers from the seed.
struct Dice(SeededRandom);

impl Dice {
    fn below(&self, sides: u64) -> u64 {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        u64::from_le_bytes(bytes) % sides
    }

    fn between(&self, low: u64, high: u64) -> u64 {
        low + self.below(high - low + 1)
    }

    fn one_of<T: Copy>(&self, things: &[T]) -> T {
        things[self.below(things.len() as u64) as usize]
    }
}

pub fn made_up(seed: u64) -> Profile {
    let dice = Dice(SeededRandom::new(seed));
    let (first, second) = (dice.one_of(&FIRST), dice.one_of(&SECOND));
    let name = Names {
        en: format!("{}{} City", first.0, second.0),
        ko: format!("{}{}시", first.1, second.1),
        ar: format!("مدينة {}{}", first.2, second.2),
    };
    let districts = districts(&dice);
    let figures = figures(&dice, &districts);
    Profile { name, demonstration: true, seed, figures, districts }
}

/// Six of the names, each once.
fn districts(dice: &Dice) -> Vec<District> {
    let mut names = DISTRICTS.to_vec();
    let mut drawn = Vec::new();
    while drawn.len() < 6 {
        let (en, ko, ar) = names.swap_remove(dice.below(names.len() as u64) as usize);
        let name = Names { en: format!("{en} District"), ko: format!("{ko}구"), ar: format!("حي {ar}") };
        let residents = dice.between(41_000, 188_000) as i64;
        let offices = OFFICES.map(|kind| office(dice, kind)).to_vec();
        drawn.push(District { name, residents, offices });
    }
    drawn
}

fn office(dice: &Dice, kind: &'static str) -> Office {
    let (en, ko, ar) = dice.one_of(&STREETS);
    let library = kind == "city-office-library";
    let opens = if library { 10 * 60 } else { 9 * 60 };
    let closes = if library { 20 * 60 } else { dice.one_of(&[17 * 60, 17 * 60 + 30, 18 * 60]) };
    Office {
        kind,
        street: Names { en: en.to_owned(), ko: ko.to_owned(), ar: ar.to_owned() },
        number: dice.between(1, 240) as u32,
        weekdays: (opens, closes),
        saturday: (library || dice.below(3) == 0).then_some((10 * 60, 14 * 60)),
        step_free: library || dice.below(5) > 0,
    }
}

fn figures(dice: &Dice, districts: &[District]) -> Vec<CityFigure> {
    let residents: i64 = districts.iter().map(|district| district.residents).sum();
    let offices: usize = districts.iter().map(|district| district.offices.len()).sum();
    let year = jiff::civil::date(2026, 1, 1);
    let survey = jiff::civil::date(2025, 10, 1);
    let figure = |key, value: f64, digits, date, source| CityFigure {
        key,
        value,
        digits,
        percent: key == "city-figure-transit",
        date,
        source,
    };
    vec![
        figure("city-figure-residents", residents as f64, 0, year, "city-source-register"),
        figure("city-figure-households", (residents as f64 / 2.3).round(), 0, year, "city-source-register"),
        figure("city-figure-trees", (residents as f64 * 0.11).round(), 0, year, "city-source-trees"),
        figure("city-figure-transit", dice.between(58, 74) as f64, 0, survey, "city-source-mobility"),
        figure("city-figure-parks", dice.between(90, 180) as f64 / 10.0, 1, year, "city-source-register"),
        figure("city-figure-offices", offices as f64, 0, year, "city-source-register"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_city() {
        assert_eq!(made_up(SEED), made_up(SEED));
        assert_ne!(made_up(1), made_up(2));
    }

    #[test]
    fn every_seed_gives_a_whole_city() {
        for seed in 0..200 {
            let city = made_up(seed);
            assert!(city.demonstration && city.districts.len() == 6 && !city.name.ko.is_empty());
            let mut names: Vec<_> = city.districts.iter().map(|district| &district.name.en).collect();
            names.sort();
            names.dedup();
            assert_eq!(names.len(), 6, "no district twice");
            for office in city.districts.iter().flat_map(|district| &district.offices) {
                assert!(office.weekdays.0 < office.weekdays.1);
            }
        }
    }
}
