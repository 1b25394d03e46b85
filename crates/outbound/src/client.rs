//! HTTP for programs: one request, one whole answer, nothing followed, everything bounded.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::header::{CONTENT_LENGTH, HOST, USER_AGENT};
use http::uri::PathAndQuery;
use http::{HeaderValue, Request, Response, Uri};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::client::conn::http1::{Builder, SendRequest};
use hyper_util::rt::TokioIo;
use rustls::ClientConfig;
use rustls_pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::TlsConnector;

use crate::guard::{DialError, Dialler};
use crate::trust::{TrustError, roots};

const MOST_HEAD_BYTES: usize = 64 * 1024;

pub struct Options {
    pub dialler: Dialler,
    /// PEM files with further trust anchors: private authorities, tests.
    pub trust: Vec<PathBuf>,
    /// From looking the name up to the last byte of the answer.
    pub timeout: Duration,
    /// A longer body is an error, not a cut body.
    pub most_bytes: usize,
    /// `User-Agent` where the request has none.
    pub agent: String,
}

/// Why there is no answer. Safe to log: names host and port, never path, query, header or body, since gateways carry
/// their keys there.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    #[error("the address must begin with http:// or https:// and name a host")]
    Address,
    #[error("the address of {place} holds a name or password before @; put them into their own settings")]
    Credentials { place: String },
    #[error("{0}; when it is the city's own server, name it among the hosts that may be private")]
    Private(DialError),
    #[error("{0}; check the address and the network")]
    Dial(DialError),
    #[error("TLS with {place}: {why}; a private authority's certificate goes into the trusted PEM files")]
    Tls { place: String, why: String },
    #[error("no answer within {seconds} s from {place}; try again later")]
    Timeout { place: String, seconds: u64 },
    #[error("the answer of {place} is longer than {most_bytes} bytes and was not read to its end")]
    TooLarge { place: String, most_bytes: usize },
    #[error("broken answer of {place}: {why}; try again later")]
    Broken { place: String, why: String },
}

impl FetchError {
    /// The same request may succeed later without anybody changing the configuration.
    pub fn is_temporary(&self) -> bool {
        matches!(self, FetchError::Dial(_) | FetchError::Timeout { .. } | FetchError::Broken { .. })
    }
}

/// The address that answered, among the answer's extensions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Peer(pub SocketAddr);

/// One HTTP/1.1 client for everything that the portal asks of other servers. Redirects are answers like others: whoever
/// wants one followed asks again, and the new address is checked like the first.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    dialler: Dialler,
    tls: TlsConnector,
    timeout: Duration,
    most_bytes: usize,
    agent: HeaderValue,
}

impl Client {
    /// # Errors
    /// When a trust file cannot be used.
    pub fn new(options: Options) -> Result<Client, TrustError> {
        let roots = roots(options.trust.iter().map(PathBuf::as_path))?;
        let mut config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|e| TrustError(e.to_string()))?
            .with_root_certificates(roots)
            .with_no_client_auth();
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Client(Arc::new(Inner {
            dialler: options.dialler,
            tls: TlsConnector::from(Arc::new(config)),
            timeout: options.timeout,
            most_bytes: options.most_bytes,
            agent: HeaderValue::from_str(&options.agent).unwrap_or(HeaderValue::from_static("madang")),
        })))
    }

    /// Sends the request, whose address is absolute, and reads the answer whole.
    ///
    /// # Errors
    /// When there is no whole answer. A status of 400 and above is an answer.
    pub async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, FetchError> {
        let place = Place::of(request.uri())?;
        let work = self.0.exchange(&place, request);
        tokio::time::timeout(self.0.timeout, work)
            .await
            .map_err(|_| FetchError::Timeout { place: place.to_string(), seconds: self.0.timeout.as_secs() })?
    }
}

impl Inner {
    async fn exchange(&self, place: &Place, request: Request<Bytes>) -> Result<Response<Bytes>, FetchError> {
        let request = self.prepared(place, request)?;
        let (mut sender, peer) = self.open(place).await?;
        let answer = sender.send_request(request).await.map_err(|e| place.broken(&e))?;
        let (mut parts, body) = answer.into_parts();
        parts.extensions.insert(peer);
        let declared = parts.headers.get(CONTENT_LENGTH).and_then(|v| v.to_str().ok()).and_then(|v| v.parse().ok());
        let body = self.body(place, declared, body).await?;
        Ok(Response::from_parts(parts, body))
    }

    fn prepared(&self, place: &Place, request: Request<Bytes>) -> Result<Request<Full<Bytes>>, FetchError> {
        let (mut parts, body) = request.into_parts();
        let path = parts.uri.path_and_query().cloned().unwrap_or(PathAndQuery::from_static("/"));
        parts.uri = Uri::from(path);
        parts.headers.insert(HOST, HeaderValue::from_str(&place.shown).map_err(|_| FetchError::Address)?);
        parts.headers.entry(USER_AGENT).or_insert_with(|| self.agent.clone());
        Ok(Request::from_parts(parts, Full::new(body)))
    }

    async fn open(&self, place: &Place) -> Result<(SendRequest<Full<Bytes>>, Peer), FetchError> {
        let (stream, peer) = self.dialler.dial(&place.host, place.port).await.map_err(|e| match e {
            DialError::Refused { .. } => FetchError::Private(e),
            other => FetchError::Dial(other),
        })?;
        if !place.secure {
            return Ok((handshake(place, stream).await?, Peer(peer)));
        }
        let failed = |why: String| FetchError::Tls { place: place.to_string(), why };
        let bare = place.host.trim_start_matches('[').trim_end_matches(']').to_owned();
        let name = ServerName::try_from(bare).map_err(|e| failed(e.to_string()))?;
        let stream = self.tls.connect(name, stream).await.map_err(|e| failed(e.to_string()))?;
        Ok((handshake(place, stream).await?, Peer(peer)))
    }

    async fn body(&self, place: &Place, declared: Option<usize>, mut body: Incoming) -> Result<Bytes, FetchError> {
        let too_large = || FetchError::TooLarge { place: place.to_string(), most_bytes: self.most_bytes };
        if declared.is_some_and(|length| length > self.most_bytes) {
            return Err(too_large());
        }
        let mut bytes = BytesMut::new();
        while let Some(frame) = body.frame().await {
            let Ok(data) = frame.map_err(|e| place.broken(&e))?.into_data() else { continue };
            if bytes.len() + data.len() > self.most_bytes {
                return Err(too_large());
            }
            bytes.extend_from_slice(&data);
        }
        Ok(bytes.freeze())
    }
}

async fn handshake<S>(place: &Place, stream: S) -> Result<SendRequest<Full<Bytes>>, FetchError>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let mut http = Builder::new();
    http.max_buf_size(MOST_HEAD_BYTES);
    let (sender, connection) = http.handshake(TokioIo::new(stream)).await.map_err(|e| place.broken(&e))?;
    tokio::spawn(connection);
    Ok(sender)
}

/// Whom a request is for.
struct Place {
    secure: bool,
    host: String,
    port: u16,
    /// As in the address: without the scheme's own port.
    shown: String,
}

impl Place {
    fn of(uri: &Uri) -> Result<Place, FetchError> {
        let secure = match uri.scheme_str() {
            Some("https") => true,
            Some("http") => false,
            _ => return Err(FetchError::Address),
        };
        let authority = uri.authority().ok_or(FetchError::Address)?;
        let host = authority.host().to_ascii_lowercase();
        let own_port = if secure { 443 } else { 80 };
        let port = authority.port_u16().unwrap_or(own_port);
        let shown = if port == own_port { host.clone() } else { format!("{host}:{port}") };
        if host.is_empty() {
            return Err(FetchError::Address);
        }
        if authority.as_str().contains('@') {
            return Err(FetchError::Credentials { place: shown });
        }
        Ok(Place { secure, host, port, shown })
    }

    fn broken(&self, e: &hyper::Error) -> FetchError {
        let why = match std::error::Error::source(e) {
            Some(source) => format!("{e}: {source}"),
            None => e.to_string(),
        };
        FetchError::Broken { place: self.to_string(), why }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.shown)
    }
}
