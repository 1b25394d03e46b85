use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use axum::extract::Request;
use axum::http::HeaderValue;
use axum::middleware::Next;
use axum::response::Response;
use kernel_base::Random;
use tracing::Instrument;

/// Tells the requests of several nodes apart.
static NODE: LazyLock<String> = LazyLock::new(|| {
    let mut bytes = [0; 4];
    kernel_base::SystemRandom.fill(&mut bytes);
    data_encoding::HEXLOWER.encode(&bytes)
});

/// Names the request, counts it and writes one line about it at debug level (info for failures of ours).
pub(crate) async fn request(mut request: Request, next: Next) -> Response {
    static LAST: AtomicU64 = AtomicU64::new(0);
    let id = format!("{}-{}", *NODE, LAST.fetch_add(1, Ordering::Relaxed) + 1);
    let id = HeaderValue::from_str(&id).unwrap_or(HeaderValue::from_static("0"));
    request.headers_mut().insert("x-request-id", id.clone());
    let begun = Instant::now();
    let method = request.method().clone();
    // Without the query: it may hold what somebody searched for.
    let path = request.uri().path().to_owned();
    let span = tracing::info_span!("request", id = id.to_str().unwrap_or_default());
    let mut response = next.run(request).instrument(span).await;
    let status = response.status();
    let took = begun.elapsed();
    metrics::counter!("http_requests_total", "method" => label(&method), "status" => status_class(status.as_u16()))
        .increment(1);
    metrics::histogram!("http_request_duration_seconds").record(took.as_secs_f64());
    if status.is_server_error() {
        tracing::warn!(%method, path, status = status.as_u16(), request = ?id, "failed");
    } else {
        tracing::debug!(%method, path, status = status.as_u16(), took = ?took, "answered");
    }
    response.headers_mut().insert("x-request-id", id);
    response
}

/// A bounded set of labels, whatever methods a client makes up.
fn label(method: &axum::http::Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PUT" => "PUT",
        "DELETE" => "DELETE",
        _ => "other",
    }
}

fn status_class(status: u16) -> &'static str {
    match status {
        200..=299 => "2xx",
        300..=399 => "3xx",
        400..=499 => "4xx",
        _ => "5xx",
    }
}
