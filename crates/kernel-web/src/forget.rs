use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use kernel_base::Result;
use kernel_record::{Job, JobContext};
use kernel_store::int;
use serde_json::Value;

use crate::{attempts, proof};

/// Every hour: counts and proofs whose time is over go.
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
            let now = [int(context.clock.now().0)];
            let mut tx = context.store.begin().await?;
            tx.exec(attempts::PURGE, &now).await?;
            tx.exec(proof::PURGE, &now).await?;
            tx.commit_quietly().await
        })
    }
}
