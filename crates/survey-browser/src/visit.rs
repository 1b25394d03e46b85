//! One visit to one page: open, wait until it is quiet, look, leave nothing behind.

use std::time::Duration;

use serde_json::json;
use survey_archive::notes::PageNote;
use tokio::time::{Instant, sleep, timeout_at};
use url::Url;

use crate::browser::Browser;
use crate::measure::{Dom, Facts, Page, World};
use crate::traffic::{Log, Traffic};
use crate::wire::follow;
use crate::{Error, print, recognise};

/// Time for one command that needs no answer from the page.
const COMMAND_LIMIT: Duration = Duration::from_secs(10);
/// Time for one script in the page.
const SCRIPT_LIMIT: Duration = Duration::from_secs(10);
const AXE_LIMIT: Duration = Duration::from_secs(15);
/// The network counts as quiet when nothing is under way and nothing happened for so many looks.
const LOOK_EVERY: Duration = Duration::from_millis(100);
const QUIET_LOOKS: u32 = 5;
/// A loaded page whose open requests stay silent so long is waiting for news, not loading.
const SILENT_LOOKS: u32 = 25;
const SETTLE_LIMIT: Duration = Duration::from_secs(15);
/// Kept back from the deadline to put the answer together.
const RESERVE: Duration = Duration::from_millis(300);
/// Left for the measurements after axe-core.
const AFTER_AXE: Duration = Duration::from_secs(3);

const DESKTOP: Window = Window { width: 1280, height: 800, phone: false };
/// WCAG 2.2 SC 1.4.10 asks for reflow at 320 CSS pixels.
const NARROW: Window = Window { width: 320, height: 640, phone: false };
const PHONE: Window = Window { width: 390, height: 844, phone: true };

/// What to look at.
pub struct VisitOptions<'a> {
    /// Whether a host belongs to the organisation that is judged.
    pub own_hosts: &'a (dyn Fn(&str) -> bool + Send + Sync),
    /// Language that the browser asks for (BCP 47): sites that choose by it show the page as its own readers see it.
    pub language: Option<&'a str>,
    /// Run axe-core (0.5 to 3 s on a usual page).
    pub axe: bool,
    /// Picture of the first screen at 1280 × 800.
    pub screenshot: bool,
    /// Picture of the first screen at 390 × 844, as a phone shows it.
    pub phone_screenshot: bool,
    /// The visit ends by then, whatever the page does.
    pub deadline: Duration,
}

/// What the browser saw.
#[derive(Debug, Clone)]
pub struct Visit {
    pub note: PageNote,
    /// HTTP status of the page.
    pub status: Option<u16>,
    /// The rendered document as HTML, open shadow roots included; at most 8 MB.
    pub dom: String,
    /// False when `dom` was cut.
    pub dom_whole: bool,
    /// JPEG, at most 300 kB.
    pub screenshot: Option<Vec<u8>>,
    /// JPEG, at most 300 kB.
    pub phone_screenshot: Option<Vec<u8>>,
    /// Addresses of the links in the rendered document, in its order, each once.
    pub links: Vec<String>,
    /// Measurements that failed or ran out of time; their fields in the note say nothing.
    pub unmeasured: Vec<&'static str>,
}

struct Window {
    width: u32,
    height: u32,
    phone: bool,
}

impl Browser {
    /// Visits an address in a fresh browser context. Takes no longer than `options.deadline`.
    pub async fn visit(&self, url: &str, options: &VisitOptions<'_>) -> Result<Visit, Error> {
        let end = Instant::now() + options.deadline;
        let address = Url::parse(url).map_err(|e| Error::Address(format!("{url}: {e}")))?;
        if !matches!(address.scheme(), "http" | "https") {
            return Err(Error::Address(url.to_owned()));
        }
        timeout_at(end, self.look(url, options, end - RESERVE)).await.unwrap_or(Err(Error::Deadline))
    }

    async fn look(&self, url: &str, options: &VisitOptions<'_>, end: Instant) -> Result<Visit, Error> {
        let traffic = Traffic::default();
        let process = self.process().await?;
        let (context, page) = process.open(&traffic, process.proxy, end).await?;
        page.prepare(options.language).await?;
        let navigate = page.call(options.deadline, "Page.navigate", json!({ "url": url }));
        if let Some(error) = navigate.await?["errorText"].as_str() {
            return Err(Error::Navigation(error.to_owned()));
        }
        settle(&page, &traffic, (page.left() / 2).min(SETTLE_LIMIT)).await?;
        let (world, facts) = page.first_look(&traffic).await?;
        if !matches!(facts.media_type.as_str(), "text/html" | "application/xhtml+xml") {
            return Err(Error::NotHtml(facts.media_type));
        }
        let dom = page.dom(world, SCRIPT_LIMIT).await?;
        let asked_at = traffic.log().asked_at;
        let cookies = process.cookies(&context, &facts.url, options.own_hosts, asked_at).await?;
        let mut visit = Visit::new(url, facts, dom);
        visit.note.cookies = cookies;
        page.measure(&mut visit, world, options, &traffic).await?;
        Ok(visit)
    }
}

impl Visit {
    fn new(url: &str, facts: Facts, dom: Dom) -> Self {
        let note = PageNote {
            url: url.to_owned(),
            final_url: facts.url,
            title: facts.title,
            lang: facts.lang,
            mixed_content: facts.insecure,
            dom_content_loaded_ms: facts.content_loaded,
            load_ms: facts.load,
            largest_paint_ms: facts.paint,
            viewport: facts.viewport,
            height: facts.height,
            window_height: facts.window_height,
            chat: facts.chat,
            ..PageNote::default()
        };
        Self {
            note,
            status: None,
            dom: dom.html,
            dom_whole: dom.whole,
            screenshot: None,
            phone_screenshot: None,
            links: facts.links,
            unmeasured: Vec::new(),
        }
    }

    /// Adds what the network log knows to what the document said.
    fn heard(&mut self, log: &mut Log, own: &(dyn Fn(&str) -> bool + Send + Sync)) {
        let note = &mut self.note;
        for url in note.mixed_content.iter().filter_map(|url| Url::parse(url).ok()) {
            log.mix(url.as_str());
        }
        note.mixed_content.clone_from(&log.mixed);
        note.mixed_content.sort();
        note.requests = log.requests;
        note.transferred = log.bytes();
        note.chat = recognise::chat(&log.hosts, &note.chat);
        let foreign = log.hosts.iter().filter(|(host, _)| !own(host));
        note.third_parties = foreign.map(|(host, count)| (host.clone(), *count)).collect();
        self.status = log.status;
    }

    /// Takes a measurement or remembers that it is missing; the end of the browser or of the
    /// page may not be overlooked.
    fn take<T>(&mut self, what: &'static str, answer: Result<T, Error>, page: &Page) -> Result<Option<T>, Error> {
        match answer {
            Ok(value) => return Ok(Some(value)),
            Err(error @ (Error::Gone(_) | Error::Crashed)) => return Err(error),
            // A script of ours that takes too long must not hold up the next.
            Err(Error::Deadline) => page.tell("Runtime.terminateExecution", json!({})),
            Err(error) => tracing::debug!(what, %error, "not measured"),
        }
        self.unmeasured.push(what);
        Ok(None)
    }
}

impl Page {
    async fn prepare(&self, language: Option<&str>) -> Result<(), Error> {
        self.call(COMMAND_LIMIT, "Page.enable", json!({})).await?;
        // Bodies are not read here, so the browser need not keep them.
        let network = json!({ "maxTotalBufferSize": 1_000_000, "maxResourceBufferSize": 100_000 });
        self.call(COMMAND_LIMIT, "Network.enable", network).await?;
        if let Some(wanted) = language.and_then(accept_language) {
            // An empty user agent leaves Chromium's own; this sets the header and what scripts are told.
            let params = json!({ "userAgent": "", "acceptLanguage": wanted });
            self.call(COMMAND_LIMIT, "Emulation.setUserAgentOverride", params).await?;
        }
        self.tell("Network.setBypassServiceWorker", json!({ "bypass": true }));
        self.tell("Inspector.enable", json!({}));
        self.tell("Emulation.setFocusEmulationEnabled", json!({ "enabled": true }));
        self.call(COMMAND_LIMIT, "Target.setAutoAttach", follow()).await?;
        self.resize(&DESKTOP).await
    }

    async fn resize(&self, window: &Window) -> Result<(), Error> {
        let metrics = json!({
            "width": window.width, "height": window.height,
            "deviceScaleFactor": 1, "mobile": window.phone,
        });
        self.call(COMMAND_LIMIT, "Emulation.setDeviceMetricsOverride", metrics).await.map(drop)
    }

    /// What is nice to have from a page that has been read. What cannot be measured in time is
    /// left empty and named in `unmeasured`.
    async fn measure(
        &self,
        visit: &mut Visit,
        mut world: World,
        options: &VisitOptions<'_>,
        traffic: &Traffic,
    ) -> Result<(), Error> {
        if options.screenshot {
            visit.screenshot = visit.take("screenshot", print::screenshot(self).await, self)?;
            let address = format!("urn:madang:screenshot:{}", visit.note.url);
            visit.note.screenshot = visit.screenshot.is_some().then_some(address);
        }
        let consent = self.consent(world, SCRIPT_LIMIT).await;
        visit.note.consent = visit.take("consent", consent, self)?.flatten();
        let style = self.style(world, SCRIPT_LIMIT).await;
        visit.note.style = visit.take("style", style, self)?.unwrap_or_default();
        let targets = self.targets(world, SCRIPT_LIMIT).await;
        if let Some(targets) = visit.take("targets", targets, self)? {
            (visit.note.small_targets, visit.note.targets) = (targets.small, targets.all);
        }
        // What the page loads because we change its window is not the page's weight.
        visit.heard(&mut traffic.log(), options.own_hosts);
        if options.axe {
            let limit = self.left().saturating_sub(AFTER_AXE).min(AXE_LIMIT);
            let axe = self.axe(world, limit).await;
            visit.note.axe = visit.take("axe", axe, self)?;
        }
        let width = self.width_in(&NARROW, &mut world).await;
        visit.note.width_at_320 = visit.take("width_at_320", width, self)?;
        if options.phone_screenshot {
            let picture = match self.width_in(&PHONE, &mut world).await {
                Ok(_) => print::screenshot(self).await,
                Err(error) => Err(error),
            };
            visit.phone_screenshot = visit.take("phone_screenshot", picture, self)?;
        }
        Ok(())
    }

    /// The first question. A page caught in a script loop is pulled out of it once; a page that
    /// moved on while it was asked is asked again.
    async fn first_look(&self, traffic: &Traffic) -> Result<(World, Facts), Error> {
        let mut last = Error::Deadline;
        for attempt in 0..3 {
            let limit = (self.left() / 3).min(SCRIPT_LIMIT);
            let seen = match self.world(limit).await {
                Ok(world) => self.facts(world, limit).await.map(|facts| (world, facts)),
                Err(error) => Err(error),
            };
            match seen {
                Ok(seen) => return Ok(seen),
                Err(error @ (Error::Gone(_) | Error::Crashed)) => return Err(error),
                Err(Error::Deadline) => {
                    tracing::debug!(attempt, "the page does not answer; its script is stopped");
                    self.tell("Page.stopLoading", json!({}));
                    self.tell("Runtime.terminateExecution", json!({}));
                }
                Err(error) => {
                    last = error;
                    settle(self, traffic, limit).await?;
                }
            }
        }
        Err(last)
    }

    /// Width that the page needs in a window, CSS pixels.
    async fn width_in(&self, window: &Window, world: &mut World) -> Result<u32, Error> {
        self.resize(window).await?;
        let width = self.scroll_width(*world, SCRIPT_LIMIT).await;
        if !matches!(width, Err(Error::Protocol { .. })) {
            return width;
        }
        // The page loaded itself anew for the other width.
        *world = self.world(SCRIPT_LIMIT).await?;
        self.scroll_width(*world, SCRIPT_LIMIT).await
    }
}

/// `ko-KR` asks for `ko-KR,ko`; Chromium adds the weights. `None` for what is no language tag (RFC 5646 §2.1).
fn accept_language(tag: &str) -> Option<String> {
    let tag = tag.trim().replace('_', "-");
    let mut parts = tag.split('-');
    let primary = parts.next().filter(|p| (2..=3).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphabetic()))?;
    if !parts.all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric())) {
        return None;
    }
    Some(if primary.len() == tag.len() { tag } else { format!("{tag},{primary}") })
}

/// Waits for `load` and a quiet network, at most `limit`.
async fn settle(page: &Page, traffic: &Traffic, limit: Duration) -> Result<(), Error> {
    let end = Instant::now() + limit;
    let (mut still, mut last) = (0, u64::MAX);
    while Instant::now() < end {
        if page.wire.is_gone() {
            return Err(Error::Gone("it ended during the visit".into()));
        }
        let (loaded, activity, open) = {
            let log = traffic.log();
            (log.loaded, log.activity, log.in_flight)
        };
        still = if activity == last { still + 1 } else { 0 };
        last = activity;
        if loaded && (still >= SILENT_LOOKS || (open == 0 && still >= QUIET_LOOKS)) {
            return Ok(());
        }
        sleep(LOOK_EVERY).await;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_asked_for_with_its_base_and_nonsense_not_at_all() {
        assert_eq!(accept_language("ko_KR").as_deref(), Some("ko-KR,ko"));
        assert_eq!(accept_language("ja").as_deref(), Some("ja"));
        for no in ["", "x", "deutsch", "en\r\nCookie: a", "en-"] {
            assert_eq!(accept_language(no), None, "{no}");
        }
    }
}
