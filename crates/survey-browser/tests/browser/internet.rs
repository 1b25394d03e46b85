//! A small internet: one forward proxy that answers for every host itself, `http` and `https`.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

pub struct Answer {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
    pub delay: Duration,
}

impl Answer {
    pub fn new(kind: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { status: 200, headers: vec![("Content-Type", kind.to_owned())], body: body.into(), delay: Duration::ZERO }
    }

    pub fn page(body: impl Into<Vec<u8>>) -> Self {
        Self::new("text/html; charset=utf-8", body)
    }

    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    pub fn missing() -> Self {
        Self { status: 404, ..Self::page("missing") }
    }
}

type Site = fn(&str) -> Answer;

pub struct Internet {
    pub proxy: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
    languages: Arc<Mutex<Vec<String>>>,
}

impl Internet {
    /// Serves `site`, which is given the whole address of each request.
    pub async fn serve(site: Site) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let proxy = listener.local_addr().expect("an address");
        let asked = Arc::new(Mutex::new(Vec::new()));
        let languages = Arc::new(Mutex::new(Vec::new()));
        let log = Log { asked: asked.clone(), languages: languages.clone() };
        let tls = acceptor();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (log, tls) = (Log { asked: log.asked.clone(), languages: log.languages.clone() }, tls.clone());
                tokio::spawn(async move {
                    let _ = connection(stream, site, log, tls).await;
                });
            }
        });
        Self { proxy, asked, languages }
    }

    /// Every address that was asked for, `CONNECT host:port` included.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("log").clone()
    }

    /// `Accept-Language` of every request that had one.
    pub fn languages(&self) -> Vec<String> {
        self.languages.lock().expect("log").clone()
    }
}

struct Log {
    asked: Arc<Mutex<Vec<String>>>,
    languages: Arc<Mutex<Vec<String>>>,
}

fn acceptor() -> TlsAcceptor {
    let made = rcgen::generate_simple_self_signed(["city.example".to_owned()]).expect("certificate");
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .expect("configuration");
    TlsAcceptor::from(Arc::new(config))
}

async fn connection(stream: TcpStream, site: Site, log: Log, tls: TlsAcceptor) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let target = head(&mut stream, &log).await?;
    log.asked.lock().expect("log").push(target.clone());
    let Some(host) = target.strip_prefix("CONNECT ") else {
        return answer(&mut stream, site(&target)).await;
    };
    stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await?;
    let mut stream = BufReader::new(tls.accept(stream).await?);
    let path = head(&mut stream, &log).await?;
    let url = format!("https://{}{path}", host.trim_end_matches(":443"));
    log.asked.lock().expect("log").push(url.clone());
    answer(&mut stream, site(&url)).await
}

/// Request target; `CONNECT ` stays in front of a tunnel's.
async fn head(stream: &mut (impl AsyncBufReadExt + Unpin), log: &Log) -> std::io::Result<String> {
    let mut first = String::new();
    stream.read_line(&mut first).await?;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 || line == "\r\n" {
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("accept-language")
        {
            log.languages.lock().expect("log").push(value.trim().to_owned());
        }
    }
    let mut parts = first.split(' ');
    let method = parts.next().unwrap_or_default();
    let target = parts.next().unwrap_or_default();
    Ok(match method {
        "CONNECT" => format!("CONNECT {target}"),
        _ => target.to_owned(),
    })
}

async fn answer(stream: &mut (impl AsyncRead + AsyncWrite + Unpin), answer: Answer) -> std::io::Result<()> {
    tokio::time::sleep(answer.delay).await;
    let mut head =
        format!("HTTP/1.1 {} X\r\nConnection: close\r\nContent-Length: {}\r\n", answer.status, answer.body.len());
    for (name, value) in answer.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(&answer.body).await?;
    stream.flush().await?;
    stream.shutdown().await
}
