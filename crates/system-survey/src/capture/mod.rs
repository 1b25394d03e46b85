//! The sites of a round are captured and judged: work of minutes that any number of workers lease, on any node.

mod folder;
mod gauge;
mod job;
mod start;
mod words;

pub use folder::{Settings, evidence, folder};
pub use job::CaptureCity;
pub use start::{again, pause, start};
pub use words::topics;
