//! What has had its time goes, every hour.

use futures::future::BoxFuture;
use kernel_base::Result;
use kernel_identity::{ceremony, session};
use kernel_record::{Job, JobContext};
use serde_json::Value;

use crate::kept_answer;

/// Days for which an ended session still stands in its owner's own data.
const KEPT_DAYS: i64 = 30;

pub(crate) struct Upkeep;

impl Job for Upkeep {
    fn kind(&self) -> &'static str {
        "web.upkeep"
    }

    fn every_seconds(&self) -> Option<i64> {
        Some(3600)
    }

    fn run<'a>(&'a self, _: &'a Value, context: JobContext<'a>) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let now = context.clock.now();
            let mut tx = context.store.begin().await?;
            ceremony::purge(&mut tx, now).await?;
            kept_answer::purge(&mut tx, now).await?;
            session::purge(&mut tx, now.plus_days(-KEPT_DAYS)).await?;
            tx.commit_quietly().await
        })
    }
}
