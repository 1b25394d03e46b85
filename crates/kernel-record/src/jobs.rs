use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use kernel_base::{Clock, Error, Id, Instant, Random, Result};
use kernel_store::{Store, Tx, Value, int, text};
use serde_json::Value as Json;
use tokio::sync::watch;

pub(crate) const INSERT: &str = "INSERT INTO record_job (id, kind, payload, run_at, taken_until, tries)
    VALUES ($1, $2, $3, $4, 0, 0)";
// The same text on both engines; a lease instead of a lock, so that no engine needs SKIP LOCKED.
pub(crate) const CLAIM: &str = "UPDATE record_job SET taken_until = $2, tries = tries + 1
    WHERE id = (SELECT id FROM record_job WHERE run_at <= $1 AND taken_until < $1 ORDER BY run_at, id LIMIT 1)
      AND taken_until < $1
    RETURNING id, kind, payload, tries";
pub(crate) const DONE: &str = "DELETE FROM record_job WHERE id = $1 AND taken_until = $2";
pub(crate) const AGAIN: &str =
    "UPDATE record_job SET run_at = $3, taken_until = 0, last_error = $4 WHERE id = $1 AND taken_until = $2";
pub(crate) const NEXT: &str = "SELECT COUNT(*) AS n FROM record_job WHERE run_at <= $1 AND taken_until < $1";

const LEASE_SECONDS: i64 = 60;
const LONGEST_PAUSE_SECONDS: i64 = 3600;

/// Puts a job into the queue within the act's transaction.
pub async fn later(
    tx: &mut Tx,
    kind: &str,
    payload: &Json,
    run_at: Instant,
    clock: &dyn Clock,
    random: &dyn Random,
) -> Result<()> {
    let id = Id::new("jo", clock, random);
    let values = [text(id.as_str()), text(kind), text(payload.to_string()), int(run_at.0)];
    tx.exec(INSERT, &values).await.map(drop)
}

/// What a job may use.
pub struct JobContext<'a> {
    pub store: &'a Store,
    pub clock: &'a dyn Clock,
    pub random: &'a dyn Random,
}

/// A kind of work. May run twice (a lease can run out), so it must be idempotent.
pub trait Job: Send + Sync {
    fn kind(&self) -> &'static str;
    fn run<'a>(
        &'a self,
        payload: &'a Json,
        context: JobContext<'a>,
    ) -> Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>>;
}

/// The worker of one process; several processes share one queue.
pub struct Jobs {
    store: Store,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    kinds: BTreeMap<&'static str, Arc<dyn Job>>,
}

impl Jobs {
    pub fn new(store: Store, clock: Arc<dyn Clock>, random: Arc<dyn Random>, kinds: Vec<Arc<dyn Job>>) -> Jobs {
        Jobs { store, clock, random, kinds: kinds.into_iter().map(|job| (job.kind(), job)).collect() }
    }

    /// Number of jobs that are due and free.
    pub async fn due(&self) -> Result<i64> {
        let row = self.store.one(NEXT, &[int(self.clock.now().0)]).await?.ok_or(Error::NotFound)?;
        row.int("n")
    }

    /// Runs what is due until nothing is; answers how many jobs succeeded.
    pub async fn run_due(&self) -> Result<usize> {
        let mut succeeded = 0;
        while let Some(ok) = self.run_one().await? {
            succeeded += usize::from(ok);
        }
        Ok(succeeded)
    }

    async fn run_one(&self) -> Result<Option<bool>> {
        let now = self.clock.now();
        let lease = now.plus_seconds(LEASE_SECONDS);
        let mut tx = self.store.begin().await?;
        let Some(row) = tx.one(CLAIM, &[int(now.0), int(lease.0)]).await? else {
            return Ok(None);
        };
        tx.commit().await?;
        let (id, kind, tries) = (row.text("id")?, row.text("kind")?, row.int("tries")?);
        let payload: Json = serde_json::from_str(&row.text("payload")?).map_err(Error::fault)?;
        let outcome = match self.kinds.get(kind.as_str()) {
            Some(job) => {
                let context = JobContext { store: &self.store, clock: &*self.clock, random: &*self.random };
                job.run(&payload, context).await
            }
            None => Err(Error::Fault(format!("nobody here does jobs of kind {kind}"))),
        };
        let mut tx = self.store.begin().await?;
        match &outcome {
            Ok(()) => {
                tx.exec(DONE, &[text(&id), int(lease.0)]).await?;
            }
            Err(cause) => {
                tracing::warn!(job = %id, %kind, tries, %cause, "job failed; it will be tried again");
                let pause = (1i64 << tries.clamp(0, 16)).min(LONGEST_PAUSE_SECONDS);
                let retry = self.clock.now().plus_seconds(pause);
                let values = [text(&id), int(lease.0), int(retry.0), Value::from(Some(cause.to_string()))];
                tx.exec(AGAIN, &values).await?;
            }
        }
        tx.commit().await?;
        Ok(Some(outcome.is_ok()))
    }

    /// Works until told to stop, looking every `pause` for what became due.
    pub async fn work(&self, pause: Duration, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            match self.run_due().await {
                Ok(_) | Err(Error::Retry) => {}
                Err(cause) => tracing::error!(%cause, "the job queue cannot be read"),
            }
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                changed = stop.changed() => if changed.is_err() { return },
            }
        }
    }
}
