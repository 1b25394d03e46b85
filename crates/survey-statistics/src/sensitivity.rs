//! How much the ranking hangs on the weights and on how categories are added up (OECD/JRC, Handbook on Constructing
//! Composite Indicators, 2008, step 7).

use survey_instrument::Instrument;

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

/// All scenarios: noisy weights, free weights, geometric mean, and each category left out in turn. The answers are taken as
/// they are; equal totals share a place.
pub fn sensitivity(instrument: &Instrument, cities: &[Readings], draws: Draws) -> Vec<Scenario> {
    unimplemented!()
}
