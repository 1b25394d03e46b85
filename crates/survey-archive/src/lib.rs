//! The evidence archive: WARC 1.1 (ISO 28500:2017), gzip per record, revisit records, digests.
//!
//! Whoever captures writes it, whoever judges reads it; neither needs the other.

pub mod notes;
