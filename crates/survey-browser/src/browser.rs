//! The browser as the rest of the survey knows it; a process that dies is replaced.

use std::path::PathBuf;
use std::sync::Arc;

use tokio::sync::Mutex;

use crate::Error;
use crate::launch::{Options, find};
use crate::process::Process;

/// Pages that kill the whole browser are rare; more deaths than this mean that it cannot run here.
const STARTS: u32 = 6;

/// A headless browser. Call [`Browser::close`] at the end; a dropped one ends by itself a little
/// later.
pub struct Browser {
    options: Options,
    executable: PathBuf,
    version: String,
    running: Mutex<Running>,
}

struct Running {
    process: Arc<Process>,
    starts: u32,
}

impl Browser {
    /// Starts the browser; `Ok(None)` when this machine has none.
    pub async fn start(options: Options) -> Result<Option<Self>, Error> {
        let executable = match &options.executable {
            Some(path) => path.clone(),
            None => match find().await {
                Some(path) => path,
                None => return Ok(None),
            },
        };
        let (process, version) = Process::start(&executable, &options).await?;
        let running = Mutex::new(Running { process: Arc::new(process), starts: 1 });
        Ok(Some(Self { options, executable, version, running }))
    }

    /// Product and version in the browser's words, such as `Chrome/156.0.8078.79`.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The process that runs now; a new one when the last has died.
    pub(crate) async fn process(&self) -> Result<Arc<Process>, Error> {
        let mut running = self.running.lock().await;
        if running.process.wire.is_gone() {
            if running.starts >= STARTS {
                return Err(Error::Gone("too often".into()));
            }
            running.starts += 1;
            running.process.end().await;
            let (process, _) = Process::start(&self.executable, &self.options).await?;
            tracing::info!(starts = running.starts, "the browser died and was started again");
            running.process = Arc::new(process);
        }
        Ok(running.process.clone())
    }

    /// Ends the browser and waits until it is gone with its profile; by force if it hangs.
    pub async fn close(self) {
        self.running.into_inner().process.end().await;
    }
}
