//! A form that brings a list: pasted, or as a file that counts more.

use std::collections::BTreeMap;

use axum::extract::multipart::MultipartError;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header;
use kernel_files::{Kind, Refused};
use kernel_web::{City, Failure, Submitted};

/// The form as it was sent.
#[derive(Default)]
pub struct Brought {
    fields: BTreeMap<&'static str, String>,
    file: String,
    /// The chosen file was not read.
    pub refused: Option<Refused>,
}

impl Brought {
    /// Reads the form of a browser, or a plain one of a program. The field `file` holds the file; of the others those
    /// that are named here are kept. What is not UTF-8 gets replacement characters: the errors of the list then name the
    /// lines that cannot be read.
    ///
    /// # Errors
    /// When the request breaks off, is too large, or is no form.
    pub async fn of(request: Request, city: &City, kinds: &[Kind], names: &[&'static str]) -> Result<Brought, Failure> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if !kind.starts_with("multipart/form-data") {
            let form = Submitted::from_request(request, city).await?;
            let fields = names.iter().map(|name| (*name, form.text(name).to_owned())).collect();
            return Ok(Brought { fields, ..Brought::default() });
        }
        let gone = |error: MultipartError| Failure::new(error.status(), "");
        let parts = Multipart::from_request(request, city).await;
        let mut parts = parts.map_err(|rejection| Failure::new(rejection.status(), ""))?;
        let mut brought = Brought::default();
        while let Some(part) = parts.next_field().await.map_err(gone)? {
            let key = part.name().unwrap_or_default().to_owned();
            let file = part.file_name().unwrap_or_default().to_owned();
            let bytes = part.bytes().await.map_err(gone)?;
            if key == "file" && !bytes.is_empty() {
                match city.files.check(&file, bytes, kinds).await {
                    Ok(checked) => brought.file = String::from_utf8_lossy(&checked.content).into_owned(),
                    Err(refused) => brought.refused = Some(refused),
                }
            } else if let Some(name) = names.iter().find(|name| **name == key) {
                brought.fields.insert(name, String::from_utf8_lossy(&bytes).into_owned());
            }
        }
        Ok(brought)
    }

    /// A field's text; empty when it was not sent.
    pub fn text(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }

    /// The list of the chosen file, else what was pasted into this field.
    pub fn list(&self, name: &str) -> &str {
        if self.file.trim().is_empty() { self.text(name) } else { &self.file }
    }
}
