//! ClamAV, when the operator runs one.

use std::time::Duration;

use clamav_client::tokio::{Socket, Tcp, ping, scan_buffer};

use crate::Refused;

/// Where clamd listens: a socket's path, or host and port.
#[derive(Debug, Clone)]
pub(crate) struct Scanner {
    address: String,
    timeout: Duration,
}

impl Scanner {
    pub fn at(address: &str, timeout: Duration) -> Scanner {
        Scanner { address: address.to_owned(), timeout }
    }

    /// Only a clear "OK" passes.
    pub async fn check(&self, bytes: &[u8]) -> Result<(), Refused> {
        let work = async {
            match self.address.starts_with('/') {
                true => scan_buffer(bytes, Socket { socket_path: &self.address }, None).await,
                false => scan_buffer(bytes, Tcp { host_address: &self.address }, None).await,
            }
        };
        let answer = match tokio::time::timeout(self.timeout, work).await {
            Ok(Ok(answer)) => String::from_utf8_lossy(&answer).trim_matches(['\0', '\n', ' ']).to_owned(),
            Ok(Err(cause)) => return Err(self.silent(&cause)),
            Err(_) => return Err(self.silent(&"no answer in time")),
        };
        if answer == "stream: OK" {
            return Ok(());
        }
        match answer.strip_prefix("stream: ").and_then(|rest| rest.strip_suffix(" FOUND")) {
            Some(name) => Err(Refused::Infected(name.to_owned())),
            None => Err(self.silent(&answer)),
        }
    }

    /// # Errors
    /// In words for the operator.
    pub async fn answers(&self) -> Result<(), String> {
        let work = async {
            match self.address.starts_with('/') {
                true => ping(Socket { socket_path: &self.address }).await,
                false => ping(Tcp { host_address: &self.address }).await,
            }
        };
        match tokio::time::timeout(self.timeout, work).await {
            Ok(Ok(answer)) if answer == clamav_client::PONG => Ok(()),
            Ok(Ok(_)) => Err(format!("{} answers, but not as clamd does", self.address)),
            Ok(Err(cause)) => Err(format!("clamd at {} cannot be reached: {cause}", self.address)),
            Err(_) => Err(format!("clamd at {} does not answer in time", self.address)),
        }
    }

    fn silent(&self, cause: &dyn std::fmt::Display) -> Refused {
        tracing::error!(clamd = self.address, %cause, "an upload was refused because the virus scanner does not answer");
        Refused::Later
    }
}
