//! The scale of one criterion.

use std::fmt;

use num_rational::Ratio;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Fraction;

/// The values a criterion can take: every step up to a maximum (`0-3`), or nothing and everything (`0/3`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scale {
    /// `0-N`: 0, 1, … N.
    Steps(u8),
    /// `0/N`: 0 or N.
    AllOrNothing(u8),
}

impl Scale {
    /// Points of the highest value.
    pub fn max(self) -> u8 {
        match self {
            Scale::Steps(max) | Scale::AllOrNothing(max) => max,
        }
    }

    /// All values one evaluator can give, lowest first.
    pub fn values(self) -> Vec<u8> {
        match self {
            Scale::Steps(max) => (0..=max).collect(),
            Scale::AllOrNothing(max) => vec![0, max],
        }
    }

    /// True for a value of the scale and for the mean of two of them: published raw points are means of two evaluators.
    pub fn allows(self, value: Fraction) -> bool {
        let twice = value * 2;
        let values = self.values();
        values.iter().any(|a| values.iter().any(|b| twice == Ratio::from_integer(i64::from(*a) + i64::from(*b))))
    }

    /// Reads `0-3` or `0/3`.
    pub fn parse(text: &str) -> Option<Self> {
        let max = |digits: &str| digits.parse().ok().filter(|max| *max > 0);
        if let Some(steps) = text.strip_prefix("0-") {
            return max(steps).map(Scale::Steps);
        }
        text.strip_prefix("0/").and_then(max).map(Scale::AllOrNothing)
    }
}

impl fmt::Display for Scale {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Scale::Steps(max) => write!(out, "0-{max}"),
            Scale::AllOrNothing(max) => write!(out, "0/{max}"),
        }
    }
}

impl<'de> Deserialize<'de> for Scale {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Scale::parse(&text).ok_or_else(|| serde::de::Error::custom(format!("scale {text:?} is not 0-N or 0/N")))
    }
}

impl Serialize for Scale {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_point_is_the_mean_of_two_evaluators() {
        let half = |n| Ratio::new(n, 2);
        assert!(Scale::Steps(3).allows(half(5)));
        assert!(Scale::AllOrNothing(1).allows(half(1)));
        assert!(Scale::AllOrNothing(3).allows(half(3)));
        assert!(!Scale::AllOrNothing(3).allows(half(2)), "one evaluator cannot give 1 on 0/3, nor two together");
        assert!(!Scale::Steps(2).allows(half(5)));
        assert!(!Scale::Steps(3).allows(Ratio::new(1, 3)));
    }

    #[test]
    fn scales_read_and_print_the_same() {
        for text in ["0-3", "0-2", "0/1", "0/3"] {
            assert_eq!(Scale::parse(text).map(|scale| scale.to_string()).as_deref(), Some(text));
        }
        for text in ["", "1-3", "0-0", "0/", "0:1", "0-300"] {
            assert_eq!(Scale::parse(text), None, "{text}");
        }
    }
}
