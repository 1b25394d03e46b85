//! An audit that was killed goes on where its archive ends.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::Value;
use survey_archive::Archive;

use crate::madang;

const PAGES: usize = 60;
/// Of one page after the other: the archive reaches the disk (every two seconds) before the site is read.
const SLOW: Duration = Duration::from_millis(100);
static TURN: Mutex<()> = Mutex::new(());

/// Answers of a slow town by path.
type Answered = Arc<Mutex<BTreeMap<String, usize>>>;

fn slow_town() -> (SocketAddr, Answered) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("address");
    let answered = Answered::default();
    let counted = answered.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let counted = counted.clone();
            std::thread::spawn(move || serve(stream, &counted));
        }
    });
    (address, answered)
}

fn serve(mut stream: TcpStream, answered: &Answered) {
    let mut bytes = Vec::new();
    while !bytes.ends_with(b"\r\n\r\n") {
        let mut part = [0; 2048];
        match stream.read(&mut part) {
            Ok(read) if read > 0 => bytes.extend_from_slice(&part[..read]),
            _ => return,
        }
    }
    let head = String::from_utf8_lossy(&bytes).into_owned();
    let path = head.split(' ').nth(1).unwrap_or("/").to_owned();
    let page = if path == "/" { Some(0) } else { path.strip_prefix("/page/").and_then(|number| number.parse().ok()) };
    let (status, body) = match page.filter(|page| *page <= PAGES) {
        Some(page) => (200, html(page)),
        None => (404, "<!doctype html><title>Gone</title>".to_owned()),
    };
    if status == 200 {
        let _turn = TURN.lock().expect("turn");
        std::thread::sleep(SLOW);
    }
    let head = format!(
        "HTTP/1.1 {status} X\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    if stream.write_all(format!("{head}{body}").as_bytes()).is_ok() {
        *answered.lock().expect("count").entry(path).or_default() += 1;
    }
}

fn html(page: usize) -> String {
    let links: String = (1..=PAGES).map(|number| format!("<a href=\"/page/{number}\">Notice {number}</a> ")).collect();
    format!(
        "<!doctype html><html lang=\"en\"><title>Notice {page}</title><nav>{links}</nav><main><h1>Notice {page}</h1><p>Street number {page} is swept on day {page}, and the council thanks house {page}.</p></main></html>"
    )
}

fn audit(address: SocketAddr, folder: &Path) -> std::process::Command {
    let mut command = madang(folder);
    command.args(["audit", &format!("http://{address}/"), "--allow-private", "--budget", "100", "--out", "audit"]);
    command
}

fn pages_answered(answered: &Answered) -> BTreeMap<String, usize> {
    let answered = answered.lock().expect("count");
    answered.iter().filter(|(path, _)| path.starts_with("/page/")).map(|(path, times)| (path.clone(), *times)).collect()
}

#[test]
fn a_killed_audit_goes_on_and_ends_as_if_nothing_had_happened() {
    let folder = tempfile::tempdir().expect("folder");
    let (address, answered) = slow_town();
    let mut first = audit(address, folder.path()).stderr(Stdio::null()).stdout(Stdio::null()).spawn().expect("started");
    let began = Instant::now();
    let mut reading = None;
    while reading.is_none_or(|since: Instant| since.elapsed() < Duration::from_secs(3)) {
        assert!(began.elapsed() < Duration::from_secs(60), "the audit reads nothing");
        assert_eq!(first.try_wait().expect("state"), None, "it ended before it could be killed");
        std::thread::sleep(Duration::from_millis(20));
        if reading.is_none() && !pages_answered(&answered).is_empty() {
            reading = Some(Instant::now());
        }
    }
    first.kill().expect("kill -9");
    first.wait().expect("gone");
    let before = pages_answered(&answered);
    assert!(before.len() < PAGES, "killed in the middle: {}", before.len());
    let out = folder.path().join("audit");
    assert!(out.join("capture.json").exists() && !out.join("report.json").exists());

    let second = audit(address, folder.path()).output().expect("runs");
    assert!(second.status.success(), "{}", String::from_utf8_lossy(&second.stderr));
    let report = std::fs::read_to_string(out.join("report.json")).expect("report");
    let json: Value = serde_json::from_str(&report).expect("JSON");
    assert_eq!((&json["captured"]["stopped"], &json["pages"]["fetched"]), (&"complete".into(), &(PAGES + 1).into()));
    assert_eq!(json["criteria"].as_array().map(Vec::len), Some(98));
    assert!(!out.join("capture.json").exists());
    let after = pages_answered(&answered);
    let kept = before.keys().filter(|path| after.get(*path) == before.get(*path)).count();
    assert!(kept > 0, "what was archived before the kill is not asked for again");

    let evidence = out.join("evidence.warc.gz");
    let archive = Archive::open(&evidence).expect("an archive");
    assert!(!archive.torn());
    assert!(archive.responses().all(|response| response.is_ok()));
    let assessed = madang(folder.path()).args(["assess", "audit/evidence.warc.gz", "--format", "json"]).output();
    assert_eq!(String::from_utf8_lossy(&assessed.expect("runs").stdout), report, "offline, the same bytes");
}
