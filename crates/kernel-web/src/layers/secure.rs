use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::City;
use crate::visit::{LANGUAGE_COOKIE, host_bound, language_in_query, secure, text};

/// Scripts and styles only from our own files, nothing inline, no frames, forms only to ourselves.
const CONTENT_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
     connect-src 'self'; manifest-src 'self'; worker-src 'self'; object-src 'none'; form-action 'self'; \
     base-uri 'none'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 8] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(self), payment=(), usb=(), browsing-topics=()",
    ),
    (HeaderName::from_static("x-permitted-cross-domain-policies"), "none"),
];

/// Where people are known by name, besides whatever else is kept nowhere: their addresses are told to nobody else. Not
/// `no-referrer`, with which browsers send forms without the origin that we ask for.
const PERSONAL: [&str; 7] = ["/account", "/people", "/sign-in", "/sign-out", "/register", "/recover", "/follow"];

fn is_personal(path: &str) -> bool {
    PERSONAL.iter().any(|place| path.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
}

/// Security headers on every answer (a handler may set its own), and the cookie of a chosen language.
pub(crate) async fn headers(State(city): State<City>, request: Request, next: Next) -> Response {
    let encrypted = secure(&city, request.headers());
    let chosen = language_in_query(request.uri().query().unwrap_or_default());
    let personal = is_personal(request.uri().path());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    if personal || text(headers, header::CACHE_CONTROL).contains("no-store") {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        // A page that tells nobody at all stays so.
        if text(headers, header::REFERRER_POLICY) != "no-referrer" {
            headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
        }
    }
    for (name, value) in &HEADERS {
        if !headers.contains_key(name) {
            headers.insert(name.clone(), HeaderValue::from_static(value));
        }
    }
    if encrypted {
        headers
            .insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000; includeSubDomains"));
    }
    if let Some(language) = chosen {
        set_cookie(headers, LANGUAGE_COOKIE, language.code, encrypted);
    }
    response
}

/// A preference of the reader for a year. Holds no identity, so it needs no consent.
pub(crate) fn set_cookie(headers: &mut HeaderMap, name: &str, value: &str, encrypted: bool) {
    let secure = if encrypted { "; Secure" } else { "" };
    let name = host_bound(name, encrypted);
    let line = format!("{name}={value}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax{secure}");
    if let Ok(line) = HeaderValue::from_str(&line) {
        headers.append(header::SET_COOKIE, line);
    }
}
