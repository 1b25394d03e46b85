//! Finding places by what people write: names, addresses and facilities of every layer.
//!
//! ```
//! use map_places::{Ask, Entry, Index};
//! let entry = |id: &str, name: &str| Entry { layer: "places".into(), id: id.into(), name: name.into(), ..Entry::default() };
//! let index = Index::build([entry("1", "서울시청"), entry("2", "Hlemmur 3"), entry("3", "종로3가")]);
//! for (asked, id) in [("시청", "1"), ("ㅅㅊ", "1"), ("hlemur 3", "2"), ("Jongno", "3")] {
//!     assert_eq!(index.ask(&Ask::new(asked, 10))[0].id, id);
//! }
//! ```
//!
//! Text is folded and cut into words ([`fold`]), Hangul taken apart ([`hangul`]) and written in Latin letters ([`roman`]).
//! A part of a layer ([`segment`]) holds its entries and a dictionary of their terms ([`spell`], [`terms`]). A question
//! ([`query`]) finds candidates by the dictionary ([`search`], [`fits`]); the best are looked at closely ([`marks`], [`order`]). Written addresses
//! are taken apart ([`parse_address`]), found ([`Index::locate`]), and whole tables of them ([`Batch`]).

mod address;
mod batch;
mod distance;
mod entry;
mod fits;
mod fold;
mod hangul;
mod index;
mod locate;
mod marks;
mod order;
mod query;
pub mod roman;
mod search;
mod segment;
mod spell;
mod terms;

#[cfg(test)]
mod tests;

pub use address::{Form, Number, ParsedAddress, parse_address};
pub use batch::{Batch, BatchError, BatchOptions, COLUMNS, Progress, Row};
pub use entry::{Address, Entry, Hit};
pub use index::{Ask, Index, MOST_HITS};
pub use locate::{Located, Quality};
