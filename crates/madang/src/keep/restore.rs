use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use kernel_store::{Database, Folder, Restore};

use super::bar::Bar;
use super::{described, wait};
use crate::place::Place;
use crate::survey::print;
use madang::SYSTEMS;

/// Brings a city back from a backup, whole or not at all, into SQLite or PostgreSQL, whichever it came from. Stop the
/// city first. An older backup is brought up to date
#[derive(Debug, Args)]
pub struct RestoreArgs {
    /// The backup
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Lose what the database and the folders of uploads and archives hold now
    #[arg(long)]
    replace: bool,
    #[command(flatten)]
    place: Place,
}

pub fn run(args: &RestoreArgs) -> anyhow::Result<ExitCode> {
    wait(bring_back(args))
}

async fn bring_back(args: &RestoreArgs) -> anyhow::Result<ExitCode> {
    let config = args.place.config()?;
    let (database, places, key) = (config.database(), config.folders(), config.key_file());
    let folders: Vec<Folder<'_>> = places.iter().map(|(name, path)| Folder { name, path }).collect();
    let what = Restore {
        from: &args.file,
        database: &database,
        migrations: &kernel_web::migrations(SYSTEMS),
        folders: &folders,
        key: &key,
        replace: args.replace,
    };
    let bar = Bar::new();
    let restored = kernel_store::restore(&what, &mut |what, done, all| bar.tell(what, done, all)).await?;
    drop(bar);
    let into = match &database {
        Database::Sqlite(path) => path.display().to_string(),
        Database::Postgres(_) => "the PostgreSQL database".to_owned(),
    };
    let contents = &restored.contents;
    let (madang, made) = (&contents.head.madang, &contents.head.made);
    print::out(&format!("Restored into {into}: {} (made by Madang {madang} at {made})\n", described(contents)))?;
    if !restored.has_key {
        eprintln!(
            "Put the city's master key at {} before you start it; without it sealed data stay unreadable.",
            key.display()
        );
    }
    Ok(ExitCode::SUCCESS)
}
