//! The Global E-Governance Survey in the portal: published leagues, instruments, method, the scoring of a sheet, and
//! rounds as an institution runs them.

mod api;
pub mod archive;
mod brought;
pub mod capture;
mod cities;
mod desk;
mod forget;
mod found;
mod instruments;
mod league;
mod method;
mod mine;
mod offered;
pub mod office;
mod overview;
pub mod publish;
pub mod reading;
pub mod round;
mod score;
mod scorecard;
mod scorecards;
pub mod settle;
mod sources;
mod store;
mod table;

use std::sync::Arc;

use kernel_identity::{Permission, Role};
use kernel_record::Job;
use kernel_store::Migrations;
use kernel_web::{Api, Desk, MenuItem, Need, Routes, System};
use utoipa_axum::routes;

pub use capture::topics;

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: &[&[&str]] = &[
    store::STATEMENTS,
    round::store::STATEMENTS,
    reading::store::STATEMENTS,
    settle::STATEMENTS,
    publish::store::STATEMENTS,
    desk::STATEMENTS,
];

pub const SYSTEM: System = System {
    texts: &[
        ("en", include_str!("../text/en.ftl")),
        ("ko", include_str!("../text/ko.ftl")),
        ("ar", include_str!("../text/ar.ftl")),
        ("en", include_str!("../text/office/en.ftl")),
        ("ko", include_str!("../text/office/ko.ftl")),
        ("en", include_str!("../text/assign/en.ftl")),
        ("ko", include_str!("../text/assign/ko.ftl")),
        ("en", include_str!("../text/archive/en.ftl")),
        ("ko", include_str!("../text/archive/ko.ftl")),
        ("en", include_str!("../text/desk/en.ftl")),
        ("ko", include_str!("../text/desk/ko.ftl")),
        ("en", include_str!("../text/settle/en.ftl")),
        ("ko", include_str!("../text/settle/ko.ftl")),
        ("en", include_str!("../text/publish/en.ftl")),
        ("ko", include_str!("../text/publish/ko.ftl")),
    ],
    migrations: Migrations {
        system: "survey",
        files: &[
            ("0001_scorecards", include_str!("../migrations/0001_scorecards.sql")),
            ("0002_rounds", include_str!("../migrations/0002_rounds.sql")),
            ("0003_settle", include_str!("../migrations/0003_settle.sql")),
            ("0004_jottings", include_str!("../migrations/0004_jottings.sql")),
        ],
    },
    routes: pages,
    api: interface,
    permissions: &[
        Permission { name: "survey.round", roles: &[Role::Coordinator] },
        Permission { name: "survey.code", roles: &[Role::Evaluator] },
        Permission { name: "survey.settle", roles: &[Role::Coordinator] },
        Permission { name: "survey.probe", roles: &[Role::Evaluator, Role::Coordinator] },
    ],
    desks: &[
        Desk { key: "survey-office", href: "/survey/office", right: "survey.round" },
        Desk { key: "survey-desk", href: "/survey/desk", right: "survey.code" },
    ],
    menu: &[MenuItem { key: "survey-menu", href: "/survey" }],
    jobs: |city| {
        let jobs: [Arc<dyn Job>; 2] = [Arc::new(forget::ForgetScorecard), Arc::new(settle::LookForAnswers::of(city))];
        jobs.into()
    },
    labour: |city| {
        let jobs: [Arc<dyn Job>; 2] =
            [Arc::new(capture::CaptureCity::of(city)), Arc::new(publish::Print(city.clone()))];
        jobs.into()
    },
    layers: &[offered::CITIES],
    tiles: |visit| Box::pin(async move { Ok(found::tiles(visit)) }),
    documents: |city, language| {
        Box::pin(async move {
            let mut all = found::documents(city, language);
            all.extend(publish::documents(city, language).await?);
            Ok(all)
        })
    },
    mine: |visit, account| Box::pin(mine::list(visit, account)),
    export: |city, account| Box::pin(mine::export(city, account)),
    erase: |city, tx, account| Box::pin(mine::erase(city, tx, account)),
    pages: &[
        "/survey",
        "/survey/rounds",
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
    lasting: |city| Box::pin(publish::lasting(city)),
    ..System::named("survey")
};

fn pages() -> Routes {
    let routes = Routes::new()
        .get("/survey", Need::Everyone, overview::show)
        .get("/survey/league", Need::Everyone, league::newest)
        .get("/survey/league/{round}", Need::Everyone, league::show)
        .get("/survey/league/{round}/league.csv", Need::Everyone, league::csv)
        .get("/survey/cities", Need::Everyone, cities::list)
        .get("/survey/cities/{city}", Need::Everyone, cities::show)
        .get("/survey/instruments", Need::Everyone, instruments::list)
        .get("/survey/instruments/{id}", Need::Everyone, instruments::show)
        .get("/survey/instruments/{id}/sheet.csv", Need::Everyone, instruments::sheet)
        .get("/survey/instruments/{id}/{criterion}", Need::Everyone, instruments::criterion)
        .get("/survey/method", Need::Everyone, method::show)
        .get("/survey/score", Need::Everyone, score::ask)
        .post("/survey/score", Need::Everyone, score::keep)
        .get("/survey/scorecards/{id}", Need::Everyone, scorecards::show)
        .get("/survey/scorecards/{id}/sheet.csv", Need::Everyone, scorecards::csv);
    let routes = archive::routes(desk::routes(office::routes(routes)));
    publish::routes(settle::routes(routes))
}

fn interface() -> Api {
    let api = Api::new()
        .routes(Need::Everyone, routes!(api::rounds))
        .routes(Need::Everyone, routes!(api::league))
        .routes(Need::Everyone, routes!(api::instruments))
        .routes(Need::Everyone, routes!(api::instrument))
        .routes(Need::Everyone, routes!(api::keep))
        .routes(Need::Everyone, routes!(api::scorecard));
    let api = desk::interface(office::interface(api));
    publish::interface(settle::interface(api))
}
