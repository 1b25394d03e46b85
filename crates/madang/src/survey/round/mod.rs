//! `madang survey round …`: a round of the survey from the terminal, on the city's own database.

mod bar;
mod capture;
mod code;
mod new;
mod publish;
mod status;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, Subcommand};
use kernel_web::{City, Profile};
use system_survey::round::{Round, Stage, store};
use system_survey::{office, settle};

use super::print;
use crate::config::Config;
use crate::place::Place;
use crate::serve;

#[derive(Debug, Args)]
pub struct RoundArgs {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Open a round
    New(new::NewArgs),
    /// Bring the cities of a round from a list in CSV, all or none
    ImportCities(Listed),
    /// Capture the cities' sites: one worker process, of any number
    Capture(capture::CaptureArgs),
    /// Give every city two evaluators who read its language
    Assign(One),
    /// Add evaluators from a list (CSV: account,languages)
    ImportEvaluators(Listed),
    /// Print who reads which city (CSV: city,seat,account,handed_in)
    Readings(One),
    /// Call a third evaluator to every city whose first two differ too much
    CallThird(One),
    /// Print what waits for an adjudicator (CSV: city,criterion,first,second,third)
    Differences(One),
    /// Bring settlements of an adjudicators' meeting (CSV: city,criterion,value,state,reason)
    ImportSettlements(Listed),
    /// Bring codes that were given elsewhere (CSV: account,city,criterion,value,state)
    ImportCodes(Listed),
    /// Say how far a round is
    Status(status::StatusArgs),
    /// Move a round to its next stage
    Advance(One),
    /// Close a round whose cities have replied
    Close(One),
    /// Publish a closed round, for good
    Publish(publish::PublishArgs),
}

/// A round and where it is.
#[derive(Debug, Args)]
struct One {
    /// The round's name in its address
    #[arg(value_name = "ROUND")]
    round: String,
    #[command(flatten)]
    place: Place,
}

#[derive(Debug, Args)]
struct Listed {
    #[command(flatten)]
    one: One,
    /// The list
    #[arg(value_name = "FILE.csv")]
    file: PathBuf,
}

pub fn run(args: &RoundArgs) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        match &args.command {
            Command::New(args) => new::run(args).await,
            Command::ImportCities(listed) => import(listed).await,
            Command::Capture(args) => capture::run(args).await,
            Command::ImportCodes(listed) => code::import(listed).await,
            Command::ImportSettlements(listed) => code::settle(listed).await,
            Command::Assign(one) => assign(one).await,
            Command::ImportEvaluators(listed) => code::evaluators(listed).await,
            Command::Readings(one) => code::readings(one).await,
            Command::Differences(one) => code::differences(one).await,
            Command::CallThird(one) => third(one).await,
            Command::Status(args) => status::run(args).await,
            Command::Advance(one) => advance(one, None).await,
            Command::Close(one) => advance(one, Some(Stage::Replying)).await,
            Command::Publish(args) => publish::run(args).await,
        }
    })
}

/// The city that is there; none is made.
async fn city(place: &Place) -> anyhow::Result<(Config, City)> {
    let config = place.config()?;
    crate::place::open(&config).await?.close().await;
    let profile = Profile { name: config.city.name.clone(), ..Profile::default() };
    let city = serve::open(&config, profile, None).await?;
    Ok((config, city))
}

async fn named(city: &City, slug: &str) -> anyhow::Result<Round> {
    let found = store::round_by_slug(&city.store, slug).await?;
    found.with_context(|| format!("there is no round {slug:?}; `madang survey round status` lists them"))
}

async fn import(listed: &Listed) -> anyhow::Result<ExitCode> {
    let (_, city) = city(&listed.one.place).await?;
    let round = named(&city, &listed.one.round).await?;
    anyhow::ensure!(
        round.stage == Stage::Preparing,
        "coding has begun: the cities of {} do not change any more",
        round.slug
    );
    let text = read(&listed.file)?;
    match office::import(&city, None, &round, &text).await? {
        Ok(brought) => {
            print::out(&format!(
                "{brought} cities are in the round.\nNext: madang survey round capture {}\n",
                round.slug
            ))?;
            Ok(ExitCode::SUCCESS)
        }
        Err(wrong) => {
            wrong.iter().for_each(|one| eprintln!("{}: {one}", listed.file.display()));
            anyhow::bail!("nothing was brought: {} lines are wrong", wrong.len())
        }
    }
}

fn read(file: &std::path::Path) -> anyhow::Result<String> {
    std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))
}

async fn assign(one: &One) -> anyhow::Result<ExitCode> {
    let (_, city) = city(&one.place).await?;
    let round = named(&city, &one.round).await?;
    let plan = office::assign::give_planned(&city, None, &round).await?;
    let plan = plan.context("cities are given in the stages of preparing and coding only")?;
    print::out(&format!("{} seats were given.\n", plan.given.len()))?;
    for (place, missing) in &plan.unread {
        eprintln!("{place}: {missing} more evaluators who read its language are needed");
    }
    Ok(if plan.unread.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn third(one: &One) -> anyhow::Result<ExitCode> {
    let (_, city) = city(&one.place).await?;
    let round = named(&city, &one.round).await?;
    let (called, unread) = settle::call_all(&city, None, &round).await?;
    print::out(&format!("{called} third evaluators were called.\n"))?;
    unread.iter().for_each(|place| eprintln!("{place}: no other evaluator of this round reads its language"));
    Ok(if unread.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn advance(one: &One, from: Option<Stage>) -> anyhow::Result<ExitCode> {
    let (_, city) = city(&one.place).await?;
    let round = named(&city, &one.round).await?;
    if let Some(from) = from.filter(|from| *from != round.stage) {
        anyhow::bail!(
            "{} is {}, not {}; `madang survey round advance` moves it on",
            round.slug,
            round.stage.word(),
            from.word()
        );
    }
    match office::move_on(&city, None, &round).await? {
        Ok(stage) => {
            print::out(&format!("{} is now: {}\n", round.slug, stage.word()))?;
            Ok(ExitCode::SUCCESS)
        }
        Err(obstacles) => {
            let all: Vec<String> = obstacles.iter().map(ToString::to_string).collect();
            anyhow::bail!("{} cannot go on yet: {}", round.slug, all.join("; "))
        }
    }
}
