//! What every page that asks for a code from a letter shows.

use axum::http::StatusCode;
use kernel_ui::{Emphasis, Field, Markup, Tone, alert, button_link, html, lead, text_field};
use kernel_web::{FieldErrors, Page, Visit};

use crate::code::MINUTES;

/// `typed` stays in the field when something else was wrong.
pub fn field(visit: &Visit, typed: &str, errors: &FieldErrors) -> Markup {
    let (label, hint) = (visit.t("account-code"), visit.t("account-code-hint"));
    let error = errors.message(visit, "code");
    text_field(
        visit,
        &Field {
            name: "code",
            label: &label,
            hint: &hint,
            value: typed,
            error: &error,
            required: true,
            autocomplete: "one-time-code",
            ..Field::default()
        },
    )
}

pub fn sent(visit: &Visit) -> Markup {
    html! {
        (lead(&visit.t("account-code-sent")))
        (alert(Tone::Info, "", html! { p { (visit.t_with("account-code-sent-advice", &[("minutes", MINUTES.into())])) } }))
    }
}

/// The code's time is over, or it was tried too often.
pub fn over(visit: &Visit, again: &str) -> Page {
    let main = html! {
        (lead(&visit.t("account-code-over-advice")))
        p { (button_link(&visit.t("account-code-again"), again, Emphasis::Main)) }
    };
    Page::new(visit.t("account-code-over")).unlisted().main(main).status(StatusCode::GONE)
}
