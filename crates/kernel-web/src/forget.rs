use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use kernel_base::Result;
use kernel_identity::{ceremony, guest, session};
use kernel_record::{Job, JobContext, forget_heard};
use kernel_store::int;
use serde_json::Value;

use crate::{attempts, kept_answer, proof};

/// Days for which an ended session still stands in its owner's own data.
const KEPT_DAYS: i64 = 30;

/// Days for which a fact stays after everybody heard it, so that an operator can still see what was said.
const FACT_DAYS: i64 = 30;

/// Every hour: counts, proofs, codes, sessions and facts whose time is over go.
pub(crate) fn job() -> Arc<dyn Job> {
    Arc::new(Forget)
}

struct Forget;

impl Job for Forget {
    fn kind(&self) -> &'static str {
        "web.forget"
    }

    fn every_seconds(&self) -> Option<i64> {
        Some(3600)
    }

    fn run<'a>(
        &'a self,
        _: &'a Value,
        context: JobContext<'a>,
    ) -> Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>> {
        Box::pin(async move {
            let now = context.clock.now();
            let mut tx = context.store.begin().await?;
            tx.exec(attempts::PURGE, &[int(now.0)]).await?;
            tx.exec(proof::PURGE, &[int(now.0)]).await?;
            ceremony::purge(&mut tx, now).await?;
            kept_answer::purge(&mut tx, now).await?;
            guest::purge(&mut tx, now).await?;
            session::purge(&mut tx, now.plus_days(-KEPT_DAYS)).await?;
            forget_heard(&mut tx, now.plus_days(-FACT_DAYS)).await?;
            tx.commit_quietly().await
        })
    }
}
