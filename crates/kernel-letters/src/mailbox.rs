//! The mailbox that returned letters come to (IMAP): looked into every few minutes.

use std::time::Duration;

use futures::TryStreamExt;
use futures::future::BoxFuture;
use kernel_base::{Error, Result};
use kernel_record::{Job, JobContext};
use serde_json::Value as Json;

use crate::Letters;
use crate::imap::{fault, sign_in};

const LOOK: &str = "letters.mailbox";

/// Shorter than a job's lease.
const PATIENCE: Duration = Duration::from_secs(45);
/// Mails read at one look.
const MOST: usize = 100;

/// Reads what came back. What told something about a letter is deleted, since it holds the letter; everything else is
/// left for a person, marked as read.
pub(crate) struct LookForReturned(pub Letters);

impl Job for LookForReturned {
    fn kind(&self) -> &'static str {
        LOOK
    }

    fn every_seconds(&self) -> Option<i64> {
        let imap = &self.0.settings.imap;
        // Without a mailbox there is nothing to come back to.
        (!imap.host.is_empty()).then_some(imap.pause.max(1))
    }

    fn run<'a>(&'a self, _: &'a Json, context: JobContext<'a>) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            match tokio::time::timeout(PATIENCE, look(&self.0, &context)).await {
                Ok(done) => done,
                Err(_) => Err(Error::Fault("the mailbox of returned letters does not answer in time".to_owned())),
            }
        })
    }
}

async fn look(letters: &Letters, context: &JobContext<'_>) -> Result<()> {
    let settings = &letters.settings.imap;
    if settings.host.is_empty() {
        return Ok(());
    }
    let mut session = sign_in(settings).await?;
    session.select(&settings.mailbox).await.map_err(fault)?;
    let mut unseen: Vec<u32> = session.uid_search("UNSEEN").await.map_err(fault)?.into_iter().collect();
    unseen.sort_unstable();
    for uid in unseen.into_iter().take(MOST) {
        let uid = uid.to_string();
        let fetched: Vec<_> =
            session.uid_fetch(&uid, "BODY.PEEK[]").await.map_err(fault)?.try_collect().await.map_err(fault)?;
        let mut known = false;
        for mail in fetched.iter().filter_map(|fetched| fetched.body()) {
            known |= letters.read_returned(context.store, mail, context.clock, context.random).await?;
        }
        let flags = if known { "+FLAGS (\\Seen \\Deleted)" } else { "+FLAGS (\\Seen)" };
        let _: Vec<_> = session.uid_store(&uid, flags).await.map_err(fault)?.try_collect().await.map_err(fault)?;
    }
    let _: Vec<_> = session.expunge().await.map_err(fault)?.try_collect().await.map_err(fault)?;
    session.logout().await.map_err(fault)
}
