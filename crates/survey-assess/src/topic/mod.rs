//! What pages are about, and how far a topic's ladder is climbed.

pub mod also;
pub mod find;
pub mod judge;
mod lead;
pub mod reading;
pub mod signal;
