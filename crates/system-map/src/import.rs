//! A file on its way into a layer: read by a job into an edition beside the one that is served, looked at by a person,
//! then published or dropped. Until it is published nothing that people see has changed.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use contracts::Fact;
use futures::future::BoxFuture;
use kernel_base::{Error, Id, Result};
use kernel_record::{Job, JobContext, later_once, say};
use kernel_web::City;
use map_feature::{Crs, Schema};
use map_formats::{Format, Options, Report};
use map_segment::{EditionWriter, Summary};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use crate::by::By;
use crate::layer::{Layer, Mask, Stage};
use crate::rows::Shown;
use crate::settings::Settings;
use crate::store::{self, ImportRow};

pub const IMPORT: &str = "map.import";
/// How often the progress of a read is kept.
const TELL: Duration = Duration::from_secs(1);

/// What is known of a file beside the file: said by who brings it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Brought {
    /// As the file was called where it came from; formats are told by its ending too.
    pub name: String,
    /// Which layer of a file that holds several.
    pub part: Option<String>,
    pub crs: Option<Crs>,
    /// Label of the text's encoding (WHATWG).
    pub encoding: Option<String>,
    /// Columns of a table: east, north, the permanent id.
    pub x: Option<String>,
    pub y: Option<String>,
    pub id: Option<String>,
    pub swap_axes: bool,
    /// OpenStreetMap: keys that become fields.
    pub tags: Vec<String>,
}

/// What reading a file came to, for the person who decides.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Findings {
    pub format: Option<Format>,
    pub schema: Schema,
    pub crs: Crs,
    /// The file did not say its reference system.
    pub crs_guessed: bool,
    pub features: u64,
    pub without_place: u64,
    /// What a person should know before publishing, in `map_formats::Hint`'s words.
    pub hints: Vec<String>,
    /// As `map_formats::Report` writes itself.
    pub report: Json,
    /// Why nothing came of it; empty when something did.
    pub failure: String,
}

impl Brought {
    fn options(&self, folder: &Path) -> Options {
        Options {
            layer: self.part.clone(),
            crs: self.crs,
            encoding: self.encoding.clone(),
            columns: map_formats::Columns {
                x: self.x.clone(),
                y: self.y.clone(),
                id: self.id.clone(),
                ..Default::default()
            },
            swap_axes: self.swap_axes,
            tags: self.tags.clone(),
            rejects: Some(folder.join("rejected.jsonl")),
            scratch: Some(folder.join("unpacked")),
            ..Options::default()
        }
    }
}

/// An import that may begin: its folder is made, and the file goes into it before [`begin`].
pub struct Arriving {
    pub id: String,
    pub file: PathBuf,
}

/// Makes room for a file.
///
/// # Errors
/// When the disk refuses.
pub async fn room(city: &City, name: &str) -> Result<Arriving> {
    let id = Id::new("im", &*city.clock, &*city.random).to_string();
    let folder = Settings::of(city).incoming(&id);
    tokio::fs::create_dir_all(&folder).await.map_err(Error::fault)?;
    // The name decides nothing but the ending, which some formats are told by.
    let safe: String = name.chars().filter(|c| c.is_alphanumeric() || ".-_".contains(*c)).collect();
    let safe = safe.trim_start_matches('.');
    let file = folder.join(if safe.is_empty() { "file" } else { safe });
    Ok(Arriving { id, file })
}

/// Queues the reading of a file that has arrived.
///
/// # Errors
/// The store's.
pub async fn begin(city: &City, by: By<'_>, layer: &Layer, arrived: &Arriving, brought: &Brought) -> Result<()> {
    let (clock, random) = (&*city.clock, &*city.random);
    let edition = Id::new("ed", clock, random).to_string();
    let file = arrived.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let row = ImportRow {
        id: arrived.id.clone(),
        layer: layer.name.clone(),
        file,
        options: serde_json::to_string(brought).map_err(Error::fault)?,
        stage: "reading".to_owned(),
        done: 0,
        total: 0,
        report: None,
        edition,
        account: by.account().to_owned(),
        at: clock.now(),
        ended_at: None,
    };
    let mut tx = city.store.begin().await?;
    store::insert_import(&mut tx, &row).await?;
    let payload = json!({ "import": row.id });
    later_once(&mut tx, &format!("{IMPORT} {}", row.id), IMPORT, &payload, clock.now(), clock, random).await?;
    let detail = json!({ "import": row.id, "file": brought.name });
    by.did(&mut tx, "layer.import-begun", &layer.name, detail, (clock, random)).await?;
    tx.commit().await
}

/// Reads a file that has arrived. Killed at any moment, the next worker begins anew in the same folders.
pub struct ReadFile(pub City);

impl Job for ReadFile {
    fn kind(&self) -> &'static str {
        IMPORT
    }

    fn run<'a>(&'a self, payload: &'a Json, _: JobContext<'a>) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let id = payload.get("import").and_then(Json::as_str).unwrap_or_default();
            read(&self.0, id, &mut |_, _| {}).await.map(drop)
        })
    }
}

/// Reads the file of an import and keeps what was found; `tell` hears how far it is, out of how much.
///
/// # Errors
/// The store's; what is wrong with the file stands in the findings.
pub async fn read(city: &City, id: &str, tell: &mut (dyn FnMut(u64, u64) + Send)) -> Result<Option<Findings>> {
    let Some(row) = store::import(&city.store, id).await?.filter(|row| row.stage == "reading") else { return Ok(None) };
    let brought: Brought = serde_json::from_str(&row.options).map_err(Error::fault)?;
    let settings = Settings::of(city);
    let (incoming, edition) = (settings.incoming(id), settings.edition(&row.layer, &row.edition));
    let (file, gauge) = (incoming.join(&row.file), Arc::new(Gauge::default()));
    let shown = gauge.clone();
    let mut reading = tokio::task::spawn_blocking(move || bring(&file, &incoming, &edition, &brought, &shown));
    let findings = loop {
        tokio::select! {
            done = &mut reading => break done.map_err(Error::fault)?,
            () = tokio::time::sleep(TELL) => {
                let (done, total) = gauge.read();
                tell(done, total);
                let mut tx = city.store.begin_keyed().await?;
                store::progress(&mut tx, id, (done, total)).await?;
                tx.commit_quietly().await?;
            }
        }
    };
    let findings = findings.unwrap_or_else(|failure| Findings {
        format: None,
        schema: Schema::default(),
        crs: Crs::Crs84,
        crs_guessed: false,
        features: 0,
        without_place: 0,
        hints: Vec::new(),
        report: Json::Null,
        failure,
    });
    let stage = if findings.failure.is_empty() { "staged" } else { "failed" };
    let report = serde_json::to_string(&findings).map_err(Error::fault)?;
    let mut tx = city.store.begin().await?;
    store::move_import(&mut tx, id, ("reading", stage), Some(&report), city.clock.now()).await?;
    tx.commit().await?;
    Ok(Some(findings))
}

/// How far a read is.
#[derive(Default)]
struct Gauge {
    done: AtomicU64,
    total: AtomicU64,
}

impl Gauge {
    fn read(&self) -> (u64, u64) {
        (self.done.load(Ordering::Relaxed), self.total.load(Ordering::Relaxed))
    }
}

/// Why a file as a whole came to nothing, as a sentence.
type Said<T> = std::result::Result<T, String>;

fn bring(file: &Path, incoming: &Path, edition: &Path, brought: &Brought, gauge: &Gauge) -> Said<Findings> {
    let words = |error: &dyn std::fmt::Display| error.to_string();
    // A read that was killed has left half an edition.
    if edition.exists() {
        std::fs::remove_dir_all(edition).map_err(|error| words(&error))?;
    }
    let mut options = brought.options(incoming);
    let look = map_formats::look(file, &options).map_err(|error| words(&error))?;
    let wanted = |one: &&map_formats::Layer| options.layer.as_ref().is_none_or(|name| *name == one.name);
    let layer = look.layers.iter().find(wanted).ok_or("the file holds no layer of this name")?.clone();
    let crs = options.crs.or(layer.crs.crs).unwrap_or(Crs::Crs84);
    let crs_guessed = layer.crs.sure != map_formats::Sure::Stated;
    options.known = Some(layer.clone());
    let mut writer = EditionWriter::create(edition, &layer.schema, crs).map_err(|error| words(&error))?;
    let mut sink = |feature| writer.push(feature).map_err(|error| Box::new(error) as map_formats::Stop);
    let mut progress = |progress: map_formats::Progress| {
        gauge.done.store(progress.done, Ordering::Relaxed);
        gauge.total.store(progress.total, Ordering::Relaxed);
    };
    let report: Report = map_formats::read(file, &options, &mut sink, &mut progress).map_err(|error| words(&error))?;
    if report.accepted == 0 {
        return Err("no row of the file could be taken".to_owned());
    }
    let summary: Summary = writer.finish(&mut |_| {}).map_err(|error| words(&error))?;
    Ok(Findings {
        format: Some(look.format),
        schema: layer.schema.clone(),
        crs,
        crs_guessed,
        features: summary.features,
        without_place: summary.without_place,
        hints: layer
            .hints
            .iter()
            .filter_map(|hint| serde_json::to_value(hint).ok()?.as_str().map(str::to_owned))
            .collect(),
        report: serde_json::to_value(&report).map_err(|error| words(&error))?,
        failure: String::new(),
    })
}

/// Serves what was read; the layer is published when it was not yet.
///
/// # Errors
/// [`Error::Refused`] when the import is not there to be published; nothing changed then.
pub async fn publish(city: &City, by: By<'_>, id: &str) -> Result<()> {
    let not_ready = || Error::Refused("this import is not waiting to be published".to_owned());
    let row = store::import(&city.store, id).await?.filter(|row| row.stage == "staged").ok_or_else(not_ready)?;
    let findings: Findings = serde_json::from_str(row.report.as_deref().unwrap_or_default()).map_err(Error::fault)?;
    let mut layer = store::layer(&city.store, &row.layer).await?.ok_or(Error::NotFound)?;
    (layer.schema, layer.crs) = (findings.schema, findings.crs);
    still_hides(&layer)?;
    (layer.generation, layer.edition) = (row.edition.clone(), row.edition);
    layer.features = i64::try_from(findings.features).map_err(Error::fault)?;
    let (clock, random) = (&*city.clock, &*city.random);
    let mut tx = city.store.begin().await?;
    if !store::move_import(&mut tx, id, ("staged", "published"), row.report.as_deref(), clock.now()).await? {
        return Err(not_ready());
    }
    store::replace(&mut tx, &layer, clock.now()).await?;
    if layer.stage == Stage::Draft {
        store::stage(&mut tx, &layer.name, Stage::Published).await?;
    }
    by.did(&mut tx, "layer.imported", &layer.name, json!({ "import": id }), (clock, random)).await?;
    say(&mut tx, &Fact::LayerPublished { layer: layer.name.clone() }, clock, random).await?;
    tx.commit().await
}

/// Whether what is hidden from others can be hidden in these fields too: a field that goes by another name would show.
fn still_hides(layer: &Layer) -> Result<()> {
    if let Some(missing) = layer.hidden.iter().find(|name| layer.schema.position(name).is_none()) {
        return Err(Error::Refused(format!(
            "the layer hides the field \"{missing}\", which this file does not have: say first what is to be hidden now"
        )));
    }
    Shown::of(layer, &Mask::Shown).map(drop).map_err(|_| {
        Error::Refused(format!(
            "the rows that others see ({}) cannot be told with the fields of this file",
            layer.rows_shown
        ))
    })
}

/// Throws away what was read.
///
/// # Errors
/// [`Error::Refused`] when it is not there to be thrown away.
pub async fn drop_it(city: &City, by: By<'_>, id: &str) -> Result<()> {
    let row = store::import(&city.store, id).await?.ok_or(Error::NotFound)?;
    let (clock, random) = (&*city.clock, &*city.random);
    let mut tx = city.store.begin().await?;
    let stage = row.stage.as_str();
    let waiting = matches!(stage, "staged" | "failed" | "reading");
    if !waiting || !store::move_import(&mut tx, id, (stage, "dropped"), row.report.as_deref(), clock.now()).await? {
        return Err(Error::Refused("this import is not waiting any more".to_owned()));
    }
    by.did(&mut tx, "layer.import-dropped", &row.layer, json!({ "import": id }), (clock, random)).await?;
    tx.commit().await
}
