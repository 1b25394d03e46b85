//! How large a request may be and how long its handler may take.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::Limited;

use crate::{City, Failure};

/// Marks a request whose handler takes the body as it comes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Streamed;

/// Everybody's measure, but for addresses whose handlers take files as they come and measure for themselves
/// ([`crate::System::streams`]).
pub(crate) async fn measure(State(city): State<City>, mut request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if city.systems.iter().flat_map(|system| system.streams).any(|ours| fits(ours, path)) {
        request.extensions_mut().insert(Streamed);
        return next.run(request).await;
    }
    let most = city.settings.body_limit;
    let said = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if said.is_some_and(|length: usize| length > most) {
        return Failure::new(StatusCode::PAYLOAD_TOO_LARGE, "").into_response();
    }
    let request = request.map(|body| Body::new(Limited::new(body, most)));
    let late = |_| Failure::new(StatusCode::SERVICE_UNAVAILABLE, "").into_response();
    tokio::time::timeout(city.settings.timeout, next.run(request)).await.unwrap_or_else(late)
}

/// Whether a path is of this pattern: `{}` stands for one part.
fn fits(pattern: &str, path: &str) -> bool {
    let (mut pattern, mut path) = (pattern.split('/'), path.split('/'));
    loop {
        match (pattern.next(), path.next()) {
            (None, None) => return true,
            (Some("{}"), Some(_)) => {}
            (Some(wanted), Some(found)) if wanted == found => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn a_pattern_is_the_whole_path() {
        assert!(fits("/map/office/{}/import", "/map/office/trees/import"));
        assert!(!fits("/map/office/{}/import", "/map/office/trees/import/more"));
        assert!(!fits("/map/office/{}/import", "/map/office/import"));
    }
}
