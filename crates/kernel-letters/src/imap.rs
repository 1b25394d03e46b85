//! Mailboxes (IMAP4rev1, RFC 3501): signing in, and looking at what came without touching it.

use std::time::Duration;

use async_imap::{Client, Session};
use futures::TryStreamExt;
use kernel_base::{Error, Instant, Result};

use crate::arrived::Arrived;
use crate::configured::Finding;
use crate::settings::{Encryption, Imap, secret};
use crate::wire::{self, Wire};

/// Shorter than a job's lease.
const PATIENCE: Duration = Duration::from_secs(45);
/// Mails looked at in one folder at most, the newest.
const MOST: usize = 5000;
/// Mails asked for in one command.
const AT_ONCE: usize = 200;

/// The mails that came into a folder since the day before `since`, by their heads alone. The folder is opened for reading
/// only (EXAMINE), so nothing is marked as read or deleted.
///
/// # Errors
/// When the server does not answer within 45 seconds, refuses, or has no such folder.
pub async fn arrived(settings: &Imap, folder: &str, since: Instant) -> Result<Vec<Arrived>> {
    match tokio::time::timeout(PATIENCE, look(settings, folder, since)).await {
        Ok(found) => found,
        Err(_) => Err(Error::Fault(format!("the mailbox on {} does not answer in time", settings.host))),
    }
}

async fn look(settings: &Imap, folder: &str, since: Instant) -> Result<Vec<Arrived>> {
    let mut session = sign_in(settings).await?;
    session.examine(folder).await.map_err(fault)?;
    // Servers compare days in their own time zone.
    let day = since.plus_days(-1).date().strftime("%d-%b-%Y").to_string();
    let mut found: Vec<u32> = session.uid_search(format!("SINCE {day}")).await.map_err(fault)?.into_iter().collect();
    found.sort_unstable();
    if found.len() > MOST {
        tracing::warn!(mails = found.len(), "the mailbox is too full: the oldest mails are not looked at");
        found.drain(..found.len() - MOST);
    }
    let mut mails = Vec::new();
    for some in found.chunks(AT_ONCE) {
        let set: Vec<String> = some.iter().map(u32::to_string).collect();
        let asked = session.uid_fetch(set.join(","), "(UID INTERNALDATE BODY.PEEK[HEADER])").await.map_err(fault)?;
        let fetched: Vec<_> = asked.try_collect().await.map_err(fault)?;
        mails.extend(fetched.iter().filter_map(|one| {
            let at = Instant(one.internal_date()?.timestamp().saturating_mul(1_000_000));
            Arrived::read(one.header()?, at)
        }));
    }
    session.logout().await.map_err(fault)?;
    Ok(mails)
}

/// Whether a mailbox opens, for `madang doctor`; `what` names it in the sentence.
pub async fn check_mailbox(settings: &Imap, what: &str) -> Finding {
    let host = &settings.host;
    let (well, says) = match tokio::time::timeout(PATIENCE / 2, sign_in(settings)).await {
        Ok(Ok(mut session)) => match session.examine(&settings.mailbox).await {
            Ok(_) => (true, format!("{what} on {host} opens")),
            Err(cause) => (false, format!("{host} has no mailbox {}: {cause}", settings.mailbox)),
        },
        Ok(Err(cause)) => (false, format!("{what} on {host} does not open: {cause}")),
        Err(_) => (false, format!("the mailbox's server {host} does not answer in time")),
    };
    Finding { well, says }
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

pub(crate) fn fault(cause: async_imap::error::Error) -> Error {
    Error::Fault(format!("mailbox: {cause}"))
}
