//! From coded values to category scores and a total: category = points · raw / max, exact.

use num_rational::Ratio;
use serde::Serialize;

use crate::{Coded, Fraction, Instrument, Sheet, exact, rounded_number};

/// Scores of one sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Scores {
    /// In the instrument's order.
    pub categories: Vec<CategoryScore>,
    /// Sum of the category scores; not assessable counts as not met.
    pub total: Fraction,
    /// The total if everything that could not be assessed were met in full.
    pub total_if_unknown_met: Fraction,
}

#[derive(Debug, Clone, PartialEq)]
pub struct CategoryScore {
    pub id: String,
    /// Raw points reached.
    pub raw: Fraction,
    /// Raw points that could be reached; criteria that are not this city's task are left out.
    pub max: Fraction,
    /// Points of the total: `points · raw / max`.
    pub score: Fraction,
    /// The same with everything not assessable met in full.
    pub score_if_unknown_met: Fraction,
}

/// `points · raw / max`, zero when nothing could be reached.
pub fn category_score(points: u32, raw: Fraction, max: Fraction) -> Fraction {
    if max == Ratio::from_integer(0) {
        return max;
    }
    Ratio::from_integer(i64::from(points)) * raw / max
}

/// Scores a sheet. A criterion the sheet does not mention counts as not assessable.
///
/// A category in which every criterion is not this city's task leaves the total, and the others are scaled up to the full points.
pub fn score(instrument: &Instrument, sheet: &Sheet) -> Scores {
    let zero = Ratio::from_integer(0);
    let mut categories = Vec::with_capacity(instrument.categories.len());
    let (mut total, mut upper, mut points, mut points_open) = (zero, zero, 0_i64, 0_i64);
    for category in &instrument.categories {
        let (mut raw, mut unknown, mut max) = (zero, zero, zero);
        for criterion in instrument.in_category(&category.id) {
            let full = Ratio::from_integer(i64::from(criterion.scale.max()));
            match sheet.get(&criterion.id) {
                Coded::NotThisCity => continue,
                Coded::Value(value) => raw += value,
                Coded::NotAssessable => unknown += full,
                Coded::Absent | Coded::NotFound => {}
            }
            max += full;
        }
        let score = category_score(category.points, raw, max);
        let score_if_unknown_met = category_score(category.points, raw + unknown, max);
        total += score;
        upper += score_if_unknown_met;
        points += i64::from(category.points);
        if max != zero {
            points_open += i64::from(category.points);
        }
        categories.push(CategoryScore { id: category.id.clone(), raw, max, score, score_if_unknown_met });
    }
    if points_open != 0 && points_open != points {
        let scale = Ratio::new(points, points_open);
        total *= scale;
        upper *= scale;
    }
    Scores { categories, total, total_if_unknown_met: upper }
}

impl Serialize for CategoryScore {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Json<'a> {
            id: &'a str,
            raw: String,
            max: String,
            score: f64,
            score_exact: String,
            score_if_unknown_met: f64,
        }
        Json {
            id: &self.id,
            raw: exact(self.raw),
            max: exact(self.max),
            score: rounded_number(self.score),
            score_exact: exact(self.score),
            score_if_unknown_met: rounded_number(self.score_if_unknown_met),
        }
        .serialize(serializer)
    }
}

impl Serialize for Scores {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Json<'a> {
            total: f64,
            total_exact: String,
            total_if_unknown_met: f64,
            categories: &'a [CategoryScore],
        }
        Json {
            total: rounded_number(self.total),
            total_exact: exact(self.total),
            total_if_unknown_met: rounded_number(self.total_if_unknown_met),
            categories: &self.categories,
        }
        .serialize(serializer)
    }
}
