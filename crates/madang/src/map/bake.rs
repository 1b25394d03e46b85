use std::fs::File;
use std::io::{BufWriter, IsTerminal};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget};
use map_segment::{About, Row, View};
use system_map::layer::Mask;
use system_map::rows::Shown;
use system_map::served;

use crate::place::Place;
use crate::survey::print;

#[derive(Debug, Args)]
pub struct BakeArgs {
    /// The layer's name in addresses
    #[arg(value_name = "LAYER")]
    layer: String,
    /// The PMTiles file to make
    #[arg(value_name = "FILE.pmtiles")]
    file: PathBuf,
    /// First zoom level
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u8).range(0..=22))]
    from: u8,
    /// Last zoom level
    #[arg(long, default_value_t = 14, value_parser = clap::value_parser!(u8).range(0..=22))]
    to: u8,
    /// With what only the owner sees
    #[arg(long)]
    whole: bool,
    #[command(flatten)]
    place: Place,
}

pub async fn run(args: &BakeArgs) -> anyhow::Result<ExitCode> {
    anyhow::ensure!(args.from <= args.to, "--from {} is deeper than --to {}", args.from, args.to);
    let city = super::city(&args.place).await?;
    let layer = super::layer(&city, &args.layer).await?;
    let served = served::served(&city, &args.layer).await?;
    let mask = if args.whole { Mask::Whole } else { Mask::Shown };
    let (fields, shown) = (layer.fields(&mask), Shown::of(&layer, &mask)?);
    let passes = |row: &Row<'_>| shown.passes(row);
    let rows = (!shown.is_all()).then_some(&passes as &dyn Fn(&Row<'_>) -> bool);
    let view = View { layer: &layer.name, fields: &fields, rows };
    let about = About { name: layer.title.said("en"), description: layer.about.said("en"), attribution: &layer.source };
    // Beside the target, so that a broken run leaves no half file under its name.
    let half = args.file.with_extension("part");
    let out = File::create(&half).with_context(|| format!("{} cannot be written", half.display()))?;
    let target =
        if std::io::stderr().is_terminal() { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let bar = ProgressBar::with_draw_target(None, target);
    let tell = &mut |tiles| bar.set_position(tiles);
    let baked = served.live.bake(args.from..=args.to, &view, about, &mut BufWriter::new(out), tell)?;
    bar.finish_and_clear();
    std::fs::rename(&half, &args.file)?;
    let name = args.file.display();
    print::out(&format!(
        "{} tiles, {} of them different, {} bytes are in {name}\n",
        baked.tiles, baked.different, baked.bytes
    ))?;
    Ok(ExitCode::SUCCESS)
}
