//! Settlements that were made elsewhere, in a meeting of adjudicators, brought by somebody on the machine.
//!
//! CSV with the columns `city` (its slug), `criterion`, `value`, `state` and `reason`.

use std::collections::BTreeMap;

use kernel_base::{Id, Result};
use kernel_web::City;
use serde_json::json;

use super::adjudicate::REASON;
use super::standing::Comparison;
use super::store;
use crate::office::did;
use crate::reading::verdict::Ground;
use crate::reading::{Answer, Settlement, store as reading};
use crate::round::{Round, Stage, store as rounds};
use crate::table::{self, Line};

const COLUMNS: [&str; 5] = ["city", "criterion", "value", "state", "reason"];

/// Brings settlements, all of them or none; answers how many.
///
/// # Errors
/// The inner error says in sentences what is wrong, by line.
pub async fn import(city: &City, round: &Round, text: &str) -> Result<std::result::Result<usize, Vec<String>>> {
    let mut open: BTreeMap<String, (String, Vec<String>)> = BTreeMap::new();
    for place in rounds::cities(&city.store, &round.id).await? {
        let comparison = Comparison::of(&city.store, round, &place.id).await?;
        let verdicts = if comparison.is_complete() { comparison.verdicts(round.instrument) } else { Vec::new() };
        let differ = verdicts.into_iter().filter(|(_, verdict)| verdict.ground != Ground::Agreed).map(|(id, _)| id);
        open.insert(place.slug, (place.id, differ.collect()));
    }
    let lines = match table::read(text, COLUMNS) {
        Ok(lines) => lines,
        Err(wrong) => return Ok(Err(wrong)),
    };
    let (settlements, wrong) = table::part(lines, |line| settlement(city, round, &open, line));
    if !wrong.is_empty() {
        return Ok(Err(wrong));
    }
    let made = (&*city.clock, &*city.random);
    let mut tx = city.store.begin().await?;
    if !matches!(store::stage(&mut tx, &round.id).await?.0, Stage::Coding | Stage::Replying) {
        return Ok(Err(vec!["nothing in this round can be settled any more".to_owned()]));
    }
    for one in &settlements {
        reading::settle(&mut tx, one).await?;
        let detail = json!({ "criterion": one.criterion, "state": one.answer.state(), "value": one.answer.value() });
        did(&mut tx, None, "criterion.settled", &one.city, detail, made).await?;
    }
    tx.commit().await?;
    Ok(Ok(settlements.len()))
}

fn settlement(
    city: &City,
    round: &Round,
    open: &BTreeMap<String, (String, Vec<String>)>,
    line: Line<5>,
) -> std::result::Result<Settlement, String> {
    let [slug, criterion, value, state, reason] = line.cells;
    let (id, differ) = open.get(&slug).ok_or_else(|| format!("{slug} is no city of this round"))?;
    let known = round.instrument.criterion(&criterion);
    let known = known.ok_or_else(|| format!("{criterion} is no criterion of {}", round.instrument.id))?;
    if !differ.contains(&criterion) {
        return Err(format!("{criterion} of {slug} needs no settling: its readers agree, or are not done"));
    }
    if !REASON.contains(&reason.chars().count()) {
        return Err("the reason is missing, too short or too long".to_owned());
    }
    Ok(Settlement {
        id: Id::new("st", &*city.clock, &*city.random).to_string(),
        city: id.clone(),
        criterion,
        answer: Answer::new(known, &state, table::whole(&value)?).map_err(|problem| problem.code().to_owned())?,
        reason,
        settled_by: "command".to_owned(),
        settled_at: city.clock.now(),
    })
}
