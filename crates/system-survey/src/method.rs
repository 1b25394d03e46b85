//! How a site is judged, what the three kinds of no mean, what is verified and what is not.

use axum::response::Response;
use kernel_ui::{Column, Markup, Reader, Row, Table, html, lead, prose, section, table};
use kernel_web::{Page, Visit};
use survey_instrument::history::History;

use crate::sources::cited;

pub async fn show(visit: Visit) -> Response {
    let page = Page::new(visit.t("survey-method"))
        .description(visit.t("survey-method-lead"))
        .crumb(visit.t("survey-title"), "/survey")
        .main(body(&visit));
    visit.page(page)
}

fn body(reader: &dyn Reader) -> Markup {
    let part = |name: &str, paragraphs: &[&str]| {
        let text = prose(
            html! { @for paragraph in paragraphs { p { (reader.t(&format!("survey-method-{name}-{paragraph}"))) } } },
        );
        section(name, &reader.t(&format!("survey-method-{name}")), text)
    };
    html! {
        (lead(&reader.t("survey-method-lead")))
        (part("steps", &["site", "judge", "machine"]))
        (part("scale", &["values", "halves", "category"]))
        (section("no", &reader.t("survey-method-no"), kinds_of_no(reader)))
        (part("league", &["ties", "rounds", "import"]))
        (part("verified", &["history", "instrument", "recalled"]))
        (section("conflicts", &reader.t("survey-conflicts"), conflicts(reader)))
    }
}

fn kinds_of_no(reader: &dyn Reader) -> Markup {
    let rows = ["absent", "not-found", "not-this-city", "not-assessable"].map(|state| {
        let cell = |suffix: &str| html! { (reader.t(&format!("survey-state-{state}{suffix}"))) };
        Row::new(vec![cell(""), cell("-meaning"), cell("-counts")])
    });
    table(&Table {
        caption: reader.t("survey-method-no-caption"),
        columns: vec![
            Column::text(reader.t("survey-state")),
            Column::text(reader.t("survey-state-meaning")),
            Column::text(reader.t("survey-state-counts")),
        ],
        rows: Vec::from(rows),
    })
}

fn conflicts(reader: &dyn Reader) -> Markup {
    let language = reader.language().code;
    let rows = History::published().conflicts.iter().map(|conflict| {
        let value = |value: &survey_instrument::history::Sourced<String>| html! { (value.value) " (" (cited(&value.source)) ")" };
        Row::new(vec![
            html! { (conflict.item(language)) },
            value(&conflict.a),
            value(&conflict.b),
            html! { (conflict.resolution(language)) },
        ])
    });
    table(&Table {
        caption: reader.t("survey-conflicts-caption"),
        columns: vec![
            Column::text(reader.t("survey-conflict-item")),
            Column::text(reader.t("survey-conflict-a")),
            Column::text(reader.t("survey-conflict-b")),
            Column::text(reader.t("survey-conflict-resolution")),
        ],
        rows: rows.collect(),
    })
}
