//! Work for later: a queue in the database that every node works on. A node takes a job by a lease and renews it while
//! the job runs; a node that dies stops renewing, and another takes the job.

pub(crate) mod queue;
pub(crate) mod worker;

use std::future::Future;
use std::pin::Pin;

use kernel_base::{Clock, Random, Result};
use kernel_store::Store;
use serde_json::Value as Json;

pub use queue::{MOST_TRIES, Stuck, Trouble, later, later_once, trouble, wake};
pub use worker::Jobs;

/// What a job may use.
pub struct JobContext<'a> {
    pub store: &'a Store,
    pub clock: &'a dyn Clock,
    pub random: &'a dyn Random,
}

/// A kind of work. May run twice (its node can die before it says that it is done), so it must be idempotent.
pub trait Job: Send + Sync {
    fn kind(&self) -> &'static str;

    /// Work that comes back by itself: so many seconds after it last succeeded, on one of the nodes.
    /// Its payload is empty and nobody needs to queue it.
    fn every_seconds(&self) -> Option<i64> {
        None
    }

    fn run<'a>(
        &'a self,
        payload: &'a Json,
        context: JobContext<'a>,
    ) -> Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>>;
}
