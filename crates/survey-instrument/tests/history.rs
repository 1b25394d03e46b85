//! The published history, and what its import refuses.

use std::collections::BTreeMap;

use survey_instrument::history::{Files, History, ImportError, Place};
use survey_instrument::{Fraction, category_score, parse_fraction, rounded};

fn league(round: &str) -> Vec<(u32, String, Option<String>)> {
    let history = History::published();
    let rows = history.round(round).expect("round").league();
    let row = |outcome: &&survey_instrument::history::Outcome| {
        (
            outcome.place.as_ref().expect("place").number(),
            outcome.city.clone(),
            outcome.score.as_ref().map(|score| rounded(score.value, 2)),
        )
    };
    rows.iter().map(row).collect()
}

#[test]
fn seoul_leads_2011_12_before_toronto() {
    let rows = league("2011-12");
    assert_eq!(rows[0], (1, "Seoul".into(), Some("82.23".into())));
    assert_eq!(rows[1], (2, "Toronto".into(), Some("64.31".into())));
    assert_eq!(rows.last(), Some(&(19, "Yerevan".into(), None)));
}

#[test]
fn the_league_as_csv_has_a_source_in_every_row_and_an_empty_score_where_none_was_published() {
    let history = History::published();
    let csv = history.league_csv(history.round("2005").expect("2005"));
    let mut lines = csv.lines();
    assert_eq!(lines.next(), Some("rank,city,country,score,source"));
    assert!(lines.next().expect("first").starts_with("1,Seoul,Republic of Korea,81.70,"));
    assert!(csv.contains("\n7,Tokyo,Japan,,"));
}

#[test]
fn a_city_with_a_place_but_no_score_keeps_its_place_in_2005() {
    let rows = league("2005");
    let tokyo = rows.iter().find(|(_, city, _)| city == "Tokyo").expect("Tokyo");
    assert_eq!(tokyo, &(7, "Tokyo".into(), None));
    let zurich = rows.iter().find(|(_, city, _)| city == "Zurich").expect("Zurich");
    assert_eq!(zurich, &(8, "Zurich".into(), Some("55.99".into())), "the place that the printed rank of Tokyo leaves");
}

#[test]
fn every_row_has_a_place_and_a_source() {
    for round in &History::published().rounds {
        for outcome in round.league() {
            assert!(outcome.place.is_some(), "{} {}", round.id, outcome.city);
            assert!(!outcome.source().is_empty(), "{} {}", round.id, outcome.city);
        }
    }
    assert_eq!(History::published().rounds.len(), 8);
}

#[test]
fn a_score_that_contradicts_its_place_is_refused_by_name() {
    let scores = format!("{}Tokyo,Japan,2005,overall,50.94,a newspaper\n", Files::SHIPPED.scores);
    let errors = History::read(&Files { scores: &scores, ..Files::SHIPPED }).expect_err("Tokyo 2005 must be refused");
    let [ImportError::Contradiction(tokyo)] = errors.as_slice() else { panic!("one contradiction, not {errors:?}") };
    assert_eq!((tokyo.city.as_str(), tokyo.round.as_str(), tokyo.place), ("Tokyo", "2005", 7));
    assert_eq!(tokyo.to_string(), "Tokyo 2005 (overall): score 50.94 at place 7 contradicts Zurich, 55.99 at place 8");
}

#[test]
fn the_score_that_fits_its_place_is_taken() {
    let scores = format!("{}Tokyo,Japan,2005,overall,59.24,a report\n", Files::SHIPPED.scores);
    assert!(History::read(&Files { scores: &scores, ..Files::SHIPPED }).is_ok());
}

#[test]
fn when_two_scores_contradict_each_other_alone_both_are_named() {
    let scores =
        "city,country,round,category,score,source\nRome,Italy,2003,overall,10.00,x\nTokyo,Japan,2003,overall,20.00,x\n";
    let errors = History::read(&Files { scores, ..Files::SHIPPED }).expect_err("Rome 6th with less than Tokyo 9th");
    assert_eq!(errors.len(), 2, "{errors:?}");
}

#[test]
fn impossible_and_unknown_rows_are_refused() {
    let scores = "city,country,round,category,score,source\nRome,Italy,2003,overall,101,x\nAtlantis,Nowhere,2003,overall,1,x\nRome,Italy,1999,overall,5,x\n";
    let errors = History::read(&Files { scores, ranks: "city,country,round,category,rank,source\n", ..Files::SHIPPED })
        .expect_err("refused");
    let text: Vec<_> = errors.iter().map(ToString::to_string).collect();
    assert!(text.iter().any(|e| e.contains("not a score from 0 to 100")), "{text:?}");
    assert!(text.iter().any(|e| e.contains("Atlantis is not in the cities table")), "{text:?}");
    assert!(text.iter().any(|e| e.contains("round 1999 is not in the rounds table")), "{text:?}");
}

#[test]
fn a_place_is_derived_only_where_the_table_leaves_no_other() {
    let history = History::published();
    let seoul = history.round("2003").and_then(|round| round.outcome("Seoul", "overall")).expect("Seoul 2003");
    assert_eq!(seoul.place, Some(Place::Derived { place: 1 }));
    let sydney = history.round("2003").and_then(|round| round.outcome("Sydney", "overall")).expect("Sydney 2003");
    assert!(matches!(sydney.place, Some(Place::Published { place: 19, .. })));
}

#[test]
fn every_conflict_says_what_was_decided_in_both_languages() {
    for conflict in &History::published().conflicts {
        for language in ["en", "ko"] {
            assert!(!conflict.item(language).is_empty());
            assert!(conflict.resolution(language).len() > 20);
        }
        assert_ne!(conflict.resolution("en"), conflict.resolution("ko"));
    }
}

/// Recalled, unverified raw points (see fixtures/README.md): they test the arithmetic only.
#[test]
fn recalled_raw_points_give_the_published_totals_of_seoul() {
    let mut totals: BTreeMap<(String, String), Fraction> = BTreeMap::new();
    let mut reader = csv::Reader::from_reader(include_str!("fixtures/recalled_raw_points.csv").as_bytes());
    for row in reader.records().map(|row| row.expect("fixture row")) {
        let (raw, max) = (parse_fraction(&row[4]).expect("raw"), parse_fraction(&row[5]).expect("max"));
        *totals.entry((row[0].to_owned(), row[2].to_owned())).or_default() += category_score(20, raw, max);
    }
    assert_eq!(rounded(totals[&("Seoul".into(), "2003".into())], 2), "73.48");
    assert_eq!(rounded(totals[&("Seoul".into(), "2005".into())], 2), "81.70");
    let history = History::published();
    let mut compared = 0;
    for ((city, round), total) in totals {
        let published = history
            .round(&round)
            .and_then(|round| round.outcome(&city, "overall"))
            .and_then(|outcome| outcome.score.as_ref());
        if let Some(published) = published {
            assert_eq!(rounded(total, 2), rounded(published.value, 2), "{city} {round}");
            compared += 1;
        }
    }
    assert!(compared >= 10, "only {compared} totals compared");
}
