//! A round moves to its next stage, when nothing stands in the way.

use std::collections::BTreeSet;

use axum::extract::Path;
use axum::http::StatusCode;
use kernel_base::Result;
use kernel_identity::Who;
use kernel_ui::{Emphasis, Markup, Tone, alert, button, form, hidden, html, link_list, section};
use kernel_web::{Answer, City, Failure, Submitted, Visit, see_other};
use serde_json::json;

use super::{did, round_at};
use crate::reading::Seat;
use crate::reading::store as reading;
use crate::round::{Capture, Round, Stage, store};
use crate::settle;

/// What stands in the way of the next stage; the numbers count cities.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Obstacle {
    NoCities,
    NotCaptured(usize),
    WithoutTwoReaders(usize),
    /// Not handed in, or with criteria that wait for an adjudicator.
    Unsettled(usize),
    RepliesUnanswered(usize),
    RepliesOpen,
}

impl Obstacle {
    fn word(self) -> (&'static str, usize) {
        match self {
            Obstacle::NoCities => ("survey-office-obstacle-no-cities", 0),
            Obstacle::NotCaptured(n) => ("survey-office-obstacle-not-captured", n),
            Obstacle::WithoutTwoReaders(n) => ("survey-office-obstacle-readers", n),
            Obstacle::Unsettled(n) => ("survey-office-obstacle-unsettled", n),
            Obstacle::RepliesUnanswered(n) => ("survey-office-obstacle-replies", n),
            Obstacle::RepliesOpen => ("survey-office-obstacle-open", 0),
        }
    }

    pub fn said(self, visit: &Visit) -> String {
        let (key, n) = self.word();
        visit.t_with(key, &[("n", n.into())])
    }
}

impl std::fmt::Display for Obstacle {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Obstacle::NoCities => write!(out, "the round has no cities"),
            Obstacle::NotCaptured(n) => write!(out, "{n} cities are neither captured nor given up"),
            Obstacle::WithoutTwoReaders(n) => write!(out, "{n} cities have no two evaluators"),
            Obstacle::Unsettled(n) => write!(out, "{n} cities are not handed in or not settled"),
            Obstacle::RepliesUnanswered(n) => write!(out, "{n} replies of cities wait for an answer"),
            Obstacle::RepliesOpen => write!(out, "cities may still reply"),
        }
    }
}

/// What stands in the way of the stage that follows.
///
/// # Errors
/// When the database does not answer.
pub async fn obstacles(city: &City, round: &Round) -> Result<Vec<Obstacle>> {
    let cities = store::cities(&city.store, &round.id).await?;
    let mut found = Vec::new();
    let mut count = |n: usize, obstacle: fn(usize) -> Obstacle| {
        if n > 0 {
            found.push(obstacle(n));
        }
    };
    match round.stage {
        Stage::Preparing => {
            let open = |state| matches!(state, Capture::Waiting | Capture::Capturing);
            count(cities.iter().filter(|one| open(one.capture.state)).count(), Obstacle::NotCaptured);
            let seats: BTreeSet<(String, Seat)> =
                reading::of_round(&city.store, &round.id).await?.into_iter().map(|one| (one.city, one.seat)).collect();
            let two = |id: &String| [Seat::First, Seat::Second].iter().all(|seat| seats.contains(&(id.clone(), *seat)));
            count(cities.iter().filter(|one| !two(&one.id)).count(), Obstacle::WithoutTwoReaders);
            if cities.is_empty() {
                found.push(Obstacle::NoCities);
            }
        }
        Stage::Coding => count(settle::open_cities(&city.store, round).await?.len(), Obstacle::Unsettled),
        Stage::Replying => {
            count(settle::open_cities(&city.store, round).await?.len(), Obstacle::Unsettled);
            let replies = settle::replies_of_round(&city.store, &round.id).await?;
            let waits = replies.iter().filter(|reply| reply.outcome.is_none()).count();
            count(waits, Obstacle::RepliesUnanswered);
            if round.replies_until.is_some_and(|until| city.clock.now() < until) {
                found.push(Obstacle::RepliesOpen);
            }
        }
        Stage::Closed | Stage::Published => {}
    }
    Ok(found)
}

/// Moves a round on; the stage that it has reached. Publishing is an act of its own.
///
/// # Errors
/// When the database does not answer. What stands in the way is the inner error; nothing has changed then.
pub async fn move_on(
    city: &City,
    who: Option<&Who>,
    round: &Round,
) -> Result<std::result::Result<Stage, Vec<Obstacle>>> {
    let Some(next) = round.stage.next().filter(|next| *next != Stage::Published) else { return Ok(Ok(round.stage)) };
    let found = obstacles(city, round).await?;
    if !found.is_empty() {
        return Ok(Err(found));
    }
    let (clock, random) = (&*city.clock, &*city.random);
    let now = clock.now();
    let mut tx = city.store.begin().await?;
    if store::move_on(&mut tx, &round.id, (round.stage, next), now).await? {
        if next == Stage::Replying {
            let until = now.plus_days(round.rules.reply_days.into());
            settle::invite(city, &mut tx, round, until, who.map_or("command", |who| who.subject())).await?;
        }
        did(&mut tx, who, "round.moved", &round.id, json!({ "to": next.word() }), (clock, random)).await?;
        tx.commit().await?;
    }
    Ok(Ok(next))
}

pub async fn send(visit: Visit, Path(slug): Path<String>, sent: Submitted) -> Answer {
    let round = round_at(&visit, &slug).await?;
    // A page that was open for long must not move the round twice.
    if sent.text("from") != round.stage.word() {
        return Ok(see_other(&round.office()));
    }
    match move_on(&visit.city, Some(visit.me()?), &round).await? {
        Ok(_) => Ok(see_other(&format!("{}?done=moved", round.office()))),
        Err(_) => Err(Failure::said(StatusCode::CONFLICT, "survey-office-not-yet")),
    }
}

/// The way to the next stage, or what stands in it.
pub async fn ahead(visit: &Visit, round: &Round) -> Result<Markup> {
    let Some(next) = round.stage.next() else {
        let published = format!("/survey/rounds/{}", round.slug);
        return Ok(link_list(&[(visit.t("survey-office-published"), published, String::new())]));
    };
    let found = obstacles(&visit.city, round).await?;
    let body = match (next, found.is_empty()) {
        (_, false) => alert(
            Tone::Info,
            &visit.t("survey-office-in-the-way"),
            html! { ul { @for one in &found { li { (one.said(visit)) } } } },
        ),
        (Stage::Published, true) => html! {
            p { a href=(format!("{}/publish", round.office())) { (visit.t("survey-office-to-publish")) } }
        },
        (next, true) => html! {
            p { (visit.t(&format!("survey-office-next-{}", next.word()))) }
            (form(&format!("{}/move", round.office()), false, html! {
                (hidden("from", round.stage.word()))
                (button(&visit.t(&format!("survey-office-move-{}", next.word())), Emphasis::Main))
            }))
        },
    };
    Ok(section("next", &visit.t("survey-office-next"), body))
}
