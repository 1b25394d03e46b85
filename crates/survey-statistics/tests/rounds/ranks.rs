use num_rational::Ratio;
use proptest::prelude::*;
use rand::RngExt;
use survey_instrument::{Coded, Fraction, Instrument, score};
use survey_statistics::ranks::{Resample, Standings, standings};
use survey_statistics::{Draws, Readings};

use crate::made::{city, generator, instrument, points, read};

fn draws(seed: u64) -> Draws {
    Draws { count: 400, seed }
}

fn of<'a>(found: &'a Standings, name: &str) -> &'a survey_statistics::ranks::Standing {
    found.cities.iter().find(|one| one.city == name).expect("the city")
}

/// A city on whose criteria both readers agree.
fn sure(instrument: &Instrument, name: &str, value: i64) -> Readings {
    let answers = vec![points(value); instrument.criteria.len()];
    city(instrument, name, &[answers.clone(), answers])
}

#[test]
fn scores_are_exact_and_equal_ones_share_a_place() {
    let made = instrument(&[3, 3], "0-3");
    let cities = [sure(&made, "d", 0), sure(&made, "c", 1), sure(&made, "a", 2), sure(&made, "b", 1)];
    let found = standings(&made, &cities, Resample::Both, draws(1));
    let rows: Vec<_> = found.cities.iter().map(|one| (one.city.as_str(), one.rank, one.score)).collect();
    let third = Fraction::new(100, 3);
    assert_eq!(rows, [("a", 1, third * 2), ("b", 2, third), ("c", 2, third), ("d", 4, Ratio::from_integer(0))]);
    assert_eq!(found.strictness, 0.0);
    assert_eq!(of(&found, "b").places, (2, 3), "sure of both neighbours, not of the one beside it");
    assert_eq!(of(&found, "b").like, ["c"]);
    assert_eq!((of(&found, "a").first, of(&found, "a").places, of(&found, "a").like.len()), (1.0, (1, 1), 0));
    let holds: Vec<_> = found.neighbours.iter().map(|pair| (pair.holds, pair.apart())).collect();
    assert_eq!(holds, [(1.0, true), (0.5, false), (1.0, true)]);
}

#[test]
fn the_same_seed_gives_the_same_draws_and_another_seed_others() {
    let made = instrument(&[6, 6], "0-3");
    let mut random = generator(7);
    let truth = [1, 2, 0, 3, 1, 2, 1, 0, 2, 2, 1, 0];
    let mut read =
        |name: &str| city(&made, name, &[read(&truth, 0.4, 0.0, &mut random), read(&truth, 0.4, 0.0, &mut random)]);
    let cities = [read("a"), read("b"), read("c")];
    let found = standings(&made, &cities, Resample::Both, draws(1));
    assert_eq!(found, standings(&made, &cities, Resample::Both, draws(1)));
    assert_ne!(
        found.cities[0].score_spread,
        standings(&made, &cities, Resample::Both, draws(2)).cities[0].score_spread
    );
}

/// Two readers who differ by one point in every criterion, one way and the other in turn: their totals agree, and the
/// standard deviation of the mean is √(Σ weight² · 1/4).
#[test]
fn two_readers_answers_spread_as_far_as_the_mean_of_two_does() {
    let made = instrument(&[100], "0-3");
    let first = (0..100).map(|place| points(1 + place % 2)).collect::<Vec<_>>();
    let second = (0..100).map(|place| points(2 - place % 2)).collect::<Vec<_>>();
    let cities = [city(&made, "a", &[first, second])];
    let found = standings(&made, &cities, Resample::Readers, Draws { count: 20_000, seed: 3 });
    let spread = found.cities[0].score_spread;
    let deviation = (100.0 * (100.0_f64 / 300.0).powi(2) * 0.25).sqrt();
    let normal = 1.6449 * deviation;
    assert!((spread.median - 50.0).abs() < 0.2, "{spread:?}");
    assert!((spread.middle_90.1 - 50.0 - normal).abs() < 0.1 * normal, "{spread:?} beside {normal}");
    assert_eq!(found.strictness, 0.0, "their totals agree better than their answers");
}

#[test]
fn what_was_settled_or_read_by_one_is_not_drawn_among_readers() {
    let made = instrument(&[4], "0-3");
    let mut settled = city(&made, "a", &[vec![points(0); 4], vec![points(3); 4]]);
    settled.settled = made.criteria.iter().map(|criterion| (criterion.id.clone(), points(2))).collect();
    let single = city(&made, "b", &[vec![points(1); 4]]);
    let found = standings(&made, &[settled, single], Resample::Readers, draws(5));
    for (name, total) in [("a", 200.0 / 3.0), ("b", 100.0 / 3.0)] {
        let spread = of(&found, name).score_spread;
        assert!((spread.middle_95.0 - total).abs() < 1e-6 && (spread.middle_95.1 - total).abs() < 1e-6, "{spread:?}");
    }
}

#[test]
fn a_disagreement_about_whose_task_it_is_widens_the_interval() {
    let made = instrument(&[2], "0-3");
    let cities = [city(&made, "a", &[vec![points(3), Coded::NotThisCity], vec![points(3), points(0)]])];
    let found = standings(&made, &cities, Resample::Readers, Draws { count: 200, seed: 1 });
    assert_eq!(found.cities[0].score, Ratio::from_integer(50));
    assert_eq!(found.cities[0].score_spread.middle_90, (50.0, 100.0));
}

/// Many rounds with readers who slip and are strict or mild: how often the truth lies within the middle 90 %.
#[test]
fn intervals_hold_the_truth_about_as_often_as_they_say() {
    let made = instrument(&[20, 20], "0-9");
    let mut random = generator(11);
    let (mut inside, mut all) = (0, 0);
    for round in 0..10 {
        let truths: Vec<Vec<i64>> = (0..60).map(|_| (0..40).map(|_| random.random_range(2..8)).collect()).collect();
        let cities: Vec<Readings> = truths
            .iter()
            .enumerate()
            .map(|(place, truth)| {
                let mut one = || read(truth, 0.5, random.random_range(-0.5..0.5), &mut random);
                city(&made, &place.to_string(), &[one(), one()])
            })
            .collect();
        let found = standings(&made, &cities, Resample::Readers, draws(round));
        assert!(found.strictness > 1.0, "strict and mild readers are noticed: {}", found.strictness);
        for standing in &found.cities {
            let truth: i64 = truths[standing.city.parse::<usize>().expect("a place")].iter().sum();
            let truth = truth as f64 * 100.0 / 360.0;
            inside +=
                usize::from((standing.score_spread.middle_90.0..=standing.score_spread.middle_90.1).contains(&truth));
            all += 1;
        }
    }
    let share = f64::from(u32::try_from(inside).expect("few")) / f64::from(all);
    assert!((0.84..=0.96).contains(&share), "{share}");
}

#[test]
fn without_cities_there_is_nothing_to_rank() {
    let found = standings(&instrument(&[1], "0/1"), &[], Resample::Both, draws(1));
    assert!(found.cities.is_empty() && found.neighbours.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn what_always_holds_of_a_ranking(
        values in prop::collection::vec(prop::collection::vec(0_u8..6, 12), 1..6),
        seed in any::<u64>(),
    ) {
        let made = instrument(&[2, 4], "0-3");
        let coded = |value: &u8| match value {
            4 => Coded::NotThisCity,
            5 => Coded::NotAssessable,
            value => points(i64::from(*value)),
        };
        let cities: Vec<Readings> = values
            .iter()
            .enumerate()
            .map(|(place, values)| {
                let answers: Vec<Coded> = values.iter().map(coded).collect();
                city(&made, &place.to_string(), &[answers[..6].to_vec(), answers[6..].to_vec()])
            })
            .collect();
        for resample in [Resample::Readers, Resample::Criteria, Resample::Both] {
            let found = standings(&made, &cities, resample, Draws { count: 30, seed });
            prop_assert_eq!(found.cities.len(), cities.len());
            let mut first = 0.0;
            for standing in &found.cities {
                let readings = cities.iter().find(|one| one.city == standing.city).expect("the city");
                prop_assert_eq!(standing.score, score(&made, &readings.sheet(&made)).total);
                let (scores, ranks) = (standing.score_spread, standing.rank_spread);
                prop_assert!(0.0 <= scores.middle_95.0 && scores.middle_95.0 <= scores.middle_90.0);
                prop_assert!(scores.middle_90.1 <= scores.middle_95.1 && scores.middle_95.1 <= 100.0);
                prop_assert!(1 <= ranks.middle_95.0 && ranks.middle_95.1 <= cities.len());
                prop_assert!(1 <= standing.places.0 && standing.places.0 <= standing.places.1);
                prop_assert!(standing.places.1 <= cities.len());
                prop_assert!(!standing.like.contains(&standing.city));
                first += standing.first;
            }
            prop_assert!(first >= 1.0 - 1e-9, "somebody is first in every draw");
        }
    }
}
