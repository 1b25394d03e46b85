//! The survey's judgement: from an evidence archive to a report, offline.
//!
//! [`assess`] reads nothing but the archive, the instrument and the word lists, asks no clock and no network, and gives
//! the same bytes each time. What it looks at, in this order:
//!
//! 1. `text`: bytes to comparable words (charset, language, one written form);
//! 2. `site`: pages as features; what repeats across pages is set apart, for a menu that says "pay" proves nothing;
//! 3. `lexicon`, `topic`: target pages, documents and forms of each topic, and how far its ladder is climbed;
//! 4. `clause`, `fact`, `human`: sentences of the privacy notice, measurements, and what only a person can judge;
//! 5. `judge`, `report`: a value, a confidence, a reason and evidence for each criterion.

mod clause;
mod fact;
mod finding;
mod human;
mod judge;
mod lexicon;
mod notice;
mod report;
mod rules;
mod second;
mod site;
mod source;
mod text;
mod topic;

pub use finding::{Evidence, State};
pub use judge::{AssessError, assess};
pub use lexicon::{Lexicon, LexiconError, TopicWords};
pub use report::{
    Captured, CategoryShown, Decided, DecidedCount, InstrumentName, Judged, PageCount, Report, SCHEMA, ScoresShown,
    SiteName,
};
pub use second::{Passage, SecondOpinion, SecondReader, passages};
// For whoever shows an archived page: the same text, and no more nesting, than was judged.
pub use site::guard::flatten;
pub use text::charset::{PAGE_LIMIT, decode};
