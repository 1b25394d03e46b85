//! Requests to be known as a resident: looked at, decided with a reason, letters with codes printed.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use kernel_base::Error;
use kernel_files::{Kind, download};
use kernel_identity::residence::{self, Claim, Request, Verified};
use kernel_identity::{Reason, access};
use kernel_ui::{
    Choice, Column, Emphasis, Field, Markup, Row, Table, button, form, html, lead, prose, radios, section,
    summary_list, table, text_field,
};
use kernel_web::{Answer, Asked, Failure, FieldErrors, Submitted, Visit, see_other};

use crate::staff::{done, notice, page, reason_field};

const HERE: &str = "/people/residence";
/// Letters and digits of the shortest identifier.
const SHORTEST_IDENTIFIER: usize = 4;

pub async fn list(visit: Visit, asked: Asked) -> Answer {
    let (store, now) = (&visit.city.store, visit.now());
    let (waiting, post) = (residence::waiting(store, now).await?, residence::to_print(store, now).await?);
    let notice = match asked.text("done") {
        word @ ("granted" | "refused" | "doubled") => done(&visit, word, None),
        _ => html! {},
    };
    let main = html! {
        (notice)
        (section("waiting", &visit.t("people-residence-waiting"), requests(&visit, &waiting)))
        (section("post", &visit.t("people-residence-post"), requests(&visit, &post)))
    };
    Ok(visit.page(page(&visit, &visit.t("people-residence"), main)))
}

fn requests(visit: &Visit, requests: &[Request]) -> Markup {
    let row = |one: &Request| {
        Row::new(vec![
            html! { a href=(format!("{HERE}/{}", one.id)) { (one.account_name) } },
            html! { (visit.moment(one.made_at)) },
            html! { (visit.date(one.ends_at.date())) },
            html! { (visit.number(one.papers.len() as i64)) },
        ])
    };
    let columns = vec![
        Column::text(visit.t("people-name")),
        Column::text(visit.t("people-residence-asked")),
        Column::text(visit.t("people-residence-until")),
        Column::number(visit.t("people-residence-files")),
    ];
    let caption = visit.t_with("people-residence-count", &[("n", requests.len().into())]);
    table(&Table { caption, columns, rows: requests.iter().map(row).collect() })
}

pub async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    shown(&visit, &id, &Typed::default(), &FieldErrors::default()).await
}

/// The form as it was sent.
#[derive(Default)]
struct Typed<'a> {
    decision: &'a str,
    identifier: &'a str,
    reason: &'a str,
}

/// Grants with the identifier as it stands in the papers, or refuses; the person gets the reason.
pub async fn decide(visit: Visit, Path(id): Path<String>, sent: Submitted) -> Answer {
    let typed =
        Typed { decision: sent.text("decision"), identifier: sent.text("identifier"), reason: sent.text("reason") };
    let mut errors = FieldErrors::default();
    if !["grant", "refuse"].contains(&typed.decision) {
        errors.add("decision", "people-residence-decision-wrong");
    }
    let grants = typed.decision == "grant";
    if grants && typed.identifier.chars().filter(|c| c.is_alphanumeric()).count() < SHORTEST_IDENTIFIER {
        errors.add("identifier", "people-residence-identifier-wrong");
    }
    let reason = Reason::parse(typed.reason);
    if reason.is_none() {
        errors.add("reason", "people-reason-wrong");
    }
    let Some(reason) = reason.filter(|_| errors.is_empty()) else { return shown(&visit, &id, &typed, &errors).await };
    let (who, city) = (visit.me()?, &visit.city);
    let request = residence::get(&city.store, &id).await?;
    if grants && request.way != "clerk" {
        return Err(Error::NotFound.into());
    }
    let identifier = grants.then_some(typed.identifier);
    let made = (&*city.clock, &*city.random);
    let mut tx = city.store.begin().await?;
    let came = residence::decide(&mut tx, who, &id, identifier, &reason, &city.secrets, made).await?;
    let (word, letter) = match (grants, came) {
        (true, Verified::Done) => ("granted", "people-letter-resident"),
        (true, Verified::AnotherAccount) => ("doubled", "people-letter-not-resident"),
        (false, _) => ("refused", "people-letter-not-resident"),
    };
    notice(&visit, &mut tx, &request.account, letter, "").await?;
    tx.commit().await?;
    Ok(see_other(&format!("{HERE}?done={word}")))
}

/// The letter with its code: made, shown once and printed now.
pub async fn print(visit: Visit, Path(id): Path<String>) -> Answer {
    let who = visit.me()?;
    let city = &visit.city;
    let mut tx = city.store.begin().await?;
    let made = (&*city.clock, &*city.random);
    let (claim, code, until) = residence::print(&mut tx, who, &id, &city.secrets, made).await?;
    tx.commit().await?;
    let main = html! {
        (lead(&visit.t("people-residence-print-lead")))
        (prose(html! {
            p { (claim.name) @for line in claim.address.lines() { br; (line) } }
            p { (visit.t_with("people-residence-letter", &[("city", city.profile.name.in_language(visit.language).into()), ("date", visit.date(until.date()).into())])) }
            p { strong { code { (code) } } }
        }))
        p { a href=(HERE) { (visit.t("people-residence")) } }
    };
    Ok(visit.page(page(&visit, &visit.t("people-residence-print"), main)))
}

/// What the person claims. That somebody looked stands in the person's own list of looks.
async fn shown(visit: &Visit, id: &str, typed: &Typed<'_>, errors: &FieldErrors) -> Answer {
    let who = visit.me()?;
    let city = &visit.city;
    let request = residence::get(&city.store, id).await?;
    if !request.is_open(visit.now()) {
        return Err(Error::NotFound.into());
    }
    if request.account == who.account {
        return Err(Failure::said(StatusCode::CONFLICT, "people-oneself"));
    }
    note_look(visit, &request).await?;
    let claim = request.claim(&city.secrets)?;
    let here = format!("{HERE}/{id}");
    let main = html! {
        (errors.summary(visit))
        (facts(visit, &request, &claim))
        @if request.way == "post" {
            (form(&format!("{here}/print"), false, button(&visit.t("people-residence-print"), Emphasis::Main)))
        }
        (section("decide", &visit.t("people-residence-decide"), form(&format!("{here}/decide"), false, html! {
            (questions(visit, &request, typed, errors))
            (button(&visit.t("people-residence-decide"), Emphasis::Second))
        })))
        p { a href=(format!("/people/{}", request.account)) { (visit.t("people-account")) } }
    };
    let page = page(visit, &visit.t("people-residence"), main).crumb(visit.t("people-residence"), HERE);
    Ok(visit.page(page.status(errors.status())))
}

/// Within half an hour one note suffices.
async fn note_look(visit: &Visit, request: &Request) -> Result<(), Failure> {
    let who = visit.me()?;
    let city = &visit.city;
    if access::may_see(&city.store, &who.account, &request.account, visit.now()).await? {
        return Ok(());
    }
    let asked = visit.t_with("people-residence-look", &[("date", visit.date(request.made_at.date()).into())]);
    let reason = Reason::parse(&asked).ok_or(Error::Fault("a reason that says nothing".into()))?;
    let mut tx = city.store.begin().await?;
    let made = (&*city.clock, &*city.random);
    access::open_record(&mut tx, who, &request.account, "residence", &reason, made).await?;
    Ok(tx.commit_quietly().await?)
}

fn facts(visit: &Visit, request: &Request, claim: &Claim) -> Markup {
    summary_list(&[
        (visit.t("people-name"), html! { (claim.name) }),
        (visit.t("people-residence-address"), html! { @for line in claim.address.lines() { (line) br; } }),
        (visit.t("people-residence-identifier"), html! { (claim.identifier) }),
        (visit.t("people-residence-asked"), html! { (visit.moment(request.made_at)) }),
        (
            visit.t("people-residence-files"),
            html! {
                @if request.papers.is_empty() { (visit.number(0)) }
                @for (number, paper) in request.papers.iter().enumerate() {
                    a href=(format!("{HERE}/{}/papers/{number}", request.id)) { (paper.name) } br;
                }
            },
        ),
    ])
}

/// A paper, for who decides and as long as it is not decided.
pub async fn paper(visit: Visit, Path((id, number)): Path<(String, usize)>) -> Answer {
    let who = visit.me()?;
    let city = &visit.city;
    let request = residence::get(&city.store, &id).await?;
    let paper = request.papers.get(number).filter(|_| request.is_open(visit.now()) && request.account != who.account);
    let (Some(paper), Some(kind)) = (paper, paper.and_then(|paper| Kind::named(&paper.kind))) else {
        return Err(Failure::not_found());
    };
    note_look(&visit, &request).await?;
    Ok((download(&paper.name, kind), city.files.open(&paper.id).await?).into_response())
}

/// A request for a letter is granted by the letter's code alone.
fn questions(visit: &Visit, request: &Request, typed: &Typed<'_>, errors: &FieldErrors) -> Markup {
    let (label, hint) = (visit.t("people-residence-identifier"), visit.t("people-residence-identifier-hint"));
    let decision = visit.t("people-residence-decision");
    let wrong = (errors.message(visit, "decision"), errors.message(visit, "identifier"));
    let offered = if request.way == "clerk" { &["grant", "refuse"][..] } else { &["refuse"][..] };
    let choices: Vec<Choice> =
        offered.iter().map(|word| Choice::new(*word, visit.t(&format!("people-residence-{word}")))).collect();
    html! {
        (radios(visit, &Field { name: "decision", label: &decision, error: &wrong.0, value: typed.decision, required: true, ..Field::default() }, &choices))
        @if request.way == "clerk" {
            (text_field(visit, &Field { name: "identifier", label: &label, hint: &hint, error: &wrong.1, value: typed.identifier, autocomplete: "off", ..Field::default() }))
        }
        (reason_field(visit, "reason", errors, typed.reason))
    }
}
