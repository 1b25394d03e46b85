//! Who reads which city, and what they answer. Pure.

use kernel_base::Instant;
use survey_instrument::{Coded, Criterion, Fraction, SheetProblem};

/// A place at a city's table. Evaluators are published as these letters, never by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Seat {
    First,
    Second,
    /// Called when the first two differ too much.
    Third,
}

impl Seat {
    pub const ALL: [Seat; 3] = [Seat::First, Seat::Second, Seat::Third];

    pub fn word(self) -> &'static str {
        match self {
            Seat::First => "first",
            Seat::Second => "second",
            Seat::Third => "third",
        }
    }

    pub fn parse(word: &str) -> Option<Seat> {
        Seat::ALL.into_iter().find(|seat| seat.word() == word)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    pub id: String,
    pub round: String,
    pub city: String,
    pub account: String,
    pub seat: Seat,
    pub given_at: Instant,
    /// The evaluator has handed the city in.
    pub done_at: Option<Instant>,
}

/// One answer to one criterion: a whole value of the scale, or a state without one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer(Coded);

impl Answer {
    /// Puts state and value together.
    ///
    /// # Errors
    /// When they contradict each other or the criterion's scale; halves are means and nobody's answer.
    pub fn new(criterion: &Criterion, state: &str, value: Option<i64>) -> Result<Answer, SheetProblem> {
        let whole = value.map(Fraction::from_integer);
        let coded = Coded::from_parts(criterion, state, whole)?;
        match coded {
            Coded::Value(given) if !criterion.scale.values().iter().any(|v| Fraction::from(i64::from(*v)) == given) => {
                Err(SheetProblem::OffScale { value: given.to_string(), scale: criterion.scale.to_string() })
            }
            coded => Ok(Answer(coded)),
        }
    }

    pub fn coded(self) -> Coded {
        self.0
    }

    pub fn state(self) -> &'static str {
        self.0.state()
    }

    /// The value of the scale; none when the answer is a state.
    pub fn value(self) -> Option<i64> {
        match self.0 {
            Coded::Value(value) => Some(value.to_integer()),
            _ => None,
        }
    }
}

/// An answer as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    pub assignment: String,
    pub criterion: String,
    pub answer: Answer,
    pub note: String,
    pub flagged: bool,
    /// Addresses of archived pages that the evaluator points to.
    pub cited: Vec<String>,
    /// The last answer given before the machine's was seen: what agreement is measured on.
    pub blind: Answer,
    pub machine_seen_at: Option<Instant>,
    /// Rises with each change.
    pub version: i64,
    pub coded_at: Instant,
}

/// What an adjudicator decided about one criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    pub id: String,
    pub city: String,
    pub criterion: String,
    pub answer: Answer,
    pub reason: String,
    pub settled_by: String,
    pub settled_at: Instant,
}

#[cfg(test)]
mod tests {
    use survey_instrument::{DEFAULT, Instrument};

    use super::*;

    #[test]
    fn an_answer_is_a_whole_value_of_the_scale_or_a_state() {
        let instrument = Instrument::load(DEFAULT).expect("the instrument");
        let criterion = instrument.criterion("PS01").expect("0/1");
        assert_eq!(Answer::new(criterion, "found", Some(1)).map(|answer| answer.value()), Ok(Some(1)));
        assert_eq!(
            Answer::new(criterion, "absent", None).map(|answer| (answer.state(), answer.value())),
            Ok(("absent", None))
        );
        assert!(Answer::new(criterion, "found", Some(2)).is_err());
        assert!(Answer::new(criterion, "found", None).is_err());
        assert!(Answer::new(criterion, "not_this_city", Some(1)).is_err());
    }
}
