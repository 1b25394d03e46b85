//! Things that answer a topic without a page of its own: hours in a footer, an address in structured data.

use std::collections::BTreeMap;

use super::find::TopicHits;
use super::reading::Reading;
use crate::finding::{Evidence, on_page};
use crate::lexicon::Kind;
use crate::site::patterns;

/// Confidence, what was seen and where, for the topics that have another way to be answered.
pub fn judge(
    reading: &Reading<'_>,
    all: &BTreeMap<String, TopicHits>,
    topic: &str,
) -> Option<(f64, String, Vec<Evidence>)> {
    match topic {
        "opening-hours" => hours(reading, all),
        "office-locations" => locations(reading),
        "contact-directory" => contacts(reading, all),
        _ => None,
    }
}

/// Hours count where they stand: on a page about offices or contacts, in a footer, or beside a word for them.
fn hours(reading: &Reading<'_>, all: &BTreeMap<String, TopicHits>) -> Option<(f64, String, Vec<Evidence>)> {
    let site = reading.site;
    let subject = reading.matcher.subject_of("opening-hours");
    let about: Vec<usize> = ["opening-hours", "office-locations", "contact-directory", "appointments"]
        .iter()
        .filter_map(|t| all.get(*t))
        .flat_map(|h| h.pages.iter().map(|p| p.page))
        .collect();
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
                (true, _, _) => 0.65,
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

fn locations(reading: &Reading<'_>) -> Option<(f64, String, Vec<Evidence>)> {
    let site = reading.site;
    let mut repeated = None;
    for (_, page) in site.distinct() {
        if page.markup.types.contains("PostalAddress") || page.markup.properties.contains("streetAddress") {
            return Some((
                0.85,
                "an address stands in the structured data".to_owned(),
                vec![on_page(site, page, "PostalAddress")],
            ));
        }
        for block in page.blocks.iter().filter(|b| b.repeated || b.frame) {
            let text = site.text(block.text);
            if repeated.is_none()
                && text.len() < 500
                && text.bytes().any(|b| b.is_ascii_digit())
                && patterns::postal(text)
            {
                repeated =
                    Some((0.8, "an office's address stands on the pages".to_owned(), vec![on_page(site, page, text)]));
            }
        }
    }
    repeated
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
