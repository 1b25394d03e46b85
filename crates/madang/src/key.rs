//! The city's master key: one file of 64 hexadecimal digits that only its owner may read.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

use anyhow::{Context, bail};
use data_encoding::HEXLOWER_PERMISSIVE;
use kernel_base::{Random, Secrets};

/// Reads the key, or makes one when there is none yet.
pub fn read_or_make(file: &Path, random: &dyn Random) -> anyhow::Result<Secrets> {
    match read(file) {
        Err(error)
            if error.downcast_ref::<std::io::Error>().is_some_and(|cause| cause.kind() == ErrorKind::NotFound) =>
        {
            make(file, random)
        }
        read => read,
    }
}

/// # Errors
/// When it cannot be read, is no key, or others may read it.
pub fn read(file: &Path) -> anyhow::Result<Secrets> {
    let text = fs::read_to_string(file).with_context(|| format!("the master key {} cannot be read", file.display()))?;
    let mode = fs::metadata(file)?.permissions().mode();
    if mode & 0o077 != 0 {
        bail!("others may read the master key: chmod 600 {}", file.display());
    }
    let bytes = HEXLOWER_PERMISSIVE.decode(text.trim().as_bytes()).ok();
    let key = bytes.and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
    let wrong = || format!("{} is no master key: 64 hexadecimal digits are expected", file.display());
    Ok(Secrets::new(key.with_context(wrong)?))
}

/// Written whole or not at all: a second file gets the name when its bytes are on the disk.
fn make(file: &Path, random: &dyn Random) -> anyhow::Result<Secrets> {
    let cannot = || format!("the master key {} cannot be made", file.display());
    let mut key = [0; 32];
    random.fill(&mut key);
    let new = file.with_extension(format!("new-{}", std::process::id()));
    let mut out = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&new).with_context(cannot)?;
    writeln!(out, "{}", data_encoding::HEXLOWER.encode(&key)).and_then(|()| out.sync_all()).with_context(cannot)?;
    // A link never replaces a key that another process made in between.
    let linked = fs::hard_link(&new, file);
    fs::remove_file(&new).with_context(cannot)?;
    match linked {
        Ok(()) => Ok(Secrets::new(key)),
        Err(cause) if cause.kind() == ErrorKind::AlreadyExists => read(file),
        Err(cause) => Err(cause).with_context(cannot),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel_base::SeededRandom;

    #[test]
    fn a_key_is_made_once_and_read_afterwards() {
        let folder = tempfile::tempdir().expect("folder");
        let file = folder.path().join("master.key");
        let made = read_or_make(&file, &SeededRandom::new(1)).expect("makes");
        let read = read_or_make(&file, &SeededRandom::new(2)).expect("reads");
        assert_eq!(made.key("x"), read.key("x"));
        assert_eq!(fs::metadata(&file).expect("file").permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(folder.path()).expect("folder").count(), 1);
    }

    #[test]
    fn a_key_that_others_may_read_or_that_is_none_is_refused() {
        let folder = tempfile::tempdir().expect("folder");
        let file = folder.path().join("master.key");
        read_or_make(&file, &SeededRandom::new(1)).expect("makes");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).expect("mode");
        assert!(read(&file).expect_err("refused").to_string().contains("chmod 600"));
        fs::write(&file, "not a key").expect("written");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).expect("mode");
        assert!(read(&file).expect_err("refused").to_string().contains("64 hexadecimal digits"));
    }
}
