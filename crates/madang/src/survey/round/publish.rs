use std::process::ExitCode;

use clap::Args;
use system_survey::publish::{self, Refusal};

use crate::place::Place;
use crate::survey::print;

#[derive(Debug, Args)]
pub struct PublishArgs {
    /// The round's name in its address
    #[arg(value_name = "ROUND")]
    round: String,
    /// A digital object identifier that is reserved for it, such as 10.5281/zenodo.1234567
    #[arg(long, value_parser = doi)]
    doi: Option<String>,
    #[command(flatten)]
    place: Place,
}

fn doi(text: &str) -> Result<String, String> {
    let wrong = || "a DOI begins with 10. and has a stroke, without https://".to_owned();
    publish::is_doi(text).then(|| text.to_owned()).ok_or_else(wrong)
}

/// Publishes a closed round, for good.
pub async fn run(args: &PublishArgs) -> anyhow::Result<ExitCode> {
    let (_, city) = super::city(&args.place).await?;
    let round = super::named(&city, &args.round).await?;
    match publish::publish(&city, &round.slug, args.doi.as_deref(), None).await? {
        Ok(()) => {
            print::out(&format!("{} is published for good: {}\n", round.slug, round.href()))?;
            Ok(ExitCode::SUCCESS)
        }
        Err(Refusal::Stage(stage)) => {
            anyhow::bail!("{} is {}; only a closed round is published, and only once", round.slug, stage.word())
        }
        Err(Refusal::NoCity) => anyhow::bail!("nobody has read any city of {}", round.slug),
    }
}
