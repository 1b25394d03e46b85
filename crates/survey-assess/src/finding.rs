//! What one rule found, before it becomes a line of the report.

use serde::{Deserialize, Serialize};

use crate::site::model::{Page, Site};
use crate::text::normal::tidy;

/// The three kinds of "no", "yes" and "cannot say".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Found,
    /// Looked for everywhere and not there.
    Absent,
    /// Not found in the pages that were read.
    NotFound,
    NotAssessable,
    NotThisCity,
}

/// Where a person can see it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    pub url: String,
    /// `WARC-Record-ID` of the archived answer; empty when the address itself was not read.
    pub record: String,
    /// Words of the page or of the observation, at most 300 characters.
    pub quote: String,
    /// Address of the screenshot in the archive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub screenshot: Option<String>,
}

pub const EVIDENCE: usize = 5;
pub const QUOTE: usize = 300;

#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    pub value: Option<u8>,
    pub state: State,
    /// How likely a careful person would agree, 0–1.
    pub confidence: f64,
    pub reason: String,
    pub evidence: Vec<Evidence>,
}

impl Finding {
    /// A value above zero is found; a measured zero is absent.
    pub fn measured(value: u8, confidence: f64, reason: impl Into<String>) -> Self {
        let state = if value > 0 { State::Found } else { State::Absent };
        Self { value: Some(value), state, confidence, reason: reason.into(), evidence: Vec::new() }
    }

    /// Nothing was found: absent only when every known page was read.
    pub fn nothing(site: &Site, what: &str) -> Self {
        let (read, known) = (site.capture.pages_fetched, site.capture.pages_known.max(site.capture.pages_fetched));
        let reason = format!("{what} not found after {read} of {known} known pages.");
        if site.complete() {
            return Self { value: Some(0), state: State::Absent, confidence: 0.78, reason, evidence: Vec::new() };
        }
        let seen = (f64::from(read) / 60.0).min(1.0);
        let confidence = 0.25 + 0.25 * seen + 0.2 * site.coverage();
        Self { value: Some(0), state: State::NotFound, confidence, reason, evidence: Vec::new() }
    }

    pub fn unknown(reason: impl Into<String>) -> Self {
        Self { value: None, state: State::NotAssessable, confidence: 0.0, reason: reason.into(), evidence: Vec::new() }
    }

    pub fn with(mut self, evidence: impl IntoIterator<Item = Evidence>) -> Self {
        for one in evidence {
            if self.evidence.len() < EVIDENCE && !self.evidence.contains(&one) {
                self.evidence.push(one);
            }
        }
        self
    }
}

/// Evidence on a page: its words are quoted, its screenshot named when there is one.
pub fn on_page(site: &Site, page: &Page, quote: &str) -> Evidence {
    Evidence {
        url: page.url.clone(),
        record: page.record.clone(),
        quote: tidy(quote, QUOTE),
        screenshot: site.note(page).and_then(|n| n.screenshot.clone()),
    }
}

/// Evidence that is an address, read or not.
pub fn at_address(url: &str, record: &str, quote: &str) -> Evidence {
    Evidence { url: url.to_owned(), record: record.to_owned(), quote: tidy(quote, QUOTE), screenshot: None }
}

/// `1 page`, `2 pages`.
pub fn counted(number: usize, one: &str) -> String {
    match number {
        1 => format!("1 {one}"),
        n if one.ends_with('y') && !one.ends_with("ay") => format!("{n} {}ies", one.trim_end_matches('y')),
        n if one.ends_with('s') => format!("{n} {one}es"),
        n => format!("{n} {one}s"),
    }
}
