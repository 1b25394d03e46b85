//! Whether somebody looks after the site: broken links, dates, feeds.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{Case, border};
use crate::finding::{Finding, at_address, counted, on_page};
use crate::site::model::{AddressId, Page};
use crate::site::patterns;

pub fn broken_links(case: &Case<'_>) -> Finding {
    let site = case.site();
    let mut from: BTreeMap<AddressId, usize> = BTreeMap::new();
    for (index, page) in site.distinct() {
        for link in &page.links {
            if site.scope.owns(&format!("http://{}", site.address(link.to))) {
                from.entry(link.to).or_insert(index);
            }
        }
    }
    let answered = |id: &AddressId| {
        site.statuses.contains_key(id)
            || site.page_at.contains_key(id)
            || site.failures.get(id).is_some_and(|f| f.kind != "robots" && f.kind != "too_large")
    };
    let checked: BTreeSet<AddressId> = from.keys().copied().filter(answered).collect();
    let broken: Vec<AddressId> = checked.iter().copied().filter(|id| site.broken(*id)).collect();
    if checked.len() < 10 {
        return Finding::unknown(format!("Only {} could be tried.", counted(checked.len(), "internal link")));
    }
    let share = broken.len() as f64 / checked.len() as f64;
    let shown = broken.iter().take(3).filter_map(|id| {
        let page = site.pages.get(*from.get(id)?)?;
        let why = site
            .statuses
            .get(id)
            .map(|s| format!("status {s}"))
            .or_else(|| site.failures.get(id).map(|f| f.kind.clone()))
            .unwrap_or_default();
        Some(on_page(site, page, &format!("links to {} ({why})", site.address(*id))))
    });
    let reason = format!(
        "{} of {} internal addresses that were tried are broken ({:.1} in 100).",
        broken.len(),
        checked.len(),
        share * 100.0
    );
    let confidence = border(share * 10.0, 0.2) * if checked.len() >= 50 { 1.0 } else { 0.85 };
    Finding::measured(u8::from(share < 0.02), confidence, reason)
        .with(shown.collect::<Vec<_>>())
        .with(case.home().map(|p| on_page(site, p, "start of the check")))
}

pub fn freshness(case: &Case<'_>) -> Finding {
    let site = case.site();
    let mut newest: Option<(Date, &Page, String)> = None;
    let mut told: Option<(Date, &Page, String)> = None;
    for (index, page) in site.distinct() {
        for day in page.markup.modified.iter().filter(|d| **d <= site.today) {
            if newest.as_ref().is_none_or(|(n, _, _)| day > n) {
                newest = Some((*day, page, format!("date in the markup: {day}")));
            }
        }
        for block in &page.blocks {
            let text = site.text(block.text);
            if text.len() > 600 || !text.bytes().any(|b| b.is_ascii_digit()) {
                continue;
            }
            let known = case.reading.known(block.text);
            let updated = known.length <= 120 && case.reading.cued(known, "updated", case.reading.languages(index));
            for day in patterns::dates(text).into_iter().filter(|d| *d <= site.today) {
                if newest.as_ref().is_none_or(|(n, _, _)| day > *n) {
                    newest = Some((day, page, text.to_owned()));
                }
                if updated && told.as_ref().is_none_or(|(n, _, _)| day > *n) {
                    told = Some((day, page, text.to_owned()));
                }
            }
        }
    }
    let Some((day, page, quote)) = newest else {
        return Finding::nothing(site, "A date of an update was");
    };
    let age = |day: Date| day.until((jiff::Unit::Day, site.today)).map(|s| s.get_days()).unwrap_or(i32::MAX);
    let (latest, shown) = (age(day), told.as_ref().map(|(d, _, _)| age(*d)));
    let step = match (latest, shown) {
        (..=31, Some(..=366)) => 3,
        (..=31, _) => 2,
        (..=366, _) => 1,
        _ => 0,
    };
    let reason = match &told {
        Some((d, _, _)) => format!(
            "The latest date on the pages is {day}, {latest} days before the capture; pages tell when they were updated, last on {d}."
        ),
        None => format!(
            "The latest date on the pages is {day}, {latest} days before the capture; no page says when it was updated."
        ),
    };
    Finding::measured(case.scaled(step), 0.7, reason)
        .with([on_page(site, page, &quote)])
        .with(told.map(|(_, p, words)| on_page(site, p, &words)))
}

pub fn feeds(case: &Case<'_>) -> Finding {
    let site = case.site();
    let news = case.pages_on("news");
    let listed = site.pages.iter().enumerate().filter(|(i, p)| p.copy_of.is_none() && case.reading.is_news(*i)).count();
    let feed = site
        .endpoints
        .iter()
        .find(|e| matches!(e.kind.as_str(), "rss" | "atom") && e.status == 200)
        .map(|e| at_address(&e.url, "", &e.proof));
    let feed = feed.or_else(|| {
        site.distinct().find_map(|(_, p)| p.markup.feeds.first().map(|f| on_page(site, p, &format!("feed {f}"))))
    });
    let feed = feed.or_else(|| {
        site.distinct().find(|(_, p)| p.markup.rss_links > 0).map(|(_, p)| on_page(site, p, "link to a feed"))
    });
    if let Some(evidence) = feed {
        return Finding::measured(
            case.scaled(2),
            0.88,
            format!("News can be followed by a feed ({} of news read).", counted(news.len().max(listed), "page")),
        )
        .with([evidence]);
    }
    if let Some((index, page)) = news.first() {
        return Finding::measured(
            case.scaled(1),
            0.75,
            format!("News is published (“{}”), but no feed was found.", case.reading.title(*index)),
        )
        .with([on_page(site, page, case.reading.title(*index))]);
    }
    if let Some((_, page)) = site.distinct().find(|(i, _)| case.reading.is_news(*i)) {
        return Finding::measured(
            case.scaled(1),
            0.6,
            format!("{} read, but no feed was found.", counted(listed, "news item")),
        )
        .with([on_page(site, page, site.text(page.title))]);
    }
    Finding::nothing(site, "News or a feed was")
}
