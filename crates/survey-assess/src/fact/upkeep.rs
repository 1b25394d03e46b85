//! Whether somebody looks after the site: broken links, dates, feeds.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{Case, border};
use crate::finding::{Evidence, Finding, at_address, counted, on_page};
use crate::site::model::{AddressId, Page, Site};
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
    if checked.len() < 5 {
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
    let confidence = border(share * 10.0, 0.2)
        * match checked.len() {
            50.. => 1.0,
            10.. => 0.85,
            _ => 0.65,
        };
    Finding::measured(u8::from(share < 0.02), confidence, reason)
        .with(shown.collect::<Vec<_>>())
        .with(case.home().map(|p| on_page(site, p, "start of the check")))
}

/// A date that a script wrote into the page: the capture's own day, which the page as it was sent does not hold.
fn clock(site: &Site, page: &Page, day: Date) -> bool {
    day == site.today && page.plain_dates.as_ref().is_some_and(|sent| !sent.contains(&day))
}

fn age(site: &Site, day: Date) -> i32 {
    day.until((jiff::Unit::Day, site.today)).map(|s| s.get_days()).unwrap_or(i32::MAX)
}

pub fn freshness(case: &Case<'_>) -> Finding {
    let site = case.site();
    let mut newest: Option<(Date, &Page, String)> = None;
    let mut told: Vec<(Date, &Page, &str)> = Vec::new();
    for (index, page) in site.distinct() {
        for day in page.markup.modified.iter().filter(|d| **d <= site.today && !clock(site, page, **d)) {
            if newest.as_ref().is_none_or(|(n, _, _)| day > n) {
                newest = Some((*day, page, format!("date in the markup: {day}")));
            }
        }
        let mut said = None;
        for block in &page.blocks {
            let text = site.text(block.text);
            if text.len() > 600 || !text.bytes().any(|b| b.is_ascii_digit()) {
                continue;
            }
            let known = case.reading.known(block.text);
            let updated = known.length <= 120 && case.reading.cued(known, "updated", case.reading.languages(index));
            for day in patterns::dates(text).into_iter().filter(|d| *d <= site.today && !clock(site, page, *d)) {
                if newest.as_ref().is_none_or(|(n, _, _)| day > *n) {
                    newest = Some((day, page, text.to_owned()));
                }
                if updated {
                    said = Some((day, page, text));
                }
            }
        }
        if !case.reading.is_news(index) {
            told.extend(said);
        }
    }
    let Some((day, page, quote)) = newest else {
        return Finding::nothing(site, "A date of an update was");
    };
    // One document's date is no habit: ordinary pages in number must say when they changed.
    let habit = told.len() >= 3 && told.len() * 5 >= site.distinct_count();
    let latest = age(site, day);
    let step = match latest {
        i32::MIN..=31 if habit => 3,
        i32::MIN..=31 => 2,
        32..=366 => 1,
        _ => 0,
    };
    let reason = format!(
        "The latest date on the pages is {day}, {latest} days before the capture; {} of {} pages say when they were updated.",
        told.len(),
        site.distinct_count()
    );
    Finding::measured(case.scaled(step), 0.75, reason)
        .with([on_page(site, page, &quote)])
        .with(told.first().map(|(_, p, words)| on_page(site, p, words)))
}

/// The newest date on pages of news or on the home page, where news is announced.
fn newest_news<'a>(case: &Case<'a>) -> Option<(Date, &'a Page, &'a str)> {
    let site = case.site();
    let about: BTreeSet<usize> = case.pages_on("news").iter().map(|(i, _)| *i).chain(site.home()).collect();
    let mut best: Option<(Date, &Page, &str)> = None;
    for (index, page) in site.distinct().filter(|(i, _)| about.contains(i) || case.reading.is_news(*i)) {
        let written = page.blocks.iter().map(|b| site.text(b.text)).filter(|t| t.len() <= 600).flat_map(|t| {
            let dates = if t.bytes().any(|b| b.is_ascii_digit()) { patterns::dates(t) } else { Vec::new() };
            dates.into_iter().map(move |d| (d, t))
        });
        let marked = page.markup.modified.iter().map(|d| (*d, site.text(page.title)));
        for (day, words) in written.chain(marked.filter(|_| case.reading.is_news(index))) {
            if day <= site.today && !clock(site, page, day) && best.is_none_or(|(n, _, _)| day > n) {
                best = Some((day, page, words));
            }
        }
    }
    best
}

/// A feed that answered, or one that pages name and whose address is not known to be broken.
fn feed(case: &Case<'_>) -> Option<Evidence> {
    let site = case.site();
    let answered =
        site.endpoints.iter().find(|e| matches!(e.kind.as_str(), "rss" | "atom" | "json-feed") && e.status == 200);
    if let Some(endpoint) = answered {
        return Some(at_address(&endpoint.url, "", &endpoint.proof));
    }
    let working = |address: &str| {
        site.addresses.known(&crate::site::address::key(address)).is_none_or(|id| !site.broken(AddressId(id)))
    };
    site.distinct()
        .find_map(|(_, p)| p.markup.feeds.iter().find(|f| working(f)).map(|f| on_page(site, p, &format!("feed {f}"))))
}

pub fn feeds(case: &Case<'_>) -> Finding {
    let site = case.site();
    let news = case.pages_on("news");
    let items: Vec<(usize, &Page)> = site.distinct().filter(|(i, _)| case.reading.is_news(*i)).collect();
    let feed = feed(case);
    let Some((index, page)) = news.first().or(items.first()).copied() else {
        return match feed {
            Some(evidence) => {
                Finding::measured(case.scaled(2), 0.6, "A feed answers; no page of news was read.").with([evidence])
            }
            None => Finding::nothing(site, "News or a feed was"),
        };
    };
    let title = case.reading.title(index);
    let count = counted(items.len().max(news.len()), "page");
    let newest = newest_news(case);
    if let Some((day, from, words)) = newest
        && age(site, day) > 366
        && site.capture.pages_fetched > 0
    {
        return Finding::measured(0, 0.75, format!("News is published (“{title}”), but the newest date is {day}."))
            .with([on_page(site, from, words)]);
    }
    let dated =
        newest.map_or("without dates that could be read".to_owned(), |(day, _, _)| format!("the newest of {day}"));
    let sure = if newest.is_some() { 1.0 } else { 0.75 };
    let shown = newest.map(|(_, from, words)| on_page(site, from, words));
    match feed {
        Some(evidence) => Finding::measured(
            case.scaled(2),
            0.85 * sure,
            format!("{count} of news read, {dated}; they can be followed by a feed."),
        )
        .with([evidence])
        .with(shown),
        None => Finding::measured(
            case.scaled(1),
            0.8 * sure,
            format!("{count} of news read, {dated}; no feed that works was found."),
        )
        .with([on_page(site, page, title)])
        .with(shown),
    }
}
