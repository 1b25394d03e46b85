//! Ids, clock, randomness, secrets and errors: what every other crate may use.
//!
//! The clock and randomness are arguments everywhere else, so that tests can hold them in the hand.

mod clock;
mod error;
mod id;
mod random;
mod secrets;

pub use clock::{Clock, HandClock, Instant, SystemClock};
pub use error::{Error, Result};
pub use id::Id;
pub use random::{Random, SeededRandom, SystemRandom};
pub use secrets::Secrets;
