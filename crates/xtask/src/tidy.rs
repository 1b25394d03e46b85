//! The sentences of ARCHITECTURE.md that a machine can check. Each finding names the file, the line and the rule.

mod asvs;
mod crates;
mod files;

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

/// Everything that is wrong, as sentences.
#[derive(Default)]
pub struct Findings(Vec<String>);

impl Findings {
    pub fn add(&mut self, place: impl std::fmt::Display, rule: &str) {
        self.0.push(format!("{place}: {rule}"));
    }
}

pub fn check() -> Result<()> {
    let mut findings = Findings::default();
    crates::check(&mut findings)?;
    files::check(&mut findings)?;
    asvs::check(&mut findings)?;
    if findings.0.is_empty() {
        return Ok(());
    }
    for finding in &findings.0 {
        eprintln!("{finding}");
    }
    bail!("tidy: {} findings", findings.0.len())
}

/// The files that git tracks or would track, sorted.
fn tracked() -> Result<Vec<PathBuf>> {
    let answer = std::process::Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard", "-z"])
        .output()?;
    let listed = String::from_utf8_lossy(&answer.stdout).into_owned();
    let mut files: Vec<PathBuf> =
        listed.split('\0').filter(|name| !name.is_empty()).map(PathBuf::from).filter(|file| file.is_file()).collect();
    files.sort();
    Ok(files)
}

/// The crate a file belongs to.
fn crate_of(file: &Path) -> Option<&str> {
    let mut parts = file.components().map(|part| part.as_os_str().to_str().unwrap_or_default());
    (parts.next() == Some("crates")).then(|| parts.next()).flatten()
}
