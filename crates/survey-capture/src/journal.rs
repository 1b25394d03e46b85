//! What a killed capture needs to go on, beside the archive itself: the archive tells what was fetched.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Journal {
    pub start: String,
    /// RFC 3339 UTC.
    pub began: String,
}

pub fn evidence(out: &Path) -> PathBuf {
    out.join("evidence.warc.gz")
}

fn path(out: &Path) -> PathBuf {
    out.join("capture.json")
}

impl Journal {
    /// Opens the folder: the journal of an unfinished capture of the same start, or a new one. Evidence of an earlier,
    /// finished capture is kept beside as `evidence.previous.warc.gz`.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn open(out: &Path, start: &str, now: &str) -> io::Result<(Self, bool)> {
        fs::create_dir_all(out)?;
        let evidence = evidence(out);
        let found = fs::read(path(out)).ok().and_then(|b| serde_json::from_slice::<Self>(&b).ok());
        if let Some(found) = found.filter(|j| j.start == start && evidence.exists()) {
            return Ok((found, true));
        }
        if evidence.exists() {
            fs::rename(&evidence, out.join("evidence.previous.warc.gz"))?;
        }
        let journal = Self { start: start.to_owned(), began: now.to_owned() };
        let new = out.join("capture.json.new");
        let mut file = fs::File::create(&new)?;
        file.write_all(&serde_json::to_vec(&journal)?)?;
        file.sync_all()?;
        fs::rename(new, path(out))?;
        Ok((journal, false))
    }

    /// The capture is whole: nothing is left to go on with.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn close(out: &Path) -> io::Result<()> {
        fs::remove_file(path(out))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unfinished_capture_goes_on_and_a_finished_one_is_kept_beside() {
        let dir = tempfile::tempdir().expect("dir");
        let (first, resumed) = Journal::open(dir.path(), "http://a/", "t1").expect("open");
        assert!(!resumed);
        fs::write(evidence(dir.path()), b"x").expect("write");
        assert_eq!(Journal::open(dir.path(), "http://a/", "t2").expect("open"), (first, true));
        Journal::close(dir.path()).expect("close");
        assert!(!Journal::open(dir.path(), "http://a/", "t3").expect("open").1);
        assert!(dir.path().join("evidence.previous.warc.gz").exists());
    }
}
