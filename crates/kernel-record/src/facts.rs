use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use contracts::Fact;
use kernel_base::{Clock, Error, Id, Instant, Random, Result};
use kernel_store::{Row, Store, Tx, flag, int, text};

use crate::lease::{HEARTBEAT, Lease, nth, patiently, while_held};

pub(crate) const INSERT: &str =
    "INSERT INTO record_fact (id, at, name, body, heard, nth) VALUES ($1, $2, $3, $4, $5, $6)";
pub(crate) const WAITING: &str = "SELECT id, body FROM record_fact WHERE heard = $1 ORDER BY at, nth, id LIMIT 100";
pub(crate) const HEARD: &str = "UPDATE record_fact SET heard = $2 WHERE id = $1";
pub(crate) const OLDEST: &str =
    "SELECT name, at FROM record_fact WHERE heard = $1 AND at < $2 ORDER BY at, nth, id LIMIT 1";

pub(crate) const FORGET: &str = "DELETE FROM record_fact WHERE heard = $1 AND at < $2";

/// Says a fact within the act's transaction.
pub async fn say(tx: &mut Tx, fact: &Fact, clock: &dyn Clock, random: &dyn Random) -> Result<()> {
    let id = Id::new("fa", clock, random);
    let body = serde_json::to_string(fact).map_err(Error::fault)?;
    let values = [text(id.as_str()), int(clock.now().0), text(fact.name()), text(body), flag(false), int(nth())];
    tx.exec(INSERT, &values).await.map(drop)
}

/// Somebody who listens to facts; may hear one twice, so hearing must be idempotent.
pub trait Hearer: Send + Sync {
    fn hear<'a>(&'a self, fact: &'a Fact) -> Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>>;
}

/// Tells the waiting facts to all hearers, oldest first; answers how many were told. One node at a time does it.
/// A fact that a hearer refuses stays and is told again next time, and so are those behind it.
pub async fn deliver(
    store: &Store,
    hearers: &[Arc<dyn Hearer>],
    clock: &Arc<dyn Clock>,
    random: &dyn Random,
) -> Result<usize> {
    if store.all(WAITING, &[flag(false)]).await?.is_empty() {
        return Ok(0);
    }
    let lease = Lease::new("facts", &**clock, random);
    if !patiently(random, || lease.hold(store, &**clock)).await? {
        return Ok(0);
    }
    let (ours, renewed) = ((store.clone(), clock.clone()), lease.clone());
    let renew = move || {
        let ((store, clock), lease) = (ours.clone(), renewed.clone());
        async move { lease.hold(&store, &*clock).await }
    };
    let told = while_held(tell(store, hearers, random), HEARTBEAT, renew).await;
    patiently(random, || lease.free(store)).await?;
    told.unwrap_or_else(|| Err(Error::Fault("another node took over telling the facts".into())))
}

async fn tell(store: &Store, hearers: &[Arc<dyn Hearer>], random: &dyn Random) -> Result<usize> {
    let mut told = 0;
    // Read only now that nobody else tells them.
    for row in store.all(WAITING, &[flag(false)]).await? {
        let fact: Fact = serde_json::from_str(&row.text("body")?).map_err(Error::fault)?;
        for hearer in hearers {
            hearer.hear(&fact).await?;
        }
        patiently(random, || heard(store, &row)).await?;
        told += 1;
    }
    Ok(told)
}

async fn heard(store: &Store, row: &Row) -> Result<()> {
    let mut tx = store.begin_keyed().await?;
    tx.exec(HEARD, &[text(row.text("id")?), flag(true)]).await?;
    tx.commit_quietly().await
}

/// The oldest fact that was said before this moment and that somebody has not heard yet: its name, and when it was said.
pub async fn unheard_since(store: &Store, before: Instant) -> Result<Option<(String, Instant)>> {
    let row = store.one(OLDEST, &[flag(false), int(before.0)]).await?;
    row.map(|row| Ok((row.text("name")?, Instant(row.int("at")?)))).transpose()
}

/// Forgets what everybody heard and was said before this moment; answers how many facts. What happened stands in the audit
/// trail and in the systems' own tables.
pub async fn forget_heard(tx: &mut Tx, before: Instant) -> Result<u64> {
    tx.exec(FORGET, &[flag(true), int(before.0)]).await
}
