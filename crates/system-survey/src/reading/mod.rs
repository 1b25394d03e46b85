//! Who reads which city of a round, what they answer, and what follows from their answers.

mod code;
mod import;
mod language;
pub mod store;
pub mod verdict;

pub use code::{Answer, Assignment, Code, Seat, Settlement};
pub use import::{import, import_evaluators};
pub use language::reads;
