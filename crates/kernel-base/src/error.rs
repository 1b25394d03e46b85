/// What can go wrong below a page. Pages and the API turn it into words; nobody shows `Fault` to a reader.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("not found")]
    NotFound,
    /// A uniqueness rule or foreign key said no; the constraint's name where the engine gives one.
    #[error("conflict with what is stored: {0}")]
    Conflict(String),
    /// The engine asks to run the whole act again (serialization conflict, busy).
    #[error("the database asks to try again")]
    Retry,
    /// The database cannot be reached, or has no connection free: soon perhaps.
    #[error("the database is away: {0}")]
    Away(String),
    /// The request cannot be done and the sentence says why, for people.
    #[error("{0}")]
    Refused(String),
    /// Our or the machine's fault; for the log.
    #[error("{0}")]
    Fault(String),
}

pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    pub fn fault(cause: impl std::fmt::Display) -> Error {
        Error::Fault(cause.to_string())
    }
}
