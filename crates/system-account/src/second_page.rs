//! The page of the second step: a code of the app, a recovery code or a passkey. Staff who have nothing of it yet are
//! led to it.

use axum::http::StatusCode;
use kernel_base::Result;
use kernel_identity::{Factors, Who, account, ceremony, factor, recovery, totp};
use kernel_record::{Audit, audit};
use kernel_store::Tx;
use kernel_ui::{
    Ceremony, Emphasis, Field, Markup, Tone, alert, button, button_link, details, form, hidden, html, lead, section,
    text_field,
};
use kernel_web::{Answer, Asked, FieldErrors, Page, Submitted, Visit, local, see_other};
use serde_json::json;

use crate::app::code_field;
use crate::door::{self, Proof};
use crate::second::{self, Step};
use crate::{passkeys, security};

/// Who stands at the second step.
enum At<'a> {
    /// Between the two steps of a sign-in; with the ceremony's id.
    Step(Step, String),
    /// Signed in with one factor, and another is needed now.
    SignedIn(&'a Who),
}

impl At<'_> {
    fn account(&self) -> &str {
        match self {
            At::Step(step, _) => &step.account,
            At::SignedIn(who) => &who.account,
        }
    }
}

pub async fn ask(visit: Visit, asked: Asked) -> Answer {
    let back = asked.text("back");
    let store = &visit.city.store;
    if let Some(step) = second::open_step(&visit).await? {
        let factors = Factors::of(store, &step.account).await?;
        return Ok(visit.page(page(&visit, &step.back, factors, &FieldErrors::default())));
    }
    let Some(who) = visit.who() else { return Ok(see_other(&security::with_back("/sign-in", back))) };
    if who.second_factor {
        return Ok(see_other(if back.is_empty() { "/account" } else { local(back) }));
    }
    let factors = Factors::of(store, &who.account).await?;
    if factors.has_second() {
        return Ok(visit.page(page(&visit, back, factors, &FieldErrors::default())));
    }
    Ok(visit.page(beginning(&visit, back)))
}

pub async fn enter(visit: Visit, sent: Submitted) -> Answer {
    let (city, now, back) = (&visit.city, visit.now(), sent.text("back"));
    let mut tx = city.store.begin().await?;
    let step = second::step_in(&visit, &mut tx).await?;
    let at = match (step, visit.who()) {
        (Some((step, id)), _) => At::Step(step, id),
        (None, Some(who)) => At::SignedIn(who),
        (None, None) => {
            tx.commit_quietly().await?;
            return Ok(see_other(&security::with_back("/sign-in", back)));
        }
    };
    let mut errors = FieldErrors::default();
    let factors = Factors::within(&mut tx, at.account()).await?;
    if factor::is_closed(&mut tx, at.account(), now).await? {
        visit.note("second-factor.closed", at.account());
        errors.add("code", "account-second-closed");
        return Ok(visit.page(page(&visit, back, factors, &errors).status(StatusCode::TOO_MANY_REQUESTS)));
    }
    if !is_right(&visit, &mut tx, at.account(), sent.text("code")).await? {
        factor::note_wrong(&mut tx, at.account(), now).await?;
        tx.commit_quietly().await?;
        visit.note("second-factor.refused", at.account());
        errors.add("code", if factors.app { "account-second-wrong" } else { "account-second-code-wrong" });
        return Ok(visit.page(page(&visit, back, factors, &errors)));
    }
    factor::forget_wrong(&mut tx, at.account()).await?;
    match at {
        At::Step(step, id) => {
            ceremony::finish(&mut tx, &id).await?;
            let proof = Proof { way: &step.way, assurance: &step.assurance, second_factor: true };
            let mut response = match visit.who().filter(|who| who.account == step.account) {
                // Signed in already: both were proved once more.
                Some(who) => door::prove(&visit, tx, who, proof, &step.back).await?,
                None => {
                    let account = account::get_in(&mut tx, &step.account).await?;
                    door::open(&visit, tx, &account, proof, step.stay, &step.back).await?
                }
            };
            second::forget(&visit, &mut response);
            Ok(response)
        }
        At::SignedIn(who) => {
            let proof = Proof { way: &who.way, assurance: &who.assurance, second_factor: true };
            door::prove(&visit, tx, who, proof, back).await
        }
    }
}

/// A code of the app, or one of the recovery codes, which its owner is told of.
async fn is_right(visit: &Visit, tx: &mut Tx, account: &str, code: &str) -> Result<bool> {
    let city = &visit.city;
    if !recovery::is_shaped(code) {
        return totp::check(tx, account, code, &city.secrets, visit.now()).await;
    }
    if !recovery::spend(tx, account, code, &city.secrets, visit.now()).await? {
        return Ok(false);
    }
    let entry = Audit { act: "recovery-code.used", who: account, subject: account, detail: json!({}) };
    audit(tx, entry, &*city.clock, &*city.random).await?;
    crate::tell::notice(visit, tx, account, "account-letter-code-used").await?;
    Ok(true)
}

/// Asks for what there is: a code of the app, a passkey, and a recovery code where both are lost.
fn page(visit: &Visit, back: &str, factors: Factors, errors: &FieldErrors) -> Page {
    let passkey = html! { @if factors.passkeys > 0 { (passkeys::button(visit, Ceremony::Prove, back)) } };
    let code = |field: Markup, emphasis: Emphasis| {
        let fields = html! { (hidden("back", back)) (field) (button(&visit.t("account-second-button"), emphasis)) };
        form("/sign-in/second", false, fields)
    };
    let advice = if factors.app { "account-second-lost-advice" } else { "account-second-lost-key-advice" };
    let main = html! {
        (errors.summary(visit))
        (lead(&visit.t("account-second-lead")))
        @if factors.app {
            (code(code_field(visit, "account-second-code-hint", errors), Emphasis::Main))
            (passkey)
        } @else {
            (passkey)
            (section("recovery", &visit.t("account-second-recovery"), code(recovery_field(visit, errors), Emphasis::Second)))
        }
        (details(&visit.t("account-second-lost"), html! { p { (visit.t(advice)) } }))
    };
    Page::new(visit.t("account-second")).unlisted().main(main).status(errors.status())
}

/// Where there is no app, only a code from paper can be typed.
fn recovery_field(visit: &Visit, errors: &FieldErrors) -> Markup {
    let (label, hint) = (visit.t("account-second-recovery-code"), visit.t("account-second-recovery-hint"));
    let error = errors.message(visit, "code");
    let field = Field {
        name: "code",
        label: &label,
        hint: &hint,
        error: &error,
        required: true,
        autocomplete: "off",
        ..Field::default()
    };
    text_field(visit, &field)
}

/// Signed in by password alone, and nothing else is there yet.
fn beginning(visit: &Visit, back: &str) -> Page {
    let app = html! { (hidden("back", back)) (button(&visit.t("account-app-begin"), Emphasis::Second)) };
    let main = html! {
        (lead(&visit.t("account-second-none-lead")))
        (alert(Tone::Info, "", html! { p { (visit.t("account-second-none")) } }))
        @if passkeys::site(visit).is_some() {
            p { (button_link(&visit.t("account-passkey-add"), &security::with_back("/account/security/passkey", back), Emphasis::Main)) }
        }
        (form("/account/security/app", false, app))
    };
    Page::new(visit.t("account-second-set-up")).unlisted().main(main)
}
