//! Where somebody is signed in, and ending it.

use kernel_identity::session;
use kernel_record::{Audit, audit};
use kernel_ui::{Column, Emphasis, Markup, Row, Table, Tone, button, form, hidden, html, lead, table, tag};
use kernel_web::{Answer, Page, Submitted, Visit, see_other};
use serde_json::json;

use crate::own::prove_first;

pub async fn list(visit: Visit) -> Answer {
    let who = visit.me()?;
    let sessions = session::all_of(&visit.city.store, &who.account, visit.now()).await?;
    let row = |session: &session::Session| {
        let device =
            if session.device.is_empty() { visit.t("account-sessions-unknown") } else { session.device.clone() };
        Row::new(vec![
            html! { (device) @if session.id == who.session { " " (tag(Tone::Success, &visit.t("account-sessions-this"))) } },
            html! { (visit.t(&format!("account-way-{}", session.way))) },
            html! { (visit.moment(session.made_at)) },
            html! { (visit.moment(session.seen_at)) },
            end_button(&visit, &session.id),
        ])
    };
    let shown = Table {
        caption: visit.t_with("account-sessions-count", &[("n", sessions.len().into())]),
        columns: ["device", "way", "since", "seen", "end"]
            .map(|key| Column::text(visit.t(&format!("account-sessions-{key}"))))
            .to_vec(),
        rows: sessions.iter().map(row).collect(),
    };
    let main = html! {
        (lead(&visit.t("account-sessions-lead")))
        (table(&shown))
        @if sessions.len() > 1 {
            (form("/account/sessions", false, html! { (hidden("session", "others")) (button(&visit.t("account-sessions-end-others"), Emphasis::Second)) }))
        }
    };
    Ok(visit
        .page(Page::new(visit.t("account-sessions")).crumb(visit.t("account-title"), "/account").unlisted().main(main)))
}

fn end_button(visit: &Visit, session: &str) -> Markup {
    form(
        "/account/sessions",
        false,
        html! { (hidden("session", session)) (button(&visit.t("account-sessions-end-button"), Emphasis::Quiet)) },
    )
}

pub async fn end(visit: Visit, sent: Submitted) -> Answer {
    let who = visit.me()?;
    let city = &visit.city;
    let (wanted, now) = (sent.text("session"), visit.now());
    if wanted == who.session {
        return crate::door::leave(visit, false).await;
    }
    if let Some(first) = prove_first(&visit, "/account/sessions") {
        return Ok(first);
    }
    let mut tx = city.store.begin().await?;
    let ended = match wanted {
        "others" => session::end_all(&mut tx, &who.account, &who.session, now).await?,
        session => u64::from(session::end(&mut tx, &who.account, session, now).await?),
    };
    if ended > 0 {
        let detail = json!({ "session": wanted, "ended": ended });
        let entry = Audit { act: "session.ended", who: &who.account, subject: &who.account, detail };
        audit(&mut tx, entry, &*city.clock, &*city.random).await?;
        tx.commit().await?;
        visit.note("session.ended", &who.account);
    }
    Ok(see_other("/account/sessions"))
}
