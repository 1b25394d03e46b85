//! The evaluator's desk: a city's criteria one after another, with what was archived beside them.

mod archive;
mod bundle;
mod criterion;
mod export;
mod hand_in;
mod list;
mod machine;
mod overview;
mod save;
mod says;
mod sheet;
mod store;
mod work;

use kernel_web::{Api, Need, Routes};

pub use export::export;
pub use store::STATEMENTS;

const CODE: Need = Need::Right("survey.code");

pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/survey/desk", CODE, list::show)
        .get("/survey/desk/{assignment}", CODE, overview::show)
        .get("/survey/desk/{assignment}/bundle", CODE, bundle::give)
        .post("/survey/desk/{assignment}/codes", CODE, bundle::merge)
        .get("/survey/desk/{assignment}/hand-in", CODE, hand_in::ask)
        .post("/survey/desk/{assignment}/hand-in", CODE, hand_in::hand_in)
        .get("/survey/desk/{assignment}/{criterion}", CODE, criterion::show)
        .post("/survey/desk/{assignment}/{criterion}", CODE, criterion::save)
        .post("/survey/desk/{assignment}/{criterion}/machine", CODE, machine::see)
}

pub fn interface(api: Api) -> Api {
    api
}
