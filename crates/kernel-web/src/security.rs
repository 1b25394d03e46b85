//! One line in the log for what matters to security (OWASP ASVS 5.0, 16.3): never a secret, an address or a name.

use std::net::IpAddr;

use axum::extract::Request;

use crate::layers::limits::client;
use crate::{City, Visit};

fn line(event: &str, who: &str, network: IpAddr, path: &str) {
    tracing::info!(target: "security", event, who, %network, path, "security");
}

/// [`Visit::note`] where there is no visit yet.
pub(crate) fn event(city: &City, request: &Request, event: &str, who: &str) {
    let network = client(city, request.headers(), request.extensions());
    line(event, who, network, request.uri().path());
}

/// Seconds for which a proof of who one is counts for what matters.
const RECENT_SECONDS: i64 = 600;

impl Visit {
    /// `event` is named like an act (`session.refused`), `who` an account's id or empty.
    pub fn note(&self, event: &str, who: &str) {
        line(event, who, self.network, &self.path);
    }

    /// Whether who asks proved who they are within the last ten minutes.
    pub fn recently_proved(&self) -> bool {
        self.who().is_some_and(|who| who.proved_at.plus_seconds(RECENT_SECONDS) > self.now())
    }

    /// Where to prove it again before going on; `None` when that is not needed.
    /// `if let Some(first) = visit.prove_again() { return Ok(first); }`
    pub fn prove_again(&self) -> Option<axum::response::Response> {
        if self.recently_proved() {
            return None;
        }
        let entrance = self.city.entrance()?;
        let here = if self.query.is_empty() { self.path.clone() } else { format!("{}?{}", self.path, self.query) };
        let back: String = url::form_urlencoded::byte_serialize(here.as_bytes()).collect();
        Some(crate::see_other(&format!("{}?back={back}", entrance.again)))
    }
}
