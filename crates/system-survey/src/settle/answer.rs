//! The adjudicator answers a city's reply: the answer is kept or changed, with a reason, and the city gets a letter.

use axum::extract::Path;
use axum::http::StatusCode;
use kernel_base::{Error, Id};
use kernel_ui::{Choice, Emphasis, Field, Markup, Tone, alert, button, form, html, radios, section, summary_list};
use kernel_web::{Answer, Failure, FieldErrors, Submitted, Visit, see_other};
use serde_json::json;
use survey_instrument::Criterion;

use super::adjudicate::{Case, REASON, Typed, reason_field, shown};
use super::invite::letter_to;
use super::reply::{Outcome, Reply};
use super::seen::{self, said};
use super::store;
use crate::reading::verdict::Verdict;
use crate::reading::{Settlement, store as reading};
use crate::round::Stage;

const KEEP: &str = "keep";

pub async fn send(
    visit: Visit,
    Path((round, city, criterion)): Path<(String, String, String)>,
    sent: Submitted,
) -> Answer {
    let case = Case::open(&visit, &round, &city).await?;
    let typed = Typed { answer: sent.text("answer"), reason: sent.text("reason"), ..Typed::default() };
    let (asked, verdict) = case.of(&criterion).ok_or(Error::NotFound)?;
    let reply = case.reply(&criterion).ok_or(Error::NotFound)?;
    let mut errors = FieldErrors::default();
    let changed = seen::chosen(asked, typed.answer).filter(|answer| answer.coded() != verdict.coded);
    if changed.is_none() && typed.answer != KEEP {
        errors.add("answer", "survey-settle-answer-wrong");
    }
    if !REASON.contains(&typed.reason.chars().count()) {
        errors.add("reason", "survey-settle-reason-wrong");
    }
    if !errors.is_empty() {
        return shown(&visit, &case, &criterion, &typed, &errors).await;
    }
    let (who, portal) = (visit.me()?, &visit.city);
    let (clock, random) = (&*portal.clock, &*portal.random);
    let now = clock.now();
    let mut tx = portal.store.begin().await?;
    if store::stage(&mut tx, &case.round.id).await?.0 != Stage::Replying {
        return Err(Failure::said(StatusCode::CONFLICT, "survey-settle-closed"));
    }
    let outcome = Outcome {
        changed: changed.is_some(),
        answer: typed.reason.to_owned(),
        answered_by: who.account.clone(),
        answered_at: now,
    };
    if !store::answer(&mut tx, &reply.id, &outcome, now).await? {
        return Err(Failure::said(StatusCode::CONFLICT, "survey-settle-answered"));
    }
    if let Some(answer) = changed {
        let settlement = Settlement {
            id: Id::new("st", clock, random).to_string(),
            city: case.city.id.clone(),
            criterion: criterion.clone(),
            answer,
            reason: typed.reason.to_owned(),
            settled_by: who.account.clone(),
            settled_at: now,
        };
        reading::settle(&mut tx, &settlement).await?;
        let detail =
            json!({ "criterion": criterion, "state": answer.state(), "value": answer.value(), "reply": reply.id });
        who.did(&mut tx, "criterion.settled", &case.city.id, detail, (clock, random)).await?;
    }
    let detail = json!({ "criterion": criterion, "reply": reply.id, "changed": outcome.changed });
    who.did(&mut tx, "reply.answered", &case.city.id, detail, (clock, random)).await?;
    if let Some(letter) = letter_to(portal, &case.city, "survey-letter-answered").await? {
        let letter = letter.with("criterion", criterion.as_str());
        portal.letters.send(&mut tx, &letter, clock, random).await?;
    }
    tx.commit().await?;
    Ok(see_other(&format!("{}/replies?done=answered", case.round.office())))
}

/// Takes an answer back while the city can still say something to the next one; the city is told.
pub async fn take_back(visit: Visit, Path((round, city, criterion)): Path<(String, String, String)>) -> Answer {
    let case = Case::open(&visit, &round, &city).await?;
    let reply = case.reply(&criterion).ok_or(Error::NotFound)?;
    let outcome = reply.outcome.as_ref().ok_or(Error::NotFound)?;
    let (who, portal) = (visit.me()?, &visit.city);
    let (clock, random) = (&*portal.clock, &*portal.random);
    let now = clock.now();
    let mut tx = portal.store.begin().await?;
    let (stage, until) = store::stage(&mut tx, &case.round.id).await?;
    if stage != Stage::Replying || until.is_none_or(|until| now >= until) {
        return Err(Failure::said(StatusCode::CONFLICT, "survey-settle-reply-final"));
    }
    if !store::reopen(&mut tx, reply, outcome, now).await? {
        return Err(Failure::said(StatusCode::CONFLICT, "survey-settle-answered"));
    }
    let detail =
        json!({ "criterion": criterion, "reply": reply.id, "changed": outcome.changed, "answer": outcome.answer });
    who.did(&mut tx, "reply.reopened", &case.city.id, detail, (clock, random)).await?;
    if let Some(letter) = letter_to(portal, &case.city, "survey-letter-reopened").await? {
        let letter = letter.with("criterion", criterion.as_str());
        portal.letters.send(&mut tx, &letter, clock, random).await?;
    }
    tx.commit().await?;
    Ok(see_other(&format!("{}/{criterion}", case.href())))
}

/// The way to take an answer back, while that is possible.
pub fn undo(visit: &Visit, case: &Case, reply: &Reply) -> Markup {
    let open = case.round.stage == Stage::Replying && case.round.replies_until.is_some_and(|until| visit.now() < until);
    let action = format!("{}/{}/reply/undo", case.href(), reply.criterion);
    html! {
        @if open && reply.outcome.is_some() {
            p { (visit.t("survey-settle-reply-undo-text")) }
            (form(&action, false, button(&visit.t("survey-settle-reply-undo"), Emphasis::Second)))
        }
    }
}

/// What the city says, and what it was told.
pub fn of_city(visit: &Visit, reply: &Reply) -> Markup {
    let mut facts = vec![
        (visit.t("survey-reply-words"), html! { span dir="auto" { (reply.words) } }),
        (visit.t("survey-reply-received"), html! { (visit.moment(reply.received_at)) }),
    ];
    if !reply.evidence.is_empty() {
        facts.push((visit.t("survey-reply-evidence"), seen::page(&reply.evidence)));
    }
    section(
        "reply",
        &visit.t("survey-settle-reply"),
        html! {
            (summary_list(&facts))
            @if let Some(outcome) = &reply.outcome { (answered(visit, outcome)) }
        },
    )
}

/// What became of a reply.
pub fn answered(visit: &Visit, outcome: &Outcome) -> Markup {
    let key = if outcome.changed { "survey-reply-changed" } else { "survey-reply-kept" };
    alert(Tone::Info, &visit.t(key), html! { p { (outcome.answer) } p { (visit.moment(outcome.answered_at)) } })
}

pub fn question(
    visit: &Visit,
    case: &Case,
    criterion: &Criterion,
    verdict: &Verdict,
    typed: &Typed<'_>,
    errors: &FieldErrors,
) -> Markup {
    let kept = visit.t_with("survey-settle-keep", &[("answer", said(visit, criterion, verdict.coded).into())]);
    let others = seen::choices(visit, case.round.instrument, criterion);
    let others = others
        .into_iter()
        .filter(|choice| seen::chosen(criterion, &choice.value).is_some_and(|one| one.coded() != verdict.coded));
    let others = others.map(|choice| Choice {
        label: visit.t_with("survey-settle-change-to", &[("answer", choice.label.into())]),
        ..choice
    });
    let choices: Vec<Choice> = [Choice::new(KEEP, kept)].into_iter().chain(others).collect();
    let (label, hint) = (visit.t("survey-settle-reply-decide"), visit.t("survey-settle-reply-hint"));
    let error = errors.message(visit, "answer");
    let action = format!("{}/{}/reply", case.href(), criterion.id);
    let field = Field {
        name: "answer",
        label: &label,
        hint: &hint,
        error: &error,
        value: typed.answer,
        required: true,
        ..Field::default()
    };
    section(
        "decide",
        &visit.t("survey-settle-reply-answer"),
        form(
            &action,
            false,
            html! {
                (radios(visit, &field, &choices))
                (reason_field(visit, typed, errors))
                (button(&visit.t("survey-settle-reply-send"), Emphasis::Main))
            },
        ),
    )
}
