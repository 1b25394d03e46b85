//! What the operator asks of a capture, and what the capture tells while it runs.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use url::Url;

use crate::words::TopicWords;
use outbound::{Resolve, SystemResolver};

/// Everything a capture needs to know. [`Options::new`] gives the polite defaults.
#[derive(Clone)]
pub struct Options {
    pub start: Url,
    /// Folder that gets `evidence.warc.gz`, and `capture.json` while the capture is under way.
    pub out: PathBuf,
    /// Pages asked for at most.
    pub budget: u32,
    /// Body bytes received at most, over everything.
    pub max_bytes: u64,
    /// The capture ends within this time, probes and rendering included.
    pub max_time: Duration,
    /// Addresses that are not public may be dialled.
    pub allow_private: bool,
    /// Connections to a host go to this address; exempt from the guard.
    pub map_host: Vec<(String, SocketAddr)>,
    /// PEM file with further trust anchors.
    pub ca: Option<PathBuf>,
    /// Pause between requests to one host; `None` is 300 ms, and nothing on loopback and for mapped hosts.
    pub per_host_delay: Option<Duration>,
    /// Hosts asked at the same time.
    pub concurrency: usize,
    /// Render pages when a browser is on this machine.
    pub browser: bool,
    pub browser_executable: Option<PathBuf>,
    /// Its product token (before `/`) is the one looked for in robots.txt.
    pub user_agent: String,
    /// Which links first.
    pub topics: Vec<TopicWords>,
    pub limits: Limits,
    pub resolver: Arc<dyn Resolve>,
}

/// Bounds against hostile or broken servers.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Bytes of one page, as sent and unpacked.
    pub page_bytes: u64,
    /// Bytes of one document.
    pub document_bytes: u64,
    /// Documents fetched, and all their bytes together.
    pub documents: u32,
    pub all_document_bytes: u64,
    /// From connecting to the last byte of one page.
    pub request_time: Duration,
    pub connect_time: Duration,
    /// Longest `Retry-After` that is waited for.
    pub retry_after: Duration,
    /// Pages that a browser renders.
    pub rendered: u32,
    /// The same when the start page is nothing without scripts.
    pub rendered_for_apps: u32,
    pub render_time: Duration,
    /// Links checked for being broken without being read.
    pub link_checks: u32,
    /// Searches, data interfaces and well-known files are asked for.
    pub probes: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            page_bytes: 6 << 20,
            document_bytes: 12 << 20,
            documents: 40,
            all_document_bytes: 150 << 20,
            request_time: Duration::from_secs(30),
            connect_time: Duration::from_secs(10),
            retry_after: Duration::from_secs(30),
            rendered: 12,
            rendered_for_apps: 40,
            render_time: Duration::from_secs(25),
            link_checks: 30,
            probes: true,
        }
    }
}

impl Options {
    pub fn new(start: Url, out: PathBuf) -> Self {
        Self {
            start,
            out,
            budget: 400,
            max_bytes: 1 << 30,
            max_time: Duration::from_secs(30 * 60),
            allow_private: false,
            map_host: Vec::new(),
            ca: None,
            per_host_delay: None,
            concurrency: 4,
            browser: true,
            browser_executable: None,
            user_agent: concat!("Madang/", env!("CARGO_PKG_VERSION"), " (e-governance survey; obeys robots.txt)")
                .to_owned(),
            topics: Vec::new(),
            limits: Limits::default(),
            resolver: Arc::new(SystemResolver),
        }
    }
}

/// What happens, for a progress bar.
#[derive(Debug, Clone)]
pub enum Event {
    /// Pages known and fetched so far, and the address just read.
    Page {
        known: u32,
        fetched: u32,
        url: String,
    },
    Document {
        url: String,
    },
    Rendered {
        url: String,
    },
    /// A new stage begins, in plain English.
    Stage(&'static str),
}

pub trait Progress: Send + Sync {
    fn event(&self, event: Event);
}

/// Says nothing.
pub struct Silent;

impl Progress for Silent {
    fn event(&self, _: Event) {}
}
