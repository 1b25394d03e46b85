//! Reading the file: nothing of it is believed before its checksums hold.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use data_encoding::HEXLOWER;
use kernel_base::{Error, Result};
use serde::de::DeserializeOwned;
use sha2::Digest;

use super::pack::{Hashing, SEAL, sealed};
use super::{Contents, FORM, HEAD, Head, MANIFEST, Manifest, Member, Watch};

pub(super) type Archive = tar::Archive<zstd::Decoder<'static, BufReader<io::Take<File>>>>;

/// Verifies all checksums of a backup and says what is in it.
pub fn verify(path: &Path, watch: Watch<'_>) -> Result<Contents> {
    let whole = hashed(path, watch)?;
    // Where a member is broken, its name says more than that some byte is wrong.
    let contents = members(path)?;
    if whole { Ok(contents) } else { Err(refused(path, "a byte in it is not what it was when it was made")) }
}

/// Whether the hash of the whole file is the one that its end claims.
fn hashed(path: &Path, watch: Watch<'_>) -> Result<bool> {
    let cannot = |cause: io::Error| match cause.kind() {
        io::ErrorKind::NotFound => refused(path, "there is no such file"),
        io::ErrorKind::IsADirectory => refused(path, "it is a folder"),
        _ => refused(path, &format!("it cannot be read: {cause}")),
    };
    let mut file = File::open(path).map_err(cannot)?;
    let bytes = length(path, &file)?;
    let mut passing = Hashing::new(BufReader::new((&mut file).take(bytes)));
    let mut buffer = vec![0; 1 << 20];
    while passing.read(&mut buffer).map_err(cannot)? > 0 {
        watch("checksums", passing.bytes, bytes);
    }
    let hash = passing.hash.finalize();
    let mut end = Vec::new();
    file.seek(SeekFrom::Start(bytes)).and_then(|_| file.read_to_end(&mut end)).map_err(cannot)?;
    let claimed = sealed(&end).ok_or_else(|| refused(path, "its end is missing, or it is no backup of Madang"))?;
    Ok(claimed == hash.as_slice())
}

/// Length without the hash at the end.
fn length(path: &Path, file: &File) -> Result<u64> {
    let bytes = file.metadata().map_err(Error::fault)?.len();
    bytes.checked_sub(SEAL).ok_or_else(|| refused(path, "it is too short to be a backup of Madang"))
}

/// Opens the archive for reading its members in order.
pub(super) fn open(path: &Path) -> Result<Archive> {
    let cannot = |cause: io::Error| refused(path, &format!("it cannot be read: {cause}"));
    let file = File::open(path).map_err(cannot)?;
    let bytes = length(path, &file)?;
    zstd::Decoder::new(file.take(bytes)).map(tar::Archive::new).map_err(cannot)
}

/// Reads every member and holds it to the manifest.
fn members(path: &Path) -> Result<Contents> {
    let mut archive = open(path)?;
    let mut seen: Vec<Member> = Vec::new();
    let mut head: Option<Head> = None;
    let broken = |cause: io::Error, seen: &[Member]| {
        let after = seen.last().map_or(String::new(), |last| format!(" after {}", last.name));
        refused(path, &format!("it is damaged{after} ({cause})"))
    };
    for entry in archive.entries().map_err(|cause| broken(cause, &seen))? {
        let mut entry = entry.map_err(|cause| broken(cause, &seen))?;
        let name = name(path, &entry)?;
        if name == MANIFEST {
            let manifest: Manifest = json(path, &name, &mut entry)?;
            return held(path, head, manifest, &seen);
        }
        let mut passing = Hashing::new(&mut entry);
        if name == HEAD {
            head = Some(json(path, &name, &mut passing)?);
        }
        io::copy(&mut passing, &mut io::sink()).map_err(|cause| broken(cause, &seen))?;
        seen.push(Member { name, bytes: passing.bytes, sha256: HEXLOWER.encode(&passing.hash.finalize()) });
    }
    Err(refused(path, "its manifest is missing"))
}

fn held(path: &Path, head: Option<Head>, manifest: Manifest, seen: &[Member]) -> Result<Contents> {
    for (index, member) in manifest.members.iter().enumerate() {
        match seen.get(index) {
            Some(found) if found == member => {}
            Some(found) if found.name == member.name => {
                return Err(refused(path, &format!("{} is damaged", found.name)));
            }
            _ => return Err(refused(path, &format!("{} is missing", member.name))),
        }
    }
    if let Some(more) = seen.get(manifest.members.len()) {
        return Err(refused(path, &format!("{} is not in its manifest", more.name)));
    }
    let head = head.ok_or_else(|| refused(path, "it does not say what made it"))?;
    if head.form > FORM {
        let said =
            format!("Madang {} made it in a form that is unknown here; use that version or a newer one", head.madang);
        return Err(refused(path, &said));
    }
    Ok(Contents { head, manifest })
}

pub(super) fn name(path: &Path, entry: &tar::Entry<'_, impl Read>) -> Result<String> {
    let name = entry.path().ok().and_then(|name| name.to_str().map(str::to_owned));
    name.ok_or_else(|| refused(path, "a name in it is not UTF-8"))
}

fn json<Wanted: DeserializeOwned>(path: &Path, name: &str, from: impl Read) -> Result<Wanted> {
    serde_json::from_reader(from).map_err(|cause| refused(path, &format!("{name} is damaged ({cause})")))
}

pub(super) fn refused(path: &Path, why: &str) -> Error {
    Error::Refused(format!("{} cannot be used as a backup: {why}", path.display()))
}
