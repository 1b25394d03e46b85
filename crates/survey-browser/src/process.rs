//! One browser process, from its start to its end.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::{Child, Command};
use tokio::time::timeout;

use crate::launch::{arguments, is_root};
use crate::wire::Wire;
use crate::{Error, Options};

/// Runs the browser with its protocol pipe on descriptors 3 and 4, and removes its profile when it
/// has ended, even if the process that wanted it was killed.
const SUPERVISE: &str = "profile=$1; shift; \"$@\" 3<&0 4>&1 </dev/null >/dev/null; code=$?; \
    rm -rf -- \"$profile\"; exit $code";

const START_LIMIT: Duration = Duration::from_secs(30);
const END_LIMIT: Duration = Duration::from_secs(5);

pub(crate) struct Process {
    pub wire: Wire,
    pub proxy: SocketAddr,
    child: tokio::sync::Mutex<Child>,
    profile: PathBuf,
}

impl Process {
    /// Starts the browser; with it comes its product and version.
    pub async fn start(executable: &Path, options: &Options) -> Result<(Self, String), Error> {
        let profile = tempfile::Builder::new()
            .prefix("madang-browser-")
            .tempdir()
            .map_err(|e| Error::Start(format!("no temporary directory: {e}")))?;
        settle_preferences(profile.path()).await.map_err(|e| Error::Start(format!("no profile: {e}")))?;
        let mut child = Command::new("sh")
            .args(["-c", SUPERVISE, "sh"])
            .arg(profile.path())
            .arg(executable)
            .args(arguments(options, profile.path(), is_root().await))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            // So that what Chromium puts beside its profile goes with it.
            .env("TMPDIR", profile.path())
            // Ctrl-C at the terminal is for us; we end the browser in order.
            .process_group(0)
            .spawn()
            .map_err(|e| Error::Start(e.to_string()))?;
        let (Some(input), Some(output), Some(complaints)) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            return Err(Error::Start("no pipes".into()));
        };
        let process = Self {
            wire: Wire::new(input, output),
            proxy: options.proxy,
            child: tokio::sync::Mutex::new(child),
            profile: profile.keep(),
        };
        let said = tail(complaints);
        match process.greet().await {
            Ok(version) => Ok((process, version)),
            Err(error) => {
                process.end().await;
                let said = said.lock().unwrap_or_else(PoisonError::into_inner);
                Err(Error::Start(format!("{}: {error}; it said: {}", executable.display(), said.trim())))
            }
        }
    }

    async fn greet(&self) -> Result<String, Error> {
        let call = self.call(START_LIMIT, "Browser.getVersion", json!({}));
        let version = call.await?["product"].as_str().unwrap_or_default().to_owned();
        let discover = json!({ "discover": true });
        self.call(START_LIMIT, "Target.setDiscoverTargets", discover).await?;
        Ok(version)
    }

    /// A command to the browser itself.
    pub async fn call(&self, limit: Duration, method: &'static str, params: Value) -> Result<Value, Error> {
        timeout(limit, self.wire.call(None, method, params)).await.unwrap_or(Err(Error::Deadline))
    }

    /// Ends the browser and waits until it is gone with its profile; by force if it hangs.
    pub async fn end(&self) {
        self.wire.tell(None, "Browser.close", json!({}));
        self.wire.hang_up();
        let mut child = self.child.lock().await;
        if timeout(END_LIMIT, child.wait()).await.is_ok() {
            return;
        }
        if let Some(group) = child.id() {
            let kill = format!("kill -KILL -{group}");
            let _ = Command::new("sh").args(["-c", &kill]).status().await;
        }
        let _ = child.kill().await;
        // The supervisor was killed with the rest, so the profile is left to us.
        let _ = tokio::fs::remove_dir_all(&self.profile).await;
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.wire.tell(None, "Browser.close", json!({}));
        self.wire.hang_up();
    }
}

/// Third-party cookies are allowed as in most people's windows; contexts like ours would refuse them.
async fn settle_preferences(profile: &Path) -> std::io::Result<()> {
    let preferences = json!({ "profile": { "cookie_controls_mode": 0 } });
    let folder = profile.join("Default");
    tokio::fs::create_dir(&folder).await?;
    tokio::fs::write(folder.join("Preferences"), preferences.to_string()).await
}

/// The last words on standard error, for the error message. It must be read in any case, or the
/// browser stops at a full pipe.
fn tail(mut stream: impl AsyncRead + Unpin + Send + 'static) -> Arc<Mutex<String>> {
    const KEPT: usize = 2000;
    let kept = Arc::new(Mutex::new(String::new()));
    let writer = kept.clone();
    tokio::spawn(async move {
        let mut chunk = [0; 4096];
        while let Ok(count @ 1..) = stream.read(&mut chunk).await {
            let mut kept = writer.lock().unwrap_or_else(PoisonError::into_inner);
            kept.push_str(&String::from_utf8_lossy(&chunk[..count]));
            if let Some(surplus) = kept.len().checked_sub(KEPT) {
                let start = kept.ceil_char_boundary(surplus);
                kept.drain(..start);
            }
        }
    });
    kept
}
