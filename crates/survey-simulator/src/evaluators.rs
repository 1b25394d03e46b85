//! People who read the same city and differ: sheets with the errors that evaluators make.
//!
//! The model: some criteria are harder to judge than others (privacy and participation most, as Špaček found of the
//! original survey), every person leans to the generous or the strict side and is more or less careful. An error is mostly
//! a neighbouring step, sometimes a thing overlooked.

use std::collections::BTreeMap;

use anyhow::Context;
use survey_instrument::{Criterion, Instrument, Mode, Scale};

use crate::draw::Draw;
use crate::truth::Planted;

/// City → criterion → planted answer, cities in the order of the file.
pub type Truths = Vec<(String, BTreeMap<String, Planted>)>;

/// Reads `city,criterion,value,state`.
///
/// # Errors
/// When the file is not such a table.
pub fn read(text: &str) -> anyhow::Result<Truths> {
    let mut all: Truths = Vec::new();
    for (line, row) in
        csv::Reader::from_reader(text.as_bytes()).deserialize::<(String, String, String, String)>().enumerate()
    {
        let (city, criterion, value, state) = row.with_context(|| format!("line {} of the truth", line + 2))?;
        let planted = match state.as_str() {
            "not_this_city" => Planted::NotThisCity,
            _ => Planted::Value(value.parse().with_context(|| format!("{city}, {criterion}: {value:?} is no value"))?),
        };
        if all.last().is_none_or(|(last, _)| *last != city) {
            all.push((city, BTreeMap::new()));
        }
        if let Some((_, sheet)) = all.last_mut() {
            sheet.insert(criterion, planted);
        }
    }
    Ok(all)
}

struct Person {
    name: String,
    /// Above 0: gives more than is there.
    lean: f64,
    /// Share of the usual errors that this person makes.
    care: f64,
}

fn person(number: usize, draw: &Draw) -> Person {
    let mut own = draw.fork(&format!("person {number}"));
    Person {
        name: format!("evaluator-{:02}", number + 1),
        lean: (0.35 * own.normal()).clamp(-0.8, 0.8),
        care: 0.6 + 0.8 * own.unit(),
    }
}

/// Share of sheets with an error in a criterion, for a person of usual care.
fn hardness(criterion: &Criterion, draw: &Draw) -> f64 {
    let mode = match criterion.mode {
        Mode::Automatic => 0.06,
        Mode::Assisted => 0.14,
        Mode::Human => 0.2,
        Mode::Probe => 0.3,
    };
    let category = if matches!(criterion.category.as_str(), "privacy_security" | "engagement") { 1.4 } else { 1.0 };
    mode * category * (0.5 + draw.fork(&criterion.id).unit())
}

/// `coder,city,criterion,value,state` for `seats` people a city.
///
/// People read cities in turns: with twenty languages, as the cities come, each pair reads those of one language.
///
/// # Errors
/// When the table cannot be written.
pub fn sheets(
    truths: &Truths,
    instrument: &Instrument,
    seed: u64,
    seats: usize,
    pairs: usize,
) -> anyhow::Result<String> {
    let draw = Draw::new(seed).fork("evaluators");
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(["coder", "city", "criterion", "value", "state"])?;
    for (number, (city, truth)) in truths.iter().enumerate() {
        for seat in 0..seats {
            let person = person((number % pairs.max(1)) * seats + seat, &draw);
            let mut chance = draw.fork(&format!("{} {city}", person.name));
            for criterion in &instrument.criteria {
                let Some(planted) = truth.get(&criterion.id).copied() else { continue };
                let hard = hardness(criterion, &draw) * person.care;
                let (value, state) = seen(criterion, planted, hard, person.lean, &mut chance);
                out.write_record([&person.name, city, &criterion.id, &value, state])?;
            }
        }
    }
    Ok(String::from_utf8(out.into_inner()?)?)
}

/// `account,city,criterion,value,state` for readings that were given: `city,account` and further columns.
///
/// # Errors
/// When a table is not such a one, or names a city without a truth.
pub fn readings(truths: &Truths, instrument: &Instrument, seed: u64, given: &str) -> anyhow::Result<String> {
    let draw = Draw::new(seed).fork("evaluators");
    let mut rows = csv::Reader::from_reader(given.as_bytes());
    let rows: Vec<BTreeMap<String, String>> = rows.deserialize().collect::<Result<_, _>>().context("the readings")?;
    let column = |row: &BTreeMap<String, String>, name: &str| {
        row.get(name).cloned().with_context(|| format!("the readings have no column {name}"))
    };
    let mut accounts: Vec<String> = rows.iter().map(|row| column(row, "account")).collect::<Result<_, _>>()?;
    accounts.sort();
    accounts.dedup();
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(["account", "city", "criterion", "value", "state"])?;
    for row in &rows {
        let (city, account) = (column(row, "city")?, column(row, "account")?);
        let (_, truth) =
            truths.iter().find(|(known, _)| *known == city).with_context(|| format!("no truth about {city}"))?;
        let person = person(accounts.binary_search(&account).unwrap_or_default(), &draw);
        let mut chance = draw.fork(&format!("{} {city}", person.name));
        for criterion in &instrument.criteria {
            let Some(planted) = truth.get(&criterion.id).copied() else { continue };
            let hard = hardness(criterion, &draw) * person.care;
            let (value, state) = seen(criterion, planted, hard, person.lean, &mut chance);
            // A state says that there are no points.
            let value = if state == "found" { value } else { String::new() };
            out.write_record([&account, &city, &criterion.id, &value, state])?;
        }
    }
    Ok(String::from_utf8(out.into_inner()?)?)
}

fn seen(criterion: &Criterion, planted: Planted, hard: f64, lean: f64, chance: &mut Draw) -> (String, &'static str) {
    let (wrong, how, side) = (chance.unit() < hard, chance.unit(), chance.unit() * 2.0 - 1.0 + lean);
    let value = match (planted, wrong) {
        (Planted::NotThisCity, false) => return (String::new(), "not_this_city"),
        (Planted::NotThisCity, true) => return ("0".into(), "not_found"),
        (Planted::Value(value), false) => value,
        // Overlooked: what is there was not found.
        (Planted::Value(value), true) if value > 0 && how < 0.25 => return ("0".into(), "not_found"),
        (Planted::Value(value), true) => neighbour(criterion.scale, value, side > 0.0),
    };
    match value {
        0 if chance.chance(0.5) => ("0".into(), "absent"),
        0 => ("0".into(), "not_found"),
        _ => (value.to_string(), "found"),
    }
}

fn neighbour(scale: Scale, value: u8, up: bool) -> u8 {
    match scale {
        Scale::AllOrNothing(most) => most - value,
        Scale::Steps(most) if value == 0 || up && value < most => value + 1,
        Scale::Steps(_) => value - 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::truth::Truth;

    fn truths() -> Truths {
        let instrument = Instrument::load("madang-2026").expect("instrument");
        (0..40)
            .map(|n| {
                let (truth, _) = Truth::plant(instrument, &Draw::new(n));
                (format!("City {n}"), truth.iter().map(|(id, p)| (id.to_owned(), p)).collect())
            })
            .collect()
    }

    #[test]
    fn people_agree_mostly_with_the_truth_and_never_leave_the_scale() {
        let instrument = Instrument::load("madang-2026").expect("instrument");
        let truths = truths();
        let text = sheets(&truths, instrument, 1, 2, 20).expect("sheets");
        assert_eq!(text, sheets(&truths, instrument, 1, 2, 20).expect("sheets"), "the same seed, the same sheets");
        let (mut same, mut all) = (0, 0);
        for row in csv::Reader::from_reader(text.as_bytes()).deserialize::<(String, String, String, String, String)>() {
            let (_, city, id, value, _) = row.expect("row");
            let criterion = instrument.criteria.iter().find(|c| c.id == id).expect("criterion");
            let planted = truths.iter().find(|(name, _)| *name == city).and_then(|(_, t)| t.get(&id)).expect("planted");
            assert!(value.is_empty() || criterion.scale.values().contains(&value.parse().expect("value")));
            all += 1;
            same += usize::from(
                value.parse::<u8>().map_or(*planted == Planted::NotThisCity, |v| Planted::Value(v) == *planted),
            );
        }
        assert_eq!(all, 40 * 2 * 98);
        let share = f64::from(same as u32) / f64::from(all as u32);
        assert!((0.78..0.95).contains(&share), "{share}");
    }

    #[test]
    fn what_is_written_as_truth_is_read_back() {
        let read = read("city,criterion,value,state\nA,PS01,1,found\nA,SV01,,not_this_city\nB,PS01,0,absent\n")
            .expect("truth");
        assert_eq!(read.len(), 2);
        assert_eq!(read[0].1["SV01"], Planted::NotThisCity);
        assert_eq!(read[1].1["PS01"], Planted::Value(0));
    }
}
