//! The mailbox that returned letters come to (IMAP): looked into every few minutes.

use std::time::Duration;

use async_imap::{Client, Session};
use futures::TryStreamExt;
use futures::future::BoxFuture;
use kernel_base::{Error, Result};
use kernel_record::{Job, JobContext};
use serde_json::Value as Json;

use crate::Letters;
use crate::settings::{Encryption, Imap, secret};
use crate::wire::{self, Wire};

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

pub(crate) async fn sign_in(settings: &Imap) -> Result<Session<Box<dyn Wire>>> {
    let implicit = settings.tls == Encryption::Implicit;
    let port = match settings.port {
        0 if implicit => 993,
        0 => 143,
        port => port,
    };
    let mut wire = wire::plain(&settings.host, port).await.map_err(Error::fault)?;
    if implicit {
        wire = wire::encrypted(wire, &settings.host, &settings.ca_file).await.map_err(Error::fault)?;
    }
    let mut client = greeted(wire).await?;
    if settings.tls == Encryption::Starttls {
        client.run_command_and_check_ok("STARTTLS", None).await.map_err(fault)?;
        let wire = wire::encrypted(client.into_inner(), &settings.host, &settings.ca_file).await;
        client = Client::new(wire.map_err(Error::fault)?);
    }
    let password = secret(&settings.password_file)?;
    client.login(&settings.user, password).await.map_err(|(cause, _)| fault(cause))
}

async fn greeted(wire: Box<dyn Wire>) -> Result<Client<Box<dyn Wire>>> {
    let mut client = Client::new(wire);
    let greeting = client.read_response().await.map_err(Error::fault)?;
    greeting.map(|_| client).ok_or_else(|| Error::Fault("the mailbox's server says nothing".to_owned()))
}

fn fault(cause: async_imap::error::Error) -> Error {
    Error::Fault(format!("mailbox of returned letters: {cause}"))
}
