//! The criteria of a published round: what was asked, how the cities did, who shows it best, how well readers agreed.

use axum::extract::Path;
use kernel_base::Error;
use kernel_ui::{
    Bar, BarChart, Column, Link, Markup, Picture, Reader, Row, Table, bar_chart, html, lead, link_list, picture,
    section, section_links, table,
};
use kernel_web::{Answer, Visit};

use super::city::evidence;
use super::frame::{Shown, coefficient, find, value, whole};
use super::pictures;
use super::results::{Best, CriterionFacts, Reliability};
use crate::instruments::criterion_address;

pub async fn list(visit: Visit, Path(round): Path<String>) -> Answer {
    let shown = find(&visit, &round).await?;
    let main = html! {
        (lead(&visit.t("survey-publish-criteria-lead")))
        @for category in &shown.results.categories {
            (section(&category.id, &shown.category_name(&visit, &category.id), of_category(&visit, &shown, &category.id)))
        }
    };
    let page = shown.part(&visit, "/criteria", visit.t("survey-publish-part-criteria"), main);
    Ok(visit.page(page.description(visit.t("survey-publish-criteria-lead"))))
}

fn of_category(reader: &dyn Reader, shown: &Shown, category: &str) -> Markup {
    let results = &shown.results;
    let rows = results.criteria.iter().filter(|criterion| criterion.category == category).map(|criterion| {
        let best = results.best.iter().find(|best| best.criterion == criterion.id);
        Row::new(vec![
            html! { (criterion.id) },
            shown.criterion_link(reader, &criterion.id),
            html! { (share(reader, shown, criterion)) },
            html! { @if let Some(best) = best { (shown.city_link(&best.city)) } @else { (reader.t("survey-publish-nobody")) } },
        ])
        .named_by(1)
    });
    table(&Table {
        caption: reader
            .t_with("survey-publish-criteria-of", &[("category", shown.category_name(reader, category).into())]),
        columns: vec![
            Column::text(reader.t("survey-criterion-id")),
            Column::text(reader.t("survey-criterion")),
            Column::number(reader.t("survey-publish-share")),
            Column::text(reader.t("survey-publish-best")),
        ],
        rows: rows.collect(),
    })
}

/// Share of all points of this criterion that the cities reached.
fn share(reader: &dyn Reader, shown: &Shown, criterion: &CriterionFacts) -> String {
    let answers = shown.results.cities.iter().filter_map(|city| city.answer(&criterion.id));
    let values: Vec<f64> = answers.filter_map(|answer| Some(answer.value.as_ref()?.rounded)).collect();
    let most = values.len() as f64 * f64::from(criterion.max);
    let share = if most > 0.0 { values.iter().sum::<f64>() / most * 100.0 } else { f64::NAN };
    reader.t_with("survey-publish-percent", &[("n", reader.formats().decimal(share, 0).into())])
}

pub async fn show(visit: Visit, Path((round, id)): Path<(String, String)>) -> Answer {
    let shown = find(&visit, &round).await?;
    let criterion = shown.results.criterion(&id).ok_or(Error::NotFound)?;
    let best = shown.results.best.iter().find(|best| best.criterion == id);
    let pictured = match best {
        Some(best) => pictures::is_there(&visit.city, &shown, best).await,
        None => false,
    };
    let title = shown.question(&visit, &id);
    let main = body(&visit, &shown, criterion, best, pictured);
    let page = shown.below(&visit, title, main).crumb(visit.t("survey-publish-part-criteria"), shown.href("/criteria"));
    let description =
        visit.t_with("survey-publish-criterion-description", &[("round", shown.results.round.title.as_str().into())]);
    Ok(visit.page(page.description(description)))
}

fn body(reader: &dyn Reader, shown: &Shown, criterion: &CriterionFacts, best: Option<&Best>, pictured: bool) -> Markup {
    let words = shown.instrument.words(reader.language().code);
    html! {
        (neighbours(reader, shown, criterion))
        @if let Some(worded) = words.criterion(&criterion.id) { (lead(&worded.guidance)) }
        (section("best", &reader.t("survey-publish-best"), practice(reader, shown, criterion, best, pictured)))
        (section("values", &reader.t("survey-publish-values"), distribution(reader, shown, criterion)))
        (section("reliability", &reader.t("survey-publish-part-reliability"), agreement(reader, shown, &criterion.id)))
        (section("cities", &reader.t("survey-cities"), cities(reader, shown, criterion)))
        (link_list(&[(reader.t("survey-publish-in-instrument"), criterion_address(shown.instrument, &criterion.id), String::new())]))
    }
}

fn neighbours(reader: &dyn Reader, shown: &Shown, criterion: &CriterionFacts) -> Markup {
    let all = &shown.results.criteria;
    let here = all.iter().position(|other| other.id == criterion.id).unwrap_or_default();
    let link = |place: Option<usize>, key: &str| {
        let other = all.get(place?)?;
        Some(Link { label: reader.t(key), href: shown.criterion_href(&other.id), current: false })
    };
    let links: Vec<Link> =
        [link(here.checked_sub(1), "survey-criterion-before"), link(here.checked_add(1), "survey-criterion-after")]
            .into_iter()
            .flatten()
            .collect();
    section_links(&reader.t("survey-publish-part-criteria"), &links)
}

fn practice(
    reader: &dyn Reader,
    shown: &Shown,
    criterion: &CriterionFacts,
    best: Option<&Best>,
    pictured: bool,
) -> Markup {
    let Some(best) = best else {
        return html! { p { (reader.t("survey-publish-no-best")) } };
    };
    let city = shown.results.city(&best.city);
    let name = city.map_or(best.city.as_str(), |city| city.name.as_str());
    let given = value(reader, Some(best.value.rounded), criterion.max, "found");
    let alt = reader.t_with("survey-publish-best-alt", &[("city", name.into())]);
    html! {
        p { (shown.city_link(&best.city)) ": " (given) }
        @if pictured {
            (picture(&Picture {
                src: &pictures::href(shown, &criterion.id),
                alt: &alt,
                caption: html! { (reader.t("survey-publish-best-caption")) },
            }))
        }
        @if let (Some(city), Some(shown)) = (city, &best.evidence) { (evidence(reader, city, shown)) }
    }
}

/// How many cities reached which value.
fn distribution(reader: &dyn Reader, shown: &Shown, criterion: &CriterionFacts) -> Markup {
    let mut counted: Vec<(Option<f64>, String, usize)> = Vec::new();
    for answer in shown.results.cities.iter().filter_map(|city| city.answer(&criterion.id)) {
        let points = answer.value.as_ref().map(|value| value.rounded);
        let label = value(reader, points, criterion.max, &answer.state);
        match counted.iter_mut().find(|(_, known, _)| *known == label) {
            Some((_, _, count)) => *count += 1,
            None => counted.push((points, label, 1)),
        }
    }
    counted.sort_by(|a, b| b.0.unwrap_or(-1.0).total_cmp(&a.0.unwrap_or(-1.0)));
    let bars = counted.into_iter().map(|(_, label, count)| Bar {
        label,
        value: count as f64,
        text: whole(reader, count),
        marked: false,
    });
    bar_chart(
        reader,
        &BarChart {
            title: reader.t("survey-publish-values-chart"),
            note: reader.t("survey-publish-values-note"),
            names: reader.t("survey-value"),
            values: reader.t("survey-cities"),
            max: None,
            bars: bars.collect(),
        },
    )
}

fn agreement(reader: &dyn Reader, shown: &Shown, criterion: &str) -> Markup {
    let of = |between| shown.results.reliability(between, "criterion", criterion);
    let rows: Vec<&Reliability> = ["evaluators", "machine"].into_iter().filter_map(of).collect();
    if rows.is_empty() {
        return html! { p { (reader.t("survey-publish-no-reliability")) } };
    }
    let row = |one: &&Reliability| {
        let undefined = one.undefined.as_deref();
        Row::new(vec![
            html! { (reader.t(&format!("survey-publish-between-{}", one.between))) },
            html! { (whole(reader, one.units)) },
            coefficient(reader, one.agreement, Some("too_few")),
            coefficient(reader, one.alpha_ordinal, undefined),
            coefficient(reader, one.ac1, undefined),
        ])
    };
    table(&Table {
        caption: reader.t("survey-publish-reliability-caption"),
        columns: vec![
            Column::text(reader.t("survey-publish-between")),
            Column::number(reader.t("survey-publish-units")),
            Column::number(reader.t("survey-publish-agreement")),
            Column::number(reader.t("survey-publish-alpha-ordinal")),
            Column::number(reader.t("survey-publish-ac1")),
        ],
        rows: rows.iter().map(row).collect(),
    })
}

fn cities(reader: &dyn Reader, shown: &Shown, criterion: &CriterionFacts) -> Markup {
    let rows = shown.results.cities.iter().filter_map(|city| {
        let answer = city.answer(&criterion.id)?;
        let points = answer.value.as_ref().map(|value| value.rounded);
        Some(Row::new(vec![
            shown.city_link(&city.slug),
            html! { (value(reader, points, criterion.max, &answer.state)) },
            html! { (reader.t(&format!("survey-publish-ground-{}", answer.ground))) },
        ]))
    });
    let known = Table {
        caption: reader.t("survey-publish-criterion-cities"),
        columns: vec![
            Column::text(reader.t("survey-city")),
            Column::number(reader.t("survey-value")),
            Column::text(reader.t("survey-publish-ground")),
        ],
        rows: rows.collect(),
    };
    kernel_ui::details(&known.caption, table(&known))
}
