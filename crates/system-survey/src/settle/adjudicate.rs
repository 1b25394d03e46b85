//! The adjudicator settles, criterion by criterion, what readers answered differently.

use axum::extract::Path;
use axum::http::StatusCode;
use kernel_base::{Error, Id};
use kernel_identity::account;
use kernel_ui::{
    Column, Emphasis, Field, Markup, Row, Table, Tone, alert, button, button_link, details, form, html, link_list,
    radios, section, summary_list, table, tag, textarea,
};
use kernel_web::{Answer, Asked, Failure, FieldErrors, Submitted, Visit, see_other};
use serde_json::json;
use survey_instrument::{Criterion, Mode};

use super::reply::Reply;
use super::seen::{self, said};
use super::standing::{Comparison, Standing};
use super::{city_at, page, probes, round_at, store};
use crate::reading::verdict::{Ground, Verdict};
use crate::reading::{Settlement, store as reading};
use crate::round::{Round, RoundCity, Stage};

/// Characters of a reason.
pub const REASON: std::ops::RangeInclusive<usize> = 5..=2000;

/// Everything about a city that an adjudicator works with.
pub struct Case {
    pub round: Round,
    pub city: RoundCity,
    pub comparison: Comparison,
    pub verdicts: Vec<(String, Verdict)>,
    pub replies: Vec<Reply>,
}

impl Case {
    /// # Errors
    /// 403 to whoever reads the city: nobody judges their own answers.
    pub async fn open(visit: &Visit, round: &str, city: &str) -> Result<Case, Failure> {
        let round = round_at(visit, round).await?;
        let city = city_at(visit, &round, city).await?;
        let store = &visit.city.store;
        let comparison = Comparison::of(store, &round, &city.id).await?;
        if comparison.is_read_by(&visit.me()?.account) {
            return Err(Failure::said(StatusCode::FORBIDDEN, "survey-settle-own-city"));
        }
        let verdicts = comparison.verdicts(round.instrument);
        let replies = store::replies(store, &city.id).await?;
        Ok(Case { round, city, comparison, verdicts, replies })
    }

    pub fn href(&self) -> String {
        format!("{}/settle/{}", self.round.office(), self.city.slug)
    }

    pub fn of(&self, criterion: &str) -> Option<(&'static Criterion, &Verdict)> {
        let found = self.verdicts.iter().find(|(id, _)| id == criterion)?;
        Some((self.round.instrument.criterion(criterion)?, &found.1))
    }

    pub fn reply(&self, criterion: &str) -> Option<&Reply> {
        self.replies.iter().find(|reply| reply.criterion == criterion)
    }

    /// All readers are done, so their answers may be seen.
    fn is_ready(&self) -> bool {
        !matches!(self.comparison.standing(&self.round), Standing::Reading | Standing::ThirdNeeded)
    }

    /// What an adjudicator decides: what readers leave open, what was settled, what the city replies to.
    fn concerns(&self, criterion: &str) -> bool {
        let open = |verdict: &Verdict| !matches!(verdict.ground, Ground::Agreed | Ground::Mean);
        self.of(criterion).is_some_and(|(_, verdict)| open(verdict)) || self.reply(criterion).is_some()
    }

    fn waits(&self, criterion: &str) -> bool {
        let open = |verdict: &Verdict| matches!(verdict.ground, Ground::Open | Ground::Missing);
        self.of(criterion).is_some_and(|(_, verdict)| open(verdict))
    }

    /// The next criterion after this one that waits, from the beginning again after the last.
    fn next(&self, after: &str) -> Option<&str> {
        let ids = || self.verdicts.iter().map(|(id, _)| id.as_str());
        let place = ids().position(|id| id == after).map_or(0, |place| place + 1);
        ids().skip(place).chain(ids().take(place)).find(|id| *id != after && self.waits(id))
    }
}

pub async fn list(visit: Visit, Path((round, city)): Path<(String, String)>, asked: Asked) -> Answer {
    let case = Case::open(&visit, &round, &city).await?;
    let main = html! {
        (done(&visit, &case, asked.text("done")))
        @if case.is_ready() { (what_to_settle(&visit, &case)) } @else { (not_yet(&visit, &case)) }
    };
    let title = visit.t_with("survey-settle-title", &[("place", (&case.city.name).into())]);
    Ok(visit.page(under_differences(&visit, &case.round, &title, main)))
}

fn under_differences(visit: &Visit, round: &Round, title: &str, main: Markup) -> kernel_web::Page {
    page(visit, round, title, main)
        .crumb(visit.t("survey-settle-differences"), format!("{}/differences", round.office()))
}

/// Before all have handed in there is nothing but progress.
fn not_yet(visit: &Visit, case: &Case) -> Markup {
    alert(
        Tone::Info,
        &visit.t("survey-settle-not-yet"),
        html! { p { (super::differences::progress(visit, &case.round, &case.comparison)) } },
    )
}

fn what_to_settle(visit: &Visit, case: &Case) -> Markup {
    let ids: Vec<&str> = case.verdicts.iter().map(|(id, _)| id.as_str()).filter(|id| case.concerns(id)).collect();
    let open = ids.iter().filter(|id| case.waits(id)).count();
    let words = case.round.instrument.words(visit.language.code);
    let rows =
        ids.iter().filter_map(|id| {
            let (criterion, verdict) = case.of(id)?;
            let href = format!("{}/{id}", case.href());
            Some(Row::new(vec![
            html! { (id) },
            html! { a href=(href) { (words.question(id)) } },
            html! { (state(visit, verdict)) @if let Some(reply) = case.reply(id) { " " (replied(visit, reply)) } },
            html! { @if verdict.ground != Ground::Missing { (said(visit, criterion, verdict.coded)) } },
        ])
        .named_by(1))
        });
    let columns = ["survey-criterion-id", "survey-criterion", "survey-state", "survey-settle-counts"];
    let shown = Table {
        caption: visit.t_with("survey-settle-count", &[("n", ids.len().into()), ("open", open.into())]),
        columns: columns.map(|key| Column::text(visit.t(key))).to_vec(),
        rows: rows.collect(),
    };
    html! {
        @if let Some(first) = case.next("") {
            p { (button_link(&visit.t("survey-settle-begin"), &format!("{}/{first}", case.href()), Emphasis::Main)) }
        } @else { p { (visit.t("survey-settle-nothing-open")) } }
        @if !ids.is_empty() { (table(&shown)) }
    }
}

fn state(visit: &Visit, verdict: &Verdict) -> Markup {
    match verdict.ground {
        Ground::Settled => tag(Tone::Success, &visit.t("survey-settle-is-settled")),
        Ground::Open | Ground::Missing => tag(Tone::Warning, &visit.t("survey-settle-is-open")),
        Ground::Agreed => tag(Tone::Neutral, &visit.t("survey-settle-is-agreed")),
        Ground::Mean => tag(Tone::Neutral, &visit.t("survey-settle-is-mean")),
    }
}

pub fn replied(visit: &Visit, reply: &Reply) -> Markup {
    match &reply.outcome {
        None => tag(Tone::Warning, &visit.t("survey-settle-reply-waits")),
        Some(outcome) if outcome.changed => tag(Tone::Info, &visit.t("survey-reply-changed")),
        Some(_) => tag(Tone::Info, &visit.t("survey-reply-kept")),
    }
}

/// What was just done, with the way to undo it.
fn done(visit: &Visit, case: &Case, criterion: &str) -> Markup {
    if case.of(criterion).is_none_or(|(_, verdict)| verdict.ground != Ground::Settled) {
        return html! {};
    }
    let undo = format!("{}/{criterion}/undo", case.href());
    let answered = case.reply(criterion).is_some_and(|reply| reply.outcome.is_some());
    alert(
        Tone::Success,
        "",
        html! {
            p { (visit.t_with("survey-settle-done", &[("criterion", criterion.into())])) }
            @if !answered { (form(&undo, false, button(&visit.t("survey-settle-undo"), Emphasis::Second))) }
        },
    )
}

pub async fn show(
    visit: Visit,
    Path((round, city, criterion)): Path<(String, String, String)>,
    asked: Asked,
) -> Answer {
    let case = Case::open(&visit, &round, &city).await?;
    let typed = Typed { done: asked.text("done"), ..Typed::default() };
    shown(&visit, &case, &criterion, &typed, &FieldErrors::default()).await
}

/// The form as it was sent.
#[derive(Default)]
pub struct Typed<'a> {
    pub answer: &'a str,
    pub reason: &'a str,
    pub done: &'a str,
}

pub async fn settle(
    visit: Visit,
    Path((round, city, criterion)): Path<(String, String, String)>,
    sent: Submitted,
) -> Answer {
    let case = Case::open(&visit, &round, &city).await?;
    let typed = Typed { answer: sent.text("answer"), reason: sent.text("reason"), ..Typed::default() };
    let (asked, _) =
        case.of(&criterion).filter(|_| case.is_ready() && case.concerns(&criterion)).ok_or(Error::NotFound)?;
    let mut errors = FieldErrors::default();
    let answer = seen::chosen(asked, typed.answer);
    if answer.is_none() {
        errors.add("answer", "survey-settle-answer-wrong");
    }
    if !REASON.contains(&typed.reason.chars().count()) {
        errors.add("reason", "survey-settle-reason-wrong");
    }
    let Some(answer) = answer.filter(|_| errors.is_empty()) else {
        return shown(&visit, &case, &criterion, &typed, &errors).await;
    };
    let (who, portal) = (visit.me()?, &visit.city);
    let (clock, random) = (&*portal.clock, &*portal.random);
    let settlement = Settlement {
        id: Id::new("st", clock, random).to_string(),
        city: case.city.id.clone(),
        criterion: criterion.clone(),
        answer,
        reason: typed.reason.to_owned(),
        settled_by: who.account.clone(),
        settled_at: clock.now(),
    };
    let mut tx = portal.store.begin().await?;
    may_still_settle(&mut tx, &case.round).await?;
    reading::settle(&mut tx, &settlement).await?;
    let detail = json!({ "criterion": criterion, "state": answer.state(), "value": answer.value() });
    who.did(&mut tx, "criterion.settled", &case.city.id, detail, (clock, random)).await?;
    tx.commit().await?;
    let next = case.next(&criterion).map(|next| format!("/{next}")).unwrap_or_default();
    Ok(see_other(&format!("{}{next}?done={criterion}", case.href())))
}

/// The last settlement of a criterion no longer holds; it stays in the history.
pub async fn undo(visit: Visit, Path((round, city, criterion)): Path<(String, String, String)>) -> Answer {
    let case = Case::open(&visit, &round, &city).await?;
    if case.reply(&criterion).is_some_and(|reply| reply.outcome.is_some()) {
        return Err(Failure::said(StatusCode::CONFLICT, "survey-settle-answered"));
    }
    let (who, portal) = (visit.me()?, &visit.city);
    let (clock, random) = (&*portal.clock, &*portal.random);
    let mut tx = portal.store.begin().await?;
    may_still_settle(&mut tx, &case.round).await?;
    if store::take_back(&mut tx, &case.city.id, &criterion, clock.now()).await? {
        let detail = json!({ "criterion": criterion });
        who.did(&mut tx, "criterion.reopened", &case.city.id, detail, (clock, random)).await?;
        tx.commit().await?;
    }
    Ok(see_other(&format!("{}/{criterion}", case.href())))
}

/// # Errors
/// 409 outside the stages in which something may be settled.
pub async fn may_still_settle(tx: &mut kernel_store::Tx, round: &Round) -> Result<(), Failure> {
    match store::stage(tx, &round.id).await?.0 {
        Stage::Coding | Stage::Replying => Ok(()),
        _ => Err(Failure::said(StatusCode::CONFLICT, "survey-settle-closed")),
    }
}

pub async fn shown(visit: &Visit, case: &Case, criterion: &str, typed: &Typed<'_>, errors: &FieldErrors) -> Answer {
    let (asked, verdict) =
        case.of(criterion).filter(|_| case.is_ready() && case.concerns(criterion)).ok_or(Error::NotFound)?;
    let (store, instrument) = (&visit.city.store, case.round.instrument);
    let codes = seen::codes(store, instrument, &case.comparison).await?;
    let machine = seen::machine(store, instrument, &case.city.id).await?;
    let words = instrument.words(visit.language.code);
    let sent = store::probes(&visit.city.store, &case.city.id).await?;
    let reply = case.reply(criterion);
    let open_reply = reply.filter(|reply| reply.outcome.is_none() && case.round.stage == Stage::Replying);
    let main = html! {
        (errors.summary(visit))
        (done(visit, case, typed.done))
        @if let Some(words) = words.criterion(criterion) { (details(&visit.t("survey-settle-guidance"), html! { p { (words.guidance) } })) }
        (summary_list(&[
            (visit.t("survey-criterion-id"), html! { (criterion) }),
            (visit.t("survey-state"), state(visit, verdict)),
            (visit.t("survey-settle-counts"), html! { (said(visit, asked, verdict.coded)) }),
        ]))
        (seen::readers(visit, asked, &codes, true))
        (section("machine", &visit.t("survey-settle-machine"), seen::of_machine(visit, asked, machine.as_ref(), &|url| archived(case, url))))
        @if asked.mode == Mode::Probe { (section("probe", &visit.t("survey-settle-probes"), probes::beside(visit, &sent, criterion))) }
        @if let Some(reply) = reply { (super::answer::of_city(visit, reply)) (super::answer::undo(visit, case, reply)) }
        @if open_reply.is_some() { (super::answer::question(visit, case, asked, verdict, typed, errors)) }
        @else if [Stage::Coding, Stage::Replying].contains(&case.round.stage) { (question(visit, case, asked, typed, errors)) }
        (history(visit, case, asked).await?)
        (neighbours(visit, case, criterion))
    };
    let title = words.question(criterion).to_owned();
    let page = under_differences(visit, &case.round, &title, main).crumb(case.city.name.clone(), case.href());
    Ok(visit.page(page.status(errors.status())))
}

/// Where the archive's room shows what was captured at an address.
fn archived(case: &Case, url: &str) -> String {
    let url: String = url::form_urlencoded::byte_serialize(url.as_bytes()).collect();
    format!("/survey/archive/{}/look?url={url}", case.city.id)
}

fn question(visit: &Visit, case: &Case, criterion: &Criterion, typed: &Typed<'_>, errors: &FieldErrors) -> Markup {
    let action = format!("{}/{}", case.href(), criterion.id);
    section(
        "decide",
        &visit.t("survey-settle-decide"),
        form(
            &action,
            false,
            html! {
                (answer_field(visit, case, criterion, typed, errors))
                (reason_field(visit, typed, errors))
                (button(&visit.t("survey-settle-next"), Emphasis::Main))
            },
        ),
    )
}

fn answer_field(visit: &Visit, case: &Case, criterion: &Criterion, typed: &Typed<'_>, errors: &FieldErrors) -> Markup {
    let (label, error) = (visit.t("survey-settle-answer"), errors.message(visit, "answer"));
    let field =
        Field { name: "answer", label: &label, error: &error, value: typed.answer, required: true, ..Field::default() };
    radios(visit, &field, &seen::choices(visit, case.round.instrument, criterion))
}

pub fn reason_field(visit: &Visit, typed: &Typed<'_>, errors: &FieldErrors) -> Markup {
    let (label, hint) = (visit.t("survey-settle-reason"), visit.t("survey-settle-reason-hint"));
    let error = errors.message(visit, "reason");
    let field = Field {
        name: "reason",
        label: &label,
        hint: &hint,
        error: &error,
        value: typed.reason,
        required: true,
        ..Field::default()
    };
    textarea(visit, &field, 4)
}

/// All that was ever decided, the newest first.
async fn history(visit: &Visit, case: &Case, criterion: &Criterion) -> Result<Markup, Failure> {
    let store = &visit.city.store;
    let all = store::history(store, case.round.instrument, &case.city.id, &criterion.id).await?;
    if all.is_empty() {
        return Ok(html! {});
    }
    let mut rows = Vec::new();
    for (one, replaced) in &all {
        let who =
            account::get(store, &one.settled_by).await.map_or_else(|_| one.settled_by.clone(), |account| account.name);
        rows.push(Row::new(vec![
            html! { (visit.moment(one.settled_at)) },
            html! { (said(visit, criterion, one.answer.coded())) },
            html! { (one.reason) },
            html! { (who) },
            html! { @match replaced { None => { (tag(Tone::Success, &visit.t("survey-settle-holds"))) } Some(at) => { (visit.t_with("survey-settle-replaced", &[("when", visit.moment(*at).into())])) } } },
        ]));
    }
    let columns =
        ["survey-settle-when", "survey-settle-answer", "survey-settle-reason", "survey-settle-who", "survey-state"];
    Ok(table(&Table {
        caption: visit.t("survey-settle-history"),
        columns: columns.map(|key| Column::text(visit.t(key))).to_vec(),
        rows,
    }))
}

fn neighbours(visit: &Visit, case: &Case, criterion: &str) -> Markup {
    let words = case.round.instrument.words(visit.language.code);
    let next = case.next(criterion).map(|next| {
        (visit.t("survey-settle-skip"), format!("{}/{next}", case.href()), words.question(next).to_owned())
    });
    let back = (visit.t("survey-settle-list"), case.href(), String::new());
    link_list(&next.into_iter().chain([back]).collect::<Vec<_>>())
}
