//! One account at the desk: what it is, and its content only after a reason was given.

use axum::extract::Path;
use futures::future::join_all;
use kernel_identity::{Account, Contact, Reason, Who, access, account, grants_of, residence, session};
use kernel_ui::{Emphasis, Markup, Tone, button, form, html, link_list, section, summary_list, tag};
use kernel_web::{Answer, Asked, FieldErrors, Mine, Submitted, Visit, see_other};

use crate::staff::{act, done, page, reason_field};

pub async fn show(visit: Visit, Path(id): Path<String>, asked: Asked) -> Answer {
    let undo = format!("/people/{id}/unblock");
    let notice = match asked.text("done") {
        "blocked" => done(&visit, "blocked", Some((&undo, html! {}))),
        word @ ("unblocked" | "sessions" | "factors") => done(&visit, word, None),
        _ => html! {},
    };
    shown(&visit, &id, notice, "", &FieldErrors::default()).await
}

/// Why somebody looks; the person sees it.
pub async fn open(visit: Visit, Path(id): Path<String>, sent: Submitted) -> Answer {
    let who = visit.me()?;
    let Some(reason) = Reason::parse(sent.text("reason")) else {
        let mut errors = FieldErrors::default();
        errors.add("reason", "people-reason-wrong");
        return shown(&visit, &id, html! {}, sent.text("reason"), &errors).await;
    };
    let city = &visit.city;
    let mut tx = city.store.begin().await?;
    let account = account::get_in(&mut tx, &id).await?;
    access::open_record(&mut tx, who, &account.id, "record", &reason, (&*city.clock, &*city.random)).await?;
    tx.commit().await?;
    Ok(see_other(&format!("/people/{id}")))
}

async fn shown(visit: &Visit, id: &str, notice: Markup, typed: &str, errors: &FieldErrors) -> Answer {
    let who = visit.me()?;
    let account = account::get(&visit.city.store, id).await?;
    let open = access::may_see(&visit.city.store, &who.account, id, visit.now()).await?;
    let main = html! {
        (notice)
        (errors.summary(visit))
        (plain(visit, &account).await?)
        @if open {
            (content(visit, &account).await?)
        } @else if visit.may("people.record") {
            (section("record", &visit.t("people-record"), html! {
                p { (visit.t("people-record-text")) }
                (form(&format!("/people/{id}/record"), false, html! {
                    (reason_field(visit, "reason", errors, typed))
                    (button(&visit.t("people-record-button"), Emphasis::Main))
                }))
            }))
        }
        @if *id != who.account { (acts(visit, &account)) }
    };
    let title = if open { account.name.clone() } else { account.id.clone() };
    Ok(visit.page(page(visit, &title, main).status(errors.status())))
}

/// What says nothing about the person.
async fn plain(visit: &Visit, account: &Account) -> kernel_base::Result<Markup> {
    let grants = grants_of(&visit.city.store, &account.id).await?;
    let tone = if account.is_active() { Tone::Success } else { Tone::Warning };
    Ok(summary_list(&[
        (visit.t("people-account"), html! { code { (account.id) } }),
        (visit.t("people-state"), tag(tone, &visit.t(&format!("people-state-{}", account.state)))),
        (visit.t("people-since"), html! { (visit.date(account.made_at.date())) }),
        (
            visit.t("people-roles"),
            html! {
                @if grants.is_empty() { (visit.t("people-role-resident")) }
                @for grant in &grants { (tag(Tone::Info, &visit.t(&format!("people-role-{}", grant.role.word())))) " " }
            },
        ),
    ]))
}

/// What is about the person, for who gave a reason.
async fn content(visit: &Visit, account: &Account) -> kernel_base::Result<Markup> {
    let store = &visit.city.store;
    let contact = Contact::of(store, &account.id).await?;
    let sessions = session::all_of(store, &account.id, visit.now()).await?;
    let requests = residence::of_account(store, &account.id).await?;
    let things = things(visit, &account.id).await;
    let none = || visit.t("people-none");
    let verified = match account.verified_at {
        Some(at) => visit.date(at.date()),
        None => none(),
    };
    let links: Vec<_> =
        things.iter().map(|one| (one.title.clone(), one.href.clone(), visit.date(one.at.date()))).collect();
    Ok(html! {
        (section("person", &visit.t("people-person"), summary_list(&[
            (visit.t("people-name"), html! { (account.name) }),
            (visit.t("people-email"), html! { (contact.email.unwrap_or_else(none)) }),
            (visit.t("people-phone"), html! { (contact.phone.unwrap_or_else(none)) }),
            (visit.t("people-language"), html! { (account.language) }),
            (visit.t("people-verified"), html! { (verified) }),
            (visit.t("people-requests"), html! { (visit.number(requests.len() as i64)) }),
            (visit.t("people-sessions"), html! { (visit.number(sessions.len() as i64)) }),
        ])))
        (section("things", &visit.t("people-things"), html! {
            @if links.is_empty() { p { (none()) } } @else { (link_list(&links)) }
        }))
    })
}

/// What all systems have of this account. A system that fails is left out.
async fn things(visit: &Visit, account: &str) -> Vec<Mine> {
    let asked = join_all(visit.city.systems.iter().map(|system| async move {
        (system.mine)(visit, account).await.unwrap_or_else(|error| {
            tracing::error!(system = system.name, %error, "left out of a person's record");
            Vec::new()
        })
    }));
    let mut things: Vec<Mine> = asked.await.into_iter().flatten().collect();
    things.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| a.href.cmp(&b.href)));
    things
}

fn acts(visit: &Visit, account: &Account) -> Markup {
    let (id, blocked) = (&account.id, account.state == "blocked");
    let asking = |action: &str, key: &str| {
        form(
            &format!("/people/{id}/{action}"),
            false,
            html! {
                (reason_field(visit, &format!("reason-{action}"), &FieldErrors::default(), ""))
                (button(&visit.t(key), Emphasis::Second))
            },
        )
    };
    html! {
        @if visit.may("people.block") && account.state != "closed" {
            (section("access", &visit.t("people-access"), html! {
                p { (visit.t("people-access-text")) }
                @if blocked { (act(visit, &format!("/people/{id}/unblock"), "people-unblock")) } @else { (asking("block", "people-block")) }
                (act(visit, &format!("/people/{id}/sessions"), "people-end-sessions"))
            }))
        }
        @if visit.may("people.factors") && account.is_active() {
            (section("factors", &visit.t("people-factors"), html! {
                p { (visit.t("people-factors-text")) }
                (asking("factors", "people-factors-button"))
            }))
        }
        @if visit.may("people.audit") {
            p { a href=(format!("/people/audit?subject={id}")) { (visit.t("people-audit-of")) } }
        }
    }
}

/// Nobody of the staff does this to themselves.
pub fn not_oneself(who: &Who, account: &str) -> Result<(), kernel_web::Failure> {
    match who.account == account {
        true => Err(kernel_web::Failure::said(axum::http::StatusCode::CONFLICT, "people-oneself")),
        false => Ok(()),
    }
}
