//! Instruments and sheets as evaluators meet them.

use survey_instrument::{Coded, DEFAULT, Fraction, Instrument, Sheet, SheetProblem, rounded, score};

fn instrument() -> Instrument {
    let definition = r#"
        id = "small"
        version = "1.0.0"
        date = "2026-11-24"
        licence = "CC-BY-4.0"
        [[category]]
        id = "content"
        points = 60
        [[category]]
        id = "services"
        points = 40
        [[criterion]]
        id = "CO01"
        number = 1
        category = "content"
        scale = "0-3"
        mode = "automatic"
        rule = "topic:budget"
        [[criterion]]
        id = "CO02"
        number = 2
        category = "content"
        scale = "0/1"
        mode = "human"
        rule = "human:forum"
        [[criterion]]
        id = "SV01"
        number = 3
        category = "services"
        scale = "0/3"
        mode = "assisted"
        rule = "topic:pay-taxes"
    "#;
    Instrument::parse(definition, &[("en", "title = \"Small\"\nsummary = \"For tests.\"\n")]).expect("instrument")
}

fn problems(text: &str) -> Vec<(Option<u64>, String, &'static str)> {
    let errors = Sheet::parse(&instrument(), text).expect_err("errors");
    errors.into_iter().map(|error| (error.line, error.criterion, error.problem.code())).collect()
}

#[test]
fn a_sheet_is_scored_exactly() {
    let sheet = Sheet::parse(&instrument(), "criterion,value\nCO01,2.5\nCO02,0.5\nSV01,1.5\n").expect("sheet");
    let scores = score(&instrument(), &sheet);
    assert_eq!(scores.categories[0].score, Fraction::new(60 * 3, 4));
    assert_eq!(scores.total, Fraction::from_integer(45 + 20));
    assert_eq!(scores.total, scores.total_if_unknown_met);
}

#[test]
fn the_three_kinds_of_no_count_differently() {
    let sheet = Sheet::parse(
        &instrument(),
        "criterion,value,state\nCO01,,not_found\nCO02,,not_this_city\nSV01,,not_assessable\n",
    )
    .expect("sheet");
    let scores = score(&instrument(), &sheet);
    assert_eq!(
        scores.categories[0].max,
        Fraction::from_integer(3),
        "what is not this city's task leaves the denominator"
    );
    assert_eq!(scores.total, Fraction::from_integer(0));
    assert_eq!(scores.total_if_unknown_met, Fraction::from_integer(40));
}

#[test]
fn a_category_that_is_nobodys_task_here_leaves_the_total() {
    let sheet = Sheet::parse(&instrument(), "criterion,value,state\nCO01,3,\nCO02,,absent\nSV01,,not_this_city\n")
        .expect("sheet");
    let scores = score(&instrument(), &sheet);
    assert_eq!(scores.total, Fraction::from_integer(75), "45 of 60 points is 75 of 100");
}

#[test]
fn everything_wrong_with_a_sheet_is_said_with_its_line() {
    let text = "criterion,value,state\nXX01,1,\nCO01,3.5,\nCO02,,\nCO02,1,maybe\n";
    assert_eq!(
        problems(text),
        [
            (Some(2), "XX01".into(), "unknown-criterion"),
            (Some(3), "CO01".into(), "off-scale"),
            (Some(4), "CO02".into(), "no-value"),
            (Some(5), "CO02".into(), "unknown-state"),
            (None, "SV01".into(), "missing"),
        ]
    );
    assert_eq!(
        problems("criterion,value\nCO01,1\nCO01,2\nCO02,x\nSV01,1\n"),
        [
            (Some(3), "CO01".into(), "duplicate"),
            (Some(4), "CO02".into(), "not-a-number"),
            (Some(5), "SV01".into(), "off-scale"),
        ]
    );
    assert_eq!(problems("id,points\n"), [(Some(1), String::new(), "no-header")]);
}

#[test]
fn a_state_may_not_contradict_its_value() {
    let errors =
        Sheet::parse(&instrument(), "criterion,value,state\nCO01,2,absent\nCO02,0,not_found\nSV01,,not_this_city\n")
            .expect_err("contradiction");
    assert!(matches!(errors[0].problem, SheetProblem::StateAndValue { .. }));
    assert_eq!(errors.len(), 1, "0 points may stand beside a no: {errors:?}");
}

#[test]
fn a_sheet_written_out_reads_back_the_same() {
    let sheet = Sheet::parse(
        &instrument(),
        "\u{feff}Criterion,Value,State,remark\nco01,\"2,5\",,\"half, half\"\n2,,not_found,\n3,3,found,\n",
    )
    .expect("sheet");
    assert_eq!(sheet.get("CO01"), Coded::Value(Fraction::new(5, 2)));
    assert_eq!(Sheet::parse(&instrument(), &sheet.to_csv(&instrument())), Ok(sheet));
}

#[test]
fn shipped_instruments_have_98_criteria_in_five_categories_of_20_points() {
    for instrument in Instrument::builtin() {
        let counts: Vec<_> =
            instrument.categories.iter().map(|category| instrument.in_category(&category.id).count()).collect();
        assert_eq!(counts, [18, 20, 20, 20, 20], "{}", instrument.id);
        assert_eq!(instrument.categories.iter().map(|category| category.points).sum::<u32>(), 100);
    }
    assert_eq!(Instrument::builtin()[0].id, DEFAULT);
}

#[test]
fn the_reconstruction_has_the_recalled_raw_maxima_and_names_its_sources() {
    let instrument = Instrument::load("global-2009").expect("instrument");
    let scores = score(instrument, &Sheet::new());
    let maxima: Vec<_> = scores.categories.iter().map(|category| rounded(category.max, 0)).collect();
    assert_eq!(maxima, ["25", "32", "48", "59", "55"]);
    assert_eq!(rounded(scores.total_if_unknown_met, 2), "100.00");
    for criterion in &instrument.criteria {
        assert!(criterion.provenance.is_some() && criterion.confidence.is_some(), "{}", criterion.id);
    }
}

#[test]
fn every_criterion_of_the_default_instrument_names_a_source() {
    let instrument = Instrument::load(DEFAULT).expect("instrument");
    assert!(instrument.criteria.iter().all(|criterion| !criterion.sources.is_empty()));
}

#[test]
fn every_criterion_is_worded_in_english_and_korean_with_an_example_for_each_value() {
    for instrument in Instrument::builtin() {
        for language in ["en", "ko"] {
            let words = instrument.words(language);
            assert!(!words.title.is_empty() && !words.summary.is_empty(), "{} {language}", instrument.id);
            for category in &instrument.categories {
                assert_ne!(words.category(&category.id), category.id, "{} {language}", instrument.id);
            }
            for criterion in &instrument.criteria {
                let worded = words
                    .criterion(&criterion.id)
                    .unwrap_or_else(|| panic!("{} {language} {}", instrument.id, criterion.id));
                assert!(
                    !worded.question.is_empty() && !worded.guidance.is_empty(),
                    "{} {language} {}",
                    instrument.id,
                    criterion.id
                );
                for value in criterion.scale.values() {
                    assert!(
                        worded.example(value).is_some(),
                        "{} {language} {} value {value}",
                        instrument.id,
                        criterion.id
                    );
                }
            }
        }
        assert_ne!(instrument.words("en").summary, instrument.words("ko").summary);
    }
}

#[test]
fn words_fall_back_from_region_to_language_to_english() {
    let instrument = instrument();
    assert_eq!(instrument.words("ko-KR").title, "Small");
    assert_eq!(instrument.words("xx").category("content"), "content");
}

#[test]
fn an_instrument_that_contradicts_itself_is_refused() {
    let definition = |category: &str, number: u32| {
        format!(
            "id=\"x\"\nversion=\"1\"\ndate=\"2026-01-01\"\nlicence=\"CC0-1.0\"\n[[category]]\nid=\"a\"\npoints=1\n\
             [[criterion]]\nid=\"A1\"\nnumber=1\ncategory=\"a\"\nscale=\"0-3\"\nmode=\"human\"\nrule=\"human:x\"\n\
             [[criterion]]\nid=\"A2\"\nnumber={number}\ncategory=\"{category}\"\nscale=\"0-3\"\nmode=\"human\"\nrule=\"human:x\"\n"
        )
    };
    assert!(Instrument::parse(&definition("a", 2), &[]).is_ok());
    assert!(
        Instrument::parse(&definition("b", 2), &[]).is_err_and(|defect| defect.to_string().contains("not defined"))
    );
    assert!(Instrument::parse(&definition("a", 1), &[]).is_err_and(|defect| defect.to_string().contains("twice")));
    assert!(
        Instrument::parse(
            &definition("a", 2),
            &[("en", "title=\"x\"\nsummary=\"y\"\n[criterion.B9]\nquestion=\"?\"\n")]
        )
        .is_err()
    );
}

#[test]
fn many_missing_criteria_are_said_once() {
    let long = Instrument::load("global-2009").expect("instrument");
    let said =
        |text: &str| Sheet::parse(long, text).expect_err("missing").iter().map(ToString::to_string).collect::<Vec<_>>();
    let last = &long.criteria.last().expect("criteria").id;
    assert_eq!(
        said("criterion,value\nPS01,1\nPS02,1\n"),
        [format!("96 criteria are missing: PS03, PS04, … {last}; give each a value, or the state not_assessable")]
    );
    let rows: String = long.criteria.iter().skip(1).map(|criterion| format!("{},0\n", criterion.id)).collect();
    assert_eq!(
        said(&format!("criterion,value\n{rows}")),
        ["PS01 is missing; give it a value, or the state not_assessable"]
    );
}
