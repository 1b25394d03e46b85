//! Two coders: Cohen's kappa and Scott's pi.

use super::{Coefficient, Ratings};

/// How much of an agreement two different values still are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weights {
    /// None (Cohen 1960).
    Plain,
    /// Less by one for each step between the two categories (Cohen 1968).
    Linear,
    /// Less by the square of the steps (Fleiss & Cohen 1973).
    Quadratic,
}

impl Weights {
    pub const ALL: [Weights; 3] = [Weights::Plain, Weights::Linear, Weights::Quadratic];

    pub fn word(self) -> &'static str {
        match self {
            Weights::Plain => "plain",
            Weights::Linear => "linear",
            Weights::Quadratic => "quadratic",
        }
    }

    /// Disagreement between the categories at two places of the scale.
    fn apart(self, a: usize, b: usize) -> f64 {
        let steps = a.abs_diff(b) as f64;
        match self {
            Weights::Plain => steps.min(1.0),
            Weights::Linear => steps,
            Weights::Quadratic => steps * steps,
        }
    }
}

/// Cohen's kappa over the units that both coders judged. Steps are counted between the values of [`Ratings::categories`]:
/// give the scale ([`Ratings::on_scale`]) when some of its values do not occur. [`Coefficient::TooFew`] when there are
/// not two coders.
pub fn cohen(ratings: &Ratings, weights: Weights) -> Coefficient {
    chance_corrected(ratings, weights, |a, b| (a, b))
}

/// Scott's pi (1955) over the units that both coders judged: chance is taken from both coders' values together.
/// [`Coefficient::TooFew`] when there are not two coders.
pub fn scott(ratings: &Ratings) -> Coefficient {
    chance_corrected(ratings, Weights::Plain, |a, b| {
        let both: Vec<f64> = a.iter().zip(&b).map(|(a, b)| (a + b) / 2.0).collect();
        (both.clone(), both)
    })
}

/// `1 - observed / expected` disagreement; `chance` turns the two coders' distributions into those that are expected.
fn chance_corrected(
    ratings: &Ratings,
    weights: Weights,
    chance: impl Fn(Vec<f64>, Vec<f64>) -> (Vec<f64>, Vec<f64>),
) -> Coefficient {
    let Some(pairs) = ratings.pairs().filter(|pairs| !pairs.is_empty()) else {
        return Coefficient::TooFew;
    };
    let units = pairs.len() as f64;
    let mut first = vec![0.0; ratings.categories().len()];
    let mut second = first.clone();
    for (a, b) in &pairs {
        first[*a] += 1.0;
        second[*b] += 1.0;
    }
    let (first, second) = chance(first, second);
    let expected: f64 = (0..first.len())
        .flat_map(|a| (0..second.len()).map(move |b| (a, b)))
        .map(|(a, b)| weights.apart(a, b) * first[a] * second[b])
        .sum();
    if expected == 0.0 {
        return Coefficient::NoVariation;
    }
    let observed: f64 = pairs.iter().map(|(a, b)| weights.apart(*a, *b)).sum();
    Coefficient::Value(1.0 - observed * units / expected)
}
