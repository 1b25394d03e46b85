//! Making an account: an address, the code that was sent to it, a name and a password.

use kernel_base::Error;
use kernel_identity::{Contact, Email, Name, account, ceremony};
use kernel_record::{Audit, audit};
use kernel_ui::{Emphasis, Field, Markup, button, form, hidden, html, lead, prose, steps, text_field};
use kernel_web::{Answer, Asked, Challenge, FieldErrors, Held, Page, Submitted, Visit, see_other};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::door::{self, Proof};
use crate::{code, code_page, new_password};

const KIND: &str = "register";

/// What is noted until the code comes back.
#[derive(Serialize, Deserialize)]
struct Begun {
    email: String,
    back: String,
}

pub async fn ask(visit: Visit, asked: Asked) -> Answer {
    let proof = Challenge::field(&visit, KIND).await?;
    Ok(visit.page(first_page(&visit, ("", asked.text("back")), &FieldErrors::default(), None, proof)))
}

/// Sends the code. An address that has an account gets a letter that says so; the page never does.
pub async fn begin(visit: Visit, sent: Submitted) -> Answer {
    let (typed, back) = (sent.text("email"), sent.text("back"));
    let mut errors = FieldErrors::default();
    let Some(email) = Email::parse(typed) else {
        errors.add("email", "account-email-wrong");
        let proof = Challenge::field_again(&visit, KIND, &sent).await?;
        return Ok(visit.page(first_page(&visit, (typed, back), &errors, None, proof)));
    };
    if let Some(held) = Challenge::check(&visit, KIND, &sent).await? {
        let proof = Challenge::field_again(&visit, KIND, &sent).await?;
        return Ok(visit.page(first_page(&visit, (typed, back), &errors, Some(held), proof)));
    }
    crate::limits::LETTERS.check(&visit, email.as_str()).await?;
    let city = &visit.city;
    let known = account::find_by_email(&city.store, &email).await?;
    let begun = Begun { email: email.as_str().to_owned(), back: back.to_owned() };
    let state = serde_json::to_string(&begun).map_err(Error::fault)?;
    let mut tx = city.store.begin().await?;
    let id = match &known {
        None => {
            code::begin(&visit, &mut tx, (KIND, "account-letter-register"), None, Some(email.as_str()), state).await?
        }
        Some(known) => {
            crate::tell::notice(&visit, &mut tx, &known.id, "account-letter-register-known").await?;
            code::begin(&visit, &mut tx, (KIND, ""), None, None, state).await?
        }
    };
    tx.commit().await?;
    Ok(see_other(&format!("/register/confirm?c={id}")))
}

pub async fn ask_code(visit: Visit, asked: Asked) -> Answer {
    let id = asked.text("c");
    let open = ceremony::state_of(&visit.city.store, KIND, id, visit.now()).await?.is_some();
    if !open {
        return Ok(visit.page(code_page::over(&visit, "/register")));
    }
    Ok(visit.page(second_page(&visit, id, ("", ""), &FieldErrors::default())))
}

pub async fn finish(visit: Visit, sent: Submitted) -> Answer {
    let city = &visit.city;
    let (id, name, password) = (sent.text("c"), sent.text("name"), sent.exact("password"));
    crate::limits::CODES.check(&visit, id).await?;
    let now = visit.now();
    let state = ceremony::state_of(&city.store, KIND, id, now).await?;
    let Some(state) = state else { return Ok(visit.page(code_page::over(&visit, "/register"))) };
    let begun: Begun = serde_json::from_str(&state).map_err(Error::fault)?;
    let mut errors = FieldErrors::default();
    let parsed = Name::parse(name);
    if parsed.is_none() {
        errors.add("name", "account-name-wrong");
    }
    new_password::check(&visit, password, &[name, &begun.email], &mut errors);
    // The code is tried only with a form that is otherwise right: five tries are not many.
    let hash = if errors.is_empty() { Some(city.passwords.hash(password, &*city.random).await?) } else { None };
    if let (Some(hash), Some(name)) = (hash, &parsed) {
        let mut tx = city.store.begin().await?;
        let Some(ceremony) = ceremony::find(&mut tx, KIND, id, now).await? else {
            return Ok(visit.page(code_page::over(&visit, "/register")));
        };
        if ceremony.proves(&mut tx, KIND, &code::typed(sent.text("code")), &city.secrets).await? {
            ceremony::finish(&mut tx, id).await?;
            let made = (&*city.clock, &*city.random);
            let account = account::insert(&mut tx, "person", name, visit.language.code, made).await?;
            Contact::set(&mut tx, account.as_str(), "email", &begun.email, now).await?;
            kernel_identity::Passwords::set(&mut tx, account.as_str(), &hash, now).await?;
            let entry =
                Audit { act: "account.made", who: account.as_str(), subject: account.as_str(), detail: json!({}) };
            audit(&mut tx, entry, made.0, made.1).await?;
            let account = account::get_in(&mut tx, account.as_str()).await?;
            let proof = Proof { way: "password", assurance: "", second_factor: false };
            return door::open(&visit, tx, &account, proof, false, &begun.back).await;
        }
        tx.commit_quietly().await?;
        visit.note("code.refused", "");
        if ceremony.is_spent() {
            return Ok(visit.page(code_page::over(&visit, "/register")));
        }
        errors.add("code", "account-code-wrong");
    }
    Ok(visit.page(second_page(&visit, id, (sent.text("code"), name), &errors)))
}

fn first_page(
    visit: &Visit,
    (email, back): (&str, &str),
    errors: &FieldErrors,
    held: Option<Held>,
    proof: Markup,
) -> Page {
    let (label, hint) = (visit.t("account-email"), visit.t("account-email-hint"));
    let error = errors.message(visit, "email");
    let questions = html! {
        (hidden("back", back))
        (text_field(visit, &Field { name: "email", label: &label, hint: &hint, value: email, error: &error, required: true, autocomplete: "email", kind: "email", ..Field::default() }))
        (proof)
        (button(&visit.t("account-code-send"), Emphasis::Main))
    };
    let main = html! {
        (errors.summary(visit))
        @if let Some(held) = held { (held.summary(visit)) }
        (progress(visit, 0))
        (lead(&visit.t("account-register-lead")))
        (prose(html! { p { (visit.t("account-register-need")) } p { a href="/privacy" { (visit.t("account-privacy")) } } }))
        (form("/register", false, questions))
    };
    Page::new(visit.t("account-register"))
        .description(visit.t("account-register-lead"))
        .main(main)
        .status(held.map_or(errors.status(), Held::status))
}

fn second_page(visit: &Visit, id: &str, (typed, name): (&str, &str), errors: &FieldErrors) -> Page {
    let (name_label, name_hint) = (visit.t("account-name"), visit.t("account-name-hint"));
    let name_error = errors.message(visit, "name");
    let questions = html! {
        (hidden("c", id))
        (code_page::field(visit, typed, errors))
        (text_field(visit, &Field { name: "name", label: &name_label, hint: &name_hint, value: name, error: &name_error, required: true, autocomplete: "name", ..Field::default() }))
        (new_password::field(visit, errors))
        (button(&visit.t("account-register-button"), Emphasis::Main))
    };
    let main = html! {
        (errors.summary(visit))
        (progress(visit, 1))
        (code_page::sent(visit))
        (form("/register/confirm", false, questions))
    };
    Page::new(visit.t("account-register-confirm"))
        .crumb(visit.t("account-register"), "/register")
        .unlisted()
        .main(main)
        .status(errors.status())
}

fn progress(visit: &Visit, step: usize) -> Markup {
    let names = ["account-step-address", "account-step-code"].map(|key| visit.t(key));
    steps(visit, &names, step)
}
