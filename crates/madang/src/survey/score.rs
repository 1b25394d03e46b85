//! `madang survey score`: category and total scores of a coded sheet.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::anyhow;
use clap::Args;
use survey_instrument::{DEFAULT, Instrument, Scores, Sheet, exact, rounded, rounded_number, score};

use super::print::{self, Format};

const FORMATS: &str = "\
Formats:
  table  for people: a bar for each category, the total below
  csv    one line a category, then the totals; raw and max are exact
         category,raw,max,score
         usability,24,32,15.00
  json   the same beside the instrument: {\"instrument\": {\"id\", \"version\"}, \"scores\": {\"total\", \"categories\", …}}

Example:
  madang survey score sheet.csv --instrument global-2009 --format csv";

#[derive(Debug, Args)]
#[command(after_help = FORMATS)]
pub struct ScoreArgs {
    /// Coded sheet in CSV: criterion,value and, if you like, state (absent, not_found, not_this_city, not_assessable)
    sheet: PathBuf,
    #[arg(long, default_value = DEFAULT)]
    instrument: String,
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

pub fn run(args: &ScoreArgs) -> anyhow::Result<ExitCode> {
    let instrument = Instrument::load(&args.instrument)?;
    let name = args.sheet.display();
    let bytes = std::fs::read(&args.sheet).map_err(|error| anyhow!("{name} cannot be read: {}", print::why(&error)))?;
    let text = String::from_utf8(bytes).map_err(|_| anyhow!("{name} is not UTF-8 text; save it as CSV in UTF-8"))?;
    let sheet = match Sheet::parse(instrument, &text) {
        Ok(sheet) => sheet,
        Err(errors) => {
            eprintln!("{name} cannot be scored with {}:", instrument.id);
            for error in &errors {
                eprintln!("  {error}");
            }
            return Ok(ExitCode::FAILURE);
        }
    };
    let scores = score(instrument, &sheet);
    print::out(&match args.format {
        Format::Csv => print::csv(&["category", "raw", "max", "score"], &cells(&scores))?,
        Format::Json => print::json(&serde_json::json!({
            "instrument": { "id": instrument.id, "version": instrument.version },
            "scores": scores,
        }))?,
        Format::Table => for_people(instrument, &scores),
    })?;
    Ok(ExitCode::SUCCESS)
}

fn cells(scores: &Scores) -> Vec<Vec<String>> {
    let category = |category: &survey_instrument::CategoryScore| {
        vec![category.id.clone(), exact(category.raw), exact(category.max), rounded(category.score, 2)]
    };
    let total = |name: &str, value| vec![name.to_owned(), String::new(), String::new(), rounded(value, 2)];
    let mut cells: Vec<_> = scores.categories.iter().map(category).collect();
    cells.push(total("total", scores.total));
    cells.push(total("total_if_unknown_met", scores.total_if_unknown_met));
    cells
}

fn for_people(instrument: &Instrument, scores: &Scores) -> String {
    let mut text = format!("{}\n\n", print::bold(&format!("{} {}", instrument.id, instrument.version)));
    text.push_str(&scores_table(instrument, scores));
    if scores.total != scores.total_if_unknown_met {
        let upper = rounded(scores.total_if_unknown_met, 2);
        text.push_str(&format!("\nUp to {upper} if everything that could not be assessed were met.\n"));
    }
    text
}

/// Scores by category as small bars, the total below.
pub fn scores_table(instrument: &Instrument, scores: &Scores) -> String {
    let words = instrument.words("en");
    let mut rows = Vec::new();
    for (category, score) in instrument.categories.iter().zip(&scores.categories) {
        let share = rounded_number(score.score) / f64::from(category.points.max(1));
        let raw = format!("{} of {}", exact(score.raw), exact(score.max));
        rows.push(vec![words.category(&category.id).to_owned(), rounded(score.score, 2), print::bar(share, 20), raw]);
    }
    rows.push(vec![
        "Total".into(),
        rounded(scores.total, 2),
        print::bar(rounded_number(scores.total) / 100.0, 20),
        String::new(),
    ]);
    print::table(&["category", "score", "", "raw points"], &[1], rows)
}
