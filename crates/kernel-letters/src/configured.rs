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
use crate::mailbox;
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

/// Asks every configured server for a sign of life; sends nothing.
pub async fn check(settings: &Settings, around: &Surroundings) -> Vec<Finding> {
    vec![check_smtp(settings, around).await, check_imap(settings).await, check_sms(settings, around).await]
}

async fn check_smtp(settings: &Settings, around: &Surroundings) -> Finding {
    let host = &settings.smtp.host;
    if let Err(cause) = Writer::new(settings) {
        return wrong(cause.to_string());
    }
    if host.is_empty() {
        let folder = around.folder.display();
        return wrong(format!("No mail server is configured (letters.smtp.host): letters become files in {folder}."));
    }
    let server = match email::server(&settings.smtp) {
        Ok(server) => server,
        Err(cause) => return wrong(cause.to_string()),
    };
    match tokio::time::timeout(PATIENCE, server.test_connection()).await {
        Ok(Ok(true)) => well(format!("The mail server {host} answers.")),
        Ok(Ok(false)) => wrong(format!("The mail server {host} answers, but is not ready.")),
        Ok(Err(cause)) => wrong(format!("The mail server {host} cannot be used: {cause}.")),
        Err(_) => wrong(format!("The mail server {host} does not answer in time.")),
    }
}

async fn check_imap(settings: &Settings) -> Finding {
    let host = &settings.imap.host;
    if host.is_empty() {
        return well(
            "No mailbox of returned letters is configured (letters.imap.host); \
             let the mail server hand them to: madang letters bounce.",
        );
    }
    match tokio::time::timeout(PATIENCE, mailbox::sign_in(&settings.imap)).await {
        Ok(Ok(mut session)) => match session.select(&settings.imap.mailbox).await {
            Ok(_) => well(format!("The mailbox of returned letters on {host} opens.")),
            Err(cause) => wrong(format!("{host} has no mailbox {}: {cause}.", settings.imap.mailbox)),
        },
        Ok(Err(cause)) => wrong(format!("The mailbox of returned letters on {host} does not open: {cause}.")),
        Err(_) => wrong(format!("The mailbox's server {host} does not answer in time.")),
    }
}

async fn check_sms(settings: &Settings, around: &Surroundings) -> Finding {
    match settings.sms.kind {
        SmsKind::Folder => well(format!(
            "No gateway of short messages is configured: they become files in {}.",
            around.folder.display()
        )),
        SmsKind::Http => match Gateway::new(&settings.sms, around.fetch.clone()) {
            Ok(_) if url::Url::parse(&settings.sms.http.url).is_ok() => {
                well("The gateway of short messages is configured; whether it answers shows with the first message.")
            }
            Ok(_) => wrong("letters.sms.http.url is not an address."),
            Err(cause) => wrong(cause.to_string()),
        },
        SmsKind::Smpp => {
            let receipts = Receipts { store: around.store.clone(), clock: around.clock.clone() };
            let centre = match MessageCentre::new(&settings.sms, Arc::new(receipts)) {
                Ok(centre) => centre,
                Err(cause) => return wrong(cause.to_string()),
            };
            match tokio::time::timeout(PATIENCE, centre.client()).await {
                Ok(Ok(client)) => {
                    let _ = client.unbind().await;
                    well("The message centre takes short messages.")
                }
                _ => wrong(format!("The message centre {} cannot be used.", settings.sms.smpp.address)),
            }
        }
    }
}
