//! How a published round was made: written from its own rules, counts and draws, not from memory.

use axum::extract::Path;
use kernel_ui::{Column, Markup, Reader, Row, Table, html, lead, prose, section, summary_list, table};
use kernel_web::{Answer, Visit};

use super::frame::{Shown, day, find, whole};
use crate::instruments;

/// How a final answer can come about, in the order of the table.
const GROUNDS: [&str; 5] = ["agreed", "mean", "settled", "open", "missing"];

pub async fn show(visit: Visit, Path(round): Path<String>) -> Answer {
    let shown = find(&visit, &round).await?;
    let main = body(&visit, &shown);
    let description = visit.t("survey-publish-method-lead");
    let page = shown.part(&visit, "/method", visit.t("survey-publish-part-method"), main).description(description);
    Ok(visit.page(page))
}

fn body(reader: &dyn Reader, shown: &Shown) -> Markup {
    let part = |name: &str, body: Markup| section(name, &reader.t(&format!("survey-publish-method-{name}")), body);
    html! {
        (lead(&reader.t("survey-publish-method-lead")))
        (part("asked", asked(reader, shown)))
        (part("read", read(reader, shown)))
        (part("decided", decided(reader, shown)))
        (part("scored", scored(reader, shown)))
        (part("sure", sure(reader, shown)))
        (part("otherwise", otherwise(reader, shown)))
        (part("agreement", said(reader, &["survey-publish-method-agreement-text", "survey-publish-method-coefficients"])))
        (part("change", said(reader, &["survey-publish-method-change-text"])))
        (part("again", again(reader, shown)))
    }
}

/// Paragraphs without values.
fn said(reader: &dyn Reader, keys: &[&str]) -> Markup {
    prose(html! { @for key in keys { p { (reader.t(key)) } } })
}

fn asked(reader: &dyn Reader, shown: &Shown) -> Markup {
    let results = &shown.results;
    let words = shown.instrument.words(reader.language().code);
    let rows = results.categories.iter().map(|category| {
        let count = results.criteria.iter().filter(|criterion| criterion.category == category.id).count();
        Row::new(vec![
            html! { (words.category(&category.id)) },
            html! { (whole(reader, count)) },
            html! { (category.max) },
            html! { (category.points) },
        ])
    });
    let categories = Table {
        caption: reader.t("survey-publish-method-categories"),
        columns: vec![
            Column::text(reader.t("survey-category")),
            Column::number(reader.t("survey-publish-part-criteria")),
            Column::number(reader.t("survey-publish-raw-max")),
            Column::number(reader.t("survey-publish-category-points")),
        ],
        rows: rows.collect(),
    };
    html! {
        (prose(html! {
            p { (reader.t("survey-publish-method-asked-text")) }
            p { a href=(instruments::address(shown.instrument)) { (words.title) } " (" (results.round.instrument_version) ")" }
        }))
        (table(&categories))
    }
}

fn read(reader: &dyn Reader, shown: &Shown) -> Markup {
    let rules = &shown.results.rules;
    let digits = if rules.threshold_thousandths.is_multiple_of(10) { 0 } else { 1 };
    let percent = reader.formats().decimal(f64::from(rules.threshold_thousandths) / 10.0, digits);
    let third = reader
        .t_with("survey-publish-method-third", &[("percent", percent.into()), ("n", third_readers(shown).into())]);
    let machine = if rules.machine_shown { "survey-publish-method-shown" } else { "survey-publish-method-hidden" };
    let captured = reader.t_with("survey-publish-method-captured", &[("pages", rules.page_budget.into())]);
    prose(html! {
        p { (captured) }
        p { (reader.t("survey-publish-method-two")) }
        p { (reader.t(machine)) }
        p { (third) }
    })
}

fn third_readers(shown: &Shown) -> usize {
    let cities = shown.results.cities.iter();
    cities.filter(|city| city.answers.iter().any(|answer| answer.codes.iter().any(|code| code.coder == "C"))).count()
}

fn decided(reader: &dyn Reader, shown: &Shown) -> Markup {
    let answers: Vec<_> = shown.results.cities.iter().flat_map(|city| &city.answers).collect();
    let count = |ground: &str| answers.iter().filter(|answer| answer.ground == ground).count();
    let rows = GROUNDS.iter().filter(|ground| count(ground) > 0).map(|ground| {
        Row::new(vec![
            html! { (reader.t(&format!("survey-publish-ground-{ground}"))) },
            html! { (reader.t(&format!("survey-publish-ground-{ground}-text"))) },
            html! { (whole(reader, count(ground))) },
        ])
    });
    let replies: usize = shown.results.cities.iter().map(|city| city.replies.len()).sum();
    let reply = [("days", shown.results.rules.reply_days.into()), ("n", replies.into())];
    html! {
        (table(&Table {
            caption: reader.t("survey-publish-method-grounds"),
            columns: vec![
                Column::text(reader.t("survey-publish-ground")),
                Column::text(reader.t("survey-publish-meaning")),
                Column::number(reader.t("survey-publish-answers")),
            ],
            rows: rows.collect(),
        }))
        (prose(html! { p { (reader.t_with("survey-publish-method-reply", &reply)) } }))
    }
}

fn scored(reader: &dyn Reader, shown: &Shown) -> Markup {
    let example = shown.results.cities.first().and_then(|city| Some((city, city.categories.first()?)));
    prose(html! {
        p { (reader.t("survey-publish-method-formula")) }
        p { code { (reader.t("survey-publish-method-formula-itself")) } }
        @if let Some((city, category)) = example {
            @let facts = shown.results.categories.iter().find(|facts| facts.id == category.id);
            p { (reader.t_with("survey-publish-method-example", &[
                ("city", city.name.as_str().into()),
                ("category", shown.category_name(reader, &category.id).into()),
                ("raw", super::frame::raw(reader, &category.raw).into()),
                ("max", super::frame::raw(reader, &category.max).into()),
                ("points", facts.map_or(0, |facts| facts.points).into()),
                ("score", super::frame::points(reader, &category.score).into()),
            ])) }
        }
        p { (reader.t("survey-publish-method-exact")) }
        p { (reader.t("survey-publish-method-not-this-city")) }
    })
}

fn sure(reader: &dyn Reader, shown: &Shown) -> Markup {
    let statistics = &shown.results.statistics;
    let level = reader.formats().decimal(statistics.level * 100.0, 0);
    let drawn = [("draws", statistics.draws.into()), ("level", level.into())];
    prose(html! {
        p { (reader.t_with("survey-publish-method-bootstrap", &drawn)) }
        p { (reader.t_with("survey-publish-method-places", &drawn)) }
        p { (reader.t_with("survey-publish-method-groups", &drawn)) }
        p { (reader.t("survey-publish-method-not-in")) }
        p { (reader.t_with("survey-publish-method-seed", &[("seed", statistics.seed.as_str().into())])) }
    })
}

fn otherwise(reader: &dyn Reader, shown: &Shown) -> Markup {
    let rows = shown.results.statistics.scenarios.iter().map(|scenario| {
        let category = scenario.category.as_deref().map(|id| shown.category_name(reader, id)).unwrap_or_default();
        let key = format!("survey-publish-scenario-{}", scenario.variation.replace('_', "-"));
        Row::new(vec![
            html! { (reader.t_with(&key, &[("category", category.into())])) },
            html! { (reader.formats().decimal(scenario.mean_shift, 2)) },
        ])
    });
    html! {
        (prose(html! { p { (reader.t("survey-publish-method-otherwise-text")) } }))
        (table(&Table {
            caption: reader.t("survey-publish-method-scenarios"),
            columns: vec![
                Column::text(reader.t("survey-publish-scenario")),
                Column::number(reader.t("survey-publish-mean-shift")),
            ],
            rows: rows.collect(),
        }))
    }
}

fn again(reader: &dyn Reader, shown: &Shown) -> Markup {
    let round = &shown.results.round;
    let entry = |key: &str, text: &str| (reader.t(key), html! { (day(reader, text)) });
    let mut days = vec![entry("survey-publish-opened-on", &round.opened_on)];
    days.extend(round.coding_on.as_deref().map(|text| entry("survey-publish-coding-on", text)));
    days.extend(round.replies_until.as_deref().map(|text| entry("survey-publish-replies-until", text)));
    days.extend(round.closed_on.as_deref().map(|text| entry("survey-publish-closed-on", text)));
    days.push(entry("survey-publish-published-on", &round.published_on));
    days.push((reader.t("survey-publish-software"), html! { (shown.results.statistics.software) }));
    html! {
        (prose(html! {
            p { (reader.t("survey-publish-method-again-text")) }
            p { a href=(shown.href("/data")) { (reader.t("survey-publish-see-data")) } }
        }))
        (summary_list(&days))
    }
}
