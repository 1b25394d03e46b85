use std::process::ExitCode;

use clap::{Args, ValueEnum};
use kernel_base::Error;
use kernel_language::{ENGLISH, Language};
use survey_instrument::DEFAULT;
use system_survey::office::{self, RoundDraft};

use super::print;
use crate::place::Place;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Machine {
    /// Evaluators see what the machine found only after they have coded
    Hidden,
    /// Evaluators see it from the beginning
    Shown,
}

#[derive(Debug, Args)]
pub struct NewArgs {
    /// Name in the round's address: small letters, digits and hyphens
    #[arg(value_name = "ROUND")]
    round: String,
    #[arg(long)]
    title: String,
    #[arg(long, default_value = DEFAULT)]
    instrument: String,
    #[arg(long, value_enum, default_value_t = Machine::Hidden)]
    machine: Machine,
    /// Percent of two totals' mean from which a third evaluator reads
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=100))]
    threshold: u32,
    /// Days in which a city may answer
    #[arg(long, default_value_t = 21, value_parser = clap::value_parser!(u32).range(1..=365))]
    reply_days: u32,
    /// Pages read of each site at most
    #[arg(long, default_value_t = 400, value_parser = clap::value_parser!(u32).range(10..=5000))]
    budget: u32,
    #[command(flatten)]
    place: Place,
}

pub async fn run(args: &NewArgs) -> anyhow::Result<ExitCode> {
    let (_, city) = super::city(&args.place).await?;
    let said = |field: &str| match field {
        "title" => args.title.clone(),
        "slug" => args.round.clone(),
        "instrument" => args.instrument.clone(),
        "machine" if args.machine == Machine::Shown => "shown".to_owned(),
        "threshold" => args.threshold.to_string(),
        "reply_days" => args.reply_days.to_string(),
        "budget" => args.budget.to_string(),
        _ => String::new(),
    };
    let draft = match RoundDraft::read(said) {
        Ok(draft) => draft,
        Err(errors) => {
            let language = Language::find(print::language()).unwrap_or(ENGLISH);
            errors.keys().for_each(|(field, key)| eprintln!("{field}: {}", city.words.say(language, key, &[]).text));
            anyhow::bail!("the round was not opened")
        }
    };
    let round = match office::open(&city, None, &draft).await {
        Ok(round) => round,
        Err(Error::Conflict(_)) => anyhow::bail!("there is a round {:?} already", args.round),
        Err(cause) => return Err(cause.into()),
    };
    print::out(&format!(
        "{} is open, by {} {}.\nNext: madang survey round import-cities {} cities.csv\n",
        round.title, round.instrument.id, round.instrument.version, round.slug
    ))?;
    Ok(ExitCode::SUCCESS)
}
