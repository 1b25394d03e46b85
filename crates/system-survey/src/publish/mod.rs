//! What a closed round publishes, and the pages and files drawn from it.

mod act;
mod api;
mod city;
mod criterion;
mod data;
mod files;
mod found;
mod frame;
mod league;
mod method;
mod paper;
mod pictures;
mod preview;
mod reliability;
pub mod results;
mod rounds;
pub mod store;

pub use act::{Refusal, preview, publish};
pub use found::{documents, lasting, newest};
pub use paper::Print;
pub use preview::is_doi;

use kernel_web::{Api, Need, Routes};
use utoipa_axum::routes;

pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/survey/rounds", Need::Everyone, rounds::list)
        .get("/survey/rounds/{round}", Need::Everyone, league::show)
        .get("/survey/rounds/{round}/cities/{city}", Need::Everyone, city::show)
        .get("/survey/rounds/{round}/criteria", Need::Everyone, criterion::list)
        .get("/survey/rounds/{round}/criteria/{criterion}", Need::Everyone, criterion::show)
        .get("/survey/rounds/{round}/pictures/{criterion}", Need::Everyone, pictures::show)
        .get("/survey/rounds/{round}/method", Need::Everyone, method::show)
        .get("/survey/rounds/{round}/reliability", Need::Everyone, reliability::show)
        .get("/survey/rounds/{round}/data", Need::Everyone, data::show)
        .get("/survey/rounds/{round}/data/{file}", Need::Everyone, data::file)
        .get("/survey/office/{round}/publish", Need::Right("survey.round"), preview::show)
        .post("/survey/office/{round}/publish", Need::Right("survey.round"), preview::publish)
}

pub fn interface(api: Api) -> Api {
    api.routes(Need::Everyone, routes!(api::round))
}
