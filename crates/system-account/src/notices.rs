//! Browsers that show a notice when a letter came (web push).

use kernel_letters::{Browser, Preference, Subscription, browsers, prefer, unsubscribe};
use kernel_ui::{
    Choice, Column, Emphasis, Field, Markup, Row, Table, alert, button, empty_state, form, hidden, html, lead, radios,
    section, table,
};
use kernel_web::{Answer, Failure, Page, Submitted, Visit, see_other};
use serde_json::json;

use crate::letters::{HOME as LETTERS, chosen};
use crate::my_page::done;
use crate::own::own;

pub const HOME: &str = "/account/notices";

pub async fn show(visit: Visit) -> Answer {
    let who = own(&visit)?;
    let city = &visit.city;
    let browsers = browsers(&city.store, &who.account).await?;
    let chosen = chosen(&visit, who).await?;
    let main = html! {
        (done(&visit, &["noticed", "unnoticed", "notice"]))
        (lead(&visit.t("account-notices-lead")))
        @match city.letters.push_key() {
            Some(key) => { (begin_here(&visit, &key)) }
            None => { (alert(kernel_ui::Tone::Info, "", html! { p { (visit.t("account-notices-off")) } })) }
        }
        (section("browsers", &visit.t("account-notices-browsers"), all(&visit, &browsers)))
        (section("shown", &visit.t("account-notices-shown"), what_is_shown(&visit, chosen)))
    };
    let page = Page::new(visit.t("account-notices")).crumb(visit.t("account-title"), "/account");
    Ok(visit.page(page.crumb(visit.t("account-letters"), LETTERS).unlisted().main(main)))
}

/// Shown by `web/script/notices.js` where the browser can; the form takes the browser's own answer.
fn begin_here(visit: &Visit, key: &str) -> Markup {
    let question = html! {
        (hidden("subscription", "")) (button(&visit.t("account-notices-begin"), Emphasis::Main))
    };
    html! {
        div data-notices=(key) hidden { (form(HOME, false, question)) p role="status" data-refused=(visit.t("account-notices-refused")) {} }
        noscript { p { (visit.t("account-notices-script")) } }
    }
}

fn all(visit: &Visit, browsers: &[Browser]) -> Markup {
    if browsers.is_empty() {
        return empty_state(&visit.t("account-notices-none"), html! {});
    }
    let row = |browser: &Browser| {
        let agent = if browser.agent.is_empty() { visit.t("account-sessions-unknown") } else { browser.agent.clone() };
        let end = html! { (hidden("id", &browser.id)) (button(&visit.t("account-notices-end"), Emphasis::Quiet)) };
        Row::new(vec![
            html! { (agent) },
            html! { (visit.moment(browser.at)) },
            form(&format!("{HOME}/end"), false, end),
        ])
    };
    let columns = ["account-notices-browser", "account-notices-since", "account-notices-end"];
    table(&Table {
        caption: visit.t("account-notices-browsers"),
        columns: columns.map(|key| Column::text(visit.t(key))).to_vec(),
        rows: browsers.iter().map(row).collect(),
    })
}

fn what_is_shown(visit: &Visit, chosen: Preference) -> Markup {
    let label = visit.t("account-notices-what");
    let choices =
        ["no", "yes"].map(|answer| Choice::new(answer, visit.t(&format!("account-notices-subject-{answer}"))));
    let value = if chosen.push_subject { "yes" } else { "no" };
    let field = Field { name: "subject", label: &label, value, required: true, ..Field::default() };
    let question =
        html! { (radios(visit, &field, &choices)) (button(&visit.t("account-details-save"), Emphasis::Second)) };
    form(&format!("{HOME}/subject"), false, question)
}

pub async fn begin(visit: Visit, sent: Submitted) -> Answer {
    let who = own(&visit)?;
    let city = &visit.city;
    let made = (&*city.clock, &*city.random);
    let subscription: Subscription = serde_json::from_str(sent.text("subscription"))
        .map_err(|_| Failure::new(axum::http::StatusCode::UNPROCESSABLE_ENTITY, ""))?;
    let mut tx = city.store.begin().await?;
    let agent = crate::door::device(&visit.agent);
    city.letters.subscribe(&mut tx, &who.account, &subscription, &agent, made.0, made.1).await?;
    who.did(&mut tx, "notices.begun", &who.account, json!({}), made).await?;
    tx.commit().await?;
    Ok(see_other(&format!("{HOME}?done=noticed")))
}

pub async fn end(visit: Visit, sent: Submitted) -> Answer {
    let who = own(&visit)?;
    let city = &visit.city;
    let mut tx = city.store.begin().await?;
    if unsubscribe(&mut tx, &who.account, sent.text("id")).await? {
        who.did(&mut tx, "notices.ended", &who.account, json!({}), (&*city.clock, &*city.random)).await?;
    }
    tx.commit().await?;
    Ok(see_other(&format!("{HOME}?done=unnoticed")))
}

/// Whether a notice shows a letter's subject, on a screen that others may see.
pub async fn choose(visit: Visit, sent: Submitted) -> Answer {
    let who = own(&visit)?;
    let city = &visit.city;
    let before = chosen(&visit, who).await?;
    let mut tx = city.store.begin().await?;
    let push_subject = sent.text("subject") == "yes";
    prefer(&mut tx, &who.account, Preference { push_subject, ..before }).await?;
    let detail = json!({ "push_subject": push_subject });
    who.did(&mut tx, "letters.chosen", &who.account, detail, (&*city.clock, &*city.random)).await?;
    tx.commit().await?;
    Ok(see_other(&format!("{HOME}?done=notice")))
}
