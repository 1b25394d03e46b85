use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use kernel_ui::{Markup, html, lead, search_field};

use crate::failure::Unwritten;
use crate::visit::text;
use crate::{City, Failure, Page, Problem, Visit};

/// Gives every failure its words: a page in the reader's language, or problem details for programs.
pub(crate) async fn write(State(city): State<City>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let asked = parts.clone();
    let response = next.run(Request::from_parts(parts, body)).await;
    let Some(failure) = unwritten(&response) else { return response };
    let kept: Vec<_> = [header::ALLOW, header::RETRY_AFTER, header::WWW_AUTHENTICATE]
        .into_iter()
        .filter_map(|name| response.headers().get(&name).cloned().map(|value| (name, value)))
        .collect();
    let mut written = if for_program(&city, asked.uri.path(), &asked.headers) {
        Problem::of(&failure, asked.uri.path()).into_response()
    } else {
        let visit = Visit::new(city, &asked);
        page(&visit, &failure)
    };
    written.headers_mut().extend(kept.into_iter().map(|(name, value)| (Some(name), value)));
    written.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if asked.method == Method::HEAD {
        *written.body_mut() = axum::body::Body::empty();
    }
    written
}

/// Failures of handlers carry a mark; those of the router and of ready layers are bare or plain text.
fn unwritten(response: &Response) -> Option<Failure> {
    if let Some(Unwritten(failure)) = response.extensions().get::<Unwritten>() {
        return Some(failure.clone());
    }
    let status = response.status();
    let bare = match response.headers().get(header::CONTENT_TYPE) {
        None => true,
        Some(kind) => kind.as_bytes().starts_with(b"text/plain"),
    };
    ((status.is_client_error() || status.is_server_error()) && bare).then(|| Failure::new(status, ""))
}

fn for_program(city: &City, path: &str, headers: &HeaderMap) -> bool {
    let accept = text(headers, header::ACCEPT);
    let wants_json = accept.contains("application/json") || accept.contains("application/problem+json");
    path.starts_with("/api/") || ((wants_json || city.for_programs(path)) && !accept.contains("text/html"))
}

fn page(visit: &Visit, failure: &Failure) -> Response {
    let key = match failure.status {
        _ if !failure.key.is_empty() => failure.key,
        StatusCode::NOT_FOUND => "failure-not-found",
        StatusCode::FORBIDDEN => "failure-forbidden",
        StatusCode::UNAUTHORIZED => "failure-signed-out",
        StatusCode::METHOD_NOT_ALLOWED => "failure-method",
        StatusCode::TOO_MANY_REQUESTS => "failure-too-many",
        StatusCode::PAYLOAD_TOO_LARGE => "failure-too-large",
        StatusCode::UNPROCESSABLE_ENTITY | StatusCode::BAD_REQUEST => "failure-refused",
        StatusCode::CONFLICT => "failure-conflict",
        StatusCode::SERVICE_UNAVAILABLE => "failure-busy",
        _ => "failure-ours",
    };
    let title = visit.t(key);
    let main = body(visit, failure, &visit.t(&format!("{key}-advice")));
    visit.page(Page::new(title).status(failure.status).unlisted().main(main))
}

fn body(visit: &Visit, failure: &Failure, advice: &str) -> Markup {
    html! {
        @if failure.detail.is_empty() { (lead(advice)) } @else { (lead(&failure.detail)) p { (advice) } }
        @if failure.status == StatusCode::NOT_FOUND {
            (search_field(visit, "/search", &visit.t("failure-search"), "", true))
        }
        p { a href="/" { (visit.t("failure-home")) } }
    }
}
