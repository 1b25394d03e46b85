//! Letters to people, none lost: e-mail, short messages, notices in browsers, and the inbox on the site.
//!
//! An act sends a letter within its own transaction; jobs bring it on its way after the commit, and again until it is
//! taken. Words and addresses are sealed in the database and forgotten in time; no log holds either.
//!
//! ```ignore
//! let letter = Letter::template(To::Account(account), "account-letter-welcome").with_link("link", "/account");
//! city.letters.send(&mut tx, &letter, clock, random).await?;   // account-letter-welcome-subject, …-body, …-sms
//! ```

mod arrived;
mod carrier;
mod configured;
mod deliver;
mod email;
mod fetch;
mod forget;
mod gateway;
mod imap;
mod inbox;
mod letter;
mod mailbox;
mod notification;
mod office;
mod overview;
mod preference;
mod push;
mod receipts;
mod returned;
mod settings;
mod smpp;
mod store;
mod wire;
mod words;

use std::sync::Arc;

use kernel_record::Job;
use kernel_store::Migrations;

pub use arrived::{Arrived, Sort};
pub use carrier::{Carried, Carrier, Carriers, Handed, Kept, Parcel, Setback};
pub use configured::{Finding, Surroundings, carriers, check};
pub use fetch::{Answer, Fetch};
pub use imap::{arrived, check_mailbox};
pub use inbox::{InboxLetter, erase, read, throw_away, unread};
pub use letter::{Channel, Content, Letter, State, To, Value, is_email, phone};
pub use office::{AddressBook, Letters, NoAccounts, Office, Reach};
pub use overview::{Count, Failure, Sent, Wanted, counts, failures, oldest_waiting};
pub use preference::{Preference, prefer, preference};
pub use push::{Browser, Keys, Subscription, browsers, unsubscribe};
pub use settings::{Encryption, HttpGateway, Imap, Push, Settings, Smpp, Sms, SmsKind, Smtp};
pub use words::Sender;

/// Tables of this crate.
pub const MIGRATIONS: Migrations =
    Migrations { system: "letters", files: &[("0001_letters", include_str!("../migrations/0001_letters.sql"))] };

/// This crate's words.
pub const TEXTS: kernel_language::Texts =
    &[("en", include_str!("../text/en.ftl")), ("ko", include_str!("../text/ko.ftl"))];

/// The kinds of jobs of the letters office.
pub fn jobs(letters: &Letters) -> Vec<Arc<dyn Job>> {
    vec![
        Arc::new(deliver::Dispatch(letters.clone())),
        Arc::new(deliver::Deliver(letters.clone())),
        Arc::new(mailbox::LookForReturned(letters.clone())),
        Arc::new(forget::Forget(letters.clone())),
    ]
}

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: &[&str] = &[
    store::INSERT_LETTER,
    store::LETTER,
    store::DISPATCHED,
    store::INSERT_DELIVERY,
    store::TAKE,
    store::DELIVERY_STATE,
    store::REST,
    store::SENT,
    store::FAILED,
    store::INSERT_PART,
    store::FORGET_LETTERS,
    store::FORGET_ADDRESSES,
    inbox::LIST,
    inbox::ONE,
    inbox::UNREAD,
    inbox::READ,
    inbox::THROW_AWAY,
    inbox::ERASE_LETTERS,
    inbox::ERASE_ADDRESSES,
    inbox::ERASE_PREFERENCE,
    inbox::ERASE_SUBSCRIPTIONS,
    preference::FIND,
    preference::KEEP,
    push::SUBSCRIBE,
    push::OF_ACCOUNT,
    push::UNSUBSCRIBE,
    push::GONE,
    returned::BLOCK,
    returned::BLOCKED,
    returned::FREE,
    returned::ACCOUNT,
    returned::CAME_BACK,
    returned::ARRIVED,
    receipts::PART_ARRIVED,
    receipts::PART,
    receipts::MISSING,
    overview::COUNTS,
    overview::OLDEST,
    overview::FAILURES,
    overview::SENT,
    overview::LIST,
];
