//! The survey's instruments (what is judged, on which scale, in which words), coded sheets, exact scores, and the
//! published history of the Global E-Governance Survey. Pure: no network, no clock, no files outside the crate.

mod fraction;
pub mod history;
mod instrument;
mod rank;
mod scale;
mod score;
mod sheet;
mod words;

pub use fraction::{Fraction, exact, parse_fraction, rounded, rounded_number};
pub use instrument::{Category, Criterion, DEFAULT, Defect, Instrument, Mode, Rule, RuleKind, UnknownInstrument};
pub use rank::shared_places;
pub use scale::Scale;
pub use score::{CategoryScore, Scores, category_score, score};
pub use sheet::{Coded, Sheet, SheetError, SheetProblem};
pub use words::{CategoryWords, CriterionWords, Words};
