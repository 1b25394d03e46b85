//! One POST to a chat endpoint that the operator named: bounded in time and size, nothing followed, the key never kept.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, anyhow, bail, ensure};
use bytes::Bytes;
use http::Request;
use http::header::{AUTHORIZATION, HeaderValue};
use kernel_base::{Clock, SystemClock};
use outbound::{Client, Dialler, Options, Peer, SystemResolver};
use serde::Deserialize;
use survey_archive::Exchange;
use url::{Host, Position, Url};

/// A longer answer is no answer.
const MOST_BYTES: usize = 1 << 20;
const PATH: &str = "/chat/completions";
const AGENT: &str = concat!("Madang/", env!("CARGO_PKG_VERSION"));

pub struct Endpoint {
    url: Url,
    key: Option<String>,
    client: Client,
}

/// What came back: the text of the first choice, and the exchange as it is archived.
pub struct Answered {
    pub content: String,
    pub exchange: Exchange,
}

#[derive(Deserialize)]
struct Completion {
    choices: Vec<Choice>,
}

#[derive(Deserialize)]
struct Choice {
    message: Message,
}

#[derive(Deserialize)]
struct Message {
    content: Option<String>,
}

impl Endpoint {
    /// `address` is the base (`https://host/v1`) or the whole address of the chat endpoint.
    ///
    /// # Errors
    /// When it is no such address, or the key would travel unencrypted to another machine.
    pub fn new(address: &str, key: Option<String>, seconds: u64, trust: Vec<PathBuf>) -> anyhow::Result<Endpoint> {
        let wrong = || format!("the second reader's endpoint {address:?} is not an http or https address");
        let mut url = Url::parse(address).with_context(wrong)?;
        ensure!(matches!(url.scheme(), "http" | "https") && url.has_host(), wrong());
        ensure!(
            key.is_none() || url.scheme() == "https" || on_this_machine(&url),
            "the second reader's key would be sent unencrypted: use an https endpoint"
        );
        if !url.path().ends_with(PATH) {
            let path = format!("{}{PATH}", url.path().trim_end_matches('/'));
            url.set_path(&path);
        }
        let timeout = Duration::from_secs(seconds.max(1));
        // The operator named it; it often stands on this machine.
        let host = url.host_str().unwrap_or_default().to_owned();
        let dialler = Dialler::new(Arc::new(SystemResolver), false, &[], timeout).with_private_hosts(&[host]);
        let options = Options { dialler, trust, timeout, most_bytes: MOST_BYTES, agent: AGENT.to_owned() };
        Ok(Endpoint { url, key, client: Client::new(options)? })
    }

    /// Sends one question. The error says in words why there is no answer.
    pub async fn post(&self, body: String) -> Result<Answered, String> {
        self.exchange(body).await.map_err(|error| format!("{error:#}"))
    }

    async fn exchange(&self, body: String) -> anyhow::Result<Answered> {
        let date = SystemClock.now().rfc3339();
        let (request, sent) = self.request(body)?;
        let (parts, body) = self.client.send(request).await?.into_parts();
        let ip = parts.extensions.get().map(|Peer(address)| address.ip());
        ensure!(parts.status.is_success(), "the endpoint answered with status {}", parts.status);
        let mut head = format!("HTTP/1.1 {}\r\n", parts.status).into_bytes();
        for (name, value) in parts.headers.iter().filter(|(name, _)| *name != "set-cookie") {
            head.extend([name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
        }
        head.extend(b"\r\n");
        if self.key.as_ref().is_some_and(|key| holds(&body, key) || holds(&head, key)) {
            bail!("the endpoint's answer repeats the key and is not kept");
        }
        // Only JSON enters the archive: a page there would be read as one of the site's.
        let media = parts.headers.get("content-type").and_then(|value| value.to_str().ok()).unwrap_or_default();
        ensure!(media.to_ascii_lowercase().contains("json"), "the endpoint did not answer with JSON");
        let completion: Completion =
            serde_json::from_slice(&body).context("the endpoint's answer is no chat completion")?;
        let content = completion.choices.into_iter().next().and_then(|choice| choice.message.content);
        let exchange =
            Exchange { url: self.url.to_string(), date, ip, request: sent, head, body: body.to_vec(), truncated: None };
        Ok(Answered { content: content.unwrap_or_default(), exchange })
    }

    /// The request to send, and its bytes for the archive, which leave the key out.
    fn request(&self, body: String) -> anyhow::Result<(Request<Bytes>, Vec<u8>)> {
        let path = &self.url[Position::BeforePath..Position::AfterQuery];
        let fields = [
            ("host", &self.url[Position::BeforeHost..Position::AfterPort]),
            ("user-agent", AGENT),
            ("accept", "application/json"),
            ("content-type", "application/json"),
        ];
        let mut request = Request::post(self.url.as_str());
        let mut sent = format!("POST {path} HTTP/1.1\r\n");
        for (name, value) in fields {
            request = request.header(name, value);
            sent.push_str(&format!("{name}: {value}\r\n"));
        }
        sent.push_str(&format!("content-length: {}\r\n\r\n{body}", body.len()));
        if let Some(key) = &self.key {
            let mut value = HeaderValue::from_str(&format!("Bearer {key}"))
                .map_err(|_| anyhow!("the key holds characters that no header can carry"))?;
            value.set_sensitive(true);
            request = request.header(AUTHORIZATION, value);
        }
        Ok((request.body(Bytes::from(body))?, sent.into_bytes()))
    }
}

fn on_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

fn holds(bytes: &[u8], key: &str) -> bool {
    bytes.windows(key.len()).any(|window| window == key.as_bytes())
}
