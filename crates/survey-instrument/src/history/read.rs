//! Reading the history's tables. Nothing is taken in silently: unknown cities, rounds and contradictions are refused by name.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::{Fraction, parse_fraction};

use super::{
    Average, City, Conflict, Contradiction, Group, History, OVERALL, Outcome, Place, Round, Sourced, check, places,
};

/// The tables as CSV text.
#[derive(Debug, Clone, Copy)]
pub struct Files<'a> {
    pub rounds: &'a str,
    pub cities: &'a str,
    pub scores: &'a str,
    pub ranks: &'a str,
    pub averages: &'a str,
    pub conflicts: &'a str,
}

impl Files<'static> {
    pub const SHIPPED: Files<'static> = Files {
        rounds: include_str!("../../data/history/rounds.csv"),
        cities: include_str!("../../data/history/cities.csv"),
        scores: include_str!("../../data/history/scores.csv"),
        ranks: include_str!("../../data/history/ranks.csv"),
        averages: include_str!("../../data/history/averages.csv"),
        conflicts: include_str!("../../data/history/conflicts.csv"),
    };
}

/// Why a table was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    #[error("{table}, line {line}: {why}")]
    Row { table: &'static str, line: u64, why: String },
    #[error("{0}")]
    Contradiction(Contradiction),
}

#[derive(Deserialize)]
struct RoundRow {
    round: String,
    year: u16,
    measures: Option<u32>,
    measures_source: String,
    chosen: Option<u32>,
    chosen_source: String,
    cities: Option<u32>,
    cities_source: String,
    fieldwork: String,
    fieldwork_ko: String,
    partners: String,
}

#[derive(Deserialize)]
struct CityRow {
    city: String,
    lat: f64,
    lon: f64,
    iso: String,
    city_ko: String,
    country_ko: String,
}

#[derive(Deserialize)]
struct ScoreRow {
    city: String,
    country: String,
    round: String,
    category: String,
    score: String,
    source: String,
}

#[derive(Deserialize)]
struct RankRow {
    city: String,
    country: String,
    round: String,
    category: String,
    rank: u32,
    source: String,
}

#[derive(Deserialize)]
struct ConflictRow {
    round: String,
    item: String,
    item_ko: String,
    value_a: String,
    source_a: String,
    value_b: String,
    source_b: String,
    used: String,
    resolution: String,
    resolution_ko: String,
}

impl History {
    /// Reads and checks the tables.
    ///
    /// # Errors
    /// Every row that cannot be read or placed, and every score that contradicts its rank.
    pub fn read(files: &Files<'_>) -> Result<History, Vec<ImportError>> {
        let mut errors = Vec::new();
        let mut rounds: Vec<Round> =
            rows::<RoundRow>("rounds", files.rounds, &mut errors).into_iter().map(|(_, row)| row.into()).collect();
        let known_cities: Vec<_> =
            rows::<CityRow>("cities", files.cities, &mut errors).into_iter().map(|(_, row)| row).collect();
        let mut countries: BTreeMap<String, String> = BTreeMap::new();
        let mut outcomes: BTreeMap<(String, String, String), Outcome> = BTreeMap::new();
        for (line, row) in rows::<ScoreRow>("scores", files.scores, &mut errors) {
            let refuse = |why: String| ImportError::Row { table: "scores", line, why };
            let Some(score) = points(&row.score) else {
                errors.push(refuse(format!("{:?} is not a score from 0 to 100", row.score)));
                continue;
            };
            let outcome = outcomes
                .entry((row.round.clone(), row.category.clone(), row.city.clone()))
                .or_insert_with(|| empty(&row.city, &row.category));
            match &outcome.score {
                Some(earlier) if earlier.value != score => {
                    errors.push(refuse(format!("{} has two scores in {}", row.city, row.round)))
                }
                _ => outcome.score = Some(Sourced { value: score, source: row.source }),
            }
            countries.insert(row.city, row.country);
        }
        for (line, row) in rows::<RankRow>("ranks", files.ranks, &mut errors) {
            let outcome = outcomes
                .entry((row.round.clone(), row.category.clone(), row.city.clone()))
                .or_insert_with(|| empty(&row.city, &row.category));
            match &outcome.place {
                Some(earlier) if earlier.number() != row.rank => {
                    let why = format!("{} has two places in {}", row.city, row.round);
                    errors.push(ImportError::Row { table: "ranks", line, why });
                }
                _ => outcome.place = Some(Place::Published { place: row.rank, source: row.source }),
            }
            countries.insert(row.city, row.country);
        }
        for ((round, _, city), outcome) in outcomes {
            let refuse = |why: String| ImportError::Row { table: "scores and ranks", line: 0, why };
            match rounds.iter_mut().find(|known| known.id == round) {
                Some(round) => round.results.push(outcome),
                None => errors.push(refuse(format!("round {round} is not in the rounds table"))),
            }
            if !known_cities.iter().any(|known| known.city == city) {
                errors.push(refuse(format!("{city} is not in the cities table")));
            }
        }
        for (line, row) in rows::<ScoreRow>("averages", files.averages, &mut errors) {
            let average = points(&row.score).map(|score| Average {
                group: group(&row.city),
                category: row.category,
                score,
                source: row.source,
            });
            match (rounds.iter_mut().find(|round| round.id == row.round), average) {
                (Some(round), Some(average)) => round.averages.push(average),
                _ => errors.push(ImportError::Row {
                    table: "averages",
                    line,
                    why: format!("{} {} cannot be read", row.round, row.score),
                }),
            }
        }
        for round in &mut rounds {
            errors.extend(place_and_check(round).into_iter().map(ImportError::Contradiction));
        }
        let conflicts = rows::<ConflictRow>("conflicts", files.conflicts, &mut errors)
            .into_iter()
            .map(|(_, row)| row.into())
            .collect();
        let cities = known_cities.into_iter().map(|row| row.with_country(&countries)).collect();
        if errors.is_empty() { Ok(History { rounds, cities, conflicts }) } else { Err(errors) }
    }
}

fn place_and_check(round: &mut Round) -> Vec<Contradiction> {
    let mut total: Vec<_> = round.results.iter_mut().filter(|outcome| outcome.category == OVERALL).collect();
    places::derive(&mut total);
    let mut by_category: BTreeMap<&str, Vec<&Outcome>> = BTreeMap::new();
    for outcome in &round.results {
        by_category.entry(&outcome.category).or_default().push(outcome);
    }
    by_category.iter().flat_map(|(category, outcomes)| check::contradictions(&round.id, category, outcomes)).collect()
}

fn rows<T: DeserializeOwned>(table: &'static str, text: &str, errors: &mut Vec<ImportError>) -> Vec<(u64, T)> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let mut read = Vec::new();
    for row in reader.deserialize() {
        match row {
            Ok(row) => read.push((read.len() as u64 + 2, row)),
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                errors.push(ImportError::Row { table, line, why: error.to_string() });
            }
        }
    }
    read
}

fn points(text: &str) -> Option<Fraction> {
    parse_fraction(text).filter(|score| *score <= Fraction::from_integer(100))
}

fn empty(city: &str, category: &str) -> Outcome {
    Outcome { city: city.to_owned(), category: category.to_owned(), score: None, place: None }
}

fn group(label: &str) -> Group {
    if label.contains("non-OECD") {
        Group::NotOecd
    } else if label.contains("OECD") {
        Group::Oecd
    } else {
        Group::All
    }
}

fn sourced<T>(value: Option<T>, source: String) -> Option<Sourced<T>> {
    value.map(|value| Sourced { value, source })
}

impl From<RoundRow> for Round {
    fn from(row: RoundRow) -> Self {
        Round {
            id: row.round,
            year: row.year,
            measures: sourced(row.measures, row.measures_source),
            chosen: sourced(row.chosen, row.chosen_source),
            cities: sourced(row.cities, row.cities_source),
            fieldwork: row.fieldwork,
            fieldwork_ko: row.fieldwork_ko,
            partners: row.partners,
            results: Vec::new(),
            averages: Vec::new(),
        }
    }
}

impl CityRow {
    fn with_country(self, countries: &BTreeMap<String, String>) -> City {
        let country = countries.get(&self.city).cloned().unwrap_or_default();
        let slug = self.city.to_lowercase().replace(' ', "-");
        City {
            slug,
            country,
            lat: self.lat,
            lon: self.lon,
            iso: self.iso,
            name_ko: self.city_ko,
            country_ko: self.country_ko,
            name: self.city,
        }
    }
}

impl From<ConflictRow> for Conflict {
    fn from(row: ConflictRow) -> Self {
        Conflict {
            round: (!row.round.is_empty()).then_some(row.round),
            item: row.item,
            item_ko: row.item_ko,
            a: Sourced { value: row.value_a, source: row.source_a },
            b: Sourced { value: row.value_b, source: row.source_b },
            used: row.used.chars().next(),
            resolution: row.resolution,
            resolution_ko: row.resolution_ko,
        }
    }
}
