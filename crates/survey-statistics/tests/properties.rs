//! What holds for every table of ratings.

use proptest::prelude::*;
use survey_statistics::Draws;
use survey_statistics::reliability::{
    Coefficient, Level, Rating, Ratings, Reliability, Weights, alpha_interval, cohen, fleiss, krippendorff,
    reliability, scott,
};

/// Cells of coders × units; `None` is a hole.
type Cells = Vec<Vec<Option<u8>>>;

fn tables(coders: std::ops::RangeInclusive<usize>) -> impl Strategy<Value = Cells> {
    (coders, 1_usize..12, 1_u8..5).prop_flat_map(|(coders, units, values)| {
        let cell = prop_oneof![4 => (0..values).prop_map(Some), 1 => Just(None)];
        prop::collection::vec(prop::collection::vec(cell, units), coders)
    })
}

fn ratings(cells: &Cells, value: impl Fn(u8) -> f64) -> Ratings {
    let mut rows = Vec::new();
    for (coder, line) in cells.iter().enumerate() {
        for (unit, cell) in line.iter().enumerate() {
            rows.extend(cell.map(|cell| Rating::new(coder.to_string(), unit.to_string(), value(cell))));
        }
    }
    Ratings::new(&rows).expect("ratings")
}

fn near(a: Coefficient, b: Coefficient) -> bool {
    match (a, b) {
        (Coefficient::Value(a), Coefficient::Value(b)) => (a - b).abs() < 1e-9,
        (a, b) => a == b,
    }
}

fn all(found: &Reliability) -> Vec<Coefficient> {
    let cohen = found.cohen.into_iter().flat_map(|cohen| [cohen.plain, cohen.linear, cohen.quadratic]);
    let rest = [found.percent_agreement, found.gwet_ac1].into_iter().chain(found.scott).chain(found.fleiss);
    found.alpha.into_iter().chain(cohen).chain(rest).collect()
}

proptest! {
    #[test]
    fn no_coefficient_is_above_one_or_not_a_number(cells in tables(1..=4)) {
        for one in all(&reliability(&ratings(&cells, f64::from))) {
            if let Coefficient::Value(value) = one {
                prop_assert!(value.is_finite() && value <= 1.0 + 1e-12, "{value}");
            }
        }
    }

    #[test]
    fn the_order_of_coders_and_units_does_not_matter(cells in tables(2..=4)) {
        let turned: Cells = cells.iter().rev().map(|line| line.iter().rev().copied().collect()).collect();
        let (a, b) = (reliability(&ratings(&cells, f64::from)), reliability(&ratings(&turned, f64::from)));
        for (a, b) in all(&a).into_iter().zip(all(&b)) {
            prop_assert!(near(a, b), "{a:?} {b:?}");
        }
    }

    #[test]
    fn nominal_coefficients_know_no_order(cells in tables(2..=3), shift in 1_u8..5) {
        let (plain, other) = (ratings(&cells, f64::from), ratings(&cells, |v| f64::from((v + shift) % 5)));
        let nominal = |table: &Ratings| {
            let found = reliability(table);
            (found.alpha(Level::Nominal), cohen(table, Weights::Plain), scott(table), fleiss(table), found.gwet_ac1)
        };
        let (a, b) = (nominal(&plain), nominal(&other));
        prop_assert!(near(a.0, b.0) && near(a.1, b.1) && near(a.2, b.2) && near(a.3, b.3) && near(a.4, b.4));
    }

    #[test]
    fn ordinal_alpha_knows_the_order_alone_and_interval_alpha_not_the_zero(cells in tables(2..=4)) {
        let (plain, curved) = (ratings(&cells, f64::from), ratings(&cells, |v| f64::from(v).exp()));
        prop_assert!(near(krippendorff(&plain, Level::Ordinal), krippendorff(&curved, Level::Ordinal)));
        let moved = ratings(&cells, |v| 10.0 + 4.0 * f64::from(v));
        prop_assert!(near(krippendorff(&plain, Level::Interval), krippendorff(&moved, Level::Interval)));
        let stretched = ratings(&cells, |v| 4.0 * f64::from(v));
        prop_assert!(near(krippendorff(&plain, Level::Ratio), krippendorff(&stretched, Level::Ratio)));
    }

    #[test]
    fn coders_who_say_the_same_agree_perfectly_or_say_nothing(
        line in prop::collection::vec(0_u8..4, 1..12),
        coders in 2_usize..5,
    ) {
        let varied = line.iter().any(|value| *value != line[0]);
        let cells = vec![line.iter().copied().map(Some).collect(); coders];
        for one in all(&reliability(&ratings(&cells, f64::from))) {
            match one {
                Coefficient::Value(value) => prop_assert!((value - 1.0).abs() < 1e-12, "{value}"),
                undefined => prop_assert!(!varied && undefined == Coefficient::NoVariation, "{undefined:?}"),
            }
        }
    }

    #[test]
    fn two_values_leave_no_room_for_levels(cells in tables(2..=2)) {
        let table = ratings(&cells, |value| f64::from(value % 2));
        prop_assert!(near(cohen(&table, Weights::Plain), cohen(&table, Weights::Linear)));
        prop_assert!(near(cohen(&table, Weights::Plain), cohen(&table, Weights::Quadratic)));
        for level in Level::ALL {
            prop_assert!(near(krippendorff(&table, Level::Nominal), krippendorff(&table, level)), "{level:?}");
        }
    }

    #[test]
    fn an_interval_is_the_same_each_time_and_within_what_alpha_can_be(cells in tables(2..=3), seed in any::<u64>()) {
        let table = ratings(&cells, f64::from);
        let draws = Draws { count: 60, seed };
        let interval = alpha_interval(&table, Level::Ordinal, draws);
        prop_assert_eq!(interval, alpha_interval(&table, Level::Ordinal, draws));
        if let Some(spread) = interval {
            prop_assert!(spread.middle_95.0 <= spread.middle_90.0 && spread.middle_90.0 <= spread.median);
            prop_assert!(spread.median <= spread.middle_90.1 && spread.middle_95.1 <= 1.0 + 1e-12);
        }
    }
}
