use std::sync::Arc;

use axum::http::header;
use axum::response::IntoResponse;
use kernel_ui::{Column, Markup, Row, Table, Tone, html, lead, section, table, tag};
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::{OpenApi, RefOr};

use crate::{Answer, Need, Page, Routes, Visit};

/// The description itself and a page made from it.
pub(crate) fn routes(description: Arc<OpenApi>) -> Routes {
    let for_page = description.clone();
    Routes::new().get("/api", Need::Everyone, async move |visit: Visit| show(visit, &for_page)).get(
        "/api/openapi.json",
        Need::Everyone,
        async move || json(&description),
    )
}

fn json(description: &OpenApi) -> Answer {
    let body = serde_json::to_string_pretty(description).map_err(kernel_base::Error::fault)?;
    Ok(([(header::CONTENT_TYPE, "application/json")], body).into_response())
}

fn show(visit: Visit, description: &OpenApi) -> Answer {
    let operations: Vec<(&'static str, &str, &Operation)> = description
        .paths
        .paths
        .iter()
        .flat_map(|(path, item)| methods(item).map(move |(m, o)| (m, path.as_str(), o)))
        .collect();
    let main = html! {
        (lead(&visit.t("api-lead")))
        p { a href="/api/openapi.json" { (visit.t("api-description")) } }
        @if operations.is_empty() { p { (visit.t("api-none")) } }
        @for (number, (method, path, operation)) in operations.iter().enumerate() {
            (section(&format!("operation-{number}"), &format!("{method} {path}"), one(&visit, operation)))
        }
    };
    Ok(visit.page(Page::new(visit.t("api-title")).description(visit.t("api-lead")).main(main)))
}

fn methods(item: &PathItem) -> impl Iterator<Item = (&'static str, &Operation)> {
    [("GET", &item.get), ("POST", &item.post), ("PUT", &item.put), ("DELETE", &item.delete)]
        .into_iter()
        .filter_map(|(name, operation)| operation.as_ref().map(|operation| (name, operation)))
}

/// The descriptions are English: they are part of the interface.
fn one(visit: &Visit, operation: &Operation) -> Markup {
    let parameters = operation.parameters.as_deref().unwrap_or_default();
    let written = parameters.iter().filter_map(|parameter| match parameter {
        RefOr::T(parameter) => Some(parameter),
        RefOr::Ref(_) => None,
    });
    let rows = written.map(|parameter| {
        let about = parameter.description.clone().unwrap_or_default();
        Row::new(vec![html! { code { (parameter.name) } }, html! { span lang="en" dir="ltr" { (about) } }])
    });
    let parameters_table = Table {
        caption: visit.t("api-parameters"),
        columns: vec![Column::text(visit.t("api-name")), Column::text(visit.t("api-meaning"))],
        rows: rows.collect(),
    };
    html! {
        @if let Some(summary) = operation.summary.as_ref().or(operation.description.as_ref()) {
            p lang="en" dir="ltr" { (summary) }
        }
        @if !parameters.is_empty() { (table(&parameters_table)) }
        p { @for status in operation.responses.responses.keys() { (tag(Tone::Neutral, status)) " " } }
    }
}
