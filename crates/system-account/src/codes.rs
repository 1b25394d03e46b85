//! Recovery codes: for the day on which the phone is lost.

use kernel_identity::{Factors, recovery};
use kernel_record::{Audit, audit};
use kernel_ui::{Emphasis, Markup, button, button_link, form, hidden, html, lead, secret_list};
use kernel_web::{Answer, Asked, Submitted, Visit, fresh, local};
use serde_json::json;

use crate::own::{own, prove_first};
use crate::security;

pub async fn ask(visit: Visit, asked: Asked) -> Answer {
    let who = own(&visit)?;
    if let Some(first) = prove_first(&visit, "/account/security/codes") {
        return Ok(first);
    }
    let factors = Factors::of(&visit.city.store, &who.account).await?;
    let label = if factors.codes > 0 { "account-codes-renew" } else { "account-codes-make" };
    let fields = html! { (hidden("back", asked.text("back"))) (button(&visit.t(label), Emphasis::Main)) };
    let main = html! {
        (lead(&visit.t("account-codes-lead")))
        @if factors.has_second() {
            p { (visit.t_with("account-codes-left", &[("n", factors.codes.into())])) }
            (form("/account/security/codes", false, fields))
            p { (onward(&visit, asked.text("back"), Emphasis::Quiet)) }
        } @else {
            p { (visit.t("account-codes-first")) }
            p { (button_link(&visit.t("account-security"), "/account/security", Emphasis::Main)) }
        }
    };
    Ok(visit.page(security::page_below(&visit, "account-codes").main(main)))
}

/// Makes a new set, which is shown here and never again.
pub async fn renew(visit: Visit, sent: Submitted) -> Answer {
    let (who, city) = (own(&visit)?, &visit.city);
    if let Some(first) = prove_first(&visit, "/account/security/codes") {
        return Ok(first);
    }
    let mut tx = city.store.begin().await?;
    if !Factors::within(&mut tx, &who.account).await?.has_second() {
        return Ok(kernel_web::see_other("/account/security/codes"));
    }
    let codes = recovery::renew(&mut tx, &who.account, &city.secrets, &*city.random).await?;
    let entry = Audit { act: "recovery-codes.renewed", who: &who.account, subject: &who.account, detail: json!({}) };
    audit(&mut tx, entry, &*city.clock, &*city.random).await?;
    crate::tell::notice(&visit, &mut tx, &who.account, "account-letter-codes-renewed").await?;
    tx.commit().await?;
    visit.note("recovery-codes.renewed", &who.account);
    let main = html! {
        (lead(&visit.t("account-codes-once")))
        (secret_list(&visit, "recovery-codes.txt", &codes))
        p { (visit.t("account-codes-keep")) }
        p { (onward(&visit, sent.text("back"), Emphasis::Main)) }
    };
    Ok(fresh(visit.page(security::page_below(&visit, "account-codes-yours").main(main))))
}

fn onward(visit: &Visit, back: &str, emphasis: Emphasis) -> Markup {
    let back = if back.is_empty() { "/account/security" } else { local(back) };
    button_link(&visit.t("account-onward"), back, emphasis)
}
