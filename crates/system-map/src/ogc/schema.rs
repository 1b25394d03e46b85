//! What a collection's features look like, and which properties questions may name (OGC 23-058r2, 19-079r2).

use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;
use kernel_ui::{Column, Row, Table, html, table};
use kernel_web::{Answer, Asked, Failure, Page, Visit};
use map_feature::{Field, GeometryKind, Kind};
use serde_json::{Map, Value as Json, json};

use super::ROOT;
use super::address::{SCHEMA, collection};
use super::answer::{Shape, json, only, open_if, shape, title};
use super::asked::time_field;
use crate::layer::Layer;
use crate::served::{Seen, seen};

/// Which of the three documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Of {
    Schema,
    Queryables,
    Sortables,
}

pub async fn schema(visit: Visit, Path(layer): Path<String>, headers: HeaderMap, asked: Asked) -> Answer {
    answer(&visit, &layer, (&headers, &asked), Of::Schema).await
}

pub async fn queryables(visit: Visit, Path(layer): Path<String>, headers: HeaderMap, asked: Asked) -> Answer {
    answer(&visit, &layer, (&headers, &asked), Of::Queryables).await
}

pub async fn sortables(visit: Visit, Path(layer): Path<String>, headers: HeaderMap, asked: Asked) -> Answer {
    answer(&visit, &layer, (&headers, &asked), Of::Sortables).await
}

async fn answer(visit: &Visit, layer: &str, (headers, asked): (&HeaderMap, &Asked), what: Of) -> Answer {
    let seen = seen(visit, layer).await?;
    only(asked, &[])?;
    if shape(headers, asked)? == Shape::Html {
        return Ok(page(visit, &seen, what));
    }
    let response: Result<Response, Failure> = json(&document(visit, &seen, what), SCHEMA);
    Ok(open_if(&seen.served.layer, response?))
}

fn document(visit: &Visit, seen: &Seen, what: Of) -> Json {
    let layer = &*seen.served.layer;
    let path = match what {
        Of::Schema => "/schema",
        Of::Queryables => "/queryables",
        Of::Sortables => "/sortables",
    };
    let fields = layer.fields(&seen.mask);
    let mut document = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": collection(visit, &layer.name, path),
        "type": "object",
        "title": title(visit, layer),
        "properties": properties(layer, &fields, what),
        "additionalProperties": false,
    });
    let required: Vec<&str> = fields
        .iter()
        .map(|at| &layer.schema.fields[*at])
        .filter(|field| field.required)
        .map(|field| field.name.as_str())
        .collect();
    if what == Of::Schema && !required.is_empty() {
        document["required"] = json!(required);
    }
    document
}

fn properties(layer: &Layer, fields: &[usize], what: Of) -> Map<String, Json> {
    let mut all = Map::new();
    if what != Of::Sortables {
        let id = json!({ "type": "string", "x-ogc-role": "id", "readOnly": true });
        all.insert("id".to_owned(), id);
        if layer.schema.geometry != GeometryKind::None {
            let geometry = json!({ "format": format(layer.schema.geometry), "x-ogc-role": "primary-geometry" });
            all.insert("geometry".to_owned(), geometry);
        }
    }
    let time = time_field(layer, fields);
    for at in fields {
        let mut one = of_field(&layer.schema.fields[*at]);
        if time == Some(*at) {
            one["x-ogc-role"] = "primary-instant".into();
        }
        all.insert(layer.schema.fields[*at].name.clone(), one);
    }
    all
}

fn of_field(field: &Field) -> Json {
    let mut one = match field.kind {
        Kind::Boolean => json!({ "type": "boolean" }),
        Kind::Integer => json!({ "type": "integer" }),
        Kind::Number => json!({ "type": "number" }),
        Kind::Text => json!({ "type": "string" }),
        Kind::Date => json!({ "type": "string", "format": "date" }),
        Kind::Instant => json!({ "type": "string", "format": "date-time" }),
    };
    if let Some(title) = &field.title {
        one["title"] = title.as_str().into();
    }
    if !field.choices.is_empty() {
        one["enum"] = json!(field.choices);
    }
    one
}

/// OGC 23-058r2, 8.2: the kind of geometry as a format.
fn format(kind: GeometryKind) -> &'static str {
    match kind {
        GeometryKind::Point => "geometry-point-or-multipoint",
        GeometryKind::Line => "geometry-linestring-or-multilinestring",
        GeometryKind::Polygon => "geometry-polygon-or-multipolygon",
        GeometryKind::Any | GeometryKind::None => "geometry-any",
    }
}

fn page(visit: &Visit, seen: &Seen, what: Of) -> Response {
    let layer = &*seen.served.layer;
    let fields = layer.fields(&seen.mask);
    let rows = properties(layer, &fields, what).into_iter().map(|(name, property)| {
        let said = |key: &str| property[key].as_str().unwrap_or_default().to_owned();
        let kind = if said("type").is_empty() { said("format") } else { said("type") };
        Row::new(vec![html! { code { (name) } }, html! { (said("title")) }, html! { (kind) }])
    });
    let columns = ["map-ogc-field", "map-ogc-field-title", "map-ogc-field-kind"].map(|key| Column::text(visit.t(key)));
    let key = match what {
        Of::Schema => "map-ogc-schema",
        Of::Queryables => "map-ogc-queryables",
        Of::Sortables => "map-ogc-sortables",
    };
    let listed = Table { caption: visit.t(key), columns: columns.into(), rows: rows.collect() };
    let page = Page::new(visit.t(key)).crumb(visit.t("map-ogc-title"), ROOT);
    let page = page.crumb(title(visit, layer), format!("{ROOT}/collections/{}?f=html", layer.name));
    visit.page(page.main(table(&listed)))
}
