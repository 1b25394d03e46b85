//! Channels of talk: social media, chat, feedback on pages, newsletters, polls.

use std::collections::BTreeMap;

use super::Case;
use crate::finding::{Evidence, Finding, State, counted, on_page};
use crate::rules::Hosts;
use crate::site::address::host;
use crate::topic::judge;
use crate::topic::reading::ALL_LANGUAGES;
use crate::topic::signal::described;

pub fn social(case: &Case<'_>) -> Finding {
    let site = case.site();
    let hosts = &case.reading.rules.hosts;
    let mut networks: BTreeMap<&str, Evidence> = BTreeMap::new();
    for (_, page) in site.distinct() {
        for link in &page.links {
            let target = site.address(link.to);
            let (at, path) = target.split_once('/').unwrap_or((target, ""));
            if path.is_empty() && !target.contains('?') || Hosts::any(&hosts.share, target) {
                continue;
            }
            if let Some(name) = Hosts::under(&hosts.social, at) {
                // One video is no channel.
                if path.starts_with("watch") || path.starts_with("embed") || path.contains("/status/") {
                    continue;
                }
                networks.entry(name).or_insert_with(|| on_page(site, page, target));
            }
        }
    }
    if networks.is_empty() {
        return Finding::nothing(site, "A channel in social media was");
    }
    let names: Vec<&str> = networks.keys().copied().collect();
    let step = networks.len().min(2) as u8;
    Finding::measured(
        case.scaled(step),
        0.9,
        format!("The pages link to {}: {}.", counted(names.len(), "channel"), names.join(", ")),
    )
    .with(networks.into_values())
}

pub fn chat(case: &Case<'_>) -> Finding {
    let site = case.site();
    let hosts = &case.reading.rules.hosts;
    let seen = case.views().into_iter().find_map(|v| v.chat.first().map(|c| (c.clone(), case.viewed(v, c))));
    let widget = seen.or_else(|| {
        site.distinct().find_map(|(_, p)| {
            p.markup
                .scripts
                .iter()
                .chain(&p.markup.embeds)
                .find_map(|s| Some((Hosts::under(&hosts.chat, &host(s))?.to_owned(), on_page(site, p, s))))
        })
    });
    let cue = |name: &str| {
        site.distinct().find_map(|(i, p)| {
            let languages = case.reading.languages(i);
            let link = p
                .links
                .iter()
                .find(|l| {
                    let k = case.reading.known(l.text);
                    let item = site.page_to(l.to).is_some_and(|to| case.reading.is_news(to));
                    k.length > 0 && k.length <= 30 && !item && case.reading.cued(k, name, languages)
                })
                .map(|l| site.text(l.text).to_owned());
            let button = || {
                p.markup.buttons.iter().find(|b| case.reading.cued(&case.reading.look_up(b), name, languages)).cloned()
            };
            link.or_else(button).map(|words| on_page(site, p, &words))
        })
    };
    let live = cue("live-chat");
    let assistant = cue("assistant");
    let disclosed = !case.pages_on("ai-disclosure").is_empty();
    // A button of a messenger is a link to it, not a chat on the site.
    let messenger_named =
        |name: &str| hosts.social.values().chain(["Messenger".to_owned()].iter()).any(|n| n.as_str() == name);
    let (widget, button) = match widget {
        Some((name, evidence)) if messenger_named(&name) => (None, Some(evidence)),
        other => (other, None),
    };
    if let Some((name, evidence)) = widget {
        let step = if live.is_some() || disclosed { 3 } else { 2 };
        let more = match (&live, disclosed) {
            (Some(_), _) => "and a live chat is announced",
            (None, true) => "and the use of an assistant is disclosed",
            (None, false) => "whether a person answers was not tried",
        };
        return Finding::measured(
            case.scaled(step),
            if step == 2 { 0.7 } else { 0.6 },
            format!("A chat window ({name}) is on the pages, {more}."),
        )
        .with([evidence])
        .with(live)
        .with(assistant);
    }
    let messenger = site.distinct().find_map(|(_, p)| {
        p.links
            .iter()
            .map(|l| site.address(l.to))
            .find(|a| Hosts::any(&hosts.messengers, a) && !Hosts::any(&hosts.share, a))
            .map(|a| on_page(site, p, a))
    });
    if let Some(evidence) = assistant.or(live) {
        return Finding::measured(
            case.scaled(2),
            0.55,
            "A link or button names a chat or an assistant; it was not tried.",
        )
        .with([evidence]);
    }
    // Three digits are for emergencies, not for questions.
    let long = |t: &&String| t.bytes().filter(u8::is_ascii_digit).count() >= 7;
    let phone =
        || site.distinct().find_map(|(_, p)| p.markup.telephones.iter().find(long).map(|t| on_page(site, p, t)));
    if let Some(evidence) = button.or(messenger).or_else(phone) {
        return Finding::measured(case.scaled(1), 0.8, "No chat was found, but a messenger or telephone link.")
            .with([evidence]);
    }
    Finding::nothing(site, "A chat, messenger or telephone link was")
}

pub fn page_feedback(case: &Case<'_>) -> Finding {
    let site = case.site();
    let total = site.distinct_count();
    let (mut forms, mut asked) = (Vec::new(), Vec::new());
    for (index, page) in site.distinct() {
        let languages = case.reading.languages(index);
        let form = page.forms.iter().find(|f| {
            let k = case.reading.look_up(&format!("{} {} {}", f.heading, f.text, f.submit.join(" ")));
            k.length < 1_500
                && (case.reading.cued(&k, "page-feedback", languages)
                    || case.reading.names(&k, "page-feedback", languages) > 0.3)
        });
        if let Some(form) = form {
            forms.push(on_page(site, page, &described(form)));
            continue;
        }
        let words = page.blocks.iter().map(|b| b.text).chain(page.links.iter().map(|l| l.text)).find(|t| {
            let k = case.reading.known(*t);
            k.length > 0
                && k.length <= 120
                && (case.reading.cued(k, "page-feedback", languages)
                    || case.reading.names(k, "page-feedback", languages) >= 0.6)
        });
        if let Some(text) = words {
            let active = page.markup.buttons.len() >= 2;
            let evidence = on_page(site, page, site.text(text));
            if active { forms.push(evidence) } else { asked.push(evidence) }
        }
    }
    // "At least half of the pages"; the home page and lists of links are often left out.
    let wide = |n: usize| n * 5 >= total * 2;
    if wide(forms.len()) {
        return Finding::measured(
            case.scaled(2),
            0.8,
            format!("{forms} of {total} pages ask by a form whether they helped.", forms = forms.len()),
        )
        .with(forms);
    }
    let count = asked.len() + forms.len();
    if wide(count) {
        return Finding::measured(
            case.scaled(1),
            0.65,
            format!("{count} of {total} pages name who answers for the page or ask for comments on it."),
        )
        .with(asked)
        .with(forms);
    }
    if count > 0 {
        let mut finding = Finding::measured(
            0,
            if count * 4 >= total { 0.55 } else { 0.7 },
            format!(
                "Only {count} of {total} pages ask for comments on the page or name who answers for it; half are asked for."
            ),
        );
        finding.state = State::NotFound;
        return finding.with(asked).with(forms);
    }
    Finding::nothing(site, "A question whether the page helped was")
}

pub fn newsletter_subscribe(case: &Case<'_>) -> Finding {
    let found = judge::judge(case.reading, case.topics, "newsletter", survey_instrument::Scale::Steps(3));
    match found.value {
        Some(3) => Finding { value: Some(case.scaled(2)), ..found },
        Some(value) if value > 0 => {
            let reason = format!("{} No form to subscribe was found.", found.reason);
            Finding { value: Some(0), state: State::NotFound, confidence: 0.5, reason, evidence: found.evidence }
        }
        _ => found,
    }
}

pub fn newsletter_archive(case: &Case<'_>) -> Finding {
    let site = case.site();
    let Some(hits) = case.hits("newsletter") else { return Finding::nothing(site, "A newsletter was") };
    let documents = hits.documents.len();
    let dated = hits
        .pages
        .iter()
        .filter_map(|h| site.pages.get(h.page))
        .map(|p| {
            (p, site.own_blocks(p).filter(|b| !crate::site::patterns::dates(site.text(b.text)).is_empty()).count())
        })
        .max_by_key(|(p, n)| (*n, std::cmp::Reverse(&p.url)));
    if documents >= 2 {
        return Finding::measured(
            case.scaled(2),
            0.7,
            format!("{} of the newsletter can be read.", counted(documents, "issue")),
        )
        .with(hits.documents.iter().take(4).map(|d| crate::topic::signal::document_evidence(case.reading, d)));
    }
    match dated {
        Some((page, n)) if n >= 3 => {
            Finding::measured(case.scaled(2), 0.6, format!("A page on the newsletter has {n} dated entries."))
                .with([on_page(site, page, site.text(page.title))])
        }
        _ => Finding::nothing(site, "An archive or a choice of subjects of a newsletter was"),
    }
}

pub fn polls(case: &Case<'_>) -> Finding {
    let site = case.site();
    for hit in case.hits("polls").map_or(&[][..], |h| h.pages.as_slice()) {
        let Some(page) = site.pages.get(hit.page) else { continue };
        let asked = page.forms.iter().find(|f| {
            !f.repeated && f.filled().any(|x| matches!(x.kind.as_str(), "radio" | "checkbox" | "textarea" | "select"))
        });
        let linked = site
            .own_links(page)
            .find(|l| case.reading.cued(case.reading.known(l.text), "vote", ALL_LANGUAGES) && !site.broken(l.to));
        if let Some(form) = asked {
            return Finding::measured(case.max(), 0.75, "A poll or survey can be answered on the site.")
                .with([on_page(site, page, &described(form))]);
        }
        if let Some(link) = linked {
            return Finding::measured(case.max(), 0.6, "A page on polls leads to one.").with([on_page(
                site,
                page,
                site.text(link.text),
            )]);
        }
    }
    judge::judge(case.reading, case.topics, "polls", case.scale)
}
