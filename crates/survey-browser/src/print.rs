//! Pictures of a page, and documents on paper.

use std::time::Duration;

use data_encoding::BASE64;
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::Error;
use crate::browser::Browser;
use crate::launch::nowhere;
use crate::measure::Page;
use crate::traffic::Traffic;

/// Largest screenshot kept, in bytes; quality goes down until it fits.
const SCREENSHOT_LIMIT: usize = 300_000;
const QUALITIES: [u8; 4] = [75, 50, 30, 12];
const COMMAND_LIMIT: Duration = Duration::from_secs(10);
const PRINT_LIMIT: Duration = Duration::from_secs(120);

/// Inches: A4 by ISO 216 is 210 × 297 mm.
const A4: (f64, f64) = (8.2677, 11.6929);
const FOOTER: &str = "<div style=\"width:100%;font-size:8px;text-align:center;color:#555;\
    font-family:sans-serif\"><span class=\"pageNumber\"></span> / <span class=\"totalPages\"></span></div>";

/// The first screen as JPEG.
pub(crate) async fn screenshot(page: &Page) -> Result<Vec<u8>, Error> {
    const METHOD: &str = "Page.captureScreenshot";
    for quality in QUALITIES {
        let params = json!({ "format": "jpeg", "quality": quality });
        let answer = page.call(COMMAND_LIMIT, METHOD, params).await?;
        let picture = decode(&answer, METHOD)?;
        if picture.len() <= SCREENSHOT_LIMIT {
            return Ok(picture);
        }
    }
    Err(Error::protocol(METHOD, "the picture is too large at any quality"))
}

impl Browser {
    /// Prints an HTML document to PDF: A4, page numbers, tagged, with an outline from its headings.
    /// Nothing is fetched and no script of the document runs: pictures and fonts must be inside it.
    pub async fn pdf(&self, html: &str) -> Result<Vec<u8>, Error> {
        let process = self.process().await?;
        let (_context, page) = process.open(&Traffic::default(), nowhere(), Instant::now() + PRINT_LIMIT).await?;
        page.call(COMMAND_LIMIT, "Page.enable", json!({})).await?;
        page.call(COMMAND_LIMIT, "Network.enable", json!({})).await?;
        let offline = json!({ "offline": true, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0 });
        page.call(COMMAND_LIMIT, "Network.emulateNetworkConditions", offline).await?;
        let scripts = json!({ "value": true });
        page.call(COMMAND_LIMIT, "Emulation.setScriptExecutionDisabled", scripts).await?;
        let content = json!({ "frameId": page.frame, "html": html });
        page.call(PRINT_LIMIT, "Page.setDocumentContent", content).await?;
        let params = json!({
            "paperWidth": A4.0, "paperHeight": A4.1,
            "marginTop": 0.6, "marginBottom": 0.75, "marginLeft": 0.6, "marginRight": 0.6,
            "printBackground": true,
            "displayHeaderFooter": true,
            "headerTemplate": "<span></span>",
            "footerTemplate": FOOTER,
            "generateTaggedPDF": true,
            "generateDocumentOutline": true,
        });
        let answer = page.call(PRINT_LIMIT, "Page.printToPDF", params).await?;
        decode(&answer, "Page.printToPDF")
    }
}

fn decode(answer: &Value, method: &'static str) -> Result<Vec<u8>, Error> {
    let data = answer["data"].as_str();
    let data = data.ok_or_else(|| Error::protocol(method, "no data"))?;
    BASE64.decode(data.as_bytes()).map_err(|error| Error::protocol(method, error.to_string()))
}
