//! Finding again what was done without an account, and keeping it with one.

use kernel_identity::guest::{self, Followed};
use kernel_ui::{Emphasis, Field, Markup, button, button_link, form, hidden, html, lead, summary_list, text_field};
use kernel_web::slip::{self, Found};
use kernel_web::{Answer, FieldErrors, Page, Submitted, Visit, fresh, see_other};
use serde_json::json;

pub async fn ask(visit: Visit) -> Answer {
    Ok(visit.page(page(&visit, "", &FieldErrors::default())))
}

/// What the pair leads to. The PIN stays in the form: it is in no address and no cookie.
pub async fn find(visit: Visit, sent: Submitted) -> Answer {
    let mut errors = FieldErrors::default();
    match look(&visit, &sent).await? {
        Found::Deed(found) => return Ok(fresh(visit.page(show(&visit, &sent, &found)))),
        Found::Wrong => errors.add("reference", "account-follow-wrong"),
        Found::Closed => errors.add("reference", "account-follow-closed"),
    }
    Ok(fresh(visit.page(page(&visit, sent.text("reference"), &errors).status(errors.status()))))
}

/// Joins it to the account of who is signed in.
pub async fn join(visit: Visit, sent: Submitted) -> Answer {
    let who = visit.me()?;
    let Found::Deed(found) = look(&visit, &sent).await? else {
        return Ok(see_other("/follow"));
    };
    let (clock, random) = (&*visit.city.clock, &*visit.city.random);
    let mut tx = visit.city.store.begin().await?;
    guest::join(&mut tx, who.subject(), &found, clock.now()).await?;
    who.did(&mut tx, "guest.joined", &found.subject, json!({}), (clock, random)).await?;
    tx.commit().await?;
    Ok(see_other("/account?done=joined"))
}

async fn look(visit: &Visit, sent: &Submitted) -> kernel_base::Result<Found> {
    slip::find(visit, (sent.text("reference"), sent.text("pin"))).await
}

fn page(visit: &Visit, reference: &str, errors: &FieldErrors) -> Page {
    let words = |key: &str| visit.t(key);
    let (label, hint, pin, pin_hint) = (
        words("slip-reference"),
        words("account-follow-reference-hint"),
        words("slip-pin"),
        words("account-follow-pin-hint"),
    );
    let error = errors.message(visit, "reference");
    let questions = html! {
        (text_field(visit, &Field { name: "reference", label: &label, hint: &hint, value: reference, error: &error, required: true, autocomplete: "off", ..Field::default() }))
        (text_field(visit, &Field { name: "pin", label: &pin, hint: &pin_hint, required: true, autocomplete: "off", ..Field::default() }))
        (button(&words("account-follow-button"), Emphasis::Main))
    };
    let main = html! {
        (errors.summary(visit))
        (lead(&words("account-follow-lead")))
        (form("/follow", false, questions))
    };
    Page::new(words("account-follow")).description(words("account-follow-lead")).main(main)
}

fn show(visit: &Visit, sent: &Submitted, found: &Followed) -> Page {
    let main = html! {
        (summary_list(&[
            (visit.t("slip-reference"), html! { (found.reference) }),
            (visit.t("account-follow-done"), html! { (visit.date(found.made_at.date())) }),
            (visit.t("account-follow-until"), html! { (visit.date(found.ends_at.date())) }),
        ]))
        p { (button_link(&visit.t("account-follow-open"), &found.href, Emphasis::Main)) }
        (keep(visit, sent))
    };
    Page::new(visit.t("account-follow-found")).crumb(visit.t("account-follow"), "/follow").unlisted().main(main)
}

/// Whoever is signed in can keep it; whoever is not is told how.
fn keep(visit: &Visit, sent: &Submitted) -> Markup {
    html! {
        @if visit.who().is_some() {
            (form("/follow/join", false, html! {
                (hidden("reference", sent.text("reference")))
                (hidden("pin", sent.text("pin")))
                (button(&visit.t("account-follow-keep"), Emphasis::Second))
            }))
        } @else {
            p { (visit.t("account-follow-sign-in")) " " a href="/sign-in?back=%2Ffollow" { (visit.t("account-follow-sign-in-link")) } }
        }
    }
}
