use openidconnect::UserInfoClaims;
use openidconnect::core::CoreGenderClaim;
use serde_json::Value;

use super::Provider;
use super::token::{Claims, More};

/// Somebody as the provider knows them, all checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    pub issuer: String,
    pub subject: String,
    /// `acr`; empty when none was told, which is the lowest level.
    pub assurance: String,
    /// The level counts as two factors.
    pub high: bool,
    pub name: Option<String>,
    /// Only when the provider says that it is confirmed.
    pub email: Option<String>,
    /// The value that is one for each person, where the provider may tell it.
    pub person: Option<String>,
}

/// What was said of a person, here or there.
pub(super) struct Told {
    name: Option<String>,
    email: Option<String>,
    more: More,
}

impl Told {
    pub fn of(claims: &Claims) -> Told {
        let email = claims.email().filter(|_| claims.email_verified() == Some(true));
        Told {
            name: claims.name().and_then(|name| name.get(None)).map(|name| name.to_string()),
            email: email.map(|email| email.to_string()),
            more: claims.additional_claims().clone(),
        }
    }

    pub fn lacks(&self, provider: &Provider) -> bool {
        let wants_more = !matches!(provider.person_claim.as_str(), "" | "sub");
        self.name.is_none() || self.email.is_none() || (wants_more && self.person(provider).is_none())
    }

    pub fn complete(&mut self, more: UserInfoClaims<More, CoreGenderClaim>) {
        let email = more.email().filter(|_| more.email_verified() == Some(true));
        self.email = self.email.take().or(email.map(|email| email.to_string()));
        self.name = self.name.take().or(more.name().and_then(|name| name.get(None)).map(|name| name.to_string()));
        for (claim, value) in &more.additional_claims().all {
            self.more.all.entry(claim.clone()).or_insert_with(|| value.clone());
        }
    }

    fn person(&self, provider: &Provider) -> Option<&str> {
        self.more.all.get(&provider.person_claim).and_then(Value::as_str).filter(|value| !value.is_empty())
    }

    pub fn identity(&self, provider: &Provider, claims: &Claims) -> Identity {
        let assurance = claims.auth_context_ref().map(|acr| acr.to_string()).unwrap_or_default();
        let person = match provider.person_claim.as_str() {
            // A subject is one person at its own issuer only.
            "sub" => Some(format!("{} {}", provider.issuer, claims.subject().as_str())),
            _ => self.person(provider).map(str::to_owned),
        };
        Identity {
            issuer: provider.issuer.clone(),
            subject: claims.subject().to_string(),
            high: provider.is_high(&assurance),
            name: self.name.clone(),
            email: self.email.clone(),
            person: person.filter(|_| provider.identifies(&assurance)),
            assurance,
        }
    }
}
