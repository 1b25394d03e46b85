//! Agreement between coders who judged the same units without seeing each other.
//!
//! Which coefficient for what: dichotomies nominal alpha and AC1; steps (0–3) ordinal alpha and quadratic kappa. Choose
//! beforehand and report for each criterion (Lombard, Snyder-Duch & Bracken 2002).

mod agreement;
mod alpha;
mod codes;
mod kappa;
mod ratings;

pub use agreement::{fleiss, gwet_ac1, percent_agreement};
pub use alpha::{alpha_interval, krippendorff};
pub use codes::{Codes, CodesError, CodesProblem};
pub use kappa::{Weights, cohen, scott};
pub use ratings::{Rating, Ratings, RatingsProblem};

/// What a coefficient comes to. Where it is not defined it says why, and is never 1 or "not a number".
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Coefficient {
    /// At most 1; 0 is what chance alone would give.
    Value(f64),
    /// All coders gave one and the same value throughout: there was nothing to agree or disagree about.
    NoVariation,
    /// No unit was judged by two coders.
    TooFew,
    /// A value below zero, which a ratio scale cannot have (only [`Level::Ratio`]).
    NotRatio,
}

impl Coefficient {
    pub fn value(self) -> Option<f64> {
        match self {
            Coefficient::Value(value) => Some(value),
            _ => None,
        }
    }

    /// Why there is no value, as a stable word for programs and message keys; `None` where there is one.
    pub fn undefined(self) -> Option<&'static str> {
        match self {
            Coefficient::Value(_) => None,
            Coefficient::NoVariation => Some("no_variation"),
            Coefficient::TooFew => Some("too_few"),
            Coefficient::NotRatio => Some("not_ratio"),
        }
    }
}

/// Level of measurement (Stevens 1946): which differences between two values count, and how much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// The same or not.
    Nominal,
    /// By the number of ratings that lie between.
    Ordinal,
    /// By the squared difference.
    Interval,
    /// By the squared difference relative to the sum.
    Ratio,
}

impl Level {
    pub const ALL: [Level; 4] = [Level::Nominal, Level::Ordinal, Level::Interval, Level::Ratio];

    pub fn word(self) -> &'static str {
        match self {
            Level::Nominal => "nominal",
            Level::Ordinal => "ordinal",
            Level::Interval => "interval",
            Level::Ratio => "ratio",
        }
    }

    pub fn parse(word: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|level| level.word() == word)
    }
}

/// What Krippendorff (2004, p. 241) allows to be concluded from an alpha. Other coefficients have no such bands of their
/// own, and differently weighted kappas must not share one (Warrens 2013).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Band {
    /// Below .667: do not build on it.
    Unreliable,
    /// .667 to below .800: tentative conclusions only.
    Tentative,
    /// .800 and above.
    Reliable,
}

impl Band {
    pub fn of(alpha: f64) -> Band {
        match alpha {
            alpha if alpha >= 0.800 => Band::Reliable,
            alpha if alpha >= 0.667 => Band::Tentative,
            _ => Band::Unreliable,
        }
    }

    /// A stable word for programs and message keys.
    pub fn word(self) -> &'static str {
        match self {
            Band::Unreliable => "unreliable",
            Band::Tentative => "tentative",
            Band::Reliable => "reliable",
        }
    }
}

/// Every coefficient of one table.
#[derive(Debug, Clone, PartialEq)]
pub struct Reliability {
    pub coders: usize,
    pub units: usize,
    /// Values given.
    pub ratings: usize,
    /// Units that at least two coders judged: only these say anything about agreement.
    pub pairable: usize,
    pub percent_agreement: Coefficient,
    /// Two coders only.
    pub cohen: Option<Cohen>,
    /// Two coders only.
    pub scott: Option<Coefficient>,
    /// Three coders or more.
    pub fleiss: Option<Coefficient>,
    /// In the order of [`Level::ALL`].
    pub alpha: [Coefficient; 4],
    pub gwet_ac1: Coefficient,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cohen {
    pub plain: Coefficient,
    pub linear: Coefficient,
    pub quadratic: Coefficient,
}

impl Reliability {
    pub fn alpha(&self, level: Level) -> Coefficient {
        self.alpha[level as usize]
    }
}

/// All coefficients of a table.
pub fn reliability(ratings: &Ratings) -> Reliability {
    let two = ratings.coders().len() == 2;
    Reliability {
        coders: ratings.coders().len(),
        units: ratings.units().len(),
        ratings: ratings.count(),
        pairable: ratings.pairable().count(),
        percent_agreement: percent_agreement(ratings),
        cohen: two.then(|| Cohen {
            plain: cohen(ratings, Weights::Plain),
            linear: cohen(ratings, Weights::Linear),
            quadratic: cohen(ratings, Weights::Quadratic),
        }),
        scott: two.then(|| scott(ratings)),
        fleiss: (ratings.coders().len() > 2).then(|| fleiss(ratings)),
        alpha: Level::ALL.map(|level| krippendorff(ratings, level)),
        gwet_ac1: gwet_ac1(ratings),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_begin_where_krippendorff_says() {
        assert_eq!(Band::of(0.8), Band::Reliable);
        assert_eq!(Band::of(0.7999), Band::Tentative);
        assert_eq!(Band::of(0.667), Band::Tentative);
        assert_eq!(Band::of(0.6669), Band::Unreliable);
        assert_eq!(Band::of(-0.2), Band::Unreliable);
    }

    #[test]
    fn levels_read_and_print_the_same() {
        for level in Level::ALL {
            assert_eq!(Level::parse(level.word()), Some(level));
        }
        assert_eq!(Level::parse("all"), None);
    }
}
