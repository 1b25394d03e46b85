//! Agreement itself, and corrected for chance over any number of coders.

use super::{Coefficient, Ratings};

/// Share of all pairs of values given to the same unit that are equal, from 0 to 1. Not corrected for chance.
pub fn percent_agreement(ratings: &Ratings) -> Coefficient {
    let (mut pairs, mut equal) = (0, 0);
    for counts in ratings.pairable() {
        let coders: usize = counts.iter().sum();
        pairs += coders * (coders - 1);
        equal += agreeing(&counts);
    }
    if pairs == 0 { Coefficient::TooFew } else { Coefficient::Value(equal as f64 / pairs as f64) }
}

/// Fleiss' kappa (1971), with holes as Gwet (2014, ch. 2) takes them: agreement is the mean over the units that two coders
/// or more judged, a category's share the mean over all judged units. With two coders and no holes it is Scott's pi.
pub fn fleiss(ratings: &Ratings) -> Coefficient {
    corrected(ratings, |shares| shares.iter().map(|share| share * share).sum())
}

/// Gwet's AC1 (2008) for any number of coders, holes as in [`fleiss`]. Steady where nearly all values are the same and kappa
/// falls to 0 in spite of high agreement. The number of categories is that of [`Ratings::categories`].
pub fn gwet_ac1(ratings: &Ratings) -> Coefficient {
    let others = ratings.categories().len() as f64 - 1.0;
    corrected(ratings, |shares| shares.iter().map(|share| share * (1.0 - share)).sum::<f64>() / others)
}

/// `(agreement - chance) / (1 - chance)`, where chance follows from the shares of the categories.
fn corrected(ratings: &Ratings, chance: impl Fn(&[f64]) -> f64) -> Coefficient {
    let (mut units, mut agreement) = (0, 0.0);
    for counts in ratings.pairable() {
        let coders: usize = counts.iter().sum();
        agreement += agreeing(&counts) as f64 / (coders * (coders - 1)) as f64;
        units += 1;
    }
    if units == 0 {
        return Coefficient::TooFew;
    }
    let shares = shares(ratings);
    if shares.iter().filter(|share| **share > 0.0).count() < 2 {
        return Coefficient::NoVariation;
    }
    let (agreement, chance) = (agreement / f64::from(units), chance(&shares));
    Coefficient::Value((agreement - chance) / (1.0 - chance))
}

/// Ordered pairs of coders who gave a unit the same category.
fn agreeing(counts: &[usize]) -> usize {
    counts.iter().map(|count| count * count.saturating_sub(1)).sum()
}

/// The mean share of each category over all units that anybody judged.
fn shares(ratings: &Ratings) -> Vec<f64> {
    let mut shares = vec![0.0; ratings.categories().len()];
    let mut units = 0.0;
    for counts in ratings.counts() {
        let coders: usize = counts.iter().sum();
        if coders == 0 {
            continue;
        }
        units += 1.0;
        shares.iter_mut().zip(&counts).for_each(|(share, count)| *share += *count as f64 / coders as f64);
    }
    shares.iter_mut().for_each(|share| *share /= units);
    shares
}
