//! Writing and reading back, being killed in between, and what other tools say of the file.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;
use std::process::Command;

use survey_archive::notes::{CaptureNote, FailureNote, Note};
use survey_archive::{Archive, Exchange, Kind, Truncated, WarcInfo, Writer};

const DATE: &str = "2026-11-24T02:00:00.000001Z";

fn info() -> WarcInfo {
    WarcInfo::new("Madang test").with("robots", "obey")
}

fn page(url: &str, body: &str) -> Exchange {
    Exchange::from_parts(url, DATE, 200, &[("Content-Type", "text/html; charset=utf-8"), ("X-Order", "kept")], body)
}

fn failure(detail: &str) -> Note {
    Note::Failure(FailureNote {
        url: "http://city.example/gone".into(),
        detail: detail.into(),
        ..FailureNote::default()
    })
}

fn write_all(path: &Path) {
    let mut w = Writer::create(path, &info()).expect("create");
    let long = "공공 누리 ".repeat(200);
    let first = w.exchange(&page("http://city.example/", &long)).expect("response");
    w.exchange(&page("http://city.example/again", &long)).expect("revisit");
    let mut cut = page("http://city.example/big", &long);
    cut.truncated = Some(Truncated::Length);
    cut.head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/plain\r\n\r\n".to_vec();
    w.exchange(&cut).expect("cut");
    w.exchange(&Exchange::from_parts("http://city.example/moved", DATE, 301, &[("Location", "/")], ""))
        .expect("empty body");
    w.resource("urn:madang:screenshot:http://city.example/", "image/png", b"\x89PNG").expect("resource");
    w.conversion("http://city.example/", Some(&first), "text/html", b"<p>rendered").expect("conversion");
    w.note(&failure("first")).expect("note");
    w.note(&Note::Capture(CaptureNote { start: "http://city.example/".into(), ..CaptureNote::default() }))
        .expect("note");
    w.note(&failure("second")).expect("note");
    w.finish().expect("finish");
}

#[test]
fn what_is_written_is_read_back_and_revisits_have_their_body() {
    let dir = tempfile::tempdir().expect("dir");
    let path = dir.path().join("evidence.warc.gz");
    write_all(&path);
    let archive = Archive::open(&path).expect("open");
    assert!(!archive.torn());
    let responses: Vec<_> = archive.responses().collect::<Result<_, _>>().expect("responses");
    assert_eq!(responses.len(), 4);
    assert_eq!(responses[0].body, responses[1].body);
    assert!(archive.entries().iter().any(|e| e.kind == Kind::Revisit && e.uri.ends_with("/again")));
    assert_eq!(responses[1].url, "http://city.example/again");
    assert_eq!(responses[0].header("x-order"), Some("kept"));
    assert_eq!(responses[0].media_type(), "text/html");
    assert_eq!(responses[2].truncated.as_deref(), Some("length"));
    assert_eq!(responses[2].header("transfer-encoding"), None);
    assert_eq!((responses[3].status, responses[3].body.len()), (301, 0));
    assert_eq!(archive.response(&responses[1].id).expect("by id").body, responses[0].body);
    let rendered = archive.rendered("http://city.example/").expect("read").expect("there");
    assert_eq!(rendered.bytes, b"<p>rendered");
    assert_eq!(rendered.refers_to.as_ref(), Some(&responses[0].id));
    assert!(archive.text_of("http://city.example/").expect("read").is_none());
    let shot = archive.resource("urn:madang:screenshot:http://city.example/").expect("read").expect("there");
    assert_eq!(shot.bytes, b"\x89PNG");
}

#[test]
fn of_two_notes_at_one_address_the_last_counts() {
    let dir = tempfile::tempdir().expect("dir");
    let path = dir.path().join("evidence.warc.gz");
    write_all(&path);
    let notes = Archive::open(&path).expect("open").notes().expect("notes");
    assert_eq!(notes.len(), 2);
    assert_eq!(notes[1].1, failure("second"));
}

#[test]
fn a_file_torn_at_any_byte_loses_at_most_its_last_record_and_can_go_on() {
    let dir = tempfile::tempdir().expect("dir");
    let path = dir.path().join("whole.warc.gz");
    write_all(&path);
    let bytes = std::fs::read(&path).expect("read");
    let whole = Archive::open(&path).expect("open");
    let ends: Vec<u64> = whole.entries().iter().skip(1).map(|e| e.offset).collect();
    let first_end = usize::try_from(ends[0]).expect("small");
    for cut in 0..first_end {
        let torn = dir.path().join("torn-first.warc.gz");
        std::fs::write(&torn, &bytes[..cut]).expect("write");
        Writer::append(&torn, &info()).expect("begins anew").finish().expect("finish");
        assert_eq!(Archive::open(&torn).expect("opens").entries().len(), 1, "cut at {cut}");
    }
    for cut in (first_end..bytes.len()).step_by(37) {
        let torn = dir.path().join(format!("torn-{cut}.warc.gz"));
        std::fs::write(&torn, &bytes[..cut]).expect("write");
        let complete = 1 + ends.iter().skip(1).filter(|&&e| e <= cut as u64).count();
        assert_eq!(Archive::open(&torn).expect("opens").entries().len(), complete, "cut at {cut}");
        let mut w = Writer::append(&torn, &info()).expect("append");
        w.exchange(&page("http://city.example/after", "after")).expect("goes on");
        w.finish().expect("finish");
        let again = Archive::open(&torn).expect("opens");
        assert!(!again.torn());
        assert_eq!(again.entries().len(), complete + 3);
    }
}

#[test]
fn garbage_after_the_records_is_cut_and_garbage_alone_is_an_error() {
    let dir = tempfile::tempdir().expect("dir");
    let path = dir.path().join("evidence.warc.gz");
    write_all(&path);
    let before = Archive::open(&path).expect("open").entries().len();
    OpenOptions::new().append(true).open(&path).expect("open").write_all(b"\x1f\x8b\x08garbage").expect("write");
    let archive = Archive::open(&path).expect("open");
    assert!(archive.torn());
    assert_eq!(archive.entries().len(), before);
    let garbage = dir.path().join("garbage.warc.gz");
    std::fs::write(&garbage, b"hello").expect("write");
    assert!(Archive::open(&garbage).is_err());
}

#[test]
fn appending_remembers_payloads_for_revisits() {
    let dir = tempfile::tempdir().expect("dir");
    let path = dir.path().join("evidence.warc.gz");
    write_all(&path);
    let mut w = Writer::append(&path, &info()).expect("append");
    w.exchange(&page("http://city.example/third", &"공공 누리 ".repeat(200))).expect("revisit");
    w.finish().expect("finish");
    let archive = Archive::open(&path).expect("open");
    assert_eq!(archive.entries().iter().filter(|e| e.kind == Kind::Revisit).count(), 2);
}

/// Needs the `warcio` command (PyPI) on the PATH. Without it the test says so.
#[test]
fn warcio_accepts_every_digest() {
    let dir = tempfile::tempdir().expect("dir");
    let path = dir.path().join("evidence.warc.gz");
    write_all(&path);
    let Ok(out) = Command::new("warcio").args(["check", "-v"]).arg(&path).output() else {
        eprintln!("warcio is not installed: not checked");
        return;
    };
    let said = String::from_utf8_lossy(&out.stdout).into_owned() + &String::from_utf8_lossy(&out.stderr);
    assert!(out.status.success(), "{said}");
    assert!(!said.contains("failed") && said.contains("digest pass"), "{said}");
}
