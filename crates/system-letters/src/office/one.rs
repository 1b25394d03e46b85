//! One service: what it is called, its team, its reply addresses, keys and templates.

use axum::extract::Path;
use axum::response::Response;
use kernel_base::Id;
use kernel_language::Language;
use kernel_letters::{is_email, phone};
use kernel_record::{Audit, audit};
use kernel_ui::{
    Column, Emphasis, Field, Markup, Row, Table, button, empty_state, form, html, select, summary_list, table,
    text_field, textarea,
};
use kernel_web::{Answer, Failure, FieldErrors, Submitted, Visit, see_other};
use serde_json::json;

use super::services::LONGEST_NAME;
use super::{address, keys, language_choices, page, service};
use crate::notify::sign::public_id;
use crate::service::Service;
use crate::store;

const MOST_TEAM: usize = 50;

pub async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let service = service(&visit.city, &id).await?;
    shown(&visit, &service, &FieldErrors::default()).await
}

pub(super) async fn shown(visit: &Visit, service: &Service, errors: &FieldErrors) -> Result<Response, Failure> {
    let main = html! {
        (errors.summary(visit))
        (summary_list(&[
            (visit.t("letters-service-id"), html! { code { (public_id(&service.id)) } }),
            (visit.t("letters-service-since"), html! { (visit.moment(service.at)) }),
        ]))
        h2 { (visit.t("letters-templates")) }
        (templates(visit, service).await?)
        p { a href=(format!("{}/templates/new", address(service))) { (visit.t("letters-template-new")) } }
        h2 { (visit.t("letters-keys")) }
        (keys::all(visit, service, errors).await?)
        h2 { (visit.t("letters-reply-to")) }
        (reply_to(visit, service, errors).await?)
        h2 { (visit.t("letters-service-change")) }
        (form(&address(service), false, questions(visit, service, errors)))
    };
    let page = page(visit, service.name.clone()).crumb(visit.t("letters-services"), "/letters-office/services");
    Ok(visit.page(page.status(errors.status()).main(main)))
}

async fn templates(visit: &Visit, service: &Service) -> Result<Markup, Failure> {
    let templates = store::templates(&visit.city.store, &service.id).await?;
    if templates.is_empty() {
        return Ok(empty_state(&visit.t("letters-templates-none"), html! {}));
    }
    let row = |template: &crate::template::Template| {
        Row::new(vec![
            html! { a href=(format!("{}/templates/{}", address(service), template.id)) { (template.name) } },
            html! { (visit.t(&format!("letters-channel-{}", template.kind.name()))) @if template.retired { " · " (visit.t("letters-template-retired")) } },
            html! { (visit.number(template.version)) },
            html! { code { (public_id(&template.id)) } },
        ])
    };
    let columns = vec![
        Column::text(visit.t("letters-template-name")),
        Column::text(visit.t("letters-channel")),
        Column::number(visit.t("letters-template-version")),
        Column::text(visit.t("letters-template-id")),
    ];
    Ok(table(&Table { caption: visit.t("letters-templates"), columns, rows: templates.iter().map(row).collect() }))
}

async fn reply_to(visit: &Visit, service: &Service, errors: &FieldErrors) -> Result<Markup, Failure> {
    let addresses = store::reply_to(&visit.city.store, &service.id).await?;
    let (label, hint) = (visit.t("letters-reply-to-new"), visit.t("letters-reply-to-hint"));
    let error = errors.message(visit, "reply_to");
    let question = html! {
        (text_field(visit, &Field { name: "reply_to", label: &label, hint: &hint, error: &error, kind: "email", required: true, ..Field::default() }))
        (button(&visit.t("letters-reply-to-add"), Emphasis::Second))
    };
    let entries: Vec<_> =
        addresses.iter().map(|known| (known.address.clone(), html! { code { (public_id(&known.id)) } })).collect();
    Ok(html! {
        @if !entries.is_empty() { (summary_list(&entries)) }
        (form(&format!("{}/reply-to", address(service)), false, question))
    })
}

fn questions(visit: &Visit, service: &Service, errors: &FieldErrors) -> Markup {
    let words = |key: &str| visit.t(key);
    let (name, name_error) = (words("letters-service-name"), errors.message(visit, "name"));
    let (language, language_hint) = (words("letters-service-language"), words("letters-service-language-hint"));
    let (team, team_hint, team_error) =
        (words("letters-service-team"), words("letters-service-team-hint"), errors.message(visit, "team"));
    let lines = service.team.join("\n");
    html! {
        (text_field(visit, &Field { name: "name", label: &name, error: &name_error, value: &service.name, required: true, ..Field::default() }))
        (select(visit, &Field { name: "language", label: &language, hint: &language_hint, value: service.language.code, required: true, ..Field::default() }, &language_choices()))
        (textarea(visit, &Field { name: "team", label: &team, hint: &team_hint, error: &team_error, value: &lines, ..Field::default() }, 4))
        (button(&words("letters-service-save"), Emphasis::Main))
    }
}

pub async fn change(visit: Visit, Path(id): Path<String>, sent: Submitted) -> Answer {
    let city = &visit.city;
    let country = &city.letters.settings.country;
    let mut service = service(city, &id).await?;
    service.name = sent.text("name").to_owned();
    service.language = Language::find(sent.text("language")).unwrap_or(service.language);
    service.team =
        sent.text("team").lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect();
    let mut errors = FieldErrors::default();
    if service.name.is_empty() || service.name.chars().count() > LONGEST_NAME {
        errors.add("name", "letters-service-name-error");
    }
    let known = |line: &String| is_email(line) || phone(line, country).is_some();
    if service.team.len() > MOST_TEAM || !service.team.iter().all(known) {
        errors.add("team", "letters-service-team-error");
    }
    if !errors.is_empty() {
        return shown(&visit, &service, &errors).await;
    }
    let mut tx = city.store.begin().await?;
    store::change_service(&mut tx, &service).await?;
    note(&visit, &mut tx, "service.changed", &id, json!({ "name": service.name, "team": service.team.len() })).await?;
    tx.commit().await?;
    Ok(see_other(&address(&service)))
}

pub async fn add_reply_to(visit: Visit, Path(id): Path<String>, sent: Submitted) -> Answer {
    let city = &visit.city;
    let service = service(city, &id).await?;
    let wanted = sent.text("reply_to");
    if !is_email(wanted) {
        let mut errors = FieldErrors::default();
        errors.add("reply_to", "letters-reply-to-error");
        return shown(&visit, &service, &errors).await;
    }
    let mut tx = city.store.begin().await?;
    let reply = Id::new("rt", &*city.clock, &*city.random);
    store::insert_reply_to(&mut tx, &service.id, reply.as_str(), wanted).await?;
    note(&visit, &mut tx, "reply-address.added", &id, json!({ "reply_to": reply.as_str() })).await?;
    tx.commit().await?;
    Ok(see_other(&address(&service)))
}

/// An entry of the audit trail, by who asks.
pub(super) async fn note(
    visit: &Visit,
    tx: &mut kernel_store::Tx,
    act: &'static str,
    subject: &str,
    detail: serde_json::Value,
) -> Result<(), Failure> {
    let entry = Audit { act, who: &visit.me()?.account, subject, detail };
    Ok(audit(tx, entry, &*visit.city.clock, &*visit.city.random).await?)
}
