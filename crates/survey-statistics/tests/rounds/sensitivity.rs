use survey_instrument::{Coded, Instrument, parse_fraction};
use survey_statistics::sensitivity::{Scenario, Variation, sensitivity};
use survey_statistics::{Draws, Readings};

use crate::made::{city, instrument, points};

/// The first ten of 2003, each category one criterion with its raw points.
fn of_2003() -> (Instrument, Vec<Readings>) {
    let text = include_str!("../../../survey-instrument/tests/fixtures/recalled_raw_points.csv");
    let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split(',').collect()).collect();
    let mut definition =
        "id = \"2003\"\nversion = \"1.0.0\"\ndate = \"2003-11-17\"\nlicence = \"CC0-1.0\"\n".to_owned();
    let of_city =
        |name: &str| -> Vec<&Vec<&str>> { rows.iter().filter(|row| row[0] == name && row[2] == "2003").collect() };
    for (place, row) in of_city("Seoul").iter().enumerate() {
        definition.push_str(&format!(
            "[[category]]\nid = \"{0}\"\npoints = 20\n[[criterion]]\nid = \"{0}-all\"\nnumber = {place}\ncategory = \"{0}\"\n\
             scale = \"0-{1}\"\nmode = \"human\"\nrule = \"human:all\"\n",
            row[3], row[5]
        ));
    }
    let instrument = Instrument::parse(&definition, &[]).expect("an instrument");
    let mut names: Vec<&str> = rows.iter().filter(|row| row[2] == "2003").map(|row| row[0]).collect();
    names.dedup();
    let value = |row: &&Vec<&str>| Coded::Value(parse_fraction(row[4]).expect("raw points"));
    let cities =
        names.iter().map(|name| city(&instrument, name, &[of_city(name).iter().map(value).collect()])).collect();
    (instrument, cities)
}

fn of<'a>(found: &'a [Scenario], variation: &Variation) -> &'a Scenario {
    found.iter().find(|scenario| scenario.variation == *variation).expect("the scenario")
}

/// The figures of `../shared/survey/README.md` 6.2, which were computed elsewhere.
#[test]
fn the_ten_of_2003_move_as_an_independent_computation_says() {
    let (instrument, cities) = of_2003();
    let found = sensitivity(&instrument, &cities, Draws { count: 4000, seed: 2003 });
    let named = |scenario: &Scenario, name: &str| scenario.cities.iter().find(|one| one.city == name).cloned();
    let noisy = of(&found, &Variation::NoisyWeights);
    for moved in &noisy.cities[..5] {
        assert_eq!(moved.spread.middle_95, (moved.rank, moved.rank), "{}", moved.city);
    }
    let free = of(&found, &Variation::FreeWeights);
    let hong_kong = named(free, "Hong Kong").expect("Hong Kong");
    assert!((0.26..0.30).contains(&hong_kong.first), "{}", hong_kong.first);
    let rome = named(free, "Rome").expect("Rome");
    assert_eq!(rome.spread.middle_95, (3, 10));
    assert!(free.mean_shift > noisy.mean_shift && noisy.mean_shift > 0.0);
    let geometric = of(&found, &Variation::Geometric);
    let place = |name| named(geometric, name).map(|moved| moved.best);
    assert_eq!((place("Singapore"), place("Hong Kong")), (Some(2), Some(3)));
}

#[test]
fn a_category_without_a_point_does_not_make_the_city_nothing_in_a_geometric_mean() {
    let made = instrument(&[1, 1], "0-3");
    let cities = [
        city(&made, "even", &[vec![points(1), points(1)]]),
        city(&made, "lopsided", &[vec![points(3), points(0)]]),
        city(&made, "nothing", &[vec![points(0), points(0)]]),
    ];
    let found = sensitivity(&made, &cities, Draws { count: 10, seed: 1 });
    let geometric = of(&found, &Variation::Geometric);
    let ranks: Vec<_> = geometric.cities.iter().map(|moved| (moved.city.as_str(), moved.rank, moved.best)).collect();
    // √(34 · 34) = 34, √(100 · 1) = 10, √(1 · 1) = 1.
    assert_eq!(ranks, [("lopsided", 1, 2), ("even", 2, 1), ("nothing", 3, 3)]);
    assert!((geometric.mean_shift - 2.0 / 3.0).abs() < 1e-12);
}

#[test]
fn each_category_is_left_out_in_turn_and_what_is_no_task_leaves_the_mean() {
    let made = instrument(&[1, 1], "0-3");
    let cities =
        [city(&made, "a", &[vec![points(3), points(1)]]), city(&made, "b", &[vec![Coded::NotThisCity, points(2)]])];
    let found = sensitivity(&made, &cities, Draws { count: 50, seed: 1 });
    assert_eq!(found.len(), 5);
    let without = |id: &str| {
        let scenario = of(&found, &Variation::Without(id.to_owned()));
        assert_eq!(scenario.draws, 1);
        scenario.cities.iter().map(|moved| (moved.city.clone(), moved.best)).collect::<Vec<_>>()
    };
    // Published: a (3/3 + 1/3) / 2 = 2/3, b 2/3 of what is its task: a shared place.
    assert!(of(&found, &Variation::NoisyWeights).cities.iter().all(|moved| moved.rank == 1));
    assert_eq!(without("A"), [("a".to_owned(), 2), ("b".to_owned(), 1)]);
    assert_eq!(without("B"), [("a".to_owned(), 1), ("b".to_owned(), 2)]);
}

#[test]
fn the_same_seed_gives_the_same_scenarios() {
    let (instrument, cities) = of_2003();
    let draws = Draws { count: 50, seed: 9 };
    assert_eq!(sensitivity(&instrument, &cities, draws), sensitivity(&instrument, &cities, draws));
}
