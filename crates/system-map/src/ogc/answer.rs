//! What all documents share: which shape is wanted, who may read it from where, and what a refusal says.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use kernel_base::Error;
use kernel_web::{Asked, Failure, Visit};
use serde::Serialize;

use crate::layer::{Layer, Readers, Stage};

/// Parameters that every document takes.
const ALWAYS: &[&str] = &["f", "lang"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Json,
    Html,
}

/// The request cannot be read; the words say why.
pub fn bad(why: impl Into<String>) -> Failure {
    Failure::new(StatusCode::BAD_REQUEST, why)
}

/// By `f`, else by what the reader's browser prefers.
///
/// # Errors
/// 400 for another `f`.
pub fn shape(headers: &HeaderMap, asked: &Asked) -> Result<Shape, Failure> {
    match asked.text("f") {
        "json" | "geojson" => Ok(Shape::Json),
        "html" => Ok(Shape::Html),
        "" if wants_page(headers) => Ok(Shape::Html),
        "" => Ok(Shape::Json),
        other => Err(bad(format!("f is json or html, not \"{other}\""))),
    }
}

fn wants_page(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accept.contains("text/html") && !accept.contains("json")
}

/// Refuses parameters that the document does not know (OGC 17-069r4, requirement /req/core/query-param-unknown).
///
/// # Errors
/// 400 with the first unknown one.
pub fn only(asked: &Asked, known: &[&str]) -> Result<(), Failure> {
    let unknown = asked.pairs().find(|(key, _)| !known.contains(key) && !ALWAYS.contains(key));
    match unknown {
        None => Ok(()),
        Some((key, _)) if known.is_empty() => Err(bad(format!("there is no parameter \"{key}\" here"))),
        Some((key, _)) => Err(bad(format!("there is no parameter \"{key}\" here; known are {}", known.join(", ")))),
    }
}

/// A document as bytes.
pub fn of(body: impl Into<Body>, kind: &'static str) -> Response {
    let mut response = Response::new(body.into());
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("accept"));
    response
}

/// A document as JSON.
///
/// # Errors
/// When it cannot be written.
pub fn json(value: &impl Serialize, kind: &'static str) -> Result<Response, Failure> {
    Ok(of(serde_json::to_vec(value).map_err(Error::fault)?, kind))
}

/// What scripts of other sites may read, since everybody may see it (Fetch, CORS protocol). Without credentials, so
/// that nobody's session is lent to them.
pub fn open(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    let exposed = HeaderValue::from_static("content-crs, etag, link");
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, exposed);
    headers.insert(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin"));
    response
}

/// Opens what belongs to a layer that everybody may see.
pub fn open_if(layer: &Layer, response: Response) -> Response {
    if is_open(layer) { open(response) } else { response }
}

pub fn is_open(layer: &Layer) -> bool {
    layer.readers == Readers::Everyone && layer.stage == Stage::Published
}

/// Adds a header whose value is made of names and numbers of ours; one that is no header value is left out.
pub fn with(mut response: Response, name: HeaderName, value: &str) -> Response {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().append(name, value);
    }
    response
}

/// The words of a layer in the reader's language; its name when it has none.
pub fn title<'l>(visit: &Visit, layer: &'l Layer) -> &'l str {
    match layer.title.said(visit.language.code) {
        "" => &layer.name,
        said => said,
    }
}
