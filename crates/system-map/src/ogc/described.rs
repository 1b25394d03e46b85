//! The interface described (OpenAPI 3.0.3), made from the layers that the reader sees; it refers to nothing outside.

use axum::http::HeaderMap;
use axum::response::Response;
use kernel_ui::{Column, Row, Table, html, lead, table};
use kernel_web::{Answer, Asked, Page, Visit};
use map_feature::Kind;
use serde_json::{Map, Value as Json, json};

use super::ROOT;
use super::address::{GEOJSON, HTML, JSON, MVT, OPENAPI, PNG, SCHEMA, here};
use super::answer::{Shape, is_open, json, only, open, shape, title};
use super::asked::{MOST, PARAMETERS};
use super::collections::all;
use super::kept::DEEPEST;
use super::tilesets::SET;
use crate::served::Seen;

pub async fn show(visit: Visit, headers: HeaderMap, asked: Asked) -> Answer {
    only(&asked, &[])?;
    let all = all(&visit).await?;
    let document = document(&visit, &all);
    if shape(&headers, &asked)? == Shape::Html {
        return Ok(page(&visit, &asked, &document));
    }
    let response = json(&document, OPENAPI)?;
    let everybodys = all.iter().all(|seen| is_open(&seen.served.layer));
    Ok(if everybodys { open(response) } else { response })
}

fn document(visit: &Visit, layers: &[Seen]) -> Json {
    let mut paths = Map::new();
    let mut way = |path: &str, item: Json| drop(paths.insert(path.to_owned(), item));
    let both = [JSON, HTML];
    way("/", json!({ "get": get("landing", "The landing page", &["f"], &both) }));
    way("/conformance", json!({ "get": get("conformance", "What the interface conforms to", &["f"], &both) }));
    way("/api", json!({ "get": get("description", "This description", &["f"], &[OPENAPI, HTML]) }));
    way("/collections", json!({ "get": get("collections", "All collections", &["f"], &both) }));
    way("/tileMatrixSets", json!({ "get": get("tileMatrixSets", "Tile matrix sets", &["f"], &[JSON]) }));
    way(
        &format!("/tileMatrixSets/{SET}"),
        json!({ "get": get("tileMatrixSet", "The tile matrix set", &["f"], &[JSON]) }),
    );
    let picture = &["bbox", "width", "height", "style", "transparent", "collections"];
    way("/map", json!({ "get": get("map", "A map of collections", picture, &[PNG]) }));
    way("/search", json!({ "get": get("search", "Places by words", &["q", "lon", "lat", "limit"], &[GEOJSON]) }));
    way(
        "/reverse",
        json!({ "get": get("reverse", "What stands at a point", &["lonAt", "latAt", "within"], &[GEOJSON]) }),
    );
    way("/districts", json!({ "get": get("districts", "Districts that hold a point", &["lonAt", "latAt"], &[JSON]) }));
    for seen in layers {
        of_layer(visit, seen, &mut way);
    }
    json!({
        "openapi": "3.0.3",
        "info": {
            "title": visit.t("map-ogc-title"),
            "version": env!("CARGO_PKG_VERSION"),
            "description": visit.t("map-ogc-about"),
        },
        "servers": [{ "url": format!("{}{ROOT}", visit.origin) }],
        "paths": paths,
        "components": components(),
    })
}

fn of_layer(visit: &Visit, seen: &Seen, way: &mut dyn FnMut(&str, Json)) {
    let layer = &*seen.served.layer;
    let (at, name) = (format!("/collections/{}", layer.name), title(visit, layer));
    let id = |act: &str| format!("{act}.{}", layer.name);
    let words = |what: &str| format!("{what}: {name}");
    let one = |act: &str, what: &str, known: &[&str], kinds: &[&str]| json!({ "get": get(&id(act), &words(what), known, kinds) });
    way(&at, one("collection", "The collection", &["f"], &[JSON, HTML]));
    for document in ["schema", "queryables", "sortables"] {
        way(&format!("{at}/{document}"), one(document, document, &["f"], &[SCHEMA, HTML]));
    }
    way(&format!("{at}/map"), one("mapOf", "A map", &["bbox", "width", "height", "style", "transparent"], &[PNG]));
    way(&format!("{at}/tiles"), one("tilesets", "Tilesets", &["f"], &[JSON]));
    way(&format!("{at}/tiles/{SET}"), one("tileset", "The tileset", &["f"], &[JSON]));
    let place = ["tileMatrix", "tileRow", "tileCol"];
    way(
        &format!("{at}/tiles/{SET}/{{tileMatrix}}/{{tileRow}}/{{tileCol}}"),
        one("tile", "A vector tile", &place, &[MVT]),
    );
    let parameters = [&["f"], PARAMETERS].concat();
    let mut items = get(&id("features"), &words("Features"), &parameters, &[GEOJSON, HTML]);
    if let Some(known) = items["parameters"].as_array_mut() {
        known.extend(fields(seen));
    }
    way(
        &format!("{at}/items"),
        json!({ "get": items, "post": write(&id("create"), &words("A new feature"), &[], "201") }),
    );
    let mut item = one("feature", "One feature", &["featureId", "crs", "f"], &[GEOJSON, HTML]);
    item["put"] = write(&id("replace"), &words("Replace the feature"), &["featureId", "If-Match"], "204");
    item["patch"] = write(&id("update"), &words("Change the feature"), &["featureId", "If-Match"], "204");
    item["delete"] = write(&id("delete"), &words("Remove the feature"), &["featureId", "If-Match"], "204");
    way(&format!("{at}/items/{{featureId}}"), item);
}

/// Fields that a question may name as parameters.
fn fields(seen: &Seen) -> Vec<Json> {
    let layer = &seen.served.layer;
    let known = layer.fields(&seen.mask).into_iter().map(|at| &layer.schema.fields[at]);
    let known = known.filter(|field| ![&["f", "lang"], PARAMETERS].concat().contains(&field.name.as_str()));
    known
        .map(|field| {
            let kind = match field.kind {
                Kind::Boolean => json!({ "type": "boolean" }),
                Kind::Integer => json!({ "type": "integer" }),
                Kind::Number => json!({ "type": "number" }),
                Kind::Text => json!({ "type": "string" }),
                Kind::Date => json!({ "type": "string", "format": "date" }),
                Kind::Instant => json!({ "type": "string", "format": "date-time" }),
            };
            json!({ "name": field.name, "in": "query", "required": false, "schema": kind, "style": "form", "explode": false })
        })
        .collect()
}

fn get(id: &str, summary: &str, parameters: &[&str], kinds: &[&str]) -> Json {
    let content: Map<String, Json> = kinds.iter().map(|kind| ((*kind).to_owned(), content(kind))).collect();
    let mut responses = json!({
        "200": { "description": summary, "content": content },
        "400": refusal("Unreadable"),
        "404": refusal("Missing"),
        "500": refusal("Fault"),
    });
    if kinds == [MVT] {
        responses["204"] = json!({ "description": "The tile is empty" });
    }
    json!({ "operationId": id, "summary": summary, "parameters": references(parameters), "responses": responses })
}

fn write(id: &str, summary: &str, parameters: &[&str], done: &str) -> Json {
    let mut operation = json!({
        "operationId": id,
        "summary": summary,
        "parameters": references(parameters),
        "security": [{ "token": [] }],
        "responses": {
            done: { "description": "Done; ETag is the new version" },
            "400": refusal("Unreadable"),
            "401": refusal("Unknown"),
            "403": refusal("NotAllowed"),
            "404": refusal("Missing"),
            "422": refusal("Refused"),
        },
    });
    if !parameters.is_empty() {
        operation["responses"]["412"] = refusal("Changed");
        operation["responses"]["428"] = refusal("Unconditional");
    }
    if !id.starts_with("delete") {
        let feature = json!({ "schema": { "$ref": "#/components/schemas/Feature" } });
        let kind = if id.starts_with("update") { "application/merge-patch+json" } else { GEOJSON };
        operation["requestBody"] = json!({ "required": true, "content": { kind: feature } });
    }
    operation
}

fn references(names: &[&str]) -> Vec<Json> {
    names.iter().map(|name| json!({ "$ref": format!("#/components/parameters/{name}") })).collect()
}

fn refusal(name: &str) -> Json {
    json!({ "$ref": format!("#/components/responses/{name}") })
}

fn content(kind: &str) -> Json {
    let schema = match kind {
        GEOJSON => json!({ "$ref": "#/components/schemas/GeoJSON" }),
        HTML => json!({ "type": "string" }),
        MVT | PNG => json!({ "type": "string", "format": "binary" }),
        _ => json!({ "type": "object" }),
    };
    json!({ "schema": schema })
}

fn components() -> Json {
    let refusals = [
        ("Unreadable", "A parameter or the body cannot be read"),
        ("Unknown", "Nobody is signed in, and no token came along"),
        ("NotAllowed", "The layer belongs to another department"),
        ("Missing", "There is no such thing"),
        ("Changed", "It was changed since it was read"),
        ("Refused", "The feature does not fit the layer"),
        ("Unconditional", "If-Match is missing"),
        ("Fault", "Something broke"),
    ];
    let problem = json!({ "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } });
    let refusals = refusals.map(|(name, words)| (name.to_owned(), json!({ "description": words, "content": problem })));
    json!({
        "parameters": parameters(),
        "responses": Map::from_iter(refusals),
        "schemas": schemas(),
        "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
    })
}

fn parameters() -> Map<String, Json> {
    let text = || json!({ "type": "string" });
    let number = || json!({ "type": "number" });
    let list = |least: u32, most: u32| json!({ "type": "array", "items": { "type": "number" }, "minItems": least, "maxItems": most });
    let names = || json!({ "type": "array", "items": { "type": "string" } });
    let whole = |least: u64, usual: u64| json!({ "type": "integer", "minimum": least, "default": usual });
    let limit = json!({ "type": "integer", "minimum": 1, "maximum": MOST, "default": 10 });
    let query = [
        ("f", json!({ "type": "string" })),
        ("bbox", list(4, 6)),
        ("bbox-crs", text()),
        ("datetime", text()),
        ("limit", limit),
        ("offset", whole(0, 0)),
        ("crs", text()),
        ("properties", names()),
        ("skipGeometry", json!({ "type": "boolean", "default": false })),
        ("filter", text()),
        ("filter-lang", json!({ "type": "string", "enum": ["cql2-text", "cql2-json"], "default": "cql2-text" })),
        ("filter-crs", text()),
        ("sortby", names()),
        ("width", whole(1, 768)),
        ("height", whole(1, 768)),
        ("style", json!({ "type": "string", "enum": ["day", "dark", "colour-blind", "contrast"], "default": "day" })),
        ("transparent", json!({ "type": "boolean", "default": false })),
        ("collections", names()),
        ("q", text()),
        ("lon", number()),
        ("lat", number()),
        ("within", number()),
    ];
    let mut all = Map::new();
    for (name, schema) in query {
        let needed = name == "q";
        all.insert(name.to_owned(), json!({ "name": name, "in": "query", "required": needed, "schema": schema, "style": "form", "explode": false }));
    }
    for (key, name) in [("lonAt", "lon"), ("latAt", "lat")] {
        all.insert(key.to_owned(), json!({ "name": name, "in": "query", "required": true, "schema": number(), "style": "form", "explode": false }));
    }
    let side = |name: &str| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "integer", "minimum": 0 } });
    let depth = json!({ "name": "tileMatrix", "in": "path", "required": true, "schema": { "type": "integer", "minimum": 0, "maximum": DEEPEST } });
    all.insert("tileMatrix".to_owned(), depth);
    all.insert("tileRow".to_owned(), side("tileRow"));
    all.insert("tileCol".to_owned(), side("tileCol"));
    all.insert(
        "featureId".to_owned(),
        json!({ "name": "featureId", "in": "path", "required": true, "schema": text() }),
    );
    all.insert(
        "If-Match".to_owned(),
        json!({ "name": "If-Match", "in": "header", "required": true, "schema": text() }),
    );
    all
}

fn schemas() -> Json {
    json!({
        "Problem": {
            "type": "object",
            "required": ["type", "title", "status"],
            "properties": {
                "type": { "type": "string" },
                "title": { "type": "string" },
                "status": { "type": "integer" },
                "detail": { "type": "string" },
                "instance": { "type": "string" },
            },
        },
        "Feature": {
            "type": "object",
            "required": ["type", "geometry", "properties"],
            "properties": {
                "type": { "type": "string", "enum": ["Feature"] },
                "id": { "type": "string" },
                "geometry": { "type": "object", "nullable": true },
                "properties": { "type": "object", "nullable": true },
            },
        },
        "GeoJSON": {
            "type": "object",
            "required": ["type"],
            "properties": {
                "type": { "type": "string", "enum": ["Feature", "FeatureCollection"] },
                "features": { "type": "array", "items": { "$ref": "#/components/schemas/Feature" } },
                "numberMatched": { "type": "integer", "minimum": 0 },
                "numberReturned": { "type": "integer", "minimum": 0 },
                "timeStamp": { "type": "string", "format": "date-time" },
            },
        },
    })
}

fn page(visit: &Visit, asked: &Asked, document: &Json) -> Response {
    let paths = document["paths"].as_object().into_iter().flatten();
    let rows = paths.flat_map(|(path, item)| {
        item.as_object().into_iter().flatten().map(move |(method, operation)| {
            let said = operation["summary"].as_str().unwrap_or_default();
            Row::new(vec![html! { code { (path) } }, html! { code { (method.to_uppercase()) } }, html! { (said) }])
        })
    });
    let columns = ["map-ogc-path", "map-ogc-method", "map-ogc-meaning"].map(|key| Column::text(visit.t(key)));
    let listed = Table { caption: visit.t("map-ogc-described"), columns: columns.into(), rows: rows.collect() };
    let json = here(visit, asked, &[("f", Some("json".to_owned()))]);
    let main = html! {
        (lead(&visit.t("map-ogc-described-about")))
        p { a href=(json) { (visit.t("map-ogc-as-json")) } }
        (table(&listed))
    };
    visit.page(Page::new(visit.t("map-ogc-described")).crumb(visit.t("map-ogc-title"), ROOT).main(main))
}
