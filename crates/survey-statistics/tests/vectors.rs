//! Coefficients beside values that others computed or published, to six decimals.

use survey_statistics::reliability::{
    Coefficient, Level, Rating, Ratings, Weights, cohen, fleiss, gwet_ac1, krippendorff, percent_agreement,
    reliability, scott,
};

/// One line a coder, `*` a hole.
fn ratings(lines: &[&str]) -> Ratings {
    let rows: Vec<Rating> = lines
        .iter()
        .enumerate()
        .flat_map(|(coder, line)| line.split_whitespace().enumerate().map(move |(unit, value)| (coder, unit, value)))
        .filter(|(.., value)| *value != "*")
        .map(|(coder, unit, value)| Rating::new(coder.to_string(), unit.to_string(), value.parse().expect("a number")))
        .collect();
    Ratings::new(&rows).expect("ratings")
}

#[track_caller]
fn is(coefficient: Coefficient, expected: &str) {
    let value = coefficient.value().unwrap_or_else(|| panic!("{coefficient:?}, not {expected}"));
    assert_eq!(format!("{value:.6}"), expected);
}

#[track_caller]
fn alphas(ratings: &Ratings, expected: [&str; 4]) {
    for (level, expected) in Level::ALL.into_iter().zip(expected) {
        is(krippendorff(ratings, level), expected);
    }
}

#[test]
fn three_coders_and_fifteen_units_with_holes() {
    let table =
        ratings(&["* * * * * 3 4 1 2 1 1 3 3 * 3", "1 * 2 1 3 3 4 3 * * * * * * *", "* * 2 1 3 4 4 * 2 1 1 3 3 * 4"]);
    alphas(&table, ["0.691358", "0.806721", "0.810845", "0.808944"]);
}

#[test]
fn four_coders_and_twelve_units_with_holes() {
    let table = ratings(&[
        "1 2 3 3 2 1 4 1 2 * * *",
        "1 2 3 3 2 2 4 1 2 5 * 3",
        "* 3 3 3 2 3 4 2 2 5 1 *",
        "1 2 3 3 2 4 4 1 2 5 1 *",
    ]);
    alphas(&table, ["0.743421", "0.815388", "0.849107", "0.797403"]);
    // The same table is cac.raw4raters of R's irrCAC, whose documentation prints these.
    assert!((fleiss(&table).value().expect("defined") - 0.76117).abs() < 5e-6);
    assert!((gwet_ac1(&table).value().expect("defined") - 0.77544).abs() < 5e-6);
}

#[test]
fn two_coders_on_the_ladder() {
    let table = ratings(&["0 0 1 1 2 3 3 2 0 1 3 3 0 2 1 0 3 3 1 0", "0 1 1 1 2 3 2 2 0 0 3 3 0 3 1 0 3 3 2 0"]);
    is(percent_agreement(&table), "0.750000");
    is(cohen(&table, Weights::Plain), "0.662162");
    is(cohen(&table, Weights::Linear), "0.813433");
    is(cohen(&table, Weights::Quadratic), "0.913793");
    is(krippendorff(&table, Level::Nominal), "0.670051");
    is(krippendorff(&table, Level::Ordinal), "0.908520");
    is(krippendorff(&table, Level::Interval), "0.915912");
    is(scott(&table), "0.661591");
    is(gwet_ac1(&table), "0.668325");
    is(fleiss(&table), "0.661591"); // with two coders it is pi
}

#[test]
fn kappa_falls_to_nothing_where_nearly_all_is_yes_and_ac1_does_not() {
    let first = ["1 ".repeat(90), "1 ".repeat(5), "0 ".repeat(5)].concat();
    let second = ["1 ".repeat(90), "0 ".repeat(5), "1 ".repeat(5)].concat();
    let table = ratings(&[&first, &second]);
    is(percent_agreement(&table), "0.900000");
    is(cohen(&table, Weights::Plain), "-0.052632");
    is(krippendorff(&table, Level::Nominal), "-0.047368");
    is(gwet_ac1(&table), "0.889503");
}

/// Fleiss 1971, as on Wikipedia: ten subjects, fourteen raters, five categories; kappa 0.210.
#[test]
fn fourteen_raters_of_fleiss() {
    let counts: [[usize; 5]; 10] = [
        [0, 0, 0, 0, 14],
        [0, 2, 6, 4, 2],
        [0, 0, 3, 5, 6],
        [0, 3, 9, 2, 0],
        [2, 2, 8, 1, 1],
        [7, 7, 0, 0, 0],
        [3, 2, 6, 3, 0],
        [2, 5, 3, 2, 2],
        [6, 5, 2, 1, 0],
        [0, 2, 2, 3, 7],
    ];
    let mut rows = Vec::new();
    for (subject, counts) in counts.iter().enumerate() {
        let values = counts.iter().enumerate().flat_map(|(category, count)| vec![category as f64; *count]);
        rows.extend(
            values.enumerate().map(|(rater, value)| Rating::new(rater.to_string(), subject.to_string(), value)),
        );
    }
    let value = fleiss(&Ratings::new(&rows).expect("ratings")).value().expect("defined");
    assert!((value - 0.210).abs() < 5e-4, "{value}");
}

#[test]
fn where_nobody_varies_there_is_no_coefficient() {
    let all = reliability(&ratings(&["1 1 1", "1 1 1"]));
    assert_eq!(all.percent_agreement, Coefficient::Value(1.0));
    let cohen = all.cohen.expect("two coders");
    let alphas = Level::ALL.map(|level| all.alpha(level));
    let rest = [cohen.plain, cohen.linear, cohen.quadratic, all.scott.expect("two coders"), all.gwet_ac1];
    assert!(alphas.iter().chain(&rest).all(|one| *one == Coefficient::NoVariation), "{all:?}");
}

#[test]
fn a_unit_of_one_coder_is_no_variation_of_the_others() {
    let all = reliability(&ratings(&["1 1 *", "1 1 2"]));
    assert_eq!((all.units, all.pairable, all.ratings), (3, 2, 5));
    assert_eq!(all.alpha(Level::Nominal), Coefficient::NoVariation);
    assert_eq!(all.cohen.expect("two").plain, Coefficient::NoVariation);
}

#[test]
fn without_a_unit_of_two_coders_there_is_too_little() {
    for lines in [&["1 2 3"][..], &["1 * 3", "* 2 *"]] {
        let all = reliability(&ratings(lines));
        assert_eq!(all.pairable, 0);
        let alphas = Level::ALL.map(|level| all.alpha(level));
        let rest = [all.percent_agreement, all.gwet_ac1];
        assert!(alphas.iter().chain(&rest).all(|one| *one == Coefficient::TooFew), "{all:?}");
    }
    assert_eq!(scott(&ratings(&["1", "1", "2"])), Coefficient::TooFew, "pi is for two");
}

#[test]
fn a_ratio_has_no_values_below_zero() {
    let table = ratings(&["-1 1 2", "1 1 2"]);
    assert_eq!(krippendorff(&table, Level::Ratio), Coefficient::NotRatio);
    assert!(krippendorff(&table, Level::Interval).value().is_some());
}

#[test]
fn a_scale_says_how_far_values_are_apart_though_none_lies_between() {
    let rows: Vec<Rating> = [(0.0, 0.0), (1.0, 1.0), (3.0, 1.0), (3.0, 3.0), (0.0, 3.0)]
        .iter()
        .enumerate()
        .flat_map(|(unit, (a, b))| [Rating::new("a", unit.to_string(), *a), Rating::new("b", unit.to_string(), *b)])
        .collect();
    let scale = Ratings::on_scale(&rows, &[0.0, 1.0, 2.0, 3.0]).expect("ratings");
    let seen = Ratings::new(&rows).expect("ratings");
    // Both by scikit-learn: cohen_kappa_score(a, b, weights="linear", labels=[0, 1, 2, 3]), and without labels.
    is(cohen(&scale, Weights::Linear), "0.285714");
    is(cohen(&seen, Weights::Linear), "0.347826");
    is(cohen(&scale, Weights::Plain), "0.411765");
}
