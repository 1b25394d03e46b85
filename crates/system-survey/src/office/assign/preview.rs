use axum::extract::Path;
use axum::http::StatusCode;
use data_encoding::HEXLOWER;
use kernel_base::Error;
use kernel_ui::{
    Column, Emphasis, Markup, Row, Table as Rows, Tone, alert, button, form, hidden, html, lead, section, table,
};
use kernel_web::{Answer, Failure, Submitted, Visit, see_other};
use sha2::{Digest, Sha256};

use super::table::tags;
use super::{Given, Plan, Table, give};
use crate::office::{page, round_at};
use crate::reading::Seat;
use crate::round::Round;

/// What one press of the button gives, before it is pressed.
pub async fn preview(visit: Visit, Path(round): Path<String>) -> Answer {
    let round = round_at(&visit, &round).await?;
    let table = Table::of(&visit.city.store, &round).await?;
    shown(&visit, &round, &table, false)
}

/// Gives what was seen: when something has changed since, the new plan is shown instead.
pub async fn give_all(visit: Visit, Path(round): Path<String>, sent: Submitted) -> Answer {
    let round = round_at(&visit, &round).await?;
    let table = Table::of(&visit.city.store, &round).await?;
    let plan = table.plan();
    if sent.text("plan") != mark(&plan) {
        return shown(&visit, &round, &table, true);
    }
    match give(&visit.city, Some(visit.me()?), &round, (&table, &plan.given)).await {
        Ok(true) => Ok(see_other(&format!("{}/readers?done=given", round.office()))),
        Ok(false) => Err(Failure::said(StatusCode::CONFLICT, "survey-assign-closed")),
        Err(Error::Conflict(_)) => {
            let table = Table::of(&visit.city.store, &round).await?;
            shown(&visit, &round, &table, true)
        }
        Err(other) => Err(other.into()),
    }
}

/// Equal for equal plans.
fn mark(plan: &Plan) -> String {
    let line = |one: &Given| format!("{} {} {}\n", one.city, one.seat.word(), one.account);
    HEXLOWER.encode(&Sha256::digest(plan.given.iter().map(line).collect::<String>()))
}

fn shown(visit: &Visit, round: &Round, table: &Table, changed: bool) -> Answer {
    let plan = table.plan();
    let here = format!("{}/assign", round.office());
    let n = || [("n", plan.given.len().into())];
    let main = html! {
        @if changed { (alert(Tone::Warning, "", html! { p { (visit.t("survey-assign-changed")) } })) }
        @if plan.given.is_empty() { (lead(&visit.t("survey-assign-nothing"))) } @else {
            (lead(&visit.t("survey-assign-lead")))
        }
        @if !plan.unread.is_empty() { (unread(visit, table, &plan)) }
        @if !plan.given.is_empty() {
            (section("loads", &visit.t("survey-assign-loads"), loads(visit, table, &plan)))
            (section("given", &visit.t("survey-assign-given"), given(visit, table, &plan)))
            (form(&here, false, html! { (hidden("plan", &mark(&plan))) (button(&visit.t_with("survey-assign-button", &n()), Emphasis::Main)) }))
        }
    };
    let page = page(visit, round, &visit.t("survey-assign"), main);
    let page = page.crumb(visit.t("survey-readers"), format!("{}/readers", round.office()));
    Ok(visit.page(page.status(if changed { StatusCode::CONFLICT } else { StatusCode::OK })))
}

fn unread(visit: &Visit, table: &Table, plan: &Plan) -> Markup {
    let rows = plan.unread.iter().filter_map(|(id, missing)| Some((table.city(id)?, *missing)));
    alert(
        Tone::Warning,
        &visit.t_with("survey-assign-unread", &[("n", plan.unread.len().into())]),
        html! {
            ul { @for (city, missing) in rows {
                li { (city.name) " (" (tags(&city.languages)) "): " (visit.t_with("survey-assign-missing", &[("n", missing.into())])) }
            } }
            p { (visit.t("survey-assign-unread-advice")) }
        },
    )
}

fn loads(visit: &Visit, table_of: &Table, plan: &Plan) -> Markup {
    let row = |one: &super::table::Known| {
        let more = plan.given.iter().filter(|given| given.account == one.reader.account).count();
        let number = |n: usize| html! { (visit.number(i64::try_from(n).unwrap_or(i64::MAX))) };
        Row::new(vec![
            html! { (one.name) },
            html! { (tags(&one.reader.languages)) },
            number(one.reader.load),
            number(more),
            number(one.reader.load + more),
        ])
    };
    table(&Rows {
        caption: visit.t("survey-assign-loads-caption"),
        columns: vec![
            Column::text(visit.t("survey-evaluators-name")),
            Column::text(visit.t("survey-readers-languages")),
            Column::number(visit.t("survey-assign-before")),
            Column::number(visit.t("survey-assign-more")),
            Column::number(visit.t("survey-assign-after")),
        ],
        rows: table_of.evaluators.iter().filter(|one| one.active).map(row).collect(),
    })
}

fn given(visit: &Visit, table_of: &Table, plan: &Plan) -> Markup {
    let names = table_of.names();
    let name = |city: &str, seat: Seat| {
        let given = plan.given.iter().find(|one| one.city == city && one.seat == seat);
        let new = given.map(|one| (one.account.as_str(), true));
        let before = table_of.seat(city, seat).map(|one| (one.account.as_str(), false));
        let shown = new.or(before).map(|(account, new)| (names.get(account).copied().unwrap_or(account), new));
        html! { @if let Some((name, new)) = shown { @if new { strong { (name) } } @else { (name) } } }
    };
    let touched = table_of.cities.iter().filter(|city| plan.given.iter().any(|one| one.city == city.id));
    let row = |city: &crate::round::RoundCity| {
        Row::new(vec![
            html! { (city.name) },
            html! { (tags(&city.languages)) },
            name(&city.id, Seat::First),
            name(&city.id, Seat::Second),
        ])
    };
    let columns = ["survey-settle-city", "survey-readers-languages", "survey-readers-first", "survey-readers-second"];
    table(&Rows {
        caption: visit.t("survey-assign-given-caption"),
        columns: columns.map(|key| Column::text(visit.t(key))).to_vec(),
        rows: touched.map(row).collect(),
    })
}
