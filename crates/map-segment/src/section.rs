//! The data file of an edition: sections one after the other, each at a multiple of eight bytes, listed in the manifest.

use std::{
    fs::File,
    io::{self, BufWriter, Write},
    path::PathBuf,
};

use serde::{Deserialize, Serialize};

use crate::{Error, Result, mapped::Bytes};

/// Where a section lies, and its CRC-32.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Span {
    pub at: u64,
    pub len: u64,
    pub crc: u32,
}

impl Span {
    pub fn of(self, file: &Bytes) -> Result<Bytes> {
        file.part(self.at, self.len)
    }

    /// Reads the whole section.
    pub fn check(self, file: &Bytes) -> Result<()> {
        let whole = crc32fast::hash(&self.of(file)?) == self.crc;
        if whole { Ok(()) } else { Err(Error::Damaged("a section's checksum is another")) }
    }
}

/// Writes sections.
pub(crate) struct Sections {
    out: BufWriter<File>,
    path: PathBuf,
    at: u64,
    start: u64,
    crc: crc32fast::Hasher,
    pub written: Vec<Span>,
}

impl Sections {
    pub fn create(path: PathBuf) -> Result<Sections> {
        let file = File::create_new(&path).map_err(Error::io(&path))?;
        let out = BufWriter::with_capacity(1 << 18, file);
        let mut sections = Sections { out, path, at: 0, start: 0, crc: crc32fast::Hasher::new(), written: Vec::new() };
        sections.put(b"madang map data\n")?;
        sections.end()?;
        Ok(sections)
    }

    pub fn put(&mut self, bytes: &[u8]) -> Result<()> {
        self.crc.update(bytes);
        self.at += bytes.len() as u64;
        self.out.write_all(bytes).map_err(Error::io(&self.path))
    }

    /// Ends the section that began where the one before ended.
    pub fn end(&mut self) -> Result<Span> {
        let crc = std::mem::take(&mut self.crc).finalize();
        let span = Span { at: self.start, len: self.at - self.start, crc };
        let gap = self.at.next_multiple_of(8) - self.at;
        self.put(&[0; 8][..gap as usize])?;
        self.crc.reset();
        self.start = self.at;
        self.written.push(span);
        Ok(span)
    }

    /// How long the file is once all is on the disk.
    pub fn finish(self) -> Result<u64> {
        let file = self.out.into_inner().map_err(io::IntoInnerError::into_error).map_err(Error::io(&self.path))?;
        file.sync_all().map_err(Error::io(&self.path))?;
        Ok(self.at)
    }
}

/// Bytes that wait in a nameless file until all are known.
pub(crate) struct Spill {
    out: BufWriter<File>,
    folder: PathBuf,
    pub len: u64,
}

impl Spill {
    pub fn create(folder: PathBuf) -> Result<Spill> {
        let file = tempfile::tempfile_in(&folder).map_err(Error::io(&folder))?;
        Ok(Spill { out: BufWriter::with_capacity(1 << 16, file), folder, len: 0 })
    }

    pub fn put(&mut self, bytes: &[u8]) -> Result<()> {
        self.len += bytes.len() as u64;
        self.out.write_all(bytes).map_err(Error::io(&self.folder))
    }

    pub fn map(self) -> Result<Bytes> {
        let file = self.out.into_inner().map_err(io::IntoInnerError::into_error).map_err(Error::io(&self.folder))?;
        Bytes::map(&file).map_err(Error::io(&self.folder))
    }
}
