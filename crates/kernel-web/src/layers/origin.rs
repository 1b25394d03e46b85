use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::visit::text;
use crate::{City, Failure, security};

/// Refuses acts that another site's page sends with our reader's cookies (cross-site request forgery). Browsers say
/// where a request comes from (`Sec-Fetch-Site`, W3C Fetch Metadata); older ones send `Origin`; programs send neither.
pub(crate) async fn same_site(State(city): State<City>, request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS | Method::TRACE);
    if safe || ours(&city, request.headers(), request.uri().authority().map(|a| a.as_str())) {
        return next.run(request).await;
    }
    security::event(&city, &request, "form.foreign", "");
    Failure::new(StatusCode::FORBIDDEN, "").into_response()
}

fn ours(city: &City, headers: &HeaderMap, authority: Option<&str>) -> bool {
    match text(headers, header::HeaderName::from_static("sec-fetch-site")) {
        "same-origin" | "none" => true,
        "" => match text(headers, header::ORIGIN) {
            "" => true,
            origin => {
                let host = authority.unwrap_or(text(headers, header::HOST));
                let without_scheme = origin.split_once("://").map_or(origin, |(_, rest)| rest);
                (!host.is_empty() && without_scheme == host)
                    || (!city.settings.origin.is_empty() && origin == city.settings.origin)
            }
        },
        _ => false,
    }
}
