//! A sample of links that nobody read: do they lead anywhere?

use std::collections::BTreeMap;
use std::time::Duration;

use http::Method;
use survey_archive::notes::FailureNote;
use url::Url;

use super::Prober;
use crate::client::{Ask, FetchError};
use crate::frontier::{Frontier, Id, State};

/// Longest wait for one link.
const DEADLINE: Duration = Duration::from_secs(8);

/// Silent hosts outside, and none that answered, after which the network is taken to end here.
const GIVE_UP: u32 = 3;

/// What the sample showed.
#[derive(Debug, Default)]
pub struct Checked {
    pub failures: Vec<FailureNote>,
    /// Links out of the organisation were tried, and not one host answered: the network ends here.
    pub outside_unreachable: bool,
}

/// HEAD, and a short GET where HEAD is not understood. Only failures are kept.
pub async fn broken_links(p: &Prober<'_>, frontier: &Frontier, outside: &BTreeMap<String, Option<Id>>) -> Checked {
    let most = p.shared.options.limits.link_checks as usize;
    let waiting = frontier.known().iter().filter(|k| k.state == State::Waiting && !k.offer.listed && !k.offer.guess);
    let inside: Vec<(Url, Option<Id>)> =
        waiting.filter_map(|k| Url::parse(&k.url).ok().map(|u| (u, k.offer.found_on))).take(most * 2 / 3).collect();
    let mut hosts: BTreeMap<String, (Url, Option<Id>)> = BTreeMap::new();
    for (url, found_on) in outside {
        if let Some(url) = Url::parse(url).ok().filter(|u| u.host_str().is_some()) {
            hosts.entry(url.host_str().unwrap_or("").to_owned()).or_insert((url, *found_on));
        }
    }
    let mut checked = Checked::default();
    let note = |url: Url, found_on: Option<Id>, kind: &str, status: Option<u16>, detail: String| FailureNote {
        url: url.into(),
        found_on: found_on.and_then(|f| frontier.get(f)).map(|k| k.url.to_string()),
        kind: kind.to_owned(),
        status,
        detail,
    };
    for (url, found_on) in inside {
        match check(p, &url).await {
            Some(Ok(status @ (404 | 410 | 500..=599))) => {
                checked.failures.push(note(url, found_on, "status", Some(status), format!("answered {status}")))
            }
            Some(Err(e)) => checked.failures.push(note(url, found_on, e.kind(), None, e.to_string())),
            _ => {}
        }
    }
    let (mut answered, mut unheard, mut silent) = (0, 0, Vec::new());
    for (url, found_on) in hosts.into_values().take(most / 3) {
        if answered == 0 && unheard >= GIVE_UP {
            break;
        }
        match check(p, &url).await {
            Some(Ok(status)) => {
                answered += 1;
                if matches!(status, 404 | 410) {
                    checked.failures.push(note(url, found_on, "status", Some(status), format!("answered {status}")));
                }
            }
            Some(Err(e)) => {
                unheard += 1;
                // Refused addresses and slow hosts say nothing about the link.
                if matches!(e.kind(), "dns" | "connect") {
                    silent.push(note(url, found_on, e.kind(), None, e.to_string()));
                }
            }
            None => {}
        }
    }
    if answered > 0 {
        checked.failures.append(&mut silent);
    }
    checked.outside_unreachable = answered == 0 && unheard > 0;
    checked
}

async fn check(p: &Prober<'_>, url: &Url) -> Option<Result<u16, FetchError>> {
    if !p.may_ask(url) {
        return None;
    }
    let mut status = None;
    for method in [Method::HEAD, Method::GET] {
        p.pause(url).await;
        let ask = Ask {
            url: url.clone(),
            method,
            accept: "*/*",
            max_body: 4096,
            max_declared: 4096,
            deadline: DEADLINE,
            cookies: None,
        };
        match p.client().ask(&ask).await {
            Ok(answer) => status = Some(answer.status),
            Err(e) if status.is_none() => return Some(Err(e)),
            Err(_) => {}
        }
        // Some servers refuse HEAD with whatever status comes to their mind.
        if status.is_some_and(|s| s < 400) {
            break;
        }
    }
    status.map(Ok)
}
