//! Where readers differ and where cities answer: the third reader, the adjudicator, the right of reply, questions sent to cities.

use kernel_web::{Api, Routes};

pub fn routes(routes: Routes) -> Routes {
    routes
}

pub fn interface(api: Api) -> Api {
    api
}
