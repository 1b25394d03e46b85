mod accounts;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::Context;
use kernel_identity::oidc;
use kernel_store::Database;
use kernel_web::{Names, Settings, Tls};
use serde::{Deserialize, Serialize};

pub use accounts::{Accounts, Provider};

/// Name of the folder of the survey's archives, here and in backups.
pub const EVIDENCE: &str = "survey";
/// The folder of the map's layers, in the data folder and in backups.
const LAYERS: &str = "map";

/// Everything that can be configured: `madang.toml`, where command-line options win.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    pub server: Server,
    pub data: Data,
    pub city: City,
    pub limits: Limits,
    pub accounts: Accounts,
    pub letters: kernel_letters::Settings,
    pub outbound: Outbound,
    pub files: Files,
    pub survey: Survey,
    pub map: Map,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Server {
    pub listen: SocketAddr,
    pub tls_cert: PathBuf,
    pub tls_key: PathBuf,
    pub trust_proxy: bool,
    pub origin: String,
    pub metrics_open: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Data {
    pub dir: PathBuf,
    pub database: String,
    pub key_file: PathBuf,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct City {
    pub name: Names,
    pub security_contact: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    pub seconds_per_request: u64,
    pub body_bytes: usize,
    pub posts_per_minute: u32,
    pub page_cache_bytes: u64,
}

/// Servers of others that the portal asks.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Outbound {
    pub private_hosts: Vec<String>,
    pub trust: Vec<PathBuf>,
}

/// What people upload.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Files {
    pub clamd: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Survey {
    /// Where questions to cities are sent from.
    pub address: String,
    /// The folder of the mailbox below that keeps what was sent.
    pub sent: String,
    pub mailbox: kernel_letters::Imap,
    /// Captures of a round's cities that this node does at a time.
    pub workers: usize,
    pub capture: Capture,
    pub second_reader: SecondReader,
}

/// The map's layers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Map {
    /// Largest file that may be brought in by a page, in bytes.
    pub most_bytes: u64,
    /// Ready tiles kept in memory, in bytes.
    pub tile_cache_bytes: u64,
}

impl Default for Map {
    fn default() -> Map {
        Map { most_bytes: 2 << 30, tile_cache_bytes: 64 << 20 }
    }
}

/// How the sites of a round are captured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Capture {
    pub allow_private: bool,
    pub ca: PathBuf,
    pub hosts: Vec<String>,
    pub browser: bool,
}

impl Default for Capture {
    fn default() -> Capture {
        Capture { allow_private: false, ca: PathBuf::new(), hosts: Vec::new(), browser: true }
    }
}

impl Default for Survey {
    fn default() -> Survey {
        Survey {
            address: String::new(),
            sent: String::new(),
            mailbox: kernel_letters::Imap::default(),
            workers: 1,
            capture: Capture::default(),
            second_reader: SecondReader::default(),
        }
    }
}

/// A language model that reads what an audit left open. Off without an endpoint.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SecondReader {
    pub endpoint: String,
    pub model: String,
    pub key_file: PathBuf,
    /// Seconds for one answer.
    pub timeout: u64,
    pub most_questions: u32,
}

impl Default for SecondReader {
    fn default() -> SecondReader {
        SecondReader {
            endpoint: String::new(),
            model: String::new(),
            key_file: PathBuf::new(),
            timeout: 30,
            most_questions: 40,
        }
    }
}

impl Default for Server {
    fn default() -> Server {
        Server {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            tls_cert: PathBuf::new(),
            tls_key: PathBuf::new(),
            trust_proxy: false,
            origin: String::new(),
            metrics_open: false,
        }
    }
}

impl Default for Data {
    fn default() -> Data {
        Data { dir: PathBuf::from("var"), database: String::new(), key_file: PathBuf::new() }
    }
}

impl Default for City {
    fn default() -> City {
        City { name: Names::same("Madang"), security_contact: String::new() }
    }
}

impl Default for Limits {
    fn default() -> Limits {
        let settings = Settings::default();
        Limits {
            seconds_per_request: settings.timeout.as_secs(),
            body_bytes: settings.body_limit,
            posts_per_minute: settings.posts_per_minute,
            page_cache_bytes: settings.page_cache_bytes,
        }
    }
}

impl Config {
    /// The file's values over the defaults. Unknown keys are refused: a misspelt limit must not be silently ignored.
    pub fn read(path: &Path) -> anyhow::Result<Config> {
        let text = std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
        toml::from_str(&text).with_context(|| format!("{} is not a valid configuration", path.display()))
    }

    /// Where letters become files when no server takes them.
    pub fn letters_folder(&self) -> PathBuf {
        self.data.dir.join("letters")
    }

    pub fn database(&self) -> Database {
        match self.data.database.as_str() {
            "" => Database::Sqlite(self.data.dir.join("madang.sqlite")),
            address => Database::Postgres(address.to_owned()),
        }
    }

    /// Where the master key is.
    pub fn key_file(&self) -> PathBuf {
        match self.data.key_file.as_os_str().is_empty() {
            true => self.data.dir.join("master.key"),
            false => self.data.key_file.clone(),
        }
    }

    /// Where uploads are kept.
    pub fn files_folder(&self) -> PathBuf {
        self.data.dir.join("files")
    }

    /// Where the evidence of rounds is kept.
    pub fn evidence_folder(&self) -> PathBuf {
        self.data.dir.join(EVIDENCE)
    }

    /// Where editions of the map's layers are kept.
    fn layers_folder(&self) -> PathBuf {
        self.data.dir.join(LAYERS)
    }

    /// The folders that rows refer to, by their names in a backup.
    pub fn folders(&self) -> [(&'static str, PathBuf); 3] {
        [("files", self.files_folder()), (EVIDENCE, self.evidence_folder()), (LAYERS, self.layers_folder())]
    }

    /// Where people can sign in beside this portal.
    pub fn providers(&self) -> anyhow::Result<oidc::Providers> {
        let all = self.accounts.providers.iter().map(Provider::read).collect::<anyhow::Result<_>>()?;
        oidc::Providers::new(all).map_err(anyhow::Error::msg)
    }

    /// Hosts that may stand in a private network, by the operator's own word.
    pub fn private_hosts(&self) -> Vec<String> {
        let providers = self.accounts.providers.iter().filter_map(Provider::private_host);
        self.outbound.private_hosts.iter().cloned().chain(providers).collect()
    }

    /// Both files or neither.
    pub fn tls(&self) -> anyhow::Result<Option<Tls>> {
        let (certificate, key) = (&self.server.tls_cert, &self.server.tls_key);
        match (certificate.as_os_str().is_empty(), key.as_os_str().is_empty()) {
            (true, true) => Ok(None),
            (false, false) => Ok(Some(Tls { certificate: certificate.clone(), key: key.clone() })),
            _ => anyhow::bail!("TLS needs both a certificate (--tls-cert) and its key (--tls-key)"),
        }
    }

    /// A form is never larger than the limit of all bodies, so no upload is either.
    pub fn files(&self) -> kernel_files::Settings {
        kernel_files::Settings {
            most_bytes: self.limits.body_bytes as u64,
            clamd: (!self.files.clamd.is_empty()).then(|| self.files.clamd.clone()),
            ..kernel_files::Settings::in_folder(self.files_folder())
        }
    }

    /// What systems read for themselves.
    fn rooms(&self) -> BTreeMap<&'static str, serde_json::Value> {
        let Survey { address, sent, mailbox, capture, .. } = &self.survey;
        let capture = serde_json::json!({
            "folder": self.evidence_folder(),
            "allow_private": capture.allow_private,
            "ca": capture.ca,
            "hosts": capture.hosts,
            "browser": capture.browser,
        });
        let survey = serde_json::json!({ "address": address, "sent": sent, "mailbox": mailbox, "capture": capture });
        let map = serde_json::json!({ "folder": self.layers_folder(), "most_bytes": self.map.most_bytes, "tile_cache_bytes": self.map.tile_cache_bytes });
        BTreeMap::from([("survey", survey), ("map", map)])
    }

    pub fn settings(&self) -> Settings {
        Settings {
            tls: !self.server.tls_cert.as_os_str().is_empty(),
            trust_proxy: self.server.trust_proxy,
            origin: self.server.origin.trim_end_matches('/').to_owned(),
            metrics_open: self.server.metrics_open,
            security_contact: self.city.security_contact.clone(),
            timeout: std::time::Duration::from_secs(self.limits.seconds_per_request.max(1)),
            body_limit: self.limits.body_bytes,
            posts_per_minute: self.limits.posts_per_minute,
            page_cache_bytes: self.limits.page_cache_bytes,
            lifetimes: self.accounts.lifetimes(),
            password_cost: self.accounts.cost(),
            rooms: self.rooms(),
            ..Settings::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_key_is_refused() {
        assert!(toml::from_str::<Config>("[limits]\npost_per_minute = 3\n").is_err());
    }

    #[test]
    fn half_a_tls_configuration_is_refused() {
        let config: Config = toml::from_str("[server]\ntls_cert = \"a.pem\"\n").expect("parses");
        assert!(config.tls().is_err());
    }
}
