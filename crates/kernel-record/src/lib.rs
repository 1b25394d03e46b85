//! What must commit together with an act: the audit trail, the outbox of facts, and jobs for later.
//!
//! All three take the act's own transaction: either all of it happened or none.

mod audit;
mod facts;
mod jobs;

use kernel_store::Migrations;

pub use audit::{Audit, audit};
pub use facts::{Hearer, deliver, say};
pub use jobs::{Job, JobContext, Jobs, later};

/// Tables of this crate.
pub const MIGRATIONS: Migrations =
    Migrations { system: "record", files: &[("0001_record", include_str!("../migrations/0001_record.sql"))] };

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: &[&str] = &[
    audit::INSERT,
    facts::INSERT,
    facts::WAITING,
    facts::HEARD,
    jobs::INSERT,
    jobs::CLAIM,
    jobs::DONE,
    jobs::AGAIN,
    jobs::NEXT,
];
