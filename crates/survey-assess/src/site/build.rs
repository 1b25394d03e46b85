//! Puts pages, documents and notes together into a [`Site`].

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use jiff::civil::{Date, date};
use survey_archive::notes::{CaptureNote, Note, SearchNote};

use super::address::{Scope, key};
use super::html::RawPage;
use super::model::{AddressId, Block, Document, Kept, Link, Page, Site, TextId};
use super::{patterns, repeat};
use crate::text::language;

/// A page as it came, features already read.
#[derive(Debug)]
pub struct PageInput {
    pub url: String,
    pub record: String,
    pub raw: RawPage,
    pub headers: BTreeMap<String, String>,
    pub rendered: bool,
}

#[derive(Debug, Default)]
pub struct SiteBuilder {
    texts: Kept,
    addresses: Kept,
    pages: BTreeMap<AddressId, (Page, usize)>,
    redirects: BTreeMap<AddressId, AddressId>,
    statuses: BTreeMap<AddressId, u16>,
    documents: BTreeMap<AddressId, Document>,
    notes: Vec<Note>,
}

fn fingerprint(parts: impl Iterator<Item = u32>) -> u64 {
    let mut hasher = DefaultHasher::new();
    for part in parts {
        part.hash(&mut hasher);
    }
    hasher.finish()
}

impl SiteBuilder {
    fn place(&mut self, url: &str) -> AddressId {
        AddressId(self.addresses.keep(&key(url)))
    }

    pub fn note(&mut self, note: Note) {
        self.notes.push(note);
    }

    pub fn status(&mut self, url: &str, status: u16) {
        let at = self.place(url);
        // A later success replaces an earlier failure: captures retry.
        let worse = self.statuses.get(&at).is_some_and(|&s| s < 400);
        if !worse {
            self.statuses.insert(at, status);
        }
    }

    pub fn redirect(&mut self, from: &str, to: &str) {
        let (from, to) = (self.place(from), self.place(to));
        if from != to {
            self.redirects.insert(from, to);
        }
    }

    pub fn document(&mut self, document: Document) {
        let at = self.place(&document.url);
        self.documents.entry(at).or_insert(document);
    }

    pub fn document_text(&mut self, url: &str, text: &str) {
        let at = self.place(url);
        let entry = self.documents.entry(at).or_insert_with(|| Document { url: url.to_owned(), ..Document::default() });
        entry.text = Some(text.chars().take(200_000).collect());
    }

    /// Adds a page. A rendered one replaces the plain one when it says clearly more.
    pub fn page(&mut self, input: PageInput) {
        let at = self.place(&input.url);
        let weight = input.raw.weight();
        if let Some((known, before)) = self.pages.get(&at) {
            let richer = input.rendered
                && (weight > before + before / 4 + 100 || input.raw.links.len() > known.links.len() * 2 + 5);
            if !richer {
                return;
            }
        }
        let plain = self.pages.remove(&at).map(|(page, _)| page);
        let mut page = self.interned(at, input);
        if let Some(plain) = plain {
            page.rendered = true;
            let texts = plain.blocks.iter().map(|b| self.texts.get(b.text.0)).filter(|t| t.len() <= 600);
            let dates: BTreeSet<Date> = texts.flat_map(patterns::dates).chain(plain.markup.modified).collect();
            page.plain_dates = Some(dates);
            page.record = plain.record;
            page.headers = plain.headers;
        }
        self.pages.insert(at, (page, weight));
    }

    fn interned(&mut self, address: AddressId, input: PageInput) -> Page {
        let raw = input.raw;
        let title = TextId(self.texts.keep(&raw.title));
        let blocks: Vec<Block> = raw
            .blocks
            .iter()
            .map(|b| Block {
                text: TextId(self.texts.keep(&b.text)),
                heading: b.heading,
                frame: b.frame,
                form: b.form,
                repeated: false,
            })
            .collect();
        let mut links = Vec::with_capacity(raw.links.len());
        for link in &raw.links {
            if link.url.starts_with("javascript:") || link.url.starts_with("mailto:") || link.url.starts_with("tel:") {
                continue;
            }
            let to = self.place(&link.url);
            links.push(Link {
                to,
                text: TextId(self.texts.keep(&link.text)),
                frame: link.frame,
                repeated: false,
                block: link.block,
            });
        }
        let print = fingerprint(std::iter::once(title.0).chain(blocks.iter().map(|b| b.text.0)));
        Page {
            address,
            url: input.url,
            record: input.record,
            declared: raw.declared.as_deref().and_then(language::primary),
            detected: None,
            language: String::new(),
            title,
            blocks,
            links,
            forms: raw.forms,
            markup: raw.markup,
            print,
            copy_of: None,
            soft_404: false,
            headers: input.headers,
            rendered: false,
            plain_dates: None,
        }
    }

    /// The site, with copies, repetition and languages worked out.
    pub fn finish(self) -> Site {
        let mut capture = None;
        let (mut hosts, mut seen, mut searches, mut endpoints, mut failed) =
            (Vec::new(), BTreeMap::new(), Vec::new(), Vec::new(), Vec::new());
        for note in self.notes {
            match note {
                Note::Capture(n) => capture = Some(n),
                Note::Host(n) => hosts.push(n),
                Note::Page(n) => {
                    seen.insert(key(&n.final_url), (*n).clone());
                    seen.insert(key(&n.url), *n);
                }
                Note::Search(n) => searches.push(n),
                Note::Endpoint(n) => endpoints.push(n),
                Note::Failure(n) => failed.push(n),
                // It has no part in the judgement; see `second`.
                Note::SecondReader(_) => {}
            }
        }
        hosts.sort_by(|a, b| a.host.cmp(&b.host));
        searches.sort_by(|a, b| a.asked.cmp(&b.asked));
        endpoints.sort_by(|a, b| (&a.kind, &a.url).cmp(&(&b.kind, &b.url)));
        let mut addresses = self.addresses;
        let failures = failed.into_iter().map(|n| (AddressId(addresses.keep(&key(&n.url))), n)).collect();
        let mut pages: Vec<Page> = self.pages.into_values().map(|(page, _)| page).collect();
        let asked: Vec<String> = searches.iter().filter_map(asked).collect();
        // Answers to our own questions are no pages of the site.
        pages.retain(|p| !asked.iter().any(|a| key(&p.url).starts_with(a.as_str())));
        pages.sort_by(|a, b| a.url.cmp(&b.url));
        let capture = capture.unwrap_or_else(|| interrupted(&pages));
        let today = patterns::machine_date(&capture.began).unwrap_or(DAWN);
        let mut page_at: BTreeMap<AddressId, usize> = pages.iter().enumerate().map(|(i, p)| (p.address, i)).collect();
        follow(&self.redirects, &mut page_at);
        let mut site = Site {
            scope: Scope::new(&capture.start, &capture.hosts),
            capture,
            today,
            texts: self.texts,
            addresses,
            pages,
            page_at,
            hosts,
            seen,
            searches,
            endpoints,
            failures,
            documents: self.documents,
            languages: Vec::new(),
            statuses: self.statuses,
        };
        mark_copies(&mut site);
        repeat::mark(&mut site);
        tell_languages(&mut site);
        site
    }
}

/// The search address up to the words asked for.
fn asked(note: &SearchNote) -> Option<String> {
    let key = key(&note.asked);
    let query = key.find('?')?;
    let place = key.rfind(&encoded(&note.query)).or_else(|| key.rfind('=').map(|i| i + 1))?;
    (place > query).then(|| key.get(..place).map(str::to_owned)).flatten()
}

fn encoded(words: &str) -> String {
    url::form_urlencoded::byte_serialize(words.as_bytes()).collect()
}

const DAWN: Date = date(1970, 1, 1);

/// A capture that was killed has no closing note: what is there is all that is known.
fn interrupted(pages: &[Page]) -> CaptureNote {
    let start = pages.iter().map(|p| p.url.as_str()).min_by_key(|u| (u.len(), *u)).unwrap_or_default();
    CaptureNote {
        start: start.to_owned(),
        pages_known: pages.len() as u32,
        pages_fetched: pages.len() as u32,
        stopped: "interrupted".into(),
        limits: vec!["The capture did not end by itself; what it had not read is unknown.".into()],
        ..CaptureNote::default()
    }
}

fn follow(redirects: &BTreeMap<AddressId, AddressId>, page_at: &mut BTreeMap<AddressId, usize>) {
    let mut found = Vec::new();
    for &from in redirects.keys() {
        let mut at = from;
        for _ in 0..10 {
            match redirects.get(&at) {
                Some(&next) => at = next,
                None => break,
            }
        }
        if let Some(&index) = page_at.get(&at) {
            found.push((from, index));
        }
    }
    for (from, index) in found {
        page_at.entry(from).or_insert(index);
    }
}

/// Addresses with the same text are one page; many unlike addresses with one text are an error page or an empty shell.
fn mark_copies(site: &mut Site) {
    let home = site.home();
    let mut same: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (index, page) in site.pages.iter().enumerate() {
        same.entry(page.print).or_default().push(index);
    }
    for group in same.values().filter(|g| g.len() > 1) {
        let path = |i: &usize| {
            site.pages.get(*i).map(|p| p.url.split('?').next().unwrap_or_default().to_owned()).unwrap_or_default()
        };
        let paths: BTreeSet<String> = group.iter().map(path).collect();
        let first = group
            .iter()
            .copied()
            .find(|i| Some(*i) == home)
            .or_else(|| group.iter().copied().min_by_key(|i| (path(i).len(), *i)))
            .unwrap_or_default();
        let shell = paths.len() >= 5;
        for &index in group {
            if let Some(page) = site.pages.get_mut(index) {
                if shell && Some(index) != home {
                    page.soft_404 = true;
                } else if index != first {
                    page.copy_of = Some(first);
                }
            }
        }
    }
}

fn tell_languages(site: &mut Site) {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut told = Vec::with_capacity(site.pages.len());
    for page in &site.pages {
        let mut sample = String::new();
        for block in page.blocks.iter().filter(|b| !b.repeated && !b.frame) {
            if sample.len() > 6_000 {
                break;
            }
            sample.push_str(site.text(block.text));
            sample.push(' ');
        }
        let detected = language::detect(&sample);
        let language = match (&detected, &page.declared) {
            (Some((code, sure)), _) if *sure >= 0.8 => code.clone(),
            (_, Some(declared)) => declared.clone(),
            (Some((code, _)), None) => code.clone(),
            (None, None) => "en".to_owned(),
        };
        told.push((detected, language));
    }
    for (page, (detected, language)) in site.pages.iter_mut().zip(told) {
        if page.copy_of.is_none() && !page.soft_404 {
            *counts.entry(language.clone()).or_default() += 1;
        }
        page.detected = detected;
        page.language = language;
    }
    let mut languages: Vec<_> = counts.into_iter().collect();
    languages.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    site.languages = languages;
}
