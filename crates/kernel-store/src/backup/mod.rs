//! A backup: everything a city holds in one file, the same whatever the engine. Made while the city runs, checked by
//! checksum, restored whole or not at all.
//!
//! The file is a tar archive packed by Zstandard, so `tar --zstd -tf FILE` shows what is in it:
//! `madang.json` (which Madang made it, schema), `tables/NAME/000001.jsonl` (rows as JSON lines), `files/…` and other folders
//! that rows refer to, `master.key`, and last `manifest.json` (rows of each table; size and SHA-256 of all before it).
//! After it, in a frame that Zstandard skips, the SHA-256 of everything: no byte can change unnoticed.

mod load;
mod pack;
mod restore;
mod rows;
mod save;
mod unpack;

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

pub use restore::{Restore, Restored, restore};
pub use save::{Backup, backup};
pub use unpack::verify;

use crate::shape::Table;

/// Form of the file; rises when an older Madang could not read it.
const FORM: u32 = 1;
const HEAD: &str = "madang.json";
const MANIFEST: &str = "manifest.json";
const KEY: &str = "master.key";
const TABLES: &str = "tables/";
/// The ledger of migrations is described by the head and made anew by migrating.
const LEDGER: &str = "store_migration";

/// Is told what is under way, how far it is, and how far it goes.
pub type Watch<'a> = &'a mut (dyn FnMut(&str, u64, u64) + Send);

/// A folder that rows refer to.
#[derive(Debug, Clone, Copy)]
pub struct Folder<'a> {
    /// Its name in the backup.
    pub name: &'a str,
    /// Where it is; it may be missing.
    pub path: &'a Path,
}

/// The first member: what is needed before anything can be read.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Head {
    form: u32,
    /// Version of the Madang that made it.
    pub madang: String,
    /// When, in RFC 3339.
    pub made: String,
    pub engine: String,
    migrations: Vec<Step>,
    tables: Vec<Table>,
    /// Names of the folders that are in it, empty ones too.
    #[serde(default = "uploads")]
    folders: Vec<String>,
}

/// What was in a backup before it said so.
fn uploads() -> Vec<String> {
    vec!["files".to_owned()]
}

/// A migration that had run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Step {
    system: String,
    name: String,
    digest: String,
}

/// The last member.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Manifest {
    rows: BTreeMap<String, u64>,
    members: Vec<Member>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Member {
    name: String,
    bytes: u64,
    sha256: String,
}

/// What is in a backup whose checksums hold.
#[derive(Debug, Clone)]
pub struct Contents {
    pub head: Head,
    manifest: Manifest,
}

impl Contents {
    pub fn tables(&self) -> usize {
        self.manifest.rows.len()
    }

    pub fn rows(&self) -> u64 {
        self.manifest.rows.values().sum()
    }

    pub fn files(&self) -> usize {
        let in_folder = |name: &str| self.head.folders.iter().any(|folder| inside(name, folder).is_some());
        self.manifest.members.iter().filter(|member| in_folder(&member.name)).count()
    }

    pub fn has_key(&self) -> bool {
        self.manifest.members.iter().any(|member| member.name == KEY)
    }
}

/// The name that a member has within a folder.
fn inside<'a>(member: &'a str, folder: &str) -> Option<&'a str> {
    member.strip_prefix(folder)?.strip_prefix('/')
}
