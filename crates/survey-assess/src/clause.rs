//! Sentences of the privacy notice. Only the notice itself is read, never menus or other pages.

use std::collections::{BTreeMap, BTreeSet};

use survey_instrument::Scale;

use crate::finding::{Evidence, Finding, State, at_address, counted, on_page};
use crate::lexicon::Kind;
use crate::site::model::Page;
use crate::site::patterns;
use crate::text::normal::{excerpt, normalise};
use crate::topic::find::TopicHits;
use crate::topic::reading::{ALL_LANGUAGES, Languages, Reading};

/// Phrases found, with the best quote.
pub struct Held {
    pub phrases: usize,
    /// A mail address, a form or a link to write stands in the sentence or in the next two.
    pub reachable: bool,
    pub evidence: Vec<Evidence>,
}

/// Pages that are the notice: the best hits, and those that stand close to the best.
fn notice_pages(topics: &BTreeMap<String, TopicHits>) -> Vec<usize> {
    let mut pages = Vec::new();
    for topic in ["privacy-policy", "cookies"] {
        let Some(hits) = topics.get(topic) else { continue };
        let best = hits.pages.iter().find(|h| h.section.is_none()).map_or(0.0, |h| h.score);
        pages
            .extend(hits.pages.iter().filter(|h| h.section.is_none() && h.score >= best * 0.6).take(6).map(|h| h.page));
    }
    pages
}

/// A mail address in a block or in one of the two after it.
fn reach(reading: &Reading<'_>, page: &Page, block: usize) -> bool {
    let near = block as u32..=block as u32 + 2;
    page.markup.reach.iter().any(|(at, to)| near.contains(at) && to.starts_with("mailto:"))
        || page.blocks.iter().skip(block).take(3).any(|b| patterns::emails(reading.site.text(b.text)) > 0)
}

/// A mail address or telephone number in the page's own text.
fn contact(reading: &Reading<'_>, page: &Page) -> bool {
    let written = |text: &str| patterns::emails(text) > 0 || text.len() < 600 && patterns::telephones(text) > 0;
    let linked =
        page.markup.reach.iter().any(|(at, _)| page.blocks.get(*at as usize).is_some_and(|b| !b.repeated && !b.frame));
    linked || reading.site.own_blocks(page).any(|b| written(reading.site.text(b.text)))
}

/// A block in which the words of a phrase stand with a few others between: the phrase's number and the place in the block.
fn loosely(reading: &Reading<'_>, subject: u16, languages: Languages, text: &str) -> Option<(u32, f64)> {
    let normal = normalise(text);
    let words: Vec<&str> = normal.split(' ').collect();
    let (number, at) = reading
        .matcher
        .sentences(subject)
        .enumerate()
        .filter(|(_, s)| languages.has(s.language))
        .find_map(|(n, s)| Some((n, s.find(&words)?)))?;
    // Numbers of loose phrases start above those of the exact ones.
    Some((u32::MAX / 2 + number as u32, at as f64 / words.len().max(1) as f64))
}

/// Looks for a clause in the notice; `None` when it is not there.
pub fn held(reading: &Reading<'_>, topics: &BTreeMap<String, TopicHits>, clause: &str) -> Option<Held> {
    let subject = reading.matcher.subject_of(&format!("clause:{clause}"))?;
    let site = reading.site;
    let mut phrases = BTreeSet::new();
    let mut reachable = false;
    let mut evidence: Vec<(usize, Evidence)> = Vec::new();
    for index in notice_pages(topics) {
        let Some(page) = site.pages.get(index) else { continue };
        let languages = reading.languages(index);
        for (number, block) in page.blocks.iter().enumerate().filter(|(_, b)| !b.repeated && !b.frame && !b.form) {
            let known = reading.known(block.text);
            let found: Vec<_> = known
                .hits
                .iter()
                .filter(|h| h.kind == Kind::Clause && h.subject == subject && languages.has(h.language))
                .collect();
            let Some(first) = found.first() else {
                if block.heading == 0 && reading.rules.notice.says(clause, site.text(block.text)) {
                    phrases.insert(u32::MAX);
                    reachable |= reach(reading, page, number);
                    evidence.push((1, on_page(site, page, &excerpt(site.text(block.text), 0.0, 280))));
                    continue;
                }
                if let Some((phrase, place)) = loosely(reading, subject, languages, site.text(block.text)) {
                    phrases.insert(phrase);
                    reachable |= block.heading == 0 && reach(reading, page, number);
                    evidence.push((1, on_page(site, page, &excerpt(site.text(block.text), place, 280))));
                }
                continue;
            };
            phrases.extend(found.iter().map(|h| h.phrase));
            reachable |= reach(reading, page, number);
            let place = f64::from(first.start) / f64::from(known.length.max(1));
            // A sentence says more than a heading.
            let weight = found.len() * 2 + usize::from(block.heading == 0);
            evidence.push((weight, on_page(site, page, &excerpt(site.text(block.text), place, 280))));
        }
    }
    for document in topics.get("privacy-policy").map_or(&[][..], |h| h.documents.as_slice()).iter().take(3) {
        let Some(text) = site.documents.get(&document.to).and_then(|d| d.text.as_ref().map(|t| (d, t))) else {
            continue;
        };
        let known = reading.look_up(text.1);
        let found: Vec<_> = known
            .hits
            .iter()
            .filter(|h| h.kind == Kind::Clause && h.subject == subject && ALL_LANGUAGES.has(h.language))
            .collect();
        let Some(first) = found.first() else { continue };
        phrases.extend(found.iter().map(|h| h.phrase));
        let place = f64::from(first.start) / f64::from(known.length.max(1));
        evidence.push((found.len() * 2, at_address(&text.0.url, &text.0.record, &excerpt(text.1, place, 280))));
    }
    if phrases.is_empty() {
        return None;
    }
    evidence.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| (&a.1.url, &a.1.quote).cmp(&(&b.1.url, &b.1.quote))));
    Some(Held { phrases: phrases.len(), reachable, evidence: evidence.into_iter().map(|(_, e)| e).take(3).collect() })
}

/// The organisation's name, as titles give it, in the notice's own text, with an address or a way to reach it.
fn named_holder(reading: &Reading<'_>, page: &Page) -> Option<Evidence> {
    let site = reading.site;
    let names: Vec<String> =
        reading.shared_titles.iter().map(|t| normalise(t)).filter(|t| t.chars().count() >= 4).collect();
    let own = || site.own_blocks(page).map(|b| site.text(b.text)).filter(|t| t.len() < 1_500);
    let text = own().find(|t| {
        let text = normalise(t);
        names.iter().any(|n| text.contains(n.as_str()))
    })?;
    (contact(reading, page) || own().any(patterns::postal)).then(|| on_page(site, page, text))
}

/// Judges a clause on a scale; on a scale of two, the second step asks for a way to do it.
pub fn judge(reading: &Reading<'_>, topics: &BTreeMap<String, TopicHits>, clause: &str, scale: Scale) -> Finding {
    let site = reading.site;
    let pages = notice_pages(topics);
    let documents = topics.get("privacy-policy").map_or(0, |h| h.documents.len());
    if pages.is_empty() {
        let mut none = Finding::nothing(site, "A privacy notice that could hold it was");
        if documents > 0 {
            none = Finding::unknown(format!(
                "The notice is {} whose text could not be read here.",
                counted(documents, "document")
            ));
            if let Some(held) = held(reading, topics, clause) {
                return Finding::measured(
                    if scale.max() > 1 { 1 } else { scale.max() },
                    0.65,
                    "The notice, a document, says it.",
                )
                .with(held.evidence);
            }
        }
        return none;
    }
    let Some(found) = held(reading, topics, clause) else {
        let shown = pages.first().and_then(|i| site.pages.get(*i)).map(|p| on_page(site, p, site.text(p.title)));
        if clause == "controller"
            && let Some(evidence) =
                pages.iter().filter_map(|i| site.pages.get(*i)).find_map(|p| named_holder(reading, p))
        {
            return Finding::measured(scale.max(), 0.62, "The notice names the organisation and says how to reach it.")
                .with([evidence]);
        }
        let readable =
            pages.iter().filter_map(|i| site.pages.get(*i)).any(|p| reading.matcher.language_of(&p.language).is_some());
        if !readable {
            return Finding::unknown("The notice is in a language without a word list; a person must read it.")
                .with(shown);
        }
        let mut none = Finding::measured(
            0,
            0.55,
            format!("None of the usual phrases stands in the privacy notice ({} read).", counted(pages.len(), "page")),
        );
        none.state = State::NotFound;
        return none.with(shown);
    };
    // A complaint needs both the authority, which the phrases name, and somebody of the city to ask.
    if clause == "complaint" && !pages.iter().filter_map(|i| site.pages.get(*i)).any(|p| contact(reading, p)) {
        let mut half = Finding::measured(0, 0.6, "The notice names where to complain, but no contact for questions.");
        half.state = State::NotFound;
        return half.with(found.evidence);
    }
    let mut value = if scale.max() > 1 { 1 } else { scale.max() };
    let mut evidence = found.evidence;
    let mut reason = format!("The privacy notice says it, by {}.", counted(found.phrases, "phrase"));
    if scale.max() > 1
        && let Some(way) = held(reading, topics, &format!("{clause}-exercise"))
    {
        value = scale.max();
        evidence.splice(0..0, way.evidence.into_iter().take(1));
        reason.push_str(" It also says how to make use of it.");
    } else if scale.max() > 1 && found.reachable {
        value = scale.max();
        reason.push_str(" An address to write to stands beside it.");
    }
    let confidence = match found.phrases {
        1 => 0.66,
        2 => 0.76,
        _ => 0.85,
    };
    Finding::measured(value, confidence, reason).with(evidence)
}
