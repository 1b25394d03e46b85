//! One host as the crawl sees it: what it allows, how fast it may be asked, and whether it still answers.

use std::time::Duration;

use http::Method;
use survey_archive::notes::FailureNote;
use tokio::time::Instant;
use url::Url;

use crate::client::{Ask, FetchError};
use crate::fetch::Shared;
use crate::robots::{self, Rules};
use crate::sitemap;

/// Failures in a row after which a host is left alone.
const GIVE_UP: u32 = 6;
/// Waits for `Retry-After` of one host before it is left alone.
const MAX_WAITS: u32 = 8;
const MAX_SITEMAPS: usize = 12;
const ROBOTS_BYTES: u64 = 600 * 1024;

#[derive(Debug)]
pub struct Host {
    pub rules: Option<Rules>,
    /// robots.txt is being asked for.
    pub asking: bool,
    pub next: Instant,
    pub flying: u32,
    pub room: u32,
    pub delay: Duration,
    pub sitemaps: Vec<String>,
    pub sitemap_entries: u32,
    pub sitemaps_asked: bool,
    pub given_up: bool,
    failures: u32,
    waits: u32,
}

impl Host {
    pub fn new(near: bool, options: &crate::Options) -> Self {
        let delay = options.per_host_delay.unwrap_or(if near { Duration::ZERO } else { Duration::from_millis(300) });
        Self {
            rules: None,
            asking: false,
            next: Instant::now(),
            flying: 0,
            // Without a pause between them, requests may overlap; with one, they are one after the other.
            room: if delay.is_zero() { 12 } else { 1 },
            delay,
            sitemaps: Vec::new(),
            sitemap_entries: 0,
            sitemaps_asked: false,
            given_up: false,
            failures: 0,
            waits: 0,
        }
    }

    pub fn ready(&self, now: Instant) -> bool {
        self.rules.is_some() && !self.given_up && self.flying < self.room && self.next <= now
    }

    pub fn takes_off(&mut self, now: Instant) {
        self.flying += 1;
        self.next = now + self.delay;
    }

    pub fn lands(&mut self, answered: bool) {
        self.flying = self.flying.saturating_sub(1);
        self.failures = if answered { 0 } else { self.failures + 1 };
        self.given_up |= self.failures >= GIVE_UP;
    }

    /// The host asked to be left in peace for a while. False when that was too often.
    pub fn rest(&mut self, pause: Duration) -> bool {
        self.waits += 1;
        self.given_up |= self.waits > MAX_WAITS;
        self.room = 1;
        self.delay = (self.delay * 2).clamp(Duration::from_millis(200), robots::LONGEST_DELAY);
        self.next = self.next.max(Instant::now() + pause);
        !self.given_up
    }

    pub fn obey(&mut self, rules: Rules) {
        if let Some(delay) = rules.delay() {
            if delay > self.delay {
                self.delay = delay;
            }
            if !self.delay.is_zero() {
                self.room = 1;
            }
        }
        self.rules = Some(rules);
        self.asking = false;
    }
}

fn ask(shared: &Shared, url: Url, max_body: u64) -> Ask {
    Ask {
        url,
        method: Method::GET,
        accept: "text/plain,application/xml;q=0.9,*/*;q=0.5",
        max_body,
        max_declared: max_body * 4,
        deadline: shared.options.limits.request_time,
        cookies: None,
    }
}

/// Asks for robots.txt, following at most five redirects.
///
/// # Errors
/// Only when the archive cannot be written.
pub async fn robots(shared: &Shared, root: &Url) -> Result<(Rules, Option<FetchError>), survey_archive::Error> {
    let product = robots::product(&shared.options.user_agent);
    let mut url = match root.join("/robots.txt") {
        Ok(url) => url,
        Err(_) => return Ok((Rules::from_answer(0, b"", product), None)),
    };
    for _ in 0..6 {
        let answer = match shared.client.ask(&ask(shared, url.clone(), ROBOTS_BYTES)).await {
            Ok(answer) => answer,
            Err(e) => return Ok((Rules::from_answer(0, b"", product), Some(e))),
        };
        let next = (300..400)
            .contains(&answer.status)
            .then(|| answer.header("location").and_then(|l| url.join(l).ok()))
            .flatten();
        let (status, body) = (answer.status, answer.decoded(robotxt::BYTE_LIMIT));
        shared.recorder.exchange(answer.exchange).await?;
        match next.and_then(|n| shared.canonical(n)) {
            Some(next) => url = next,
            None => return Ok((Rules::from_answer(status, &body, product), None)),
        }
    }
    Ok((Rules::from_answer(310, b"", product), None))
}

/// What a host's sitemaps list.
#[derive(Debug, Default)]
pub struct Listed {
    /// Sitemaps that answered.
    pub sitemaps: Vec<String>,
    pub entries: u32,
    pub pages: Vec<Url>,
    pub failures: Vec<FailureNote>,
}

/// Reads the sitemaps that robots.txt names, or the usual place.
///
/// # Errors
/// Only when the archive cannot be written.
pub async fn sitemaps(
    shared: &Shared,
    root: &Url,
    rules: &Rules,
    delay: Duration,
) -> Result<Listed, survey_archive::Error> {
    let mut waiting: Vec<Url> =
        rules.sitemaps().iter().filter_map(|u| shared.canonical(u.clone())).filter(|u| shared.in_scope(u)).collect();
    waiting.reverse();
    let named = !waiting.is_empty();
    if !named {
        waiting.extend(root.join("/sitemap.xml"));
    }
    let mut seen: Vec<Url> = Vec::new();
    let mut listed = Listed::default();
    while let Some(url) = waiting.pop() {
        if seen.len() >= MAX_SITEMAPS || seen.contains(&url) || !rules.allows(&url) {
            continue;
        }
        seen.push(url.clone());
        tokio::time::sleep(delay).await;
        let answer = match shared.client.ask(&ask(shared, url.clone(), 20 << 20)).await {
            Ok(answer) => answer,
            Err(e) if named => {
                listed.failures.push(FailureNote {
                    url: url.into(),
                    kind: e.kind().into(),
                    detail: e.to_string(),
                    ..FailureNote::default()
                });
                continue;
            }
            Err(_) => continue,
        };
        let (status, body) = (answer.status, answer.decoded(50 << 20));
        shared.recorder.exchange(answer.exchange).await?;
        let Some(map) = (status == 200).then(|| sitemap::read(&body, &url)).flatten() else { continue };
        listed.sitemaps.push(url.into());
        listed.entries = listed.entries.saturating_add(u32::try_from(map.pages.len()).unwrap_or(u32::MAX));
        listed.pages.extend(map.pages.into_iter().chain(map.alternates));
        waiting.extend(map.sitemaps.into_iter().filter_map(|u| shared.canonical(u)).filter(|u| shared.in_scope(u)));
    }
    Ok(listed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host() -> Host {
        let start = Url::parse("http://city.example/").expect("url");
        let mut host = Host::new(false, &crate::Options::new(start, "x".into()));
        host.obey(Rules::from_answer(404, b"", "Madang"));
        host
    }

    #[test]
    fn a_polite_host_is_asked_one_by_one_with_pauses() {
        let (mut h, now) = (host(), Instant::now());
        assert!(h.ready(now));
        h.takes_off(now);
        assert!(!h.ready(now + Duration::from_secs(1)));
        h.lands(true);
        assert!(!h.ready(now) && h.ready(now + Duration::from_millis(301)));
    }

    #[test]
    fn a_host_that_fails_or_complains_too_often_is_left_alone() {
        let mut h = host();
        for _ in 0..GIVE_UP {
            h.lands(false);
        }
        assert!(h.given_up);
        let mut h = host();
        assert!((0..MAX_WAITS).all(|_| h.rest(Duration::ZERO)) && !h.rest(Duration::ZERO));
    }
}
