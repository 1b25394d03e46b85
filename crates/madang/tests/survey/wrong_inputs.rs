//! Wrong input gets one clear sentence and a failure, never a backtrace.

use std::path::Path;

use survey_archive::{Exchange, WarcInfo, Writer};

use crate::madang;

/// Runs a command that must fail; gives what it said.
fn refused(folder: &Path, arguments: &[&str]) -> String {
    let output = madang(folder).args(arguments).output().expect("runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success(), "{arguments:?} succeeded");
    assert!(output.stdout.is_empty(), "{arguments:?} printed a result");
    for alarming in ["panicked", "backtrace", "RUST_BACKTRACE", "Os {"] {
        assert!(!said.contains(alarming), "{arguments:?}: {said}");
    }
    said
}

#[test]
fn wrong_input_is_refused_in_one_clear_sentence() {
    let folder = tempfile::tempdir().expect("folder");
    let path = folder.path();
    let write = |name: &str, bytes: &[u8]| std::fs::write(path.join(name), bytes).expect("file");
    write("header.csv", b"id,points\nPS01,1\n");
    write("off.csv", b"criterion,value\nPS01,7\n");
    write("latin.csv", b"criterion,value\nPS01,\xff\n");
    write("empty.csv", b"");
    write("codes.csv", b"coder,unit,value\nkim,PS01,1\nlee,PS01,yes\nkim,PS01,0\n");
    write("text.warc.gz", b"this is no archive");
    write("empty.warc.gz", b"");
    write("reader.toml", b"[survey.second_reader]\nendpoint = \"http://127.0.0.1:1/v1\"\n");
    write("misspelt.toml", b"[survey.second_reader]\nendpiont = \"x\"\n");
    let audit = |more: &[&'static str]| [&["audit", "https://city.example"], more].concat();
    for (arguments, wanted) in [
        (vec!["score", "none.csv"], "none.csv cannot be read: there is no such file"),
        (vec!["score", "."], ". cannot be read: it is a folder"),
        (vec!["score", "header.csv"], "the first line must be the header criterion,value"),
        (vec!["score", "empty.csv"], "the first line must be the header criterion,value"),
        (vec!["score", "off.csv", "--instrument", "global-2009"], "7 is not on the scale"),
        (vec!["score", "off.csv", "--instrument", "global-2009"], "97 criteria are missing: PS02, PS03, … "),
        (vec!["score", "latin.csv"], "is not UTF-8 text"),
        (vec!["score", "off.csv", "--instrument", "mars-1999"], "mars-1999"),
        (vec!["reliability", "none.csv"], "none.csv cannot be read: there is no such file"),
        (vec!["reliability", "latin.csv"], "is not UTF-8 text"),
        (vec!["reliability", "header.csv"], "line 1: the first line must be the header coder,unit,value"),
        (vec!["reliability", "codes.csv", "--format", "json"], "line 3: \"yes\" is not a number"),
        (vec!["reliability", "codes.csv"], "line 4: kim already coded PS01 in line 2; keep one"),
        (vec!["reliability", "codes.csv", "--scale", "0/0"], "write it as 0-3 (every step) or 0/3"),
        (vec!["league", "--round", "1999"], "there is no round 1999; ask for one of "),
        (vec!["assess", "none.warc.gz"], "none.warc.gz cannot be read as a WARC archive: there is no such file"),
        (vec!["assess", "text.warc.gz"], "text.warc.gz cannot be read as a WARC archive"),
        (vec!["assess", "empty.warc.gz"], "empty.warc.gz cannot be read as a WARC archive"),
        (vec!["audit", "https://"], "https://"),
        (vec!["audit", "ftp://city.example"], "only http and https addresses"),
        (vec!["audit", "https://exa mple"], "exa mple"),
        (audit(&["--map-host", "city.example"]), "write it as HOST=ADDR:PORT"),
        (audit(&["--budget", "0"]), "budget"),
        (audit(&["--instrument", "mars-1999"]), "mars-1999"),
        (audit(&["--ca", "none.pem"]), "none.pem cannot be read: there is no such file"),
        (audit(&["--ca", "header.csv"]), "header.csv holds no certificate"),
        (audit(&["--config", "none.toml"]), "none.toml"),
        (audit(&["--config", "reader.toml"]), "needs a model"),
        (audit(&["--config", "misspelt.toml"]), "endpiont"),
        (audit(&["--out", "off.csv"]), "off.csv cannot be made"),
    ] {
        let said = refused(path, &arguments);
        assert!(said.contains(wanted), "{arguments:?} should say {wanted:?}: {said}");
    }
}

#[test]
fn an_archive_cut_in_the_middle_of_a_record_is_judged_as_far_as_it_goes() {
    let folder = tempfile::tempdir().expect("folder");
    let whole = folder.path().join("whole.warc.gz");
    let mut writer = Writer::create(&whole, &WarcInfo::new("test")).expect("archive");
    for page in ["", "a", "b"] {
        let html = format!("<!doctype html><html lang=\"en\"><title>{page}</title><p>Page {page} of the city.</p>");
        let url = format!("https://city.example/{page}");
        let kind = [("Content-Type", "text/html")];
        writer.exchange(&Exchange::from_parts(&url, "2026-01-01T00:00:00Z", 200, &kind, html)).expect("page");
    }
    writer.finish().expect("finish");
    let bytes = std::fs::read(&whole).expect("bytes");
    std::fs::write(folder.path().join("cut.warc.gz"), &bytes[..bytes.len() - 40]).expect("cut");
    let output = madang(folder.path()).args(["assess", "cut.warc.gz", "--format", "json"]).output().expect("runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.contains("cut.warc.gz ends in the middle of a record"), "{said}");
    std::fs::write(folder.path().join("torn.warc.gz"), &bytes[..60]).expect("torn");
    assert!(refused(folder.path(), &["assess", "torn.warc.gz"]).contains("cannot be read as a WARC archive"));
}
