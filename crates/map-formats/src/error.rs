use std::path::PathBuf;

use crate::Format;

/// Why the caller's sink or source of features stopped the work.
pub type Stop = Box<dyn std::error::Error + Send + Sync>;

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a file as a whole cannot be read or written. What is wrong with single features stands in the [`crate::Report`].
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{}: {source}", .path.display())]
    File { path: PathBuf, source: std::io::Error },
    #[error(transparent)]
    Io(#[from] std::io::Error),
    #[error("the file is of no format that we read")]
    UnknownFormat,
    #[error("not a readable {format} file: {why}")]
    Broken { format: Format, why: String },
    #[error("the file asks for more than is allowed: {what} over {limit}")]
    Limit { what: Limited, limit: u64 },
    #[error("the file has no layer named \"{0}\"")]
    NoLayer(String),
    #[error("the file has no column named \"{0}\"")]
    NoColumn(String),
    #[error("\"{0}\" is not the name of a character encoding")]
    NoEncoding(String),
    #[error("the archive holds no geodata")]
    EmptyArchive,
    #[error("{0} is read, not written")]
    NotWritten(Format),
    #[error("{format} holds coordinates in WGS 84 only: {source}")]
    Crs { format: Format, source: map_feature::CrsError },
    #[error("{0}")]
    Stopped(Stop),
}

/// What a file may have only so much of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Limited {
    UnpackedBytes,
    UnpackingRatio,
    ArchiveEntries,
    Fields,
    Layers,
    Nodes,
    FileBytes,
}

impl std::fmt::Display for Limited {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(match self {
            Limited::UnpackedBytes => "unpacked bytes",
            Limited::UnpackingRatio => "unpacked bytes for one packed",
            Limited::ArchiveEntries => "entries of an archive",
            Limited::Fields => "fields",
            Limited::Layers => "layers",
            Limited::Nodes => "nodes held in memory",
            Limited::FileBytes => "bytes read at once",
        })
    }
}

impl Error {
    pub(crate) fn broken(format: Format, why: impl std::fmt::Display) -> Error {
        Error::Broken { format, why: why.to_string() }
    }
}
