//! How much the ranking hangs on the weights and on how categories are added up (OECD/JRC, Handbook on Constructing
//! Composite Indicators, 2008, step 7).

use std::cmp::Reverse;

use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use survey_instrument::{Fraction, Instrument, score, shared_places};

use crate::ranks::places;
use crate::resample::number;
use crate::{Draws, Readings, Spread};

/// What is done otherwise than in the published ranking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Variation {
    /// Each category's points times a factor drawn evenly from 0.75 to 1.25 (COINr's noise factor 0.25).
    NoisyWeights,
    /// Any weights that add up to one, all equally likely (Dirichlet with all parameters 1).
    FreeWeights,
    /// Weighted geometric mean of the categories' shares: a weak category is not made good by a strong one. A geometric
    /// mean needs values above zero, so that shares 0 to 1 are put on 1 to 100 first (`1 + 99 · share`, the min–max range
    /// that JRC's COINr takes for it); a category without a point then counts 1 of 100 and not the whole city as 0.
    Geometric,
    /// The category of this id left out.
    Without(String),
}

#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    pub variation: Variation,
    /// 1 where nothing is drawn.
    pub draws: u32,
    /// Mean over cities and draws of how many places a city moves, up or down.
    pub mean_shift: f64,
    /// By published rank, then name.
    pub cities: Vec<Moved>,
}

/// Where one city goes in a scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Moved {
    pub city: String,
    /// The published place.
    pub rank: usize,
    pub spread: Spread<usize>,
    pub best: usize,
    pub worst: usize,
    /// Share of the draws in which the city is first, alone or shared.
    pub first: f64,
}

/// All scenarios: noisy weights, free weights, geometric mean, and each category left out in turn (not when there is only
/// one). The answers are taken as they are; equal totals share a place. Each scenario draws from its own stream of the
/// generator, so that none changes another.
pub fn sensitivity(instrument: &Instrument, cities: &[Readings], draws: Draws) -> Vec<Scenario> {
    let published = Published::new(instrument, cities);
    let mut variations = vec![Variation::NoisyWeights, Variation::FreeWeights, Variation::Geometric];
    if instrument.categories.len() > 1 {
        variations.extend(instrument.categories.iter().map(|category| Variation::Without(category.id.clone())));
    }
    let streams = (0..).zip(variations);
    streams.map(|(stream, variation)| published.scenario(instrument, variation, draws, stream)).collect()
}

/// The ranking as published, and what it is made of.
struct Published {
    names: Vec<String>,
    ranks: Vec<usize>,
    /// For each city the share of each category that it reached, 0 to 1; none where nothing was its task.
    shares: Vec<Vec<Option<f64>>>,
}

impl Published {
    fn new(instrument: &Instrument, cities: &[Readings]) -> Published {
        let mut scored: Vec<_> = cities
            .iter()
            .map(|readings| (score(instrument, &readings.sheet(instrument)), readings.city.clone()))
            .collect();
        scored.sort_by_key(|(scores, city)| (Reverse(scores.total), city.clone()));
        let totals: Vec<Fraction> = scored.iter().map(|(scores, _)| scores.total).collect();
        let share = |category: &survey_instrument::CategoryScore| {
            (category.max > Fraction::from_integer(0)).then(|| number(category.raw / category.max))
        };
        Published {
            ranks: shared_places(&totals),
            shares: scored.iter().map(|(scores, _)| scores.categories.iter().map(share).collect()).collect(),
            names: scored.into_iter().map(|(_, city)| city).collect(),
        }
    }

    fn scenario(&self, instrument: &Instrument, variation: Variation, draws: Draws, stream: u64) -> Scenario {
        let mut generator = draws.generator();
        generator.set_stream(stream);
        let count = match variation {
            Variation::NoisyWeights | Variation::FreeWeights => draws.count.max(1),
            Variation::Geometric | Variation::Without(_) => 1,
        };
        let drawn: Vec<Vec<usize>> = (0..count)
            .map(|_| {
                let weights = weights(instrument, &variation, &mut generator);
                let total = match variation {
                    Variation::Geometric => geometric,
                    _ => arithmetic,
                };
                places(&self.shares.iter().map(|shares| total(shares, &weights)).collect::<Vec<_>>())
            })
            .collect();
        let cities: Vec<Moved> = (0..self.names.len()).filter_map(|city| self.moved(city, &drawn)).collect();
        let shifts = drawn.iter().flat_map(|places| places.iter().zip(&self.ranks)).map(|(a, b)| a.abs_diff(*b));
        let moves = (drawn.len() * self.names.len()).max(1);
        Scenario { variation, draws: count, mean_shift: shifts.sum::<usize>() as f64 / moves as f64, cities }
    }

    fn moved(&self, city: usize, drawn: &[Vec<usize>]) -> Option<Moved> {
        let ranks: Vec<usize> = drawn.iter().map(|places| places[city]).collect();
        Some(Moved {
            city: self.names[city].clone(),
            rank: self.ranks[city],
            best: *ranks.iter().min()?,
            worst: *ranks.iter().max()?,
            first: ranks.iter().filter(|rank| **rank == 1).count() as f64 / ranks.len() as f64,
            spread: Spread::of_ranks(ranks)?,
        })
    }
}

/// A weight for each category; only their proportions matter.
fn weights(instrument: &Instrument, variation: &Variation, generator: &mut ChaCha8Rng) -> Vec<f64> {
    let points = |category: &survey_instrument::Category| f64::from(category.points);
    let categories = &instrument.categories;
    match variation {
        Variation::NoisyWeights => {
            categories.iter().map(|category| points(category) * (0.75 + 0.5 * generator.random::<f64>())).collect()
        }
        Variation::FreeWeights => {
            // The gaps between evenly drawn numbers are Dirichlet with all parameters 1 (Devroye 1986, theorem V.2.1).
            let mut cuts: Vec<f64> = (1..categories.len()).map(|_| generator.random()).collect();
            cuts.sort_by(f64::total_cmp);
            let ends = cuts.iter().copied().chain([1.0]);
            std::iter::once(0.0).chain(cuts.iter().copied()).zip(ends).map(|(begin, end)| end - begin).collect()
        }
        Variation::Geometric => categories.iter().map(points).collect(),
        Variation::Without(id) => {
            categories.iter().map(|category| if category.id == *id { 0.0 } else { points(category) }).collect()
        }
    }
}

fn arithmetic(shares: &[Option<f64>], weights: &[f64]) -> f64 {
    mean(shares, weights, |share| share)
}

fn geometric(shares: &[Option<f64>], weights: &[f64]) -> f64 {
    mean(shares, weights, |share| (1.0 + 99.0 * share).ln()).exp()
}

/// The weighted mean over the categories that are open, to a billionth, so that equal is equal.
fn mean(shares: &[Option<f64>], weights: &[f64], scale: impl Fn(f64) -> f64) -> f64 {
    let (mut sum, mut open) = (0.0, 0.0);
    for (share, weight) in shares.iter().zip(weights) {
        if let Some(share) = share {
            sum += weight * scale(*share);
            open += weight;
        }
    }
    if open > 0.0 { (sum / open * 1e9).round() / 1e9 } else { 0.0 }
}
