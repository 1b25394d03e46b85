//! How sure the league is: intervals, what cannot be told apart, and what other ways of adding up would give. Pure.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};
use survey_instrument::Instrument;
use survey_statistics::ranks::{CERTAIN, Resample, Standings, standings};
use survey_statistics::sensitivity::{Moved, Scenario, Variation, sensitivity};
use survey_statistics::{Draws, Readings};

use super::compute::Judged;
use super::{Group, Neighbours, ScenarioFacts, Sensitivity, Span, StatisticsFacts};

pub struct Uncertainty {
    pub facts: StatisticsFacts,
    pub groups: Vec<Group>,
    pub neighbours: Vec<Neighbours>,
    cities: BTreeMap<String, CityUncertainty>,
}

#[derive(Debug, Clone)]
pub struct CityUncertainty {
    pub rank: Span<usize>,
    pub score: Span<f64>,
    pub first_in: f64,
    pub alike: Vec<String>,
    pub sensitivity: Sensitivity,
}

impl Uncertainty {
    /// What is known about a city; nothing at all for one that took no part.
    pub fn of(&self, city: &str) -> CityUncertainty {
        self.cities.get(city).cloned().unwrap_or(CityUncertainty {
            rank: Span { low: 0, high: 0 },
            score: Span { low: 0.0, high: 0.0 },
            first_in: 0.0,
            alike: Vec::new(),
            sensitivity: nowhere(),
        })
    }
}

/// The round's own seed: the first eight bytes of the SHA-256 of its id. Whoever publishes again draws the same.
pub fn seed(round: &str) -> u64 {
    let digest = Sha256::digest(round.as_bytes());
    digest.iter().take(8).fold(0, |seed, byte| (seed << 8) | u64::from(*byte))
}

/// `judged` in the order of the league.
pub fn uncertainty(instrument: &Instrument, judged: &[Judged], draws: Draws) -> Uncertainty {
    let readings: Vec<Readings> = judged.iter().map(|one| one.readings.clone()).collect();
    let standings = standings(instrument, &readings, Resample::Both, draws);
    let scenarios = sensitivity(instrument, &readings, draws);
    let order: Vec<&str> = readings.iter().map(|one| one.city.as_str()).collect();
    let cities = standings.cities.iter().map(|standing| {
        let (score, rank) = (standing.score_spread.middle_95, standing.places);
        let city = CityUncertainty {
            rank: Span { low: rank.0, high: rank.1 },
            score: Span { low: hundredths(score.0), high: hundredths(score.1) },
            first_in: standing.first,
            alike: standing.like.clone(),
            sensitivity: of_city(&scenarios, &standing.city),
        };
        (standing.city.clone(), city)
    });
    Uncertainty {
        facts: StatisticsFacts {
            software: format!("madang {}", env!("CARGO_PKG_VERSION")),
            seed: format!("{:016x}", draws.seed),
            draws: draws.count,
            level: CERTAIN,
            scenarios: scenarios.iter().map(facts).collect(),
        },
        groups: groups(&order, &standings),
        neighbours: neighbours(&standings),
        cities: cities.collect(),
    }
}

/// Two decimals: more would be a precision that draws do not have.
pub fn hundredths(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}

fn neighbours(standings: &Standings) -> Vec<Neighbours> {
    let pair = |pair: &survey_statistics::ranks::Neighbours| Neighbours {
        upper: pair.upper.clone(),
        lower: pair.lower.clone(),
        holds: pair.holds,
        apart: pair.apart(),
    };
    standings.neighbours.iter().map(pair).collect()
}

/// From the top: a group ends before the first city that can be told apart from the group's first.
fn groups(order: &[&str], standings: &Standings) -> Vec<Group> {
    let alike: BTreeMap<&str, &[String]> =
        standings.cities.iter().map(|standing| (standing.city.as_str(), standing.like.as_slice())).collect();
    let like = |first: &str, other: &str| alike.get(first).is_some_and(|like| like.iter().any(|one| one == other));
    let mut groups: Vec<Group> = Vec::new();
    for (place, city) in order.iter().enumerate() {
        match groups.last_mut() {
            Some(group) if like(order[group.first - 1], city) => group.last = place + 1,
            _ => groups.push(Group { first: place + 1, last: place + 1 }),
        }
    }
    groups
}

fn facts(scenario: &Scenario) -> ScenarioFacts {
    let category = match &scenario.variation {
        Variation::Without(category) => Some(category.clone()),
        _ => None,
    };
    let variation = word(&scenario.variation).to_owned();
    ScenarioFacts { variation, category, draws: scenario.draws, mean_shift: scenario.mean_shift }
}

fn word(variation: &Variation) -> &'static str {
    match variation {
        Variation::NoisyWeights => "noisy_weights",
        Variation::FreeWeights => "free_weights",
        Variation::Geometric => "geometric",
        Variation::Without(_) => "without",
    }
}

fn nowhere() -> Sensitivity {
    let none = Span { low: 0, high: 0 };
    Sensitivity { noisy_weights: none, free_weights: none, geometric: 0, without: Vec::new() }
}

fn of_city(scenarios: &[Scenario], city: &str) -> Sensitivity {
    let mut found = nowhere();
    let span = |moved: &Moved| Span { low: moved.spread.middle_95.0, high: moved.spread.middle_95.1 };
    for scenario in scenarios {
        let Some(moved) = scenario.cities.iter().find(|moved| moved.city == city) else { continue };
        match scenario.variation {
            Variation::NoisyWeights => found.noisy_weights = span(moved),
            Variation::FreeWeights => found.free_weights = span(moved),
            Variation::Geometric => found.geometric = moved.spread.median,
            Variation::Without(_) => found.without.push(moved.spread.median),
        }
    }
    found
}
