//! What staff do about people: departments, roles, the verification counter, the audit trail.

mod api;
mod audit;
mod block;
mod counter;
mod departments;
mod factors;
mod find;
mod overview;
mod person;
mod residence;
mod roles;
mod staff;

use kernel_identity::{Permission, Role};
use kernel_web::{Api, Desk, Need, Routes, System};
use utoipa_axum::routes;

use Role::{Administrator, Clerk};

pub const SYSTEM: System = System {
    texts: &[("en", include_str!("../text/en.ftl")), ("ko", include_str!("../text/ko.ftl"))],
    routes: pages,
    api: interface,
    permissions: &[
        Permission { name: "people.departments", roles: &[Administrator] },
        Permission { name: "people.roles", roles: &[Administrator] },
        Permission { name: "people.find", roles: &[Clerk, Administrator] },
        Permission { name: "people.record", roles: &[Clerk, Administrator] },
        Permission { name: "people.block", roles: &[Administrator] },
        Permission { name: "people.factors", roles: &[Clerk, Administrator] },
        Permission { name: "people.help", roles: &[Clerk] },
        Permission { name: "people.residence", roles: &[Clerk] },
        Permission { name: "people.audit", roles: &[Administrator] },
    ],
    desks: &[Desk { key: "people-title", href: "/people", right: "people.find" }],
    ..System::named("people")
};

fn pages() -> Routes {
    use Need::Right;
    Routes::new()
        .get("/people", Right("people.find"), overview::show)
        .get("/people/departments", Right("people.departments"), departments::list)
        .post("/people/departments", Right("people.departments"), departments::make)
        .get("/people/departments/{id}", Right("people.departments"), departments::change)
        .post("/people/departments/{id}/rename", Right("people.departments"), departments::rename)
        .post("/people/departments/{id}/close", Right("people.departments"), departments::close)
        .post("/people/departments/{id}/open", Right("people.departments"), departments::open)
        .get("/people/roles", Right("people.roles"), roles::list)
        .post("/people/roles", Right("people.roles"), roles::give)
        .post("/people/roles/{grant}/take", Right("people.roles"), roles::take)
        .get("/people/find", Right("people.find"), find::ask)
        .post("/people/find", Right("people.find"), find::find)
        .get("/people/counter", Right("people.help"), counter::ask)
        .post("/people/counter", Right("people.help"), counter::send)
        .get("/people/counter/code", Right("people.help"), counter::ask_code)
        .post("/people/counter/code", Right("people.help"), counter::begin)
        .get("/people/residence", Right("people.residence"), residence::list)
        .get("/people/residence/{id}", Right("people.residence"), residence::show)
        .get("/people/residence/{id}/papers/{number}", Right("people.residence"), residence::paper)
        .post("/people/residence/{id}/decide", Right("people.residence"), residence::decide)
        .post("/people/residence/{id}/print", Right("people.residence"), residence::print)
        .get("/people/audit", Right("people.audit"), audit::show)
        .get("/people/{account}", Right("people.find"), person::show)
        .post("/people/{account}/record", Right("people.record"), person::open)
        .post("/people/{account}/block", Right("people.block"), block::block)
        .post("/people/{account}/unblock", Right("people.block"), block::unblock)
        .post("/people/{account}/sessions", Right("people.block"), block::sign_out)
        .post("/people/{account}/factors", Right("people.factors"), factors::remove)
}

fn interface() -> Api {
    Api::new()
        .routes(Need::Everyone, routes!(api::departments))
        .routes(Need::Everyone, routes!(api::department))
        .routes(Need::Right("people.departments"), routes!(api::make_department))
        .routes(Need::Right("people.departments"), routes!(api::rename_department, api::close_department))
        .routes(Need::Right("people.roles"), routes!(api::roles, api::give_role))
        .routes(Need::Right("people.roles"), routes!(api::take_role))
}
