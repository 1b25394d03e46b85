//! Name and language, and below them how I am reached.

use kernel_identity::{Account, Contact, Name, Who, account};
use kernel_language::{LANGUAGES, Language};
use kernel_ui::{Choice, Emphasis, Field, button, form, html, radios, section, text_field};
use kernel_web::{Answer, FieldErrors, Page, Submitted, Visit, see_other};
use serde_json::json;

use crate::address;
use crate::own::own;

pub async fn show(visit: Visit) -> Answer {
    let who = own(&visit)?;
    with(&visit, who, &FieldErrors::default()).await
}

/// The page with what is wrong in one of its forms.
pub async fn with(visit: &Visit, who: &Who, errors: &FieldErrors) -> Answer {
    let account = account::get(&visit.city.store, &who.account).await?;
    let contact = Contact::of(&visit.city.store, &who.account).await?;
    Ok(visit.page(page(visit, &account, &contact, errors)))
}

pub async fn change(visit: Visit, sent: Submitted) -> Answer {
    let who = own(&visit)?;
    let mut errors = FieldErrors::default();
    let name = Name::parse(sent.text("name"));
    let language = Language::find(sent.text("language"));
    let (Some(name), Some(language)) = (&name, language) else {
        if name.is_none() {
            errors.add("name", "account-name-wrong");
        }
        if language.is_none() {
            errors.add("language", "account-language-wrong");
        }
        let mut typed = account::get(&visit.city.store, &who.account).await?;
        typed.name = sent.text("name").to_owned();
        typed.language = sent.text("language").to_owned();
        let contact = Contact::of(&visit.city.store, &who.account).await?;
        return Ok(visit.page(page(&visit, &typed, &contact, &errors)));
    };
    let made = (&*visit.city.clock, &*visit.city.random);
    let mut tx = visit.city.store.begin().await?;
    account::rename(&mut tx, &who.account, name, language.code).await?;
    who.did(&mut tx, "account.changed", &who.account, json!({}), made).await?;
    tx.commit().await?;
    Ok(see_other("/account?done=changed"))
}

fn page(visit: &Visit, account: &Account, contact: &Contact, errors: &FieldErrors) -> Page {
    let (name, name_hint, language, language_hint) = (
        visit.t("account-name"),
        visit.t("account-name-hint"),
        visit.t("account-language"),
        visit.t("account-language-hint"),
    );
    let (name_error, language_error) = (errors.message(visit, "name"), errors.message(visit, "language"));
    let languages: Vec<_> = LANGUAGES.iter().map(|language| Choice::new(language.code, language.name)).collect();
    let questions = html! {
        (text_field(visit, &Field { name: "name", label: &name, hint: &name_hint, value: &account.name, error: &name_error, required: true, autocomplete: "name", ..Field::default() }))
        (radios(visit, &Field { name: "language", label: &language, hint: &language_hint, value: &account.language, error: &language_error, required: true, ..Field::default() }, &languages))
        (button(&visit.t("account-details-save"), Emphasis::Main))
    };
    let main = html! {
        (errors.summary(visit))
        (section("name-language", &visit.t("account-details-name"), form("/account/details", false, questions)))
        (address::forms(visit, contact, errors))
    };
    Page::new(visit.t("account-details"))
        .crumb(visit.t("account-title"), "/account")
        .unlisted()
        .main(main)
        .status(errors.status())
}
