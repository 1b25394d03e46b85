//! Services: which programs of the city send letters, and a new one.

use axum::response::Response;
use kernel_base::Id;
use kernel_language::Language;
use kernel_record::{Audit, audit};
use kernel_ui::{
    Column, Emphasis, Field, Markup, Row, Table, button, empty_state, form, html, lead, select, table, text_field,
};
use kernel_web::{Answer, Failure, FieldErrors, Submitted, Visit, see_other};
use serde_json::json;

use super::{address, language_choices, page};
use crate::notify::sign::public_id;
use crate::service::Service;
use crate::store;

pub const LONGEST_NAME: usize = 100;

pub async fn list(visit: Visit) -> Answer {
    shown(&visit, "", &FieldErrors::default()).await
}

async fn shown(visit: &Visit, name: &str, errors: &FieldErrors) -> Result<Response, Failure> {
    let services = store::services(&visit.city.store).await?;
    let main = html! {
        (errors.summary(visit))
        (lead(&visit.t("letters-services-lead")))
        (all(visit, &services))
        h2 { (visit.t("letters-service-new")) }
        (form("/letters-office/services", false, questions(visit, name, errors)))
    };
    Ok(visit.page(page(visit, visit.t("letters-services")).status(errors.status()).main(main)))
}

fn all(visit: &Visit, services: &[Service]) -> Markup {
    if services.is_empty() {
        return empty_state(&visit.t("letters-services-none"), html! {});
    }
    let row = |service: &Service| {
        Row::new(vec![
            html! { a href=(address(service)) { (service.name) } },
            html! { code { (public_id(&service.id)) } },
            html! { (visit.moment(service.at)) },
        ])
    };
    let columns = ["letters-service-name", "letters-service-id", "letters-service-since"];
    table(&Table {
        caption: visit.t("letters-services"),
        columns: columns.map(|key| Column::text(visit.t(key))).to_vec(),
        rows: services.iter().map(row).collect(),
    })
}

fn questions(visit: &Visit, name: &str, errors: &FieldErrors) -> Markup {
    let (label, hint) = (visit.t("letters-service-name"), visit.t("letters-service-name-hint"));
    let (language, language_hint) = (visit.t("letters-service-language"), visit.t("letters-service-language-hint"));
    let error = errors.message(visit, "name");
    html! {
        (text_field(visit, &Field { name: "name", label: &label, hint: &hint, error: &error, value: name, required: true, ..Field::default() }))
        (select(visit, &Field { name: "language", label: &language, hint: &language_hint, value: visit.language.code, required: true, ..Field::default() }, &language_choices()))
        (button(&visit.t("letters-service-make"), Emphasis::Main))
    }
}

pub async fn make(visit: Visit, sent: Submitted) -> Answer {
    let name = sent.text("name");
    let mut errors = FieldErrors::default();
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        errors.add("name", "letters-service-name-error");
        return shown(&visit, name, &errors).await;
    }
    let (city, who) = (&visit.city, visit.me()?);
    let service = Service {
        id: Id::new("se", &*city.clock, &*city.random).to_string(),
        at: visit.now(),
        name: name.to_owned(),
        language: Language::find(sent.text("language")).unwrap_or(visit.language),
        team: Vec::new(),
    };
    let mut tx = city.store.begin().await?;
    store::insert_service(&mut tx, &service).await?;
    let entry = Audit { act: "service.made", who: &who.account, subject: &service.id, detail: json!({ "name": name }) };
    audit(&mut tx, entry, &*city.clock, &*city.random).await?;
    tx.commit().await?;
    Ok(see_other(&address(&service)))
}
