//! One thread writes the archive; fetches hand their records over and wait until they are written.

use std::path::Path;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use survey_archive::notes::Note;
use survey_archive::{Error, Exchange, RecordId, WarcInfo, Writer};
use tokio::sync::{mpsc, oneshot};

/// Records that may wait for the writer.
const WAITING: usize = 16;
/// Records and time after which the disk is made sure of.
const BATCH: u32 = 200;
const BATCH_TIME: Duration = Duration::from_secs(2);

enum Work {
    Exchange(Box<Exchange>),
    Resource { uri: String, mime: String, bytes: Vec<u8> },
    Conversion { uri: String, refers_to: Option<RecordId>, mime: String, bytes: Vec<u8> },
    Note(Box<Note>),
}

type Job = (Work, oneshot::Sender<Result<RecordId, Error>>);

/// Handle of the writing thread; clones share it.
#[derive(Clone)]
pub struct Recorder(mpsc::Sender<Job>);

/// Ends the thread.
pub struct Ending(JoinHandle<Result<(), Error>>);

impl Recorder {
    /// Opens the archive anew, or goes on with it.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn start(path: &Path, info: &WarcInfo, resume: bool) -> Result<(Self, Ending), Error> {
        let mut writer = if resume { Writer::append(path, info)? } else { Writer::create(path, info)? };
        let (send, mut receive) = mpsc::channel::<Job>(WAITING);
        let thread = std::thread::spawn(move || {
            let (mut since, mut last) = (0, Instant::now());
            while let Some((work, reply)) = receive.blocking_recv() {
                let done = match work {
                    Work::Exchange(e) => writer.exchange(&e),
                    Work::Resource { uri, mime, bytes } => writer.resource(&uri, &mime, &bytes),
                    Work::Conversion { uri, refers_to, mime, bytes } => {
                        writer.conversion(&uri, refers_to.as_ref(), &mime, &bytes)
                    }
                    Work::Note(note) => writer.note(&note),
                };
                since += 1;
                if since >= BATCH || (last.elapsed() >= BATCH_TIME && since > 0) {
                    writer.sync()?;
                    (since, last) = (0, Instant::now());
                }
                let _ = reply.send(done);
            }
            writer.finish()
        });
        Ok((Self(send), Ending(thread)))
    }

    async fn give(&self, work: Work) -> Result<RecordId, Error> {
        let gone = || Error::Io(std::io::Error::other("the archive's writer has stopped"));
        let (reply, answer) = oneshot::channel();
        self.0.send((work, reply)).await.map_err(|_| gone())?;
        answer.await.map_err(|_| gone())?
    }

    pub async fn exchange(&self, exchange: Exchange) -> Result<RecordId, Error> {
        self.give(Work::Exchange(Box::new(exchange))).await
    }

    pub async fn resource(&self, uri: &str, mime: &str, bytes: Vec<u8>) -> Result<RecordId, Error> {
        self.give(Work::Resource { uri: uri.to_owned(), mime: mime.to_owned(), bytes }).await
    }

    pub async fn conversion(
        &self,
        uri: &str,
        refers_to: Option<RecordId>,
        mime: &str,
        bytes: Vec<u8>,
    ) -> Result<RecordId, Error> {
        self.give(Work::Conversion { uri: uri.to_owned(), refers_to, mime: mime.to_owned(), bytes }).await
    }

    pub async fn note(&self, note: Note) -> Result<RecordId, Error> {
        self.give(Work::Note(Box::new(note))).await
    }
}

impl Ending {
    /// Waits for the last record. Every [`Recorder`] must be gone before.
    pub async fn wait(self) -> Result<(), Error> {
        let joined = tokio::task::spawn_blocking(move || self.0.join()).await;
        match joined {
            Ok(Ok(done)) => done,
            _ => Err(Error::Io(std::io::Error::other("the archive's writer broke off"))),
        }
    }
}
