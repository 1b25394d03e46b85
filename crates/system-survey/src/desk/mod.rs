//! The evaluator's desk: a city's criteria one after another, with what was archived beside them.

use kernel_web::{Api, Routes};

pub fn routes(routes: Routes) -> Routes {
    routes
}

pub fn interface(api: Api) -> Api {
    api
}
