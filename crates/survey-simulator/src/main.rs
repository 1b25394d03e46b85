//! `survey-simulator serve | write | evaluators`.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, Parser, Subcommand};
use jiff::civil::Date;
use serde_json::json;
use survey_instrument::Instrument;
use survey_simulator::{City, Site, cities, city, evaluators, serve, tables};

/// City websites with a known truth
#[derive(Debug, Parser)]
#[command(version)]
struct Command {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Answer as all cities on loopback until ended; writes cities.csv, truth.csv and ca.pem
    Serve(Cities),
    /// Write cities.csv and truth.csv, and answer nothing
    Write(Cities),
    /// Write the sheets of simulated evaluators
    Evaluators(People),
}

#[derive(Debug, Args)]
struct Cities {
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    cities: u32,
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Hostile cities in a hundred
    #[arg(long, default_value_t = 5.0)]
    hostile: f64,
    /// Address of the first city; the others follow it. Port 0 takes a free one
    #[arg(long, default_value = "127.0.1.1:8600")]
    listen: SocketAddr,
    /// Folder for the files
    #[arg(long, default_value = ".")]
    out: PathBuf,
    /// The day on which the sites are looked at [default: today]
    #[arg(long)]
    today: Option<Date>,
}

#[derive(Debug, Args)]
struct People {
    #[arg(long)]
    truth: PathBuf,
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Evaluators of each city: two, or three
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=3))]
    seats: u8,
    /// Groups of evaluators, who take turns over the cities: as many as there are languages
    #[arg(long)]
    groups: Option<usize>,
    /// Readings that were given (CSV with the columns city and account): codes are written for these
    #[arg(long, conflicts_with_all = ["seats", "groups"])]
    readings: Option<PathBuf>,
    /// Where the sheets go [default: standard output]
    #[arg(long)]
    out: Option<PathBuf>,
}

fn main() -> anyhow::Result<()> {
    match Command::parse().what {
        What::Serve(args) => {
            let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
            runtime.block_on(answer(&args))
        }
        What::Write(args) => {
            let sites = made(&args)?.into_iter().map(|c| {
                let root = serve::root(&c, args.listen);
                Site::new(c, args.day(), &root).city
            });
            write(&args.out, &sites.collect::<Vec<_>>(), args.listen)
        }
        What::Evaluators(args) => judge(&args),
    }
}

impl Cities {
    #[allow(clippy::disallowed_methods, reason = "the command's own clock, when no day is given")]
    fn day(&self) -> Date {
        self.today.unwrap_or_else(|| jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date())
    }
}

fn made(args: &Cities) -> anyhow::Result<Vec<City>> {
    cities(args.cities as usize, args.seed, args.hostile)
}

async fn answer(args: &Cities) -> anyhow::Result<()> {
    let served = survey_simulator::serve(made(args)?, args.day(), args.listen).await?;
    let cities: Vec<City> = served.sites.iter().map(|s| s.city.clone()).collect();
    write(&args.out, &cities, served.first)?;
    let authority = args.out.join("ca.pem");
    std::fs::write(&authority, &served.authority)
        .with_context(|| format!("{} cannot be written", authority.display()))?;
    let hostile: Vec<_> = cities
        .iter()
        .filter(|c| !c.hostile.is_empty())
        .map(|c| json!({ "city": c.name, "kinds": c.hostile.iter().map(|k| k.word()).collect::<Vec<_>>() }))
        .collect();
    let ready = json!({
        "ready": true,
        "cities": cities.len(),
        "pages": served.sites.iter().map(|s| s.paths().count()).sum::<usize>(),
        "first": served.first.to_string(),
        "cities_csv": args.out.join("cities.csv"),
        "truth_csv": args.out.join("truth.csv"),
        "ca": authority,
        "map_host": served.strangers,
        "hostile": hostile,
    });
    println!("{ready}");
    tokio::signal::ctrl_c().await.context("cannot wait for the end")
}

fn write(out: &Path, cities: &[City], first: SocketAddr) -> anyhow::Result<()> {
    std::fs::create_dir_all(out).with_context(|| format!("{} cannot be made", out.display()))?;
    let table = tables::cities(cities, |city| format!("{}/", serve::root(city, first)))?;
    for (name, text) in [("cities.csv", table), ("truth.csv", tables::truth(cities)?)] {
        std::fs::write(out.join(name), text).with_context(|| format!("{name} cannot be written"))?;
    }
    Ok(())
}

fn judge(args: &People) -> anyhow::Result<()> {
    let text =
        std::fs::read_to_string(&args.truth).with_context(|| format!("{} cannot be read", args.truth.display()))?;
    let instrument = Instrument::load(city::INSTRUMENT)?;
    let groups = args.groups.unwrap_or_else(|| city::languages().len());
    let truths = evaluators::read(&text)?;
    let sheets = match &args.readings {
        Some(path) => {
            let given = std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
            evaluators::readings(&truths, instrument, args.seed, &given)?
        }
        None => evaluators::sheets(&truths, instrument, args.seed, usize::from(args.seats), groups)?,
    };
    match &args.out {
        Some(path) => std::fs::write(path, sheets).with_context(|| format!("{} cannot be written", path.display())),
        None => {
            print!("{sheets}");
            Ok(())
        }
    }
}
