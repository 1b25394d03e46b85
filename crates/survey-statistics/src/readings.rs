//! What the readers of one city answered, and the one sheet that follows.

use std::collections::BTreeMap;

use survey_instrument::{Coded, Fraction, Instrument, Sheet};

/// The answers to one city's sheet.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Readings {
    /// Any name that is unique in the round.
    pub city: String,
    /// The answers of each reader, by criterion id. A criterion that a reader left out is nobody's answer.
    pub readers: Vec<BTreeMap<String, Coded>>,
    /// What an adjudicator decided. It stands instead of the readers' answers and is taken as certain.
    pub settled: BTreeMap<String, Coded>,
}

impl Readings {
    /// All answers to one criterion that count, in the readers' order; the adjudicator's alone where there is one.
    pub fn answers(&self, criterion: &str) -> Vec<Coded> {
        match self.settled.get(criterion) {
            Some(settled) => vec![*settled],
            None => self.readers.iter().filter_map(|reader| reader.get(criterion).copied()).collect(),
        }
    }

    /// The sheet that is scored: every criterion of the instrument, the answers [`together`].
    pub fn sheet(&self, instrument: &Instrument) -> Sheet {
        let mut sheet = Sheet::new();
        for criterion in &instrument.criteria {
            sheet.set(criterion.id.clone(), together(&self.answers(&criterion.id)));
        }
        sheet
    }
}

/// One answer of several: the mean of the points where anybody gave points ("absent" and "not found" are 0); not this
/// city's task where all say so; otherwise not assessable.
pub fn together(answers: &[Coded]) -> Coded {
    match answers {
        [] => return Coded::NotAssessable,
        [first, rest @ ..] if rest.iter().all(|answer| answer == first) => return *first,
        _ => {}
    }
    let points: Vec<Fraction> = answers.iter().filter_map(|answer| answer.value()).collect();
    match i64::try_from(points.len()) {
        Ok(count) if count > 0 => Coded::Value(points.iter().sum::<Fraction>() / count),
        _ => Coded::NotAssessable,
    }
}

#[cfg(test)]
mod tests {
    use num_rational::Ratio;

    use super::*;

    fn value(points: i64) -> Coded {
        Coded::Value(Ratio::from_integer(points))
    }

    #[test]
    fn several_answers_are_one_by_the_mean_of_their_points() {
        assert_eq!(together(&[value(2), value(3)]), Coded::Value(Ratio::new(5, 2)));
        assert_eq!(together(&[value(1), value(1), value(3)]), Coded::Value(Ratio::new(5, 3)));
        assert_eq!(together(&[Coded::Absent, Coded::NotFound]), value(0));
        assert_eq!(together(&[Coded::NotThisCity, value(3)]), value(3));
        assert_eq!(together(&[Coded::NotThisCity, Coded::NotThisCity]), Coded::NotThisCity);
        assert_eq!(together(&[Coded::NotThisCity, Coded::NotAssessable]), Coded::NotAssessable);
        assert_eq!(together(&[]), Coded::NotAssessable);
    }

    #[test]
    fn a_settlement_stands_instead_of_the_readers() {
        let reader = |points| BTreeMap::from([("PS01".to_owned(), value(points))]);
        let mut readings = Readings { city: "A".into(), readers: vec![reader(0), reader(1)], ..Readings::default() };
        assert_eq!(readings.answers("PS01"), [value(0), value(1)]);
        readings.settled.insert("PS01".into(), value(1));
        assert_eq!(readings.answers("PS01"), [value(1)]);
        assert!(readings.answers("PS02").is_empty());
    }
}
