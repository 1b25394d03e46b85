//! What a city says to one answer of its sheet: written, edited and withdrawn until its time is over.

use axum::extract::Path;
use axum::http::StatusCode;
use kernel_base::{Error, Id, Instant};
use kernel_record::{Audit, audit};
use kernel_store::Tx;
use kernel_ui::{
    Emphasis, Field, Markup, button, details, form, html, link_list, section, summary_list, text_field, textarea,
};
use kernel_web::{Answer, Failure, FieldErrors, Page, Submitted, Visit, fresh, see_other};
use serde_json::json;

use super::door::{self, Guest};
use super::invite::href;
use super::seen::{self, said};
use super::sheet::{self, Seen};
use super::{answer, store};
use crate::round::Stage;
use crate::sources::host_of;

/// Characters of a reply, and of an address that shows it.
const WORDS: std::ops::RangeInclusive<usize> = 10..=4000;
const ADDRESS: usize = 1000;

/// What a city says to one criterion of its sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    pub id: String,
    pub city: String,
    pub criterion: String,
    pub words: String,
    /// An address that shows it; may be empty.
    pub evidence: String,
    pub received_at: Instant,
    pub outcome: Option<Outcome>,
}

/// What an adjudicator made of a reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The answer was changed; else it was kept.
    pub changed: bool,
    /// Why.
    pub answer: String,
    /// Account of the adjudicator.
    pub answered_by: String,
    pub answered_at: Instant,
}

/// The form as it was sent.
struct Typed<'a> {
    words: &'a str,
    evidence: &'a str,
}

pub async fn ask(visit: Visit, Path((city, criterion)): Path<(String, String)>) -> Answer {
    match door::open(&visit, &city).await? {
        Some(guest) => shown(&visit, &guest, &criterion, None, &FieldErrors::default()).await,
        None => Ok(see_other(&href(&city))),
    }
}

pub async fn send(visit: Visit, Path((city, criterion)): Path<(String, String)>, sent: Submitted) -> Answer {
    let Some(guest) = door::open(&visit, &city).await? else {
        return Ok(door::shut(&visit, &city, sent.text("words")));
    };
    guest.round.instrument.criterion(&criterion).ok_or(Error::NotFound)?;
    let typed = Typed { words: sent.text("words"), evidence: sent.text("evidence") };
    let errors = check(&typed);
    if !errors.is_empty() {
        return shown(&visit, &guest, &criterion, Some(&typed), &errors).await;
    }
    let (clock, random) = (&*visit.city.clock, &*visit.city.random);
    let reply = Reply {
        id: Id::new("ry", clock, random).to_string(),
        city: guest.city.id.clone(),
        criterion: criterion.clone(),
        words: typed.words.to_owned(),
        evidence: typed.evidence.to_owned(),
        received_at: clock.now(),
        outcome: None,
    };
    let mut tx = visit.city.store.begin().await?;
    still_open(&mut tx, &guest, clock.now()).await?;
    if !store::keep_reply(&mut tx, &reply).await? {
        return Err(Failure::said(StatusCode::CONFLICT, "survey-reply-answered"));
    }
    did(&visit, &mut tx, "reply.received", &guest, &criterion).await?;
    tx.commit().await?;
    Ok(see_other(&format!("{}?done=received", href(&city))))
}

pub async fn withdraw(visit: Visit, Path((city, criterion)): Path<(String, String)>) -> Answer {
    let Some(guest) = door::open(&visit, &city).await? else { return Ok(see_other(&href(&city))) };
    let mut tx = visit.city.store.begin().await?;
    still_open(&mut tx, &guest, visit.now()).await?;
    if !store::withdraw(&mut tx, &city, &criterion).await? {
        return Err(Failure::said(StatusCode::CONFLICT, "survey-reply-answered"));
    }
    did(&visit, &mut tx, "reply.withdrawn", &guest, &criterion).await?;
    tx.commit().await?;
    Ok(see_other(&format!("{}?done=withdrawn", href(&city))))
}

async fn still_open(tx: &mut Tx, guest: &Guest, now: Instant) -> Result<(), Failure> {
    match store::stage(tx, &guest.round.id).await? {
        (Stage::Replying, Some(until)) if now < until => Ok(()),
        _ => Err(Failure::said(StatusCode::CONFLICT, "survey-reply-late")),
    }
}

/// By an account when one keeps the sheet, else by a visitor with the PIN.
async fn did(visit: &Visit, tx: &mut Tx, act: &str, guest: &Guest, criterion: &str) -> kernel_base::Result<()> {
    let (clock, random) = (&*visit.city.clock, &*visit.city.random);
    let (subject, detail) = (guest.city.id.as_str(), json!({ "criterion": criterion }));
    match visit.who() {
        Some(who) => who.did(tx, act, subject, detail, (clock, random)).await,
        None => audit(tx, Audit { act, who: "visitor", subject, detail }, clock, random).await,
    }
}

fn check(typed: &Typed<'_>) -> FieldErrors {
    let mut errors = FieldErrors::default();
    if !WORDS.contains(&typed.words.chars().count()) {
        errors.add("words", "survey-reply-words-wrong");
    }
    let strange = |c: char| c.is_whitespace() || c.is_control();
    let is_address = host_of(typed.evidence).is_some()
        && typed.evidence.chars().count() <= ADDRESS
        && !typed.evidence.contains(strange);
    if !typed.evidence.is_empty() && !is_address {
        errors.add("evidence", "survey-reply-evidence-wrong");
    }
    errors
}

async fn shown(visit: &Visit, guest: &Guest, id: &str, typed: Option<&Typed<'_>>, errors: &FieldErrors) -> Answer {
    let instrument = guest.round.instrument;
    let criterion = instrument.criterion(id).ok_or(Error::NotFound)?;
    let seen = Seen::of(visit, guest).await?;
    let (_, verdict) = seen.verdicts.iter().find(|(known, _)| known == id).ok_or(Error::NotFound)?;
    let words = instrument.words(visit.language.code);
    let reply = seen.reply(id);
    let writes = guest.writes_until(visit.now()).is_some() && reply.is_none_or(|reply| reply.outcome.is_none());
    let kept = reply.map(|reply| Typed { words: &reply.words, evidence: &reply.evidence });
    let main = html! {
        (errors.summary(visit))
        @if let Some(words) = words.criterion(id) { (details(&visit.t("survey-settle-guidance"), html! { p { (words.guidance) } })) }
        (summary_list(&[
            (visit.t("survey-criterion-id"), html! { (id) }),
            (visit.t("survey-reply-final"), html! { strong { (said(visit, criterion, verdict.coded)) } }),
            (visit.t("survey-why"), html! { (seen.reason(visit, id, verdict)) }),
        ]))
        (seen::readers(visit, criterion, &seen.codes, false))
        @if writes { (question(visit, guest, id, typed.or(kept.as_ref()), reply.is_some(), errors)) }
        @else if let Some(reply) = reply { (answer::of_city(visit, reply)) }
        @else { (sheet::until(visit, guest)) }
        (link_list(&[(visit.t("survey-reply-back"), href(&guest.city.id), String::new())]))
    };
    let title = visit.t_with("survey-reply-title", &[("place", (&guest.city.name).into())]);
    let page =
        Page::new(words.question(id)).crumb(visit.t("survey-title"), "/survey").crumb(title, href(&guest.city.id));
    Ok(fresh(visit.page(page.unlisted().main(main).status(errors.status()))))
}

fn question(
    visit: &Visit,
    guest: &Guest,
    criterion: &str,
    typed: Option<&Typed<'_>>,
    again: bool,
    errors: &FieldErrors,
) -> Markup {
    let here = format!("{}/{criterion}", href(&guest.city.id));
    let (label, hint) = (visit.t("survey-reply-words"), visit.t("survey-reply-words-hint"));
    let (address, address_hint) = (visit.t("survey-reply-evidence"), visit.t("survey-reply-evidence-hint"));
    let wrong = (errors.message(visit, "words"), errors.message(visit, "evidence"));
    let (words, evidence) = typed.map(|typed| (typed.words, typed.evidence)).unwrap_or_default();
    section(
        "reply",
        &visit.t("survey-reply-write"),
        html! {
            (sheet::until(visit, guest))
            (form(&here, false, html! {
                (textarea(visit, &Field { name: "words", label: &label, hint: &hint, error: &wrong.0, value: words, required: true, ..Field::default() }, 8))
                (text_field(visit, &Field { name: "evidence", label: &address, hint: &address_hint, error: &wrong.1, value: evidence, kind: "url", autocomplete: "off", ..Field::default() }))
                (button(&visit.t(if again { "survey-reply-save" } else { "survey-reply-send" }), Emphasis::Main))
            }))
            @if again { (form(&format!("{here}/withdraw"), false, button(&visit.t("survey-reply-withdraw"), Emphasis::Quiet))) }
        },
    )
}
