//! What must commit together with an act: the audit trail, the outbox of facts, and jobs for later.
//!
//! All three take the act's own transaction: either all of it happened or none. Nodes that share a database share the
//! rest of the work: sealing the trail, telling the facts, doing the jobs.

mod audit;
mod check;
mod checkpoint;
mod entry;
mod facts;
mod jobs;
mod lease;
mod merkle;
mod note;
mod seal;
mod trail;

use kernel_store::Migrations;

pub use audit::{Audit, audit};
pub use check::{Broken, Checked, Fault, check, check_last, unsealed_since, waiting};
pub use checkpoint::Checkpoint;
pub use entry::Entry;
pub use facts::{Hearer, deliver, forget_heard, say, unheard_since};
pub use jobs::{Job, JobContext, Jobs, MOST_TRIES, Stuck, Trouble, later, later_once, trouble, wake};
pub use lease::patiently;
pub use note::VerifierKey;
pub use seal::seal;
pub use trail::{Filter, TrailPage, trail};

/// Tables of this crate.
pub const MIGRATIONS: Migrations = Migrations {
    system: "record",
    files: &[
        ("0001_record", include_str!("../migrations/0001_record.sql")),
        ("0002_seal", include_str!("../migrations/0002_seal.sql")),
        ("0003_append_only.sqlite", include_str!("../migrations/0003_append_only.sqlite.sql")),
        ("0003_append_only.postgres", include_str!("../migrations/0003_append_only.postgres.sql")),
        ("0004_nodes", include_str!("../migrations/0004_nodes.sql")),
        ("0005_act", include_str!("../migrations/0005_act.sql")),
    ],
};

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: &[&str] = &[
    audit::INSERT,
    audit::UNSEALED,
    seal::HEAD,
    seal::WAITING,
    seal::SEAL,
    seal::SEALED,
    check::SIZE,
    check::WAITING,
    check::SEALS,
    check::HASH_AT,
    check::NEVER_SEALED,
    check::NEVER_WRITTEN,
    check::OLDEST_WAITING,
    trail::OF_SUBJECT,
    trail::OF_SUBJECT_AND_ACT,
    trail::BY_OTHERS,
    trail::BY,
    trail::BY_ACT,
    trail::ACT,
    trail::EVERYTHING,
    lease::TAKE,
    lease::FREE,
    facts::INSERT,
    facts::WAITING,
    facts::HEARD,
    facts::OLDEST,
    facts::FORGET,
    jobs::queue::INSERT,
    jobs::queue::INSERT_ONCE,
    jobs::queue::RECURRING,
    jobs::queue::RECUR,
    jobs::queue::RESTING,
    jobs::queue::FAILING,
    jobs::queue::OVERDUE,
    jobs::queue::WAKE,
    jobs::worker::CLAIM,
    jobs::worker::DUE,
    jobs::worker::RENEW,
    jobs::worker::DONE,
    jobs::worker::COME_BACK,
    jobs::worker::AGAIN,
];
