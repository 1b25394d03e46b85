//! The signals of `data/topics.toml`: what on a target page makes a step of the ladder.

use super::find::{LinkHit, PageHit, TopicHits};
use super::reading::{Languages, Reading};
use crate::finding::{Evidence, at_address, on_page};
use crate::lexicon::Kind;
use crate::rules::Hosts;
use crate::site::address::{data_ending, document_ending, host};
use crate::site::model::{Form, Link, Page};
use crate::site::patterns;

/// A signal that is there.
#[derive(Debug, Clone)]
pub struct Shown {
    /// What it is, to follow "with": `a form that takes data`.
    pub what: String,
    pub evidence: Evidence,
    /// How far it can be trusted, 0–1.
    pub trust: f64,
}

/// Subjects whose forms stand on pages about other things.
const GUESTS: [&str; 6] = ["newsletter", "alert-subscription", "page-feedback", "sign-in", "satisfaction", "cookies"];

fn shown(what: impl Into<String>, evidence: Evidence, trust: f64) -> Option<Shown> {
    Some(Shown { what: what.into(), evidence, trust })
}

/// A form's words for the reader of the report.
pub fn described(form: &Form) -> String {
    let labels: Vec<&str> = form
        .filled()
        .map(|f| if f.label.is_empty() { f.name.as_str() } else { f.label.as_str() })
        .filter(|l| !l.is_empty())
        .take(6)
        .collect();
    let submit = form.submit.first().map(|s| format!(" [{s}]")).unwrap_or_default();
    format!("form: {}{submit}", labels.join(", "))
}

/// Forms on the page that are its own and about its topic.
pub fn own_forms<'p>(reading: &Reading<'_>, index: usize, page: &'p Page, topic: &str) -> Vec<&'p Form> {
    let languages = reading.languages(index);
    page.forms
        .iter()
        .filter(|f| !f.repeated && !f.frame && f.filled().next().is_some() && !visitor(reading, f, topic, languages))
        .collect()
}

/// A newsletter box, a cookie banner or a "was this helpful" on a page about something else.
fn visitor(reading: &Reading<'_>, form: &Form, topic: &str, languages: Languages) -> bool {
    if form.hint.contains("cookie")
        || form.hint.contains("consent")
        || form.hint.contains("comment") && topic != "forum"
    {
        return true;
    }
    let words = reading.look_up(&format!(
        "{} {} {}",
        form.heading,
        form.submit.join(" "),
        form.text.chars().take(300).collect::<String>()
    ));
    let named = |t: &str| {
        reading.matcher.subject_of(t).is_some_and(|s| {
            words.hits.iter().any(|h| h.kind == Kind::Name && h.subject == s && languages.has(h.language))
        })
    };
    let other = GUESTS.iter().any(|g| *g != topic && named(g));
    other && !named(topic) || topic != "page-feedback" && reading.cued(&words, "page-feedback", languages)
}

fn form_signal(reading: &Reading<'_>, hit: &PageHit, page: &Page, topic: &str, kind: &str) -> Option<Shown> {
    let fits = |form: &&Form| match kind {
        "" => form.takes_data() || !form.searches() && form.filled().count() >= 2,
        "email" => form.asks_email(),
        "textarea" => form.has("textarea"),
        "date" => {
            form.filled().any(|f| matches!(f.kind.as_str(), "date" | "datetime-local" | "time"))
                || form.takes_data() && form.filled().count() >= 2
        }
        kind => form.has(kind),
    };
    let forms =
        if kind == "password" { page.forms.iter().collect() } else { own_forms(reading, hit.page, page, topic) };
    let form = forms.into_iter().find(fits)?;
    let trust = if form.loose { 0.85 } else { 1.0 };
    shown("a form that takes data", on_page(reading.site, page, &described(form)), trust)
}

fn search_form(reading: &Reading<'_>, hit: &PageHit, page: &Page, topic: &str) -> Option<Shown> {
    let form = own_forms(reading, hit.page, page, topic).into_iter().find(|f| {
        f.searches()
            || f.method == "get"
                && !f.takes_data()
                && f.filled().any(|f| matches!(f.kind.as_str(), "text" | "select" | "search" | "date" | "number"))
    })?;
    shown("a form that searches or filters", on_page(reading.site, page, &described(form)), 0.9)
}

/// The link leads to something that can act: elsewhere, unread, or a page with a form or a sign-in.
fn acts(reading: &Reading<'_>, link: &Link) -> Option<f64> {
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

fn cue(reading: &Reading<'_>, hit: &PageHit, page: &Page, cue: &str) -> Option<Shown> {
    let languages = reading.languages(hit.page);
    for link in reading.site.own_links(page) {
        let words = reading.site.text(link.text);
        let known = reading.known(link.text);
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

fn sign_in(reading: &Reading<'_>, hit: &PageHit, page: &Page) -> Option<Shown> {
    if let Some(form) = page.forms.iter().find(|f| f.has("password")) {
        return shown("a sign-in form", on_page(reading.site, page, &described(form)), 1.0);
    }
    let languages = reading.languages(hit.page);
    for link in reading.site.own_links(page) {
        if reading.site.broken(link.to) {
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

fn document(reading: &Reading<'_>, page: &Page, hits: &TopicHits, data: bool) -> Option<Shown> {
    let fits = |address: &str| {
        document_ending(address).is_some_and(|e| {
            if data { data_ending(e) && e != "xml" } else { !matches!(e, "mp4" | "webm" | "mp3" | "ics") }
        })
    };
    let linked = reading.site.own_links(page).find(|l| {
        !reading.site.broken(l.to)
            && (fits(reading.site.address(l.to)) || !data && reading.site.documents.contains_key(&l.to))
    });
    if let Some(link) = linked {
        let words = reading.site.text(link.text);
        let what = if data { "a data file" } else { "a document" };
        return shown(
            format!("{what} to download (“{}”)", crate::text::normal::tidy(words, 60)),
            on_page(reading.site, page, &format!("{words} → {}", reading.site.address(link.to))),
            0.95,
        );
    }
    hits.documents
        .iter()
        .find(|d| fits(reading.site.address(d.to)))
        .and_then(|d| shown("a document named after it", document_evidence(reading, d), 0.85))
}

pub fn document_evidence(reading: &Reading<'_>, hit: &LinkHit) -> Evidence {
    let words = reading.site.text(hit.text);
    if let Some(document) = reading.site.documents.get(&hit.to) {
        return at_address(&document.url, &document.record, words);
    }
    match reading.site.pages.get(hit.from) {
        Some(page) => on_page(reading.site, page, &format!("{words} → {}", reading.site.address(hit.to))),
        None => at_address(reading.site.address(hit.to), "", words),
    }
}

/// Looks for one signal on a target page.
pub fn find(reading: &Reading<'_>, topic: &str, hit: &PageHit, hits: &TopicHits, signal: &str) -> Option<Shown> {
    let site = reading.site;
    let page = site.pages.get(hit.page)?;
    let (head, detail) = signal.split_once(':').unwrap_or((signal, ""));
    // In a section of a longer page, forms and links may belong to another section.
    let doubtful = if hit.section { 0.7 } else { 1.0 };
    let own_text = || site.own_blocks(page).map(|b| site.text(b.text));
    let found = match head {
        "form" if hit.section && detail != "password" => None,
        "form" => form_signal(reading, hit, page, topic, detail),
        "search-form" if hit.section => None,
        "search-form" => search_form(reading, hit, page, topic),
        "cue" => cue(reading, hit, page, detail),
        "sign-in" => sign_in(reading, hit, page),
        "document" => document(reading, page, hits, false),
        "data-file" => document(reading, page, hits, true),
        "mailto" => {
            let mail = page.markup.mailto.iter().find(|m| !reading.common.contains(*m)).cloned();
            let written = || own_text().find(|t| patterns::emails(t) > 0).map(str::to_owned);
            mail.or_else(written).and_then(|m| shown("an e-mail address", on_page(site, page, &m), 0.8))
        }
        "telephone" => {
            let number = page.markup.telephones.iter().find(|t| !reading.common.contains(*t)).cloned();
            let written = || own_text().find(|t| patterns::telephones(t) > 0).map(str::to_owned);
            number.or_else(written).and_then(|t| shown("a telephone number", on_page(site, page, &t), 0.7))
        }
        "hours" => {
            own_text().find(|t| patterns::hours(t)).and_then(|t| shown("opening hours", on_page(site, page, t), 0.9))
        }
        "postal" => {
            own_text().find(|t| patterns::postal(t)).and_then(|t| shown("an address", on_page(site, page, t), 0.9))
        }
        "contacts" => {
            let numbers: usize = own_text().map(|t| patterns::telephones(t) + patterns::emails(t)).sum::<usize>()
                + page.markup.mailto.len().max(page.markup.telephones.len());
            (numbers >= 4)
                .then(|| own_text().find(|t| patterns::telephones(t) + patterns::emails(t) > 0).unwrap_or_default())
                .and_then(|t| {
                    shown(format!("{numbers} telephone numbers and e-mail addresses"), on_page(site, page, t), 0.9)
                })
        }
        "items" => {
            let dated = own_text().filter(|t| t.len() < 400 && !patterns::dates(t).is_empty()).count();
            (dated >= 5)
                .then(|| own_text().find(|t| t.len() < 400 && !patterns::dates(t).is_empty()).unwrap_or_default())
                .and_then(|t| shown(format!("{dated} dated entries"), on_page(site, page, t), 0.85))
        }
        "pages" => {
            let whole = hits.pages.iter().filter(|h| !h.section).count();
            (whole >= 3)
                .then(|| on_page(site, page, &hit.named))
                .and_then(|e| shown(format!("{whole} pages on it"), e, 0.8))
        }
        "map" => {
            let frame = page.markup.embeds.iter().find(|e| !reading.common.contains(*e));
            page.markup
                .map
                .then(|| on_page(site, page, frame.map_or("map on the page", String::as_str)))
                .and_then(|e| shown("a map", e, 0.9))
        }
        "embed" => {
            let frame = page.markup.embeds.iter().find(|e| !reading.common.contains(*e) && e.starts_with("http"))?;
            shown("an embedded application", on_page(site, page, frame), 0.7)
        }
        "video" => {
            let player = page.markup.embeds.iter().find(|e| Hosts::any(&reading.rules.hosts.video, e)).cloned();
            let linked = || {
                site.own_links(page)
                    .map(|l| site.address(l.to))
                    .find(|a| Hosts::any(&reading.rules.hosts.video, a) && a.contains('/'))
                    .map(str::to_owned)
            };
            let file = || {
                site.own_links(page)
                    .map(|l| site.address(l.to))
                    .find(|a| document_ending(a).is_some_and(|e| matches!(e, "mp4" | "webm")))
                    .map(str::to_owned)
            };
            let tag = || (page.markup.videos > 0).then(|| "video on the page".to_owned());
            player
                .or_else(linked)
                .or_else(file)
                .or_else(tag)
                .and_then(|v| shown("a recording", on_page(site, page, &v), 0.9))
        }
        "endpoint" => {
            let known = site.endpoints.iter().find(|e| e.kind == detail && (200..300).contains(&e.status))?;
            shown(format!("an interface that answers ({})", known.kind), at_address(&known.url, "", &known.proof), 0.9)
        }
        "type" => page
            .markup
            .types
            .contains(detail)
            .then(|| on_page(site, page, detail))
            .and_then(|e| shown(format!("structured data ({detail})"), e, 0.9)),
        _ => None,
    };
    found.map(|s| Shown { trust: s.trust * doubtful, ..s })
}

/// A host that signs people in, named by an address.
pub fn identity(reading: &Reading<'_>, address: &str) -> bool {
    Hosts::any(&reading.rules.hosts.identity, address)
        || host(address).starts_with("login.")
        || host(address).starts_with("auth.")
}
