//! Verifying the audit trail, entry by entry in constant memory.

mod diagnose;

use kernel_base::{Instant, Result};
use kernel_store::{Row, Store, int};

use crate::checkpoint::Checkpoint;
use crate::entry::{Entry, Hash, chained, unhex};
use crate::merkle::Merkle;

pub(crate) const SIZE: &str = "SELECT COALESCE(MAX(seq), 0) AS size FROM record_seal";
pub(crate) const WAITING: &str = "SELECT COUNT(*) AS n FROM record_unsealed";
pub(crate) const SEALS: &str = "SELECT s.seq, s.entry, s.hash, a.id, a.at, a.act, a.who, a.subject, a.detail
    FROM record_seal s LEFT JOIN record_audit a ON a.id = s.entry WHERE s.seq > $1 AND s.seq <= $2 ORDER BY s.seq LIMIT 1000";
pub(crate) const HASH_AT: &str = "SELECT hash FROM record_seal WHERE seq = $1";
pub(crate) const NEVER_SEALED: &str = "SELECT a.id, a.act FROM record_audit a
    LEFT JOIN record_seal s ON s.entry = a.id LEFT JOIN record_unsealed u ON u.entry = a.id
    WHERE s.entry IS NULL AND u.entry IS NULL ORDER BY a.id LIMIT 10";
pub(crate) const NEVER_WRITTEN: &str = "SELECT u.entry FROM record_unsealed u
    LEFT JOIN record_audit a ON a.id = u.entry WHERE a.id IS NULL ORDER BY u.entry LIMIT 10";
pub(crate) const OLDEST_WAITING: &str =
    "SELECT MIN(a.at) AS at FROM record_unsealed u JOIN record_audit a ON a.id = u.entry";

/// So many broken entries are told; the first matters.
const MOST_FINDINGS: usize = 10;

/// What is wrong with an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// One of its fields, or its hash, is not what was sealed.
    Altered,
    /// It was sealed and is gone.
    Missing,
    /// It stands in the trail and no act of the portal wrote it.
    Inserted,
    /// It stands at another place than it was sealed at.
    OutOfOrder,
}

impl Fault {
    pub fn sentence(self) -> &'static str {
        match self {
            Fault::Altered => "altered: it is not what was sealed",
            Fault::Missing => "missing: it was sealed and is gone",
            Fault::Inserted => "inserted: it was not there when its neighbours were sealed",
            Fault::OutOfOrder => "out of order: it was sealed at another place",
        }
    }
}

/// A broken entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// Its place in the chain; none for an entry outside it.
    pub seq: Option<i64>,
    /// Its id; empty when the seal is gone too.
    pub entry: String,
    pub fault: Fault,
}

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// Length of the chain.
    pub size: i64,
    /// Entries that are not sealed yet.
    pub waiting: i64,
    /// Root over all entries as they stand now; none when a part only was checked, or an entry is missing.
    pub root: Option<[u8; 32]>,
    /// Root over the first so many entries, where a checkpoint asked for it.
    pub root_then: Option<[u8; 32]>,
    /// The first broken entries, in the order of the chain.
    pub broken: Vec<Broken>,
}

impl Checked {
    /// Whether the trail still begins with exactly what the checkpoint signed.
    pub fn begins_with(&self, point: &Checkpoint) -> bool {
        self.root_then == Some(point.root)
    }
}

/// Verifies the whole trail. `size_then` is the size of a checkpoint to compare with; `watch` is told how far it is.
pub async fn check(store: &Store, size_then: Option<i64>, watch: &mut (dyn FnMut(i64, i64) + Send)) -> Result<Checked> {
    let size = size(store).await?;
    let mut walk = Walk { merkle: Some(Merkle::default()), size_then, ..Walk::after(0, Hash::default()) };
    walk.note_root_then();
    walk.through(store, size, watch).await?;
    let mut broken = walk.broken;
    for row in store.all(NEVER_SEALED, &[]).await? {
        broken.push(Broken { seq: None, entry: row.text("id")?, fault: Fault::Inserted });
    }
    for row in store.all(NEVER_WRITTEN, &[]).await? {
        broken.push(Broken { seq: None, entry: row.text("entry")?, fault: Fault::Missing });
    }
    let root = walk.merkle.map(|merkle| merkle.root());
    Ok(Checked { size, waiting: waiting(store).await?, root, root_then: walk.root_then, broken })
}

/// Verifies the last entries only: quick, for every day.
pub async fn check_last(store: &Store, entries: i64) -> Result<Checked> {
    let size = size(store).await?;
    let from = (size - entries).max(0);
    let before = match store.one(HASH_AT, &[int(from)]).await? {
        Some(row) => unhex(&row.text("hash")?).unwrap_or_default(),
        None => Hash::default(),
    };
    let mut walk = Walk::after(from, before);
    walk.through(store, size, &mut |_, _| ()).await?;
    Ok(Checked { size, waiting: waiting(store).await?, root: None, root_then: None, broken: walk.broken })
}

async fn size(store: &Store) -> Result<i64> {
    store.one(SIZE, &[]).await?.map_or(Ok(0), |row| row.int("size"))
}

/// Entries that committed and are not sealed yet.
pub async fn waiting(store: &Store) -> Result<i64> {
    store.one(WAITING, &[]).await?.map_or(Ok(0), |row| row.int("n"))
}

/// A place in the chain with what stands there.
struct Link {
    seq: i64,
    entry: String,
    /// None when the stored text is no hash at all.
    hash: Option<Hash>,
    /// Hash of the entry as it stands now; none when it is gone.
    leaf: Option<Hash>,
}

impl Link {
    fn read(row: &Row) -> Result<Link> {
        let there = row.text_opt("id")?.is_some();
        let leaf = if there { Some(Entry::read(row)?.leaf()) } else { None };
        let hash = unhex(&row.text("hash")?).ok();
        Ok(Link { seq: row.int("seq")?, entry: row.text("entry")?, hash, leaf })
    }

    fn broken(&self, fault: Fault) -> Broken {
        Broken { seq: Some(self.seq), entry: self.entry.clone(), fault }
    }

    fn follows(&self, before: &Hash) -> bool {
        self.leaf.is_some_and(|leaf| Some(chained(before, &leaf)) == self.hash)
    }
}

struct Walk {
    seq: i64,
    before: Hash,
    merkle: Option<Merkle>,
    size_then: Option<i64>,
    root_then: Option<Hash>,
    broken: Vec<Broken>,
}

impl Walk {
    fn after(seq: i64, before: Hash) -> Walk {
        Walk { seq, before, merkle: None, size_then: None, root_then: None, broken: Vec::new() }
    }

    async fn through(&mut self, store: &Store, size: i64, watch: &mut (dyn FnMut(i64, i64) + Send)) -> Result<()> {
        loop {
            watch(self.seq, size);
            let rows = store.all(SEALS, &[int(self.seq), int(size)]).await?;
            if rows.is_empty() {
                return Ok(());
            }
            for link in rows.iter().map(Link::read) {
                self.step(store, &link?).await?;
            }
        }
    }

    async fn step(&mut self, store: &Store, link: &Link) -> Result<()> {
        let mut passed = false;
        if link.seq != self.seq + 1 {
            self.report(Broken { seq: Some(self.seq + 1), entry: String::new(), fault: Fault::Missing });
            self.merkle = None;
        } else if link.leaf.is_none() {
            self.report(link.broken(Fault::Missing));
        } else if !link.follows(&self.before) && self.broken.len() < MOST_FINDINGS {
            let broken = diagnose::judged(link, &self.before, &around(store, link.seq).await?);
            // Stepped over: its neighbours were sealed without it.
            passed = broken.fault == Fault::Inserted && broken.seq == Some(link.seq);
            self.report(broken);
        }
        match (&mut self.merkle, link.leaf) {
            (Some(merkle), Some(leaf)) => merkle.push(leaf),
            _ => self.merkle = None,
        }
        self.seq = link.seq;
        if !passed {
            self.before = link.hash.unwrap_or_default();
        }
        self.note_root_then();
        Ok(())
    }

    fn note_root_then(&mut self) {
        if self.size_then == Some(self.seq) {
            self.root_then = self.merkle.as_ref().map(Merkle::root);
        }
    }

    fn report(&mut self, broken: Broken) {
        if self.broken.len() < MOST_FINDINGS && self.broken.last() != Some(&broken) {
            self.broken.push(broken);
        }
    }
}

/// The links around a place, for whoever must say what happened there.
async fn around(store: &Store, seq: i64) -> Result<Vec<Link>> {
    let rows = store.all(SEALS, &[int((seq - 500).max(0)), int(seq + 500)]).await?;
    rows.iter().map(Link::read).collect()
}

/// When the oldest entry was written that is not sealed yet.
pub async fn unsealed_since(store: &Store) -> Result<Option<Instant>> {
    let row = store.one(OLDEST_WAITING, &[]).await?;
    Ok(row.map(|row| row.int_opt("at")).transpose()?.flatten().map(Instant))
}
