//! Instruments and readings that are made up.

use std::collections::BTreeMap;

use num_rational::Ratio;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use survey_instrument::{Coded, Fraction, Instrument};
use survey_statistics::Readings;

/// Categories `A`, `B`, … of these numbers of criteria (`A1`, `A2`, …) and equal points, all on one scale.
pub fn instrument(categories: &[usize], scale: &str) -> Instrument {
    let mut text = "id = \"made\"\nversion = \"1.0.0\"\ndate = \"2026-11-24\"\nlicence = \"CC0-1.0\"\n".to_owned();
    let points = 100 / categories.len();
    let names = || ('A'..='Z').zip(categories);
    names().for_each(|(name, _)| text.push_str(&format!("[[category]]\nid = \"{name}\"\npoints = {points}\n")));
    let mut number = 0;
    for (name, count) in names() {
        for place in 1..=*count {
            number += 1;
            text.push_str(&format!(
                "[[criterion]]\nid = \"{name}{place}\"\nnumber = {number}\ncategory = \"{name}\"\nscale = \"{scale}\"\n\
                 mode = \"human\"\nrule = \"human:made\"\n"
            ));
        }
    }
    Instrument::parse(&text, &[]).expect("an instrument")
}

pub fn points(value: i64) -> Coded {
    Coded::Value(Fraction::from_integer(value))
}

pub fn half_points(twice: i64) -> Coded {
    Coded::Value(Ratio::new(twice, 2))
}

/// One city; each reader's answers in the order of the instrument's criteria.
pub fn city(instrument: &Instrument, name: &str, readers: &[Vec<Coded>]) -> Readings {
    let reader = |answers: &Vec<Coded>| -> BTreeMap<String, Coded> {
        instrument.criteria.iter().map(|criterion| criterion.id.clone()).zip(answers.iter().copied()).collect()
    };
    Readings { city: name.to_owned(), readers: readers.iter().map(reader).collect(), settled: BTreeMap::new() }
}

pub fn generator(seed: u64) -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(seed)
}

/// What one reader of a city says: the truth, each value with the chance `slips` off by one, and with the chance
/// `strictness` (downwards when negative) again off by one in that direction.
pub fn read(truth: &[i64], slips: f64, strictness: f64, generator: &mut ChaCha8Rng) -> Vec<Coded> {
    let one = |value: &i64| {
        let mut value = *value;
        if generator.random::<f64>() < slips {
            value += if generator.random() { 1 } else { -1 };
        }
        if generator.random::<f64>() < strictness.abs() {
            value += strictness.signum() as i64;
        }
        points(value)
    };
    truth.iter().map(one).collect()
}
