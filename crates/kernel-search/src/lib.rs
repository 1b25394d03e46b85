//! Finding pages by words: an index in memory over the documents that the systems contribute.
//!
//! Words are lower-cased; runs of Hangul, Han and Kana become overlapping pairs of characters, so that compounds and
//! particles need no dictionary. Ranking is BM25 (Robertson and Zaragoza 2009) with titles weighing more.

mod index;
mod snippet;
mod tokens;

pub use index::{Answer, Hit, Index, Query, Sort};
pub use snippet::Piece;

/// Something that can be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchDocument {
    /// Where it is.
    pub href: String,
    pub title: String,
    /// Plain text in the document's language.
    pub text: String,
    /// Message key of its kind (`survey-kind-league`); the filter of the search page.
    pub kind: &'static str,
    /// The day it is about or was changed, for sorting by date.
    pub date: Option<jiff::civil::Date>,
}
