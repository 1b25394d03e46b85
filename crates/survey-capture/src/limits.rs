//! What a capture could not see, said honestly: one plain sentence each.

use std::sync::PoisonError;

use crate::crawl::Crawl;
use crate::document::NO_TOOL;

/// Equal pages among all before a wall is suspected.
const WALL_SHARE: f64 = 0.8;
const WALL_FROM: u32 = 5;

pub fn sentences(crawl: &mut Crawl<'_>, no_browser: Option<&str>) -> Vec<String> {
    let mut said: Vec<String> = std::mem::take(&mut crawl.limits).into_iter().collect();
    let counts = &crawl.counts;
    let (known, _) = crawl.frontier.pages();
    match crawl.stopped {
        "pages" => {
            said.push(format!("The page budget ended the capture: {} of {known} known pages were read.", counts.pages))
        }
        "time" => {
            said.push(format!("The time budget ended the capture: {} of {known} known pages were read.", counts.pages))
        }
        "bytes" => {
            said.push(format!("The byte budget ended the capture: {} of {known} known pages were read.", counts.pages))
        }
        "interrupted" => {
            said.push(format!("The capture was interrupted: {} of {known} known pages were read.", counts.pages))
        }
        _ => {}
    }
    if counts.pages == 0 {
        said.push("No page could be read: nothing can be said about this site.".to_owned());
    }
    if counts.forbidden > 0 {
        said.push(format!("robots.txt forbids {} known pages; they were not read.", counts.forbidden));
    }
    if let Some(why) = no_browser {
        said.push(format!(
            "A browser {why}: cookies, third parties, accessibility rules and rendered pages were not seen."
        ));
        if counts.needed_scripts > 0 {
            said.push(format!("{} pages show nothing without scripts and were not rendered.", counts.needed_scripts));
        }
    } else if counts.needed_scripts > counts.rendered {
        said.push(format!(
            "{} of {} pages that need scripts were not rendered.",
            counts.needed_scripts - counts.rendered,
            counts.needed_scripts
        ));
    }
    let (left_out, shapes) = crawl.frontier.left_out();
    if left_out > 0 {
        said.push(format!("{left_out} addresses that are alike were left out, for example {}.", shapes.join(", ")));
    }
    for (why, (n, example)) in &crawl.frontier.traps {
        said.push(format!("{n} links to {why} were not followed, for example {example}."));
    }
    if crawl.frontier.overflow > 0 {
        said.push(format!(
            "{} further addresses were found and not kept: the site has more than can be known.",
            crawl.frontier.overflow
        ));
    }
    if counts.cut > 0 {
        said.push(format!("{} answers were longer or slower than is read; only their beginning counts.", counts.cut));
    }
    if counts.document_tool_missing {
        said.push(format!("{NO_TOOL}: the words of PDF documents were not read."));
    } else if counts.documents_unread > 0 {
        said.push(format!(
            "{} of {} documents hold no text that could be read.",
            counts.documents_unread, counts.documents
        ));
    }
    let waiting = crawl.frontier.documents_waiting();
    if waiting > 0 {
        said.push(format!("{waiting} documents are linked and were not fetched."));
    }
    let same = counts.prints.values().copied().max().unwrap_or(0);
    let all: u32 = counts.prints.values().sum();
    if all >= WALL_FROM && f64::from(same) >= f64::from(all) * WALL_SHARE {
        said.push(format!(
            "{same} of {all} pages show the same text: a wall (cookies, consent, sign-in) may stand before the content."
        ));
    }
    if counts.failures > 300 {
        said.push(format!("{} addresses failed; only the first 300 are listed.", counts.failures));
    }
    for host in crawl.shared.scope.read().unwrap_or_else(PoisonError::into_inner).hosts() {
        if let Some(problem) = crawl.shared.client.tls_note(host).and_then(|t| t.problem) {
            said.push(format!(
                "The certificate of {host} is not accepted ({problem}); its pages were read all the same."
            ));
        }
    }
    said
}
