//! Keys of a service: made, shown once, revoked.

use axum::extract::Path;
use kernel_base::Error;
use kernel_ui::{
    Choice, Column, Emphasis, Field, Markup, Row, Table, Tone, alert, button, form, hidden, html, radios, table,
    text_field,
};
use kernel_web::{Answer, Failure, FieldErrors, Submitted, Visit, fresh, see_other};
use serde_json::json;

use super::services::LONGEST_NAME;
use super::{address, one, page_of, service};
use crate::notify::sign::make_key;
use crate::service::{Key, KeyKind, Service};
use crate::store;

/// The keys of a service and the question for a new one.
pub(super) async fn all(visit: &Visit, service: &Service, errors: &FieldErrors) -> Result<Markup, Failure> {
    let keys = store::keys(&visit.city.store, &service.id).await?;
    let row = |key: &Key| {
        Row::new(vec![
            html! { (key.name) },
            html! { (visit.t(&format!("letters-key-{}", key.kind.name()))) },
            html! { (visit.moment(key.at)) },
            match key.revoked_at {
                Some(at) => html! { (visit.t_with("letters-key-revoked", &[("at", visit.moment(at).into())])) },
                None => form(
                    &format!("{}/keys/revoke", address(service)),
                    false,
                    html! { (hidden("key", &key.id)) (button(&visit.t("letters-key-revoke"), Emphasis::Quiet)) },
                ),
            },
        ])
    };
    let columns = ["letters-key-name", "letters-key-kind", "letters-key-since", "letters-key-end"];
    let shown = Table {
        caption: visit.t("letters-keys"),
        columns: columns.map(|key| Column::text(visit.t(key))).to_vec(),
        rows: keys.iter().map(row).collect(),
    };
    Ok(html! {
        @if !keys.is_empty() { (table(&shown)) }
        (form(&format!("{}/keys", address(service)), false, questions(visit, errors)))
    })
}

fn questions(visit: &Visit, errors: &FieldErrors) -> Markup {
    let (name, error, kind) =
        (visit.t("letters-key-name"), errors.message(visit, "key_name"), visit.t("letters-key-kind"));
    let choice = |kind: KeyKind| Choice {
        hint: visit.t(&format!("letters-key-{}-hint", kind.name())),
        ..Choice::new(kind.name(), visit.t(&format!("letters-key-{}", kind.name())))
    };
    html! {
        (text_field(visit, &Field { name: "key_name", label: &name, error: &error, required: true, ..Field::default() }))
        (radios(visit, &Field { name: "kind", label: &kind, value: "test", required: true, ..Field::default() }, &KeyKind::ALL.map(choice)))
        (button(&visit.t("letters-key-make"), Emphasis::Second))
    }
}

pub async fn make(visit: Visit, Path(id): Path<String>, sent: Submitted) -> Answer {
    let city = &visit.city;
    let service = service(city, &id).await?;
    if let Some(first) = visit.prove_again() {
        return Ok(first);
    }
    let name = sent.text("key_name");
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        let mut errors = FieldErrors::default();
        errors.add("key_name", "letters-key-name-error");
        return one::shown(&visit, &service, &errors).await;
    }
    let kind = KeyKind::find(sent.text("kind")).unwrap_or(KeyKind::Test);
    let (key, shown_once) = make_key(&service, name, kind, &city.secrets, (&*city.clock, &*city.random))?;
    let mut tx = city.store.begin().await?;
    store::insert_key(&mut tx, &service.id, &key).await?;
    one::note(&visit, &mut tx, "service-key.made", &key.id, json!({ "service": id, "kind": kind.name() })).await?;
    tx.commit().await?;
    visit.note("service-key.made", &visit.me()?.account);
    let main = html! {
        (alert(Tone::Success, &visit.t("letters-key-made"), html! { p { code { (shown_once) } } p { (visit.t("letters-key-once")) } }))
        p { a href=(address(&service)) { (visit.t("letters-key-back")) } }
    };
    Ok(fresh(visit.page(page_of(&visit, &service, visit.t("letters-key-new")).main(main))))
}

pub async fn revoke(visit: Visit, Path(id): Path<String>, sent: Submitted) -> Answer {
    let city = &visit.city;
    let (service, key) = (service(city, &id).await?, sent.text("key"));
    let mut tx = city.store.begin().await?;
    if !store::revoke(&mut tx, &service.id, key, visit.now()).await? {
        return Err(Error::NotFound.into());
    }
    one::note(&visit, &mut tx, "service-key.revoked", key, json!({ "service": id })).await?;
    tx.commit().await?;
    visit.note("service-key.revoked", &visit.me()?.account);
    Ok(see_other(&address(&service)))
}
