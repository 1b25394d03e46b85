//! Data, map and service interfaces: addresses that the site links to, and the well-known places on its data hosts.

use std::collections::{BTreeMap, BTreeSet};

use survey_archive::notes::{EndpointNote, Note};
use url::Url;

use super::Prober;
use crate::frontier::Frontier;

/// Linked addresses asked for being an interface.
const MAX_LINKED: usize = 24;
/// Hosts on which the well-known places are tried.
const MAX_HOSTS: usize = 4;

/// Where the software puts its interface, and what it should be.
const PLACES: &[(&str, &str)] = &[
    ("ckan", "/api/3/action/package_search?rows=0"),
    ("dcat", "/data.json"),
    ("opendatasoft", "/api/explore/v2.1/catalog/datasets?limit=1"),
    ("socrata", "/api/catalog/v1?limit=1"),
    ("arcgis", "/arcgis/rest/services?f=json"),
    ("ogc-api", "/conformance?f=json"),
    ("open311", "/open311/discovery.json"),
    ("oparl", "/oparl/v1.1/system"),
];

/// First labels of hosts that serve data or maps.
const DATA_HOSTS: &[&str] = &[
    "data", "opendata", "open", "daten", "datos", "dados", "dati", "donnees", "gis", "map", "maps", "geo", "api",
    "catalog", "ckan",
];

/// Pieces of addresses that speak of an interface.
const TELLING: &[&str] = &[
    "service=wms",
    "service=wfs",
    "/wms",
    "/wfs",
    "/arcgis/rest",
    "/geoserver",
    "/api/3/action",
    "/api/explore",
    "/resource/",
    "data.json",
    "/ogc",
    "/collections",
    "open311",
    "gtfs",
    "oparl",
    "/rss",
    "/feed",
    ".rss",
    ".atom",
    "rss.xml",
    "feed.xml",
    "atom.xml",
    ".ics",
    "/ical",
    "openapi",
    "swagger",
];

/// # Errors
/// Only when the archive cannot be written.
pub async fn endpoints(
    p: &Prober<'_>,
    frontier: &Frontier,
    resources: &BTreeMap<String, String>,
    hosts: &[String],
) -> Result<(), survey_archive::Error> {
    let mut linked: BTreeSet<Url> = BTreeSet::new();
    let told = frontier.known().iter().map(|k| k.url.as_ref()).filter(|u| {
        let u = u.to_ascii_lowercase();
        TELLING.iter().any(|t| u.contains(t))
    });
    let feeds = resources
        .iter()
        .filter(|(_, kind)| !kind.contains("opensearch") && !kind.contains("html"))
        .map(|(u, _)| u.as_str());
    for url in feeds.chain(told).filter_map(|u| Url::parse(u).ok()).filter_map(|u| p.shared.canonical(u)) {
        if linked.len() < MAX_LINKED && p.shared.in_scope(&url) {
            linked.insert(url);
        }
    }
    for url in &linked {
        ask(p, url, false).await?;
    }
    let data_host = |h: &&String| DATA_HOSTS.contains(&h.split('.').next().unwrap_or(""));
    let tried: Vec<&String> =
        hosts.iter().take(1).chain(hosts.iter().skip(1).filter(data_host)).take(MAX_HOSTS).collect();
    for host in tried {
        let Some(root) = frontier.root_of(host) else { continue };
        for (_, path) in PLACES {
            if let Ok(url) = root.join(path)
                && !linked.contains(&url)
            {
                ask(p, &url, true).await?;
            }
        }
    }
    Ok(())
}

/// An address that was only guessed leaves a note when it is an interface; a linked one must prove it too.
async fn ask(p: &Prober<'_>, url: &Url, guessed: bool) -> Result<(), survey_archive::Error> {
    let Ok(heard) = p.get(url, "application/json,application/xml;q=0.9,*/*;q=0.5").await? else { return Ok(()) };
    if heard.status != 200 {
        return Ok(());
    }
    let found =
        recognise(url, &heard.media, &heard.body).filter(|(kind, _)| !guessed || PLACES.iter().any(|(k, _)| k == kind));
    if let Some((kind, proof)) = found {
        let note = EndpointNote { url: url.to_string(), kind: kind.to_owned(), status: heard.status, proof };
        p.shared.recorder.note(Note::Endpoint(note)).await?;
    }
    Ok(())
}

/// What an answer is, by its content alone, and what shows it.
fn recognise(url: &Url, media: &str, body: &[u8]) -> Option<(&'static str, String)> {
    if body.starts_with(b"PK\x03\x04") {
        let gtfs = url.path().to_ascii_lowercase().contains("gtfs")
            || [b"stops.txt".as_slice(), b"trips.txt"].iter().all(|n| contains(body, n));
        return gtfs.then(|| ("gtfs", "a zip archive of timetables".to_owned()));
    }
    if body.starts_with(b"BEGIN:VCALENDAR") {
        let text = String::from_utf8_lossy(body);
        return Some(("ical", format!("BEGIN:VCALENDAR, {} events", text.matches("BEGIN:VEVENT").count())));
    }
    if media.contains("json") || matches!(body.trim_ascii_start().first(), Some(b'{' | b'[')) {
        return json(&serde_json::from_slice(body).ok()?);
    }
    xml(&String::from_utf8_lossy(body.get(..body.len().min(400_000)).unwrap_or_default()))
}

fn contains(body: &[u8], needle: &[u8]) -> bool {
    body.windows(needle.len()).any(|w| w == needle)
}

fn json(v: &serde_json::Value) -> Option<(&'static str, String)> {
    let has = |key: &str| v.get(key).is_some();
    if v.get("success").and_then(serde_json::Value::as_bool) == Some(true) && has("result") {
        let count = v.pointer("/result/count").and_then(serde_json::Value::as_u64);
        return Some((
            "ckan",
            format!("\"success\": true{}", count.map(|c| format!(", {c} packages")).unwrap_or_default()),
        ));
    }
    let many = |key: &str| v.get(key).and_then(serde_json::Value::as_array).map(Vec::len);
    if let Some(n) = many("dataset").filter(|_| has("conformsTo") || has("@context") || has("@type") || has("dataset"))
    {
        return Some(("dcat", format!("\"dataset\" lists {n} entries")));
    }
    if let Some(n) = v.get("resultSetSize").and_then(serde_json::Value::as_u64) {
        return Some(("socrata", format!("\"resultSetSize\": {n}")));
    }
    if let (Some(n), true) = (v.get("total_count").and_then(serde_json::Value::as_u64), has("results")) {
        return Some(("opendatasoft", format!("\"total_count\": {n}")));
    }
    if let (Some(version), true) = (v.get("currentVersion"), has("services") || has("layers") || has("folders")) {
        return Some(("arcgis", format!("\"currentVersion\": {version}")));
    }
    let conforms =
        many("conformsTo").filter(|_| v.get("conformsTo").is_some_and(|c| c.to_string().contains("opengis.net")));
    if let Some(n) = conforms {
        return Some(("ogc-api", format!("conforms to {n} requirement classes")));
    }
    if let Some(n) = many("collections").filter(|_| has("links")) {
        return Some(("ogc-api", format!("{n} collections")));
    }
    if has("endpoints") && has("changeset") {
        return Some(("open311", "a GeoReport discovery document with endpoints".to_owned()));
    }
    let system = v.get("type").and_then(serde_json::Value::as_str).filter(|t| t.contains("oparl.org"));
    if let Some(kind) = system {
        return Some(("oparl", format!("\"type\": \"{kind}\"")));
    }
    let openapi = v.get("openapi").or_else(|| v.get("swagger")).and_then(serde_json::Value::as_str)?;
    Some(("openapi", format!("OpenAPI {openapi}")))
}

fn xml(text: &str) -> Option<(&'static str, String)> {
    let start: String = text.chars().take(3000).collect();
    if start.contains("<rss") || start.contains("<rdf:RDF") && start.contains("purl.org/rss") {
        return Some(("rss", format!("<rss> with {} items", text.matches("<item").count())));
    }
    if start.contains("<feed") && start.contains("w3.org/2005/Atom") {
        return Some(("atom", format!("<feed> with {} entries", text.matches("<entry").count())));
    }
    if start.contains("WMS_Capabilities") || start.contains("WMT_MS_Capabilities") {
        return Some(("wms", format!("WMS capabilities with {} layers", text.matches("<Layer").count())));
    }
    if start.contains("WFS_Capabilities") {
        return Some(("wfs", format!("WFS capabilities with {} feature types", text.matches("<FeatureType>").count())));
    }
    (start.contains("<discovery") && start.contains("<endpoint"))
        .then(|| ("open311", "a GeoReport discovery document with endpoints".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(media: &str, body: &str) -> Option<&'static str> {
        recognise(&Url::parse("http://c/x").expect("url"), media, body.as_bytes()).map(|(k, _)| k)
    }

    #[test]
    fn interfaces_are_known_by_what_they_say() {
        for (media, body, expected) in [
            ("application/json", r#"{"success":true,"result":{"count":1204}}"#, "ckan"),
            (
                "application/json",
                r#"{"conformsTo":"https://project-open-data.cio.gov/v1.1/schema","dataset":[{}]}"#,
                "dcat",
            ),
            ("application/json", r#"{"currentVersion":10.91,"folders":[],"services":[]}"#, "arcgis"),
            (
                "application/json",
                r#"{"conformsTo":["http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core"]}"#,
                "ogc-api",
            ),
            ("text/xml", r#"<?xml version="1.0"?><rss version="2.0"><channel><item/></channel></rss>"#, "rss"),
            ("text/xml", r#"<WMS_Capabilities version="1.3.0"><Layer/></WMS_Capabilities>"#, "wms"),
            ("text/calendar", "BEGIN:VCALENDAR\nBEGIN:VEVENT\n", "ical"),
        ] {
            assert_eq!(kind(media, body), Some(expected), "{body}");
        }
        for (media, body) in [
            ("text/html", "<html><body>Not found</body></html>"),
            ("application/json", r#"{"success":false}"#),
            ("application/json", "{broken"),
        ] {
            assert_eq!(kind(media, body), None, "{body}");
        }
    }
}
