//! Change since an earlier round published here, on common criteria only. Pure.

use std::collections::BTreeMap;

use num_rational::Ratio;
use survey_instrument::{Coded, Fraction, Instrument};
use survey_statistics::change::{Round, change, same_ids};
use survey_statistics::{Draws, Readings};

use super::compute::Judged;
use super::uncertain::hundredths;
use super::{AnswerResult, Change, CityChange, CityResult, Exact, Results, Span};

/// None when the earlier round asked nothing that this one asks, or no city is in both.
pub fn since(instrument: &Instrument, earlier: &Results, judged: &[Judged], draws: Draws) -> Option<Change> {
    let asked_before = Instrument::load(&earlier.round.instrument).ok()?;
    let before: Vec<Readings> = earlier.cities.iter().map(readings).collect();
    let after: Vec<Readings> = judged.iter().map(|one| one.readings.clone()).collect();
    let mapping = same_ids(asked_before, instrument);
    let before = Round { instrument: asked_before, cities: &before };
    let compared = change(before, Round { instrument, cities: &after }, &mapping, draws).ok()?;
    if compared.cities.is_empty() {
        return None;
    }
    let cities = compared.cities.iter().map(|city| CityChange {
        city: city.city.clone(),
        before: city.before.into(),
        after: city.after.into(),
        change: hundredths(city.change),
        change_between: city
            .spread
            .map(|spread| Span { low: hundredths(spread.middle_95.0), high: hundredths(spread.middle_95.1) }),
        certain: city.certain(),
        compared: city.compared,
    });
    Some(Change {
        round: earlier.round.slug.clone(),
        title: earlier.round.title.clone(),
        published_on: earlier.round.published_on.clone(),
        criteria: mapping.len(),
        categories_left_out: compared.left_out.categories,
        cities: cities.collect(),
    })
}

/// What the readers of an earlier round answered, out of its published results.
fn readings(city: &CityResult) -> Readings {
    let mut readers: BTreeMap<&str, BTreeMap<String, Coded>> = BTreeMap::new();
    let mut settled = BTreeMap::new();
    for answer in &city.answers {
        for code in &answer.codes {
            let coded = coded(&code.state, code.value.map(Ratio::from_integer));
            readers.entry(code.coder.as_str()).or_default().insert(answer.criterion.clone(), coded);
        }
        if answer.ground == "settled" {
            settled.insert(answer.criterion.clone(), last(answer));
        }
    }
    Readings { city: city.slug.clone(), readers: readers.into_values().collect(), settled }
}

fn last(answer: &AnswerResult) -> Coded {
    coded(&answer.state, answer.value.as_ref().and_then(Exact::fraction))
}

fn coded(state: &str, value: Option<Fraction>) -> Coded {
    match (state, value) {
        ("absent", _) => Coded::Absent,
        ("not_found", _) => Coded::NotFound,
        ("not_this_city", _) => Coded::NotThisCity,
        (_, Some(value)) => Coded::Value(value),
        (_, None) => Coded::NotAssessable,
    }
}
