//! `/collections/{layer}/items/{id}`: one feature, with the tag that a change of it must bring along.

use axum::extract::Path;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kernel_base::Error;
use kernel_ui::{Markup, html, section_links, summary_list};
use kernel_web::{Answer, Asked, Failure, Page, Visit, as_it_is};
use map_feature::Crs;
use map_segment::Found;

use super::ROOT;
use super::address::{GEOJSON, JSON, Link, collection, here, segment, shapes};
use super::answer::{Shape, is_open, of, only, open_if, shape, title, with};
use super::features::Writer;
use super::reference::{named, spoken};
use crate::rows::Shown;
use crate::served::{Seen, seen};

pub async fn show(visit: Visit, Path((layer, id)): Path<(String, String)>, headers: HeaderMap, asked: Asked) -> Answer {
    let seen = seen(&visit, &layer).await?;
    only(&asked, &["crs"])?;
    let found = found(&seen, &id)?;
    let open = seen.served.layer.clone();
    if shape(&headers, &asked)? == Shape::Html {
        return Ok(open_if(&open, page(&visit, &asked, &seen, &found)));
    }
    let crs = named("crs", asked.text("crs"), &spoken(&open, seen.served.live.bounds()))?;
    let tag = format!("\"{}\"", open.tag(found.version));
    let response = match is_known(&headers, &tag) {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => document(&visit, &asked, &seen, (&found, crs))?,
    };
    let mut response = with(response, header::ETAG, &tag);
    let control = if is_open(&open) { "no-cache" } else { "private, no-cache" };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(control));
    Ok(as_it_is(open_if(&open, response)))
}

/// The feature, when this reader may see it.
///
/// # Errors
/// 404.
pub fn found(seen: &Seen, id: &str) -> Result<Found, Failure> {
    let found = seen.served.live.get(id).map_err(Error::fault)?;
    let shown = Shown::of(&seen.served.layer, &seen.mask)?;
    found.filter(|found| shown.shows(&seen.served.layer, found)).ok_or_else(Failure::not_found)
}

/// Whether the reader has what this tag stands for (RFC 9110 §13.1.2).
pub fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    known.split(',').any(|one| one.trim() == "*" || one.trim().trim_start_matches("W/") == tag)
}

/// One feature as GeoJSON.
///
/// # Errors
/// When a coordinate lies outside of where the wanted system is defined.
pub fn document(visit: &Visit, asked: &Asked, seen: &Seen, (found, crs): (&Found, Crs)) -> Result<Response, Failure> {
    let layer = &seen.served.layer;
    let id = found.feature.id.as_deref().unwrap_or_default();
    let path = |rest: &str| collection(visit, &layer.name, rest);
    let mut links = shapes(visit, asked, GEOJSON).to_vec();
    links.push(Link::new("collection", JSON, path("")));
    links.push(Link::new("canonical", GEOJSON, path(&format!("/items/{}", segment(id)))));
    let links = serde_json::to_vec(&links).map_err(Error::fault)?;
    let mut out = Vec::with_capacity(1024);
    Writer::new(layer, &layer.fields(&seen.mask), crs, true)?.feature(&mut out, found, Some(&links))?;
    Ok(with(of(out, GEOJSON), HeaderName::from_static("content-crs"), &format!("<{}>", crs.uri())))
}

fn page(visit: &Visit, asked: &Asked, seen: &Seen, found: &Found) -> Response {
    let layer = &seen.served.layer;
    let (name, id) = (title(visit, layer), found.feature.id.as_deref().unwrap_or_default());
    let collection = format!("{ROOT}/collections/{}", layer.name);
    let values = layer.fields(&seen.mask).into_iter().map(|at| {
        let field = &layer.schema.fields[at];
        let said = found.feature.values.get(at).map(ToString::to_string).unwrap_or_default();
        (field.title.clone().unwrap_or_else(|| field.name.clone()), html! { (said) })
    });
    let values: Vec<(String, Markup)> = values.collect();
    let json = kernel_ui::Link {
        label: visit.t("map-ogc-as-json"),
        href: here(visit, asked, &[("f", Some("json".to_owned()))]),
        current: false,
    };
    let main = html! {
        (summary_list(&values))
        (section_links(&visit.t("map-ogc-items-onward"), &[json]))
    };
    let page = Page::new(visit.t_with("map-ogc-item-title", &[("id", id.into())]));
    let page = page.crumb(visit.t("map-ogc-title"), ROOT).crumb(name, &collection);
    let page = page.crumb(visit.t("map-ogc-features"), format!("{collection}/items"));
    kernel_web::fresh(visit.page(page.main(main)))
}
