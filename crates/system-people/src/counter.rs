//! Helping somebody who stands at the counter: in their name, after they agreed with a code that only they get.

use kernel_base::Error;
use kernel_identity::{Account, Contact, Reason, acting, ceremony, code};
use kernel_letters::{Letter, To};
use kernel_ui::{Emphasis, Field, Markup, button, form, hidden, html, lead, text_field};
use kernel_web::{Answer, Asked, FieldErrors, Limit, Submitted, Visit, see_other};
use serde::{Deserialize, Serialize};

use crate::find::{found, who_field};
use crate::staff::page;

const KIND: &str = "counter";
const MINUTES: i64 = 10;
/// Codes that one person gets, and that one desk asks for.
const CODES: Limit = Limit { purpose: "people-counter", per_account: 5, per_network: 60, window_seconds: 3600 };

/// What is noted until the code comes back.
#[derive(Serialize, Deserialize)]
struct Begun {
    clerk: String,
    note: String,
}

pub async fn ask(visit: Visit) -> Answer {
    first_page(&visit, ("", ""), &FieldErrors::default())
}

/// Sends the code to the address that the person's account has.
pub async fn send(visit: Visit, sent: Submitted) -> Answer {
    let who = visit.me()?;
    let typed = (sent.text("who"), sent.text("note"));
    let mut errors = FieldErrors::default();
    let note = Reason::parse(typed.1);
    if note.is_none() {
        errors.add("note", "people-counter-note-wrong");
    }
    let account = found(&visit, typed.0).await?.filter(|account| can_be_helped(account, &who.account));
    let contact = match &account {
        Some(account) => Contact::of(&visit.city.store, &account.id).await?,
        None => Contact::default(),
    };
    let to = contact.email.map(To::Email).or_else(|| contact.phone.map(To::Phone));
    if to.is_none() {
        errors.add("who", "people-counter-who-wrong");
    }
    let (Some(account), Some(to), Some(note)) = (account, to, note) else {
        return first_page(&visit, typed, &errors);
    };
    CODES.check(&visit, &account.id).await?;
    let city = &visit.city;
    let made = (&*city.clock, &*city.random);
    let begun = Begun { clerk: who.account.clone(), note: note.as_str().to_owned() };
    let state = serde_json::to_string(&begun).map_err(Error::fault)?;
    let secret = code::letter_code(&*city.random);
    let mut tx = city.store.begin().await?;
    let begin =
        ceremony::Begin { kind: KIND, account: Some(&account.id), secret: &secret, state, seconds: MINUTES * 60 };
    let id = ceremony::begin(&mut tx, begin, &city.secrets, made).await?;
    let language = kernel_language::Language::find(&account.language).unwrap_or(visit.language);
    let letter = Letter::template(to, "people-letter-counter")
        .language(language)
        .with("code", code::grouped(&secret))
        .with("minutes", MINUTES)
        .with("note", note.as_str());
    city.letters.send(&mut tx, &letter, made.0, made.1).await?;
    tx.commit().await?;
    Ok(see_other(&format!("/people/counter/code?c={id}")))
}

fn can_be_helped(account: &Account, clerk: &str) -> bool {
    account.is_active() && account.kind == "person" && account.id != clerk
}

pub async fn ask_code(visit: Visit, asked: Asked) -> Answer {
    let id = asked.text("c");
    let state = ceremony::state_of(&visit.city.store, KIND, id, visit.now()).await?.ok_or(Error::NotFound)?;
    let begun: Begun = serde_json::from_str(&state).map_err(Error::fault)?;
    second_page(&visit, id, &begun.note, &FieldErrors::default())
}

/// The person agreed: this session acts for them, for an hour at most.
pub async fn begin(visit: Visit, sent: Submitted) -> Answer {
    let who = visit.me()?;
    let city = &visit.city;
    let id = sent.text("c");
    let mut tx = city.store.begin().await?;
    let found = ceremony::find(&mut tx, KIND, id, visit.now()).await?.ok_or(Error::NotFound)?;
    let begun: Begun = serde_json::from_str(&found.state).map_err(Error::fault)?;
    // A code counts for the clerk who asked for it.
    let account = found.account.clone().filter(|_| begun.clerk == who.account).ok_or(Error::NotFound)?;
    if !found.proves(&mut tx, KIND, &code::plain(sent.text("code")), &city.secrets).await? {
        tx.commit_quietly().await?;
        visit.note("code.refused", &account);
        let mut errors = FieldErrors::default();
        errors.add("code", if found.is_spent() { "people-counter-code-spent" } else { "people-counter-code-wrong" });
        return second_page(&visit, id, &begun.note, &errors);
    }
    ceremony::finish(&mut tx, id).await?;
    let made = (&*city.clock, &*city.random);
    let (_, secret) = acting::help(&mut tx, who, &account, &begun.note, &city.secrets, made).await?;
    tx.commit().await?;
    visit.note("acting.begun", &account);
    let mut response = see_other("/account");
    visit.keep_session(&mut response, &secret, None);
    Ok(response)
}

fn first_page(visit: &Visit, (who, note): (&str, &str), errors: &FieldErrors) -> Answer {
    let (label, hint, wrong) =
        (visit.t("people-counter-note"), visit.t("people-counter-note-hint"), errors.message(visit, "note"));
    let main = html! {
        (errors.summary(visit))
        (lead(&visit.t("people-counter-lead")))
        (form("/people/counter", false, html! {
            (who_field(visit, who, errors))
            (text_field(visit, &Field { name: "note", label: &label, hint: &hint, error: &wrong, value: note, required: true, autocomplete: "off", ..Field::default() }))
            (button(&visit.t("people-counter-send"), Emphasis::Main))
        }))
    };
    Ok(visit.page(page(visit, &visit.t("people-counter"), main).status(errors.status())))
}

fn second_page(visit: &Visit, id: &str, note: &str, errors: &FieldErrors) -> Answer {
    let (label, hint, wrong) =
        (visit.t("people-counter-code"), visit.t("people-counter-code-hint"), errors.message(visit, "code"));
    let main: Markup = html! {
        (errors.summary(visit))
        (lead(&visit.t_with("people-counter-sent", &[("minutes", MINUTES.into())])))
        p { (visit.t_with("people-counter-for", &[("note", note.into())])) }
        (form("/people/counter/code", false, html! {
            (hidden("c", id))
            (text_field(visit, &Field { name: "code", label: &label, hint: &hint, error: &wrong, required: true, autocomplete: "off", ..Field::default() }))
            (button(&visit.t("people-counter-begin"), Emphasis::Main))
        }))
    };
    Ok(visit.page(page(visit, &visit.t("people-counter"), main).status(errors.status())))
}
