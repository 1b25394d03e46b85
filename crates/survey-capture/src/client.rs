//! HTTP/1.1 as evidence needs it: nothing followed, nothing decoded, everything bounded.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method, Request, Uri};
use http_body_util::{BodyExt, Empty};
use hyper::body::Incoming;
use hyper::client::conn::http1::{Builder, SendRequest};
use hyper_util::rt::TokioIo;
use survey_archive::notes::TlsNote;
use survey_archive::{Exchange, Truncated};
use tokio::time::Instant;
use url::{Position, Url};

use crate::clock;
use crate::tap::{Head, Tap};
use crate::tls::{Tls, TlsError};
use outbound::{DialError, Dialler};

const MAX_HEADERS: usize = 256;
const MAX_HEAD_BYTES: usize = 128 * 1024;

/// What is asked for and how much of it is taken.
#[derive(Debug, Clone)]
pub struct Ask {
    pub url: Url,
    pub method: Method,
    pub accept: &'static str,
    /// Body bytes taken at most; a longer body is cut and marked.
    pub max_body: u64,
    /// A declared length above this is not begun: only the head is kept.
    pub max_declared: u64,
    /// From sending to the last byte.
    pub deadline: Duration,
    /// `Cookie` header, for walls that set a cookie and redirect to themselves.
    pub cookies: Option<String>,
}

/// One answer.
#[derive(Debug)]
pub struct Answer {
    pub exchange: Exchange,
    pub status: u16,
    pub headers: HeaderMap,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|v| v.to_str().ok())
    }

    /// Media type in lower case, without parameters.
    pub fn media_type(&self) -> String {
        let value = self.header("content-type").unwrap_or("");
        value.split(';').next().unwrap_or("").trim().to_ascii_lowercase()
    }

    /// The body without its content coding, at most `limit` bytes; empty when it cannot be decoded.
    pub fn decoded(&self, limit: usize) -> Vec<u8> {
        let codings: Vec<&str> =
            self.headers.get_all("content-encoding").iter().filter_map(|v| v.to_str().ok()).collect();
        survey_archive::decode_content(&self.exchange.body, &codings.join(","), limit).unwrap_or_default()
    }
}

#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    #[error(transparent)]
    Dial(#[from] DialError),
    #[error(transparent)]
    Tls(#[from] TlsError),
    #[error("no answer within {0} s")]
    Timeout(u64),
    #[error("broken answer: {0}")]
    Broken(String),
}

impl FetchError {
    /// The word of `FailureNote::kind`.
    pub fn kind(&self) -> &'static str {
        match self {
            FetchError::Dial(DialError::Dns { .. }) => "dns",
            FetchError::Dial(DialError::Refused { .. }) => "refused_address",
            FetchError::Dial(DialError::Connect { .. }) => "connect",
            FetchError::Dial(DialError::Timeout { .. }) | FetchError::Timeout(_) => "timeout",
            FetchError::Tls(_) => "tls",
            FetchError::Broken(_) => "broken_body",
        }
    }
}

struct Connection {
    sender: SendRequest<Empty<Bytes>>,
    head: Head,
    ip: IpAddr,
}

type Place = (bool, String, u16);

/// A client with kept-alive connections per host.
pub struct Client {
    dialler: Dialler,
    tls: Tls,
    agent: String,
    idle: Mutex<HashMap<Place, Vec<Connection>>>,
    tls_seen: Mutex<HashMap<String, TlsNote>>,
    received: AtomicU64,
}

impl Client {
    pub fn new(dialler: Dialler, tls: Tls, agent: &str) -> Self {
        Self {
            dialler,
            tls,
            agent: agent.to_owned(),
            idle: Mutex::default(),
            tls_seen: Mutex::default(),
            received: AtomicU64::new(0),
        }
    }

    pub fn dialler(&self) -> &Dialler {
        &self.dialler
    }

    /// Body bytes received so far.
    pub fn received(&self) -> u64 {
        self.received.load(Ordering::Relaxed)
    }

    /// What the last handshake with this host showed.
    pub fn tls_note(&self, host: &str) -> Option<TlsNote> {
        self.tls_seen.lock().ok().and_then(|seen| seen.get(host).cloned())
    }

    /// Asks once; redirects are answers like others.
    ///
    /// # Errors
    /// When no head came: a body that stops early is an answer with [`Exchange::truncated`] set.
    pub async fn ask(&self, ask: &Ask) -> Result<Answer, FetchError> {
        let until = Instant::now() + ask.deadline;
        let place = place(&ask.url)?;
        while let Some(kept) = self.kept(&place) {
            // A server may close a kept connection at any moment: then the request goes out again, freshly.
            match self.exchange(ask, kept, &place, until).await {
                Err(Sent::NotAnswered(_)) => {}
                Err(Sent::Failed(e)) => return Err(e),
                Ok(answer) => return Ok(answer),
            }
        }
        let timeout = || FetchError::Timeout(ask.deadline.as_secs());
        let fresh = tokio::time::timeout_at(until, self.open(&place)).await.map_err(|_| timeout())??;
        self.exchange(ask, fresh, &place, until).await.map_err(|e| match e {
            Sent::NotAnswered(e) | Sent::Failed(e) => e,
        })
    }

    /// Opens and closes a TLS connection for what it shows ([`Client::tls_note`]).
    ///
    /// # Errors
    /// When the host does not answer with TLS in time.
    pub async fn handshake(&self, url: &Url, deadline: Duration) -> Result<(), FetchError> {
        let place = place(url)?;
        tokio::time::timeout(deadline, self.open(&place))
            .await
            .map_err(|_| FetchError::Timeout(deadline.as_secs()))??;
        Ok(())
    }

    fn kept(&self, place: &Place) -> Option<Connection> {
        let mut idle = self.idle.lock().ok()?;
        let list = idle.get_mut(place)?;
        while let Some(c) = list.pop() {
            if c.sender.is_ready() {
                return Some(c);
            }
        }
        None
    }

    async fn open(&self, place: &Place) -> Result<Connection, FetchError> {
        let (secure, host, port) = place;
        let (stream, address) = self.dialler.dial(host, *port).await?;
        let head = Head::default();
        let mut http = Builder::new();
        http.max_headers(MAX_HEADERS)
            .max_header_size(MAX_HEAD_BYTES)
            .allow_spaces_after_header_name_in_responses(true)
            .allow_obsolete_multiline_headers_in_responses(true)
            .ignore_invalid_headers_in_responses(true);
        let broken = |e: hyper::Error| FetchError::Broken(reason(&e));
        let sender = if *secure {
            let (stream, note) = self.tls.connect(host, stream).await?;
            if let Ok(mut seen) = self.tls_seen.lock() {
                seen.insert(host.clone(), note);
            }
            let io = TokioIo::new(Tap { inner: stream, head: head.clone() });
            let (sender, connection) = http.handshake(io).await.map_err(broken)?;
            tokio::spawn(connection);
            sender
        } else {
            let io = TokioIo::new(Tap { inner: stream, head: head.clone() });
            let (sender, connection) = http.handshake(io).await.map_err(broken)?;
            tokio::spawn(connection);
            sender
        };
        Ok(Connection { sender, head, ip: address.ip() })
    }

    async fn exchange(&self, ask: &Ask, mut on: Connection, place: &Place, until: Instant) -> Result<Answer, Sent> {
        let (request, sent) = self.request(ask).map_err(Sent::Failed)?;
        let date = clock::now();
        on.head.reset();
        let timeout = || Sent::Failed(FetchError::Timeout(ask.deadline.as_secs()));
        let answer = tokio::time::timeout_at(until, on.sender.send_request(request)).await.map_err(|_| timeout())?;
        let answer = answer.map_err(|e| {
            let error = FetchError::Broken(reason(&e));
            if e.is_canceled() || e.is_closed() || e.is_incomplete_message() {
                Sent::NotAnswered(error)
            } else {
                Sent::Failed(error)
            }
        })?;
        let (parts, body) = answer.into_parts();
        let (head, ip) = (on.head.take(), on.ip);
        let (body, truncated) = self.body(ask, &parts.headers, body, until).await;
        if truncated.is_none()
            && let Ok(mut idle) = self.idle.lock()
        {
            idle.entry(place.clone()).or_default().push(on);
        }
        let exchange = Exchange { url: ask.url.to_string(), date, ip: Some(ip), request: sent, head, body, truncated };
        Ok(Answer { exchange, status: parts.status.as_u16(), headers: parts.headers })
    }

    async fn body(
        &self,
        ask: &Ask,
        headers: &HeaderMap,
        mut body: Incoming,
        until: Instant,
    ) -> (Vec<u8>, Option<Truncated>) {
        let declared = headers.get("content-length").and_then(|v| v.to_str().ok()).and_then(|v| v.parse::<u64>().ok());
        if ask.method != Method::HEAD && declared.is_some_and(|d| d > ask.max_declared) {
            return (Vec::new(), Some(Truncated::Length));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(declared.unwrap_or(0).min(1 << 20)).unwrap_or(0));
        loop {
            match tokio::time::timeout_at(until, body.frame()).await {
                Err(_) => return (bytes, Some(Truncated::Time)),
                Ok(None) => return (bytes, None),
                Ok(Some(Err(_))) => return (bytes, Some(Truncated::Disconnect)),
                Ok(Some(Ok(frame))) => {
                    let Ok(data) = frame.into_data() else { continue };
                    self.received.fetch_add(data.len() as u64, Ordering::Relaxed);
                    let room = usize::try_from(ask.max_body).unwrap_or(usize::MAX).saturating_sub(bytes.len());
                    bytes.extend_from_slice(data.get(..room.min(data.len())).unwrap_or_default());
                    if data.len() > room {
                        return (bytes, Some(Truncated::Length));
                    }
                }
            }
        }
    }

    fn request(&self, ask: &Ask) -> Result<(Request<Empty<Bytes>>, Vec<u8>), FetchError> {
        let broken = |e: &dyn std::fmt::Display| FetchError::Broken(format!("the address cannot be asked for: {e}"));
        let path = &ask.url[Position::BeforePath..Position::AfterQuery];
        let uri: Uri = path.parse().map_err(|e: http::uri::InvalidUri| broken(&e))?;
        let host = &ask.url[Position::BeforeHost..Position::AfterPort];
        let mut fields = vec![
            ("host", host),
            ("user-agent", self.agent.as_str()),
            ("accept", ask.accept),
            // Not brotli: every reader of WARC files unpacks gzip, few unpack brotli.
            ("accept-encoding", "gzip, deflate"),
        ];
        if let Some(cookies) = &ask.cookies {
            fields.push(("cookie", cookies));
        }
        let mut request = Request::builder().method(&ask.method).uri(uri);
        let mut sent = format!("{} {path} HTTP/1.1\r\n", ask.method);
        for (name, value) in fields {
            request = request.header(name, value);
            sent.push_str(&format!("{name}: {value}\r\n"));
        }
        sent.push_str("\r\n");
        let request = request.body(Empty::new()).map_err(|e| broken(&e))?;
        Ok((request, sent.into_bytes()))
    }
}

enum Sent {
    NotAnswered(FetchError),
    Failed(FetchError),
}

fn place(url: &Url) -> Result<Place, FetchError> {
    let host = url.host_str().ok_or_else(|| FetchError::Broken("the address has no host".into()))?;
    let port = url.port_or_known_default().ok_or_else(|| FetchError::Broken("the address has no port".into()))?;
    Ok((url.scheme() == "https", host.to_owned(), port))
}

fn reason(e: &hyper::Error) -> String {
    match std::error::Error::source(e) {
        Some(source) => format!("{e}: {source}"),
        None => e.to_string(),
    }
}
