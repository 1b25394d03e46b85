//! How sure places are: intervals of score and rank, and which neighbours cannot be told apart.

use survey_instrument::{Fraction, Instrument};

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
    /// that are below it in 95 % (marginal, as in Goldstein & Spiegelhalter 1996 and Mogstad et al. 2024).
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
/// together as in [`crate::together`]. A criterion with one answer (one reader, or settled) keeps it. n - 1 and not n because
/// a draw of n from so few is too narrow by (n - 1) / n, with two readers by half (McCarthy & Snowden 1985; Rao & Wu 1988).
/// (3) Category = points · raw / max as in [`survey_instrument::score`], the total, and places by falling total, equal totals
/// sharing one.
///
/// What is not in the intervals: a strictness that a reader has in all criteria alike, and everything that happens before
/// the reading (which pages were captured, which day it was).
pub fn standings(instrument: &Instrument, cities: &[Readings], resample: Resample, draws: Draws) -> Standings {
    unimplemented!()
}
