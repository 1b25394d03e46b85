//! Where the evidence of rounds is kept, and how sites are captured here.

use std::net::SocketAddr;
use std::path::PathBuf;

use kernel_base::{Error, Result};
use kernel_web::City;
use serde::Deserialize;

use crate::round::{Round, RoundCity};

/// What the configuration says about captures.
#[derive(Debug, Clone, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Folder of all rounds' evidence. Nodes that share a database share it too.
    pub folder: PathBuf,
    /// Addresses that are not public may be dialled.
    pub allow_private: bool,
    /// Further certificate authorities to trust (PEM).
    pub ca: PathBuf,
    /// `HOST=ADDRESS:PORT`: connections to a host go there.
    pub hosts: Vec<String>,
    /// Pages are looked at in a browser too, when one is on this machine.
    pub browser: bool,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            folder: PathBuf::from("var/survey"),
            allow_private: false,
            ca: PathBuf::new(),
            hosts: Vec::new(),
            browser: true,
        }
    }
}

impl Settings {
    /// The survey's part of the configuration, `survey.capture`.
    pub fn of(city: &City) -> Settings {
        let said = city.settings.rooms.get("survey").and_then(|survey| survey.get("capture")).cloned();
        said.map(serde_json::from_value)
            .transpose()
            .unwrap_or_else(|cause| {
                tracing::error!(%cause, "the configuration of captures cannot be read; the usual one holds");
                None
            })
            .unwrap_or_default()
    }

    /// Hosts whose connections go elsewhere.
    ///
    /// # Errors
    /// When a line is no `HOST=ADDRESS:PORT`.
    pub fn mapped(&self) -> Result<Vec<(String, SocketAddr)>> {
        let one = |line: &String| {
            let (host, to) = line.split_once('=')?;
            Some((host.to_ascii_lowercase(), to.parse().ok()?))
        };
        let wrong = |line: &String| Error::Fault(format!("survey.capture.hosts: {line:?} is no HOST=ADDRESS:PORT"));
        self.hosts.iter().map(|line| one(line).ok_or_else(|| wrong(line))).collect()
    }
}

/// Where the evidence of one city of a round is.
pub fn folder(settings: &Settings, round: &Round, city: &RoundCity) -> PathBuf {
    settings.folder.join(&round.slug).join(&city.slug)
}

/// The archive of one city of a round.
pub fn evidence(settings: &Settings, round: &Round, city: &RoundCity) -> PathBuf {
    folder(settings, round, city).join("evidence.warc.gz")
}
