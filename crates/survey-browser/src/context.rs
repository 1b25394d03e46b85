//! A browser context of our own: where a page starts without a past, and what it leaves.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use survey_archive::notes::CookieNote;
use tokio::time::Instant;
use url::Url;

use crate::Error;
use crate::measure::Page;
use crate::process::Process;
use crate::recognise;
use crate::traffic::Traffic;
use crate::wire::Wire;

const COMMAND_LIMIT: Duration = Duration::from_secs(10);
const COOKIES_KEPT: usize = 300;
/// What a page may ask a person for; nobody is there to say yes.
const PERMISSIONS: [&str; 7] =
    ["geolocation", "notifications", "camera", "microphone", "midi", "clipboard-read", "local-fonts"];

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

impl Process {
    /// A new page in a new browser context, frames and workers followed.
    pub(crate) async fn open(
        &self,
        traffic: &Traffic,
        proxy: SocketAddr,
        end: Instant,
    ) -> Result<(Context, Page), Error> {
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
        for name in PERMISSIONS {
            let denied = json!({ "permission": { "name": name }, "setting": "denied", "browserContextId": context.id });
            self.wire.tell(None, "Browser.setPermission", denied);
        }
        let create = json!({
            "url": "about:blank", "newWindow": true, "browserContextId": context.id,
            "width": 1280, "height": 800,
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
        let page = Page { wire: self.wire.clone(), session, frame: target, end };
        Ok((context, page))
    }

    /// The cookies of a context, ordered by domain and name. `asked_at`: seconds since 1970.
    pub(crate) async fn cookies(
        &self,
        context: &Context,
        page: &str,
        own: &(dyn Fn(&str) -> bool + Send + Sync),
        asked_at: Option<f64>,
    ) -> Result<Vec<CookieNote>, Error> {
        let id = json!({ "browserContextId": context.id });
        let answer = self.call(COMMAND_LIMIT, "Storage.getCookies", id).await?;
        let page_host = host(page).unwrap_or_default();
        let all = answer["cookies"].as_array().map(Vec::as_slice).unwrap_or_default();
        let read = |cookie: &Value| cookie_note(cookie, &page_host, own, asked_at);
        let mut cookies: Vec<CookieNote> = all.iter().take(COOKIES_KEPT).map(read).collect();
        cookies.sort_by(|a, b| (&a.domain, &a.name).cmp(&(&b.domain, &b.name)));
        Ok(cookies)
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
