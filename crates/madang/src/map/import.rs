use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use kernel_web::City;
use map_feature::Crs;
use system_map::by::By;
use system_map::import::{self, Brought, Findings};
use system_map::keep;
use system_map::layer::{Use, Wording};
use system_map::store::{self, ImportRow};
use tokio::sync::watch;

use crate::place::Place;
use crate::survey::print;

const LOOK: Duration = Duration::from_millis(200);
/// Problems shown; the report has all.
const SHOWN: usize = 12;

#[derive(Debug, Args)]
pub struct ImportArgs {
    /// GeoJSON, GeoJSONSeq, Shapefile (zipped or with its parts beside it), GeoPackage, FlatGeobuf, GeoParquet, KML, KMZ,
    /// GPX, CSV with coordinates, OSM PBF
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The layer's name in addresses; made when there is none
    #[arg(long, value_name = "NAME")]
    layer: String,
    /// What people read [default: the name]
    #[arg(long)]
    title: Option<String>,
    /// Where the data comes from, as people should read it
    #[arg(long)]
    source: Option<String>,
    /// SPDX identifier or name of the licence
    #[arg(long)]
    licence: Option<String>,
    /// Which layer of a file that holds several
    #[arg(long, value_name = "NAME")]
    part: Option<String>,
    /// Reference system of the coordinates, whatever the file says, e.g. EPSG:5186
    #[arg(long)]
    crs: Option<Crs>,
    /// Encoding of the text, e.g. cp949
    #[arg(long)]
    encoding: Option<String>,
    /// Columns of a CSV file: east and north
    #[arg(long, value_name = "COLUMN", requires = "y")]
    x: Option<String>,
    #[arg(long, value_name = "COLUMN", requires = "x")]
    y: Option<String>,
    /// The column with the permanent id of each row
    #[arg(long, value_name = "COLUMN")]
    id: Option<String>,
    /// The file writes north before east
    #[arg(long)]
    swap_axes: bool,
    /// OpenStreetMap: keys that become fields
    #[arg(long, value_name = "KEY", value_delimiter = ',')]
    tags: Vec<String>,
    /// What the portal uses the layer for: things, districts, addresses or base
    #[arg(long = "use", value_name = "USE", value_parser = use_of)]
    use_of: Option<Use>,
    /// Only read and report; `/map/office` publishes it
    #[arg(long)]
    stage: bool,
    #[command(flatten)]
    place: Place,
}

fn use_of(word: &str) -> Result<Use, String> {
    let found = Use::ALL.into_iter().find(|one| one.word() == word);
    found.ok_or_else(|| format!("one of {}", Use::ALL.map(Use::word).join(", ")))
}

pub async fn run(args: &ImportArgs) -> anyhow::Result<ExitCode> {
    anyhow::ensure!(args.file.is_file(), "{} is no file", args.file.display());
    let city = super::city(&args.place).await?;
    let mut layer = match store::layer(&city.store, &args.layer).await? {
        Some(layer) => layer,
        None => {
            let title = args.title.as_deref().unwrap_or(&args.layer);
            let mut fresh = keep::fresh(&city, &args.layer, Wording::one("en", title));
            fresh.source = args.source.clone().unwrap_or_default();
            fresh.licence = args.licence.clone().unwrap_or_default();
            fresh.use_of = args.use_of.unwrap_or(fresh.use_of);
            keep::make(&city, By::Command, fresh).await?
        }
    };
    if let Some(use_of) = args.use_of.filter(|use_of| *use_of != layer.use_of) {
        layer.use_of = use_of;
        keep::describe(&city, By::Command, &layer).await?;
    }
    let name = args.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let arriving = import::room(&city, &name).await?;
    copy(&args.file, &arriving.file)?;
    import::begin(&city, By::Command, &layer, &arriving, &brought(args, name)).await?;
    let row = read(&city, &arriving.id).await?;
    let findings: Findings = serde_json::from_str(row.report.as_deref().unwrap_or_default())
        .context("the import was taken away by somebody else")?;
    anyhow::ensure!(findings.failure.is_empty(), "{}: {}", args.file.display(), findings.failure);
    print::out(&said(&findings))?;
    if args.stage {
        print::out(&format!("Nothing is published yet. Look at it and publish it at /map/office/{}\n", layer.name))?;
        return Ok(ExitCode::SUCCESS);
    }
    import::publish(&city, By::Command, &row.id).await?;
    print::out(&format!("Published: /map?layers={0} and /map/api/collections/{0}\n", layer.name))?;
    Ok(ExitCode::SUCCESS)
}

fn brought(args: &ImportArgs, name: String) -> Brought {
    Brought {
        name,
        part: args.part.clone(),
        crs: args.crs,
        encoding: args.encoding.clone(),
        x: args.x.clone(),
        y: args.y.clone(),
        id: args.id.clone(),
        swap_axes: args.swap_axes,
        tags: args.tags.clone(),
    }
}

/// The file, and what belongs beside a Shapefile. A hard link where that is possible: no byte is written twice.
fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    let one = |from: &Path, to: &Path| {
        let done = std::fs::hard_link(from, to).or_else(|_| std::fs::copy(from, to).map(drop));
        done.with_context(|| format!("{} cannot be read", from.display()))
    };
    one(from, to)?;
    if from.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("shp")) {
        for ending in ["dbf", "shx", "prj", "cpg", "DBF", "SHX", "PRJ", "CPG"] {
            let beside = from.with_extension(ending);
            if beside.is_file() {
                one(&beside, &to.with_extension(ending))?;
            }
        }
    }
    Ok(())
}

/// Works the queue until the file is read, by this process or another.
async fn read(city: &City, id: &str) -> anyhow::Result<ImportRow> {
    let (stop, stopped) = watch::channel(false);
    let jobs = city.labour();
    let work = jobs.work(LOOK, stopped);
    let watched = async {
        let bar = bar();
        loop {
            let row = store::import(&city.store, id).await?.context("the import is gone")?;
            bar.set_length(row.total.max(1));
            bar.set_position(row.done);
            if row.stage != "reading" {
                bar.finish_and_clear();
                stop.send_replace(true);
                return Ok(row);
            }
            tokio::time::sleep(LOOK).await;
        }
    };
    let (_, row) = tokio::join!(work, watched);
    row
}

fn bar() -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(Some(1), ProgressDrawTarget::stderr());
    let style = ProgressStyle::with_template("{bar:24} {percent:>3} %  {eta} left  reading");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}

fn said(findings: &Findings) -> String {
    let format = findings.format.map(|format| format.to_string()).unwrap_or_default();
    let guess = if findings.crs_guessed { " (a guess: the file does not say)" } else { "" };
    let mut text = format!("{format}, {}{guess}: {} features", findings.crs, findings.features);
    let number = |key: &str| findings.report.get(key).and_then(serde_json::Value::as_u64).unwrap_or_default();
    let rejected = number("rejected");
    if rejected > 0 {
        text.push_str(&format!(", {rejected} rows rejected"));
    }
    if findings.without_place > 0 {
        text.push_str(&format!(", {} without a place", findings.without_place));
    }
    text.push_str(".\n");
    let problems = findings.report.get("problems").and_then(serde_json::Value::as_array).cloned().unwrap_or_default();
    for problem in problems.iter().take(SHOWN) {
        let part = |key: &str| problem.get(key).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
        let count = problem.get("count").and_then(serde_json::Value::as_u64).unwrap_or_default();
        text.push_str(&format!("  {count} × {} {}\n", part("kind"), part("field")));
    }
    text
}
