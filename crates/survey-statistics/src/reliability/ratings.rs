//! The table that agreement is computed from: coders × units, with holes.

use std::collections::{BTreeMap, BTreeSet};

/// One value that one coder gave to one unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Rating {
    pub coder: String,
    /// What was judged, for example a criterion of a city.
    pub unit: String,
    pub value: f64,
}

impl Rating {
    pub fn new(coder: impl Into<String>, unit: impl Into<String>, value: f64) -> Rating {
        Rating { coder: coder.into(), unit: unit.into(), value }
    }
}

/// Coders and units in the order in which they first appear; a value or a hole for each pair.
#[derive(Debug, Clone, PartialEq)]
pub struct Ratings {
    coders: Vec<String>,
    units: Vec<String>,
    /// All values there can be, rising.
    categories: Vec<f64>,
    /// Whether these are a scale's and not only those that occur.
    scaled: bool,
    /// For each unit the place in `categories` of each coder's value.
    cells: Vec<Vec<Option<usize>>>,
}

/// Why these are no ratings; `row` counts the given ratings from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RatingsProblem {
    #[error("rating {row} is the second of the same coder for the same unit; the first is rating {first}")]
    Twice { row: usize, first: usize },
    #[error("rating {row} is not a finite number")]
    NotFinite { row: usize },
    #[error("rating {row} is not a value of the scale")]
    OffScale { row: usize },
}

impl Ratings {
    /// A table whose possible values are those that occur, as scikit-learn and R's `irr` take them.
    ///
    /// # Errors
    /// A value that is not finite, or a second value of the same coder for the same unit.
    pub fn new(ratings: &[Rating]) -> Result<Ratings, RatingsProblem> {
        Ratings::build(ratings, None)
    }

    /// A table whose possible values are those of a scale, whether they occur or not. It matters where a coefficient counts
    /// the steps between values or the number of values: weighted kappas and AC1.
    ///
    /// # Errors
    /// As [`Ratings::new`], and a value that is not on the scale.
    pub fn on_scale(ratings: &[Rating], scale: &[f64]) -> Result<Ratings, RatingsProblem> {
        Ratings::build(ratings, Some(scale))
    }

    fn build(ratings: &[Rating], scale: Option<&[f64]>) -> Result<Ratings, RatingsProblem> {
        if let Some(row) = ratings.iter().position(|rating| !rating.value.is_finite()) {
            return Err(RatingsProblem::NotFinite { row });
        }
        let mut categories: Vec<f64> = match scale {
            Some(scale) => scale.to_vec(),
            // Adding zero makes one of the two zeros of IEEE 754.
            None => ratings.iter().map(|rating| rating.value + 0.0).collect(),
        };
        categories.sort_by(f64::total_cmp);
        categories.dedup();
        let (mut coders, mut units) = (Names::default(), Names::default());
        let mut cells: Vec<Vec<Option<usize>>> = Vec::new();
        let mut firsts = BTreeMap::new();
        for (row, rating) in ratings.iter().enumerate() {
            let (coder, unit) = (coders.place(&rating.coder), units.place(&rating.unit));
            if let Some(first) = firsts.insert((coder, unit), row) {
                return Err(RatingsProblem::Twice { row, first });
            }
            let category = categories.iter().position(|category| *category == rating.value);
            let category = category.ok_or(RatingsProblem::OffScale { row })?;
            cells.resize_with(cells.len().max(unit + 1), Vec::new);
            let of_unit = &mut cells[unit];
            of_unit.resize(of_unit.len().max(coder + 1), None);
            of_unit[coder] = Some(category);
        }
        for of_unit in &mut cells {
            of_unit.resize(coders.names.len(), None);
        }
        Ok(Ratings { coders: coders.names, units: units.names, categories, scaled: scale.is_some(), cells })
    }

    pub fn coders(&self) -> &[String] {
        &self.coders
    }

    pub fn units(&self) -> &[String] {
        &self.units
    }

    /// All values there can be, rising.
    pub fn categories(&self) -> &[f64] {
        &self.categories
    }

    /// Values given.
    pub fn count(&self) -> usize {
        self.cells.iter().flatten().flatten().count()
    }

    /// For each unit that at least two coders judged: how many gave each category.
    pub fn pairable(&self) -> impl Iterator<Item = Vec<usize>> {
        self.counts().filter(|counts| counts.iter().sum::<usize>() >= 2)
    }

    /// For each unit how many coders gave each category.
    pub(super) fn counts(&self) -> impl Iterator<Item = Vec<usize>> {
        self.cells.iter().map(|of_unit| {
            let mut counts = vec![0; self.categories.len()];
            of_unit.iter().flatten().for_each(|category| counts[*category] += 1);
            counts
        })
    }

    /// The categories that both of two coders gave, unit by unit; `None` when there are not exactly two coders. Without a
    /// scale they are numbered anew from those that occur here.
    pub(super) fn pairs(&self) -> Option<Vec<(usize, usize)>> {
        let both = |of_unit: &Vec<Option<usize>>| match of_unit.as_slice() {
            [Some(a), Some(b)] => Some((*a, *b)),
            _ => None,
        };
        let pairs: Vec<_> = (self.coders.len() == 2).then(|| self.cells.iter().filter_map(both).collect())?;
        if self.scaled {
            return Some(pairs);
        }
        let occurring: BTreeSet<usize> = pairs.iter().flat_map(|(a, b)| [*a, *b]).collect();
        let place = |category: usize| occurring.range(..category).count();
        Some(pairs.iter().map(|(a, b)| (place(*a), place(*b))).collect())
    }
}

#[derive(Default)]
struct Names {
    names: Vec<String>,
    places: BTreeMap<String, usize>,
}

impl Names {
    fn place(&mut self, name: &str) -> usize {
        if let Some(place) = self.places.get(name) {
            return *place;
        }
        self.names.push(name.to_owned());
        self.places.insert(name.to_owned(), self.names.len() - 1);
        self.names.len() - 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_has_holes_and_no_pair_twice() {
        let mut rows = vec![Rating::new("a", "x", 1.0), Rating::new("b", "x", -0.0), Rating::new("b", "y", 0.0)];
        let ratings = Ratings::new(&rows).expect("ratings");
        assert_eq!((ratings.coders().len(), ratings.units().len(), ratings.count()), (2, 2, 3));
        assert_eq!(ratings.categories(), [0.0, 1.0], "zero is one value whatever its sign");
        assert_eq!(ratings.pairable().collect::<Vec<_>>(), [[1, 1]]);
        assert_eq!(ratings.pairs(), Some(vec![(1, 0)]));
        rows.push(Rating::new("a", "x", 1.0));
        assert_eq!(Ratings::new(&rows), Err(RatingsProblem::Twice { row: 3, first: 0 }));
    }

    #[test]
    fn values_are_finite_and_on_the_scale() {
        let rows = [Rating::new("a", "x", 0.0), Rating::new("b", "x", 2.0)];
        assert_eq!(Ratings::on_scale(&rows, &[3.0, 0.0]), Err(RatingsProblem::OffScale { row: 1 }));
        assert_eq!(Ratings::on_scale(&rows, &[0.0, 1.0, 2.0]).map(|ratings| ratings.categories().len()), Ok(3));
        let rows = [Rating::new("a", "x", f64::NAN)];
        assert_eq!(Ratings::new(&rows), Err(RatingsProblem::NotFinite { row: 0 }));
    }
}
