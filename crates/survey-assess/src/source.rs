//! Which record of the archive shows a piece of evidence that the rules know by its address alone.

use std::collections::BTreeMap;

use survey_archive::{Archive, Kind};

use crate::report::Report;

/// Notes of observations, by what they are about.
const NOTES: [&str; 4] = ["endpoint", "search", "page", "failure"];

/// Gives every piece of evidence the record it rests on: the answer of its address, a note about it or its host; an
/// address outside the capture rests on the page that names it.
pub(crate) fn name_records(archive: &Archive, report: &mut Report) {
    let mut known: BTreeMap<&str, String> = BTreeMap::new();
    for entry in archive.entries() {
        if matches!(entry.kind, Kind::Response | Kind::Revisit | Kind::Metadata) {
            known.entry(entry.uri.as_str()).or_insert_with(|| entry.id.to_string());
        }
    }
    for criterion in &mut report.criteria {
        let mut before = known.get("urn:madang:capture").cloned().unwrap_or_default();
        for evidence in &mut criterion.evidence {
            if evidence.record.is_empty() {
                evidence.record = record_of(&known, &evidence.url).unwrap_or_else(|| before.clone());
            }
            before.clone_from(&evidence.record);
        }
    }
}

fn record_of(known: &BTreeMap<&str, String>, url: &str) -> Option<String> {
    let host = url.split("://").nth(1)?.split('/').next()?;
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let mut addresses = vec![url.to_owned()];
    addresses.extend(NOTES.iter().map(|kind| format!("urn:madang:{kind}:{url}")));
    addresses.extend([host, name].map(|host| format!("urn:madang:host:{host}")));
    addresses.iter().find_map(|address| known.get(address.as_str()).cloned())
}
