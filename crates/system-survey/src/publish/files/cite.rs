//! How a round is cited: in words, as DataCite JSON (schema 4.5), BibTeX and CITATION.cff (1.2.0).

use serde_json::json;

use super::csvw::pretty;
use crate::publish::data::LICENCE;
use crate::publish::frame::href;
use crate::publish::results::Results;

/// The permanent address of a round on this site.
pub fn address(origin: &str, results: &Results) -> String {
    format!("{origin}{}", href(&results.round.slug))
}

/// Where a reader of a citation is led: the DOI, when there is one.
fn led_to(results: &Results, address: &str) -> String {
    results.round.doi.as_ref().map_or_else(|| address.to_owned(), |doi| format!("https://doi.org/{doi}"))
}

fn year(results: &Results) -> &str {
    results.round.published_on.get(..4).unwrap_or_default()
}

/// "City (2026): Title. Data set. https://…"
pub fn words(results: &Results, publisher: &str, address: &str) -> String {
    format!("{publisher} ({}): {}. Data set. {}", year(results), results.round.title, led_to(results, address))
}

/// Ready to be handed in where DOIs are given out.
pub fn datacite(results: &Results, publisher: &str, address: &str) -> String {
    let round = &results.round;
    let mut dates = vec![json!({ "date": round.published_on, "dateType": "Issued" })];
    if let Some(day) = &round.coding_on {
        let until = round.closed_on.as_deref().unwrap_or(&round.published_on);
        dates.push(json!({ "date": format!("{day}/{until}"), "dateType": "Collected" }));
    }
    let abstracted = format!(
        "{} cities judged by {} criteria of {} {}: codes of evaluators, final answers, scores, ranks with intervals, reliability.",
        results.cities.len(),
        results.criteria.len(),
        round.instrument,
        round.instrument_version
    );
    let mut record = json!({
        "creators": [{ "name": publisher, "nameType": "Organizational" }],
        "titles": [{ "title": round.title }],
        "publisher": { "name": publisher },
        "publicationYear": year(results),
        "types": { "resourceTypeGeneral": "Dataset", "resourceType": "Survey results" },
        "subjects": [{ "subject": "electronic government" }, { "subject": "municipal websites" }],
        "dates": dates,
        "language": "en",
        "version": results.schema_version.to_string(),
        "rightsList": [{
            "rights": "Creative Commons Attribution 4.0 International",
            "rightsUri": LICENCE.1,
            "rightsIdentifier": LICENCE.0,
            "rightsIdentifierScheme": "SPDX",
            "schemeUri": "https://spdx.org/licenses/",
        }],
        "descriptions": [{ "description": abstracted, "descriptionType": "Abstract" }],
        "formats": ["text/csv", "application/json"],
        "url": address,
        "schemaVersion": "http://datacite.org/schema/kernel-4",
    });
    if let Some(doi) = &round.doi {
        record["doi"] = json!(doi);
    }
    pretty(&record)
}

pub fn bibtex(results: &Results, publisher: &str, address: &str) -> String {
    let round = &results.round;
    let doi = round.doi.as_ref().map(|doi| format!("  doi = {{{}}},\n", tex(doi))).unwrap_or_default();
    format!(
        "@misc{{survey-{},\n  author = {{{{{}}}}},\n  title = {{{}}},\n  year = {{{}}},\n  howpublished = {{Data set}},\n{doi}  url = {{{address}}}\n}}\n",
        round.slug,
        tex(publisher),
        tex(&round.title),
        year(results),
    )
}

/// Characters that mean something to TeX.
fn tex(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '{' | '}' => {}
            '&' | '%' | '$' | '#' | '_' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

pub fn cff(results: &Results, publisher: &str, address: &str) -> String {
    let round = &results.round;
    let doi = round.doi.as_ref().map(|doi| format!("doi: {}\n", quoted(doi))).unwrap_or_default();
    format!(
        "cff-version: 1.2.0\nmessage: If you use these data, please cite them.\ntype: dataset\ntitle: {}\nauthors:\n  - name: {}\ndate-released: {}\nlicense: {}\n{doi}url: {}\n",
        quoted(&round.title),
        quoted(publisher),
        round.published_on,
        LICENCE.0,
        quoted(address),
    )
}

/// A YAML double-quoted scalar; JSON strings are such (YAML 1.2, 1.3).
fn quoted(text: &str) -> String {
    json!(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_break_out_of_a_citation() {
        assert_eq!(tex("A & B_{x} 100%"), "A \\& B\\_x 100\\%");
        assert_eq!(quoted("a\"b\nc: d"), "\"a\\\"b\\nc: d\"");
    }
}
