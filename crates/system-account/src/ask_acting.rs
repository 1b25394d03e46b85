//! Asking to act for somebody, inviting somebody to act, and founding an organisation.

use axum::http::StatusCode;
use kernel_base::Error;
use kernel_identity::delegation::{self, Ask, Kind, Side};
use kernel_identity::{Email, Name, Who, account};
use kernel_ui::{Choice, Emphasis, Field, button, form, html, lead, radios, select, text_field};
use kernel_web::{Answer, Failure, FieldErrors, Page, Submitted, Visit, see_other};

use crate::act_for::tell;
use crate::acting::address;
use crate::limits;
use crate::own::{own, prove_first};

/// For how many days somebody may act.
const DAYS: [(i64, &str); 4] = [
    (30, "account-days-month"),
    (182, "account-days-half-year"),
    (365, "account-days-year"),
    (delegation::MOST_DAYS, "account-days-three-years"),
];
/// Characters of a note.
const NOTE: usize = 300;

const PAGE: &str = "/account/acting/ask";

/// The organisation that this session acts for: its representatives may invite others.
fn company(who: &Who) -> Option<&str> {
    let acting = who.acting.as_ref()?;
    (acting.kind == Kind::Company.word()).then_some(acting.principal.as_str())
}

/// Whether an organisation invites. Its first representative does that; otherwise everybody asks for themselves.
async fn invites(visit: &Visit) -> Result<bool, Failure> {
    let Some(company) = company(visit.me()?) else { return own(visit).map(|_| false) };
    let first = delegation::first_of(&visit.city.store, company, visit.now()).await?;
    match first.as_deref() == Some(&visit.me()?.account) {
        true => Ok(true),
        false => Err(Failure::said(StatusCode::FORBIDDEN, "account-first-only")),
    }
}

pub async fn ask(visit: Visit) -> Answer {
    let company = invites(&visit).await?;
    if let Some(first) = prove_first(&visit, PAGE) {
        return Ok(first);
    }
    Ok(visit.page(page(&visit, company, &Submitted::default(), &FieldErrors::default())))
}

pub async fn send(visit: Visit, sent: Submitted) -> Answer {
    invites(&visit).await?;
    let who = visit.me()?;
    let company = company(who);
    if let Some(first) = prove_first(&visit, PAGE) {
        return Ok(first);
    }
    let mut errors = FieldErrors::default();
    let email = Email::parse(sent.text("email"));
    let days = DAYS.iter().find(|(days, _)| sent.text("days") == days.to_string()).map(|(days, _)| *days);
    let side = match (company, sent.text("side")) {
        (Some(_), _) | (None, "principal") => Some(Side::Principal),
        (None, "agent") => Some(Side::Agent),
        _ => None,
    };
    if email.is_some() && email == address(&visit, who).await? {
        errors.add("email", "account-acting-oneself");
    }
    let (Some(email), Some(days), Some(side), true) = (email, days, side, errors.is_empty()) else {
        for (field, wrong, key) in [
            ("side", side.is_none(), "account-acting-side-wrong"),
            ("email", Email::parse(sent.text("email")).is_none(), "account-email-wrong"),
            ("days", days.is_none(), "account-acting-days-wrong"),
        ] {
            if wrong {
                errors.add(field, key);
            }
        }
        return Ok(visit.page(page(&visit, company.is_some(), &sent, &errors)));
    };
    limits::LETTERS.check(&visit, email.as_str()).await?;
    let city = &visit.city;
    let known = account::find_by_email(&city.store, &email).await?.filter(account::Account::is_active);
    let note: String = sent.text("note").chars().take(NOTE).collect();
    let wanted = Ask {
        kind: if company.is_some() { Kind::Company } else { Kind::Guardian },
        side,
        account: company.unwrap_or(&who.account),
        asked_by: &who.account,
        address: &email,
        note: &note,
        ends_at: visit.now().plus_days(days),
    };
    let made = (&*city.clock, &*city.random);
    let mut tx = city.store.begin().await?;
    let id = match delegation::ask(&mut tx, wanted, &city.secrets, made).await {
        Ok(id) => id,
        Err(Error::Refused(_)) => {
            errors.add("email", "account-acting-too-many");
            return Ok(visit.page(page(&visit, company.is_some(), &sent, &errors)));
        }
        Err(other) => return Err(other.into()),
    };
    who.did(&mut tx, "delegation.asked", id.as_str(), serde_json::json!({}), made).await?;
    // Strangers get no letter: a name that somebody made up would reach any address.
    if let Some(known) = known {
        tell(&visit, &mut tx, &known.id, "account-letter-asked", &who.name).await?;
    }
    tx.commit().await?;
    Ok(see_other("/account/acting?done=asked"))
}

fn page(visit: &Visit, company: bool, sent: &Submitted, errors: &FieldErrors) -> Page {
    let words = |key: &str| visit.t(key);
    let (side, email, email_hint, days, note, note_hint) = (
        words("account-acting-side"),
        words("account-email"),
        words("account-acting-email-hint"),
        words("account-acting-days"),
        words("account-acting-note"),
        words("account-acting-note-hint"),
    );
    let wrong = |field: &str| errors.message(visit, field);
    let (side_wrong, email_wrong, days_wrong) = (wrong("side"), wrong("email"), wrong("days"));
    let sides = [
        Choice::new("agent", words("account-acting-side-agent")),
        Choice::new("principal", words("account-acting-side-principal")),
    ];
    let times: Vec<_> = DAYS.iter().map(|(days, key)| Choice::new(days.to_string(), words(key))).collect();
    let chosen = if sent.text("days").is_empty() { "365" } else { sent.text("days") };
    let questions = html! {
        @if !company {
            (radios(visit, &Field { name: "side", label: &side, value: sent.text("side"), error: &side_wrong, required: true, ..Field::default() }, &sides))
        }
        (text_field(visit, &Field { name: "email", label: &email, hint: &email_hint, value: sent.text("email"), error: &email_wrong, required: true, kind: "email", autocomplete: "off", ..Field::default() }))
        (select(visit, &Field { name: "days", label: &days, value: chosen, error: &days_wrong, required: true, ..Field::default() }, &times))
        (text_field(visit, &Field { name: "note", label: &note, hint: &note_hint, value: sent.text("note"), ..Field::default() }))
        (button(&words("account-acting-send"), Emphasis::Main))
    };
    let main = html! {
        (errors.summary(visit))
        (lead(&words("account-acting-ask-lead")))
        (form(PAGE, false, questions))
    };
    let title = words(if company { "account-acting-invite" } else { "account-acting-ask" });
    crumbed(visit, title).main(main).status(errors.status())
}

fn crumbed(visit: &Visit, title: String) -> Page {
    Page::new(title)
        .crumb(visit.t("account-title"), "/account")
        .crumb(visit.t("account-acting"), "/account/acting")
        .unlisted()
}

pub async fn organisation(visit: Visit) -> Answer {
    own(&visit)?;
    if let Some(first) = prove_first(&visit, "/account/acting/organisation") {
        return Ok(first);
    }
    Ok(visit.page(organisation_page(&visit, "", &FieldErrors::default())))
}

pub async fn found(visit: Visit, sent: Submitted) -> Answer {
    let who = own(&visit)?;
    if let Some(first) = prove_first(&visit, "/account/acting/organisation") {
        return Ok(first);
    }
    let Some(name) = Name::parse(sent.text("name")) else {
        let mut errors = FieldErrors::default();
        errors.add("name", "account-organisation-wrong");
        return Ok(visit.page(organisation_page(&visit, sent.text("name"), &errors)));
    };
    let city = &visit.city;
    let ends_at = visit.now().plus_days(delegation::MOST_DAYS);
    let mut tx = city.store.begin().await?;
    delegation::found(&mut tx, who, &name, ends_at, (&*city.clock, &*city.random)).await?;
    tx.commit().await?;
    Ok(see_other("/account/acting?done=founded"))
}

fn organisation_page(visit: &Visit, typed: &str, errors: &FieldErrors) -> Page {
    let (label, hint) = (visit.t("account-organisation-name"), visit.t("account-organisation-hint"));
    let error = errors.message(visit, "name");
    let questions = html! {
        (text_field(visit, &Field { name: "name", label: &label, hint: &hint, value: typed, error: &error, required: true, autocomplete: "organization", ..Field::default() }))
        (button(&visit.t("account-organisation-button"), Emphasis::Main))
    };
    let main = html! {
        (errors.summary(visit))
        (lead(&visit.t("account-organisation-lead")))
        (form("/account/acting/organisation", false, questions))
    };
    crumbed(visit, visit.t("account-organisation")).main(main).status(errors.status())
}
