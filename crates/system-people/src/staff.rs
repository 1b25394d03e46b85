//! What all desks of this room share: where they are, what was just done, proof and letters.

use axum::response::Response;
use kernel_base::Result;
use kernel_letters::{Letter, To};
use kernel_store::Tx;
use kernel_ui::{Emphasis, Field, Link, Markup, Tone, alert, button, form, html, section_links, text_field};
use kernel_web::{FieldErrors, Page, Visit, see_other};

/// Desks with the right that each needs.
const DESKS: [(&str, &str, &str); 7] = [
    ("people-find", "/people/find", "people.find"),
    ("people-counter", "/people/counter", "people.help"),
    ("people-residence", "/people/residence", "people.residence"),
    ("people-roles", "/people/roles", "people.roles"),
    ("people-departments", "/people/departments", "people.departments"),
    ("people-audit", "/people/audit", "people.audit"),
    ("people-overview", "/people", "people.find"),
];

/// The desks that this person may use, as message key and address.
pub fn desks(visit: &Visit) -> impl Iterator<Item = (&'static str, &'static str)> {
    DESKS.iter().filter(|(_, _, right)| visit.may(right)).map(|(key, href, _)| (*key, *href))
}

/// A page of this room: the desks first, then what it is about.
pub fn page(visit: &Visit, title: &str, main: Markup) -> Page {
    let here = |href: &str| visit.path == href;
    let links: Vec<Link> = desks(visit)
        .map(|(key, href)| Link { label: visit.t(key), href: href.to_owned(), current: here(href) })
        .collect();
    let main = html! { (section_links(&visit.t("people-desks"), &links)) (main) };
    Page::new(title).crumb(visit.t("people-title"), "/people").unlisted().main(main)
}

/// The way to prove anew who one is, and back to `page`; none when it was done within ten minutes.
pub fn prove_first(visit: &Visit, page: &str) -> Option<Response> {
    if visit.recently_proved() {
        return None;
    }
    let again = visit.city.entrance()?.again;
    let back: String = url::form_urlencoded::byte_serialize(page.as_bytes()).collect();
    Some(see_other(&format!("{again}?back={back}")))
}

/// What was just done, once, with the way to undo it: `?done=word&undo=id`.
pub fn done(visit: &Visit, word: &str, undo: Option<(&str, Markup)>) -> Markup {
    let said = visit.t(&format!("people-done-{word}"));
    alert(
        Tone::Success,
        "",
        html! {
            p { (said) }
            @if let Some((action, fields)) = undo {
                (form(action, false, html! { (fields) (button(&visit.t("people-undo"), Emphasis::Second)) }))
            }
        },
    )
}

/// A small form of one button.
pub fn act(visit: &Visit, action: &str, key: &str) -> Markup {
    form(action, false, button(&visit.t(key), Emphasis::Quiet))
}

/// The question why; `id` tells the ones of a page apart.
pub fn reason_field(visit: &Visit, id: &str, errors: &FieldErrors, typed: &str) -> Markup {
    let (label, hint, error) =
        (visit.t("people-reason"), visit.t("people-reason-hint"), errors.message(visit, "reason"));
    text_field(
        visit,
        &Field {
            name: "reason",
            id,
            label: &label,
            hint: &hint,
            error: &error,
            value: typed,
            required: true,
            autocomplete: "off",
            ..Field::default()
        },
    )
}

/// A letter to somebody about what was done to their account.
pub async fn notice(visit: &Visit, tx: &mut Tx, account: &str, template: &'static str, role: &str) -> Result<()> {
    let city = &visit.city;
    let letter = Letter::template(To::Account(account.to_owned()), template)
        .with("when", visit.now())
        .with("role", role)
        .with_link("link", "/account");
    city.letters.send(tx, &letter, &*city.clock, &*city.random).await.map(drop)
}
