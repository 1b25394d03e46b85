//! A round's answers in a form that can be scored many thousand times, and the draws from it.

use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use survey_instrument::{Coded, Fraction};

use crate::{Readings, together};

/// An answer as numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Given {
    Points(f64),
    /// Leaves the count.
    NotThisCity,
    /// No points, but counted.
    Unknown,
}

impl Given {
    fn of(coded: Coded) -> Given {
        match (coded, coded.value()) {
            (_, Some(points)) => Given::Points(number(points)),
            (Coded::NotThisCity, _) => Given::NotThisCity,
            _ => Given::Unknown,
        }
    }
}

/// The nearest floating-point number.
pub(crate) fn number(fraction: Fraction) -> f64 {
    *fraction.numer() as f64 / *fraction.denom() as f64
}

/// One criterion's place in the table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Slot<'a> {
    /// Place in the list of the categories' points.
    pub category: usize,
    pub criterion: &'a str,
    /// Points of the scale's highest value.
    pub max: u8,
}

/// All answers of a round to some criteria.
pub(crate) struct Table {
    points: Vec<f64>,
    /// For each category its slots.
    pub members: Vec<Vec<usize>>,
    pub maxima: Vec<f64>,
    pub cities: Vec<City>,
}

pub(crate) struct City {
    /// For each slot all answers; one where all are the same.
    pub answers: Vec<Vec<Given>>,
    /// Readers who answered anything.
    readers: usize,
    /// How much further the readers' totals are apart than their answers to single criteria explain: an estimate of the
    /// variance of one reader's strictness.
    strictness: Option<f64>,
}

impl Table {
    pub fn new<'a>(points: &[u32], slots: &[Slot], cities: impl IntoIterator<Item = &'a Readings>) -> Table {
        let mut members = vec![Vec::new(); points.len()];
        slots.iter().enumerate().for_each(|(place, slot)| members[slot.category].push(place));
        let points: Vec<f64> = points.iter().map(|points| f64::from(*points)).collect();
        let cities = cities.into_iter().map(|readings| City::new(&points, slots, readings)).collect();
        Table { points, members, maxima: slots.iter().map(|slot| f64::from(slot.max)).collect(), cities }
    }

    /// Slots by category: n - 1 of n, with replacement; the only one where there is one.
    pub fn draw_criteria(&self, generator: &mut ChaCha8Rng) -> Vec<Vec<usize>> {
        let draw = |members: &Vec<usize>| match u32::try_from(members.len()) {
            Ok(count) if count > 1 => (1..count).map(|_| members[generator.random_range(0..count) as usize]).collect(),
            _ => members.clone(),
        };
        self.members.iter().map(draw).collect()
    }

    /// `points · raw / max` of each category that is open, summed, of 100. `answer` says what counts in a slot as (points, max).
    pub fn total(&self, slots: &[Vec<usize>], mut answer: impl FnMut(usize) -> Option<(f64, f64)>) -> f64 {
        let (mut total, mut open) = (0.0, 0.0);
        for (points, members) in self.points.iter().zip(slots) {
            let (mut raw, mut max) = (0.0, 0.0);
            for (reached, full) in members.iter().filter_map(|slot| answer(*slot)) {
                raw += reached;
                max += full;
            }
            if max > 0.0 {
                total += points * raw / max;
                open += points;
            }
        }
        if open > 0.0 { total * 100.0 / open } else { 0.0 }
    }

    /// Standard deviation of one reader's strictness in points of 100, over all cities that two read or more.
    pub fn strictness(&self) -> f64 {
        let known: Vec<f64> = self.cities.iter().filter_map(|city| city.strictness).collect();
        if known.is_empty() { 0.0 } else { (known.iter().sum::<f64>() / known.len() as f64).max(0.0).sqrt() }
    }
}

impl City {
    fn new(points: &[f64], slots: &[Slot], readings: &Readings) -> City {
        let answers: Vec<Vec<Coded>> = slots.iter().map(|slot| readings.answers(slot.criterion)).collect();
        let readers = readings.readers.iter().filter(|reader| !reader.is_empty()).count();
        let strictness = (readers > 1).then(|| strictness(points, slots, readings, &answers, readers));
        let answers = answers.iter().map(|coded| match Given::of(together(coded)) {
            alike if coded.iter().all(|one| Given::of(*one) == alike) => vec![alike],
            _ => coded.iter().map(|one| Given::of(*one)).collect(),
        });
        City { answers: answers.collect(), readers, strictness }
    }

    /// What n - 1 of the n answers to a slot, drawn with replacement, come to.
    pub fn draw_answer(&self, slot: usize, generator: &mut ChaCha8Rng) -> Given {
        match self.answers[slot].as_slice() {
            [only] => *only,
            answers => {
                let count = answers.len() as u32;
                put_together((1..count).map(|_| answers[generator.random_range(0..count) as usize]))
            }
        }
    }

    /// What all answers to a slot come to.
    pub fn answer(&self, slot: usize) -> Given {
        put_together(self.answers[slot].iter().copied())
    }

    /// How far the strictness of this city's readers moves its score, when one reader's has this standard deviation.
    pub fn draw_strictness(&self, of_one: f64, generator: &mut ChaCha8Rng) -> f64 {
        if of_one == 0.0 || self.readers == 0 {
            return 0.0;
        }
        of_one * normal(generator) / (self.readers as f64).sqrt()
    }
}

/// [`together`] in numbers.
fn put_together(answers: impl Iterator<Item = Given>) -> Given {
    let (mut sum, mut with_points, mut leaves) = (0.0, 0.0, None);
    for answer in answers {
        match answer {
            Given::Points(points) => {
                sum += points;
                with_points += 1.0;
            }
            other => leaves = Some(leaves.unwrap_or(true) && other == Given::NotThisCity),
        }
    }
    match leaves {
        _ if with_points > 0.0 => Given::Points(sum / with_points),
        Some(true) => Given::NotThisCity,
        _ => Given::Unknown,
    }
}

/// A standard normal number (Box & Muller 1958).
fn normal(generator: &mut ChaCha8Rng) -> f64 {
    let (radius, angle): (f64, f64) = (generator.random(), generator.random());
    (-2.0 * (1.0 - radius).ln()).sqrt() * (std::f64::consts::TAU * angle).cos()
}

/// `n · (variance of the mean by totals - variance of the mean by single answers)`, in points of 100, squared.
fn strictness(points: &[f64], slots: &[Slot], readings: &Readings, answers: &[Vec<Coded>], readers: usize) -> f64 {
    let mut maxima = vec![0.0; points.len()];
    for (slot, coded) in slots.iter().zip(answers) {
        if together(coded) != Coded::NotThisCity {
            maxima[slot.category] += f64::from(slot.max);
        }
    }
    let open: f64 = points.iter().zip(&maxima).filter(|(_, max)| **max > 0.0).map(|(points, _)| points).sum();
    let mut by_reader = vec![0.0; readings.readers.len()];
    let mut by_answer = 0.0;
    for slot in slots.iter().filter(|slot| !readings.settled.contains_key(slot.criterion)) {
        let value = |reader: usize| readings.readers[reader].get(slot.criterion)?.value().map(number);
        let given: Vec<(usize, f64)> =
            (0..by_reader.len()).filter_map(|reader| Some((reader, value(reader)?))).collect();
        let count = given.len() as f64;
        if given.len() < 2 {
            continue;
        }
        let weight = points[slot.category] / maxima[slot.category] * 100.0 / open;
        let mean = given.iter().map(|(_, value)| value).sum::<f64>() / count;
        for (reader, value) in given {
            let apart = weight * (value - mean);
            by_reader[reader] += apart;
            by_answer += apart * apart / (count * (count - 1.0));
        }
    }
    let readers = readers as f64;
    let by_total = by_reader.iter().map(|apart| apart * apart).sum::<f64>() / (readers * (readers - 1.0));
    readers * (by_total - by_answer)
}
