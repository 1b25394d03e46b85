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
pub use preferences::local;

use kernel_language::Lang;
use kernel_search::SearchDocument;

use crate::{City, MenuItem, Need, Routes};

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

/// Pages that only a made-up city has.
const DEMONSTRATION: [&str; 2] = ["/about", "/gallery"];

/// Whether this city has the page at all.
pub(crate) fn is_shown(city: &City, address: &str) -> bool {
    city.profile.demonstration || !DEMONSTRATION.contains(&address)
}

/// Every page of the shell that answers GET without parameters.
pub const PAGES: &[&str] =
    &["/", "/search", "/offices", "/about", "/accessibility", "/privacy", "/sitemap", "/api", "/gallery", "/offline"];

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/", Need::Everyone, home::show)
        .get("/search", Need::Everyone, search::show)
        .get("/offices", Need::Everyone, offices::show)
        .get("/about", Need::Everyone, about::about)
        .get("/accessibility", Need::Everyone, about::accessibility)
        .get("/privacy", Need::Everyone, about::privacy)
        .get("/offline", Need::Everyone, about::offline)
        .get("/sitemap", Need::Everyone, sitemap::page)
        .get("/sitemap.xml", Need::Everyone, sitemap::xml)
        .get("/gallery", Need::Everyone, gallery::show)
        .post("/gallery", Need::Everyone, gallery::refuse)
        .post("/preferences", Need::Everyone, preferences::choose)
        .get("/robots.txt", Need::Everyone, machines::robots)
        .get("/manifest.webmanifest", Need::Everyone, machines::manifest)
        .get("/.well-known/security.txt", Need::Everyone, machines::security)
        .get("/sw.js", Need::Everyone, assets::service_worker)
        .get("/assets/{*file}", Need::Everyone, assets::file)
        .get("/favicon.ico", Need::Everyone, assets::favicon)
        .get("/healthz", Need::Everyone, health::alive)
        .get("/readyz", Need::Everyone, health::ready)
        .get("/metrics", Need::Everyone, health::metrics)
}

/// What the search finds in the shell's own pages.
pub(crate) fn documents(city: &City, language: Lang) -> Vec<SearchDocument> {
    let mut documents = about::documents(city, language);
    documents.extend(offices::documents(city, language));
    documents
}
