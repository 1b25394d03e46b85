//! The site's own search: whether there is one, whether it answers, how it can be narrowed.

use super::Case;
use crate::finding::{Finding, at_address, counted, on_page};
use crate::rules::Hosts;
use crate::site::model::{Form, Page};
use crate::text::normal::normalise;
use crate::topic::signal::described;

/// A form and the page it stands on.
type Placed<'a> = (&'a Page, &'a Form);

/// A search form that the organisation answers itself, and one that another engine answers.
fn form<'a>(case: &Case<'a>) -> (Option<Placed<'a>>, Option<Placed<'a>>) {
    let site = case.site();
    let (mut own, mut outside) = (None, None);
    for (index, page) in site.distinct() {
        for form in page.forms.iter().filter(|f| f.searches()) {
            let external = Hosts::any(&case.reading.rules.hosts.search, &form.action)
                || !form.action.is_empty() && !site.scope.owns(&form.action);
            if external {
                outside.get_or_insert((page, form));
            } else if !form.repeated && !form.frame && Some(index) != site.home() && form.filled().count() > 1 {
                // One page's own search through its list is not the site's.
                continue;
            } else if own.as_ref().is_none_or(|(_, f): &Placed<'_>| !f.repeated && form.repeated) {
                own = Some((page, form));
            }
        }
    }
    (own, outside)
}

pub fn search(case: &Case<'_>) -> Finding {
    let site = case.site();
    let answered = site
        .searches
        .iter()
        .find(|s| s.status == 200 && s.result_links > 0 && s.result_links > s.nonsense_result_links);
    if let Some(note) = answered {
        let reason = format!(
            "The site's search answered “{}” with {} and a word that cannot be found with {}.",
            note.query,
            counted(note.result_links as usize, "link"),
            note.nonsense_result_links
        );
        return Finding::measured(case.scaled(3), 0.92, reason).with([at_address(
            &note.asked,
            "",
            &format!("{} result links for “{}”", note.result_links, note.query),
        )]);
    }
    let (own, outside) = form(case);
    if let Some((page, form)) = own {
        let tried = site.searches.first();
        let reason = match tried {
            Some(note) => format!(
                "The site has a search form, but asked for “{}” it gave no results that could be told from none (status {}).",
                note.query, note.status
            ),
            None => "The site has a search form; its answers were not tried.".to_owned(),
        };
        return Finding::measured(case.scaled(2), if tried.is_some() { 0.75 } else { 0.65 }, reason).with([on_page(
            site,
            page,
            &described(form),
        )]);
    }
    if let Some((page, form)) = outside {
        return Finding::measured(case.scaled(1), 0.8, "The search form leads to an outside engine.").with([on_page(
            site,
            page,
            &format!("{} → {}", described(form), form.action),
        )]);
    }
    let script = site.distinct().find_map(|(_, p)| {
        p.markup.scripts.iter().find(|s| Hosts::any(&case.reading.rules.hosts.search, s)).map(|s| (p, s))
    });
    if let Some((page, script)) = script {
        return Finding::measured(case.scaled(1), 0.7, "A search engine of another provider is built in.")
            .with([on_page(site, page, script)]);
    }
    Finding::nothing(site, "A search form was")
}

/// What a rule about searching says when the search itself could not be tried.
fn untried(case: &Case<'_>, what: &str) -> Finding {
    let (own, outside) = form(case);
    match own.or(outside) {
        Some((page, form)) => Finding::unknown(format!(
            "The site's search was not answered during the capture, so {what} is not known; a person must try it."
        ))
        .with([on_page(case.site(), page, &described(form))]),
        None => Finding::nothing(case.site(), "A search form was"),
    }
}

pub fn refine(case: &Case<'_>) -> Finding {
    let site = case.site();
    if let Some(note) = site
        .searches
        .iter()
        .max_by_key(|s| (s.refine_controls.len(), std::cmp::Reverse(&s.asked)))
        .filter(|s| s.status == 200)
    {
        let controls = &note.refine_controls;
        let reason = if controls.is_empty() {
            "The answer page of the search has no control to narrow or order results.".to_owned()
        } else {
            format!(
                "The answer page of the search has {} to narrow or order results: {}.",
                counted(controls.len(), "control"),
                controls.iter().take(5).cloned().collect::<Vec<_>>().join(", ")
            )
        };
        return Finding::measured(case.scaled(controls.len().min(2) as u8), 0.75, reason).with([at_address(
            &note.asked,
            "",
            &controls.join(", "),
        )]);
    }
    untried(case, "whether results can be narrowed or ordered")
}

pub fn scope(case: &Case<'_>) -> Finding {
    let site = case.site();
    let (own, outside) = form(case);
    let Some((page, found)) = own.or(outside) else { return Finding::nothing(site, "A search form was") };
    let limited =
        |f: &&Form| f.searches() && f.filled().any(|x| matches!(x.kind.as_str(), "select" | "radio" | "checkbox"));
    let narrow = site.distinct().find_map(|(_, p)| p.forms.iter().find(limited).map(|f| (p, f)));
    if let Some((page, form)) = narrow {
        return Finding::measured(1, 0.75, "A search form lets the reader choose a part of the site.").with([on_page(
            site,
            page,
            &described(form),
        )]);
    }
    if let Some(note) = site.searches.iter().find(|s| !s.refine_controls.is_empty()) {
        return Finding::measured(1, 0.65, "The answer page of the search has controls to narrow the results.")
            .with([at_address(&note.asked, "", &note.refine_controls.join(", "))]);
    }
    Finding::measured(0, 0.6, "No search form has a choice of parts of the site.").with([on_page(
        site,
        page,
        &described(found),
    )])
}

pub fn advanced(case: &Case<'_>) -> Finding {
    let site = case.site();
    let words = &case.reading.rules.hosts.advanced_search;
    for (_, page) in site.distinct() {
        let named =
            page.links.iter().map(|l| site.text(l.text)).chain(page.markup.buttons.iter().map(String::as_str)).find(
                |t| {
                    t.len() <= 120 && {
                        let n = normalise(t);
                        words.iter().any(|w| n.contains(w.as_str()))
                    }
                },
            );
        if let Some(text) = named {
            return Finding::measured(1, 0.75, format!("The site offers “{text}”.")).with([on_page(site, page, text)]);
        }
    }
    let helped = case.pages_on("search-help");
    if let Some((index, page)) = helped.first() {
        return Finding::measured(1, 0.5, "A page explains how to search.").with([on_page(
            site,
            page,
            case.reading.title(*index),
        )]);
    }
    Finding::nothing(site, "A search with exact phrases or several conditions was")
}

pub fn documents(case: &Case<'_>) -> Finding {
    let site = case.site();
    if let Some(note) = site.searches.iter().find(|s| s.document_links > 0) {
        return Finding::measured(
            1,
            0.85,
            format!(
                "The search answered “{}” with {} among the results.",
                note.query,
                counted(note.document_links as usize, "document")
            ),
        )
        .with([at_address(&note.asked, "", &note.query)]);
    }
    if let Some(note) = site.searches.iter().find(|s| s.status == 200 && s.result_links > 0) {
        return Finding::measured(
            0,
            0.5,
            format!("The search answered “{}” with pages only; another word might bring documents.", note.query),
        )
        .with([at_address(&note.asked, "", &note.query)]);
    }
    let filter = site.distinct().find_map(|(i, p)| {
        p.forms
            .iter()
            .find(|f| {
                f.searches() && case.reading.cued(&case.reading.look_up(&f.text), "form-pdf", case.reading.languages(i))
            })
            .map(|f| (p, f))
    });
    match filter {
        Some((page, form)) => Finding::measured(1, 0.5, "A search form speaks of documents.").with([on_page(
            site,
            page,
            &described(form),
        )]),
        None => untried(case, "whether it covers documents"),
    }
}
