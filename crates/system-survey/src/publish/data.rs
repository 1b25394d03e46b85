//! The files of a published round, how they may be used, and how to cite them.

use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::IntoResponse;
use kernel_base::Error;
use kernel_ui::{Column, Markup, Reader, Row, Table, details, html, lead, prose, section, summary_list, table};
use kernel_web::{Answer, Visit};

use super::files::{FILES, cite, csv_of, csvw};
use super::frame::{Shown, find, href};
use super::store;

/// Licence of the data, as SPDX names it, and where it stands.
pub const LICENCE: (&str, &str) = ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/");

/// Files beside the tables: name, media type, message key.
const OTHERS: [(&str, &str, &str); 5] = [
    ("round.json", "application/json", "survey-publish-file-round"),
    ("csv-metadata.json", "application/csvm+json", "survey-publish-file-csvw"),
    ("datacite.json", "application/vnd.datacite.datacite+json", "survey-publish-file-datacite"),
    ("citation.bib", "application/x-bibtex; charset=utf-8", "survey-publish-file-bibtex"),
    ("CITATION.cff", "application/yaml; charset=utf-8", "survey-publish-file-cff"),
];

pub async fn show(visit: Visit, Path(round): Path<String>) -> Answer {
    let shown = find(&visit, &round).await?;
    let main = body(&visit, &shown);
    let title = visit.t("survey-publish-part-data");
    let page = shown.part(&visit, "/data", title, main).description(visit.t("survey-publish-data-lead"));
    Ok(visit.page(page))
}

fn body(visit: &Visit, shown: &Shown) -> Markup {
    let address = cite::address(&visit.origin, &shown.results);
    let publisher = visit.city.profile.name.in_language(visit.language);
    html! {
        (lead(&visit.t("survey-publish-data-lead")))
        (section("files", &visit.t("survey-publish-files"), files(visit, shown)))
        (section("licence", &visit.t("survey-publish-licence"), prose(html! {
            p { (visit.t("survey-publish-licence-text")) " " a href=(LICENCE.1) rel="license" { (LICENCE.0) } }
        })))
        (section("cite", &visit.t("survey-publish-cite"), html! {
            p { (cite::words(&shown.results, publisher, &address)) }
            (summary_list(&[
                (visit.t("survey-publish-address"), html! { (address) }),
                (visit.t("survey-publish-doi"), match &shown.results.round.doi {
                    Some(doi) => html! { a href=(format!("https://doi.org/{doi}")) { (doi) } },
                    None => html! { (visit.t("survey-publish-no-doi")) },
                }),
            ]))
        }))
        (section("again", &visit.t("survey-publish-recompute"), prose(html! { p { (visit.t("survey-publish-recompute-text")) } })))
    }
}

fn files(reader: &dyn Reader, shown: &Shown) -> Markup {
    let row = |name: &str, about: String, count: Option<usize>| {
        Row::new(vec![
            html! { a href=(shown.href(&format!("/data/{name}"))) download { (name) } },
            html! { (about) },
            html! { @if let Some(count) = count { (super::frame::whole(reader, count)) } },
        ])
    };
    let about = |name: &str| reader.t(&format!("survey-publish-file-{}", name.trim_end_matches(".csv")));
    let tables = FILES.iter().map(|file| row(file.name, about(file.name), Some((file.rows)(&shown.results).len())));
    let others = OTHERS.iter().map(|(name, _, key)| row(name, reader.t(key), None));
    let known = Table {
        caption: reader.t("survey-publish-files-caption"),
        columns: vec![
            Column::text(reader.t("survey-publish-file")),
            Column::text(reader.t("survey-publish-meaning")),
            Column::number(reader.t("survey-publish-rows")),
        ],
        rows: tables.chain(others).collect(),
    };
    html! { (table(&known)) (details(&reader.t("survey-publish-formulas"), html! { p { (reader.t("survey-publish-formulas-text")) } })) }
}

pub async fn file(visit: Visit, Path((round, name)): Path<(String, String)>) -> Answer {
    let (kind, text) = match FILES.iter().find(|file| file.name == name) {
        Some(file) => {
            let results = store::results(&visit.city.store, &round).await?;
            ("text/csv; charset=utf-8; header=present", csv_of(file, &results))
        }
        None => other(&visit, &round, &name).await?,
    };
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    // Where programs find the description of a table (CSVW, Tabular Data Model 5.2).
    let described =
        format!("<{}/data/csv-metadata.json>; rel=\"describedby\"; type=\"application/csvm+json\"", href(&round));
    if let Ok(described) = HeaderValue::from_str(&described) {
        headers.insert(header::LINK, described);
    }
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    Ok((headers, text).into_response())
}

async fn other(visit: &Visit, round: &str, name: &str) -> Result<(&'static str, String), Error> {
    let (_, kind, _) = OTHERS.iter().find(|(known, _, _)| *known == name).ok_or(Error::NotFound)?;
    if name == "round.json" {
        return Ok((kind, store::kept(&visit.city.store, round).await?));
    }
    let results = store::results(&visit.city.store, round).await?;
    // English names, like all of these files.
    let publisher = &visit.city.profile.name.in_language(kernel_language::ENGLISH).to_owned();
    let address = cite::address(&visit.origin, &results);
    let text = match name {
        "csv-metadata.json" => csvw::description(&results, publisher),
        "datacite.json" => cite::datacite(&results, publisher, &address),
        "citation.bib" => cite::bibtex(&results, publisher, &address),
        _ => cite::cff(&results, publisher, &address),
    };
    Ok((kind, text))
}
