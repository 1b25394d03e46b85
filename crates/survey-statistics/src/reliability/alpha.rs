//! Krippendorff's alpha, for any number of coders, with holes, at four levels of measurement.

use rand::RngExt;

use super::{Coefficient, Level, Ratings};
use crate::{Draws, Spread};

/// Krippendorff's alpha: `1 - observed / expected` disagreement over all pairable values (Krippendorff, "Computing
/// Krippendorff's Alpha-Reliability", 2011, section E). Units that one coder alone judged say nothing and are left out.
pub fn krippendorff(ratings: &Ratings, level: Level) -> Coefficient {
    if level == Level::Ratio && ratings.categories().first().is_some_and(|lowest| *lowest < 0.0) {
        return Coefficient::NotRatio;
    }
    let units: Vec<Vec<usize>> = ratings.pairable().collect();
    alpha(&units.iter().collect::<Vec<_>>(), ratings.categories(), level)
}

/// Where alpha lies when units are drawn anew: as many pairable units as there are, with replacement, and alpha computed
/// from each draw. `None` when alpha itself is not defined, or when more than one draw in twenty has no variation.
pub fn alpha_interval(ratings: &Ratings, level: Level, draws: Draws) -> Option<Spread<f64>> {
    krippendorff(ratings, level).value()?;
    let units: Vec<Vec<usize>> = ratings.pairable().collect();
    let count = u32::try_from(units.len()).ok()?;
    let mut generator = draws.generator();
    let mut alphas = Vec::with_capacity(draws.count as usize);
    for _ in 0..draws.count {
        let drawn: Vec<_> = (0..count).map(|_| &units[generator.random_range(0..count) as usize]).collect();
        alphas.extend(alpha(&drawn, ratings.categories(), level).value());
    }
    let enough = alphas.len() * 20 >= draws.count as usize * 19;
    Spread::of_numbers(alphas).filter(|_| enough)
}

/// `units`: for each pairable unit, how many coders gave each category.
fn alpha(units: &[&Vec<usize>], categories: &[f64], level: Level) -> Coefficient {
    let size = categories.len();
    let mut totals = vec![0_usize; size];
    units.iter().for_each(|counts| totals.iter_mut().zip(*counts).for_each(|(total, count)| *total += count));
    let all: usize = totals.iter().sum();
    if all == 0 {
        return Coefficient::TooFew;
    }
    let apart = differences(level, categories, &totals);
    let (mut observed, mut expected) = (0.0, 0.0);
    for a in 0..size {
        for b in a + 1..size {
            let apart = apart[a * size + b];
            let together: f64 = units
                .iter()
                .map(|counts| (counts[a] * counts[b]) as f64 / (counts.iter().sum::<usize>() - 1) as f64)
                .sum();
            observed += together * apart;
            expected += (totals[a] * totals[b]) as f64 * apart;
        }
    }
    if expected == 0.0 {
        return Coefficient::NoVariation;
    }
    Coefficient::Value(1.0 - (all - 1) as f64 * observed / expected)
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
