//! Writing the file: members one after another, hashed as they pass; the name is given when everything is on the disk.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use kernel_base::{Error, Instant, Result};
use sha2::{Digest, Sha256};

use super::{MANIFEST, Manifest, Member};

/// Zstandard's first skippable frame; a frame says its length in the next four bytes.
const SKIPPED: [u8; 8] = [0x50, 0x2a, 0x4d, 0x18, 32, 0, 0, 0];
/// Length of the frame that ends the file.
pub(super) const SEAL: u64 = 40;

/// Hashes what passes.
pub(super) struct Hashing<Inner> {
    pub(super) inner: Inner,
    pub(super) hash: Sha256,
    pub(super) bytes: u64,
}

impl<Inner> Hashing<Inner> {
    pub(super) fn new(inner: Inner) -> Hashing<Inner> {
        Hashing { inner, hash: Sha256::new(), bytes: 0 }
    }

    fn passed(&mut self, bytes: &[u8]) {
        self.hash.update(bytes);
        self.bytes += bytes.len() as u64;
    }
}

impl<Inner: Write> Write for Hashing<Inner> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.passed(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl<Inner: Read> Read for Hashing<Inner> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(bytes)?;
        self.passed(&bytes[..read]);
        Ok(read)
    }
}

/// The hash that the end of a file claims, when it ends as a backup does.
pub(super) fn sealed(end: &[u8]) -> Option<&[u8]> {
    end.strip_prefix(&SKIPPED)
}

pub(super) struct Pack {
    tar: tar::Builder<zstd::Encoder<'static, Hashing<BufWriter<File>>>>,
    members: Vec<Member>,
    made: u64,
    path: PathBuf,
    partial: Partial,
}

/// A file that goes away unless it is finished.
struct Partial(PathBuf);

impl Drop for Partial {
    fn drop(&mut self) {
        // Gone already once it has its name.
        let _ = fs::remove_file(&self.0);
    }
}

impl Pack {
    pub(super) fn create(path: &Path, made: Instant) -> Result<Pack> {
        let cannot = |cause: io::Error| Error::Refused(format!("{} cannot be written: {cause}", path.display()));
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("backup");
        let partial = Partial(path.with_file_name(format!(".{name}.partial-{}", std::process::id())));
        // It may hold the master key and certainly what people said: for its owner only, from the first byte.
        let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&partial.0).map_err(cannot)?;
        let mut packed = zstd::Encoder::new(Hashing::new(BufWriter::new(file)), 3).map_err(cannot)?;
        packed.include_checksum(true).map_err(cannot)?;
        let made = u64::try_from(made.0 / 1_000_000).unwrap_or_default();
        Ok(Pack { tar: tar::Builder::new(packed), members: Vec::new(), made, path: path.to_owned(), partial })
    }

    pub(super) fn add(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        self.stream(name, bytes, bytes.len() as u64)
    }

    /// Adds exactly so many bytes.
    pub(super) fn stream(&mut self, name: &str, from: impl Read, bytes: u64) -> Result<()> {
        let cannot = |cause: io::Error| Error::Refused(format!("{name} cannot be written to the backup: {cause}"));
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes);
        header.set_mode(0o600);
        header.set_mtime(self.made);
        let mut passing = Hashing::new(from.take(bytes));
        self.tar.append_data(&mut header, name, &mut passing).map_err(cannot)?;
        if passing.bytes != bytes {
            return Err(Error::Refused(format!("{name} became shorter while it was read; make the backup again")));
        }
        let sha256 = HEXLOWER.encode(&passing.hash.finalize());
        self.members.push(Member { name: name.to_owned(), bytes, sha256 });
        Ok(())
    }

    /// Writes the manifest and the hash of everything, makes all of it durable and gives it its name.
    pub(super) fn finish(mut self, mut manifest: Manifest) -> Result<Manifest> {
        manifest.members = std::mem::take(&mut self.members);
        let listed = serde_json::to_vec_pretty(&manifest).map_err(Error::fault)?;
        self.add(MANIFEST, &listed)?;
        let path = self.path.clone();
        let cannot = |cause: io::Error| Error::Refused(format!("{} cannot be written: {cause}", path.display()));
        let Hashing { mut inner, hash, .. } = self.tar.into_inner().and_then(zstd::Encoder::finish).map_err(cannot)?;
        inner.write_all(&SKIPPED).and_then(|()| inner.write_all(&hash.finalize())).map_err(cannot)?;
        let file = inner.into_inner().map_err(|cause| cannot(cause.into_error()))?;
        file.sync_all().and_then(|()| fs::rename(&self.partial.0, &path)).map_err(cannot)?;
        sync_folder(&path)?;
        Ok(manifest)
    }
}

/// Makes a name in a folder durable.
pub(super) fn sync_folder(path: &Path) -> Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(Error::fault)
}
