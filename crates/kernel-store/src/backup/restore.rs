//! Putting a backup into a database and a folder, whole or not at all.
//!
//! Files are written first, beside what is there: without their rows nobody sees them. Then one transaction makes the
//! schema, loads all rows and brings the schema up to date. Its commit is the moment of the restore; whoever is killed
//! before has nothing, and can begin again.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Component, Path, PathBuf};

use kernel_base::{Error, Result};

use super::pack::sync_folder;
use super::unpack::{self, name, refused};
use super::{Contents, Folder, KEY, TABLES, Watch, inside, save, verify};
use crate::migrate::{digest, stem};
use crate::shape::Table;
use crate::store::Tx;
use crate::{Database, Migrations, Store};

/// Where a backup goes.
pub struct Restore<'a> {
    pub from: &'a Path,
    pub database: &'a Database,
    pub migrations: &'a [Migrations],
    /// Folders that rows refer to.
    pub folders: &'a [Folder<'a>],
    /// File of the master key.
    pub key: &'a Path,
    /// Throw away what the database holds.
    pub replace: bool,
}

/// What was restored.
pub struct Restored {
    pub contents: Contents,
    /// Whether a master key is in its place now.
    pub has_key: bool,
}

pub async fn restore(what: &Restore<'_>, watch: Watch<'_>) -> Result<Restored> {
    let contents = verify(what.from, watch)?;
    known(what, &contents)?;
    make_folder(what.database)?;
    // Of a database that holds something nothing is touched, its folder neither.
    let store = Store::open_unrelated(what.database).await?;
    let mut tx = store.begin_keyed().await?;
    let systems: Vec<&str> = what.migrations.iter().map(|system| system.system).chain(["store"]).collect();
    let there = tx.tables(&systems).await?;
    if let Some(table) = tx.first_filled(&there).await?.filter(|_| !what.replace) {
        return Err(Error::Refused(format!(
            "the database is not empty ({table} has rows): restore into an empty one, or say --replace to lose what it holds"
        )));
    }
    let placed = place_files(what, watch)?;
    tx.drop_tables(&there).await?;
    let then = |system: &str, file: &str| {
        contents.head.migrations.iter().any(|step| step.system == system && stem(&step.name) == stem(file))
    };
    tx.migrate(what.migrations, then).await?;
    fill(&mut tx, what, &contents, &systems, watch).await?;
    tx.migrate(what.migrations, |_, _| true).await?;
    tx.commit().await?;
    store.close().await;
    placed.finish()?;
    if what.replace {
        // A folder that the backup does not have is nobody's of before: it stays.
        for folder in what.folders.iter().filter(|folder| contents.head.folders.iter().any(|had| had == folder.name)) {
            forget_others(folder.path, &placed.names)?;
        }
    }
    let has_key = what.key.exists();
    Ok(Restored { contents, has_key })
}

/// A file's folder, for the city's own account only.
fn make_folder(database: &Database) -> Result<()> {
    let Database::Sqlite(file) = database else { return Ok(()) };
    let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) else { return Ok(()) };
    let made = fs::DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.map_err(|cause| Error::Refused(format!("cannot make the folder {}: {cause}", folder.display())))
}

/// Refuses what a newer Madang made: its rows would not fit.
fn known(what: &Restore<'_>, contents: &Contents) -> Result<()> {
    let head = &contents.head;
    for step in &head.migrations {
        // Steps of one prefix may stand in several crates: in the kernel's and in the system's.
        let mut here = what.migrations.iter().filter(|system| system.system == step.system);
        let file = here.find_map(|system| system.for_engine(&head.engine).find(|(name, _)| *name == step.name));
        let (system, name) = (&step.system, &step.name);
        let why = match file {
            Some((_, sql)) if digest(sql) == step.digest => continue,
            Some(_) => format!("its schema step {system}/{name} is another one than here"),
            None => format!("its schema step {system}/{name} is unknown here"),
        };
        let advice = format!("{why}; restore it with Madang {} or a newer one", head.madang);
        return Err(refused(what.from, &advice));
    }
    for had in &head.folders {
        if !what.folders.iter().any(|folder| folder.name == had) {
            let advice =
                format!("its folder {had} is unknown here; restore it with Madang {} or a newer one", head.madang);
            return Err(refused(what.from, &advice));
        }
    }
    Ok(())
}

async fn fill(tx: &mut Tx, what: &Restore<'_>, contents: &Contents, systems: &[&str], watch: Watch<'_>) -> Result<()> {
    let made = tx.tables(systems).await?;
    for table in &contents.head.tables {
        if !made.iter().any(|there| there.name == table.name && there.same_columns(table)) {
            return Err(refused(what.from, &format!("its table {} is not as its schema says", table.name)));
        }
    }
    tx.empty(&made).await?;
    let later = tx.relations_later().await?;
    let (mut done, all) = (0, contents.rows());
    let mut archive = unpack::open(what.from)?;
    for entry in archive.entries().map_err(Error::fault)? {
        let mut entry = entry.map_err(Error::fault)?;
        let name = name(what.from, &entry)?;
        let Some(table) = table_of(&name, &contents.head.tables) else { continue };
        let mut part = String::new();
        entry.read_to_string(&mut part).map_err(|cause| refused(what.from, &format!("{name}: {cause}")))?;
        done += tx.load(table, &part).await?;
        watch(&table.name, done, all);
    }
    tx.relations_now(later).await?;
    tx.verify_counts(&contents.head.tables, &contents.manifest.rows).await
}

fn table_of<'a>(member: &str, tables: &'a [Table]) -> Option<&'a Table> {
    let (table, _) = member.strip_prefix(TABLES)?.split_once('/')?;
    tables.iter().find(|known| known.name == table)
}

/// Files of the backup on the disk.
#[derive(Default)]
struct Placed {
    names: BTreeSet<PathBuf>,
    /// Written beside another file of their name, whose place they take when the rows are there.
    beside: Vec<(PathBuf, PathBuf)>,
}

impl Placed {
    fn finish(&self) -> Result<()> {
        for (new, place) in &self.beside {
            let cannot = |cause| Error::Refused(format!("{} cannot be written: {cause}", place.display()));
            fs::rename(new, place).map_err(cannot)?;
            sync_folder(place)?;
        }
        Ok(())
    }
}

/// Writes files and key to their places.
fn place_files(what: &Restore<'_>, watch: Watch<'_>) -> Result<Placed> {
    let mut placed = Placed::default();
    let mut archive = unpack::open(what.from)?;
    for entry in archive.entries().map_err(Error::fault)? {
        let mut entry = entry.map_err(Error::fault)?;
        let name = name(what.from, &entry)?;
        let folder = what.folders.iter().find_map(|folder| Some((folder, inside(&name, folder.name)?)));
        let (place, replace) = match folder {
            Some((folder, inside)) => (folder.path.join(plain(what.from, inside)?), what.replace),
            None if name == KEY => (what.key.to_owned(), false),
            None => continue,
        };
        watch(&name, 0, 0);
        let bytes = entry.size();
        if let Some(new) = place_file(&place, &mut entry, bytes, replace)? {
            placed.beside.push((new, place.clone()));
        }
        placed.names.insert(place);
    }
    Ok(placed)
}

/// A name that stays inside its folder.
fn plain(from: &Path, name: &str) -> Result<PathBuf> {
    let path = PathBuf::from(name);
    let inside = path.components().all(|part| matches!(part, Component::Normal(_)));
    if inside && !name.is_empty() { Ok(path) } else { Err(refused(from, &format!("{name} leads out of its folder"))) }
}

/// Answers where it is when it has to wait for its place.
fn place_file(place: &Path, from: &mut impl Read, bytes: u64, replace: bool) -> Result<Option<PathBuf>> {
    let cannot = |cause: io::Error| Error::Refused(format!("{} cannot be written: {cause}", place.display()));
    if let Some(folder) = place.parent() {
        fs::create_dir_all(folder).map_err(cannot)?;
    }
    let mut name = place.as_os_str().to_owned();
    name.push(".restoring");
    let new = PathBuf::from(name);
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&new).map_err(cannot)?;
    io::copy(from, &mut file).and_then(|_| file.sync_all()).map_err(cannot)?;
    if place.exists() {
        let same = same_bytes(place, &new, bytes).map_err(cannot)?;
        if !same && replace {
            return Ok(Some(new));
        }
        fs::remove_file(&new).map_err(cannot)?;
        if !same {
            return Err(Error::Refused(format!(
                "{} is there already and is not the one in the backup; move it away, then restore again",
                place.display()
            )));
        }
        return Ok(None);
    }
    fs::rename(&new, place).map_err(cannot)?;
    sync_folder(place)?;
    Ok(None)
}

fn same_bytes(one: &Path, other: &Path, bytes: u64) -> io::Result<bool> {
    if fs::metadata(one)?.len() != bytes {
        return Ok(false);
    }
    let (mut one, mut other) = (io::BufReader::new(File::open(one)?), io::BufReader::new(File::open(other)?));
    let (mut here, mut there) = (vec![0; 1 << 16], vec![0; 1 << 16]);
    loop {
        let read = one.read(&mut here)?;
        if read == 0 {
            return Ok(true);
        }
        other.read_exact(&mut there[..read])?;
        if here[..read] != there[..read] {
            return Ok(false);
        }
    }
}

/// Files of the city that was replaced go with it.
fn forget_others(folder: &Path, names: &BTreeSet<PathBuf>) -> Result<()> {
    for (path, _) in save::listed(folder)? {
        if !names.contains(&path) {
            let cannot = |cause| Error::Refused(format!("{} cannot be removed: {cause}", path.display()));
            fs::remove_file(&path).map_err(cannot)?;
        }
    }
    Ok(())
}
