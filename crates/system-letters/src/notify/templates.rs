//! Reading templates: `GET /v2/templates`, `GET /v2/template/…`, and a preview.

use axum::body::Bytes;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use kernel_base::Id;
use kernel_web::{Asked as Query, Visit};
use serde_json::json;

use super::asked::Asked;
use super::refusal::{Answer, Refusal, answered, json_response};
use super::send::fill;
use super::shape;
use super::sign::signed;
use crate::service::Service;
use crate::store;
use crate::template::Template;

pub async fn list(visit: Visit, headers: HeaderMap, query: Query) -> Answer {
    answered(all(&visit, &headers, query.text("type")).await)
}

async fn all(visit: &Visit, headers: &HeaderMap, kind: &str) -> Result<Response, Refusal> {
    let (service, _) = signed(&visit.city, headers).await?;
    if !["", "email", "sms", "letter"].contains(&kind) {
        return Err(Refusal::invalid(format!("type {kind} is not one of [sms, email, letter]")));
    }
    let templates = store::templates(&visit.city.store, &service.id).await?;
    let wanted = templates.iter().filter(|template| !template.retired);
    let wanted = wanted.filter(|template| kind.is_empty() || template.kind.name() == kind);
    let shown: Vec<_> = wanted.map(|template| shape::template(template, service.language)).collect();
    Ok(json_response(StatusCode::OK, &json!({ "templates": shown })))
}

pub async fn newest(visit: Visit, headers: HeaderMap, Path(id): Path<String>) -> Answer {
    answered(found(&visit, &headers, &id, None).await.map(|(service, template)| shown(&service, &template)))
}

pub async fn version(visit: Visit, headers: HeaderMap, Path((id, version)): Path<(String, String)>) -> Answer {
    let Ok(version) = version.parse::<i64>() else {
        return answered(Err(Refusal::invalid("version is not of type integer")));
    };
    // 0 is no version, though the store takes it for the newest.
    let found = found(&visit, &headers, &id, Some(if version < 1 { -1 } else { version })).await;
    answered(found.map(|(service, template)| shown(&service, &template)))
}

fn shown(service: &Service, template: &Template) -> Response {
    json_response(StatusCode::OK, &shape::template(template, service.language))
}

pub async fn preview(visit: Visit, headers: HeaderMap, Path(id): Path<String>, body: Bytes) -> Answer {
    answered(filled_in(&visit, &headers, &id, &body).await)
}

async fn filled_in(visit: &Visit, headers: &HeaderMap, id: &str, body: &Bytes) -> Result<Response, Refusal> {
    let (service, template) = found(visit, headers, id, None).await?;
    let asked = Asked::read(body)?;
    asked.only(&["personalisation", "language"], &[])?;
    let (_, text) = template.text(asked.language()?, service.language);
    let text = fill(template.kind, &text, &asked)?;
    Ok(json_response(StatusCode::OK, &shape::preview(&template, &text)))
}

async fn found(
    visit: &Visit,
    headers: &HeaderMap,
    id: &str,
    version: Option<i64>,
) -> Result<(Service, Template), Refusal> {
    let (service, _) = signed(&visit.city, headers).await?;
    let id = Id::from_uuid("lt", id).ok_or_else(|| Refusal::invalid("id is not a valid UUID"))?;
    let template = store::template(&visit.city.store, &service.id, id.as_str(), version).await?;
    Ok((service, template.ok_or_else(Refusal::none)?))
}
