//! Madang: one program that runs a city's portal and the survey of city websites.

mod administrator;
mod city;
mod config;
mod example;
mod keep;
mod key;
mod letters;
mod map;
mod place;
mod serve;
mod survey;
mod token;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Debug, Parser)]
#[command(
    name = "madang",
    version,
    about = "A city's portal, and the survey of city websites",
    propagate_version = true
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the portal of a city
    Serve(serve::ServeArgs),
    /// Run the portal of a made-up city, to look around
    Demo(serve::DemoArgs),
    /// Survey city websites: league tables, scoring, audits
    Survey(survey::SurveyArgs),
    /// Make somebody an administrator, with a code for their password
    Administrator(administrator::AdministratorArgs),
    /// Make a key for a program that acts in an account's name
    Token(token::TokenArgs),
    /// The map's layers: files in and out
    Map(map::MapArgs),
    /// Put everything the city holds into one file, while it runs
    Backup(keep::BackupArgs),
    /// Bring a city back from a backup
    Restore(keep::RestoreArgs),
    /// Verify the audit trail, or a backup
    Check(keep::CheckArgs),
    /// Say what is wrong with an installation, and what to do
    Doctor(keep::DoctorArgs),
    /// Returned mail, and services that send letters
    Letters(letters::LettersArgs),
    /// Show the configuration
    Config(example::ConfigArgs),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match arguments.command {
        Command::Serve(args) => serve::serve(&args),
        Command::Demo(args) => serve::demo(&args),
        Command::Survey(args) => survey::run(args),
        Command::Administrator(args) => administrator::run(&args),
        Command::Token(args) => token::run(&args),
        Command::Map(args) => map::run(&args),
        Command::Backup(args) => keep::backup(&args),
        Command::Restore(args) => keep::restore(&args),
        Command::Check(args) => keep::check(&args),
        Command::Doctor(args) => keep::doctor(&args),
        Command::Letters(args) => letters::run(&args),
        Command::Config(args) => example::run(&args),
    };
    done.unwrap_or_else(|error| {
        eprintln!("madang: {error:#}");
        ExitCode::FAILURE
    })
}
