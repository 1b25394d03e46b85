//! The Global E-Governance Survey in the portal: published leagues, instruments, method, and the scoring of a sheet.

mod api;
mod cities;
mod forget;
mod found;
mod instruments;
mod league;
mod method;
mod overview;
mod score;
mod scorecard;
mod scorecards;
mod sources;
mod store;

use std::sync::Arc;

use axum::Router;
use axum::routing::get;
use kernel_record::Job;
use kernel_store::Migrations;
use kernel_web::{City, MenuItem, System};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub use store::STATEMENTS;

pub const SYSTEM: System = System {
    texts: &[
        ("en", include_str!("../text/en.ftl")),
        ("ko", include_str!("../text/ko.ftl")),
        ("ar", include_str!("../text/ar.ftl")),
    ],
    migrations: Migrations {
        system: "survey",
        files: &[("0001_scorecards", include_str!("../migrations/0001_scorecards.sql"))],
    },
    routes: pages,
    api: interface,
    menu: &[MenuItem { key: "survey-menu", href: "/survey" }],
    jobs: |_| vec![Arc::new(forget::ForgetScorecard) as Arc<dyn Job>],
    tiles: |visit| Box::pin(async move { Ok(found::tiles(visit)) }),
    documents: |city, language| Box::pin(async move { Ok(found::documents(city, language)) }),
    pages: &[
        "/survey",
        "/survey/league/2003",
        "/survey/league/2005",
        "/survey/league/2007",
        "/survey/league/2009",
        "/survey/league/2011-12",
        "/survey/league/2013-14",
        "/survey/league/2015-16",
        "/survey/league/2018-19",
        "/survey/cities",
        "/survey/cities/seoul",
        "/survey/instruments",
        "/survey/instruments/madang-2026",
        "/survey/instruments/madang-2026/PS01",
        "/survey/instruments/global-2009",
        "/survey/instruments/global-2009/PS01",
        "/survey/method",
        "/survey/score",
    ],
    ..System::named("survey")
};

fn pages() -> Router<City> {
    Router::new()
        .route("/survey", get(overview::show))
        .route("/survey/league", get(league::newest))
        .route("/survey/league/{round}", get(league::show))
        .route("/survey/league/{round}/league.csv", get(league::csv))
        .route("/survey/cities", get(cities::list))
        .route("/survey/cities/{city}", get(cities::show))
        .route("/survey/instruments", get(instruments::list))
        .route("/survey/instruments/{id}", get(instruments::show))
        .route("/survey/instruments/{id}/sheet.csv", get(instruments::sheet))
        .route("/survey/instruments/{id}/{criterion}", get(instruments::criterion))
        .route("/survey/method", get(method::show))
        .route("/survey/score", get(score::ask).post(score::keep))
        .route("/survey/scorecards/{id}", get(scorecards::show))
        .route("/survey/scorecards/{id}/sheet.csv", get(scorecards::csv))
}

fn interface() -> OpenApiRouter<City> {
    OpenApiRouter::new()
        .routes(routes!(api::rounds))
        .routes(routes!(api::league))
        .routes(routes!(api::instruments))
        .routes(routes!(api::instrument))
        .routes(routes!(api::keep))
        .routes(routes!(api::scorecard))
}
