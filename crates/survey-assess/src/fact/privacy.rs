//! Privacy as it can be measured: where the notice is linked, who else learns of a visit, which cookies are set.

use std::collections::{BTreeMap, BTreeSet};

use url::Url;

use super::{Case, border, percent, unseen};
use crate::clause;
use crate::finding::{Finding, State, counted, on_page};
use crate::rules::Hosts;
use crate::site::address::{is_front, is_language, key};
use crate::site::model::{AddressId, Page};

/// Host and path without a first part that names a language; `None` for front pages.
fn without_language(url: &str) -> Option<(String, String)> {
    let url = Url::parse(url).ok()?;
    let parts: Vec<&str> = url.path_segments()?.filter(|p| !p.is_empty()).collect();
    let rest = match parts.split_first() {
        Some((first, rest)) if is_language(first) => rest,
        _ => &parts,
    };
    (!rest.is_empty()).then(|| {
        (
            url.host_str().unwrap_or_default().to_owned(),
            format!("{}?{}", rest.join("/"), url.query().unwrap_or_default()),
        )
    })
}

fn notice_targets(case: &Case<'_>) -> (BTreeSet<usize>, BTreeSet<AddressId>) {
    let notices = case.pages_on("privacy-policy");
    // The same page in another language is the same notice.
    let tails: BTreeSet<(String, String)> = notices.iter().filter_map(|(_, p)| without_language(&p.url)).collect();
    let siblings = case.site().distinct().filter(|(_, p)| without_language(&p.url).is_some_and(|t| tails.contains(&t)));
    let pages = notices.iter().map(|(i, _)| *i).chain(siblings.map(|(i, _)| i)).collect();
    let mut documents: BTreeSet<AddressId> = case
        .hits("privacy-policy")
        .map(|h| h.documents.iter().chain(&h.links).filter(|d| !d.external).map(|d| d.to).collect())
        .unwrap_or_default();
    // So is what the notice itself names as its version in another language, read or not.
    for (_, page) in &notices {
        let versions = page.markup.alternates.values().filter_map(|to| Url::parse(&page.url).ok()?.join(to).ok());
        let known = versions
            .filter(|to| !is_front(to.as_str()))
            .filter_map(|to| case.site().addresses.known(&key(to.as_str())));
        documents.extend(known.map(AddressId));
    }
    (pages, documents)
}

pub fn everywhere(case: &Case<'_>) -> Finding {
    let site = case.site();
    let (targets, documents) = notice_targets(case);
    if targets.is_empty() && documents.is_empty() {
        return Finding::nothing(site, "A privacy notice to link to was");
    }
    let links_it = |page: &Page| {
        page.links.iter().any(|l| documents.contains(&l.to) || site.page_to(l.to).is_some_and(|p| targets.contains(&p)))
    };
    let (mut with, mut all, mut data_with, mut data_all) = (0, 0, 0, 0);
    let mut without: Option<&Page> = None;
    for (index, page) in site.distinct() {
        if targets.contains(&index) {
            continue;
        }
        all += 1;
        let linked = links_it(page);
        with += usize::from(linked);
        if page.forms.iter().any(|f| !f.repeated && f.takes_data() && (!f.loose || f.asks_email())) {
            data_all += 1;
            data_with += usize::from(linked);
        }
        if !linked && without.is_none() {
            without = Some(page);
        }
    }
    if all == 0 {
        return Finding::unknown("Only the notice itself could be read.");
    }
    let share = with as f64 / all as f64;
    let met = share >= 0.95 || share >= 0.6 && data_all > 0 && data_with == data_all;
    let reason = format!(
        "{with} of {all} pages ({}%) link to the notice, and {data_with} of {data_all} pages with a form that takes data.",
        percent(with, all)
    );
    let evidence = if met { targets.first().and_then(|i| site.pages.get(*i)) } else { without };
    let quote = if met { "the notice that pages link to" } else { "no link to the privacy notice on this page" };
    Finding::measured(u8::from(met), border(share, 0.95).max(0.7), reason)
        .with(evidence.map(|p| on_page(site, p, quote)))
}

pub fn at_forms(case: &Case<'_>) -> Finding {
    let site = case.site();
    let (targets, documents) = notice_targets(case);
    let (mut told, mut all) = (0, 0);
    let (mut good, mut bad) = (None, None);
    for (index, page) in site.distinct() {
        let languages = case.reading.languages(index);
        for form in page.forms.iter().filter(|f| !f.repeated && f.takes_data()) {
            all += 1;
            let words = case.reading.look_up(&form.text);
            let linked = site
                .own_links(page)
                .any(|l| documents.contains(&l.to) || site.page_to(l.to).is_some_and(|p| targets.contains(&p)));
            let subject = case.reading.matcher.subject_of("privacy-policy");
            let said = words.hits.iter().any(|h| Some(h.subject) == subject && languages.has(h.language));
            if linked || said {
                told += 1;
                good.get_or_insert((page, crate::topic::signal::described(form)));
            } else {
                bad.get_or_insert((page, crate::topic::signal::described(form)));
            }
        }
    }
    if all == 0 {
        return Finding::unknown(
            "No form that takes personal data was among the pages read; a person must look behind the sign-in.",
        );
    }
    let share = told as f64 / all as f64;
    let met = share >= 0.8;
    let shown = if met { good } else { bad };
    Finding::measured(
        u8::from(met),
        border(share, 0.8),
        format!(
            "{told} of {} that take data speak of privacy or link to the notice beside them.",
            counted(all, "form")
        ),
    )
    .with(shown.map(|(p, words)| on_page(site, p, &words)))
}

pub fn tracking(case: &Case<'_>) -> Finding {
    let views = case.views();
    if views.is_empty() {
        let found = static_trackers(case);
        let mut finding = unseen("what runs before consent");
        if let Some((page, name, script)) = found {
            finding.reason.push_str(&format!(" The source of pages names {name}."));
            finding = finding.with([on_page(case.site(), page, script)]);
        }
        return finding;
    }
    let hosts = &case.reading.rules.hosts;
    let mut trackers: BTreeMap<&str, usize> = BTreeMap::new();
    let mut strangers: BTreeSet<&str> = BTreeSet::new();
    let mut first = None;
    for view in &views {
        for host in view.third_parties.keys() {
            strangers.insert(host);
            if let Some(name) = Hosts::under(&hosts.trackers, host) {
                *trackers.entry(name).or_default() += 1;
                first.get_or_insert((*view, host.clone()));
            }
        }
    }
    let pages = counted(views.len(), "page");
    let confidence = if views.len() >= 3 { 0.9 } else { 0.75 };
    if let Some((view, host)) = first {
        let names: Vec<&str> = trackers.keys().copied().collect();
        return Finding::measured(
            0,
            confidence,
            format!("On {pages}, trackers were called before any consent: {}.", names.join(", ")),
        )
        .with([case.viewed(view, &format!("request to {host}"))]);
    }
    if strangers.is_empty() {
        return Finding::measured(
            case.scaled(2),
            confidence,
            format!("On {pages}, no host outside the organisation was called before consent."),
        )
        .with(views.first().map(|v| case.viewed(v, "no third-party request")));
    }
    let names: Vec<&str> = strangers.iter().copied().take(6).collect();
    let view = views.iter().find(|v| !v.third_parties.is_empty());
    Finding::measured(
        case.scaled(1),
        confidence - 0.1,
        format!(
            "On {pages}, {} called before consent, none a known tracker: {}.",
            counted(strangers.len(), "outside host"),
            names.join(", ")
        ),
    )
    .with(view.map(|v| case.viewed(v, &names.join(", "))))
}

fn static_trackers<'a>(case: &Case<'a>) -> Option<(&'a Page, &'a str, &'a str)> {
    case.site().distinct().find_map(|(_, page)| {
        page.markup.scripts.iter().find_map(|s| {
            Some((page, Hosts::under(&case.reading.rules.hosts.trackers, &crate::site::address::host(s))?, s.as_str()))
        })
    })
}

pub fn cookies(case: &Case<'_>) -> Finding {
    let views = case.views();
    let explained =
        clause::held(case.reading, case.topics, "cookies-explained").is_some() || !case.pages_on("cookies").is_empty();
    let refusable = clause::held(case.reading, case.topics, "cookies-refuse").is_some()
        || views.iter().any(|v| {
            v.consent.as_ref().is_some_and(|c| {
                c.buttons.iter().any(|b| {
                    case.reading.cued(&case.reading.look_up(b), "cookie-refuse", crate::topic::reading::ALL_LANGUAGES)
                })
            })
        });
    if views.is_empty() {
        let mut finding = unseen("which cookies are set without consent");
        if explained {
            finding.reason.push_str(" A page of the site explains cookies.");
        }
        return finding;
    }
    let hosts = &case.reading.rules.hosts;
    let mut optional: BTreeSet<&str> = BTreeSet::new();
    let mut needed: BTreeSet<&str> = BTreeSet::new();
    let mut shown = None;
    for view in &views {
        for cookie in &view.cookies {
            let tracks = hosts.tracking_cookies.iter().any(|t| cookie.name.starts_with(t.as_str()));
            let long = cookie.lifetime_s.is_some_and(|s| s > 31 * 24 * 3600);
            if tracks || !cookie.first_party || long {
                optional.insert(&cookie.name);
                shown.get_or_insert((*view, format!("{} for {}", cookie.name, cookie.domain)));
            } else {
                needed.insert(&cookie.name);
            }
        }
    }
    let pages = counted(views.len(), "page");
    if optional.is_empty() {
        let what = if needed.is_empty() {
            "no cookie was set".to_owned()
        } else {
            format!("only {} for the visit was set", counted(needed.len(), "cookie"))
        };
        return Finding::measured(case.scaled(2), 0.85, format!("On {pages}, {what} before any consent."))
            .with(views.first().map(|v| case.viewed(v, &what)));
    }
    let names: Vec<&str> = optional.iter().copied().take(6).collect();
    let step = u8::from(explained || refusable);
    let said = match (explained, refusable) {
        (true, true) => "the site explains cookies and offers to refuse, but sets these first",
        (true, false) => "the site explains cookies",
        (false, true) => "a banner offers to refuse, but these are set first",
        (false, false) => "no explanation was found",
    };
    let mut finding = Finding::measured(
        case.scaled(step),
        0.75,
        format!("On {pages}, cookies beyond the visit were set before any consent ({}); {said}.", names.join(", ")),
    );
    if step == 0 && !case.site().complete() {
        finding.state = State::NotFound;
    }
    finding.with(shown.map(|(v, quote)| case.viewed(v, &quote)))
}
