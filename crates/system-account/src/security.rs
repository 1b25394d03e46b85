//! With what somebody signs in: all of it on one page, and taking something of it away.

use axum::http::StatusCode;
use kernel_base::Result;
use kernel_identity::passkey::{self, Key};
use kernel_identity::{Factors, Who, recovery, totp};
use kernel_record::{Audit, audit};
use kernel_store::Tx;
use kernel_ui::{
    Column, Emphasis, Markup, Row, Table, Tone, alert, button, button_link, form, hidden, html, lead, link_list,
    section, table, tag,
};
use kernel_web::{Answer, Failure, Page, Submitted, Visit, local, see_other};
use serde_json::json;

use crate::own::{own, prove_first};

pub async fn show(visit: Visit) -> Answer {
    Ok(visit.page(page(&visit, false).await?))
}

/// Takes a way to prove who one is away: never the last one, and never the last second factor of staff.
pub async fn remove(visit: Visit, sent: Submitted) -> Answer {
    let who = own(&visit)?;
    if let Some(first) = prove_first(&visit, "/account/security") {
        return Ok(first);
    }
    let city = &visit.city;
    let mut tx = city.store.begin().await?;
    let act = match sent.text("what") {
        "passkey" => {
            passkey::remove(&mut tx, &who.account, sent.text("id")).await?;
            "passkey.removed"
        }
        "link" => {
            crate::with::unlink(&mut tx, &who.account, sent.text("id")).await?;
            "link.removed"
        }
        "app" if totp::remove(&mut tx, &who.account).await? => "app.removed",
        _ => return Err(Failure::not_found()),
    };
    let left = Factors::within(&mut tx, &who.account).await?;
    if !left.suffice(who.is_staff()) {
        return Ok(visit.page(page(&visit, true).await?.status(StatusCode::UNPROCESSABLE_ENTITY)));
    }
    if !left.has_second() {
        recovery::remove(&mut tx, &who.account).await?;
    }
    crate::door::end_others(&mut tx, who, visit.now()).await?;
    let entry = Audit { act, who: &who.account, subject: &who.account, detail: json!({}) };
    audit(&mut tx, entry, &*city.clock, &*city.random).await?;
    crate::tell::notice(&visit, &mut tx, &who.account, "account-letter-way-removed").await?;
    tx.commit().await?;
    visit.note(act, &who.account);
    Ok(see_other("/account/security"))
}

/// Where to go after a factor was added: to recovery codes when there are none, then back.
pub async fn next(tx: &mut Tx, who: &Who, back: &str) -> Result<String> {
    let factors = Factors::within(tx, &who.account).await?;
    Ok(match (factors.codes, back) {
        (0, _) => with_back("/account/security/codes", back),
        (_, "") => "/account/security".to_owned(),
        (_, back) => local(back).to_owned(),
    })
}

/// The address with the way back in its query.
pub fn with_back(address: &str, back: &str) -> String {
    let back: String = url::form_urlencoded::byte_serialize(back.as_bytes()).collect();
    if back.is_empty() { address.to_owned() } else { format!("{address}?back={back}") }
}

/// A page below this one.
pub fn page_below(visit: &Visit, title: &str) -> Page {
    Page::new(visit.t(title))
        .crumb(visit.t("account-title"), "/account")
        .crumb(visit.t("account-security"), "/account/security")
        .unlisted()
}

async fn page(visit: &Visit, last: bool) -> std::result::Result<Page, Failure> {
    let who = own(visit)?;
    let factors = Factors::of(&visit.city.store, &who.account).await?;
    let keys = passkey::all_of(&visit.city.store, &who.account).await?;
    let main = html! {
        @if last { (alert(Tone::Warning, &visit.t("account-security-last"), html! { p { (visit.t("account-security-last-advice")) } })) }
        (lead(&visit.t("account-security-lead")))
        (section("passkeys", &visit.t("account-passkeys"), passkeys(visit, &keys)))
        (section("app", &visit.t("account-app"), app(visit, &factors)))
        (section("codes", &visit.t("account-codes"), codes(visit, &factors)))
        (crate::with::links(visit, &who.account).await?)
        (section("more", &visit.t("account-security-more"), link_list(&[
            (visit.t("account-password-change"), "/account/password".to_owned(), String::new()),
            (visit.t("account-sessions"), "/account/sessions".to_owned(), String::new()),
        ])))
    };
    Ok(Page::new(visit.t("account-security")).crumb(visit.t("account-title"), "/account").unlisted().main(main))
}

fn passkeys(visit: &Visit, keys: &[Key]) -> Markup {
    let row = |key: &Key| {
        Row::new(vec![
            html! { (key.name) @if key.copied { " " (tag(Tone::Neutral, &visit.t("account-passkey-copied"))) } },
            html! { (visit.moment(key.made_at)) },
            html! { @match key.used_at { Some(at) => (visit.moment(at)), None => (visit.t("account-passkey-unused")) } },
            html! {
                (button_link(&visit.t("account-passkey-rename-link"), &format!("/account/security/passkey/{}", key.id), Emphasis::Quiet))
                (removal(visit, "passkey", &key.id))
            },
        ])
    };
    let columns = ["passkey-name", "passkey-made", "passkey-used", "change"];
    let shown = Table {
        caption: visit.t_with("account-passkeys-count", &[("n", keys.len().into())]),
        columns: columns.map(|key| Column::text(visit.t(&format!("account-{key}")))).to_vec(),
        rows: keys.iter().map(row).collect(),
    };
    html! {
        p { (visit.t("account-passkeys-lead")) }
        @if !keys.is_empty() { (table(&shown)) }
        p { (button_link(&visit.t("account-passkey-add"), "/account/security/passkey", Emphasis::Second)) }
    }
}

fn app(visit: &Visit, factors: &Factors) -> Markup {
    let label = if factors.app { "account-app-replace" } else { "account-app-begin" };
    html! {
        p { (visit.t("account-app-lead")) " "
            @if factors.app { (tag(Tone::Success, &visit.t("account-app-there"))) } }
        (form("/account/security/app", false, button(&visit.t(label), Emphasis::Second)))
        @if factors.app { (removal(visit, "app", "")) }
    }
}

fn codes(visit: &Visit, factors: &Factors) -> Markup {
    html! {
        p { (visit.t_with("account-codes-left", &[("n", factors.codes.into())])) }
        p { (button_link(&visit.t("account-codes-page"), "/account/security/codes", Emphasis::Second)) }
    }
}

/// The button that takes something away.
pub fn removal(visit: &Visit, what: &str, id: &str) -> Markup {
    let fields =
        html! { (hidden("what", what)) (hidden("id", id)) (button(&visit.t("account-remove"), Emphasis::Quiet)) };
    form("/account/security", false, fields)
}
