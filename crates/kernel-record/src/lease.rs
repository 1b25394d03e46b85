//! What several nodes share: one at a time by a lease that its holder renews, and patience with the database.

use std::future::Future;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use kernel_base::{Clock, Error, Id, Random, Result};
use kernel_store::{Store, int, text};
use tokio::task::JoinSet;

pub(crate) const TAKE: &str = "INSERT INTO record_lease (name, holder, until) VALUES ($1, $2, $3)
    ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
    WHERE record_lease.until < $4 OR record_lease.holder = excluded.holder";
pub(crate) const FREE: &str = "UPDATE record_lease SET until = 0 WHERE name = $1 AND holder = $2";

/// A holder that says nothing for so long is taken for dead.
pub(crate) const LEASE_SECONDS: i64 = 60;
/// How often a holder says that it lives.
pub(crate) const HEARTBEAT: Duration = Duration::from_secs(15);

/// Rises with every call: the order of what one process records in one moment.
pub(crate) fn nth() -> i64 {
    static COUNT: AtomicI64 = AtomicI64::new(0);
    COUNT.fetch_add(1, Ordering::Relaxed)
}

/// The right to do something alone for a while.
#[derive(Clone)]
pub(crate) struct Lease {
    name: &'static str,
    holder: String,
}

impl Lease {
    pub(crate) fn new(name: &'static str, clock: &dyn Clock, random: &dyn Random) -> Lease {
        Lease { name, holder: Id::new("le", clock, random).to_string() }
    }

    /// Takes or renews it; `false` when somebody else holds it.
    pub(crate) async fn hold(&self, store: &Store, clock: &dyn Clock) -> Result<bool> {
        let now = clock.now();
        let until = now.plus_seconds(LEASE_SECONDS);
        let mut tx = store.begin_keyed().await?;
        let held = tx.exec(TAKE, &[text(self.name), text(&self.holder), int(until.0), int(now.0)]).await?;
        tx.commit_quietly().await?;
        Ok(held == 1)
    }

    pub(crate) async fn free(&self, store: &Store) -> Result<()> {
        let mut tx = store.begin_keyed().await?;
        tx.exec(FREE, &[text(self.name), text(&self.holder)]).await?;
        tx.commit_quietly().await
    }
}

/// Does the work while a task beside it says that the holder lives; `None` when the lease was lost and the work given up.
pub(crate) async fn while_held<T, Renewed>(
    work: impl Future<Output = T>,
    beat: Duration,
    renew: impl Fn() -> Renewed + Send + 'static,
) -> Option<T>
where
    Renewed: Future<Output = Result<bool>> + Send,
{
    // A task of its own, so that work that computes for long does not look dead; it ends with this function.
    let mut heart = JoinSet::new();
    heart.spawn(async move {
        loop {
            tokio::time::sleep(beat).await;
            match renew().await {
                Ok(true) => {}
                Ok(false) => return,
                Err(cause) => tracing::warn!(%cause, "a lease could not be renewed; trying again"),
            }
        }
    });
    tokio::select! {
        done = work => Some(done),
        _ = heart.join_next() => None,
    }
}

/// Repeats what the database asks to repeat, after short random pauses.
pub async fn patiently<T, Tried>(random: &dyn Random, act: impl Fn() -> Tried) -> Result<T>
where
    Tried: Future<Output = Result<T>>,
{
    for round in 0..9u32 {
        match act().await {
            Err(Error::Retry) => pause(random, round).await,
            done => return done,
        }
    }
    act().await
}

/// Up to 4 ms, 8 ms … 2 s.
pub(crate) async fn pause(random: &dyn Random, round: u32) {
    let mut byte = [0];
    random.fill(&mut byte);
    tokio::time::sleep(Duration::from_millis((4u64 << round.min(9)) * u64::from(byte[0]) / 256)).await;
}
