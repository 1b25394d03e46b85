//! From several readers' answers to one sheet: means, the third reader, the adjudicator. Pure.

use std::collections::BTreeMap;

use num_rational::Ratio;
use survey_instrument::{Coded, Fraction, Instrument, Sheet, score};

use super::code::{Answer, Seat};

/// The answers of each seat, by criterion.
pub type Answers = BTreeMap<Seat, BTreeMap<String, Answer>>;

/// How a criterion's final answer came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// All readers gave the same.
    Agreed,
    /// The mean of the readers' points.
    Mean,
    Settled,
    /// Needs an adjudicator: one reader says that it is not this city's task or cannot be judged, another gave points;
    /// or a third reader was called and the first two differ.
    Open,
    /// Nobody has answered yet.
    Missing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// For `Open` what would hold without an adjudicator; for `Missing` not assessable.
    pub coded: Coded,
    pub ground: Ground,
}

/// The sheet of one seat; what it did not answer is not assessable.
pub fn sheet(answers: &BTreeMap<String, Answer>) -> Sheet {
    let mut sheet = Sheet::new();
    for (criterion, answer) in answers {
        sheet.set(criterion.clone(), answer.coded());
    }
    sheet
}

/// How far two totals are apart, in thousandths of their mean; 0 when both are 0.
pub fn apart(first: Fraction, second: Fraction) -> Fraction {
    let zero = Ratio::from_integer(0);
    let (sum, difference) = (first + second, first - second);
    let difference = if difference < zero { -difference } else { difference };
    if sum == zero { zero } else { difference * 2000 / sum }
}

/// Whether the first two readers' totals differ so much that a third reads; `None` until both have answered something.
pub fn third_needed(instrument: &Instrument, answers: &Answers, threshold: u32) -> Option<bool> {
    let total = |seat| Some(score(instrument, &sheet(answers.get(&seat)?)).total);
    Some(apart(total(Seat::First)?, total(Seat::Second)?) > Ratio::from_integer(i64::from(threshold)))
}

/// The final answer to each criterion of the instrument, in its order.
///
/// Without a third reader it is the mean of the points of the first two, as the survey has always published. With one,
/// whatever the first two answered differently is the adjudicator's. A settlement counts more than anything.
pub fn verdicts(
    instrument: &Instrument,
    answers: &Answers,
    settled: &BTreeMap<String, Answer>,
) -> Vec<(String, Verdict)> {
    let third = answers.contains_key(&Seat::Third);
    let one = |criterion: &str| {
        if let Some(answer) = settled.get(criterion) {
            return Verdict { coded: answer.coded(), ground: Ground::Settled };
        }
        let given: Vec<Coded> =
            answers.values().filter_map(|of_seat| of_seat.get(criterion)).map(|answer| answer.coded()).collect();
        judge(&given, third)
    };
    instrument.criteria.iter().map(|criterion| (criterion.id.clone(), one(&criterion.id))).collect()
}

fn judge(given: &[Coded], third: bool) -> Verdict {
    let Some(first) = given.first() else {
        return Verdict { coded: Coded::NotAssessable, ground: Ground::Missing };
    };
    if given.iter().all(|coded| coded == first) {
        return Verdict { coded: *first, ground: Ground::Agreed };
    }
    let points: Vec<Fraction> = given.iter().filter_map(|coded| coded.value()).collect();
    if points.is_empty() {
        return Verdict { coded: Coded::NotAssessable, ground: Ground::Open };
    }
    let mean = points.iter().sum::<Fraction>() / i64::try_from(points.len()).unwrap_or(i64::MAX);
    let same_points = points.len() == given.len() && points.iter().all(|value| *value == mean);
    let ground = match (same_points, third || points.len() < given.len()) {
        // "Absent" and "not found" are different words for the same points.
        (true, _) => Ground::Agreed,
        (false, true) => Ground::Open,
        (false, false) => Ground::Mean,
    };
    Verdict { coded: Coded::Value(mean), ground }
}

/// The sheet that is scored: what is open or missing is there as it would hold without an adjudicator.
pub fn final_sheet(verdicts: &[(String, Verdict)]) -> Sheet {
    let mut sheet = Sheet::new();
    for (criterion, verdict) in verdicts {
        sheet.set(criterion.clone(), verdict.coded);
    }
    sheet
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(points: i64) -> Coded {
        Coded::Value(Fraction::from_integer(points))
    }

    #[test]
    fn two_readers_make_a_mean_and_a_third_makes_it_open() {
        let half = Coded::Value(Ratio::new(5, 2));
        assert_eq!(judge(&[value(2), value(3)], false), Verdict { coded: half, ground: Ground::Mean });
        assert_eq!(judge(&[value(2), value(3), value(3)], true).ground, Ground::Open);
        assert_eq!(judge(&[value(3), value(3)], false), Verdict { coded: value(3), ground: Ground::Agreed });
    }

    #[test]
    fn a_no_of_any_kind_is_no_points_and_what_leaves_the_count_is_for_the_adjudicator() {
        assert_eq!(
            judge(&[Coded::Absent, Coded::NotFound], false),
            Verdict { coded: value(0), ground: Ground::Agreed }
        );
        assert_eq!(judge(&[Coded::NotThisCity, value(1)], false).ground, Ground::Open);
        assert_eq!(judge(&[Coded::NotThisCity, Coded::NotThisCity], false).ground, Ground::Agreed);
        assert_eq!(judge(&[Coded::NotThisCity, Coded::NotAssessable], false).ground, Ground::Open);
        assert_eq!(judge(&[], false).ground, Ground::Missing);
    }

    #[test]
    fn how_far_totals_are_apart_is_measured_on_their_mean() {
        let total = Fraction::from_integer;
        assert_eq!(apart(total(55), total(45)), total(200));
        assert_eq!(apart(total(0), total(0)), total(0));
        assert_eq!(apart(total(0), total(10)), total(2000));
    }
}
