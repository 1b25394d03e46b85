//! What leaves an archive: a page without its powers, a screenshot, a document to download. Every answer is its own sandbox:
//! no script, no request, no form, no way out of the frame, whatever was left in it.

use std::cell::Cell;

use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use data_encoding::BASE64;
use kernel_web::{Answer, Asked, Failure, Visit, fresh};
use url::Url;

use super::clean::{self, clean};
use super::door::{self, Opened};
use super::shelf::{self, Book, Sort, page_href};
use crate::round::Stage;

const POLICY: &str = "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'; \
     base-uri 'none'; frame-ancestors 'self'";

/// Bytes of one style sheet, and of the pictures of one page, that are shown at most.
const SHEET: usize = 512 * 1024;
const PICTURES: usize = 4 * 1024 * 1024;
/// Bytes of a document that are sent at most.
const DOCUMENT: usize = 64 * 1024 * 1024;

/// Raster pictures and drawings; in an `img` neither runs or fetches anything.
const PICTURE_TYPES: [&str; 6] = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/svg+xml"];

/// Every JPEG file begins so (ITU-T T.81, B.2.1). The survey's browser takes no other pictures.
const JPEG: [u8; 3] = [0xFF, 0xD8, 0xFF];

/// A page as it looked, or with `as=sent` as the server sent it before any script ran; the words of a document.
pub async fn page(visit: Visit, Path(city): Path<String>, asked: Asked) -> Answer {
    let opened = door::open_with(&visit, &city, asked.text("key")).await?;
    let found = opened.book.find(asked.text("url")).ok_or_else(Failure::not_found)?.clone();
    let (book, sent) = (opened.book.clone(), asked.text("as") == "sent");
    let key = opened.key(&visit.city)?;
    let made = move || match found.sort {
        Sort::Page => as_page(&book, (&city, key.as_deref()), &found.address, sent),
        Sort::Document => as_words(&book, &found.address, &found.title),
    };
    // A page that the parser stumbles over is one that cannot be shown, no failure of the portal.
    let made = tokio::task::spawn_blocking(made).await.ok().flatten();
    let made = made.ok_or_else(|| Failure::said(StatusCode::NOT_FOUND, "survey-archive-unreadable"))?;
    Ok(guarded(&opened, "text/html; charset=utf-8", made.into_bytes()))
}

pub async fn picture(visit: Visit, Path(city): Path<String>, asked: Asked) -> Answer {
    let opened = door::open(&visit, &city).await?;
    let (book, address) = (opened.book.clone(), asked.text("url").to_owned());
    let found = tokio::task::spawn_blocking(move || book.picture(&address)).await.ok().flatten();
    let bytes = found.map(|resource| resource.bytes).filter(|bytes| bytes.starts_with(&JPEG));
    Ok(guarded(&opened, "image/jpeg", bytes.ok_or_else(Failure::not_found)?))
}

/// A document to download; pages are shown only.
pub async fn file(visit: Visit, Path(city): Path<String>, asked: Asked) -> Answer {
    let opened = door::open(&visit, &city).await?;
    let found = opened.book.find(asked.text("url")).filter(|one| one.sort == Sort::Document);
    let address = found.ok_or_else(Failure::not_found)?.address.clone();
    let name = file_name(&address);
    let book = opened.book.clone();
    let read = move || book.response(&address).and_then(|response| response.decoded(DOCUMENT).ok());
    let bytes = tokio::task::spawn_blocking(read).await.ok().flatten();
    let bytes = bytes.ok_or_else(|| Failure::said(StatusCode::NOT_FOUND, "survey-archive-unreadable"))?;
    let mut answer = guarded(&opened, "application/octet-stream", bytes);
    answer.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    Ok(answer)
}

/// `Content-Disposition` (RFC 6266) with the document's own name.
fn file_name(address: &str) -> HeaderValue {
    let name: String = url::form_urlencoded::byte_serialize(shelf::file_name(address).as_bytes()).collect();
    let line = format!("attachment; filename*=UTF-8''{}", name.replace('+', "%20"));
    HeaderValue::from_str(&line).unwrap_or(HeaderValue::from_static("attachment"))
}

fn guarded(opened: &Opened, kind: &'static str, bytes: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_FRAME_OPTIONS, "SAMEORIGIN"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::HeaderName::from_static("x-robots-tag"), "noindex, nofollow"),
    ];
    let answer = (headers, bytes).into_response();
    if opened.round.stage == Stage::Published { answer } else { fresh(answer) }
}

fn as_page(book: &Book, (city, key): (&str, Option<&str>), address: &str, sent: bool) -> Option<String> {
    let at = Url::parse(address).ok()?;
    let kept = OfBook { book, city, key, left: Cell::new(PICTURES) };
    if let Some(rendered) = book.rendered(address).filter(|_| !sent) {
        let rendered = rendered.get(..survey_assess::PAGE_LIMIT).unwrap_or(&rendered);
        return Some(clean(&String::from_utf8_lossy(rendered), &at, true, &kept));
    }
    let response = book.response(address)?;
    let body = response.decoded(survey_assess::PAGE_LIMIT).ok()?;
    let text = survey_assess::decode(&body, response.header("content-type").unwrap_or_default());
    Some(clean(&text, &at, false, &kept))
}

fn as_words(book: &Book, address: &str, title: &str) -> Option<String> {
    let words = book.words(address)?;
    let (title, words) = (clean::escaped(title), clean::escaped(&String::from_utf8_lossy(&words)));
    Some(format!(
        "<!doctype html><html><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title></head><body><pre style=\"white-space: pre-wrap\">{words}</pre></body></html>"
    ))
}

/// What the archive has of what a page asks for. Everything comes inside the page, so that it asks nobody for anything.
struct OfBook<'a> {
    book: &'a Book,
    city: &'a str,
    /// What opens other pages from within the sandbox.
    key: Option<&'a str>,
    /// Bytes of pictures that this page may still show.
    left: Cell<usize>,
}

impl OfBook<'_> {
    fn read(&self, address: &Url, most: usize) -> Option<(String, Vec<u8>)> {
        let response = self.book.response(address.as_str())?;
        Some((response.media_type(), response.decoded(most).ok()?))
    }
}

impl clean::Kept for OfBook<'_> {
    fn link(&self, address: &Url) -> Option<String> {
        let href = page_href(self.city, &self.book.find(address.as_str())?.address);
        Some(self.key.map_or_else(|| href.clone(), |key| format!("{href}&key={key}")))
    }

    fn style(&self, address: &Url) -> Option<String> {
        let (kind, bytes) = self.read(address, SHEET)?;
        (kind == "text/css").then(|| String::from_utf8_lossy(&bytes).into_owned())
    }

    fn picture(&self, address: &Url) -> Option<String> {
        let (kind, bytes) = self.read(address, self.left.get().saturating_add(1))?;
        let kind = PICTURE_TYPES.into_iter().find(|known| *known == kind)?;
        self.left.set(self.left.get().checked_sub(bytes.len())?);
        Some(format!("data:{kind};base64,{}", BASE64.encode(&bytes)))
    }
}
