//! The carriers that the configuration asks for, and whether they answer.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use kernel_base::{Clock, Result, Secrets};
use kernel_store::Store;

use crate::carrier::{Carrier, Carriers, Folder};
use crate::email::{self, Post, Writer};
use crate::fetch::Fetch;
use crate::gateway::Gateway;
use crate::imap::check_mailbox;
use crate::push::WebPush;
use crate::receipts::Receipts;
use crate::settings::{Settings, SmsKind};
use crate::smpp::MessageCentre;

/// What carriers need of the house.
#[derive(Clone)]
pub struct Surroundings {
    /// Where letters become files when no server is configured.
    pub folder: PathBuf,
    pub secrets: Secrets,
    pub fetch: Arc<dyn Fetch>,
    pub store: Store,
    pub clock: Arc<dyn Clock>,
}

/// # Errors
/// With the setting that is wrong.
pub fn carriers(settings: &Settings, around: &Surroundings) -> Result<Carriers> {
    let folder =
        || Ok::<_, kernel_base::Error>(Folder { folder: around.folder.clone(), writer: Writer::new(settings)? });
    let email: Arc<dyn Carrier> = match settings.smtp.host.as_str() {
        "" => Arc::new(folder()?),
        _ => Arc::new(Post::new(settings)?),
    };
    let receipts = Receipts { store: around.store.clone(), clock: around.clock.clone() };
    let sms: Arc<dyn Carrier> = match settings.sms.kind {
        SmsKind::Folder => Arc::new(folder()?),
        SmsKind::Http => Arc::new(Gateway::new(&settings.sms, around.fetch.clone())?),
        SmsKind::Smpp => Arc::new(MessageCentre::new(&settings.sms, Arc::new(receipts))?),
    };
    let contact = &settings.push.contact;
    let push: Option<Arc<dyn Carrier>> = match contact.as_str() {
        "" => None,
        _ => Some(Arc::new(WebPush::new(&around.secrets, contact, around.fetch.clone()))),
    };
    Ok(Carriers { email: Some(email), sms: Some(sms), push })
}

/// One thing about letters that was looked at, for `madang doctor`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub well: bool,
    /// A plain sentence for whoever runs the city.
    pub says: String,
}

fn well(says: impl Into<String>) -> Finding {
    Finding { well: true, says: says.into() }
}

fn wrong(says: impl Into<String>) -> Finding {
    Finding { well: false, says: says.into() }
}

const PATIENCE: Duration = Duration::from_secs(20);

/// Asks every configured server for a sign of life; sends nothing. What is not configured is not looked at.
pub async fn check(settings: &Settings, around: &Surroundings) -> Vec<Finding> {
    let mut findings = Vec::new();
    if !settings.smtp.host.is_empty() {
        findings.push(check_smtp(settings).await);
    }
    if !settings.imap.host.is_empty() {
        findings.push(check_mailbox(&settings.imap, "the mailbox of returned letters").await);
    }
    match settings.sms.kind {
        SmsKind::Folder => {}
        SmsKind::Http => findings.push(check_gateway(settings, around)),
        SmsKind::Smpp => findings.push(check_message_centre(settings, around).await),
    }
    findings
}

async fn check_smtp(settings: &Settings) -> Finding {
    let host = &settings.smtp.host;
    let server = match Writer::new(settings).and_then(|_| email::server(&settings.smtp)) {
        Ok(server) => server,
        Err(cause) => return wrong(cause.to_string()),
    };
    match tokio::time::timeout(PATIENCE, server.test_connection()).await {
        Ok(Ok(true)) => well(format!("the mail server {host} answers")),
        Ok(Ok(false)) => wrong(format!("the mail server {host} answers, but is not ready")),
        Ok(Err(cause)) => wrong(format!("the mail server {host} cannot be used: {cause}")),
        Err(_) => wrong(format!("the mail server {host} does not answer in time")),
    }
}

/// A gateway has no question that costs nothing: whether it answers shows with the first message.
fn check_gateway(settings: &Settings, around: &Surroundings) -> Finding {
    match Gateway::new(&settings.sms, around.fetch.clone()) {
        Err(cause) => wrong(cause.to_string()),
        Ok(_) if url::Url::parse(&settings.sms.http.url).is_err() => wrong("letters.sms.http.url is not an address"),
        Ok(_) => well("the gateway of short messages is configured; nothing was sent to try it"),
    }
}

async fn check_message_centre(settings: &Settings, around: &Surroundings) -> Finding {
    let receipts = Receipts { store: around.store.clone(), clock: around.clock.clone() };
    let centre = match MessageCentre::new(&settings.sms, Arc::new(receipts)) {
        Ok(centre) => centre,
        Err(cause) => return wrong(cause.to_string()),
    };
    match tokio::time::timeout(PATIENCE, centre.client()).await {
        Ok(Ok(client)) => {
            // The connection goes with the program anyway.
            let _ = client.unbind().await;
            well("the message centre takes short messages")
        }
        _ => wrong(format!("the message centre {} cannot be used", settings.sms.smpp.address)),
    }
}
