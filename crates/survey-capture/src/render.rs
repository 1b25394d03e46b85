//! Pages seen through a browser, whose every connection goes through our own proxy and guard.

use std::time::Duration;

use survey_archive::notes::Note;
use survey_browser::{Browser, VisitOptions};
use url::Url;

use crate::crawl::Read;
use crate::fetch::{self, Lead, Shared};
use crate::frontier::Id;
use crate::page::{self, Page};

/// A browser that was found on this machine.
pub struct Renderer {
    pub browser: Browser,
    pub time: Duration,
}

/// What a rendered page holds, or why there is none.
pub struct Rendered {
    pub id: Id,
    pub url: Url,
    pub outcome: Result<(Page, Vec<Lead>, Vec<Url>), String>,
}

impl Renderer {
    /// Visits a page, archives what the browser made of it, and reads its links.
    ///
    /// # Errors
    /// Only when the archive cannot be written.
    pub async fn render(
        &self,
        shared: &Shared,
        id: Id,
        url: Url,
        depth: u16,
        read: Read,
    ) -> Result<Rendered, survey_archive::Error> {
        let own = |host: &str| shared.scope.read().unwrap_or_else(std::sync::PoisonError::into_inner).holds_host(host);
        let options = VisitOptions {
            own_hosts: &own,
            // As its own readers see it: not the English version that many sites send to an English browser.
            language: read.language.as_deref(),
            axe: true,
            screenshot: true,
            phone_screenshot: false,
            deadline: self.time,
        };
        let visit = match self.browser.visit(url.as_str(), &options).await {
            Ok(visit) => visit,
            Err(e) => return Ok(Rendered { id, url, outcome: Err(e.to_string()) }),
        };
        let mut note = visit.note;
        note.unmeasured = visit.unmeasured.iter().map(|what| (*what).to_owned()).collect();
        if let Some(picture) = visit.screenshot {
            let address = format!("urn:madang:screenshot:{url}");
            shared.recorder.resource(&address, "image/jpeg", picture).await?;
            note.screenshot = Some(address);
        }
        let mut page = page::read(&visit.dom);
        for href in visit.links {
            if !page.links.iter().any(|l| l.href == href) {
                page.links.push(page::Link { href, ..page::Link::default() });
            }
        }
        let at = Url::parse(&note.final_url).ok().and_then(|u| shared.canonical(u)).unwrap_or_else(|| url.clone());
        if shared.client.dialler().is_mapped(at.host_str().unwrap_or("")) {
            // The browser may have been made to say https where the mapped port speaks only http.
            note.final_url = at.to_string();
        }
        let (leads, outside) = fetch::links(shared, &at, depth, &page);
        shared
            .recorder
            .conversion(url.as_str(), read.record, "text/html; charset=utf-8", visit.dom.into_bytes())
            .await?;
        shared.recorder.note(Note::Page(Box::new(note))).await?;
        Ok(Rendered { id, url, outcome: Ok((page, leads, outside)) })
    }
}
