//! A whole city in a test: in memory but for its database, on both engines, with the clock in the hand.
//!
//! ```ignore
//! testkit::on_both_engines(systems(), async |city| {
//!     let answer = city.get("/survey").await;
//!     assert_eq!(answer.status, 200);
//! }).await;
//! ```

mod city;
mod engines;
mod log;
mod people;
mod proof;

pub use city::{Answer, TestCity};
pub use engines::{empty_database, on_both_databases, on_both_engines};
pub use log::Log;
pub use people::{By, Person};
pub use proof::proof_of;
