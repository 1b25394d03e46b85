//! `madang doctor`: one line for everything that is wrong with an installation, and what to do about it.
//!
//! A check is a function from the installation to findings; a line in `CHECKS` makes it run.

mod certificate;
mod database;
mod letters;
mod machine;
mod web;
mod work;

use std::process::ExitCode;

use clap::{Args, ValueEnum};
use futures::future::LocalBoxFuture;
use kernel_base::{Clock, Instant, SystemClock};
use kernel_store::Store;
use serde::Serialize;

use super::wait;
use crate::config::Config;
use crate::place::{Place, open};
use crate::survey::print;

#[derive(Debug, Args)]
pub struct DoctorArgs {
    /// How to print the findings
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// First let jobs try again that rest after failing too often
    #[arg(long)]
    wake: bool,
    #[command(flatten)]
    place: Place,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Json,
}

/// What is looked at.
pub struct Installation {
    pub config: Config,
    /// None when it cannot be reached, which is a finding of its own.
    pub store: Option<Store>,
    pub now: Instant,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    Good,
    /// Worth knowing; the city works.
    Note,
    Wrong,
}

#[derive(Debug, Serialize)]
pub struct Finding {
    pub check: &'static str,
    pub state: State,
    pub found: String,
    /// What to do; empty when nothing.
    pub todo: String,
}

impl Finding {
    pub fn good(check: &'static str, found: impl Into<String>) -> Finding {
        Finding { check, state: State::Good, found: found.into(), todo: String::new() }
    }

    pub fn note(check: &'static str, found: impl Into<String>, todo: impl Into<String>) -> Finding {
        Finding { check, state: State::Note, found: found.into(), todo: todo.into() }
    }

    pub fn wrong(check: &'static str, found: impl Into<String>, todo: impl Into<String>) -> Finding {
        Finding { check, state: State::Wrong, found: found.into(), todo: todo.into() }
    }
}

type Check = for<'a> fn(&'a Installation) -> LocalBoxFuture<'a, Vec<Finding>>;

const CHECKS: &[Check] = &[
    |it| Box::pin(async { machine::folder(&it.config) }),
    |it| Box::pin(async { machine::master_key(&it.config) }),
    |it| Box::pin(async { machine::room(&it.config) }),
    |it| Box::pin(machine::uploads(&it.config)),
    |it| Box::pin(database::schema(it)),
    |it| Box::pin(database::clock(it)),
    |it| Box::pin(async { web::reached(&it.config) }),
    |it| Box::pin(async { web::tls(&it.config, it.now) }),
    |it| Box::pin(async { letters::configured(&it.config) }),
    |it| Box::pin(letters::reached(it)),
    |it| Box::pin(work::jobs(it)),
    |it| Box::pin(work::facts(it)),
    |it| Box::pin(work::trail(it)),
];

pub fn run(args: &DoctorArgs) -> anyhow::Result<ExitCode> {
    wait(examine(args))
}

async fn examine(args: &DoctorArgs) -> anyhow::Result<ExitCode> {
    let mut findings = Vec::new();
    // A configuration that cannot be read is a finding too; what follows would be about another city.
    match args.place.config() {
        Err(cause) => findings.push(Finding::wrong(
            "configuration",
            format!("{cause:#}"),
            "correct the file; `madang config --example` shows every key",
        )),
        Ok(config) => {
            let said = args.place.config.as_ref().map_or("defaults".to_owned(), |file| file.display().to_string());
            findings.push(Finding::good("configuration", said));
            findings.extend(all(config, args.wake).await?);
        }
    }
    let wrong = findings.iter().any(|finding| finding.state == State::Wrong);
    print::out(&match args.format {
        Format::Json => print::json(&findings)?,
        Format::Table => table(&findings),
    })?;
    Ok(if wrong { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

async fn all(config: Config, wake: bool) -> anyhow::Result<Vec<Finding>> {
    let mut findings = Vec::new();
    let store = match open(&config).await {
        Ok(store) => Some(store),
        Err(cause) => {
            findings.push(Finding::wrong("database", format!("{cause:#}"), database::reach(&config)));
            None
        }
    };
    let it = Installation { config, store, now: SystemClock.now() };
    if let Some(store) = it.store.as_ref().filter(|_| wake) {
        kernel_record::wake(store, it.now).await?;
    }
    for check in CHECKS {
        findings.extend(check(&it).await);
    }
    if let Some(store) = &it.store {
        store.close().await;
    }
    Ok(findings)
}

fn table(findings: &[Finding]) -> String {
    let mut text = String::new();
    for finding in findings {
        let (mark, colour) = match finding.state {
            State::Good => ("good ", "32"),
            State::Note => ("note ", "33"),
            State::Wrong => ("WRONG", "31;1"),
        };
        text.push_str(&format!("{}  {:<14}{}\n", print::coloured(mark, colour), finding.check, finding.found));
        if !finding.todo.is_empty() {
            text.push_str(&format!("{:21}→ {}\n", "", finding.todo));
        }
    }
    text
}
