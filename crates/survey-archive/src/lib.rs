//! The evidence archive: WARC 1.1 (ISO 28500:2017), gzip per record, revisit records, digests.
//!
//! Whoever captures writes it, whoever judges reads it; neither needs the other.
//!
//! - [`Writer`] appends exchanges, resources, conversions and notes; a killed writer resumes by [`Writer::append`].
//! - [`Archive`] indexes a file in one pass and reads bodies when asked.
//! - [`notes`] holds what the capture observed beside the bytes.

mod archive;
mod decode;
mod exchange;
pub mod notes;
mod record;
mod writer;

pub use archive::{Archive, Conversion, Entry, Resource, Response};
pub use decode::decode_content;
pub use exchange::{Exchange, Truncated};
pub use record::{Error, Kind, RecordId};
pub use writer::{WarcInfo, Writer};
