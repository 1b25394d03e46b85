use std::sync::Arc;

use contracts::Fact;
use kernel_base::{Clock, Error, Id, Random, Result};
use kernel_store::{Store, Tx, flag, int, text};

pub(crate) const INSERT: &str = "INSERT INTO record_fact (id, at, name, body, heard) VALUES ($1, $2, $3, $4, $5)";
pub(crate) const WAITING: &str = "SELECT id, body FROM record_fact WHERE heard = $1 ORDER BY id LIMIT 100";
pub(crate) const HEARD: &str = "UPDATE record_fact SET heard = $2 WHERE id = $1";

/// Says a fact within the act's transaction.
pub async fn say(tx: &mut Tx, fact: &Fact, clock: &dyn Clock, random: &dyn Random) -> Result<()> {
    let id = Id::new("fa", clock, random);
    let body = serde_json::to_string(fact).map_err(Error::fault)?;
    let values = [text(id.as_str()), int(clock.now().0), text(fact.name()), text(body), flag(false)];
    tx.exec(INSERT, &values).await.map(drop)
}

/// Somebody who listens to facts; may hear one twice, so hearing must be idempotent.
pub trait Hearer: Send + Sync {
    fn hear<'a>(&'a self, fact: &'a Fact) -> std::pin::Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>>;
}

/// Tells the waiting facts to all hearers, oldest first; answers how many were told.
/// A fact that a hearer refuses stays and is told again next time, and so are those behind it.
pub async fn deliver(store: &Store, hearers: &[Arc<dyn Hearer>]) -> Result<usize> {
    let mut told = 0;
    for row in store.all(WAITING, &[flag(false)]).await? {
        let fact: Fact = serde_json::from_str(&row.text("body")?).map_err(Error::fault)?;
        for hearer in hearers {
            hearer.hear(&fact).await?;
        }
        let mut tx = store.begin().await?;
        tx.exec(HEARD, &[text(row.text("id")?), flag(true)]).await?;
        tx.commit().await?;
        told += 1;
    }
    Ok(told)
}
