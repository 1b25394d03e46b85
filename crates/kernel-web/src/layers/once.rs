//! An act of a program is done once, however often it asks: `Idempotency-Key`
//! (draft-ietf-httpapi-idempotency-key-header).

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use data_encoding::BASE64;
use kernel_base::Error;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::failure::Unwritten;
use crate::kept_answer::{self, Found, Key};
use crate::layers::limits;
use crate::layers::rights::{Asker, Recognised};
use crate::{City, Failure};

const NAME: HeaderName = HeaderName::from_static("idempotency-key");
/// Says that the answer is the one that was given before.
const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");
/// Longer answers are not kept; asked again, the program is told where to look.
const LARGEST: usize = 64 * 1024;
/// What a key may look like.
pub(crate) const KEY_PATTERN: &str = "^[!-~]{1,255}$";
/// Headers of an answer that are part of it.
const OF_THE_ANSWER: [HeaderName; 5] =
    [header::CONTENT_TYPE, header::LOCATION, header::LINK, header::CACHE_CONTROL, header::CONTENT_LANGUAGE];
const PURPOSE: &str = "kept answer";

#[derive(Serialize, Deserialize)]
struct Kept {
    headers: Vec<(String, String)>,
    /// Base 64; none when it was too large.
    body: Option<String>,
}

/// Only what was done is kept: a refusal did nothing and may be asked again with the same key.
pub(crate) async fn once(State(city): State<City>, request: Request, next: Next) -> Response {
    let asked = request.method() == Method::POST && city.for_programs(request.uri().path());
    let Some(given) = request.headers().get(NAME).filter(|_| asked) else { return next.run(request).await };
    let Some(name) = key_of(given) else {
        let why = "Idempotency-Key is 1 to 255 visible ASCII characters, with or without quotation marks";
        return Failure::new(StatusCode::BAD_REQUEST, why).into_response();
    };
    let Some(scope) = scope(&city, &request) else { return next.run(request).await };
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, city.settings.body_limit).await else {
        return Failure::new(StatusCode::PAYLOAD_TOO_LARGE, "").into_response();
    };
    let key = Key {
        id: city.secrets.hash("idempotency key", &format!("{scope} {} {name}", parts.uri.path())),
        request: city.secrets.hash("idempotency request", &fingerprint(parts.uri.query(), &parts.headers, &body)),
    };
    match kept_answer::reserve(&city, &key).await {
        Ok(Found::Nothing) => {}
        Ok(found) => return answer_again(&city, found),
        Err(error) => return Failure::from(error).into_response(),
    }
    let response = next.run(Request::from_parts(parts, Body::from(body))).await;
    keep(&city, &key, response).await
}

/// The key as a structured string (`"…"`) or bare.
fn key_of(given: &HeaderValue) -> Option<String> {
    let text = given.to_str().ok()?.trim();
    let bare = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text);
    let good = (1..=255).contains(&bare.len()) && bare.bytes().all(|byte| byte.is_ascii_graphic());
    good.then(|| bare.to_owned())
}

/// Whose key it is: two who happen to make up the same one do not meet. None when the request is refused anyway.
fn scope(city: &City, request: &Request) -> Option<String> {
    match &request.extensions().get::<Asker>()?.who {
        Recognised::Somebody(who) => Some(format!("{} {}", who.account, who.subject())),
        Recognised::Nobody => Some(limits::client(city, request.headers(), request.extensions()).to_string()),
        Recognised::Refused | Recognised::Unknown => None,
    }
}

fn fingerprint(query: Option<&str>, headers: &HeaderMap, body: &Bytes) -> String {
    let mut digest = Sha256::new();
    let kind = headers.get(header::CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
    for part in [query.unwrap_or_default().as_bytes(), kind, body] {
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part);
    }
    data_encoding::HEXLOWER.encode(&digest.finalize())
}

fn answer_again(city: &City, found: Found) -> Response {
    let (status, detail) = match found {
        Found::OtherRequest => (
            StatusCode::UNPROCESSABLE_ENTITY,
            "This Idempotency-Key came with another request before; make up a new one.",
        ),
        Found::Done { status, answer } => {
            return replay(city, status, &answer).unwrap_or_else(IntoResponse::into_response);
        }
        Found::Unknown => (
            StatusCode::CONFLICT,
            "It is not known whether the request with this Idempotency-Key was done. Look first; then ask with a new key.",
        ),
        Found::Nothing | Found::Running => {
            (StatusCode::CONFLICT, "The request with this Idempotency-Key is under way.")
        }
    };
    Failure::new(status, detail).into_response()
}

fn replay(city: &City, status: u16, sealed: &str) -> Result<Response, Failure> {
    let plain = city.secrets.open(PURPOSE, sealed)?;
    let kept: Kept = serde_json::from_slice(&plain).map_err(Error::fault)?;
    let mut response = match kept.body {
        Some(body) => Response::new(Body::from(BASE64.decode(body.as_bytes()).map_err(Error::fault)?)),
        None => {
            let why = "It was done before; the answer was too large to be kept. Look at what it made.";
            return Err(Failure::new(StatusCode::CONFLICT, why));
        }
    };
    *response.status_mut() = StatusCode::from_u16(status).map_err(Error::fault)?;
    for (name, value) in &kept.headers {
        let (name, value) = (name.parse::<HeaderName>(), value.parse::<HeaderValue>());
        response.headers_mut().append(name.map_err(Error::fault)?, value.map_err(Error::fault)?);
    }
    response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
    Ok(response)
}

/// Keeps the answer of what was done, frees the key of what was not, and leaves the rest unknown.
async fn keep(city: &City, key: &Key, response: Response) -> Response {
    let status = response.status();
    let undone = status.is_client_error()
        || response.extensions().get::<Unwritten>().is_some_and(|Unwritten(failure)| failure.again);
    let (noted, response) = if undone {
        (kept_answer::free(city, key).await, response)
    } else if status.is_server_error() {
        (kept_answer::leave_unknown(city, key).await, response)
    } else {
        match collected(response).await {
            Ok((response, kept)) => (seal_and_keep(city, key, status, &kept).await, response),
            Err(failure) => return failure.into_response(),
        }
    };
    if let Err(error) = noted {
        // The act itself is done; asked again, the program is told to look first.
        tracing::warn!(%error, "an answer could not be kept");
    }
    response
}

async fn collected(response: Response) -> Result<(Response, Kept), Failure> {
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.map_err(Error::fault)?;
    let headers = OF_THE_ANSWER.iter().flat_map(|name| parts.headers.get_all(name).into_iter().map(move |v| (name, v)));
    let headers =
        headers.filter_map(|(name, value)| Some((name.to_string(), value.to_str().ok()?.to_owned()))).collect();
    let kept = Kept { headers, body: (body.len() <= LARGEST).then(|| BASE64.encode(&body)) };
    Ok((Response::from_parts(parts, Body::from(body)), kept))
}

async fn seal_and_keep(city: &City, key: &Key, status: StatusCode, kept: &Kept) -> kernel_base::Result<()> {
    let plain = serde_json::to_vec(kept).map_err(Error::fault)?;
    let sealed = city.secrets.seal(PURPOSE, &plain, &*city.random)?;
    kept_answer::keep(city, key, status.as_u16(), &sealed).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_with_and_without_quotation_marks() {
        let read = |text: &'static str| key_of(&HeaderValue::from_static(text));
        assert_eq!(read("8e03978e"), Some("8e03978e".to_owned()));
        assert_eq!(read("\"8e03978e\""), Some("8e03978e".to_owned()));
        for wrong in ["", "\"\"", "two words"] {
            assert_eq!(read(wrong), None, "{wrong:?}");
        }
        let long = HeaderValue::from_str(&"x".repeat(256)).expect("a header");
        assert_eq!(key_of(&long), None);
    }

    #[test]
    fn the_same_body_under_another_query_or_media_type_is_another_request() {
        let (json, csv) = (["application/json"; 1], ["text/csv"; 1]);
        let of = |query, kind: [&'static str; 1], body: &'static str| {
            let headers = HeaderMap::from_iter([(header::CONTENT_TYPE, HeaderValue::from_static(kind[0]))]);
            fingerprint(query, &headers, &Bytes::from_static(body.as_bytes()))
        };
        assert_eq!(of(Some("a=1"), json, "x"), of(Some("a=1"), json, "x"));
        let all =
            [of(Some("a=1"), json, "x"), of(None, json, "x"), of(Some("a=1"), csv, "x"), of(Some("a=1"), json, "")];
        let different: std::collections::BTreeSet<_> = all.into_iter().collect();
        assert_eq!(different.len(), 4);
    }
}
