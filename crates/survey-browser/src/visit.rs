//! One visit to one page: open, wait until it is quiet, look, leave nothing behind.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use survey_archive::notes::{CookieNote, PageNote};
use tokio::time::{Instant, sleep, timeout_at};
use url::Url;

use crate::launch::Browser;
use crate::measure::{Page, World};
use crate::recognise;
use crate::traffic::Traffic;
use crate::wire::{Wire, follow};
use crate::{Error, print};

/// Time for one command that needs no answer from the page.
const COMMAND_LIMIT: Duration = Duration::from_secs(10);
/// Time for one script in the page.
const SCRIPT_LIMIT: Duration = Duration::from_secs(6);
const AXE_LIMIT: Duration = Duration::from_secs(20);
/// The network counts as quiet when nothing is under way and nothing happened for so many looks.
const LOOK_EVERY: Duration = Duration::from_millis(100);
const QUIET_LOOKS: u32 = 5;
/// A loaded page whose open requests stay silent so long is waiting for news, not loading.
const SILENT_LOOKS: u32 = 25;
const SETTLE_LIMIT: Duration = Duration::from_secs(15);
const COOKIES_KEPT: usize = 300;

const DESKTOP: Window = Window { width: 1280, height: 800, phone: false };
/// WCAG 2.2 SC 1.4.10 asks for reflow at 320 CSS pixels.
const NARROW: Window = Window { width: 320, height: 640, phone: false };
const PHONE: Window = Window { width: 390, height: 844, phone: true };

/// What to look at.
pub struct VisitOptions<'a> {
    /// Whether a host belongs to the organisation that is judged.
    pub own_hosts: &'a (dyn Fn(&str) -> bool + Send + Sync),
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
}

struct Window {
    width: u32,
    height: u32,
    phone: bool,
}

/// A browser context that goes away with everything in it, whatever ends the visit.
pub(crate) struct Context {
    wire: Wire,
    id: String,
    session: Option<String>,
}

impl Drop for Context {
    fn drop(&mut self) {
        if let Some(session) = &self.session {
            // A page that is caught in a loop would not hear that it is closed.
            self.wire.tell(Some(session), "Runtime.terminateExecution", json!({}));
            self.wire.forget(session);
        }
        let id = json!({ "browserContextId": self.id });
        self.wire.tell(None, "Target.disposeBrowserContext", id);
        self.wire.disown(&self.id);
    }
}

impl Browser {
    /// Visits an address in a fresh browser context. Takes no longer than `options.deadline`.
    pub async fn visit(&self, url: &str, options: &VisitOptions<'_>) -> Result<Visit, Error> {
        let end = Instant::now() + options.deadline;
        let address = Url::parse(url).map_err(|e| Error::Address(format!("{url}: {e}")))?;
        if !matches!(address.scheme(), "http" | "https") {
            return Err(Error::Address(url.to_owned()));
        }
        timeout_at(end, self.look(url, options, end)).await.unwrap_or(Err(Error::Deadline))
    }

    async fn look(&self, url: &str, options: &VisitOptions<'_>, end: Instant) -> Result<Visit, Error> {
        let traffic = Traffic::default();
        let (context, page) = self.open(&traffic, self.proxy).await?;
        page.prepare().await?;
        let navigate = page.call(options.deadline, "Page.navigate", json!({ "url": url }));
        if let Some(error) = navigate.await?["errorText"].as_str() {
            return Err(Error::Navigation(error.to_owned()));
        }
        let left = end.saturating_duration_since(Instant::now());
        settle(&page, &traffic, (left / 2).min(SETTLE_LIMIT)).await?;
        let visit = page.see(url, options, &traffic, end).await?;
        let cookies = self.cookies(&context, &visit.note, options, &traffic).await?;
        Ok(visit.with(cookies))
    }

    /// A new page in a new browser context, frames and workers followed.
    pub(crate) async fn open(&self, traffic: &Traffic, proxy: SocketAddr) -> Result<(Context, Page), Error> {
        let params = json!({
            "disposeOnDetach": true,
            "proxyServer": format!("http://{proxy}"), "proxyBypassList": "<-loopback>",
        });
        let answer = self.call(COMMAND_LIMIT, "Target.createBrowserContext", params).await?;
        let mut context = Context {
            wire: self.wire.clone(),
            id: text(&answer, "browserContextId", "Target.createBrowserContext")?,
            session: None,
        };
        self.wire.own(&context.id);
        let denied = json!({ "behavior": "deny", "browserContextId": context.id });
        self.wire.tell(None, "Browser.setDownloadBehavior", denied);
        for name in ["geolocation", "notifications", "camera", "microphone", "midi", "clipboard-read", "local-fonts"] {
            let denied = json!({ "permission": { "name": name }, "setting": "denied", "browserContextId": context.id });
            self.wire.tell(None, "Browser.setPermission", denied);
        }
        let create = json!({
            "url": "about:blank", "newWindow": true, "browserContextId": context.id,
            "width": DESKTOP.width, "height": DESKTOP.height,
        });
        let answer = self.call(COMMAND_LIMIT, "Target.createTarget", create).await?;
        let target = text(&answer, "targetId", "Target.createTarget")?;
        let attach = json!({ "targetId": target, "flatten": true });
        let answer = self.call(COMMAND_LIMIT, "Target.attachToTarget", attach).await?;
        let session = text(&answer, "sessionId", "Target.attachToTarget")?;
        context.session = Some(session.clone());
        // A page's own frame has the target's id.
        traffic.log().main_frame.clone_from(&target);
        self.wire.listen(&session, Arc::new(traffic.clone()));
        let page = Page { wire: self.wire.clone(), session, frame: target };
        Ok((context, page))
    }

    async fn cookies(
        &self,
        context: &Context,
        note: &PageNote,
        options: &VisitOptions<'_>,
        traffic: &Traffic,
    ) -> Result<Vec<CookieNote>, Error> {
        let id = json!({ "browserContextId": context.id });
        let answer = self.call(COMMAND_LIMIT, "Storage.getCookies", id).await?;
        let asked_at = traffic.log().asked_at;
        let page_host = host(&note.final_url).unwrap_or_default();
        let all = answer["cookies"].as_array().cloned().unwrap_or_default();
        let read = |cookie: &Value| cookie_note(cookie, &page_host, options.own_hosts, asked_at);
        let mut cookies: Vec<CookieNote> = all.iter().take(COOKIES_KEPT).map(read).collect();
        cookies.sort_by(|a, b| (&a.domain, &a.name).cmp(&(&b.domain, &b.name)));
        Ok(cookies)
    }
}

impl Visit {
    fn with(mut self, cookies: Vec<CookieNote>) -> Self {
        self.note.cookies = cookies;
        self
    }
}

impl Page {
    async fn prepare(&self) -> Result<(), Error> {
        self.call(COMMAND_LIMIT, "Page.enable", json!({})).await?;
        // Bodies are not read here, so the browser need not keep them.
        let network = json!({ "maxTotalBufferSize": 1_000_000, "maxResourceBufferSize": 100_000 });
        self.call(COMMAND_LIMIT, "Network.enable", network).await?;
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

    /// Everything that is read from the loaded page. Only the facts and the document must
    /// succeed; what cannot be measured in time stays empty.
    async fn see(
        &self,
        url: &str,
        options: &VisitOptions<'_>,
        traffic: &Traffic,
        end: Instant,
    ) -> Result<Visit, Error> {
        let (mut world, facts) = self.first_look(traffic, end).await?;
        if !matches!(facts.media_type.as_str(), "text/html" | "application/xhtml+xml") {
            return Err(Error::NotHtml(facts.media_type));
        }
        let dom = self.dom(world, SCRIPT_LIMIT).await?;
        let mut note = PageNote {
            url: url.to_owned(),
            final_url: facts.url,
            title: facts.title,
            lang: facts.lang,
            dom_content_loaded_ms: facts.content_loaded,
            load_ms: facts.load,
            largest_paint_ms: facts.paint,
            viewport: facts.viewport,
            height: facts.height,
            window_height: facts.window_height,
            ..PageNote::default()
        };
        let mut visit_screenshot = None;
        if options.screenshot {
            visit_screenshot = print::screenshot(self).await;
            note.screenshot = visit_screenshot.is_some().then(|| format!("urn:madang:screenshot:{url}"));
        }
        note.consent = optional("consent", self.consent(world, SCRIPT_LIMIT).await)?.flatten();
        note.style = optional("style", self.style(world, SCRIPT_LIMIT).await)?.unwrap_or_default();
        if let Some(targets) = optional("targets", self.targets(world, SCRIPT_LIMIT).await)? {
            (note.small_targets, note.targets) = (targets.small, targets.all);
        }
        // What the page loads because we change its window is not the page's weight.
        self.traffic_into(&mut note, traffic, options, &facts.insecure, &facts.chat);
        let status = traffic.log().status;
        if options.axe {
            let left = end.saturating_duration_since(Instant::now());
            let limit = left.saturating_sub(Duration::from_secs(3)).min(AXE_LIMIT);
            note.axe = optional("axe", self.axe(world, limit).await)?;
        }
        let mut phone_screenshot = None;
        note.width_at_320 = self.width_at_320(&mut world).await?;
        if options.phone_screenshot {
            self.resize(&PHONE).await?;
            optional("phone", self.scroll_width(world, SCRIPT_LIMIT).await)?;
            phone_screenshot = print::screenshot(self).await;
        }
        Ok(Visit {
            note,
            status,
            dom: dom.html,
            dom_whole: dom.whole,
            screenshot: visit_screenshot,
            phone_screenshot,
            links: facts.links,
        })
    }

    /// The first question. A page caught in a script loop is pulled out of it once; a page that
    /// moved on while it was asked is asked again.
    async fn first_look(&self, traffic: &Traffic, end: Instant) -> Result<(World, crate::measure::Facts), Error> {
        let mut last = Error::Deadline;
        for attempt in 0..3 {
            let left = end.saturating_duration_since(Instant::now());
            let limit = (left / 3).min(SCRIPT_LIMIT);
            let world = match self.world(limit).await {
                Ok(world) => self.facts(world, limit).await.map(|facts| (world, facts)),
                Err(error) => Err(error),
            };
            match world {
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

    async fn width_at_320(&self, world: &mut World) -> Result<Option<u32>, Error> {
        self.resize(&NARROW).await?;
        let mut width = self.scroll_width(*world, SCRIPT_LIMIT).await;
        if matches!(width, Err(Error::Protocol { .. })) {
            // The page reloaded itself for the new width.
            *world = self.world(SCRIPT_LIMIT).await?;
            width = self.scroll_width(*world, SCRIPT_LIMIT).await;
        }
        self.resize(&DESKTOP).await?;
        optional("width at 320", width)
    }

    fn traffic_into(
        &self,
        note: &mut PageNote,
        traffic: &Traffic,
        options: &VisitOptions<'_>,
        insecure: &[String],
        chat: &[String],
    ) {
        let mut log = traffic.log();
        for url in insecure {
            if let Ok(url) = Url::parse(url) {
                log.mix(url.as_str());
            }
        }
        note.requests = log.requests;
        note.transferred = log.bytes();
        note.mixed_content.clone_from(&log.mixed);
        note.mixed_content.sort();
        note.chat = recognise::chat(&log.hosts, chat);
        let foreign = log.hosts.iter().filter(|(host, _)| !(options.own_hosts)(host));
        note.third_parties = foreign.map(|(host, count)| (host.clone(), *count)).collect();
    }
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

/// An answer that may be missing; the end of the browser or the page may not be overlooked.
fn optional<T>(what: &str, answer: Result<T, Error>) -> Result<Option<T>, Error> {
    match answer {
        Ok(value) => Ok(Some(value)),
        Err(error @ (Error::Gone(_) | Error::Crashed)) => Err(error),
        Err(error) => {
            tracing::debug!(what, %error, "not measured");
            Ok(None)
        }
    }
}

fn cookie_note(
    cookie: &Value,
    page_host: &str,
    own: &(dyn Fn(&str) -> bool + Send + Sync),
    asked_at: Option<f64>,
) -> CookieNote {
    const HOUR: f64 = 3600.0;
    let part = |name: &str| -> String {
        let text = cookie[name].as_str().unwrap_or_default();
        text.chars().take(200).collect()
    };
    let domain = part("domain");
    let bare = domain.trim_start_matches('.');
    let expires = cookie["expires"].as_f64().filter(|at| *at > 0.0);
    let lifetime = expires.zip(asked_at).map(|(at, now)| ((at - now) / HOUR).round().max(0.0) * HOUR);
    CookieNote {
        name: part("name"),
        first_party: own(bare) || recognise::belongs(page_host, bare),
        secure: cookie["secure"].as_bool().unwrap_or_default(),
        http_only: cookie["httpOnly"].as_bool().unwrap_or_default(),
        same_site: cookie["sameSite"].as_str().map(|value| value.chars().take(10).collect()),
        lifetime_s: lifetime.map(|seconds| seconds as u64),
        domain,
    }
}

fn host(url: &str) -> Option<String> {
    Url::parse(url).ok()?.host_str().map(str::to_owned)
}

fn text(answer: &Value, field: &str, method: &'static str) -> Result<String, Error> {
    let text = answer[field].as_str().map(str::to_owned);
    text.ok_or_else(|| Error::protocol(method, format!("no {field}")))
}
