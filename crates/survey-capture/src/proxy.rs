//! The forward proxy for the browser: HTTP and CONNECT on loopback, every connection through the one dialler and its
//! guard, and all bytes counted against a budget.

mod tunnel;

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::AbortHandle;
use url::Url;

use outbound::{DialError, Dialler};

const MAX_HEAD: usize = 64 * 1024;
const MAX_CONNECTIONS: usize = 128;
/// A connection on which nothing moves for so long is closed.
const IDLE: Duration = Duration::from_secs(60);
const ESTABLISHED: &[u8] = b"HTTP/1.1 200 Connection established\r\n\r\n";

/// A running proxy; it ends when dropped.
pub struct Proxy {
    pub address: SocketAddr,
    left: Arc<AtomicU64>,
    plain: Arc<tunnel::Plain>,
    task: AbortHandle,
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Proxy {
    /// Listens on a free port of loopback; at most `bytes` go from servers to the browser.
    ///
    /// # Errors
    /// When no port can be opened.
    pub async fn start(dialler: Dialler, bytes: u64) -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let left = Arc::new(AtomicU64::new(bytes));
        let plain = Arc::new(tunnel::Plain::new());
        let known = plain.clone();
        let (budget, room) = (left.clone(), Arc::new(Semaphore::new(MAX_CONNECTIONS)));
        let task = tokio::spawn(async move {
            loop {
                let Ok(turn) = room.clone().acquire_owned().await else { return };
                let Ok((client, _)) = listener.accept().await else { continue };
                let (dialler, budget, plain) = (dialler.clone(), budget.clone(), known.clone());
                tokio::spawn(async move {
                    let _ = serve(client, &dialler, address.port(), &plain, &budget).await;
                    drop(turn);
                });
            }
        });
        Ok(Self { address, left, plain, task: task.abort_handle() })
    }

    /// Bytes that may still come.
    pub fn left(&self) -> u64 {
        self.left.load(Ordering::Relaxed)
    }

    /// Mapped hosts that were asked for by TLS and answered in plain.
    pub fn answered_in_plain(&self) -> Vec<String> {
        self.plain.hosts()
    }
}

async fn serve(
    mut client: TcpStream,
    dialler: &Dialler,
    own_port: u16,
    plain: &tunnel::Plain,
    budget: &AtomicU64,
) -> std::io::Result<()> {
    let Ok(Some((head, rest))) = tokio::time::timeout(IDLE, head(&mut client)).await.map_err(std::io::Error::other)?
    else {
        return refuse(&mut client, 400, "not an HTTP request").await;
    };
    let Some(wanted) = Wanted::read(&head) else { return refuse(&mut client, 400, "not a proxy request").await };
    // The proxy itself is on loopback: no page may reach it through itself.
    if wanted.port == own_port && dialler.is_near(&wanted.host) && !dialler.is_mapped(&wanted.host) {
        return refuse(&mut client, 403, "this is the proxy").await;
    }
    if budget.load(Ordering::Relaxed) == 0 {
        return refuse(&mut client, 509, "the byte budget is used up").await;
    }
    let server = match dialler.dial(&wanted.host, wanted.port).await {
        Ok((server, _)) => server,
        Err(e @ DialError::Refused { .. }) => return refuse(&mut client, 403, &e.to_string()).await,
        Err(e) => return refuse(&mut client, 502, &e.to_string()).await,
    };
    if wanted.forward.is_none() && dialler.is_mapped(&wanted.host) {
        return tunnel::carry(client, server, rest, (&wanted.host, wanted.port), dialler, plain, budget).await;
    }
    pass(client, server, wanted.forward, rest, budget).await
}

/// What a proxy request wants: where to, and what to send there first (nothing: CONNECT).
struct Wanted {
    host: String,
    port: u16,
    forward: Option<Vec<u8>>,
}

impl Wanted {
    fn read(head: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(head).ok()?;
        let (line, fields) = text.split_once("\r\n")?;
        let mut words = line.split(' ');
        let (method, target) = (words.next()?, words.next()?);
        if method == "CONNECT" {
            let (host, port) = target.rsplit_once(':')?;
            return Some(Self { host: host.to_ascii_lowercase(), port: port.parse().ok()?, forward: None });
        }
        let url = Url::parse(target).ok().filter(|u| u.scheme() == "http")?;
        let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
        let mut forward = format!("{method} {path} HTTP/1.1\r\n");
        for field in fields.split("\r\n").filter(|f| !f.is_empty()) {
            let name = field.split(':').next().unwrap_or("").to_ascii_lowercase();
            if !matches!(
                name.as_str(),
                "proxy-connection" | "proxy-authorization" | "connection" | "keep-alive" | "upgrade"
            ) {
                forward.push_str(field);
                forward.push_str("\r\n");
            }
        }
        // One request for each connection keeps the proxy free of any reading of bodies.
        forward.push_str("Connection: close\r\n\r\n");
        Some(Self {
            host: url.host_str()?.to_owned(),
            port: url.port_or_known_default()?,
            forward: Some(forward.into_bytes()),
        })
    }
}

async fn head(client: &mut TcpStream) -> std::io::Result<Option<(Vec<u8>, Vec<u8>)>> {
    let mut bytes = Vec::with_capacity(2048);
    loop {
        if let Some(end) = bytes.windows(4).position(|w| w == b"\r\n\r\n") {
            let rest = bytes.split_off(end + 4);
            return Ok(Some((bytes, rest)));
        }
        if bytes.len() > MAX_HEAD || client.read_buf(&mut bytes).await? == 0 {
            return Ok(None);
        }
    }
}

async fn refuse(client: &mut TcpStream, status: u16, why: &str) -> std::io::Result<()> {
    let answer = format!(
        "HTTP/1.1 {status} Refused\r\nContent-Type: text/plain\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{why}",
        why.len()
    );
    client.write_all(answer.as_bytes()).await?;
    client.shutdown().await
}

async fn pass(
    client: TcpStream,
    server: TcpStream,
    forward: Option<Vec<u8>>,
    rest: Vec<u8>,
    budget: &AtomicU64,
) -> std::io::Result<()> {
    let (from_client, mut to_client) = client.into_split();
    let (from_server, mut to_server) = server.into_split();
    match forward {
        Some(request) => to_server.write_all(&request).await?,
        None => to_client.write_all(ESTABLISHED).await?,
    }
    to_server.write_all(&rest).await?;
    relay(from_client, to_client, from_server, to_server, budget).await
}

/// Both ways until the server has ended or the budget has; what the server sends is counted.
async fn relay(
    mut from_client: impl AsyncRead + Unpin,
    mut to_client: impl AsyncWrite + Unpin,
    mut from_server: impl AsyncRead + Unpin,
    mut to_server: impl AsyncWrite + Unpin,
    budget: &AtomicU64,
) -> std::io::Result<()> {
    let up = async {
        tokio::io::copy(&mut from_client, &mut to_server).await?;
        to_server.shutdown().await
    };
    let down = async {
        let mut buffer = vec![0u8; 32 * 1024];
        loop {
            let n =
                tokio::time::timeout(IDLE, from_server.read(&mut buffer)).await.map_err(std::io::Error::other)??;
            let part = buffer.get(..n).unwrap_or_default();
            let spent = budget.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                (left > 0).then(|| left.saturating_sub(n as u64))
            });
            if n == 0 || spent.is_err() {
                return to_client.shutdown().await;
            }
            to_client.write_all(part).await?;
            to_client.flush().await?;
        }
    };
    // When the server has ended, nothing more will be asked on this connection.
    tokio::select! {
        done = down => done,
        Err(e) = up => Err(e),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use outbound::SystemResolver;

    async fn origin() -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("bind");
        let at = listener.local_addr().expect("address");
        tokio::spawn(async move {
            while let Ok((mut c, _)) = listener.accept().await {
                let mut asked = vec![0; 4096];
                let n = c.read(&mut asked).await.expect("read");
                let first = String::from_utf8_lossy(&asked[..n]).lines().next().unwrap_or("").to_owned();
                let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{first}", first.len());
                c.write_all(answer.as_bytes()).await.expect("write");
            }
        });
        at
    }

    async fn through(proxy: &Proxy, request: &str) -> String {
        let mut c = TcpStream::connect(proxy.address).await.expect("connect");
        c.write_all(request.as_bytes()).await.expect("write");
        let mut said = String::new();
        c.read_to_string(&mut said).await.expect("read");
        said
    }

    #[tokio::test]
    async fn mapped_hosts_are_reached_and_private_ones_refused() {
        let at = origin().await;
        let dialler =
            Dialler::new(Arc::new(SystemResolver), false, &[("city.example".into(), at)], Duration::from_secs(2));
        let proxy = Proxy::start(dialler, 1_000_000).await.expect("start");
        let said = through(
            &proxy,
            "GET http://city.example/a?b HTTP/1.1\r\nHost: city.example\r\nProxy-Connection: keep-alive\r\n\r\n",
        )
        .await;
        assert!(said.ends_with("GET /a?b HTTP/1.1"), "{said}");
        assert!(proxy.left() < 1_000_000);
        let said = through(&proxy, "CONNECT city.example:443 HTTP/1.1\r\n\r\nGET /tunnel HTTP/1.1\r\n\r\n").await;
        assert!(said.contains("200 Connection established") && said.ends_with("GET /tunnel HTTP/1.1"), "{said}");
        for private in [
            format!("GET http://127.0.0.1:{}/ HTTP/1.1\r\n\r\n", at.port()),
            "CONNECT 169.254.169.254:80 HTTP/1.1\r\n\r\n".into(),
        ] {
            assert!(through(&proxy, &private).await.starts_with("HTTP/1.1 403"), "{private}");
        }
        assert!(through(&proxy, "GET / HTTP/1.1\r\n\r\n").await.starts_with("HTTP/1.1 400"));
    }

    #[tokio::test]
    async fn a_mapped_host_that_answers_in_plain_is_reached_by_tls_too() {
        let at = origin().await;
        let dialler =
            Dialler::new(Arc::new(SystemResolver), false, &[("city.example".into(), at)], Duration::from_secs(2));
        let proxy = Proxy::start(dialler, 1_000_000).await.expect("start");
        let tls = crate::tls::Tls::new(None).expect("tls");
        for _ in 0..2 {
            let mut c = TcpStream::connect(proxy.address).await.expect("connect");
            c.write_all(b"CONNECT city.example:443 HTTP/1.1\r\n\r\n").await.expect("write");
            let (_, rest) = head(&mut c).await.expect("read").expect("head");
            assert!(rest.is_empty());
            let (mut c, _) = tls.connect("city.example", c).await.expect("handshake");
            c.write_all(b"GET /inside HTTP/1.1\r\n\r\n").await.expect("write");
            let mut said = vec![0; 1000];
            let n = c.read(&mut said).await.expect("read");
            assert!(String::from_utf8_lossy(&said[..n]).contains("GET /inside"));
        }
        assert_eq!(proxy.answered_in_plain(), ["city.example"]);
    }

    #[tokio::test]
    async fn the_proxy_does_not_lead_to_itself_and_stops_at_its_budget() {
        let at = origin().await;
        let dialler = Dialler::new(Arc::new(SystemResolver), true, &[], Duration::from_secs(2));
        let proxy = Proxy::start(dialler, 10).await.expect("start");
        let own = format!("GET http://127.0.0.1:{}/ HTTP/1.1\r\n\r\n", proxy.address.port());
        assert!(through(&proxy, &own).await.starts_with("HTTP/1.1 403"));
        let to = format!("GET http://{at}/ HTTP/1.1\r\n\r\n");
        let _ = through(&proxy, &to).await;
        assert_eq!(proxy.left(), 0);
        assert!(through(&proxy, &to).await.starts_with("HTTP/1.1 509"));
    }
}
