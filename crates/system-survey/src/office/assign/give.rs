use std::collections::BTreeMap;

use kernel_base::{Id, Result};
use kernel_identity::Who;
use kernel_letters::{Letter, To};
use kernel_store::Tx;
use kernel_web::City;
use serde_json::json;

use super::{Given, Plan, Table};
use crate::office::did;
use crate::reading::{Assignment, store as reading};
use crate::round::{Round, Stage};
use crate::settle;

/// Cities are given until answers stand.
pub async fn is_open(tx: &mut Tx, round: &Round) -> Result<bool> {
    Ok(matches!(settle::stage(tx, &round.id).await?.0, Stage::Preparing | Stage::Coding))
}

/// Gives what the plan of this moment says; answers the plan, with cities that lack readers by name, or `None` when the
/// round's stage forbids it.
///
/// # Errors
/// `Conflict` when somebody else gave a city meanwhile: nothing was given then.
pub async fn give_planned(city: &City, who: Option<&Who>, round: &Round) -> Result<Option<Plan>> {
    let table = Table::of(&city.store, round).await?;
    let mut plan = table.plan();
    let given = give(city, who, round, (&table, &plan.given)).await?;
    for (place, _) in &mut plan.unread {
        *place = table.city(place).map_or_else(|| place.clone(), |city| city.name.clone());
    }
    Ok(given.then_some(plan))
}

/// Gives cities and writes each evaluator one letter, all in one transaction; false when the round's stage forbids it.
///
/// # Errors
/// `Conflict` when somebody else gave a city meanwhile: nothing was given then.
pub async fn give(city: &City, who: Option<&Who>, round: &Round, (table, given): (&Table, &[Given])) -> Result<bool> {
    let (clock, random) = (&*city.clock, &*city.random);
    let mut tx = city.store.begin().await?;
    if !is_open(&mut tx, round).await? {
        return Ok(false);
    }
    for one in given {
        let assignment = Assignment {
            id: Id::new("as", clock, random).to_string(),
            round: round.id.clone(),
            city: one.city.clone(),
            account: one.account.clone(),
            seat: one.seat,
            given_at: clock.now(),
            done_at: None,
        };
        reading::assign(&mut tx, &assignment).await?;
        let detail = json!({ "account": one.account, "seat": one.seat.word(), "assignment": assignment.id });
        did(&mut tx, who, "city.assigned", &one.city, detail, (clock, random)).await?;
    }
    for (account, places) in by_reader(table, given) {
        let letter = Letter::template(To::Account(account.to_owned()), "survey-letter-assigned")
            .with("n", i64::try_from(places.len()).unwrap_or(i64::MAX))
            .with("places", places.join(", "))
            .with("round", round.title.as_str())
            .with_link("link", "/survey/desk");
        city.letters.send(&mut tx, &letter, clock, random).await?;
    }
    tx.commit().await?;
    Ok(true)
}

fn by_reader<'a>(table: &'a Table, given: &'a [Given]) -> BTreeMap<&'a str, Vec<&'a str>> {
    let mut places: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for one in given {
        let name = table.city(&one.city).map_or(one.city.as_str(), |city| city.name.as_str());
        places.entry(&one.account).or_default().push(name);
    }
    places
}
