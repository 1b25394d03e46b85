//! From a web address to an evidence archive: a polite crawler with a guard, probes, and a browser where one is there.
//!
//! [`capture()`] is the whole of it. Everything that goes out passes [`outbound::Dialler`], everything that comes back is bounded and
//! archived as received, and what could not be seen is said in the capture's note.

mod address;
mod capture;
mod charset;
mod client;
mod clock;
mod crawl;
mod document;
mod entities;
mod fetch;
mod frontier;
mod host;
mod journal;
mod limits;
mod options;
mod page;
mod paper;
mod probe;
mod proxy;
mod recorder;
mod render;
mod replay;
mod robots;
mod scope;
mod sitemap;
mod tap;
mod tls;
mod variant;
mod words;

pub use capture::{Error, Summary, capture};
pub use options::{Event, Limits, Options, Progress, Silent};
pub use paper::{NotPrinted, Printer};
pub use words::TopicWords;
