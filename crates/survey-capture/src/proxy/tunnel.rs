//! Tunnels to mapped hosts. A browser asks for `https://` where its own list of hosts (HSTS preload) says so, whatever the
//! page's link says; when the mapped port speaks only plain HTTP, TLS ends here and the words go on in plain.

use std::collections::BTreeSet;
use std::io::Cursor;
use std::sync::{Arc, Mutex, PoisonError};

use rustls_pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::TlsAcceptor;

use super::*;

/// Record types of TLS 1.3 (RFC 8446 §5.1).
const ALERT: u8 = 21;
const HANDSHAKE: u8 = 22;
/// Bytes of a record's head, and of a whole record at most (RFC 8446 §5.2).
const RECORD_HEAD: usize = 5;
const MAX_RECORD: usize = RECORD_HEAD + (1 << 14) + 256;
/// Time for a mapped port to answer a greeting.
const GREETING: Duration = Duration::from_secs(10);

/// Knows which mapped hosts answer in plain only, and speaks TLS in their place.
pub struct Plain {
    acceptor: Option<TlsAcceptor>,
    hosts: Mutex<BTreeSet<String>>,
}

impl Plain {
    pub fn new() -> Self {
        Self { acceptor: acceptor(), hosts: Mutex::default() }
    }

    pub fn hosts(&self) -> Vec<String> {
        self.hosts.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    fn is_known(&self, host: &str) -> bool {
        self.hosts.lock().unwrap_or_else(PoisonError::into_inner).contains(host)
    }

    fn learn(&self, host: &str) {
        self.hosts.lock().unwrap_or_else(PoisonError::into_inner).insert(host.to_owned());
    }
}

/// A certificate of nobody: the browser was told not to look at certificates, the capture's own handshake judges them.
fn acceptor() -> Option<TlsAcceptor> {
    let made = rcgen::generate_simple_self_signed(["mapped.invalid".to_owned()]).ok()?;
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
    let config = rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .ok()?
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .ok()?;
    Some(TlsAcceptor::from(Arc::new(config)))
}

/// Carries a tunnel to a mapped host whose connection is open.
pub async fn carry(
    mut client: TcpStream,
    mut server: TcpStream,
    rest: Vec<u8>,
    to: (&str, u16),
    dialler: &Dialler,
    plain: &Plain,
    budget: &AtomicU64,
) -> std::io::Result<()> {
    client.write_all(ESTABLISHED).await?;
    let first = greeting(&mut client, rest).await?;
    let tls = first.first() == Some(&HANDSHAKE);
    let mut heard = Vec::new();
    if tls && !plain.is_known(to.0) {
        server.write_all(&first).await?;
        let answered = tokio::time::timeout(GREETING, server.read_buf(&mut heard)).await;
        answered.map_err(std::io::Error::other)?.ok();
        if !matches!(heard.first(), Some(&(HANDSHAKE | ALERT))) {
            plain.learn(to.0);
            (server, _) = dialler.dial(to.0, to.1).await.map_err(std::io::Error::other)?;
        }
    }
    let (from_server, mut to_server) = server.into_split();
    match &plain.acceptor {
        Some(acceptor) if tls && plain.is_known(to.0) => {
            let (reads, writes) = client.into_split();
            let replayed = tokio::io::join(Cursor::new(first).chain(reads), writes);
            let (reads, writes) = tokio::io::split(acceptor.accept(replayed).await?);
            relay(reads, writes, from_server, to_server, budget).await
        }
        _ => {
            if heard.is_empty() {
                to_server.write_all(&first).await?;
            }
            client.write_all(&heard).await?;
            let (reads, writes) = client.into_split();
            relay(reads, writes, from_server, to_server, budget).await
        }
    }
}

/// What the browser says first; of TLS, the whole first record.
async fn greeting(client: &mut TcpStream, mut first: Vec<u8>) -> std::io::Result<Vec<u8>> {
    loop {
        let whole = match first.as_slice() {
            [HANDSHAKE, _, _, high, low, ..] => RECORD_HEAD + usize::from(u16::from_be_bytes([*high, *low])),
            [HANDSHAKE, ..] | [] => RECORD_HEAD,
            _ => 1,
        };
        if first.len() >= whole.min(MAX_RECORD) {
            return Ok(first);
        }
        let read = tokio::time::timeout(IDLE, client.read_buf(&mut first)).await.map_err(std::io::Error::other)??;
        if read == 0 {
            return Ok(first);
        }
    }
}
