//! The landing page and what the interface conforms to.

use axum::http::HeaderMap;
use axum::response::Response;
use kernel_ui::{html, lead, link_list, prose};
use kernel_web::{Answer, Asked, Page, Visit};
use serde_json::json;

use super::ROOT;
use super::address::{HTML, JSON, Link, OPENAPI, PNG, at, here};
use super::answer::{Shape, json, only, open, shape};

pub async fn show(visit: Visit, headers: HeaderMap, asked: Asked) -> Answer {
    only(&asked, &[])?;
    if shape(&headers, &asked)? == Shape::Html {
        return Ok(page(&visit, &asked));
    }
    let city = visit.city.profile.name.in_language(visit.language);
    let said = visit.t("map-ogc-about");
    let document = json!({ "title": title(&visit, city), "description": said, "links": links(&visit, &asked) });
    Ok(open(json(&document, JSON)?))
}

fn title(visit: &Visit, city: &str) -> String {
    let said = visit.t("map-ogc-title");
    if city.is_empty() { said } else { format!("{city} · {said}") }
}

fn links(visit: &Visit, asked: &Asked) -> Vec<Link> {
    let link = |rel, kind, path: &str, key: &str| Link::new(rel, kind, at(visit, path)).titled(visit.t(key));
    let html = here(visit, asked, &[("f", Some("html".to_owned()))]);
    vec![
        link("self", JSON, "", "map-ogc-this"),
        Link::new("alternate", HTML, html).titled(visit.t("map-ogc-as-page")),
        link("service-desc", OPENAPI, "/api", "map-ogc-described"),
        link("service-doc", HTML, "/api?f=html", "map-ogc-described"),
        link("conformance", JSON, "/conformance", "map-ogc-conformance"),
        link("data", JSON, "/collections", "map-ogc-collections"),
        link("http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes", JSON, "/tileMatrixSets", "map-ogc-tiling"),
        link("http://www.opengis.net/def/rel/ogc/1.0/map", PNG, "/map", "map-ogc-map"),
        link("search", JSON, "/search?q={q}", "map-ogc-search").templated(),
    ]
}

fn page(visit: &Visit, asked: &Asked) -> Response {
    let entry = |key: &str, path: &str| (visit.t(key), format!("{ROOT}{path}"), String::new());
    let entries = [
        entry("map-ogc-collections", "/collections?f=html"),
        entry("map-ogc-described", "/api?f=html"),
        entry("map-ogc-conformance", "/conformance?f=html"),
        entry("map-ogc-tiling", "/tileMatrixSets?f=json"),
        (visit.t("map-ogc-as-json"), here(visit, asked, &[("f", Some("json".to_owned()))]), String::new()),
    ];
    let main = html! {
        (lead(&visit.t("map-ogc-about")))
        (link_list(&entries))
    };
    visit.page(Page::new(visit.t("map-ogc-title")).description(visit.t("map-ogc-about")).main(main))
}

pub async fn conformance(visit: Visit, headers: HeaderMap, asked: Asked) -> Answer {
    only(&asked, &[])?;
    if shape(&headers, &asked)? == Shape::Html {
        let main = html! {
            (lead(&visit.t("map-ogc-conformance-about")))
            (prose(html! { ul { @for class in classes() { li { code { (class) } } } } }))
        };
        let page = Page::new(visit.t("map-ogc-conformance")).crumb(visit.t("map-ogc-title"), ROOT);
        return Ok(visit.page(page.main(main)));
    }
    let classes: Vec<String> = classes().collect();
    Ok(open(json(&json!({ "conformsTo": classes }), JSON)?))
}

/// Standard, version and classes, as OGC's register names them.
const CLASSES: &[(&str, &[&str])] = &[
    ("ogcapi-common-1/1.0", &["core", "landing-page", "json", "html", "oas30"]),
    ("ogcapi-common-2/1.0", &["collections"]),
    ("ogcapi-features-1/1.0", &["core", "oas30", "html", "geojson"]),
    ("ogcapi-features-2/1.0", &["crs"]),
    ("ogcapi-features-3/1.0", &["filter", "features-filter", "queryables", "queryables-query-parameters"]),
    ("ogcapi-features-4/1.0", &["create-replace-delete", "update", "features", "optimistic-locking-etags"]),
    ("ogcapi-features-5/1.0", &["schemas", "core-roles-features", "queryables", "sortables"]),
    ("cql2/1.0", map_filter::CONFORMANCE),
    ("ogcapi-tiles-1/1.0", &["core", "tileset", "tilesets-list", "geodata-tilesets", "mvt", "oas30"]),
    ("tms/2.0", &["tilematrixset", "json-tilematrixset"]),
    ("ogcapi-maps-1/1.0", &["core", "dataset-map", "collection-map", "scaling", "spatial-subsetting", "crs", "png"]),
];

fn classes() -> impl Iterator<Item = String> {
    let of = |(standard, classes): &(&str, &[&str])| {
        let address = |class: &&str| format!("http://www.opengis.net/spec/{standard}/conf/{class}");
        classes.iter().map(address).collect::<Vec<_>>()
    };
    CLASSES.iter().flat_map(of)
}
