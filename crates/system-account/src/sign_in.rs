//! Signing in with an e-mail address and a password.

use axum::http::StatusCode;
use kernel_identity::{Account, Email, account};
use kernel_ui::{
    Choice, Emphasis, Field, Markup, button, checkboxes, form, hidden, html, lead, link_list, section, text_field,
};
use kernel_web::{Answer, Asked, FieldErrors, Page, Submitted, Visit, local, see_other};

use crate::door::{self, Proof};
use crate::second;

pub async fn ask(visit: Visit, asked: Asked) -> Answer {
    let back = asked.text("back");
    if visit.who().is_some() {
        return Ok(see_other(if back.is_empty() { "/account" } else { local(back) }));
    }
    Ok(visit.page(page(&visit, "", back, false, &FieldErrors::default()).await?))
}

pub async fn enter(visit: Visit, sent: Submitted) -> Answer {
    let (email, back, stay) = (sent.text("email"), sent.text("back"), sent.text("stay") == "yes");
    crate::limits::SIGN_IN.check(&visit, email).await?;
    let proof = Proof { way: "password", assurance: "", second_factor: false };
    match proved(&visit, email, sent.exact("password")).await? {
        Some(account) if second::is_asked(&visit.city, &account).await? => {
            second::begin(&visit, &account, proof, stay, back).await
        }
        Some(account) => {
            let tx = visit.city.store.begin().await?;
            door::open(&visit, tx, &account, proof, stay, back).await
        }
        None => {
            visit.note("session.refused", "");
            let mut errors = FieldErrors::default();
            errors.add("email", "account-sign-in-wrong");
            Ok(visit.page(page(&visit, email, back, stay, &errors).await?))
        }
    }
}

/// The account that this address and password belong to. Takes as long, and says as little, when there is none.
async fn proved(visit: &Visit, email: &str, password: &str) -> kernel_base::Result<Option<Account>> {
    let city = &visit.city;
    let found = match Email::parse(email) {
        Some(email) => account::find_by_email(&city.store, &email).await?,
        None => None,
    };
    let id = found.as_ref().map(|account| account.id.as_str());
    let right = city.passwords.check(&city.store, id, password, &*city.random).await?;
    Ok(found.filter(|account| right && account.is_active()))
}

async fn page(
    visit: &Visit,
    email: &str,
    back: &str,
    stay: bool,
    errors: &FieldErrors,
) -> Result<Page, kernel_web::Failure> {
    let (email_label, password_label) = (visit.t("account-email"), visit.t("account-password"));
    let error = errors.message(visit, "email");
    let staying = [Choice { hint: visit.t("account-stay-hint"), ..Choice::new("yes", visit.t("account-stay-yes")) }];
    let stay_label = visit.t("account-stay");
    let questions = html! {
        (hidden("back", back))
        (text_field(visit, &Field { name: "email", label: &email_label, value: email, error: &error, required: true, autocomplete: "username webauthn", kind: "email", ..Field::default() }))
        (text_field(visit, &Field { name: "password", label: &password_label, required: true, autocomplete: "current-password", kind: "password", ..Field::default() }))
        (checkboxes(visit, &Field { name: "stay", label: &stay_label, ..Field::default() }, &staying, if stay { &["yes"] } else { &[] }))
        (button(&visit.t("account-sign-in-button"), Emphasis::Main))
    };
    let main = html! {
        (errors.summary(visit))
        (lead(&visit.t("account-sign-in-lead")))
        (form("/sign-in", false, questions))
        (crate::ways::others(visit, back).await?)
        (section("help", &visit.t("account-sign-in-help"), help(visit, back)))
    };
    Ok(Page::new(visit.t("account-sign-in"))
        .description(visit.t("account-sign-in-lead"))
        .unlisted()
        .main(main)
        .status(errors.status()))
}

fn help(visit: &Visit, back: &str) -> Markup {
    let back: String = url::form_urlencoded::byte_serialize(back.as_bytes()).collect();
    link_list(&[
        (visit.t("account-register"), format!("/register?back={back}"), visit.t("account-register-short")),
        (visit.t("account-recover"), "/recover".to_owned(), visit.t("account-recover-short")),
    ])
}

/// Proving once more who one is, before something that matters.
pub mod again {
    use super::{
        Answer, Asked, Emphasis, Field, FieldErrors, Page, Proof, StatusCode, Submitted, Visit, account, button, door,
        form, hidden, html, lead, second, text_field,
    };

    pub async fn ask(visit: Visit, asked: Asked) -> Answer {
        Ok(visit.page(page(&visit, asked.text("back"), &FieldErrors::default()).await?))
    }

    pub async fn prove(visit: Visit, sent: Submitted) -> Answer {
        let who = visit.me()?.clone();
        let city = &visit.city;
        crate::limits::SIGN_IN.check(&visit, &who.account).await?;
        let right =
            city.passwords.check(&city.store, Some(&who.account), sent.exact("password"), &*city.random).await?;
        if right {
            let proof = Proof { way: "password", assurance: "", second_factor: false };
            let account = account::get(&city.store, &who.account).await?;
            if second::is_asked(city, &account).await? {
                return second::begin(&visit, &account, proof, false, sent.text("back")).await;
            }
            let tx = city.store.begin().await?;
            return door::prove(&visit, tx, &who, proof, sent.text("back")).await;
        }
        visit.note("proof.refused", &who.account);
        let mut errors = FieldErrors::default();
        errors.add("password", "account-password-wrong");
        Ok(visit.page(page(&visit, sent.text("back"), &errors).await?.status(StatusCode::UNPROCESSABLE_ENTITY)))
    }

    async fn page(visit: &Visit, back: &str, errors: &FieldErrors) -> Result<Page, kernel_web::Failure> {
        let label = visit.t("account-password");
        let error = errors.message(visit, "password");
        let questions = html! {
            (hidden("back", back))
            (text_field(visit, &Field { name: "password", label: &label, error: &error, required: true, autocomplete: "current-password", kind: "password", ..Field::default() }))
            (button(&visit.t("account-again-button"), Emphasis::Main))
        };
        let has_password = kernel_identity::Passwords::has(&visit.city.store, &visit.me()?.account).await?;
        let main = html! {
            (errors.summary(visit))
            (lead(&visit.t("account-again-lead")))
            @if has_password { (form("/sign-in/again", false, questions)) }
            (crate::ways::again(visit, back).await?)
        };
        Ok(Page::new(visit.t("account-again")).unlisted().main(main))
    }
}
