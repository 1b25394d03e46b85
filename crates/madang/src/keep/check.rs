use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::audit::{self, AuditArgs};
use super::bar::Bar;
use super::{described, size_of};
use crate::survey::print;

#[derive(Debug, Args)]
pub struct CheckArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Verify the audit trail entry by entry and name the first broken one
    Audit(AuditArgs),
    /// Verify all checksums of a backup
    Backup(BackupFile),
}

#[derive(Debug, Args)]
struct BackupFile {
    /// The backup
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

pub fn run(args: &CheckArgs) -> anyhow::Result<ExitCode> {
    match &args.what {
        What::Audit(args) => audit::run(args),
        What::Backup(args) => backup(args),
    }
}

fn backup(args: &BackupFile) -> anyhow::Result<ExitCode> {
    let bar = Bar::new();
    let contents = kernel_store::verify(&args.file, &mut |what, done, all| bar.tell(what, done, all))?;
    drop(bar);
    let (head, file) = (&contents.head, &args.file);
    print::out(&format!(
        "{} is whole: {}, {}. Made by Madang {} at {} from {}.\n",
        file.display(),
        described(&contents),
        size_of(file),
        head.madang,
        head.made,
        head.engine
    ))?;
    Ok(ExitCode::SUCCESS)
}
