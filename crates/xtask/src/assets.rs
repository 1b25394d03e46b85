//! Styles, scripts, fonts and icons: `web/` → `web/dist`, which the binary carries.

use std::path::Path;
use std::time::SystemTime;

use anyhow::{Context, Result};

use crate::shell;

const MADE: &str = "web/dist/manifest.json";

/// Builds `web/dist` when a source is newer than it.
pub fn build() -> Result<()> {
    let web = Path::new("web");
    let wanted = newest_source(web)?;
    if let Ok(made) = modified(Path::new(MADE))
        && made >= wanted
    {
        return Ok(());
    }
    let lock = web.join("package-lock.json");
    let installed = web.join("node_modules/.package-lock.json");
    if modified(&installed).ok() < modified(&lock).ok() {
        shell::run_in(web, &["npm", "ci", "--no-audit", "--no-fund"], &[])?;
    }
    shell::run_in(web, &["node", "build.mjs"], &[])
}

fn newest_source(folder: &Path) -> Result<SystemTime> {
    let mut newest = SystemTime::UNIX_EPOCH;
    for entry in std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let entry = entry?;
        let (name, kind) = (entry.file_name(), entry.file_type()?);
        if kind.is_dir() {
            if name != "node_modules" && name != "dist" {
                newest = newest.max(newest_source(&entry.path())?);
            }
        } else {
            newest = newest.max(modified(&entry.path())?);
        }
    }
    Ok(newest)
}

fn modified(file: &Path) -> Result<SystemTime> {
    Ok(file.metadata()?.modified()?)
}
