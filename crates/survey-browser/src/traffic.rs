//! What a page asked of the network, from the browser's Network events.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;
use url::Url;

use crate::wire::Listener;

/// Requests, hosts and addresses kept of one page; a page that asks for more is counted no further.
const REQUESTS_KEPT: usize = 20_000;
const HOSTS_KEPT: usize = 2_000;
const MIXED_KEPT: usize = 100;

#[derive(Clone, Default)]
pub(crate) struct Traffic(Arc<Mutex<Log>>);

#[derive(Default)]
pub(crate) struct Log {
    /// The page's own frame.
    pub main_frame: String,
    /// The `load` event of the current document has fired.
    pub loaded: bool,
    /// Grows with every network or navigation event.
    pub activity: u64,
    pub in_flight: usize,
    /// Requests that went out, redirects counted each.
    pub requests: u32,
    pub hosts: BTreeMap<String, u32>,
    pub transferred: u64,
    pub mixed: Vec<String>,
    /// HTTP status of the page itself.
    pub status: Option<u16>,
    /// Seconds since 1970 when the page was asked for, by the browser's clock.
    pub asked_at: Option<f64>,
    known: HashMap<String, Request>,
}

struct Request {
    host: String,
    received: u64,
    open: bool,
    blocked: bool,
}

impl Traffic {
    pub fn log(&self) -> MutexGuard<'_, Log> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Listener for Traffic {
    fn heard(&self, event: &str, params: &Value, main: bool) {
        let mut log = self.log();
        match event {
            "Page.loadEventFired" if main => log.loaded = true,
            "Page.frameNavigated" if main => {
                if params["frame"]["id"].as_str() == Some(&log.main_frame) {
                    log.loaded = false;
                }
            }
            "Network.requestWillBeSent" => log.sent(params),
            "Network.responseReceived" => log.answered(params, main),
            "Network.dataReceived" => log.data(params),
            "Network.loadingFinished" => log.finished(params, false),
            "Network.loadingFailed" => log.finished(params, true),
            "Network.webSocketCreated" => log.socket(params),
            _ => return,
        }
        log.activity += 1;
    }
}

impl Log {
    fn sent(&mut self, params: &Value) {
        let Some(id) = params["requestId"].as_str() else {
            return;
        };
        let request = &params["request"];
        let Some((url, host)) = web(request["url"].as_str()) else {
            return;
        };
        self.asked_at = self.asked_at.or(params["wallTime"].as_f64());
        let redirect = &params["redirectResponse"];
        if redirect.is_object() {
            self.transferred += bytes(&redirect["encodedDataLength"]);
        } else if self.known.contains_key(id) {
            // A frame in its own process reports the same request once more.
            return;
        }
        if self.known.len() >= REQUESTS_KEPT && !self.known.contains_key(id) {
            return;
        }
        let mixed = request["mixedContentType"].as_str().unwrap_or("none");
        if mixed != "none" && url.scheme() == "http" {
            self.mix(url.as_str());
        }
        self.count(&host);
        let before = self.known.insert(id.to_owned(), Request { host, received: 0, open: true, blocked: false });
        if before.is_none_or(|request| !request.open) {
            self.in_flight += 1;
        }
    }

    fn count(&mut self, host: &str) {
        self.requests += 1;
        if self.hosts.contains_key(host) || self.hosts.len() < HOSTS_KEPT {
            *self.hosts.entry(host.to_owned()).or_default() += 1;
        }
    }

    pub fn mix(&mut self, url: &str) {
        if self.mixed.len() < MIXED_KEPT && !self.mixed.iter().any(|known| known == url) {
            self.mixed.push(url.to_owned());
        }
    }

    fn answered(&mut self, params: &Value, main: bool) {
        let document = params["type"] == "Document" && params["frameId"].as_str() == Some(self.main_frame.as_str());
        if main && document {
            let status = params["response"]["status"].as_u64();
            self.status = status.and_then(|status| u16::try_from(status).ok());
        }
    }

    fn data(&mut self, params: &Value) {
        if let Some(request) = id(params).and_then(|id| self.known.get_mut(id)) {
            request.received += bytes(&params["encodedDataLength"]);
        }
    }

    fn finished(&mut self, params: &Value, failed: bool) {
        let Some(request) = id(params).and_then(|id| self.known.get_mut(id)) else {
            return;
        };
        if !request.open {
            return;
        }
        request.open = false;
        self.in_flight = self.in_flight.saturating_sub(1);
        if failed {
            self.transferred += std::mem::take(&mut request.received);
            let reason = params["blockedReason"].as_str().unwrap_or_default();
            if !reason.is_empty() && !request.blocked {
                // The browser refused it itself, so it never went out.
                request.blocked = true;
                let host = request.host.clone();
                self.requests = self.requests.saturating_sub(1);
                if let Some(count) = self.hosts.get_mut(&host) {
                    *count = count.saturating_sub(1);
                }
                self.hosts.retain(|_, count| *count > 0);
            }
        } else {
            self.transferred += bytes(&params["encodedDataLength"]);
            request.received = 0;
        }
    }

    fn socket(&mut self, params: &Value) {
        if let Some(host) = params["url"].as_str().and_then(socket_host) {
            self.count(&host);
        }
    }

    /// Bytes that came over the network, of unfinished responses too.
    pub fn bytes(&self) -> u64 {
        let open = self.known.values().filter(|request| request.open);
        self.transferred + open.map(|request| request.received).sum::<u64>()
    }
}

fn id(params: &Value) -> Option<&str> {
    params["requestId"].as_str()
}

/// Chromium says `-1` for "unknown" and writes lengths as floating-point numbers.
fn bytes(value: &Value) -> u64 {
    value.as_f64().map_or(0, |length| length.max(0.0) as u64)
}

fn web(url: Option<&str>) -> Option<(Url, String)> {
    let url = Url::parse(url?).ok()?;
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    let host = url.host_str()?.to_owned();
    Some((url, host))
}

fn socket_host(url: &str) -> Option<String> {
    Url::parse(url).ok()?.host_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn sent(id: &str, url: &str) -> Value {
        json!({ "requestId": id, "wallTime": 1.0, "request": { "url": url, "mixedContentType": "none" } })
    }

    #[test]
    fn a_blocked_request_is_not_counted_and_an_unfinished_one_is_weighed() {
        let traffic = Traffic::default();
        traffic.heard("Network.requestWillBeSent", &sent("1", "https://a.example/"), true);
        traffic.heard("Network.requestWillBeSent", &sent("2", "http://b.example/x.js"), true);
        let failed = json!({ "requestId": "2", "blockedReason": "mixed-content" });
        traffic.heard("Network.loadingFailed", &failed, true);
        let data = json!({ "requestId": "1", "encodedDataLength": 700 });
        traffic.heard("Network.dataReceived", &data, true);
        let log = traffic.log();
        assert_eq!((log.requests, log.in_flight, log.bytes()), (1, 1, 700));
        assert_eq!(log.hosts.keys().collect::<Vec<_>>(), ["a.example"]);
    }

    #[test]
    fn a_redirect_counts_for_both_hosts_and_data_addresses_for_none() {
        let traffic = Traffic::default();
        traffic.heard("Network.requestWillBeSent", &sent("1", "http://a.example/"), true);
        let mut second = sent("1", "https://b.example/");
        second["redirectResponse"] = json!({ "encodedDataLength": 120.0 });
        traffic.heard("Network.requestWillBeSent", &second, true);
        traffic.heard("Network.requestWillBeSent", &sent("2", "data:text/plain,x"), true);
        traffic.heard("Network.requestWillBeSent", &sent("1", "https://b.example/"), false);
        let log = traffic.log();
        assert_eq!((log.requests, log.in_flight, log.bytes()), (2, 1, 120));
    }
}
