//! A published ranking: table, bars, world map, averages, conflicts, sources.

use axum::extract::Path;
use axum::http::header;
use axum::response::IntoResponse;
use kernel_base::Error;
use kernel_ui::{
    Bar, BarChart, Column, Dot, DotMap, Link, Markup, Reader, Row, Table, Tone, alert, bar_chart, columns, details,
    dot_map, html, link_list, section, section_links, summary_list, table,
};
use kernel_web::{Answer, Page, Visit, see_other};
use survey_instrument::history::{Average, City, Group, History, OVERALL, Outcome, Place, Round};
use survey_instrument::{Fraction, rounded_number};

use crate::sources::{Notes, cited};

/// Cities of a league that may carry their name on the map.
const NAMED: usize = 6;
/// Rows by category that are shown without being asked for.
const SHORT: usize = 6;

/// A score as the reader writes it, two decimals.
pub fn points(reader: &dyn Reader, score: Fraction) -> String {
    reader.formats().decimal(rounded_number(score), 2)
}

/// Name of a category of the history.
pub fn category_name(reader: &dyn Reader, category: &str) -> String {
    reader.t(&format!("survey-category-{}", category.replace('_', "-")))
}

/// Name and address of a round's page.
pub fn round_links(history: &History, current: &str) -> Vec<Link> {
    let link = |round: &Round| Link { label: round.id.clone(), href: address(&round.id), current: round.id == current };
    history.rounds.iter().rev().map(link).collect()
}

pub fn address(round: &str) -> String {
    format!("/survey/league/{round}")
}

/// The newest round that has scores.
pub async fn newest() -> Answer {
    let round = History::published().newest_scored().ok_or(Error::NotFound)?;
    Ok(see_other(&address(&round.id)))
}

pub async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let history = History::published();
    let round = history.round(&id).ok_or(Error::NotFound)?;
    let named = [("round", round.id.as_str().into())];
    let page = Page::new(visit.t_with("survey-league-title", &named))
        .description(visit.t_with("survey-league-description", &named))
        .crumb(visit.t("survey-title"), "/survey")
        .main(body(&visit, history, round));
    Ok(visit.page(page))
}

pub async fn csv(Path(id): Path<String>) -> Answer {
    let history = History::published();
    let round = history.round(&id).ok_or(Error::NotFound)?;
    let name = format!("attachment; filename=\"league-{}.csv\"", round.id);
    let headers = [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, history.league_csv(round)).into_response())
}

fn body(reader: &dyn Reader, history: &History, round: &Round) -> Markup {
    let mut notes = Notes::default();
    let about = about(reader, round, &mut notes);
    let ranking = ranking(reader, history, round, &mut notes);
    let categories = by_category(reader, history, round, &mut notes);
    let averages = averages(reader, round, &mut notes);
    html! {
        (section_links(&reader.t("survey-rounds"), &round_links(history, &round.id)))
        (link_list(&[(reader.t("survey-publish-rounds"), "/survey/rounds".to_owned(), reader.t("survey-publish-rounds-held-here"))]))
        (about)
        (ranking)
        (conflicts(reader, history, &round.id))
        (downloads(reader, round))
        (chart(reader, history, round))
        (section("where", &reader.t("survey-league-where"), columns(&[map(reader, history, round), places(reader, history, round)])))
        (categories)
        (averages)
        (section("sources", &reader.t("survey-sources"), notes.list()))
    }
}

fn about<'a>(reader: &dyn Reader, round: &'a Round, notes: &mut Notes<'a>) -> Markup {
    let unknown = || html! { (reader.t("survey-not-verified")) };
    let mut counted = |value: &'a Option<survey_instrument::history::Sourced<u32>>| match value {
        Some(value) => {
            html! { (reader.formats().number(i64::from(value.value))) " " (notes.link(reader, &value.source)) }
        }
        None => unknown(),
    };
    let mut entries = vec![(reader.t("survey-round-measures"), counted(&round.measures))];
    if round.chosen.is_some() {
        entries.push((reader.t("survey-round-chosen"), counted(&round.chosen)));
    }
    entries.push((reader.t("survey-round-cities"), counted(&round.cities)));
    entries.push((reader.t("survey-round-fieldwork"), html! { (round.fieldwork(reader.language().code)) }));
    entries.push((reader.t("survey-round-partners"), html! { (round.partners) }));
    summary_list(&entries)
}

fn ranking<'a>(reader: &dyn Reader, history: &History, round: &'a Round, notes: &mut Notes<'a>) -> Markup {
    let rows = round.league().into_iter().map(|outcome| {
        let score = match &outcome.score {
            Some(score) => html! { (points(reader, score.value)) },
            None => html! { (reader.t("survey-no-score")) },
        };
        let city = history.city(&outcome.city);
        let country = city.map(|city| city.country(reader.language().code)).unwrap_or_default();
        let cells = vec![
            place(reader, outcome),
            city_link(reader, history, &outcome.city),
            html! { (country) },
            score,
            notes.link(reader, outcome.source()),
        ];
        Row::new(cells).named_by(1)
    });
    let ranking = Table {
        caption: reader.t_with("survey-league-caption", &[("round", round.id.as_str().into())]),
        columns: vec![
            Column::number(reader.t("survey-rank")),
            Column::text(reader.t("survey-city")),
            Column::text(reader.t("survey-country")),
            Column::number(reader.t("survey-score-of-100")),
            Column::text(reader.t("survey-source")),
        ],
        rows: rows.collect(),
    };
    let derived = round.league().iter().any(|outcome| matches!(outcome.place, Some(Place::Derived { .. })));
    html! {
        (table(&ranking))
        @if derived { p { (reader.t("survey-league-derived")) } }
    }
}

fn place(reader: &dyn Reader, outcome: &Outcome) -> Markup {
    match &outcome.place {
        Some(place) => html! { (reader.formats().number(i64::from(place.number()))) },
        None => html! { (reader.t("survey-not-verified")) },
    }
}

/// A city's name in the reader's language, leading to its page.
pub fn city_link(reader: &dyn Reader, history: &History, name: &str) -> Markup {
    match history.city(name) {
        Some(city) => {
            html! { a href=(format!("/survey/cities/{}", city.slug)) { (city.name(reader.language().code)) } }
        }
        None => html! { (name) },
    }
}

/// Bars of the cities whose score was published.
pub fn chart(reader: &dyn Reader, history: &History, round: &Round) -> Markup {
    let bars: Vec<_> = round.league().into_iter().filter_map(|outcome| bar(reader, history, outcome)).collect();
    if bars.is_empty() {
        return html! {};
    }
    bar_chart(
        reader,
        &BarChart {
            title: reader.t_with("survey-league-chart", &[("round", round.id.as_str().into())]),
            note: reader.t("survey-league-chart-note"),
            names: reader.t("survey-city"),
            values: reader.t("survey-score-of-100"),
            max: Some(100.0),
            bars,
        },
    )
}

fn bar(reader: &dyn Reader, history: &History, outcome: &Outcome) -> Option<Bar> {
    let score = outcome.score.as_ref()?.value;
    let label = history.city(&outcome.city).map_or(outcome.city.as_str(), |city| city.name(reader.language().code));
    Some(Bar { label: label.to_owned(), value: rounded_number(score), text: points(reader, score), marked: false })
}

fn map(reader: &dyn Reader, history: &History, round: &Round) -> Markup {
    let dots = round.league().into_iter().filter_map(|outcome| {
        let City { lat, lon, .. } = *history.city(&outcome.city)?;
        let score = outcome.score.as_ref().map(|score| score.value);
        Some(Dot {
            label: history.city(&outcome.city)?.name(reader.language().code).to_owned(),
            latitude: lat,
            longitude: lon,
            value: score.map(rounded_number).unwrap_or_default(),
            text: score.map_or_else(|| reader.t("survey-no-score"), |score| points(reader, score)),
            marked: false,
        })
    });
    let mut dots: Vec<_> = dots.collect();
    name_apart(&mut dots);
    dot_map(
        reader,
        &DotMap {
            title: reader.t_with("survey-league-map", &[("round", round.id.as_str().into())]),
            note: reader.t("survey-league-map-note"),
            names: reader.t("survey-city"),
            values: reader.t("survey-score-of-100"),
            max: 100.0,
            dots,
        },
    )
}

/// Names the first cities on the map itself, as far as their names do not cover each other.
pub fn name_apart(dots: &mut [Dot]) {
    // Degrees that a name needs at the size of a phone.
    const WIDE: f64 = 60.0;
    const HIGH: f64 = 12.0;
    for place in 0..dots.len().min(NAMED) {
        let here = &dots[place];
        let clear = dots[..place].iter().filter(|other| other.marked).all(|other| {
            (other.longitude - here.longitude).abs() > WIDE || (other.latitude - here.latitude).abs() > HIGH
        });
        dots[place].marked = clear;
    }
}

/// The same cities as on the map, as a list.
fn places(reader: &dyn Reader, history: &History, round: &Round) -> Markup {
    let language = reader.language().code;
    let links = round.league().into_iter().filter_map(|outcome| {
        let city = history.city(&outcome.city)?;
        let remark =
            outcome.score.as_ref().map_or_else(|| reader.t("survey-no-score"), |score| points(reader, score.value));
        let rank = outcome.place.as_ref().map(|place| format!("{}. ", place.number())).unwrap_or_default();
        Some((format!("{rank}{}", city.name(language)), format!("/survey/cities/{}", city.slug), remark))
    });
    link_list(&links.collect::<Vec<_>>())
}

fn by_category<'a>(reader: &dyn Reader, history: &History, round: &'a Round, notes: &mut Notes<'a>) -> Markup {
    let mut rows = Vec::new();
    for category in round.categories() {
        for outcome in round.ranking(category) {
            let score =
                outcome.score.as_ref().map_or_else(|| reader.t("survey-no-score"), |score| points(reader, score.value));
            let cells = vec![
                html! { (category_name(reader, category)) },
                place(reader, outcome),
                city_link(reader, history, &outcome.city),
                html! { (score) },
                notes.link(reader, outcome.source()),
            ];
            rows.push(Row::new(cells).named_by(2));
        }
    }
    if rows.is_empty() {
        return html! {};
    }
    let known = Table {
        caption: reader.t("survey-league-categories-caption"),
        columns: vec![
            Column::text(reader.t("survey-category")),
            Column::number(reader.t("survey-rank")),
            Column::text(reader.t("survey-city")),
            Column::number(reader.t("survey-score-of-20")),
            Column::text(reader.t("survey-source")),
        ],
        rows,
    };
    let heading = reader.t("survey-league-categories");
    let body = if known.rows.len() <= SHORT { table(&known) } else { details(&known.caption, table(&known)) };
    section("categories", &heading, body)
}

fn averages<'a>(reader: &dyn Reader, round: &'a Round, notes: &mut Notes<'a>) -> Markup {
    if round.averages.is_empty() {
        return html! {};
    }
    let group = |average: &Average| match average.group {
        Group::All => reader.t("survey-average-all"),
        Group::Oecd => reader.t("survey-average-oecd"),
        Group::NotOecd => reader.t("survey-average-not-oecd"),
    };
    let rows = round.averages.iter().map(|average| {
        let cells = vec![
            html! { (category_name(reader, &average.category)) },
            html! { (group(average)) },
            html! { (points(reader, average.score)) },
            notes.link(reader, &average.source),
        ];
        Row::new(cells)
    });
    let published = Table {
        caption: reader.t("survey-averages-caption"),
        columns: vec![
            Column::text(reader.t("survey-category")),
            Column::text(reader.t("survey-average-group")),
            Column::number(reader.t("survey-average")),
            Column::text(reader.t("survey-source")),
        ],
        rows: rows.collect(),
    };
    let chart = averages_chart(reader, round);
    let drawn = !chart.0.is_empty();
    let body = html! {
        (chart)
        @if drawn { (details(&published.caption, table(&published))) } @else { (table(&published)) }
    };
    section("averages", &reader.t("survey-averages"), body)
}

/// Bars of the average in each category, when they were published.
pub fn averages_chart(reader: &dyn Reader, round: &Round) -> Markup {
    let known = round.averages.iter().filter(|average| average.group == Group::All && average.category != OVERALL);
    let mut bars: Vec<_> = known
        .map(|average| Bar {
            label: category_name(reader, &average.category),
            value: rounded_number(average.score),
            text: points(reader, average.score),
            marked: false,
        })
        .collect();
    if bars.len() < 2 {
        return html! {};
    }
    bars.sort_by(|a, b| b.value.total_cmp(&a.value));
    bar_chart(
        reader,
        &BarChart {
            title: reader.t_with("survey-averages-chart", &[("round", round.id.as_str().into())]),
            note: reader.t("survey-averages-chart-note"),
            names: reader.t("survey-category"),
            values: reader.t("survey-average"),
            max: Some(20.0),
            bars,
        },
    )
}

/// Published values that contradict each other, and what was decided.
pub fn conflicts(reader: &dyn Reader, history: &History, round: &str) -> Markup {
    let language = reader.language().code;
    let here: Vec<_> = history.conflicts.iter().filter(|conflict| conflict.round.as_deref() == Some(round)).collect();
    if here.is_empty() {
        return html! {};
    }
    let body = html! {
        ul { @for conflict in here { li {
            p { strong { (conflict.item(language)) ": " } (conflict.resolution(language)) }
            p { (conflict.a.value) " (" (cited(&conflict.a.source)) "); " (conflict.b.value) " (" (cited(&conflict.b.source)) ")" }
        } } }
    };
    alert(Tone::Warning, &reader.t("survey-conflicts"), body)
}

fn downloads(reader: &dyn Reader, round: &Round) -> Markup {
    let address = address(&round.id);
    link_list(&[
        (reader.t("survey-download-csv"), format!("{address}/league.csv"), String::new()),
        (reader.t("survey-download-json"), format!("/api/v1/survey/league/{}", round.id), String::new()),
    ])
}
