//! From an archive to a [`Site`]: bodies are read one by one and only their features stay.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, mpsc};

use survey_archive::{Archive, Response};

use super::address::document_ending;
use super::build::{PageInput, SiteBuilder};
use super::html::{self, RawPage};
use super::model::{Document, Site};
use crate::text::charset::{PAGE_LIMIT, decode};

/// Headers that facts are read from.
const HEADERS: [&str; 14] = [
    "content-type",
    "content-security-policy",
    "content-security-policy-report-only",
    "strict-transport-security",
    "x-content-type-options",
    "x-frame-options",
    "referrer-policy",
    "permissions-policy",
    "cross-origin-opener-policy",
    "last-modified",
    "content-language",
    "server",
    "set-cookie",
    "location",
];

enum Read {
    Page(Box<PageInput>),
    Document(Document),
    Redirect(String, String),
    Nothing,
}

/// Reads everything the archive holds.
///
/// # Errors
/// When the archive cannot be read; a single record that cannot is left out.
pub fn site(archive: &Archive) -> Result<Site, survey_archive::Error> {
    let mut builder = SiteBuilder::default();
    for (_, note) in archive.notes()? {
        builder.note(note);
    }
    let responses = Mutex::new(archive.responses().enumerate());
    in_order(
        || responses.lock().ok().and_then(|mut iter| iter.next()),
        |response| response.ok().map(|response| (response.url.clone(), response.status, read(&response))),
        |known| {
            let Some((url, status, read)) = known else { return };
            builder.status(&url, status);
            match read {
                Read::Page(page) => builder.page(*page),
                Read::Document(document) => builder.document(document),
                Read::Redirect(from, to) => builder.redirect(&from, &to),
                Read::Nothing => {}
            }
        },
    );
    let conversions = Mutex::new(archive.conversions().enumerate());
    in_order(
        || conversions.lock().ok().and_then(|mut iter| iter.next()),
        |conversion| {
            let conversion = conversion.ok()?;
            let text =
                String::from_utf8_lossy(conversion.bytes.get(..PAGE_LIMIT).unwrap_or(&conversion.bytes)).into_owned();
            let page = conversion.mime.starts_with("text/html").then(|| parsed(&text, &conversion.uri));
            Some((conversion.uri, conversion.id.0, text, page))
        },
        |known| {
            let Some((url, record, text, page)) = known else { return };
            match page {
                Some(raw) => builder.page(PageInput { url, record, raw, headers: BTreeMap::new(), rendered: true }),
                None => builder.document_text(&url, &text),
            }
        },
    );
    Ok(builder.finish())
}

/// Two workers share the work; results are handed over in the order of the items, so the outcome does not depend on timing.
fn in_order<T: Send, R: Send>(
    next: impl Fn() -> Option<(usize, T)> + Sync,
    work: impl Fn(T) -> R + Sync,
    mut take: impl FnMut(R),
) {
    let (send, receive) = mpsc::sync_channel::<(usize, R)>(16);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            let (send, next, work) = (send.clone(), &next, &work);
            scope.spawn(move || {
                while let Some((number, item)) = next() {
                    if send.send((number, work(item))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(send);
        let mut waiting = BTreeMap::new();
        let mut due = 0;
        for (number, result) in receive {
            waiting.insert(number, result);
            while let Some(result) = waiting.remove(&due) {
                take(result);
                due += 1;
            }
        }
        waiting.into_values().for_each(take);
    });
}

/// A page that makes the parser fail is an empty page, not the end of the judgement.
pub(crate) fn parsed(source: &str, url: &str) -> RawPage {
    catch_unwind(AssertUnwindSafe(|| html::read(source, url))).unwrap_or_default()
}

fn read(response: &Response) -> Read {
    let status = response.status;
    if (300..400).contains(&status) {
        let target = response.header("location").and_then(|to| url::Url::parse(&response.url).ok()?.join(to).ok());
        return target.map_or(Read::Nothing, |to| Read::Redirect(response.url.clone(), to.into()));
    }
    if status != 200 {
        return Read::Nothing;
    }
    let media = response.media_type();
    let markup = media.contains("html") || media.is_empty() && response.body.iter().take(512).any(|b| *b == b'<');
    if !markup {
        let ending = document_ending(&response.url);
        let counted = ending.is_some()
            || ["pdf", "word", "excel", "sheet", "opendocument", "csv", "zip", "hwp", "calendar"]
                .iter()
                .any(|m| media.contains(m));
        return if counted {
            Read::Document(Document { url: response.url.clone(), record: response.id.0.clone(), media, text: None })
        } else {
            Read::Nothing
        };
    }
    let Ok(body) = response.decoded(PAGE_LIMIT) else { return Read::Nothing };
    let text = decode(&body, response.header("content-type").unwrap_or_default());
    let mut headers = BTreeMap::new();
    for (name, value) in &response.headers {
        let name = name.to_ascii_lowercase();
        if HEADERS.contains(&name.as_str()) {
            let known: &mut String = headers.entry(name).or_default();
            if !known.is_empty() {
                known.push_str(", ");
            }
            known.extend(value.chars().take(4_000));
        }
    }
    Read::Page(Box::new(PageInput {
        url: response.url.clone(),
        record: response.id.0.clone(),
        raw: parsed(&text, &response.url),
        headers,
        rendered: false,
    }))
}
