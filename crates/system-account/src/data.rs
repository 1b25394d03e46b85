//! My data: take it away, see who looked at it, have it deleted.

use kernel_base::Instant;
use kernel_identity::access::{self, Access};
use kernel_identity::{Contact, keeping};
use kernel_ui::{
    Column, Emphasis, Field, Markup, Row, Table, Tone, alert, button, details, empty_state, form, html, lead, prose,
    section, table, text_field,
};
use kernel_web::{Answer, FieldErrors, Page, Visit};

use crate::leave::{GRACE_DAYS, sign};
use crate::my_page::done;
use crate::own::own;

/// What stays after an account is gone, by message keys: what, and below `-why` the reason and the time.
const KEPT: [&str; 5] =
    ["account-kept-trail", "account-kept-letters", "account-kept-roles", "account-kept-others", "account-kept-backups"];
/// What goes.
const GONE: [&str; 6] = [
    "account-gone-account",
    "account-gone-ways",
    "account-gone-acting",
    "account-gone-residence",
    "account-gone-letters",
    "account-gone-things",
];

pub async fn show(visit: Visit) -> Answer {
    page(&visit, "", &FieldErrors::default()).await
}

pub async fn page(visit: &Visit, typed: &str, errors: &FieldErrors) -> Answer {
    let who = own(visit)?;
    let store = &visit.city.store;
    let leaving = keeping::leaving_at(store, &who.account).await?;
    let contact = Contact::of(store, &who.account).await?;
    let looks = access::accesses_of(store, &who.account).await?;
    let main = html! {
        (done(visit, &["stayed"]))
        (errors.summary(visit))
        @if let Some(at) = leaving { (leaving_notice(visit, at)) }
        (lead(&visit.t("account-data-lead")))
        (section("take", &visit.t("account-data-take"), html! {
            p { (visit.t("account-data-take-text")) }
            (form("/account/data/export", false, button(&visit.t("account-data-take-button"), Emphasis::Main)))
        }))
        (section("looks", &visit.t("account-looks"), html! {
            p { (visit.t("account-looks-text")) }
            (looked(visit, &looks))
        }))
        @if leaving.is_none() {
            (section("delete", &visit.t("account-leave"), leave(visit, &sign(who, &contact), typed, errors)))
        }
    };
    let page = Page::new(visit.t("account-data")).crumb(visit.t("account-title"), "/account").unlisted().main(main);
    Ok(visit.page(page.status(errors.status())))
}

/// The day, and the way back.
pub fn leaving_notice(visit: &Visit, at: Instant) -> Markup {
    let when = visit.date(at.date());
    alert(
        Tone::Warning,
        &visit.t_with("account-leaving", &[("date", when.into())]),
        html! {
            p { (visit.t("account-leaving-text")) }
            (form("/account/data/stay", false, button(&visit.t("account-leaving-stay"), Emphasis::Second)))
        },
    )
}

fn looked(visit: &Visit, looks: &[Access]) -> Markup {
    if looks.is_empty() {
        return empty_state(&visit.t("account-looks-none"), html! {});
    }
    let row = |look: &Access| {
        let department = look.department.as_ref().map(|(english, korean)| match visit.language.code {
            "ko" => korean.as_str(),
            _ => english.as_str(),
        });
        let name = if look.name.is_empty() { visit.t("account-somebody-gone") } else { look.name.clone() };
        Row::new(vec![
            html! { (visit.moment(look.at)) },
            html! { (name) ", " (visit.t(&format!("account-role-{}", look.role))) @if let Some(department) = department { ", " (department) } },
            html! { (visit.t(&format!("account-look-{}", look.what))) },
            html! { (look.reason) },
        ])
    };
    table(&Table {
        caption: visit.t("account-looks-caption"),
        columns: ["when", "who", "what", "why"]
            .map(|key| Column::text(visit.t(&format!("account-looks-{key}"))))
            .to_vec(),
        rows: looks.iter().map(row).collect(),
    })
}

fn leave(visit: &Visit, sign: &str, typed: &str, errors: &FieldErrors) -> Markup {
    let (label, error) = (visit.t_with("account-leave-sign", &[("sign", sign.into())]), errors.message(visit, "sign"));
    let days = visit.t_with("account-leave-text", &[("days", GRACE_DAYS.into())]);
    html! {
        (prose(html! {
            p { (days) }
            h3 { (visit.t("account-gone")) }
            ul { @for key in GONE { li { (visit.t(key)) } } }
            h3 { (visit.t("account-kept")) }
            ul { @for key in KEPT { li { (visit.t(key)) " " (visit.t(&format!("{key}-why"))) } } }
        }))
        (details(&visit.t("account-leave-open"), form("/account/data/leave", false, html! {
            (text_field(visit, &Field { name: "sign", label: &label, value: typed, error: &error, required: true, autocomplete: "off", ..Field::default() }))
            (button(&visit.t("account-leave-button"), Emphasis::Second))
        })))
    }
}
