use std::fs::File;
use std::io::BufWriter;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;
use map_formats::Format;
use system_map::{export, served};

use crate::place::Place;
use crate::survey::print;

#[derive(Debug, Args)]
pub struct ExportArgs {
    /// The layer's name in addresses
    #[arg(value_name = "LAYER")]
    layer: String,
    /// Where to; the ending says the format: .geojson .geojsonl .zip (Shapefile) .gpkg .fgb .parquet .kml .gpx .csv
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    place: Place,
}

pub async fn run(args: &ExportArgs) -> anyhow::Result<ExitCode> {
    let name = args.file.to_string_lossy();
    let format = if name.ends_with(".zip") { Some(Format::Shapefile) } else { Format::of_name(&name) };
    let format = format.filter(|format| format.is_written()).with_context(|| {
        format!("{name}: the ending is none of .geojson .geojsonl .zip .gpkg .fgb .parquet .kml .gpx .csv")
    })?;
    let city = super::city(&args.place).await?;
    super::layer(&city, &args.layer).await?;
    let served = served::served(&city, &args.layer).await?;
    // Beside the target, so that a broken export leaves no half file under its name.
    let half = args.file.with_extension("part");
    let out = File::create(&half).with_context(|| format!("{} cannot be written", half.display()))?;
    let written = export::write(&served, &system_map::layer::Mask::Whole, format, &mut BufWriter::new(out))
        .map_err(anyhow::Error::msg)?;
    std::fs::rename(&half, &args.file)?;
    print::out(&format!("{} features are in {name}\n", written.features))?;
    Ok(ExitCode::SUCCESS)
}
