//! A city on paper: pages are put into an archive as a capture would.

use std::collections::BTreeMap;

use survey_archive::notes::{CaptureNote, HostNote, Note, TlsNote};
use survey_archive::{Archive, Exchange, WarcInfo, Writer};
use survey_assess::{Judged, Lexicon, Report, State, assess};
use survey_instrument::Instrument;

pub const HOST: &str = "https://www.town.example";

/// Status, headers, body.
type Answer = (u16, Vec<(String, String)>, Vec<u8>);

#[derive(Default)]
pub struct Town {
    /// By path.
    answers: BTreeMap<String, Answer>,
    notes: Vec<Note>,
    language: &'static str,
    menu: Vec<(&'static str, &'static str)>,
    footer: String,
    pub name: &'static str,
    stopped: &'static str,
    known: u32,
}

impl Town {
    pub fn new(language: &'static str, name: &'static str) -> Self {
        Self { language, name, stopped: "complete", ..Self::default() }
    }

    /// The menu that every later page carries.
    pub fn menu(mut self, menu: &[(&'static str, &'static str)]) -> Self {
        self.menu = menu.to_vec();
        self
    }

    pub fn footer(mut self, footer: &str) -> Self {
        self.footer = footer.to_owned();
        self
    }

    pub fn html(&self, title: &str, body: &str) -> String {
        let menu: String =
            self.menu.iter().map(|(path, words)| format!("<li><a href=\"{path}\">{words}</a></li>")).collect();
        format!(
            "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{title} | {}</title></head><body><header><a href=\"/\">{}</a><div class=\"mega\"><ul>{menu}</ul></div></header><main><h1>{title}</h1>{body}</main><footer>{}</footer></body></html>",
            self.language, self.name, self.name, self.footer
        )
    }

    pub fn page(mut self, path: &str, title: &str, body: &str) -> Self {
        let html = self.html(title, body);
        self.answers.insert(
            path.to_owned(),
            (200, vec![("Content-Type".into(), "text/html; charset=utf-8".into())], html.into_bytes()),
        );
        self
    }

    pub fn raw(mut self, path: &str, status: u16, kind: &str, body: impl Into<Vec<u8>>) -> Self {
        self.answers.insert(path.to_owned(), (status, vec![("Content-Type".into(), kind.into())], body.into()));
        self
    }

    pub fn header(mut self, path: &str, name: &str, value: &str) -> Self {
        if let Some((_, headers, _)) = self.answers.get_mut(path) {
            headers.push((name.into(), value.into()));
        }
        self
    }

    pub fn note(mut self, note: Note) -> Self {
        self.notes.push(note);
        self
    }

    /// The capture stopped with this many pages known.
    pub fn stopped(mut self, why: &'static str, known: u32) -> Self {
        self.stopped = why;
        self.known = known;
        self
    }

    pub fn archive(self, folder: &std::path::Path) -> Archive {
        let path = folder.join("evidence.warc.gz");
        let mut writer = Writer::create(&path, &WarcInfo::new("test")).expect("new archive");
        let pages = self
            .answers
            .values()
            .filter(|(status, headers, _)| *status == 200 && headers.iter().any(|(_, v)| v.contains("html")))
            .count() as u32;
        for (path, (status, headers, body)) in &self.answers {
            let headers: Vec<(&str, &str)> = headers.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
            writer
                .exchange(&Exchange::from_parts(
                    &format!("{HOST}{path}"),
                    "2026-03-01T08:00:00Z",
                    *status,
                    &headers,
                    body.clone(),
                ))
                .expect("exchange");
        }
        for note in &self.notes {
            writer.note(note).expect("note");
        }
        let host = HostNote {
            host: "www.town.example".into(),
            tls: Some(TlsNote { version: "TLSv1.3".into(), valid: true, ..TlsNote::default() }),
            http_leads_to: Some(format!("{HOST}/")),
            missing_page_status: 404,
            ..HostNote::default()
        };
        writer.note(&Note::Host(host)).expect("host note");
        let capture = CaptureNote {
            start: format!("{HOST}/"),
            hosts: vec!["www.town.example".into()],
            began: "2026-03-01T08:00:00Z".into(),
            ended: "2026-03-01T08:05:00Z".into(),
            budget: 400,
            pages_known: self.known.max(pages),
            pages_fetched: pages,
            stopped: self.stopped.into(),
            ..CaptureNote::default()
        };
        writer.note(&Note::Capture(capture)).expect("capture note");
        writer.finish().expect("finish");
        Archive::open(&path).expect("archive")
    }

    pub fn report(self) -> Report {
        self.report_by("madang-2026")
    }

    pub fn report_by(self, instrument: &str) -> Report {
        let folder = tempfile::tempdir().expect("folder");
        let archive = self.archive(folder.path());
        assess(&archive, Instrument::load(instrument).expect("instrument"), &Lexicon::builtin()).expect("report")
    }
}

pub fn by_rule<'r>(report: &'r Report, rule: &str) -> &'r Judged {
    report.criteria.iter().find(|c| c.rule == rule).unwrap_or_else(|| panic!("no criterion for {rule}"))
}

/// The value given for a rule, with the whole judgement in the message when it is another.
#[track_caller]
pub fn expect_value(report: &Report, rule: &str, value: u8) {
    let judged = by_rule(report, rule);
    assert_eq!(judged.value, Some(value), "{rule}: {judged:#?}");
}

/// Found with at least this value and evidence that can be opened.
#[track_caller]
pub fn expect_found(report: &Report, rule: &str, least: u8) {
    let judged = by_rule(report, rule);
    assert!(
        judged.state == State::Found && judged.value >= Some(least) && !judged.evidence.is_empty(),
        "{rule}: {judged:#?}"
    );
}

#[track_caller]
pub fn expect_none(report: &Report, rule: &str) {
    let judged = by_rule(report, rule);
    assert!(matches!(judged.state, State::Absent | State::NotFound), "{rule}: {judged:#?}");
}
