//! One address fetched, archived and read: the part of the work that runs beside others.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Mutex, PoisonError, RwLock};
use std::time::Duration;

use http::Method;
use survey_archive::{RecordId, Truncated};
use url::{Position, Url};

use crate::address;
use crate::charset;
use crate::client::{Answer, Ask, Client, FetchError};
use crate::document;
use crate::frontier::{Id, Offer};
use crate::options::Options;
use crate::page::{self, Link, Page};
use crate::recorder::Recorder;
use crate::scope::Scope;
use crate::words::Words;

/// Links remembered as handed on; when there are more, the memory begins anew.
const MAX_SEEN: usize = 2_000_000;

pub const ACCEPT_PAGE: &str = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8";

/// What all fetches share.
pub struct Shared {
    pub options: Options,
    pub client: Client,
    pub recorder: Recorder,
    pub words: Words,
    pub scope: RwLock<Scope>,
    /// Address and words of links already handed on: a menu repeats itself on every page.
    seen: Mutex<HashSet<u64>>,
}

impl Shared {
    pub fn new(options: Options, client: Client, recorder: Recorder, words: Words) -> Self {
        let scope = RwLock::new(Scope::new(&options.start));
        Self { options, client, recorder, words, scope, seen: Mutex::default() }
    }

    pub fn in_scope(&self, url: &Url) -> bool {
        self.scope.read().unwrap_or_else(PoisonError::into_inner).holds(url)
    }

    /// Canonical, and for mapped hosts with the scheme of the start: only that one is served there.
    pub fn canonical(&self, url: Url) -> Option<Url> {
        let mut url = address::canonical(url)?;
        if url.host_str().is_some_and(|h| self.client.dialler().is_mapped(h))
            && url.scheme() != self.options.start.scheme()
        {
            url.set_scheme(self.options.start.scheme()).ok()?;
        }
        Some(url)
    }

    /// Links that were not handed on before, by what they say and where they stand: nothing is parsed for the others.
    fn fresh<'p>(&self, base: &Url, page: &'p Page) -> Vec<&'p Link> {
        let full = &base[..Position::AfterQuery];
        let origin = &base[..Position::BeforePath];
        let folder = full.split('?').next().and_then(|p| p.rfind('/').and_then(|at| p.get(..=at))).unwrap_or(full);
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() > MAX_SEEN {
            seen.clear();
        }
        let mut new = |link: &&Link| {
            let against = match link.href.as_bytes().first() {
                Some(b'/') => origin,
                Some(b'?') => full,
                _ => folder,
            };
            let mut hash = DefaultHasher::new();
            (against, &link.href, &link.text).hash(&mut hash);
            seen.insert(hash.finish())
        };
        page.links.iter().filter(|l| !l.href.is_empty() && !l.href.starts_with('#')).filter(|l| new(l)).collect()
    }

    fn is_news(&self, url: &Url, words: &str) -> bool {
        let mut hash = DefaultHasher::new();
        (url.as_str(), words).hash(&mut hash);
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).insert(hash.finish())
    }
}

/// A link that leads on.
#[derive(Debug)]
pub struct Lead {
    pub url: Url,
    pub offer: Offer,
}

/// An address after it was asked.
#[derive(Debug)]
pub struct Fetched {
    pub id: Id,
    pub url: Url,
    pub outcome: Result<Reading, FetchError>,
}

#[derive(Debug)]
pub struct Reading {
    /// The archived answer.
    pub record: RecordId,
    pub status: u16,
    pub media: String,
    pub bytes: u64,
    pub truncated: Option<Truncated>,
    pub redirect: Option<Url>,
    pub cookies: Vec<String>,
    pub retry_after: Option<Duration>,
    pub page: Option<Page>,
    pub leads: Vec<Lead>,
    /// Links that lead out of the organisation.
    pub outside: Vec<Url>,
    /// Bytes of the unpacked page were more than is read.
    pub bomb: bool,
    /// Why the text of a document is not there.
    pub unread: Option<String>,
}

/// Fetches, archives and reads one address.
///
/// # Errors
/// Only when the archive cannot be written; everything else is part of [`Fetched`].
pub async fn fetch(
    shared: &Shared,
    id: Id,
    url: Url,
    depth: u16,
    document: bool,
    cookies: Option<String>,
) -> Result<Fetched, survey_archive::Error> {
    let limits = &shared.options.limits;
    let ask = Ask {
        url: url.clone(),
        method: Method::GET,
        accept: ACCEPT_PAGE,
        max_body: if document { limits.document_bytes } else { limits.page_bytes },
        max_declared: limits.document_bytes,
        deadline: if document { limits.request_time * 2 } else { limits.request_time },
        cookies,
    };
    let outcome = match shared.client.ask(&ask).await {
        Err(e) => Err(e),
        Ok(answer) => Ok(read(shared, &url, depth, answer).await?),
    };
    Ok(Fetched { id, url, outcome })
}

async fn read(shared: &Shared, url: &Url, depth: u16, mut answer: Answer) -> Result<Reading, survey_archive::Error> {
    let media = answer.media_type();
    let status = answer.status;
    let redirect = (matches!(status, 301 | 302 | 303 | 307 | 308))
        .then(|| answer.headers.get("location").map(|v| String::from_utf8_lossy(v.as_bytes()).into_owned()))
        .flatten()
        .and_then(|to| url.join(to.trim()).ok());
    let cookies = answer.headers.get_all("set-cookie").iter().filter_map(|v| v.to_str().ok());
    let cookies = cookies.filter_map(|c| c.split(';').next()).map(|c| c.trim().to_owned()).take(20).collect();
    let retry_after = matches!(status, 429 | 503).then(|| answer.header("retry-after").and_then(seconds)).flatten();
    let limit = usize::try_from(shared.options.limits.page_bytes).unwrap_or(usize::MAX);
    let is_html = media == "text/html"
        || media == "application/xhtml+xml"
        || (media.is_empty() && looks_like_html(&answer.exchange.body));
    let (mut page, mut leads, mut outside, mut bomb) = (None, Vec::new(), Vec::new(), false);
    if is_html {
        let body = answer.decoded(limit);
        bomb = body.len() >= limit;
        let content_type = answer.header("content-type").unwrap_or("").to_owned();
        let host = url.host_str().unwrap_or("");
        let (text, _) = charset::decode(&body, &content_type, host);
        drop(body);
        let read = page::read(&text);
        (leads, outside) = links(shared, url, depth, &read);
        page = Some(read);
    }
    let pdf = status == 200 && (media == "application/pdf" || answer.exchange.body.starts_with(b"%PDF-"));
    let pdf = (pdf && answer.exchange.truncated.is_none()).then(|| answer.decoded(usize::MAX >> 8));
    let (bytes, truncated) = (answer.exchange.body.len() as u64, answer.exchange.truncated);
    answer.exchange.url = url.to_string();
    let record = shared.recorder.exchange(answer.exchange).await?;
    let mut unread = None;
    if let Some(pdf) = pdf {
        match document::pdf_text(pdf).await {
            Ok(text) => {
                shared
                    .recorder
                    .conversion(url.as_str(), Some(record.clone()), "text/plain; charset=utf-8", text.into_bytes())
                    .await?;
            }
            Err(why) => unread = Some(why),
        }
    }
    Ok(Reading {
        record,
        status,
        media,
        bytes,
        truncated,
        redirect,
        cookies,
        retry_after,
        page,
        leads,
        outside,
        bomb,
        unread,
    })
}

/// Resolves a page's links, sorts out what leads outside, and weighs the rest by the criteria's words.
pub fn links(shared: &Shared, url: &Url, depth: u16, page: &Page) -> (Vec<Lead>, Vec<Url>) {
    let base = page.base.as_deref().and_then(|b| url.join(b).ok()).unwrap_or_else(|| url.clone());
    let own = page.language.as_deref().map(primary);
    let (mut leads, mut outside) = (Vec::new(), Vec::new());
    for link in shared.fresh(&base, page) {
        let Some(target) = base.join(&link.href).ok().and_then(|u| shared.canonical(u)) else { continue };
        if !shared.is_news(&target, &link.text) {
            continue;
        }
        if !shared.in_scope(&target) {
            outside.push(target);
            continue;
        }
        let path = target.as_str().splitn(4, '/').nth(3).unwrap_or("");
        let hits = shared.words.hits(&link.text, path);
        let language = link.language.as_deref().map(primary).filter(|l| Some(l) != own.as_ref() && l != "x");
        let offer = Offer { hits, depth: depth.saturating_add(1), part: link.frame, language, ..Offer::default() };
        leads.push(Lead { url: target, offer });
    }
    (leads, outside)
}

fn primary(tag: &str) -> String {
    tag.split(['-', '_']).next().unwrap_or(tag).to_ascii_lowercase()
}

fn seconds(value: &str) -> Option<Duration> {
    value.trim().parse().ok().map(Duration::from_secs)
}

fn looks_like_html(body: &[u8]) -> bool {
    let start = body.trim_ascii_start();
    let start: Vec<u8> = start.iter().take(15).map(u8::to_ascii_lowercase).collect();
    start.starts_with(b"<!doctype html") || start.starts_with(b"<html")
}
