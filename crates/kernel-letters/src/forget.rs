//! Words and addresses of letters go when their time is over.

use futures::future::BoxFuture;
use kernel_base::Result;
use kernel_record::{Job, JobContext};
use serde_json::Value as Json;

use crate::{Letters, store};

const FORGET: &str = "letters.forget";

pub(crate) struct Forget(pub Letters);

impl Job for Forget {
    fn kind(&self) -> &'static str {
        FORGET
    }

    fn every_seconds(&self) -> Option<i64> {
        Some(6 * 3600)
    }

    fn run<'a>(&'a self, _: &'a Json, context: JobContext<'a>) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let now = context.clock.now();
            let mut tx = context.store.begin().await?;
            let forgotten = store::forget(&mut tx, now, now.plus_days(-self.0.settings.keep_days)).await?;
            tx.commit().await?;
            if forgotten > 0 {
                tracing::info!(letters = forgotten, "words of old letters are forgotten");
            }
            Ok(())
        })
    }
}
