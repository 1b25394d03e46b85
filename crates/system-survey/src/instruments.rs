//! The instruments: what is judged, criterion by criterion.

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use kernel_base::Error;
use kernel_ui::{
    Card, Column, Markup, Reader, Row, Table, Tone, cards, html, lead, link_list, prose, section, summary_list, table,
    tag,
};
use kernel_web::{Answer, Page, Visit};
use survey_instrument::{Criterion, Instrument, Mode};

use crate::sources::cited;

pub async fn list(visit: Visit) -> Response {
    let language = visit.language.code;
    let shown: Vec<_> = Instrument::builtin()
        .iter()
        .map(|instrument| Card {
            title: instrument.words(language).title.clone(),
            href: address(instrument),
            body: html! { p { (instrument.words(language).summary) } p { (counted(&visit, instrument)) } },
        })
        .collect();
    let main = html! {
        (lead(&visit.t("survey-instruments-text")))
        (section("choose", &visit.t("survey-instruments-choose"), cards(&shown)))
    };
    let page = Page::new(visit.t("survey-instruments")).crumb(visit.t("survey-title"), "/survey").main(main);
    visit.page(page)
}

pub async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let instrument = find(&id)?;
    let words = instrument.words(visit.language.code);
    let page = under_instruments(&visit, Page::new(words.title.clone()))
        .description(words.summary.clone())
        .main(instrument_body(&visit, instrument));
    Ok(visit.page(page))
}

pub async fn criterion(visit: Visit, Path((id, criterion)): Path<(String, String)>) -> Answer {
    let instrument = find(&id)?;
    let criterion = instrument.criterion(&criterion).ok_or(Error::NotFound)?;
    let words = instrument.words(visit.language.code);
    let page = under_instruments(&visit, Page::new(words.question(&criterion.id)))
        .crumb(words.title.clone(), address(instrument))
        .main(criterion_body(&visit, instrument, criterion));
    Ok(visit.page(page))
}

/// An empty sheet of the instrument, ready to be filled in.
pub async fn sheet(Path(id): Path<String>) -> Answer {
    let instrument = find(&id)?;
    let mut text = String::from("criterion,value,state\n");
    for criterion in &instrument.criteria {
        text.push_str(&criterion.id);
        text.push_str(",,\n");
    }
    let name = format!("attachment; filename=\"{}-sheet.csv\"", instrument.id);
    Ok(([(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)], text)
        .into_response())
}

pub fn find(id: &str) -> Result<&'static Instrument, Error> {
    Instrument::load(id).map_err(|_| Error::NotFound)
}

pub fn address(instrument: &Instrument) -> String {
    format!("/survey/instruments/{}", instrument.id)
}

pub fn criterion_address(instrument: &Instrument, criterion: &str) -> String {
    format!("/survey/instruments/{}/{criterion}", instrument.id)
}

fn under_instruments(visit: &Visit, page: Page) -> Page {
    page.crumb(visit.t("survey-title"), "/survey").crumb(visit.t("survey-instruments"), "/survey/instruments")
}

/// "98 criteria: 45 decided automatically, …"
fn counted(reader: &dyn Reader, instrument: &Instrument) -> String {
    let count = |mode: Mode| instrument.criteria.iter().filter(|criterion| criterion.mode == mode).count();
    reader.t_with(
        "survey-instrument-counted",
        &[
            ("all", instrument.criteria.len().into()),
            ("automatic", count(Mode::Automatic).into()),
            ("assisted", count(Mode::Assisted).into()),
            ("human", (count(Mode::Human) + count(Mode::Probe)).into()),
        ],
    )
}

fn instrument_body(reader: &dyn Reader, instrument: &Instrument) -> Markup {
    let words = instrument.words(reader.language().code);
    html! {
        (lead(&words.summary))
        p { (counted(reader, instrument)) }
        (summary_list(&[
            (reader.t("survey-instrument-version"), html! { (instrument.version) " (" (instrument.date) ")" }),
            (reader.t("survey-instrument-licence"), html! { (instrument.licence) }),
        ]))
        (link_list(&[
            (reader.t("survey-instrument-sheet"), format!("{}/sheet.csv", address(instrument)), String::new()),
            (reader.t("survey-download-json"), format!("/api/v1/survey/instruments/{}", instrument.id), String::new()),
        ]))
        @for category in &instrument.categories {
            (section(&category.id, words.category(&category.id), category_table(reader, instrument, &category.id, category.points)))
        }
        (section("sources", &reader.t("survey-sources"), html! { ul { @for source in &instrument.sources { li { (cited(source)) } } } }))
    }
}

fn category_table(reader: &dyn Reader, instrument: &Instrument, category: &str, points: u32) -> Markup {
    let words = instrument.words(reader.language().code);
    let rows = instrument.in_category(category).map(|criterion| {
        let cells = vec![
            html! { (criterion.number) },
            html! { a href=(criterion_address(instrument, &criterion.id)) { (words.question(&criterion.id)) } },
            html! { (criterion.scale) },
            html! { (tag(Tone::Neutral, &mode(reader, criterion.mode))) },
        ];
        Row::new(cells).named_by(1)
    });
    let count = instrument.in_category(category).count();
    table(&Table {
        caption: reader.t_with("survey-instrument-category-caption", &[("n", count.into()), ("points", points.into())]),
        columns: vec![
            Column::number(reader.t("survey-criterion-number")),
            Column::text(reader.t("survey-criterion")),
            Column::text(reader.t("survey-scale")),
            Column::text(reader.t("survey-mode")),
        ],
        rows: rows.collect(),
    })
}

/// How a criterion is judged, in words.
pub fn mode(reader: &dyn Reader, mode: Mode) -> String {
    reader.t(&format!("survey-mode-{}", mode.name()))
}

fn criterion_body(reader: &dyn Reader, instrument: &Instrument, criterion: &Criterion) -> Markup {
    let words = instrument.words(reader.language().code);
    let worded = words.criterion(&criterion.id);
    html! {
        @if let Some(worded) = worded { (lead(&worded.guidance)) }
        (examples(reader, criterion, worded))
        (summary_list(&facts(reader, instrument, criterion)))
        @if !criterion.sources.is_empty() {
            (section("sources", &reader.t("survey-sources"), html! { ul { @for source in &criterion.sources { li { (cited(source)) } } } }))
        }
        @if let Some(provenance) = &criterion.provenance {
            (section("provenance", &reader.t("survey-provenance"), prose(html! { p { (provenance) } p { (reader.t("survey-provenance-text")) } })))
        }
        (link_list(&neighbours(reader, instrument, criterion)))
    }
}

fn facts(reader: &dyn Reader, instrument: &Instrument, criterion: &Criterion) -> Vec<(String, Markup)> {
    let words = instrument.words(reader.language().code);
    let mut facts = vec![
        (reader.t("survey-criterion-id"), html! { (criterion.id) }),
        (reader.t("survey-category"), html! { (words.category(&criterion.category)) }),
        (reader.t("survey-scale"), html! { (criterion.scale) }),
        (
            reader.t("survey-mode"),
            html! { (mode(reader, criterion.mode)) ". " (reader.t(&format!("survey-mode-{}-text", criterion.mode.name()))) },
        ),
    ];
    if let Some(confidence) = &criterion.confidence {
        let explained = match confidence.as_str() {
            "A" => reader.t("survey-confidence-a"),
            "B" => reader.t("survey-confidence-b"),
            _ => reader.t("survey-confidence-c"),
        };
        facts.push((reader.t("survey-confidence"), html! { (confidence) ". " (explained) }));
    }
    facts
}

fn examples(reader: &dyn Reader, criterion: &Criterion, worded: Option<&survey_instrument::CriterionWords>) -> Markup {
    let rows: Vec<_> = criterion
        .scale
        .values()
        .into_iter()
        .filter_map(|value| Some(Row::new(vec![html! { (value) }, html! { (worded?.example(value)?) }])))
        .collect();
    table(&Table {
        caption: reader.t("survey-examples"),
        columns: vec![Column::number(reader.t("survey-value")), Column::text(reader.t("survey-example"))],
        rows,
    })
}

fn neighbours(reader: &dyn Reader, instrument: &Instrument, criterion: &Criterion) -> Vec<(String, String, String)> {
    let words = instrument.words(reader.language().code);
    let place = instrument.criteria.iter().position(|other| other.id == criterion.id);
    let link = |key: &str, other: Option<&Criterion>| {
        let other = other?;
        Some((reader.t(key), criterion_address(instrument, &other.id), words.question(&other.id).to_owned()))
    };
    let before = place.and_then(|place| place.checked_sub(1)).and_then(|place| instrument.criteria.get(place));
    let after = place.and_then(|place| instrument.criteria.get(place + 1));
    [link("survey-criterion-before", before), link("survey-criterion-after", after)].into_iter().flatten().collect()
}
