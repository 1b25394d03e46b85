//! Which pages, documents and links are the target of each topic.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::reading::{Inbound, Known, Languages, Reading, naming};
use crate::lexicon::Kind;
use crate::rules::Hosts;
use crate::site::address::{self, document_ending, is_front};
use crate::site::model::{AddressId, Page, TextId};

/// A page about a topic.
#[derive(Debug, Clone)]
pub struct PageHit {
    pub page: usize,
    pub score: f64,
    /// Words that name it: a link's, the title's or a heading's.
    pub named: String,
    /// Only a section of the page is about it: its blocks, from the heading on.
    pub section: Option<Range<u32>>,
    /// Neither link, title, heading nor address so much as hints at it; only its text speaks of it.
    pub told: bool,
}

impl PageHit {
    /// A block of the page belongs to what is about the topic.
    pub fn covers(&self, block: u32) -> bool {
        self.section.as_ref().is_none_or(|s| s.contains(&block))
    }
}

/// A document or a link that names a topic.
#[derive(Debug, Clone)]
pub struct LinkHit {
    pub to: AddressId,
    pub text: TextId,
    pub from: usize,
    pub strength: f64,
    pub external: bool,
}

#[derive(Debug, Clone, Default)]
pub struct TopicHits {
    /// Best first.
    pub pages: Vec<PageHit>,
    pub documents: Vec<LinkHit>,
    pub links: Vec<LinkHit>,
}

#[derive(Debug, Clone, Default)]
struct Signs {
    link: f64,
    title: f64,
    main: f64,
    heading: f64,
    weak: f64,
    address: bool,
    menu: bool,
    phrases: BTreeSet<u32>,
    named: Option<(f64, String)>,
}

impl Signs {
    fn name(&mut self, strength: f64, words: &str) {
        if self.named.as_ref().is_none_or(|(best, _)| strength > *best) {
            self.named = Some((strength, words.to_owned()));
        }
    }
}

struct Section {
    subject: u16,
    level: u8,
    strength: f64,
    heading: TextId,
    blocks: Range<u32>,
    phrases: BTreeSet<u32>,
    characters: usize,
}

/// Everything found, by topic.
pub fn all(reading: &Reading<'_>) -> BTreeMap<String, TopicHits> {
    let site = reading.site;
    let mut found: BTreeMap<String, TopicHits> = BTreeMap::new();
    let home = site.home();
    let homes: BTreeSet<usize> =
        site.distinct().filter(|(i, p)| Some(*i) == home || is_front(&p.url)).map(|(i, _)| i).collect();
    for (index, page) in site.distinct() {
        for (subject, hit) in page_hits(reading, index, page, homes.contains(&index)) {
            found.entry(reading.matcher.subject(subject).to_owned()).or_default().pages.push(hit);
        }
    }
    link_hits(reading, &mut found);
    for hits in found.values_mut() {
        // Pages known by their text alone stand in only where nothing better was found.
        if hits.pages.iter().any(|h| !h.told && h.section.is_none()) {
            hits.pages.retain(|h| !h.told);
        }
        hits.pages.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.page.cmp(&b.page)));
        let order = |a: &LinkHit, b: &LinkHit| {
            b.strength.total_cmp(&a.strength).then_with(|| (a.to, a.text).cmp(&(b.to, b.text)))
        };
        hits.documents.sort_by(order);
        hits.links.sort_by(order);
    }
    found
}

fn own_size(reading: &Reading<'_>, page: &Page) -> usize {
    reading.site.own_blocks(page).map(|b| reading.site.text(b.text).len()).sum()
}

fn page_hits(reading: &Reading<'_>, index: usize, page: &Page, front: bool) -> Vec<(u16, PageHit)> {
    let weights = &reading.rules.weights;
    let languages = reading.languages(index);
    let mut signs: BTreeMap<u16, Signs> = BTreeMap::new();
    let mut found = Vec::new();
    if !front {
        let inbound: &[Inbound] = reading.inbound.get(&index).map_or(&[], Vec::as_slice);
        for link in inbound {
            let known = reading.known(link.text);
            for (subject, strength) in naming(known, languages) {
                let sign = signs.entry(subject).or_default();
                sign.link = sign.link.max(strength);
                sign.menu |= link.repeated && strength >= weights.naming;
                sign.name(strength, reading.site.text(link.text));
            }
        }
        if let Some(known) = reading.title_hits.get(index) {
            for (subject, strength) in naming(known, languages) {
                let sign = signs.entry(subject).or_default();
                sign.title = strength;
                sign.name(strength + 0.01, reading.title(index));
            }
        }
        for (subject, language) in reading.matcher.find_address(&address::words(&page.url)) {
            if languages.has(language) {
                signs.entry(subject).or_default().address = true;
            }
        }
    }
    let mut sections = Vec::new();
    blocks(reading, page, languages, &mut signs, &mut sections);
    let size = own_size(reading, page);
    let news = reading.is_news(index);
    let mut hinted: BTreeSet<u16> = BTreeSet::new();
    let linked: usize = reading.site.own_links(page).map(|l| reading.site.text(l.text).len()).sum();
    let listing = linked * 2 > size;
    // Notices about the site itself speak of complaints, requests and decisions; they are no pages on these.
    let legal = ["privacy-policy", "cookies", "accessibility-statement", "social-media-policy"].iter().any(|t| {
        let sign = reading.matcher.subject_of(t).and_then(|s| signs.get(&s));
        sign.is_some_and(|s| s.link.max(s.title).max(s.main) >= weights.naming)
    });
    for (subject, sign) in signs {
        let topic = reading.matcher.subject(subject);
        if front || topic.contains(':') {
            continue;
        }
        let ladder = reading.rules.topics.get(topic);
        let wanted = ladder.map_or(1, |l| l.body);
        let support = sign.phrases.len();
        let named = sign.link.max(sign.title).max(sign.main);
        let worth = reading.worth(&sign.phrases);
        let weakly = sign.link >= 0.45 && (sign.title >= 0.45 || sign.main >= 0.45 || sign.address) && support >= 2;
        if named < weights.naming && !weakly {
            let hint = named >= weights.hint || sign.address;
            let needed = if hint { weights.hinted_worth } else { weights.told_worth };
            // A long page holds words of everything.
            let needed = needed + size as f64 / 4_000.0 + ladder.map_or(0.0, |l| 0.5 * (l.body as f64 - 1.0));
            if !news && !listing && !legal && worth >= needed {
                let named = sign.named.map_or_else(|| reading.title(index).to_owned(), |(_, words)| words);
                let score = weights.threshold + 0.2 * (worth - needed).min(3.0) - if hint { 0.0 } else { 0.8 };
                hinted.insert(subject);
                found.push((subject, PageHit { page: index, score, named, section: None, told: !hint }));
            }
            continue;
        }
        let material = size >= weights.shortest
            || page.forms.iter().any(|f| !f.repeated)
            || reading.site.own_links(page).any(|l| document_ending(reading.site.address(l.to)).is_some())
            || page.markup.embeds.iter().any(|e| !reading.common.contains(e));
        // A page that its own title names needs less support than one that only a link names.
        // Link, title and main heading that all say nothing else are support enough for a page that says something.
        // Where every page has the same title, titles say nothing.
        let titled = sign.title >= 0.95 || reading.title(index).is_empty();
        let wholly = titled && sign.main >= 0.95 && sign.link >= 0.95 && size >= 2 * weights.shortest;
        let enough = support >= wanted
            || wholly
            || (sign.title >= 0.7 || sign.main >= 0.7)
                && (support + 1 >= wanted || page.forms.iter().any(|f| !f.repeated));
        if !material || !enough {
            continue;
        }
        let excused = ladder.is_some_and(|l| l.news);
        let score = weights.link * sign.link
            + weights.title * sign.title
            + weights.main_heading * sign.main
            + weights.heading * sign.heading
            + weights.weak * sign.weak.min(1.0) * 0.5
            + if sign.address { weights.address } else { 0.0 }
            + weights.body * support.min(weights.body_most) as f64
            + if sign.menu { weights.menu } else { 0.0 }
            + if news && !excused { weights.news } else { 0.0 };
        if score >= weights.threshold {
            let named = sign.named.map(|(_, words)| words).unwrap_or_default();
            found.push((subject, PageHit { page: index, score, named, section: None, told: false }));
        }
    }
    for section in sections {
        let worth = reading.worth(&section.phrases);
        let score = weights.section_heading * section.strength
            + weights.section_body * worth.min(weights.body_most as f64)
            - if news { 1.5 } else { 0.0 };
        let known = !hinted.contains(&section.subject) && found.iter().any(|(s, _)| *s == section.subject);
        if !known && section.characters >= weights.shortest / 2 && score >= weights.section_threshold {
            // A section that names the topic is more exact than the whole page that hints at it.
            if hinted.remove(&section.subject) {
                found.retain(|(s, _)| *s != section.subject);
            }
            let named = reading.site.text(section.heading).to_owned();
            found.push((
                section.subject,
                PageHit { page: index, score, named, section: Some(section.blocks), told: false },
            ));
        }
    }
    found
}

/// Blocks at the beginning of a page among which its headline stands: the path to the page may come before it.
const HEADLINE: usize = 3;

/// Headings and body words of the page's own blocks.
fn blocks(
    reading: &Reading<'_>,
    page: &Page,
    languages: Languages,
    signs: &mut BTreeMap<u16, Signs>,
    done: &mut Vec<Section>,
) {
    let weights = &reading.rules.weights;
    let mut open: Vec<Section> = Vec::new();
    let (mut first, mut before) = (true, 0);
    let numbered = page.blocks.iter().enumerate().filter(|(_, b)| !b.repeated && (!b.frame || b.heading == 1));
    for (number, block) in numbered {
        let known = reading.known(block.text);
        for section in &mut open {
            section.blocks.end = number as u32;
        }
        if block.heading > 0 {
            let (closing, rest): (Vec<_>, Vec<_>) = open.into_iter().partition(|s| s.level >= block.heading);
            done.extend(closing);
            open = rest;
            let main = block.heading == 1 || first;
            first = false;
            for (subject, strength) in naming(known, languages) {
                let sign = signs.entry(subject).or_default();
                if main {
                    sign.main = sign.main.max(strength);
                } else {
                    sign.heading = (sign.heading + strength).min(2.0);
                }
                sign.name(strength, reading.site.text(block.text));
                if strength >= weights.section_naming {
                    open.push(Section {
                        subject,
                        level: block.heading,
                        strength,
                        heading: block.text,
                        blocks: number as u32..number as u32 + 1,
                        phrases: BTreeSet::new(),
                        characters: 0,
                    });
                }
            }
            continue;
        }
        // A headline that is not marked up as one: nothing but the name, before anything else.
        if first && before < HEADLINE {
            before += 1;
            for (subject, strength) in naming(known, languages).into_iter().filter(|(_, strength)| *strength >= 0.95) {
                let sign = signs.entry(subject).or_default();
                sign.main = sign.main.max(strength);
                sign.name(strength, reading.site.text(block.text));
            }
        }
        let size = reading.site.text(block.text).len();
        for section in &mut open {
            section.characters += size;
        }
        for hit in known.hits.iter().filter(|h| languages.has(h.language)) {
            match hit.kind {
                Kind::Body | Kind::Name => {
                    signs.entry(hit.subject).or_default().phrases.insert(hit.phrase);
                    for section in open.iter_mut().filter(|s| s.subject == hit.subject) {
                        section.phrases.insert(hit.phrase);
                    }
                }
                Kind::Weak => signs.entry(hit.subject).or_default().weak += 0.25,
                _ => {}
            }
        }
    }
    for section in &mut open {
        section.blocks.end = page.blocks.len() as u32 + 1;
    }
    done.extend(open);
    done.sort_by_key(|section| (section.subject, section.heading));
}

/// Documents and unread addresses whose links name a topic.
fn link_hits(reading: &Reading<'_>, found: &mut BTreeMap<String, TopicHits>) {
    let site = reading.site;
    let mut seen: BTreeSet<(AddressId, TextId)> = BTreeSet::new();
    for (from, page) in site.distinct() {
        let languages = reading.languages(from);
        for link in &page.links {
            if site.page_at.contains_key(&link.to) || site.broken(link.to) || !seen.insert((link.to, link.text)) {
                continue;
            }
            let target = site.address(link.to);
            let ending = document_ending(target).filter(|e| !matches!(*e, "mp4" | "webm" | "mp3" | "ics"));
            let document = ending.is_some() || site.documents.contains_key(&link.to);
            let external = !site.scope.owns(&format!("http://{target}"));
            let host = target.split(['/', '?', ':']).next().unwrap_or_default();
            if !document
                && external
                && (Hosts::under(&reading.rules.hosts.social, host).is_some()
                    || Hosts::any(&reading.rules.hosts.vendors, host))
            {
                continue;
            }
            let known: &Known = reading.known(link.text);
            for (subject, strength) in naming(known, languages) {
                let topic = reading.matcher.subject(subject);
                let bar = if document { reading.rules.weights.naming } else { reading.rules.weights.unread_naming };
                if topic.contains(':')
                    || strength < bar
                    || external && reading.rules.topics.get(topic).is_some_and(|l| !l.external)
                {
                    continue;
                }
                let hits = found.entry(topic.to_owned()).or_default();
                let list = if document { &mut hits.documents } else { &mut hits.links };
                list.push(LinkHit { to: link.to, text: link.text, from, strength, external });
            }
        }
    }
}
