//! A backup: everything a city holds in one file, the same whatever the engine. Made while the city runs, checked by
//! checksum, restored whole or not at all.
//!
//! The file is a tar archive packed by Zstandard, so `tar --zstd -tf FILE` shows what is in it:
//! `madang.json` (which Madang made it, schema), `tables/NAME/000001.jsonl` (rows as JSON lines), `files/…` (what was
//! uploaded), `master.key`, and last `manifest.json` (rows of each table; size and SHA-256 of all before it).
//! After it, in a frame that Zstandard skips, the SHA-256 of everything: no byte can change unnoticed.

mod load;
mod pack;
mod restore;
mod rows;
mod save;
mod unpack;

use std::collections::BTreeMap;

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
const FILES: &str = "files/";
/// The ledger of migrations is described by the head and made anew by migrating.
const LEDGER: &str = "store_migration";

/// Is told what is under way, how far it is, and how far it goes.
pub type Watch<'a> = &'a mut (dyn FnMut(&str, u64, u64) + Send);

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
        self.manifest.members.iter().filter(|member| member.name.starts_with(FILES)).count()
    }

    pub fn has_key(&self) -> bool {
        self.manifest.members.iter().any(|member| member.name == KEY)
    }
}
