//! Finding one account by exactly what is known of it: nobody browses people.

use kernel_identity::{Account, Email, account};
use kernel_ui::{Emphasis, Field, Markup, button, empty_state, form, html, lead, text_field};
use kernel_web::{Answer, Failure, FieldErrors, Limit, Submitted, Visit, see_other};

use crate::staff::page;

/// A desk looks for somebody now and then; a program that tries addresses looks for many.
const LOOKS: Limit = Limit { purpose: "people-find", per_account: 60, per_network: 600, window_seconds: 3600 };

pub async fn ask(visit: Visit) -> Answer {
    shown(&visit, "", None)
}

pub async fn find(visit: Visit, sent: Submitted) -> Answer {
    let typed = sent.text("who");
    match found(&visit, typed).await? {
        Some(account) => Ok(see_other(&format!("/people/{}", account.id))),
        None => shown(
            &visit,
            typed,
            Some(html! {
                (empty_state(&visit.t("people-find-none"), html! { p { (visit.t("people-find-none-advice")) } }))
            }),
        ),
    }
}

/// The account with exactly this e-mail address or number, whatever its state. The look is counted.
pub async fn found(visit: &Visit, typed: &str) -> Result<Option<Account>, Failure> {
    LOOKS.check(visit, &visit.me()?.account).await?;
    let store = &visit.city.store;
    if let Some(email) = Email::parse(typed) {
        return Ok(account::find_by_email(store, &email).await?);
    }
    match account::get(store, typed).await {
        Ok(account) => Ok(Some(account)),
        Err(kernel_base::Error::NotFound) => Ok(None),
        Err(other) => Err(other.into()),
    }
}

/// The question whom it is about.
pub fn who_field(visit: &Visit, typed: &str, errors: &FieldErrors) -> Markup {
    let (label, hint, error) = (visit.t("people-who"), visit.t("people-who-hint"), errors.message(visit, "who"));
    text_field(
        visit,
        &Field {
            name: "who",
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

fn shown(visit: &Visit, typed: &str, below: Option<Markup>) -> Answer {
    let main = html! {
        (lead(&visit.t("people-find-lead")))
        (form("/people/find", false, html! {
            (who_field(visit, typed, &FieldErrors::default()))
            (button(&visit.t("people-find-button"), Emphasis::Main))
        }))
        @if let Some(below) = below { (below) }
    };
    Ok(visit.page(page(visit, &visit.t("people-find"), main)))
}
