//! Things that answer a topic without a page of its own: hours in a footer, an address in structured data.

use std::collections::BTreeMap;

use super::find::TopicHits;
use super::reading::Reading;
use crate::finding::{Evidence, on_page};
use crate::lexicon::Kind;
use crate::site::model::Page;
use crate::site::patterns;
use crate::topic::signal::{described, own_forms};

/// What answers a topic otherwise.
pub struct Also {
    pub step: u8,
    pub confidence: f64,
    pub what: String,
    pub evidence: Vec<Evidence>,
}

fn first(found: Option<(f64, String, Vec<Evidence>)>) -> Option<Also> {
    found.map(|(confidence, what, evidence)| Also { step: 1, confidence, what, evidence })
}

/// What was seen and where, for the topics that have another way to be answered.
pub fn judge(reading: &Reading<'_>, all: &BTreeMap<String, TopicHits>, topic: &str) -> Option<Also> {
    match topic {
        "opening-hours" => first(hours(reading, all)),
        "office-locations" => first(locations(reading, all)),
        "contact-directory" => first(contacts(reading, all)),
        "feedback" => contact_page(reading, all),
        "contact-officials" => officials(reading, all),
        _ => None,
    }
}

/// The page's own text speaks of offices and the way to them, not of a library or a pool alone.
fn offices(reading: &Reading<'_>, index: usize, page: &Page) -> bool {
    let languages = reading.languages(index);
    let Some(subject) = reading.matcher.subject_of("office-locations") else { return false };
    let titled = reading
        .title_hits
        .get(index)
        .is_some_and(|k| k.hits.iter().any(|h| h.subject == subject && languages.has(h.language)));
    titled
        || reading.site.own_blocks(page).any(|b| {
            reading
                .known(b.text)
                .hits
                .iter()
                .any(|h| h.subject == subject && matches!(h.kind, Kind::Name | Kind::Weak) && languages.has(h.language))
        })
}

/// Hours count where they stand: on a page about offices or contacts, in a footer, or beside a word for them.
fn hours(reading: &Reading<'_>, all: &BTreeMap<String, TopicHits>) -> Option<(f64, String, Vec<Evidence>)> {
    let site = reading.site;
    let subject = reading.matcher.subject_of("opening-hours");
    let about: Vec<usize> = ["opening-hours", "office-locations", "contact-directory", "appointments", "feedback"]
        .iter()
        .filter_map(|t| all.get(*t))
        .flat_map(|h| h.pages.iter().map(|p| p.page))
        .collect();
    let about: Vec<usize> = about.into_iter().chain(contact_pages(reading, all)).chain(site.home()).collect();
    let mut best: Option<(f64, Evidence)> = None;
    for (index, page) in site.distinct() {
        let structured = page.markup.properties.contains("openingHours")
            || page.markup.properties.contains("openingHoursSpecification");
        for block in &page.blocks {
            let text = site.text(block.text);
            if text.len() > 1_500 || !text.bytes().any(|b| b.is_ascii_digit()) || !patterns::hours(text) {
                continue;
            }
            let languages = reading.languages(index);
            let worded = reading.known(block.text).hits.iter().any(|h| {
                Some(h.subject) == subject
                    && matches!(h.kind, Kind::Name | Kind::Weak | Kind::Body)
                    && languages.has(h.language)
            });
            let confidence = match (structured || worded, about.contains(&index), block.repeated || block.frame) {
                (true, _, true) | (true, true, _) => 0.85,
                (true, _, _) if offices(reading, index, page) => 0.55,
                (false, true, _) => 0.7,
                (false, _, true) => 0.6,
                _ => continue,
            };
            if best.as_ref().is_none_or(|(c, _)| confidence > *c) {
                best = Some((confidence, on_page(site, page, text)));
            }
        }
    }
    best.map(|(confidence, evidence)| (confidence, "opening hours are written out".to_owned(), vec![evidence]))
}

fn locations(reading: &Reading<'_>, all: &BTreeMap<String, TopicHits>) -> Option<(f64, String, Vec<Evidence>)> {
    let site = reading.site;
    let mut repeated = None;
    let contact = contact_pages(reading, all);
    for (index, page) in site.distinct() {
        if page.markup.types.contains("PostalAddress") || page.markup.properties.contains("streetAddress") {
            return Some((
                0.85,
                "an address stands in the structured data".to_owned(),
                vec![on_page(site, page, "PostalAddress")],
            ));
        }
        for block in page.blocks.iter().filter(|b| b.repeated || b.frame || contact.contains(&index)) {
            let text = site.text(block.text);
            if repeated.is_none()
                && text.len() < 500
                && text.bytes().any(|b| b.is_ascii_digit())
                && patterns::postal(text)
            {
                repeated =
                    Some((0.8, "an office's address is written out".to_owned(), vec![on_page(site, page, text)]));
            }
        }
    }
    repeated
}

/// Pages where the city says how to reach it.
fn contact_pages(reading: &Reading<'_>, all: &BTreeMap<String, TopicHits>) -> Vec<usize> {
    let site = reading.site;
    let named = ["contact-directory", "office-locations", "feedback"].iter().filter_map(|t| all.get(*t));
    let mut pages: Vec<usize> =
        named.flat_map(|h| h.pages.iter()).filter(|h| h.section.is_none()).map(|h| h.page).collect();
    // A link or title that says "contact" and nothing else.
    let inbound = reading
        .inbound
        .iter()
        .filter(|(_, links)| links.iter().any(|l| reading.cued_whole(reading.known(l.text), "contact")));
    pages.extend(inbound.map(|(page, _)| *page));
    pages.extend(
        site.distinct()
            .filter(|(i, _)| reading.title_hits.get(*i).is_some_and(|k| reading.cued_whole(k, "contact")))
            .map(|(i, _)| i),
    );
    pages.retain(|i| Some(*i) != site.home() && !reading.is_news(*i));
    pages.sort_unstable();
    pages.dedup();
    pages
}

/// Whoever can be written to can be told an opinion.
fn contact_page(reading: &Reading<'_>, all: &BTreeMap<String, TopicHits>) -> Option<Also> {
    let site = reading.site;
    let mut best: Option<Also> = None;
    for index in contact_pages(reading, all) {
        let Some(page) = site.pages.get(index) else { continue };
        let form = own_forms(reading, index, page, "feedback").into_iter().find(|f| f.has("textarea"));
        let mail = page
            .markup
            .reach
            .iter()
            .find(|(at, to)| {
                to.starts_with("mailto:") && page.blocks.get(*at as usize).is_some_and(|b| !b.frame && !b.repeated)
            })
            .map(|(_, to)| to.clone());
        let mail = mail.or_else(|| {
            site.own_blocks(page).map(|b| site.text(b.text)).find(|t| patterns::emails(t) > 0).map(str::to_owned)
        });
        let (step, confidence, what, quote) = match (form, mail) {
            (Some(form), _) => (3, 0.62, "the contact page has a form for a message", described(form)),
            (None, Some(mail)) => (2, 0.58, "the contact page gives an e-mail address", mail),
            (None, None) => continue,
        };
        if best.as_ref().is_none_or(|b| step > b.step) {
            best = Some(Also { step, confidence, what: what.to_owned(), evidence: vec![on_page(site, page, &quote)] });
        }
    }
    best
}

/// The mayor's or a member's own address, on a page about them or beside their title.
fn officials(reading: &Reading<'_>, all: &BTreeMap<String, TopicHits>) -> Option<Also> {
    let site = reading.site;
    let subjects: Vec<u16> =
        ["contact-officials", "elected-officials"].iter().filter_map(|t| reading.matcher.subject_of(t)).collect();
    let about: Vec<usize> = ["contact-officials", "elected-officials"]
        .iter()
        .filter_map(|t| all.get(*t))
        .flat_map(|h| h.pages.iter().filter(|p| p.section.is_none()).map(|p| p.page))
        .collect();
    let mut best: Option<Also> = None;
    for (index, page) in site.distinct().filter(|(i, _)| !reading.is_news(*i)) {
        let languages = reading.languages(index);
        let speaks = |known: &super::reading::Known| {
            known.hits.iter().any(|h| {
                subjects.contains(&h.subject) && matches!(h.kind, Kind::Name | Kind::Weak) && languages.has(h.language)
            })
        };
        let whole =
            about.contains(&index) || reading.title_hits.get(index).is_some_and(|k| k.length <= 60 && speaks(k));
        let mut near = 0u8;
        for (number, block) in page.blocks.iter().enumerate().filter(|(_, b)| !b.repeated && !b.frame) {
            let text = site.text(block.text);
            let known = reading.known(block.text);
            near = if known.length <= 200 && speaks(known) { 4 } else { near.saturating_sub(1) };
            if !(whole || near > 0) || text.len() > 800 {
                continue;
            }
            let linked = page.markup.reach.iter().find(|(at, _)| *at as usize == number).map(|(_, to)| to.as_str());
            let mail = linked.is_some_and(|t| t.starts_with("mailto:")) || patterns::emails(text) > 0;
            let call = linked.is_some_and(|t| t.starts_with("tel:")) || patterns::telephones(text) > 0;
            let (step, what) = match (mail, call) {
                (true, _) => (2, "an e-mail address stands with the mayor or the council"),
                (false, true) => (1, "a telephone number stands with the mayor or the council"),
                _ => continue,
            };
            if best.as_ref().is_none_or(|b| step > b.step) {
                let confidence = if whole { 0.62 } else { 0.5 };
                best =
                    Some(Also { step, confidence, what: what.to_owned(), evidence: vec![on_page(site, page, text)] });
            }
        }
    }
    best
}

/// A page with many telephone numbers or addresses is a directory, whatever it is called.
fn contacts(reading: &Reading<'_>, all: &BTreeMap<String, TopicHits>) -> Option<(f64, String, Vec<Evidence>)> {
    let site = reading.site;
    if all.get("contact-directory").is_some_and(|h| h.pages.iter().any(|p| p.section.is_none())) {
        return None;
    }
    let (count, _, page) = site
        .distinct()
        .map(|(i, page)| {
            let own: usize = site
                .own_blocks(page)
                .map(|b| site.text(b.text))
                .filter(|t| t.len() < 2_000)
                .map(|t| patterns::telephones(t) + patterns::emails(t))
                .sum();
            (own, std::cmp::Reverse(i), page)
        })
        .max_by_key(|(n, i, _)| (*n, *i))?;
    (count >= 6).then(|| {
        (
            0.55,
            format!("one page lists {count} telephone numbers and e-mail addresses"),
            vec![on_page(site, page, site.text(page.title))],
        )
    })
}
