//! One round at a glance: where it stands, what was decided, what stands in the way of the next stage.

use axum::extract::Path;
use kernel_ui::{Markup, Tone, alert, html, section, steps, summary_list};
use kernel_web::{Answer, Asked, Visit};

use super::{moving, page, round_at};
use crate::reading::store as reading;
use crate::round::{Capture, Round, Stage, store};

pub async fn show(visit: Visit, Path(slug): Path<String>, asked: Asked) -> Answer {
    let round = round_at(&visit, &slug).await?;
    let moved = asked.text("done") == "moved";
    let stages: Vec<String> =
        Stage::ALL.iter().map(|stage| visit.t(&format!("survey-stage-{}", stage.word()))).collect();
    let here = Stage::ALL.iter().position(|stage| *stage == round.stage).unwrap_or_default();
    let main = html! {
        @if moved { (alert(Tone::Success, "", html! { p { (visit.t("survey-office-moved")) } })) }
        (steps(&visit, &stages, here))
        (numbers(&visit, &round).await?)
        (moving::ahead(&visit, &round).await?)
        (section("rules", &visit.t("survey-office-rules"), rules(&visit, &round)))
    };
    let title = round.title.clone();
    Ok(visit.page(page(&visit, &round, &title, main)))
}

async fn numbers(visit: &Visit, round: &Round) -> kernel_base::Result<Markup> {
    let cities = store::cities(&visit.city.store, &round.id).await?;
    let assigned = reading::of_round(&visit.city.store, &round.id).await?;
    let evaluators = reading::evaluators(&visit.city.store, &round.id).await?.len();
    let assessed = cities.iter().filter(|city| city.capture.state == Capture::Assessed).count();
    let done = assigned.iter().filter(|one| one.done_at.is_some()).count();
    let of = |n: usize, all: usize| visit.t_with("survey-office-of", &[("n", n.into()), ("all", all.into())]);
    Ok(summary_list(&[
        (
            visit.t("survey-office-cities"),
            html! { a href=(format!("{}/cities", round.office())) { (visit.number(cities.len() as i64)) } },
        ),
        (
            visit.t("survey-office-captured"),
            html! { a href=(format!("{}/capture", round.office())) { (of(assessed, cities.len())) } },
        ),
        (
            visit.t("survey-office-evaluators"),
            html! { a href=(format!("{}/evaluators", round.office())) { (visit.number(evaluators as i64)) } },
        ),
        (visit.t("survey-office-handed-in"), html! { (of(done, assigned.len())) }),
    ]))
}

fn rules(visit: &Visit, round: &Round) -> Markup {
    let rules = &round.rules;
    let machine = if rules.machine_shown { "survey-office-machine-shown" } else { "survey-office-machine-hidden" };
    let mut entries = vec![
        (
            visit.t("survey-office-instrument"),
            html! { (round.instrument.words(visit.language.code).title) " " (round.instrument.version) },
        ),
        (visit.t("survey-office-slug"), html! { (round.slug) }),
        (visit.t("survey-office-machine"), html! { (visit.t(machine)) }),
        (visit.t("survey-office-threshold"), html! { (visit.decimal(f64::from(rules.threshold) / 10.0, 0)) " %" }),
        (visit.t("survey-office-reply-days"), html! { (visit.number(rules.reply_days.into())) }),
        (visit.t("survey-office-budget"), html! { (visit.number(rules.budget.into())) }),
        (visit.t("survey-office-opened"), html! { (visit.date(round.opened_at.date())) }),
    ];
    if let Some(until) = round.replies_until {
        entries.push((visit.t("survey-office-replies-until"), html! { (visit.moment(until)) }));
    }
    summary_list(&entries)
}
