//! A city's places and scores over the rounds.

use axum::extract::Path;
use axum::response::Response;
use kernel_base::Error;
use kernel_ui::{
    Column, Line, Markup, Reader, Row, SlopeChart, Table, html, link_list, section, slope_chart, summary_list, table,
};
use kernel_web::{Page, Visit};
use survey_instrument::history::{City, History, OVERALL, Outcome, Place, Round};

use crate::league::{self, category_name, points};
use crate::overview::{average, score_in};
use crate::sources::Notes;

pub async fn list(visit: Visit) -> Response {
    let language = visit.language.code;
    let history = History::published();
    let mut links: Vec<_> = history
        .cities
        .iter()
        .map(|city| (city.name(language).to_owned(), address(city), city.country(language).to_owned()))
        .collect();
    links.sort_by(|a, b| visit.formats().compare(&a.0, &b.0));
    let main = html! { p { (visit.t("survey-cities-text")) } (link_list(&links)) };
    let page = Page::new(visit.t("survey-cities")).crumb(visit.t("survey-title"), "/survey").main(main);
    visit.page(page)
}

pub async fn show(visit: Visit, Path(slug): Path<String>) -> kernel_web::Answer {
    let history = History::published();
    let city = history.city_at(&slug).ok_or(Error::NotFound)?;
    let page = Page::new(city.name(visit.language.code))
        .description(visit.t_with("survey-city-description", &[("city", city.name(visit.language.code).into())]))
        .crumb(visit.t("survey-title"), "/survey")
        .crumb(visit.t("survey-cities"), "/survey/cities")
        .main(body(&visit, history, city));
    Ok(visit.page(page))
}

pub fn address(city: &City) -> String {
    format!("/survey/cities/{}", city.slug)
}

fn body(reader: &dyn Reader, history: &History, city: &City) -> Markup {
    let mut notes = Notes::default();
    let totals = totals(reader, history, city, &mut notes);
    let categories = categories(reader, history, city, &mut notes);
    html! {
        (summary_list(&[(reader.t("survey-country"), html! { (city.country(reader.language().code)) })]))
        (totals)
        (change(reader, history, city))
        (categories)
        (section("sources", &reader.t("survey-sources"), notes.list()))
    }
}

fn totals<'a>(reader: &dyn Reader, history: &'a History, city: &City, notes: &mut Notes<'a>) -> Markup {
    let rows = history.rounds.iter().filter_map(|round| {
        let outcome = round.outcome(&city.name, OVERALL)?;
        let mut cells = vec![html! { a href=(league::address(&round.id)) { (round.id) } }];
        cells.extend(place_and_score(reader, outcome, notes));
        Some(Row::new(cells))
    });
    table(&Table {
        caption: reader.t_with("survey-city-caption", &[("city", city.name(reader.language().code).into())]),
        columns: vec![
            Column::text(reader.t("survey-round")),
            Column::number(reader.t("survey-rank")),
            Column::number(reader.t("survey-score-of-100")),
            Column::text(reader.t("survey-source")),
        ],
        rows: rows.collect(),
    })
}

fn place_and_score<'a>(reader: &dyn Reader, outcome: &'a Outcome, notes: &mut Notes<'a>) -> [Markup; 3] {
    let place = outcome.place.as_ref().map(Place::number);
    let place =
        place.map_or_else(|| reader.t("survey-not-verified"), |place| reader.formats().number(i64::from(place)));
    let score = outcome.score.as_ref().map_or_else(|| reader.t("survey-no-score"), |score| points(reader, score.value));
    [html! { (place) }, html! { (score) }, notes.link(reader, outcome.source())]
}

/// The city's line beside the average of all cities; nothing with fewer than two scores.
fn change(reader: &dyn Reader, history: &History, city: &City) -> Markup {
    let values: Vec<_> = history.rounds.iter().map(|round| score_in(round, &city.name)).collect();
    if values.iter().flatten().count() < 2 {
        return html! {};
    }
    let all = history.rounds.iter().map(|round| average(round).map(|(score, _)| score)).collect();
    let name = city.name(reader.language().code).to_owned();
    let chart = SlopeChart {
        title: reader.t_with("survey-city-change", &[("city", name.as_str().into())]),
        note: reader.t("survey-change-note"),
        names: reader.t("survey-city"),
        rounds: history.rounds.iter().map(|round: &Round| round.id.clone()).collect(),
        lines: vec![
            Line { label: name, values, marked: true },
            Line { label: reader.t("survey-average-short"), values: all, marked: true },
        ],
        max: 100.0,
        digits: 2,
    };
    slope_chart(reader, &chart)
}

fn categories<'a>(reader: &dyn Reader, history: &'a History, city: &City, notes: &mut Notes<'a>) -> Markup {
    let mut rows = Vec::new();
    for round in &history.rounds {
        for category in round.categories() {
            let Some(outcome) = round.outcome(&city.name, category) else { continue };
            let mut cells = vec![html! { (round.id) }, html! { (category_name(reader, category)) }];
            cells.extend(place_and_score(reader, outcome, notes));
            rows.push(Row::new(cells).named_by(1));
        }
    }
    if rows.is_empty() {
        return html! {};
    }
    let known = Table {
        caption: reader.t("survey-city-categories-caption"),
        columns: vec![
            Column::text(reader.t("survey-round")),
            Column::text(reader.t("survey-category")),
            Column::number(reader.t("survey-rank")),
            Column::number(reader.t("survey-score-of-20")),
            Column::text(reader.t("survey-source")),
        ],
        rows,
    };
    section("categories", &reader.t("survey-league-categories"), table(&known))
}
