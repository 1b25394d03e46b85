//! A capture that was killed goes on: the archive says what was fetched, and reading it again says what is known.

use survey_archive::{Archive, Error, Kind};
use url::Url;

use crate::charset;
use crate::crawl::Crawl;
use crate::fetch;
use crate::frontier::{Offer, State};
use crate::page;

/// Brings a fresh crawl to where the archive ends.
///
/// # Errors
/// When the archive cannot be read.
pub fn replay(crawl: &mut Crawl<'_>, archive: &Archive) -> Result<(), Error> {
    let limit = usize::try_from(crawl.shared.options.limits.page_bytes).unwrap_or(usize::MAX);
    for response in archive.responses() {
        let response = response?;
        let Some(url) = Url::parse(&response.url).ok() else { continue };
        if url.path() == "/robots.txt" || url.path().starts_with("/.well-known/") || !crawl.shared.in_scope(&url) {
            continue;
        }
        let media = response.media_type();
        let html = matches!(media.as_str(), "text/html" | "application/xhtml+xml");
        let document = crate::address::promise(&url) == crate::address::Promise::Document;
        if !html && !document {
            continue;
        }
        let Some(id) = crawl.frontier.offer(&url, Offer { depth: 1, ..Offer::default() }) else { continue };
        // What answered with an error or a redirect may be asked again: that is cheap and may have changed.
        if response.status != 200 || crawl.frontier.get(id).is_none_or(|k| k.state == State::Fetched) {
            continue;
        }
        crawl.frontier.settle(id, State::Fetched);
        crawl
            .shared
            .scope
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .note_host(url.host_str().unwrap_or(""));
        if document && !html {
            crawl.counts.documents += 1;
            crawl.counts.documents_asked += 1;
            crawl.counts.document_bytes += response.body.len() as u64;
            continue;
        }
        let body = response.decoded(limit).unwrap_or_default();
        let (text, _) =
            charset::decode(&body, response.header("content-type").unwrap_or(""), url.host_str().unwrap_or(""));
        let page = page::read(&text);
        let (leads, outside) = fetch::links(&crawl.shared, &url, 1, &page);
        crawl.known_page(id, &url, response.id.clone(), &page, leads, outside);
    }
    let rendered: Vec<String> = archive
        .entries()
        .iter()
        .filter(|e| e.kind == Kind::Conversion && e.mime.starts_with("text/html"))
        .map(|e| e.uri.clone())
        .collect();
    for address in rendered {
        let Some(conversion) = archive.rendered(&address)? else { continue };
        let Some((url, id)) = Url::parse(&address).ok().and_then(|u| crawl.frontier.find(&u).map(|id| (u, id))) else {
            continue;
        };
        let page = page::read(&String::from_utf8_lossy(&conversion.bytes));
        let (leads, outside) = fetch::links(&crawl.shared, &url, 1, &page);
        crawl.known_rendered(id, &url, &page, leads, outside);
    }
    Ok(())
}
