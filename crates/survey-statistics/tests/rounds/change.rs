use num_rational::Ratio;
use survey_instrument::{Coded, Fraction, Instrument};
use survey_statistics::change::{ChangeProblem, Round, change, same_ids};
use survey_statistics::{Draws, Readings};

use crate::made::{city, half_points, instrument, points};

const DRAWS: Draws = Draws { count: 300, seed: 4 };

fn pairs(of: &[(&str, &str)]) -> Vec<(String, String)> {
    of.iter().map(|(before, after)| ((*before).to_owned(), (*after).to_owned())).collect()
}

fn round<'a>(instrument: &'a Instrument, cities: &'a [Readings]) -> Round<'a> {
    Round { instrument, cities }
}

#[test]
fn only_common_criteria_count_each_category_by_its_own_maximum() {
    let (old, new) = (instrument(&[2, 1], "0-3"), instrument(&[1, 2], "0/1"));
    let before = [city(&old, "x", &[vec![points(3), points(0), points(1)]]), city(&old, "gone", &[vec![points(1); 3]])];
    let after = [city(&new, "new", &[vec![points(1); 3]]), city(&new, "x", &[vec![points(1), points(0), points(1)]])];
    // A2 moved to category B and became all or nothing.
    let mapping = pairs(&[("A1", "A1"), ("A2", "B1"), ("B1", "B2")]);
    let found = change(round(&old, &before), round(&new, &after), &mapping, DRAWS).expect("comparable");
    assert_eq!(found.cities.len(), 1);
    let x = &found.cities[0];
    // Before: A 50 · 3/3, B 50 · (0 + 1)/6. After: A 50 · 1/1, B 50 · (0 + 1)/2.
    assert_eq!((x.before, x.after), (Fraction::new(175, 3), Fraction::from_integer(75)));
    assert!((x.change - (75.0 - 175.0 / 3.0)).abs() < 1e-9);
    assert_eq!((x.compared, x.not_compared.len()), (3, 0));
    assert_eq!(
        (&found.left_out.cities_before[..], &found.left_out.cities_after[..]),
        (&["gone".to_owned()][..], &["new".to_owned()][..])
    );
}

#[test]
fn what_is_left_out_is_named() {
    let (old, new) = (instrument(&[2, 1], "0-3"), instrument(&[2, 2], "0-3"));
    let before = [city(&old, "x", &[vec![points(3), points(0), points(1)]])];
    let after = [city(&new, "x", &[vec![points(3), points(3), points(0), points(0)]])];
    let found = change(round(&old, &before), round(&new, &after), &pairs(&[("A1", "A2")]), DRAWS).expect("comparable");
    assert_eq!(found.left_out.criteria_before, ["A2", "B1"]);
    assert_eq!(found.left_out.criteria_after, ["A1", "B1", "B2"]);
    assert_eq!(found.left_out.categories, ["B"]);
    let x = &found.cities[0];
    assert_eq!((x.before, x.after, x.change), (Ratio::from_integer(100), Ratio::from_integer(100), 0.0));
    assert_eq!(x.spread, None, "one criterion and one answer: nothing to draw");
    assert!(!x.certain());
}

#[test]
fn what_one_round_could_not_judge_leaves_both_sides() {
    let made = instrument(&[3], "0-3");
    let before = [city(&made, "x", &[vec![points(3), Coded::NotThisCity, points(0)]])];
    let after = [city(&made, "x", &[vec![points(3), points(3), Coded::NotAssessable]])];
    let mapping = same_ids(&made, &made);
    let found = change(round(&made, &before), round(&made, &after), &mapping, DRAWS).expect("comparable");
    let x = &found.cities[0];
    assert_eq!((x.before, x.after, x.compared), (Ratio::from_integer(100), Ratio::from_integer(100), 1));
    assert_eq!(x.not_compared, ["A2", "A3"]);
}

#[test]
fn a_rise_in_every_criterion_is_certain_and_a_swap_is_not() {
    let made = instrument(&[10, 10], "0-3");
    let all = |twice: i64| vec![half_points(twice); 20];
    let mixed =
        |even: i64| (0..20).map(|place| points(if place % 2 == 0 { even } else { 3 - even })).collect::<Vec<_>>();
    let before = [city(&made, "rose", &[all(2), all(3)]), city(&made, "swapped", &[mixed(0), mixed(0)])];
    let after = [city(&made, "rose", &[all(4), all(5)]), city(&made, "swapped", &[mixed(3), mixed(3)])];
    let mapping = same_ids(&made, &made);
    assert_eq!(mapping.len(), 20);
    let found = change(round(&made, &before), round(&made, &after), &mapping, DRAWS).expect("comparable");
    let by_name = |name: &str| found.cities.iter().find(|one| one.city == name).expect("the city");
    assert!((by_name("rose").change - 100.0 / 3.0).abs() < 1e-9 && by_name("rose").certain(), "{:?}", by_name("rose"));
    assert!(by_name("swapped").change.abs() < 1e-9 && !by_name("swapped").certain(), "{:?}", by_name("swapped"));
    let again = change(round(&made, &before), round(&made, &after), &mapping, DRAWS).expect("comparable");
    assert_eq!(found, again, "the same seed gives the same draws");
}

#[test]
fn a_mapping_is_checked() {
    let made = instrument(&[2], "0-3");
    let problem = |mapping: &[(&str, &str)]| {
        change(round(&made, &[]), round(&made, &[]), &pairs(mapping), DRAWS).expect_err("refused")
    };
    assert_eq!(problem(&[]), ChangeProblem::NothingInCommon);
    assert_eq!(problem(&[("A1", "Z9")]), ChangeProblem::UnknownCriterion("Z9".to_owned()));
    assert_eq!(problem(&[("A1", "A1"), ("A1", "A2")]), ChangeProblem::Twice("A2".to_owned()));
    let other = instrument(&[2], "0/1");
    assert!(same_ids(&made, &other).is_empty(), "another scale is another criterion");
}
