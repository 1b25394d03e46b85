use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail, ensure};
use clap::Args;
use kernel_record::{Broken, Checked, Checkpoint, VerifierKey};
use kernel_store::Store;

use super::bar::Bar;
use super::{grouped, wait};
use crate::config::Config;
use crate::key;
use crate::place::{Place, open};
use crate::survey::print;
use madang::SYSTEMS;

/// What the key that signs checkpoints is derived for.
const PURPOSE: &str = "audit checkpoint";

#[derive(Debug, Args)]
pub struct AuditArgs {
    /// Prove that the trail still begins with exactly what this checkpoint signed
    #[arg(long, value_name = "FILE")]
    checkpoint: Option<PathBuf>,
    /// The public key that the checkpoint was signed with, when it is not this city's: name+id+key
    #[arg(long, value_name = "KEY", requires = "checkpoint")]
    key: Option<String>,
    /// Sign a checkpoint of the verified trail into this file; keep it where nobody of the city can change it
    #[arg(long, value_name = "FILE")]
    export: Option<PathBuf>,
    #[command(flatten)]
    place: Place,
}

pub fn run(args: &AuditArgs) -> anyhow::Result<ExitCode> {
    wait(verify(args))
}

async fn verify(args: &AuditArgs) -> anyhow::Result<ExitCode> {
    let config = args.place.config()?;
    let then = args.checkpoint.as_deref().map(|file| read(file, args.key.as_deref(), &config)).transpose()?;
    let store = open(&config).await?;
    up_to_date(&store).await?;
    kernel_record::seal(&store).await?;
    let bar = Bar::new();
    let mut watch = |done: i64, all: i64| bar.tell("entries", done.unsigned_abs(), all.unsigned_abs());
    let checked = kernel_record::check(&store, then.as_ref().map(|point| point.size), &mut watch).await?;
    drop(bar);
    store.close().await;
    if let Some(broken) = checked.broken.split_first() {
        return Ok(told(&checked, broken)?);
    }
    let mut said = format!("The audit trail is unbroken: {}.\n", entries(&checked));
    if let Some(point) = &then {
        if !checked.begins_with(point) {
            return Ok(rewritten(&checked, point)?);
        }
        said.push_str(&format!("Its first {} are exactly those that the checkpoint signed.\n", point.size));
    }
    if let Some(file) = &args.export {
        let root = checked.root.context("an entry is missing; nothing can be signed")?;
        let point = Checkpoint { origin: origin(&config), size: checked.size, root };
        let secret = key::read(&config.key_file())?.key(PURPOSE);
        export(file, &point.sign(&secret))?;
        let public = VerifierKey::of(&secret, &point.origin);
        said.push_str(&format!("Checkpoint written to {}. Its public key: {public}\n", file.display()));
    }
    print::out(&said)?;
    Ok(ExitCode::SUCCESS)
}

fn told(checked: &Checked, (first, more): (&Broken, &[Broken])) -> std::io::Result<ExitCode> {
    let mut said = format!("The audit trail is broken at {}\n", named(first));
    for broken in more {
        said.push_str(&format!("  also {}\n", named(broken)));
    }
    said.push_str(&format!("{} are sealed. At most ten broken ones are named.\n", entries(checked)));
    print::out(&said)?;
    Ok(ExitCode::FAILURE)
}

fn entries(checked: &Checked) -> String {
    format!("{} {}", grouped(checked.size.unsigned_abs()), if checked.size == 1 { "entry" } else { "entries" })
}

fn named(broken: &Broken) -> String {
    let place = broken.seq.map_or("outside the chain".to_owned(), |seq| format!("number {seq}"));
    let entry = if broken.entry.is_empty() { "id unknown" } else { &broken.entry };
    format!("entry {place} ({entry}): {}", broken.fault.sentence())
}

fn rewritten(checked: &Checked, point: &Checkpoint) -> std::io::Result<ExitCode> {
    let why = if checked.size < point.size {
        format!("it has {} entries, the checkpoint signed {}", checked.size, point.size)
    } else {
        format!("its first {} entries are not those that the checkpoint signed", point.size)
    };
    print::out(&format!("The audit trail was rewritten: its chain holds in itself, but {why}.\n"))?;
    Ok(ExitCode::FAILURE)
}

fn read(file: &Path, key: Option<&str>, config: &Config) -> anyhow::Result<Checkpoint> {
    let signed = std::fs::read_to_string(file)
        .map_err(|cause| anyhow::anyhow!("{} cannot be read: {}", file.display(), print::why(&cause)))?;
    let key = match key {
        Some(key) => VerifierKey::parse(key)?,
        None => VerifierKey::of(&key::read(&config.key_file())?.key(PURPOSE), &origin(config)),
    };
    Checkpoint::open(&signed, &key).with_context(|| file.display().to_string())
}

/// Whose trail it is: the portal's host.
fn origin(config: &Config) -> String {
    let host = url::Url::parse(&config.server.origin).ok().and_then(|url| url.host_str().map(str::to_owned));
    host.unwrap_or_else(|| "madang".to_owned())
}

/// A name only once the bytes are there, and never in the place of an older checkpoint.
fn export(file: &Path, note: &str) -> anyhow::Result<()> {
    use std::io::Write;
    ensure!(!file.exists(), "{} is there already; an older checkpoint is worth keeping", file.display());
    let cannot = || format!("{} cannot be written", file.display());
    let mut out = std::fs::File::create_new(file).with_context(cannot)?;
    out.write_all(note.as_bytes()).and_then(|()| out.sync_all()).with_context(cannot)
}

/// The trail is read by this program's statements: they must fit the schema.
async fn up_to_date(store: &Store) -> anyhow::Result<()> {
    match store.schema(&kernel_web::migrations(SYSTEMS)).await? {
        None => bail!("there is no city in this database"),
        Some(state) if !state.unknown.is_empty() => {
            bail!("a newer Madang was at work in this database; use that version")
        }
        Some(state) if !state.missing.is_empty() => {
            bail!("the database's schema is older than this program; start `madang serve` once to bring it up to date")
        }
        Some(_) => Ok(()),
    }
}
