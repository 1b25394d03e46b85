//! What staff do about people: departments, roles, the verification counter, the audit trail.

use kernel_web::{Routes, System};

pub const SYSTEM: System = System {
    texts: &[("en", include_str!("../text/en.ftl")), ("ko", include_str!("../text/ko.ftl"))],
    routes: pages,
    ..System::named("people")
};

fn pages() -> Routes {
    Routes::new()
}
