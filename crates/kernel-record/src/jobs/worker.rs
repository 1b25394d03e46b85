use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use kernel_base::{Clock, Error, Id, Instant, Random, Result};
use kernel_store::{Store, Value, int, text};
use serde_json::Value as Json;
use tokio::sync::watch;

use super::queue::{MOST_TRIES, recur};
use super::{Job, JobContext};
use crate::lease::{HEARTBEAT, LEASE_SECONDS, patiently, pause, while_held};

// The same text on both engines; a lease instead of a lock, so that no engine needs SKIP LOCKED. Only kinds that are
// known here: while a city is upgraded node by node, the old ones leave the new kinds alone. The outer conditions are looked
// at again when somebody else had the row meanwhile: taken, or done already and put back for later.
pub(crate) const CLAIM: &str = "UPDATE record_job SET taken_until = $2, taken_by = $3, tries = tries + 1, again = FALSE
    WHERE id = (SELECT id FROM record_job WHERE run_at <= $1 AND taken_until < $1
        AND (tries < $4 OR every_seconds IS NOT NULL) AND $5 LIKE '%,' || kind || ',%' ORDER BY run_at, id LIMIT 1)
      AND taken_until < $1 AND run_at <= $1
    RETURNING id, kind, payload, tries";
pub(crate) const DUE: &str = "SELECT COUNT(*) AS n FROM record_job WHERE run_at <= $1 AND taken_until < $1
    AND (tries < $2 OR every_seconds IS NOT NULL) AND $3 LIKE '%,' || kind || ',%'";
pub(crate) const RENEW: &str = "UPDATE record_job SET taken_until = $3 WHERE id = $1 AND taken_by = $2";
pub(crate) const DONE: &str =
    "DELETE FROM record_job WHERE id = $1 AND taken_by = $2 AND again = FALSE AND every_seconds IS NULL";
pub(crate) const COME_BACK: &str =
    "UPDATE record_job SET run_at = $3 + COALESCE(every_seconds, 0) * 1000000, taken_until = 0, taken_by = NULL,
    tries = 0, last_error = NULL WHERE id = $1 AND taken_by = $2";
pub(crate) const AGAIN: &str = "UPDATE record_job SET run_at = $3, taken_until = 0, taken_by = NULL, last_error = $4
    WHERE id = $1 AND taken_by = $2";

const LONGEST_PAUSE_SECONDS: i64 = 3600;

/// The worker of one process; several processes share one queue.
pub struct Jobs {
    store: Store,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    kinds: BTreeMap<&'static str, Arc<dyn Job>>,
    /// All kinds as `,one,other,`.
    known: String,
    heartbeat: Duration,
}

/// A job that is ours for now.
struct Taken {
    id: String,
    kind: String,
    payload: String,
    tries: i64,
    by: String,
}

impl Jobs {
    pub fn new(store: Store, clock: Arc<dyn Clock>, random: Arc<dyn Random>, kinds: Vec<Arc<dyn Job>>) -> Jobs {
        let kinds: BTreeMap<_, _> = kinds.into_iter().map(|job| (job.kind(), job)).collect();
        let known = kinds.keys().fold(String::from(","), |known, kind| format!("{known}{kind},"));
        Jobs { store, clock, random, kinds, known, heartbeat: HEARTBEAT }
    }

    /// How often a running job's lease is renewed, when not every quarter of it.
    pub fn with_heartbeat(mut self, heartbeat: Duration) -> Jobs {
        self.heartbeat = heartbeat;
        self
    }

    /// Number of jobs that are due and free, of the kinds that are known here.
    pub async fn due(&self) -> Result<i64> {
        let values = [int(self.clock.now().0), int(MOST_TRIES), text(&self.known)];
        self.store.one(DUE, &values).await?.ok_or(Error::NotFound)?.int("n")
    }

    /// Runs what is due until nothing is; answers how many jobs succeeded.
    pub async fn run_due(&self) -> Result<usize> {
        self.run_until(|| false).await
    }

    async fn run_until(&self, stop: impl Fn() -> bool) -> Result<usize> {
        let recurring: Vec<_> =
            self.kinds.values().filter_map(|job| Some((job.kind(), job.every_seconds()?))).collect();
        recur(&self.store, &recurring, &*self.clock, &*self.random).await?;
        let mut succeeded = 0;
        while !stop()
            && let Some(taken) = self.take().await?
        {
            succeeded += usize::from(self.run(&taken).await?);
        }
        Ok(succeeded)
    }

    /// Takes the next job. Whoever loses a race for one tries the next.
    async fn take(&self) -> Result<Option<Taken>> {
        while self.due().await? > 0 {
            let taken = patiently(&*self.random, || self.claim()).await?;
            if taken.is_some() {
                return Ok(taken);
            }
            pause(&*self.random, 0).await;
        }
        Ok(None)
    }

    async fn claim(&self) -> Result<Option<Taken>> {
        let now = self.clock.now();
        let by = Id::new("le", &*self.clock, &*self.random).to_string();
        let values = [int(now.0), int(lease(now)), text(&by), int(MOST_TRIES), text(&self.known)];
        let mut tx = self.store.begin_keyed().await?;
        let Some(row) = tx.one(CLAIM, &values).await? else { return Ok(None) };
        let (id, kind, payload) = (row.text("id")?, row.text("kind")?, row.text("payload")?);
        let taken = Taken { id, kind, payload, tries: row.int("tries")?, by };
        tx.commit_quietly().await?;
        Ok(Some(taken))
    }

    async fn run(&self, taken: &Taken) -> Result<bool> {
        let Taken { id, kind, tries, .. } = taken;
        let Some(outcome) = while_held(self.work_on(taken), self.heartbeat, self.renewal(taken)).await else {
            tracing::warn!(job = %id, %kind, "another node took this job over; giving it up here");
            return Ok(false);
        };
        if let Err(cause) = &outcome {
            let next = if *tries < MOST_TRIES { "it will be tried again" } else { "it rests until somebody wakes it" };
            tracing::warn!(job = %id, %kind, tries, %cause, "job failed; {next}");
        }
        // Not said, it would run again when the lease ends.
        patiently(&*self.random, || self.settle(taken, &outcome)).await?;
        Ok(outcome.is_ok())
    }

    async fn work_on(&self, taken: &Taken) -> Result<()> {
        let job = self.kinds.get(taken.kind.as_str());
        let job = job.ok_or_else(|| Error::Fault(format!("nobody here does jobs of kind {}", taken.kind)))?;
        let payload: Json = serde_json::from_str(&taken.payload).map_err(Error::fault)?;
        let context = JobContext { store: &self.store, clock: &*self.clock, random: &*self.random };
        job.run(&payload, context).await
    }

    fn renewal(&self, taken: &Taken) -> impl Fn() -> Pin<Box<dyn Future<Output = Result<bool>> + Send>> + Send + use<> {
        let ours = (self.store.clone(), self.clock.clone(), taken.id.clone(), taken.by.clone());
        move || {
            let (store, clock, id, by) = ours.clone();
            Box::pin(async move {
                let mut tx = store.begin_keyed().await?;
                let held = tx.exec(RENEW, &[text(id), text(by), int(lease(clock.now()))]).await?;
                tx.commit_quietly().await?;
                Ok(held == 1)
            })
        }
    }

    async fn settle(&self, taken: &Taken, outcome: &Result<()>) -> Result<()> {
        let now = self.clock.now();
        let (id, by) = (text(&taken.id), text(&taken.by));
        let mut tx = self.store.begin_keyed().await?;
        match outcome {
            Ok(()) => {
                if tx.exec(DONE, &[id.clone(), by.clone()]).await? == 0 {
                    tx.exec(COME_BACK, &[id, by, int(now.0)]).await?;
                }
            }
            Err(cause) => {
                let every = self.kinds.get(taken.kind.as_str()).and_then(|job| job.every_seconds());
                let longest = every.unwrap_or(LONGEST_PAUSE_SECONDS).min(LONGEST_PAUSE_SECONDS);
                let retry = now.plus_seconds((1i64 << taken.tries.clamp(0, 16)).min(longest));
                tx.exec(AGAIN, &[id, by, int(retry.0), Value::from(Some(cause.to_string()))]).await?;
            }
        }
        tx.commit_quietly().await
    }

    /// Works until told to stop, looking every `pause` for what became due.
    pub async fn work(&self, pause: Duration, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            let stopping = stop.clone();
            match self.run_until(|| *stopping.borrow()).await {
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

fn lease(now: Instant) -> i64 {
    now.plus_seconds(LEASE_SECONDS).0
}
