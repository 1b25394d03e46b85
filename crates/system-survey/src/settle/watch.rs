//! Looks into the round's mailbox for answers of cities. Takes times from it and nothing else, and changes nothing in it.

use futures::future::BoxFuture;
use kernel_base::Result;
use kernel_letters::{Imap, arrived};
use kernel_record::{Audit, Job, JobContext, audit};
use kernel_web::City;
use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::probe::recognise;
use super::store;

const LOOK: &str = "survey.answers";

/// The survey's part of the configuration.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The address that questions to cities come from.
    pub address: String,
    /// The folder that keeps what was sent; empty for none.
    pub sent: String,
    pub mailbox: Imap,
}

impl Settings {
    pub fn of(city: &City) -> Settings {
        let told = city.settings.rooms.get("survey").cloned().unwrap_or_default();
        serde_json::from_value(told).unwrap_or_default()
    }
}

pub struct LookForAnswers(Settings);

impl LookForAnswers {
    pub fn of(city: &City) -> LookForAnswers {
        LookForAnswers(Settings::of(city))
    }
}

impl Job for LookForAnswers {
    fn kind(&self) -> &'static str {
        LOOK
    }

    fn every_seconds(&self) -> Option<i64> {
        let mailbox = &self.0.mailbox;
        (!mailbox.host.is_empty()).then_some(mailbox.pause.max(1))
    }

    fn run<'a>(&'a self, _: &'a Json, context: JobContext<'a>) -> BoxFuture<'a, Result<()>> {
        Box::pin(look(&self.0, context))
    }
}

async fn look(settings: &Settings, context: JobContext<'_>) -> Result<()> {
    let waiting = store::waiting(context.store).await?;
    let Some(first) = waiting.first().filter(|_| !settings.mailbox.host.is_empty()) else { return Ok(()) };
    let since = first.sent_at;
    let mut mails = arrived(&settings.mailbox, &settings.mailbox.mailbox, since).await?;
    if !settings.sent.is_empty() {
        mails.extend(arrived(&settings.mailbox, &settings.sent, since).await?);
    }
    for probe in recognise(&waiting, &mails, &settings.address) {
        let mut tx = context.store.begin().await?;
        if store::found(&mut tx, &probe).await? {
            let said = |at: Option<kernel_base::Instant>| at.map(|at| at.rfc3339());
            let detail = json!({
                "probe": probe.id, "acknowledged": said(probe.acknowledged_at), "answered": said(probe.answered_at),
                "returned": said(probe.returned_at),
            });
            let entry = Audit { act: "probe.answered", who: "clock", subject: &probe.city, detail };
            audit(&mut tx, entry, context.clock, context.random).await?;
            tx.commit().await?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_configuration_is_read_as_the_binary_hands_it_over() {
        let imap = Imap { host: "imap.example".into(), pause: 7, ..Imap::default() };
        let told = json!({ "address": "survey@institute.example", "sent": "", "mailbox": imap });
        let read: Settings = serde_json::from_value(told).expect("reads");
        assert_eq!((read.mailbox, read.address.as_str()), (imap, "survey@institute.example"));
    }
}
