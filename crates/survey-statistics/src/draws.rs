//! How often and from which seed something is drawn, and what many draws say.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

/// How many draws, from which seed. Publish both: the same pair gives the same numbers on every machine (ChaCha8,
/// RFC 8439 with 8 rounds, seeded by `seed_from_u64`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Draws {
    pub count: u32,
    pub seed: u64,
}

impl Draws {
    /// What a round publishes: 1000 draws, as csranks and COINr do.
    pub fn thousand(seed: u64) -> Draws {
        Draws { count: 1000, seed }
    }

    pub(crate) fn generator(self) -> ChaCha8Rng {
        ChaCha8Rng::seed_from_u64(self.seed)
    }
}

/// Where the draws of one number lie.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread<T> {
    pub median: T,
    /// 5th and 95th percentile.
    pub middle_90: (T, T),
    /// 2.5th and 97.5th percentile.
    pub middle_95: (T, T),
}

impl Spread<f64> {
    /// Percentiles by linear interpolation between the order statistics (Hyndman & Fan 1996, type 7: the default of R and
    /// NumPy); `None` without a draw.
    pub fn of_numbers(mut drawn: Vec<f64>) -> Option<Spread<f64>> {
        let last = drawn.len().checked_sub(1)?;
        drawn.sort_by(f64::total_cmp);
        let at = |share: f64| {
            let place = share * last as f64;
            let (below, above) = (drawn[place.floor() as usize], drawn[place.ceil() as usize]);
            below + (above - below) * place.fract()
        };
        Some(Spread { median: at(0.5), middle_90: (at(0.05), at(0.95)), middle_95: (at(0.025), at(0.975)) })
    }
}

impl Spread<usize> {
    /// Percentiles that are themselves among the draws, so that a rank stays whole (Hyndman & Fan 1996, type 1); `None`
    /// without a draw.
    pub fn of_ranks(mut drawn: Vec<usize>) -> Option<Spread<usize>> {
        let last = drawn.len().checked_sub(1)?;
        drawn.sort_unstable();
        let at = |thousandths: usize| drawn[(thousandths * drawn.len()).div_ceil(1000).saturating_sub(1).min(last)];
        Some(Spread { median: at(500), middle_90: (at(50), at(950)), middle_95: (at(25), at(975)) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_those_of_r_and_numpy() {
        let spread = Spread::of_numbers((0..=200).rev().map(f64::from).collect()).expect("draws");
        assert_eq!(spread, Spread { median: 100.0, middle_90: (10.0, 190.0), middle_95: (5.0, 195.0) });
        assert_eq!(Spread::of_numbers(vec![1.0, 2.0]).map(|spread| spread.median), Some(1.5));
        assert_eq!(Spread::of_numbers(Vec::new()), None);
    }

    #[test]
    fn a_rank_is_never_between_two_ranks() {
        let spread = Spread::of_ranks(vec![2; 50].into_iter().chain(vec![5; 50]).collect()).expect("draws");
        assert_eq!(spread, Spread { median: 2, middle_90: (2, 5), middle_95: (2, 5) });
        let spread = Spread::of_ranks((1..=1000).collect()).expect("draws");
        assert_eq!(spread, Spread { median: 500, middle_90: (50, 950), middle_95: (25, 975) });
        assert_eq!(Spread::of_ranks(Vec::new()), None);
    }
}
