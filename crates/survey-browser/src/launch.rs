//! Finding, starting and ending the browser.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::{Child, Command};
use tokio::time::timeout;

use crate::Error;
use crate::wire::Wire;

/// Names under which Chromium is installed, and who runs us (Chromium refuses its sandbox to root).
const FIND: &str = "for name in chromium chromium-browser google-chrome google-chrome-stable; do \
    command -v \"$name\" && exit 0; done; exit 1";

/// Runs the browser with its protocol pipe on descriptors 3 and 4, and removes its profile when it
/// has ended, even if the process that wanted it was killed.
const SUPERVISE: &str = "profile=$1; shift; \"$@\" 3<&0 4>&1 </dev/null >/dev/null; code=$?; \
    rm -rf -- \"$profile\"; exit $code";

const START_LIMIT: Duration = Duration::from_secs(30);
const END_LIMIT: Duration = Duration::from_secs(5);

/// How the browser is started.
#[derive(Debug, Clone)]
pub struct Options {
    /// The program; `None` looks for the usual names in `PATH`.
    pub executable: Option<PathBuf>,
    /// The forward proxy for everything, loopback included.
    pub proxy: SocketAddr,
    /// Accept any certificate (the capture has judged it already, or the tests made it).
    pub ignore_certificate_errors: bool,
    /// `User-Agent` header; `None` leaves Chromium's own.
    pub user_agent: Option<String>,
}

impl Options {
    pub fn new(proxy: SocketAddr) -> Self {
        Self { executable: None, proxy, ignore_certificate_errors: false, user_agent: None }
    }

    /// For printing only: the proxy is an address where nothing answers.
    pub fn offline() -> Self {
        Self::new(nowhere())
    }
}

/// RFC 863; nothing listens there.
const DISCARD_PORT: u16 = 9;

/// A proxy that does not answer.
pub(crate) fn nowhere() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], DISCARD_PORT))
}

/// A running headless browser. Call [`Browser::close`] at the end; a dropped one ends by itself
/// a little later.
pub struct Browser {
    pub(crate) wire: Wire,
    pub(crate) proxy: SocketAddr,
    child: Child,
    profile: PathBuf,
    version: String,
}

impl Browser {
    /// Starts the browser; `Ok(None)` when this machine has none.
    pub async fn start(options: Options) -> Result<Option<Self>, Error> {
        let executable = match &options.executable {
            Some(path) => path.clone(),
            None => match find().await {
                Some(path) => path,
                None => return Ok(None),
            },
        };
        let profile = tempfile::Builder::new()
            .prefix("madang-browser-")
            .tempdir()
            .map_err(|e| Error::Start(format!("no temporary directory: {e}")))?;
        settle_preferences(profile.path()).await.map_err(|e| Error::Start(format!("no profile: {e}")))?;
        let mut child = Command::new("sh")
            .args(["-c", SUPERVISE, "sh"])
            .arg(profile.path())
            .arg(&executable)
            .args(arguments(&options, profile.path(), is_root().await))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            // So that what Chromium puts beside its profile goes with it.
            .env("TMPDIR", profile.path())
            // Ctrl-C at the terminal is for us; we end the browser in order.
            .process_group(0)
            .spawn()
            .map_err(|e| Error::Start(e.to_string()))?;
        let (Some(input), Some(output), Some(complaints)) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            return Err(Error::Start("no pipes".into()));
        };
        let mut browser = Self {
            wire: Wire::new(input, output),
            proxy: options.proxy,
            child,
            profile: profile.keep(),
            version: String::new(),
        };
        let said = tail(complaints);
        match browser.greet().await {
            Ok(version) => browser.version = version,
            Err(error) => {
                browser.close().await;
                let said = said.lock().unwrap_or_else(PoisonError::into_inner);
                return Err(Error::Start(format!("{}: {error}; it said: {}", executable.display(), said.trim())));
            }
        }
        Ok(Some(browser))
    }

    async fn greet(&self) -> Result<String, Error> {
        let call = self.call(START_LIMIT, "Browser.getVersion", json!({}));
        let version = call.await?["product"].as_str().unwrap_or_default().to_owned();
        let discover = json!({ "discover": true });
        self.call(START_LIMIT, "Target.setDiscoverTargets", discover).await?;
        Ok(version)
    }

    /// Product and version in the browser's words, such as `Chrome/156.0.8078.79`.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// False once the process has ended; every further visit fails and a new browser is needed.
    pub fn is_alive(&self) -> bool {
        !self.wire.is_gone()
    }

    /// Ends the browser and waits until it is gone with its profile; by force if it hangs.
    pub async fn close(mut self) {
        self.wire.tell(None, "Browser.close", json!({}));
        self.wire.hang_up();
        if timeout(END_LIMIT, self.child.wait()).await.is_ok() {
            return;
        }
        if let Some(group) = self.child.id() {
            let kill = format!("kill -KILL -{group}");
            let _ = Command::new("sh").args(["-c", &kill]).status().await;
        }
        let _ = self.child.kill().await;
        // The supervisor was killed with the rest, so the profile is left to us.
        let _ = tokio::fs::remove_dir_all(&self.profile).await;
    }

    /// A command to the browser itself.
    pub(crate) async fn call(&self, limit: Duration, method: &'static str, params: Value) -> Result<Value, Error> {
        timeout(limit, self.wire.call(None, method, params)).await.unwrap_or(Err(Error::Deadline))
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        self.wire.tell(None, "Browser.close", json!({}));
        self.wire.hang_up();
    }
}

/// Third-party cookies are allowed as in most people's windows; contexts like ours would refuse them.
async fn settle_preferences(profile: &Path) -> std::io::Result<()> {
    let preferences = json!({ "profile": { "cookie_controls_mode": 0 } });
    let folder = profile.join("Default");
    tokio::fs::create_dir(&folder).await?;
    tokio::fs::write(folder.join("Preferences"), preferences.to_string()).await
}

async fn find() -> Option<PathBuf> {
    let output = Command::new("sh").args(["-c", FIND]).output().await.ok()?;
    let path = String::from_utf8(output.stdout).ok()?;
    let path = path.lines().next()?.trim();
    (output.status.success() && !path.is_empty()).then(|| PathBuf::from(path))
}

async fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output().await;
    output.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

/// The last words on standard error, for the error message. It must be read in any case, or the
/// browser stops at a full pipe.
fn tail(mut stream: impl AsyncRead + Unpin + Send + 'static) -> Arc<Mutex<String>> {
    const KEPT: usize = 2000;
    let kept = Arc::new(Mutex::new(String::new()));
    let writer = kept.clone();
    tokio::spawn(async move {
        let mut chunk = [0; 4096];
        while let Ok(count @ 1..) = stream.read(&mut chunk).await {
            let mut kept = writer.lock().unwrap_or_else(PoisonError::into_inner);
            kept.push_str(&String::from_utf8_lossy(&chunk[..count]));
            if let Some(surplus) = kept.len().checked_sub(KEPT) {
                let start = kept.ceil_char_boundary(surplus);
                kept.drain(..start);
            }
        }
    });
    kept
}

fn arguments(options: &Options, profile: &Path, root: bool) -> Vec<String> {
    let proxy = options.proxy;
    let mut arguments: Vec<String> = FLAGS.iter().map(|flag| format!("--{flag}")).collect();
    arguments.push(format!("--user-data-dir={}", profile.display()));
    // What Chromium wants for itself (updates, clock, accounts) ends at a proxy that is not there;
    // the contexts of visits are given the real one.
    arguments.push(format!("--proxy-server={}", nowhere()));
    // Names are resolved by the proxy alone, prefetching included.
    let resolver = format!("MAP * ~NOTFOUND , EXCLUDE {}", proxy.ip());
    arguments.push(format!("--host-resolver-rules={resolver}"));
    if let Some(agent) = &options.user_agent {
        arguments.push(format!("--user-agent={agent}"));
    }
    if options.ignore_certificate_errors {
        arguments.push("--ignore-certificate-errors".into());
    }
    if root {
        arguments.push("--no-sandbox".into());
    }
    arguments
}

/// No traffic but the page's own, no upgrades of addresses behind our back, nothing that asks a
/// person, and pages in the background run like the one in front.
const FLAGS: &[&str] = &[
    "headless=new",
    "remote-debugging-pipe",
    "no-startup-window",
    "window-size=1280,800",
    "hide-scrollbars",
    "mute-audio",
    "disable-gpu",
    "disable-dev-shm-usage",
    "disable-quic",
    "proxy-bypass-list=<-loopback>",
    "webrtc-ip-handling-policy=disable_non_proxied_udp",
    "force-webrtc-ip-handling-policy",
    "no-first-run",
    "no-default-browser-check",
    "no-pings",
    "no-service-autorun",
    "disable-background-networking",
    "disable-breakpad",
    "disable-client-side-phishing-detection",
    "disable-component-extensions-with-background-pages",
    "disable-component-update",
    "disable-default-apps",
    "disable-domain-reliability",
    "disable-extensions",
    "disable-hang-monitor",
    "disable-search-engine-choice-screen",
    "disable-sync",
    "disable-background-timer-throttling",
    "disable-backgrounding-occluded-windows",
    "disable-renderer-backgrounding",
    "deny-permission-prompts",
    "metrics-recording-only",
    "password-store=basic",
    "use-mock-keychain",
    "force-color-profile=srgb",
    "js-flags=--max-old-space-size=1024",
    "disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,Translate,MediaRouter,\
     OptimizationHints,AutofillServerCommunication,LocalNetworkAccessChecks,\
     CertificateTransparencyComponentUpdater,InterestFeedContentSuggestions",
];
