//! `/map/embed?…`: the map alone, for pages of others that frame it. They see what everybody sees: browsers send no
//! session into frames of other sites.

use axum::http::{HeaderName, HeaderValue, header};
use axum::response::IntoResponse;
use kernel_ui::map_document;
use kernel_web::{Answer, Asked, Visit};

use super::asked::View;
use super::page::map;

/// As every page, but any site may frame it: nothing can be done here that changes anything.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
     connect-src 'self'; worker-src 'self'; object-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors *";

pub async fn show(visit: Visit, asked: Asked) -> Answer {
    let map = map(&visit, &View::of(&asked), "/map/embed").await?;
    let title = format!("{} – {}", visit.t("map-title"), visit.city.profile.name.in_language(visit.language));
    let mut response = map_document(&visit, visit.preferences, &title, &map).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    // Browsers that know the policy's frame-ancestors pass this over (CSP 3, §6.4.2); its only other words forbid.
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("ALLOWALL"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    headers.insert(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin"));
    Ok(response)
}
