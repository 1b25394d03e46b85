//! Handing a city in: what is missing, one's own answers once more, then it is closed.

use axum::extract::Path;
use axum::http::StatusCode;
use kernel_record::{Audit, audit};
use kernel_ui::{
    Column, Emphasis, Markup, Row, Table, Tone, alert, button, form, html, lead, link_list, section, table,
};
use kernel_web::{Answer, Page, Visit, see_other};
use serde_json::json;
use survey_instrument::score;

use super::criterion::closed;
use super::overview::{self, closed_alert};
use super::store;
use super::work::Work;
use crate::league::points;
use crate::reading::{store as reading, verdict};

pub async fn ask(visit: Visit, Path(assignment): Path<String>) -> Answer {
    let work = Work::of(&visit, &assignment).await?;
    Ok(page(&visit, &work, StatusCode::OK))
}

pub async fn hand_in(visit: Visit, Path(assignment): Path<String>) -> Answer {
    let work = Work::of(&visit, &assignment).await?;
    let (city, id) = (&visit.city, &work.assignment.id);
    let mut tx = city.store.begin().await?;
    if !store::is_open(&mut tx, id).await? {
        return Err(closed(&work));
    }
    let all = work.instrument().criteria.len();
    if usize::try_from(store::answered(&mut tx, id).await?).ok() != Some(all) {
        return Ok(page(&visit, &work, StatusCode::UNPROCESSABLE_ENTITY));
    }
    reading::hand_in(&mut tx, id, visit.now()).await?;
    let detail = json!({ "assignment": id, "seat": work.assignment.seat.word() });
    let entry = Audit { act: "city.handed-in", who: &visit.me()?.account, subject: &work.city.id, detail };
    audit(&mut tx, entry, &*city.clock, &*city.random).await?;
    tx.commit().await?;
    Ok(see_other("/survey/desk?done=handed-in"))
}

fn page(visit: &Visit, work: &Work, status: StatusCode) -> axum::response::Response {
    let complete = work.missing().next().is_none();
    let main = html! {
        @if let Some(closed) = work.closed() { (closed_alert(visit, closed)) }
        @if !complete { (missing(visit, work)) }
        (lead(&overview::count(visit, work)))
        (section("own", &visit.t("survey-desk-own"), own(visit, work)))
        (flagged(visit, work))
        @if complete && work.closed().is_none() {
            p { (visit.t("survey-desk-hand-in-text")) }
            (form(&format!("{}/hand-in", work.href()), false, button(&visit.t("survey-desk-hand-in"), Emphasis::Main)))
        }
    };
    let page =
        overview::under(visit, Page::new(visit.t("survey-desk-check"))).crumb(work.city.name.clone(), work.href());
    visit.page(page.unlisted().status(status).main(main))
}

fn missing(visit: &Visit, work: &Work) -> Markup {
    let words = work.instrument().words(visit.language.code);
    let links: Vec<(String, String, String)> = work
        .missing()
        .map(|criterion| (words.question(&criterion.id).to_owned(), work.at(&criterion.id), criterion.id.clone()))
        .collect();
    let title = visit.t_with("survey-desk-missing", &[("n", links.len().into())]);
    alert(Tone::Warning, &title, link_list(&links))
}

/// One's own points by category; nobody else's.
fn own(visit: &Visit, work: &Work) -> Markup {
    let answers = work.codes.iter().map(|(id, code)| (id.clone(), code.answer)).collect();
    let scores = score(work.instrument(), &verdict::sheet(&answers));
    let words = work.instrument().words(visit.language.code);
    let row = |score: &survey_instrument::CategoryScore| {
        let (done, all) = work.progress(&score.id);
        let answered = visit.t_with("survey-desk-count", &[("n", done.into()), ("all", all.into())]);
        Row::new(vec![
            html! { (words.category(&score.id)) },
            html! { (answered) },
            html! { (points(visit, score.score)) },
        ])
    };
    html! {
        (table(&Table {
            caption: visit.t_with("survey-desk-own-total", &[("total", points(visit, scores.total).into())]),
            columns: vec![
                Column::text(visit.t("survey-category")),
                Column::text(visit.t("survey-desk-progress")),
                Column::number(visit.t("survey-score-of-20")),
            ],
            rows: scores.categories.iter().map(row).collect(),
        }))
    }
}

fn flagged(visit: &Visit, work: &Work) -> Markup {
    let words = work.instrument().words(visit.language.code);
    let links: Vec<(String, String, String)> = work
        .codes
        .values()
        .filter(|code| code.flagged)
        .map(|code| (words.question(&code.criterion).to_owned(), work.at(&code.criterion), code.note.clone()))
        .collect();
    html! { @if !links.is_empty() { (section("flagged", &visit.t("survey-desk-flags"), link_list(&links))) } }
}
