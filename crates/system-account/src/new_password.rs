//! Choosing a password, and changing it.

use kernel_identity::Passwords;
use kernel_record::{Audit, audit};
use kernel_ui::{Emphasis, Field, Markup, button, form, html, lead, text_field};
use kernel_web::{Answer, FieldErrors, Page, Submitted, Visit, see_other};
use serde_json::json;

/// Adds what is wrong with a new password. The person's own words and the city's name make it easy to guess.
pub fn check(visit: &Visit, password: &str, own_words: &[&str], errors: &mut FieldErrors) {
    let name = &visit.city.profile.name;
    let mut words = vec!["madang", &name.en, &name.ko, &name.ar, visit.city.settings.origin.as_str()];
    words.extend(own_words);
    words.extend(own_words.iter().filter_map(|word| word.split_once('@').map(|(local, _)| local)));
    words.retain(|word| !word.is_empty());
    if let Some(weakness) = Passwords::weakness(password, &words) {
        errors.add("password", weakness.key());
    }
}

pub fn field(visit: &Visit, errors: &FieldErrors) -> Markup {
    let (label, hint) = (visit.t("account-password-new"), visit.t("account-password-hint"));
    let error = errors.message(visit, "password");
    text_field(
        visit,
        &Field {
            name: "password",
            label: &label,
            hint: &hint,
            error: &error,
            required: true,
            autocomplete: "new-password",
            kind: "password",
            ..Field::default()
        },
    )
}

pub async fn ask(visit: Visit) -> Answer {
    let has_one = Passwords::has(&visit.city.store, &visit.me()?.account).await?;
    Ok(match visit.prove_again() {
        Some(first) => first,
        None => visit.page(page(&visit, has_one, &FieldErrors::default())),
    })
}

/// Asks for the old password too: who finds an open session must not be able to keep the account.
pub async fn change(visit: Visit, sent: Submitted) -> Answer {
    let who = visit.me()?;
    if let Some(first) = visit.prove_again() {
        return Ok(first);
    }
    let city = &visit.city;
    let mut errors = FieldErrors::default();
    let has_one = Passwords::has(&city.store, &who.account).await?;
    if has_one {
        crate::limits::SIGN_IN.check(&visit, &who.account).await?;
        let current = sent.exact("current");
        if !city.passwords.check(&city.store, Some(&who.account), current, &*city.random).await? {
            visit.note("proof.refused", &who.account);
            errors.add("current", "account-password-wrong");
        }
    }
    let contact = kernel_identity::Contact::of(&city.store, &who.account).await?;
    check(&visit, sent.exact("password"), &[&who.name, contact.email.as_deref().unwrap_or_default()], &mut errors);
    if !errors.is_empty() {
        return Ok(visit.page(page(&visit, has_one, &errors)));
    }
    let hash = city.passwords.hash(sent.exact("password"), &*city.random).await?;
    let mut tx = city.store.begin().await?;
    Passwords::set(&mut tx, &who.account, &hash, visit.now()).await?;
    crate::door::end_others(&mut tx, who, visit.now()).await?;
    let entry = Audit { act: "password.changed", who: &who.account, subject: &who.account, detail: json!({}) };
    audit(&mut tx, entry, &*city.clock, &*city.random).await?;
    crate::tell::notice(&visit, &mut tx, &who.account, "account-letter-password-changed").await?;
    tx.commit().await?;
    visit.note("password.changed", &who.account);
    Ok(see_other("/account/security"))
}

fn page(visit: &Visit, has_one: bool, errors: &FieldErrors) -> Page {
    let (label, error) = (visit.t("account-password-current"), errors.message(visit, "current"));
    let current = Field {
        name: "current",
        label: &label,
        error: &error,
        required: true,
        autocomplete: "current-password",
        kind: "password",
        ..Field::default()
    };
    let questions = html! { @if has_one { (text_field(visit, &current)) } (field(visit, errors)) (button(&visit.t("account-password-button"), Emphasis::Main)) };
    let main = html! {
        (errors.summary(visit))
        (lead(&visit.t("account-password-lead")))
        (form("/account/password", false, questions))
    };
    Page::new(visit.t("account-password-change"))
        .crumb(visit.t("account-title"), "/account")
        .unlisted()
        .main(main)
        .status(errors.status())
}
