use axum::extract::Path;
use kernel_ui::{
    Column, Emphasis, Markup, Row, Table as Rows, Tone, alert, button_link, empty_state, html, lead, table, tag,
};
use kernel_web::{Answer, Asked, Visit};

use super::Table;
use super::table::tags;
use crate::office::{page, round_at};
use crate::reading::{Assignment, Seat};
use crate::round::{Round, RoundCity, Stage};

/// Every city with who reads it.
pub async fn readers(visit: Visit, Path(round): Path<String>, asked: Asked) -> Answer {
    let round = round_at(&visit, &round).await?;
    let table = Table::of(&visit.city.store, &round).await?;
    let done = match asked.text("done") {
        "given" => Some("survey-readers-given"),
        "taken" => Some("survey-readers-taken"),
        _ => None,
    };
    let main = html! {
        @if let Some(done) = done { (alert(Tone::Success, "", html! { p { (visit.t(done)) } })) }
        (lead(&visit.t("survey-readers-lead")))
        @if table.cities.is_empty() {
            (empty_state(&visit.t("survey-readers-no-cities"), html! { p { (visit.t("survey-readers-no-cities-advice")) } }))
        } @else {
            @if matches!(round.stage, Stage::Preparing | Stage::Coding) {
                p { (button_link(&visit.t("survey-assign-look"), &format!("{}/assign", round.office()), Emphasis::Main)) }
            }
            (every_city(&visit, &round, &table))
        }
    };
    Ok(visit.page(page(&visit, &round, &visit.t("survey-readers"), main)))
}

fn every_city(visit: &Visit, round: &Round, table_of: &Table) -> Markup {
    let names = table_of.names();
    let row = |city: &RoundCity| {
        let mut cells = vec![
            html! { a href=(format!("{}/readers/{}", round.office(), city.slug)) { (city.name) } },
            html! { (tags(&city.languages)) },
        ];
        for seat in Seat::ALL {
            let given = table_of.seat(&city.id, seat);
            cells.push(html! { @match given {
                Some(given) => {
                    @match names.get(given.account.as_str()) {
                        Some(name) => (name),
                        None => (visit.t("survey-readers-left")),
                    }
                    " " (state(visit, given))
                }
                None if seat == Seat::Third => {}
                None => { (tag(Tone::Warning, &visit.t("survey-readers-nobody"))) }
            } });
        }
        Row::new(cells)
    };
    let columns = ["survey-settle-city", "survey-readers-languages"].map(|key| Column::text(visit.t(key)));
    let seats = Seat::ALL.map(|seat| Column::text(visit.t(&format!("survey-readers-{}", seat.word()))));
    table(&Rows {
        caption: super::table::cities(visit, table_of.cities.len()),
        columns: columns.into_iter().chain(seats).collect(),
        rows: table_of.cities.iter().map(row).collect(),
    })
}

pub fn state(visit: &Visit, given: &Assignment) -> Markup {
    html! { @if given.done_at.is_some() { (tag(Tone::Success, &visit.t("survey-readers-done"))) } }
}
