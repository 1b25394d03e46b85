//! A city's scorecard in a published round: totals, categories, every criterion with its ground and evidence, what the
//! city replied.

use axum::extract::Path;
use kernel_base::Error;
use kernel_language::country;
use kernel_ui::{
    Bar, BarChart, Column, Figure, Markup, Range, RangeChart, Reader, Row, Table, Tone, alert, bar_chart, figures,
    folded, html, lead, link_list, range_chart, round_ticks, section, summary_list, table, tag,
};
use kernel_web::{Answer, Visit};

use super::frame::{Shown, between, day, find, places, points, raw, region, state, value, whole};
use super::paper;
use super::results::{AnswerResult, CategoryFacts, CityResult, EvidenceResult, MachineResult, Reply};
use crate::archive::look_href;
use crate::sources::host_of;

pub async fn show(visit: Visit, Path((round, slug)): Path<(String, String)>) -> Answer {
    if let Some(slug) = slug.strip_suffix(".pdf") {
        return paper::show(&visit, &round, slug).await;
    }
    let shown = find(&visit, &round).await?;
    let city = shown.results.city(&slug).ok_or(Error::NotFound)?;
    let printed = paper::is_printed(&visit.city, &round, &slug).await;
    let description = summary(&visit, &shown, city);
    let page = shown.below(&visit, city.name.clone(), body(&visit, &shown, city, printed)).description(description);
    Ok(visit.page(page))
}

fn summary(reader: &dyn Reader, shown: &Shown, city: &CityResult) -> String {
    reader.t_with(
        "survey-publish-city-summary",
        &[
            ("city", city.name.as_str().into()),
            ("score", points(reader, &city.score).into()),
            ("rank", whole(reader, city.rank).into()),
            ("cities", shown.results.cities.len().into()),
            ("low", whole(reader, city.rank_between.low).into()),
            ("high", whole(reader, city.rank_between.high).into()),
            ("round", shown.results.round.title.as_str().into()),
        ],
    )
}

pub fn body(reader: &dyn Reader, shown: &Shown, city: &CityResult, printed: bool) -> Markup {
    let words = shown.instrument.words(reader.language().code);
    html! {
        (lead(&summary(reader, shown, city)))
        p { (country(reader.language(), &city.country)) " · " (region(reader, &city.region)) }
        (key_figures(reader, shown, city))
        @if printed {
            (link_list(&[(reader.t("survey-publish-pdf"), format!("{}.pdf", shown.city_href(&city.slug)), String::new())]))
        }
        (section("categories", &reader.t("survey-league-categories"), categories(reader, shown, city)))
        (section("near", &reader.t("survey-publish-near"), near(reader, shown, city)))
        @for category in &shown.results.categories {
            (folded(&category.id, words.category(&category.id), &result(reader, city, category),
                criteria(reader, shown, city, &category.id)))
        }
        @if !city.replies.is_empty() {
            (section("replies", &reader.t("survey-publish-replies"), replies(reader, shown, &city.replies)))
        }
        (section("capture", &reader.t("survey-publish-capture"), capture(reader, city)))
    }
}

/// `12.34 / 20`.
fn result(reader: &dyn Reader, city: &CityResult, category: &CategoryFacts) -> String {
    let scored = city.categories.iter().find(|scored| scored.id == category.id);
    scored.map(|scored| format!("{} / {}", points(reader, &scored.score), category.points)).unwrap_or_default()
}

fn key_figures(reader: &dyn Reader, shown: &Shown, city: &CityResult) -> Markup {
    let interval =
        reader.t_with("survey-publish-interval-is", &[("between", between(reader, city.score_between).into())]);
    let ranks = reader.t_with("survey-publish-rank-is", &[("between", places(reader, city.rank_between).into())]);
    let of = reader.t_with("survey-publish-rank-of", &[("n", shown.results.cities.len().into())]);
    let mut all = vec![
        Figure { value: points(reader, &city.score), label: reader.t("survey-score-of-100"), source: interval },
        Figure { value: whole(reader, city.rank), label: of, source: ranks },
    ];
    if let Some(average) = shown.results.average(&city.region) {
        let label = reader.t_with("survey-publish-region-average", &[("region", region(reader, &city.region).into())]);
        let source = reader.t_with("survey-publish-region-cities", &[("n", average.cities.into())]);
        all.push(Figure { value: points(reader, &average.score), label, source });
    }
    figures(&all)
}

fn categories(reader: &dyn Reader, shown: &Shown, city: &CityResult) -> Markup {
    let results = &shown.results;
    let most = results.categories.iter().map(|category| category.points).max().unwrap_or(20);
    let bars = city.categories.iter().map(|category| Bar {
        label: shown.category_name(reader, &category.id),
        value: category.score.rounded,
        text: points(reader, &category.score),
        marked: false,
    });
    let chart = BarChart {
        title: reader.t("survey-scorecard-chart"),
        note: reader.t_with("survey-publish-points-note", &[("points", most.into())]),
        names: reader.t("survey-category"),
        values: reader.t("survey-score-word"),
        max: Some(f64::from(most)),
        bars: bars.collect(),
    };
    let average = results.average("all");
    let rows = city.categories.iter().enumerate().map(|(place, category)| {
        let all = average.and_then(|average| average.categories.get(place));
        Row::new(vec![
            html! { a href=(format!("#{}", category.id)) { (shown.category_name(reader, &category.id)) } },
            html! { (raw(reader, &category.raw)) " / " (raw(reader, &category.max)) },
            html! { (points(reader, &category.score)) },
            html! { (whole(reader, category.rank)) },
            html! { @if let Some(all) = all { (points(reader, all)) } },
        ])
    });
    let known = Table {
        caption: reader.t("survey-publish-city-categories"),
        columns: vec![
            Column::text(reader.t("survey-category")),
            Column::number(reader.t("survey-publish-raw")),
            Column::number(reader.t("survey-score-word")),
            Column::number(reader.t("survey-rank")),
            Column::number(reader.t("survey-average")),
        ],
        rows: rows.collect(),
    };
    html! { (bar_chart(reader, &chart)) (table(&known)) }
}

/// The city among those that it cannot be told apart from.
fn near(reader: &dyn Reader, shown: &Shown, city: &CityResult) -> Markup {
    let belongs = |other: &&CityResult| other.slug == city.slug || city.alike.contains(&other.slug);
    let rows: Vec<Range> = shown
        .results
        .cities
        .iter()
        .filter(belongs)
        .map(|other| Range {
            label: other.name.clone(),
            low: other.score_between.low,
            value: other.score.rounded,
            high: other.score_between.high,
            text: points(reader, &other.score),
            between: between(reader, other.score_between),
            marked: other.slug == city.slug,
        })
        .collect();
    let low = rows.iter().map(|row| row.low.min(row.value)).fold(100.0, f64::min);
    let high = rows.iter().map(|row| row.high.max(row.value)).fold(0.0, f64::max);
    let chart = RangeChart {
        title: reader.t("survey-publish-near-chart"),
        note: reader.t("survey-publish-near-note"),
        names: reader.t("survey-city"),
        values: reader.t("survey-score-of-100"),
        betweens: reader.t("survey-publish-interval"),
        ticks: round_ticks(low, high),
        rows,
        brackets: Vec::new(),
    };
    if city.alike.is_empty() {
        return html! { p { (reader.t("survey-publish-alone")) } };
    }
    html! { p { (reader.t_with("survey-publish-near-text", &[("n", city.alike.len().into())])) } (range_chart(reader, &chart)) }
}

fn criteria(reader: &dyn Reader, shown: &Shown, city: &CityResult, category: &str) -> Markup {
    let of_category = shown.results.criteria.iter().filter(|criterion| criterion.category == category);
    let rows = of_category.filter_map(|criterion| {
        let answer = city.answer(&criterion.id)?;
        let points = answer.value.as_ref().map(|value| value.rounded);
        Some(
            Row::new(vec![
                html! { (criterion.id) },
                shown.criterion_link(reader, &criterion.id),
                html! { (value(reader, points, criterion.max, &answer.state)) },
                html! { (state(reader, &answer.state, points)) },
                html! { div { (ground(reader, answer)) } },
                html! { div { (machine(reader, city, answer, criterion.max)) } },
            ])
            .named_by(1),
        )
    });
    let caption = [("category", shown.category_name(reader, category).into())];
    table(&Table {
        caption: reader.t_with("survey-publish-criteria-of", &caption),
        columns: vec![
            Column::text(reader.t("survey-criterion-id")),
            Column::text(reader.t("survey-criterion")),
            Column::number(reader.t("survey-value")),
            Column::text(reader.t("survey-state")),
            Column::text(reader.t("survey-publish-ground")),
            Column::text(reader.t("survey-publish-evidence")),
        ],
        rows: rows.collect(),
    })
}

/// How the answer came about: who answered what, and why it was settled so.
fn ground(reader: &dyn Reader, answer: &AnswerResult) -> Markup {
    let written = |code: &super::results::CodeResult| match code.value {
        Some(points) => format!("{} {}", code.coder, reader.formats().number(points)),
        None => format!("{} {}", code.coder, reader.t(&format!("survey-state-{}", code.state.replace('_', "-")))),
    };
    let codes: Vec<String> = answer.codes.iter().map(written).collect();
    html! {
        p { (reader.t(&format!("survey-publish-ground-{}", answer.ground))) }
        @if answer.ground != "agreed" && !codes.is_empty() { p { (codes.join(", ")) } }
        @if !answer.reason.is_empty() { p { (answer.reason) } }
    }
}

/// What the machine found, and the pages that show it. Words from a site are shown as words.
fn machine(reader: &dyn Reader, city: &CityResult, answer: &AnswerResult, max: u8) -> Markup {
    let cited = answer.codes.iter().flat_map(|code| &code.cited);
    let cited: std::collections::BTreeSet<&String> = cited.collect();
    html! {
        @if let Some(machine) = &answer.machine { (found(reader, city, machine, max)) }
        @for address in cited { p { (reader.t("survey-publish-cited")) " " (short(city, address)) } }
    }
}

fn found(reader: &dyn Reader, city: &CityResult, machine: &MachineResult, max: u8) -> Markup {
    let points = machine.value.map(|value| value as f64);
    let given = value(reader, points, max, &machine.state);
    html! {
        p { (reader.t_with("survey-publish-machine-says", &[("value", given.into())])) }
        @for one in &machine.evidence { p { (short(city, &one.url)) } }
    }
}

/// A page as it was archived, named by its path: the site stands once at the end of the page.
fn short(city: &CityResult, address: &str) -> Markup {
    let Some(path) = host_of(address).and_then(|host| address.split_once(host)).map(|(_, path)| path) else {
        return html! { (address) };
    };
    let path = if path.is_empty() { "/" } else { path };
    match archived(city, address) {
        Some(href) => html! { a href=(href) { (path) } },
        None => html! { a href=(address) rel="external nofollow" { (path) } },
    }
}

/// Where a page of a city is looked at as it was; none when the site was not captured.
pub fn archived(city: &CityResult, address: &str) -> Option<String> {
    city.capture.digest.as_ref().map(|_| look_href(&city.id, address))
}

/// One piece of evidence: words of the page, its address, the page as it was archived, its record.
pub fn evidence(reader: &dyn Reader, city: &CityResult, shown: &EvidenceResult) -> Markup {
    html! {
        @if !shown.quote.is_empty() { blockquote dir="auto" { (shown.quote) } }
        p { (linked(&shown.url)) }
        @if let Some(href) = archived(city, &shown.url) { p { a href=(href) { (reader.t("survey-publish-archived")) } } }
        @if !shown.record.is_empty() { p { code { (shown.record) } } }
    }
}

/// An address as a link when it is one of the web, else as text.
fn linked(address: &str) -> Markup {
    html! {
        @if host_of(address).is_some() { a href=(address) rel="external nofollow" { (address) } } @else { (address) }
    }
}

fn replies(reader: &dyn Reader, shown: &Shown, replies: &[Reply]) -> Markup {
    html! {
        p { (reader.t("survey-publish-replies-text")) }
        @for reply in replies {
            article {
                h3 { (shown.criterion_link(reader, &reply.criterion)) }
                p { (day(reader, &reply.received_on)) " " (outcome(reader, reply)) }
                blockquote dir="auto" { (reply.words) }
                @if !reply.evidence.is_empty() { p { (linked(&reply.evidence)) } }
                @if let Some(answer) = &reply.answer { (alert(Tone::Info, &reader.t("survey-publish-reply-answer"), html! { p { (answer) } })) }
            }
        }
    }
}

fn outcome(reader: &dyn Reader, reply: &Reply) -> Markup {
    match reply.outcome.as_deref() {
        Some("changed") => tag(Tone::Success, &reader.t("survey-publish-reply-changed")),
        Some(_) => tag(Tone::Neutral, &reader.t("survey-publish-reply-kept")),
        None => tag(Tone::Warning, &reader.t("survey-publish-reply-open")),
    }
}

fn capture(reader: &dyn Reader, city: &CityResult) -> Markup {
    let capture = &city.capture;
    let Some(ended) = &capture.ended_on else {
        return html! { p { (reader.t("survey-publish-not-captured")) } };
    };
    let read = reader
        .t_with("survey-publish-pages", &[("read", capture.pages_read.into()), ("known", capture.pages_known.into())]);
    summary_list(&[
        (reader.t("survey-publish-site"), linked(&city.address)),
        (reader.t("survey-publish-captured-on"), html! { (day(reader, ended)) }),
        (reader.t("survey-publish-pages-read"), html! { (read) }),
        (reader.t("survey-publish-digest"), html! { code { (capture.digest.as_deref().unwrap_or_default()) } }),
    ])
}
