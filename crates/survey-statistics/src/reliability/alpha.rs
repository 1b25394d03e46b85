//! Krippendorff's alpha, for any number of coders, with holes, at four levels of measurement.

use std::collections::BTreeMap;

use rand::RngExt;

use super::{Coefficient, Level, Ratings};
use crate::{Draws, Spread};

/// Krippendorff's alpha: `1 - observed / expected` disagreement over all pairable values (Krippendorff, "Computing
/// Krippendorff's Alpha-Reliability", 2011, section E). Units that one coder alone judged say nothing and are left out.
pub fn krippendorff(ratings: &Ratings, level: Level) -> Coefficient {
    if level == Level::Ratio && ratings.categories().first().is_some_and(|lowest| *lowest < 0.0) {
        return Coefficient::NotRatio;
    }
    alpha(&patterns(ratings).0, ratings.categories(), level)
}

/// Where alpha lies when units are drawn anew: as many pairable units as there are, with replacement, and alpha computed
/// from each draw. `None` when alpha itself is not defined, or when more than one draw in twenty has no variation.
pub fn alpha_interval(ratings: &Ratings, level: Level, draws: Draws) -> Option<Spread<f64>> {
    krippendorff(ratings, level).value()?;
    let (mut patterns, units) = patterns(ratings);
    let count = u32::try_from(units.len()).ok()?;
    let mut generator = draws.generator();
    let mut alphas = Vec::with_capacity(draws.count as usize);
    for _ in 0..draws.count {
        patterns.iter_mut().for_each(|pattern| pattern.units = 0);
        for _ in 0..count {
            patterns[units[generator.random_range(0..count) as usize]].units += 1;
        }
        alphas.extend(alpha(&patterns, ratings.categories(), level).value());
    }
    let enough = alphas.len() * 20 >= draws.count as usize * 19;
    Spread::of_numbers(alphas).filter(|_| enough)
}

/// How many coders gave each category, and how many units look like that.
struct Pattern {
    counts: Vec<usize>,
    units: usize,
}

/// The different patterns of the pairable units, and for each unit which is its own.
fn patterns(ratings: &Ratings) -> (Vec<Pattern>, Vec<usize>) {
    let mut places = BTreeMap::new();
    let mut patterns: Vec<Pattern> = Vec::new();
    let mut units = Vec::new();
    for counts in ratings.pairable() {
        let place = *places.entry(counts.clone()).or_insert(patterns.len());
        if place == patterns.len() {
            patterns.push(Pattern { counts, units: 0 });
        }
        patterns[place].units += 1;
        units.push(place);
    }
    (patterns, units)
}

fn alpha(patterns: &[Pattern], categories: &[f64], level: Level) -> Coefficient {
    let size = categories.len();
    let mut totals = vec![0_usize; size];
    for pattern in patterns {
        totals.iter_mut().zip(&pattern.counts).for_each(|(total, count)| *total += count * pattern.units);
    }
    let all: usize = totals.iter().sum();
    if all == 0 {
        return Coefficient::TooFew;
    }
    let apart = differences(level, categories, &totals);
    let mut observed = 0.0;
    for pattern in patterns.iter().filter(|pattern| pattern.units > 0) {
        let coders = pattern.counts.iter().sum::<usize>();
        let weight = pattern.units as f64 / (coders - 1) as f64;
        observed += weight * disagreement(&pattern.counts, &apart);
    }
    let expected = disagreement(&totals, &apart);
    if expected == 0.0 {
        return Coefficient::NoVariation;
    }
    Coefficient::Value(1.0 - (all - 1) as f64 * observed / expected)
}

/// The sum of the differences over all pairs of values.
fn disagreement(counts: &[usize], apart: &[f64]) -> f64 {
    let given: Vec<usize> = (0..counts.len()).filter(|category| counts[*category] > 0).collect();
    let pairs = given.iter().enumerate().flat_map(|(place, a)| given[place + 1..].iter().map(move |b| (*a, *b)));
    pairs.map(|(a, b)| (counts[a] * counts[b]) as f64 * apart[a * counts.len() + b]).sum()
}

/// The squared difference of each pair of categories, row by row; only those with the first before the second.
fn differences(level: Level, categories: &[f64], totals: &[usize]) -> Vec<f64> {
    let size = categories.len();
    let mut apart = vec![0.0; size * size];
    for a in 0..size {
        let mut between = totals[a] as f64 / 2.0;
        for b in a + 1..size {
            let (low, high, total) = (categories[a], categories[b], totals[b] as f64);
            apart[a * size + b] = match level {
                Level::Nominal => 1.0,
                Level::Ordinal => (between + total / 2.0).powi(2),
                Level::Interval => (high - low).powi(2),
                Level::Ratio => ((high - low) / (high + low)).powi(2),
            };
            between += total;
        }
    }
    apart
}
