//! How pages are built: menus, headings, titles, names of links, landmarks, declared languages.

use std::collections::{BTreeMap, BTreeSet};

use super::{Case, border, percent};
use crate::finding::{Finding, at_address, counted, on_page};
use crate::site::address::is_front;
use crate::site::model::{AddressId, Page, TextId};
use crate::topic::reading::ALL_LANGUAGES;

/// A yes when a share of pages is as it should be.
fn share(
    case: &Case<'_>,
    pages: &[(usize, &Page)],
    limit: f64,
    what: &str,
    good: impl Fn(usize, &Page) -> bool,
) -> Finding {
    let site = case.site();
    let fine = pages.iter().filter(|(i, p)| good(*i, p)).count();
    let part = fine as f64 / pages.len().max(1) as f64;
    let met = part >= limit;
    let shown = pages.iter().find(|(i, p)| good(*i, p) == met);
    let quote = if met { format!("{what}: yes") } else { format!("{what}: no") };
    Finding::measured(
        case.scaled(u8::from(met)),
        border(part, limit),
        format!("{what}: {fine} of {} ({}%).", counted(pages.len(), "page"), percent(fine, pages.len())),
    )
    .with(shown.map(|(_, p)| on_page(site, p, &quote)))
}

pub fn navigation(case: &Case<'_>) -> Finding {
    let site = case.site();
    let pages = match case.enough(3) {
        Ok(pages) => pages,
        Err(finding) => return finding,
    };
    let group =
        |p: &Page| format!("{} {}", p.declared.as_deref().unwrap_or_default(), crate::site::address::host(&p.url));
    let mut groups: BTreeMap<String, Vec<&Page>> = BTreeMap::new();
    for (_, page) in &pages {
        groups.entry(group(page)).or_default().push(page);
    }
    let (mut same, mut all, mut menu_size) = (0, 0, 0);
    let mut odd = None;
    for members in groups.values().filter(|m| m.len() >= 3) {
        let targets = |p: &Page| -> BTreeSet<AddressId> { p.links.iter().map(|l| l.to).collect() };
        let mut count: BTreeMap<AddressId, usize> = BTreeMap::new();
        members.iter().flat_map(|p| targets(p)).for_each(|t| *count.entry(t).or_default() += 1);
        let menu: BTreeSet<AddressId> =
            count.into_iter().filter(|(_, n)| n * 10 >= members.len() * 6).map(|(t, _)| t).collect();
        menu_size = menu_size.max(menu.len());
        for page in members {
            all += 1;
            let have = targets(page).intersection(&menu).count();
            if menu.len() >= 3 && have * 10 >= menu.len() * 8 {
                same += 1;
            } else {
                odd.get_or_insert(*page);
            }
        }
    }
    if all == 0 {
        return Finding::unknown("Too few pages of one language on one host to compare their menus.");
    }
    let part = same as f64 / all as f64;
    let met = part >= 0.9;
    let shown = if met { case.home() } else { odd };
    Finding::measured(
        u8::from(met),
        border(part, 0.9),
        format!(
            "{same} of {} ({}%) carry the same menu of up to {menu_size} links.",
            counted(all, "page"),
            percent(same, all)
        ),
    )
    .with(
        shown.map(|p| on_page(site, p, if met { "menu as on the other pages" } else { "menu differs or is missing" })),
    )
}

pub fn home_link(case: &Case<'_>) -> Finding {
    let site = case.site();
    let home = site.home();
    let start = site.addresses.known(&crate::site::address::key(&site.capture.start)).map(AddressId);
    let pages = match case.enough(2) {
        Ok(pages) => pages.into_iter().filter(|(i, _)| Some(*i) != home).collect::<Vec<_>>(),
        Err(finding) => return finding,
    };
    let leads = |_: usize, page: &Page| {
        page.links.iter().any(|l| {
            Some(l.to) == start
                || site
                    .page_to(l.to)
                    .is_some_and(|t| Some(t) == home || site.pages.get(t).is_some_and(|p| is_front(&p.url)))
        })
    };
    share(case, &pages, 0.9, "Pages with a link to the home page", leads)
}

/// A page below the home page whose own links lead to most pages of the site, whatever it is called.
fn lists_all<'a>(case: &Case<'a>) -> Option<(usize, &'a Page)> {
    let site = case.site();
    let total = site.distinct_count();
    site.distinct().filter(|(i, p)| Some(*i) != site.home() && !is_front(&p.url)).find(|(_, page)| {
        let to: BTreeSet<usize> = site.own_links(page).filter_map(|l| site.page_to(l.to)).collect();
        to.len() >= 20 && to.len() * 10 >= total * 6
    })
}

pub fn site_map(case: &Case<'_>) -> Finding {
    let site = case.site();
    let mut pages = case.pages_on("site-map");
    if pages.is_empty() {
        pages.extend(lists_all(case));
    }
    let listed: u32 = site.hosts.iter().map(|h| h.sitemap_entries).sum();
    let file = site
        .hosts
        .iter()
        .flat_map(|h| &h.sitemaps)
        .next()
        .cloned()
        .or_else(|| site.endpoints.iter().find(|e| e.kind == "sitemap" && e.status == 200).map(|e| e.url.clone()));
    let step = match (pages.is_empty(), file.is_some(), case.max()) {
        (true, false, _) => return Finding::nothing(site, "A site map was"),
        (true, true, _) => 1,
        (false, false, 3) => 2,
        (false, false, _) => 1,
        (false, true, 3) => 3,
        (false, true, _) => 2,
    };
    let reason = match (pages.first(), &file) {
        (Some((index, _)), Some(_)) => format!(
            "A site map page (“{}”) and a sitemap for search engines with {listed} addresses.",
            case.reading.title(*index)
        ),
        (Some((index, _)), None) => {
            format!("A site map page (“{}”), but no sitemap for search engines.", case.reading.title(*index))
        }
        _ => format!("A sitemap for search engines with {listed} addresses, but no site map page was found."),
    };
    let shown = pages.first().map(|(i, p)| on_page(site, p, case.reading.title(*i)));
    Finding::measured(case.scaled(step), if pages.is_empty() { 0.75 } else { 0.85 }, reason)
        .with(shown)
        .with(file.map(|f| at_address(&f, "", "sitemap")))
}

pub fn headings(case: &Case<'_>) -> Finding {
    let pages = match case.enough(1) {
        Ok(pages) => pages,
        Err(finding) => return finding,
    };
    let ordered = |_: usize, page: &Page| {
        let levels = &page.markup.levels;
        let first = levels.iter().filter(|l| **l == 1).count() == 1;
        first && levels.windows(2).all(|w| matches!(w, [a, b] if *b <= a + 1))
    };
    share(case, &pages, 0.9, "Pages with one main heading and no skipped level", ordered)
}

pub fn titles(case: &Case<'_>) -> Finding {
    let site = case.site();
    let pages = match case.enough(2) {
        Ok(pages) => pages,
        Err(finding) => return finding,
    };
    let mut count: BTreeMap<TextId, usize> = BTreeMap::new();
    pages.iter().for_each(|(_, p)| *count.entry(p.title).or_default() += 1);
    share(case, &pages, 0.9, "Pages with a title that no other page has", |_, p| {
        !site.text(p.title).is_empty() && count.get(&p.title) == Some(&1)
    })
}

pub fn link_names(case: &Case<'_>) -> Finding {
    let site = case.site();
    let pages = match case.enough(1) {
        Ok(pages) => pages,
        Err(finding) => return finding,
    };
    let (mut all, mut empty, mut vague, mut torn) = (0usize, 0usize, 0usize, 0usize);
    let mut shown = None;
    let mut seen: BTreeSet<(AddressId, TextId)> = BTreeSet::new();
    for (_, page) in &pages {
        let mut targets: BTreeMap<String, BTreeSet<AddressId>> = BTreeMap::new();
        for link in &page.links {
            let words = site.text(link.text);
            if !link.repeated && !link.frame && !words.is_empty() {
                targets.entry(words.to_lowercase()).or_default().insert(link.to);
            }
            if link.to == page.address || !seen.insert((link.to, link.text)) {
                continue;
            }
            all += 1;
            let known = case.reading.known(link.text);
            if words.is_empty() {
                empty += 1;
                shown.get_or_insert((*page, format!("link without a name to {}", site.address(link.to))));
            } else if case.reading.cued_whole(known, "click-here") {
                vague += 1;
                shown.get_or_insert((*page, words.to_owned()));
            }
        }
        for (words, to) in targets.iter().filter(|(_, to)| to.len() > 1) {
            let distinct: BTreeSet<usize> = to.iter().filter_map(|t| site.page_to(*t)).collect();
            if distinct.len() > 1 {
                torn += 1;
                shown.get_or_insert((*page, format!("“{words}” leads to {} different pages", distinct.len())));
            }
        }
    }
    if all == 0 {
        return Finding::unknown("No links were read.");
    }
    let bad = empty + vague + torn;
    let part = bad as f64 / all as f64;
    // Nothing wrong to show: the home page stands for the links that are right.
    let shown = shown.or_else(|| case.home().map(|home| (home, format!("{all} links, each name with one target"))));
    let reason = format!(
        "Of {all} links, {empty} have no name, {vague} say only “here” or “more”, and {torn} share a name with a different target on the same page; at most 5 in 100 are accepted."
    );
    Finding::measured(u8::from(part <= 0.05), border(part * 4.0, 0.2), reason)
        .with(shown.map(|(p, quote)| on_page(site, p, &quote)))
}

pub fn landmarks(case: &Case<'_>) -> Finding {
    let site = case.site();
    let pages = match case.enough(1) {
        Ok(pages) => pages,
        Err(finding) => return finding,
    };
    let skip = |p: &Page| {
        p.links.iter().take(6).any(|l| {
            case.reading.cued(case.reading.known(l.text), "skip-link", ALL_LANGUAGES)
                && site.address(l.to) == crate::site::address::key(&p.url)
        })
    };
    share(case, &pages, 0.9, "Pages with a skip link or with main and navigation landmarks", |_, p| {
        p.markup.skip_link || p.markup.main && p.markup.nav || skip(p)
    })
}

pub fn breadcrumbs(case: &Case<'_>) -> Finding {
    let site = case.site();
    let home = site.home();
    let pages = match case.enough(2) {
        Ok(pages) => pages.into_iter().filter(|(i, _)| Some(*i) != home).collect::<Vec<_>>(),
        Err(finding) => return finding,
    };
    // A path matters below the first level; a site without such depth is judged on what it has.
    let steps = |p: &Page| {
        url::Url::parse(&p.url).ok().and_then(|u| Some(u.path_segments()?.filter(|s| !s.is_empty()).count()))
    };
    let deep: Vec<(usize, &Page)> = pages.iter().filter(|(_, p)| steps(p).is_some_and(|n| n >= 2)).copied().collect();
    let pages = if deep.len() >= 5 { deep } else { pages };
    let said = |index: usize, p: &Page| {
        p.blocks.iter().take(120).any(|b| {
            let k = case.reading.known(b.text);
            k.length <= 60 && case.reading.cued(k, "breadcrumb", case.reading.languages(index))
                || k.length <= 200 && case.reading.cued_first(k, "breadcrumb")
        })
    };
    share(case, &pages, 0.9, "Pages below the home page that show where the reader is", |i, p| {
        p.markup.breadcrumb || said(i, p)
    })
}

pub fn language_declared(case: &Case<'_>) -> Finding {
    let pages = match case.enough(1) {
        Ok(pages) => pages,
        Err(finding) => return finding,
    };
    // Related languages are too close for statistics over letters to accuse a page.
    let close = |a: &str, b: &str| {
        [
            ["no", "da"],
            ["nb", "no"],
            ["nb", "da"],
            ["nn", "no"],
            ["gl", "pt"],
            ["gl", "es"],
            ["ca", "es"],
            ["af", "nl"],
            ["hr", "sr"],
            ["bs", "hr"],
            ["id", "ms"],
            ["fil", "tl"],
            ["cs", "sk"],
        ]
        .iter()
        .any(|p| p.contains(&a) && p.contains(&b))
    };
    share(case, &pages, 0.9, "Pages that declare their language rightly", |_, p| match (&p.declared, &p.detected) {
        (None, _) => false,
        (Some(said), Some((is, sure))) if *sure >= 0.85 => said == is || close(said, is),
        _ => true,
    })
}
