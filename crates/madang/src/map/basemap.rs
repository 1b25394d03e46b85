use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget};
use system_map::basemap;
use system_map::by::By;

use crate::place::Place;
use crate::survey::print;

#[derive(Debug, Args)]
pub struct BasemapArgs {
    /// An OpenStreetMap extract (.osm.pbf), for example of the city and its surroundings
    #[arg(value_name = "EXTRACT")]
    file: PathBuf,
    #[command(flatten)]
    place: Place,
}

pub async fn run(args: &BasemapArgs) -> anyhow::Result<ExitCode> {
    anyhow::ensure!(args.file.is_file(), "{} is no file", args.file.display());
    let city = super::city(&args.place).await?;
    let bar = if std::io::stderr().is_terminal() {
        ProgressBar::with_draw_target(Some(1), ProgressDrawTarget::stderr())
    } else {
        ProgressBar::hidden()
    };
    let shown = bar.clone();
    let tell = move |progress: map_formats::Progress| {
        shown.set_length(progress.total.max(1));
        shown.set_position(progress.done);
    };
    let layers = basemap::bring(&city, By::Command, &args.file, tell).await?;
    bar.finish_and_clear();
    for (name, features) in &layers {
        print::out(&format!("{name:<16}{features:>10} features\n"))?;
    }
    print::out("The map stands on them from now on: /map\n")?;
    Ok(ExitCode::SUCCESS)
}
