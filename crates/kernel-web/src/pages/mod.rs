//! The pages of the shell itself.

mod about;
pub(crate) mod api;
mod assets;
mod gallery;
mod health;
mod home;
mod machines;
mod offices;
mod preferences;
mod search;
mod sitemap;

pub(crate) use health::recorder;

use axum::Router;
use axum::routing::{get, post};
use kernel_language::Lang;
use kernel_search::SearchDocument;

use crate::{City, MenuItem};

/// Shell entries of the main menu, after the systems'.
pub(crate) const MENU: &[MenuItem] = &[MenuItem { key: "menu-offices", href: "/offices" }];

pub(crate) const FOOTER: &[MenuItem] = &[
    MenuItem { key: "about-title", href: "/about" },
    MenuItem { key: "accessibility-title", href: "/accessibility" },
    MenuItem { key: "privacy-title", href: "/privacy" },
    MenuItem { key: "sitemap-title", href: "/sitemap" },
    MenuItem { key: "api-title", href: "/api" },
    MenuItem { key: "gallery-title", href: "/gallery" },
];

/// Every page of the shell that answers GET without parameters.
pub const PAGES: &[&str] =
    &["/", "/search", "/offices", "/about", "/accessibility", "/privacy", "/sitemap", "/api", "/gallery", "/offline"];

pub(crate) fn routes() -> Router<City> {
    Router::new()
        .route("/", get(home::show))
        .route("/search", get(search::show))
        .route("/offices", get(offices::show))
        .route("/about", get(about::about))
        .route("/accessibility", get(about::accessibility))
        .route("/privacy", get(about::privacy))
        .route("/offline", get(about::offline))
        .route("/sitemap", get(sitemap::page))
        .route("/sitemap.xml", get(sitemap::xml))
        .route("/gallery", get(gallery::show).post(gallery::refuse))
        .route("/preferences", post(preferences::choose))
        .route("/robots.txt", get(machines::robots))
        .route("/manifest.webmanifest", get(machines::manifest))
        .route("/.well-known/security.txt", get(machines::security))
        .route("/sw.js", get(assets::service_worker))
        .route("/assets/{*file}", get(assets::file))
        .route("/favicon.ico", get(assets::favicon))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(health::metrics))
}

/// What the search finds in the shell's own pages.
pub(crate) fn documents(city: &City, language: Lang) -> Vec<SearchDocument> {
    let mut documents = about::documents(city, language);
    documents.extend(offices::documents(city, language));
    documents
}
