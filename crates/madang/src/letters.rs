//! `madang letters …`: what mail servers and set-up scripts do about letters.

use std::io::Read;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use clap::{Args, Subcommand};
use kernel_base::{SystemClock, SystemRandom};
use kernel_language::Words;
use kernel_letters::{Carriers, Letters, NoAccounts, Sender};
use system_letters::Declared;

use crate::place::{Place, open};
use crate::survey::print;
use crate::{keep, key};

#[derive(Debug, Args)]
pub struct LettersArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Read a returned mail from standard input; for an alias of the mail server
    Bounce(BounceArgs),
    /// Make a service that sends letters, with its templates, from a file
    Service(ServiceArgs),
}

#[derive(Debug, Args)]
struct BounceArgs {
    #[command(flatten)]
    place: Place,
}

#[derive(Debug, Args)]
struct ServiceArgs {
    /// TOML with name, language, team and [[template]] with kind, name and [template.en] subject and body
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Make a new key of this name and print it
    #[arg(long, value_name = "NAME")]
    key: Option<String>,
    /// What the new key may do: live writes to everybody, team to the team, test to nobody
    #[arg(long, value_name = "KIND", default_value = "live", requires = "key")]
    kind: String,
    #[command(flatten)]
    place: Place,
}

pub fn run(args: &LettersArgs) -> anyhow::Result<ExitCode> {
    match &args.what {
        What::Bounce(args) => Ok(keep::wait(bounce(args)).unwrap_or_else(|error| {
            eprintln!("madang: {error:#}");
            TRY_LATER.into()
        })),
        What::Service(args) => keep::wait(service(args)),
    }
}

/// To a mail server: keep the mail and try again (sysexits.h, EX_TEMPFAIL).
const TRY_LATER: u8 = 75;
/// A returned letter is smaller; more is not read.
const MOST_BYTES: u64 = 10 * 1024 * 1024;

async fn bounce(args: &BounceArgs) -> anyhow::Result<ExitCode> {
    let mut mail = Vec::new();
    std::io::stdin().take(MOST_BYTES).read_to_end(&mut mail).context("standard input cannot be read")?;
    let config = args.place.config()?;
    let store = open(&config).await?;
    let secrets = key::read(&config.key_file())?;
    // The words of a notice are found when it is read; what is kept here is its name.
    let words = Arc::new(Words::new(&[kernel_letters::TEXTS])?);
    let (settings, book) = (config.letters.clone(), Arc::new(NoAccounts));
    let letters = Letters::new(settings, Sender::default(), secrets, words, book, Carriers::default());
    let known = letters.read_returned(&store, &mail, &SystemClock, &SystemRandom).await?;
    store.close().await;
    print::out(if known { "A letter came back; its address rests.\n" } else { "This is about no letter of ours.\n" })?;
    Ok(ExitCode::SUCCESS)
}

async fn service(args: &ServiceArgs) -> anyhow::Result<ExitCode> {
    let text = std::fs::read_to_string(&args.file).with_context(|| args.file.display().to_string())?;
    let declared: Declared = toml::from_str(&text).with_context(|| args.file.display().to_string())?;
    let config = args.place.config()?;
    let store = open(&config).await?;
    let secrets = key::read(&config.key_file())?;
    let key = args.key.as_deref().map(|name| (name, args.kind.as_str()));
    let made = declared.make(&store, key, &secrets, (&SystemClock, &SystemRandom)).await;
    let made = made.with_context(|| args.file.display().to_string())?;
    store.close().await;
    let mut said = format!("service {}\n", made.service);
    for (name, id) in &made.templates {
        said.push_str(&format!("template {id} {name}\n"));
    }
    if let Some(key) = &made.key {
        said.push_str(&format!("key {key}\n"));
    }
    print::out(&said)?;
    Ok(ExitCode::SUCCESS)
}
