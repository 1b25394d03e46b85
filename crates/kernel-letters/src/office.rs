//! The letters office of the city: takes letters within acts and knows all that is needed to send them.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};

use futures::future::BoxFuture;
use kernel_base::{Clock, Error, Id, Instant, Random, Result, Secrets};
use kernel_language::{ENGLISH, Lang, Words};
use kernel_record::later;
use kernel_store::Tx;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::letter::{phone, same_address};
use crate::store::{NewDelivery, NewLetter};
use crate::words::{Pen, Sender};
use crate::{Carriers, Channel, Content, Letter, Settings, State, To, deliver, store};

/// What the office must know of a person to reach them.
#[derive(Debug, Clone)]
pub struct Reach {
    pub name: String,
    pub language: Lang,
    pub channel: Channel,
    /// Confirmed addresses only.
    pub email: Option<String>,
    pub phone: Option<String>,
}

/// Whoever keeps the accounts.
pub trait AddressBook: Send + Sync {
    /// `None`: there is no such account any more.
    fn reach<'a>(&'a self, account: &'a str) -> BoxFuture<'a, Result<Option<Reach>>>;
}

/// Nobody has an account here.
pub struct NoAccounts;

impl AddressBook for NoAccounts {
    fn reach<'a>(&'a self, _: &'a str) -> BoxFuture<'a, Result<Option<Reach>>> {
        Box::pin(async { Ok(None) })
    }
}

/// The letters office; a clone is a pointer.
#[derive(Clone)]
pub struct Letters(Arc<Office>);

/// What a letters office is made of.
pub struct Office {
    pub settings: Settings,
    pub sender: Sender,
    pub secrets: Secrets,
    pub words: Arc<Words>,
    pub book: Arc<dyn AddressBook>,
    pub carriers: Carriers,
    resting: Mutex<BTreeMap<Channel, Instant>>,
}

impl Deref for Letters {
    type Target = Office;

    fn deref(&self) -> &Office {
        &self.0
    }
}

/// What is sealed in a letter's row.
#[derive(Serialize, Deserialize)]
pub(crate) struct Sealed {
    pub content: Content,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reply_to: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unsubscribe: String,
}

const LETTER: &str = "letter";
const ADDRESS: &str = "letter-address";

impl Letters {
    pub fn new(
        settings: Settings,
        sender: Sender,
        secrets: Secrets,
        words: Arc<Words>,
        book: Arc<dyn AddressBook>,
        carriers: Carriers,
    ) -> Letters {
        let resting = Mutex::default();
        Letters(Arc::new(Office { settings, sender, secrets, words, book, carriers, resting }))
    }

    /// Keeps a letter and queues its delivery, all within the act's own transaction: no act without its letter, no
    /// letter without its act. Nothing leaves the house before the commit.
    pub async fn send(&self, tx: &mut Tx, letter: &Letter, clock: &dyn Clock, random: &dyn Random) -> Result<Id> {
        self.send_template(tx, letter, ("", 0), clock, random).await
    }

    /// The same for a letter made of a service's own template in a version.
    pub async fn send_template(
        &self,
        tx: &mut Tx,
        letter: &Letter,
        template: (&str, i64),
        clock: &dyn Clock,
        random: &dyn Random,
    ) -> Result<Id> {
        let (id, now) = (Id::new("le", clock, random), clock.now());
        let account = match &letter.to {
            To::Account(account) => Some(account.clone()),
            To::Email(_) | To::Phone(_) => None,
        };
        let sealed = Sealed {
            content: letter.content.clone(),
            reply_to: letter.reply_to.clone(),
            unsubscribe: letter.unsubscribe.clone(),
        };
        let kept = NewLetter {
            id: id.as_str(),
            at: now,
            inbox: account.is_some(),
            dispatched: account.is_none() || letter.inbox_only,
            account,
            content: self.secrets.seal(LETTER, &serde_json::to_vec(&sealed).map_err(Error::fault)?, random)?,
            language: letter.language,
            service: &letter.service,
            reference: &letter.reference,
            template,
            forget_at: now.plus_days(self.settings.keep_days),
        };
        store::insert_letter(tx, kept).await?;
        let way = match &letter.to {
            To::Account(_) if letter.inbox_only => return Ok(id),
            To::Account(_) => {
                later(tx, deliver::DISPATCH, &json!({ "letter": id.as_str() }), now, clock, random).await?;
                return Ok(id);
            }
            To::Email(address) => (Channel::Email, address.trim().to_owned()),
            To::Phone(number) => {
                (Channel::Sms, phone(number, &self.settings.country).unwrap_or_else(|| number.trim().to_owned()))
            }
        };
        let language = letter.language.unwrap_or(ENGLISH);
        self.queue(tx, id.as_str(), &way, language, letter.pretend, clock, random).await?;
        Ok(id)
    }

    /// One way for a letter and the job that goes it.
    #[allow(clippy::too_many_arguments)] // the act's own transaction, clock and randomness go everywhere
    pub(crate) async fn queue(
        &self,
        tx: &mut Tx,
        letter: &str,
        (channel, address): &(Channel, String),
        language: Lang,
        pretend: Option<State>,
        clock: &dyn Clock,
        random: &dyn Random,
    ) -> Result<()> {
        let id = Id::new("de", clock, random);
        let delivery = NewDelivery {
            id: id.as_str(),
            letter,
            at: clock.now(),
            channel: *channel,
            language,
            address: Some(self.secrets.seal(ADDRESS, address.as_bytes(), random)?),
            address_hash: self.address_hash(*channel, address),
            state: pretend.unwrap_or(State::Waiting),
            reason: if pretend.is_some() { "pretended" } else { "" },
        };
        store::insert_delivery(tx, delivery).await?;
        if pretend.is_none() {
            let payload = json!({ "delivery": id.as_str() });
            later(tx, deliver::DELIVER, &payload, clock.now(), clock, random).await?;
        }
        Ok(())
    }

    pub(crate) fn address_hash(&self, channel: Channel, address: &str) -> String {
        self.secrets.hash(ADDRESS, &format!("{} {}", channel.name(), same_address(address)))
    }

    pub(crate) fn open(&self, content: &str) -> Result<Sealed> {
        serde_json::from_slice(&self.secrets.open(LETTER, content)?).map_err(Error::fault)
    }

    pub(crate) fn open_address(&self, sealed: &str) -> Result<String> {
        String::from_utf8(self.secrets.open(ADDRESS, sealed)?).map_err(Error::fault)
    }

    pub(crate) fn pen<'a>(&'a self, language: Lang, name: &'a str) -> Pen<'a> {
        Pen { words: &self.words, sender: &self.sender, language, name }
    }

    /// Until when nobody need try this channel; a server that does not answer would hold up everything else.
    pub(crate) fn resting(&self, channel: Channel) -> Option<Instant> {
        self.resting.lock().unwrap_or_else(PoisonError::into_inner).get(&channel).copied()
    }

    pub(crate) fn rest(&self, channel: Channel, until: Instant) {
        self.resting.lock().unwrap_or_else(PoisonError::into_inner).insert(channel, until);
    }
}
