use axum::extract::Path;
use axum::http::StatusCode;
use kernel_base::Error;
use kernel_ui::{
    Choice, Column, Emphasis, Field, Markup, Row, Table as Rows, button, form, hidden, html, radios, section, table,
};
use kernel_web::{Answer, Failure, FieldErrors, Submitted, Visit, see_other};
use serde_json::json;

use super::give::is_open;
use super::readers::state;
use super::table::{Known, tags};
use super::{Given, Table, give};
use crate::office::{page, round_at};
use crate::reading::{Seat, reads, store as reading};
use crate::round::{Round, RoundCity, store as rounds};

/// A seat that a coordinator gives; the third is called where differences are.
fn open_seat(table: &Table, city: &RoundCity) -> Option<Seat> {
    [Seat::First, Seat::Second].into_iter().find(|seat| table.seat(&city.id, *seat).is_none())
}

/// Who reads the language and does not read the city yet, the least loaded first.
fn candidates<'a>(table: &'a Table, city: &RoundCity) -> Vec<&'a Known> {
    let fit = |one: &&Known| {
        one.active
            && reads(&one.reader.languages, &city.languages)
            && !table.of_city(&city.id).any(|given| given.account == one.reader.account)
    };
    let mut found: Vec<&Known> = table.evaluators.iter().filter(fit).collect();
    found.sort_by_key(|one| one.reader.load);
    found
}

async fn at(visit: &Visit, round: &str, city: &str) -> Result<(Round, RoundCity, Table), Failure> {
    let round = round_at(visit, round).await?;
    let store = &visit.city.store;
    let city = rounds::city_by_slug(store, &round.id, city).await?.ok_or(Error::NotFound)?;
    let table = Table::of(store, &round).await?;
    Ok((round, city, table))
}

pub async fn ask(visit: Visit, Path((round, city)): Path<(String, String)>) -> Answer {
    let (round, city, table) = at(&visit, &round, &city).await?;
    Ok(shown(&visit, (&round, &city, &table), &FieldErrors::default()))
}

pub async fn give_one(visit: Visit, Path((round, city)): Path<(String, String)>, sent: Submitted) -> Answer {
    let (round, city, table) = at(&visit, &round, &city).await?;
    let chosen = candidates(&table, &city).into_iter().find(|one| one.reader.account == sent.text("account"));
    let (Some(chosen), Some(seat)) = (chosen, open_seat(&table, &city)) else {
        let mut errors = FieldErrors::default();
        errors.add("account", "survey-readers-wrong");
        return Ok(shown(&visit, (&round, &city, &table), &errors));
    };
    let given = [Given { city: city.id.clone(), seat, account: chosen.reader.account.clone() }];
    match give(&visit.city, Some(visit.me()?), &round, (&table, &given)).await? {
        true => Ok(see_other(&format!("{}/readers?done=given", round.office()))),
        false => Err(Failure::said(StatusCode::CONFLICT, "survey-assign-closed")),
    }
}

/// Takes a city back from somebody who has coded nothing yet.
pub async fn take(visit: Visit, Path((round, city)): Path<(String, String)>, sent: Submitted) -> Answer {
    let (round, city, table) = at(&visit, &round, &city).await?;
    let mut of_city = table.of_city(&city.id);
    let given = of_city.find(|one| one.id == sent.text("assignment")).ok_or(Error::NotFound)?;
    let (portal, who) = (&visit.city, visit.me()?);
    let mut tx = portal.store.begin().await?;
    if !is_open(&mut tx, &round).await? {
        return Err(Failure::said(StatusCode::CONFLICT, "survey-assign-closed"));
    }
    if given.done_at.is_some() || !reading::unassign(&mut tx, &given.id).await? {
        return Err(Failure::said(StatusCode::CONFLICT, "survey-readers-coded"));
    }
    let detail = json!({ "account": given.account, "seat": given.seat.word(), "assignment": given.id });
    who.did(&mut tx, "city.unassigned", &city.id, detail, (&*portal.clock, &*portal.random)).await?;
    tx.commit().await?;
    Ok(see_other(&format!("{}/readers?done=taken", round.office())))
}

fn shown(
    visit: &Visit,
    (round, city, table): (&Round, &RoundCity, &Table),
    errors: &FieldErrors,
) -> axum::response::Response {
    let candidates = candidates(table, city);
    let title = visit.t_with("survey-readers-of", &[("place", (&city.name).into())]);
    let main = html! {
        (errors.summary(visit))
        p { (visit.t("survey-readers-languages")) ": " (tags(&city.languages)) }
        (seats(visit, round, city, table))
        @if open_seat(table, city).is_some() {
            (section("give", &visit.t("survey-readers-give"), html! {
                @if candidates.is_empty() { p { (visit.t("survey-readers-none-left")) } }
                @else { (question(visit, (round, city), &candidates, errors)) }
            }))
        }
    };
    let page = page(visit, round, &title, main).crumb(visit.t("survey-readers"), format!("{}/readers", round.office()));
    visit.page(page.status(errors.status()))
}

fn seats(visit: &Visit, round: &Round, city: &RoundCity, table_of: &Table) -> Markup {
    let names = table_of.names();
    let take = format!("{}/readers/{}/take", round.office(), city.slug);
    let rows = Seat::ALL.into_iter().filter_map(|seat| {
        let given = table_of.seat(&city.id, seat)?;
        let name = names.get(given.account.as_str()).copied().unwrap_or(&given.account);
        let label = visit.t_with("survey-readers-take", &[("name", name.into())]);
        Some(Row::new(vec![
            html! { (visit.t(&format!("survey-readers-{}", seat.word()))) },
            html! { (name) " " (state(visit, given)) },
            html! { (visit.date(given.given_at.date())) },
            html! { @if given.done_at.is_none() {
                (form(&take, false, html! { (hidden("assignment", &given.id)) (button(&label, Emphasis::Quiet)) }))
            } },
        ]))
    });
    let rows: Vec<Row> = rows.collect();
    let columns = ["survey-readers-seat", "survey-evaluators-name", "survey-readers-since", "survey-readers-back"];
    html! {
        @if rows.is_empty() { p { (visit.t("survey-settle-nobody-reads")) } } @else {
            (table(&Rows { caption: visit.t("survey-readers-now"), columns: columns.map(|key| Column::text(visit.t(key))).to_vec(), rows }))
        }
    }
}

fn question(visit: &Visit, (round, city): (&Round, &RoundCity), found: &[&Known], errors: &FieldErrors) -> Markup {
    let choice = |one: &&Known| Choice {
        value: one.reader.account.clone(),
        label: one.name.clone(),
        hint: visit.t_with("survey-readers-load", &[("n", one.reader.load.into())]),
    };
    let choices: Vec<Choice> = found.iter().map(choice).collect();
    let (label, error) = (visit.t("survey-readers-who"), errors.message(visit, "account"));
    let value = choices.first().map(|one| one.value.as_str()).unwrap_or_default();
    let field = Field { name: "account", label: &label, error: &error, value, required: true, ..Field::default() };
    let here = format!("{}/readers/{}", round.office(), city.slug);
    form(
        &here,
        false,
        html! { (radios(visit, &field, &choices)) (button(&visit.t("survey-readers-give-button"), Emphasis::Main)) },
    )
}
