//! One thin door before SQLite and PostgreSQL: typed values, rows and transactions. No query builder, no relations.
//!
//! One SQL text serves both engines: `$1…$n` placeholders; TEXT, BIGINT, DOUBLE PRECISION and BOOLEAN columns.
//! SQL is always a constant. SQLite has one writing connection (`BEGIN IMMEDIATE`) and a read-only pool beside it,
//! because a deferred transaction that turns to writing fails at once instead of waiting.

mod address;
mod backup;
mod migrate;
mod row;
mod shape;
mod snapshot;
mod store;
mod value;

pub use backup::{Backup, Contents, Folder, Restore, Restored, backup, restore, verify};
pub use migrate::{Migrations, SchemaState};
pub use row::Row;
pub use store::{Database, Store, Tx};
pub use value::{Value, flag, int, real, text};
