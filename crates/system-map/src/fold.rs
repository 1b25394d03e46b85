//! Changes are folded into a new edition when they are many, and what nobody serves any more is thrown away.

use std::path::Path;
use std::time::Duration;

use futures::future::BoxFuture;
use kernel_base::{Error, Id, Result};
use kernel_record::{Job, JobContext};
use kernel_web::City;
use serde_json::Value as Json;

use crate::layer::Layer;
use crate::served::served;
use crate::settings::Settings;
use crate::store;

/// So many changes are served from memory in any case.
const FEW: i64 = 1_000;
/// Beyond, folded when the changes are this part of the layer.
const SHARE: i64 = 100;
/// An edition that nobody points to may be in somebody's hands for so long.
const OLD: Duration = Duration::from_secs(3600);

/// Folds layers with many changes.
pub struct Fold(pub City);

impl Job for Fold {
    fn kind(&self) -> &'static str {
        "map.fold"
    }

    fn every_seconds(&self) -> Option<i64> {
        Some(60)
    }

    fn run<'a>(&'a self, _: &'a Json, _: JobContext<'a>) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            for layer in store::layers(&self.0.store).await? {
                if !layer.edition.is_empty() && layer.seq - layer.folded > FEW.max(layer.features / SHARE) {
                    fold(&self.0, &layer.name).await?;
                }
                sweep(&self.0, &layer).await?;
            }
            Ok(())
        })
    }
}

/// Writes the layer as it is now as a new edition and serves it; the log stays, it is the history.
///
/// # Errors
/// When the layer cannot be read or the disk refuses; what is served stays as it was.
pub async fn fold(city: &City, name: &str) -> Result<()> {
    let now = served(city, name).await?;
    let edition = Id::new("ed", &*city.clock, &*city.random).to_string();
    let folder = Settings::of(city).edition(name, &edition);
    let (live, seq) = (now.live.clone(), now.layer.seq);
    let written = tokio::task::spawn_blocking(move || live.fold(&folder, &mut |_| {})).await.map_err(Error::fault)?;
    let written = written.map_err(Error::fault)?;
    let features = i64::try_from(written.features).map_err(Error::fault)?;
    let mut tx = city.store.begin().await?;
    store::fold(&mut tx, &now.layer, &edition, features, seq).await?;
    tx.commit().await
}

/// Removes folders of editions that nobody points to.
async fn sweep(city: &City, layer: &Layer) -> Result<()> {
    let folder = Settings::of(city).edition(&layer.name, "");
    let mut kept = vec![layer.edition.clone()];
    kept.extend(
        store::imports(&city.store, &layer.name)
            .await?
            .into_iter()
            .filter_map(|import| matches!(import.stage.as_str(), "reading" | "staged").then_some(import.edition)),
    );
    let swept = tokio::task::spawn_blocking(move || remove_old(&folder, &kept)).await.map_err(Error::fault)?;
    swept.map_err(Error::fault)
}

fn remove_old(folder: &Path, kept: &[String]) -> std::io::Result<()> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Ok(()) };
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let old = entry.metadata()?.modified()?.elapsed().is_ok_and(|age| age > OLD);
        if old && !kept.contains(&name) {
            std::fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}
