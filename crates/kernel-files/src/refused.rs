/// Why an upload is not kept. [`Refused::key`] is the message that says it and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("the file is empty")]
    Empty,
    #[error("the file is larger than {most_megabytes} MB")]
    TooLarge { most_megabytes: u64 },
    #[error("only {allowed} may be uploaded here")]
    NotAllowed { allowed: String },
    #[error("the file is not what its name says")]
    Disagrees,
    #[error("the file is damaged or unfinished")]
    Damaged,
    #[error("the picture has too many pixels or unpacks to too much")]
    TooManyPixels,
    #[error("HEIC and AVIF pictures cannot be freed of their notes")]
    Heic,
    #[error("the PDF file holds scripts, forms that act or other files")]
    PdfActive,
    #[error("the PDF file is locked with a password")]
    PdfLocked,
    #[error("the virus scanner found {0}")]
    Infected(String),
    /// The scanner or the disk does not answer; the log says why.
    #[error("the file cannot be checked or kept at the moment")]
    Later,
}

impl Refused {
    /// The message for the person who sent it.
    pub fn key(&self) -> &'static str {
        match self {
            Refused::Empty => "files-refused-empty",
            Refused::TooLarge { .. } => "files-refused-too-large",
            Refused::NotAllowed { .. } => "files-refused-not-allowed",
            Refused::Disagrees => "files-refused-disagrees",
            Refused::Damaged => "files-refused-damaged",
            Refused::TooManyPixels => "files-refused-too-many-pixels",
            Refused::Heic => "files-refused-heic",
            Refused::PdfActive => "files-refused-pdf-active",
            Refused::PdfLocked => "files-refused-pdf-locked",
            Refused::Infected(_) => "files-refused-infected",
            Refused::Later => "files-refused-later",
        }
    }

    /// Values that the message names.
    pub fn values(&self) -> Vec<(&'static str, String)> {
        match self {
            Refused::TooLarge { most_megabytes } => vec![("most", most_megabytes.to_string())],
            Refused::NotAllowed { allowed } => vec![("kinds", allowed.clone())],
            _ => Vec::new(),
        }
    }
}
