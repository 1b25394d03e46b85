//! The GIS portal: the city's layers, places, search and maps.

pub mod change;
pub mod layer;
pub mod properties;
pub mod served;
mod settings;
pub mod store;

use kernel_identity::{Permission, Role};
use kernel_store::Migrations;
use kernel_web::System;

pub use settings::Settings;

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: &[&[&str]] = &[store::STATEMENTS];

pub const SYSTEM: System = System {
    texts: &[("en", include_str!("../text/en.ftl")), ("ko", include_str!("../text/ko.ftl"))],
    migrations: Migrations { system: "map", files: &[("0001_layers", include_str!("../migrations/0001_layers.sql"))] },
    permissions: &[
        // Looks after all layers: makes, imports, publishes, decides who may see what.
        Permission { name: "map.layer", roles: &[Role::Editor, Role::Administrator] },
        // Changes features of the layers that the own department owns.
        Permission { name: "map.edit", roles: &[Role::Clerk, Role::Editor, Role::Administrator] },
    ],
    ..System::named("map")
};
