//! What the capture observed beside the bytes, kept in the archive as `metadata` records
//! (WARC 1.1 §6.6), so that the judgement needs nothing but the archive.
//!
//! Every note is JSON (`application/json`). Maps are ordered, so a note always has the same bytes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A note and the address it is stored under (`WARC-Target-URI`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "note", rename_all = "snake_case")]
pub enum Note {
    /// `urn:madang:capture`: written last, once per capture session.
    Capture(CaptureNote),
    /// `urn:madang:host:<host>`: TLS, redirects and well-known files of a host.
    Host(HostNote),
    /// `urn:madang:page:<address>`: what a browser saw on a page.
    Page(Box<PageNote>),
    /// `urn:madang:search:<address>`: the site's own search, asked one question.
    Search(SearchNote),
    /// `urn:madang:endpoint:<address>`: a data, map or service interface that answered.
    Endpoint(EndpointNote),
    /// `urn:madang:failure:<address>`: an address that could not be read.
    Failure(FailureNote),
    /// `urn:madang:second-reader:<instrument>:<criterion>`: what a language model was asked about a criterion and said.
    SecondReader(Box<SecondReaderNote>),
}

/// How far the capture came and what it could not see.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct CaptureNote {
    pub start: String,
    /// Hosts that belong to the organisation, the start's host first.
    pub hosts: Vec<String>,
    /// Instant the capture began, RFC 3339 UTC; the judgement takes this as "today".
    pub began: String,
    pub ended: String,
    /// Page budget asked for.
    pub budget: u32,
    /// HTML pages known (fetched or still waiting), fetched, and not allowed by robots.txt.
    pub pages_known: u32,
    pub pages_fetched: u32,
    pub pages_forbidden: u32,
    pub documents_fetched: u32,
    pub bytes: u64,
    /// Pages that a browser looked at; `None` when no browser was there.
    pub pages_rendered: Option<u32>,
    /// Why it stopped: `complete`, `pages`, `bytes`, `time`, `interrupted`.
    pub stopped: String,
    /// What it could not see and why, one plain English sentence each, for people.
    pub limits: Vec<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct HostNote {
    pub host: String,
    /// `None` when port 443 (or the mapped TLS port) does not answer with TLS.
    pub tls: Option<TlsNote>,
    /// Where `http://host/` leads: final address of the redirect chain; `None` when plain HTTP does not answer.
    pub http_leads_to: Option<String>,
    /// HTTP status of `/robots.txt`; 0 when unreachable.
    pub robots_status: u16,
    /// True when robots.txt forbids this crawler everything.
    pub robots_forbids_all: bool,
    /// `/.well-known/security.txt` answered 200 with a `Contact:` line (RFC 9116 §2.5.3).
    pub security_txt: bool,
    /// Sitemap addresses that answered, and the number of addresses they list.
    pub sitemaps: Vec<String>,
    pub sitemap_entries: u32,
    /// Status of an address that cannot exist (a soft 404 answers 200).
    pub missing_page_status: u16,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct TlsNote {
    /// `TLSv1.2` or `TLSv1.3`.
    pub version: String,
    pub issuer: String,
    /// RFC 3339 UTC.
    pub not_before: String,
    pub not_after: String,
    /// Chain, name and dates accepted by the trust anchors in use.
    pub valid: bool,
    /// Why not, in the library's words.
    pub problem: Option<String>,
}

/// What a browser saw on one page, before any consent was given.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct PageNote {
    /// Address asked for, and where the browser ended.
    pub url: String,
    pub final_url: String,
    pub title: String,
    /// Language by `<html lang>` after scripts ran.
    pub lang: Option<String>,
    /// Cookies present after load, without any click.
    pub cookies: Vec<CookieNote>,
    /// Requests to hosts outside the organisation, per host.
    pub third_parties: BTreeMap<String, u32>,
    /// `http:` subresources of an `https:` page.
    pub mixed_content: Vec<String>,
    /// Requests, transferred bytes of the page with all its parts.
    pub requests: u32,
    pub transferred: u64,
    /// Milliseconds from navigation start; `None` when the browser did not say.
    pub dom_content_loaded_ms: Option<u32>,
    pub load_ms: Option<u32>,
    pub largest_paint_ms: Option<u32>,
    /// `<meta name=viewport>` content.
    pub viewport: Option<String>,
    /// Width in CSS pixels that the page needs at a 320 px wide window (WCAG 2.2 SC 1.4.10).
    pub width_at_320: Option<u32>,
    /// Height of the whole page and of the window, CSS pixels, at 1280 × 800.
    pub height: u32,
    pub window_height: u32,
    /// Pointer targets smaller than 24 × 24 CSS pixels without enough spacing, of how many (WCAG 2.2 SC 2.5.8).
    pub small_targets: u32,
    pub targets: u32,
    /// axe-core results; `None` when axe could not run.
    pub axe: Option<AxeNote>,
    /// Computed style that should repeat over pages.
    pub style: StyleNote,
    /// Chat widgets recognised by script host or element.
    pub chat: Vec<String>,
    /// Text of a consent banner and its buttons, when one is there.
    pub consent: Option<ConsentNote>,
    /// Address of the screenshot resource record.
    pub screenshot: Option<String>,
    /// What the browser could not measure on this page (`axe`, `targets`, `width_at_320` …): the fields say nothing then.
    #[serde(default)]
    pub unmeasured: Vec<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct CookieNote {
    pub name: String,
    pub domain: String,
    pub first_party: bool,
    pub secure: bool,
    pub http_only: bool,
    pub same_site: Option<String>,
    /// Session cookies have none. Seconds from capture to expiry, rounded to hours.
    pub lifetime_s: Option<u64>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct AxeNote {
    pub version: String,
    /// Rules tagged wcag2a…wcag22aa that failed.
    pub violations: Vec<AxeViolation>,
    pub passes: u32,
    pub incomplete: u32,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct AxeViolation {
    pub rule: String,
    /// minor, moderate, serious or critical.
    pub impact: String,
    pub nodes: u32,
    /// The first offending element, cut to 200 characters.
    pub example: String,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct StyleNote {
    pub body_font: String,
    pub body_size_px: f64,
    pub heading_font: String,
    pub background: String,
    pub link_colour: String,
    /// Links in running text can be told from the text (underline, or ≥ 3:1 colour difference).
    pub links_recognisable: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ConsentNote {
    pub text: String,
    pub buttons: Vec<String>,
}

/// The site's own search asked for a word that its pages hold, and for a word that no page holds.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct SearchNote {
    /// Page with the form, and the address asked.
    pub form_page: String,
    pub asked: String,
    pub query: String,
    pub status: u16,
    /// Same-organisation links in the answer that are not on the form's page.
    pub result_links: u32,
    /// Links with a document's ending among them.
    pub document_links: u32,
    /// The same for a word that cannot be found.
    pub nonsense_result_links: u32,
    /// Answer page has controls that narrow or order results (selects, radio groups, facets).
    pub refine_controls: Vec<String>,
    /// Whether the answer page repeats the query.
    pub echoes_query: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct EndpointNote {
    pub url: String,
    /// ckan, socrata, opendatasoft, dcat, arcgis, ogc-api, wms, wfs, open311, gtfs, oparl, rss, atom, ical, sitemap.
    pub kind: String,
    pub status: u16,
    /// What shows it is one, e.g. `"success": true, 1,204 packages`.
    pub proof: String,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct FailureNote {
    pub url: String,
    /// Page on which the link was found first.
    pub found_on: Option<String>,
    /// status, timeout, too_large, redirect_loop, refused_address, dns, tls, connect, broken_body, robots.
    pub kind: String,
    pub status: Option<u16>,
    pub detail: String,
}

/// One question to a second reader. It informs the person who decides; the judgement's own values never depend on it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SecondReaderNote {
    /// Instrument and criterion asked about.
    pub instrument: String,
    pub criterion: String,
    /// Model as configured.
    pub model: String,
    /// `WARC-Record-ID` of the archived answer; `None` when no answer came.
    pub exchange: Option<String>,
    /// The messages sent, JSON, without the key.
    pub prompt: String,
    /// Text of the answer as it came; empty when none did.
    pub answer: String,
    /// Value of the criterion's scale; `None` when the reader could not tell or its answer was discarded.
    pub value: Option<u8>,
    /// One sentence why.
    pub sentence: String,
    /// Words that stand literally in a passage of the prompt.
    pub quote: String,
    /// Why there is no usable answer.
    pub problem: Option<String>,
}

impl Note {
    /// The `WARC-Target-URI` under which this note is stored.
    pub fn address(&self) -> String {
        match self {
            Note::Capture(_) => "urn:madang:capture".into(),
            Note::Host(n) => format!("urn:madang:host:{}", n.host),
            Note::Page(n) => format!("urn:madang:page:{}", n.url),
            Note::Search(n) => format!("urn:madang:search:{}", n.asked),
            Note::Endpoint(n) => format!("urn:madang:endpoint:{}", n.url),
            Note::Failure(n) => format!("urn:madang:failure:{}", n.url),
            Note::SecondReader(n) => format!("urn:madang:second-reader:{}:{}", n.instrument, n.criterion),
        }
    }
}
