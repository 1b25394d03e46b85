//! What only a person can judge: the place to look at and what to do there.

use std::collections::BTreeMap;

use crate::finding::{Finding, on_page};
use crate::topic::find::TopicHits;
use crate::topic::reading::Reading;
use crate::topic::signal::document_evidence;

/// Related topics and the task, by the name of the rule.
fn task(name: &str) -> (&'static [&'static str], &'static str) {
    match name {
        "form-errors" => (
            &["feedback", "report-problem", "complaints"],
            "Fill in a form with a mistake: is the error explained, are the other entries kept, and is a correct entry confirmed?",
        ),
        "my-records" => {
            (&["my-records", "sign-in"], "Sign in as a resident: are own cases, data and payments in one place?")
        }
        "forum" => (&["forum", "citizen-ideas"], "Open the forum: are city matters discussed, and lately?"),
        "official-replies" => (
            &["official-replies", "forum", "citizen-ideas"],
            "Read the newest threads: does somebody of the city answer by name or office?",
        ),
        "online-meetings" => (
            &["online-meetings", "council-video"],
            "Find the next public meeting: is it announced that residents can join online, and does the way in work?",
        ),
        "bulletin-board" => (
            &["forum", "consultations", "chat"],
            "Look for a board or chat on which residents write on public matters, and read its newest entries.",
        ),
        "board-decisions" => (
            &["applications-board", "track-application"],
            "Open an application on the public board: can its answer or decision be followed?",
        ),
        "forum-results" => {
            (&["forum", "consultation-results"], "Look for a published summary of what the discussion led to.")
        }
        "performance-data" => (&["performance", "open-data"], "Try to query or compare performance figures online."),
        "response" => (
            &["feedback", "contact-officials", "contact-directory"],
            "Send a simple question by the form or address and note when and how it is answered.",
        ),
        _ => (&[], "Judge this from the pages and the guidance of the instrument."),
    }
}

/// Not assessable here; candidates from related topics and one sentence on what to do.
pub fn judge(reading: &Reading<'_>, topics: &BTreeMap<String, TopicHits>, name: &str) -> Finding {
    let (related, sentence) = task(name);
    let site = reading.site;
    let mut finding = Finding::unknown(format!("A person must judge this. {sentence}"));
    for topic in related {
        let Some(hits) = topics.get(*topic) else { continue };
        finding = finding
            .with(hits.pages.iter().take(3).filter_map(|h| Some(on_page(site, site.pages.get(h.page)?, &h.named))));
        finding = finding.with(hits.documents.iter().take(1).map(|d| document_evidence(reading, d)));
        finding = finding.with(hits.links.iter().take(1).filter_map(|l| {
            Some(on_page(site, site.pages.get(l.from)?, &format!("{} → {}", site.text(l.text), site.address(l.to))))
        }));
    }
    // Nothing to open: a person has only to confirm that.
    let searched =
        matches!(name, "forum" | "official-replies" | "online-meetings" | "bulletin-board" | "forum-results");
    if searched && finding.evidence.is_empty() && site.complete() {
        let mut none = Finding::nothing(site, "Anything to judge this by was");
        none.confidence = none.confidence.min(0.6);
        none.reason.push_str(&format!(" To confirm: {sentence}"));
        return none;
    }
    if name == "form-errors" && !site.distinct().any(|(_, p)| p.forms.iter().any(|f| f.takes_data())) {
        return Finding::nothing(site, "A form that takes entries was");
    }
    finding
}
