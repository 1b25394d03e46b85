//! Codes that were given elsewhere, on paper or in a spreadsheet, brought by somebody on the machine.
//!
//! CSV with the columns `account` (e-mail address), `city` (its slug), `criterion`, `value` and `state`, as in a sheet.

use std::collections::BTreeMap;

use kernel_base::Result;
use kernel_identity::{Email, account};
use kernel_web::City;
use serde_json::json;

use super::{Answer, Assignment, Code, store};
use crate::office::did;
use crate::round::{Round, store as rounds};
use crate::table::{self, Line};

const COLUMNS: [&str; 5] = ["account", "city", "criterion", "value", "state"];

/// Open readings by e-mail address and city's slug.
type Readings = BTreeMap<(String, String), Assignment>;

/// Brings codes and hands in every reading that is complete with them, all of it or nothing; answers the number of codes.
///
/// # Errors
/// The inner error says in sentences what is wrong, by line.
pub async fn import(city: &City, round: &Round, text: &str) -> Result<std::result::Result<usize, Vec<String>>> {
    let lines = match table::read(text, COLUMNS) {
        Ok(lines) => lines,
        Err(wrong) => return Ok(Err(wrong)),
    };
    let mut readings = Readings::new();
    for line in &lines {
        let [email, slug, ..] = &line.cells;
        let key = (email.clone(), slug.clone());
        if !readings.contains_key(&key)
            && let Some(found) = reading(city, round, email, slug).await?
        {
            readings.insert(key, found);
        }
    }
    let (codes, wrong) = table::part(lines, |line| code(city, round, &readings, line));
    if wrong.is_empty() { keep(city, round, &codes).await } else { Ok(Err(wrong)) }
}

/// The open reading of a city by somebody.
async fn reading(city: &City, round: &Round, email: &str, slug: &str) -> Result<Option<Assignment>> {
    let Some(email) = Email::parse(email) else { return Ok(None) };
    let Some(account) = account::find_by_email(&city.store, &email).await? else { return Ok(None) };
    let Some(place) = rounds::city_by_slug(&city.store, &round.id, slug).await? else { return Ok(None) };
    let given = store::of_city(&city.store, &place.id).await?;
    Ok(given.into_iter().find(|one| one.account == account.id && one.done_at.is_none()))
}

fn code(city: &City, round: &Round, readings: &Readings, line: Line<5>) -> std::result::Result<Code, String> {
    let [email, slug, criterion, value, state] = line.cells;
    let none = format!("{email} does not read {slug} in this round, or has handed it in");
    let assignment = readings.get(&(email, slug)).ok_or(none)?;
    let known = round.instrument.criterion(&criterion);
    let known = known.ok_or_else(|| format!("{criterion} is no criterion of {}", round.instrument.id))?;
    let answer = Answer::new(known, &state, table::whole(&value)?);
    let answer = answer.map_err(|problem| format!("{criterion}: {}", problem.code()))?;
    Ok(Code {
        assignment: assignment.id.clone(),
        criterion,
        answer,
        note: String::new(),
        flagged: false,
        cited: Vec::new(),
        blind: answer,
        machine_seen_at: None,
        version: 0,
        coded_at: city.clock.now(),
    })
}

async fn keep(city: &City, round: &Round, codes: &[Code]) -> Result<std::result::Result<usize, Vec<String>>> {
    let (made, now) = ((&*city.clock, &*city.random), city.clock.now());
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut tx = city.store.begin().await?;
    for code in codes {
        if !store::keep_code(&mut tx, code).await? {
            return Ok(Err(vec![format!("{} of reading {} is coded already", code.criterion, code.assignment)]));
        }
        *counts.entry(&code.assignment).or_default() += 1;
    }
    for (assignment, count) in counts {
        if count == round.instrument.criteria.len() {
            store::hand_in(&mut tx, assignment, now).await?;
            did(&mut tx, None, "city.handed-in", assignment, json!({ "way": "import" }), made).await?;
        }
    }
    did(&mut tx, None, "round.codes-imported", &round.id, json!({ "codes": codes.len() }), made).await?;
    tx.commit().await?;
    Ok(Ok(codes.len()))
}
