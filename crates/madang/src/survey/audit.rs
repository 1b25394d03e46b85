//! `madang survey audit`: from an address to a scorecard with evidence.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;
use kernel_base::{Clock, SystemClock};
use survey_assess::Lexicon;
use survey_browser::Browser;
use survey_instrument::{DEFAULT, Instrument};
use tokio::sync::watch;
use url::Url;

use super::assess;
use super::print::{self, Format};
use super::progress::Watch;
use super::second::SecondReader;
use crate::config::Config;

/// Exit code of a command ended with Ctrl-C, as shells give it.
const INTERRUPTED: u8 = 130;

#[derive(Debug, Args)]
pub struct AuditArgs {
    /// Address of the city's website
    #[arg(value_parser = address)]
    url: Url,
    /// Pages asked for at most
    #[arg(long, default_value_t = 400, value_parser = clap::value_parser!(u32).range(1..))]
    budget: u32,
    /// Folder for the report and the evidence; an unfinished capture in it goes on [default: audit-HOST-DATE]
    #[arg(long)]
    out: Option<PathBuf>,
    #[arg(long, default_value = DEFAULT)]
    instrument: String,
    /// Allow addresses that are not public, such as a test server
    #[arg(long)]
    allow_private: bool,
    /// Connect to ADDR:PORT for HOST, as in city.example=127.0.0.1:8080; may be repeated
    #[arg(long, value_name = "HOST=ADDR:PORT", value_parser = mapped)]
    map_host: Vec<(String, SocketAddr)>,
    /// Further certificate authorities to trust (PEM)
    #[arg(long, value_name = "FILE")]
    ca: Option<PathBuf>,
    /// Configuration file; only its table [survey.second_reader] is used here
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// What is printed at the end
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

/// Reads an address; without a scheme it is https.
fn address(text: &str) -> Result<Url, String> {
    let whole = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    let url = Url::parse(&whole).map_err(|error| format!("{error}; write it as https://www.city.example/"))?;
    match (url.scheme(), url.host()) {
        ("http" | "https", Some(_)) => Ok(url),
        _ => Err("only http and https addresses of a host can be audited".to_owned()),
    }
}

fn mapped(text: &str) -> Result<(String, SocketAddr), String> {
    let wrong = || "write it as HOST=ADDR:PORT, such as city.example=127.0.0.1:8080".to_owned();
    let (host, to) = text.split_once('=').filter(|(host, _)| !host.is_empty()).ok_or_else(wrong)?;
    Ok((host.to_ascii_lowercase(), to.parse().map_err(|_| wrong())?))
}

pub fn run(args: &AuditArgs) -> anyhow::Result<ExitCode> {
    let instrument = Instrument::load(&args.instrument)?;
    let config = args.config.as_deref().map(Config::read).transpose()?.unwrap_or_default();
    let trust: Vec<PathBuf> = args.ca.iter().cloned().collect();
    // Before anything is asked: a wrong file should not end an audit later.
    outbound::roots(trust.iter().map(PathBuf::as_path))?;
    let second = SecondReader::new(&config.survey.second_reader, trust)?;
    let out = match &args.out {
        Some(out) => out.clone(),
        None => default_folder(Path::new("."), &args.url),
    };
    std::fs::create_dir_all(&out).with_context(|| format!("{} cannot be made", out.display()))?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(audit(args, instrument, &out, second.as_ref()))
}

async fn audit(
    args: &AuditArgs,
    instrument: &Instrument,
    out: &Path,
    second: Option<&SecondReader>,
) -> anyhow::Result<ExitCode> {
    let watch = Watch::new(args.budget);
    let stop = stop();
    let captured = survey_capture::capture(options(args, out), &watch, stop.clone()).await;
    if captured.is_err() {
        watch.end();
    }
    let captured = captured.with_context(|| format!("{} could not be captured", args.url))?;
    let evidence = out.join("evidence.warc.gz");
    if captured.note.stopped == "interrupted" {
        watch.end();
        eprintln!(
            "Stopped. What was read is in {}; the same command with --out {} goes on.",
            evidence.display(),
            out.display()
        );
        return Ok(ExitCode::from(INTERRUPTED));
    }
    watch.stage("judging");
    let mut report = assess::judge(&evidence, instrument)?;
    if let Some(second) = second {
        watch.stage("asking the second reader");
        let silent = match second.read(&evidence, instrument, &report, &stop).await {
            Ok(silent) => silent,
            Err(error) => Some(format!("its answers cannot be kept: {error:#}")),
        };
        if let Some(why) = silent {
            eprintln!("madang: the second reader was of no use: {why}");
        }
        // The archive alone says what was answered, here as in `assess`.
        report = assess::judge(&evidence, instrument)?;
    }
    let html = report.to_html(instrument, print::language());
    write(&out.join("report.json"), report.to_json()?.as_bytes())?;
    write(&out.join("report.html"), html.as_bytes())?;
    watch.stage("printing the report");
    let paper = paper(&html, &out.join("report.pdf")).await;
    watch.end();
    if report.pages.fetched == 0 {
        eprintln!("madang: no page of {} could be read; the reasons are in the report", args.url);
    }
    let mut text = assess::show(&report, instrument, args.format)?;
    if args.format == Format::Table {
        text.push_str(&next(out, &paper));
    }
    print::out(&text)?;
    if args.format != Format::Table
        && let Err(why) = &paper
    {
        eprintln!("{why}");
    }
    Ok(if report.pages.fetched == 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn options(args: &AuditArgs, out: &Path) -> survey_capture::Options {
    let mut options = survey_capture::Options::new(args.url.clone(), out.to_owned());
    options.budget = args.budget;
    options.allow_private = args.allow_private;
    options.map_host = args.map_host.clone();
    options.ca = args.ca.clone();
    options.topics = system_survey::topics(&Lexicon::builtin());
    options
}

/// Turns true at the first Ctrl-C; the second one ends the process at once.
fn stop() -> watch::Receiver<bool> {
    let (tell, stop) = watch::channel(false);
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            eprintln!("stopping after what is under way; press Ctrl-C again to end at once");
            // The capture may be over already, then nobody listens.
            let _ = tell.send(true);
            if tokio::signal::ctrl_c().await.is_ok() {
                std::process::exit(i32::from(INTERRUPTED));
            }
        }
        tell.closed().await;
    });
    stop
}

/// Prints the report to PDF with the browser of this machine; the error says why there is none.
async fn paper(html: &str, path: &Path) -> Result<(), String> {
    let none = "No report.pdf: it is printed by Chromium, and none was found. Install chromium, or print report.html.";
    let failed = |error: &dyn std::fmt::Display| format!("No report.pdf: {error}. report.html can be printed instead.");
    let browser = Browser::start(survey_browser::Options::offline()).await.map_err(|error| failed(&error))?;
    let browser = browser.ok_or_else(|| none.to_owned())?;
    let printed = browser.pdf(html).await;
    browser.close().await;
    write(path, &printed.map_err(|error| failed(&error))?).map_err(|error| failed(&error))
}

/// Whole or not at all: an earlier file stays until the new one is complete.
fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let new = path.with_file_name(format!("{name}.new"));
    std::fs::write(&new, bytes)
        .and_then(|()| std::fs::rename(&new, path))
        .with_context(|| format!("{} cannot be written", path.display()))
}

/// `audit-HOST-DATE`, or an earlier folder of this host with a capture that was not finished.
fn default_folder(beside: &Path, url: &Url) -> PathBuf {
    let host: String = url
        .host_str()
        .unwrap_or_default()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' })
        .collect();
    let begins = format!("audit-{host}-");
    let unfinished =
        std::fs::read_dir(beside).into_iter().flatten().flatten().map(|entry| entry.path()).filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.strip_prefix(&begins).is_some_and(is_date) && path.join("capture.json").is_file()
        });
    unfinished.max().unwrap_or_else(|| beside.join(format!("{begins}{}", SystemClock.now().date())))
}

fn is_date(text: &str) -> bool {
    text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
}

fn next(out: &Path, paper: &Result<(), String>) -> String {
    let folder = out.display();
    let files = if paper.is_ok() {
        "report.html, report.pdf, report.json, evidence.warc.gz"
    } else {
        "report.html, report.json, evidence.warc.gz"
    };
    let mut text = format!("\nIn {folder}: {files}\n");
    if let Err(why) = paper {
        text.push_str(&format!("{why}\n"));
    }
    text.push_str(&format!(
        "Next: open {folder}/report.html, or\n      madang survey assess {folder}/evidence.warc.gz --format json\n"
    ));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_without_a_scheme_is_https_and_other_schemes_are_refused() {
        assert_eq!(address("www.city.example").map(String::from), Ok("https://www.city.example/".to_owned()));
        assert!(address("file:///etc/passwd").is_err());
        assert!(address("https://").is_err());
    }

    #[test]
    fn a_mapped_host_needs_a_host_and_an_address_with_a_port() {
        assert_eq!(
            mapped("City.example=127.0.0.1:80"),
            Ok(("city.example".to_owned(), SocketAddr::from(([127, 0, 0, 1], 80))))
        );
        for text in ["city.example", "city.example=127.0.0.1", "=127.0.0.1:80", "a=b:80"] {
            assert!(mapped(text).is_err(), "{text}");
        }
    }

    #[test]
    fn an_unfinished_capture_of_the_same_host_goes_on() {
        let folder = tempfile::tempdir().expect("a folder");
        let url = Url::parse("https://city.example/").expect("url");
        let today = default_folder(folder.path(), &url);
        let earlier = folder.path().join("audit-city.example-2026-01-02");
        std::fs::create_dir_all(&earlier).expect("folder");
        assert_eq!(default_folder(folder.path(), &url), today, "a finished one is left alone");
        std::fs::write(earlier.join("capture.json"), "{}").expect("file");
        assert_eq!(default_folder(folder.path(), &url), earlier);
    }
}
