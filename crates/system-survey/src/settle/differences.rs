//! Per city of a round: how far its readers are, how far their totals are apart, and what it waits for.

use kernel_ui::{Column, Emphasis, Markup, Row, Table, Tone, alert, button, form, hidden, html, lead, table, tag};
use kernel_web::{Answer, Asked, Failure, Visit};
use survey_instrument::{Fraction, rounded_number};

use super::standing::{Comparison, Standing};
use super::{page, round_at, seen, third};
use crate::reading::{Seat, verdict};
use crate::round::{Round, RoundCity, Stage, store as rounds};

use axum::extract::Path;

pub async fn list(visit: Visit, Path(round): Path<String>, asked: Asked) -> Answer {
    let round = round_at(&visit, &round).await?;
    let store = &visit.city.store;
    let cities = rounds::cities(store, &round.id).await?;
    let all = Comparison::of_round(store, &round).await?;
    let free = third::Readers::of(store, &round).await?;
    let nothing = Comparison::default();
    let mut rows = Vec::new();
    for city in &cities {
        rows.push(row(&visit, &round, city, all.get(&city.id).unwrap_or(&nothing), &free).await?);
    }
    let columns = vec![
        Column::text(visit.t("survey-settle-city")),
        Column::text(visit.t("survey-settle-progress")),
        Column::number(visit.t_with("survey-settle-total-of", &[("reader", "A".into())])),
        Column::number(visit.t_with("survey-settle-total-of", &[("reader", "B".into())])),
        Column::number(visit.t("survey-settle-apart")),
        Column::text(visit.t("survey-settle-waits-for")),
    ];
    let percent = visit.decimal(f64::from(round.rules.threshold) / 10.0, 1);
    let main = html! {
        @if asked.text("done") == "called" { (alert(Tone::Success, "", html! { p { (visit.t("survey-settle-called")) } })) }
        (lead(&visit.t_with("survey-settle-differences-lead", &[("percent", percent.into())])))
        (table(&Table { caption: visit.t_with("survey-settle-cities", &[("n", cities.len().into())]), columns, rows }))
    };
    Ok(visit.page(page(&visit, &round, &visit.t("survey-settle-differences"), main)))
}

async fn row(
    visit: &Visit,
    round: &Round,
    city: &RoundCity,
    one: &Comparison,
    free: &third::Readers,
) -> Result<Row, Failure> {
    let own = one.is_read_by(&visit.me()?.account);
    let totals = one.totals(round.instrument).filter(|_| !own);
    let points =
        |place: usize| totals.map(|totals| visit.decimal(rounded_number(totals[place]), 2)).unwrap_or_default();
    let apart = totals.map(|[first, second]| percent(visit, verdict::apart(first, second))).unwrap_or_default();
    let waits = match own {
        true => html! { (visit.t("survey-settle-own")) },
        false => waits(visit, round, city, one, free).await?,
    };
    Ok(Row::new(vec![
        html! { (city.name) },
        html! { (progress(visit, round, one)) },
        html! { (points(0)) },
        html! { (points(1)) },
        html! { (apart) },
        html! { div { (waits) } },
    ]))
}

/// How far two totals are apart, from thousandths of their mean.
pub fn percent(visit: &Visit, apart: Fraction) -> String {
    visit.t_with("survey-settle-percent", &[("percent", visit.decimal(rounded_number(apart / 10), 1).into())])
}

/// "A 98 of 98, handed in. B 40 of 98." Never what was answered.
pub fn progress(visit: &Visit, round: &Round, one: &Comparison) -> String {
    let all = round.instrument.criteria.len();
    let said = Seat::ALL.into_iter().filter_map(|seat| {
        let assignment = one.at(seat)?;
        let n = one.coded.get(&seat).copied().unwrap_or_default();
        let key = if assignment.done_at.is_some() { "survey-settle-handed-in" } else { "survey-settle-coding" };
        Some(visit.t_with(key, &[("reader", seen::letter(seat).into()), ("n", n.into()), ("all", all.into())]))
    });
    let said: Vec<String> = said.collect();
    if said.is_empty() { visit.t("survey-settle-nobody-reads") } else { said.join(" ") }
}

async fn waits(
    visit: &Visit,
    round: &Round,
    city: &RoundCity,
    one: &Comparison,
    free: &third::Readers,
) -> Result<Markup, Failure> {
    let settle = format!("{}/settle/{}", round.office(), city.slug);
    Ok(match one.standing(round) {
        Standing::Reading if one.is_handed_in() => tag(Tone::Info, &visit.t("survey-settle-third-reads")),
        Standing::Reading => tag(Tone::Neutral, &visit.t("survey-settle-reading")),
        Standing::ThirdNeeded => html! {
            (tag(Tone::Warning, &visit.t("survey-settle-third-needed")))
            @if round.stage == Stage::Coding { (call(visit, round, city, one, free).await?) }
        },
        Standing::Open(n) => html! { a href=(settle) { (visit.t_with("survey-settle-open", &[("n", n.into())])) } },
        Standing::Settled => {
            html! { (tag(Tone::Success, &visit.t("survey-settle-settled"))) " " a href=(settle) { (visit.t("survey-settle-look")) } }
        }
    })
}

/// The least loaded reader by one button, and the way to choose another.
async fn call(
    visit: &Visit,
    round: &Round,
    city: &RoundCity,
    one: &Comparison,
    free: &third::Readers,
) -> Result<Markup, Failure> {
    let here = format!("{}/differences/{}", round.office(), city.slug);
    let candidates = free.for_city(&visit.city.store, city, one).await?;
    Ok(html! {
        @if let Some(first) = candidates.first() {
            (form(&here, false, html! {
                (hidden("account", &first.account))
                (button(&visit.t_with("survey-settle-call-name", &[("name", (&first.name).into()), ("place", (&city.name).into())]), Emphasis::Second))
            }))
        }
        p { a href=(here) { (visit.t_with("survey-settle-choose", &[("place", (&city.name).into())])) } }
    })
}
