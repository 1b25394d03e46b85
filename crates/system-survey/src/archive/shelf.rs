//! Archives that are open: what pages they hold. The last few stay in memory, since finding out takes a moment.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use kernel_base::{Error, Result};
use kernel_web::City;
use moka::sync::Cache;
use survey_archive::notes::Note;
use survey_archive::{Archive, RecordId, Resource, Response};
use url::Url;

use super::clean;
use crate::capture::{Settings, evidence};
use crate::round::{Capture, Round, RoundCity};

/// Archives whose index is kept in memory.
const OPEN: u64 = 8;
/// Of each page, bytes in which its title is looked for.
const HEAD: usize = 64 * 1024;
/// Redirects followed within the archive.
const STEPS: usize = 5;

/// Documents that people read.
const DOCUMENTS: [&str; 9] =
    ["pdf", "msword", "ms-excel", "ms-powerpoint", "officedocument", "opendocument", "rtf", "hwp", "text/csv"];

/// By file and digest: an archive that was captured anew is another one.
static SHELF: LazyLock<Cache<(PathBuf, String), Arc<Book>>> = LazyLock::new(|| Cache::new(OPEN));

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    Page,
    Document,
}

/// A page or document of an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its own address on the city's site.
    pub address: String,
    /// The page's own title; a document's file name.
    pub title: String,
    pub sort: Sort,
    /// When it was read, RFC 3339 UTC.
    pub date: String,
    /// The archive has a screenshot of it.
    pub pictured: bool,
}

/// An open archive and what is in it.
#[derive(Debug)]
pub struct Book {
    archive: Archive,
    kept: Vec<Kept>,
    records: HashMap<String, RecordId>,
    /// Redirects: from one address to another.
    leads: HashMap<String, String>,
}

/// The archive of a city that was captured; `None` when there is none, or when it is not on this machine.
/// Who asks must have been let in.
pub async fn open(city: &City, round: &Round, one: &RoundCity) -> Result<Option<Arc<Book>>> {
    let (Capture::Assessed, Some(digest)) = (one.capture.state, one.capture.evidence_digest.clone()) else {
        return Ok(None);
    };
    let file = evidence(&Settings::of(city), round, one);
    if !tokio::fs::try_exists(&file).await.unwrap_or(false) {
        return Ok(None);
    }
    let read = move || SHELF.try_get_with((file.clone(), digest), || Book::read(&file).map(Arc::new));
    let book = tokio::task::spawn_blocking(read).await.map_err(Error::fault)?;
    book.map(Some).map_err(Error::fault)
}

/// Where a city's archived pages are listed.
pub fn list_href(city: &str) -> String {
    format!("/survey/archive/{city}")
}

/// Where a page is shown without any of its powers, fit for a frame.
pub fn page_href(city: &str, address: &str) -> String {
    href(city, "page", address)
}

/// Where a page is looked at, with what is known about it.
pub fn look_href(city: &str, address: &str) -> String {
    href(city, "look", address)
}

/// Where a page's screenshot is.
pub fn picture_href(city: &str, address: &str) -> String {
    href(city, "picture", address)
}

pub(super) fn href(city: &str, what: &str, address: &str) -> String {
    let address: String = url::form_urlencoded::byte_serialize(address.as_bytes()).collect();
    format!("/survey/archive/{city}/{what}?url={address}")
}

fn screenshot(address: &str) -> String {
    format!("urn:madang:screenshot:{address}")
}

impl Book {
    fn read(file: &Path) -> std::result::Result<Book, survey_archive::Error> {
        let archive = Archive::open(file)?;
        let notes = archive.notes()?;
        let seen = |note: &(RecordId, Note)| match &note.1 {
            Note::Page(page) => Some((page.url.clone(), (page.title.clone(), page.screenshot.is_some()))),
            _ => None,
        };
        let seen: HashMap<String, (String, bool)> = notes.iter().filter_map(seen).collect();
        let mut book = Book { kept: Vec::new(), records: HashMap::new(), leads: HashMap::new(), archive };
        let mut kept: Vec<Kept> = Vec::new();
        // A record that cannot be read is left out; of several at one address the last counts.
        for response in book.archive.responses().flatten() {
            match sort(&response) {
                Found::Leads(to) => drop(book.leads.insert(response.url, to)),
                Found::Nothing => {}
                Found::Kept(sort) => {
                    let known = book.records.insert(response.url.clone(), response.id.clone()).is_some();
                    if let (Some(sort), false) = (sort, known) {
                        kept.push(entry(response, sort, &seen));
                    }
                }
            }
        }
        book.kept = kept;
        Ok(book)
    }

    /// Pages and documents in the order of the capture.
    pub fn kept(&self) -> &[Kept] {
        &self.kept
    }

    /// The page or document at an address, or where a redirect from there leads.
    pub fn find(&self, address: &str) -> Option<&Kept> {
        let address = self.resolve(address)?;
        self.kept.iter().find(|one| one.address == address)
    }

    /// The address at which the archive holds an answer; fragments do not count.
    fn resolve<'a>(&'a self, address: &'a str) -> Option<&'a str> {
        let mut address = address.split('#').next()?;
        for _ in 0..STEPS {
            if let Some((known, _)) = self.records.get_key_value(address) {
                return Some(known);
            }
            address = self.leads.get(address)?;
        }
        None
    }

    /// What the site answered.
    pub(super) fn response(&self, address: &str) -> Option<Response> {
        let id = self.records.get(self.resolve(address)?)?;
        self.archive.response(id).ok()
    }

    /// The page as a browser saw it after its scripts ran.
    pub(super) fn rendered(&self, address: &str) -> Option<Vec<u8>> {
        Some(self.archive.rendered(address).ok()??.bytes)
    }

    /// The words of a document.
    pub(super) fn words(&self, address: &str) -> Option<Vec<u8>> {
        Some(self.archive.text_of(address).ok()??.bytes)
    }

    pub(super) fn picture(&self, address: &str) -> Option<Resource> {
        self.archive.resource(&screenshot(self.resolve(address)?)).ok()?
    }
}

enum Found {
    /// Something with a body; listed when it is a page or a document.
    Kept(Option<Sort>),
    Leads(String),
    Nothing,
}

fn sort(response: &Response) -> Found {
    let mime = response.media_type();
    match response.status {
        200 if matches!(mime.as_str(), "text/html" | "application/xhtml+xml") => Found::Kept(Some(Sort::Page)),
        200 if DOCUMENTS.iter().any(|word| mime.contains(word)) => Found::Kept(Some(Sort::Document)),
        200 => Found::Kept(None),
        301 | 302 | 303 | 307 | 308 => {
            let from = Url::parse(&response.url).ok();
            let to = from.zip(response.header("location")).and_then(|(from, to)| from.join(to).ok());
            to.map_or(Found::Nothing, |mut to| {
                to.set_fragment(None);
                Found::Leads(to.into())
            })
        }
        _ => Found::Nothing,
    }
}

fn entry(response: Response, sort: Sort, seen: &HashMap<String, (String, bool)>) -> Kept {
    let seen = seen.get(&response.url);
    let title = match (sort, seen) {
        (Sort::Document, _) => file_name(&response.url),
        (Sort::Page, Some((title, _))) if !title.is_empty() => title.clone(),
        (Sort::Page, _) => {
            let head = response.decoded(HEAD).unwrap_or_default();
            let text = survey_assess::decode(&head, response.header("content-type").unwrap_or_default());
            // The parser has met many hostile pages, not all of them.
            catch_unwind(AssertUnwindSafe(|| clean::title(&text))).unwrap_or_default()
        }
    };
    let title = if title.is_empty() { response.url.clone() } else { title };
    Kept {
        address: response.url,
        title,
        sort,
        date: response.date,
        pictured: seen.is_some_and(|(_, picture)| *picture),
    }
}

/// The last part of an address, as its writer saw it.
pub(super) fn file_name(address: &str) -> String {
    let Ok(url) = Url::parse(address) else { return String::new() };
    let last = url.path_segments().and_then(|mut parts| parts.next_back()).unwrap_or_default();
    let coded = format!("name={}", last.replace('+', "%2B").replace('&', "%26"));
    url::form_urlencoded::parse(coded.as_bytes()).next().map_or_else(String::new, |(_, name)| name.into_owned())
}
