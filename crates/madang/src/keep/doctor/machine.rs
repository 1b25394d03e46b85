//! The machine below the city: folder, key, room.

use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::PermissionsExt;
use std::sync::Arc;

use kernel_base::SystemRandom;
use kernel_files::Files;

use super::Finding;
use crate::config::Config;
use crate::key;

/// Below this much room a city should not go on.
const LEAST_ROOM: u64 = 1 << 30;
const ENOUGH_ROOM: u64 = 5 << 30;

pub fn folder(config: &Config) -> Vec<Finding> {
    const CHECK: &str = "folder";
    let folder = &config.data.dir;
    let shown = folder.display();
    let mode = match fs::metadata(folder) {
        Err(cause) if cause.kind() == ErrorKind::NotFound => {
            return vec![Finding::wrong(CHECK, format!("{shown} is not there"), "name it with --data or data.dir")];
        }
        Err(cause) => {
            return vec![Finding::wrong(CHECK, format!("{shown}: {cause}"), "let the city's account read it")];
        }
        Ok(about) => about.permissions().mode(),
    };
    let mut findings = Vec::new();
    if mode & 0o007 != 0 {
        let found = format!("every account on this machine can look into {shown}");
        findings.push(Finding::wrong(CHECK, found, format!("chmod 700 {shown}")));
    }
    let probe = folder.join(format!(".doctor-{}", std::process::id()));
    match fs::write(&probe, "probe").and_then(|()| fs::remove_file(&probe)) {
        Err(cause) => {
            let found = format!("nothing can be written in {shown}: {cause}");
            findings.push(Finding::wrong(CHECK, found, "check its owner, and whether the disk is full or read-only"));
        }
        Ok(()) if findings.is_empty() => findings.push(Finding::good(CHECK, shown.to_string())),
        Ok(()) => {}
    }
    findings
}

pub fn master_key(config: &Config) -> Vec<Finding> {
    const CHECK: &str = "master key";
    let file = config.key_file();
    match key::read(&file) {
        Ok(_) => vec![Finding::good(CHECK, file.display().to_string())],
        Err(_) if !file.exists() => vec![Finding::wrong(
            CHECK,
            format!("{} is missing", file.display()),
            "put it back from a backup; a new one cannot open what is sealed. `madang serve` makes one for a new city",
        )],
        Err(cause) => vec![Finding::wrong(CHECK, format!("{cause:#}"), "see there")],
    }
}

/// Whether uploads can be kept, and ClamAV answers where one is configured.
pub async fn uploads(config: &Config) -> Vec<Finding> {
    const CHECK: &str = "uploads";
    if !config.data.dir.is_dir() {
        return Vec::new();
    }
    vec![match Files::new(config.files(), Arc::new(SystemRandom)).ready().await {
        Ok(()) => Finding::good(CHECK, config.files_folder().display().to_string()),
        Err(cause) => Finding::wrong(CHECK, cause, "nobody can send a file until that is mended"),
    }]
}

pub fn room(config: &Config) -> Vec<Finding> {
    const CHECK: &str = "room";
    let folder = &config.data.dir;
    let Ok(disk) = rustix::fs::statvfs(folder) else { return Vec::new() };
    let free = disk.f_bavail.saturating_mul(disk.f_frsize);
    let found = format!("{:.1} GB free for {}", free as f64 / 1e9, folder.display());
    let todo = "make room: when the disk is full nothing can be kept any more";
    vec![match free {
        0..LEAST_ROOM => Finding::wrong(CHECK, found, todo),
        LEAST_ROOM..ENOUGH_ROOM => Finding::note(CHECK, found, todo),
        _ => Finding::good(CHECK, found),
    }]
}
