//! The layers as collections: all that a reader may see, and one of them.

use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;
use kernel_ui::{Markup, empty_state, html, lead, link_list, section, summary_list};
use kernel_web::{Answer, Asked, Failure, Page, Visit};
use serde_json::{Map, Value as Json, json};

use super::ROOT;
use super::address::{GEOJSON, HTML, JSON, Link, MVT, PNG, SCHEMA, at, collection, here, shapes};
use super::answer::{Shape, is_open, json, only, open, open_if, shape, title};
use super::reference::spoken;
use crate::layer::{Layer, Mask};
use crate::served::{Seen, seen};
use crate::store;

const CRS84: &str = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";

/// Every layer that this reader may see and that has data, by name.
///
/// # Errors
/// The store's.
pub async fn all(visit: &Visit) -> Result<Vec<Seen>, Failure> {
    let mut found = Vec::new();
    for layer in store::layers(&visit.city.store).await?.iter().filter(|layer| !layer.edition.is_empty()) {
        match seen(visit, &layer.name).await {
            Ok(seen) => found.push(seen),
            Err(kernel_base::Error::NotFound) => {}
            // One damaged layer does not take the others along.
            Err(cause) => tracing::error!(%cause, layer = layer.name, "a layer is left out"),
        }
    }
    Ok(found)
}

pub async fn list(visit: Visit, headers: HeaderMap, asked: Asked) -> Answer {
    only(&asked, &[])?;
    let all = all(&visit).await?;
    if shape(&headers, &asked)? == Shape::Html {
        return Ok(page_of_all(&visit, &asked, &all));
    }
    let mut links = shapes(&visit, &asked, JSON).to_vec();
    links.push(Link::new("root", JSON, at(&visit, "")));
    let described: Vec<Json> = all.iter().map(|seen| document(&visit, seen)).collect();
    let response = json(&json!({ "links": links, "collections": described }), JSON)?;
    let everybodys = all.iter().all(|seen| is_open(&seen.served.layer));
    Ok(if everybodys { open(response) } else { response })
}

pub async fn show(visit: Visit, Path(layer): Path<String>, headers: HeaderMap, asked: Asked) -> Answer {
    let seen = seen(&visit, &layer).await?;
    only(&asked, &[])?;
    if shape(&headers, &asked)? == Shape::Html {
        return Ok(page(&visit, &asked, &seen));
    }
    Ok(open_if(&seen.served.layer, json(&document(&visit, &seen), JSON)?))
}

/// What the interface says of one layer, alike in the list and alone.
fn document(visit: &Visit, seen: &Seen) -> Json {
    let layer = &*seen.served.layer;
    let bounds = seen.served.live.bounds();
    let crs: Vec<String> = spoken(layer, bounds).iter().map(|crs| crs.uri()).collect();
    let mut all = Map::new();
    let mut say = |name: &str, value: Json| drop(all.insert(name.to_owned(), value));
    say("id", layer.name.as_str().into());
    say("title", title(visit, layer).into());
    say("description", layer.about.said(visit.language.code).into());
    // Where hidden rows lie is nobody's business.
    if let Some(bounds) = bounds.filter(|_| seen.mask == Mask::Whole || layer.rows_shown.is_empty()) {
        let corners = [bounds.west, bounds.south, bounds.east, bounds.north];
        say("extent", json!({ "spatial": { "bbox": [corners], "crs": CRS84 } }));
    }
    say("itemType", "feature".into());
    say("crs", crs.into());
    say("storageCrs", layer.crs.uri().into());
    say("updated", layer.data_at.rfc3339().into());
    say("source", layer.source.as_str().into());
    say("license", layer.licence.as_str().into());
    say("links", json!(links(visit, layer)));
    Json::Object(all)
}

fn links(visit: &Visit, layer: &Layer) -> Vec<Link> {
    let link = |rel, kind, path: &str| Link::new(rel, kind, collection(visit, &layer.name, path));
    vec![
        link("self", JSON, ""),
        link("alternate", HTML, "?f=html"),
        link("items", GEOJSON, "/items").titled(visit.t("map-ogc-features")),
        link("items", HTML, "/items?f=html").titled(visit.t("map-ogc-features")),
        link("http://www.opengis.net/def/rel/ogc/1.0/schema", SCHEMA, "/schema"),
        link("http://www.opengis.net/def/rel/ogc/1.0/queryables", SCHEMA, "/queryables"),
        link("http://www.opengis.net/def/rel/ogc/1.0/sortables", SCHEMA, "/sortables"),
        link("http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector", JSON, "/tiles"),
        link("http://www.opengis.net/def/rel/ogc/1.0/map", PNG, "/map"),
        Link::new("item", MVT, format!("{}/map/tiles/{}/{{z}}/{{x}}/{{y}}.mvt", visit.origin, layer.name)).templated(),
    ]
}

fn page_of_all(visit: &Visit, asked: &Asked, all: &[Seen]) -> Response {
    let entry = |seen: &Seen| {
        let layer = &seen.served.layer;
        let about = layer.about.said(visit.language.code).to_owned();
        (title(visit, layer).to_owned(), format!("{ROOT}/collections/{}?f=html", layer.name), about)
    };
    let entries: Vec<_> = all.iter().map(entry).collect();
    let json = here(visit, asked, &[("f", Some("json".to_owned()))]);
    let main = html! {
        (lead(&visit.t("map-ogc-collections-about")))
        @if entries.is_empty() { (empty_state(&visit.t("map-ogc-collections-none"), html! {})) }
        @else { (link_list(&entries)) }
        p { a href=(json) { (visit.t("map-ogc-as-json")) } }
    };
    visit.page(Page::new(visit.t("map-ogc-collections")).crumb(visit.t("map-ogc-title"), ROOT).main(main))
}

fn page(visit: &Visit, asked: &Asked, seen: &Seen) -> Response {
    let layer = &*seen.served.layer;
    let here_ = format!("{ROOT}/collections/{}", layer.name);
    let count = i64::try_from(seen.served.live.count(None)).unwrap_or(i64::MAX);
    let rows_hidden = seen.mask == Mask::Shown && !layer.rows_shown.is_empty();
    let mut facts: Vec<(String, Markup)> = Vec::new();
    let mut say = |key: &str, said: &str| {
        if !said.is_empty() {
            facts.push((visit.t(key), html! { (said) }));
        }
    };
    say("map-ogc-count", &if rows_hidden { String::new() } else { visit.number(count) });
    say("map-ogc-updated", &visit.moment(layer.data_at));
    say("map-ogc-source", &layer.source);
    say("map-ogc-licence", &layer.licence);
    say("map-ogc-storage", &layer.crs.to_string());
    let json = here(visit, asked, &[("f", Some("json".to_owned()))]);
    let ways = [
        (visit.t("map-ogc-features"), format!("{here_}/items?f=html"), String::new()),
        (visit.t("map-ogc-schema"), format!("{here_}/schema?f=html"), String::new()),
        (visit.t("map-ogc-as-json"), json, String::new()),
    ];
    let files = super::download::OFFERED
        .iter()
        .map(|name| (name.to_uppercase(), format!("{here_}/items?f={name}"), String::new()));
    let files: Vec<_> = files.collect();
    let main = html! {
        (lead(layer.about.said(visit.language.code)))
        (summary_list(&facts))
        (link_list(&ways))
        (section("files", &visit.t("map-ogc-files"), link_list(&files)))
    };
    let page = Page::new(title(visit, layer)).crumb(visit.t("map-ogc-title"), ROOT);
    visit.page(page.crumb(visit.t("map-ogc-collections"), format!("{ROOT}/collections?f=html")).main(main))
}
