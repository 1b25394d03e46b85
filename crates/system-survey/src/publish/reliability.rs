//! How well readers agreed in a published round, by category, language and criterion.

use axum::extract::Path;
use kernel_ui::{
    Bar, BarChart, Column, Markup, Reader, Row, Table, bar_chart, details, html, lead, prose, section, table,
};
use kernel_web::{Answer, Visit};

use super::frame::{Shown, coefficient, find, whole};
use super::results::Reliability;

pub async fn show(visit: Visit, Path(round): Path<String>) -> Answer {
    let shown = find(&visit, &round).await?;
    let main = body(&visit, &shown);
    let description = visit.t("survey-publish-reliability-lead");
    let title = visit.t("survey-publish-part-reliability");
    Ok(visit.page(shown.part(&visit, "/reliability", title, main).description(description)))
}

fn body(reader: &dyn Reader, shown: &Shown) -> Markup {
    html! {
        (lead(&reader.t("survey-publish-reliability-lead")))
        (prose(html! {
            p { (reader.t("survey-publish-reliability-blind")) }
            p { (reader.t("survey-publish-reliability-bands")) }
            @if shown.results.rules.machine_shown { p { (reader.t("survey-publish-reliability-shown")) } }
        }))
        @for between in ["evaluators", "machine"] {
            @if shown.results.reliability(between, "all", "").is_some() {
                (section(between, &reader.t(&format!("survey-publish-between-{between}")), one(reader, shown, between)))
            }
        }
    }
}

fn one(reader: &dyn Reader, shown: &Shown, between: &str) -> Markup {
    let of = |scope: &str| -> Vec<&Reliability> {
        shown.results.reliability.iter().filter(|one| one.between == between && one.scope == scope).collect()
    };
    let heading = [of("all"), of("category")].concat();
    html! {
        (chart(reader, shown, &of("category")))
        (coefficients(reader, shown, &reader.t("survey-publish-by-category"), &heading))
        (details(&reader.t("survey-publish-by-language"), coefficients(reader, shown, &reader.t("survey-publish-by-language"), &of("language"))))
        (details(&reader.t("survey-publish-by-criterion"), coefficients(reader, shown, &reader.t("survey-publish-by-criterion"), &of("criterion"))))
    }
}

/// Agreement by category.
fn chart(reader: &dyn Reader, shown: &Shown, rows: &[&Reliability]) -> Markup {
    let bars = rows.iter().filter_map(|one| {
        let percent = one.agreement? * 100.0;
        let text = reader.t_with("survey-publish-percent", &[("n", reader.formats().decimal(percent, 0).into())]);
        Some(Bar { label: shown.category_name(reader, &one.of), value: percent, text, marked: false })
    });
    bar_chart(
        reader,
        &BarChart {
            title: reader.t("survey-publish-agreement-chart"),
            note: reader.t("survey-publish-agreement-note"),
            names: reader.t("survey-category"),
            values: reader.t("survey-publish-agreement"),
            max: Some(100.0),
            bars: bars.collect(),
        },
    )
}

fn coefficients(reader: &dyn Reader, shown: &Shown, caption: &str, rows: &[&Reliability]) -> Markup {
    let row = |one: &&Reliability| {
        let undefined = one.undefined.as_deref();
        let number = |value| coefficient(reader, value, undefined);
        let mut cells = vec![
            of(reader, shown, one),
            html! { (whole(reader, one.units)) },
            html! { (whole(reader, one.left_out)) },
            coefficient(reader, one.agreement, Some("too_few")),
        ];
        cells.extend([one.kappa, one.kappa_linear, one.kappa_quadratic, one.pi].map(number));
        let alphas = [one.alpha_nominal, one.alpha_ordinal, one.alpha_interval, one.alpha_ratio];
        cells.extend(alphas.map(number));
        cells.push(number(one.ac1));
        Row::new(cells)
    };
    let numbers = [
        "survey-publish-units",
        "survey-publish-left-out",
        "survey-publish-agreement",
        "survey-publish-kappa",
        "survey-publish-kappa-linear",
        "survey-publish-kappa-quadratic",
        "survey-publish-pi",
        "survey-publish-alpha-nominal",
        "survey-publish-alpha-ordinal",
        "survey-publish-alpha-interval",
        "survey-publish-alpha-ratio",
        "survey-publish-ac1",
    ];
    let named = [Column::text(reader.t("survey-publish-of"))];
    let known = Table {
        caption: caption.to_owned(),
        columns: named.into_iter().chain(numbers.map(|key| Column::number(reader.t(key)))).collect(),
        rows: rows.iter().map(row).collect(),
    };
    kernel_ui::wide(caption, table(&known))
}

/// What a row is about.
fn of(reader: &dyn Reader, shown: &Shown, one: &Reliability) -> Markup {
    match one.scope.as_str() {
        "all" => html! { (reader.t("survey-category-overall")) },
        "category" => html! { (shown.category_name(reader, &one.of)) },
        "criterion" => html! { a href=(shown.criterion_href(&one.of)) { (one.of) } },
        _ => html! { (one.of) },
    }
}
