use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt;
use moka::sync::Cache;

use crate::City;
use crate::api::digest;
use crate::layers::compress::{Encoding, compress, worthwhile};
use crate::layers::rights::{Asker, Recognised};
use crate::visit::{DISPLAY_COOKIE, chosen, secure, text, wanted_language};

/// Longer bodies are passed through as they come.
const LARGEST: u64 = 4 * 1024 * 1024;
/// How long a ready page may outlive what another node wrote.
const LIFE: Duration = Duration::from_secs(15);

/// Ready pages until the next commit of this process: those of readers without a session, and those that are the same
/// for all who have one.
#[derive(Clone)]
pub(crate) struct KeptPages(Cache<String, Arc<Kept>>);

struct Kept {
    /// The store's version when the page was begun.
    version: u64,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl KeptPages {
    pub(crate) fn new(bytes: u64) -> KeptPages {
        let weigh =
            |key: &String, kept: &Arc<Kept>| u32::try_from(key.len() + kept.body.len() + 1024).unwrap_or(u32::MAX);
        KeptPages(Cache::builder().max_capacity(bytes).weigher(weigh).time_to_live(LIFE).build())
    }
}

/// Answers from memory where it may; compresses, tags (`ETag`) and keeps what is made anew.
pub(crate) async fn keep(State((city, pages)): State<(City, KeptPages)>, request: Request, next: Next) -> Response {
    let encoding = Encoding::accepted(request.headers());
    let known = header_bytes(request.headers(), header::IF_NONE_MATCH);
    let reader = Readers::of(&request);
    let key = reader.filter(|_| request.method() == Method::GET).map(|reader| key(&city, &request, encoding, reader));
    let version = city.store.version();
    if let Some(kept) = key.as_ref().and_then(|key| pages.0.get(key))
        && kept.version == version
    {
        return answer(&kept, known);
    }
    let made = next.run(request).await;
    if made.extensions().get::<AsItIs>().is_some() {
        return made;
    }
    let shared = reader == Some(Readers::Strangers) || made.extensions().get::<Shared>().is_some();
    let Some(kept) = finish(made, encoding, version).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    match kept {
        Finished::Passed(response) => response,
        Finished::Whole(kept) => {
            let kept = Arc::new(kept);
            if let Some(key) = key.filter(|_| shared && may_keep(&kept)) {
                pages.0.insert(key, kept.clone());
            }
            answer(&kept, known)
        }
    }
}

enum Finished {
    /// Too large, empty or of unknown length.
    Passed(Response),
    Whole(Kept),
}

/// Reads the body whole and compresses it; `None` when the body breaks off.
async fn finish(response: Response, encoding: Encoding, version: u64) -> Option<Finished> {
    let length = response.body().size_hint().exact();
    if !length.is_some_and(|length| (1..=LARGEST).contains(&length)) {
        return Some(Finished::Passed(response));
    }
    let (parts, body) = response.into_parts();
    let mut headers = parts.headers;
    let mut body = body.collect().await.ok()?.to_bytes();
    let digest = digest(&body);
    if worthwhile(&headers, body.len()) {
        headers.append(header::VARY, HeaderValue::from_static("accept-encoding"));
        if let Some(name) = encoding.name() {
            let whole = body.clone();
            body = tokio::task::spawn_blocking(move || compress(&whole, encoding)).await.ok()?.ok()?;
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
        }
    }
    if parts.status == StatusCode::OK && !headers.contains_key(header::ETAG) {
        let suffix = encoding.name().unwrap_or("id");
        let tag = format!("\"{digest}-{suffix}\"");
        headers.insert(header::ETAG, HeaderValue::from_str(&tag).ok()?);
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        // Ask every time, but a 304 is enough when nothing changed.
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
        headers.append(header::VARY, HeaderValue::from_static("accept-language, cookie"));
    }
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
    Some(Finished::Whole(Kept { version, status: parts.status, headers, body }))
}

fn answer(kept: &Kept, known: Option<HeaderValue>) -> Response {
    let unchanged = known.is_some_and(|known| {
        let tag = kept.headers.get(header::ETAG).and_then(|tag| tag.to_str().ok());
        let known = known.to_str().unwrap_or_default();
        let same = |one: &str, tag: &str| one.trim() == "*" || one.trim().trim_start_matches("W/") == tag;
        tag.is_some_and(|tag| known.split(',').any(|one| same(one, tag)))
    });
    let mut response = if unchanged {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let mut response = Response::new(Body::from(kept.body.clone()));
        *response.status_mut() = kept.status;
        response
    };
    *response.headers_mut() = kept.headers.clone();
    if unchanged {
        for name in [header::CONTENT_LENGTH, header::CONTENT_ENCODING, header::CONTENT_TYPE] {
            response.headers_mut().remove(name);
        }
    }
    response
}

fn may_keep(kept: &Kept) -> bool {
    let control = text(&kept.headers, header::CACHE_CONTROL);
    kept.status == StatusCode::OK && !control.contains("no-store") && !kept.headers.contains_key(header::SET_COOKIE)
}

/// Marks a page that shows nothing of who is signed in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shared;

/// Marks an answer that goes out as it came from its handler, which has its own cache, tag and compression.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AsItIs;

/// Readers who may see the same bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Readers {
    Strangers,
    SignedIn,
}

impl Readers {
    /// `None` for those whose pages are their own: with a token, or acting for somebody else.
    fn of(request: &Request) -> Option<Readers> {
        if request.headers().contains_key(header::AUTHORIZATION) {
            return None;
        }
        match request.extensions().get::<Asker>().map(|asker| &asker.who)? {
            Recognised::Nobody => Some(Readers::Strangers),
            Recognised::Somebody(who) if who.acting.is_none() => Some(Readers::SignedIn),
            _ => None,
        }
    }
}

/// Everything that an anonymous page depends on besides the data.
fn key(city: &City, request: &Request, encoding: Encoding, reader: Readers) -> String {
    let headers = request.headers();
    let uri = request.uri();
    let host = uri.authority().map_or_else(|| text(headers, header::HOST), |authority| authority.as_str());
    let language = wanted_language(uri.query().unwrap_or_default(), headers).code;
    let display = chosen(headers, DISPLAY_COOKIE).unwrap_or_default();
    let accept = text(headers, header::ACCEPT);
    let accept = (accept.contains("json"), accept.contains("html"));
    format!(
        "{} {reader:?} {host} {}?{} {language} {display} {} {accept:?}",
        secure(city, headers),
        uri.path(),
        uri.query().unwrap_or_default(),
        encoding.name().unwrap_or_default(),
    )
}

fn header_bytes(headers: &HeaderMap, name: header::HeaderName) -> Option<HeaderValue> {
    headers.get(name).cloned()
}
