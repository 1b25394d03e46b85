use std::process::ExitCode;
use std::time::Duration;

use clap::Args;
use kernel_web::City;
use system_survey::capture;
use system_survey::round::{Capture, Round, RoundCity, store};
use tokio::sync::watch;

use super::bar::{Bar, Count};
use super::{One, print};

/// Exit code of a command ended with Ctrl-C, as shells give it.
const INTERRUPTED: u8 = 130;
const LOOK: Duration = Duration::from_secs(2);

#[derive(Debug, Args)]
pub struct CaptureArgs {
    #[command(flatten)]
    one: One,
    /// Sites captured at a time by this process
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=64))]
    workers: u8,
    /// Hold the captures of the round, whoever does them
    #[arg(long, conflicts_with = "workers")]
    pause: bool,
}

pub async fn run(args: &CaptureArgs) -> anyhow::Result<ExitCode> {
    let (_, city) = super::city(&args.one.place).await?;
    let round = super::named(&city, &args.one.round).await?;
    if args.pause {
        capture::pause(&city, None, &round).await?;
        print::out(&format!("Held. `madang survey round capture {}` goes on.\n", round.slug))?;
        return Ok(ExitCode::SUCCESS);
    }
    capture::start(&city, None, &round).await?;
    let (stop, stopped) = watch::channel(false);
    let jobs = city.labour();
    let work = futures::future::join_all((0..args.workers).map(|_| jobs.work(LOOK, stopped.clone())));
    tokio::select! {
        _ = work => {}
        ended = watch_over(&city, &round) => {
            let cities = ended?;
            stop.send_replace(true);
            return said(&round, &cities);
        }
        _ = tokio::signal::ctrl_c() => {
            eprintln!("Stopped. Nothing is lost: the same command goes on where the evidence ends.");
            return Ok(ExitCode::from(INTERRUPTED));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Ends when no city waits any more, or the round was held.
async fn watch_over(city: &City, round: &Round) -> anyhow::Result<Vec<RoundCity>> {
    let mut bar: Option<Bar> = None;
    loop {
        let cities = store::cities(&city.store, &round.id).await?;
        let bar = bar.get_or_insert_with(|| Bar::new(cities.len()));
        bar.show(&cities);
        let held = store::round_by_id(&city.store, &round.id).await?.is_some_and(|round| round.capture_paused);
        let under_way = cities.iter().any(|one| one.capture.state == Capture::Capturing);
        if Count::of(&cities).open == 0 || (held && !under_way) {
            bar.end();
            return Ok(cities);
        }
        tokio::time::sleep(LOOK).await;
    }
}

fn said(round: &Round, cities: &[RoundCity]) -> anyhow::Result<ExitCode> {
    let count = Count::of(cities);
    let mut text = format!("{} of {} cities captured and judged.\n", count.done, cities.len());
    for one in cities.iter().filter(|one| one.capture.state == Capture::Failed) {
        text.push_str(&format!("{}: given up. {}\n", one.name, one.capture.note));
    }
    text.push_str(&match count.open {
        0 => format!("Next: madang survey round assign {}\n", round.slug),
        open => format!("{open} wait: the captures are held. madang survey round capture {} goes on.\n", round.slug),
    });
    print::out(&text)?;
    Ok(if count.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
