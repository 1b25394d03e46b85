//! Pictures of best practice, taken out of the archives once after publication.

use std::path::{Path, PathBuf};

use axum::extract::Path as Named;
use axum::http::header;
use axum::response::IntoResponse;
use kernel_base::{Error, Result};
use kernel_web::{Answer, City, Visit};
use survey_archive::Archive;

use super::frame::{Shown, find};
use super::paper::{folder, whole};
use super::results::Best;
use crate::capture::{Settings, evidence};
use crate::round::store::{cities, round_by_slug};

/// Every JPEG file begins so (ITU-T T.81, B.2.1: SOI and the next marker). The survey's browser takes no other pictures.
const JPEG: [u8; 3] = [0xFF, 0xD8, 0xFF];

pub fn href(shown: &Shown, criterion: &str) -> String {
    shown.href(&format!("/pictures/{criterion}"))
}

fn file(city: &City, round: &str, criterion: &str) -> PathBuf {
    folder(city, round).join("pictures").join(format!("{criterion}.jpg"))
}

pub async fn is_there(city: &City, shown: &Shown, best: &Best) -> bool {
    tokio::fs::try_exists(file(city, &shown.results.round.slug, &best.criterion)).await.unwrap_or(false)
}

pub async fn show(visit: Visit, Named((round, criterion)): Named<(String, String)>) -> Answer {
    let shown = find(&visit, &round).await?;
    let known = shown.results.criterion(&criterion).ok_or(Error::NotFound)?;
    let bytes = tokio::fs::read(file(&visit.city, &round, &known.id)).await.map_err(|_| Error::NotFound)?;
    Ok(([(header::CONTENT_TYPE, "image/jpeg")], bytes).into_response())
}

/// Takes out what is not there yet. An archive that is not on this machine, or a picture that is not in it, is passed over:
/// the page then shows words alone.
pub async fn take_out(city: &City, shown: &Shown) -> Result<()> {
    let round = &shown.results.round.slug;
    let to = folder(city, round).join("pictures");
    tokio::fs::create_dir_all(&to).await.map_err(Error::fault)?;
    let held = round_by_slug(&city.store, round).await?.ok_or(Error::NotFound)?;
    for one in cities(&city.store, &held.id).await? {
        let archive = evidence(&Settings::of(city), &held, &one);
        let wanted: Vec<(String, PathBuf)> = shown
            .results
            .best
            .iter()
            .filter(|best| best.city == one.slug)
            .filter_map(|best| {
                let picture = best.evidence.as_ref()?.screenshot.clone()?;
                Some((picture, file(city, round, &best.criterion)))
            })
            .collect();
        if wanted.is_empty() || !tokio::fs::try_exists(&archive).await.unwrap_or(false) {
            continue;
        }
        let addresses: Vec<String> = wanted.iter().map(|(address, _)| address.clone()).collect();
        let read = tokio::task::spawn_blocking(move || pictures(&archive, &addresses)).await.map_err(Error::fault)?;
        for (bytes, (_, file)) in read.iter().zip(&wanted) {
            if let Some(bytes) = bytes {
                whole(file, bytes).await?;
            }
        }
    }
    Ok(())
}

fn pictures(archive: &Path, addresses: &[String]) -> Vec<Option<Vec<u8>>> {
    let Ok(archive) = Archive::open(archive) else { return Vec::new() };
    let picture = |address: &String| archive.resource(address).ok()?.map(|resource| resource.bytes);
    addresses.iter().map(|address| picture(address).filter(|bytes| bytes.starts_with(&JPEG))).collect()
}
