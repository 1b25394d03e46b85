//! What somebody on the machine brings about readers, as tables in CSV.
//!
//! Evaluators: `account` (e-mail address or id) and `languages` (BCP 47 tags with spaces between). Codes that were given
//! elsewhere, on paper or in a spreadsheet: `account`, `city` (its slug), `criterion`, `value` and `state`, as in a sheet.

use std::collections::BTreeMap;

use kernel_base::{Error, Result};
use kernel_identity::{Account, Email, Role, account, grants_of};
use kernel_web::City;
use serde_json::json;
use unic_langid::LanguageIdentifier;

use super::store::{self, Evaluator};
use super::{Answer, Assignment, Code};
use crate::office::did;
use crate::round::{Round, store as rounds};
use crate::table::{self, Line};

const EVALUATORS: [&str; 2] = ["account", "languages"];
const CODES: [&str; 5] = ["account", "city", "criterion", "value", "state"];

/// The account of an e-mail address or an id.
async fn person(city: &City, text: &str) -> Result<Option<Account>> {
    match Email::parse(text) {
        Some(email) => account::find_by_email(&city.store, &email).await,
        None => match account::get(&city.store, text).await {
            Err(Error::NotFound) => Ok(None),
            found => found.map(Some),
        },
    }
}

/// Adds evaluators to a round, all of them or none; answers how many.
///
/// # Errors
/// The inner error says in sentences what is wrong, by line.
pub async fn import_evaluators(
    city: &City,
    round: &Round,
    text: &str,
) -> Result<std::result::Result<usize, Vec<String>>> {
    let lines = match table::read(text, EVALUATORS) {
        Ok(lines) => lines,
        Err(wrong) => return Ok(Err(wrong)),
    };
    let (mut new, mut wrong) = (Vec::new(), Vec::new());
    for Line { number, cells: [who, tags] } in lines {
        let tags: Vec<&str> = tags.split([' ', ';', ',']).filter(|tag| !tag.is_empty()).collect();
        let languages: Option<Vec<String>> =
            tags.iter().map(|tag| tag.parse::<LanguageIdentifier>().ok().map(|tag| tag.to_string())).collect();
        let found = person(city, &who).await?;
        let evaluator = match &found {
            Some(found) => {
                found.is_active()
                    && grants_of(&city.store, &found.id).await?.iter().any(|grant| grant.role == Role::Evaluator)
            }
            None => false,
        };
        match (found.filter(|_| evaluator), languages.filter(|tags| !tags.is_empty())) {
            (Some(found), Some(languages)) => new.push(Evaluator { account: found.id, languages }),
            (None, _) => wrong.push(format!("line {number}: {who} is no account with the role of an evaluator")),
            (_, None) => wrong.push(format!("line {number}: write languages as tags such as \"ko en\"")),
        }
    }
    if !wrong.is_empty() {
        return Ok(Err(wrong));
    }
    let (made, now) = ((&*city.clock, &*city.random), city.clock.now());
    let mut tx = city.store.begin().await?;
    for one in &new {
        store::add_evaluator(&mut tx, &round.id, one, now).await?;
        let detail = json!({ "round": round.id, "languages": one.languages });
        did(&mut tx, None, "evaluator.added", &one.account, detail, made).await?;
    }
    tx.commit().await?;
    Ok(Ok(new.len()))
}

/// Open readings by account, as it is written, and city's slug.
type Readings = BTreeMap<(String, String), Assignment>;

/// Brings codes and hands in every reading that is complete with them, all of it or nothing; answers the number of codes.
///
/// # Errors
/// The inner error says in sentences what is wrong, by line.
pub async fn import(city: &City, round: &Round, text: &str) -> Result<std::result::Result<usize, Vec<String>>> {
    let lines = match table::read(text, CODES) {
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
    let Some(account) = person(city, email).await? else { return Ok(None) };
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
        if !store::keep_code(&mut tx, code, true).await? {
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
