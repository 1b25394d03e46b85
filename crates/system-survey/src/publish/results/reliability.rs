//! How well readings of the same criteria agree: between evaluators, and between them and the machine. Pure.
//!
//! Measured on blind answers: the last ones given before the machine's was seen. An answer counts by its points; where
//! one of two readers gave none ("not this city's task", "could not be judged") the pair is left out and counted.

use std::collections::BTreeSet;

use survey_instrument::Instrument;
use survey_statistics::reliability::{Coefficient, Level, Rating, Ratings, reliability};

use super::Reliability;
use super::compute::Judged;
use crate::reading::{Answer, Seat};

/// Two readers' points for one criterion of one city.
struct Pair<'a> {
    criterion: &'a str,
    category: &'a str,
    language: &'a str,
    points: (Option<i64>, Option<i64>),
}

pub fn readings(instrument: &Instrument, judged: &[Judged]) -> Vec<Reliability> {
    let mut readings = Vec::new();
    for (between, pairs) in
        [("evaluators", between_evaluators(instrument, judged)), ("machine", with_machine(instrument, judged))]
    {
        let mut add = |scope: &str, of: &str, belongs: &dyn Fn(&Pair) -> bool| {
            let chosen: Vec<&Pair> = pairs.iter().filter(|pair| belongs(pair)).collect();
            if !chosen.is_empty() {
                readings.push(reading(instrument, (between, scope, of), &chosen));
            }
        };
        add("all", "", &|_| true);
        for category in &instrument.categories {
            add("category", &category.id, &|pair| pair.category == category.id);
        }
        for language in languages(judged) {
            add("language", language, &|pair| pair.language == language);
        }
        for criterion in &instrument.criteria {
            add("criterion", &criterion.id, &|pair| pair.criterion == criterion.id);
        }
    }
    readings
}

/// The cities' own languages, in alphabetical order.
fn languages<'a>(judged: &'a [Judged]) -> Vec<&'a str> {
    let mut languages: Vec<&str> = judged.iter().map(|one| language(one)).filter(|tag| !tag.is_empty()).collect();
    languages.sort_unstable();
    languages.dedup();
    languages
}

fn language<'a>(one: &'a Judged) -> &'a str {
    one.from.city.languages.first().map_or("", String::as_str)
}

/// The first two readers; a third is called because these differ, so it would say nothing about them.
fn between_evaluators<'a>(instrument: &'a Instrument, judged: &'a [Judged]) -> Vec<Pair<'a>> {
    pairs(instrument, judged, |one, criterion| {
        let blind = |seat| Some(points(one.from.codes.get(&seat)?.get(criterion)?.blind));
        Vec::from_iter(blind(Seat::First).zip(blind(Seat::Second)))
    })
}

/// Each of the first two readers with the machine, wherever the machine had an answer.
fn with_machine<'a>(instrument: &'a Instrument, judged: &'a [Judged]) -> Vec<Pair<'a>> {
    pairs(instrument, judged, |one, criterion| {
        let Some(machine) = one.from.machine.get(criterion) else { return Vec::new() };
        let machine = match machine.state.as_str() {
            "not_assessable" => return Vec::new(),
            "not_this_city" => None,
            _ => Some(machine.value.unwrap_or_default()),
        };
        let blind = |seat| Some(points(one.from.codes.get(&seat)?.get(criterion)?.blind));
        [Seat::First, Seat::Second].into_iter().filter_map(|seat| Some((blind(seat)?, machine))).collect()
    })
}

fn pairs<'a>(
    instrument: &'a Instrument,
    judged: &'a [Judged],
    of: impl Fn(&Judged, &str) -> Vec<(Option<i64>, Option<i64>)>,
) -> Vec<Pair<'a>> {
    let mut pairs = Vec::new();
    for one in judged {
        for criterion in &instrument.criteria {
            pairs.extend(of(one, &criterion.id).into_iter().map(|points| Pair {
                criterion: &criterion.id,
                category: &criterion.category,
                language: language(one),
                points,
            }));
        }
    }
    pairs
}

fn points(answer: Answer) -> Option<i64> {
    answer.coded().value().map(|value| value.to_integer())
}

fn reading(instrument: &Instrument, (between, scope, of): (&str, &str, &str), pairs: &[&Pair]) -> Reliability {
    let units: Vec<(i64, i64)> = pairs.iter().filter_map(|pair| pair.points.0.zip(pair.points.1)).collect();
    let measured = measured(&scale(instrument, pairs), &units);
    let number = |coefficient: Option<Coefficient>| coefficient.and_then(Coefficient::value);
    let alpha = |level| measured.as_ref().and_then(|measured| measured.alpha(level).value());
    let cohen = measured.as_ref().and_then(|measured| measured.cohen);
    let undefined = measured.as_ref().map_or(Some("too_few"), |measured| measured.alpha(Level::Nominal).undefined());
    Reliability {
        between: between.to_owned(),
        scope: scope.to_owned(),
        of: of.to_owned(),
        units: units.len(),
        left_out: pairs.len() - units.len(),
        agreement: number(measured.as_ref().map(|measured| measured.percent_agreement)),
        undefined: undefined.map(str::to_owned),
        kappa: number(cohen.map(|cohen| cohen.plain)),
        kappa_linear: number(cohen.map(|cohen| cohen.linear)),
        kappa_quadratic: number(cohen.map(|cohen| cohen.quadratic)),
        pi: number(measured.as_ref().and_then(|measured| measured.scott)),
        alpha_nominal: alpha(Level::Nominal),
        alpha_ordinal: alpha(Level::Ordinal),
        alpha_interval: alpha(Level::Interval),
        alpha_ratio: alpha(Level::Ratio),
        ac1: number(measured.as_ref().map(|measured| measured.gwet_ac1)),
    }
}

/// All values that these criteria can have: coefficients count them, and the steps between them, whether they occur or not.
fn scale(instrument: &Instrument, pairs: &[&Pair]) -> Vec<f64> {
    let asked: BTreeSet<&str> = pairs.iter().map(|pair| pair.criterion).collect();
    let criteria = asked.into_iter().filter_map(|id| instrument.criterion(id));
    let values: BTreeSet<u8> = criteria.flat_map(|criterion| criterion.scale.values()).collect();
    values.into_iter().map(f64::from).collect()
}

/// None when a value is not on the scale, as a machine of another release might give.
fn measured(scale: &[f64], units: &[(i64, i64)]) -> Option<survey_statistics::reliability::Reliability> {
    let ratings = units.iter().enumerate().flat_map(|(unit, (a, b))| {
        [Rating::new("a", unit.to_string(), *a as f64), Rating::new("b", unit.to_string(), *b as f64)]
    });
    let ratings = Ratings::on_scale(&ratings.collect::<Vec<_>>(), scale).ok()?;
    Some(reliability(&ratings))
}
