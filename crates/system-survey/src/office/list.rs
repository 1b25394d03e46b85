//! All rounds, for their coordinators.

use kernel_ui::{Column, Emphasis, Row, Table, Tone, button_link, empty_state, html, lead, table, tag};
use kernel_web::{Answer, Page, Visit};

use crate::round::{Round, Stage, store};

pub async fn show(visit: Visit) -> Answer {
    let rounds = store::rounds(&visit.city.store).await?;
    let row = |round: &Round| {
        Row::new(vec![
            html! { a href=(round.office()) { (round.title) } },
            html! { (tag(tone(round.stage), &visit.t(&format!("survey-stage-{}", round.stage.word())))) },
            html! { (round.instrument.words(visit.language.code).title) },
            html! { (visit.date(round.opened_at.date())) },
        ])
    };
    let keys = ["survey-office-title", "survey-office-stage", "survey-office-instrument", "survey-office-opened"];
    let main = html! {
        (lead(&visit.t("survey-office-lead")))
        (button_link(&visit.t("survey-office-new"), "/survey/office/new", Emphasis::Main))
        @if rounds.is_empty() {
            (empty_state(&visit.t("survey-office-none"), html! { p { (visit.t("survey-office-none-next")) } }))
        } @else {
            (table(&Table {
                caption: visit.t_with("survey-office-count", &[("n", rounds.len().into())]),
                columns: keys.map(|key| Column::text(visit.t(key))).to_vec(),
                rows: rounds.iter().map(row).collect(),
            }))
        }
    };
    Ok(visit.page(Page::new(visit.t("survey-office")).crumb(visit.t("survey-title"), "/survey").unlisted().main(main)))
}

pub fn tone(stage: Stage) -> Tone {
    match stage {
        Stage::Preparing | Stage::Closed => Tone::Info,
        Stage::Coding | Stage::Replying => Tone::Warning,
        Stage::Published => Tone::Success,
    }
}
