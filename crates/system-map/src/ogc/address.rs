//! Links between the documents of the interface.

use kernel_web::{Asked, Visit};
use serde::Serialize;
use url::form_urlencoded::Serializer;

use super::ROOT;

pub const JSON: &str = "application/json";
pub const GEOJSON: &str = "application/geo+json";
pub const HTML: &str = "text/html";
pub const SCHEMA: &str = "application/schema+json";
pub const MVT: &str = "application/vnd.mapbox-vector-tile";
pub const PNG: &str = "image/png";
pub const OPENAPI: &str = "application/vnd.oai.openapi+json;version=3.0";

/// A link as OGC API – Common writes it.
#[derive(Debug, Clone, Serialize)]
pub struct Link {
    pub href: String,
    pub rel: &'static str,
    #[serde(rename = "type")]
    pub kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub templated: bool,
}

impl Link {
    pub fn new(rel: &'static str, kind: &'static str, href: String) -> Link {
        Link { href, rel, kind, title: None, templated: false }
    }

    pub fn titled(self, title: impl Into<String>) -> Link {
        Link { title: Some(title.into()), ..self }
    }

    pub fn templated(self) -> Link {
        Link { templated: true, ..self }
    }

    /// As a `Link` header (RFC 8288).
    pub fn header(&self) -> String {
        format!("<{}>; rel=\"{}\"; type=\"{}\"", self.href, self.rel, self.kind)
    }
}

/// The whole address of a path below the root.
pub fn at(visit: &Visit, path: &str) -> String {
    format!("{}{ROOT}{path}", visit.origin)
}

/// The address of a collection, and what is below it.
pub fn collection(visit: &Visit, layer: &str, path: &str) -> String {
    format!("{}{ROOT}/collections/{layer}{path}", visit.origin)
}

/// The id of a feature as a part of an address.
pub fn segment(id: &str) -> String {
    // A form writes a blank as `+`, a path does not.
    url::form_urlencoded::byte_serialize(id.as_bytes()).collect::<String>().replace('+', "%20")
}

/// This document with other values of some parameters; `None` leaves a parameter out.
pub fn here(visit: &Visit, asked: &Asked, other: &[(&str, Option<String>)]) -> String {
    let mut query = Serializer::new(String::new());
    for (key, value) in asked.pairs().filter(|(key, _)| !other.iter().any(|(name, _)| name == key)) {
        query.append_pair(key, value);
    }
    for (key, value) in other.iter().filter_map(|(key, value)| Some((key, value.as_ref()?))) {
        query.append_pair(key, value);
    }
    let (path, query) = (visit.path.trim_end_matches('/'), query.finish());
    let joint = if query.is_empty() { "" } else { "?" };
    format!("{}{path}{joint}{query}", visit.origin)
}

/// `self` in the shape that was asked for, and the other shape.
pub fn shapes(visit: &Visit, asked: &Asked, kind: &'static str) -> [Link; 2] {
    let html = here(visit, asked, &[("f", Some("html".to_owned()))]);
    [Link::new("self", kind, here(visit, asked, &[])), Link::new("alternate", HTML, html)]
}
