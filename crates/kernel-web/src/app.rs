use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use tower_http::catch_panic::CatchPanicLayer;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use crate::api::describe;
use crate::layers::{again, failures, limits, log, measure, once, origin, pages as kept_pages, plain, rights, secure};
use crate::{City, Failure, Route, pages};
use axum::http::StatusCode;
use axum::response::IntoResponse;

/// The whole portal: the pages of the shell and of every system, inside all layers.
pub fn build(city: City) -> Router {
    let mut routes = pages::routes();
    for system in &city.systems {
        routes = routes.merge((system.routes)());
    }
    let (api_routes, description) = interfaces(&city);
    let routes = routes.merge(pages::api::routes(Arc::new(description))).router.merge(api_routes);
    let settings = &city.settings;
    let posts = limits::Posts::new(settings.posts_per_minute);
    let kept = kept_pages::KeptPages::new(settings.page_cache_bytes);
    // The last layer is the outermost.
    routes
        .fallback(async || Failure::not_found())
        .layer(from_fn_with_state(city.clone(), again::act))
        .layer(from_fn_with_state(city.clone(), once::once))
        .layer(from_fn(plain::address))
        .layer(DefaultBodyLimit::max(settings.body_limit))
        .layer(from_fn_with_state((city.clone(), posts), limits::few_posts))
        .layer(from_fn_with_state(city.clone(), origin::same_site))
        .layer(from_fn_with_state(city.clone(), measure::measure))
        .layer(CatchPanicLayer::custom(|_| Failure::new(StatusCode::INTERNAL_SERVER_ERROR, "").into_response()))
        .layer(from_fn_with_state(city.clone(), failures::write))
        .layer(from_fn_with_state((city.clone(), kept), kept_pages::keep))
        .layer(from_fn_with_state(city.clone(), rights::recognise))
        .layer(from_fn_with_state(city.clone(), secure::headers))
        .layer(from_fn(log::request))
        .with_state(city)
}

/// What programs can ask, of all systems (OpenAPI 3.1).
pub fn openapi(city: &City) -> OpenApi {
    interfaces(city).1
}

fn interfaces(city: &City) -> (Router<City>, OpenApi) {
    let mut api = OpenApiRouter::with_openapi(describe::empty());
    let mut table = Vec::new();
    for system in &city.systems {
        let offered = (system.api)();
        table.extend(offered.table);
        api = api.merge(offered.router);
    }
    let (routes, mut description) = api.split_for_parts();
    describe::complete(&mut description, &table);
    (routes, description)
}

/// Every way in and what it needs, sorted by address.
pub fn ways_in(city: &City) -> Vec<Route> {
    let mut table = pages::routes().table;
    table.extend(pages::api::routes(Arc::new(describe::empty())).table);
    for system in &city.systems {
        table.extend((system.routes)().table);
        table.extend((system.api)().table);
    }
    table.sort_by(|left, right| (&left.path, left.method).cmp(&(&right.path, right.method)));
    table
}
