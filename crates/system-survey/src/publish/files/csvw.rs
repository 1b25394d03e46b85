//! The description of the tables: Metadata Vocabulary for Tabular Data (W3C Recommendation, 17 December 2015).

use serde_json::{Value as Json, json};

use super::{Column, FILES, File};
use crate::publish::data::LICENCE;
use crate::publish::results::Results;

/// `csv-metadata.json` of a round. Addresses are relative, so that the files keep their description wherever they are.
pub fn description(results: &Results, publisher: &str) -> String {
    let group = json!({
        "@context": ["http://www.w3.org/ns/csvw", { "@language": "en" }],
        "dc:title": results.round.title,
        "dc:publisher": publisher,
        "dc:issued": results.round.published_on,
        "dc:license": { "@id": LICENCE.1 },
        "dialect": { "header": true, "encoding": "utf-8", "lineTerminators": ["\r\n", "\n"] },
        "tables": FILES.iter().map(table).collect::<Vec<_>>(),
    });
    pretty(&group)
}

pub fn pretty(value: &Json) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}

fn table(file: &File) -> Json {
    let mut schema = json!({ "columns": file.columns.iter().map(column).collect::<Vec<_>>() });
    if !file.key.is_empty() {
        schema["primaryKey"] = json!(file.key);
    }
    let refers = |column: &str, to: &str| {
        let there = file.name != to && file.columns.iter().any(|known| known.name == column);
        there.then(|| json!({ "columnReference": column, "reference": { "resource": to, "columnReference": column } }))
    };
    let keys: Vec<Json> =
        [refers("city", "cities.csv"), refers("criterion", "criteria.csv")].into_iter().flatten().collect();
    if !keys.is_empty() {
        schema["foreignKeys"] = json!(keys);
    }
    json!({ "url": file.name, "tableSchema": schema })
}

fn column(column: &Column) -> Json {
    let guard = if column.words { ". An apostrophe stands before words that begin with = + - @" } else { "" };
    let mut described = json!({
        "name": column.name,
        "titles": column.name,
        "datatype": column.datatype,
        "dc:description": format!("{}{guard}", column.about),
    });
    if column.required {
        described["required"] = json!(true);
    }
    described
}
