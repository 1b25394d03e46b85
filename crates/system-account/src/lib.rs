//! What people do about themselves: register, sign in, my page, my data, acting for others.

mod act_for;
mod acting;
mod address;
mod api;
mod app;
mod ask_acting;
mod code;
mod code_page;
mod codes;
mod data;
mod details;
mod door;
mod export;
mod follow;
mod leave;
mod letters;
mod limits;
mod my_page;
mod new_password;
mod notices;
mod own;
mod papers;
mod passkeys;
mod recover;
mod register;
mod residence;
mod second;
mod second_page;
mod security;
mod sessions;
mod sign_in;
mod tell;
mod token;
mod tokens;
mod ways;
mod with;

use std::sync::Arc;

use kernel_identity::{Permission, Role};
use kernel_record::Job;
use kernel_web::{Api, Entrance, Need, Routes, System};
use utoipa_axum::routes;

pub use door::{Proof, open};

pub const SYSTEM: System = System {
    texts: &[("en", include_str!("../text/en.ftl")), ("ko", include_str!("../text/ko.ftl"))],
    routes: pages,
    api: interface,
    jobs: |city| vec![Arc::new(leave::Erase(city.clone())) as Arc<dyn Job>, Arc::new(papers::Forget(city.clone()))],
    permissions: &[
        // What keys for programs can carry; nobody has less in their own matters.
        Permission { name: "account.read", roles: &Role::ALL },
        Permission { name: "account.letters", roles: &Role::ALL },
        Permission { name: "account.sessions", roles: &Role::ALL },
        Permission { name: "account.tokens", roles: &Role::ALL },
    ],
    entrance: Some(Entrance {
        sign_in: "/sign-in",
        sign_out: "/sign-out",
        second_factor: "/sign-in/second",
        again: "/sign-in/again",
        home: "/account",
    }),
    pages: &["/sign-in", "/register", "/recover", "/follow"],
    ..System::named("account")
};

fn pages() -> Routes {
    use Need::{Everyone, SignedIn};
    Routes::new()
        .get("/sign-in", Everyone, sign_in::ask)
        .post("/sign-in", Everyone, sign_in::enter)
        .get("/sign-in/again", SignedIn, sign_in::again::ask)
        .post("/sign-in/again", SignedIn, sign_in::again::prove)
        .get("/sign-in/second", Everyone, second_page::ask)
        .post("/sign-in/second", Everyone, second_page::enter)
        .post("/sign-in/passkey", Everyone, passkeys::enter)
        .post("/sign-in/passkey/question", Everyone, passkeys::question)
        .get("/sign-in/with/{provider}", Everyone, with::leave)
        .get("/sign-in/with/{provider}/back", Everyone, with::back)
        .post("/sign-out", Everyone, door::sign_out)
        .get("/register", Everyone, register::ask)
        .post("/register", Everyone, register::begin)
        .get("/register/confirm", Everyone, register::ask_code)
        .post("/register/confirm", Everyone, register::finish)
        .get("/recover", Everyone, recover::ask)
        .post("/recover", Everyone, recover::begin)
        .get("/recover/confirm", Everyone, recover::ask_code)
        .post("/recover/confirm", Everyone, recover::finish)
        .get("/account/password", SignedIn, new_password::ask)
        .post("/account/password", SignedIn, new_password::change)
        .get("/account/security", SignedIn, security::show)
        .post("/account/security", SignedIn, security::remove)
        .get("/account/security/passkey", SignedIn, passkeys::ask)
        .post("/account/security/passkey", SignedIn, passkeys::add)
        .post("/account/security/passkey/question", SignedIn, passkeys::question_of_new)
        .get("/account/security/passkey/{id}", SignedIn, passkeys::ask_name)
        .post("/account/security/passkey/{id}", SignedIn, passkeys::rename)
        .get("/account/security/app", SignedIn, app::ask)
        .post("/account/security/app", SignedIn, app::set_up)
        .post("/account/security/link", SignedIn, with::link)
        .get("/account/security/codes", SignedIn, codes::ask)
        .post("/account/security/codes", SignedIn, codes::renew)
        .get("/account/sessions", SignedIn, sessions::list)
        .post("/account/sessions", SignedIn, sessions::end)
        .get("/account/tokens", SignedIn, tokens::list)
        .post("/account/tokens", SignedIn, tokens::make)
        .post("/account/tokens/end", SignedIn, tokens::finish)
        .get("/account", SignedIn, my_page::show)
        .get("/account/details", SignedIn, details::show)
        .post("/account/details", SignedIn, details::change)
        .post("/account/details/contact", SignedIn, address::begin)
        .get("/account/details/confirm", SignedIn, address::ask_code)
        .post("/account/details/confirm", SignedIn, address::finish)
        .get("/account/letters", SignedIn, letters::list)
        .get("/account/letters/{letter}", SignedIn, letters::show)
        .post("/account/letters/way", SignedIn, letters::choose)
        .post("/account/letters/throw-away", SignedIn, letters::away)
        .get("/account/notices", SignedIn, notices::show)
        .post("/account/notices", SignedIn, notices::begin)
        .post("/account/notices/end", SignedIn, notices::end)
        .post("/account/notices/subject", SignedIn, notices::choose)
        .get("/account/residence", SignedIn, residence::show)
        .get("/account/residence/ask", SignedIn, residence::ask)
        .post("/account/residence/ask", SignedIn, residence::send)
        .post("/account/residence/code", SignedIn, residence::enter)
        .post("/account/residence/withdraw", SignedIn, residence::withdraw)
        .get("/account/acting", SignedIn, acting::show)
        .get("/account/acting/ask", SignedIn, ask_acting::ask)
        .post("/account/acting/ask", SignedIn, ask_acting::send)
        .get("/account/acting/organisation", SignedIn, ask_acting::organisation)
        .post("/account/acting/organisation", SignedIn, ask_acting::found)
        .post("/account/acting/agree", SignedIn, act_for::agree)
        .post("/account/acting/refuse", SignedIn, act_for::refuse)
        .post("/account/acting/begin", SignedIn, act_for::begin)
        .post("/account/acting/stop", SignedIn, act_for::stop)
        .post("/account/acting/end", SignedIn, act_for::end)
        .get("/account/data", SignedIn, data::show)
        .post("/account/data/export", SignedIn, export::take_away)
        .post("/account/data/leave", SignedIn, leave::ask)
        .post("/account/data/stay", SignedIn, leave::stay)
        .get("/follow", Everyone, follow::ask)
        .post("/follow", Everyone, follow::find)
        .post("/follow/join", SignedIn, follow::join)
}

fn interface() -> Api {
    Api::new()
        .routes(Need::Right("account.read"), routes!(api::me))
        .routes(Need::Right("account.sessions"), routes!(api::sessions))
        .routes(Need::Right("account.sessions"), routes!(api::end_session))
        .routes(Need::Right("account.letters"), routes!(api::letters))
        .routes(Need::Right("account.tokens"), routes!(api::tokens, api::make_token))
        .routes(Need::Right("account.tokens"), routes!(api::end_token))
}
