//! Documents on paper. Here because this room may use the browser and the portal may use this room.

use survey_browser::{Browser, Options};

/// A browser that prints and asks nobody on the network for anything.
pub struct Printer(Browser);

/// Why a document was not printed, in words for the operator.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct NotPrinted(#[from] survey_browser::Error);

impl Printer {
    /// None when this machine has no browser.
    ///
    /// # Errors
    /// When there is one and it does not start.
    pub async fn start() -> Result<Option<Printer>, NotPrinted> {
        Ok(Browser::start(Options::offline()).await?.map(Printer))
    }

    /// An HTML document, whose styles and pictures are inside it, as PDF: A4, page numbers, tagged, an outline from its
    /// headings.
    ///
    /// # Errors
    /// When the browser does not print it in time.
    pub async fn pdf(&self, html: &str) -> Result<Vec<u8>, NotPrinted> {
        Ok(self.0.pdf(html).await?)
    }

    /// Ends the browser. One that is dropped ends by itself a little later.
    pub async fn close(self) {
        self.0.close().await;
    }
}
