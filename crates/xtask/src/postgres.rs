//! A PostgreSQL for one test run: a cluster in a temporary folder on a Unix socket, gone afterwards.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::machine;

pub struct Cluster {
    programs: PathBuf,
    folder: PathBuf,
}

/// Debian keeps the programs of each version in a folder of its own.
pub fn folder() -> Option<PathBuf> {
    let mut versions: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .filter(|bin| bin.join("initdb").exists())
        .collect();
    versions.sort();
    versions.pop()
}

impl Cluster {
    pub fn start() -> Result<Cluster> {
        let programs = folder().context("PostgreSQL is not installed")?;
        let folder = std::env::temp_dir().join(format!("madang-postgres-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        if machine::is_root() {
            // PostgreSQL refuses to run as root.
            crate::shell::run(&["chown", "postgres", &folder.to_string_lossy()])?;
        }
        let cluster = Cluster { programs, folder };
        let data = cluster.data();
        cluster.call("initdb", &["-D", &data, "-A", "trust", "-U", "madang", "-E", "UTF8", "--locale=C.UTF-8"])?;
        let options = format!(
            "-c listen_addresses= -c unix_socket_directories={} -c fsync=off -c full_page_writes=off -c max_connections=200",
            cluster.folder.display()
        );
        cluster.call("pg_ctl", &["-D", &data, "-w", "-l", &cluster.path("log"), "-o", &options, "start"])?;
        Ok(cluster)
    }

    /// `postgres://…` of the maintenance database; tests make databases of their own beside it.
    pub fn address(&self) -> String {
        let socket = self.folder.to_string_lossy().replace('/', "%2F");
        format!("postgres://madang@{socket}/postgres")
    }

    fn data(&self) -> String {
        self.path("data")
    }

    fn path(&self, name: &str) -> String {
        self.folder.join(name).to_string_lossy().into_owned()
    }

    fn call(&self, program: &str, arguments: &[&str]) -> Result<()> {
        let program = self.programs.join(program);
        let mut command = if machine::is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(&program);
            command
        } else {
            Command::new(&program)
        };
        // pg_ctl's server would keep our pipe open for ever, so its words go to a file.
        let words = std::fs::File::create(self.folder.join("words"))?;
        let status = command
            .args(arguments)
            .current_dir(Path::new("/"))
            .stdin(std::process::Stdio::null())
            .stdout(words.try_clone()?)
            .stderr(words)
            .status()?;
        if !status.success() {
            let words = std::fs::read_to_string(self.folder.join("words")).unwrap_or_default();
            bail!("{} ended with {status}: {words}", program.display());
        }
        Ok(())
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let data = self.data();
        if let Err(cause) = self.call("pg_ctl", &["-D", &data, "-m", "immediate", "stop"]) {
            eprintln!("PostgreSQL for the tests did not stop: {cause}");
        }
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
