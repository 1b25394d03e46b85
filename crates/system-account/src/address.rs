//! A new e-mail address or telephone number: a code goes there, a notice to the old one.

use kernel_base::Error;
use kernel_identity::{Contact, Email, Phone, Who, account, ceremony};
use kernel_letters::{Channel, Letter, To, Value};
use kernel_ui::{Emphasis, Field, Markup, button, form, hidden, html, section, text_field};
use kernel_web::{Answer, Asked, FieldErrors, Page, Submitted, Visit, see_other};
use serde_json::{Value as Json, json};

use crate::own::{own, prove_first};
use crate::{code, code_page, limits};

const DETAILS: &str = "/account/details";
const CONFIRM: &str = "/account/details/confirm";

/// A way to reach somebody that is to be confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
enum New {
    Email(Email),
    Phone(Phone),
}

impl New {
    fn parse(kind: &str, typed: &str) -> Option<New> {
        match kind {
            "email" => Email::parse(typed).map(New::Email),
            "phone" => Phone::parse(typed).map(New::Phone),
            _ => None,
        }
    }

    fn kind(&self) -> &'static str {
        match self {
            New::Email(_) => "email",
            New::Phone(_) => "phone",
        }
    }

    fn ceremony(&self) -> &'static str {
        match self {
            New::Email(_) => "address email",
            New::Phone(_) => "address phone",
        }
    }

    fn value(&self) -> &str {
        match self {
            New::Email(email) => email.as_str(),
            New::Phone(phone) => phone.as_str(),
        }
    }

    fn to(&self) -> To {
        match self {
            New::Email(email) => To::Email(email.as_str().to_owned()),
            New::Phone(phone) => To::Phone(phone.as_str().to_owned()),
        }
    }
}

/// The two forms on the page of details.
pub fn forms(visit: &Visit, contact: &Contact, errors: &FieldErrors) -> Markup {
    let one = |kind: &'static str, autocomplete: &'static str, input: &'static str, now: Option<&String>| {
        let (label, hint) = (visit.t(&format!("account-{kind}-new")), visit.t(&format!("account-{kind}-new-hint")));
        let error = errors.message(visit, kind);
        let none = visit.t("account-none");
        let questions = html! {
            (hidden("kind", kind))
            p { (visit.t_with("account-contact-now", &[("address", now.unwrap_or(&none).as_str().into())])) }
            (text_field(visit, &Field { name: kind, label: &label, hint: &hint, error: &error, required: true, autocomplete, kind: input, ..Field::default() }))
            (button(&visit.t("account-code-send"), Emphasis::Second))
        };
        section(
            &format!("new-{kind}"),
            &visit.t(&format!("account-{kind}-change")),
            form("/account/details/contact", false, questions),
        )
    };
    html! {
        (one("email", "email", "email", contact.email.as_ref()))
        (one("phone", "tel", "tel", contact.phone.as_ref()))
    }
}

/// Sends a code to the new address. One that is somebody else's already gets none, and the page looks the same.
pub async fn begin(visit: Visit, sent: Submitted) -> Answer {
    let who = own(&visit)?;
    if let Some(first) = prove_first(&visit, DETAILS) {
        return Ok(first);
    }
    let kind = if sent.text("kind") == "phone" { "phone" } else { "email" };
    let Some(new) = New::parse(kind, sent.text(kind)) else {
        let mut errors = FieldErrors::default();
        errors.add(kind, if kind == "phone" { "account-phone-wrong" } else { "account-email-wrong" });
        return crate::details::with(&visit, who, &errors).await;
    };
    limits::LETTERS.check(&visit, new.value()).await?;
    let city = &visit.city;
    let known = account::find_by_address(&city.store, new.kind(), new.value()).await?;
    let to = known.is_none_or(|known| known.id == who.account).then(|| new.to());
    let state = json!({ "kind": new.kind(), "value": new.value() }).to_string();
    let mut tx = city.store.begin().await?;
    // A new code ends the ones before it.
    ceremony::end_of(&mut tx, new.ceremony(), &who.account).await?;
    let begun = (new.ceremony(), "account-letter-address");
    let id = code::begin_to(&visit, &mut tx, begun, Some(&who.account), to, state).await?;
    tx.commit().await?;
    Ok(see_other(&format!("{CONFIRM}?kind={}&c={id}", new.kind())))
}

pub async fn ask_code(visit: Visit, asked: Asked) -> Answer {
    own(&visit)?;
    Ok(visit.page(code_form(&visit, asked.text("kind"), asked.text("c"), "", &FieldErrors::default())))
}

fn code_form(visit: &Visit, kind: &str, id: &str, typed: &str, errors: &FieldErrors) -> Page {
    let questions = html! {
        (hidden("kind", kind)) (hidden("c", id))
        (code_page::field(visit, typed, errors))
        (button(&visit.t("account-address-confirm"), Emphasis::Main))
    };
    let main = html! { (errors.summary(visit)) (code_page::sent(visit)) (form(CONFIRM, false, questions)) };
    Page::new(visit.t("account-address"))
        .crumb(visit.t("account-title"), "/account")
        .crumb(visit.t("account-details"), DETAILS)
        .unlisted()
        .main(main)
        .status(errors.status())
}

/// The code came back: the new address counts, and the old one is told.
pub async fn finish(visit: Visit, sent: Submitted) -> Answer {
    let who = own(&visit)?;
    if let Some(first) = prove_first(&visit, DETAILS) {
        return Ok(first);
    }
    let (city, id, now) = (&visit.city, sent.text("c"), visit.now());
    limits::CODES.check(&visit, id).await?;
    let kind = if sent.text("kind") == "phone" { "address phone" } else { "address email" };
    let mut tx = city.store.begin().await?;
    let found = ceremony::find(&mut tx, kind, id, now).await?;
    // Only the session's own account finishes it.
    let Some(found) = found.filter(|found| found.account.as_ref() == Some(&who.account) && !found.is_spent()) else {
        return Ok(visit.page(code_page::over(&visit, DETAILS)));
    };
    if !found.proves(&mut tx, kind, &code::typed(sent.text("code")), &city.secrets).await? {
        tx.commit_quietly().await?;
        visit.note("code.refused", &who.account);
        let mut errors = FieldErrors::default();
        errors.add("code", "account-code-wrong");
        return Ok(visit.page(code_form(&visit, sent.text("kind"), id, sent.text("code"), &errors)));
    }
    ceremony::finish(&mut tx, id).await?;
    let state: Json = serde_json::from_str(&found.state).map_err(Error::fault)?;
    let read = |key: &str| state.get(key).and_then(Json::as_str).unwrap_or_default();
    let new = New::parse(read("kind"), read("value")).ok_or_else(|| Error::Fault("an address that is none".into()))?;
    let before = Contact::of(&city.store, &who.account).await?;
    Contact::set(&mut tx, &who.account, new.kind(), new.value(), now).await?;
    let channel = if new.kind() == "phone" { Channel::Sms } else { Channel::Email };
    city.letters.confirm_address(&mut tx, channel, new.value()).await?;
    told(&visit, &mut tx, who, &before, &new).await?;
    tx.commit().await?;
    visit.note("address.changed", &who.account);
    Ok(see_other("/account?done=changed"))
}

/// In the trail without the address, and in a letter to where letters went before.
async fn told(
    visit: &Visit,
    tx: &mut kernel_store::Tx,
    who: &Who,
    before: &Contact,
    new: &New,
) -> kernel_base::Result<()> {
    let made = (&*visit.city.clock, &*visit.city.random);
    who.did(tx, "address.changed", &who.account, json!({ "kind": new.kind() }), made).await?;
    let old = before.email.clone().map(To::Email).or_else(|| before.phone.clone().map(To::Phone));
    let Some(old) = old else { return Ok(()) };
    let letter = Letter::template(old, "account-letter-address-changed")
        .language(visit.language)
        .with("when", Value::Moment(visit.now().0))
        .with_link("link", "/account/security");
    visit.city.letters.send(tx, &letter, made.0, made.1).await.map(drop)
}
