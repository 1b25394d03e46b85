//! What a capture says while it runs, written down every two seconds; and whether it should stop.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use kernel_base::Result;
use kernel_store::Store;
use survey_capture::{Event, Progress as Listener};
use tokio::sync::watch;

use crate::round::{Progress, store};

const PAUSE: Duration = Duration::from_secs(2);

/// The last that the capture said.
pub struct Gauge(Mutex<Progress>);

impl Gauge {
    pub fn new(progress: Progress) -> Gauge {
        Gauge(Mutex::new(progress))
    }

    pub fn read(&self) -> Progress {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Writes down what was said, and stops the capture when the round was paused. Never ends by itself.
    pub async fn report(&self, store: &Store, (round, city): (&str, &str), stop: &watch::Sender<bool>) {
        let mut written = None;
        loop {
            let now = self.read();
            if written.as_ref() != Some(&now) {
                match write(store, city, &now).await {
                    Ok(()) => written = Some(now),
                    Err(cause) => tracing::warn!(city, %cause, "the progress of a capture could not be written"),
                }
            }
            if let Ok(Some(round)) = store::round_by_id(store, round).await
                && round.capture_paused
            {
                stop.send_replace(true);
            }
            tokio::time::sleep(PAUSE).await;
        }
    }
}

/// Leaves pages in memory as they are: nobody reads this but the office, which asks for itself.
pub async fn write(store: &Store, city: &str, progress: &Progress) -> Result<()> {
    let mut tx = store.begin_keyed().await?;
    store::progress(&mut tx, city, progress).await?;
    tx.commit_quietly().await
}

impl Listener for Gauge {
    fn event(&self, event: Event) {
        let mut progress = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match event {
            Event::Page { known, fetched, url } => {
                (progress.pages_known, progress.pages_read) = (known.into(), fetched.into());
                progress.note = url;
            }
            Event::Document { url } | Event::Rendered { url } => progress.note = url,
            Event::Stage(stage) => progress.note = stage.to_owned(),
        }
    }
}
