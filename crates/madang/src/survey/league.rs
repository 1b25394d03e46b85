//! `madang survey league`: a published ranking, each row with its source.

use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::Args;
use serde::Serialize;
use survey_instrument::history::{History, Place, Round};
use survey_instrument::{rounded, rounded_number};

use super::print::{self, Format};

/// A test holds these lines to what is printed.
const FORMATS: &str = "\
Formats:
  table  for people: a bar for each score, every source named once below the table
            1  Seoul       Republic of Korea      82.23  ███████████████████▊····  [1]
  csv    one line a city; what was not published is empty
         rank,city,country,score,source
         1,Seoul,Republic of Korea,82.23,Rutgers-Newark news …
  json   the same; what was not published is null
         {\"round\": \"2011-12\", \"rows\": [{\"city\": \"Seoul\", \"country\": \"Republic of Korea\",
         \"rank\": 1, \"score\": 82.23, \"source\": \"Rutgers-Newark news …\"}, …]}

Examples:
  madang survey league
  madang survey league --round 2011-12 --format csv";

#[derive(Debug, Args)]
#[command(after_help = FORMATS)]
pub struct LeagueArgs {
    /// Round of the survey, e.g. 2011-12; the newest one with scores when left out
    #[arg(long)]
    round: Option<String>,
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Serialize)]
struct Row {
    rank: Option<u32>,
    city: String,
    country: String,
    /// As published, two decimals.
    score: Option<f64>,
    source: String,
}

pub fn run(args: &LeagueArgs) -> anyhow::Result<ExitCode> {
    let history = History::published();
    let round = match &args.round {
        None => history.newest_scored().context("no round has published scores")?,
        Some(id) => match history.round(id) {
            Some(round) => round,
            None => {
                let known: Vec<_> = history.rounds.iter().map(|round| round.id.as_str()).collect();
                bail!("there is no round {id}; ask for one of {}", known.join(", "))
            }
        },
    };
    print::out(&match args.format {
        Format::Csv => history.league_csv(round),
        Format::Json => print::json(&serde_json::json!({ "round": round.id, "rows": rows(history, round) }))?,
        Format::Table => for_people(history, round),
    })?;
    Ok(ExitCode::SUCCESS)
}

fn rows(history: &History, round: &Round) -> Vec<Row> {
    let row = |outcome: &survey_instrument::history::Outcome| Row {
        rank: outcome.place.as_ref().map(Place::number),
        city: outcome.city.clone(),
        country: history.city(&outcome.city).map(|city| city.country.clone()).unwrap_or_default(),
        score: outcome.score.as_ref().map(|score| rounded_number(score.value)),
        source: outcome.source().to_owned(),
    };
    round.league().into_iter().map(row).collect()
}

/// The columns: rank, city, country, score, source.
fn cells(history: &History, round: &Round) -> Vec<Vec<String>> {
    let score = |city: &str| {
        let outcome = round.outcome(city, survey_instrument::history::OVERALL)?;
        Some(rounded(outcome.score.as_ref()?.value, 2))
    };
    let cell = |row: Row| {
        let rank = row.rank.map(|rank| rank.to_string()).unwrap_or_default();
        let score = score(&row.city).unwrap_or_default();
        vec![rank, row.city, row.country, score, row.source]
    };
    rows(history, round).into_iter().map(cell).collect()
}

fn for_people(history: &History, round: &Round) -> String {
    let mut sources: Vec<String> = Vec::new();
    let mut lines = Vec::new();
    for mut row in cells(history, round) {
        let source = row.pop().unwrap_or_default();
        let number = sources.iter().position(|known| *known == source).unwrap_or_else(|| {
            sources.push(source);
            sources.len() - 1
        });
        let bar = row[3].parse::<f64>().map(|score| print::bar(score / 100.0, 24)).unwrap_or_default();
        row.push(bar);
        row.push(format!("[{}]", number + 1));
        lines.push(row);
    }
    let mut text = format!("{}\n", print::bold(&format!("Global E-Governance Survey, round {}", round.id)));
    let count = round.cities.as_ref().map(|cities| format!("{} cities with a site", cities.value));
    let measures = round.measures.as_ref().map(|measures| format!("{} measures", measures.value));
    let about: Vec<_> = count.into_iter().chain(measures).collect();
    if !about.is_empty() {
        text.push_str(&format!("{}. ", about.join(", ")));
    }
    text.push_str(
        "Only values that were read in a named document; a city without a score has a published place only.\n\n",
    );
    text.push_str(&print::table(&["rank", "city", "country", "score", "of 100", "source"], &[0, 3], lines));
    text.push('\n');
    for (place, source) in sources.iter().enumerate() {
        text.push_str(&format!("[{}] {source}\n", place + 1));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_shows_each_source_once_and_leaves_an_unpublished_score_empty() {
        let history = History::published();
        let text = for_people(history, history.round("2005").expect("2005"));
        let tokyo = text.lines().find(|line| line.contains("Tokyo")).expect("Tokyo");
        assert_eq!(tokyo.split_whitespace().collect::<Vec<_>>(), ["7", "Tokyo", "Japan", "[1]"]);
        assert_eq!(text.matches("herstory.hani.co.kr").count(), 1);
    }

    #[test]
    fn the_examples_of_the_help_are_what_is_printed() {
        let history = History::published();
        let round = history.round("2011-12").expect("2011-12");
        let seoul =
            |text: String| text.lines().find(|line| line.contains("Seoul")).unwrap_or_default().trim().to_owned();
        assert!(FORMATS.contains(&seoul(for_people(history, round))), "{}", seoul(for_people(history, round)));
        let csv = history.league_csv(round);
        for line in csv.lines().take(2) {
            let shown = line.split(" 'Seoul").next().unwrap_or_default();
            assert!(FORMATS.contains(shown), "{shown}");
        }
        let json = serde_json::to_value(&rows(history, round)[0]).expect("json");
        for (key, value) in json.as_object().expect("a row").iter().filter(|(key, _)| *key != "source") {
            assert!(FORMATS.contains(&format!("\"{key}\": {value}")), "{key}");
        }
    }

    #[test]
    fn json_rows_have_the_columns_of_the_csv() {
        let history = History::published();
        let rows = serde_json::to_value(rows(history, history.round("2011-12").expect("2011-12"))).expect("json");
        assert_eq!(
            (&rows[0]["city"], &rows[0]["score"], &rows[1]["rank"]),
            (&"Seoul".into(), &82.23.into(), &2.into())
        );
        let columns: Vec<_> = rows[0].as_object().expect("object").keys().cloned().collect();
        let mut header: Vec<_> = ["rank", "city", "country", "score", "source"].map(str::to_owned).into();
        header.sort();
        assert_eq!(
            {
                let mut columns = columns;
                columns.sort();
                columns
            },
            header
        );
    }
}
