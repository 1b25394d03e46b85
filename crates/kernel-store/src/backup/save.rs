//! Making a backup.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use futures::TryStreamExt;
use kernel_base::{Error, Instant, Result};

use super::pack::Pack;
use super::{Contents, FORM, Folder, HEAD, Head, KEY, LEDGER, Manifest, Step, TABLES, Watch, rows};
use crate::shape::{Table, quoted};
use crate::snapshot::Snapshot;
use crate::{Migrations, Store};

/// Rows are written in parts of about so many bytes, each held in memory once.
const PART: usize = 4 << 20;
/// Progress is told every so many rows.
const TELL: u64 = 1000;

/// What goes into a backup, and where it goes.
pub struct Backup<'a> {
    pub out: &'a Path,
    /// Version of this Madang.
    pub madang: &'a str,
    pub now: Instant,
    /// Schemas of all systems: their tables are kept.
    pub migrations: &'a [Migrations],
    /// Folders that rows refer to.
    pub folders: &'a [Folder<'a>],
    /// The master key, where it shall be in the backup.
    pub key: Option<&'a Path>,
}

/// Makes a backup of one moment while others write. The file appears when it is whole.
pub async fn backup(store: &Store, what: &Backup<'_>, watch: Watch<'_>) -> Result<Contents> {
    let key = what.key.map(read_key).transpose()?;
    let mut pack = Pack::create(what.out, what.now)?;
    let systems: Vec<&str> = what.migrations.iter().map(|system| system.system).chain(["store"]).collect();
    let mut snapshot = store.snapshot().await?;
    let tables = snapshot.tables(&systems).await?;
    if !tables.iter().any(|table| table.name == LEDGER) {
        return Err(Error::Refused("there is no city in this database".into()));
    }
    let migrations = steps(&mut snapshot).await?;
    let tables: Vec<Table> = tables.into_iter().filter(|table| table.name != LEDGER).collect();
    let (madang, made, engine) = (what.madang.to_owned(), what.now.rfc3339(), store.engine().to_owned());
    let folders = what.folders.iter().map(|folder| folder.name.to_owned()).collect();
    let head = Head { form: FORM, madang, made, engine, migrations, tables, folders };
    pack.add(HEAD, &serde_json::to_vec_pretty(&head).map_err(Error::fault)?)?;
    let rows = save_tables(&mut snapshot, &mut pack, &head.tables, watch).await?;
    drop(snapshot);
    // After the rows: what they refer to was there before they committed.
    for folder in what.folders {
        save_files(&mut pack, folder, watch)?;
    }
    if let Some(key) = key {
        pack.add(KEY, &key)?;
    }
    let manifest = pack.finish(Manifest { rows, members: Vec::new() })?;
    Ok(Contents { head, manifest })
}

fn read_key(file: &Path) -> Result<Vec<u8>> {
    fs::read(file).map_err(|cause| match cause.kind() {
        ErrorKind::NotFound => Error::Refused(format!(
            "the master key {} is missing; say where it is, or leave it out with --without-key",
            file.display()
        )),
        _ => Error::Refused(format!("the master key {} cannot be read: {cause}", file.display())),
    })
}

async fn steps(snapshot: &mut Snapshot) -> Result<Vec<Step>> {
    let all = snapshot.all(format!("SELECT system, name, digest FROM {LEDGER} ORDER BY system, name")).await?;
    let read = all
        .iter()
        .map(|row| Ok(Step { system: row.text("system")?, name: row.text("name")?, digest: row.text("digest")? }));
    read.collect()
}

async fn save_tables(
    snapshot: &mut Snapshot,
    pack: &mut Pack,
    tables: &[Table],
    watch: Watch<'_>,
) -> Result<BTreeMap<String, u64>> {
    let mut counts = BTreeMap::new();
    for table in tables {
        let answer = snapshot.all(format!("SELECT COUNT(*) AS n FROM {}", quoted(&table.name))).await?;
        let count = answer.first().map_or(Ok(0), |row| row.int("n"))?;
        counts.insert(table.name.clone(), u64::try_from(count).map_err(Error::fault)?);
    }
    let (mut done, all) = (0, counts.values().sum());
    for table in tables {
        watch(&table.name, done, all);
        let (mut part, mut number, mut written) = (Vec::new(), 1, 0);
        let mut stream = snapshot.stream(format!("SELECT {} FROM {}", table.list(), quoted(&table.name)));
        while let Some(row) = stream.try_next().await? {
            rows::write(&mut part, &row, &table.columns)?;
            written += 1;
            if written % TELL == 0 {
                watch(&table.name, done + written, all);
            }
            if part.len() >= PART {
                pack.add(&part_name(table, number), &part)?;
                part.clear();
                number += 1;
            }
        }
        if !part.is_empty() {
            pack.add(&part_name(table, number), &part)?;
        }
        if counts.get(&table.name) != Some(&written) {
            return Err(Error::Fault(format!("{} was not read as a whole", table.name)));
        }
        done += written;
    }
    Ok(counts)
}

fn part_name(table: &Table, number: u32) -> String {
    format!("{TABLES}{}/{number:06}.jsonl", table.name)
}

fn save_files(pack: &mut Pack, folder: &Folder<'_>, watch: Watch<'_>) -> Result<()> {
    let files = listed(folder.path)?;
    let (mut done, all) = (0, files.iter().map(|(_, bytes)| bytes).sum());
    for (path, bytes) in files {
        watch(folder.name, done, all);
        let name = path.strip_prefix(folder.path).ok().and_then(Path::to_str);
        let name = name.ok_or_else(|| Error::Refused(format!("{} has no name in UTF-8", path.display())))?;
        // One that grows is as long as it is now; one that is replaced stays whole for who holds it open.
        match File::open(&path).and_then(|file| Ok((file.metadata()?.len(), file))) {
            Ok((length, file)) => pack.stream(&format!("{}/{name}", folder.name), file, length)?,
            // Removed by the city since we looked: its row says so too, or will when its job runs again.
            Err(cause) if cause.kind() == ErrorKind::NotFound => {}
            Err(cause) => return Err(Error::Refused(format!("{} cannot be read: {cause}", path.display()))),
        }
        done += bytes;
    }
    Ok(())
}

/// All files below a folder with their sizes, sorted; none when there is no folder.
pub(super) fn listed(folder: &Path) -> Result<Vec<(PathBuf, u64)>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let cannot = |cause: std::io::Error| Error::Refused(format!("{} cannot be read: {cause}", folder.display()));
        let entries = match fs::read_dir(&folder) {
            Err(cause) if cause.kind() == ErrorKind::NotFound => continue,
            entries => entries.map_err(cannot)?,
        };
        for entry in entries {
            let entry = entry.map_err(cannot)?;
            match entry.metadata() {
                Ok(about) if about.is_dir() => folders.push(entry.path()),
                Ok(about) if about.is_file() && !unfinished(&entry.path()) => files.push((entry.path(), about.len())),
                _ => {}
            }
        }
    }
    files.sort();
    Ok(files)
}

/// Somebody writes it just now, or was killed while writing.
fn unfinished(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "part" || ending == "restoring")
}
