//! Papers that somebody uploads to show where they live: taken, kept for who decides, and gone when it is decided.

use axum::extract::multipart::MultipartError;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header;
use futures::future::BoxFuture;
use kernel_base::Result;
use kernel_files::{Kind, Refused};
use kernel_identity::papers::{self, Paper};
use kernel_identity::residence;
use kernel_record::{Job, JobContext};
use kernel_web::{City, ExportFile, Failure, Submitted};
use serde_json::Value as Json;

/// Papers with one request.
const MOST: usize = 2;

/// A form with files as it was sent.
pub struct Sent {
    pub form: Submitted,
    pub papers: Vec<Paper>,
    /// Why a file was not taken.
    pub refused: Option<Refused>,
}

/// Reads the form; files are checked and kept before the act's transaction begins.
pub async fn read(request: Request, city: &City) -> std::result::Result<Sent, Failure> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("multipart/form-data") {
        let form = Submitted::from_request(request, city).await?;
        return Ok(Sent { form, papers: Vec::new(), refused: None });
    }
    let told = |error: MultipartError| Failure::new(error.status(), "");
    let parts = Multipart::from_request(request, city).await;
    let mut parts = parts.map_err(|rejection| Failure::new(rejection.status(), ""))?;
    let (mut pairs, mut papers, mut refused) = (Vec::new(), Vec::new(), None);
    while let Some(part) = parts.next_field().await.map_err(told)? {
        let (key, file) = (part.name().unwrap_or_default().to_owned(), part.file_name().map(str::to_owned));
        let bytes = part.bytes().await.map_err(told)?;
        let Some(file) = file else {
            pairs.push((key, String::from_utf8_lossy(&bytes).into_owned()));
            continue;
        };
        // A field without a choice comes as an empty file.
        if bytes.is_empty() || papers.len() >= MOST {
            continue;
        }
        match city.files.take(&file, bytes, Kind::PICTURES_AND_PDF).await {
            Ok(kept) => papers.push(Paper { id: kept.id, name: kept.name, kind: kept.kind.media_type().to_owned() }),
            Err(cause) => refused = Some(cause),
        }
    }
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    Ok(Sent { form: Submitted::parse(body.as_bytes()), papers, refused })
}

pub async fn remove(city: &City, papers: &[Paper]) -> Result<()> {
    for paper in papers {
        city.files.remove(&paper.id).await?;
    }
    Ok(())
}

/// The papers that are still kept, for their owner to take away.
pub async fn export(city: &City, account: &str) -> Result<Vec<ExportFile>> {
    let mut files = Vec::new();
    for request in residence::of_account(&city.store, account).await? {
        for (number, paper) in request.papers.iter().enumerate() {
            let bytes = city.files.open(&paper.id).await?;
            files.push(ExportFile { path: format!("residence/{}-{number}-{}", request.id, paper.name), bytes });
        }
    }
    Ok(files)
}

/// Every hour: requests whose time is over are closed, and papers that nobody needs any more go.
pub struct Forget(pub City);

impl Job for Forget {
    fn kind(&self) -> &'static str {
        "account.forget-papers"
    }

    fn every_seconds(&self) -> Option<i64> {
        Some(3600)
    }

    fn run<'a>(&'a self, _: &'a Json, context: JobContext<'a>) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let mut tx = context.store.begin().await?;
            residence::close_old(&mut tx, context.clock.now()).await?;
            tx.commit_quietly().await?;
            for (id, papers) in papers::to_forget(context.store).await? {
                remove(&self.0, &papers).await?;
                let mut tx = context.store.begin().await?;
                papers::forgotten(&mut tx, &id).await?;
                tx.commit_quietly().await?;
            }
            Ok(())
        })
    }
}
