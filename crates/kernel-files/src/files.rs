use std::io::{ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use data_encoding::HEXLOWER;
use kernel_base::{Error, Random, Result};
use sha2::{Digest, Sha256};

use crate::kind::{Content, sniff};
use crate::scan::Scanner;
use crate::{Kind, Refused, name, pdf, picture};

#[derive(Debug, Clone)]
pub struct Settings {
    /// Where files are kept; made when it is not there.
    pub folder: PathBuf,
    pub most_bytes: u64,
    /// Width times height of a picture.
    pub most_pixels: u64,
    /// ClamAV's daemon: `127.0.0.1:3310` or `/run/clamav/clamd.ctl`.
    pub clamd: Option<String>,
    pub clamd_timeout: Duration,
}

impl Settings {
    pub fn in_folder(folder: impl Into<PathBuf>) -> Settings {
        Settings {
            folder: folder.into(),
            most_bytes: 10 << 20,
            most_pixels: 100_000_000,
            clamd: None,
            clamd_timeout: Duration::from_secs(30),
        }
    }
}

/// The room of uploads. What a file means, whose it is and who may have it is kept by the systems, with its `id`.
#[derive(Clone)]
pub struct Files {
    settings: Arc<Settings>,
    scanner: Option<Scanner>,
    random: Arc<dyn Random>,
}

/// What became of an upload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// SHA-256 of what is kept, and a part of its own: the same picture sent twice is two files, so that removing one
    /// takes nothing from the other.
    pub id: String,
    /// Cleaned, with an ending.
    pub name: String,
    pub kind: Kind,
    pub bytes: u64,
    /// Width and height of a picture.
    pub size: Option<(u32, u32)>,
}

/// An upload that may be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// Cleaned, with an ending.
    pub name: String,
    pub kind: Kind,
    /// Without notes and whatever else was cut off.
    pub content: Vec<u8>,
    /// Width and height of a picture.
    pub size: Option<(u32, u32)>,
}

impl Files {
    pub fn new(settings: Settings, random: Arc<dyn Random>) -> Files {
        let scanner = settings.clamd.as_deref().map(|address| Scanner::at(address, settings.clamd_timeout));
        Files { settings: Arc::new(settings), scanner, random }
    }

    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Checks, cleans and keeps an upload. Call it before the act's transaction begins.
    ///
    /// # Errors
    /// When it is not kept, and why.
    pub async fn take(&self, name: &str, bytes: Bytes, allowed: &[Kind]) -> std::result::Result<Kept, Refused> {
        let checked = self.check(name, bytes, allowed).await?;
        self.keep(checked).await
    }

    /// Checks and cleans an upload that is read at once and not kept.
    ///
    /// # Errors
    /// When it should not be read, and why.
    pub async fn check(&self, name: &str, bytes: Bytes, allowed: &[Kind]) -> std::result::Result<Checked, Refused> {
        let most = self.settings.most_bytes;
        if bytes.is_empty() {
            return Err(Refused::Empty);
        }
        if bytes.len() as u64 > most {
            return Err(Refused::TooLarge { most_megabytes: most >> 20 });
        }
        let name = name::clean(name);
        let (kind, name) = agree(&name, sniff(&bytes), allowed)?;
        let (sent, most_pixels) = (bytes.clone(), self.settings.most_pixels);
        let cleaned = tokio::task::spawn_blocking(move || clean(kind, &sent, most_pixels)).await;
        let (content, size) = cleaned.map_err(later)??;
        if let Some(scanner) = &self.scanner {
            // As it was sent: what was taken out counts too.
            scanner.check(&bytes).await?;
        }
        Ok(Checked { name, kind, content, size })
    }

    async fn keep(&self, checked: Checked) -> std::result::Result<Kept, Refused> {
        let Checked { name, kind, content, size } = checked;
        let mut own = [0u8; 8];
        self.random.fill(&mut own);
        let id = format!("{}-{}", HEXLOWER.encode(&Sha256::digest(&content)), HEXLOWER.encode(&own));
        let path = self.place(&id).ok_or(Refused::Later)?;
        let bytes = content.len() as u64;
        let written = tokio::task::spawn_blocking(move || write(&path, &content)).await;
        written.map_err(later)?.map_err(later)?;
        Ok(Kept { id, name, kind, bytes, size })
    }

    /// # Errors
    /// `NotFound`, or a fault when the disk gives other bytes than were kept.
    pub async fn open(&self, id: &str) -> Result<Vec<u8>> {
        let path = self.place(id).ok_or(Error::NotFound)?;
        let bytes = tokio::fs::read(&path).await.map_err(|cause| told(&path, &cause))?;
        match id.starts_with(&HEXLOWER.encode(&Sha256::digest(&bytes))) {
            true => Ok(bytes),
            false => Err(Error::Fault(format!("{} is not what was kept; restore it from a backup", path.display()))),
        }
    }

    /// Forgets a file; one that is gone already is no error, since acts may run twice.
    ///
    /// # Errors
    /// When the disk refuses.
    pub async fn remove(&self, id: &str) -> Result<()> {
        let path = self.place(id).ok_or(Error::NotFound)?;
        match tokio::fs::remove_file(&path).await {
            Err(cause) if cause.kind() != ErrorKind::NotFound => Err(told(&path, &cause)),
            _ => Ok(()),
        }
    }

    /// For `doctor`: can files be kept, does the scanner answer?
    ///
    /// # Errors
    /// In words for the operator.
    pub async fn ready(&self) -> std::result::Result<(), String> {
        let folder = self.settings.folder.clone();
        let tried = tokio::task::spawn_blocking(move || {
            make(&folder)?;
            let probe = folder.join("probe.part");
            let _ = std::fs::remove_file(&probe);
            write_new(&probe, b"probe").and_then(|()| std::fs::remove_file(&probe))
        });
        let wrong = |cause: &dyn std::fmt::Display| {
            format!("files cannot be kept in {}: {cause}; check owner and space", self.settings.folder.display())
        };
        tried.await.map_err(|cause| wrong(&cause))?.map_err(|cause| wrong(&cause))?;
        match &self.scanner {
            Some(scanner) => scanner.answers().await,
            None => Ok(()),
        }
    }

    /// Two levels, so that no folder grows too large. `None` for what is no id of ours, such as a path.
    fn place(&self, id: &str) -> Option<PathBuf> {
        let (digest, own) = id.split_once('-')?;
        let hex = |text: &str, length| text.len() == length && HEXLOWER.decode(text.as_bytes()).is_ok();
        (hex(digest, 64) && hex(own, 16)).then(|| self.settings.folder.join(&id[..2]).join(&id[2..4]).join(id))
    }
}

/// The kind, when name and content say the same and it is allowed here; a name without an ending gets one.
fn agree(name: &str, content: Content, allowed: &[Kind]) -> std::result::Result<(Kind, String), Refused> {
    let ending = name::split(name).1.to_ascii_lowercase();
    let said = Kind::of_ending(&ending);
    let not_allowed = || {
        let words: Vec<&str> = allowed.iter().map(|kind| kind.word()).collect();
        Refused::NotAllowed { allowed: words.join(", ") }
    };
    let kind = match (content, said) {
        (Content::Heic, _) => return Err(Refused::Heic),
        (Content::Is(kind), Some(said)) if kind == said => kind,
        (Content::Is(kind), None) if ending.is_empty() => kind,
        (Content::Plain, Some(said @ (Kind::Text | Kind::Csv | Kind::Json))) => said,
        (Content::Plain, None) if ending.is_empty() => Kind::Text,
        (_, None) if !ending.is_empty() => return Err(not_allowed()),
        (Content::Other, None) => return Err(not_allowed()),
        _ => return Err(Refused::Disagrees),
    };
    if !allowed.contains(&kind) {
        return Err(not_allowed());
    }
    let name = if ending.is_empty() { format!("{name}.{}", kind.endings()[0]) } else { name.to_owned() };
    Ok((kind, name))
}

/// What is kept, and how large a picture is.
type Clean = (Vec<u8>, Option<(u32, u32)>);

fn clean(kind: Kind, bytes: &[u8], most_pixels: u64) -> std::result::Result<Clean, Refused> {
    match kind {
        Kind::Text | Kind::Csv | Kind::Json => Ok((bytes.to_vec(), None)),
        Kind::Pdf => Ok((pdf::clean(bytes)?, None)),
        picture => {
            let cleaned = picture::clean(picture, bytes, most_pixels)?;
            Ok((cleaned.bytes, Some((cleaned.width, cleaned.height))))
        }
    }
}

/// Whole or not at all: a file of another name, flushed, then renamed.
fn write(path: &Path, content: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().ok_or(ErrorKind::InvalidInput)?;
    make(folder)?;
    let beside = path.with_extension("part");
    let done = write_new(&beside, content).and_then(|()| std::fs::rename(&beside, path));
    if done.is_err() {
        let _ = std::fs::remove_file(&beside);
    }
    done?;
    // The names too must survive a power cut, those of new folders included.
    folder.ancestors().take(3).try_for_each(|folder| std::fs::File::open(folder)?.sync_all())
}

fn write_new(path: &Path, content: &[u8]) -> std::io::Result<()> {
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(content)?;
    file.sync_all()
}

fn make(folder: &Path) -> std::io::Result<()> {
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

fn later(cause: impl std::fmt::Display) -> Refused {
    tracing::error!(%cause, "an upload could not be kept");
    Refused::Later
}

fn told(path: &Path, cause: &std::io::Error) -> Error {
    match cause.kind() {
        ErrorKind::NotFound => Error::NotFound,
        _ => Error::Fault(format!("{}: {cause}", path.display())),
    }
}
