//! Codes that were given elsewhere, on paper or in a spreadsheet, brought by somebody on the machine.
//!
//! CSV with the columns `account` (e-mail address), `city` (its slug), `criterion`, `value` and `state`, as in a sheet.

use std::collections::BTreeMap;

use csv::StringRecord;
use kernel_base::Result;
use kernel_identity::{Email, account};
use kernel_web::City;
use serde_json::json;

use super::{Answer, Assignment, Code, store};
use crate::office::did;
use crate::round::{Round, store as rounds};

const COLUMNS: [&str; 5] = ["account", "city", "criterion", "value", "state"];

/// Where the codes of a file belong.
struct Table {
    /// By e-mail address and city's slug.
    assignments: BTreeMap<(String, String), Assignment>,
}

/// Brings codes and hands in every reading that is complete with them, all of it or nothing; answers the number of codes.
///
/// # Errors
/// The inner error says in sentences what is wrong, by line.
pub async fn import(city: &City, round: &Round, text: &str) -> Result<std::result::Result<usize, Vec<String>>> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let header = reader.headers().map(StringRecord::clone).unwrap_or_default();
    let Some(places) = columns(&header) else {
        return Ok(Err(vec![format!("line 1: the columns are {}", COLUMNS.join(", "))]));
    };
    let (mut codes, mut wrong) = (Vec::new(), Vec::new());
    let mut table = Table { assignments: BTreeMap::new() };
    for record in reader.records() {
        let (line, read) = match record {
            Ok(record) => {
                let line = record.position().map_or(1, csv::Position::line);
                let cells = places.map(|place| record.get(place).unwrap_or_default().to_owned());
                (line, table.code(city, round, cells).await?)
            }
            Err(error) => (error.position().map_or(1, csv::Position::line), Err(error.to_string())),
        };
        match read {
            Ok(code) => codes.push(code),
            Err(what) => wrong.push(format!("line {line}: {what}")),
        }
    }
    if !wrong.is_empty() {
        return Ok(Err(wrong));
    }
    keep(city, round, &codes).await
}

fn columns(header: &StringRecord) -> Option<[usize; 5]> {
    let mut places = [0; 5];
    for (place, name) in places.iter_mut().zip(COLUMNS) {
        *place = header.iter().position(|found| found == name)?;
    }
    Some(places)
}

impl Table {
    async fn code(
        &mut self,
        city: &City,
        round: &Round,
        cells: [String; 5],
    ) -> Result<std::result::Result<Code, String>> {
        let [email, slug, criterion, value, state] = cells;
        let Some(assignment) = self.assignment(city, round, &email, &slug).await? else {
            return Ok(Err(format!("{email} does not read {slug} in this round, or has handed it in")));
        };
        let Some(known) = round.instrument.criterion(&criterion) else {
            return Ok(Err(format!("{criterion} is no criterion of {}", round.instrument.id)));
        };
        let number = match value.as_str() {
            "" => None,
            value => match value.parse::<i64>() {
                Ok(number) => Some(number),
                Err(_) => return Ok(Err(format!("{value:?} is no whole number"))),
            },
        };
        let answer = match Answer::new(known, &state, number) {
            Ok(answer) => answer,
            Err(problem) => return Ok(Err(format!("{criterion}: {}", problem.code()))),
        };
        Ok(Ok(Code {
            assignment: assignment.id,
            criterion,
            answer,
            note: String::new(),
            flagged: false,
            cited: Vec::new(),
            blind: answer,
            machine_seen_at: None,
            version: 0,
            coded_at: city.clock.now(),
        }))
    }

    /// The open reading of a city by somebody.
    async fn assignment(&mut self, city: &City, round: &Round, email: &str, slug: &str) -> Result<Option<Assignment>> {
        let key = (email.to_owned(), slug.to_owned());
        if let Some(found) = self.assignments.get(&key) {
            return Ok(Some(found.clone()));
        }
        let Some(email) = Email::parse(email) else { return Ok(None) };
        let Some(account) = account::find_by_email(&city.store, &email).await? else { return Ok(None) };
        let Some(place) = rounds::city_by_slug(&city.store, &round.id, slug).await? else { return Ok(None) };
        let given = store::of_city(&city.store, &place.id).await?;
        let found = given.into_iter().find(|one| one.account == account.id && one.done_at.is_none());
        if let Some(found) = &found {
            self.assignments.insert(key, found.clone());
        }
        Ok(found)
    }
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
