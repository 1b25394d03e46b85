//! A kept scorecard: scores by category, every criterion, the evidence.

use axum::extract::Path;
use axum::http::header;
use axum::response::IntoResponse;
use kernel_base::{Error, Id, Result};
use kernel_ui::{
    Bar, BarChart, Column, Figure, Markup, Reader, Row, Table, Tone, alert, bar_chart, details, figures, folded, html,
    link_list, table, tag,
};
use kernel_web::{Answer, City, Page, Visit, slip};
use survey_instrument::{Coded, Criterion, Scores, exact, rounded_number};

use crate::instruments::{self, criterion_address};
use crate::league::points;
use crate::scorecard::{Evidence, Finding, Scorecard};
use crate::sources::host_of;
use crate::store;

/// A scorecard by its id.
pub async fn find(city: &City, id: &str) -> Result<Scorecard> {
    let id = Id::parse("sc", id).ok_or(Error::NotFound)?;
    store::find(&city.store, id.as_str(), city.clock.now()).await?.ok_or(Error::NotFound)
}

pub async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let scorecard = find(&visit.city, &id).await?;
    let slip = slip::take(&visit);
    let title = match scorecard.name.as_str() {
        "" => visit.t("survey-scorecard"),
        name => visit.t_with("survey-scorecard-of", &[("name", name.into())]),
    };
    let page = Page::new(title)
        .crumb(visit.t("survey-title"), "/survey")
        .crumb(visit.t("survey-score"), "/survey/score")
        .main(html! {
            @if let Some(slip) = &slip { (slip::show(&visit, slip)) }
            (body(&visit, &scorecard))
        })
        .unlisted();
    match slip {
        Some(_) => Ok(slip::shown(&visit, visit.page(page))),
        None => Ok(kernel_web::fresh(visit.page(page))),
    }
}

/// The sheet as CSV, readable by `madang survey score`.
pub async fn csv(visit: Visit, Path(id): Path<String>) -> Answer {
    let scorecard = find(&visit.city, &id).await?;
    let name = format!("attachment; filename=\"{}.csv\"", scorecard.id);
    let headers = [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok(kernel_web::fresh((headers, scorecard.sheet.to_csv(scorecard.instrument)).into_response()))
}

fn body(reader: &dyn Reader, scorecard: &Scorecard) -> Markup {
    let scores = scorecard.scores();
    let words = scorecard.instrument.words(reader.language().code);
    html! {
        (figures(&[total(reader, scorecard, &scores)]))
        (kept(reader, scorecard))
        (bars(reader, scorecard, &scores))
        @for (category, score) in scorecard.instrument.categories.iter().zip(&scores.categories) {
            @let summary = reader.t_with("survey-scorecard-category", &[
                ("score", points(reader, score.score).into()), ("points", category.points.into()),
                ("raw", exact(score.raw).into()), ("max", exact(score.max).into()),
            ]);
            @let result = format!("{} / {}", points(reader, score.score), category.points);
            (folded(&category.id, words.category(&category.id), &result, html! { p { (summary) } (criteria(reader, scorecard, &category.id)) }))
        }
    }
}

fn total(reader: &dyn Reader, scorecard: &Scorecard, scores: &Scores) -> Figure {
    let label = if scores.total == scores.total_if_unknown_met {
        reader.t("survey-scorecard-total")
    } else {
        reader.t_with("survey-scorecard-total-open", &[("upper", points(reader, scores.total_if_unknown_met).into())])
    };
    let words = scorecard.instrument.words(reader.language().code);
    let source = reader.t_with(
        "survey-scorecard-source",
        &[
            ("instrument", words.title.as_str().into()),
            ("version", scorecard.instrument.version.as_str().into()),
            ("date", reader.formats().date(scorecard.kept_at.date()).into()),
        ],
    );
    Figure { value: points(reader, scores.total), label, source }
}

fn kept(reader: &dyn Reader, scorecard: &Scorecard) -> Markup {
    let until = reader.formats().date(scorecard.forget_at.date());
    html! {
        (alert(Tone::Info, "", html! { p { (reader.t_with("survey-scorecard-kept", &[("date", until.into())])) } }))
        (link_list(&[
            (reader.t("survey-download-csv"), format!("/survey/scorecards/{}/sheet.csv", scorecard.id), String::new()),
            (reader.t("survey-download-json"), format!("/api/v1/survey/scorecards/{}", scorecard.id), String::new()),
            (reader.t("survey-scorecard-instrument"), instruments::address(scorecard.instrument), String::new()),
        ]))
    }
}

fn bars(reader: &dyn Reader, scorecard: &Scorecard, scores: &Scores) -> Markup {
    let words = scorecard.instrument.words(reader.language().code);
    let bars = scores.categories.iter().map(|score| Bar {
        label: words.category(&score.id).to_owned(),
        value: rounded_number(score.score),
        text: points(reader, score.score),
        marked: false,
    });
    let most = scorecard.instrument.categories.iter().map(|category| category.points).max().unwrap_or(20);
    bar_chart(
        reader,
        &BarChart {
            title: reader.t("survey-scorecard-chart"),
            note: reader.t_with("survey-scorecard-chart-note", &[("points", most.into())]),
            names: reader.t("survey-category"),
            values: reader.t("survey-score-word"),
            max: Some(f64::from(most)),
            bars: bars.collect(),
        },
    )
}

fn criteria(reader: &dyn Reader, scorecard: &Scorecard, category: &str) -> Markup {
    let words = scorecard.instrument.words(reader.language().code);
    let reported = !scorecard.findings.is_empty();
    let rows = scorecard.instrument.in_category(category).map(|criterion| {
        let coded = scorecard.sheet.get(&criterion.id);
        let question = html! {
            a href=(criterion_address(scorecard.instrument, &criterion.id)) { (words.question(&criterion.id)) }
        };
        let mut cells = vec![html! { (criterion.id) }, question, value(reader, criterion, coded), state(reader, coded)];
        if reported {
            let finding = scorecard.findings.get(&criterion.id);
            cells.push(html! { div { @if let Some(finding) = finding { (why(reader, finding)) } } });
        }
        Row::new(cells).named_by(1)
    });
    let mut columns = vec![
        Column::text(reader.t("survey-criterion-id")),
        Column::text(reader.t("survey-criterion")),
        Column::number(reader.t("survey-value")),
        Column::text(reader.t("survey-state")),
    ];
    if reported {
        columns.push(Column::text(reader.t("survey-why")));
    }
    table(&Table { caption: reader.t("survey-scorecard-criteria"), columns, rows: rows.collect() })
}

fn value(reader: &dyn Reader, criterion: &Criterion, coded: Coded) -> Markup {
    let max = criterion.scale.max();
    match coded.value() {
        Some(value) => {
            let digits = if *value.denom() == 1 { 0 } else { 1 };
            html! { (reader.t_with("survey-value-of", &[("value", reader.formats().decimal(rounded_number(value), digits).into()), ("max", u32::from(max).into())])) }
        }
        None if coded == Coded::NotThisCity => html! { (reader.t("survey-no-value")) },
        None => html! { (reader.t("survey-open-value")) },
    }
}

/// The state in words; a found value of zero is an absence.
fn state(reader: &dyn Reader, coded: Coded) -> Markup {
    let (tone, name) = match coded {
        Coded::Value(value) if value == survey_instrument::Fraction::from_integer(0) => (Tone::Neutral, "absent"),
        Coded::Value(_) => (Tone::Success, "found"),
        Coded::Absent => (Tone::Neutral, "absent"),
        Coded::NotFound => (Tone::Warning, "not-found"),
        Coded::NotThisCity => (Tone::Info, "not-this-city"),
        Coded::NotAssessable => (Tone::Warning, "not-assessable"),
    };
    tag(tone, &reader.t(&format!("survey-state-{name}")))
}

/// Why the report says so and what it saw. Text from a report is shown as text; only web addresses become links.
fn why(reader: &dyn Reader, finding: &Finding) -> Markup {
    let decided = match finding.decided.as_str() {
        "automatic" => reader.t("survey-decided-automatic"),
        "assisted" => reader.t("survey-decided-assisted"),
        "human" => reader.t("survey-decided-human"),
        _ => String::new(),
    };
    html! {
        @if !finding.reason.is_empty() { p lang="en" { (finding.reason) } }
        @if !decided.is_empty() { p {
            (decided)
            @if !finding.confidence.is_empty() && finding.decided != "human" {
                " " (reader.t_with("survey-evidence-confidence", &[("confidence", (&finding.confidence).into())]))
            }
        } }
        @if !finding.evidence.is_empty() {
            (details(&reader.t_with("survey-evidence", &[("n", finding.evidence.len().into())]), evidence(&finding.evidence)))
        }
    }
}

fn evidence(shown: &[Evidence]) -> Markup {
    html! {
        @for evidence in shown {
            @if !evidence.quote.is_empty() { blockquote { (evidence.quote) } }
            p {
                @if host_of(&evidence.url).is_some() {
                    a href=(evidence.url) rel="external nofollow" { (evidence.url) }
                } @else { (evidence.url) }
                @if !evidence.record.is_empty() { " " code { (evidence.record) } }
            }
        }
    }
}
