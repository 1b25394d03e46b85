//! What a closed round publishes, and the pages and files drawn from it.

use kernel_web::{Api, Routes};

pub fn routes(routes: Routes) -> Routes {
    routes
}

pub fn interface(api: Api) -> Api {
    api
}
