//! A web server on loopback that does what it is told, and remembers who asked for what.

#![allow(dead_code, reason = "each test file uses its part")]

use std::collections::BTreeMap;
use std::future::Future;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use survey_archive::Archive;
use survey_archive::notes::{FailureNote, HostNote, Note};
use survey_capture::{Options, Silent, Summary};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// One request.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Path with query.
    pub path: String,
    pub method: String,
    /// The whole head in lower case.
    pub head: String,
    /// How often this path was asked before.
    pub before: u32,
}

pub struct Site {
    pub address: SocketAddr,
    hits: Arc<Mutex<BTreeMap<String, u32>>>,
}

impl Site {
    pub async fn start<F, Fut>(answer: F) -> Self
    where
        F: Fn(Asked, TcpStream) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = ()> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("bind");
        let address = listener.local_addr().expect("address");
        let hits: Arc<Mutex<BTreeMap<String, u32>>> = Arc::default();
        let (answer, seen) = (Arc::new(answer), hits.clone());
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let (answer, seen) = (answer.clone(), seen.clone());
                tokio::spawn(async move {
                    let Some(mut asked) = read(&mut stream).await else { return };
                    if let Ok(mut seen) = seen.lock() {
                        let n = seen.entry(asked.path.clone()).or_default();
                        asked.before = *n;
                        *n += 1;
                    }
                    answer(asked, stream).await;
                });
            }
        });
        Self { address, hits }
    }

    /// A site of fixed pages; everything else is 404.
    pub async fn pages(pages: &[(&str, &str)]) -> Self {
        let pages: BTreeMap<String, String> = pages.iter().map(|(p, b)| ((*p).to_owned(), (*b).to_owned())).collect();
        let pages = Arc::new(pages);
        Self::start(move |asked, stream| {
            let pages = pages.clone();
            async move {
                match pages.get(&asked.path) {
                    Some(body) => html(stream, body).await,
                    None => status(stream, 404, "", "gone").await,
                }
            }
        })
        .await
    }

    pub fn hits(&self, path: &str) -> u32 {
        self.hits.lock().expect("hits").get(path).copied().unwrap_or(0)
    }

    pub fn asked(&self) -> Vec<String> {
        self.hits.lock().expect("hits").keys().cloned().collect()
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Options that end soon, for a start on this site.
    pub fn options(&self, out: &Path) -> Options {
        let mut options = Options::new(self.url("/").parse().expect("url"), out.to_owned());
        options.allow_private = true;
        options.browser = false;
        options.budget = 60;
        options.max_time = Duration::from_secs(40);
        options.limits.request_time = Duration::from_secs(3);
        options.limits.connect_time = Duration::from_secs(2);
        options.limits.page_bytes = 1 << 20;
        options.limits.document_bytes = 2 << 20;
        options.limits.retry_after = Duration::from_secs(2);
        options.limits.probes = false;
        options
    }
}

async fn read(stream: &mut TcpStream) -> Option<Asked> {
    let mut bytes = Vec::new();
    while !bytes.windows(4).any(|w| w == b"\r\n\r\n") {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
    let head = String::from_utf8_lossy(&bytes).into_owned();
    let mut words = head.split(' ');
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    Some(Asked { path, method, head: head.to_ascii_lowercase(), before: 0 })
}

pub async fn raw(mut stream: TcpStream, bytes: impl AsRef<[u8]>) {
    let _ = stream.write_all(bytes.as_ref()).await;
    let _ = stream.shutdown().await;
}

pub async fn html(stream: TcpStream, body: impl AsRef<[u8]>) {
    answer(stream, 200, "Content-Type: text/html; charset=utf-8\r\n", body.as_ref()).await;
}

/// `fields` are whole lines with CRLF.
pub async fn status(stream: TcpStream, status: u16, fields: &str, body: &str) {
    answer(stream, status, &format!("Content-Type: text/html\r\n{fields}"), body.as_bytes()).await;
}

pub async fn answer(stream: TcpStream, status: u16, fields: &str, body: &[u8]) {
    let head = format!("HTTP/1.1 {status} X\r\n{fields}Content-Length: {}\r\nConnection: close\r\n\r\n", body.len());
    raw(stream, [head.as_bytes(), body].concat()).await;
}

/// What a capture left.
pub struct Evidence {
    pub summary: Summary,
    pub archive: Archive,
    pub took: Duration,
}

pub async fn capture(options: Options) -> Evidence {
    let began = Instant::now();
    let (_keep, stop) = tokio::sync::watch::channel(false);
    let summary = survey_capture::capture(options, &Silent, stop).await.expect("a hostile site is no error");
    let archive = Archive::open(&summary.evidence).expect("archive");
    assert!(!archive.torn());
    Evidence { summary, archive, took: began.elapsed() }
}

impl Evidence {
    pub fn failures(&self) -> Vec<FailureNote> {
        let notes = self.archive.notes().expect("notes").into_iter();
        notes.filter_map(|(_, n)| if let Note::Failure(f) = n { Some(f) } else { None }).collect()
    }

    pub fn failed(&self, path_end: &str, kind: &str) -> bool {
        self.failures().iter().any(|f| f.url.ends_with(path_end) && f.kind == kind)
    }

    pub fn hosts(&self) -> Vec<HostNote> {
        let notes = self.archive.notes().expect("notes").into_iter();
        notes.filter_map(|(_, n)| if let Note::Host(f) = n { Some(f) } else { None }).collect()
    }

    /// Paths that answered 200.
    pub fn read(&self) -> Vec<String> {
        let responses = self.archive.responses().map(|r| r.expect("response")).filter(|r| r.status == 200);
        responses.map(|r| r.url.splitn(4, '/').nth(3).map(|p| format!("/{p}")).unwrap_or_default()).collect()
    }

    pub fn says(&self, words: &str) -> bool {
        self.summary.note.limits.iter().any(|l| l.contains(words))
    }
}

/// Peak memory of this process, where the system tells it. nextest runs each test in its own process.
pub fn peak_megabytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|l| l.starts_with("VmHWM:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? / 1024)
}

pub fn memory_is_bounded() {
    if let Some(peak) = peak_megabytes() {
        assert!(peak < 300, "peak memory {peak} MB");
    }
}
