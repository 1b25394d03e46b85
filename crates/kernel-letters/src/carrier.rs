//! What carries letters out of the house, and what became of them.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use futures::future::BoxFuture;
use kernel_base::Instant;
use kernel_language::Lang;

use crate::Channel;

/// One letter on one way, written and addressed.
#[derive(Debug, Clone, PartialEq)]
pub struct Parcel {
    /// The same at every try.
    pub delivery: String,
    pub channel: Channel,
    /// An e-mail address, a telephone number, or a browser's subscription.
    pub address: String,
    /// The reader's name; may be empty.
    pub name: String,
    /// The city's name in the reader's language.
    pub city: String,
    pub language: Lang,
    pub subject: String,
    pub body: String,
    pub reply_to: String,
    pub unsubscribe: String,
    /// When it was given to the office; the same at every try.
    pub at: Instant,
    pub tried_at: Instant,
}

/// What became of a parcel that was handed over.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Carried {
    /// The gateway's own names for it (one for each part), when receipts will come.
    pub remotes: Vec<String>,
}

/// Why a parcel was not handed over. Words of our own: what servers say may hold addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Setback {
    /// Nobody answers there; the others need not try for a while.
    Unreachable(&'static str),
    /// Not now.
    Later(String),
    /// Never to this address.
    Refused(String),
    /// The reader took the address away; forget it.
    Gone,
    /// It cannot be written.
    Broken(String),
}

/// The outcome of handing over.
pub type Handed<T = Carried> = Result<T, Setback>;

/// Something that carries letters.
pub trait Carrier: Send + Sync {
    fn carry<'a>(&'a self, parcel: &'a Parcel) -> BoxFuture<'a, Handed>;
}

/// The carrier of each channel; none: that channel does not exist here.
#[derive(Clone, Default)]
pub struct Carriers {
    pub email: Option<Arc<dyn Carrier>>,
    pub sms: Option<Arc<dyn Carrier>>,
    pub push: Option<Arc<dyn Carrier>>,
}

impl Carriers {
    /// All channels into one vector, for tests.
    pub fn kept() -> (Carriers, Arc<Kept>) {
        let kept = Arc::new(Kept::default());
        let carrier: Arc<dyn Carrier> = kept.clone();
        (Carriers { email: Some(carrier.clone()), sms: Some(carrier.clone()), push: Some(carrier) }, kept)
    }

    pub(crate) fn of(&self, channel: Channel) -> Option<&Arc<dyn Carrier>> {
        match channel {
            Channel::Email => self.email.as_ref(),
            Channel::Sms => self.sms.as_ref(),
            Channel::Push => self.push.as_ref(),
            Channel::Inbox => None,
        }
    }
}

/// Carries nothing anywhere: keeps what it was given.
#[derive(Default)]
pub struct Kept {
    parcels: Mutex<Vec<Parcel>>,
    setback: Mutex<Option<Setback>>,
}

impl Kept {
    /// What was handed over, in order.
    pub fn parcels(&self) -> Vec<Parcel> {
        self.parcels.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// From now on every parcel meets this; `None`: all are taken again.
    pub fn set_back(&self, setback: Option<Setback>) {
        *self.setback.lock().unwrap_or_else(PoisonError::into_inner) = setback;
    }
}

impl Carrier for Kept {
    fn carry<'a>(&'a self, parcel: &'a Parcel) -> BoxFuture<'a, Handed> {
        Box::pin(async move {
            if let Some(setback) = self.setback.lock().unwrap_or_else(PoisonError::into_inner).clone() {
                return Err(setback);
            }
            self.parcels.lock().unwrap_or_else(PoisonError::into_inner).push(parcel.clone());
            Ok(Carried::default())
        })
    }
}

/// Writes each letter as a file, for development: `.eml` for mail programs, `.txt` for the rest.
pub struct Folder {
    pub folder: PathBuf,
    pub writer: crate::email::Writer,
}

impl Carrier for Folder {
    fn carry<'a>(&'a self, parcel: &'a Parcel) -> BoxFuture<'a, Handed> {
        Box::pin(async move {
            let (ending, bytes) = match parcel.channel {
                Channel::Email => ("eml", self.writer.write(parcel)?.formatted()),
                _ => ("txt", format!("To: {}\n\n{}\n", parcel.address, parcel.body).into_bytes()),
            };
            let write = async {
                tokio::fs::create_dir_all(&self.folder).await?;
                tokio::fs::write(self.folder.join(format!("{}.{ending}", parcel.delivery)), bytes).await
            };
            write.await.map(|()| Carried::default()).map_err(|cause| {
                tracing::warn!(folder = %self.folder.display(), %cause, "letters cannot be written into their folder");
                Setback::Unreachable("the folder of letters cannot be written")
            })
        })
    }
}
