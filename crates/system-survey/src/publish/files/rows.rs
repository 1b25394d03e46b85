//! The rows of the tables, drawn from a round's document.

use crate::publish::results::{AnswerResult, CityResult, Exact, Results};

pub fn city(city: &CityResult) -> Vec<String> {
    let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    vec![
        city.slug.clone(),
        city.name.clone(),
        city.country.clone(),
        city.region.clone(),
        city.oecd.to_string(),
        city.languages.join(" "),
        city.address.clone(),
        number(city.latitude),
        number(city.longitude),
        city.capture.ended_on.clone().unwrap_or_default(),
        city.capture.pages_read.to_string(),
        city.capture.digest.clone().unwrap_or_default(),
    ]
}

pub fn criteria(results: &Results) -> Vec<Vec<String>> {
    let points = |id: &str| {
        let category = results.categories.iter().find(|category| category.id == id);
        category.map(|category| category.points.to_string()).unwrap_or_default()
    };
    results
        .criteria
        .iter()
        .map(|criterion| {
            vec![
                criterion.id.clone(),
                criterion.number.to_string(),
                criterion.category.clone(),
                points(&criterion.category),
                criterion.scale.clone(),
                criterion.max.to_string(),
            ]
        })
        .collect()
}

/// A row of each answer of each city.
fn of_answers<'a>(
    results: &'a Results,
    row: impl Fn(&'a CityResult, &'a AnswerResult) -> Option<Vec<String>>,
) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for city in &results.cities {
        rows.extend(city.answers.iter().filter_map(|answer| row(city, answer)));
    }
    rows
}

fn whole(value: Option<i64>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn fraction(value: Option<&Exact>) -> String {
    value.map(|value| value.exact.clone()).unwrap_or_default()
}

/// The value where the state has one of its own: the "no" states mean 0 and say so by their name.
fn own_value(answer: &AnswerResult) -> String {
    if answer.state == "found" { fraction(answer.value.as_ref()) } else { String::new() }
}

pub fn codes(results: &Results) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for city in &results.cities {
        for answer in &city.answers {
            rows.extend(answer.codes.iter().map(|code| {
                vec![
                    city.slug.clone(),
                    answer.criterion.clone(),
                    code.coder.clone(),
                    code.state.clone(),
                    whole(code.value),
                    code.blind_state.clone(),
                    whole(code.blind_value),
                ]
            }));
        }
    }
    rows
}

pub fn settlements(results: &Results) -> Vec<Vec<String>> {
    of_answers(results, |city, answer| {
        let row = || {
            let (city, criterion, state) = (city.slug.clone(), answer.criterion.clone(), answer.state.clone());
            vec![city, criterion, state, own_value(answer), answer.reason.clone()]
        };
        (answer.ground == "settled").then(row)
    })
}

pub fn finals(results: &Results) -> Vec<Vec<String>> {
    of_answers(results, |city, answer| {
        let (city, criterion, state) = (city.slug.clone(), answer.criterion.clone(), answer.state.clone());
        Some(vec![city, criterion, state, own_value(answer), answer.ground.clone()])
    })
}

pub fn machine(results: &Results) -> Vec<Vec<String>> {
    of_answers(results, |city, answer| {
        let machine = answer.machine.as_ref()?;
        let evidence = machine.evidence.first();
        Some(vec![
            city.slug.clone(),
            answer.criterion.clone(),
            machine.state.clone(),
            whole(machine.value),
            machine.confidence.to_string(),
            machine.decided.clone(),
            evidence.map(|evidence| evidence.url.clone()).unwrap_or_default(),
            evidence.map(|evidence| evidence.record.clone()).unwrap_or_default(),
        ])
    })
}

pub fn scores(results: &Results) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for city in &results.cities {
        let row = |category: &str, raw: String, max: String, score: &Exact| {
            let rounded = format!("{:.2}", score.rounded);
            vec![city.slug.clone(), category.to_owned(), raw, max, score.exact.clone(), rounded]
        };
        for category in &city.categories {
            rows.push(row(&category.id, category.raw.exact.clone(), category.max.exact.clone(), &category.score));
        }
        rows.push(row("total", String::new(), String::new(), &city.score));
    }
    rows
}

pub fn ranks(city: &CityResult) -> Vec<String> {
    let (ranks, scores, weights) = (city.rank_between, city.score_between, city.sensitivity.noisy_weights);
    vec![
        city.slug.clone(),
        city.rank.to_string(),
        ranks.low.to_string(),
        ranks.high.to_string(),
        scores.low.to_string(),
        scores.high.to_string(),
        city.first_in.to_string(),
        weights.low.to_string(),
        weights.high.to_string(),
        city.sensitivity.geometric.to_string(),
        city.alike.join(" "),
    ]
}

pub fn reliability(results: &Results) -> Vec<Vec<String>> {
    let number = |value: Option<f64>| value.map(|value| format!("{value:.6}")).unwrap_or_default();
    results
        .reliability
        .iter()
        .map(|one| {
            let named = [one.between.clone(), one.scope.clone(), one.of.clone()];
            let counted = [one.units, one.left_out].map(|count| count.to_string());
            let agreement = [number(one.agreement), one.undefined.clone().unwrap_or_default()];
            let measured = [
                one.kappa,
                one.kappa_linear,
                one.kappa_quadratic,
                one.pi,
                one.alpha_nominal,
                one.alpha_ordinal,
                one.alpha_interval,
                one.alpha_ratio,
                one.ac1,
            ];
            named.into_iter().chain(counted).chain(agreement).chain(measured.map(number)).collect()
        })
        .collect()
}

pub fn replies(results: &Results) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for city in &results.cities {
        rows.extend(city.replies.iter().map(|reply| {
            vec![
                city.slug.clone(),
                reply.criterion.clone(),
                reply.received_on.clone(),
                reply.words.clone(),
                reply.evidence.clone(),
                reply.outcome.clone().unwrap_or_default(),
                reply.answer.clone().unwrap_or_default(),
            ]
        }));
    }
    rows
}
