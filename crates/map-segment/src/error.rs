use std::{
    io,
    path::{Path, PathBuf},
};

use map_feature::CrsError;

pub type Result<T> = std::result::Result<T, Error>;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{path}: {source}", path = path.display())]
    Io { path: PathBuf, source: io::Error },
    #[error("{path} holds no finished edition of a layer", path = .0.display())]
    Unfinished(PathBuf),
    /// The files do not say what an edition says: damaged, cut short or written by somebody else.
    #[error("the edition is damaged: {0}")]
    Damaged(&'static str),
    #[error("the edition was written by another version (format {0}); import the layer again")]
    Format(u32),
    #[error(transparent)]
    Crs(#[from] CrsError),
    #[error("two features have the id \"{0}\"")]
    Duplicate(String),
    #[error("a feature has {found} values where the layer has {fields} fields")]
    Values { found: usize, fields: usize },
    #[error("the field \"{field}\" does not take the value \"{value}\"")]
    Kind { field: String, value: String },
    #[error("a geometry is nested too deeply")]
    Nested,
    #[error("a coordinate is not a finite number")]
    NotFinite,
    #[error("the tiles cannot be written: {0}")]
    Baking(io::Error),
    #[error("a layer holds at most {max} features", max = u32::MAX - 1)]
    Full,
}

impl Error {
    pub(crate) fn io(path: &Path) -> impl FnOnce(io::Error) -> Error + '_ {
        move |source| Error::Io { path: path.to_owned(), source }
    }
}
