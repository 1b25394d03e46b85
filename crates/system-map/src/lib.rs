//! The GIS portal: the city's layers, places, search and maps.

pub mod basemap;
pub mod by;
pub mod change;
mod columns;
mod drawn;
mod edit;
pub mod export;
mod fold;
pub mod import;
pub mod keep;
pub mod layer;
mod look;
mod offers;
mod office;
mod ogc;
pub mod places;
pub mod properties;
pub mod rows;
pub mod served;
mod settings;
pub mod store;
mod story;

use std::sync::Arc;

use kernel_identity::{Permission, Role};
use kernel_record::Job;
use kernel_store::Migrations;
use kernel_web::{Desk, MenuItem, Routes, System};

pub use fold::fold;
pub use settings::Settings;

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: &[&[&str]] = &[store::STATEMENTS, story::STATEMENTS];

pub const SYSTEM: System = System {
    texts: &[
        ("en", include_str!("../text/en.ftl")),
        ("ko", include_str!("../text/ko.ftl")),
        ("en", include_str!("../text/look/en.ftl")),
        ("ko", include_str!("../text/look/ko.ftl")),
        ("en", include_str!("../text/ogc/en.ftl")),
        ("ko", include_str!("../text/ogc/ko.ftl")),
    ],
    migrations: Migrations {
        system: "map",
        files: &[
            ("0001_layers", include_str!("../migrations/0001_layers.sql")),
            ("0002_stories", include_str!("../migrations/0002_stories.sql")),
        ],
    },
    routes: pages,
    programs: ogc::PROGRAMS,
    streams: &["/map/office/{}/import"],
    menu: &[MenuItem { key: "map-menu", href: "/map" }],
    pages: &["/map", "/map/layers", "/map/make", "/map/stories"],
    desks: &[Desk { key: "map-office", href: "/map/office", right: "map.layer" }],
    permissions: &[
        // Looks after all layers: makes, imports, publishes, decides who may see what.
        Permission { name: "map.layer", roles: &[Role::Editor, Role::Administrator] },
        // Changes features of the layers that the own department owns.
        Permission { name: "map.edit", roles: &[Role::Clerk, Role::Editor, Role::Administrator] },
    ],
    jobs: |city| {
        let jobs: [Arc<dyn Job>; 2] = [Arc::new(fold::Fold(city.clone())), Arc::new(offers::Read(city.clone()))];
        jobs.into()
    },
    labour: |city| vec![Arc::new(import::ReadFile(city.clone()))],
    hearers: |city| vec![Arc::new(offers::Listen(city.clone()))],
    start: |city| Box::pin(offers::start(city)),
    places: Some(|city| Arc::new(places::Answers(city.clone()))),
    ..System::named("map")
};

fn pages() -> Routes {
    story::routes(edit::routes(look::routes(ogc::routes(office::routes(Routes::new())))))
}
