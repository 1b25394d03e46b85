//! Signals that lie in links: what a page leads to.

use super::find::PageHit;
use super::reading::{Known, Reading};
use super::signal::{Shown, described, own_links, shown};
use crate::finding::on_page;
use crate::rules::Hosts;
use crate::site::address::{document_ending, host};
use crate::site::model::{Link, Page};
use crate::site::patterns;

/// The link leads to something that can act: elsewhere, unread, or a page with a form or a sign-in.
pub(super) fn acts(reading: &Reading<'_>, link: &Link) -> Option<f64> {
    if reading.site.broken(link.to) {
        return None;
    }
    match reading.page_to(link.to) {
        None => {
            let target = reading.site.address(link.to);
            let ending = document_ending(target);
            (ending.is_none() && !target.is_empty()).then_some(
                if Hosts::any(&reading.rules.hosts.payment, target) || Hosts::any(&reading.rules.hosts.identity, target)
                {
                    0.95
                } else {
                    0.75
                },
            )
        }
        Some((_, page)) => page
            .forms
            .iter()
            .any(|f| !f.repeated && (f.takes_data() || f.has("password") || f.filled().count() >= 2))
            .then_some(0.95),
    }
}

pub(super) fn cue(reading: &Reading<'_>, hit: &PageHit, page: &Page, cue: &str) -> Option<Shown> {
    let languages = reading.languages(hit.page);
    for link in own_links(reading, hit, page) {
        let words = reading.site.text(link.text);
        let known = reading.known(link.text);
        // A link to the page itself opens nothing.
        if link.to == page.address && cue != "form-pdf" {
            continue;
        }
        if known.length == 0 || known.length > 80 || !reading.cued(known, cue, languages) {
            continue;
        }
        if cue == "form-pdf" || cue == "results" || cue == "contact" {
            if !reading.site.broken(link.to) {
                return shown(format!("the link “{words}”"), on_page(reading.site, page, words), 0.8);
            }
            continue;
        }
        if let Some(trust) = acts(reading, link) {
            let target = reading.site.address(link.to);
            return shown(
                format!("the link “{words}”"),
                on_page(reading.site, page, &format!("{words} → {target}")),
                trust,
            );
        }
    }
    let button =
        page.markup.buttons.iter().find(|b| b.len() <= 80 && reading.cued(&reading.look_up(b), cue, languages))?;
    shown(format!("the button “{button}”"), on_page(reading.site, page, button), 0.6)
}

/// The page itself and those to which what is about the topic leads: two at least.
pub(super) fn led<'a>(reading: &Reading<'a>, hit: &PageHit, page: &'a Page) -> Vec<(usize, &'a Page)> {
    let mut pages: Vec<usize> = reading
        .site
        .own_links(page)
        .filter(|l| hit.covers(l.block))
        .filter_map(|l| reading.page_to(l.to))
        .map(|(i, _)| i)
        .collect();
    pages.sort_unstable();
    pages.dedup();
    pages.retain(|i| *i != hit.page);
    if pages.len() < 2 || pages.len() > 30 {
        return Vec::new();
    }
    pages.into_iter().filter_map(|i| Some((i, reading.site.pages.get(i)?))).collect()
}

/// A link on the topic, or from a page on it, to an outside platform on which something is done.
pub(super) fn e_service(reading: &Reading<'_>, topic: &str, hit: &PageHit, page: &Page) -> Option<Shown> {
    let site = reading.site;
    let hosts = &reading.rules.hosts;
    let languages = reading.languages(hit.page);
    let link = own_links(reading, hit, page).find(|l| {
        let target = site.address(l.to);
        let at = host(target);
        let outside = target.contains('.') && !site.scope.owns(&format!("http://{target}"));
        let platform = Hosts::any(&hosts.payment, target) || Hosts::any(&hosts.services, target);
        let known = reading.known(l.text);
        let acting = ACTS.iter().any(|c| reading.cued(known, c, languages));
        outside
            && !site.broken(l.to)
            && document_ending(target).is_none()
            && Hosts::under(&hosts.social, &at).is_none()
            && !Hosts::any(&hosts.vendors, &at)
            && known.length > 0
            && known.length <= if hit.section.is_some() { 300 } else { 120 }
            && (acting || platform && (hit.section.is_some() || reading.names(known, topic, languages) >= 0.3))
    })?;
    let words = crate::text::normal::tidy(site.text(link.text), 80);
    let evidence = on_page(site, page, &format!("{words} → {}", site.address(link.to)));
    shown(format!("the link “{words}” to an outside service"), evidence, 0.6)
}

/// Cues of something being done.
pub(super) const ACTS: [&str; 5] = ["pay", "apply", "book", "track", "submit"];

/// Where apps are fetched.
pub(super) const APPS: [&str; 5] =
    ["play.google.com/store/apps", "apps.apple.com", "itunes.apple.com", "onestore.co.kr", "appgallery.huawei.com"];

/// A button or link of the page that offers strong identification.
pub(super) fn eid(reading: &Reading<'_>, hit: &PageHit, page: &Page) -> Option<Shown> {
    let languages = reading.languages(hit.page);
    let offers = |known: &Known| {
        known.length > 0
            && known.length <= 60
            && reading.names(known, "eid", languages) >= 0.35
            && reading.cued(known, "sign-in", languages)
    };
    let words = page.markup.buttons.iter().find(|b| offers(&reading.look_up(b))).cloned().or_else(|| {
        own_links(reading, hit, page)
            .find(|l| offers(reading.known(l.text)) && !reading.site.broken(l.to))
            .map(|l| reading.site.text(l.text).to_owned())
    })?;
    shown(format!("sign-in by “{words}”"), on_page(reading.site, page, &words), 0.8)
}

/// A directory whose entries have a page each, with a way to reach them.
pub(super) fn contact_pages(reading: &Reading<'_>, hit: &PageHit, page: &Page) -> Option<Shown> {
    let site = reading.site;
    let reachable = |to: &Page| {
        site.own_blocks(to)
            .map(|b| site.text(b.text))
            .any(|t| t.len() < 600 && patterns::telephones(t) + patterns::emails(t) > 0)
    };
    let mut pages: Vec<usize> = own_links(reading, hit, page)
        .filter_map(|l| reading.page_to(l.to))
        .filter(|(i, p)| *i != hit.page && reachable(p))
        .map(|(i, _)| i)
        .collect();
    pages.sort_unstable();
    pages.dedup();
    (pages.len() >= 4)
        .then(|| on_page(site, page, &hit.named))
        .and_then(|e| shown(format!("{} pages of offices with a way to reach them", pages.len()), e, 0.85))
}

pub(super) fn sign_in(reading: &Reading<'_>, hit: &PageHit, page: &Page) -> Option<Shown> {
    if let Some(form) = page.forms.iter().find(|f| f.has("password")) {
        return shown("a sign-in form", on_page(reading.site, page, &described(form)), 1.0);
    }
    let languages = reading.languages(hit.page);
    for link in own_links(reading, hit, page) {
        if reading.site.broken(link.to) || document_ending(reading.site.address(link.to)).is_some() {
            continue;
        }
        let target = reading.site.address(link.to);
        let words = reading.site.text(link.text);
        let known = reading.known(link.text);
        let leads = match reading.page_to(link.to) {
            Some((_, to)) => to.forms.iter().any(|f| f.has("password")),
            None => {
                Hosts::any(&reading.rules.hosts.identity, target)
                    || known.length <= 60 && reading.cued(known, "sign-in", languages)
            }
        };
        if leads {
            return shown(
                format!("the sign-in link “{words}”"),
                on_page(reading.site, page, &format!("{words} → {target}")),
                0.8,
            );
        }
    }
    None
}
