//! `madang survey assess`: the judgement of stored evidence, offline.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{anyhow, ensure};
use clap::Args;
use survey_archive::Archive;
use survey_assess::{Lexicon, Report};
use survey_instrument::{DEFAULT, Instrument};

use super::print::{self, Format};
use super::summary;

const FORMATS: &str = "\
Formats:
  table  for people: scores by category, who decides what, what was not seen
  csv    one line a criterion; its first columns are a sheet that `madang survey score` reads
         criterion,value,state,decided,confidence,reason
  json   the report as audit writes it to report.json, the same bytes each time

Example:
  madang survey assess evidence.warc.gz --format json";

#[derive(Debug, Args)]
#[command(after_help = FORMATS)]
pub struct AssessArgs {
    /// Archive of an audit (evidence.warc.gz)
    evidence: PathBuf,
    #[arg(long, default_value = DEFAULT)]
    instrument: String,
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

pub fn run(args: &AssessArgs) -> anyhow::Result<ExitCode> {
    let instrument = Instrument::load(&args.instrument)?;
    let report = judge(&args.evidence, instrument)?;
    print::out(&show(&report, instrument, args.format)?)?;
    Ok(ExitCode::SUCCESS)
}

/// Judges an archive; reads nothing else and asks nobody.
pub fn judge(evidence: &Path, instrument: &Instrument) -> anyhow::Result<Report> {
    let name = evidence.display();
    let archive =
        Archive::open(evidence).map_err(|error| anyhow!("{name} cannot be read as a WARC archive: {}", why(&error)))?;
    ensure!(!archive.entries().is_empty(), "{name} cannot be read as a WARC archive: it is empty");
    if archive.torn() {
        eprintln!("madang: {name} ends in the middle of a record; what stands before it is judged");
    }
    survey_assess::assess(&archive, instrument, &Lexicon::builtin())
        .map_err(|error| anyhow!("{name} cannot be judged: {error}"))
}

fn why(error: &survey_archive::Error) -> String {
    match error {
        survey_archive::Error::Io(error) => print::why(error),
        other => other.to_string(),
    }
}

/// The report in the form asked for.
pub fn show(report: &Report, instrument: &Instrument, format: Format) -> anyhow::Result<String> {
    Ok(match format {
        Format::Json => report.to_json()?,
        Format::Csv => summary::csv(report)?,
        Format::Table => summary::of(report, instrument),
    })
}
