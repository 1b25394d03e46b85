//! `madang survey reliability`: how far coders agree who judged the same without seeing each other.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::anyhow;
use clap::{Args, ValueEnum};
use serde_json::{Map, Value, json};
use survey_instrument::Scale;
use survey_statistics::reliability::{
    Band, Codes, Coefficient, Level, Ratings, Reliability, alpha_interval, reliability,
};
use survey_statistics::{Draws, Spread};

use super::print::{self, Format};

/// A test holds these lines to what is printed.
const FORMATS: &str = "\
Input:
  coder,unit,value       one line a code; a unit is what was judged, for example a criterion of a city
  A,Seoul PS01,1         an empty value is a hole; a column level (nominal, ordinal, interval or ratio)
  B,Seoul PS01,1         does the same as --level

Formats:
  table  for people
  csv    one line a coefficient; where there is no value it says why
         coefficient,value,low_95,high_95,undefined
  json   numbers, or null with the reason under \"undefined\":
         no_variation, too_few, not_ratio, for_two_coders, for_three_coders_or_more

Examples:
  madang survey reliability codes.csv --level ordinal --scale 0-3
  madang survey reliability codes.csv --format json";

/// The same file gives the same interval.
const SEED: u64 = 2026;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Levels {
    Nominal,
    Ordinal,
    Interval,
    Ratio,
    All,
}

#[derive(Debug, Args)]
#[command(after_help = FORMATS)]
pub struct ReliabilityArgs {
    /// Codes in CSV: coder,unit,value and, if you like, level
    codes: PathBuf,
    /// Level of measurement for Krippendorff's alpha; what the file says, or all, when left out
    #[arg(long, value_enum)]
    level: Option<Levels>,
    /// The scale of all values, e.g. 0-3 or 0/1, when some of its values may not occur
    #[arg(long, value_parser = scale)]
    scale: Option<Scale>,
    /// How often units are drawn anew for the interval of alpha; 0 for no interval
    #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u32).range(..=100_000))]
    draws: u32,
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

fn scale(text: &str) -> Result<Scale, String> {
    Scale::parse(text).ok_or_else(|| "write it as 0-3 (every step) or 0/3 (nothing or all)".to_owned())
}

pub fn run(args: &ReliabilityArgs) -> anyhow::Result<ExitCode> {
    let name = args.codes.display();
    let bytes = std::fs::read(&args.codes).map_err(|error| anyhow!("{name} cannot be read: {}", print::why(&error)))?;
    let text = String::from_utf8(bytes).map_err(|_| anyhow!("{name} is not UTF-8 text; save it as CSV in UTF-8"))?;
    let codes = match Codes::parse(&text, args.scale) {
        Ok(codes) => codes,
        Err(errors) => {
            eprintln!("{name} holds no codes that could be compared:");
            print::errors(&errors);
            return Ok(ExitCode::FAILURE);
        }
    };
    let draws = Draws { count: args.draws, seed: SEED };
    let found = Found::new(&codes.ratings, &levels(args.level, codes.level), draws);
    print::out(&match args.format {
        Format::Csv => print::csv(&["coefficient", "value", "low_95", "high_95", "undefined"], &found.cells())?,
        Format::Json => print::json(&found.json())?,
        Format::Table => found.for_people(&name.to_string()),
    })?;
    Ok(ExitCode::SUCCESS)
}

fn levels(asked: Option<Levels>, in_file: Option<Level>) -> Vec<Level> {
    match asked {
        Some(Levels::Nominal) => vec![Level::Nominal],
        Some(Levels::Ordinal) => vec![Level::Ordinal],
        Some(Levels::Interval) => vec![Level::Interval],
        Some(Levels::Ratio) => vec![Level::Ratio],
        Some(Levels::All) => Level::ALL.to_vec(),
        None => in_file.map_or_else(|| Level::ALL.to_vec(), |level| vec![level]),
    }
}

/// All coefficients, one a row.
struct Found {
    all: Reliability,
    rows: Vec<Row>,
    draws: Draws,
}

struct Row {
    /// In CSV; in JSON what stands before a dot is an object.
    id: String,
    name: String,
    value: Result<f64, &'static str>,
    interval: Option<Spread<f64>>,
    /// Only alpha has bands.
    band: Option<Band>,
}

impl Row {
    fn new(id: &str, name: &str, coefficient: Result<Coefficient, &'static str>) -> Row {
        let value = match coefficient {
            Ok(Coefficient::Value(value)) => Ok(value),
            Ok(other) => Err(other.undefined().unwrap_or_default()),
            Err(why) => Err(why),
        };
        Row { id: id.to_owned(), name: name.to_owned(), value, interval: None, band: None }
    }
}

impl Found {
    fn new(ratings: &Ratings, levels: &[Level], draws: Draws) -> Found {
        let all = reliability(ratings);
        let two = |coefficient: Option<Coefficient>| coefficient.ok_or("for_two_coders");
        let cohen = all.cohen;
        let mut rows = vec![
            Row::new("percent_agreement", "Percent agreement (as a share)", Ok(all.percent_agreement)),
            Row::new("cohen_kappa.plain", "Cohen's kappa", two(cohen.map(|kappa| kappa.plain))),
            Row::new("cohen_kappa.linear", "  with linear weights", two(cohen.map(|kappa| kappa.linear))),
            Row::new("cohen_kappa.quadratic", "  with quadratic weights", two(cohen.map(|kappa| kappa.quadratic))),
            Row::new("scott_pi", "Scott's pi", two(all.scott)),
            Row::new("fleiss_kappa", "Fleiss' kappa", all.fleiss.ok_or("for_three_coders_or_more")),
        ];
        for level in levels {
            let (id, word) = (format!("krippendorff_alpha.{}", level.word()), level.word());
            let alpha = all.alpha(*level);
            rows.push(Row {
                interval: alpha_interval(ratings, *level, draws),
                band: alpha.value().map(Band::of),
                ..Row::new(&id, &format!("Krippendorff's alpha, {word}"), Ok(alpha))
            });
        }
        rows.push(Row::new("gwet_ac1", "Gwet's AC1", Ok(all.gwet_ac1)));
        Found { all, rows, draws }
    }

    fn cells(&self) -> Vec<Vec<String>> {
        let decimals = |value: f64| format!("{value:.6}");
        let cell = |row: &Row| {
            let end = |end: fn(Spread<f64>) -> f64| row.interval.map(end).map(decimals).unwrap_or_default();
            let (value, why) = match row.value {
                Ok(value) => (decimals(value), ""),
                Err(why) => (String::new(), why),
            };
            let (low, high) = (end(|spread| spread.middle_95.0), end(|spread| spread.middle_95.1));
            vec![row.id.clone(), value, low, high, why.to_owned()]
        };
        self.rows.iter().map(cell).collect()
    }

    fn json(&self) -> Value {
        let all = &self.all;
        let mut out = json!({
            "coders": all.coders, "units": all.units, "codes": all.ratings, "units_of_two_coders_or_more": all.pairable,
        });
        let (mut intervals, mut bands, mut undefined) = (Map::new(), Map::new(), Map::new());
        for row in &self.rows {
            match row.id.split_once('.') {
                Some((group, name)) => out[group][name] = json!(row.value.ok()),
                None => out[&row.id] = json!(row.value.ok()),
            }
            if let Err(why) = row.value {
                undefined.insert(row.id.clone(), json!(why));
            }
            let level = row.id.split('.').next_back().unwrap_or_default();
            if let Some(spread) = row.interval {
                intervals.insert(level.to_owned(), json!([spread.middle_95.0, spread.middle_95.1]));
            }
            if let Some(band) = row.band {
                bands.insert(level.to_owned(), json!(band.word()));
            }
        }
        out["krippendorff_alpha_95"] =
            json!({ "draws": self.draws.count, "seed": self.draws.seed, "intervals": intervals });
        out["krippendorff_alpha_band"] = Value::Object(bands);
        out["undefined"] = Value::Object(undefined);
        out
    }

    fn for_people(&self, file: &str) -> String {
        let all = &self.all;
        let mut text = format!("{}\n", print::bold(file));
        text.push_str(&format!(
            "{}, {}, {}; {} judged by two coders or more.\n\n",
            counted(all.coders, "coder"),
            counted(all.units, "unit"),
            counted(all.ratings, "code"),
            counted(all.pairable, "unit"),
        ));
        text.push_str(&print::table(&["coefficient", "value", "95 % interval", ""], &[1], self.lines()));
        text.push_str("\nAlpha (Krippendorff): 0.800 and above can be relied on, from 0.667 tentatively.\n");
        text.push_str(&format!("Next: madang survey reliability {file} --format csv\n"));
        text
    }

    fn lines(&self) -> Vec<Vec<String>> {
        let fits = |row: &&Row| !matches!(row.value, Err("for_two_coders" | "for_three_coders_or_more"));
        let line = |row: &Row| {
            let interval = row.interval.map(|spread| format!("{:.3} to {:.3}", spread.middle_95.0, spread.middle_95.1));
            let (value, remark) = match row.value {
                Ok(value) => (format!("{value:.3}"), row.band.map(Band::word).unwrap_or_default()),
                Err("no_variation") => ("-".to_owned(), "no variation"),
                Err("not_ratio") => ("-".to_owned(), "values below zero are no ratio scale"),
                Err(_) => ("-".to_owned(), "no unit was judged by two coders"),
            };
            vec![row.name.clone(), value, interval.unwrap_or_default(), remark.to_owned()]
        };
        self.rows.iter().filter(fits).map(line).collect()
    }
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LADDER: &str = "0 0 1 1 2 3 3 2 0 1 3 3 0 2 1 0 3 3 1 0/0 1 1 1 2 3 2 2 0 0 3 3 0 3 1 0 3 3 2 0";

    /// One line a coder, parted by `/`.
    fn found(lines: &str, levels: &[Level]) -> Found {
        let mut text = "coder,unit,value\n".to_owned();
        for (coder, line) in lines.split('/').enumerate() {
            for (unit, value) in line.split(' ').enumerate() {
                text.push_str(&format!("{coder},{unit},{value}\n"));
            }
        }
        let draws = Draws { count: 200, seed: SEED };
        Found::new(&Codes::parse(&text, None).expect("codes").ratings, levels, draws)
    }

    #[test]
    fn the_table_fits_a_screen_and_says_what_to_make_of_it() {
        let text = found(LADDER, &Level::ALL).for_people("codes.csv");
        assert!(text.lines().count() <= 24 && text.lines().all(|line| line.chars().count() <= 80), "{text}");
        for wanted in ["2 coders, 20 units, 40 codes", "0.662", "0.914", "0.909", "reliable", "Next: madang survey"] {
            assert!(text.contains(wanted), "{wanted}: {text}");
        }
        assert!(!text.contains("Fleiss"), "two coders: {text}");
    }

    #[test]
    fn csv_and_json_give_six_decimals_and_reasons() {
        let two = found(LADDER, &Level::ALL);
        let rows = two.cells();
        let row = |id: &str| rows.iter().find(|row| row[0] == id).expect("the row").clone();
        assert_eq!(row("cohen_kappa.linear")[1], "0.813433");
        assert_eq!(row("fleiss_kappa"), ["fleiss_kappa", "", "", "", "for_three_coders_or_more"]);
        assert!(row("krippendorff_alpha.ordinal")[2] < row("krippendorff_alpha.ordinal")[1]);
        let json = two.json();
        assert!((json["krippendorff_alpha"]["nominal"].as_f64().expect("alpha") - 0.670_051).abs() < 5e-7);
        assert_eq!((&json["coders"], &json["percent_agreement"]), (&json!(2), &json!(0.75)));
        assert_eq!(
            (&json["fleiss_kappa"], &json["undefined"]["fleiss_kappa"]),
            (&Value::Null, &json!("for_three_coders_or_more"))
        );
        let same = found("1 1/1 1/1 1", &[Level::Nominal]).json();
        assert_eq!((&same["krippendorff_alpha"]["nominal"], &same["gwet_ac1"]), (&Value::Null, &Value::Null));
        assert_eq!(same["undefined"]["krippendorff_alpha.nominal"], json!("no_variation"));
        assert_eq!(same["undefined"]["scott_pi"], json!("for_two_coders"));
        assert!(same["krippendorff_alpha"].get("ordinal").is_none(), "only the level that was asked for");
    }

    #[test]
    fn the_help_names_every_reason_and_the_columns() {
        let undefined = [Coefficient::NoVariation, Coefficient::TooFew, Coefficient::NotRatio];
        let words = undefined.iter().filter_map(|one| one.undefined());
        for word in
            words.chain(["for_two_coders", "for_three_coders_or_more", "coefficient,value,low_95,high_95,undefined"])
        {
            assert!(FORMATS.contains(word), "{word}");
        }
    }

    #[test]
    fn the_level_comes_from_the_command_then_the_file_then_is_all() {
        assert_eq!(levels(Some(Levels::Ratio), Some(Level::Nominal)), [Level::Ratio]);
        assert_eq!(levels(None, Some(Level::Nominal)), [Level::Nominal]);
        assert_eq!(levels(Some(Levels::All), Some(Level::Nominal)), Level::ALL);
        assert_eq!(levels(None, None), Level::ALL);
    }
}
