use maud::{Markup, html};

use crate::assets::asset_address;
use crate::{Emphasis, Reader, button};

/// What a passkey is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ceremony {
    /// Make a new one.
    Make,
    /// Prove one.
    Prove,
    /// Prove one, and offer those of this device already while a name is typed elsewhere on the page.
    Offer,
}

impl Ceremony {
    fn word(self) -> &'static str {
        match self {
            Ceremony::Make => "make",
            Ceremony::Prove => "prove",
            Ceremony::Offer => "offer",
        }
    }
}

/// A form that the browser completes with a passkey. It shows itself only where scripts run and the browser knows
/// passkeys; whatever it does must have another way.
pub struct PasskeyForm<'a> {
    pub ceremony: Ceremony,
    /// Where the form goes, with `ceremony` and `answer`.
    pub action: &'a str,
    /// Tells what to ask the browser (POST, answers JSON).
    pub question: &'a str,
    pub label: &'a str,
    pub emphasis: Emphasis,
    /// Further fields.
    pub body: Markup,
}

pub fn passkey_form(reader: &dyn Reader, form: &PasskeyForm) -> Markup {
    html! {
        form.questions method="post" action=(form.action) novalidate hidden
             data-passkey=(form.ceremony.word()) data-question=(form.question) {
            (form.body)
            input type="hidden" name="ceremony";
            input type="hidden" name="answer";
            (button(form.label, form.emphasis))
            p.ds-validation-message role="alert" data-trouble hidden { (reader.t("ui-passkey-trouble")) }
        }
        @if let Some(script) = asset_address("passkey.js") { script type="module" src=(script) {} }
    }
}
