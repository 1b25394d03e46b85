use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use futures::future::BoxFuture;
use kernel_base::{Error, Result};
use kernel_record::{Audit, Job, JobContext, audit};
use kernel_web::City;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};
use survey_archive::Archive;
use survey_assess::{Lexicon, Report};
use survey_capture::Summary;
use survey_instrument::Instrument;
use tokio::sync::watch;
use url::Url;

use super::folder::{self, Settings};
use super::gauge::{self, Gauge};
use super::words::topics;
use crate::round::{Capture, Progress, Round, RoundCity, store};

pub const CAPTURE: &str = "survey.capture";
/// A site that could not be captured so often is given up until somebody asks again.
const MOST_TRIES: i64 = 3;

/// Captures one city's site and has the machine judge it.
///
/// Killed at any moment, the next worker goes on with the same archive; what is kept in the database is one transaction,
/// and a city that has its evidence is left alone.
pub struct CaptureCity(Settings);

/// Or what went wrong, as a sentence for the coordinator.
type Said<T> = std::result::Result<T, String>;

/// What a finished capture left.
struct Found {
    report: String,
    digest: String,
    bytes: i64,
    pages: (i64, i64),
}

impl CaptureCity {
    pub fn of(city: &City) -> CaptureCity {
        CaptureCity(Settings::of(city))
    }

    async fn capture(&self, id: &str, context: &JobContext<'_>) -> Result<()> {
        let Some(city) = store::city_by_id(context.store, id).await? else { return Ok(()) };
        let round = store::round_by_id(context.store, &city.round).await?.ok_or(Error::NotFound)?;
        if round.capture_paused || matches!(city.capture.state, Capture::Assessed | Capture::Failed) {
            return Ok(());
        }
        let begun = Progress {
            state: Capture::Capturing,
            tries: city.capture.tries + 1,
            began: city.capture.began.or(Some(context.clock.now())),
            ..city.capture.clone()
        };
        gauge::write(context.store, id, &begun).await?;
        let gauge = Gauge::new(begun);
        match self.found(&round, &city, &gauge, context).await {
            Ok(Some(found)) => keep(&city, gauge.read(), found, context).await,
            Ok(None) => held(id, gauge.read(), context).await,
            Err(why) => failed(&city, gauge.read(), why, context).await,
        }
    }

    /// `None` when the capture was held.
    async fn found(
        &self,
        round: &Round,
        city: &RoundCity,
        gauge: &Gauge,
        context: &JobContext<'_>,
    ) -> Said<Option<Found>> {
        let out = folder::folder(&self.0, round, city);
        let options = self.options(round, city, &out)?;
        let (tell, stop) = watch::channel(false);
        let captured = tokio::select! {
            captured = survey_capture::capture(options, gauge, stop) => captured.map_err(|error| error.to_string())?,
            () = gauge.report(context.store, (&round.id, &city.id), &tell) => return Ok(None),
        };
        if captured.note.stopped == "interrupted" {
            return Ok(None);
        }
        if captured.note.pages_fetched == 0 {
            return Err(format!("No page could be read. {}", captured.note.limits.join(" ")));
        }
        let instrument = round.instrument;
        let judged = tokio::task::spawn_blocking(move || judge(&captured, instrument)).await;
        judged.map_err(|error| format!("The judgement broke off: {error}"))?.map(Some)
    }

    fn options(&self, round: &Round, city: &RoundCity, out: &Path) -> Said<survey_capture::Options> {
        let start = Url::parse(&city.address).map_err(|error| format!("{}: {error}", city.address))?;
        let mut options = survey_capture::Options::new(start, out.to_owned());
        options.budget = round.rules.budget;
        options.allow_private = self.0.allow_private;
        options.map_host = self.0.mapped().map_err(|error| error.to_string())?;
        options.ca = Some(self.0.ca.clone()).filter(|ca: &PathBuf| !ca.as_os_str().is_empty());
        options.browser = self.0.browser;
        options.topics = topics(&Lexicon::builtin());
        Ok(options)
    }
}

impl Job for CaptureCity {
    fn kind(&self) -> &'static str {
        CAPTURE
    }

    fn run<'a>(&'a self, payload: &'a Json, context: JobContext<'a>) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let id = payload
                .get("city")
                .and_then(Json::as_str)
                .ok_or_else(|| Error::Fault("a job without a city".into()))?;
            self.capture(id, &context).await
        })
    }
}

/// Reads the archive alone, as a later hand will.
fn judge(captured: &Summary, instrument: &Instrument) -> Said<Found> {
    let unreadable = |error: survey_archive::Error| format!("The archive cannot be read: {error}");
    let archive = Archive::open(&captured.evidence).map_err(unreadable)?;
    let report: Report = survey_assess::assess(&archive, instrument, &Lexicon::builtin())
        .map_err(|error| format!("The archive cannot be judged: {error}"))?;
    let (digest, bytes) = digest(&captured.evidence).map_err(|error| format!("The archive cannot be read: {error}"))?;
    let pages = (captured.note.pages_known.into(), captured.note.pages_fetched.into());
    let report = report.to_json().map_err(|error| format!("The report cannot be written: {error}"))?;
    Ok(Found { report, digest, bytes, pages })
}

fn digest(file: &Path) -> std::io::Result<(String, i64)> {
    let (mut file, mut hash) = (std::fs::File::open(file)?, Sha256::new());
    let bytes = std::io::copy(&mut file, &mut hash)?;
    Ok((HEXLOWER.encode(&hash.finalize()), i64::try_from(bytes).unwrap_or(i64::MAX)))
}

async fn keep(city: &RoundCity, last: Progress, found: Found, context: &JobContext<'_>) -> Result<()> {
    let now = context.clock.now();
    let detail = json!({ "digest": found.digest, "bytes": found.bytes });
    let progress = Progress {
        state: Capture::Assessed,
        note: String::new(),
        pages_known: found.pages.0,
        pages_read: found.pages.1,
        ended: Some(now),
        evidence_digest: Some(found.digest),
        evidence_bytes: Some(found.bytes),
        ..last
    };
    let mut tx = context.store.begin().await?;
    store::keep_report(&mut tx, &city.id, &found.report, now).await?;
    store::progress(&mut tx, &city.id, &progress).await?;
    let entry = Audit { act: "city.captured", who: "clock", subject: &city.id, detail };
    audit(&mut tx, entry, context.clock, context.random).await?;
    tx.commit().await
}

/// A pause is no try.
async fn held(id: &str, last: Progress, context: &JobContext<'_>) -> Result<()> {
    let waits = Progress { state: Capture::Waiting, tries: last.tries - 1, ..last };
    gauge::write(context.store, id, &waits).await
}

/// The queue tries again later; after several tries the city rests.
async fn failed(city: &RoundCity, last: Progress, why: String, context: &JobContext<'_>) -> Result<()> {
    if last.tries < MOST_TRIES {
        let waits = Progress { state: Capture::Waiting, note: why.clone(), ..last };
        gauge::write(context.store, &city.id, &waits).await?;
        return Err(Error::Fault(why));
    }
    let rests = Progress { state: Capture::Failed, note: why, ended: Some(context.clock.now()), ..last };
    let mut tx = context.store.begin().await?;
    store::progress(&mut tx, &city.id, &rests).await?;
    let entry = Audit { act: "city.capture-failed", who: "clock", subject: &city.id, detail: json!({}) };
    audit(&mut tx, entry, context.clock, context.random).await?;
    tx.commit().await
}
