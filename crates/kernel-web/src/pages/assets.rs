use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use kernel_ui::{asset_address, asset_file};

use crate::visit::text;
use crate::{Answer, Failure};

/// Hashed names never change, so browsers may keep them for a year.
const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

pub(crate) async fn file(Path(file): Path<String>, headers: HeaderMap) -> Answer {
    serve(&file, &headers, FOREVER)
}

/// At the top, because a service worker rules only what is below it; always asked for again.
pub(crate) async fn service_worker(headers: HeaderMap) -> Answer {
    let address = asset_address("sw.js").ok_or(Failure::not_found())?;
    serve(address.trim_start_matches("/assets/"), &headers, HeaderValue::from_static("no-cache"))
}

pub(crate) async fn favicon() -> Answer {
    let address = asset_address("icon-192.png").ok_or(Failure::not_found())?;
    Ok(Redirect::temporary(&address).into_response())
}

fn serve(file: &str, headers: &HeaderMap, cache: HeaderValue) -> Answer {
    let found = asset_file(file, text(headers, header::ACCEPT_ENCODING)).ok_or(Failure::not_found())?;
    let mut response = Response::new(axum::body::Body::from(found.bytes.into_owned()));
    let answer = response.headers_mut();
    answer.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind(file)));
    answer.insert(header::CACHE_CONTROL, cache);
    answer.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = found.encoding {
        answer.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    Ok(response)
}

fn kind(file: &str) -> &'static str {
    match file.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}
