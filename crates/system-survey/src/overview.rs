//! What the survey is, its newest rounds, and the ways in.

use kernel_ui::{
    Column, Line, Markup, Reader, Row, SlopeChart, Table, Tile, html, lead, section, slope_chart, table, tiles,
};
use kernel_web::{Answer, Page, Visit};
use survey_instrument::history::{Group, History, OVERALL, Place, Round};
use survey_instrument::{DEFAULT, rounded_number};

use crate::league::{self, points};
use crate::publish;

pub async fn show(visit: Visit) -> Answer {
    let here = publish::newest(&visit).await?;
    let main = body(&visit, History::published(), here);
    Ok(visit.page(Page::new(visit.t("survey-title")).description(visit.t("survey-lead")).main(main)))
}

fn body(reader: &dyn Reader, history: &History, here: Markup) -> Markup {
    html! {
        (lead(&reader.t("survey-lead")))
        (tiles(&ways_in(reader, history)))
        (here)
        @if let Some(round) = history.newest_scored() {
            (section("newest", &reader.t_with("survey-newest", &[("round", round.id.as_str().into())]), league::chart(reader, history, round)))
        }
        (section("change", &reader.t("survey-change"), html! { p { (reader.t("survey-change-text")) } (change(reader, history)) }))
        (section("averages", &reader.t("survey-averages"), averages(reader, history)))
        (section("rounds", &reader.t("survey-rounds"), rounds(reader, history)))
    }
}

/// Tiles of this page; the first two stand on the home page too.
pub fn ways_in(reader: &dyn Reader, history: &History) -> Vec<Tile> {
    let tile = |name: &str, href: String| Tile {
        title: reader.t(&format!("survey-tile-{name}")),
        text: reader.t(&format!("survey-tile-{name}-text")),
        href,
    };
    let newest = history.newest_scored().map_or_else(|| "/survey".to_owned(), |round| league::address(&round.id));
    vec![
        tile("league", newest),
        tile("score", "/survey/score".to_owned()),
        tile("instrument", format!("/survey/instruments/{DEFAULT}")),
        tile("method", "/survey/method".to_owned()),
        tile("cities", "/survey/cities".to_owned()),
    ]
}

/// Total scores over the rounds: cities scored at least four times stand out, the rest is in the table.
fn change(reader: &dyn Reader, history: &History) -> Markup {
    let scored: Vec<_> =
        history.rounds.iter().filter(|round| round.league().iter().any(|outcome| outcome.score.is_some())).collect();
    let mut lines: Vec<_> = history
        .cities
        .iter()
        .filter_map(|city| {
            let values: Vec<_> = scored.iter().map(|round| score_in(round, &city.name)).collect();
            let known = values.iter().flatten().count();
            (known >= 2).then(|| Line {
                label: city.name(reader.language().code).to_owned(),
                values,
                marked: known >= 4,
            })
        })
        .collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.values.iter().flatten().count()));
    lines.push(Line {
        label: reader.t("survey-average-short"),
        values: scored.iter().map(|round| average(round).map(|(score, _)| score)).collect(),
        marked: true,
    });
    slope_chart(
        reader,
        &SlopeChart {
            title: reader.t("survey-change-chart"),
            note: reader.t("survey-change-note"),
            names: reader.t("survey-city"),
            rounds: scored.iter().map(|round| round.id.clone()).collect(),
            lines,
            max: 100.0,
            digits: 2,
        },
    )
}

/// A city's total in one round, when it was published.
pub fn score_in(round: &Round, city: &str) -> Option<f64> {
    round.outcome(city, OVERALL)?.score.as_ref().map(|score| rounded_number(score.value))
}

/// The average of all cities in one round and its text; of two conflicting ones the one that the conflict table uses.
pub fn average(round: &Round) -> Option<(f64, survey_instrument::Fraction)> {
    let average = round.averages.iter().find(|average| average.group == Group::All && average.category == OVERALL)?;
    Some((rounded_number(average.score), average.score))
}

fn averages(reader: &dyn Reader, history: &History) -> Markup {
    html! { @for round in history.rounds.iter().rev() { (league::averages_chart(reader, round)) } }
}

fn rounds(reader: &dyn Reader, history: &History) -> Markup {
    let unknown = || reader.t("survey-not-verified");
    let rows = history.rounds.iter().rev().map(|round| {
        let number = |value: Option<u32>| value.map_or_else(unknown, |value| reader.formats().number(i64::from(value)));
        let first = round.league().into_iter().find(|outcome| outcome.place.as_ref().map(Place::number) == Some(1));
        let cells = vec![
            html! { a href=(league::address(&round.id)) { (round.id) } },
            html! { (number(round.measures.as_ref().map(|measures| measures.value))) },
            html! { (number(round.cities.as_ref().map(|cities| cities.value))) },
            html! { (average(round).map_or_else(unknown, |(_, score)| points(reader, score))) },
            match first {
                Some(first) => league::city_link(reader, history, &first.city),
                None => html! { (unknown()) },
            },
        ];
        Row::new(cells)
    });
    table(&Table {
        caption: reader.t("survey-rounds-caption"),
        columns: vec![
            Column::text(reader.t("survey-round")),
            Column::number(reader.t("survey-round-measures")),
            Column::number(reader.t("survey-round-cities")),
            Column::number(reader.t("survey-average")),
            Column::text(reader.t("survey-first")),
        ],
        rows: rows.collect(),
    })
}
