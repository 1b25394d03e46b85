//! The letters office: what staff do about letters, and the interface by which the city's programs send them
//! (compatible with GOV.UK Notify's version 2).

mod declare;
mod notify;
mod office;
mod service;
mod store;
mod template;

use kernel_identity::{Permission, Role};
use kernel_store::Migrations;
use kernel_web::{Desk, Need, Routes, System};

pub use declare::{Declared, DeclaredTemplate, DeclaredText, Made};
pub use store::STATEMENTS;

pub const SYSTEM: System = System {
    texts: &[("en", include_str!("../text/en.ftl")), ("ko", include_str!("../text/ko.ftl"))],
    // The first file of these tables is the kernel's.
    migrations: Migrations {
        system: "letters",
        files: &[("0002_services", include_str!("../migrations/0002_services.sql"))],
    },
    routes: pages,
    permissions: &[Permission { name: "letters.manage", roles: &[Role::Editor, Role::Administrator] }],
    desks: &[Desk { key: "letters-office", href: "/letters-office", right: "letters.manage" }],
    keyed: &["/v2/"],
    ..System::named("letters")
};

fn pages() -> Routes {
    const MANAGE: Need = Need::Right("letters.manage");
    // Programs of the city sign their requests; they have no session.
    const SIGNED: Need = Need::Everyone;
    Routes::new()
        .get("/letters-office", MANAGE, office::overview::show)
        .post("/letters-office/trial", MANAGE, office::trial::send)
        .get("/letters-office/services", MANAGE, office::services::list)
        .post("/letters-office/services", MANAGE, office::services::make)
        .get("/letters-office/services/{service}", MANAGE, office::one::show)
        .post("/letters-office/services/{service}", MANAGE, office::one::change)
        .post("/letters-office/services/{service}/reply-to", MANAGE, office::one::add_reply_to)
        .post("/letters-office/services/{service}/keys", MANAGE, office::keys::make)
        .post("/letters-office/services/{service}/keys/revoke", MANAGE, office::keys::revoke)
        .get("/letters-office/services/{service}/templates/new", MANAGE, office::write::ask)
        .post("/letters-office/services/{service}/templates/new", MANAGE, office::write::make)
        .get("/letters-office/services/{service}/templates/{template}", MANAGE, office::template::show)
        .post("/letters-office/services/{service}/templates/{template}", MANAGE, office::write::change)
        .post("/letters-office/services/{service}/templates/{template}/retire", MANAGE, office::template::retire)
        .post("/letters-office/services/{service}/templates/{template}/try", MANAGE, office::trial::send_template)
        .post("/v2/notifications/email", SIGNED, notify::send::email)
        .post("/v2/notifications/sms", SIGNED, notify::send::sms)
        .post("/v2/notifications/letter", SIGNED, notify::send::letter)
        .get("/v2/notifications", SIGNED, notify::read::list)
        .get("/v2/notifications/{id}", SIGNED, notify::read::one)
        .get("/v2/received-text-messages", SIGNED, notify::read::received)
        .get("/v2/templates", SIGNED, notify::templates::list)
        .get("/v2/template/{id}", SIGNED, notify::templates::newest)
        .get("/v2/template/{id}/version/{version}", SIGNED, notify::templates::version)
        .post("/v2/template/{id}/preview", SIGNED, notify::templates::preview)
}
