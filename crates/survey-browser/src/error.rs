/// Why the browser could not answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The browser is there but does not start.
    #[error("the browser does not start: {0}")]
    Start(String),
    /// The browser process ended; the next visit starts another one.
    #[error("the browser ended: {0}")]
    Gone(String),
    /// The page's own process crashed, for instance out of memory.
    #[error("the page crashed")]
    Crashed,
    /// The page did not come to an end in the time allowed.
    #[error("the page took longer than allowed")]
    Deadline,
    /// Only `http:` and `https:` addresses are visited.
    #[error("not a web address: {0}")]
    Address(String),
    /// The address could not be opened; Chromium's error name, such as `net::ERR_CONNECTION_REFUSED`.
    #[error("the address could not be opened: {0}")]
    Navigation(String),
    /// The address leads to something that is not an HTML page; its media type.
    #[error("not an HTML page but {0}")]
    NotHtml(String),
    /// The browser refused a command or answered what the protocol does not allow.
    #[error("{method}: {message}")]
    Protocol { method: &'static str, message: String },
}

impl Error {
    pub(crate) fn protocol(method: &'static str, message: impl Into<String>) -> Self {
        Self::Protocol { method, message: message.into() }
    }
}
