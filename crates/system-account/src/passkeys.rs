//! Passkeys: signing in with one, and making one.

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel_identity::passkey::{self, Owner, Question, Site};
use kernel_identity::{Contact, Name, account, ceremony};
use kernel_record::{Audit, audit};
use kernel_ui::{
    Ceremony, Emphasis, Field, Markup, PasskeyForm, button as submit, button_link, form, hidden, html, lead,
    passkey_form, text_field,
};
use kernel_web::{Answer, Asked, Failure, FieldErrors, Page, Submitted, Visit, fresh, see_other};
use serde_json::json;

use crate::door::{self, Proof};
use crate::own::{own, prove_first};
use crate::{second, security};

/// The site as passkeys know it: the configured one. A request's own words count only on the machine itself.
pub fn site(visit: &Visit) -> Option<Site> {
    let own_machine = url::Url::parse(&visit.origin).is_ok_and(|origin| origin.domain() == Some("localhost"));
    if visit.city.settings.origin.is_empty() && !own_machine {
        return None;
    }
    Site::of(&visit.origin, visit.city.profile.name.in_language(visit.language))
}

fn needed(visit: &Visit) -> Result<Site, Failure> {
    site(visit).ok_or_else(|| Failure::said(StatusCode::NOT_FOUND, "account-passkey-nowhere"))
}

/// The button that proves a passkey; nothing where there can be none.
pub fn button(visit: &Visit, ceremony: Ceremony, back: &str) -> Markup {
    let form = PasskeyForm {
        ceremony,
        action: "/sign-in/passkey",
        question: "/sign-in/passkey/question",
        label: &visit.t("account-passkey-use"),
        emphasis: Emphasis::Second,
        body: hidden("back", back),
    };
    html! { @if site(visit).is_some() { (passkey_form(visit, &form)) } }
}

/// What to ask the browser for a sign-in.
pub async fn question(visit: Visit) -> Answer {
    let (city, site) = (&visit.city, needed(&visit)?);
    let mut tx = city.store.begin().await?;
    let question = passkey::begin_proof(&mut tx, &site, &city.secrets, (&*city.clock, &*city.random)).await?;
    tx.commit_quietly().await?;
    Ok(told(&question))
}

/// Signs in, or proves it once more where somebody is signed in already.
pub async fn enter(visit: Visit, sent: Submitted) -> Answer {
    let (city, site, back) = (&visit.city, needed(&visit)?, sent.text("back"));
    let mut tx = city.store.begin().await?;
    let answer = (sent.text("ceremony"), sent.text("answer"));
    let proof = passkey::proof(&mut tx, &site, answer, &city.secrets, visit.now()).await?;
    let who = visit.who();
    let Some(proof) = proof.filter(|proof| who.is_none_or(|who| who.account == proof.account)) else {
        tx.commit_quietly().await?;
        visit.note("session.refused", who.map_or("", |who| &who.account));
        return Ok(refused(&visit, back));
    };
    let how = Proof { way: "passkey", assurance: "", second_factor: true };
    if let Some(who) = who {
        return door::prove(&visit, tx, who, how, back).await;
    }
    let account = account::get_in(&mut tx, &proof.account).await?;
    // As the second step it goes on with what was said at the first one.
    let step = second::step_in(&visit, &mut tx).await?.filter(|(step, _)| step.account == account.id);
    let Some((step, id)) = step else { return door::open(&visit, tx, &account, how, false, back).await };
    ceremony::finish(&mut tx, &id).await?;
    let mut response = door::open(&visit, tx, &account, how, step.stay, &step.back).await?;
    second::forget(&visit, &mut response);
    Ok(response)
}

fn refused(visit: &Visit, back: &str) -> Response {
    let place = if visit.who().is_some() { "/sign-in/again" } else { "/sign-in" };
    let main = html! {
        (lead(&visit.t("account-passkey-refused-advice")))
        p { (button_link(&visit.t("account-passkey-refused-again"), &security::with_back(place, back), Emphasis::Main)) }
    };
    let page = Page::new(visit.t("account-passkey-refused")).status(StatusCode::UNPROCESSABLE_ENTITY).unlisted();
    fresh(visit.page(page.main(main)))
}

/// The page on which a passkey is made.
pub async fn ask(visit: Visit, asked: Asked) -> Answer {
    own(&visit)?;
    Ok(match prove_first(&visit, &security::with_back("/account/security/passkey", asked.text("back"))) {
        Some(first) => first,
        None => visit.page(page(&visit, asked.text("back"), &FieldErrors::default())),
    })
}

/// What to ask the browser for a new passkey.
pub async fn question_of_new(visit: Visit) -> Answer {
    let (who, city, site) = (own(&visit)?, &visit.city, needed(&visit)?);
    if !visit.recently_proved() {
        return Err(Failure::said(StatusCode::FORBIDDEN, "account-prove-first"));
    }
    let contact = Contact::of(&city.store, &who.account).await?;
    let address = contact.email.as_deref().unwrap_or(&who.name);
    let owner = Owner { account: &who.account, address, name: &who.name };
    let mut tx = city.store.begin().await?;
    let question = passkey::begin_adding(&mut tx, &site, owner, &city.secrets, (&*city.clock, &*city.random)).await?;
    tx.commit_quietly().await?;
    Ok(told(&question))
}

pub async fn add(visit: Visit, sent: Submitted) -> Answer {
    let (who, city, site) = (own(&visit)?, &visit.city, needed(&visit)?);
    if let Some(first) = prove_first(&visit, "/account/security/passkey") {
        return Ok(first);
    }
    let back = sent.text("back");
    let mut errors = FieldErrors::default();
    let Some(name) = Name::parse(sent.text("name")) else {
        errors.add("name", "account-passkey-name-wrong");
        return Ok(visit.page(page(&visit, back, &errors)));
    };
    let made = (&*city.clock, &*city.random);
    let mut tx = city.store.begin().await?;
    let answer = (sent.text("ceremony"), sent.text("answer"));
    let new = (who.account.as_str(), name.as_str());
    let Some(id) = passkey::add(&mut tx, &site, new, answer, &city.secrets, made).await? else {
        tx.commit_quietly().await?;
        errors.add("name", "account-passkey-not-made");
        return Ok(visit.page(page(&visit, back, &errors)));
    };
    let detail = json!({ "passkey": id.as_str() });
    let entry = Audit { act: "passkey.added", who: &who.account, subject: &who.account, detail };
    audit(&mut tx, entry, made.0, made.1).await?;
    crate::tell::notice(&visit, &mut tx, &who.account, "account-letter-way-added").await?;
    let next = security::next(&mut tx, who, back).await?;
    door::prove(&visit, tx, who, Proof { way: "passkey", assurance: &who.assurance, second_factor: true }, &next).await
}

fn page(visit: &Visit, back: &str, errors: &FieldErrors) -> Page {
    let form = PasskeyForm {
        ceremony: Ceremony::Make,
        action: "/account/security/passkey",
        question: "/account/security/passkey/question",
        label: &visit.t("account-passkey-make"),
        emphasis: Emphasis::Main,
        body: html! { (hidden("back", back)) (name_field(visit, "", errors)) },
    };
    let main = html! {
        (errors.summary(visit))
        (lead(&visit.t("account-passkey-lead")))
        @if site(visit).is_some() {
            (passkey_form(visit, &form))
            p { (visit.t("account-passkey-need")) }
        } @else {
            p { (visit.t("account-passkey-nowhere-advice")) }
        }
    };
    security::page_below(visit, "account-passkey-add").main(main).status(errors.status())
}

/// The page on which a passkey gets another name.
pub async fn ask_name(visit: Visit, Path(id): Path<String>) -> Answer {
    let who = own(&visit)?;
    let keys = passkey::all_of(&visit.city.store, &who.account).await?;
    let key = keys.into_iter().find(|key| key.id == id).ok_or_else(Failure::not_found)?;
    Ok(visit.page(name_page(&visit, &id, &key.name, &FieldErrors::default())))
}

pub async fn rename(visit: Visit, Path(id): Path<String>, sent: Submitted) -> Answer {
    let (who, city) = (own(&visit)?, &visit.city);
    let Some(name) = Name::parse(sent.text("name")) else {
        let mut errors = FieldErrors::default();
        errors.add("name", "account-passkey-name-wrong");
        return Ok(visit.page(name_page(&visit, &id, sent.text("name"), &errors)));
    };
    let mut tx = city.store.begin().await?;
    passkey::rename(&mut tx, &who.account, &id, name.as_str()).await?;
    who.did(&mut tx, "passkey.renamed", &who.account, json!({ "passkey": id }), (&*city.clock, &*city.random)).await?;
    tx.commit().await?;
    Ok(see_other("/account/security"))
}

fn name_page(visit: &Visit, id: &str, typed: &str, errors: &FieldErrors) -> Page {
    let body = html! { (name_field(visit, typed, errors)) (submit(&visit.t("account-passkey-rename-button"), Emphasis::Main)) };
    let main = html! { (errors.summary(visit)) (form(&format!("/account/security/passkey/{id}"), false, body)) };
    security::page_below(visit, "account-passkey-rename").main(main).status(errors.status())
}

fn name_field(visit: &Visit, typed: &str, errors: &FieldErrors) -> Markup {
    let (label, hint) = (visit.t("account-passkey-name"), visit.t("account-passkey-name-hint"));
    let error = errors.message(visit, "name");
    let field = Field {
        name: "name",
        label: &label,
        hint: &hint,
        error: &error,
        value: typed,
        required: true,
        ..Field::default()
    };
    text_field(visit, &field)
}

fn told(question: &Question) -> Response {
    fresh(Json(question).into_response())
}
