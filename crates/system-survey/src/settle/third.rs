//! Calling a third reader for a city whose first two differ too much.

use std::collections::BTreeMap;

use axum::extract::Path;
use axum::http::StatusCode;
use kernel_base::{Id, Result};
use kernel_identity::{Role, Who, account, grants_of};
use kernel_letters::{Letter, To};
use kernel_store::Store;
use kernel_ui::{Choice, Emphasis, Field, Tone, alert, button, form, html, lead, radios};
use kernel_web::{Answer, City, Failure, FieldErrors, Submitted, Visit, see_other};
use serde_json::json;

use super::standing::{Comparison, Standing};
use super::{city_at, differences, page, round_at, store as own};
use crate::office::did;
use crate::reading::store::{self as reading, Evaluator};
use crate::reading::{Assignment, Seat, reads, verdict};
use crate::round::{Round, RoundCity, Stage, store as rounds};

/// Evaluators of a round and how many cities each still reads.
pub struct Readers {
    evaluators: Vec<Evaluator>,
    load: BTreeMap<String, usize>,
}

/// Somebody who could be called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub account: String,
    pub name: String,
    /// Cities that they still read.
    pub load: usize,
}

impl Readers {
    pub async fn of(store: &Store, round: &Round) -> Result<Readers> {
        let mut load = BTreeMap::new();
        for one in reading::of_round(store, &round.id).await?.into_iter().filter(|one| one.done_at.is_none()) {
            *load.entry(one.account).or_default() += 1;
        }
        Ok(Readers { evaluators: reading::evaluators(store, &round.id).await?, load })
    }

    /// Who reads the city's own language and has not read the city, the least loaded first.
    pub async fn for_city(&self, store: &Store, city: &RoundCity, comparison: &Comparison) -> Result<Vec<Candidate>> {
        let mut found = Vec::new();
        let fit = |one: &&Evaluator| reads(&one.languages, &city.languages) && !comparison.is_read_by(&one.account);
        for one in self.evaluators.iter().filter(fit) {
            let Ok(account) = account::get(store, &one.account).await else { continue };
            let still = grants_of(store, &one.account).await?.iter().any(|grant| grant.role == Role::Evaluator);
            if account.is_active() && still {
                let load = self.load.get(&one.account).copied().unwrap_or_default();
                found.push(Candidate { account: account.id, name: account.name, load });
            }
        }
        found.sort_by(|one, other| (one.load, &one.name, &one.account).cmp(&(other.load, &other.name, &other.account)));
        Ok(found)
    }
}

pub async fn ask(visit: Visit, Path((round, city)): Path<(String, String)>) -> Answer {
    shown(&visit, &round, &city, &FieldErrors::default()).await
}

/// What is needed to call somebody; refuses who reads the city, and when nobody is needed.
async fn needed(
    visit: &Visit,
    round: &str,
    city: &str,
) -> std::result::Result<(Round, RoundCity, Comparison), Failure> {
    let round = round_at(visit, round).await?;
    let city = city_at(visit, &round, city).await?;
    let comparison = Comparison::of(&visit.city.store, &round, &city.id).await?;
    if comparison.is_read_by(&visit.me()?.account) {
        return Err(Failure::said(StatusCode::FORBIDDEN, "survey-settle-own-city"));
    }
    match comparison.standing(&round) {
        Standing::ThirdNeeded => Ok((round, city, comparison)),
        _ => Err(Failure::said(StatusCode::CONFLICT, "survey-settle-no-third")),
    }
}

pub async fn call(visit: Visit, Path((slug, place)): Path<(String, String)>, sent: Submitted) -> Answer {
    let (round, city, comparison) = needed(&visit, &slug, &place).await?;
    let (who, portal) = (visit.me()?, &visit.city);
    let candidates = Readers::of(&portal.store, &round).await?.for_city(&portal.store, &city, &comparison).await?;
    let Some(called) = candidates.iter().find(|one| one.account == sent.text("account")) else {
        let mut errors = FieldErrors::default();
        errors.add("account", "survey-settle-third-wrong");
        return shown(&visit, &slug, &place, &errors).await;
    };
    if !give(portal, Some(who), (&round, &city), &called.account).await? {
        return Err(Failure::said(StatusCode::CONFLICT, "survey-settle-closed"));
    }
    Ok(see_other(&format!("{}/differences?done=called", round.office())))
}

/// Gives somebody the third seat and writes to them; false when the round is not being coded any more.
async fn give(portal: &City, who: Option<&Who>, (round, city): (&Round, &RoundCity), account: &str) -> Result<bool> {
    let (clock, random) = (&*portal.clock, &*portal.random);
    let given = Assignment {
        id: Id::new("as", clock, random).to_string(),
        round: round.id.clone(),
        city: city.id.clone(),
        account: account.to_owned(),
        seat: Seat::Third,
        given_at: clock.now(),
        done_at: None,
    };
    let mut tx = portal.store.begin().await?;
    if own::stage(&mut tx, &round.id).await?.0 != Stage::Coding {
        return Ok(false);
    }
    reading::assign(&mut tx, &given).await?;
    let detail = json!({ "account": given.account, "seat": given.seat.word(), "assignment": given.id });
    did(&mut tx, who, "city.assigned", &city.id, detail, (clock, random)).await?;
    let letter = Letter::template(To::Account(given.account.clone()), "survey-letter-third")
        .with("place", city.name.as_str())
        .with("round", round.title.as_str())
        .with_link("link", "/survey/desk");
    portal.letters.send(&mut tx, &letter, clock, random).await?;
    tx.commit().await?;
    Ok(true)
}

/// Calls the least loaded reader to every city that needs a third one; answers how many were called, and the cities
/// that nobody can read.
///
/// # Errors
/// When the database does not answer.
pub async fn call_all(portal: &City, who: Option<&Who>, round: &Round) -> Result<(usize, Vec<String>)> {
    let (mut called, mut unread) = (0, Vec::new());
    for city in rounds::cities(&portal.store, &round.id).await? {
        let comparison = Comparison::of(&portal.store, round, &city.id).await?;
        if comparison.standing(round) != Standing::ThirdNeeded {
            continue;
        }
        let readers = Readers::of(&portal.store, round).await?;
        match readers.for_city(&portal.store, &city, &comparison).await?.first() {
            Some(reader) => called += usize::from(give(portal, who, (round, &city), &reader.account).await?),
            None => unread.push(city.name),
        }
    }
    Ok((called, unread))
}

async fn shown(visit: &Visit, round: &str, city: &str, errors: &FieldErrors) -> Answer {
    let (round, city, comparison) = needed(visit, round, city).await?;
    let store = &visit.city.store;
    let candidates = Readers::of(store, &round).await?.for_city(store, &city, &comparison).await?;
    let apart =
        comparison.totals(round.instrument).map(|[first, second]| verdict::apart(first, second)).unwrap_or_default();
    let choices: Vec<Choice> = candidates
        .iter()
        .map(|one| Choice {
            value: one.account.clone(),
            label: one.name.clone(),
            hint: visit.t_with("survey-settle-load", &[("n", one.load.into())]),
        })
        .collect();
    let (label, error) = (visit.t("survey-settle-third"), errors.message(visit, "account"));
    let value = candidates.first().map(|one| one.account.as_str()).unwrap_or_default();
    let field = Field { name: "account", label: &label, error: &error, value, required: true, ..Field::default() };
    let here = format!("{}/differences/{}", round.office(), city.slug);
    let main = html! {
        (errors.summary(visit))
        (lead(&visit.t_with("survey-settle-third-lead", &[("percent", differences::percent(visit, apart).into())])))
        @if choices.is_empty() {
            (alert(Tone::Warning, "", html! { p { (visit.t("survey-settle-third-nobody")) } }))
        } @else {
            (form(&here, false, html! { (radios(visit, &field, &choices)) (button(&visit.t("survey-settle-call"), Emphasis::Main)) }))
        }
    };
    let title = visit.t_with("survey-settle-third-title", &[("place", (&city.name).into())]);
    let page = page(visit, &round, &title, main)
        .crumb(visit.t("survey-settle-differences"), format!("{}/differences", round.office()));
    Ok(visit.page(page.status(errors.status())))
}
