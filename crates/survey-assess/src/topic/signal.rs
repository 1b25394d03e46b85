//! The signals of `data/topics.toml`: what on a target page makes a step of the ladder.

use super::find::{LinkHit, PageHit, TopicHits};
use super::lead::{APPS, contact_pages, cue, e_service, eid, led, sign_in};
use super::reading::{Languages, Reading, naming};
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

pub(super) fn shown(what: impl Into<String>, evidence: Evidence, trust: f64) -> Option<Shown> {
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

/// Forms that belong to what is about the topic.
pub fn forms_of<'p>(reading: &Reading<'_>, hit: &PageHit, page: &'p Page, topic: &str) -> Vec<&'p Form> {
    let mut forms = own_forms(reading, hit.page, page, topic);
    forms.retain(|f| hit.covers(f.block));
    forms
}

/// Links of what is about the topic.
pub(super) fn own_links<'p>(reading: &Reading<'p>, hit: &'p PageHit, page: &'p Page) -> impl Iterator<Item = &'p Link> {
    reading.site.own_links(page).filter(|l| hit.covers(l.block))
}

/// Forms on the page that are its own and about the topic.
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
        "" => {
            let several = form.filled().count() >= 2 && !form.loose;
            form.takes_data() || !form.searches() && (form.method == "post" || several)
        }
        "email" => form.asks_email(),
        "textarea" => form.has("textarea"),
        "date" => {
            form.filled().any(|f| matches!(f.kind.as_str(), "date" | "datetime-local" | "time"))
                || form.takes_data() && form.filled().count() >= 2
        }
        kind => form.has(kind),
    };
    let forms = if kind == "password" { page.forms.iter().collect() } else { forms_of(reading, hit, page, topic) };
    let form = forms.into_iter().find(fits)?;
    let trust = if form.loose { 0.85 } else { 1.0 };
    shown("a form that takes data", on_page(reading.site, page, &described(form)), trust)
}

fn search_form(reading: &Reading<'_>, hit: &PageHit, page: &Page, topic: &str) -> Option<Shown> {
    let form = forms_of(reading, hit, page, topic).into_iter().find(|f| {
        f.searches()
            || f.method == "get"
                && !f.takes_data()
                && f.filled().any(|f| matches!(f.kind.as_str(), "text" | "select" | "search" | "date" | "number"))
    })?;
    shown("a form that searches or filters", on_page(reading.site, page, &described(form)), 0.9)
}

fn document(
    reading: &Reading<'_>,
    topic: &str,
    hit: &PageHit,
    page: &Page,
    hits: &TopicHits,
    data: bool,
) -> Option<Shown> {
    let fits = |address: &str| {
        document_ending(address).is_some_and(|e| {
            if data { data_ending(e) && e != "xml" } else { !matches!(e, "mp4" | "webm" | "mp3" | "ics") }
        })
    };
    let languages = reading.languages(hit.page);
    let subject = reading.matcher.subject_of(topic);
    let foreign = |link: &Link| {
        let names = naming(reading.known(link.text), languages);
        let own = subject.and_then(|s| names.get(&s)).copied().unwrap_or_default();
        own < 0.3
            && names
                .iter()
                .any(|(s, strength)| *strength >= 0.7 && reading.rules.topics.contains_key(reading.matcher.subject(*s)))
    };
    // Another body's report on a page that only hints at the topic is not the city's document on it.
    let elsewhere = |link: &Link| {
        let target = reading.site.address(link.to);
        let outside = !reading.site.scope.owns(&format!("http://{target}"));
        outside
            && hit.score < reading.rules.weights.threshold + 1.0
            && subject.is_none_or(|s| !naming(reading.known(link.text), languages).contains_key(&s))
    };
    let linked = own_links(reading, hit, page).find(|l| {
        !reading.site.broken(l.to)
            && !foreign(l)
            && !elsewhere(l)
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
    let doubtful = if hit.section.is_some() { 0.85 } else { 1.0 };
    let own_blocks = || {
        let numbered = page.blocks.iter().enumerate();
        numbered.filter(|(n, b)| !b.repeated && !b.frame && hit.covers(*n as u32)).map(|(_, b)| b)
    };
    let own_text = || own_blocks().map(|b| site.text(b.text));
    let reach = |scheme: &str| {
        let all = page.markup.reach.iter().filter(|(at, _)| hit.covers(*at));
        all.filter_map(|(_, to)| to.strip_prefix(scheme)).find(|to| !reading.common.contains(*to)).map(str::to_owned)
    };
    let found = match head {
        "form" => form_signal(reading, hit, page, topic, detail),
        "search-form" => search_form(reading, hit, page, topic),
        "cue" => cue(reading, hit, page, detail),
        "sign-in" => sign_in(reading, hit, page),
        "e-service" => e_service(reading, topic, hit, page),
        // Support for ideas is given where ideas can be entered.
        "said" if detail == "vote" && forms_of(reading, hit, page, topic).is_empty() => None,
        "leads-document" => led(reading, hit, page)
            .into_iter()
            .find_map(|(i, p)| {
                let link =
                    site.own_links(p).find(|l| document_ending(site.address(l.to)).is_some() && !site.broken(l.to))?;
                (i != hit.page).then(|| on_page(site, p, site.text(link.text)))
            })
            .and_then(|e| shown("pages from which documents can be downloaded", e, 0.75)),
        "leads-service" => led(reading, hit, page)
            .into_iter()
            .find_map(|(_, p)| {
                let serves = |to: &Page| {
                    to.forms.iter().any(|f| {
                        !f.repeated && !f.frame && !f.loose && (f.takes_data() || f.method == "post" && !f.searches())
                    })
                };
                let link = site
                    .own_links(p)
                    .find(|l| reading.page_to(l.to).is_some_and(|(i, to)| i != hit.page && serves(to)))?;
                Some(on_page(site, p, site.text(link.text)))
            })
            .and_then(|e| shown("pages that lead to services done online", e, 0.75)),
        "said" => {
            let languages = reading.languages(hit.page);
            own_blocks()
                .find(|b| b.heading == 0 && reading.cued(reading.known(b.text), detail, languages))
                .map(|b| on_page(site, page, site.text(b.text)))
                .and_then(|e| shown("words that say so", e, 0.75))
        }
        "app-store" => own_links(reading, hit, page)
            .find(|l| APPS.iter().any(|a| site.address(l.to).contains(a)))
            .and_then(|l| shown("a link to an app", on_page(site, page, site.address(l.to)), 0.85)),
        "eid" => eid(reading, hit, page),
        "mails" => {
            let written: usize = own_text().map(patterns::emails).sum();
            let linked =
                page.markup.reach.iter().filter(|(at, to)| hit.covers(*at) && to.starts_with("mailto:")).count();
            let most = written.max(linked);
            (most >= 4)
                .then(|| on_page(site, page, &hit.named))
                .and_then(|e| shown(format!("{most} e-mail addresses"), e, 0.85))
        }
        "contact-pages" => contact_pages(reading, hit, page),
        "subjects" => {
            let heading =
                |b: &&crate::site::model::Block| b.heading > 1 && !site.text(b.text).ends_with(['?', '？', '؟']);
            let subjects = own_blocks().filter(heading).count();
            let questions = own_blocks().filter(|b| site.text(b.text).ends_with(['?', '？', '؟'])).count();
            (subjects >= 2 && questions > subjects)
                .then(|| own_blocks().find(|b| heading(b)).map(|b| on_page(site, page, site.text(b.text))))
                .flatten()
                .and_then(|e| shown(format!("{subjects} subjects under which questions stand"), e, 0.8))
        }
        "document" => document(reading, topic, hit, page, hits, false),
        "data-file" => document(reading, topic, hit, page, hits, true),
        "mailto" => {
            let mail = reach("mailto:").map(|m| m.split('?').next().unwrap_or_default().to_owned());
            let written = || own_text().find(|t| patterns::emails(t) > 0).map(str::to_owned);
            mail.or_else(written).and_then(|m| shown("an e-mail address", on_page(site, page, &m), 0.8))
        }
        "telephone" => {
            let number = reach("tel:");
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
                + page.markup.reach.iter().filter(|(at, _)| hit.covers(*at)).count() / 2;
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
            let whole = hits.pages.iter().filter(|h| h.section.is_none()).count();
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
