//! How people prove who they are, as the configuration says it.

use std::path::PathBuf;

use anyhow::Context;
use kernel_identity::{Cost, Lifetimes, oidc};
use kernel_web::Names;
use serde::{Deserialize, Serialize};

/// How people prove who they are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Accounts {
    pub resident_idle_hours: u32,
    pub resident_days: u32,
    pub staff_idle_minutes: u32,
    pub staff_hours: u32,
    pub password_kibibytes: u32,
    pub password_passes: u32,
    pub providers: Vec<Provider>,
}

/// Another place where people can sign in (OpenID Connect).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provider {
    pub id: String,
    pub name: Names,
    pub issuer: String,
    pub client_id: String,
    pub client_secret_file: PathBuf,
    #[serde(default)]
    pub scopes: Vec<String>,
    #[serde(default)]
    pub acr_values: Vec<String>,
    #[serde(default)]
    pub acr_high: Vec<String>,
    #[serde(default)]
    pub person_claim: String,
    #[serde(default)]
    pub private_host: bool,
}

impl Default for Accounts {
    fn default() -> Accounts {
        let (lives, cost) = (Lifetimes::default(), Cost::default());
        let in_units = |seconds: i64, unit: i64| u32::try_from(seconds / unit).unwrap_or(u32::MAX);
        Accounts {
            resident_idle_hours: in_units(lives.resident_idle, 3600),
            resident_days: in_units(lives.resident_most, 86_400),
            staff_idle_minutes: in_units(lives.staff_idle, 60),
            staff_hours: in_units(lives.staff_most, 3600),
            password_kibibytes: cost.kibibytes,
            password_passes: cost.passes,
            providers: Vec::new(),
        }
    }
}

impl Accounts {
    pub(super) fn lifetimes(&self) -> Lifetimes {
        Lifetimes {
            resident_idle: i64::from(self.resident_idle_hours) * 3600,
            resident_most: i64::from(self.resident_days) * 86_400,
            staff_idle: i64::from(self.staff_idle_minutes) * 60,
            staff_most: i64::from(self.staff_hours) * 3600,
        }
    }

    pub(super) fn cost(&self) -> Cost {
        Cost { kibibytes: self.password_kibibytes, passes: self.password_passes, lanes: 1 }
    }
}

impl Provider {
    pub(super) fn read(&self) -> anyhow::Result<oidc::Provider> {
        let file = &self.client_secret_file;
        let secret = std::fs::read_to_string(file).with_context(|| {
            format!("the client secret of provider {:?} cannot be read from {}", self.id, file.display())
        })?;
        let ko = if self.name.ko.is_empty() { &self.name.en } else { &self.name.ko };
        Ok(oidc::Provider {
            id: self.id.clone(),
            name_en: self.name.en.clone(),
            name_ko: ko.clone(),
            issuer: self.issuer.clone(),
            client_id: self.client_id.clone(),
            client_secret: secret.trim().to_owned(),
            scopes: self.scopes.clone(),
            acr_wanted: self.acr_values.clone(),
            acr_high: self.acr_high.clone(),
            person_claim: self.person_claim.clone(),
        })
    }

    /// The issuer's host and port, when it stands in a private network.
    pub(super) fn private_host(&self) -> Option<String> {
        let issuer = url::Url::parse(&self.issuer).ok().filter(|_| self.private_host)?;
        Some(format!("{}:{}", issuer.host_str()?, issuer.port_or_known_default()?))
    }
}
