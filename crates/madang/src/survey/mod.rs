//! `madang survey …`: the published league, a coded sheet's score, the audit of a website and its judgement, coders'
//! agreement.

mod assess;
mod audit;
mod league;
pub mod print;
mod progress;
mod reliability;
mod round;
mod score;
mod second;
mod summary;

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
    /// Capture a city's website and judge it: scorecard, report and evidence
    Audit(audit::AuditArgs),
    /// Judge stored evidence again, offline
    Assess(assess::AssessArgs),
    /// Run a round: many cities, captured, read by people, published
    Round(round::RoundArgs),
    /// Say how far coders agree (CSV: coder,unit,value[,level])
    Reliability(reliability::ReliabilityArgs),
}

/// Runs one survey command.
///
/// # Errors
/// What stopped it, in words for the person at the terminal.
pub fn run(args: SurveyArgs) -> anyhow::Result<ExitCode> {
    match args.command {
        Command::League(args) => league::run(&args),
        Command::Score(args) => score::run(&args),
        Command::Audit(args) => audit::run(&args),
        Command::Assess(args) => assess::run(&args),
        Command::Round(args) => round::run(&args),
        Command::Reliability(args) => reliability::run(&args),
    }
}
