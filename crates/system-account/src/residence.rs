//! Confirmed as a resident: asking a clerk or for a letter with a code, and typing the code.

use axum::extract::Request as Form;
use axum::http::StatusCode;
use kernel_identity::residence::{self, Claim, Request, Typed, Verified};
use kernel_identity::{Account, account};
use kernel_ui::{
    Card, Emphasis, Field, Markup, Tone, alert, button, button_link, cards, error_summary, file_field, form, hidden,
    html, lead, section, summary_list, text_field, textarea,
};
use kernel_web::{Answer, Asked, FieldErrors, Page, Submitted, Visit, see_other};

use crate::limits;
use crate::my_page::done;
use crate::own::own;
use crate::papers::{self, Sent};

/// Letters with a code that one account may ask for within the time in which one is answered.
const LETTERS: usize = 3;

const HOME: &str = "/account/residence";

pub async fn show(visit: Visit) -> Answer {
    let who = own(&visit)?;
    let account = account::get(&visit.city.store, &who.account).await?;
    let requests = residence::of_account(&visit.city.store, &who.account).await?;
    Ok(visit.page(page(&visit, &account, &requests, &FieldErrors::default())))
}

fn page(visit: &Visit, account: &Account, requests: &[Request], errors: &FieldErrors) -> Page {
    let now = visit.now();
    let open = requests.iter().find(|request| request.is_open(now));
    let refused = requests.first().filter(|request| matches!(request.state.as_str(), "refused" | "ended"));
    let main = html! {
        (errors.summary(visit))
        (done(visit, &["residence", "residence-asked", "residence-withdrawn"]))
        (lead(&visit.t("account-residence-lead")))
        @if let Some(at) = account.verified_at {
            (alert(Tone::Success, &visit.t("account-residence-yes"), html! {
                p { (visit.t_with("account-resident-since", &[("date", visit.date(at.date()).into())])) }
            }))
        } @else if let Some(open) = open {
            (waiting(visit, open, errors))
        } @else {
            @if let Some(refused) = refused { (decision(visit, refused)) }
            (ways(visit))
        }
    };
    Page::new(visit.t("account-residence"))
        .crumb(visit.t("account-title"), "/account")
        .unlisted()
        .main(main)
        .status(errors.status())
}

fn ways(visit: &Visit) -> Markup {
    let way = |way: &str| Card {
        title: visit.t(&format!("account-residence-{way}")),
        href: String::new(),
        body: html! {
            p { (visit.t(&format!("account-residence-{way}-text"))) }
            p { (button_link(&visit.t(&format!("account-residence-{way}-button")), &format!("{HOME}/ask?way={way}"), Emphasis::Second)) }
        },
    };
    section("ways", &visit.t("account-residence-ways"), cards(&[way("clerk"), way("post")]))
}

/// What waits, what happens next, and the way back.
fn waiting(visit: &Visit, open: &Request, errors: &FieldErrors) -> Markup {
    let printed = open.state == "printed";
    let step = if printed { "printed" } else { open.way.as_str() };
    html! {
        (section("waiting", &visit.t(&format!("account-residence-waits-{step}")), html! {
            (summary_list(&[
                (visit.t("account-residence-asked"), html! { (visit.date(open.made_at.date())) }),
                (visit.t("account-residence-until"), html! { (visit.date(open.ends_at.date())) }),
            ]))
            p { (visit.t(&format!("account-residence-waits-{step}-text"))) }
            @if printed { (code_form(visit, errors)) }
            (form(&format!("{HOME}/withdraw"), false, button(&visit.t("account-acting-take-back"), Emphasis::Quiet)))
        }))
    }
}

fn code_form(visit: &Visit, errors: &FieldErrors) -> Markup {
    let (label, hint, error) = (visit.t("account-code"), visit.t("account-code-hint"), errors.message(visit, "code"));
    form(
        &format!("{HOME}/code"),
        false,
        html! {
            (text_field(visit, &Field { name: "code", label: &label, hint: &hint, error: &error, required: true, autocomplete: "off", ..Field::default() }))
            (button(&visit.t("account-residence-code-button"), Emphasis::Main))
        },
    )
}

fn decision(visit: &Visit, request: &Request) -> Markup {
    let key = if request.state == "ended" { "account-residence-ended" } else { "account-residence-refused" };
    let reason = if request.reason.is_empty() { visit.t("account-residence-doubled") } else { request.reason.clone() };
    alert(Tone::Warning, &visit.t(key), html! { p { (reason) } })
}

pub async fn ask(visit: Visit, asked: Asked) -> Answer {
    own(&visit)?;
    Ok(visit.page(ask_page(&visit, asked.text("way"), &Claim::default(), &FieldErrors::default(), None)))
}

pub async fn send(visit: Visit, request: Form) -> Answer {
    let who = own(&visit)?;
    let Sent { form: sent, papers, refused } = papers::read(request, &visit.city).await?;
    let way = if sent.text("way") == "post" { "post" } else { "clerk" };
    let claim = Claim {
        name: sent.text("name").chars().take(100).collect(),
        address: sent.text("address").chars().take(300).collect(),
        identifier: sent.text("identifier").chars().take(60).collect(),
    };
    let mut errors = wrong(&claim);
    let city = &visit.city;
    let before = residence::of_account(&city.store, &who.account).await?;
    let recent = visit.now().plus_days(-residence::ANSWER_DAYS);
    if way == "post" && before.iter().filter(|one| one.way == "post" && one.made_at > recent).count() >= LETTERS {
        errors.add("address", "account-residence-too-many");
    }
    if !errors.is_empty() || refused.is_some() {
        // What was taken would be sent again with the form.
        papers::remove(city, &papers).await?;
        let told = refused.map(|cause| kernel_web::refused(&visit, &cause));
        return Ok(visit.page(ask_page(&visit, way, &claim, &errors, told.as_deref())));
    }
    let made = (&*city.clock, &*city.random);
    let mut tx = city.store.begin().await?;
    residence::ask(&mut tx, who, way, &claim, &papers, &city.secrets, made).await?;
    tx.commit().await?;
    Ok(see_other("/account/residence?done=residence-asked"))
}

fn wrong(claim: &Claim) -> FieldErrors {
    let mut errors = FieldErrors::default();
    if claim.name.is_empty() {
        errors.add("name", "account-residence-name-wrong");
    }
    if claim.address.chars().count() < 8 {
        errors.add("address", "account-residence-address-wrong");
    }
    if claim.identifier.chars().filter(|c| c.is_alphanumeric()).count() < 5 {
        errors.add("identifier", "account-residence-identifier-wrong");
    }
    errors
}

fn ask_page(visit: &Visit, way: &str, claim: &Claim, errors: &FieldErrors, refused: Option<&str>) -> Page {
    let way = if way == "post" { "post" } else { "clerk" };
    let words =
        |key: &str| (visit.t(&format!("account-residence-{key}")), visit.t(&format!("account-residence-{key}-hint")));
    let ((name, name_hint), (address, address_hint), (identifier, identifier_hint)) =
        (words("name"), words("address"), words("identifier"));
    let message = |field: &str| errors.message(visit, field);
    let (name_wrong, address_wrong, identifier_wrong) = (message("name"), message("address"), message("identifier"));
    let questions = html! {
        (hidden("way", way))
        (text_field(visit, &Field { name: "name", label: &name, hint: &name_hint, value: &claim.name, error: &name_wrong, required: true, autocomplete: "name", ..Field::default() }))
        (textarea(visit, &Field { name: "address", label: &address, hint: &address_hint, value: &claim.address, error: &address_wrong, required: true, ..Field::default() }, 4))
        (text_field(visit, &Field { name: "identifier", label: &identifier, hint: &identifier_hint, value: &claim.identifier, error: &identifier_wrong, required: true, autocomplete: "off", ..Field::default() }))
        @if way == "clerk" { (file_fields(visit, refused.unwrap_or_default())) }
        (button(&visit.t("account-residence-send"), Emphasis::Main))
    };
    let main = html! {
        @match refused {
            Some(refused) => (error_summary(visit, &[("identity", refused.to_owned())])),
            None => (errors.summary(visit)),
        }
        (lead(&visit.t(&format!("account-residence-{way}-text"))))
        p { (visit.t("account-residence-sealed")) }
        (form(&format!("{HOME}/ask"), true, questions))
    };
    Page::new(visit.t(&format!("account-residence-{way}")))
        .crumb(visit.t("account-title"), "/account")
        .crumb(visit.t("account-residence"), HOME)
        .unlisted()
        .main(main)
        .status(if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { errors.status() })
}

/// Papers may come along; whoever brings them to the counter needs none.
fn file_fields(visit: &Visit, error: &str) -> Markup {
    const KINDS: &str = "image/jpeg,image/png,image/webp,application/pdf";
    let one = |name: &str, error: &str| {
        let (label, hint) =
            (visit.t(&format!("account-residence-file-{name}")), visit.t("account-residence-file-hint"));
        file_field(visit, &Field { name, label: &label, hint: &hint, error, ..Field::default() }, KINDS)
    };
    html! { (one("identity", error)) (one("home", "")) }
}

/// The code from the letter.
pub async fn enter(visit: Visit, sent: Submitted) -> Answer {
    let who = own(&visit)?;
    let city = &visit.city;
    limits::CODES.check(&visit, &who.account).await?;
    let mut tx = city.store.begin().await?;
    let typed = residence::enter(&mut tx, who, sent.text("code"), &city.secrets, (&*city.clock, &*city.random)).await?;
    tx.commit().await?;
    let mut errors = FieldErrors::default();
    match typed {
        Typed::Verified(Verified::Done) => {
            visit.note("residence.granted", &who.account);
            return Ok(see_other("/account/residence?done=residence"));
        }
        // The page says so, with the way out; whose the other account is nobody learns.
        Typed::Verified(Verified::AnotherAccount) => return Ok(see_other(HOME)),
        Typed::Wrong(left) if left > 0 => errors.add("code", "account-residence-code-wrong"),
        Typed::Wrong(_) | Typed::Over => errors.add("code", "account-residence-code-over"),
    }
    visit.note("residence.refused", &who.account);
    let account = account::get(&city.store, &who.account).await?;
    let requests = residence::of_account(&city.store, &who.account).await?;
    Ok(visit.page(page(&visit, &account, &requests, &errors)))
}

pub async fn withdraw(visit: Visit) -> Answer {
    let who = own(&visit)?;
    let city = &visit.city;
    let mut tx = city.store.begin().await?;
    residence::withdraw(&mut tx, who, (&*city.clock, &*city.random)).await?;
    tx.commit().await?;
    Ok(see_other("/account/residence?done=residence-withdrawn"))
}
