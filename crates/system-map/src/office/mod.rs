//! What staff do about layers: make them, say who may see what, bring files in.

mod describe;
mod import;
mod list;
mod new;

use kernel_base::Error;
use kernel_ui::{Link, Markup, html, section_links};
use kernel_web::{Failure, Need, Page, Routes, Visit};

use crate::layer::{Layer, Stage};
use crate::store;

const LAYER: Need = Need::Right("map.layer");

pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/map/office", LAYER, list::show)
        .get("/map/office/new", LAYER, new::ask)
        .post("/map/office/new", LAYER, new::send)
        .get("/map/office/{layer}", LAYER, describe::ask)
        .post("/map/office/{layer}", LAYER, describe::send)
        .post("/map/office/{layer}/stage", LAYER, describe::stage)
        .get("/map/office/{layer}/import", LAYER, import::show)
        .post("/map/office/{layer}/import", LAYER, import::send)
        .post("/map/office/{layer}/import/{import}/publish", LAYER, import::publish)
        .post("/map/office/{layer}/import/{import}/drop", LAYER, import::drop_it)
        .get("/map/office/{layer}/import/{import}/rejected.jsonl", LAYER, import::rejected)
}

/// The layer of an address of the office.
async fn layer_at(visit: &Visit, name: &str) -> Result<Layer, Failure> {
    Ok(store::layer(&visit.city.store, name).await?.ok_or(Error::NotFound)?)
}

fn href(layer: &Layer) -> String {
    format!("/map/office/{}", layer.name)
}

/// A page about one layer: its siblings first, then what it is about.
fn page(visit: &Visit, layer: &Layer, title: &str, main: Markup) -> Page {
    let siblings = [("map-office-describe", ""), ("map-office-import", "/import")];
    let links = siblings.map(|(key, place)| {
        let href = format!("{}{place}", href(layer));
        Link { label: visit.t(key), current: visit.path == href, href }
    });
    let name = layer.title.said(visit.language.code);
    let main = html! { (section_links(name, &links)) (main) };
    Page::new(title)
        .crumb(visit.t("map-title"), "/map")
        .crumb(visit.t("map-office"), "/map/office")
        .unlisted()
        .main(main)
}

/// A stage in a word, as a message key.
fn stage_key(stage: Stage) -> &'static str {
    match stage {
        Stage::Draft => "map-stage-draft",
        Stage::Published => "map-stage-published",
        Stage::Withdrawn => "map-stage-withdrawn",
    }
}
