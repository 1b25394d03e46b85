//! Which program is started, and how.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use tokio::process::Command;

/// Names under which Chromium is installed.
const FIND: &str = "for name in chromium chromium-browser google-chrome google-chrome-stable; do \
    command -v \"$name\" && exit 0; done; exit 1";

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

/// The first of the usual programs in `PATH`.
pub(crate) async fn find() -> Option<PathBuf> {
    let output = Command::new("sh").args(["-c", FIND]).output().await.ok()?;
    let path = String::from_utf8(output.stdout).ok()?;
    let path = path.lines().next()?.trim();
    (output.status.success() && !path.is_empty()).then(|| PathBuf::from(path))
}

/// Chromium refuses its sandbox to root.
pub(crate) async fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output().await;
    output.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

pub(crate) fn arguments(options: &Options, profile: &Path, root: bool) -> Vec<String> {
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
