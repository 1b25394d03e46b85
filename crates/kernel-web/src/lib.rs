//! The courtyard: from a list of [`System`]s to a running portal.
//!
//! # For those who write a system
//!
//! ```ignore
//! pub const SYSTEM: System = System {
//!     texts: &[("en", include_str!("../text/en.ftl")), ("ko", include_str!("../text/ko.ftl"))],
//!     migrations: Migrations { system: "survey", files: &[("0001_survey", include_str!("../migrations/0001_survey.sql"))] },
//!     routes: || Routes::new().get("/survey", Need::Everyone, show),
//!     api: || Api::new().routes(Need::Everyone, routes!(api::league)), // paths begin with /api/v1/survey
//!     menu: &[MenuItem { key: "survey-menu", href: "/survey" }],
//!     tiles: |visit| Box::pin(async move { Ok(vec![Tile { … }]) }),
//!     pages: &["/survey"],
//!     ..System::named("survey")
//! };
//!
//! async fn show(visit: Visit, query: Asked) -> Answer {
//!     let rows = store::rounds(&visit.city.store).await?;              // kernel_base::Error becomes a Failure
//!     let main = html! { (lead(&visit.t("survey-lead"))) (table(&Table { … })) };
//!     Ok(visit.page(Page::new(visit.t("survey-title")).description(…).crumb(…, "/…").main(main)))
//! }
//! ```
//!
//! - [`Visit`] says words ([`Visit::t`], [`Visit::t_with`]), numbers and dates in the reader's language and is a
//!   [`kernel_ui::Reader`], so it goes into components: `bar_chart(&visit, …)`.
//! - [`Page`] is what stands inside the shell: title (`h1`), crumbs, description, status, main.
//! - [`Asked`] reads the query with repeated keys; [`Submitted`] an urlencoded form; [`FieldErrors`] names message keys per field:
//!   show the same page with `errors.summary(&visit)` first and `.status(errors.status())` (422).
//! - A handler answers [`Answer`]; [`Failure`] becomes a page in the reader's language, or RFC 9457 for `/api` and
//!   `Accept: application/json`. After an act: `Ok(see_other("/survey/scorecards/sc_…"))`.
//! - Anonymous GET pages are kept in memory until the next commit of this process; a page that depends on anything but
//!   the address, language, display and data (on the clock, say) sets [`fresh`].

mod api;
mod app;
pub mod attempts;
mod city;
mod cookies;
mod failure;
mod forget;
mod form;
mod kept_answer;
mod layers;
mod page;
mod pages;
mod post;
mod profile;
mod proof;
mod routes;
mod search;
mod security;
mod serve;
mod settings;
pub mod slip;
mod system;
#[cfg(test)]
mod tests;
mod upload;
mod visit;

pub use api::{Given, Part, if_match};
pub use app::{build, openapi, ways_in};
pub use attempts::Limit;
pub use city::{City, CityState, Foundation, migrations};
pub use failure::{Answer, Failure, Problem};
pub use form::{Asked, FieldErrors, Submitted};
pub use page::{Page, as_it_is, fresh, see_other};
pub use pages::{PAGES, local};
pub use post::{Outside, PostRoom};
pub use profile::{CityFigure, District, Names, Office, Profile};
pub use proof::{Challenge, Held};
pub use routes::{Api, Need, Route, Routes};
pub use serve::{Listening, Stop, Stopping, Tls, listen};
pub use settings::Settings;
pub use system::{Desk, Entrance, ExportFile, LayerOffer, MenuItem, Mine, Offered, System};
pub use upload::refused;
pub use visit::Visit;

use kernel_store::Migrations;

pub use kernel_search::SearchDocument;
pub use kernel_ui::{Reader, Tile};

/// Tables of this crate.
pub const MIGRATIONS: Migrations = Migrations {
    system: "web",
    files: &[
        ("0001_abuse", include_str!("../migrations/0001_abuse.sql")),
        ("0002_idempotency", include_str!("../migrations/0002_idempotency.sql")),
    ],
};

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: &[&[&str]] = &[attempts::STATEMENTS, kept_answer::STATEMENTS, proof::STATEMENTS];

/// This crate's words.
pub const TEXTS: kernel_language::Texts = &[
    ("en", include_str!("../text/en.ftl")),
    ("ko", include_str!("../text/ko.ftl")),
    ("ar", include_str!("../text/ar.ftl")),
];
