//! The cities that somebody reads.

use kernel_ui::{Column, Markup, Row, Table, Tone, alert, details, empty_state, html, lead, table, tag};
use kernel_web::{Answer, Asked, Page, Visit};

use super::overview::count;
use super::work::{Closed, Work};

pub async fn show(visit: Visit, asked: Asked) -> Answer {
    let works = Work::mine(&visit).await?;
    let main = html! {
        @if asked.text("done") == "handed-in" {
            (alert(Tone::Success, "", html! { p { (visit.t("survey-desk-done-handed-in")) } }))
        }
        (lead(&visit.t("survey-desk-lead")))
        @if works.is_empty() {
            (empty_state(&visit.t("survey-desk-none"), html! { p { (visit.t("survey-desk-none-text")) } }))
        } @else {
            (cities(&visit, &works))
            (details(&visit.t("survey-desk-yours"), html! { p { (visit.t("survey-desk-yours-text")) } }))
        }
    };
    let page = Page::new(visit.t("survey-desk")).crumb(visit.t("survey-title"), "/survey").unlisted();
    Ok(visit.page(page.main(main)))
}

fn cities(visit: &Visit, works: &[Work]) -> Markup {
    table(&Table {
        caption: visit.t_with("survey-desk-cities", &[("n", works.len().into())]),
        columns: [
            "survey-city",
            "survey-round",
            "survey-desk-state",
            "survey-desk-progress",
            "survey-desk-last",
            "survey-desk-next-one",
        ]
        .map(|key| Column::text(visit.t(key)))
        .to_vec(),
        rows: works.iter().map(|work| row(visit, work)).collect(),
    })
}

fn row(visit: &Visit, work: &Work) -> Row {
    let last = work.codes.values().map(|code| code.coded_at).max();
    let next = work.next_missing("").filter(|_| work.closed().is_none());
    Row::new(vec![
        html! { a href=(work.href()) { (work.city.name) } },
        html! { (work.round.title) },
        state(visit, work),
        html! { (count(visit, work)) },
        html! { @if let Some(last) = last { (visit.moment(last)) } @else { "–" } },
        html! { @if let Some(next) = next {
            a href=(work.at(&next.id)) { (next.id) " " (work.instrument().words(visit.language.code).question(&next.id)) }
        } @else { "–" } },
    ])
}

fn state(visit: &Visit, work: &Work) -> Markup {
    let (tone, key) = match work.closed() {
        Some(Closed::NotYet) => (Tone::Neutral, "survey-desk-state-not-yet"),
        Some(Closed::HandedIn) => (Tone::Success, "survey-desk-state-handed-in"),
        Some(Closed::Over) => (Tone::Neutral, "survey-desk-state-over"),
        None if work.codes.is_empty() => (Tone::Info, "survey-desk-state-new"),
        None if work.missing().next().is_none() => (Tone::Warning, "survey-desk-state-complete"),
        None => (Tone::Info, "survey-desk-state-begun"),
    };
    tag(tone, &visit.t(key))
}
