//! An authenticator app as a second factor: its picture, and its first code.

use kernel_base::Error;
use kernel_identity::{Contact, totp};
use kernel_record::{Audit, audit};
use kernel_ui::{Emphasis, Field, Markup, button, form, hidden, html, lead, secret, section, square_code, text_field};
use kernel_web::{Answer, Asked, Failure, FieldErrors, Page, Submitted, Visit, see_other};
use qrcode::{Color, QrCode};
use serde_json::json;

use crate::door::{self, Proof};
use crate::own::{own, prove_first};
use crate::security;

pub async fn ask(visit: Visit, asked: Asked) -> Answer {
    own(&visit)?;
    if let Some(first) = prove_first(&visit, "/account/security/app") {
        return Ok(first);
    }
    let page = page(&visit, asked.text("setup"), asked.text("back"), &FieldErrors::default()).await?;
    Ok(visit.page(page))
}

/// Draws a secret, or accepts the first code of the app that knows it.
pub async fn set_up(visit: Visit, sent: Submitted) -> Answer {
    let (who, city) = (own(&visit)?, &visit.city);
    if let Some(first) = prove_first(&visit, "/account/security/app") {
        return Ok(first);
    }
    let (setup, back) = (sent.text("setup"), sent.text("back"));
    let made = (&*city.clock, &*city.random);
    let mut tx = city.store.begin().await?;
    if setup.is_empty() {
        let setup = totp::begin(&mut tx, &who.account, &city.secrets, made).await?;
        tx.commit_quietly().await?;
        let back: String = url::form_urlencoded::byte_serialize(back.as_bytes()).collect();
        return Ok(see_other(&format!("/account/security/app?setup={setup}&back={back}")));
    }
    if !totp::confirm(&mut tx, &who.account, setup, sent.text("code"), &city.secrets, made).await? {
        let mut errors = FieldErrors::default();
        errors.add("code", "account-app-code-wrong");
        return Ok(visit.page(page(&visit, setup, back, &errors).await?));
    }
    let entry = Audit { act: "app.added", who: &who.account, subject: &who.account, detail: json!({}) };
    audit(&mut tx, entry, made.0, made.1).await?;
    crate::tell::notice(&visit, &mut tx, &who.account, "account-letter-way-added").await?;
    door::end_others(&mut tx, who, visit.now()).await?;
    let next = security::next(&mut tx, who, back).await?;
    door::prove(&visit, tx, who, Proof { way: &who.way, assurance: &who.assurance, second_factor: true }, &next).await
}

async fn page(visit: &Visit, setup: &str, back: &str, errors: &FieldErrors) -> Result<Page, Failure> {
    let (who, city) = (own(visit)?, &visit.city);
    let contact = Contact::of(&city.store, &who.account).await?;
    let names = (city.profile.name.en.as_str(), contact.email.as_deref().unwrap_or(&who.name));
    let begun = totp::setup(&city.store, &who.account, setup, names, &city.secrets, visit.now()).await?;
    let main = match begun {
        Some(begun) => {
            html! { (errors.summary(visit)) (scan(visit, &begun)?) (first_code(visit, setup, back, errors)) }
        }
        None => html! {
            (lead(&visit.t("account-app-lead")))
            @if !setup.is_empty() { p { (visit.t("account-app-over")) } }
            (form("/account/security/app", false, html! { (hidden("back", back)) (button(&visit.t("account-app-begin"), Emphasis::Main)) }))
        },
    };
    Ok(security::page_below(visit, "account-app").main(main).status(errors.status()))
}

fn scan(visit: &Visit, begun: &totp::Setup) -> Result<Markup, Failure> {
    let code = QrCode::new(&begun.address).map_err(Error::fault)?;
    let dark: Vec<bool> = code.to_colors().into_iter().map(|color| color == Color::Dark).collect();
    let secret_words = html! { p { (visit.t("account-app-typed")) } (secret(&begun.secret)) };
    Ok(html! {
        (section("scan", &visit.t("account-app-scan"), html! {
            p { (visit.t("account-app-scan-how")) }
            (square_code(&visit.t("account-app-picture"), code.width(), &dark))
            (secret_words)
        }))
    })
}

fn first_code(visit: &Visit, setup: &str, back: &str, errors: &FieldErrors) -> Markup {
    let fields = html! { (hidden("setup", setup)) (hidden("back", back)) (code_field(visit, "account-app-code-hint", errors)) (button(&visit.t("account-app-confirm"), Emphasis::Main)) };
    section("first", &visit.t("account-app-first"), form("/account/security/app", false, fields))
}

/// Where a code of the app is typed.
pub fn code_field(visit: &Visit, hint: &str, errors: &FieldErrors) -> Markup {
    let (label, hint, error) = (visit.t("account-app-code"), visit.t(hint), errors.message(visit, "code"));
    let field = Field {
        name: "code",
        label: &label,
        hint: &hint,
        error: &error,
        required: true,
        autocomplete: "one-time-code",
        ..Field::default()
    };
    text_field(visit, &field)
}
