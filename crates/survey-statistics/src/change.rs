//! Two rounds compared on what both of them asked.

use survey_instrument::{Fraction, Instrument};

use crate::{Draws, Readings, Spread};

/// One of the two rounds.
#[derive(Debug, Clone, Copy)]
pub struct Round<'a> {
    pub instrument: &'a Instrument,
    pub cities: &'a [Readings],
}

/// How two rounds compare.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Cities of both rounds, in the later round's order.
    pub cities: Vec<CityChange>,
    pub left_out: LeftOut,
}

#[derive(Debug, Clone, PartialEq)]
pub struct CityChange {
    pub city: String,
    /// Scores of 100 on the common criteria alone; they are not the published scores.
    pub before: Fraction,
    pub after: Fraction,
    /// `after - before`.
    pub change: Fraction,
    /// Where the change lies when criteria and answers are drawn anew; `None` when there is nothing to draw: one criterion
    /// a category, and one answer each.
    pub spread: Option<Spread<f64>>,
    /// Criteria that were compared in this city.
    pub compared: usize,
    /// Common criteria (ids of the later round) that in one of the rounds were not this city's task or could not be judged.
    pub not_compared: Vec<String>,
}

impl CityChange {
    /// Whether the change is up or down in 95 % of the draws: zero is outside the middle.
    pub fn certain(&self) -> bool {
        self.spread.is_some_and(|spread| spread.middle_95.0 > 0.0 || spread.middle_95.1 < 0.0)
    }
}

/// What the comparison does not use.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Criteria of the earlier round alone, by id.
    pub criteria_before: Vec<String>,
    /// Criteria of the later round alone, by id.
    pub criteria_after: Vec<String>,
    /// Categories of the later round without a common criterion; the others carry their points.
    pub categories: Vec<String>,
    pub cities_before: Vec<String>,
    pub cities_after: Vec<String>,
}

/// Why the rounds cannot be compared.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChangeProblem {
    #[error("the mapping names {0:?}, which is no criterion of that round's instrument")]
    UnknownCriterion(String),
    #[error("the mapping names {0} twice; a criterion has one counterpart")]
    Twice(String),
    #[error("the two rounds have no criterion in common")]
    NothingCommon,
}

/// The criteria that two instruments have under the same id with the same scale: the mapping when nobody wrote a better one.
/// Instruments whose ids do not mean the same need a mapping of their own.
pub fn same_ids(before: &Instrument, after: &Instrument) -> Vec<(String, String)> {
    let same = |id: &str| Some(before.criterion(id)?.scale == after.criterion(id)?.scale);
    let ids = after.criteria.iter().map(|criterion| criterion.id.clone());
    ids.filter(|id| same(id) == Some(true)).map(|id| (id.clone(), id)).collect()
}

/// Compares two rounds on common criteria only (as Mossberger & Wu 2012 do from year to year).
///
/// `mapping`: pairs of criterion ids, the earlier round's first. Each common criterion counts in the later round's category;
/// a category's score is its points · raw / max over the common criteria, raw and max each in its own round's scale; the
/// points of the categories that remain are scaled to 100. A criterion that in one of the rounds was not this city's task,
/// or could not be judged, leaves both sides for that city.
///
/// The interval: criteria are drawn as in [`crate::ranks::standings`], the same for both rounds, and answers in each round
/// by themselves.
///
/// # Errors
/// A mapping that names what is not there, or names something twice, or is empty.
pub fn change(before: Round, after: Round, mapping: &[(String, String)], draws: Draws) -> Result<Change, ChangeProblem> {
    unimplemented!()
}
