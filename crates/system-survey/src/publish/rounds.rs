//! The rounds that were published here, the newest first.

use kernel_ui::{Column, Markup, Reader, Row, Table, empty_state, html, lead, link_list, table};
use kernel_web::{Answer, Page, Visit};
use survey_instrument::Instrument;

use super::frame::href;
use super::store::{self, Published};

pub async fn list(visit: Visit) -> Answer {
    let published = store::published(&visit.city.store).await?;
    let main = html! {
        (lead(&visit.t("survey-publish-rounds-lead")))
        @if published.is_empty() {
            (empty_state(&visit.t("survey-publish-none"), html! { p { (visit.t("survey-publish-none-text")) } }))
        } @else { (rounds(&visit, &published)) }
        (link_list(&[(visit.t("survey-publish-earlier"), "/survey/league".to_owned(), visit.t("survey-publish-earlier-text"))]))
    };
    let page = Page::new(visit.t("survey-publish-rounds"))
        .description(visit.t("survey-publish-rounds-lead"))
        .crumb(visit.t("survey-title"), "/survey")
        .main(main);
    Ok(visit.page(page))
}

/// The table of rounds, for this page and for the survey's own.
pub fn rounds(reader: &dyn Reader, published: &[Published]) -> Markup {
    let rows = published.iter().map(|round| {
        let title = Instrument::load(&round.instrument)
            .map_or_else(|_| round.instrument.clone(), |one| one.words(reader.language().code).title.clone());
        Row::new(vec![
            html! { a href=(href(&round.slug)) { (round.title) } },
            html! { (title) },
            html! { (reader.formats().number(round.cities)) },
            html! { (reader.formats().date(round.at.date())) },
        ])
    });
    table(&Table {
        caption: reader.t("survey-publish-rounds-caption"),
        columns: vec![
            Column::text(reader.t("survey-round")),
            Column::text(reader.t("survey-publish-instrument")),
            Column::number(reader.t("survey-cities")),
            Column::text(reader.t("survey-publish-published-on")),
        ],
        rows: rows.collect(),
    })
}
