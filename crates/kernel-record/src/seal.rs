//! Tying committed entries of the audit trail to its chain.

use kernel_base::{Error, Result};
use kernel_store::{Store, int, text};

use crate::entry::{Entry, Hash, chained, hex, unhex};

pub(crate) const HEAD: &str = "SELECT seq, hash FROM record_seal ORDER BY seq DESC LIMIT 1";
pub(crate) const WAITING: &str = "SELECT u.nth, a.id, a.at, a.act, a.who, a.subject, a.detail
    FROM record_unsealed u JOIN record_audit a ON a.id = u.entry ORDER BY u.entry LIMIT 500";
pub(crate) const SEAL: &str = "INSERT INTO record_seal (seq, entry, hash) VALUES ($1, $2, $3)";
pub(crate) const SEALED: &str = "DELETE FROM record_unsealed WHERE entry = $1";

/// Races lost to other nodes before something must be wrong.
const MOST_LOST: u32 = 50;

/// Seals the entries that wait, oldest first; answers how many. Two nodes may do this at once: a place in the chain
/// is taken once only, and whoever comes second begins again after the first.
pub async fn seal(store: &Store) -> Result<usize> {
    let (mut sealed, mut lost) = (0, 0);
    loop {
        match some(store).await {
            Ok(0) => return Ok(sealed),
            Ok(count) => sealed += count,
            Err(Error::Conflict(_) | Error::Retry) if lost < MOST_LOST => lost += 1,
            Err(cause) => return Err(cause),
        }
    }
}

async fn some(store: &Store) -> Result<usize> {
    let rows = store.all(WAITING, &[]).await?;
    if rows.is_empty() {
        return Ok(0);
    }
    let mut entries: Vec<_> = rows.iter().map(|row| Ok((row.int("nth")?, Entry::read(row)?))).collect::<Result<_>>()?;
    entries.sort_by(|(nth, entry), (other, later)| (entry.at, nth, &entry.id).cmp(&(later.at, other, &later.id)));
    let mut tx = store.begin_keyed().await?;
    let (mut seq, mut before) = match tx.one(HEAD, &[]).await? {
        Some(row) => (row.int("seq")?, unhex(&row.text("hash")?)?),
        None => (0, Hash::default()),
    };
    for (_, entry) in &entries {
        seq += 1;
        before = chained(&before, &entry.leaf());
        tx.exec(SEAL, &[int(seq), text(&entry.id), text(hex(&before))]).await?;
        tx.exec(SEALED, &[text(&entry.id)]).await?;
    }
    tx.commit_quietly().await?;
    Ok(entries.len())
}
