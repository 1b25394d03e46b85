//! Running other programs, with their words passed through.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

/// Runs `words[0]` with the other words; fails when it fails.
pub fn run(words: &[&str]) -> Result<()> {
    run_in(Path::new("."), words, &[])
}

pub fn run_in(folder: &Path, words: &[&str], environment: &[(&str, &str)]) -> Result<()> {
    let [program, arguments @ ..] = words else { bail!("nothing to run") };
    let status = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .envs(environment.iter().copied())
        .status()
        .with_context(|| format!("cannot start {program}"))?;
    if !status.success() {
        bail!("`{}` ended with {status}", words.join(" "));
    }
    Ok(())
}

/// Where a program stands on this machine.
pub fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// The folder cargo builds into.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from)
}
