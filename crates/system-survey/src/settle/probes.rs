//! Questions to cities: written and sent by a person, noted here, answered into the round's mailbox.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::Path;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use kernel_base::{Error, Id, Instant, Result};
use kernel_ui::{
    Choice, Column, Emphasis, Field, Markup, Row, Table, Tone, alert, button, form, html, lead, radios, section,
    select, summary_list, table, tag, text_field,
};
use kernel_web::{Answer, Asked, Failure, FieldErrors, Submitted, Visit, see_other};
use serde_json::json;
use survey_instrument::{Instrument, Mode};

use super::probe::{Probe, Way, mark, median, working_days};
use super::watch::Settings;
use super::{page, round_at, store};
use crate::reading::store as reading;
use crate::round::{Round, RoundCity, Stage, store as rounds};

const REASON: std::ops::RangeInclusive<usize> = 5..=500;
const SUBJECT: usize = 200;

/// The cities that this person may ask: coordinators all of a round, evaluators those that they read.
pub async fn cities(visit: &Visit, round: &Round) -> std::result::Result<Vec<RoundCity>, Failure> {
    let store = &visit.city.store;
    let all = rounds::cities(store, &round.id).await?;
    if visit.may("survey.round") {
        return Ok(all);
    }
    let read = reading::of_account(store, &visit.me()?.account).await?;
    let own: BTreeSet<&str> = read.iter().map(|one| one.city.as_str()).collect();
    Ok(all.into_iter().filter(|city| own.contains(city.id.as_str())).collect())
}

pub async fn list(visit: Visit, Path(round): Path<String>, asked: Asked) -> Answer {
    let round = round_at(&visit, &round).await?;
    let cities = cities(&visit, &round).await?;
    let mut of_city: BTreeMap<String, Vec<Probe>> = BTreeMap::new();
    for probe in store::probes_of_round(&visit.city.store, &round.id).await? {
        of_city.entry(probe.city.clone()).or_default().push(probe);
    }
    let rows =
        cities.iter().map(|city| city_row(&visit, &round, city, of_city.get(&city.id).map_or(&[], Vec::as_slice)));
    let columns = ["survey-settle-city", "survey-probe-questions", "survey-probe-median", "survey-probe-next"];
    let settings = Settings::of(&visit.city);
    let main = html! {
        (done(&visit, asked.text("done")))
        (lead(&visit.t("survey-probe-lead")))
        @if settings.mailbox.host.is_empty() { (alert(Tone::Info, "", html! { p { (visit.t("survey-probe-no-mailbox")) } })) }
        (table(&Table {
            caption: visit.t_with("survey-settle-cities", &[("n", cities.len().into())]),
            columns: columns.map(|key| Column::text(visit.t(key))).to_vec(),
            rows: rows.collect(),
        }))
    };
    Ok(visit.page(page(&visit, &round, &visit.t("survey-settle-probes"), main)))
}

fn done(visit: &Visit, word: &str) -> Markup {
    let key = match word {
        "noted" => "survey-probe-done-noted",
        "corrected" => "survey-probe-done-corrected",
        _ => return html! {},
    };
    alert(Tone::Success, "", html! { p { (visit.t(key)) } })
}

fn city_row(visit: &Visit, round: &Round, city: &RoundCity, probes: &[Probe]) -> Row {
    let took = median(probes.iter().filter_map(Probe::took).collect());
    let asks = format!("{}/probes/new?city={}", round.office(), city.slug);
    Row::new(vec![
        html! { (city.name) },
        html! { div { @for probe in probes {
            a href=(format!("{}/probes/{}", round.office(), probe.id)) { (probe.criterion) " " (probe.mark) } " " (state(visit, probe)) br;
        } } },
        html! { (took.map(|took| time(visit, took)).unwrap_or_default()) },
        html! { @if may_ask(round) { a href=(asks) { (visit.t_with("survey-probe-ask", &[("place", (&city.name).into())])) } } },
    ])
}

fn may_ask(round: &Round) -> bool {
    matches!(round.stage, Stage::Preparing | Stage::Coding | Stage::Replying)
}

/// What became of a question.
fn state(visit: &Visit, probe: &Probe) -> Markup {
    let (tone, key) = match probe {
        Probe { answered_at: Some(_), .. } => (Tone::Success, "survey-probe-answered"),
        Probe { returned_at: Some(_), .. } => (Tone::Danger, "survey-probe-returned"),
        Probe { acknowledged_at: Some(_), .. } => (Tone::Info, "survey-probe-acknowledged"),
        _ => (Tone::Neutral, "survey-probe-waits"),
    };
    tag(tone, &visit.t(key))
}

/// A length of time: hours up to two days, then days.
fn time(visit: &Visit, seconds: i64) -> String {
    let (key, unit) =
        if seconds < 48 * 3600 { ("survey-probe-hours", 3600.0) } else { ("survey-probe-days", 86_400.0) };
    visit.t_with(key, &[("n", visit.decimal(seconds as f64 / unit, 1).into())])
}

/// The times of a city's questions about a criterion, for whoever judges it.
pub fn beside(visit: &Visit, probes: &[Probe], criterion: &str) -> Markup {
    let probes: Vec<&Probe> = probes.iter().filter(|probe| probe.criterion == criterion).collect();
    html! {
        @if probes.is_empty() { p { (visit.t("survey-probe-none")) } }
        @for probe in probes { (summary_list(&facts(visit, probe))) }
    }
}

fn facts(visit: &Visit, probe: &Probe) -> Vec<(String, Markup)> {
    let mut facts = vec![
        (visit.t("survey-probe-mark"), html! { (probe.mark) }),
        (visit.t("survey-probe-way"), html! { (visit.t(&format!("survey-probe-way-{}", probe.way.word()))) }),
        (visit.t("survey-probe-sent"), html! { (visit.moment(probe.sent_at)) }),
        (visit.t("survey-state"), state(visit, probe)),
    ];
    let times = [
        ("survey-probe-acknowledged", probe.acknowledged_at),
        ("survey-probe-answered", probe.answered_at),
        ("survey-probe-returned", probe.returned_at),
    ];
    for (key, at) in times.into_iter().filter_map(|(key, at)| Some((key, at?))) {
        let took = time(visit, (at.0 - probe.sent_at.0).max(0) / 1_000_000);
        let days = working_days(probe.sent_at, at);
        let said = visit.t_with(
            "survey-probe-after",
            &[("time", took.into()), ("days", days.into()), ("when", visit.moment(at).into())],
        );
        facts.push((visit.t(key), html! { (said) }));
    }
    if let Some(reason) = &probe.correction {
        facts.push((visit.t("survey-probe-correction"), html! { (reason) }));
    }
    facts
}

/// The form as it was sent.
#[derive(Default)]
struct Typed<'a> {
    criterion: &'a str,
    way: &'a str,
    subject: &'a str,
    sent: &'a str,
}

pub async fn ask(visit: Visit, Path(round): Path<String>, asked: Asked) -> Answer {
    let typed = Typed { criterion: asked.text("criterion"), ..Typed::default() };
    shown(&visit, &round, asked.text("city"), &typed, &FieldErrors::default()).await
}

/// The person has sent it and says when.
pub async fn note(visit: Visit, Path(slug): Path<String>, sent: Submitted) -> Answer {
    let round = round_at(&visit, &slug).await?;
    let typed = Typed {
        criterion: sent.text("criterion"),
        way: sent.text("way"),
        subject: sent.text("subject"),
        sent: sent.text("sent"),
    };
    let city =
        cities(&visit, &round).await?.into_iter().find(|city| city.slug == sent.text("city")).ok_or(Error::NotFound)?;
    let now = visit.now();
    let mut errors = FieldErrors::default();
    let (way, sent_at) = (Way::parse(typed.way), if typed.sent.is_empty() { Some(now) } else { moment(typed.sent) });
    if !asked_about(round.instrument).any(|id| id == typed.criterion) {
        errors.add("criterion", "survey-probe-criterion-wrong");
    }
    if way.is_none() {
        errors.add("way", "survey-probe-way-wrong");
    }
    if typed.subject.is_empty() || typed.subject.chars().count() > SUBJECT {
        errors.add("subject", "survey-probe-subject-wrong");
    }
    let sent_at = sent_at.filter(|at| *at <= now && *at >= round.opened_at.plus_days(-1));
    if sent_at.is_none() {
        errors.add("sent", "survey-probe-sent-wrong");
    }
    let (Some(way), Some(sent_at), true) = (way, sent_at, errors.is_empty()) else {
        return shown(&visit, &slug, &city.slug, &typed, &errors).await;
    };
    let (who, portal) = (visit.me()?, &visit.city);
    let (clock, random) = (&*portal.clock, &*portal.random);
    let probe = Probe {
        id: Id::new("pb", clock, random).to_string(),
        city: city.id.clone(),
        criterion: typed.criterion.to_owned(),
        way,
        subject: typed.subject.to_owned(),
        mark: next_mark(&visit, &city, typed.criterion).await?,
        sent_by: who.account.clone(),
        sent_at,
        acknowledged_at: None,
        answered_at: None,
        returned_at: None,
        correction: None,
    };
    let mut tx = portal.store.begin().await?;
    if !may_ask(&Round { stage: store::stage(&mut tx, &round.id).await?.0, ..round.clone() }) {
        return Err(Failure::said(axum::http::StatusCode::CONFLICT, "survey-settle-closed"));
    }
    store::note_probe(&mut tx, &probe).await?;
    let detail =
        json!({ "probe": probe.id, "criterion": probe.criterion, "way": way.word(), "sent": sent_at.rfc3339() });
    who.did(&mut tx, "probe.noted", &city.id, detail, (clock, random)).await?;
    tx.commit().await?;
    Ok(see_other(&format!("{}/probes?done=noted", round.office())))
}

async fn next_mark(visit: &Visit, city: &RoundCity, criterion: &str) -> Result<String> {
    let before = store::probes(&visit.city.store, &city.id).await?;
    let before = before.iter().filter(|probe| probe.criterion == criterion).count();
    Ok(mark(&visit.city.secrets, &city.id, criterion, before))
}

/// Criteria that need a question.
fn asked_about(instrument: &Instrument) -> impl Iterator<Item = &str> {
    instrument.criteria.iter().filter(|criterion| criterion.mode == Mode::Probe).map(|criterion| criterion.id.as_str())
}

/// `2026-11-24T09:30` in UTC, as browsers write it.
fn moment(typed: &str) -> Option<Instant> {
    let day: DateTime = typed.parse().ok()?;
    Some(Instant(day.to_zoned(TimeZone::UTC).ok()?.timestamp().as_microsecond()))
}

async fn shown(visit: &Visit, round: &str, city: &str, typed: &Typed<'_>, errors: &FieldErrors) -> Answer {
    let round = round_at(visit, round).await?;
    let city = cities(visit, &round).await?.into_iter().find(|one| one.slug == city).ok_or(Error::NotFound)?;
    let words = round.instrument.words(visit.language.code);
    let criterion = asked_about(round.instrument)
        .find(|id| *id == typed.criterion)
        .or_else(|| asked_about(round.instrument).next());
    let title = visit.t_with("survey-probe-title", &[("place", (&city.name).into())]);
    let under = |main| {
        page(visit, &round, &title, main).crumb(visit.t("survey-settle-probes"), format!("{}/probes", round.office()))
    };
    let Some(criterion) = criterion else {
        return Ok(visit.page(under(html! { p { (visit.t("survey-probe-no-criteria")) } })));
    };
    let mark = next_mark(visit, &city, criterion).await?;
    let address = Settings::of(&visit.city).address;
    let choices: Vec<Choice> = asked_about(round.instrument).map(|id| Choice::new(id, words.question(id))).collect();
    let ways = Way::ALL.map(|way| Choice::new(way.word(), visit.t(&format!("survey-probe-way-{}", way.word()))));
    let labels = ["criterion", "way", "subject", "sent"]
        .map(|name| (visit.t(&format!("survey-probe-{name}")), errors.message(visit, name)));
    let [(of, of_wrong), (way, way_wrong), (subject, subject_wrong), (sent, sent_wrong)] = &labels;
    let suggested = visit.t_with("survey-probe-suggested-subject", &[("mark", mark.as_str().into())]);
    let subject_value = if typed.subject.is_empty() && errors.is_empty() { suggested.as_str() } else { typed.subject };
    let sent_hint = visit.t("survey-probe-sent-hint");
    let main = html! {
        (errors.summary(visit))
        (lead(&visit.t("survey-probe-new-lead")))
        (summary_list(&[
            (visit.t("survey-settle-city"), html! { (city.name) " " (super::seen::page(&city.address)) }),
            (visit.t("survey-probe-from"), html! { @if address.is_empty() { (visit.t("survey-probe-from-unknown")) } @else { (address) } }),
            (visit.t("survey-probe-mark"), html! { strong { "[" (mark) "]" } }),
        ]))
        (section("text", &visit.t("survey-probe-text"), html! { p { (visit.t("survey-probe-text-rules")) } blockquote { p { (suggested) } p { (visit.t("survey-probe-suggested-text")) } } }))
        (section("note", &visit.t("survey-probe-note"), form(&format!("{}/probes/new", round.office()), false, html! {
            (kernel_ui::hidden("city", &city.slug))
            (select(visit, &Field { name: "criterion", label: of, error: of_wrong, value: criterion, required: true, ..Field::default() }, &choices))
            (radios(visit, &Field { name: "way", label: way, error: way_wrong, value: typed.way, required: true, ..Field::default() }, &ways))
            (text_field(visit, &Field { name: "subject", label: subject, error: subject_wrong, value: subject_value, required: true, autocomplete: "off", ..Field::default() }))
            (text_field(visit, &Field { name: "sent", label: sent, hint: &sent_hint, error: sent_wrong, value: typed.sent, kind: "datetime-local", ..Field::default() }))
            (button(&visit.t("survey-probe-note-button"), Emphasis::Main))
        })))
    };
    Ok(visit.page(under(main).status(errors.status())))
}

/// A question and its city, for who may ask that city.
async fn found(visit: &Visit, round: &str, id: &str) -> std::result::Result<(Round, RoundCity, Probe), Failure> {
    let round = round_at(visit, round).await?;
    let probe = store::probe(&visit.city.store, id).await?.ok_or(Error::NotFound)?;
    let city = cities(visit, &round).await?.into_iter().find(|city| city.id == probe.city).ok_or(Error::NotFound)?;
    Ok((round, city, probe))
}

pub async fn show(visit: Visit, Path((round, id)): Path<(String, String)>) -> Answer {
    let (round, city, probe) = found(&visit, &round, &id).await?;
    let written =
        |at: Option<Instant>| at.map(|at| at.rfc3339().chars().take(16).collect::<String>()).unwrap_or_default();
    let [sent, acknowledged, answered] = [Some(probe.sent_at), probe.acknowledged_at, probe.answered_at].map(written);
    let typed = Corrected { sent: &sent, acknowledged: &acknowledged, answered: &answered, reason: "" };
    Ok(one(&visit, &round, &city, &probe, &typed, &FieldErrors::default()))
}

/// Times as they were typed.
struct Corrected<'a> {
    sent: &'a str,
    acknowledged: &'a str,
    answered: &'a str,
    reason: &'a str,
}

/// Somebody knows better than the mailbox: an answer by telephone, a receipt that was taken for a person's answer.
pub async fn correct(visit: Visit, Path((round, id)): Path<(String, String)>, sent: Submitted) -> Answer {
    let (round, city, probe) = found(&visit, &round, &id).await?;
    let [first, second, third, reason] = ["sent", "acknowledged", "answered", "reason"].map(|name| sent.text(name));
    let typed = Corrected { sent: first, acknowledged: second, answered: third, reason };
    let mut errors = FieldErrors::default();
    let mut read = |name: &'static str, typed: &str, from: Instant| {
        let at = moment(typed).filter(|at| *at >= from && *at <= visit.now());
        if at.is_none() && (name == "sent" || !typed.is_empty()) {
            errors.add(name, "survey-probe-time-wrong");
        }
        at
    };
    let sent_at = read("sent", typed.sent, round.opened_at.plus_days(-1)).unwrap_or(probe.sent_at);
    // Fields have minutes, the mailbox has seconds.
    let from = Instant(sent_at.0 - sent_at.0.rem_euclid(60_000_000));
    let acknowledged_at = read("acknowledged", typed.acknowledged, from);
    let answered_at = read("answered", typed.answered, from);
    if !REASON.contains(&typed.reason.chars().count()) {
        errors.add("reason", "survey-probe-reason-wrong");
    }
    if !errors.is_empty() {
        return Ok(one(&visit, &round, &city, &probe, &typed, &errors));
    }
    let (who, portal) = (visit.me()?, &visit.city);
    let mut tx = portal.store.begin().await?;
    if !may_ask(&Round { stage: store::stage(&mut tx, &round.id).await?.0, ..round.clone() }) {
        return Err(Failure::said(axum::http::StatusCode::CONFLICT, "survey-settle-closed"));
    }
    let corrected = Probe { sent_at, acknowledged_at, answered_at, ..probe };
    store::correct(&mut tx, &corrected, typed.reason).await?;
    let said = |at: Option<Instant>| at.map(|at| at.rfc3339());
    let detail = json!({
        "probe": corrected.id, "sent": sent_at.rfc3339(), "acknowledged": said(acknowledged_at),
        "answered": said(answered_at), "reason": typed.reason,
    });
    who.did(&mut tx, "probe.corrected", &city.id, detail, (&*portal.clock, &*portal.random)).await?;
    tx.commit().await?;
    Ok(see_other(&format!("{}/probes?done=corrected", round.office())))
}

fn one(
    visit: &Visit,
    round: &Round,
    city: &RoundCity,
    probe: &Probe,
    typed: &Corrected<'_>,
    errors: &FieldErrors,
) -> axum::response::Response {
    let fields = [("sent", typed.sent), ("acknowledged", typed.acknowledged), ("answered", typed.answered)];
    let (reason, hint, wrong) =
        (visit.t("survey-settle-reason"), visit.t("survey-probe-reason-hint"), errors.message(visit, "reason"));
    let main = html! {
        (errors.summary(visit))
        (summary_list(&facts(visit, probe)))
        @if may_ask(round) {
            (section("correct", &visit.t("survey-probe-correct"), form(&format!("{}/probes/{}", round.office(), probe.id), false, html! {
                @for (name, value) in fields {
                    @let label = visit.t(&format!("survey-probe-{name}"));
                    @let error = errors.message(visit, name);
                    (text_field(visit, &Field { name, label: &label, error: &error, value, kind: "datetime-local", required: name == "sent", ..Field::default() }))
                }
                (text_field(visit, &Field { name: "reason", label: &reason, hint: &hint, error: &wrong, value: typed.reason, required: true, autocomplete: "off", ..Field::default() }))
                (button(&visit.t("survey-probe-correct-button"), Emphasis::Main))
            })))
        }
    };
    let title = visit.t_with("survey-probe-of", &[("place", (&city.name).into())]);
    let page =
        page(visit, round, &title, main).crumb(visit.t("survey-settle-probes"), format!("{}/probes", round.office()));
    visit.page(page.status(errors.status()))
}
