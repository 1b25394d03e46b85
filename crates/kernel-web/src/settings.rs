use std::collections::BTreeMap;
use std::time::Duration;

use kernel_identity::oidc::Providers;
use kernel_identity::{Cost, Lifetimes};

/// How the portal answers. Where the values come from is the binary's business.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The portal speaks TLS itself: HSTS and `Secure` cookies.
    pub tls: bool,
    /// Believe `X-Forwarded-Proto` and `X-Forwarded-For`, because only a trusted proxy can reach the port.
    pub trust_proxy: bool,
    /// Scheme and host for absolute links (`https://city.example`); empty takes them from the request.
    pub origin: String,
    /// `/metrics` answers everybody, not only this machine.
    pub metrics_open: bool,
    /// Address for security reports, `mailto:` or `https:`; empty leaves security.txt out.
    pub security_contact: String,
    /// Longest time for one answer.
    pub timeout: Duration,
    /// Largest request body in bytes.
    pub body_limit: usize,
    /// Unsafe requests that one address may make in a minute.
    pub posts_per_minute: u32,
    /// Bytes of memory for ready pages.
    pub page_cache_bytes: u64,
    /// How long sessions last.
    pub lifetimes: Lifetimes,
    /// What a password's hash costs.
    pub password_cost: Cost,
    /// Others that people may sign in with.
    pub providers: Providers,
    /// What the configuration says to systems, by their names; each reads its own part.
    pub rooms: BTreeMap<&'static str, serde_json::Value>,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            tls: false,
            trust_proxy: false,
            origin: String::new(),
            metrics_open: false,
            security_contact: String::new(),
            timeout: Duration::from_secs(30),
            body_limit: 2 * 1024 * 1024,
            posts_per_minute: 60,
            page_cache_bytes: 64 * 1024 * 1024,
            lifetimes: Lifetimes::default(),
            password_cost: Cost::default(),
            providers: Providers::default(),
            rooms: BTreeMap::new(),
        }
    }
}
