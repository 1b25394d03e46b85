//! `madang survey …`: the published league, a coded sheet's score, the audit of a website and its judgement.

mod league;
mod print;
mod score;

use std::process::ExitCode;

use clap::{Args, Subcommand};

#[derive(Debug, Args)]
pub struct SurveyArgs {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print a published ranking of the Global E-Governance Survey, each row with its source
    League(league::LeagueArgs),
    /// Score a coded sheet (CSV: criterion,value[,state])
    Score(score::ScoreArgs),
}

/// Runs one survey command. What stopped it is said on standard error, in one sentence without a stack trace.
///
/// # Errors
/// None of its own; the signature is that of every command.
pub fn run(args: SurveyArgs) -> anyhow::Result<ExitCode> {
    let done = match args.command {
        Command::League(args) => league::run(&args),
        Command::Score(args) => score::run(&args),
    };
    Ok(done.unwrap_or_else(|error| {
        eprintln!("madang: {error:#}");
        ExitCode::FAILURE
    }))
}
