//! From target pages to a value: the highest step of the topic's ladder that is shown.

use std::collections::BTreeMap;

use survey_instrument::Scale;

use super::also;
use super::find::{LinkHit, PageHit, TopicHits};
use super::reading::Reading;
use super::signal::{self, Shown, described, document_evidence};
use crate::finding::{Evidence, Finding, at_address, counted, on_page};
use crate::rules::{Full, Ladder};
use crate::text::normal::tidy;

/// Target pages looked at for signals.
const LOOKED_AT: usize = 15;

/// A step of the ladder with what shows it.
struct Reached {
    step: u8,
    confidence: f64,
    what: String,
    evidence: Vec<Evidence>,
}

/// Judges one topic on a scale.
pub fn judge(reading: &Reading<'_>, all: &BTreeMap<String, TopicHits>, topic: &str, scale: Scale) -> Finding {
    let none = TopicHits::default();
    let hits = all.get(topic).unwrap_or(&none);
    let ladder = reading.rules.ladder(topic);
    // Steps beyond what the scale can show would only make the judgement less sure.
    let cap = enough(scale, ladder.full);
    let mut reached: Vec<Reached> = Vec::new();
    reached.extend(on_pages(reading, topic, hits, &ladder, cap));
    reached.extend(on_documents(reading, hits));
    reached.extend(behind_links(reading, hits, &ladder));
    if ladder.frame {
        reached.extend(in_frames(reading, topic, &ladder));
    }
    reached.extend(also::judge(reading, all, topic).map(|found| Reached {
        step: found.step,
        confidence: found.confidence,
        what: found.what,
        evidence: found.evidence,
    }));
    reached.sort_by(|a, b| b.step.min(cap).cmp(&a.step.min(cap)).then_with(|| b.confidence.total_cmp(&a.confidence)));
    let Some(best) = reached.first() else {
        return nothing(reading);
    };
    let value = on_scale(best.step, scale, ladder.full);
    let pages = hits.pages.iter().filter(|h| h.section.is_none()).count();
    let mut reason = match (pages, best.step) {
        (0, _) => format!("{}.", capital(&best.what)),
        (n, _) => format!("{} on it; {}.", capital(&counted(n, "target page")), best.what),
    };
    if value == 0 {
        reason.push_str(" That is not enough for this criterion.");
    }
    let confidence = if value == 0 { (best.confidence * 0.7).min(0.55) } else { best.confidence };
    let mut finding = Finding::measured(value, confidence, reason).with(best.evidence.iter().cloned());
    if value == 0 {
        finding.state = crate::finding::State::NotFound;
    }
    let more = hits
        .pages
        .iter()
        .take(5)
        .filter_map(|h| Some(on_page(reading.site, reading.site.pages.get(h.page)?, &h.named)));
    let documents = hits.documents.iter().take(3).map(|d| document_evidence(reading, d));
    finding.with(more).with(documents)
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// The lowest step that gives the scale's highest value.
fn enough(scale: Scale, full: Full) -> u8 {
    match scale {
        Scale::Steps(max) => max.clamp(1, 3),
        Scale::AllOrNothing(1) => 1,
        Scale::AllOrNothing(_) => match full {
            Full::Hit => 1,
            Full::Two => 2,
            Full::Three => 3,
        },
    }
}

fn on_scale(step: u8, scale: Scale, full: Full) -> u8 {
    match scale {
        Scale::Steps(max) => step.min(max),
        Scale::AllOrNothing(1) => 1,
        Scale::AllOrNothing(max) => {
            let met = match full {
                Full::Hit => step >= 1,
                Full::Two => step >= 2,
                Full::Three => step >= 3,
            };
            if met { max } else { 0 }
        }
    }
}

fn nothing(reading: &Reading<'_>) -> Finding {
    let mut finding = Finding::nothing(reading.site, "A page, document or form on it was");
    let unread: Vec<&str> = reading
        .site
        .languages
        .iter()
        .map(|(l, _)| l.as_str())
        .filter(|l| reading.matcher.language_of(l).is_none())
        .collect();
    if !unread.is_empty() {
        finding.reason.push_str(&format!(
            " There is no word list for {}; such pages were read with English words only.",
            unread.join(", ")
        ));
    }
    finding
}

/// How sure a page is the target, from its score above the threshold.
fn sureness(reading: &Reading<'_>, hit: &PageHit) -> f64 {
    if hit.section.is_some() {
        return (0.43 + 0.1 * (hit.score - reading.rules.weights.section_threshold)).clamp(0.4, 0.58);
    }
    let margin = hit.score - reading.rules.weights.threshold;
    (0.55 + 0.07 * margin).clamp(0.5, 0.93)
}

fn on_pages(reading: &Reading<'_>, topic: &str, hits: &TopicHits, ladder: &Ladder, cap: u8) -> Option<Reached> {
    let mut best: Option<Reached> = None;
    let top = hits.pages.first()?;
    for hit in hits.pages.iter().take(LOOKED_AT) {
        let page = reading.site.pages.get(hit.page)?;
        // A weak candidate far below the best does not carry a form into the topic.
        let near = hit.score >= top.score * 0.6;
        let steps: [(u8, &[String]); 2] = [(3, &ladder.three), (2, &ladder.two)];
        for (step, signals) in steps {
            if !near || step > cap.max(1) && !(step == 3 && cap == 2) || best.as_ref().is_some_and(|b| b.step > step) {
                continue;
            }
            let shown: Option<Shown> = signals
                .iter()
                .filter_map(|s| signal::find(reading, topic, hit, hits, s))
                .max_by(|a, b| a.trust.total_cmp(&b.trust));
            let Some(shown) = shown else { continue };
            let confidence = sureness(reading, hit) * (0.55 + 0.45 * shown.trust);
            if best.as_ref().is_none_or(|b| (step, confidence) > (b.step, b.confidence)) {
                best = Some(Reached {
                    step,
                    confidence,
                    what: format!("“{}” with {}", tidy(&hit.named, 80), shown.what),
                    evidence: vec![shown.evidence, on_page(reading.site, page, &quote(reading, hit))],
                });
            }
        }
        if best.as_ref().is_none_or(|b| b.step == 1 && sureness(reading, hit) > b.confidence) {
            best = Some(Reached {
                step: 1,
                confidence: sureness(reading, hit),
                what: format!("“{}” gives information", tidy(&hit.named, 80)),
                evidence: vec![on_page(reading.site, page, &quote(reading, hit))],
            });
        }
    }
    best
}

/// The page's own words that show what it is about.
fn quote(reading: &Reading<'_>, hit: &PageHit) -> String {
    let site = reading.site;
    let Some(page) = site.pages.get(hit.page) else { return hit.named.clone() };
    let heading = site.own_blocks(page).find(|b| b.heading > 0).map(|b| site.text(b.text)).unwrap_or(&hit.named);
    let longest = site
        .own_blocks(page)
        .filter(|b| b.heading == 0 && !b.form)
        .map(|b| site.text(b.text))
        .find(|t| t.len() >= 60)
        .unwrap_or_default();
    tidy(&format!("{heading} — {longest}"), crate::finding::QUOTE)
}

fn on_documents(reading: &Reading<'_>, hits: &TopicHits) -> Option<Reached> {
    let best = hits.documents.first()?;
    let confidence = 0.4 + 0.25 * best.strength;
    Some(Reached {
        step: 2,
        confidence,
        what: format!("document “{}”", tidy(reading.site.text(best.text), 80)),
        evidence: hits.documents.iter().take(3).map(|d| document_evidence(reading, d)).collect(),
    })
}

/// Links that name the topic and lead where nothing was read: an outside service, or a page beyond the budget.
fn behind_links(reading: &Reading<'_>, hits: &TopicHits, ladder: &Ladder) -> Option<Reached> {
    let acting = |hit: &LinkHit| {
        let known = reading.known(hit.text);
        let languages = reading.languages(hit.from);
        let cued =
            ladder.three.iter().filter_map(|s| s.strip_prefix("cue:")).any(|c| reading.cued(known, c, languages));
        let signs_in =
            ladder.three.iter().any(|s| s == "sign-in") && signal::identity(reading, reading.site.address(hit.to));
        cued && hit.external || signs_in
    };
    let best = hits.links.iter().find(|h| acting(h)).or_else(|| hits.links.first())?;
    let (step, confidence) = match (acting(best), best.external) {
        (true, _) => (3, 0.5 + 0.1 * best.strength),
        (false, true) => (1, 0.5),
        (false, false) => (1, 0.42),
    };
    let words = tidy(reading.site.text(best.text), 80);
    let target = reading.site.address(best.to);
    let what = if best.external {
        format!("a link “{words}” leads to {}", target.split('/').next().unwrap_or_default())
    } else {
        format!("a link “{words}” leads to a page that was not read")
    };
    let page = reading.site.pages.get(best.from)?;
    Some(Reached {
        step,
        confidence,
        what,
        evidence: vec![on_page(reading.site, page, &format!("{words} → {target}"))],
    })
}

/// Forms that name the topic wherever they stand, such as a newsletter box in the footer.
fn in_frames(reading: &Reading<'_>, topic: &str, ladder: &Ladder) -> Option<Reached> {
    let site = reading.site;
    for (index, page) in site.distinct() {
        let languages = reading.languages(index);
        for form in &page.forms {
            let password = topic == "sign-in"
                && form.has("password")
                && form.filled().filter(|f| f.kind == "password").count() == 1;
            let fits = ladder.three.iter().filter_map(|s| s.strip_prefix("form:")).any(|kind| match kind {
                "email" => form.asks_email(),
                "password" => form.has("password"),
                kind => form.has(kind),
            });
            if !fits && !password {
                continue;
            }
            let labels: Vec<&str> = form.fields.iter().map(|f| f.label.as_str()).collect();
            let words = format!(
                "{} {} {} {}",
                form.heading,
                form.submit.join(" "),
                labels.join(" "),
                form.text.chars().take(200).collect::<String>()
            );
            let known = reading.look_up(&words);
            let subject = reading.matcher.subject_of(topic)?;
            let named = known
                .hits
                .iter()
                .any(|h| h.kind == crate::lexicon::Kind::Name && h.subject == subject && languages.has(h.language));
            if named || password {
                let confidence = if password { 0.9 } else { 0.85 };
                return Some(Reached {
                    step: 3,
                    confidence,
                    what: format!("a form for it stands on {}", if form.repeated { "many pages" } else { "a page" }),
                    evidence: vec![on_page(site, page, &described(form))],
                });
            }
        }
    }
    // A sign-in link in the menu to an identity provider or an e-service host.
    if topic != "sign-in" {
        return None;
    }
    for (index, page) in site.distinct() {
        for link in &page.links {
            let known = reading.known(link.text);
            let target = site.address(link.to);
            let words = site.text(link.text);
            if known.length == 0 || known.length > 40 || site.page_at.contains_key(&link.to) || site.broken(link.to) {
                continue;
            }
            let named = reading.names(known, topic, reading.languages(index)) >= 0.75
                || reading.cued(known, "sign-in", reading.languages(index));
            if named && (signal::identity(reading, target) || !site.scope.owns(&format!("http://{target}"))) {
                return Some(Reached {
                    step: 3,
                    confidence: 0.6,
                    what: format!(
                        "the link “{words}” leads to a sign-in at {}",
                        target.split('/').next().unwrap_or_default()
                    ),
                    evidence: vec![on_page(site, page, &format!("{words} → {target}")), at_address(target, "", words)],
                });
            }
        }
    }
    None
}
