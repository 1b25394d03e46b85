//! What people do about themselves: register, sign in, my page, my data, acting for others.

use kernel_web::{Routes, System};

pub const SYSTEM: System = System {
    texts: &[("en", include_str!("../text/en.ftl")), ("ko", include_str!("../text/ko.ftl"))],
    routes: pages,
    ..System::named("account")
};

fn pages() -> Routes {
    Routes::new()
}
