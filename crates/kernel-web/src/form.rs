use std::collections::BTreeMap;
use std::convert::Infallible;

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::{StatusCode, request::Parts};
use kernel_ui::{Markup, error_summary};

use crate::{City, Failure, Visit};

/// A submitted form as it came: every key with all its values. Systems parse it into their own types.
#[derive(Debug, Clone, Default)]
pub struct Submitted(Vec<(String, String)>);

impl Submitted {
    pub fn parse(body: &[u8]) -> Submitted {
        // No database takes a NUL character, and nobody means one.
        let plain = |text: std::borrow::Cow<'_, str>| text.replace('\0', "");
        Submitted(url::form_urlencoded::parse(body).map(|(key, value)| (plain(key), plain(value))).collect())
    }

    /// The first value of a key, trimmed; empty when it is missing.
    pub fn text(&self, key: &str) -> &str {
        self.0.iter().find(|(name, _)| name == key).map_or("", |(_, value)| value.trim())
    }

    /// The first value exactly as it was typed: for passwords.
    pub fn exact(&self, key: &str) -> &str {
        self.0.iter().find(|(name, _)| name == key).map_or("", |(_, value)| value)
    }

    pub fn all<'a>(&'a self, key: &str) -> Vec<&'a str> {
        self.0.iter().filter(|(name, _)| name == key).map(|(_, value)| value.as_str()).collect()
    }

    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value.as_str()))
    }
}

impl FromRequest<City> for Submitted {
    type Rejection = Failure;

    async fn from_request(request: Request, city: &City) -> Result<Submitted, Failure> {
        let body = Bytes::from_request(request, city).await.map_err(|refused| Failure::new(refused.status(), ""))?;
        Ok(Submitted::parse(&body))
    }
}

/// What is wrong with a form: field name → message key. The page is shown again with status 422.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldErrors(BTreeMap<&'static str, &'static str>);

impl FieldErrors {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first error of a field stays.
    pub fn add(&mut self, field: &'static str, message_key: &'static str) {
        self.0.entry(field).or_insert(message_key);
    }

    /// Which fields are wrong, each with its message's key.
    pub fn keys(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.0.iter().map(|(field, key)| (*field, *key))
    }

    /// Which fields are wrong.
    pub fn fields(&self) -> impl Iterator<Item = &'static str> {
        self.0.keys().copied()
    }

    /// The message for this field in the reader's language; empty when it is fine.
    pub fn message(&self, visit: &Visit, field: &str) -> String {
        self.0.get(field).map(|key| visit.t(key)).unwrap_or_default()
    }

    /// All errors, first on the page.
    pub fn summary(&self, visit: &Visit) -> Markup {
        let errors: Vec<(&str, String)> = self.0.iter().map(|(field, key)| (*field, visit.t(key))).collect();
        error_summary(visit, &errors)
    }

    pub fn status(&self) -> StatusCode {
        if self.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }
    }
}

/// The query of the address, with repeated keys.
#[derive(Debug, Clone, Default)]
pub struct Asked(Submitted);

impl std::ops::Deref for Asked {
    type Target = Submitted;

    fn deref(&self) -> &Submitted {
        &self.0
    }
}

impl Asked {
    pub(crate) fn of(query: &str) -> Asked {
        Asked(Submitted::parse(query.as_bytes()))
    }
}

impl FromRequestParts<City> for Asked {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &City) -> Result<Asked, Infallible> {
        Ok(Asked::of(parts.uri.query().unwrap_or_default()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_keeps_repeated_keys_and_trims_single_ones() {
        let form = Submitted::parse(b"name=+Kim+&tag=a&tag=b%20c");
        assert_eq!(form.text("name"), "Kim");
        assert_eq!(form.all("tag"), ["a", "b c"]);
        assert_eq!(form.text("missing"), "");
        assert_eq!(Submitted::parse(b"a=x%00y").text("a"), "xy");
    }

    #[test]
    fn what_was_decoded_is_not_decoded_again() {
        let form = Submitted::parse(b"a=%253Cscript%253E&b=%2B+%26amp%3B");
        assert_eq!(form.text("a"), "%3Cscript%3E");
        assert_eq!(form.text("b"), "+ &amp;");
    }
}
