//! One template: how it looks in each language, its versions, and its end.

use axum::extract::Path;
use axum::response::Response;
use kernel_base::Error;
use kernel_language::Language;
use kernel_ui::{
    Choice, Column, Emphasis, Field, Markup, Row, Table, Tone, alert, button, form, html, select, summary_list, table,
};
use kernel_web::{Answer, Failure, FieldErrors, Submitted, Visit, see_other};
use serde_json::json;

use super::write::{Draft, questions};
use super::{address, one, page_of, service, template};
use crate::notify::sign::public_id;
use crate::service::Service;
use crate::store;
use crate::template::{Template, places, shown_empty};

pub async fn show(visit: Visit, Path((service_id, id)): Path<(String, String)>) -> Answer {
    let service = service(&visit.city, &service_id).await?;
    let template = template(&visit.city, &service.id, &id).await?;
    let draft = Draft::of(&template);
    shown(&visit, &service, &template, &draft, &FieldErrors::default()).await
}

pub(super) async fn shown(
    visit: &Visit,
    service: &Service,
    template: &Template,
    draft: &Draft,
    errors: &FieldErrors,
) -> Result<Response, Failure> {
    let here = format!("{}/templates/{}", address(service), template.id);
    let subjects = template.kind == kernel_letters::Channel::Email;
    let versions = store::versions(&visit.city.store, &service.id, &template.id).await?;
    let main = html! {
        (errors.summary(visit))
        @if template.retired { (alert(Tone::Info, &visit.t("letters-template-retired"), html! {})) }
        (summary_list(&[
            (visit.t("letters-template-id"), html! { code { (public_id(&template.id)) } }),
            (visit.t("letters-channel"), html! { (visit.t(&format!("letters-channel-{}", template.kind.name()))) }),
            (visit.t("letters-template-version"), html! { (visit.number(template.version)) }),
        ]))
        (previews(visit, template))
        @if !template.retired {
            h2 { (visit.t("letters-template-try")) }
            (form(&format!("{here}/try"), false, trial_questions(visit, template)))
            h2 { (visit.t("letters-template-change")) }
            (form(&here, false, questions(visit, draft, subjects, errors)))
            (form(&format!("{here}/retire"), false, html! { (button(&visit.t("letters-template-retire"), Emphasis::Quiet)) }))
        }
        h2 { (visit.t("letters-template-versions")) }
        (all_versions(visit, &versions))
    };
    Ok(visit.page(page_of(visit, service, template.name.clone()).status(errors.status()).main(main)))
}

fn previews(visit: &Visit, template: &Template) -> Markup {
    html! {
        @for (code, text) in &template.texts {
            @let language = Language::find(code);
            @let looks = shown_empty(text);
            h2 { (visit.t_with("letters-template-preview", &[("language", language.map(|language| language.name).unwrap_or(code).into())])) }
            div lang=(code) {
                @if !looks.subject.is_empty() { p { strong { (looks.subject) } } }
                pre { (looks.body) }
            }
            @let names = places(text);
            @if !names.is_empty() { p { (visit.t_with("letters-template-places", &[("names", names.join(", ").into())])) } }
        }
    }
}

fn trial_questions(visit: &Visit, template: &Template) -> Markup {
    let label = visit.t("letters-template-language");
    let choices: Vec<_> = template
        .texts
        .keys()
        .filter_map(|code| Language::find(code))
        .map(|language| Choice::new(language.code, language.name))
        .collect();
    html! {
        (select(visit, &Field { name: "language", label: &label, value: visit.language.code, required: true, ..Field::default() }, &choices))
        (button(&visit.t("letters-template-try-button"), Emphasis::Second))
    }
}

fn all_versions(visit: &Visit, versions: &[Template]) -> Markup {
    let row = |version: &Template| {
        Row::new(vec![
            html! { (visit.number(version.version)) },
            html! { (version.name) },
            html! { (visit.moment(version.at)) },
            html! { @for (code, text) in &version.texts { p lang=(code) { (text.subject) } pre lang=(code) { (text.body) } } },
        ])
    };
    let columns = vec![
        Column::number(visit.t("letters-template-version")),
        Column::text(visit.t("letters-template-name")),
        Column::text(visit.t("letters-template-since")),
        Column::text(visit.t("letters-template-text")),
    ];
    table(&Table { caption: visit.t("letters-template-versions"), columns, rows: versions.iter().map(row).collect() })
}

pub async fn retire(visit: Visit, Path((id, template)): Path<(String, String)>, _: Submitted) -> Answer {
    let city = &visit.city;
    let service = service(city, &id).await?;
    let mut tx = city.store.begin().await?;
    if !store::retire(&mut tx, &service.id, &template).await? {
        return Err(Error::NotFound.into());
    }
    one::note(&visit, &mut tx, "template.retired", &template, json!({ "service": id })).await?;
    tx.commit().await?;
    Ok(see_other(&address(&service)))
}
