//! OGC's interfaces: Features (parts 1 to 5), Tiles and Maps below `/map/api`, with what a map page asks beside them.
//!
//! Every answer goes through [`crate::served::seen`]: rows and fields that a reader may not see are gone before anything
//! is filtered, counted, drawn or encoded.

mod address;
mod answer;
mod asked;
mod changes;
mod collections;
mod described;
mod download;
mod features;
mod geometry;
mod item;
mod items;
mod kept;
mod landing;
mod picture;
mod places;
mod reference;
mod schema;
mod sieve;
mod tile;
mod tilesets;
mod written;

use kernel_web::{Need, Routes};

pub use address::segment;
pub use answer::{bad, title};
pub use asked::time_field;
pub use collections::all;
pub use download::OFFERED;
pub use features::Writer;
pub use geometry::read as geometry_from_json;
pub use item::found;
pub use reference::into_layer;
pub use sieve::{Sieve, Span};

/// The landing page's path.
pub const ROOT: &str = "/map/api";
/// Beginnings of paths that programs ask rather than people.
pub const PROGRAMS: &[&str] = &[ROOT, "/map/tiles", "/map/changes"];

/// Adds the ways in.
pub fn routes(routes: Routes) -> Routes {
    writing(tiles(reading(routes)))
}

fn reading(routes: Routes) -> Routes {
    routes
        .get(ROOT, Need::Everyone, landing::show)
        .get("/map/api/", Need::Everyone, landing::show)
        .get("/map/api/conformance", Need::Everyone, landing::conformance)
        .get("/map/api/api", Need::Everyone, described::show)
        .get("/map/api/collections", Need::Everyone, collections::list)
        .get("/map/api/collections/{layer}", Need::Everyone, collections::show)
        .get("/map/api/collections/{layer}/schema", Need::Everyone, schema::schema)
        .get("/map/api/collections/{layer}/queryables", Need::Everyone, schema::queryables)
        .get("/map/api/collections/{layer}/sortables", Need::Everyone, schema::sortables)
        .get("/map/api/collections/{layer}/items", Need::Everyone, items::list)
        .get("/map/api/collections/{layer}/items/{id}", Need::Everyone, item::show)
        .get("/map/api/search", Need::Everyone, places::search)
        .get("/map/api/reverse", Need::Everyone, places::reverse)
        .get("/map/api/districts", Need::Everyone, places::districts)
        .get("/map/changes", Need::Everyone, changes::listen)
}

fn tiles(routes: Routes) -> Routes {
    routes
        .get("/map/api/tileMatrixSets", Need::Everyone, tilesets::matrix_sets)
        .get("/map/api/tileMatrixSets/{set}", Need::Everyone, tilesets::matrix_set)
        .get("/map/api/collections/{layer}/tiles", Need::Everyone, tilesets::list)
        .get("/map/api/collections/{layer}/tiles/{set}", Need::Everyone, tilesets::show)
        .get("/map/api/collections/{layer}/tiles/{set}/{z}/{row}/{column}", Need::Everyone, tile::by_row)
        .get("/map/api/map", Need::Everyone, picture::of_all)
        .get("/map/api/collections/{layer}/map", Need::Everyone, picture::of_one)
        .get("/map/tiles/{layer}", Need::Everyone, tilesets::tilejson)
        .get("/map/tiles/{layer}/{z}/{x}/{y}", Need::Everyone, tile::by_column)
}

fn writing(routes: Routes) -> Routes {
    let edit = Need::Right("map.edit");
    routes
        .post("/map/api/collections/{layer}/items", edit, written::create)
        .put("/map/api/collections/{layer}/items/{id}", edit, written::replace)
        .patch("/map/api/collections/{layer}/items/{id}", edit, written::update)
        .delete("/map/api/collections/{layer}/items/{id}", edit, written::remove)
}
