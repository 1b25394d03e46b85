use std::fmt;

use url::Url;

/// A provider that the operator trusts to say who somebody is.
#[derive(Clone)]
pub struct Provider {
    /// In addresses: `/sign-in/with/{id}`.
    pub id: String,
    pub name_en: String,
    pub name_ko: String,
    /// Exactly as the provider writes it in its tokens.
    pub issuer: String,
    pub client_id: String,
    pub client_secret: String,
    /// Asked for beside `openid`.
    pub scopes: Vec<String>,
    /// Levels of assurance that are asked for (`acr_values`), the best first.
    pub acr_wanted: Vec<String>,
    /// Levels that count as two factors, and as a known identity.
    pub acr_high: Vec<String>,
    /// The claim whose value is one for each person, everywhere: a national identifier, say. Who brings it is known to
    /// be a resident. Empty for none.
    pub person_claim: String,
}

impl Provider {
    pub fn name(&self, language: &str) -> &str {
        if language == "ko" { &self.name_ko } else { &self.name_en }
    }

    /// What the operator must put right; `None` when all is well.
    pub fn mistake(&self) -> Option<String> {
        let wrong = |what: &str| Some(format!("provider {:?}: {what}", self.id));
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if self.id.is_empty() || !self.id.chars().all(plain) {
            return wrong("its id is made of small letters, digits and hyphens");
        }
        if self.name_en.is_empty() || self.name_ko.is_empty() {
            return wrong("it needs a name in both languages");
        }
        if self.client_id.is_empty() || self.client_secret.is_empty() {
            return wrong("it needs a client_id and a client_secret_file");
        }
        if !is_guarded(&self.issuer) {
            return wrong("its issuer is an https address (http only on this machine)");
        }
        None
    }

    pub(super) fn is_high(&self, assurance: &str) -> bool {
        self.acr_high.iter().any(|level| level == assurance)
    }

    /// Whether its word about a person's identity counts at this level. Without named levels every sign-in there does.
    pub(super) fn identifies(&self, assurance: &str) -> bool {
        self.acr_high.is_empty() || self.is_high(assurance)
    }
}

/// Secrets travel there: TLS, or a connection that does not leave the machine.
pub(super) fn is_guarded(address: &str) -> bool {
    let Ok(url) = Url::parse(address) else { return false };
    let here = match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    };
    url.scheme() == "https" || (url.scheme() == "http" && here)
}

/// Without the secret.
impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Provider({} {})", self.id, self.issuer)
    }
}
