use axum::http::header;
use axum::response::IntoResponse;
use kernel_ui::asset_address;

use crate::{Answer, Failure, Visit};

/// RFC 9309. Everything may be read; search results ask by `noindex` to stay out of an index.
pub(crate) async fn robots(visit: Visit) -> Answer {
    let body = format!("User-agent: *\nDisallow:\n\nSitemap: {}/sitemap.xml\n", visit.origin);
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], body).into_response())
}

/// RFC 9116. Expires in half a year from today, renewed by being asked.
pub(crate) async fn security(visit: Visit) -> Answer {
    let configured = visit.city.settings.security_contact.as_str();
    let contact = match (configured, visit.city.profile.demonstration) {
        // The page says whom to tell about the software itself.
        ("", true) => format!("{}/about", visit.origin),
        ("", false) => return Err(Failure::not_found()),
        (contact, _) => contact.to_owned(),
    };
    let expires = visit.now().plus_days(180).date();
    let body = format!(
        "Contact: {contact}\nExpires: {expires}T00:00:00Z\nPreferred-Languages: en, ko\nCanonical: {}/.well-known/security.txt\n",
        visit.origin
    );
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], body).into_response())
}

/// W3C web application manifest.
pub(crate) async fn manifest(visit: Visit) -> Answer {
    let name = visit.city.profile.name.in_language(visit.language);
    let icon = |file: &str, sizes: &str, kind: &str, purpose: &str| {
        asset_address(file)
            .map(|src| serde_json::json!({ "src": src, "sizes": sizes, "type": kind, "purpose": purpose }))
    };
    let icons: Vec<_> = [
        icon("icon.svg", "any", "image/svg+xml", "any"),
        icon("icon-192.png", "192x192", "image/png", "any"),
        icon("icon-512.png", "512x512", "image/png", "maskable"),
    ]
    .into_iter()
    .flatten()
    .collect();
    let body = serde_json::json!({
        "name": name, "short_name": name, "lang": visit.language.code, "dir": visit.language.direction(),
        "start_url": "/", "scope": "/", "display": "standalone",
        "background_color": "#ffffff", "theme_color": "#1b5e46", "icons": icons,
    });
    Ok(([(header::CONTENT_TYPE, "application/manifest+json")], body.to_string()).into_response())
}
