use std::path::{Path, PathBuf};

use kernel_base::{Error, Result};
use serde::{Deserialize, Serialize};

/// How letters leave the city: the section `[letters]` of `madang.toml`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// The address that letters come from.
    pub from: String,
    /// Where answers go; empty: to `from`.
    pub reply_to: String,
    /// Where returned letters go; each gets a mark of its own (`bounces+MARK@…`). Empty: to `from`.
    pub bounces: String,
    /// The country's prefix of telephone numbers that are written without one.
    pub country: String,
    /// Days until the words and addresses of a letter are forgotten; letters in an inbox stay.
    pub keep_days: i64,
    /// Hours after which an unreachable address is given up.
    pub give_up_hours: i64,
    pub smtp: Smtp,
    pub imap: Imap,
    pub sms: Sms,
    pub push: Push,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            from: "letters@localhost".to_owned(),
            reply_to: String::new(),
            bounces: String::new(),
            country: "82".to_owned(),
            keep_days: 30,
            give_up_hours: 72,
            smtp: Smtp::default(),
            imap: Imap::default(),
            sms: Sms::default(),
            push: Push::default(),
        }
    }
}

impl Settings {
    pub(crate) fn bounces(&self) -> &str {
        if self.bounces.is_empty() { &self.from } else { &self.bounces }
    }
}

/// How a connection is encrypted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Encryption {
    /// From the first byte.
    #[default]
    Implicit,
    /// After asking for it; refused when the server cannot.
    Starttls,
    /// Not at all: for a relay on the same machine.
    None,
}

/// The mail server that takes letters.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Smtp {
    /// Empty: letters become files in a folder, for looking around.
    pub host: String,
    /// 0: the usual one.
    pub port: u16,
    pub tls: Encryption,
    /// Empty: without signing in.
    pub user: String,
    pub password_file: PathBuf,
    /// A certificate authority of one's own, PEM. Empty: those that browsers trust.
    pub ca_file: PathBuf,
}

/// The mailbox that returned letters come to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Imap {
    /// Empty: nobody looks; an alias can hand returned letters to `madang letters bounce`.
    pub host: String,
    /// 0: the usual one.
    pub port: u16,
    pub tls: Encryption,
    pub user: String,
    pub password_file: PathBuf,
    pub ca_file: PathBuf,
    pub mailbox: String,
    /// Seconds between two looks.
    pub pause: i64,
}

impl Default for Imap {
    fn default() -> Imap {
        Imap {
            host: String::new(),
            port: 0,
            tls: Encryption::default(),
            user: String::new(),
            password_file: PathBuf::new(),
            ca_file: PathBuf::new(),
            mailbox: "INBOX".to_owned(),
            pause: 300,
        }
    }
}

/// How short messages leave.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SmsKind {
    /// Into the folder, as files.
    #[default]
    Folder,
    Http,
    Smpp,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Sms {
    pub kind: SmsKind,
    /// The number or name that messages come from.
    pub from: String,
    pub http: HttpGateway,
    pub smpp: Smpp,
}

/// A gateway that takes one POST of JSON a message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct HttpGateway {
    pub url: String,
    /// Name of the header that carries the key.
    pub header: String,
    /// File with that header's whole value, such as `Bearer …`.
    pub header_file: PathBuf,
    /// The JSON to send; `{to}`, `{from}`, `{text}` and `{id}` are filled in. `{id}` is the same when it is sent again.
    pub body: String,
    /// Answers that mean "taken".
    pub success: Vec<u16>,
    /// Answers that mean "this number cannot be reached".
    pub refused: Vec<u16>,
}

impl Default for HttpGateway {
    fn default() -> HttpGateway {
        HttpGateway {
            url: String::new(),
            header: "Authorization".to_owned(),
            header_file: PathBuf::new(),
            body: r#"{"id":"{id}","from":"{from}","to":"{to}","text":"{text}"}"#.to_owned(),
            success: vec![200, 201, 202],
            refused: vec![400, 422],
        }
    }
}

/// A message centre that speaks SMPP.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Smpp {
    /// `smpp://host:port` or, encrypted, `smpps://host:port`.
    pub address: String,
    pub system_id: String,
    pub password_file: PathBuf,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Push {
    /// `mailto:…` or `https://…`: whom a push service asks when something is wrong. Empty: no notices in browsers.
    pub contact: String,
    /// Hosts of the push services that browsers may name; `*.` stands for any name before the rest.
    pub services: Vec<String>,
}

impl Default for Push {
    fn default() -> Push {
        let services =
            ["fcm.googleapis.com", "updates.push.services.mozilla.com", "*.notify.windows.com", "*.push.apple.com"];
        Push { contact: String::new(), services: services.map(str::to_owned).to_vec() }
    }
}

impl Push {
    /// Whether a notice may go to this address, which a browser named: encrypted, a known service, its usual port.
    pub(crate) fn allows(&self, address: &str) -> bool {
        let Ok(address) = url::Url::parse(address) else { return false };
        let plain = address.username().is_empty() && address.password().is_none();
        // Another port only where the service is named with it.
        let host = address.host_str().unwrap_or_default();
        let host = address.port().map_or(host.to_owned(), |port| format!("{host}:{port}"));
        let known = |service: &String| match service.strip_prefix("*.") {
            Some(rest) => host.strip_suffix(rest).is_some_and(|name| name.len() > 1 && name.ends_with('.')),
            None => host == *service,
        };
        address.scheme() == "https" && plain && self.services.iter().any(known)
    }
}

/// A secret from its file, without the line break at its end.
pub(crate) fn secret(file: &Path) -> Result<String> {
    if file.as_os_str().is_empty() {
        return Ok(String::new());
    }
    let text = std::fs::read_to_string(file);
    text.map(|text| text.trim_end().to_owned())
        .map_err(|cause| Error::Refused(format!("{} cannot be read: {cause}", file.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notices_go_only_to_known_push_services() {
        let push = Push::default();
        for good in [
            "https://fcm.googleapis.com/fcm/send/a",
            "https://web.push.apple.com/Q",
            "https://wns2-am3p.notify.windows.com/w/?token=x",
        ] {
            assert!(push.allows(good), "{good}");
        }
        let bad = [
            "http://fcm.googleapis.com/fcm/send/a",
            "https://fcm.googleapis.com:8443/a",
            "https://a@fcm.googleapis.com/a",
            "https://evilpush.apple.com.example/",
            "https://push.apple.com/a",
            "https://notpush.apple.com/a",
            "https://fcm.googleapis.com.evil.example/a",
            "https://10.0.0.1/a",
            "https://localhost/a",
            "nothing",
        ];
        for bad in bad {
            assert!(!push.allows(bad), "{bad}");
        }
    }
}
