//! How sure places are: intervals of score and rank, and which neighbours cannot be told apart.

use std::cmp::Reverse;

use rand_chacha::ChaCha8Rng;
use survey_instrument::{Fraction, Instrument, score, shared_places};

use crate::resample::{City, Given, Slot, Table};
use crate::{Draws, Readings, Spread};

/// From this share of the draws on, an order is taken as certain.
pub const CERTAIN: f64 = 0.95;

/// What is drawn anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resample {
    /// The answers of each city's readers: what other readers would have said.
    Readers,
    /// The criteria within each category: what another list of the same kind would have said.
    Criteria,
    Both,
}

/// The ranking of a round with what it is worth.
#[derive(Debug, Clone, PartialEq)]
pub struct Standings {
    /// By rank; cities that share one by name.
    pub cities: Vec<Standing>,
    /// Each two cities that follow each other in `cities`.
    pub neighbours: Vec<Neighbours>,
    /// How far one reader's total is off because of a strictness in all criteria alike: a standard deviation in points of
    /// 100, estimated over all cities that two read or more. Needs readers: 0 when only criteria are drawn.
    pub strictness: f64,
    pub draws: Draws,
    pub resample: Resample,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    pub city: String,
    /// The published score, exact.
    pub score: Fraction,
    /// The published place: 1, 2, 2, 4.
    pub rank: usize,
    /// Points of 100.
    pub score_spread: Spread<f64>,
    pub rank_spread: Spread<usize>,
    /// Share of the draws in which the city is first, alone or shared.
    pub first: f64,
    /// The places this city may have: not before all those that are above it in 95 % of the draws, not behind all those
    /// that are below it in 95 % (marginal, as in Goldstein & Spiegelhalter 1996 and Mogstad et al. 2023).
    pub places: (usize, usize),
    /// Cities that cannot be told apart from this one: neither order holds in 95 % of the draws. By rank.
    pub like: Vec<String>,
}

/// Two cities that follow each other.
#[derive(Debug, Clone, PartialEq)]
pub struct Neighbours {
    pub upper: String,
    pub lower: String,
    /// Share of the draws in which the upper one has the higher score; a draw in which both are equal counts half.
    pub holds: f64,
}

impl Neighbours {
    /// Whether the two can be told apart.
    pub fn apart(&self) -> bool {
        self.holds >= CERTAIN
    }
}

/// Scores and ranks all cities of a round, and draws them anew.
///
/// One draw: (1) Criteria: in each category of n criteria n - 1 are drawn with replacement, the same for all cities. (2)
/// Readers: for each city and each drawn criterion, of the n answers that count n - 1 are drawn with replacement and put
/// together as in [`crate::together`]; a criterion with one answer (one reader, or settled) keeps it. n - 1 and not n, because
/// a draw of n from so few is too narrow by (n - 1) / n, with two readers by half (McCarthy & Snowden 1985; Rao & Wu 1988).
/// (3) Category = points · raw / max as in [`survey_instrument::score`], and their total. (4) Readers again: to each city's
/// total comes a normal number with the standard deviation [`Standings::strictness`] / √readers, since answers drawn one by
/// one lose what a reader does in all criteria alike; the total stays within 0 and 100. (5) Places by falling total; totals
/// that are equal to a billionth of a point share one.
///
/// With [`Resample::Readers`] a city that one reader read keeps its answers. Never in the intervals: which pages were
/// captured, and which day it was.
pub fn standings(instrument: &Instrument, cities: &[Readings], resample: Resample, draws: Draws) -> Standings {
    let mut ranked: Vec<(Fraction, &Readings)> =
        cities.iter().map(|readings| (score(instrument, &readings.sheet(instrument)).total, readings)).collect();
    ranked.sort_by_key(|(total, readings)| (Reverse(*total), readings.city.clone()));
    let ranks = shared_places(&ranked.iter().map(|(total, _)| *total).collect::<Vec<_>>());
    let table = table(instrument, ranked.iter().map(|(_, readings)| *readings));
    let strictness = if resample == Resample::Criteria { 0.0 } else { table.strictness() };
    let drawn = Drawn::new(&table, resample, strictness, draws);
    let above = drawn.above();
    let standing = |(place, (total, readings)): (usize, &(Fraction, &Readings))| {
        let ranks_drawn: Vec<usize> = drawn.places.iter().map(|places| places[place]).collect();
        let firsts = ranks_drawn.iter().filter(|rank| **rank == 1).count();
        let certain = |order: &dyn Fn(usize) -> f64| (0..ranked.len()).filter(|other| order(*other) >= CERTAIN).count();
        let like = |other: &usize| *other != place && above[place][*other].max(above[*other][place]) < CERTAIN;
        Some(Standing {
            city: readings.city.clone(),
            score: *total,
            rank: ranks[place],
            score_spread: Spread::of_numbers(drawn.totals.iter().map(|totals| totals[place]).collect())?,
            rank_spread: Spread::of_ranks(ranks_drawn)?,
            first: firsts as f64 / drawn.places.len() as f64,
            places: (1 + certain(&|other| above[other][place]), ranked.len() - certain(&|other| above[place][other])),
            like: (0..ranked.len()).filter(like).map(|other| ranked[other].1.city.clone()).collect(),
        })
    };
    let neighbours = (1..ranked.len()).map(|lower| Neighbours {
        upper: ranked[lower - 1].1.city.clone(),
        lower: ranked[lower].1.city.clone(),
        holds: above[lower - 1][lower],
    });
    Standings {
        neighbours: neighbours.collect(),
        cities: ranked.iter().enumerate().filter_map(standing).collect(),
        strictness,
        draws,
        resample,
    }
}

/// All answers to an instrument's criteria.
fn table<'a>(instrument: &Instrument, cities: impl Iterator<Item = &'a Readings>) -> Table {
    let points: Vec<u32> = instrument.categories.iter().map(|category| category.points).collect();
    let categories = instrument.categories.iter().enumerate();
    let slots: Vec<Slot> = categories
        .flat_map(|(place, category)| instrument.in_category(&category.id).map(move |criterion| (place, criterion)))
        .map(|(category, criterion)| Slot { category, criterion: &criterion.id, max: criterion.scale.max() })
        .collect();
    Table::new(&points, &slots, cities)
}

/// Totals and places of all cities, draw by draw.
struct Drawn {
    totals: Vec<Vec<f64>>,
    places: Vec<Vec<usize>>,
}

impl Drawn {
    fn new(table: &Table, resample: Resample, strictness: f64, draws: Draws) -> Drawn {
        let mut generator = draws.generator();
        let totals: Vec<Vec<f64>> = (0..draws.count.max(1))
            .map(|_| {
                let criteria = match resample {
                    Resample::Readers => table.members.clone(),
                    Resample::Criteria | Resample::Both => table.draw_criteria(&mut generator),
                };
                let mut of = |city: &City| once(table, city, &criteria, resample, strictness, &mut generator);
                table.cities.iter().map(&mut of).collect()
            })
            .collect();
        Drawn { places: totals.iter().map(|totals| places(totals)).collect(), totals }
    }

    /// `[a][b]`: the share of draws in which a is above b; equal counts half.
    fn above(&self) -> Vec<Vec<f64>> {
        let cities = self.totals.first().map_or(0, Vec::len);
        let mut above = vec![vec![0.0; cities]; cities];
        for totals in &self.totals {
            for a in 0..cities {
                for b in a + 1..cities {
                    let share = if totals[a] > totals[b] {
                        1.0
                    } else if totals[a] == totals[b] {
                        0.5
                    } else {
                        0.0
                    };
                    above[a][b] += share;
                    above[b][a] += 1.0 - share;
                }
            }
        }
        let draws = self.totals.len() as f64;
        above.iter_mut().flatten().for_each(|share| *share /= draws);
        above
    }
}

/// One city's total in one draw, to a billionth of a point, so that equal is equal.
fn once(
    table: &Table,
    city: &City,
    criteria: &[Vec<usize>],
    resample: Resample,
    strictness: f64,
    generator: &mut ChaCha8Rng,
) -> f64 {
    let total = table.total(criteria, |slot| {
        let given = match resample {
            Resample::Criteria => city.answer(slot),
            Resample::Readers | Resample::Both => city.draw_answer(slot, generator),
        };
        match given {
            Given::Points(points) => Some((points, table.maxima[slot])),
            Given::Unknown => Some((0.0, table.maxima[slot])),
            Given::NotThisCity => None,
        }
    });
    let total = (total + city.draw_strictness(strictness, generator)).clamp(0.0, 100.0);
    (total * 1e9).round() / 1e9
}

/// The places of totals in any order: 1, 2, 2, 4.
pub(crate) fn places(totals: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..totals.len()).collect();
    order.sort_by(|a, b| totals[*b].total_cmp(&totals[*a]));
    let falling: Vec<f64> = order.iter().map(|city| totals[*city]).collect();
    let mut places = vec![0; totals.len()];
    order.iter().zip(shared_places(&falling)).for_each(|(city, place)| places[*city] = place);
    places
}
