//! The right of reply in the office: who was shown the way, who has replied, whose reply waits for an answer.

use std::collections::BTreeMap;

use axum::extract::Path;
use axum::http::StatusCode;
use kernel_base::{Error, Instant};
use kernel_store::Tx;
use kernel_ui::{
    Column, Emphasis, Markup, Row, Table, Tone, alert, button, form, html, lead, prose, section, summary_list, table,
    tag,
};
use kernel_web::{Answer, Asked, Failure, Visit, fresh, see_other};

use super::invite;
use super::reply::Reply;
use super::store::{self, Invitation};
use super::{city_at, page, round_at};
use crate::round::{Round, RoundCity, Stage, store as rounds};

pub async fn list(visit: Visit, Path(round): Path<String>, asked: Asked) -> Answer {
    let round = round_at(&visit, &round).await?;
    let store = &visit.city.store;
    let cities = rounds::cities(store, &round.id).await?;
    let replies = store::replies_of_round(store, &round.id).await?;
    let invited = store::invited_of_round(store, &round.id).await?;
    let invited: BTreeMap<&str, &Invitation> = invited.iter().map(|one| (one.city.as_str(), one)).collect();
    let main = html! {
        (done(&visit, asked.text("done")))
        @match (round.stage, round.replies_until) {
            (Stage::Replying, Some(until)) => { (lead(&visit.t_with("survey-settle-replies-until", &[("when", visit.moment(until).into())]))) }
            (Stage::Preparing | Stage::Coding, _) => { (lead(&visit.t("survey-settle-replies-later"))) }
            _ => { (lead(&visit.t("survey-settle-replies-over"))) }
        }
        (section("waiting", &visit.t("survey-settle-replies-waiting"), waiting(&visit, &round, &cities, &replies)))
        (section("cities", &visit.t("survey-settle-replies-cities"), every_city(&visit, &round, &cities, &replies, &invited)))
    };
    Ok(visit.page(page(&visit, &round, &visit.t("survey-settle-replies"), main)))
}

fn done(visit: &Visit, word: &str) -> Markup {
    let key = match word {
        "answered" => "survey-settle-done-answered",
        "written" => "survey-settle-done-written",
        "no-address" => "survey-settle-done-no-address",
        _ => return html! {},
    };
    let tone = if word == "no-address" { Tone::Warning } else { Tone::Success };
    alert(tone, "", html! { p { (visit.t(key)) } })
}

fn waiting(visit: &Visit, round: &Round, cities: &[RoundCity], replies: &[Reply]) -> Markup {
    let words = round.instrument.words(visit.language.code);
    let rows = replies.iter().filter(|reply| reply.outcome.is_none()).filter_map(|reply| {
        let city = cities.iter().find(|city| city.id == reply.city)?;
        let href = format!("{}/settle/{}/{}", round.office(), city.slug, reply.criterion);
        Some(Row::new(vec![
            html! { (city.name) },
            html! { a href=(href) { (reply.criterion) " " (words.question(&reply.criterion)) } },
            html! { (visit.moment(reply.received_at)) },
        ]))
    });
    let rows: Vec<Row> = rows.collect();
    if rows.is_empty() {
        return html! { p { (visit.t("survey-settle-replies-none")) } };
    }
    let columns = ["survey-settle-city", "survey-criterion", "survey-reply-received"];
    table(&Table {
        caption: visit.t_with("survey-settle-replies-count", &[("n", rows.len().into())]),
        columns: columns.map(|key| Column::text(visit.t(key))).to_vec(),
        rows,
    })
}

fn every_city(
    visit: &Visit,
    round: &Round,
    cities: &[RoundCity],
    replies: &[Reply],
    invited: &BTreeMap<&str, &Invitation>,
) -> Markup {
    let rows = cities.iter().map(|city| {
        let invitation = invited.get(city.id.as_str());
        let of_city = replies.iter().filter(|reply| reply.city == city.id).count();
        Row::new(vec![
            html! { (city.name) },
            html! { @match invitation {
                None => { (tag(Tone::Neutral, &visit.t("survey-settle-not-invited"))) }
                Some(one) => { (visit.t_with(if one.by_letter { "survey-settle-by-letter" } else { "survey-settle-on-paper" }, &[("when", visit.date(one.invited_at.date()).into())])) }
            } },
            html! { @if let Some(at) = invitation.and_then(|one| one.opened_at) { (visit.moment(at)) } },
            html! { (visit.number(of_city as i64)) },
            html! { @if round.stage == Stage::Replying { (ways(visit, round, city)) } },
        ])
    });
    let columns = vec![
        Column::text(visit.t("survey-settle-city")),
        Column::text(visit.t("survey-settle-invited")),
        Column::text(visit.t("survey-settle-opened")),
        Column::number(visit.t("survey-settle-replies")),
        Column::text(visit.t("survey-settle-ways")),
    ];
    table(&Table { caption: visit.t("survey-settle-replies-cities-caption"), columns, rows: rows.collect() })
}

fn ways(visit: &Visit, round: &Round, city: &RoundCity) -> Markup {
    let here = format!("{}/replies/{}", round.office(), city.slug);
    let place = || [("place", (&city.name).into())];
    html! {
        div {
            (form(&format!("{here}/letter"), false, button(&visit.t_with("survey-settle-write", &place()), Emphasis::Quiet)))
            (form(&format!("{here}/slip"), false, button(&visit.t_with("survey-settle-print", &place()), Emphasis::Quiet)))
        }
    }
}

/// Begins an act about a city that may reply now.
async fn begin(visit: &Visit, round: &str, city: &str) -> Result<(Tx, Round, RoundCity, Instant), Failure> {
    let round = round_at(visit, round).await?;
    let city = city_at(visit, &round, city).await?;
    let mut tx = visit.city.store.begin().await?;
    match store::stage(&mut tx, &round.id).await? {
        (Stage::Replying, Some(until)) if visit.now() < until => Ok((tx, round, city, until)),
        _ => Err(Failure::said(StatusCode::CONFLICT, "survey-reply-late")),
    }
}

/// A slip to hand over, shown once; earlier slips and letters open nothing any more.
pub async fn print(visit: Visit, Path((round, city)): Path<(String, String)>) -> Answer {
    let (mut tx, round, city, until) = begin(&visit, &round, &city).await?;
    let slip = invite::slip(&visit.city, &mut tx, &city, until, (false, &visit.me()?.account)).await?;
    tx.commit().await?;
    let address = format!("{}{}", visit.public_origin()?, invite::href(&city.id));
    let main = html! {
        (lead(&visit.t("survey-settle-slip-lead")))
        (prose(html! { p { (visit.t_with("survey-settle-slip-text", &[("place", (&city.name).into()), ("round", (&round.title).into()), ("until", visit.moment(until).into())])) } }))
        (summary_list(&[
            (visit.t("survey-settle-slip-address"), html! { (address) }),
            (visit.t("slip-reference"), html! { strong { (slip.reference) } }),
            (visit.t("slip-pin"), html! { strong { (slip.pin) } }),
        ]))
        p { a href=(format!("{}/replies", round.office())) { (visit.t("survey-settle-replies")) } }
    };
    let title = visit.t_with("survey-settle-slip", &[("place", (&city.name).into())]);
    Ok(fresh(visit.page(page(&visit, &round, &title, main))))
}

/// The letter once more, with a new PIN.
pub async fn write(visit: Visit, Path((round, city)): Path<(String, String)>) -> Answer {
    let (mut tx, round, city, until) = begin(&visit, &round, &city).await?;
    let account = visit.me()?.account.clone();
    let written = invite::write(&visit.city, &mut tx, (&round, until), &city, &account)
        .await
        .map_err(|cause: Error| Failure::from(cause))?;
    if written {
        tx.commit().await?;
    }
    let word = if written { "written" } else { "no-address" };
    Ok(see_other(&format!("{}/replies?done={word}", round.office())))
}
