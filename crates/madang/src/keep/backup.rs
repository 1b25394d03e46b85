use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::ensure;
use clap::Args;
use kernel_base::{Clock, SystemClock};
use kernel_store::{Backup, Folder};

use super::bar::Bar;
use super::{described, size_of, wait};
use crate::config::EVIDENCE;
use crate::place::{Place, open};
use crate::survey::print;
use madang::SYSTEMS;

/// Everything the city holds goes into one file: all tables, uploads, archives of captured sites and the master key. The city may run meanwhile;
/// the backup is of one moment. Whoever has the file has the city: keep it as safe as the city itself
#[derive(Debug, Args)]
pub struct BackupArgs {
    /// The file to make
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Leave the master key out; without it nothing that is sealed can be read after a restore, so keep it elsewhere
    #[arg(long)]
    without_key: bool,
    /// Leave the archives of captured sites out; they are large and seldom change, so copy their folder by other means
    #[arg(long)]
    without_evidence: bool,
    /// Replace the file when it is there already
    #[arg(long)]
    replace: bool,
    /// Read the file again and verify all checksums
    #[arg(long)]
    verify: bool,
    #[command(flatten)]
    place: Place,
}

pub fn run(args: &BackupArgs) -> anyhow::Result<ExitCode> {
    wait(save(args))
}

async fn save(args: &BackupArgs) -> anyhow::Result<ExitCode> {
    let file = args.file.display();
    ensure!(!args.file.is_dir(), "{file} is a folder; name a file in it");
    ensure!(args.replace || !args.file.exists(), "{file} is there already; name another file or say --replace");
    let config = args.place.config()?;
    let store = open(&config).await?;
    let key = config.key_file();
    let places = config.folders();
    let kept = places.iter().filter(|(name, _)| !(args.without_evidence && *name == EVIDENCE));
    let folders: Vec<Folder<'_>> = kept.map(|(name, path)| Folder { name, path }).collect();
    let what = Backup {
        out: &args.file,
        madang: env!("CARGO_PKG_VERSION"),
        now: SystemClock.now(),
        migrations: &kernel_web::migrations(SYSTEMS),
        folders: &folders,
        key: (!args.without_key).then_some(key.as_path()),
    };
    let bar = Bar::new();
    let contents = kernel_store::backup(&store, &what, &mut |what, done, all| bar.tell(what, done, all)).await?;
    store.close().await;
    if args.verify {
        kernel_store::verify(&args.file, &mut |what, done, all| bar.tell(what, done, all))?;
    }
    drop(bar);
    let verified = if args.verify { ", verified" } else { "" };
    print::out(&format!("{file}: {}, {}{verified}\n", described(&contents), size_of(&args.file)))?;
    Ok(ExitCode::SUCCESS)
}
