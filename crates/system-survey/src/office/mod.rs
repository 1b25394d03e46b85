//! What a coordinator does: opens a round, brings its cities and evaluators, has the sites captured, closes it.

use kernel_web::{Api, Routes};

pub fn routes(routes: Routes) -> Routes {
    routes
}

pub fn interface(api: Api) -> Api {
    api
}
