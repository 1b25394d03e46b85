//! The files of a published round. Every number in them is exact; a spreadsheet and `bench/round/recompute.py` read the
//! same.
//!
//! Text that people wrote (names, replies, reasons) could begin with `=`, `+`, `-` or `@`, which a spreadsheet takes for
//! a formula (CWE-1236). Only such text gets an apostrophe in front, and only in columns that hold people's words: ids,
//! numbers and fractions stay as they are, so that a program reads back what was published. The description
//! (`csv-metadata.json`) says so in each such column.

pub mod cite;
pub mod csvw;

use crate::publish::results::{AnswerResult, CityResult, Exact, Results};

/// A file of a round: its name, and its columns in order.
pub struct File {
    pub name: &'static str,
    pub columns: &'static [Column],
    /// The columns that together name a row.
    pub key: &'static [&'static str],
    pub rows: fn(&Results) -> Vec<Vec<String>>,
}

#[derive(Debug, Clone, Copy)]
pub struct Column {
    pub name: &'static str,
    /// Datatype of XML Schema, as CSVW names it.
    pub datatype: &'static str,
    /// What it holds; English, like the interface.
    pub about: &'static str,
    /// Words that people wrote: guarded against formulas.
    pub words: bool,
    /// Nothing in it means "not known" or "does not apply".
    pub required: bool,
}

const fn column(name: &'static str, datatype: &'static str, about: &'static str) -> Column {
    Column { name, datatype, about, words: false, required: true }
}

const fn optional(name: &'static str, datatype: &'static str, about: &'static str) -> Column {
    Column { required: false, ..column(name, datatype, about) }
}

const fn words(name: &'static str, about: &'static str) -> Column {
    Column { words: true, required: false, ..column(name, "string", about) }
}

const CITY: Column = column("city", "string", "Slug of the city; see cities.csv");
const CRITERION: Column = column("criterion", "string", "Id of the criterion; see criteria.csv");
const STATE: Column = column("state", "string", "found, absent, not_found, not_this_city or not_assessable");

pub const FILES: &[File] = &[
    File {
        name: "cities.csv",
        columns: &[
            CITY,
            words("name", "Name of the city"),
            column("country", "string", "ISO 3166-1 alpha-2"),
            column("region", "string", "africa, asia, europe, north_america, south_america or oceania"),
            column("oecd", "boolean", "Its country was an OECD member"),
            column("languages", "string", "BCP 47 tags with spaces between, the city's own language first"),
            column("address", "anyURI", "The official site that was judged"),
            optional("latitude", "double", "Degrees north (WGS 84)"),
            optional("longitude", "double", "Degrees east (WGS 84)"),
            optional("captured_on", "date", "Day on which the capture of the site ended"),
            column("pages_read", "integer", "Pages in the archive"),
            optional("archive_sha256", "string", "SHA-256 of the archive in hexadecimal"),
        ],
        key: &["city"],
        rows: |results| results.cities.iter().map(city).collect(),
    },
    File {
        name: "criteria.csv",
        columns: &[
            CRITERION,
            column("number", "integer", "Its place in the instrument"),
            column("category", "string", "Id of its category"),
            column("category_points", "integer", "Points of the total that the category carries"),
            column("scale", "string", "0-N: every whole value up to N; 0/N: nothing or N"),
            column("max", "integer", "Its highest value"),
        ],
        key: &["criterion"],
        rows: criteria,
    },
    File {
        name: "codes.csv",
        columns: &[
            CITY,
            CRITERION,
            column("coder", "string", "A, B or C: a seat at this city's table, not the same person in every city"),
            STATE,
            optional("value", "integer", "Points; empty when the answer is a state without a value"),
            column("blind_state", "string", "The last state given before the machine's answer was seen"),
            optional("blind_value", "integer", "The last value given before the machine's answer was seen"),
        ],
        key: &["city", "criterion", "coder"],
        rows: codes,
    },
    File {
        name: "settlements.csv",
        columns: &[
            CITY,
            CRITERION,
            STATE,
            optional("value", "string", "Points; empty when the answer is a state without a value"),
            words("reason", "Why the adjudicator decided so"),
        ],
        key: &["city", "criterion"],
        rows: settlements,
    },
    File {
        name: "final.csv",
        columns: &[
            CITY,
            CRITERION,
            STATE,
            optional("value", "string", "Points as an exact fraction; empty when it has none to give"),
            column("ground", "string", "agreed, mean or settled; open or missing where nobody decided"),
        ],
        key: &["city", "criterion"],
        rows: finals,
    },
    File {
        name: "machine.csv",
        columns: &[
            CITY,
            CRITERION,
            STATE,
            optional("value", "integer", "Points that the machine gave"),
            column("confidence", "double", "How likely a careful person would agree, 0 to 1"),
            column("decided", "string", "automatic, assisted or human"),
            optional("evidence", "string", "Address of the first page that shows it"),
            optional("record", "string", "WARC-Record-ID of that page in the city's archive"),
        ],
        key: &["city", "criterion"],
        rows: machine,
    },
    File {
        name: "scores.csv",
        columns: &[
            CITY,
            column("category", "string", "Id of a category, or total"),
            optional("raw", "string", "Raw points reached, an exact fraction; empty for the total"),
            optional("max", "string", "Raw points that could be reached; empty for the total"),
            column("score", "string", "Points of the total, an exact fraction"),
            column("score_rounded", "decimal", "The same with two decimals"),
        ],
        key: &["city", "category"],
        rows: scores,
    },
    File {
        name: "ranks.csv",
        columns: &[
            CITY,
            column("rank", "integer", "Equal scores share a rank; the next one is skipped"),
            column("rank_low", "integer", "Lower end of the interval of the rank"),
            column("rank_high", "integer", "Upper end of the interval of the rank"),
            column("score_low", "double", "Lower end of the interval of the score"),
            column("score_high", "double", "Upper end of the interval of the score"),
            column("first_in", "double", "Share of the draws in which the city is first"),
            column("weights_low", "integer", "Lower end of the rank when weights vary by a quarter"),
            column("weights_high", "integer", "Upper end of the rank when weights vary by a quarter"),
            column("geometric", "integer", "Rank when categories are put together by the geometric mean"),
            optional("alike", "string", "Slugs, with spaces between, of cities that cannot be told apart from it"),
        ],
        key: &["city"],
        rows: |results| results.cities.iter().map(ranks).collect(),
    },
    File {
        name: "reliability.csv",
        columns: &[
            column("between", "string", "evaluators: between the first two; machine: evaluators with the machine"),
            column("scope", "string", "all, category, language or criterion"),
            optional("of", "string", "Which one; empty for all"),
            column("units", "integer", "Answers that both gave points to"),
            column("left_out", "integer", "Answers where one gave none"),
            optional("agreement", "double", "Share of equal points"),
            optional("undefined", "string", "Why a coefficient is empty: no_variation or too_few"),
            optional("kappa", "double", "Cohen's kappa"),
            optional("kappa_linear", "double", "Cohen's kappa with linear weights"),
            optional("kappa_quadratic", "double", "Cohen's kappa with quadratic weights"),
            optional("pi", "double", "Scott's pi"),
            optional("alpha_nominal", "double", "Krippendorff's alpha, nominal"),
            optional("alpha_ordinal", "double", "Krippendorff's alpha, ordinal"),
            optional("alpha_interval", "double", "Krippendorff's alpha, interval"),
            optional("alpha_ratio", "double", "Krippendorff's alpha, ratio"),
            optional("ac1", "double", "Gwet's AC1"),
        ],
        key: &["between", "scope", "of"],
        rows: reliability,
    },
    File {
        name: "replies.csv",
        columns: &[
            CITY,
            CRITERION,
            column("received_on", "date", "Day"),
            words("words", "What the city says about its sheet"),
            words("evidence", "Address that shows it"),
            optional("outcome", "string", "kept or changed; empty when nobody decided"),
            words("answer", "What was answered"),
        ],
        key: &[],
        rows: replies,
    },
];

/// The file's text (RFC 4180), with a header.
pub fn csv_of(file: &File, results: &Results) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    // A writer into memory cannot fail, and every row has the header's width.
    let _ = writer.write_record(file.columns.iter().map(|column| column.name));
    for row in (file.rows)(results) {
        let guarded =
            row.iter().zip(file.columns).map(|(cell, column)| if column.words { guarded(cell) } else { cell.clone() });
        let _ = writer.write_record(guarded);
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// Words as they are, or with an apostrophe in front when a spreadsheet would compute them.
fn guarded(words: &str) -> String {
    match words.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{words}"),
        _ => words.to_owned(),
    }
}

fn city(city: &CityResult) -> Vec<String> {
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

fn criteria(results: &Results) -> Vec<Vec<String>> {
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

fn codes(results: &Results) -> Vec<Vec<String>> {
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

fn settlements(results: &Results) -> Vec<Vec<String>> {
    of_answers(results, |city, answer| {
        let row = || {
            let (city, criterion, state) = (city.slug.clone(), answer.criterion.clone(), answer.state.clone());
            vec![city, criterion, state, own_value(answer), answer.reason.clone()]
        };
        (answer.ground == "settled").then(row)
    })
}

fn finals(results: &Results) -> Vec<Vec<String>> {
    of_answers(results, |city, answer| {
        let (city, criterion, state) = (city.slug.clone(), answer.criterion.clone(), answer.state.clone());
        Some(vec![city, criterion, state, own_value(answer), answer.ground.clone()])
    })
}

fn machine(results: &Results) -> Vec<Vec<String>> {
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

fn scores(results: &Results) -> Vec<Vec<String>> {
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

fn ranks(city: &CityResult) -> Vec<String> {
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

fn reliability(results: &Results) -> Vec<Vec<String>> {
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

fn replies(results: &Results) -> Vec<Vec<String>> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_that_a_spreadsheet_would_compute_are_guarded() {
        for (words, kept) in
            [("=1+1", "'=1+1"), ("@a", "'@a"), ("-5 %", "'-5 %"), ("A = b", "A = b"), ("", ""), ("부산", "부산")]
        {
            assert_eq!(guarded(words), kept);
        }
    }

    #[test]
    fn each_files_key_is_among_its_columns() {
        for file in FILES {
            let named = |key: &&str| file.columns.iter().any(|column| column.name == *key);
            assert!(file.key.iter().all(|key| named(key)), "{}", file.name);
        }
    }
}
