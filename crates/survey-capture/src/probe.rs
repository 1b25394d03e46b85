//! Questions beside the crawl: few, polite, archived, and within the time that is left.

mod endpoint;
mod host;
mod links;
mod search;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use http::Method;
use tokio::time::Instant;
use url::Url;

use crate::client::{Ask, Client};
use crate::fetch::Shared;
use crate::host::Host;

pub use endpoint::endpoints;
pub use host::hosts;
pub use links::broken_links;
pub use search::search;

/// Bytes of one answer that a probe reads.
const MAX_BODY: u64 = 2 << 20;

/// Asks, with the pauses that each host was given.
pub struct Prober<'a> {
    pub shared: Arc<Shared>,
    pub hosts: &'a HashMap<String, Host>,
    pub until: Instant,
}

/// What came back.
pub struct Heard {
    pub status: u16,
    pub media: String,
    pub content_type: String,
    pub location: Option<Url>,
    pub body: Vec<u8>,
}

/// Why nothing came back.
pub enum Silent {
    /// robots.txt forbids it, the host was given up, or the time is over.
    NotAsked,
    NotAnswered,
}

impl Prober<'_> {
    fn client(&self) -> &Client {
        &self.shared.client
    }

    fn is_forbidden(&self, url: &Url) -> bool {
        let host = self.hosts.get(url.host_str().unwrap_or(""));
        host.and_then(|h| h.rules.as_ref()).is_some_and(|r| !r.allows(url))
    }

    /// Whether this address may be asked now.
    fn may_ask(&self, url: &Url) -> bool {
        let allowed = self
            .hosts
            .get(url.host_str().unwrap_or(""))
            .is_none_or(|h| !h.given_up && h.rules.as_ref().is_some_and(|r| r.allows(url)));
        allowed && Instant::now() < self.until
    }

    async fn pause(&self, url: &Url) {
        let delay = match self.hosts.get(url.host_str().unwrap_or("")) {
            Some(host) => host.delay,
            None if self.client().dialler().is_near(url.host_str().unwrap_or("")) => Duration::ZERO,
            None => Duration::from_millis(300),
        };
        tokio::time::sleep(delay).await;
    }

    /// GET, archived. The outer error is the archive's.
    async fn get(&self, url: &Url, accept: &'static str) -> Result<Result<Heard, Silent>, survey_archive::Error> {
        if !self.may_ask(url) {
            return Ok(Err(Silent::NotAsked));
        }
        self.pause(url).await;
        let ask = Ask {
            url: url.clone(),
            method: Method::GET,
            accept,
            max_body: MAX_BODY,
            max_declared: 64 << 20,
            deadline: self.shared.options.limits.request_time.min(Duration::from_secs(15)),
            cookies: None,
        };
        let answer = match self.client().ask(&ask).await {
            Ok(answer) => answer,
            Err(_) => return Ok(Err(Silent::NotAnswered)),
        };
        let heard = Heard {
            status: answer.status,
            media: answer.media_type(),
            content_type: answer.header("content-type").unwrap_or("").to_owned(),
            location: answer.header("location").and_then(|l| url.join(l).ok()),
            body: answer.decoded(MAX_BODY as usize * 4),
        };
        self.shared.recorder.exchange(answer.exchange).await?;
        Ok(Ok(heard))
    }
}
