//! Letters from the act to the carrier, on the engine of this run, with the clock in the hand.

mod accounts;
mod outage;
mod push;
mod returned;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use futures::future::BoxFuture;
use kernel_base::{Clock, HandClock, Id, Instant, Random, Result, Secrets, SeededRandom};
use kernel_language::{ENGLISH, KOREAN, Texts, Words};
use kernel_letters::{AddressBook, Carriers, Channel, Kept, Letter, Letters, Reach, Sender, Settings, jobs};
use kernel_record::Jobs;
use kernel_store::Store;

const TEXTS: Texts = &[
    ("en", "welcome-subject = Welcome, { $name }\nwelcome-body = Hello { $name }, see { $link }.\n"),
    ("ko", "welcome-subject = { $name }님, 환영해요\nwelcome-body = { $name }님, { $link } 에서 보세요.\n"),
];

/// People with accounts; changed by hand.
#[derive(Default)]
pub struct Book(Mutex<BTreeMap<String, Reach>>);

impl Book {
    pub fn set(&self, account: &str, reach: Reach) {
        self.0.lock().unwrap().insert(account.to_owned(), reach);
    }
}

impl AddressBook for Book {
    fn reach<'a>(&'a self, account: &'a str) -> BoxFuture<'a, Result<Option<Reach>>> {
        Box::pin(async move { Ok(self.0.lock().unwrap().get(account).cloned()) })
    }
}

/// Nothing of these tests leaves the machine.
pub struct NoNetwork;

impl kernel_letters::Fetch for NoNetwork {
    fn post<'a>(
        &'a self,
        _: &'a str,
        _: &'a [(&'static str, String)],
        _: Vec<u8>,
    ) -> BoxFuture<'a, std::result::Result<kernel_letters::Answer, String>> {
        Box::pin(async { Err("no network in this test".to_owned()) })
    }
}

pub fn kim() -> Reach {
    Reach {
        name: "김하나".to_owned(),
        language: KOREAN,
        channel: Channel::Email,
        email: Some("kim@city.example".to_owned()),
        phone: Some("+821012345678".to_owned()),
    }
}

pub struct House {
    pub letters: Letters,
    pub store: Store,
    pub clock: Arc<HandClock>,
    pub random: Arc<SeededRandom>,
    pub book: Arc<Book>,
    _folder: tempfile::TempDir,
}

impl House {
    pub async fn open(settings: Settings, carriers: Carriers) -> House {
        let (database, folder) = testkit::empty_database().await;
        let store = Store::open(&database).await.unwrap();
        store.migrate(&[kernel_record::MIGRATIONS, kernel_letters::MIGRATIONS]).await.unwrap();
        let book = Arc::new(Book::default());
        book.set("ac_kim", kim());
        let words = Arc::new(Words::new(&[TEXTS, kernel_letters::TEXTS]).unwrap());
        let names = vec![(ENGLISH, "Onsaedam City".to_owned()), (KOREAN, "온새담시".to_owned())];
        let sender = Sender { origin: "https://city.example".to_owned(), names };
        let letters = Letters::new(settings, sender, Secrets::new([7; 32]), words, book.clone(), carriers);
        let clock = Arc::new(HandClock::at(Instant(1_795_478_400_000_000)));
        House { letters, store, clock, random: Arc::new(SeededRandom::new(7)), book, _folder: folder }
    }

    pub async fn with_kept() -> (House, Arc<Kept>) {
        let (carriers, kept) = Carriers::kept();
        (House::open(Settings::default(), carriers).await, kept)
    }

    /// The same house with other carriers.
    pub fn rebuild(&mut self, settings: Settings, carriers: Carriers) {
        let old = self.letters.clone();
        let (secrets, words) = (old.secrets.clone(), old.words.clone());
        self.letters = Letters::new(settings, old.sender.clone(), secrets, words, self.book.clone(), carriers);
    }

    pub async fn send(&self, letter: &Letter) -> Id {
        let mut tx = self.store.begin().await.unwrap();
        let id = self.letters.send(&mut tx, letter, &*self.clock, &*self.random).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    pub fn jobs(&self) -> Jobs {
        let (clock, random): (Arc<dyn Clock>, Arc<dyn Random>) = (self.clock.clone(), self.random.clone());
        Jobs::new(self.store.clone(), clock, random, jobs(&self.letters))
    }

    pub async fn run_jobs(&self) {
        self.jobs().run_due().await.unwrap();
    }

    pub async fn inbox(&self, account: &str) -> Vec<kernel_letters::InboxLetter> {
        self.letters.inbox(&self.store, account, (KOREAN, "김하나"), None, 20).await.unwrap()
    }

    /// States of all deliveries with their number, as the office sees them.
    pub async fn states(&self) -> Vec<(&'static str, &'static str, i64)> {
        let counts = kernel_letters::counts(&self.store, Instant(0)).await.unwrap();
        counts.into_iter().map(|count| (count.channel.name(), count.state.name(), count.n)).collect()
    }
}
