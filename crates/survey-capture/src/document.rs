//! The words of a PDF, by poppler's `pdftotext` in a child process: documents are hostile input, so the child gets
//! little time, little memory, and no way to write anything but its answer.

use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::Command;
use tokio::sync::Semaphore;

const TIME: Duration = Duration::from_secs(20);
const MEMORY_KB: u32 = 600_000;
const MAX_TEXT: u64 = 4 << 20;
/// Pages read of one document.
const MAX_PAGES: &str = "300";
static CHILDREN: Semaphore = Semaphore::const_new(2);

/// Said once in the limits when the tool is missing.
pub const NO_TOOL: &str = "pdftotext (poppler-utils) is not installed";

/// The text of a PDF.
///
/// # Errors
/// One plain sentence: the tool is missing, the document broke it, or it took too long.
pub async fn pdf_text(pdf: Vec<u8>) -> Result<String, String> {
    let _turn = CHILDREN.acquire().await.map_err(|e| e.to_string())?;
    let limited = format!(
        "ulimit -v {MEMORY_KB} -t {} -f 60000; exec pdftotext -q -enc UTF-8 -l {MAX_PAGES} - -",
        TIME.as_secs()
    );
    let mut child = Command::new("/bin/sh")
        .args(["-c", &limited])
        .env_clear()
        .env("PATH", "/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .map_err(|e| format!("{NO_TOOL}: {e}"))?;
    let (Some(mut stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
        return Err("pdftotext has no pipes".to_owned());
    };
    let work = async {
        let mut text = Vec::new();
        let write = async move {
            // A child that stops reading early has said what it can.
            let _ = stdin.write_all(&pdf).await;
        };
        let mut bounded = stdout.take(MAX_TEXT);
        let (_, read) = tokio::join!(write, bounded.read_to_end(&mut text));
        read.map_err(|e| e.to_string())?;
        drop(bounded);
        let status = child.wait().await.map_err(|e| e.to_string())?;
        match status.code() {
            Some(127) => Err(NO_TOOL.to_owned()),
            _ if text.iter().all(u8::is_ascii_whitespace) => {
                Err("the PDF holds no text (a scan, or broken)".to_owned())
            }
            _ => Ok(String::from_utf8_lossy(&text).into_owned()),
        }
    };
    tokio::time::timeout(TIME + Duration::from_secs(2), work)
        .await
        .unwrap_or_else(|_| Err("the PDF took too long to read".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn broken_documents_are_a_sentence_not_a_crash() {
        let said = pdf_text(b"%PDF-1.7\n%%EOF garbage".repeat(1000)).await;
        assert!(said.is_err());
    }
}
