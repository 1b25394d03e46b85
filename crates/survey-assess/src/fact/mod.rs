//! Facts: what can be counted or measured, one file per group.

use std::collections::{BTreeMap, BTreeSet};

use survey_archive::notes::PageNote;
use survey_instrument::Scale;

use crate::finding::{Evidence, Finding, at_address, on_page};
use crate::site::address::key;
use crate::site::model::{AddressId, Page, Site};
use crate::topic::find::TopicHits;
use crate::topic::reading::Reading;

mod content;
mod engagement;
mod form;
mod look;
mod privacy;
mod search;
mod security;
mod structure;
mod upkeep;

/// What a fact may ask: the site, its words, the topics found, and the scale of the criterion.
pub struct Case<'a> {
    pub reading: &'a Reading<'a>,
    pub topics: &'a BTreeMap<String, TopicHits>,
    pub scale: Scale,
}

/// Judges a fact by its name; `None` when there is no such fact.
pub fn judge(case: &Case<'_>, name: &str) -> Option<Finding> {
    let found = match name {
        "policy-everywhere" => privacy::everywhere(case),
        "policy-notice-at-forms" => privacy::at_forms(case),
        "tracking" => privacy::tracking(case),
        "cookies" => privacy::cookies(case),
        "https" => security::https(case),
        "headers" => security::headers(case),
        "mixed-content" => security::mixed_content(case),
        "security-contact" => security::contact(case),
        "viewport" => look::viewport(case),
        "tap-targets" => look::tap_targets(case),
        "weight" => look::weight(case),
        "page-length" => look::page_length(case),
        "typography" => look::typography(case),
        "layout" => look::layout(case),
        "link-conventions" => look::link_conventions(case),
        "accessibility" => look::accessibility(case),
        "navigation" => structure::navigation(case),
        "home-link" => structure::home_link(case),
        "site-map" => structure::site_map(case),
        "headings" => structure::headings(case),
        "titles" => structure::titles(case),
        "link-names" => structure::link_names(case),
        "landmarks" => structure::landmarks(case),
        "breadcrumbs" => structure::breadcrumbs(case),
        "language-declared" => structure::language_declared(case),
        "form-labels" => form::labels(case),
        "search" => search::search(case),
        "search-refine" => search::refine(case),
        "search-scope" => search::scope(case),
        "search-advanced" => search::advanced(case),
        "search-documents" => search::documents(case),
        "broken-links" => upkeep::broken_links(case),
        "freshness" => upkeep::freshness(case),
        "feeds" => upkeep::feeds(case),
        "open-data" => content::open_data(case),
        "gis" => content::gis(case),
        "languages" => content::languages(case),
        "document-formats" => content::formats(case),
        "documents" => content::documents(case),
        "external-links" => content::external_links(case),
        "social" => engagement::social(case),
        "chat" => engagement::chat(case),
        "page-feedback" => engagement::page_feedback(case),
        "newsletter-subscribe" => engagement::newsletter_subscribe(case),
        "newsletter-archive" => engagement::newsletter_archive(case),
        "polls" => engagement::polls(case),
        _ => return None,
    };
    Some(found)
}

impl<'a> Case<'a> {
    pub fn site(&self) -> &'a Site {
        self.reading.site
    }

    /// A step on the criterion's scale.
    pub fn scaled(&self, step: u8) -> u8 {
        match self.scale {
            Scale::Steps(max) => step.min(max),
            Scale::AllOrNothing(max) => {
                if step > 0 {
                    max
                } else {
                    0
                }
            }
        }
    }

    pub fn max(&self) -> u8 {
        self.scale.max()
    }

    /// The city's home page.
    pub fn home(&self) -> Option<&'a Page> {
        self.site().home().and_then(|i| self.site().pages.get(i))
    }

    /// What the browser saw, each page once.
    pub fn views(&self) -> Vec<&'a PageNote> {
        let mut seen = BTreeSet::new();
        self.site().seen.values().filter(|n| seen.insert(n.url.as_str())).collect()
    }

    /// The browser's view of the home page.
    pub fn home_view(&self) -> Option<&'a PageNote> {
        let site = self.site();
        site.seen.get(&key(&site.capture.start)).or_else(|| self.home().and_then(|p| site.note(p)))
    }

    pub fn viewed(&self, note: &PageNote, quote: &str) -> Evidence {
        let site = self.site();
        let page = site
            .addresses
            .known(&key(&note.url))
            .and_then(|id| site.page_at.get(&AddressId(id)))
            .and_then(|&i| site.pages.get(i));
        match page {
            Some(page) => on_page(site, page, quote),
            None => Evidence { screenshot: note.screenshot.clone(), ..at_address(&note.url, "", quote) },
        }
    }

    pub fn hits(&self, topic: &str) -> Option<&'a TopicHits> {
        self.topics.get(topic)
    }

    /// Whole pages about a topic.
    pub fn pages_on(&self, topic: &str) -> Vec<(usize, &'a Page)> {
        let hits = self.hits(topic).map_or(&[][..], |h| h.pages.as_slice());
        hits.iter()
            .filter(|h| h.section.is_none())
            .filter_map(|h| Some((h.page, self.site().pages.get(h.page)?)))
            .collect()
    }

    /// All distinct pages, or a refusal to judge when there are too few to compare.
    pub fn enough(&self, least: usize) -> Result<Vec<(usize, &'a Page)>, Finding> {
        let mut pages: Vec<_> = self.site().distinct().collect();
        // On a site built by scripts, pages that no browser opened are shells and show nothing of how they are built.
        let built = pages.iter().filter(|(_, p)| p.rendered).count();
        let opened = pages.iter().filter(|(_, p)| self.site().note(p).is_some()).count();
        if built >= 3 && built * 2 > opened {
            pages.retain(|(_, p)| p.rendered || self.site().note(p).is_some());
        }
        if pages.len() < least {
            return Err(Finding::unknown(format!(
                "Only {} could be read; {least} are needed to compare.",
                crate::finding::counted(pages.len(), "page")
            )));
        }
        Ok(pages)
    }
}

/// Needs a browser that was not there.
pub fn unseen(what: &str) -> Finding {
    Finding::unknown(format!("No browser looked at the pages, so {what} is not known; a person must open them."))
}

/// A share as a percentage, rounded down so that 100% means all.
pub fn percent(part: usize, whole: usize) -> usize {
    part * 100 / whole.max(1)
}

/// Confidence in a yes/no that rests on a share: low near the border.
pub fn border(share: f64, limit: f64) -> f64 {
    (0.62 + (share - limit).abs() * 2.0).min(0.93)
}
