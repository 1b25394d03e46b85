//! A new password for somebody who lost the old one. The second factor, if there is one, is still asked for afterwards.

use kernel_identity::{Email, Passwords, account, ceremony, session};
use kernel_record::{Audit, audit};
use kernel_ui::{Emphasis, Field, Markup, button, form, hidden, html, lead, text_field};
use kernel_web::{Answer, Asked, Challenge, FieldErrors, Held, Page, Submitted, Visit, see_other};
use serde_json::json;

use crate::{code, code_page, new_password};

const KIND: &str = "recover";

pub async fn ask(visit: Visit) -> Answer {
    let proof = Challenge::field(&visit, KIND).await?;
    Ok(visit.page(first_page(&visit, "", &FieldErrors::default(), None, proof)))
}

/// Sends the code to an address that has an account; the page looks the same when it has none.
pub async fn begin(visit: Visit, sent: Submitted) -> Answer {
    let typed = sent.text("email");
    let mut errors = FieldErrors::default();
    let Some(email) = Email::parse(typed) else {
        errors.add("email", "account-email-wrong");
        let proof = Challenge::field_again(&visit, KIND, &sent).await?;
        return Ok(visit.page(first_page(&visit, typed, &errors, None, proof)));
    };
    if let Some(held) = Challenge::check(&visit, KIND, &sent).await? {
        let proof = Challenge::field_again(&visit, KIND, &sent).await?;
        return Ok(visit.page(first_page(&visit, typed, &errors, Some(held), proof)));
    }
    crate::limits::LETTERS.check(&visit, email.as_str()).await?;
    let city = &visit.city;
    let known = account::find_by_email(&city.store, &email).await?.filter(account::Account::is_active);
    let (id, address) = (known.as_ref().map(|known| known.id.as_str()), known.as_ref().map(|_| email.as_str()));
    let mut tx = city.store.begin().await?;
    if let Some(id) = id {
        // A new code ends the ones before it.
        ceremony::end_of(&mut tx, KIND, id).await?;
    }
    let id = code::begin(&visit, &mut tx, (KIND, "account-letter-recover"), id, address, "{}".to_owned()).await?;
    tx.commit().await?;
    visit.note("recovery.begun", known.as_ref().map_or("", |known| &known.id));
    Ok(see_other(&format!("/recover/confirm?c={id}")))
}

pub async fn ask_code(visit: Visit, asked: Asked) -> Answer {
    let id = asked.text("c");
    if ceremony::state_of(&visit.city.store, KIND, id, visit.now()).await?.is_none() {
        return Ok(visit.page(code_page::over(&visit, "/recover")));
    }
    Ok(visit.page(second_page(&visit, id, "", &FieldErrors::default())))
}

pub async fn finish(visit: Visit, sent: Submitted) -> Answer {
    let city = &visit.city;
    let (id, password, now) = (sent.text("c"), sent.exact("password"), visit.now());
    crate::limits::CODES.check(&visit, id).await?;
    let mut errors = FieldErrors::default();
    new_password::check(&visit, password, &[], &mut errors);
    if !errors.is_empty() {
        return Ok(visit.page(second_page(&visit, id, sent.text("code"), &errors)));
    }
    let hash = city.passwords.hash(password, &*city.random).await?;
    let mut tx = city.store.begin().await?;
    let Some(ceremony) = ceremony::find(&mut tx, KIND, id, now).await? else {
        return Ok(visit.page(code_page::over(&visit, "/recover")));
    };
    let proved = ceremony.proves(&mut tx, KIND, &code::typed(sent.text("code")), &city.secrets).await?;
    let Some(account) = ceremony.account.as_deref().filter(|_| proved) else {
        tx.commit_quietly().await?;
        visit.note("code.refused", ceremony.account.as_deref().unwrap_or_default());
        if ceremony.is_spent() {
            return Ok(visit.page(code_page::over(&visit, "/recover")));
        }
        errors.add("code", "account-code-wrong");
        return Ok(visit.page(second_page(&visit, id, sent.text("code"), &errors)));
    };
    ceremony::finish(&mut tx, id).await?;
    Passwords::set(&mut tx, account, &hash, now).await?;
    session::end_all(&mut tx, account, "", now).await?;
    let entry = Audit { act: "password.recovered", who: account, subject: account, detail: json!({}) };
    audit(&mut tx, entry, &*city.clock, &*city.random).await?;
    crate::tell::notice(&visit, &mut tx, account, "account-letter-password-changed").await?;
    tx.commit().await?;
    visit.note("password.recovered", account);
    Ok(see_other("/sign-in"))
}

fn first_page(visit: &Visit, email: &str, errors: &FieldErrors, held: Option<Held>, proof: Markup) -> Page {
    let label = visit.t("account-email");
    let error = errors.message(visit, "email");
    let questions = html! {
        (text_field(visit, &Field { name: "email", label: &label, value: email, error: &error, required: true, autocomplete: "email", kind: "email", ..Field::default() }))
        (proof)
        (button(&visit.t("account-code-send"), Emphasis::Main))
    };
    let main = html! {
        (errors.summary(visit))
        @if let Some(held) = held { (held.summary(visit)) }
        (lead(&visit.t("account-recover-lead")))
        (form("/recover", false, questions))
    };
    Page::new(visit.t("account-recover"))
        .crumb(visit.t("account-sign-in"), "/sign-in")
        .main(main)
        .status(held.map_or(errors.status(), Held::status))
}

fn second_page(visit: &Visit, id: &str, typed: &str, errors: &FieldErrors) -> Page {
    let questions = html! {
        (hidden("c", id))
        (code_page::field(visit, typed, errors))
        (new_password::field(visit, errors))
        (button(&visit.t("account-recover-button"), Emphasis::Main))
    };
    let main = html! {
        (errors.summary(visit))
        (code_page::sent(visit))
        (form("/recover/confirm", false, questions))
    };
    Page::new(visit.t("account-recover-confirm"))
        .crumb(visit.t("account-sign-in"), "/sign-in")
        .unlisted()
        .main(main)
        .status(errors.status())
}
